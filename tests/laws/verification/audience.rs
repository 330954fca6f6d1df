//! Products that live on the visitors of sites: their income by hand, their chain of links.

use crate::common::{Ran, close, head, scenario};
use crate::estimate::{central_moment, holds, mean};
use crate::verification::{SAVER, is_replayed_and_conserved};
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

/// A site without chance, of which `keys` says the rest.
pub fn site(name: &str, keys: &str) -> String {
    format!(
        "[[asset]]\nname = \"{name}\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nmultiple = 0.25\nroi_law = \"point\"\n\
         volatility = 0\nniche = 1\nrenewed = 1\nupdates = \"0/year\"\nowned_audience = 0\nai_answers = 0\nvisits_log_sd = 0\n{keys}\n"
    )
}

/// Visits of `site` halve in so many months.
fn fading(site: &str, months: u32) -> String {
    site.replace("renewed = 1\n", &format!("renewed = 0\npage_half_life = \"{months} months\"\n"))
}

fn shop(name: &str, keys: &str) -> String {
    format!(
        "[[asset]]\nname = \"{name}\"\nclass = \"digital-product-flywheel\"\nmodel = \"mechanism\"\nmultiple = 0.25\n\
         roi_law = \"point\"\nvolatility = 0\nclosure = 0\nreinvested = 0\nproducts = 2\n{keys}\n"
    )
}

pub const ADS_ALONE: &str = "rpm = 10\nlink_clicks = 0\ntools = \"0/month\"";

#[test]
fn a_site_earns_of_its_visits_by_advertisements_links_and_patrons_less_its_tools() {
    let links = "link_clicks = \"3 %\"\norders = \"1 %\"\norder_value = 60\ncommission = \"6 %\"\ntools = \"50/month\"";
    let patrons = "link_clicks = 0\npatrons = \"0.1 %\"\npatron_price = \"5/month\"\nplatform_fee = \"10 %\"\n\
                   tools = \"0/month\"";
    // 140 of advertisements, and 10.80 of links or ten patrons at 4.50
    for (keys, earned, tools) in [(links, 150.8, 50.0), (patrons, 185.0, 0.0)] {
        let steady = site("blog", &format!("visits = 10_000\nrpm = 14\n{keys}"));
        // where visits fall by half in a year, the tools do not
        for (site, left) in [(fading(&steady, 12), 0.5_f64), (steady, 1.0)] {
            let run = Ran::of(&(head("12 months", 256) + &site + SAVER));
            let value = 3.0 * (earned * left - tools);
            run.is_on_every_path(ASSET_VALUE.of_object(0), value, 1e-9);
            let month = |month: i32| earned * left.powf(f64::from(month) / 12.0) - tools;
            let money: f64 = (0..12).map(month).sum();
            run.is_on_every_path(WEALTH, 1_000.0 + money + value, 1e-9);
        }
    }
}

#[test]
fn products_earn_of_those_who_come() {
    // one site that halves in six months, one that stays; 3 : 1 visits at the start
    let sites = fading(&site("fades", &format!("visits = 9_000\n{ADS_ALONE}")), 6)
        + &site("stays", &format!("visits = 3_000\n{ADS_ALONE}"));
    let keys =
        "audience = [\"fades\", \"stays\"]\nconversion = \"0.5 %\"\nprice = 40\nplatform_fee = \"25 %\"";
    // built before its sites by its name
    let text = head("12 months", 256) + &sites + &shop("a-shop", keys) + SAVER;
    let income = 2.0 * 12_000.0 * 0.005 * 40.0 * 0.75;
    let audience = |month: i32| 0.75 * 0.5_f64.powf(f64::from(month) / 6.0) + 0.25;
    let run = Ran::of(&text);
    let shop = 3.0 * income * audience(12);
    run.is_on_every_path(ASSET_VALUE.of_object(0), shop, 1e-9);
    let earned: f64 = (0..12).map(|month| (income + 120.0) * audience(month)).sum();
    let sites = 3.0 * 120.0 * audience(12);
    run.is_on_every_path(WEALTH, 1_000.0 + earned + shop + sites, 1e-9);
    is_replayed_and_conserved(&text);
    // power: without the link nothing moves
    let alone = Ran::of(&text.replace(keys, "income = \"3600/month\""));
    alone.is_on_every_path(ASSET_VALUE.of_object(0), 3.0 * income, 1e-9);
}

#[test]
fn a_launched_site_sends_nobody_before_it_stands_and_nobody_if_it_fails() {
    let blog = format!("visits = 1_000\n{ADS_ALONE}\nlaunch = {{ time = \"3 months\", fails = 0.5 }}");
    let keys = "audience = \"blog\"\nconversion = \"1 %\"\nprice = 10\nplatform_fee = 0\nlaunch = { time = \"3 months\", fails = 0 }";
    let text = head("12 months", 4_096) + &site("blog", &blog) + &shop("shop", keys) + SAVER;
    let run = Ran::of(&text);
    let [blog, shop] = [0, 1].map(|index| run.column(ASSET_VALUE.of_object(index)));
    let mut n = 0;
    for (blog, shop) in blog.iter().zip(shop) {
        let stands = *blog > 0.0;
        close("with the site", *shop, if stands { 3.0 * 200.0 } else { 0.0 }, 1e-12);
        n += u32::from(stands);
    }
    assert!((1_800..2_300).contains(&n), "{n}");
}

#[test]
fn brands_pay_a_site_by_who_sees_them() {
    // 4 deals a year of 30 for a thousand visits: 300 each, 100 a month, which are in the value from the start
    let deals = |rate: f64, size: f64, paths: u32| {
        let keys = format!("deals = {{ rate = \"{rate}/year\", size = {size}, log_sd = 0.8 }}");
        let site = site("blog", &format!("visits = 10_000\n{}\n{keys}", ADS_ALONE.replace("10", "14")));
        head("12 months", paths) + &site + SAVER
    };
    let run = Ran::of(&deals(4.0, 30.0, 200_000));
    run.is_on_every_path(ASSET_VALUE.of_object(0), 3.0 * 240.0, 1e-9);
    let off = Ran::of(&deals(4.0, 31.5, 200_000));
    let [found, off] = [&run, &off].map(|run| run.column(INCOME_TERMINAL));
    holds("a month", 240.0, mean(found), mean(off));
    // E X² = e^(s²) for a mean of 1; twelve months, of which the mean is taken
    let exact = 4.0 / 12.0 * 300.0_f64.powi(2) * 0.64_f64.exp() / 12.0;
    holds("its variance", exact, central_moment(found, 2), central_moment(off, 2));
    Ran::of(&deals(0.0, 30.0, 256)).is_on_every_path(WEALTH, 1_000.0 + 15.0 * 140.0, 1e-9);
    let few = deals(4.0, 30.0, 256);
    is_replayed_and_conserved(&few);
    let first = scenario(&few);
    assert_eq!(first.canonical_document(), scenario(&first.canonical_document()).canonical_document());
}
