//! Options, variables, paths and names of code that the pages speak of exist; what they deny does not.

use super::{page, pages, root};
use std::fs;
use std::path::PathBuf;
use tailwheel::cli::{ENVIRONMENT, declaration};

/// Sources of the crates, the lower one first.
const SOURCES: [&str; 2] = ["crates/tailwheel-core/src", "src"];

/// Every file of the program, with its path.
fn program() -> Vec<(String, String)> {
    let mut folders: Vec<PathBuf> = SOURCES.iter().map(|source| root().join(source)).collect();
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                found.push((path.to_str().unwrap().to_owned(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found
}

/// What stands between backticks in the running text of a page.
fn spans(page: &str) -> Vec<String> {
    page.replace('\n', " ").split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

/// Options of the programs that the recipes of docs/cluster.md start.
const OF_OTHER_PROGRAMS: &str = "array array-properties cli-input-json container-overrides cpus-per-task dependency depends-on \
                                 for from-literal job-definition job-name job-queue joblog kill-on-invalid-dep mem open-mode \
                                 output parsable query recursive requeue retries sshloginfile timeout workdir";

#[test]
fn every_option_that_a_page_names_is_one() {
    let declared = declaration();
    let all = declared.get_subcommands().chain([&declared]);
    let long = all.flat_map(|command| command.get_arguments().filter_map(clap::Arg::get_long));
    let mut known: Vec<&str> = long.collect();
    known.extend(["help", "version"]);
    let mut n_named = 0;
    for name in pages().iter().filter(|name| !name.starts_with("benches")) {
        let text = page(name);
        for line in text.lines().filter(|line| {
            ["cargo ", ".ci/", " gh ", "gh api", "tar -xzf"].iter().all(|other| !line.contains(other))
        }) {
            let words = line.split(|c: char| !(c.is_alphanumeric() || c == '-'));
            for option in words.filter_map(|word| word.strip_prefix("--")) {
                let is_of_other =
                    name == "docs/cluster.md" && OF_OTHER_PROGRAMS.split(' ').any(|other| other == option);
                let is_word = !is_of_other && option.starts_with(|c: char| c.is_ascii_lowercase());
                n_named += usize::from(is_word);
                assert!(!is_word || known.contains(&option), "{name}: --{option}");
            }
        }
    }
    assert!(n_named > 40, "{n_named}");
}

#[test]
fn every_variable_that_is_read_is_listed() {
    let mut n_read = 0;
    for (path, text) in program().iter().filter(|(path, _)| path.contains("/cli/")) {
        let mut before = "";
        for (index, part) in text.split('"').enumerate() {
            let is_name =
                index % 2 == 1 && part.len() > 3 && part.chars().all(|c| c.is_ascii_uppercase() || c == '_');
            let asks = ["var(", "var_os(", "variable(", "is_true("];
            let is_read = part.contains('_') || asks.iter().any(|ask| before.ends_with(ask));
            if is_name && is_read && !before.ends_with("env!(") {
                n_read += 1;
                let is_listed = ENVIRONMENT.iter().any(|(name, _)| *name == part);
                assert!(is_listed, "{path} reads {part}, which ENVIRONMENT does not list");
            }
            before = part;
        }
    }
    assert!(n_read > 5, "{n_read}");
}

#[test]
fn every_path_of_the_source_that_a_page_names_exists() {
    for name in pages() {
        for span in spans(&page(&name)) {
            let is_plain = span.chars().all(|c| c.is_alphanumeric() || "._-/".contains(c));
            let is_path = is_plain && (span.ends_with(".rs") || span.ends_with('/'));
            let is_of_the_tree = ["src/", "tests/", "benches/", "docs/", "scenarios/"]
                .iter()
                .any(|start| span.starts_with(start));
            if is_path || (is_plain && is_of_the_tree) {
                let beside = root().join(&name).with_file_name(&span);
                let mut places = SOURCES.iter().map(|source| root().join(source).join(&span));
                let is_there = places.any(|place| place.exists());
                assert!(is_there || root().join(&span).exists() || beside.exists(), "{name}: {span}");
            }
        }
    }
}

#[test]
fn every_name_of_code_in_the_architecture_is_declared() {
    let program = program();
    for span in spans(&page("docs/architecture.md")) {
        let Some((_, last)) = span.rsplit_once("::") else {
            continue;
        };
        let kinds = ["fn", "struct", "enum", "trait", "const", "static", "mod", "type"];
        let is_declared = kinds.iter().any(|kind| {
            let start = format!("{kind} {last}");
            let follows = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
            let declares = |text: &str| text.split(&start).skip(1).any(follows);
            program.iter().any(|(_, text)| declares(text))
        });
        assert!(is_declared, "nothing in src is called `{last}` (`{span}`)");
    }
}

#[test]
fn the_modules_of_the_architecture_are_those_of_the_program_in_the_order_that_is_enforced() {
    let order = page("tests/architecture/main.rs");
    let (_, order) = order.split_once("const ORDER").expect("the order is there");
    let order = order.split(';').nth(1).expect("its names");
    let order: Vec<&str> = order.split('"').skip(1).step_by(2).collect();
    let there = order
        .into_iter()
        .filter(|module| SOURCES.iter().any(|source| root().join(source).join(module).is_dir()));
    let text = page("docs/architecture.md");
    let rows = text.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next());
    assert_eq!(rows.collect::<Vec<_>>(), there.collect::<Vec<_>>());
}

/// Words of running text before a year, as in `Huber and Ronchetti 2009` or `Chen (2008)`.
fn cited(text: &str) -> Vec<(String, String)> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).collect();
    let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
    let is_year =
        |word: &str| word.len() == 4 && word.parse().is_ok_and(|year: u32| (1900..2026).contains(&year));
    let months = "January February March April May June July August September October November December";
    let mut found = Vec::new();
    for pair in words.windows(2) {
        let is_name = pair[0].starts_with(char::is_uppercase) && pair[0].len() > 2;
        if is_year(pair[1]) && is_name && !months.split(' ').any(|month| month == pair[0]) {
            found.push((pair[0].to_owned(), pair[1].to_owned()));
        }
    }
    found
}

#[test]
fn every_work_that_a_method_names_is_in_the_references() {
    let references = page("docs/model/references.md");
    let entries: Vec<&str> = references.split("\n- ").collect();
    let is_method = |name: &&String| name.starts_with("docs/model") || *name == "docs/output.md";
    let methods = pages().into_iter().filter(|name| is_method(&name));
    let methods = methods.filter(|name| !name.ends_with("/references.md"));
    let text: String = methods.map(|name| page(&name)).collect();
    let mut cited = cited(&text);
    // books are named by their paragraphs
    for (book, year) in [("Nagaraja", "2003"), ("Stuart", "1977"), ("Jorion", "2007")] {
        cited.push((book.to_owned(), year.to_owned()));
    }
    assert!(cited.len() > 30, "{}", cited.len());
    for (name, year) in cited {
        let is_there = entries.iter().any(|entry| entry.contains(&name) && entry.contains(&year));
        assert!(is_there, "docs/model/references.md has no {name} {year}");
    }
}

/// The C library picks other code on other processors, and a crate that asks it does so for us. These
/// files take a law of sampling from one; paths and values never do, and `verify` compares with both.
#[test]
fn no_further_file_asks_the_c_library_for_a_law_of_sampling() {
    let may = [
        "stats/skewed.rs",
        "report/batch/baseline/score.rs",
        // compiled for tests only
        "report/gate/simulated.rs",
        "report/batch/baseline/against/alarms.rs",
    ];
    for (path, text) in program() {
        let module = path.split("/src/").last().unwrap_or_default();
        let is_test = module.ends_with("tests.rs") || module.contains("/tests/");
        let is_listed = may.contains(&module);
        if is_test || is_listed || ["chart", "cli", "verify"].iter().any(|free| module.starts_with(free)) {
            continue;
        }
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for line in code.lines().map(str::trim_start).filter(|line| !line.starts_with("//")) {
            for name in ["statrs", "libm::", "rand_distr"] {
                assert!(!line.contains(name), "{module}: {line}");
            }
        }
    }
}
