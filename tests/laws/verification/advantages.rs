//! What places are praised for: clear law makes claims rarer, ease saves hours. By hand and against exact chances.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{Found, mean};
use tailwheel::record::{EVENT_STRIKES, HOURS, WEALTH};

/// Weeks of a month.
const WEEKS: f64 = 365.25 / 12.0 / 7.0;

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

/// Mean number of claims.
fn strikes(text: &str) -> Found {
    mean(Ran::of(text).column(EVENT_STRIKES.of_object(1)))
}

#[test]
fn where_the_law_is_clear_claims_are_so_many_times_as_frequent_whether_an_asset_is_named_or_not() {
    let chance = |rate: f64| 1.0 - (-rate / 12.0_f64).exp();
    for named in ["asset = \"a\"", ""] {
        let claims = claim(&format!("rate = \"0.6/year\"\n{named}"));
        let of = |keys: &str| strikes(&(holds(60, 20_000, keys) + &claims));
        for (keys, times) in [
            ("tax_rate = 0", 1.0),
            ("tax_rate = 0\nclaim_rate_multiple = 0.7", 0.7),
            ("tax_rate = 0\nclaim_rate_multiple = 0", 0.0),
            ("residence = \"singapore\"", 0.7),
            ("residence = \"estonia\"", 1.0),
        ] {
            let found = of(keys);
            assert!(found.agrees_with(60.0 * chance(0.6 * times)), "{keys}: {found:?}");
            // power: at 5 % more it is another number
            assert!(times == 0.0 || !found.agrees_with(60.0 * chance(0.63 * times)), "{keys}");
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
    let of = |run: &Ran| run.column(EVENT_STRIKES.of_object(1)).to_vec();
    assert_eq!(of(&never), of(&year));
    assert_ne!(of(&stays), of(&never));
    // the same uniform decides: what strikes in the clear place strikes elsewhere too
    let clear = of(&run(&moves("")));
    let pairs = of(&never).into_iter().zip(clear).zip(of(&stays));
    for ((least, some), most) in pairs {
        assert!(least <= some && some <= most, "{least} {some} {most}");
    }
    let certain = holds(24, 256, "tax_rate = 0\nclaim_rate_multiple = 0") + &claim("at = \"2028-03\"");
    Ran::of(&certain).is_on_every_path(WEALTH, 1_010_000.0 - 100.0, 1e-12);
}

#[test]
fn hours_of_compliance_count_with_those_of_the_assets_place_by_place_and_are_paid() {
    let counted = "hours = \"9 h/week\"\ntax_rate = 0\n";
    let run = |keys: &str| Ran::of(&holds(24, 256, &format!("{counted}{keys}")));
    run("").is_on_every_path(HOURS, 4.0 / WEEKS, 1e-12);
    let typed = run("compliance_hours = \"2.5 h/month\"");
    typed.is_on_every_path(HOURS, 6.5 / WEEKS, 1e-12);
    close("asset", typed.measure("asset.a.hours.week.mean"), 4.0 / WEEKS, 1e-12);
    // a place's own, and those of the next from the month of the move on
    let of = |place: &str| {
        let keys = format!("residence = \"{place}\"\nhours = \"9 h/week\"\ntax_rate = 0");
        Ran::of(&holds(24, 256, &keys)).measure("hours.week.mean")
    };
    close("estonia", of("estonia"), 4.62 / WEEKS, 1e-12);
    close("usa", of("usa"), 9.0 / WEEKS, 1e-12);
    let moves = "hours = \"9 h/week\"\nresidence = [{ in = \"usa\", tax_rate = 0 }, \
                 { in = \"estonia\", from = \"2027-07\", tax_rate = 0 }]";
    let mean = 4.0 + (6.0 * 5.0 + 18.0 * 0.62) / 24.0;
    Ran::of(&holds(24, 256, moves)).is_on_every_path(HOURS, mean / WEEKS, 1e-12);
    // at 25 an hour
    let priced = "hour_value = 25\ntax_rate = 0\ncompliance_hours = \"2 h/month\"";
    let left = 1_010_000.0 - 24.0 * 25.0 * 6.0;
    Ran::of(&holds(24, 256, priced)).is_on_every_path(WEALTH, left, 1e-12);
    // where nobody counts them they are nothing
    let silent = holds(24, 256, "tax_rate = 0\ncompliance_hours = \"40 h/month\"");
    Ran::of(&silent).is_on_every_path(WEALTH, 1_010_000.0, 1e-12);
}
