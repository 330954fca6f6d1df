//! What a cover costs that says no premium: in closed form, against its own payouts in the shipped scenarios, and that it follows
//! nothing that an insurer cannot know.

use crate::common::{Ran, asset, close, head, scenario, scenario_of_file};
use crate::estimate::Found;
use crate::verification::protection::moved;
use tailwheel::engine::Outcome;
use tailwheel::plan::Plan;
use tailwheel::record::{CAUSE_GIVEN, TrackId, causes};
use tailwheel::scenario::{self, Scenario};
use tailwheel::study::{Run, simulate};
use tailwheel::{Control, Report};

const VAULT: &str = "scenarios/exploit-and-cover.toml";
const TABLE: &str = include_str!("../../../scenarios/_table-2027.toml");
const LIMIT: f64 = 40_000.0;

/// Part of premiums that is paid out, and paths of the stream that says so.
const PAID: f64 = 0.6;
const PRICED_ON: f64 = 16_384.0;

fn column(outcome: &Outcome, of: &Scenario, cause: &str) -> Vec<f64> {
    let first = of.assets.len() + of.events.len();
    let number = first + causes().position(|known| known == cause).expect("it is one");
    let id = CAUSE_GIVEN.of_object(u16::try_from(number).expect("there are few"));
    outcome.column(id).expect("it is kept").to_vec()
}

/// Payouts over premiums, with its own error and that of the price.
fn paid_of_premiums(of: &Scenario) -> Found {
    let outcome = simulated(of).outcome;
    let payouts = outcome.column(TrackId::of("payouts")).expect("it is kept");
    let premiums = column(&outcome, of, "premium");
    let n = payouts.len() as f64;
    let cost = -premiums.iter().sum::<f64>() / n;
    let ratio = payouts.iter().sum::<f64>() / n / cost;
    let squares: f64 = payouts.iter().zip(&premiums).map(|(paid, cost)| (paid + ratio * cost).powi(2)).sum();
    let variance = squares / n / (cost * cost);
    Found { value: ratio, std_error: (variance / n + variance / PRICED_ON).sqrt() }
}

/// The premium of a year, of the limit, as paths of ten years pay it on which the asset stays.
fn rate(text: &str) -> f64 {
    -most(&column(&Ran::of(text).outcome, &scenario(text), "premium")) / LIMIT / 10.0
}

/// The most that a path pays.
fn most(premiums: &[f64]) -> f64 {
    premiums.iter().copied().fold(0.0, f64::min)
}

fn simulated(of: &Scenario) -> Run<'_> {
    simulate(of, &Control::default()).expect("it is finite")
}

/// A holding of 100,000 that is struck at `rate` and then gone.
fn held(rate: &str, cover: &str) -> String {
    head("10 years", 512)
        + &asset("x", "defi-yield-aggregator", 100_000.0, "roi = 0\nroi_law = \"point\"\nvolatility = 0\n")
        + &format!(
            "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"x\"\nrate = {rate}\ntotal = 1\nreturn_chance = 0\n\
             [owner]\ncash = 200_000\nsurplus = \"keep\"\n[[owner.cover]]\nasset = \"x\"\ncause = \"hack\"\n\
             limit = {LIMIT}\n{cover}\n[economy]\ninflation.fixed = 0\ncash_rate = 0\n"
        )
}

#[test]
fn of_one_certain_severity_it_is_the_chance_of_a_month_over_what_is_paid_out() {
    for (hazard, default) in [(0.1_f64, 0.05), (0.03, 0.0), (0.3, 0.2)] {
        let cover = format!("insurer_default = {default:?}");
        let found = rate(&held(&format!("\"{hazard}/year\""), &cover));
        let exact = 12.0 * -(-hazard / 12.0).exp_m1() * (1.0 - default) / PAID;
        let hits = PRICED_ON * (1.0 - (-10.0 * hazard).exp()) * (1.0 - default);
        let error = exact / hits.sqrt();
        assert!((found - exact).abs() < 4.0 * error, "{found} {exact} {error}");
        assert!((found - 1.1 * exact).abs() > 4.0 * error, "no power");
    }
}

#[test]
fn it_rises_with_what_is_paid_and_follows_no_seed_and_nothing_that_the_owner_does() {
    let of = |cover: &str| rate(&held("\"0.02-0.1/year\"", cover));
    let base = of("");
    assert!(of("cover = 0.3") < base);
    assert!(of("deductible = 80_000") < base);
    assert!(of("insurer_default = 0.3") < base);
    let yields = |threshold: &str| {
        let text = held("\"0.02-0.1/year\"", &format!("pays_when = {{ yield_below = {threshold} }}"))
            .replace("total = 1", "total = 0")
            .replace("roi = 0", "roi = 0.1");
        rate(&text)
    };
    let [low, high] = ["0.02", "0.2"].map(yields);
    assert!(low < high, "{low} {high}");
    let text = held("\"0.02-0.1/year\"", "");
    for (from, to) in [
        ("seed = 17", "seed = 18"),
        ("paths = 512", "paths = 300"),
        ("surplus = \"keep\"", "surplus = \"reinvest\"\nspending = \"100/month\""),
        (
            "[economy]",
            "[[event]]\nname = \"other\"\nkind = \"contract-exploit\"\nasset = \"x\"\nat = \"2036-11\"\nseverity = 0.5\n[economy]",
        ),
    ] {
        assert!(text.contains(from), "{from}");
        close(to, rate(&text.replace(from, to)), base, 1e-12);
    }
}

/// A holding whose keys may be lost, another one, and an owner with `owner`.
fn with_keys(owner: &str, kind: &str, event: &str) -> String {
    let still = "roi = 0\nroi_law = \"point\"\nvolatility = 0\n";
    head("10 years", 20_000)
        + &asset("x", "index-fund", 100_000.0, still)
        + &asset("y", "index-fund", 60_000.0, still)
        + &format!(
            "[[event]]\nname = \"loss\"\nkind = \"{kind}\"\nasset = \"x\"\nrate = \"0.2/year\"\nseverity = \"30-90 %\"\n\
             total = 0.1\nreturn_chance = 0\nreturned = 0\n{event}\n[owner]\ncash = 200_000\nsurplus = \"keep\"\n{owner}\n\
             [[owner.cover]]\nasset = \"x\"\ncause = \"{kind}\"\nlimit = {LIMIT}\n[economy]\ninflation.fixed = 0\ncash_rate = 0\n"
        )
}

#[test]
fn an_insurer_sees_what_is_done_against_the_event() {
    let other = "[[event]]\nname = \"other\"\nkind = \"custody-loss\"\nasset = \"y\"\nrate = \"0.1/year\"\nif_guarded = 0.2\n\
                 [[event]]\nname = \"run\"\nkind = \"depeg\"\nasset = \"y\"\nrate = \"0.2/year\"\nseverity = 0.5\ntotal = 0\n\
                 return_chance = 0\nreturned = 0\n";
    let guarded = format!("if_guarded = 0.1\n{other}");
    let of = |owner: &str, kind: &str, event: &str| {
        let of = scenario(&with_keys(owner, kind, event));
        let found = paid_of_premiums(&of);
        assert!(found.agrees_with(PAID), "{owner}, {kind}, {event}: {found:?}");
        assert!(found.std_error < 0.04, "no power: {found:?}");
    };
    for custody in [
        "",
        "custody = { above = 50_000 }",
        "custody = { above = 90_000, cost = \"600/year\" }",
        "custody = { above = 0, multisig = false, cold_storage = true, cold_share = 0.7 }",
        "custody = { above = 120_000, per = \"all\" }",
        "custody = { above = 150_000, per = \"all\", cold_storage = true }",
    ] {
        of(custody, "custody-loss", &guarded);
    }
    let service = "compliance_service = \"600/year\"";
    for owner in ["", service] {
        of(owner, "contract-exploit", "if_compliant = 0.2\n");
    }
    // keys that strike besides leave more or less to insure
    let key = "[[event]]\nname = \"key\"\nkind = \"custody-loss\"\nasset = \"x\"\nrate = \"0.3/year\"\nseverity = 0.7\n\
               total = 0\nreturn_chance = 0\nreturned = 0\n";
    for custody in ["", "custody = { above = 20_000 }"] {
        of(custody, "contract-exploit", key);
    }
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn it_follows_no_asset_beside_the_insured_one_however_they_are_tied() {
    let alone = held("\"0.02-0.1/year\"", "");
    let base = rate(&alone);
    let beside = "[[asset]]\nname = \"c\"\nclass = \"digital-product-flywheel\"\nmodel = \"mechanism\"\nincome = \"300/month\"\n\
                  [[asset]]\nname = \"d\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nincome = \"300/month\"\n";
    let paid = "launch = { cost = 900, time = \"6 months\", from = \"c\", share = \"30 %\" }\n";
    let in_market = "market = \"m\"\n";
    let market = "[[market]]\nname = \"m\"\nclass = \"defi-yield-aggregator\"\n";
    let struck = alone.replace("asset = \"x\"\nrate", "asset = [\"x\", \"d\"]\nrate");
    let placed = alone.replace("name = \"x\"\n", &format!("name = \"x\"\n{in_market}"));
    assert!(struck != alone && placed != alone);
    for launch in ["", paid] {
        for (tied, text) in [
            ("by nothing", format!("{alone}{beside}{launch}")),
            ("by an event", format!("{struck}{beside}{launch}")),
            ("by a market", format!("{placed}{beside}{in_market}{launch}{market}")),
        ] {
            close(tied, rate(&text), base, 1e-12);
        }
    }
}

#[test]
fn where_an_assumption_is_moved_the_insurer_asks_what_he_did() {
    let base = scenario(&held("\"0.02-0.1/year\"", ""));
    let mut other = scenario(&held("\"0.2/year\"", ""));
    let dear = other.clone();
    Plan::compile(&base);
    other.keep_premiums_of(&base);
    let premium = |of: &Scenario| most(&column(&simulated(of).outcome, of, "premium"));
    close("premium", premium(&other), premium(&base), 1e-12);
    assert!(premium(&dear) < 1.5 * premium(&base));
}

const COVER: &str = "owner.cover=[{ asset = \"vault\", cause = \"contract-exploit\", limit = 40_000 }]";
const BY_YIELD: &str = "owner.cover=[{ asset = \"vault\", cause = \"contract-exploit\", limit = 40_000, \
                        pays_when = { yield_below = 0.05 } }]";

#[test]
#[ignore = "slow: part of .ci/run"]
fn shipped_covers_pay_out_six_tenths_of_their_premiums() {
    let still = TABLE.replace("rebalance = ", "# ").replace("surplus   = \"reinvest\"", "");
    let spends_nothing = include_str!("../../../scenarios/passive-income-2027.toml")
        .replace("\"1750/month\"", "\"0.01/month\"")
        .replace("residence = \"estonia\"", "")
        .replace("tax       = \"real-time\"", "surplus = \"keep\"");
    let loader = |path: &str| {
        let is_table = path.ends_with("_table-2027.toml");
        Ok(if is_table { &still } else { &spends_nothing }.as_bytes().to_vec())
    };
    let alone = scenario::read("test.toml", &[], &loader).unwrap_or_else(|refusal| panic!("{refusal}"));
    for left_alone in [alone, scenario_of_file(VAULT, &[COVER]), scenario_of_file(VAULT, &[BY_YIELD])] {
        let found = paid_of_premiums(&left_alone);
        assert!(found.agrees_with(PAID), "{found:?}");
    }
    for (file, edits) in [
        (VAULT, &[COVER][..]),
        (VAULT, &[BY_YIELD]),
        ("scenarios/passive-income-2027.toml", &[]),
        ("scenarios/passive-income-2027-mechanisms.toml", &[]),
    ] {
        let used = paid_of_premiums(&scenario_of_file(file, edits)).value;
        assert!((0.4..0.8).contains(&used), "{file}: {used}");
    }
}

#[test]
fn these_are_all_shipped_scenarios_with_a_cover() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let files = [folder.clone(), folder.join("jurisdictions")]
        .map(|folder| std::fs::read_dir(folder).expect("a folder"));
    let paths = files.into_iter().flatten().map(|entry| entry.expect("an entry").path());
    let has_cover = |path: &std::path::PathBuf| {
        path.extension().is_some_and(|end| end == "toml")
            && std::fs::read_to_string(path).expect("it is a text").contains("owner.cover")
    };
    let name = |path: std::path::PathBuf| path.file_name().expect("a file").to_string_lossy().into_owned();
    let found: std::collections::BTreeSet<String> = paths.filter(has_cover).map(name).collect();
    assert!(found.iter().eq(["exploit-and-cover.toml", "passive-income-2027.toml"]), "{found:?}");
}

#[test]
fn a_higher_threshold_pays_more() {
    let paid = |threshold: &str| {
        let cover = BY_YIELD.replace("yield_below = 0.05", &format!("yield_below = {threshold}"));
        Report::from(&simulated(&scenario_of_file(VAULT, &[&cover]))).measures["cover.payouts.mean"].value
    };
    let all = ["0.01", "0.05", "0.1", "0.15"].map(paid);
    assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
}

#[test]
fn cover_costs_in_the_mean_and_helps_in_the_worst_cases() {
    let (base, other) = (scenario_of_file(VAULT, &[]), scenario_of_file(VAULT, &[COVER]));
    let [mean, p05] =
        ["mean", "p05"].map(|of| moved(&base, &other, &format!("wealth.terminal.real.{of}")).value);
    assert!(mean < 0.0 && p05 > 0.0, "{mean} {p05}");
}
