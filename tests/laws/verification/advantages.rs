//! What places are praised for: clear law makes claims rarer, ease saves hours. By hand and against exact chances.

use crate::common::{Ran, asset, close, head};
use crate::estimate::mean;
use crate::verification::hours::WEEKS;
use tailwheel::record::{EVENT_STRIKES, HOURS, TrackId, WEALTH};

const STRIKES: TrackId = EVENT_STRIKES.of_object(1);

/// A holding that keeps its worth, of an owner who can always pay.
fn holds(months: u32, paths: u32, keys: &str) -> String {
    let still = "roi = \"0 %\"\nroi_law = \"point\"\nvolatility = 0\ndecay = 0\nhours = \"4 h/month\"";
    head(&format!("{months} months"), paths)
        + &asset("a", "synthetic-media-royalties", 10_000.0, still)
        + &format!("[owner]\ncash = 1_000_000\nsurplus = \"keep\"\n{keys}\n")
        + "[economy]\ninflation.fixed = 0\ncash_rate = 0\n"
}

/// A claim of one size with `keys`.
fn claim(keys: &str) -> String {
    format!("[[event]]\nname = \"claim\"\nkind = \"infringement-claim\"\namount = 100\nspread = 0\n{keys}\n")
}

#[test]
fn where_the_law_is_clear_claims_are_so_many_times_as_frequent_whether_an_asset_is_named_or_not() {
    let expected = |rate: f64| 60.0 * (1.0 - (-rate / 12.0_f64).exp());
    for named in ["asset = \"a\"", ""] {
        let claims = claim(&format!("rate = \"0.6/year\"\n{named}"));
        for (keys, times) in [
            ("tax_rate = 0", 1.0),
            ("tax_rate = 0\nclaim_rate_multiple = 0.7", 0.7),
            ("tax_rate = 0\nclaim_rate_multiple = 0", 0.0),
            ("residence = \"singapore\"", 0.7),
            ("residence = \"estonia\"", 1.0),
        ] {
            let found = mean(Ran::of(&(holds(60, 20_000, keys) + &claims)).column(STRIKES));
            assert!(found.agrees_with(expected(0.6 * times)), "{keys}: {found:?}");
            // power: at 5 % more it is another number
            assert!(times == 0.0 || !found.agrees_with(expected(0.63 * times)), "{keys}");
        }
    }
}

#[test]
fn a_place_acts_on_claims_from_the_month_of_the_move_on_and_on_what_is_certain_not_at_all() {
    let free = "tax_rate = 0, compliance_cost = 0";
    let moves = |multiple: &str| {
        format!(
            "residence = [{{ in = \"estonia\", {free} }}, {{ in = \"singapore\", from = \"2028-01\", {free}{multiple} }}]"
        )
    };
    let claims = claim("rate = \"3/year\"");
    let run = |keys: &str| Ran::of(&(holds(24, 2_048, keys) + &claims));
    let (stays, never) = (run(&moves(", claim_rate_multiple = 1")), run(&moves(", claim_rate_multiple = 0")));
    // with no claims after the move it is the first year alone
    let year = Ran::of(&(holds(12, 2_048, "tax_rate = 0") + &claims));
    assert_eq!(never.column(STRIKES), year.column(STRIKES));
    assert_ne!(stays.column(STRIKES), never.column(STRIKES));
    // the same uniform decides: what strikes in the clear place strikes elsewhere too
    let clear = run(&moves(""));
    let pairs = never.column(STRIKES).iter().zip(clear.column(STRIKES)).zip(stays.column(STRIKES));
    for ((least, some), most) in pairs {
        assert!(least <= some && some <= most, "{least} {some} {most}");
    }
    let certain = holds(24, 256, "tax_rate = 0\nclaim_rate_multiple = 0") + &claim("at = \"2028-03\"");
    Ran::of(&certain).is_on_every_path(WEALTH, 1_010_000.0 - 100.0, 1e-12);
}

#[test]
fn hours_of_compliance_count_with_those_of_the_assets_place_by_place_and_are_paid() {
    let run = |keys: &str| Ran::of(&holds(24, 256, keys));
    let moves = "residence = [{ in = \"usa\", tax_rate = 0 }, { in = \"estonia\", from = \"2027-07\", tax_rate = 0 }]";
    for (keys, hours) in [
        ("tax_rate = 0", 4.0),
        ("tax_rate = 0\ncompliance_hours = \"2.5 h/month\"", 6.5),
        // a place's own, and those of the next from the month of the move on
        ("tax_rate = 0\nresidence = \"estonia\"", 4.62),
        ("tax_rate = 0\nresidence = \"usa\"", 9.0),
        (moves, 4.0 + (6.0 * 5.0 + 18.0 * 0.62) / 24.0),
    ] {
        let run = run(&format!("hours = \"9 h/week\"\n{keys}"));
        run.is_on_every_path(HOURS, hours / WEEKS, 1e-12);
        close(keys, run.measure("asset.a.hours.week.mean"), 4.0 / WEEKS, 1e-12);
    }
    // at 25 an hour; where nobody counts them they are nothing
    let priced = run("hour_value = 25\ntax_rate = 0\ncompliance_hours = \"2 h/month\"");
    priced.is_on_every_path(WEALTH, 1_010_000.0 - 24.0 * 25.0 * 6.0, 1e-12);
    let silent = run("tax_rate = 0\ncompliance_hours = \"40 h/month\"");
    silent.is_on_every_path(WEALTH, 1_010_000.0, 1e-12);
}
