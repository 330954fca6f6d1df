//! A law that changes: by hand, and against exact chances.

use crate::common::{Ran, close, head};
use crate::estimate::mean;
use crate::verification::texts::{keeps, payer};
use tailwheel::record::{EVENT_LOSS, EVENT_STRIKES, WEALTH};

/// 100,000 that pay 1,000 a month to an owner with `keys`.
fn pays(months: u32, paths: u32, keys: &str) -> String {
    head(&format!("{months} months"), paths) + &payer() + &keeps(keys)
}

fn reform(keys: &str) -> String {
    format!("[[event]]\nname = \"reform\"\nkind = \"tax-change\"\n{keys}\n")
}

#[test]
fn rates_are_higher_from_the_next_tax_year_on() {
    for tax in ["annual", "real-time"] {
        // struck in month 5: years 2 and 3, and half a year
        let keys = format!("tax_rate = \"20 %\"\ntax = \"{tax}\"\ncompliance_cost = \"1200/year\"");
        let text = |points: &str| {
            pays(42, 256, &keys) + &reform(&format!("at = \"2027-05\"\npoints = \"{points} %\"\nspread = 0"))
        };
        let run = Ran::of(&text("5"));
        let (first, rest) = (12.0 * 900.0, 30.0 * 900.0);
        run.is_on_every_path(WEALTH, 100_000.0 + 0.8 * first + 0.75 * rest, 1e-12);
        run.is_on_every_path(EVENT_LOSS.of_object(1), 0.05 * rest, 1e-9);
        run.is_on_every_path(EVENT_STRIKES.of_object(1), 1.0, 0.0);
        close("net", run.measure("income.terminal.mean"), 0.75 * 900.0, 1e-12);
        // no rate is above 1
        let run = Ran::of(&text("90"));
        run.is_on_every_path(WEALTH, 100_000.0 + 0.8 * first, 1e-12);
        run.is_on_every_path(EVENT_LOSS.of_object(1), 0.8 * rest, 1e-9);
    }
    // announced too late for any tax year, or where every rate is 100 % already
    for (rate, at) in [("20 %", "2030-06"), ("100 %", "2027-05")] {
        let keys = format!("tax_rate = \"{rate}\"");
        let late = format!("at = \"{at}\"\npoints = \"5 %\"\nspread = 0");
        let run = Ran::of(&(pays(42, 256, &keys) + &reform(&late)));
        run.is_on_every_path(EVENT_LOSS.of_object(1), 0.0, 0.0);
        run.is_on_every_path(EVENT_STRIKES.of_object(1), 1.0, 0.0);
    }
    // brackets rise all together, and gains with them; where nothing was taken something is
    let brackets = "tax_rate = [{ above = 6_000, rate = \"10 %\" }]";
    for (keys, before) in [(brackets, 600.0), ("tax_rate = 0", 0.0), ("", 0.0)] {
        let text = pays(24, 256, keys) + &reform("at = \"2027-05\"\npoints = \"5 %\"\nspread = 0");
        let left = 24_000.0 - 2.0 * before - 0.05 * 12_000.0;
        Ran::of(&text).is_on_every_path(WEALTH, 100_000.0 + left, 1e-12);
    }
}

#[test]
fn who_moves_leaves_a_rise_behind() {
    let keys = "residence = [{ in = \"estonia\", tax_rate = 0.2, compliance_cost = 0 }, { in = \"uae\", from = \"2028-07\", \
                tax_rate = 0.1, compliance_cost = 0, income_at_least = 0 }]";
    let left = |rise: f64| 100_000.0 + 12_000.0 * 0.8 + 6_000.0 * (0.8 - rise) + 18_000.0 * 0.9;
    for (at, exact) in [
        ("2027-05", left(0.05)),
        // in the last month there it never comes into force
        ("2028-06", left(0.0)),
        // at home in the new place
        ("2028-08", left(0.0) - 0.05 * 12_000.0),
    ] {
        let rise = reform(&format!("at = \"{at}\"\npoints = \"5 %\"\nspread = 0"));
        Ran::of(&(pays(36, 256, keys) + &rise)).is_on_every_path(WEALTH, exact, 1e-12);
    }
}

#[test]
fn laws_change_so_often() {
    let chance = |rate: f64| 1.0 - (-rate / 12.0_f64).exp();
    for keys in ["tax_rate = 0.1", "residence = \"singapore\"\ntax_rate = 0.1"] {
        let text = pays(60, 20_000, keys) + &reform("rate = \"0.6/year\"");
        let found = mean(Ran::of(&text).column(EVENT_STRIKES.of_object(1)));
        assert!(found.agrees_with(60.0 * chance(0.6)), "{keys}: {found:?}");
        assert!(!found.agrees_with(60.0 * chance(0.63)), "power: {keys}");
    }
    // claims are no laws
    let text =
        pays(24, 256, "residence = \"singapore\"\nclaim_rate_multiple = 0") + &reform("rate = \"9/year\"");
    assert!(Ran::of(&text).measure("event.reform.probability") > 0.9);
}

#[test]
fn a_law_that_never_changes_changes_no_bit() {
    let bits = |events: &str| {
        let text = pays(30, 256, "residence = \"singapore\"\ntax_rate = \"7-10 %\"") + events;
        Ran::of(&text).column(WEALTH).to_vec()
    };
    let none = bits("");
    assert_eq!(bits(&reform("rate = 0")), none);
    // power
    assert_ne!(bits(&reform("at = \"2027-05\"")), none);
}
