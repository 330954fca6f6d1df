//! Places that ask for an income: who moves, and what each path pays and lives on then.

use crate::common::{Ran, asset, close, head};
use crate::verification::residence::{MOVE, lived, lives, moves};
use crate::verification::texts::keeps;
use tailwheel::math::normal;
use tailwheel::record::{MOVED, RUIN_MONTH, TrackId, WEALTH};

const SHARE: &str = "owner.move.united-arab-emirates.probability";

/// The track of the only move in a run that has one.
fn moved_track(run: &Ran) -> TrackId {
    let mut columns = run.outcome.columns.iter().map(|column| column.id);
    columns.find(|id| id.quantity() == MOVED.quantity()).expect("a place asks for an income")
}

#[test]
fn who_always_has_the_income_moves_and_who_never_has_it_stays_and_each_pays_what_his_place_takes() {
    for tax in ["annual", "real-time"] {
        for (asks, share, first) in [("1000", 1.0, MOVE), ("1000.001", 0.0, u32::MAX), ("999", 1.0, MOVE)] {
            for months in [20, 24, 30] {
                let run = Ran::of(&lives(months, 256, 0.02, &moves(tax, "10", asks)));
                let left = lived(months, 0.02, tax == "real-time", first);
                run.is_on_every_path(WEALTH, left, 1e-9);
                assert_eq!(run.measure(SHARE), share, "{tax} {asks}");
                run.is_on_every_path(moved_track(&run), share, 0.0);
            }
        }
    }
    // power: the two ends differ
    let [stays, goes] = [u32::MAX, MOVE].map(|first| lived(30, 0.02, false, first));
    assert!((stays - goes).abs() > 1_000.0, "{stays} {goes}");
    // a place that asks for nothing has no such figure
    assert!(!Ran::of(&lives(24, 256, 0.0, &moves("annual", "10", "0"))).has(SHARE));
}

/// Who was never let in elsewhere does not come back, and pays nothing for it.
#[test]
fn who_never_left_pays_no_return() {
    let with = |back: &str| {
        let owner = format!(
            "cash = 30_000\nresidence = [{{ in = \"portugal\", tax_rate = \"28 %\", compliance_cost = 0 }}, {{ in = \"uae\", \
             from = \"2027-08\", tax_rate = \"5 %\", compliance_cost = 0, income_at_least = \"1e6/month\" }}{back}]"
        );
        Ran::of(&lives(24, 256, 0.02, &owner)).column(WEALTH)[0]
    };
    let back = ", { in = \"portugal\", from = \"2028-03\", tax_rate = \"28 %\", compliance_cost = 0, cost = 8_500, \
                exit_tax = \"5 %\" }";
    close("never left", with(back), with(""), 0.0);
}

#[test]
fn the_share_that_moves_is_that_of_a_lognormal_growth_factor() {
    let text = |asks: f64| {
        let pays = "roi = \"5-25 %\"\nincome_share = 1\nvolatility = 0\ndecay = 0";
        head("24 months", 20_000)
            + &asset("pays", "micro-saas-fleet", 100_000.0, pays)
            + &keeps(&format!(
                "residence = [{{ in = \"portugal\", tax_rate = \"28 %\", compliance_cost = 0 }}, {{ in = \"uae\", \
                 from = \"2028-03\", tax_rate = 0, compliance_cost = 0, income_at_least = \"{asks}/month\" }}]"
            ))
    };
    let (low, high) = (1.05_f64.ln(), 1.25_f64.ln());
    let (mean, sd) = (0.5 * (low + high), 0.5 * (high - low) / 1.644_853_626_951_472_7);
    // a month pays V((1 + r)^(1/12) − 1), and nothing else changes it
    let share = |asks: f64| 1.0 - normal::cdf((12.0 * (asks / 100_000.0).ln_1p() - mean) / sd);
    let mut last = 1.0;
    for asks in [700.0, 1_000.0, 1_350.0] {
        let (found, error) = Ran::of(&text(asks)).with_error(SHARE);
        assert!((found - share(asks)).abs() < 4.0 * error, "{asks}: {found}, {}", share(asks));
        // power: a twentieth more or less is seen
        assert!((found - share(1.05 * asks)).abs() > 4.0 * error, "{asks}");
        // the more is asked for, the fewer move
        assert!(found < last, "{asks}");
        last = found;
    }
}

/// Somebody whom half of everything about a place can strike, in Portugal, then in Singapore if it lets him, then in America.
fn torn(singapore: &str) -> Ran {
    let keys = "roi = \"9 %\"\nroi_law = \"point\"\nvolatility = 0.35\nincome_share = 0.6\ndecay = 0\n\
                exit_haircut = 0.05\ntrade_cost = 0.01\nhours = \"1 h/month\"";
    let events = "[[event]]\nname = \"claim\"\nkind = \"infringement-claim\"\nasset = \"a\"\nrate = \"0.6/year\"\n\
                  [[event]]\nname = \"reform\"\nkind = \"tax-change\"\nrate = \"0.7/year\"\n";
    let text = head("6 years", 512)
        + &asset("a", "tokenized-real-estate", 150_000.0, keys)
        + events
        + &format!(
            "[owner]\nspending = \"1500/month\"\nsurplus = 0.5\nhour_value = 10\nresidence = [\
             {{ in = \"portugal\", tax_rate = [{{ above = 2_000, rate = \"20 %\" }}, {{ above = 6_000, rate = \"40 %\" }}], \
             compliance_cost = [\"300/year\", \"900/year\", \"2000/year\"], compliance_hours = \"1 h/month\" }}, {singapore}\
             {{ in = \"united-states\", from = \"2030-11\", tax_rate = [{{ above = 3_000, rate = \"30 %\" }}], \
             gains_tax_rate = \"15 %\", compliance_cost = [\"200/year\", \"500/year\", \"900/year\"], \
             compliance_hours = \"3 h/month\", cost = 700, exit_tax = \"4 %\" }}]\n\
             [economy]\ninflation.fixed = \"3 %/year\"\ncash_rate = \"1 %/year\"\n"
        );
    Ran::of(&text)
}

/// Singapore in month 18, asking for so much, with more keys.
fn singapore(asks: &str, more: &str) -> String {
    format!(
        "{{ in = \"singapore\", from = \"2028-06\", tax_rate = \"3-9 %\", gains_tax_rate = \"2 %\", \
         compliance_cost = [\"100/year\", \"300/year\", \"1500/year\"], compliance_hours = \"2 h/month\", \
         claim_rate_multiple = 0.3, cost = 2_000, exit_tax = \"10 %\", \
         income_at_least = \"{asks}/month\"{more} }}, "
    )
}

/// The first figure by which a path of `run` differs from the same path of what it should be.
fn differs(run: &Ran, like: impl Fn(usize) -> usize, others: &[&Ran]) -> Option<String> {
    run.outcome.columns.iter().filter(|column| column.id.quantity() != MOVED.quantity()).find_map(|column| {
        let values = column.values.all();
        let (path, found) = values.iter().enumerate().find(|(path, found)| {
            let other = others[like(*path)].outcome.column(column.id);
            other.is_none_or(|other| other[*path] != **found)
        })?;
        Some(format!("{:?} of path {path}: {found}", column.id))
    })
}

#[test]
fn every_path_is_to_the_last_bit_that_of_who_always_moves_or_that_of_who_never_does() {
    for more in ["", ", spending = \"900/month\""] {
        let always = torn(&singapore("0.001", more));
        let never = torn("");
        let nobody = torn(&singapore("1000000000", more));
        assert_eq!(differs(&nobody, |_| 0, &[&never]), None);
        let some = torn(&singapore("700", more));
        let moved = some.column(moved_track(&some)).to_vec();
        let like = |path: usize| usize::from(moved[path] == 0.0);
        assert_eq!(differs(&some, like, &[&always, &never]), None);
        // power: many move, many do not, some are ruined, and the two differ
        let share = moved.iter().sum::<f64>() / 512.0;
        assert!((0.2..0.8).contains(&share), "{share}");
        assert!(some.column(RUIN_MONTH).iter().filter(|month| **month > 0.0).count() > 5);
        assert!(differs(&some, |_| 0, &[&always]).is_some());
        assert!(differs(&some, |_| 1, &[&always, &never]).is_some());
    }
}

#[test]
fn a_place_that_asks_of_who_always_has_it_is_to_the_last_bit_one_that_asks_for_nothing() {
    let (asked, free) = (torn(&singapore("0.001", "")), torn(&singapore("0", "")));
    assert_eq!(differs(&asked, |_| 0, &[&free]), None);
    let columns = |run: &Ran| run.outcome.columns.len();
    assert_eq!(columns(&asked), columns(&free) + 1);
}

#[test]
fn income_is_the_mean_of_twelve_months_in_money_of_the_start_or_of_those_there_are() {
    for (from, first, last) in [("2027-08", 1, 7), ("2028-09", 9, 20), ("2027-02", 1, 1)] {
        let real = |month: i32| 1_000.0 / 1.12_f64.powf(f64::from(month) / 12.0);
        let mean = (first..=last).map(real).sum::<f64>() / f64::from(last - first + 1);
        for (times, share) in [(0.999_99, 1.0), (1.000_01, 0.0)] {
            let owner = format!(
                "residence = [{{ in = \"portugal\", tax_rate = \"28 %\", compliance_cost = 0 }}, {{ in = \"uae\", \
                 from = \"{from}\", tax_rate = 0, compliance_cost = 0, income_at_least = \"{:.9}/month\" }}]",
                mean * times
            );
            let text = lives(24, 256, 0.0, &owner);
            let text = text.replace("inflation.fixed = 0", "inflation.fixed = \"12 %/year\"");
            assert_eq!(Ran::of(&text).measure(SHARE), share, "{from} {times}");
        }
    }
}

#[test]
fn spending_of_a_place_replaces_the_owners_where_he_lives_there() {
    let owner = |asks: &str, first: &str| {
        format!(
            "cash = 30_000\nspending = \"900/month\"\nresidence = [{{ in = \"portugal\", tax_rate = 0, \
             compliance_cost = 0{first} }}, {{ in = \"uae\", from = \"2027-08\", tax_rate = 0, compliance_cost = 0, \
             income_at_least = \"{asks}/month\", spending = \"400/month\" }}]"
        )
    };
    let dear = ", spending = \"1100/month\"";
    for (asks, first, spent, uncovered) in [
        ("0", dear, 7.0 * 1_100.0 + 17.0 * 400.0, 7.0),
        ("999", dear, 7.0 * 1_100.0 + 17.0 * 400.0, 7.0),
        ("1001", dear, 24.0 * 1_100.0, 24.0),
        ("999", "", 7.0 * 900.0 + 17.0 * 400.0, 0.0),
        ("1001", "", 24.0 * 900.0, 0.0),
    ] {
        let run = Ran::of(&lives(24, 256, 0.0, &owner(asks, first)));
        run.is_on_every_path(WEALTH, 254_000.0 - spent, 1e-9);
        let found = run.measure("spending.uncovered.months.mean");
        close(asks, found, uncovered, 1e-12);
    }
}

#[test]
fn nothing_is_retried_but_a_place_may_be_written_again_and_is_moved_to_once() {
    let owner = |visits: &[(&str, &str)]| {
        let visit = |(from, asks): &(&str, &str)| {
            format!(
                ", {{ in = \"uae\", from = \"{from}\", tax_rate = 0, compliance_cost = 0, cost = 1_000, \
                 income_at_least = \"{asks}/month\" }}"
            )
        };
        let visits: String = visits.iter().map(visit).collect();
        format!(
            "cash = 30_000\nresidence = [{{ in = \"portugal\", tax_rate = \"30 %\", compliance_cost = 0 }}{visits}]"
        )
    };
    // so many months at 30 % of 1,000, and the moves
    for (visits, taxed, n_moves) in [
        (&[("2027-08", "999"), ("2028-01", "999")][..], 7.0, 1.0),
        (&[("2027-08", "1001"), ("2028-01", "999")][..], 12.0, 1.0),
        (&[("2027-08", "1001"), ("2028-01", "1001")][..], 24.0, 0.0),
        (&[("2027-08", "1001")][..], 24.0, 0.0),
    ] {
        let run = Ran::of(&lives(24, 256, 0.0, &owner(visits)));
        let left = 254_000.0 - taxed * 300.0 - n_moves * 1_000.0;
        run.is_on_every_path(WEALTH, left, 1e-9);
        assert_eq!(run.measure(SHARE), n_moves, "{visits:?}");
    }
}
