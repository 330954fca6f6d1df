//! `new`, `check`, `schema`, `completions`, `man`, help and version.

use crate::cli::sandbox::{ONE, Sandbox, Text};
use tailwheel::report::OUTPUTS;

#[test]
fn the_starter_is_valid_and_runs() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.run("new").done(), "wrote scenario.toml\nnext: tailwheel run scenario.toml\n");
    let checked = sandbox.run("check scenario.toml").done();
    checked.starts("scenario.toml: valid; 2 assets, 120 months, 100,000 paths, ");
    // enough paths to bound the tail that the failure of an issuer gives
    sandbox.run("run scenario.toml --paths 20000 --deny-warnings").done();
    // the next command can be pasted
    sandbox.run(&["new", "my plan.toml"]).done().ends("next: tailwheel run 'my plan.toml'\n");
}

/// What a commented line of the starter would say, without its comment; nothing of running text.
fn commented(line: &str) -> Option<(&str, &str)> {
    let rest = line.strip_prefix("# ")?;
    let (said, why) = rest.split_once(" # ").unwrap_or((rest, ""));
    let key = said.split('=').next()?.trim();
    let is_key = said.contains('=') && key.chars().all(|c| c.is_ascii_lowercase() || "_1".contains(c));
    (is_key || said.starts_with('[')).then_some((rest, why))
}

#[test]
fn every_commented_line_of_the_starter_is_valid_without_its_sign() {
    let sandbox = Sandbox::new();
    sandbox.run("new").done();
    let starter = sandbox.read("scenario.toml");
    let lines: Vec<&str> = starter.lines().collect();
    let is_other = |line: &str| {
        let key = line.trim_start_matches("# ").split(' ').next().unwrap_or_default();
        ["order", "matrix"].contains(&key)
    };
    let with = |is_on: &dyn Fn(usize, &str) -> bool| {
        let line = |(at, line): (usize, &&str)| match commented(line) {
            Some((said, _)) if is_on(at, line) => said.to_owned(),
            _ => (*line).to_owned(),
        };
        lines.iter().enumerate().map(line).collect::<Vec<_>>().join("\n")
    };
    let check = |text: String| {
        sandbox.write("it.toml", &text);
        sandbox.run("check it.toml").done();
    };
    check(with(&|_, line| !is_other(line)));
    check(with(&|_, line| is_other(line)).replace("pairs  =", "# pairs  ="));
    // each alone, but for those whose comment says what they need, and tables, which are whole
    let tables = lines.iter().position(|line| line.starts_with("# [")).expect("tables");
    let mut n = 0;
    for (at, line) in lines.iter().enumerate().take(tables) {
        let needs = |why: &str| ["only with", "needs"].iter().any(|word| why.contains(word));
        if commented(line).is_some_and(|(_, why)| !needs(why) && !is_other(line)) {
            check(with(&|other, _| other == at));
            n += 1;
        }
    }
    assert!(n > 15, "{n}");
}

#[test]
fn a_starter_never_replaces_a_file_unless_told_to() {
    let sandbox = Sandbox::with("mine.toml", "precious");
    assert_eq!(
        sandbox.run("new mine.toml").failed(),
        "error: mine.toml exists already; write another name, or replace the file with --force\n"
    );
    assert_eq!(sandbox.read("mine.toml"), "precious");
    sandbox.run("new mine.toml --force").done();
    sandbox.read("mine.toml").has("[[asset]]");
    // in no folder, or in place of one
    assert_eq!(
        sandbox.run("new nowhere/mine.toml").failed(),
        "error: cannot write nowhere/mine.toml: there is no folder nowhere; make it first\n"
    );
    assert_eq!(sandbox.run("new . --force").failed(), "error: . is a folder; write the name of a file\n");
    assert_eq!(sandbox.files().len(), 1, "no temporary file stays");
}

#[test]
fn check_counts_and_writes_nothing() {
    let sandbox = Sandbox::with_one();
    sandbox.write("b.toml", ONE.replace("2 years", "1 month").replace("512", "1"));
    let said = sandbox.run("check one.toml b.toml").done();
    said.has("one.toml: valid; 1 asset, 24 months, 512 paths, ")
        .has("b.toml: valid; 1 asset, 1 month, 1 path, ");
    assert_eq!(sandbox.files().len(), 2);
}

const CASES: &str = include_str!("files/cases.toml");

#[test]
fn check_reads_every_case_and_counts_them_and_run_takes_the_file_without_them() {
    let sandbox = Sandbox::with_one();
    sandbox.write("cases.toml", format!("{ONE}{CASES}"));
    sandbox.run("check cases.toml").done().ends("from the catalog, 6 cases, 1 gate\n");
    let [cases, one] = ["cases", "one"].map(|file| {
        let report = sandbox.json(&format!("run {file}.toml --json --no-charts"));
        (report["scenario"]["model_digest"].clone(), report["measures"].clone())
    });
    assert_eq!(cases, one);
    sandbox.run("replay cases.toml --path 3").done();
}

#[test]
fn check_tells_the_faults_of_every_file_and_that_of_a_case_once() {
    let sandbox = Sandbox::with_one();
    sandbox.write("a.toml", ONE.replace("value", "vlaue"));
    let said = sandbox.run("check a.toml one.toml none.toml").failed();
    said.has("in a.toml; nothing was simulated\n").has("1 error in none.toml; nothing was simulated\n");
    sandbox.write("cases.toml", format!("{ONE}{}", CASES.replace("cash\" = 9", "cahs\" = 9")));
    let said = sandbox.run("check cases.toml").failed();
    said.has_all(["unknown key `cahs`", "in case: cases/rich,seed=1\n", "1 error in cases.toml"]);
}

#[test]
fn the_schema_is_json_and_the_one_of_the_repository() {
    let schema = Sandbox::new().run("schema").done();
    serde_json::from_str::<serde_json::Value>(&schema).unwrap();
    assert_eq!(schema, include_str!("../../../tailwheel.schema.json"));
}

#[test]
fn the_folder_of_outputs_has_the_same_letter_in_every_command() {
    for command in tailwheel::cli::declaration().get_subcommands() {
        let mut options = command.get_arguments();
        let out = options.find(|option| option.get_long() == Some("out"));
        let letter = out.map(|out| out.get_short());
        assert!(matches!(letter, None | Some(Some('o'))), "{command}");
    }
}

#[test]
fn every_json_output_has_a_schema_that_is_printed() {
    for output in &OUTPUTS {
        let printed = Sandbox::new().run(&["schema", output.id]).done();
        assert_eq!(printed, output.schema());
        assert!(jsonschema::meta::is_valid(&serde_json::from_str(&printed).unwrap()), "{}", output.id);
    }
    Sandbox::new().run("schema reprot").failed().has("a similar value exists: 'report'");
}

#[test]
fn every_shell_gets_a_completion_script_that_knows_the_commands() {
    let sandbox = Sandbox::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        sandbox.run(&["completions", shell]).done().has("deny-warnings").has("explain");
    }
    sandbox.run("completions tcsh").failed().has("possible values");
}

#[test]
fn the_manual_names_every_command_and_option_on_one_page() {
    let page = Sandbox::new().run("man").done();
    page.has_all([".TH tailwheel 1", ".SH TAILWHEEL RUN", ".SH TAILWHEEL EXPLAIN", "deny\\-warnings"])
        .has_all([".SH EXIT STATUS", "TAILWHEEL_SIMD"])
        // there are no pages of single commands that it could point to
        .lacks("tailwheel\\-run(1)");
}

#[test]
fn help_and_version_are_results() {
    let sandbox = Sandbox::new();
    let help = sandbox.run("--help").done().has("Exit codes: 0 done");
    for command in ["run", "check", "explain", "new", "schema", "completions", "man"] {
        (&help).has(format!("\n  {command} "));
        sandbox.run(&[command, "--help"]).done();
    }
    let version = sandbox.run("--version").done();
    assert_eq!(version, format!("tailwheel {}\n", env!("CARGO_PKG_VERSION")));
}
