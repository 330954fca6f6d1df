//! `replay`: what it prints and writes, and what it refuses.

mod ledger;

use crate::cli::sandbox::{Sandbox, TWO, Text, ran};
use crate::common::{asset, head};
use crate::outputs::{json, number};
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
    Sandbox::with("crash.toml", crash(""))
}

/// Runs a replay of `crash.toml` that prints the facts.
#[track_caller]
fn facts(sandbox: &Sandbox, asked: &str) -> Value {
    sandbox.json(&format!("replay crash.toml {asked} --format json"))
}

/// The facts of the one replay that was written.
fn written(sandbox: &Sandbox) -> Value {
    let files = sandbox.files();
    sandbox.read_json(files.iter().find(|name| name.ends_with("replay.json")).expect("facts"))
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

/// `−14.3 %`, with as many decimals.
fn signed(change: f64, decimals: usize) -> String {
    let sign = if change < 0.0 { "−" } else { "+" };
    format!("{sign}{:.decimals$} %", 100.0 * change.abs())
}

#[test]
fn a_path_is_shown_and_written() {
    let sandbox = sandbox();
    let screen = sandbox.run("replay crash.toml --path 300 --month 2028-07").done();
    let screen = screen.has_all(["path 300 of 600", "JUL 2028", "output/crash/replay-300/"]);
    assert_eq!(months(&screen), 1, "{screen}");
    let report = sandbox.read_json("output/crash/replay-300/replay.json");
    assert_eq!(report["schema"], "tailwheel-replay/2");
    assert_eq!((&report["crash"]["month"], &report["month_asked"]), (&19.into(), &19.into()));
    for file in ["crash_anatomy.svg", "crash_anatomy.png"] {
        assert!(sandbox.has(&format!("output/crash/replay-300/{file}")));
    }
}

#[test]
fn a_month_stands_on_a_line_and_so_does_a_sale_where_they_are_asked_for() {
    let sandbox = sandbox();
    let story = sandbox.run("replay crash.toml --path 0").done();
    assert_eq!(months(&story), 0, "{story}");
    assert!(story.lines().count() <= 30, "{story}");
    let is_sale = |line: &&str| {
        let mut words = line.split_whitespace();
        let first = words.next().unwrap_or_default().replace(',', "");
        let second = words.next().unwrap_or_default();
        first.parse::<usize>().is_ok() && ["frontier-a", "open-c", "dispersed"].contains(&second)
    };
    for width in [80, 100] {
        let asked = "replay crash.toml --path 0 --months --sales";
        let screen = sandbox.run_in(&width.to_string(), asked).done();
        assert_eq!(months(&screen), 36, "{screen}");
        let sales = written(&sandbox)["crash"]["firings"].as_array().unwrap().len();
        assert_eq!(screen.lines().filter(is_sale).count(), sales, "{screen}");
        assert!(screen.lines().all(|line| line.chars().count() <= width), "{screen}");
    }
}

#[test]
fn the_figures_of_the_story_are_those_of_the_file_and_follow_from_its_months() {
    let sandbox = sandbox();
    let screen = sandbox.run("replay crash.toml --worst").done();
    let report = written(&sandbox);
    let (crash, agents) = (&report["crash"], &report["crash"]["agents"]);
    let share = |key: &str| number(&agents[key]);
    let cost = number(&crash["cost"]);
    assert_eq!(cost, number(&report["columns"]["deepest_sale"]));
    let shown = |share: f64| match share {
        1.0 => "100 %".to_owned(),
        share => format!("{:.1} %", 100.0 * share),
    };
    for share in ["alone", "pushed", "sold"].map(share).into_iter().chain([cost]) {
        assert!(share == 0.0 || screen.contains(&shown(share)), "{share}\n{screen}");
    }
    let changed = ["loss_before", "loss_after"].map(|key| expm1(-share(key)));
    assert!(changed[1] < changed[0]);
    for change in changed {
        (&screen).has(signed(change, 1));
    }
    let month = crash["month"].as_u64().unwrap() as usize;
    let now = &report["months"][month - 1];
    for (key, what) in [("trough", "intramonth low"), ("wealth", "at month end")] {
        let real = number(&now["worlds"]["path"][key]) / number(&now["price_level"]);
        (&screen).has(format!("{} {what}", money("USD", real)));
    }
    let markets = crash["markets"].as_array().unwrap();
    let low = |one: &Value| number(&one["given_back"]) - number(&one["loss"]) - number(&one["fall"]);
    let lowest = markets.iter().min_by(|a, b| low(a).total_cmp(&low(b))).unwrap();
    let row = screen.lines().skip_while(|line| !line.contains("price change")).nth(1).unwrap();
    let cells = [lowest["name"].as_str().unwrap().to_owned(), signed(expm1(low(lowest)), 0)];
    assert!(cells.iter().all(|cell| row.contains(cell)), "{cells:?}\n{screen}");
    (&screen).has(format!("Final wealth {}", money("USD", number(&report["columns"]["wealth_real"]))));
    let mut fallen: Vec<_> = report["months"].as_array().unwrap().iter().collect();
    fallen.retain(|month| month["change"].as_f64().is_some_and(|change| change < 0.0));
    fallen.sort_by(|a, b| number(&a["change"]).total_cmp(&number(&b["change"])));
    let at = |month: &Value| {
        let date = spoken_month(month["date"].as_str().unwrap());
        let found = screen.find(&format!("{date}{:>7}", signed(number(&month["change"]), 0)));
        found.unwrap_or_else(|| panic!("{date}\n{screen}"))
    };
    let places: Vec<usize> = fallen[..5].iter().map(|month| at(month)).collect();
    assert!(places.is_sorted(), "{screen}");
}

#[test]
fn json_is_the_file_and_the_same_every_time() {
    let sandbox = sandbox();
    let arguments = "replay crash.toml --path 599 --format json";
    let first = sandbox.run(arguments).done();
    assert_eq!(first, sandbox.read("output/crash/replay-599/replay.json"));
    assert_eq!(first, ran(sandbox.command(arguments).env("TAILWHEEL_SIMD", "baseline")).done());
}

#[test]
fn the_books_of_every_month_sum_to_zero_in_the_file() {
    let report = facts(&sandbox(), "--path 7");
    assert!(number(&report["largest_imbalance"]) < 1e-9);
    let accounts = report["accounts"].as_array().unwrap();
    for world in ["path", "without_feedback"] {
        for month in 0..36 {
            let posted = accounts.iter().map(|account| number(&account["posted"][world][month]));
            let net: f64 = posted.clone().sum();
            let gross: f64 = posted.map(f64::abs).sum();
            assert!(net.abs() <= 1e-9 * gross, "{world}, month {month}: {net}");
        }
    }
    let mut before = number(&report["opening"]["path"]);
    for month in report["months"].as_array().unwrap() {
        let world = &month["worlds"]["path"];
        let explained: f64 = world["causes"].as_object().unwrap().values().map(number).sum();
        let wealth = number(&world["wealth"]);
        assert!((explained - (wealth - before)).abs() < 1e-9 * before, "{month}");
        before = wealth;
    }
}

#[test]
fn the_firings_of_the_file_add_up_to_what_the_run_did() {
    let report = facts(&sandbox(), "--path 7 --month 19");
    let crash = &report["crash"];
    let firings = crash["firings"].as_array().unwrap();
    let fired = crash["clusters"].as_array().unwrap().iter().map(|one| one["fired"].as_u64().unwrap());
    assert_eq!(fired.sum::<u64>(), firings.len() as u64);
    let last = firings.last().expect("it sells");
    for (market, fall) in crash["markets"].as_array().unwrap().iter().zip(last["falls"].as_array().unwrap()) {
        assert_eq!(market["fall"], *fall);
        let name = market["name"].as_str().unwrap();
        assert_eq!(report["months"][18]["loop"]["markets"][name]["fall"], *fall);
    }
    let sold = number(&report["months"][18]["loop"]["sold"]);
    let by_cause = ["obeyed", "alone", "pushed"].map(|cause| number(&crash["agents"][cause]));
    for share in [number(&last["share"]), number(&crash["agents"]["sold"]), by_cause.iter().sum()] {
        assert!((sold - share).abs() < 1e-12, "{sold} {share}");
    }
}

#[test]
fn the_worst_path_is_the_deepest_of_all_and_is_found_on_any_number_of_threads() {
    let sandbox = sandbox();
    let [one, three] = ["1", "3"].map(|threads| {
        sandbox.run(&format!("replay crash.toml --worst --format json --threads {threads}")).done()
    });
    assert_eq!(one, three);
    let worst = json(&one);
    assert_eq!(worst["chosen"], "deepest-sale");
    let deepest = |one: &Value| number(&one["columns"]["deepest_sale"]);
    for path in ["0", "300", "512"] {
        let other = facts(&sandbox, &format!("--path {path}"));
        assert!(deepest(&other) <= deepest(&worst));
    }
}

#[test]
fn a_run_draws_the_crash_that_replay_explains() {
    let sandbox = sandbox();
    sandbox.run("run crash.toml").done();
    let path = &facts(&sandbox, "--worst")["path"];
    let of_replay = sandbox.read(&format!("output/crash/replay-{path}/crash_anatomy.svg"));
    assert_eq!(sandbox.read("output/crash/crash_anatomy.svg"), of_replay);
}

#[test]
fn another_month_than_the_worst_one_is_explained_and_the_worst_one_is_named() {
    let sandbox = sandbox();
    let shown = |more: &str| {
        let screen = sandbox.run(&format!("replay crash.toml --path 5{more}")).done();
        (screen, written(&sandbox))
    };
    let (screen, worst) = shown("");
    screen.lacks("The largest forced sale of this path");
    let (screen, other) = shown(" --month 2");
    screen.has("The largest forced sale of this path is in ");
    assert_eq!(other["worst_month"], worst["crash"]["month"]);
    assert_eq!(other["crash"]["month"], 2);
}

#[test]
fn assets_of_the_owners_own_agent_are_named() {
    let sandbox = sandbox();
    let replay = "replay crash.toml --path 0 --set asset.defi.managed_by=\"frontier-a\"";
    sandbox.run(replay).done().has("of defi sells with frontier-a");
    assert_eq!(written(&sandbox)["managed"]["defi"], "frontier-a");
}

#[test]
fn a_scenario_without_agents_has_months_and_no_sell_off() {
    let sandbox = Sandbox::with_one();
    let screen = sandbox.run("replay one.toml --path 3 --month 2").done();
    assert_eq!(months(&screen), 1, "{screen}");
    let report = sandbox.json("replay one.toml --worst --format json");
    assert!(report["crash"].is_null());
    assert_eq!(report["chosen"], "lowest-wealth");
    assert!(!sandbox.files().iter().any(|name| name.ends_with("crash_anatomy.svg")));
}

#[test]
fn a_month_without_sales_names_the_nearest_agents_and_leaves_no_old_picture() {
    let sandbox = sandbox();
    sandbox.run("replay crash.toml --path 3 --month 19").done();
    let picture = "output/crash/replay-3/crash_anatomy.svg";
    assert!(sandbox.has(picture));
    sandbox.write("crash.toml", crash("").replace("[crash]", "[crash]\ntrigger = 0.9\nspread = 0.2"));
    let screen = sandbox.run("replay crash.toml --path 3 --month 2").done().lacks("intramonth low →");
    let report = written(&sandbox);
    let room = |one: &Value| number(&one["first_trigger"]) - number(&one["loss_before"]);
    let clusters = report["crash"]["clusters"].as_array().unwrap().iter();
    let nearest = clusters.min_by(|a, b| room(a).total_cmp(&room(b))).unwrap();
    assert!(room(nearest) > 0.0);
    screen.has(format!("stop-loss is that of {}, at", nearest["name"].as_str().unwrap()));
    assert_eq!(report["crash"]["firings"].as_array().unwrap().len(), 0);
    assert!(!sandbox.has(picture), "it is of another crash");
}

#[test]
fn what_cannot_be_replayed_is_refused_with_what_could_be() {
    let sandbox = sandbox();
    let refused = |arguments: &str| sandbox.run(&format!("replay crash.toml {arguments}")).failed();
    assert_eq!(
        refused("--path 600"),
        "error: there is no path 600: the scenario has 600 paths, numbered from 0 to 599; --paths \
         simulates more of them\n"
    );
    assert_eq!(
        refused("--path 1 --month 37"),
        "error: the scenario has no month 37: months go from 1 to 36, which is 2027-01 to 2029-12\n"
    );
    for month in ["0", "2026-12", "2030-01"] {
        refused(&format!("--path 1 --month {month}")).has("has no month");
    }
    for month in ["July", "2028-13", "1.5", "", "-", "2028-07-01"] {
        refused(&format!("--path 1 --month={month}")).has("is no month");
    }
    refused("--path 1 --worst").has("cannot be used with");
    sandbox.run("replay crash.toml").failed().has("--path").has("--worst");
    for path in ["-1", "3.5", "x"] {
        let said = format!("error: `{path}` is no path: write its number, from 0 to 599, as in --path 0\n");
        assert_eq!(refused(&format!("--path {path}")), said);
    }
    assert!(!sandbox.has("output"));
}

#[test]
fn a_class_to_beat_is_none_of_the_causes_of_a_month() {
    let sandbox = sandbox();
    let without = facts(&sandbox, "--path 300");
    sandbox.write("crash.toml", crash("[goal]\nbeat = \"micro-saas-fleet\"\n"));
    let with = facts(&sandbox, "--path 300");
    // accounts are those of the owner
    for part in ["months", "accounts"] {
        assert_eq!(with[part], without[part]);
    }
}

/// The worst path of `rest` behind a head of 300 paths over three years: its screen with all months, its facts.
fn followed(rest: &str) -> (String, Value) {
    let pools = asset("pools", "defi-yield-aggregator", 1000.0, "model = \"mechanism\"");
    let sandbox = Sandbox::with("it.toml", head("3 years", 300) + &pools + rest);
    let screen = sandbox.run("replay it.toml --worst --months").done();
    (screen, written(&sandbox))
}

#[test]
fn the_sale_of_a_lender_is_named() {
    let (screen, report) = followed("leverage = 3\n");
    assert_eq!(report["lender_sales"][0]["asset"], "pools");
    screen.has("The lender of pools sells in ");
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
