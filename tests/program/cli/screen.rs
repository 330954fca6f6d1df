//! The screen of a run: its layout, what is absent where it does not apply, and what nobody can make of it.
//!
//! Numbers are held by `.ci/screens`, which looks each of them up in report.json.

use crate::cli::sandbox::{ONE, Sandbox, Text, ran};
use std::fs;
use std::path::Path;

/// Lines of a screen with those that name the files.
const MOST_LINES: usize = 50;

fn screen(text: &str, columns: &str) -> String {
    Sandbox::with("it.toml", text).run_in(columns, "run it.toml --no-charts").done()
}

#[track_caller]
fn assert_sound(screen: &str, width: usize) {
    for line in screen.lines() {
        let is_command = line.contains("tailwheel ");
        assert!(is_command || line.chars().count() <= width, "wider than {width}: {line}\n{screen}");
        assert_eq!(line.trim_end(), line, "idle blanks");
    }
    screen.lacks_all(["NaN", "inf ", "$-", "None", "undefined", "–   –"]).has("wrong assumptions");
    assert!(screen.lines().count() <= MOST_LINES, "{screen}");
}

#[test]
fn three_figures_stand_in_every_row_and_end_in_the_same_columns() {
    for columns in ["80", "100"] {
        let screen = screen(ONE, columns);
        assert_sound(&screen, columns.parse().unwrap());
        let labels = ["Final wealth", "Net income", "Return a year  ", "Maximum drawdown"];
        let is_row = |line: &&str| labels.iter().any(|label| line.trim_start().starts_with(label));
        let widths: Vec<usize> = screen.lines().filter(is_row).map(|row| row.chars().count()).collect();
        assert_eq!(widths, [widths[0]; 4], "{screen}");
    }
    // no terminal is laid out below 80 or above 100 columns
    assert_eq!([screen(ONE, "60"), screen(ONE, "200")], [screen(ONE, "80"), screen(ONE, "100")]);
}

#[test]
fn bars_of_a_terminal_without_unicode_are_plain_signs() {
    let sandbox = Sandbox::with_one();
    let mut command = sandbox.command("run one.toml --no-charts --paths 1000");
    ran(command.env("LC_ALL", "en_US.ISO-8859-1")).done().has("#").lacks_all(["█", "▓", "░"]);
}

#[test]
fn what_cannot_be_is_absent() {
    // nothing can be owed, and nothing is invested
    let absent = ["ruin", "Sustainable", "covers the spending", "AGENTS", "withdrawals"];
    screen(ONE, "100").lacks_all(absent);
    let screen = screen(&ONE.replace("50_000", "0"), "80");
    assert_sound(&screen, 80);
    screen.lacks_all(["Return a year", "Maximum drawdown", "Expected shortfall", "Claimed"]);
}

#[test]
fn one_path_has_figures_and_no_errors() {
    let screen = screen(&ONE.replace("512", "1"), "80");
    assert_sound(&screen, 80);
    let mut figures = screen.lines().filter(|line| !line.starts_with('±'));
    assert!(figures.all(|line| !line.contains('±')), "{screen}");
}

#[test]
fn without_chance_there_is_no_error() {
    let certain = "50_000\nroi = \"10 %\"\nvolatility = 0\nincome_share = 0\ndecay = 0\n";
    let fixed = "[economy]\ninflation.fixed = \"2.5 %/year\"\n";
    let world = ONE.replace("50_000", certain);
    let screen = screen(&format!("class_ranges = false\n{world}{fixed}"), "80");
    assert_sound(&screen, 80);
    assert_eq!(screen.matches("$57.6k").count(), 3, "{screen}");
    assert!(!screen.contains("57.6k ±"), "{screen}");
}

#[test]
fn five_hundred_assets_have_a_screen() {
    let asset = |n: u32| format!("[[asset]]\nname = \"a{n}\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n");
    let text = ONE.replace("512", "256") + &(1..500).map(asset).collect::<String>();
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
    // beyond all letters, and below a cent
    let growth = "1e12\nroi = \"500 %\"\nincome_share = 0\ndecay = \"0 %/year\"\n";
    for value in [growth, "1e-9\nvolatility = \"500 %\"\n"] {
        let text = ONE.replace("2 years", "50 years").replace("50_000", value);
        assert_sound(&screen(&text, "100"), 100);
    }
}

#[test]
fn a_change_with_its_error_stands_apart_from_the_return() {
    // ruin near 50 %: the median is ruined or not, so the last changes have errors of tens of points
    let sandbox = Sandbox::with("quit.toml", include_str!("../../../scenarios/can-i-quit.toml"));
    let out = sandbox.run("run quit.toml --paths 2000 --no-charts").out;
    let ladder: Vec<&str> = out.lines().skip_while(|line| !line.starts_with("FROM CLAIM")).skip(2).collect();
    let ladder = ladder.split(|line| line.is_empty()).next().expect("a ladder");
    assert!(ladder.iter().any(|line| line.contains(" ± ")), "{ladder:#?}");
    let is_apart = |line: &&str| {
        let letters: Vec<char> = line.chars().collect();
        letters.windows(2).all(|two| !(two[0].is_ascii_digit() && "−+".contains(two[1])))
    };
    assert!(ladder.iter().all(is_apart), "{ladder:#?}");
}

#[test]
fn several_scenarios_are_a_line_apart_and_in_order() {
    let sandbox = Sandbox::with("a.toml", ONE.replace("One fleet", "First"));
    sandbox.write("b.toml", ONE.replace("One fleet", "Second"));
    let out = sandbox.run("run a.toml b.toml --no-charts").done();
    out.starts("First ").has("report.json\n\nSecond ");
}

#[test]
fn a_title_from_the_name_of_a_file_cannot_command_the_terminal() {
    let name = "one\u{1b}[31m red\nline.toml";
    let sandbox = Sandbox::with(name, ONE.split_once('\n').expect("a title").1);
    let out = sandbox.run(&["--color", "always", "run", name, "--no-charts"]).done();
    out.starts("\u{1b}[1mone\\u001b[31m red\\u000aline").lacks("\u{1b}[31m");
}

#[test]
fn what_is_typed_next_for_a_scenario_from_a_pipe_works_with_its_file() {
    let sandbox = Sandbox::new();
    sandbox.pipe(ONE, "run - --no-charts").done().has("tailwheel sensitivity - < SCENARIO");
    sandbox.read("output/stdin/report.html").lacks("/dev/stdin");
    sandbox.pipe(ONE, "sensitivity -").exits(0);
}

#[test]
fn every_shipped_scenario_has_a_screen_of_48_lines_with_bars() {
    let sandbox = Sandbox::new();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = fs::read_dir(shipped).unwrap().map(|file| file.unwrap().path());
    let mut names = Vec::new();
    for file in files.filter(|file| file.is_file()) {
        let name = format!("scenarios/{}", file.file_name().unwrap().to_str().unwrap());
        sandbox.write(&name, fs::read(file).unwrap());
        names.extend(Some(name).filter(|name| name.ends_with(".toml")));
    }
    assert!(names.len() > 10, "{names:?}");
    for name in names {
        // so few paths may decide no gate
        let screen = sandbox.run_in("80", &format!("run {name} --paths 1000 --no-charts")).out;
        assert_sound(&screen, 80);
        let has_claim = screen.contains("Claimed return") || screen.contains("Assumed return");
        assert_eq!(has_claim, screen.contains("FROM CLAIM TO OUTCOME"), "{name}:\n{screen}");
        assert!(!has_claim || screen.contains('▓'), "{name}:\n{screen}");
    }
}

#[cfg(target_os = "linux")]
const PIPES: [&str; 4] = ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"];

#[test]
#[cfg(target_os = "linux")]
fn a_scenario_from_a_pipe_extends_files_of_the_working_folder() {
    let sandbox = Sandbox::with("_base.toml", ONE);
    // the name of a folder of /dev
    sandbox.write("shm/_base.toml", ONE.replace("One fleet", "Of the working folder"));
    let extends = "extends = \"_base.toml\"\n";
    for piped in PIPES {
        for (command, options) in [
            ("check", ""),
            ("batch", " --list"),
            ("explain", ""),
            ("run", " --no-charts --no-bridge"),
            ("replay", " --path 0"),
            ("sensitivity", " --paths 64"),
        ] {
            let ran = sandbox.pipe(extends, &format!("{command} {piped}{options}")).exits(0);
            // `sensitivity` reports its number of runs there
            assert!(ran.err.is_empty() || command == "sensitivity", "{command} {piped}: {}", ran.err);
        }
        let page = sandbox.pipe("extends = \"shm/_base.toml\"\n", &["explain", piped]).done();
        page.has("Of the working folder");
        let none = sandbox.pipe("extends = \"shm/none.toml\"\n", &["check", piped]).failed();
        none.has("[file]: shm/none.toml: there is no such file");
    }
    let range = "--target 1e5 --from 1e4 --to 2e5 --paths 64";
    let asked = format!("solve - asset.saas.value --measure wealth.terminal.p50 {range}");
    sandbox.pipe(extends, &asked).done();
    let other = format!("{extends}economy.inflation.fixed = 0.03\n");
    sandbox.pipe(&other, "compare _base.toml - --paths 64 --no-charts").done();
}

#[test]
#[cfg(target_os = "linux")]
fn no_file_of_dev_is_read_for_a_scenario_from_a_pipe() {
    let there = tempfile::Builder::new().prefix("tailwheel-").suffix(".toml").tempfile_in("/dev/shm");
    let Ok(there) = there else {
        return; // this machine has no /dev/shm
    };
    fs::write(there.path(), ONE).expect("a file");
    let name = there.path().file_name().expect("a name").to_string_lossy().into_owned();
    for piped in PIPES {
        let extends = format!("extends = \"shm/{name}\"\n");
        Sandbox::new().pipe(&extends, &["check", piped]).failed().has("there is no such file");
    }
}
