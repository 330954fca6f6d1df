//! What is written where, and what is not.

use crate::cli::sandbox::{ONE, Sandbox, Text, ran};
use std::fs;

#[test]
fn a_run_writes_report_timing_and_pictures_into_the_folder_of_its_name() {
    let sandbox = Sandbox::with_one();
    let out = sandbox.run(&["run", "one.toml"]).done();
    assert!(out.ends_with("output/one/  report.html  report.json  5 charts\n"), "{out}");
    let files: Vec<String> = sandbox.files().into_iter().collect();
    assert_eq!(
        files,
        [
            "one.toml",
            "output/",
            "output/one/",
            "output/one/bridge.png",
            "output/one/bridge.svg",
            "output/one/deepest_fall.png",
            "output/one/deepest_fall.svg",
            "output/one/report.html",
            "output/one/report.json",
            "output/one/terminal_wealth.png",
            "output/one/terminal_wealth.svg",
            "output/one/timing.json",
            "output/one/wealth_fan.png",
            "output/one/wealth_fan.svg",
            "output/one/wealth_levels.png",
            "output/one/wealth_levels.svg",
        ]
    );
}

#[test]
fn pictures_of_an_earlier_run_do_not_stay_beside_a_report_without_them() {
    let sandbox = Sandbox::with_one();
    sandbox.run(&["run", "one.toml"]).done();
    sandbox.write("output/one/notes.txt", "mine");
    let out = sandbox.run(&["run", "one.toml", "--no-charts"]).done();
    assert!(out.ends_with("output/one/  report.html  report.json\n"), "{out}");
    let left: Vec<String> = sandbox
        .files()
        .into_iter()
        .filter(|name| name.starts_with("output/one/") && !name.ends_with('/'))
        .collect();
    assert_eq!(
        left,
        [
            "output/one/notes.txt", "output/one/report.html", "output/one/report.json",
            "output/one/timing.json"
        ]
    );
}

#[test]
fn only_the_charts_that_are_named_are_written() {
    let sandbox = Sandbox::with_one();
    sandbox.run(&["run", "one.toml"]).done();
    let named = ["run", "one.toml", "--charts", "wealth_fan,bridge"];
    sandbox.run(&named).done();
    let pictures = || {
        let files = sandbox.files().into_iter();
        files.filter(|name| name.ends_with(".svg") || name.ends_with(".png")).collect::<Vec<String>>()
    };
    let both = ["bridge.png", "bridge.svg", "wealth_fan.png", "wealth_fan.svg"];
    assert_eq!(pictures(), both.map(|name| format!("output/one/{name}")));
    let ran = sandbox.run(&["run", "one.toml", "--charts", "wealth_fam"]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("wealth_fan"), "{}", ran.err);
    // power: without the option there are more
    sandbox.run(&["run", "one.toml"]).done();
    assert!(pictures().len() > both.len());
}

/// Rows of a table that nothing is quoted in.
fn cells(table: &str) -> Vec<Vec<&str>> {
    table.lines().map(|row| row.split(',').collect()).collect()
}

#[test]
fn the_table_has_the_figures_of_the_report_and_every_one_of_its_series() {
    let sandbox = Sandbox::with_one();
    let table = sandbox.run(&["run", "one.toml", "--format", "csv", "--no-charts"]).done();
    let report: serde_json::Value = serde_json::from_str(&sandbox.read("output/one/report.json")).unwrap();
    let rows = cells(&table);
    assert_eq!(rows[0].join(","), "series,years,statistic,nominal [USD],real [USD of 2027-01]");
    let mut n_read = 0;
    for row in &rows[1..] {
        let [name, years, statistic, nominal, real] = row[..] else { panic!("{row:?}") };
        let number = |cell: &str| -> f64 { cell.parse().unwrap_or_else(|error| panic!("{error}: {row:?}")) };
        let [years, real] = [years, real].map(number);
        if name == "wealth.terminal" {
            assert_eq!(years, 2.0);
            let value = |id: &str| &report["measures"][format!("wealth.terminal.{id}")]["value"];
            assert_eq!(number(nominal), *value(statistic), "{row:?}");
            assert_eq!(real, *value(&format!("real.{statistic}")), "{row:?}");
            n_read += 1;
            continue;
        }
        let series = &report["series"][name];
        let date = series["years"].as_array().unwrap().iter().position(|date| *date == years).unwrap();
        let of = |fan: &serde_json::Value| match statistic {
            "mean" => fan["mean"][date].clone(),
            level => fan["quantiles"][level][date].clone(),
        };
        // a series is counted in money of the start alone
        assert_eq!(nominal, "", "{row:?}");
        assert_eq!(real, of(&series["real"]), "{row:?}");
        n_read += 1;
    }
    let series = report["series"].as_object().unwrap().values();
    let dates = series.map(|series| series["years"].as_array().unwrap().len());
    let ids = report["measures"].as_object().unwrap().keys();
    let n_at_end = ids.filter(|id| id.starts_with("wealth.terminal.real.")).count();
    assert_eq!(n_read, dates.sum::<usize>() * 6 + n_at_end);
    assert!(n_at_end >= 11);
}

#[test]
fn money_of_the_start_is_that_of_each_date_by_its_price_level() {
    let sandbox = Sandbox::with_one();
    let inflation = "[economy]\ninflation.fixed = \"21 %/year\"\n";
    sandbox.write("dear.toml", format!("{ONE}{inflation}"));
    let report = sandbox.run(&["run", "dear.toml", "--json", "--no-charts"]);
    let report: serde_json::Value = serde_json::from_str(&report.done()).unwrap();
    let wealth = &report["series"]["wealth"];
    // a series is counted in money of the start alone
    assert!(wealth["mean"].is_null() && wealth["quantiles"].is_null());
    let still = "[economy]\ninflation.fixed = 0\ncash_rate = \"21 %/year\"\n";
    sandbox.write("still.toml", format!("{ONE}{still}"));
    let still = sandbox.run(&["run", "still.toml", "--json", "--no-charts"]);
    let still: serde_json::Value = serde_json::from_str(&still.done()).unwrap();
    let nominal = &still["series"]["wealth"];
    for (date, price) in [(0, 1.0), (12, 1.21), (24, 1.4641)] {
        let of = |series: &serde_json::Value| series["real"]["mean"][date].as_f64().unwrap();
        let (nominal, real) = (of(nominal), of(wealth));
        assert!((nominal / price - real).abs() < 1e-9 * real, "{date}");
    }
}

#[test]
fn the_report_that_is_printed_is_the_one_that_is_written() {
    let sandbox = Sandbox::with_one();
    let printed = sandbox.run(&["run", "one.toml", "--json", "--no-charts"]).done();
    assert_eq!(printed, sandbox.read("output/one/report.json"));
    let report: serde_json::Value = serde_json::from_str(&printed).unwrap();
    assert_eq!(report["schema"], "tailwheel-report/2");
    assert_eq!(report["run"]["paths"], 512);
}

#[test]
fn seed_paths_and_set_change_the_report_and_threads_do_not() {
    let sandbox = Sandbox::with_one();
    let report = |arguments: &[&str]| {
        let all = [&["run", "one.toml", "--json", "--no-charts"], arguments].concat();
        sandbox.run(&all).done()
    };
    let base = report(&[]);
    assert_eq!(report(&["--threads", "1"]), base);
    assert_eq!(report(&["--threads", "7"]), base);
    assert_ne!(report(&["--seed", "2"]), base);
    assert_ne!(report(&["--set", "asset.saas.value=60_000"]), base);
    assert_eq!(report(&["--paths", "300"]), report(&["--set", "run.paths=300"]));
}

#[test]
fn the_dark_option_changes_the_png_and_not_the_svg() {
    let sandbox = Sandbox::with_one();
    sandbox.run(&["run", "one.toml", "--out", "light"]).done();
    sandbox.run(&["run", "one.toml", "--out", "dark", "--dark"]).done();
    let bytes = |name: &str| fs::read(sandbox.path(name)).unwrap();
    assert_eq!(bytes("light/one/wealth_fan.svg"), bytes("dark/one/wealth_fan.svg"));
    assert_ne!(bytes("light/one/wealth_fan.png"), bytes("dark/one/wealth_fan.png"));
}

#[test]
fn names_with_spaces_and_letters_of_any_script_are_names() {
    let sandbox = Sandbox::new();
    sandbox.write("a b/ü ñ/mein plan ☃ 漢字.toml", ONE);
    let out =
        sandbox.run(&["run", "a b/ü ñ/mein plan ☃ 漢字.toml", "--out", "aus gabe", "--no-charts"]).done();
    assert!(out.ends_with("aus gabe/mein plan ☃ 漢字/  report.html  report.json\n"), "{out}");
    assert!(sandbox.path("aus gabe/mein plan ☃ 漢字/report.json").is_file());
}

#[test]
#[cfg(target_os = "linux")]
fn a_name_that_is_no_text_is_still_a_file() {
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Sandbox::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.toml");
    fs::write(sandbox.path("").join(name), ONE).unwrap();
    let mut command = sandbox.command(&["check"]);
    ran(command.arg(name)).exits(0);
}

#[test]
fn nothing_is_left_behind_when_any_scenario_is_invalid() {
    let sandbox = Sandbox::with_one();
    sandbox.write("bad.toml", ONE.replace("value", "vlaue"));
    let before = sandbox.files();
    sandbox.run(&["run", "one.toml", "bad.toml"]).failed();
    assert_eq!(sandbox.files(), before);
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_the_first_path() {
    let sandbox = Sandbox::with_one();
    sandbox.write("taken", "a file");
    sandbox.write("out/one", "a file");
    let before = sandbox.files();
    assert_eq!(
        sandbox.run(&["run", "one.toml", "--out", "taken"]).failed(),
        "error: cannot write into the folder taken/one: taken is a file; choose another with --out\n"
    );
    assert_eq!(
        sandbox.run(&["run", "one.toml", "--out", "out"]).failed(),
        "error: cannot write into the folder out/one: out/one is a file; choose another with --out\n"
    );
    assert_eq!(sandbox.files(), before);
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_the_system_refuses_is_an_error_with_a_remedy() {
    let err = Sandbox::with_one().run(&["run", "one.toml", "--out", "/proc/tailwheel"]).failed();
    assert!(err.starts_with("error: cannot write into the folder /proc/tailwheel/one: "), "{err}");
    assert!(err.ends_with("; choose another with --out\n"), "{err}");
}

#[test]
fn a_file_that_cannot_be_replaced_leaves_the_others_as_they_were() {
    let sandbox = Sandbox::with_one();
    sandbox.write("output/one/report.json/in the way", "");
    sandbox.write("output/one/timing.json", "old");
    let before = sandbox.files();
    assert_eq!(
        sandbox.run(&["run", "one.toml"]).unwritten(),
        "error: cannot write output/one/report.json: it is a folder\n"
    );
    assert_eq!(sandbox.files(), before);
    assert_eq!(sandbox.read("output/one/timing.json"), "old");
}

#[test]
fn a_base_outside_the_folder_is_not_reached_through_a_link() {
    let sandbox = Sandbox::new();
    sandbox.write("secret/base.toml", ONE);
    sandbox.write("here/mine.toml", "extends = \"base.toml\"\n");
    #[cfg(unix)]
    {
        let (target, link) = (sandbox.path("secret/base.toml"), sandbox.path("here/base.toml"));
        std::os::unix::fs::symlink(target, link).unwrap();
        sandbox
            .run(&["check", "here/mine.toml"])
            .failed()
            .has("it is a link that leaves the folder of the scenario");
        fs::remove_file(sandbox.path("here/base.toml")).unwrap();
    }
    sandbox.write("here/base.toml", ONE);
    sandbox.run(&["check", "here/mine.toml"]).done();
}
