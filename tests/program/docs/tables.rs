//! Tables of the pages are made from the registries, screens by the program; the ignored test at the end writes them.

use super::documents::graded_lines;
use super::printed::shell;
use super::{blocks, json, page, root, succeed};
use crate::common::scenario_of_file;
use std::fs;
use tailwheel::catalog::{Grade, SourceKind};
use tailwheel::cli::{ENVIRONMENT, EXITS, declaration};
use tailwheel::plan::Plan;
use tailwheel::report::{CHARTS, WARNINGS, limits};
use tailwheel::stats::{Absent, MEASURES, Note};
use tempfile::TempDir;

/// An example of every kind of note.
const NOTES: &[Note] = &[
    Note::Atom { probability: 0.12 },
    Note::HeavyTail { skewness: Some(414.0), paths: Some(171_000) },
    Note::NoObligations,
    Note::TooFewPaths,
    Note::TailUnseen { paths: 200 },
    Note::Skewed { skewness: 9.3, paths: 20_000 },
    Note::FewInTail { paths: 5_000 },
    Note::FewDecide,
    Note::RareBills,
    Note::EventUnseen,
    Note::NoneDiffers,
];

/// Every reason.
const ABSENT: &[Absent] = &[
    Absent::NothingPutIn,
    Absent::HorizonTooShort,
    Absent::NotKept,
    Absent::NoLoop,
    Absent::NothingLeft,
    Absent::Atom,
    Absent::TooFewPaths,
    Absent::NoCommonChange,
    Absent::TooFewMonths,
];

const PAGES: [&str; 8] = [
    "README.md", "docs/ci.md", "docs/json.md", "docs/model.md", "docs/model/documents.md",
    "docs/model/month.md", "docs/output.md", "scenarios/README.md",
];

/// Every table, by the name in its mark on the page `of`.
fn table(of: &str, name: &str) -> String {
    match name.split_once(' ') {
        Some(("questions", files)) => return questions(of, files),
        Some(("keys", id)) => return rows(["key", "value", "meaning"], json::rows(id)),
        _ => {}
    }
    match name {
        "measures" => rows(
            ["id", "what it is", "unit", "how it is taken"],
            MEASURES.iter().map(|measure| {
                let (title, doc) = (measure.title.clone(), measure.doc.clone());
                [code(&measure.id), title, measure.unit.word().into(), doc]
            }),
        ),
        "notes" => notes(),
        "absent" => rows(["reason", "said of"], ABSENT.iter().map(|why| [why.to_string(), why.doc().into()])),
        "warnings" => rows(
            ["id", "about", "what it says"],
            WARNINGS.iter().map(|kind| {
                let about = format!("{:?}", kind.about).to_lowercase();
                [code(kind.id), about, kind.doc.into()]
            }),
        ),
        "charts" => rows(
            ["files", "title", "what it shows"],
            CHARTS.iter().map(|kind| [code(kind.id), kind.title.into(), kind.doc.into()]),
        ),
        "commands" => commands(),
        "environment" => rows(
            ["variable", "what it does"],
            ENVIRONMENT.iter().map(|(name, doc)| [code(name), (*doc).into()]),
        ),
        "exits" => exits(),
        "exits-in-ci" => exits_in_ci(),
        "grades" => grades(),
        "comparison" => comparison(),
        "month" => month(),
        "limits" => limits().iter().map(|limit| format!("- {limit}\n")).collect(),
        "documents" => rows(["document", "says", "became", "scenario", "gate", "fails with"], graded_lines()),
        "screen" => screen(),
        name => panic!("no table is called {name}"),
    }
}

/// The page called `of` with its generated parts as the registries have them.
fn generated(of: &str, page: &str) -> String {
    let mut parts = page.split("<!-- generated: ");
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once(" -->\n").expect("the mark is closed");
        let (_, after) = rest.split_once("<!-- end -->").expect("the part ends");
        text += &format!("<!-- generated: {name} -->\n{}<!-- end -->{after}", table(of, name));
    }
    text
}

/// The screen of `compare` for two shipped scenarios.
fn comparison() -> String {
    let out = TempDir::new().unwrap();
    let folder = out.path().to_str().unwrap();
    let base = "scenarios/_table-2027.toml";
    let new = "scenarios/alike-or-different.toml";
    let of_run = ["--paths", "4096", "--no-charts", "--out", folder];
    let screen = succeed(&[&["compare", base, new][..], &of_run].concat());
    // below it stands where the files are
    let (screen, _) = screen.split_once(&format!("\n{folder}")).unwrap();
    format!("```text\n{}\n```\n", screen.trim_end())
}

/// The screen of the scenario that the README shows.
fn screen() -> String {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("mine.toml"), &blocks(&page("README.md"), "toml")[0]).unwrap();
    format!("```text\n{}\n```\n", shell("tailwheel run mine.toml", folder.path()).trim_end())
}

/// The question of each file, and what to look at, as the first lines of the file say it. The README has questions alone.
fn questions(of: &str, files: &str) -> String {
    let is_short = of == "README.md";
    let row = |file: &str| {
        let text = page(&format!("scenarios/{file}.toml"));
        let lines = text.lines().skip(1);
        let lines: Vec<&str> = lines.map_while(|line| line.strip_prefix("# ")).collect();
        let first = lines.join(" ");
        let parts = first.strip_prefix('*').and_then(|first| first.split_once("* – "));
        let (question, look) = parts.expect("*a question* – what to look at");
        let folder = if is_short { "scenarios/" } else { "" };
        let link = format!("[`{file}`]({folder}{file}.toml)");
        [question.to_owned(), link, look.to_owned()]
    };
    let found = files.split(' ').map(row);
    match is_short {
        true => rows(["question", "file"], found.map(|[question, file, _]| [question, file])),
        false => rows(["question", "file", "what to do"], found),
    }
}

/// The stages of a month of the shipped flagship, in the order in which they run.
fn month() -> String {
    let plan = Plan::compile(&scenario_of_file("scenarios/passive-income-2027.toml", &[]));
    rows(
        ["phase", "object", "stage"],
        plan.month_stages.iter().map(|placed| {
            let only = if placed.feedback_only { ", only with the loop" } else { "" };
            let stage = format!("{}{only}", placed.stage.name());
            [format!("{:?}", placed.phase), placed.object.clone(), stage]
        }),
    )
}

/// Rows under headings; cells may hold any letter.
fn rows<const N: usize>(headings: [&str; N], cells: impl IntoIterator<Item = [String; N]>) -> String {
    let line = |cells: &[String; N]| format!("| {} |\n", cells.join(" | "));
    let mut table = line(&headings.map(str::to_owned)) + &"|---".repeat(N) + "|\n";
    for cells in cells {
        table += &line(&cells.map(|cell| cell.replace('|', "\\|")));
    }
    table
}

fn code(text: &str) -> String {
    format!("`{text}`")
}

fn notes() -> String {
    let schema = schemars::schema_for!(Note).to_value();
    let kinds = schema["oneOf"].as_array().expect("kinds").iter();
    let docs = kinds.map(|kind| kind["description"].as_str().expect("described").replace('\n', " "));
    let cells = NOTES.iter().zip(docs).map(|(note, doc)| [note.to_string(), doc]);
    rows(["note, with figures as an example", "what it says"], cells)
}

fn commands() -> String {
    let declared = declaration();
    let options = |command: &clap::Command| -> String {
        let shown = command.get_arguments().filter(|option| !option.is_hide_set());
        let long = shown.filter_map(clap::Arg::get_long);
        long.map(|long| code(&format!("--{long}"))).collect::<Vec<_>>().join(" ")
    };
    let row = |command: &clap::Command| {
        let about = command.get_about().map(ToString::to_string);
        [code(command.get_name()), about.unwrap_or_default(), options(command)]
    };
    let all = declared.get_subcommands().map(row);
    let every = ["every command".to_owned(), String::new(), options(&declared)];
    rows(["command", "what it does", "options"], all.chain([every]))
}

fn exits() -> String {
    let row = |exit: &tailwheel::cli::Ending| {
        let of: String = exit.of.iter().map(|(command, when)| format!(" `{command}`: {when}.")).collect();
        [exit.code.into(), format!("{}. {}{of}", exit.title, exit.doc)]
    };
    rows(["code", "meaning"], EXITS.iter().map(row))
}

fn exits_in_ci() -> String {
    let when = |exit: &tailwheel::cli::Ending, command| {
        let mut of = exit.of.iter().filter(|(named, _)| *named == command);
        of.next().map_or_else(String::new, |(_, when)| (*when).to_owned())
    };
    rows(
        ["code", "`check`", "`batch`"],
        EXITS.iter().map(|exit| [exit.code.into(), when(exit, "check"), when(exit, "batch")]),
    )
}

fn grades() -> String {
    let from = |grade: Grade| {
        let kinds = SourceKind::ALL.into_iter().filter(|kind| kind.allows(grade));
        kinds.map(|kind| kind.to_string()).collect::<Vec<_>>().join(", ")
    };
    rows(
        ["grade", "the number is", "taken from"],
        Grade::ALL.map(|grade| [grade.to_string(), grade.meaning().into(), from(grade)]),
    )
}

/// Names of the variants of an enum, from its source.
fn variants(file: &str, name: &str) -> Vec<String> {
    let source = fs::read_to_string(root().join(file)).unwrap();
    let (_, rest) = source.split_once(&format!("pub enum {name} {{\n")).expect("the enum is there");
    let (body, _) = rest.split_once("\n}").expect("it ends");
    let lines = body.lines().map(str::trim).filter(|line| !line.starts_with("//"));
    let word = |line: &str| line.split([' ', ',', '(', '{']).next().unwrap_or_default().to_owned();
    lines.map(word).filter(|word| word.starts_with(char::is_uppercase)).collect()
}

/// The name of a variant in front of what it holds.
fn variant(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").split([' ', '(', '{']).next().unwrap_or_default().to_owned()
}

#[test]
fn every_note_and_every_reason_is_listed() {
    let notes: Vec<String> = NOTES.iter().map(variant).collect();
    assert_eq!(notes, variants("crates/tailwheel-core/src/stats/estimate.rs", "Note"));
    let reasons: Vec<String> = ABSENT.iter().map(variant).collect();
    assert_eq!(reasons, variants("crates/tailwheel-core/src/stats/absent.rs", "Absent"));
}

#[test]
fn the_tables_of_the_pages_are_those_of_the_registries() {
    let remedy = "run: cargo test --test program -- --ignored writes_the_tables";
    for name in PAGES {
        let page = page(name);
        assert!(page.contains("<!-- generated: "), "{name} has a table");
        assert!(page == generated(name, &page), "{name} is old; {remedy}");
    }
}

#[test]
#[ignore = "changes files of the repository"]
fn writes_the_tables_of_the_pages() {
    for name in PAGES {
        fs::write(root().join(name), generated(name, &page(name))).unwrap();
    }
}
