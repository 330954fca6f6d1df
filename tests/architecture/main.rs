//! The order of the modules, and who may touch the outside world, read from the source itself.
//!
//! In: every file under `src`. Out: a list of violations, empty when all is well. Not here: what
//! clippy enforces (`.clippy.toml`).

mod picture;
mod source;

use source::{Macro, Source, Token, exported_macros, names_below, names_by_super, tokens};
use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

/// Each module may use only those before it.
const ORDER: [&str; 24] = [
    "units", "math", "random", "form", "book", "stage", "market", "crash", "asset", "event", "policy",
    "record", "catalog", "scenario", "plan", "engine", "stats", "study", "figure", "chart", "page", "report",
    "verify", "cli",
];
/// Modules that take what a run left and can start none: without a plan, a `Control` or a `Lab`, one of which
/// starts every run, nothing is simulated behind a reader's back. Their tests may.
const OF_OUTCOMES: [&str; 5] = ["stats", "figure", "chart", "page", "report"];
/// Kinds, of which the engine knows none: it runs stages and keeps tracks, whatever they are of.
const KINDS: [&str; 5] = ["market", "crash", "asset", "event", "policy"];
const PRINTING: [&str; 5] = ["print", "println", "eprint", "eprintln", "dbg"];
const OUTSIDE_WORLD: [&str; 3] = ["env", "fs", "net"];
const LINES_PER_FILE: usize = 400;
const LINES_OF_MAIN: usize = 25;

fn place_in_order(module: &str) -> Option<usize> {
    ORDER.iter().position(|name| *name == module)
}

/// The module that a name at the root of the crate leads to; a macro leads to the module that exports it.
fn module_of<'a>(name: &'a Token, macros: &'a [Macro]) -> &'a str {
    let exported = macros.iter().find(|exported| exported.name == name.text);
    exported.map_or(&name.text, |exported| &exported.module)
}

fn edge_violations(source: &Source, tokens: &[Token], macros: &[Macro]) -> Vec<String> {
    let module = source.module();
    let Some(own) = place_in_order(module) else {
        return vec![format!("{}: module `{module}` has no place in the order", source.path)];
    };
    let known = |token: &&Token| place_in_order(&token.text).is_some();
    let by_super = names_by_super(tokens, source.depth()).into_iter().filter(known);
    let mut found = Vec::new();
    for name in names_below(tokens, "crate").into_iter().chain(by_super) {
        let used = module_of(name, macros);
        let at = format!("{}:{}", source.path, name.line);
        match place_in_order(used) {
            None => found.push(format!("{at}: `crate::{used}` is no module of the order")),
            Some(place) if place > own => {
                found.push(format!("{at}: `{module}` may not use `{used}`, which stands above it"));
            }
            Some(_) if used == "plan" && OF_OUTCOMES.contains(&module) && !source.is_test() => {
                found.push(format!("{at}: `{module}` takes outcomes and may not name `plan`"));
            }
            Some(_) if module == "engine" && KINDS.contains(&used) => {
                found.push(format!("{at}: the engine knows no kind, and may not name `{used}`"));
            }
            Some(_) => {}
        }
    }
    found
}

fn outside_violations(source: &Source, tokens: &[Token]) -> Vec<String> {
    let mut found = Vec::new();
    for pair in tokens.windows(2) {
        if PRINTING.contains(&pair[0].text.as_str()) && pair[1].text == "!" {
            found.push(format!("{}:{}: `{}!` outside `cli`", source.path, pair[0].line, pair[0].text));
        }
    }
    for name in names_below(tokens, "std") {
        if OUTSIDE_WORLD.contains(&name.text.as_str()) {
            found.push(format!("{}:{}: `std::{}` outside `cli`", source.path, name.line, name.text));
        }
    }
    found
}

fn violations(source: &Source, macros: &[Macro]) -> Vec<String> {
    let lines = source.text.lines().count();
    let limit = if source.path == "main.rs" { LINES_OF_MAIN } else { LINES_PER_FILE };
    let mut found = Vec::new();
    if lines > limit {
        found.push(format!("{}: {lines} lines, more than {limit}", source.path));
    }
    let tokens = tokens(&source.text);
    if !matches!(source.path.as_str(), "main.rs" | "lib.rs") {
        found.extend(edge_violations(source, &tokens, macros));
    }
    if OF_OUTCOMES.contains(&source.module()) && !source.is_test() {
        let controls = tokens.iter().filter(|token| ["Control", "Lab"].contains(&token.text.as_str()));
        found.extend(controls.map(|token| {
            let (path, line) = (&source.path, token.line);
            format!("{path}:{line}: takes outcomes and may not start a run by a `{}`", token.text)
        }));
    }
    if source.module() != "cli" {
        found.extend(outside_violations(source, &tokens));
    }
    found
}

fn read(directory: &Path, prefix: &str, into: &mut Vec<Source>) {
    for entry in fs::read_dir(directory).unwrap() {
        let entry = entry.unwrap();
        let name = format!("{prefix}{}", entry.file_name().to_str().unwrap());
        if entry.path().is_dir() {
            read(&entry.path(), &format!("{name}/"), into);
        } else if name.ends_with(".rs") {
            into.push(Source { text: fs::read_to_string(entry.path()).unwrap(), path: name });
        }
    }
}

fn every_file() -> Vec<Source> {
    let mut sources = Vec::new();
    for root in ["crates/tailwheel-core/src", "src"] {
        read(&Path::new(env!("CARGO_MANIFEST_DIR")).join(root), "", &mut sources);
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

#[test]
fn every_module_uses_only_those_before_it_and_only_cli_touches_the_world() {
    let sources = every_file();
    assert!(sources.iter().any(|source| source.path == "lib.rs"), "the source was not found");
    let macros: Vec<Macro> = sources.iter().flat_map(exported_macros).collect();
    let found: Vec<String> = sources.iter().flat_map(|source| violations(source, &macros)).collect();
    assert!(found.is_empty(), "\n{}", found.join("\n"));
}

/// Files of the report that use one which stands behind them in the order of its `mod.rs`.
fn upward_in_report(sources: &[Source]) -> Vec<String> {
    let head = sources.iter().find(|source| source.path == "report/mod.rs");
    let table = head.and_then(|head| head.text.split("```").nth(1));
    let order: Vec<&str> = table.unwrap_or_default().split_whitespace().collect();
    let place = |name: &str| order.iter().position(|known| *known == name);
    let mut found = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test()) {
        let Some(file) = source.path.strip_prefix("report/") else {
            continue;
        };
        let own = file.split('/').next().unwrap_or_default().trim_end_matches(".rs");
        if own == "mod" {
            continue;
        }
        let tokens = tokens(&source.text);
        let by_super = names_by_super(&tokens, source.depth() - 1);
        for name in names_below(&tokens, "report").into_iter().chain(by_super) {
            let is_above = place(&name.text) > place(own);
            if is_above || place(own).is_none() {
                let (path, line) = (&source.path, name.line);
                found.push(format!("{path}:{line}: `{own}` may not use `{}`", name.text));
            }
        }
    }
    found
}

#[test]
fn every_file_of_the_report_uses_only_those_before_it() {
    let found = upward_in_report(&every_file());
    assert!(found.is_empty(), "\n{}", found.join("\n"));
    let head = "//! ```text\n//! figures measure build\n//! ```\n";
    let upward = Source::new("report/measure.rs", "use super::build::model_digest;");
    let planted = [Source::new("report/mod.rs", head), upward];
    assert_eq!(upward_in_report(&planted).len(), 1);
}

/// Modules that the files of `module` use, tests apart.
fn uses(sources: &[Source], macros: &[Macro], module: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    for source in sources.iter().filter(|source| source.module() == module && !source.is_test()) {
        let product = source.text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let tokens = tokens(product);
        let by_super = names_by_super(&tokens, source.depth());
        for name in names_below(&tokens, "crate").into_iter().chain(by_super) {
            let used = module_of(name, macros);
            found.extend(ORDER.iter().copied().filter(|known| *known == used && *known != module));
        }
    }
    found
}

/// Files and folders of `module` that use each other in a circle, or what does.
fn circles(sources: &[Source], module: &str) -> BTreeSet<String> {
    let mut edges: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let parts = |source: &Source| !source.path.ends_with("mod.rs") && !source.is_test();
    for source in sources.iter().filter(|source| source.module() == module) {
        if let (true, Some(file)) = (parts(source), source.path.split('/').nth(1)) {
            let file = file.trim_end_matches(".rs");
            let tokens = tokens(&source.text);
            let mut used = names_by_super(&tokens, source.depth() - 1);
            used.extend(names_below(&tokens, module));
            let others = used.into_iter().map(|name| name.text.clone()).filter(|name| name != file);
            edges.entry(file.to_owned()).or_default().extend(others);
        }
    }
    // what uses nothing that is left is in no circle
    loop {
        let left: BTreeSet<String> = edges.keys().cloned().collect();
        edges.retain(|_, used| used.iter().any(|name| left.contains(name)));
        if edges.len() == left.len() {
            return left;
        }
    }
}

#[test]
fn no_files_of_the_engine_use_each_other_in_a_circle() {
    assert_eq!(circles(&every_file(), "engine"), BTreeSet::new());
    let of = |path: &str, text: &str| Source::new(path, text);
    let round = [
        of("engine/run.rs", "use super::{months::Months, part};"),
        of("engine/part/bytes.rs", "use crate::engine::months::Months;"),
        of("engine/months.rs", "use super::run::Control;"),
        of("engine/block.rs", "use super::super::plan::Plan;"),
    ];
    assert_eq!(circles(&round, "engine"), ["months", "part", "run"].map(str::to_owned).into());
    assert_eq!(circles(&round[..2], "engine"), BTreeSet::new());
}

#[test]
fn there_is_no_build_script() {
    assert!(!Path::new(env!("CARGO_MANIFEST_DIR")).join("build.rs").exists());
}

#[test]
fn each_kind_of_violation_is_found_and_what_is_allowed_is_not() {
    let text = "macro_rules! private { () => {} } #[macro_export] #[doc(hidden)] macro_rules! parameters { () => {} }";
    let macros = exported_macros(&Source::new("form/field.rs", text));
    let long = "\n".repeat(LINES_PER_FILE + 1);
    let violating = [
        ("math/normal.rs", "use crate::plan::Plan;", "math/normal.rs:1: `math` may not use `plan`"),
        ("stage/mod.rs", "\nuse crate::{book::Book, engine::{a, b}};", ":2: `stage` may not use `engine`"),
        ("stage/mod.rs", "fn f() { crate::cli::run() }", "`stage` may not use `cli`"),
        ("stage/lane.rs", "use super::super::{book, plan::Plan};", "`stage` may not use `plan`"),
        ("stage/mod.rs", "use super::chart;", "`stage` may not use `chart`"),
        ("asset/claim.rs", "mod t { use super::super::super::plan::x; }", "`asset` may not use `plan`"),
        ("market/mod.rs", "macro_rules! m { () => { $crate::asset::f() } }", "may not use `asset`"),
        ("math/mod.rs", "crate::parameters! {}", "`math` may not use `form`"),
        ("asset/claim.rs", "use crate::{parameters, private};", "`crate::private` is no module of the order"),
        ("math/mod.rs", "use crate::helpers::x;", "`crate::helpers` is no module of the order"),
        ("helpers.rs", "", "module `helpers` has no place in the order"),
        ("plan/mod.rs", "fn f() { println!(\"x\") }", "`println!` outside `cli`"),
        ("main.rs", "fn main() { eprintln!() }", "`eprintln!` outside `cli`"),
        ("plan/mod.rs", "use std::{fmt, fs::File};", "`std::fs` outside `cli`"),
        ("lib.rs", "fn f() { std::env::args(); }", "`std::env` outside `cli`"),
        ("units.rs", "const A: &str = r#\"\"\"#; const B: char = '\"'; use crate::cli;", "may not use `cli`"),
        (
            "report/pages.rs",
            "use crate::study::simulate; fn f() { simulate(s, &crate::engine::Control::default()) }",
            "report/pages.rs:1: takes outcomes and may not start a run",
        ),
        (
            "report/pages.rs",
            "fn f(lab: &crate::study::Lab) { lab.alone(&p) }",
            "may not start a run by a `Lab`",
        ),
        ("engine/months.rs", "use crate::crash::CRASH_FALL;", "may not name `crash`"),
        ("report/build.rs", "use crate::plan::Plan;", "may not name `plan`"),
        ("units.rs", "fn f<'a>(x: &'a str) { crate::cli::f(x) }", "may not use `cli`"),
        ("cli/mod.rs", &long, "401 lines, more than 400"),
        ("main.rs", &long, "401 lines, more than 25"),
    ];
    for (path, text, expected) in violating {
        let found = violations(&Source::new(path, text), &macros);
        assert!(found.len() == 1 && found[0].contains(expected), "{path}: {text:.60}: {found:?}");
    }
    let allowed = [
        ("plan/mod.rs", "use crate::{math, scenario::Scenario}; use super::catalog; use self::plan;"),
        ("plan/build.rs", "use super::report; pub(crate) fn f() { crate::parameters! {} }"),
        (
            "math/mod.rs",
            "//! See [`crate::cli`].\n/* crate::plan /* println!() */ */ const A: &str = \"crate::cli \\\" std::fs\";",
        ),
        (
            "math/mod.rs",
            "const B: &str = r##\"use crate::cli; \"# std::env\"##; const C: char = '\\''; fn r#fs() {} const D: &[u8] = br#\"\"crate::cli\"#;",
        ),
        ("cli/mod.rs", "use std::{env, fs}; use crate::report; fn f() { println!() }"),
        ("lib.rs", "pub mod cli; pub mod math;"),
        ("report/compare/tests.rs", "use crate::plan::Plan;"),
        ("report/mod.rs", "const V: &str = env!(\"CARGO_PKG_VERSION\"); use std::fmt;"),
    ];
    for (path, text) in allowed {
        let found = violations(&Source::new(path, text), &macros);
        assert!(found.is_empty(), "{path}: {found:?}");
    }
}
