//! Files that people want to write: each reads as it stands.

use super::support::{refused, studied_files, valid_files};
use crate::event::Timing;

const FLAGSHIP: &str = include_str!("../../../../../scenarios/passive-income-2027.toml");
const TABLE: &str = include_str!("../../../../../scenarios/_table-2027.toml");

/// With the files that it extends.
fn beside(text: &str) -> [(&str, &str); 3] {
    [("mine.toml", text), ("passive-income-2027.toml", FLAGSHIP), ("_table-2027.toml", TABLE)]
}

/// The flagship, one value of it changed, one certain total loss, bare and covered.
const ONE_HACK: &str = r#"
extends = "passive-income-2027.toml"

[[asset]]
name  = "defi"
value = 90_000

[[event]]
name          = "hack"
kind          = "contract-exploit"
protocol      = "aggregator-x"
at            = "2028-07"
severity      = "100 %"
return_chance = 0

[[variant]]
name = "covered"
set  = { "owner.cover" = [{ asset = "defi", cause = "hack", limit = 80_000, premium = "4 %/year", pays_when = { yield_below = "5 %/year" }, waiting = "21 days", insurer_default = "10 %" }] }

[[variant]]
name = "bare"
set  = { "owner.cover" = [] }
"#;

#[test]
fn one_hack_covered_and_bare() {
    let study = studied_files(&beside(ONE_HACK), &[]);
    let [covered, bare] = study.cases.as_slice() else { panic!("two variants") };
    for case in [covered, bare] {
        let mut events = case.scenario.events.iter();
        let hack = events.find(|event| event.name == "hack").unwrap();
        assert_eq!(hack.timing(&case.scenario), Timing::At(19));
        // what is certain is not also left to chance
        let mut others = case.scenario.events.iter();
        assert!(others.all(|event| event.kind.id != "contract-exploit" || event.name == "hack"));
    }
    let n_covers = |case: &crate::scenario::Case| case.scenario.owner.as_ref().unwrap().cover.len();
    assert_eq!([covered, bare].map(n_covers), [1, 0]);
}

/// Places by spending by likeness of agents by cover, with gates for some of them.
const MATRIX: &str = r#"
extends = "passive-income-2027.toml"

[[axis]]
name   = "residence"
key    = "owner.residence"
values = ["united-arab-emirates", "singapore", "estonia", "united-states"]

[[axis]]
name   = "spending"
key    = "owner.spending"
values = ["1000/month", "1500/month", "2000/month", "2500/month", "3000/month"]

[[axis]]
name   = "lockstep"
key    = "crash.lockstep"
values = [0.0, 0.25, 0.5, 0.7, 1.0]

[[axis]]
name   = "cover"
key    = "owner.cover"
values = [[], [{ asset = "defi", cause = "contract-exploit", limit = 40_000, premium = "4 %/year" }]]
labels = ["bare", "covered"]

[[expect]]
id      = "frugal-and-free-of-tax"
measure = "ruin.probability"
below   = 0.2
where   = { residence = ["united-arab-emirates"], spending = ["1000/month"] }
"#;

#[test]
fn two_hundred_lives_from_one_file() {
    let study = studied_files(&beside(MATRIX), &[]);
    assert_eq!(study.cases.len(), 200);
    let mut expected: Vec<usize> = study.cases.iter().map(|case| case.expectations.len()).collect();
    expected.sort_unstable();
    assert_eq!(expected[200 - 10] - expected[200 - 11], 1, "one gate more for ten of them");
}

#[test]
fn the_flagship_is_the_table_lived_on() {
    let flagship = valid_files(&beside(FLAGSHIP), &[]);
    let table = valid_files(&beside(TABLE), &[]);
    assert!(table.events.is_empty() && !flagship.events.is_empty());
    assert_eq!(flagship.assets.len(), table.assets.len());
    assert!(flagship.has_obligations() && !table.has_obligations());
}

/// Three products on one interface, told by what they earn, a pool, a job until it ends, a car, a typed rate.
const CAN_I_QUIT: &str = r#"
title    = "Can I quit in 2030?"
start    = "2027-01"
horizon  = "15 years"
currency = "USD"
run.seed = 2030

[[asset]]
name        = "invoices"
class       = "micro-saas-fleet"
model       = "subscription"
income      = "1400/month"
subscribers = 93
churn       = "4 %/month"
provider    = "one-model"
volatility  = 0.5

[[asset]]
name        = "captions"
class       = "micro-saas-fleet"
model       = "subscription"
income      = "600/month"
multiple    = 2.8
subscribers = 120
arrivals    = "6/month"
provider    = "one-model"

[[asset]]
name        = "soil"
class       = "micro-saas-fleet"
model       = "subscription"
income      = "250/month"
subscribers = 16
churn       = "7 %/month"
repricing   = 0
provider    = "one-model"

[[asset]]
name         = "pool"
class        = "defi-yield-aggregator"
value        = 40_000
roi          = "5-9 %"
denomination = "stable"

[[event]]
name     = "dearer"
kind     = "provider-repricing"
provider = "one-model"

[owner]
cash      = 15_000
spending  = "1500/month"
residence = "portugal"
tax_rate  = "28 %"
flows     = [
    { name = "salary", amount = "3400/month", until = "2029-12" },
    { name = "car", amount = -18_000, at = "2031-06" },
]

[goal]
autonomy = { by = "2030-01", hold = "12 months" }

[[expect]]
id      = "i-can"
measure = "autonomy.by_goal.probability"
above   = 0.8
"#;

#[test]
fn can_i_quit_with_three_products_told_by_what_they_earn() {
    let scenario = valid_files(&[("mine.toml", CAN_I_QUIT)], &[]);
    let mut assets = scenario.assets.iter();
    let value = |name: &str| assets.find(|asset| asset.name == name).unwrap().keys.value.get();
    // canonical order is that of the names
    let found = ["captions", "invoices", "soil"].map(value);
    let told = [600.0 * 2.8, 1400.0 * 3.4, 250.0 * 3.4].map(|yearly: f64| 12.0 * yearly);
    for (found, told) in found.iter().zip(told) {
        assert!((found - told).abs() < 1e-9 * told, "{found} {told}");
    }
}

/// Two sites told by who visits them, a course that sells to these, both to be built, nothing to sell.
pub(super) const FLYWHEEL: &str = r#"
title    = "From nothing"
start    = "2027-01"
horizon  = "8 years"
currency = "USD"
run.seed = 4

[[asset]]
name           = "blog-a"
class          = "niche-content"
model          = "mechanism"
visits         = 6_000
niche          = 5
rpm            = 14
link_clicks    = "3 %"
orders         = "1 %"
order_value    = 60
commission     = "6 %"
tools          = "40/month"
owned_audience = "20 %"
platform       = "search-engine"
value          = 0
launch         = { cost = 600, time = "3 months" }

[[asset]]
name     = "blog-b"
class    = "niche-content"
model    = "mechanism"
visits   = 2_000
tools    = "20/month"
platform = "video-site"
value    = 0
launch   = { cost = 300, time = "3 months", after = "3 months", fails = "30 %" }

[[asset]]
name         = "course"
class        = "digital-product-flywheel"
model        = "mechanism"
audience     = ["blog-a", "blog-b"]
products     = 2
price        = 50
conversion   = "0.5 %"
platform_fee = "10 %"
reinvested   = "40 %"
build_cost   = "8 months"
build_time   = "2 months"
saturation   = 20
value        = 0
launch       = { cost = 400, time = "2 months", after = "6 months" }

[owner]
cash     = 4_000
spending = "200/month"

[goal]
autonomy = { by = "2031-01", hold = "12 months" }
"#;

#[test]
fn a_flywheel_from_nothing_with_its_sites_its_course_and_what_they_cost() {
    let scenario = valid_files(&[("mine.toml", FLYWHEEL)], &[]);
    let [blog, other, course] = scenario.assets.as_slice() else { panic!("three assets") };
    // nothing of it is there on day one
    assert!(scenario.assets.iter().all(|asset| asset.opening() == 0.0));
    assert!(scenario.has_obligations());
    // 84 of advertisements and 6.48 of links less 40 of tools, worth 2.9 years of it
    let income = 6_000.0 * (0.014 + 0.03 * 0.01 * 60.0 * 0.06) - 40.0;
    let value = |income: f64, multiple: f64| 12.0 * income * multiple;
    let is_near = |found: f64, told: f64| (found - told).abs() < 1e-9 * told;
    assert!(is_near(blog.keys.value.get(), value(income, 2.9)));
    assert_eq!(other.visits.map(|visits| visits.get()), Some(2_000.0));
    let income = 2.0 * 8_000.0 * 0.005 * 50.0 * 0.9;
    assert!(is_near(course.keys.value.get(), value(income, 2.5)));
    let audience: Vec<&str> = course.audience.iter().map(|site| site.text.as_str()).collect();
    assert_eq!(audience, ["blog-a", "blog-b"]);
    let launched = course.keys.launch.as_ref().expect("it is built").of(course.keys.value);
    assert_eq!((launched.begun, launched.stands(), launched.cost.get()), (7, 8, 400.0));
}

#[test]
fn a_canonical_document_keeps_who_visits_and_who_pays() {
    let paid = FLYWHEEL.replace("after = \"3 months\", fails", "from = \"course\", share = 0.3, fails");
    for (text, payer) in [(FLYWHEEL, None), (&paid, Some(("course", 0.3)))] {
        let first = valid_files(&[("mine.toml", text)], &[]);
        let again = valid_files(&[("mine.toml", &first.canonical_document())], &[]);
        assert_eq!(again.canonical_document(), first.canonical_document());
        assert_eq!(again.model_digest(), first.model_digest());
        let audience = again.assets[2].audience.iter().map(|one| one.text.as_str());
        assert!(audience.eq(["blog-a", "blog-b"]));
        assert_eq!(again.assets[1].paid_from(), payer);
    }
}

#[test]
fn what_no_visits_bring_is_said_with_its_place() {
    for (from, to, said) in [
        (
            "after = \"3 months\", fails",
            "from = \"curse\", share = \"30 %\", fails",
            "no asset is named `curse`",
        ),
        (
            "after = \"3 months\", fails",
            "from = \"blog-b\", share = \"30 %\", fails",
            "these assets pay for each other's launch",
        ),
        ("after = \"3 months\", fails", "from = \"course\", fails", "`from` needs `share`"),
        ("after = \"3 months\", fails", "share = \"30 %\", fails", "`share` needs `from`"),
        (
            "cost = 300, time = \"3 months\", after = \"3 months\"",
            "time = \"3 months\", from = \"course\", share = 0.3",
            "`from` and `share` need a `cost`",
        ),
        (
            "after = \"3 months\", fails",
            "after = \"3 months\", from = \"course\", share = 0.3, fails",
            "a launch that an income pays for has no date",
        ),
        (
            "value          = 0\nlaunch         = { cost = 600, time = \"3 months\" }",
            "launch         = { cost = 600, from = \"blog-b\", share = 1 }\npatron_price = \"5/month\"",
            "`patron_price` does not apply to this asset",
        ),
        (
            "rpm            = 14",
            "rpm            = 14\npatrons = \"0.1 %\"",
            "this class has no default `patron_price`",
        ),
        (
            "rpm            = 14",
            "deals = { rate = \"3/year\", size = 15 }\nbrand_deals = { rate = \"3/year\", size = 1 }",
            "`deals` and `brand_deals` exclude each other",
        ),
        (
            "conversion   = \"0.5 %\"",
            "deals = { rate = \"3/year\", size = 15 }",
            "`deals` does not apply to this asset",
        ),
        (
            "audience     = [\"blog-a\", \"blog-b\"]",
            "audience     = [\"blog-a\", \"blog-c\"]",
            "no asset is named `blog-c`",
        ),
        (
            "audience     = [\"blog-a\", \"blog-b\"]",
            "audience     = \"course\"",
            "these assets name each other as `audience`",
        ),
        ("visits   = 2_000", "income   = \"40/month\"", "`blog-b` does not state its number of visits"),
        (
            "tools          = \"40/month\"",
            "tools          = \"90/month\"",
            "the cost of `tools` exceeds the income from these visits",
        ),
        ("after = \"6 months\" }", "after = \"1 month\" }", "`course` starts before its audience"),
        ("price        = 50", "income       = \"50/month\"", "`conversion` does not apply to this asset"),
        ("rpm            = 14", "price          = 14", "`price` does not apply to this asset"),
        (
            "[owner]\ncash     = 4_000\nspending = \"200/month\"\n\n[goal]\nautonomy = { by = \"2031-01\", hold = \"12 months\" }",
            "",
            "a payment needs an account, but there is no [owner]",
        ),
    ] {
        let text = FLYWHEEL.replace(from, to);
        assert_ne!(text, FLYWHEEL, "{from}");
        let found = refused(&text);
        assert!(found.contains(said), "{to}: {found}");
    }
}
