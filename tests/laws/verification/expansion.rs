//! Businesses that are built with what others earn: their pot by hand, their month on every path, what they leave alone.

use crate::common::{Ran, asset, bits, close, column, head, outcome, scenario};
use crate::estimate::holds;
use tailwheel::engine::replay;
use tailwheel::plan::Plan;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};
use tailwheel::stage::Level;

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

fn at_end(text: &str, asset: u16) -> f64 {
    Ran::of(text).column(ASSET_VALUE.of_object(asset))[0]
}

#[test]
fn a_share_is_put_aside_until_the_cost_is_there_and_no_longer() {
    let launch =
        "launch = { cost = 1_000, time = \"2 months\", from = \"shop\", share = \"30 %\", fails = 0 }";
    let text = |months: u32| {
        head(&format!("{months} months"), 256) + &shop("blog", launch) + &shop("shop", "") + &keeper("")
    };
    // 90 a month and the last 10 in month 12, begun in month 13, worth 9,000 from the end of month 14, earning from month 15 on
    for (months, wealth, value, launched) in [
        (12, 13_600.0, 0.0, 0.0),
        (13, 12_900.0, 0.0, 0.0),
        (14, 22_200.0, 9_000.0, 1.0),
        (15, 22_800.0, 9_000.0, 1.0),
        (20, 25_800.0, 9_000.0, 1.0),
    ] {
        let run = Ran::of(&text(months));
        run.is_on_every_path(ASSET_VALUE.of_object(0), value, 1e-12);
        run.is_on_every_path(WEALTH, wealth, 1e-12);
        close("launched", run.measure("state.blog.launched.mean"), launched, 0.0);
    }
    // what is put aside is no income: 11 months of 210, one of 290
    Ran::of(&text(12)).is_on_every_path(INCOME_TERMINAL, (11.0 * 210.0 + 290.0) / 12.0, 1e-12);
    crate::verification::is_replayed_and_conserved(&text(20));
    // power: another share, another month
    let slower = text(14).replace("30 %", "27 %");
    assert_eq!(at_end(&slower, 0), 0.0);
}

#[test]
fn whoever_has_no_owner_expands_too() {
    let launch = "launch = { cost = 900, from = \"shop\", share = \"50 %\", fails = 0 }";
    let text = |months: u32| {
        head(&format!("{months} months"), 256) + &shop("blog", launch) + &shop("shop", "") + STILL
    };
    // 150 a month, begun in month 7, which it stands at the end of
    for (months, wealth) in [(6, 10_800.0), (7, 19_200.0), (9, 20_400.0)] {
        Ran::of(&text(months)).is_on_every_path(WEALTH, wealth, 1e-12);
    }
    crate::verification::is_replayed_and_conserved(&text(9));
}

#[test]
fn what_is_put_aside_pays_before_anything_is_sold_and_is_taxed_then() {
    let launch = "launch = { cost = 500, from = \"shop\", share = \"30 %\", fails = 0 }";
    let text = |months: u32, owner: &str| {
        head(&format!("{months} months"), 256)
            + &shop("blog", launch)
            + &shop("shop", "")
            + &keeper(owner).replace("cash = 1_000", "cash = 0")
    };
    // 210 come in and 250 go: 50 are left in the pot each month, so that it is begun in month 11 and nothing is ever sold
    for (months, launched) in [(10, 0.0), (11, 1.0)] {
        let run = Ran::of(&text(months, "spending = \"250/month\"\n"));
        close("launched", run.measure("state.blog.launched.mean"), launched, 0.0);
        run.is_on_every_path(ASSET_VALUE.of_object(1), 9_000.0, 1e-12);
        close("ruin", run.measure("ruin.probability"), 0.0, 0.0);
    }
    // a fifth of 210, not of 300; what the pot has paid in the months before is settled with the year
    let taxed = |months: u32, spending: &str| {
        let keys = format!("tax_rate = \"20 %\"\ntax = \"real-time\"\n{spending}");
        text(months, &keys)
    };
    Ran::of(&taxed(5, "")).is_on_every_path(WEALTH, 9_000.0 + 5.0 * (300.0 - 42.0), 1e-12);
    // 208 are spent of 168 that are left: 40 a month of the pot, 8 of tax on each, in the last month
    let drawn = Ran::of(&taxed(4, "spending = \"208/month\"\n"));
    let tax = 4.0 * 42.0 + 0.2 * 3.0 * 40.0;
    drawn.is_on_every_path(WEALTH, 9_000.0 + 4.0 * 300.0 - 4.0 * 208.0 - tax, 1e-12);
}

#[test]
fn who_is_ruined_loses_what_was_put_aside_and_builds_nothing() {
    let launch =
        "launch = { cost = 400, time = \"2 months\", from = \"shop\", share = \"100 %\", fails = 0 }";
    let text = head("12 months", 256)
        + &shop("blog", launch)
        + &shop("shop", "exit_haircut = 0")
        + &keeper("spending = \"20_000/month\"\n");
    let run = Ran::of(&text);
    run.is_on_every_path(WEALTH, 0.0, 0.0);
    close("launched", run.measure("state.blog.launched.mean"), 0.0, 0.0);
    crate::verification::is_replayed_and_conserved(&text);
}

/// Classes that can be built, told so that a thousand of chance are in them.
const KINDS: [(&str, &str); 5] = [
    ("niche-content", "niche = 4\nrenewed = 0.3\n"),
    ("synthetic-media-royalties", "works = 40\nreleases = \"30/year\"\nrelease_cost = 0.5\n"),
    ("micro-saas-fleet", "units = 20\naudit = \"3 h/week\"\nreseed_time = \"3 months\"\n"),
    (
        "micro-saas-fleet",
        "model = \"subscription\"\nsubscribers = 200\nchurn = \"5 %/month\"\narrivals_half_life = \"30 months\"\n",
    ),
    (
        "digital-product-flywheel",
        "roi = \"30 %\"\nproducts = 5\nreinvested = 0.4\nbuild_cost = \"4 months\"\nbuild_time = \"3 months\"\n",
    ),
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
        let (least, most) = (dated.iter().copied().fold(f64::MAX, f64::min), dated[3]);
        assert!(least == 0.0 && dated.iter().any(|one| *one != most), "{class}");
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
    let plan = Plan::compile(&scenario(&text(36)));
    let account = |path: &tailwheel::engine::Replay, name: &str| -> Vec<f64> {
        let is_it = |label: &tailwheel::stage::AccountLabel| label.object == name && label.cause.is_none();
        let number = path.accounts.iter().position(is_it).expect("an account");
        path.months.iter().map(|month| month.worlds[0].balances[number]).collect()
    };
    let mut months = Vec::new();
    for path in [0, 7, 300] {
        let long = replay(&plan, Level::detect(), path).expect("it is finite");
        let balances = account(&long, "put aside for shop");
        let last = balances.iter().position(|balance| (balance - 3_000.0).abs() < 1e-6);
        if let Some(full) = last {
            assert!(balances[full + 1..].iter().all(|balance| *balance == 0.0));
        }
        assert!(balances.windows(2).all(|pair| pair[1] >= pair[0] || pair[1] == 0.0));
        // not there before the end of the second month of building, and from then on for good
        let there = account(&long, "shop");
        let stands = last.map_or(37, |full| full + 2);
        assert!(there.iter().take(stands).all(|value| *value == 0.0));
        assert!(there.iter().skip(stands).all(|value| (value - 9_000.0).abs() < 1e-9));
        months.push(last);
        // a shorter run is the beginning of a longer one
        let short =
            replay(&Plan::compile(&scenario(&text(20))), Level::detect(), path).expect("it is finite");
        for month in 0..=20 {
            assert_eq!(short.months[month].worlds[0].balances, long.months[month].worlds[0].balances,);
        }
    }
    assert!(months.iter().any(|month| *month != months[0]), "{months:?}");
    crate::verification::is_replayed_and_conserved(&text(36));
}

#[test]
fn it_stands_on_as_many_paths_as_its_payer_does() {
    let found = |fails: f64| {
        let payer = format!("launch = {{ cost = 0, fails = {fails} }}");
        let text = head("12 months", 20_000)
            + &shop("payer", &payer)
            + &shop("second", "launch = { cost = 500, from = \"payer\", share = \"50 %\", fails = 0 }")
            + &keeper("");
        crate::verification::measured(&Ran::of(&text), "state.second.launched.mean")
    };
    holds("share that stands", 0.6, found(0.4), found(0.43));
}

#[test]
fn nobody_else_hears_of_it() {
    let others = asset("saas", "micro-saas-fleet", 9_000.0, "")
        + &asset("vault", "defi-yield-aggregator", 5_000.0, "");
    let text = |launch: &str| {
        head("36 months", 512) + &others + &shop("shop", "") + &shop("built", launch) + &keeper("")
    };
    let of = |text: &str| {
        let outcome = outcome(text);
        let all = bits(&outcome);
        let of = |number| all.iter().find(|(id, _)| *id == ASSET_VALUE.of_object(number)).cloned();
        [of(1), of(2), of(3)]
    };
    let without = of(&text("launch = { cost = 900, time = \"2 months\", fails = 0 }"));
    let with = of(&text(
        "launch = { cost = 900, time = \"2 months\", from = \"shop\", share = \"30 %\", fails = 0 }",
    ));
    assert!(without.iter().all(Option::is_some));
    assert_eq!(without, with);
}

#[test]
fn a_site_that_is_built_out_of_sales_brings_buyers_on_top() {
    let site = |name: &str, visits: u32, launch: &str| {
        format!(
            "[[asset]]\nname = \"{name}\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nmultiple = 3\nroi_law = \"point\"\n\
             volatility = 0\nniche = 1\nrenewed = 1\nupdates = \"0/year\"\nowned_audience = 0\nai_answers = 0\nvisits_log_sd = 0\n\
             visits = {visits}\nrpm = 10\nlink_clicks = 0\ntools = \"0/month\"\n{launch}\n"
        )
    };
    let launch =
        "launch = { cost = 200, time = \"1 month\", from = \"course\", share = \"50 %\", fails = 0 }";
    let course = shop(
        "course",
        "audience = [\"a\", \"b\"]\nconversion = \"0.5 %\"\nprice = 40\nplatform_fee = \"25 %\"",
    )
    .replace("income = \"300/month\"\n", "");
    let text = |months: u32| {
        head(&format!("{months} months"), 256)
            + &site("a", 1_000, "")
            + &site("b", 500, launch)
            + &course
            + &keeper("")
    };
    // 150 a month of 1,000 visits; begun in month 4, and from month 5 on 225 of 1,500
    let (before, after) = (150.0, 225.0);
    let value = |months: u32| at_end(&text(months), 2);
    close("course at first", value(3), 30.0 * before, 1e-12);
    close("course at the end", value(4), 30.0 * after, 1e-12);
    close("site", at_end(&text(4), 1), 36.0 * 5.0, 1e-12);
    let money = 1_000.0 + 4.0 * before + 2.0 * after - 200.0 + 6.0 * 10.0 + 2.0 * 5.0;
    let values = 30.0 * after + 36.0 * 15.0;
    Ran::of(&text(6)).is_on_every_path(WEALTH, money + values, 1e-12);
}
