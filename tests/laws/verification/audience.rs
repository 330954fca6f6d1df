//! Products that live on the visitors of sites: their income by hand, their chain of links.

use crate::common::{Ran, close, head, scenario};
use crate::estimate::{central_moment, holds, mean};
use crate::verification::SAVER;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// A site without chance, of which `keys` says the rest.
fn site(name: &str, keys: &str) -> String {
    format!(
        "[[asset]]\nname = \"{name}\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nmultiple = 0.25\nroi_law = \"point\"\n\
         volatility = 0\nniche = 1\nrenewed = 1\nupdates = \"0/year\"\nowned_audience = 0\nai_answers = 0\nvisits_log_sd = 0\n{keys}\n"
    )
}

fn shop(name: &str, keys: &str) -> String {
    format!(
        "[[asset]]\nname = \"{name}\"\nclass = \"digital-product-flywheel\"\nmodel = \"mechanism\"\nmultiple = 0.25\n\
         roi_law = \"point\"\nvolatility = 0\nclosure = 0\nreinvested = 0\nproducts = 2\n{keys}\n"
    )
}

#[test]
fn a_site_earns_by_advertisements_and_links_less_its_tools() {
    let keys = "visits = 10_000\nrpm = 14\nlink_clicks = \"3 %\"\norders = \"1 %\"\norder_value = 60\n\
                commission = \"6 %\"\ntools = \"50/month\"";
    let text = head("12 months", 256) + &site("blog", keys) + SAVER;
    // 140 of advertisements, 10.80 of links, less 50
    let income = 140.0 + 10.8 - 50.0;
    let run = Ran::of(&text);
    run.is_on_every_path(ASSET_VALUE.of_object(0), 3.0 * income, 1e-9);
    run.is_on_every_path(WEALTH, 1_000.0 + 15.0 * income, 1e-9);
    // where visits fall by a fifth, the tools do not
    let fading = text.replace("renewed = 1\n", "renewed = 0\npage_half_life = \"12 months\"\n");
    let visits = |month: i32| 0.5_f64.powf(f64::from(month) / 12.0);
    let money: f64 = (0..12).map(|month| 150.8 * visits(month) - 50.0).sum();
    let value = 3.0 * (150.8 * 0.5 - 50.0);
    Ran::of(&fading).is_on_every_path(WEALTH, 1_000.0 + money + value, 1e-9);
}

#[test]
fn products_earn_of_those_who_come() {
    // one site that halves in six months, one that stays; 3 : 1 visits at the start
    let sites = site("fades", "visits = 9_000\nrpm = 10\nlink_clicks = 0\ntools = \"0/month\"")
        .replace("renewed = 1\n", "renewed = 0\npage_half_life = \"6 months\"\n")
        + &site("stays", "visits = 3_000\nrpm = 10\nlink_clicks = 0\ntools = \"0/month\"");
    let keys =
        "audience = [\"fades\", \"stays\"]\nconversion = \"0.5 %\"\nprice = 40\nplatform_fee = \"25 %\"";
    // built before its sites by its name
    let text = head("12 months", 256) + &sites + &shop("a-shop", keys) + SAVER;
    let income = 2.0 * 12_000.0 * 0.005 * 40.0 * 0.75;
    let audience = |month: i32| 0.75 * 0.5_f64.powf(f64::from(month) / 6.0) + 0.25;
    let run = Ran::of(&text);
    let shop = 3.0 * income * audience(12);
    run.is_on_every_path(ASSET_VALUE.of_object(0), shop, 1e-9);
    let sold: f64 = (0..12).map(|month| income * audience(month)).sum();
    let read: f64 = (0..12).map(|month| 120.0 * audience(month)).sum();
    let sites = 3.0 * 120.0 * audience(12);
    run.is_on_every_path(WEALTH, 1_000.0 + sold + read + shop + sites, 1e-9);
    crate::verification::is_replayed_and_conserved(&text);
    // power: without the link nothing moves
    let alone = text.replace(keys, "income = \"360/month\"");
    close("as much at first", income, 3_600.0, 1e-12);
    assert!(Ran::of(&alone).column(ASSET_VALUE.of_object(0))[0] != shop);
}

#[test]
fn a_launched_site_sends_nobody_before_it_stands_and_nobody_if_it_fails() {
    let blog = site(
        "blog",
        "visits = 1_000\nrpm = 10\nlink_clicks = 0\ntools = \"0/month\"\nlaunch = { time = \"3 months\", fails = 0.5 }",
    );
    let keys = "audience = \"blog\"\nconversion = \"1 %\"\nprice = 10\nplatform_fee = 0\nlaunch = { time = \"3 months\", fails = 0 }";
    let text = head("12 months", 4_096) + &blog + &shop("shop", keys) + SAVER;
    let run = Ran::of(&text);
    let [blog, shop] = [0, 1].map(|index| run.column(ASSET_VALUE.of_object(index)));
    let pairs: Vec<bool> = blog
        .iter()
        .zip(shop)
        .map(|(blog, shop)| (*blog > 0.0, *shop))
        .map(|(stands, shop)| {
            close("with the site", shop, if stands { 3.0 * 200.0 } else { 0.0 }, 1e-12);
            stands
        })
        .collect();
    let n = pairs.iter().filter(|stands| **stands).count();
    assert!((1_800..2_300).contains(&n), "{n}");
}

#[test]
fn readers_pay_a_site_over_a_platform_and_brands_by_who_sees_them() {
    let keys = "visits = 10_000\nrpm = 14\nlink_clicks = 0\npatrons = \"0.1 %\"\npatron_price = \"5/month\"\n\
                platform_fee = \"10 %\"\ntools = \"0/month\"";
    let text = head("12 months", 256) + &site("blog", keys) + SAVER;
    // 140 of advertisements, ten patrons at 4.50
    let income = 140.0 + 45.0;
    let run = Ran::of(&text);
    run.is_on_every_path(ASSET_VALUE.of_object(0), 3.0 * income, 1e-9);
    run.is_on_every_path(WEALTH, 1_000.0 + 15.0 * income, 1e-9);

    // 4 deals a year of 30 for a thousand visits: 300 each, 100 a month, which are in the value from the start
    let deals = |rate: f64, size: f64| {
        let keys = format!(
            "visits = 10_000\nrpm = 14\nlink_clicks = 0\ntools = \"0/month\"\n\
             deals = {{ rate = \"{rate}/year\", size = {size}, log_sd = 0.8 }}"
        );
        head("12 months", 200_000) + &site("blog", &keys) + SAVER
    };
    let income = |text: &str| Ran::of(text).column(INCOME_TERMINAL).to_vec();
    let found = Ran::of(&deals(4.0, 30.0));
    found.is_on_every_path(ASSET_VALUE.of_object(0), 3.0 * 240.0, 1e-9);
    let found = found.column(INCOME_TERMINAL).to_vec();
    holds("a month", 240.0, mean(&found), mean(&income(&deals(4.0, 31.5))));
    // E X² = e^(s²) for a mean of 1; twelve months, of which the mean is taken
    let exact = 4.0 / 12.0 * 300.0_f64.powi(2) * 0.64_f64.exp() / 12.0;
    holds("its variance", exact, central_moment(&found, 2), central_moment(&income(&deals(4.0, 31.5)), 2));
    // no deals are none, and what an event or nobody takes is the same as ever
    let none = deals(0.0, 30.0).replace("200_000", "256").replace("paths = 200000", "paths = 256");
    Ran::of(&none).is_on_every_path(WEALTH, 1_000.0 + 15.0 * 140.0, 1e-9);
    let few = deals(4.0, 30.0).replace("paths = 200000", "paths = 256");
    crate::verification::is_replayed_and_conserved(&few);
    let first = scenario(&few);
    assert_eq!(first.canonical_document(), scenario(&first.canonical_document()).canonical_document());
}

#[test]
fn patrons_and_deals_fall_with_those_who_read() {
    let keys = "visits = 10_000\nrpm = 0\nlink_clicks = 0\npatrons = \"0.1 %\"\npatron_price = \"5/month\"\n\
                platform_fee = 0\ntools = \"0/month\"";
    let fading = site("blog", keys).replace("renewed = 1\n", "renewed = 0\npage_half_life = \"12 months\"\n");
    let text = head("13 months", 256) + &fading + SAVER;
    let paid: f64 = (0..13).map(|month| 50.0 * 0.5_f64.powf(f64::from(month) / 12.0)).sum();
    let value = 3.0 * 50.0 * 0.5_f64.powf(13.0 / 12.0);
    Ran::of(&text).is_on_every_path(WEALTH, 1_000.0 + paid + value, 1e-9);
}
