//! What is written where, and what is not.

use crate::cli::sandbox::{ONE, Sandbox, Text, ran};
use crate::outputs::number;

/// Names of the files of `one.toml`.
fn written(sandbox: &Sandbox) -> String {
    let files = sandbox.files().into_iter();
    let names = files.filter_map(|name| name.strip_prefix("output/one/").map(str::to_owned));
    names.filter(|name| !name.is_empty()).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_run_writes_report_timing_and_pictures_and_leaves_no_pictures_of_an_earlier_one() {
    let sandbox = Sandbox::with_one();
    let out = sandbox.run("run one.toml").done();
    out.ends("output/one/  report.html  report.json  5 charts\n");
    assert_eq!(
        written(&sandbox),
        "bridge.png bridge.svg deepest_fall.png deepest_fall.svg report.html report.json terminal_wealth.png \
         terminal_wealth.svg timing.json wealth_fan.png wealth_fan.svg wealth_levels.png wealth_levels.svg"
    );
    sandbox.write("output/one/notes.txt", "mine");
    let out = sandbox.run("run one.toml --no-charts").done();
    out.ends("output/one/  report.html  report.json\n");
    assert_eq!(written(&sandbox), "notes.txt report.html report.json timing.json");
    assert_eq!(sandbox.files().len(), 7, "{:?}", sandbox.files());
}

#[test]
fn only_the_charts_that_are_named_are_written() {
    let sandbox = Sandbox::with_one();
    sandbox.run("run one.toml").done();
    sandbox.run("run one.toml --charts wealth_fan,bridge").done();
    let both = "bridge.png bridge.svg report.html report.json timing.json wealth_fan.png wealth_fan.svg";
    assert_eq!(written(&sandbox), both);
    sandbox.run("run one.toml --charts wealth_fam").failed().has("wealth_fan");
}

#[test]
fn the_table_has_the_figures_of_the_report_and_every_one_of_its_series() {
    let sandbox = Sandbox::with_one();
    let table = sandbox.run("run one.toml --format csv --no-charts").done();
    let report = sandbox.read_json("output/one/report.json");
    // nothing in it is quoted
    let mut rows = table.lines();
    assert_eq!(rows.next(), Some("series,years,statistic,nominal [USD],real [USD of 2027-01]"));
    let mut n_read = 0;
    for row in rows {
        let [name, years, statistic, nominal, real] = row.split(',').collect::<Vec<_>>()[..] else {
            panic!("{row}");
        };
        let parsed = |cell: &str| -> f64 { cell.parse().unwrap_or_else(|error| panic!("{error}: {row}")) };
        let [years, real] = [years, real].map(parsed);
        n_read += 1;
        if name == "wealth.terminal" {
            assert_eq!(years, 2.0);
            let value = |id: &str| &report["measures"][format!("wealth.terminal.{id}")]["value"];
            assert_eq!(parsed(nominal), *value(statistic), "{row}");
            assert_eq!(real, *value(&format!("real.{statistic}")), "{row}");
            continue;
        }
        let series = &report["series"][name];
        let date = series["years"].as_array().unwrap().iter().position(|date| *date == years).unwrap();
        let expected = match statistic {
            "mean" => &series["real"]["mean"][date],
            level => &series["real"]["quantiles"][level][date],
        };
        // a series is counted in money of the start alone
        assert_eq!((nominal, &real.into()), ("", expected), "{row}");
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
    let wealth = |economy: &str| {
        let sandbox = Sandbox::with("it.toml", format!("{ONE}[economy]\n{economy}\n"));
        sandbox.json("run it.toml --json --no-charts")["series"]["wealth"].clone()
    };
    let dear = wealth("inflation.fixed = \"21 %/year\"");
    // a series is counted in money of the start alone
    assert!(dear["mean"].is_null() && dear["quantiles"].is_null());
    let still = wealth("inflation.fixed = 0\ncash_rate = \"21 %/year\"");
    for (date, price) in [(0, 1.0), (12, 1.21), (24, 1.4641)] {
        let [nominal, real] = [&still, &dear].map(|series| number(&series["real"]["mean"][date]));
        assert!((nominal / price - real).abs() < 1e-9 * real, "{date}");
    }
}

#[test]
fn the_report_that_is_printed_is_the_one_that_is_written() {
    let sandbox = Sandbox::with_one();
    let printed = sandbox.run("run one.toml --json --no-charts").done();
    assert_eq!(printed, sandbox.read("output/one/report.json"));
    let report = sandbox.read_json("output/one/report.json");
    assert_eq!((&report["schema"], &report["run"]["paths"]), (&"tailwheel-report/2".into(), &512.into()));
}

#[test]
fn seed_paths_and_set_change_the_report_and_threads_do_not() {
    let sandbox = Sandbox::with_one();
    let report =
        |more: &str| sandbox.run(format!("run one.toml --json --no-charts {more}").trim_end()).done();
    let base = report("");
    assert_eq!(report("--threads 1"), base);
    assert_eq!(report("--threads 7"), base);
    assert_ne!(report("--seed 2"), base);
    assert_ne!(report("--set asset.saas.value=60_000"), base);
    assert_eq!(report("--paths 300"), report("--set run.paths=300"));
}

#[test]
fn the_dark_option_changes_the_png_and_not_the_svg() {
    let sandbox = Sandbox::with_one();
    sandbox.run("run one.toml --out light").done();
    sandbox.run("run one.toml --out dark --dark").done();
    let is_same = |ending: &str| {
        let [light, dark] = ["light", "dark"].map(|theme| format!("{theme}/one/wealth_fan.{ending}"));
        sandbox.bytes(&light) == sandbox.bytes(&dark)
    };
    assert!(is_same("svg") && !is_same("png"));
}

#[test]
fn names_with_spaces_and_letters_of_any_script_are_names() {
    let file = "a b/ü ñ/mein plan ☃ 漢字.toml";
    let sandbox = Sandbox::with(file, ONE);
    let out = sandbox.run(&["run", file, "--out", "aus gabe", "--no-charts"]).done();
    out.ends("aus gabe/mein plan ☃ 漢字/  report.html  report.json\n");
    assert!(sandbox.has("aus gabe/mein plan ☃ 漢字/report.json"));
    #[cfg(target_os = "linux")]
    {
        // which is no text
        let name: &std::ffi::OsStr = std::os::unix::ffi::OsStrExt::from_bytes(b"caf\xe9.toml");
        std::fs::write(sandbox.path("").join(name), ONE).unwrap();
        ran(sandbox.command("check").arg(name)).exits(0);
    }
}

#[test]
fn a_folder_that_cannot_be_written_and_an_invalid_scenario_are_refused_before_the_first_path() {
    let sandbox = Sandbox::with_one();
    sandbox.write("bad.toml", ONE.replace("value", "vlaue"));
    sandbox.write("taken", "a file");
    sandbox.write("out/one", "a file");
    let before = sandbox.files();
    for (out, why) in [("taken", "taken is a file"), ("out", "out/one is a file")] {
        assert_eq!(
            sandbox.run(&["run", "one.toml", "--out", out]).failed(),
            format!("error: cannot write into the folder {out}/one: {why}; choose another with --out\n")
        );
    }
    sandbox.run("run one.toml bad.toml").failed();
    assert_eq!(sandbox.files(), before);
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_the_system_refuses_is_an_error_with_a_remedy() {
    let err = Sandbox::with_one().run("run one.toml --out /proc/tailwheel").failed();
    err.starts("error: cannot write into the folder /proc/tailwheel/one: ")
        .ends("; choose another with --out\n");
}

#[test]
fn a_file_that_cannot_be_replaced_leaves_the_others_as_they_were() {
    let sandbox = Sandbox::with_one();
    sandbox.write("output/one/report.json/in the way", "");
    sandbox.write("output/one/timing.json", "old");
    let before = sandbox.contents("output");
    let said = "error: cannot write output/one/report.json: it is a folder\n";
    assert_eq!(sandbox.run("run one.toml").unwritten(), said);
    assert_eq!(sandbox.contents("output"), before);
}

#[test]
#[cfg(unix)]
fn a_base_outside_the_folder_is_not_reached_through_a_link() {
    let sandbox = Sandbox::with("secret/base.toml", ONE);
    sandbox.write("here/mine.toml", "extends = \"base.toml\"\n");
    sandbox.link("../secret/base.toml", "here/base.toml");
    let said = sandbox.run("check here/mine.toml").failed();
    said.has("it is a link that leaves the folder of the scenario");
    sandbox.remove("here/base.toml");
    sandbox.write("here/base.toml", ONE);
    sandbox.run("check here/mine.toml").done();
}
