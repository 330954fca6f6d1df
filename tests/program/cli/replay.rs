//! `replay`: what it prints and writes, and what it refuses.

mod ledger;

use crate::cli::sandbox::{ONE, Sandbox, TWO, Text};
use crate::outputs::json;
use serde_json::Value;
use tailwheel::figure::{money, spoken_month};
use tailwheel::math::elementary::expm1;

/// Two models, and a fall that makes agents sell on every path.
const CRASH: &str = r#"
[crash]
models = { frontier-a = 0.6, open-c = 0.4 }

[[shock]]
at     = "2028-07"
market = "defi"
loss   = "40 %"
"#;

/// Few paths of two markets with such a fall, and with `more`.
fn crash(more: &str) -> String {
    TWO.replace("2048", "600") + CRASH + more
}

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_one();
    sandbox.write("crash.toml", crash(""));
    sandbox
}

/// Lines of the table of months.
fn months(screen: &str) -> usize {
    let is_month = |line: &&str| {
        let mut words = line.split_whitespace();
        let name = words.next().unwrap_or_default();
        let year = words.next().unwrap_or_default();
        line.starts_with("  ") && name.len() == 3 && year.len() == 4 && line.contains('$')
    };
    screen.lines().filter(is_month).count()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("{value} is no number"))
}

/// `−14.3 %`
fn signed(share: f64) -> String {
    let sign = if share < 0.0 { "−" } else { "+" };
    format!("{sign}{:.1} %", 100.0 * share.abs())
}

#[test]
fn a_path_is_shown_and_written() {
    let sandbox = sandbox();
    let arguments = ["replay", "crash.toml", "--path", "300", "--month", "2028-07"];
    let screen = sandbox.run(&arguments).done();
    for part in ["path 300 of 600", "JUL 2028", "output/crash/replay-300/"] {
        assert!(screen.contains(part), "{part}\n{screen}");
    }
    assert_eq!(months(&screen), 1, "{screen}");
    assert!(screen.lines().all(|line| line.chars().count() <= 100), "{screen}");
    let report = json(&sandbox.read("output/crash/replay-300/replay.json"));
    assert_eq!(report["schema"], "tailwheel-replay/2");
    assert_eq!(report["crash"]["month"], 19);
    assert_eq!(report["month_asked"], 19);
    for file in ["crash_anatomy.svg", "crash_anatomy.png"] {
        assert!(sandbox.path(&format!("output/crash/replay-300/{file}")).is_file());
    }
}

#[test]
fn a_month_stands_on_a_line_and_so_does_a_sale_where_they_are_asked_for() {
    let sandbox = sandbox();
    let arguments = ["replay", "crash.toml", "--path", "0"];
    let story = sandbox.run(&arguments).done();
    assert_eq!(months(&story), 0, "{story}");
    assert!(story.lines().count() <= 30, "{story}");
    let asked = [&arguments[..], &["--months", "--sales"]].concat();
    let screen = sandbox.run(&asked).done();
    assert_eq!(months(&screen), 36, "{screen}");
    let report = json(&sandbox.read("output/crash/replay-0/replay.json"));
    let n_sales = report["crash"]["firings"].as_array().unwrap().len();
    let is_sale = |line: &&str| {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default().replace(',', "");
        let second = words.next().unwrap_or_default();
        first.parse::<usize>().is_ok() && ["frontier-a", "open-c", "dispersed"].contains(&second)
    };
    assert_eq!(screen.lines().filter(is_sale).count(), n_sales, "{screen}");
    for width in ["80", "100"] {
        let mut command = sandbox.command(&asked);
        command.env("COLUMNS", width);
        let screen = crate::cli::sandbox::ran(&mut command).done();
        let most = width.parse::<usize>().unwrap();
        assert!(screen.lines().all(|line| line.chars().count() <= most), "{screen}");
    }
}

#[test]
fn the_figures_of_the_story_are_those_of_the_file_and_follow_from_its_months() {
    let sandbox = sandbox();
    let screen = sandbox.run(&["replay", "crash.toml", "--worst"]).done();
    let files = sandbox.files();
    let name = files.iter().find(|name| name.ends_with("replay.json")).unwrap();
    let report = json(&sandbox.read(name));
    let (crash, agents) = (&report["crash"], &report["crash"]["agents"]);
    let share = |key: &str| number(&agents[key]);
    assert!((["obeyed", "alone", "pushed"].map(share).iter().sum::<f64>() - share("sold")).abs() < 1e-12);
    let cost = number(&crash["cost"]);
    assert_eq!(cost, number(&report["columns"]["deepest_sale"]));
    let shown = |share: f64| match share {
        1.0 => "100 %".to_owned(),
        share => format!("{:.1} %", 100.0 * share),
    };
    for share in ["alone", "pushed", "sold"].map(share).into_iter().chain([cost]) {
        let shown = shown(share);
        assert!(share == 0.0 || screen.contains(&shown), "{shown}\n{screen}");
    }
    let changed = ["loss_before", "loss_after"].map(|key| expm1(-share(key)));
    assert!(changed[1] < changed[0]);
    for change in changed {
        assert!(screen.contains(&signed(change)), "{change}\n{screen}");
    }
    let month = crash["month"].as_u64().unwrap() as usize;
    let now = &report["months"][month - 1];
    for (key, what) in [("trough", "intramonth low"), ("wealth", "at month end")] {
        let real = number(&now["worlds"]["path"][key]) / number(&now["price_level"]);
        let shown = format!("{} {what}", money("USD", real));
        assert!(screen.contains(&shown), "{shown}\n{screen}");
    }
    let markets = crash["markets"].as_array().unwrap();
    let low = |one: &Value| number(&one["given_back"]) - number(&one["loss"]) - number(&one["fall"]);
    let lowest = markets.iter().min_by(|a, b| low(a).total_cmp(&low(b))).unwrap();
    let row = screen.lines().skip_while(|line| !line.contains("price change")).nth(1).unwrap();
    let cells = [lowest["name"].as_str().unwrap().to_owned(), signed_percent(expm1(low(lowest)))];
    assert!(cells.iter().all(|cell| row.contains(cell)), "{cells:?}\n{screen}");
    let at_end = report["columns"]["wealth_real"].as_f64().map(|real| money("USD", real));
    let at_end = format!("Final wealth {}", at_end.unwrap());
    assert!(screen.contains(&at_end), "{at_end}\n{screen}");
    let mut fallen: Vec<_> = report["months"].as_array().unwrap().iter().collect();
    fallen.retain(|month| month["change"].as_f64().is_some_and(|change| change < 0.0));
    fallen.sort_by(|a, b| number(&a["change"]).total_cmp(&number(&b["change"])));
    let at = |month: &Value| {
        let date = spoken_month(month["date"].as_str().unwrap());
        let found = screen.find(&format!("{date}{:>7}", signed_percent(number(&month["change"]))));
        found.unwrap_or_else(|| panic!("{date}\n{screen}"))
    };
    let places: Vec<usize> = fallen[..5].iter().map(|month| at(month)).collect();
    assert!(places.is_sorted(), "{screen}");
}

/// `−12 %`
fn signed_percent(change: f64) -> String {
    format!("−{:.0} %", -100.0 * change)
}

#[test]
fn json_is_the_file_and_the_same_every_time() {
    let sandbox = sandbox();
    let arguments = ["replay", "crash.toml", "--path", "599", "--format", "json"];
    let first = sandbox.run(&arguments).done();
    assert_eq!(first, sandbox.read("output/crash/replay-599/replay.json"));
    let mut again = sandbox.command(&arguments);
    again.env("TAILWHEEL_SIMD", "baseline");
    assert_eq!(first, crate::cli::sandbox::ran(&mut again).done());
}

#[test]
fn the_books_of_every_month_sum_to_zero_in_the_file() {
    let sandbox = sandbox();
    let arguments = ["replay", "crash.toml", "--path", "7", "--format", "json"];
    let report = json(&sandbox.run(&arguments).done());
    assert!(report["largest_imbalance"].as_f64().unwrap() < 1e-9);
    let accounts = report["accounts"].as_array().unwrap();
    for world in ["path", "without_feedback"] {
        for month in 0..36 {
            let posted = |account: &Value| account["posted"][world][month].as_f64().unwrap();
            let net: f64 = accounts.iter().map(posted).sum();
            let gross: f64 = accounts.iter().map(|account| posted(account).abs()).sum();
            assert!(net.abs() <= 1e-9 * gross, "{world}, month {month}: {net}");
        }
    }
    for month in report["months"].as_array().unwrap() {
        let world = &month["worlds"]["path"];
        let before = match month["month"].as_u64().unwrap() {
            1 => report["opening"]["path"].as_f64().unwrap(),
            n => report["months"][n as usize - 2]["worlds"]["path"]["wealth"].as_f64().unwrap(),
        };
        let causes = world["causes"].as_object().unwrap().values();
        let explained: f64 = causes.map(|cause| cause.as_f64().unwrap()).sum();
        let change = world["wealth"].as_f64().unwrap() - before;
        assert!((explained - change).abs() < 1e-9 * before, "{month}");
    }
}

#[test]
fn the_firings_of_the_file_add_up_to_what_the_run_did() {
    let sandbox = sandbox();
    let arguments = ["replay", "crash.toml", "--path", "7", "--month", "19", "--format", "json"];
    let report = json(&sandbox.run(&arguments).done());
    let crash = &report["crash"];
    let firings = crash["firings"].as_array().unwrap();
    assert!(!firings.is_empty());
    let fired = crash["clusters"].as_array().unwrap().iter().map(|one| one["fired"].as_u64().unwrap());
    assert_eq!(fired.sum::<u64>(), firings.len() as u64);
    let last = firings.last().unwrap();
    for (market, fall) in crash["markets"].as_array().unwrap().iter().zip(last["falls"].as_array().unwrap()) {
        assert_eq!(market["fall"], *fall);
        let name = market["name"].as_str().unwrap();
        assert_eq!(report["months"][18]["loop"]["markets"][name]["fall"], *fall);
    }
    let sold = report["months"][18]["loop"]["sold"].as_f64().unwrap();
    for share in [&last["share"], &crash["agents"]["sold"]] {
        let difference = sold - share.as_f64().unwrap();
        assert!(difference.abs() < 1e-12, "{sold} {share}");
    }
    let by_cause = ["obeyed", "alone", "pushed"].map(|cause| crash["agents"][cause].as_f64().unwrap());
    assert!((by_cause.iter().sum::<f64>() - sold).abs() < 1e-12);
}

#[test]
fn the_worst_path_is_the_deepest_of_all_and_is_found_on_any_number_of_threads() {
    let sandbox = sandbox();
    let worst = |threads: &str| {
        let arguments = ["replay", "crash.toml", "--worst", "--format", "json", "--threads", threads];
        sandbox.run(&arguments).done()
    };
    let one = worst("1");
    assert_eq!(one, worst("3"));
    let one = json(&one);
    assert_eq!(one["chosen"], "deepest-sale");
    let deepest = one["columns"]["deepest_sale"].as_f64().unwrap();
    for path in ["0", "300", "512"] {
        let other = json(&sandbox.run(&["replay", "crash.toml", "--path", path, "--format", "json"]).done());
        assert!(other["columns"]["deepest_sale"].as_f64().unwrap() <= deepest);
    }
}

#[test]
fn a_run_draws_the_crash_that_replay_explains() {
    let sandbox = sandbox();
    sandbox.run(&["run", "crash.toml"]).done();
    let report = json(&sandbox.run(&["replay", "crash.toml", "--worst", "--format", "json"]).done());
    let path = report["path"].as_u64().unwrap();
    assert_eq!(
        sandbox.read("output/crash/crash_anatomy.svg"),
        sandbox.read(&format!("output/crash/replay-{path}/crash_anatomy.svg"))
    );
}

#[test]
fn another_month_than_the_worst_one_is_explained_and_the_worst_one_is_named() {
    let sandbox = sandbox();
    let shown = |more: &[&str]| {
        let arguments = [&["replay", "crash.toml", "--path", "5"][..], more].concat();
        let screen = sandbox.run(&arguments).done();
        (screen, json(&sandbox.read("output/crash/replay-5/replay.json")))
    };
    let (screen, worst) = shown(&[]);
    assert!(!screen.contains("The largest forced sale of this path"), "{screen}");
    let (screen, other) = shown(&["--month", "2"]);
    assert!(screen.contains("The largest forced sale of this path is in "), "{screen}");
    assert_eq!(other["worst_month"], worst["crash"]["month"]);
    assert_eq!(other["crash"]["month"], 2);
}

#[test]
fn assets_of_the_owners_own_agent_are_named() {
    let sandbox = sandbox();
    let key = "asset.defi.managed_by=\"frontier-a\"";
    let arguments = ["replay", "crash.toml", "--path", "0", "--set", key];
    sandbox.run(&arguments).done().has("of defi sells with frontier-a");
    let report = json(&sandbox.read("output/crash/replay-0/replay.json"));
    assert_eq!(report["managed"]["defi"], "frontier-a");
}

#[test]
fn a_scenario_without_agents_has_months_and_no_sell_off() {
    let sandbox = sandbox();
    let screen = sandbox.run(&["replay", "one.toml", "--path", "3", "--month", "2"]).done();
    assert_eq!(months(&screen), 1, "{screen}");
    sandbox.run(&["replay", "one.toml", "--worst", "--out", "worst"]).done();
    let files = sandbox.files();
    let of = |end: &str| files.iter().filter(|name| name.ends_with(end)).count();
    assert_eq!([of("crash_anatomy.svg"), of("replay.json")], [0, 2], "{files:?}");
    let worst = files.iter().find(|name| name.starts_with("worst") && name.ends_with("replay.json"));
    let report = json(&sandbox.read(worst.unwrap()));
    assert!(report["crash"].is_null());
    assert_eq!(report["chosen"], "lowest-wealth");
    assert!(ONE.contains("512"));
}

#[test]
fn a_month_without_sales_names_the_nearest_agents_and_leaves_no_old_picture() {
    let sandbox = sandbox();
    sandbox.run(&["replay", "crash.toml", "--path", "3", "--month", "19"]).done();
    let picture = sandbox.path("output/crash/replay-3/crash_anatomy.svg");
    assert!(picture.is_file());
    let quiet = crash("").replace("[crash]", "[crash]\ntrigger = 0.9\nspread = 0.2");
    sandbox.write("crash.toml", quiet);
    let screen = sandbox.run(&["replay", "crash.toml", "--path", "3", "--month", "2"]).done();
    let report = json(&sandbox.read("output/crash/replay-3/replay.json"));
    let room = |one: &Value| number(&one["first_trigger"]) - number(&one["loss_before"]);
    let clusters = report["crash"]["clusters"].as_array().unwrap().iter();
    let nearest = clusters.min_by(|a, b| room(a).total_cmp(&room(b))).unwrap();
    let name = nearest["name"].as_str().unwrap();
    assert!(room(nearest) > 0.0 && screen.contains(&format!("stop-loss is that of {name}, at")));
    assert!(!screen.contains("intramonth low →"), "{screen}");
    assert_eq!(report["crash"]["firings"].as_array().unwrap().len(), 0);
    assert!(!picture.is_file(), "the picture is of another crash");
}

#[test]
fn what_cannot_be_replayed_is_refused_with_what_could_be() {
    let sandbox = sandbox();
    let refused = |arguments: &[&str]| {
        let mut all = vec!["replay", "crash.toml"];
        all.extend(arguments);
        sandbox.run(&all).failed()
    };
    assert_eq!(
        refused(&["--path", "600"]),
        "error: there is no path 600: the scenario has 600 paths, numbered from 0 to 599; --paths \
         simulates more of them\n"
    );
    assert_eq!(
        refused(&["--path", "1", "--month", "37"]),
        "error: the scenario has no month 37: months go from 1 to 36, which is 2027-01 to 2029-12\n"
    );
    for month in ["0", "2026-12", "2030-01"] {
        assert!(refused(&["--path", "1", "--month", month]).contains("has no month"));
    }
    for month in ["July", "2028-13", "1.5", "", "-", "2028-07-01"] {
        let month = format!("--month={month}");
        assert!(refused(&["--path", "1", &month]).contains("is no month"), "{month}");
    }
    assert!(refused(&["--path", "1", "--worst"]).contains("cannot be used with"));
    let neither = refused(&[]);
    assert!(neither.contains("--path") && neither.contains("--worst"), "{neither}");
    for path in ["-1", "3.5", "x"] {
        assert_eq!(
            refused(&["--path", path]),
            format!("error: `{path}` is no path: write its number, from 0 to 599, as in --path 0\n")
        );
    }
    assert!(sandbox.files().iter().all(|name| !name.starts_with("output")));
}

#[test]
fn a_class_to_beat_is_none_of_the_causes_of_a_month() {
    let sandbox = sandbox();
    sandbox.write("beat.toml", crash("[goal]\nbeat = \"micro-saas-fleet\"\n"));
    let told = |name: &str| {
        let file = format!("{name}.toml");
        sandbox.run(&["replay", &file, "--path", "300"]).done();
        json(&sandbox.read(&format!("output/{name}/replay-300/replay.json")))
    };
    let [without, with] = ["crash", "beat"].map(told);
    assert_eq!(with["months"], without["months"]);
    // accounts are those of the owner
    assert_eq!(with["accounts"], without["accounts"]);
}

/// The worst path of `rest` behind a head of 300 paths over three years: its screen with all months, its facts.
fn followed(rest: &str) -> (String, Value) {
    let sandbox = Sandbox::new();
    let head = "start = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
                run = { seed = 1, paths = 300 }\n[[asset]]\nname = \"pools\"\nclass = \"defi-yield-aggregator\"\n\
                model = \"mechanism\"\nvalue = 1000\n";
    sandbox.write("it.toml", format!("{head}{rest}"));
    let screen = sandbox.run(&["replay", "it.toml", "--worst", "--months"]).done();
    let files = sandbox.files();
    let name = files.iter().find(|name| name.ends_with("replay.json")).expect("facts");
    (screen, json(&sandbox.read(name)))
}

#[test]
fn the_sale_of_a_lender_is_named() {
    let (screen, report) = followed("leverage = 3\n");
    assert_eq!(report["lender_sales"][0]["asset"], "pools");
    assert!(screen.contains("The lender of pools sells in "), "{screen}");
    let (_, report) = followed("");
    assert_eq!(report["lender_sales"].as_array().map(Vec::len), Some(0));
}

#[test]
fn after_ruin_there_are_no_months() {
    let (screen, report) = followed("[owner]\ncash = 100\nspending = \"300/month\"\n");
    let ruined = report["ruin_month"].as_u64().expect("it is ruined") as usize;
    assert_eq!(months(&screen), ruined, "{screen}");
    assert_eq!(number(&report["columns"]["wealth"]), 0.0);
    // power: all months stand where something is left
    let (screen, report) = followed("");
    assert!(report["ruin_month"].is_null());
    assert_eq!(months(&screen), 36, "{screen}");
}
