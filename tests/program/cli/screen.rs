//! The screen of a run: its layout, what is absent where it does not apply, and what nobody can make of it.
//!
//! Numbers are held by `.ci/screens`, which looks each of them up in report.json.

use crate::cli::sandbox::{ONE, Sandbox, Text, ran};
use std::fs;
use std::path::Path;

/// Lines of a screen with those that name the files.
const MOST_LINES: usize = 50;

fn screen(text: &str, columns: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", text);
    let mut command = sandbox.command(&["run", "it.toml", "--no-charts"]);
    ran(command.env("COLUMNS", columns)).done()
}

#[track_caller]
fn assert_sound(screen: &str, width: usize) {
    for line in screen.lines() {
        let is_command = line.contains("tailwheel ");
        assert!(is_command || line.chars().count() <= width, "wider than {width}: {line}\n{screen}");
        assert_eq!(line.trim_end(), line, "idle blanks");
    }
    for word in ["NaN", "inf ", "$-", "None", "undefined", "–   –"] {
        assert!(!screen.contains(word), "{word} in\n{screen}");
    }
    assert!(screen.contains("wrong assumptions"), "{screen}");
    assert!(screen.lines().count() <= MOST_LINES, "{screen}");
}

#[test]
fn three_figures_stand_in_every_row_and_end_in_the_same_columns() {
    for columns in ["80", "100"] {
        let screen = screen(ONE, columns);
        assert_sound(&screen, columns.parse().unwrap());
        let labels = ["Final wealth", "Net income", "Return a year  ", "Maximum drawdown"];
        let rows: Vec<&str> = screen
            .lines()
            .filter(|line| labels.iter().any(|label| line.trim_start().starts_with(label)))
            .collect();
        assert_eq!(rows.len(), 4, "{screen}");
        for row in &rows {
            assert_eq!(row.chars().count(), rows[0].chars().count(), "{screen}");
        }
    }
}

#[test]
fn no_terminal_is_laid_out_below_80_or_above_100_columns() {
    assert_eq!(screen(ONE, "60"), screen(ONE, "80"));
    assert_eq!(screen(ONE, "200"), screen(ONE, "100"));
}

#[test]
fn bars_of_a_terminal_without_unicode_are_plain_signs() {
    let sandbox = Sandbox::with_one();
    let mut command = sandbox.command(&["run", "one.toml", "--no-charts", "--paths", "1000"]);
    ran(command.env("LC_ALL", "en_US.ISO-8859-1")).done().has("#").lacks("█").lacks("▓").lacks("░");
}

#[test]
fn where_nothing_can_be_owed_there_is_no_ruin_and_no_spending() {
    let screen = screen(ONE, "100");
    for absent in ["ruin", "Sustainable", "covers the spending", "AGENTS", "withdrawals"] {
        assert!(!screen.contains(absent), "{absent} in\n{screen}");
    }
}

#[test]
fn one_path_has_figures_and_no_errors() {
    let screen = screen(&ONE.replace("512", "1"), "80");
    assert_sound(&screen, 80);
    let figures = screen.lines().filter(|line| !line.starts_with('±'));
    assert!(figures.clone().all(|line| !line.contains('±')), "{screen}");
}

#[test]
fn with_nothing_invested_there_is_no_return_and_no_loss() {
    let screen = screen(&ONE.replace("50_000", "0"), "80");
    assert_sound(&screen, 80);
    for absent in ["Return a year", "Maximum drawdown", "Expected shortfall", "Claimed"] {
        assert!(!screen.contains(absent), "{absent} in\n{screen}");
    }
}

#[test]
fn without_chance_there_is_no_error() {
    let certain = "50_000\nroi = \"10 %\"\nvolatility = 0\nincome_share = 0\ndecay = 0\n";
    let world = ONE.replace("50_000", certain);
    let world = format!("class_ranges = false\n{world}");
    let fixed = "[economy]\ninflation.fixed = \"2.5 %/year\"\n";
    let screen = screen(&(world + fixed), "80");
    assert_sound(&screen, 80);
    assert_eq!(screen.matches("$57.6k").count(), 3, "{screen}");
    assert!(!screen.contains("57.6k ±"), "{screen}");
}

#[test]
fn five_hundred_assets_have_a_screen() {
    let mut text = ONE.replace("512", "256");
    for number in 1..500 {
        text.push_str(&format!(
            "[[asset]]\nname = \"a{number}\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n"
        ));
    }
    assert_sound(&screen(&text, "80"), 80);
}

#[test]
fn figures_from_cents_to_billions_stay_in_their_columns() {
    for value in ["0.01", "3", "9_999", "1_234_567", "5e9", "1e12"] {
        for columns in ["80", "100"] {
            let text = ONE.replace("50_000", value).replace("USD", "XAU");
            assert_sound(&screen(&text, columns), columns.parse().unwrap());
        }
    }
}

#[test]
fn amounts_beyond_all_letters_and_below_a_cent_have_a_screen() {
    let growth = "1e12\nroi = \"500 %\"\nincome_share = 0\ndecay = \"0 %/year\"\n";
    let long = ONE.replace("2 years", "50 years");
    assert_sound(&screen(&long.replace("50_000", growth), "100"), 100);
    let ruinous = "1e-9\nvolatility = \"500 %\"\n";
    assert_sound(&screen(&long.replace("50_000", ruinous), "100"), 100);
}

#[test]
fn several_scenarios_are_a_line_apart_and_in_order() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", ONE.replace("One fleet", "First"));
    sandbox.write("b.toml", ONE.replace("One fleet", "Second"));
    let out = sandbox.run(&["run", "a.toml", "b.toml", "--no-charts"]).done();
    assert!(out.starts_with("First "), "{out}");
    assert!(out.contains("report.json\n\nSecond "), "{out}");
}

#[test]
fn a_title_from_the_name_of_a_file_cannot_command_the_terminal() {
    let sandbox = Sandbox::new();
    let untitled = ONE.split_once('\n').expect("a title").1;
    let name = "one\u{1b}[31m red\nline.toml";
    sandbox.write(name, untitled);
    let out = sandbox.run(&["--color", "always", "run", name, "--no-charts"]).done();
    let title = out.lines().next().expect("a line");
    assert!(title.starts_with("\u{1b}[1mone\\u001b[31m red\\u000aline"), "{out:?}");
    assert!(!out.contains("\u{1b}[31m"), "{out:?}");
}

#[test]
fn what_is_typed_next_for_a_scenario_from_a_pipe_works_with_its_file() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["run", "-", "--no-charts"]);
    ran(command.write_stdin(ONE)).done().has("tailwheel sensitivity - < SCENARIO");
    assert!(!sandbox.read("output/stdin/report.html").contains("/dev/stdin"));
    let mut command = sandbox.command(&["sensitivity", "-"]);
    ran(command.write_stdin(ONE)).exits(0);
}

#[test]
fn every_shipped_scenario_has_a_screen_of_48_lines_with_bars() {
    let sandbox = Sandbox::new();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = fs::read_dir(shipped).unwrap().map(|file| file.unwrap());
    let names: Vec<String> = files
        .filter(|file| file.path().is_file())
        .map(|file| {
            let name = format!("scenarios/{}", file.file_name().to_str().unwrap());
            sandbox.write(&name, fs::read(file.path()).unwrap());
            name
        })
        .filter(|name| name.ends_with(".toml"))
        .collect();
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        // so few paths may decide no gate
        let mut command = sandbox.command(&["run", &name, "--paths", "1000", "--no-charts"]);
        let screen = ran(command.env("COLUMNS", "80")).out;
        assert_sound(&screen, 80);
        let has_claim = screen.contains("Claimed return") || screen.contains("Assumed return");
        assert_eq!(has_claim, screen.contains("FROM CLAIM TO OUTCOME"), "{name}:\n{screen}");
        assert!(!has_claim || screen.contains('▓'), "{name}:\n{screen}");
    }
}

/// A base of `ONE` in the working folder and another in a folder whose name is one of /dev.
#[cfg(target_os = "linux")]
fn with_bases() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("_base.toml", ONE);
    sandbox.write("shm/_base.toml", ONE.replace("One fleet", "Of the working folder"));
    sandbox
}

#[test]
#[cfg(target_os = "linux")]
fn a_scenario_from_a_pipe_extends_files_of_the_working_folder() {
    let sandbox = with_bases();
    for piped in ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"] {
        for arguments in [
            &["check", piped] as &[&str],
            &["batch", piped, "--list"],
            &["explain", piped],
            &["run", piped, "--no-charts", "--no-bridge"],
            &["replay", piped, "--path", "0"],
            &["sensitivity", piped, "--paths", "64"],
        ] {
            let mut command = sandbox.command(arguments);
            let ran = ran(command.write_stdin("extends = \"_base.toml\"\n"));
            // `sensitivity` reports its number of runs there
            let is_quiet = ran.err.is_empty() || arguments[0] == "sensitivity";
            assert!(ran.code == Some(0) && is_quiet, "{arguments:?}: {}", ran.err);
        }
        let mut command = sandbox.command(&["explain", piped]);
        let page = ran(command.write_stdin("extends = \"shm/_base.toml\"\n")).done();
        assert!(page.contains("Of the working folder"), "{piped}: {page}");
        let mut command = sandbox.command(&["check", piped]);
        ran(command.write_stdin("extends = \"shm/none.toml\"\n"))
            .failed()
            .has("[file]: shm/none.toml: there is no such file");
    }
    let asked = ["solve", "-", "asset.saas.value", "--measure", "wealth.terminal.p50"];
    let range = ["--target", "1e5", "--from", "1e4", "--to", "2e5", "--paths", "64"];
    let mut command = sandbox.command(&[&asked[..], &range].concat());
    ran(command.write_stdin("extends = \"_base.toml\"\n")).done();
    let mut command = sandbox.command(&["compare", "_base.toml", "-", "--paths", "64", "--no-charts"]);
    let other = "extends = \"_base.toml\"\neconomy.inflation.fixed = 0.03\n";
    ran(command.write_stdin(other)).done();
}

#[test]
#[cfg(target_os = "linux")]
fn no_file_of_dev_is_read_for_a_scenario_from_a_pipe() {
    let there = tempfile::Builder::new().prefix("tailwheel-").suffix(".toml").tempfile_in("/dev/shm");
    let Ok(there) = there else {
        return; // this machine has no /dev/shm
    };
    std::fs::write(there.path(), ONE).expect("a file");
    let name = there.path().file_name().expect("a name").to_string_lossy().into_owned();
    let sandbox = Sandbox::new();
    for piped in ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"] {
        let mut command = sandbox.command(&["check", piped]);
        let said = ran(command.write_stdin(format!("extends = \"shm/{name}\"\n"))).failed();
        assert!(said.contains("there is no such file"), "{piped}: {said}");
    }
}
