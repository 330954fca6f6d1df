//! What is done against events: custody and insurance.

use super::*;
use crate::common::scenario;
use tailwheel::study::data_of;

#[test]
fn cold_storage_keeps_its_part_out_of_reach_and_costs_no_income() {
    let text = |custody: &str, opening: f64| {
        head("1 year", 1)
            + &asset("x", "tokenized-real-estate", opening, &paying(0.12))
            + &lost_key("at = \"2027-06\"", "\"50 %\"")
            + &format!(
                "[owner]\ncustody = {{ above = 1_000, multisig = false, {custody} }}\nsurplus = \"keep\"\n"
            )
            + NO_INFLATION
    };
    let rate = 1.12_f64.powf(1.0 / 12.0) - 1.0;
    // half of what is within reach is lost; it stays above the threshold
    for (custody, opening, reach) in
        [("cold_storage = true", 4_000.0, 0.5), ("cold_storage = true, cold_share = 0.2", 1_200.0, 0.8)]
    {
        let left = opening * (1.0 - 0.5 * reach);
        let income = rate * (6.0 * opening + 6.0 * left);
        Ran::of(&text(custody, opening)).is_on_every_path(WEALTH, left + income, 1e-12);
    }
}

#[test]
fn custody_stops_no_exploit() {
    let key = event("key", "custody-loss", "asset = [\"x\", \"y\"]\nrate = \"0.1/year\"\nseverity = \"1 %\"");
    let custody = "custody = { above = 0, multisig = true, cold_storage = true, cold_share = 1 }";
    for kind in ["contract-exploit", "protocol-exploit", "rug-pull"] {
        let hack = exploit("rate = \"0.08/year\"", "\"60 %\"").replace("contract-exploit", kind);
        let [bare, guarded] = ["", custody].map(|owner| {
            let text = head("10 years", 20_000)
                + &vault(0.1, 100_000.0)
                + &asset("y", "tokenized-real-estate", 100_000.0, &paying(0.12))
                + &hack.replace("\nreturn_chance = 0", "")
                + &key
                + &format!("[owner]\nsurplus = \"keep\"\n{owner}\n")
                + NO_INFLATION;
            let run = Ran::of(&text);
            [2, 3].map(|place| run.column(EVENT_STRIKES.of_object(place)).to_vec())
        });
        assert!(bare[0].iter().any(|n| *n > 0.0), "{kind}");
        assert_eq!(bare[0], guarded[0], "{kind}");
        // of the key, which comes after the exploit in the order of names, fewer strike
        assert_ne!(bare[1], guarded[1]);
    }
}

#[test]
fn keys_that_help_nothing_leave_cold_storage_as_it_is() {
    let lost = |if_guarded: f64| {
        let text = head("10 years", 4_096)
            + &asset("x", "tokenized-real-estate", 100_000.0, &paying(0.12))
            + &lost_key(&format!("rate = \"0.1/year\"\nif_guarded = {if_guarded}"), "\"50 %\"")
            + "[owner]\ncustody = { above = 0, multisig = false, cold_storage = true, cold_share = 1 }\n"
            + NO_INFLATION;
        Ran::of(&text).measure("event.key.loss.mean")
    };
    assert_eq!([lost(0.25), lost(0.999), lost(1.0)], [0.0; 3]);
}

/// An insured asset with a strike in June 2027.
fn insured(severity: &str, cover: &str, paths: u32) -> String {
    head("12 months", paths)
        + &vault(0.0, 100_000.0)
        + &exploit("at = \"2027-06\"", severity)
        + &format!(
            "[owner]\ncash = 50_000\nsurplus = \"keep\"\n\
             [[owner.cover]]\nasset = \"x\"\ncause = \"contract-exploit\"\n{cover}\n"
        )
        + NO_INFLATION
}

/// A cover that costs nothing, by an insurer that pays.
const FREE: &str = "limit = 40_000\npremium = 0\ninsurer_default = 0\n";

#[test]
fn a_cover_pays_what_it_says_when_it_says_so() {
    // half of 100,000 is lost; a payout is owed from June on: worth the same, spendable later
    for (keys, payout, premiums) in [
        (FREE.replace("premium = 0", "premium = \"3 %/year\"\nwaiting = \"3 months\""), 40_000.0, 1_200.0),
        (FREE.to_owned(), 40_000.0, 0.0),
        (FREE.replace("insurer_default = 0", "insurer_default = 1"), 0.0, 0.0),
        (format!("{FREE}cover = 0.5\ndeductible = 5_000"), 20_000.0, 0.0),
        (format!("{FREE}attachment = 0.6"), 0.0, 0.0),
        (format!("{FREE}waiting = \"12 months\""), 40_000.0, 0.0),
    ] {
        let run = Ran::of(&insured("\"50 %\"", &keys, 1));
        run.is_on_every_path(WEALTH, 100_000.0 + payout - premiums, 1e-12);
        assert_eq!(run.measure("cover.payouts.mean"), payout);
        close("premiums", run.measure("cause.premium.mean"), -premiums, 1e-12);
    }
}

#[test]
fn what_is_owed_by_an_insurer_pays_no_bill_before_it_is_there() {
    let text = insured("\"100 %\"", &format!("{FREE}waiting = \"3 months\""), 1)
        .replace("cash = 50_000", "cash = 6_500\nspending = \"1000/month\"");
    // July finds 500 and nothing to sell; the claim is lost with everything else
    for (waiting, ruin, wealth) in [("3 months", 7.0, 0.0), ("14 days", 0.0, 6_500.0 + 40_000.0 - 12_000.0)] {
        let run = Ran::of(&text.replace("3 months", waiting));
        run.is_on_every_path(RUIN_MONTH, ruin, 0.0);
        run.is_on_every_path(WEALTH, wealth, 1e-12);
    }
}

/// Whether an insurer pays is drawn: figures of few paths that agree by chance are not certain.
#[test]
fn what_an_insurer_decides_is_not_certain() {
    let of = |default: f64| {
        let keys = FREE.replace("default = 0", &format!("default = {default}"));
        let text = insured("\"100 %\"", &keys, 256);
        data_of(&scenario(&text), &Ran::of(&text).outcome).is_certain()
    };
    assert!(of(0.0) && !of(0.0005));
}
