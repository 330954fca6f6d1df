//! The screen of a run.

use crate::sandbox::{ONE, Sandbox, ran};
use std::fs;
use std::path::Path;

fn screen(text: &str, columns: &str) -> String {
    let sandbox = Sandbox::new();
    sandbox.write("it.toml", text);
    let mut command = sandbox.command(&["run", "it.toml", "--no-charts"]);
    ran(command.env("COLUMNS", columns)).done()
}

#[track_caller]
fn assert_sound(screen: &str, width: usize) {
    for line in screen.lines() {
        assert!(
            line.chars().count() <= width,
            "wider than {width}: {line}\n{screen}"
        );
        assert_eq!(line.trim_end(), line, "idle blanks");
    }
    for word in ["NaN", "inf ", "$-", "None", "–   –"] {
        assert!(!screen.contains(word), "{word} in\n{screen}");
    }
    let words: Vec<&str> = screen.split_whitespace().collect();
    assert!(words.join(" ").contains("wrong assumptions"), "{screen}");
}

#[test]
fn the_screen_of_one_asset_is_this_one() {
    let screen = screen(&ONE.replace("512", "2000"), "80");
    assert_sound(&screen, 80);
    // figures are held by other tests; here it is words and places
    let shape: String = screen
        .chars()
        .map(|c| if c.is_ascii_digit() { '0' } else { c })
        .collect();
    assert!(
        shape.starts_with("One fleet\n$00k in · Jan 0000 to Dec 0000 · income stays where it is earned · in 0000 money\n"),
        "{screen}"
    );
    for words in [
        "  Claimed 00.0 % a year before inflation; the middle future has ",
        "  At least half end with $",
        " or more, at least 1 in 20 with $",
        " of 000 you end with less than you put in, after inflation.",
        "  5th pct   ",
        "   median   ",
        "  95th pct\n",
        "\n  wealth at the end  ",
        "\n  income a month, last year  ",
        "\n  return a year, time-weighted  ",
        "\n  maximum drawdown  ",
        "\n  Ruin: cannot happen here: nothing has to be paid.\n",
        "`tailwheel sensitivity it.toml`",
        "\n± is 95 % from sampling 2,000 paths; it does not cover wrong assumptions.\n",
    ] {
        let words = words
            .replace("1 in 20", "0 in 00")
            .replace("2,000", "0,000")
            .replace("5th", "0th")
            .replace("95", "00")
            .replace("90th", "00th");
        assert!(shape.contains(&words), "{words:?} in\n{screen}");
    }
}

#[test]
fn what_sensitivity_begins_with_is_the_outcome_of_the_run() {
    for (horizon, span) in [("\"2 years\"", " a year"), ("\"6 months\"", " in all")] {
        let sandbox = Sandbox::new();
        sandbox.write("it.toml", ONE.replace("\"2 years\"", horizon));
        let run = sandbox.run(&["run", "it.toml", "--no-charts"]).done();
        let run = run.split_whitespace().collect::<Vec<_>>().join(" ");
        let (_, made) = run.split_once("the middle future has ").expect(&run);
        let (made, _) = made.split_once(" %").expect(&run);
        let moved = sandbox.run(&["sensitivity", "it.toml"]);
        assert_eq!(moved.code, Some(0), "{}", moved.err);
        let (runs, time) = moved.err.split_once(" of 512 paths: ").expect(&moved.err);
        assert!(
            runs.ends_with(" runs") && time.ends_with('\n'),
            "{}",
            moved.err
        );
        let moved = moved.out.split_whitespace().collect::<Vec<_>>().join(" ");
        let said = format!("As it is: median return {made} %{span} after inflation;");
        assert!(moved.contains(&said), "{said}\n{moved}");
    }
}

#[test]
fn the_page_has_the_bridge_once_and_ruin_with_one_answer() {
    let sandbox = Sandbox::with_one();
    sandbox.run(&["run", "one.toml"]).done();
    let page = sandbox.read("output/one/report.html");
    assert!(page.contains("Ruin: cannot happen here"));
    let (_, row) = page.split_once("ruin.").expect("a row of ruin");
    let row = row.split("</tr>").next().unwrap_or_default();
    assert!(
        row.contains("no obligations") && !row.contains("under"),
        "{row}"
    );
    assert!(
        !page.contains('█') && page.contains("From the claim"),
        "bars"
    );
}

#[test]
fn what_is_typed_next_for_a_scenario_from_a_pipe_works_with_its_file() {
    let sandbox = Sandbox::new();
    let mut command = sandbox.command(&["run", "-", "--no-charts"]);
    let screen = ran(command.write_stdin(ONE)).done();
    assert!(
        screen.contains("`tailwheel sensitivity - < SCENARIO`"),
        "{screen}"
    );
    let page = sandbox.read("output/stdin/report.html");
    assert!(!page.contains("/dev/stdin"));
    let mut command = sandbox.command(&["sensitivity", "-"]);
    assert_eq!(ran(command.write_stdin(ONE)).code, Some(0));
}

#[test]
fn the_warning_that_is_a_sentence_is_one_that_other_reports_do_not_have() {
    let text = ONE.to_owned() + "[owner]\nsurplus = \"keep\"\nrebalance = \"3 months\"\n";
    let screen = screen(&text, "80");
    assert!(
        screen.contains("! Fewer than two holdings are movable"),
        "{screen}"
    );
    let more = "! More in report.html: what is not simulated.";
    assert!(screen.contains(more), "{screen}");
}

#[test]
fn three_figures_stand_in_every_row_and_end_in_the_same_columns() {
    for columns in ["60", "80"] {
        let screen = screen(ONE, columns);
        let ends = |line: &str| line.chars().count();
        let rows: Vec<&str> = screen
            .lines()
            .filter(|line| {
                let row = line.trim_start();
                ["wealth at", "income a", "return a", "maximum"]
                    .iter()
                    .any(|label| row.starts_with(label))
            })
            .collect();
        assert_eq!(rows.len(), 4, "{screen}");
        for row in &rows {
            assert_eq!(ends(row), ends(rows[0]), "{screen}");
            assert!(!row.contains('–'), "{screen}");
        }
    }
}

#[test]
fn errors_stand_below_each_other() {
    let screen = screen(ONE, "80");
    let places: Vec<usize> = screen
        .lines()
        .filter(|line| line.contains(" % ± "))
        .map(|line| line.chars().position(|c| c == '±').unwrap())
        .collect();
    assert_eq!(places.len(), 2, "{screen}");
    assert!(places.iter().all(|place| *place == places[0]), "{screen}");
}

#[test]
fn sixty_columns_wrap_and_lose_nothing() {
    let title = "A title that goes on and on, for somebody had much to say about one holding alone";
    let text = ONE.replace("One fleet", title).replace("USD", "CHF");
    let (narrow, wide) = (screen(&text, "60"), screen(&text, "80"));
    assert_sound(&narrow, 60);
    assert_sound(&wide, 80);
    let words = |screen: &str| {
        let mut words: Vec<String> = screen
            .split_whitespace()
            .filter(|word| *word != "±")
            .map(str::to_owned)
            .collect();
        words.sort();
        words
    };
    assert_eq!(words(&narrow), words(&wide));
    // beyond what is laid out nothing changes
    assert_eq!(screen(&text, "200"), wide);
    assert_eq!(screen(&text, "20"), narrow);
    assert_eq!(screen(&text, "wide"), wide);
}

#[test]
fn one_path_has_figures_and_no_errors() {
    let screen = screen(&ONE.replace("512", "1"), "80");
    assert_sound(&screen, 80);
    assert!(screen.contains("One path was simulated: "), "{screen}");
    assert!(
        screen.contains("`tailwheel replay it.toml --path 0`"),
        "{screen}"
    );
    assert!(!screen.contains('±'), "{screen}");
}

#[test]
fn few_paths_are_counted_one_by_one() {
    let screen = screen(&ONE.replace("512", "7"), "80");
    assert_sound(&screen, 80);
    assert!(
        screen.contains(" of 7 futures you end with less"),
        "{screen}"
    );
}

#[test]
fn one_month_is_not_spoken_of_as_a_year() {
    let screen = screen(&ONE.replace("2 years", "1 month"), "80");
    assert_sound(&screen, 80);
    assert!(
        screen.contains("\n$50k in · Jan 2027 · income stays where it is earned · in 2027 money\n"),
        "{screen}"
    );
    assert!(
        !screen.contains("a year,") && screen.matches("year").count() == 1,
        "{screen}"
    );
    assert!(
        screen.contains("  return in all, time-weighted "),
        "{screen}"
    );
}

#[test]
fn with_nothing_put_in_there_is_no_return_and_no_loss() {
    let screen = screen(&ONE.replace("50_000", "0"), "80");
    assert_sound(&screen, 80);
    assert!(screen.contains("\nnothing put in · Jan 2027"), "{screen}");
    assert!(
        screen.contains("Nothing is put in, so there is no return"),
        "{screen}"
    );
    for absent in [
        "return a year",
        "maximum drawdown",
        "Expected shortfall",
        "±  ",
    ] {
        assert!(!screen.contains(absent), "{absent} in\n{screen}");
    }
}

#[test]
fn without_chance_there_is_one_future_and_no_error() {
    let certain = "50_000\nroi = \"10 %\"\nvolatility = 0\nincome_share = 0\ndecay = 0\n";
    let world = ONE.replace("50_000", certain);
    let world = format!("class_ranges = false\n{world}");
    let fixed = "[economy]\ninflation.fixed = \"2.5 %/year\"\n";
    let screen = screen(&(world + fixed), "80");
    assert_sound(&screen, 80);
    assert!(screen.contains("All paths end with $57.6k."), "{screen}");
    assert!(
        screen.contains("In none of 512 futures you end with less"),
        "{screen}"
    );
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
fn figures_from_cents_to_billions_stay_aligned() {
    for value in ["0.01", "3", "9_999", "1_234_567", "5e9", "1e12"] {
        for columns in ["60", "80"] {
            let text = ONE.replace("50_000", value).replace("USD", "XAU");
            assert_sound(&screen(&text, columns), columns.parse().unwrap());
        }
    }
}

#[test]
fn several_scenarios_are_a_line_apart_and_in_order() {
    let sandbox = Sandbox::new();
    sandbox.write("a.toml", ONE.replace("One fleet", "First"));
    sandbox.write("b.toml", ONE.replace("One fleet", "Second"));
    let out = sandbox
        .run(&["run", "a.toml", "b.toml", "--no-charts"])
        .done();
    assert!(out.starts_with("First\n"), "{out}");
    assert!(out.contains("seed 1\n\nSecond\n"), "{out}");
}

#[test]
fn a_folder_with_a_long_name_gets_a_line_of_its_own() {
    let sandbox = Sandbox::with_one();
    let long = "a-folder-with-a-name-that-leaves-no-room-for-anything-else-on-its-line";
    let out = sandbox
        .run(&["run", "one.toml", "--no-charts", "--out", long])
        .done();
    assert!(
        out.ends_with(&format!(
            "\n{long}/one/\n  report.html  report.json  seed 1\n"
        )),
        "{out}"
    );
}

#[test]
fn a_title_from_the_name_of_a_file_cannot_command_the_terminal() {
    let sandbox = Sandbox::new();
    let untitled = ONE.split_once('\n').expect("a title").1;
    let name = "one\u{1b}[31m red\nline.toml";
    sandbox.write(name, untitled);
    let arguments = ["--color", "always", "run", name, "--no-charts"];
    let out = sandbox.run(&arguments).done();
    assert!(
        out.starts_with("\u{1b}[1mone\\u001b[31m red\\u000aline\u{1b}[0m\n$50k in"),
        "{out:?}"
    );
}

#[test]
fn amounts_beyond_all_letters_and_below_a_cent_have_a_screen() {
    let growth = "1e12\nroi = \"500 %\"\nincome_share = 0\ndecay = \"0 %/year\"\n";
    let long = ONE.replace("2 years", "50 years");
    for columns in ["60", "80"] {
        let width = columns.parse().unwrap();
        assert_sound(&screen(&long.replace("50_000", growth), columns), width);
        let ruinous = "1e-9\nvolatility = \"500 %\"\n";
        assert_sound(&screen(&long.replace("50_000", ruinous), columns), width);
    }
}

#[test]
fn every_shipped_scenario_has_a_screen_of_43_lines() {
    let sandbox = Sandbox::new();
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = fs::read_dir(shipped).unwrap().map(|file| file.unwrap());
    let files = files.filter(|file| file.path().is_file());
    let names: Vec<String> = files
        .map(|file| {
            let name = format!("scenarios/{}", file.file_name().to_str().unwrap());
            sandbox.write(&name, fs::read(file.path()).unwrap());
            name
        })
        .filter(|name| name.ends_with(".toml"))
        .collect();
    assert!(names.len() > 10, "{names:?}");
    let mut n_bridges_as_bars = 0;
    for name in names {
        // so few paths may decide no gate
        let screen = sandbox
            .run(&["run", &name, "--paths", "2000", "--no-charts"])
            .out;
        // one line of files more with charts
        assert!(screen.lines().count() < 43, "{name}:\n{screen}");
        assert_sound(&screen, 80);
        n_bridges_as_bars += usize::from(screen.contains('█'));
        // what an income has built comes before the bars of the bridge
        let builds = name.contains("two-blogs");
        assert!(
            !builds || screen.contains("stands, paid for by"),
            "{screen}"
        );
        // what pays for more of itself, alone in its file
        let turns = ["flywheel", "two-blogs"]
            .iter()
            .any(|wheel| name.contains(wheel));
        let is_told = screen.contains("`tailwheel explain crossover`");
        assert!(is_told || !turns, "{name}:\n{screen}");
        assert!(
            !is_told || turns || name.contains("platform-income"),
            "{name}:\n{screen}"
        );
    }
    assert!(n_bridges_as_bars > 10, "{n_bridges_as_bars}");
}

/// A base of `ONE` in the working folder and another in a folder whose name is one of /dev.
#[cfg(target_os = "linux")]
fn with_bases() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.write("_base.toml", ONE);
    sandbox.write(
        "shm/_base.toml",
        ONE.replace("One fleet", "Of the working folder"),
    );
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
            assert!(
                ran.code == Some(0) && is_quiet,
                "{arguments:?}: {}",
                ran.err
            );
        }
        let mut command = sandbox.command(&["explain", piped]);
        let page = ran(command.write_stdin("extends = \"shm/_base.toml\"\n")).done();
        assert!(page.contains("Of the working folder"), "{piped}: {page}");
        let mut command = sandbox.command(&["check", piped]);
        let said = ran(command.write_stdin("extends = \"shm/none.toml\"\n")).failed();
        assert!(
            said.contains("[file]: shm/none.toml: there is no such file"),
            "{said}"
        );
    }
    let asked = [
        "solve",
        "-",
        "asset.saas.value",
        "--measure",
        "wealth.terminal.p50",
    ];
    let range = [
        "--target", "1e5", "--from", "1e4", "--to", "2e5", "--paths", "64",
    ];
    let mut command = sandbox.command(&[&asked[..], &range].concat());
    ran(command.write_stdin("extends = \"_base.toml\"\n")).done();
    let mut command =
        sandbox.command(&["compare", "_base.toml", "-", "--paths", "64", "--no-charts"]);
    let other = "extends = \"_base.toml\"\neconomy.inflation.fixed = 0.03\n";
    ran(command.write_stdin(other)).done();
}

#[test]
#[cfg(target_os = "linux")]
fn no_file_of_dev_is_read_for_a_scenario_from_a_pipe() {
    let there = tempfile::Builder::new()
        .prefix("tailwheel-")
        .suffix(".toml")
        .tempfile_in("/dev/shm");
    let Ok(there) = there else {
        return; // this machine has no /dev/shm
    };
    std::fs::write(there.path(), ONE).expect("a file");
    let name = there
        .path()
        .file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned();
    let sandbox = Sandbox::new();
    for piped in ["-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0"] {
        let mut command = sandbox.command(&["check", piped]);
        let said = ran(command.write_stdin(format!("extends = \"shm/{name}\"\n"))).failed();
        assert!(said.contains("there is no such file"), "{piped}: {said}");
    }
}
