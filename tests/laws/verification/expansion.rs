//! Businesses that are built with what others earn: their pot by hand, their month on every path, what they leave alone.

use crate::common::{Ran, asset, close, column, head, outcome};
use crate::estimate::holds;
use crate::verification::audience::{ADS_ALONE, site};
use crate::verification::{balance, is_replayed_and_conserved, measured, replayed};
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

const STILL: &str = "[economy]\ncash_rate = 0\ninflation.fixed = 0\n";

/// 1,000 in an account, and nothing done with it.
fn keeper(keys: &str) -> String {
    format!("[owner]\ncash = 1_000\nsurplus = \"keep\"\n{keys}{STILL}")
}

/// A product that pays 300 a month for ever, worth 9,000.
fn shop(name: &str, keys: &str) -> String {
    format!(
        "[[asset]]\nname = \"{name}\"\nclass = \"digital-product-flywheel\"\nmodel = \"mechanism\"\nincome = \"300/month\"\n\
         multiple = 2.5\nroi_law = \"point\"\nvolatility = 0\nproducts = 1\nclosure = 0\nreinvested = 0\n{keys}\n"
    )
}

/// A blog that is built so out of the income of a shop.
fn blog(months: u32, launch: &str, owner: &str) -> String {
    let launch = format!("launch = {{ from = \"shop\", fails = 0, {launch} }}");
    head(&format!("{months} months"), 256)
        + &shop("blog", &launch)
        + &shop("shop", "exit_haircut = 0")
        + owner
}

fn at_end(text: &str, asset: u16) -> f64 {
    Ran::of(text).column(ASSET_VALUE.of_object(asset))[0]
}

#[test]
fn a_share_is_put_aside_until_the_cost_is_there_and_no_longer() {
    let text = |months| blog(months, "cost = 1_000, time = \"2 months\", share = \"30 %\"", &keeper(""));
    // 90 a month and the last 10 in month 12, begun in month 13, worth 9,000 from the end of month 14, earning from month 15 on
    for (months, wealth, value) in [
        (12, 13_600.0, 0.0),
        (13, 12_900.0, 0.0),
        (14, 22_200.0, 9_000.0),
        (15, 22_800.0, 9_000.0),
        (20, 25_800.0, 9_000.0),
    ] {
        let run = Ran::of(&text(months));
        run.is_on_every_path(ASSET_VALUE.of_object(0), value, 1e-12);
        run.is_on_every_path(WEALTH, wealth, 1e-12);
        close("launched", run.measure("state.blog.launched.mean"), value / 9_000.0, 0.0);
    }
    // what is put aside is no income: 11 months of 210, one of 290
    Ran::of(&text(12)).is_on_every_path(INCOME_TERMINAL, (11.0 * 210.0 + 290.0) / 12.0, 1e-12);
    is_replayed_and_conserved(&text(20));
    // power: another share, another month
    assert_eq!(at_end(&text(14).replace("30 %", "27 %"), 0), 0.0);
}

#[test]
fn whoever_has_no_owner_expands_too() {
    let text = |months| blog(months, "cost = 900, share = \"50 %\"", STILL);
    // 150 a month, begun in month 7, which it stands at the end of
    for (months, wealth) in [(6, 10_800.0), (7, 19_200.0), (9, 20_400.0)] {
        Ran::of(&text(months)).is_on_every_path(WEALTH, wealth, 1e-12);
    }
    is_replayed_and_conserved(&text(9));
}

#[test]
fn what_is_put_aside_pays_before_anything_is_sold_and_is_taxed_then() {
    let run = |months, owner: &str| {
        let owner = keeper(owner).replace("cash = 1_000", "cash = 0");
        Ran::of(&blog(months, "cost = 500, share = \"30 %\"", &owner))
    };
    // 210 come in and 250 go: 50 are left in the pot each month, so that it is begun in month 11 and nothing is ever sold
    for (months, launched) in [(10, 0.0), (11, 1.0)] {
        let run = run(months, "spending = \"250/month\"\n");
        close("launched", run.measure("state.blog.launched.mean"), launched, 0.0);
        run.is_on_every_path(ASSET_VALUE.of_object(1), 9_000.0, 1e-12);
        close("ruin", run.measure("ruin.probability"), 0.0, 0.0);
    }
    // a fifth of 210, not of 300; what the pot has paid in the months before is settled with the year
    let taxed = |months, spending| {
        run(months, &format!("tax_rate = \"20 %\"\ntax = \"real-time\"\nspending = \"{spending}/month\"\n"))
    };
    taxed(5, 0).is_on_every_path(WEALTH, 9_000.0 + 5.0 * (300.0 - 42.0), 1e-12);
    // 208 are spent of 168 that are left: 40 a month of the pot, 8 of tax on each, in the last month
    let tax = 4.0 * 42.0 + 0.2 * 3.0 * 40.0;
    taxed(4, 208).is_on_every_path(WEALTH, 9_000.0 + 4.0 * 300.0 - 4.0 * 208.0 - tax, 1e-12);
}

#[test]
fn who_is_ruined_loses_what_was_put_aside_and_builds_nothing() {
    let owner = keeper("spending = \"20_000/month\"\n");
    let text = blog(12, "cost = 400, time = \"2 months\", share = \"100 %\"", &owner);
    let run = Ran::of(&text);
    run.is_on_every_path(WEALTH, 0.0, 0.0);
    close("launched", run.measure("state.blog.launched.mean"), 0.0, 0.0);
    is_replayed_and_conserved(&text);
}

/// Classes that can be built, told so that a thousand of chance are in them.
const KINDS: [(&str, &str); 5] = [
    ("niche-content", "niche = 4\nrenewed = 0.3\n"),
    ("synthetic-media-royalties", "works = 40\nreleases = \"30/year\"\nrelease_cost = 0.5\n"),
    ("micro-saas-fleet", "units = 20\naudit = \"3 h/week\"\nreseed_time = \"3 months\"\n"),
    ("micro-saas-fleet", "model = \"subscription\"\nsubscribers = 200\nchurn = \"5 %/month\"\n"),
    ("digital-product-flywheel", "roi = 0.3\nproducts = 5\nreinvested = 0.4\nbuild_cost = \"4 months\"\n"),
];

/// Path by path, an asset of this class that is launched so, beside a shop that pays 300 a month.
fn launched(class: &str, keys: &str, launch: &str) -> Vec<f64> {
    let model = if keys.starts_with("model") { "" } else { "model = \"mechanism\"\n" };
    let keys = format!("{model}{keys}launch = {{ cost = 900, time = \"2 months\", fails = 0.3, {launch} }}");
    let text =
        head("60 months", 512) + &asset("built", class, 20_000.0, &keys) + &shop("shop", "") + &keeper("");
    column(&outcome(&text), ASSET_VALUE.of_object(0)).to_vec()
}

#[test]
fn what_is_paid_out_of_an_income_is_what_the_same_launch_at_that_date_would_be() {
    for (class, keys) in KINDS {
        let dated = launched(class, keys, "after = \"10 months\"");
        let paid = launched(class, keys, "from = \"shop\", share = \"30 %\"");
        assert_eq!(dated, paid, "{class}");
        assert!(dated.contains(&0.0) && dated.iter().any(|one| *one != dated[3]), "{class}");
        // power: a month earlier it is another
        assert_ne!(launched(class, keys, "from = \"shop\", share = \"36 %\""), dated, "{class}");
    }
}

#[test]
fn every_path_begins_when_its_own_pot_is_full() {
    // a fleet whose units close: the income of every path is its own
    let fleet = "model = \"mechanism\"\nunits = 12\nshutdown = \"60 %/year\"\naudit = 0\nunit_income_log_sd = 1\nunit_size_log_sd = 0\n";
    let launch =
        "launch = { cost = 3_000, time = \"2 months\", from = \"fleet\", share = \"40 %\", fails = 0 }";
    let text = |months: u32| {
        head(&format!("{months} months"), 512)
            + &asset("fleet", "micro-saas-fleet", 30_000.0, fleet)
            + &shop("shop", launch)
            + &keeper("")
    };
    let last_months = [0, 7, 300].map(|number| {
        let long = replayed(&text(36), number);
        let account = |name: &str| (0..=36).map(|month| balance(&long, month, name)).collect::<Vec<f64>>();
        let pot = account("put aside for shop");
        let last = pot.iter().position(|balance| (balance - 3_000.0).abs() < 1e-6);
        if let Some(full) = last {
            assert!(pot[full + 1..].iter().all(|balance| *balance == 0.0));
        }
        assert!(pot.windows(2).all(|pair| pair[1] >= pair[0] || pair[1] == 0.0));
        // not there before the end of the second month of building, and from then on for good
        let shop = account("shop");
        let (before, after) = shop.split_at(last.map_or(37, |full| 37.min(full + 2)));
        assert!(before.iter().all(|value| *value == 0.0));
        assert!(after.iter().all(|value| (value - 9_000.0).abs() < 1e-9));
        // a shorter run is the beginning of a longer one
        let short = replayed(&text(20), number);
        for month in 0..=20 {
            assert_eq!(short.months[month].worlds[0].balances, long.months[month].worlds[0].balances);
        }
        last
    });
    assert!(last_months.iter().any(|month| *month != last_months[0]), "{last_months:?}");
    is_replayed_and_conserved(&text(36));
}

#[test]
fn it_stands_on_as_many_paths_as_its_payer_does() {
    let found = |fails: f64| {
        let payer = format!("launch = {{ cost = 0, fails = {fails} }}");
        let text = head("12 months", 20_000)
            + &shop("payer", &payer)
            + &shop("second", "launch = { cost = 500, from = \"payer\", share = \"50 %\", fails = 0 }")
            + &keeper("");
        measured(&Ran::of(&text), "state.second.launched.mean")
    };
    holds("share that stands", 0.6, found(0.4), found(0.43));
}

#[test]
fn nobody_else_hears_of_it() {
    let others = asset("saas", "micro-saas-fleet", 9_000.0, "")
        + &asset("vault", "defi-yield-aggregator", 5_000.0, "");
    let values = |from: &str| {
        let launch = format!("launch = {{ cost = 900, time = \"2 months\", fails = 0{from} }}");
        let text =
            head("36 months", 512) + &others + &shop("shop", "") + &shop("built", &launch) + &keeper("");
        let run = outcome(&text);
        [1, 2, 3].map(|number| column(&run, ASSET_VALUE.of_object(number)).to_vec())
    };
    assert_eq!(values(""), values(", from = \"shop\", share = \"30 %\""));
}

#[test]
fn a_site_that_is_built_out_of_sales_brings_buyers_on_top() {
    let launch =
        "launch = { cost = 200, time = \"1 month\", from = \"course\", share = \"50 %\", fails = 0 }";
    let course = shop(
        "course",
        "audience = [\"a\", \"b\"]\nconversion = \"0.5 %\"\nprice = 40\nplatform_fee = \"25 %\"",
    )
    .replace("income = \"300/month\"\n", "");
    let text = |months: u32| {
        head(&format!("{months} months"), 256)
            + &site("a", &format!("visits = 1_000\n{ADS_ALONE}"))
            + &site("b", &format!("visits = 500\n{ADS_ALONE}\n{launch}"))
            + &course
            + &keeper("")
    };
    // 150 a month of 1,000 visits; begun in month 4, and from month 5 on 225 of 1,500
    let (before, after) = (150.0, 225.0);
    close("course at first", at_end(&text(3), 2), 30.0 * before, 1e-12);
    close("course at the end", at_end(&text(4), 2), 30.0 * after, 1e-12);
    close("site", at_end(&text(4), 1), 3.0 * 5.0, 1e-12);
    let money = 1_000.0 + 4.0 * before + 2.0 * after - 200.0 + 6.0 * 10.0 + 2.0 * 5.0;
    let values = 30.0 * after + 3.0 * 15.0;
    Ran::of(&text(6)).is_on_every_path(WEALTH, money + values, 1e-12);
}
