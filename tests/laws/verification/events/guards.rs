//! What is done against events: custody and insurance.

use super::*;

#[test]
fn custody_acts_from_the_month_after_the_threshold_on() {
    // case C09: 30,000 grow by 20 % a year past 50,000; the rate is then a quarter
    let text = |above: f64| {
        head("10 years", 200_000)
            + &vault(0.2_f64.exp() - 1.0, 30_000.0)
            + &lost_key("rate = \"0.08/year\"\nif_guarded = 0.25", "\"1 %\"")
            + &format!("[owner]\ncustody = {{ above = {above}, multisig = true }}\nsurplus = \"keep\"\n")
            + NO_INFLATION
    };
    let spared =
        |above: f64| share(Ran::of(&text(above)).column(EVENT_STRIKES.of_object(1)), |count| count == 0.0);
    // strikes of one per cent move the month of the threshold a little: less than the error
    let found = spared(50_000.0);
    assert!((found.value - 0.701_173_44).abs() < 4.0 * found.std_error + 0.002, "{found:?}");
    assert!(spared(80_000.0).value < 0.66);
    assert!(spared(20_000.0).value > 0.80);
}

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
    // half of half is lost; it stays above the threshold
    let run = Ran::of(&text("cold_storage = true", 4_000.0));
    let income = rate * (6.0 * 4_000.0 + 6.0 * 3_000.0);
    run.is_on_every_path(WEALTH, 3_000.0 + income, 1e-12);
    let run = Ran::of(&text("cold_storage = true, cold_share = 0.2", 1_200.0));
    let left = 1_200.0 * (1.0 - 0.5 * 0.8);
    let income = rate * (6.0 * 1_200.0 + 6.0 * left);
    run.is_on_every_path(WEALTH, left + income, 1e-12);
}

#[test]
fn custody_stops_no_exploit() {
    for kind in ["contract-exploit", "protocol-exploit", "rug-pull"] {
        custody_does_not_stop(kind);
    }
}

fn custody_does_not_stop(kind: &str) {
    let text = |owner: &str, more: &str| {
        let hack = exploit("rate = \"0.08/year\"", "\"60 %\"");
        head("10 years", 20_000)
            + &vault(0.1, 100_000.0)
            + &asset("y", "tokenized-real-estate", 100_000.0, &paying(0.12))
            + &hack.replace("contract-exploit", kind).replace("\nreturn_chance = 0", "")
            + more
            + &format!("[owner]\nsurplus = \"keep\"\n{owner}\n")
            + NO_INFLATION
    };
    let key = "[[event]]\nname = \"key\"\nkind = \"custody-loss\"\nasset = [\"x\", \"y\"]\nrate = \"0.1/year\"\n\
               severity = \"1 %\"\n";
    let bare = Ran::of(&text("", key));
    let kept = "custody = { above = 0, multisig = true, cold_storage = true, cold_share = 1 }";
    let guarded = Ran::of(&text(kept, key));
    // of the key, which comes after the exploit in the order of names, fewer strike
    let strikes = |run: &Ran, place: u16| run.column(EVENT_STRIKES.of_object(place)).to_vec();
    let n_assets = 2;
    let (without, with) = (strikes(&bare, n_assets), strikes(&guarded, n_assets));
    assert!(without.iter().any(|n| *n > 0.0), "{kind}");
    assert_eq!(without, with, "{kind}");
    assert_ne!(strikes(&bare, n_assets + 1), strikes(&guarded, n_assets + 1));
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

#[test]
fn a_cover_pays_what_it_says_when_it_says_so() {
    let keys = "limit = 40_000\npremium = \"3 %/year\"\ninsurer_default = 0\nwaiting = \"3 months\"";
    let run = Ran::of(&insured("\"50 %\"", keys, 1));
    // half is lost; 40,000 of it are paid, 100 a month of premium
    run.is_on_every_path(WEALTH, 50_000.0 + 50_000.0 + 40_000.0 - 1_200.0, 1e-12);
    assert_eq!(run.measure("cover.payouts.mean"), 40_000.0);
    close("premiums", run.measure("cause.premium.mean"), -1_200.0, 1e-12);
    // it is owed from June on and there from September on: worth the same, spendable later
    for (keys, expected) in [
        ("limit = 40_000\npremium = 0\ninsurer_default = 0", 140_000.0),
        ("limit = 40_000\npremium = 0\ninsurer_default = 1", 100_000.0),
        ("limit = 40_000\npremium = 0\ninsurer_default = 0\ncover = 0.5\ndeductible = 5_000", 120_000.0),
        ("limit = 40_000\npremium = 0\ninsurer_default = 0\nattachment = 0.6", 100_000.0),
        ("limit = 40_000\npremium = 0\ninsurer_default = 0\nwaiting = \"12 months\"", 140_000.0),
    ] {
        Ran::of(&insured("\"50 %\"", keys, 1)).is_on_every_path(WEALTH, expected, 1e-12);
    }
}

#[test]
fn what_is_owed_by_an_insurer_pays_no_bill_before_it_is_there() {
    let keys = "limit = 40_000\npremium = 0\ninsurer_default = 0\nwaiting = \"3 months\"";
    let text =
        insured("\"100 %\"", keys, 1).replace("cash = 50_000", "cash = 6_500\nspending = \"1000/month\"");
    // July finds 500 and nothing to sell; the claim is lost with everything else
    let run = Ran::of(&text);
    run.is_on_every_path(RUIN_MONTH, 7.0, 0.0);
    run.is_on_every_path(WEALTH, 0.0, 0.0);
    let run = Ran::of(&text.replace("3 months", "14 days"));
    run.is_on_every_path(RUIN_MONTH, 0.0, 0.0);
    run.is_on_every_path(WEALTH, 6_500.0 + 40_000.0 - 12_000.0, 1e-12);
}

#[test]
fn a_payout_has_the_mean_of_its_law_and_insurers_default_as_often_as_they_do() {
    // case C10: V = 100,000, cover .8, deductible 5,000, limit 40,000, Beta(2, 3), 10 % of insurers default
    let keys = |default: f64| {
        format!(
            "limit = 40_000\npremium = 0\ncover = 0.8\ndeductible = 5_000\nattachment = 0\n\
             insurer_default = {default}"
        )
    };
    let payout = |default: f64| {
        let run = Ran::of(&insured("{ alpha = 2, beta = 3 }", &keys(default), 100_000));
        crate::verification::measured(&run, "cover.payouts.mean")
    };
    holds("payout", 0.9 * 24_875.122, payout(0.1), payout(0.13));
}

/// Whether an insurer pays is drawn: figures of few paths that agree by chance are not certain.
#[test]
fn what_an_insurer_decides_is_not_certain() {
    let of = |default: f64| {
        let text = head("3 years", 256)
            + &vault(0.12, 1_000.0)
            + &exploit("at = \"2028-07\"", "\"100 %\"")
            + &format!(
                "[owner]\ncash = 1_000\n[[owner.cover]]\nasset = \"x\"\ncause = \"hack\"\nlimit = 500\npremium = 0\ninsurer_default = {default}\n"
            )
            + NO_INFLATION;
        let outcome = Ran::of(&text).outcome;
        data_of(&scenario(&text), &outcome).is_certain()
    };
    assert!(of(0.0) && !of(0.0005));
}
