//! What two parts of the model do to each other.

use crate::common::{Ran, head};

/// A site with so many visits, and a shop that lives on them and is named before it.
fn site_and_shop(site: &str, shop: &str) -> String {
    format!(
        "[[asset]]\nname = \"zblog\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nvisits = 9000\n{site}\n\
         [[asset]]\nname = \"app\"\nclass = \"digital-product-flywheel\"\nmodel = \"mechanism\"\naudience = [\"zblog\"]\n\
         products = 1\nreinvested = 0\nclosure = 0\neffort = \"0/month\"\nvolatility = 0\n{shop}\n\
         [owner]\ncash = 4_000\nsurplus = \"keep\"\n"
    )
}

#[test]
fn hours_are_those_of_the_asset_that_asks_for_them() {
    let text = head("2 years", 512)
        + &site_and_shop("hours = \"1 h/month\"", "hours = \"20 h/month\"")
        + "hours = \"40 h/week\"\n";
    let run = Ran::of(&text);
    let of = |name: &str| run.measure(&format!("asset.{name}.hours.week.mean"));
    let weeks = 365.25 / 12.0 / 7.0;
    assert!((of("app") - 20.0 / weeks).abs() < 1e-9, "{}", of("app"));
    assert!(of("zblog") <= 1.0 / weeks + 1e-9, "{}", of("zblog"));
}

#[test]
fn a_site_that_others_live_on_is_not_given_up() {
    let site = "rpm = 10\nlink_clicks = 0\ntools = \"80/month\"\nrenewed = 0.5";
    let visits = |text: &str| Ran::of(text).measure("state.zblog.visits.p50");
    let both = head("3 years", 1_024) + &site_and_shop(site, "");
    assert!(visits(&both) > 0.2, "{}", visits(&both));
    let (alone, _) = both.split_once("[[asset]]\nname = \"app\"").expect("two assets");
    let alone = format!("{alone}[owner]\ncash = 4_000\nsurplus = \"keep\"\n");
    assert_eq!(visits(&alone), 0.0);
}

#[test]
fn what_is_not_launched_yet_is_not_struck() {
    let launched = |at: &str| {
        let text = head("4 years", 1_024)
            + "[[asset]]\nname = \"blog\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nincome = \"300/month\"\n\
               platform = \"p\"\nlaunch = { cost = 0, time = \"12 months\", fails = 0 }\n"
            + at
            + "[owner]\ncash = 4_000\nsurplus = \"keep\"\n";
        Ran::of(&text).measure("income.terminal.mean")
    };
    let ban = |at: &str| {
        format!(
            "[[event]]\nname = \"ban\"\nkind = \"algorithm-update\"\nat = \"{at}\"\nasset = [\"blog\"]\nseverity = 0.9\n\
             recovery = \"1200 months\"\n"
        )
    };
    let never = launched("");
    assert_eq!(launched(&ban("2027-03")), never);
    assert!(launched(&ban("2028-03")) < 0.5 * never);
}

#[test]
fn a_target_follows_the_mix_and_not_the_currency_it_is_in() {
    let mix = |currency: &str| {
        let text = head("10 years", 1_024)
            + currency
            + "[[asset]]\nname = \"mix\"\nclass = \"ai-managed-portfolio\"\nmodel = \"mechanism\"\nvalue = 100_000\n\
               roi = \"14-22 %\"\nvolatility = \"15 %/year\"\nvolatility_target = \"6 %/year\"\n"
            + if currency.is_empty() { "" } else { "currency = \"EUR\"\n" };
        Ran::of(&text).measure("state.mix.invested.p50")
    };
    let (home, abroad) = (mix(""), mix("[[fx]]\npair = \"EUR/USD\"\nvolatility = \"30 %/year\"\n"));
    assert!((home - abroad).abs() < 1e-9, "{home} {abroad}");
}
