//! What causes and events take, of every sort, and what their titles may claim.
//!
//! In: means and laws. Out: charts. Not here: runs.

use super::super::event_costs::{self, Cost};
use super::super::event_exceedance;
use super::super::loss_by_cause::{self, CauseMean};
use super::super::sketches;
use super::samples::setting;
use super::{Case, RUNS, figures, report_of, rows};
use crate::chart::{RowMark, Spec};
use crate::figure::Quantity;
use crate::math::values::Values;
use crate::report::Report;
use crate::report::facts::{Curve, Distribution, EventLossesPart};

fn causes(causes: &[(&str, f64, f64)]) -> Spec {
    let given = causes.iter().map(|(name, value, std_error)| CauseMean {
        name: (*name).to_owned(),
        mean: Quantity { value: *value, std_error: *std_error },
    });
    loss_by_cause::spec(&setting(1000), false, &given.collect::<Vec<_>>(), 1.0)
}

/// Draws losses of `n` paths by events: name, fraction of paths that the event hits, smallest and largest loss.
fn events(n: u32, events: &[(&str, f64, f64, f64)]) -> Option<Spec> {
    let law = |share: f64, low: f64, high: f64| -> Values {
        let amount = |path: u32| {
            let part = (f64::from(path) + 0.5) / f64::from(n);
            if part < share {
                low * crate::math::exp(part / share * crate::math::ln(high / low))
            } else {
                0.0
            }
        };
        (0..n).map(amount).collect::<Vec<f64>>().into()
    };
    let laws: Vec<(Curve, Values)> = events
        .iter()
        .map(|(name, share, low, high)| (Curve::Event((*name).to_owned()), law(*share, *low, *high)))
        .collect();
    let lost = |law: &Values| [0.95, 0.99].map(|level| Distribution::of(law).quantile(level));
    let lost: Vec<[Option<f64>; 2]> = laws.iter().map(|(_, law)| lost(law)).collect();
    let columns = laws.iter().map(|(of, law)| (of.clone(), law)).collect();
    let losses = EventLossesPart::of_columns(columns, 2).expect("a loss");
    event_exceedance::spec(&setting(u64::from(n)), &lost, &losses)
}

/// Returns sample charts of losses by cause and by event: one and many, long names, equal, certain and tiny losses.
pub fn all() -> Vec<Case> {
    let name = "a name that is far too long for the little room that is left of the picture";
    let many: Vec<(&str, f64, f64)> = (0..14).map(|k| (name, 1e9 * f64::from(k - 5), 1e3)).collect();
    let drawn = [causes(&[("income", 5.0, 0.1)]), causes(&many), causes(&[("markets", 1e-9, f64::INFINITY)])];
    let long: Vec<(&str, f64, f64, f64)> = (1..=8).map(|k| (name, 0.9 / f64::from(k), 1.0, 1e4)).collect();
    let laws = [
        events(20_000, &[("hack", 1.0, 5.0, 5.0)]),
        events(30, &[("hack", 0.5, 100.0, 5e6)]),
        events(100_000, &long),
        events(100_000, &[("hack", 0.0001, 1e-3, 1e-2)]),
        events(5_000, &[("hack", 0.3, 1e-9, 1e12)]),
    ];
    let drawn = drawn.map(|chart| (&loss_by_cause::KIND, chart));
    let laws = laws.into_iter().flatten().map(|chart| (&event_exceedance::KIND, chart));
    drawn.into_iter().chain(laws).collect()
}

#[test]
fn a_cause_that_is_printed_as_zero_has_no_row() {
    let spec = causes(&[("Income", 193e3, 1e3), ("Debts left unpaid", 20.0, 5.0), ("Decay", -66e3, 1e3)]);
    let names: Vec<&str> = rows(&spec).rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Income", "Decay", "Total"]);
    assert_eq!(figures(rows(&spec), 2), ["+$127k"]);
}

#[test]
fn the_title_names_the_largest_loss_only_where_it_is_clear() {
    let title = |chart: Spec| chart.finding;
    let two = |gap: f64, error: f64| {
        causes(&[("Tax", -4e3, error), ("Decay", -4e3 - gap, error), ("Income", 20e3, 1.0)])
    };
    assert_eq!(title(two(2e3, 200.0)), "Mean profit $10.0k; largest cost: decay, $6.0k");
    assert_eq!(title(two(500.0, 200.0)), "Mean profit $11.5k; largest cost: decay or tax");
    let three = |last: f64| [("Tax", -4e3, 200.0), ("Decay", -4.5e3, 200.0), ("Events", last, 200.0)];
    assert_eq!(title(causes(&three(-1e3))), "Mean loss $9,500; largest cost: decay or tax");
    assert_eq!(title(causes(&three(-4.1e3))), "Mean loss $12,600; no cause clearly costs most");
    // power: the same gap with a smaller error is one
    assert_eq!(title(two(500.0, 10.0)), "Mean profit $11.5k; largest cost: decay, $4.5k");
    assert_eq!(title(causes(&[("Tax", -5e3, 1.0)])), "Mean loss $5,000; largest cost: tax, $5,000");
    assert_eq!(title(causes(&[("Income", 5.0, 0.1)])), "No notable loss, $5.00 gained");
    // next to losses of unknown error, the largest of the sample is no cost that is clearly largest
    let unknown = [("Decay", -9e3, 100.0), ("Hacks", -8e3, f64::INFINITY), ("Bans", -7e3, f64::INFINITY)];
    assert_eq!(title(causes(&unknown)), "Mean loss $24,000; largest mean cost: decay, $9,000");
    // a cause of unknown error is no other one's equal
    let unknown = [("Decay", -9e3, f64::INFINITY), ("Hacks", -8e2, 1.0)];
    assert_eq!(title(causes(&unknown)), "Mean loss $9,800; largest mean cost: decay, $9,000 (unclear)");
    let given = [CauseMean { name: "Tax".to_owned(), mean: Quantity { value: -5e3, std_error: 1.0 } }];
    let unsure = loss_by_cause::spec(&setting(1000), true, &given, f64::INFINITY);
    assert_eq!(unsure.finding, "Largest mean cost: tax, $5,000");
}

#[test]
fn the_error_of_the_profit_has_that_of_the_withdrawals() {
    let mut report = report_of(RUNS[4]);
    let title = |report: &Report| sketches(report, &["loss_by_cause".to_owned()])[0].wide.title.clone();
    let is_clear = |title: &str| title.starts_with("Mean ") && !title.contains("(unclear)");
    assert!(is_clear(&title(&report)), "{}", title(&report));
    let spending = report.measures.get_mut("cause.spending.mean").expect("it is spent");
    (spending.std_error, spending.interval) = (Some(1e9), Some([-1e10, 1e10]));
    assert!(!is_clear(&title(&report)), "{}", title(&report));
}

#[test]
fn each_bar_begins_where_the_one_before_ends() {
    let drawn = causes(&[("Tax", -4e3, 1.0), ("Income", 9e3, 1.0), ("Decay", -6e3, 1.0)]);
    let bars = rows(&drawn).rows.iter().flat_map(|row| &row.marks).filter_map(|mark| match mark {
        RowMark::Bar(ends, _) => Some(*ends),
        _ => None,
    });
    let expected = [[0.0, 9e3], [9e3, 3e3], [3e3, -1e3], [0.0, -1e3]];
    assert_eq!(bars.collect::<Vec<_>>(), expected);
}

#[test]
fn the_last_row_is_the_sum_of_all_rows() {
    let spec = causes(&[("Decay", -4e3, 10.0), ("Income", 9e3, 10.0)]);
    let (rows, last) = (rows(&spec), 2);
    assert_eq!(rows.rows[last].name, "Total");
    assert_eq!(figures(rows, last), ["+$5,000"]);
}

#[test]
fn a_dot_is_the_amount_that_its_share_of_the_paths_exceeds() {
    let dots = |n, law| {
        let Some(spec) = events(n, &[law]) else {
            return Vec::new();
        };
        let rows = rows(&spec);
        let dots = rows.rows.iter().flat_map(|row| &row.marks).filter_map(|mark| match mark {
            RowMark::Dot(at, ..) => Some(*at),
            _ => None,
        });
        let (dots, ends) = (dots.collect::<Vec<f64>>(), rows.x.scale.ends());
        assert!(dots.iter().all(|at| ends.0 <= *at && *at <= ends.1));
        dots
    };
    // the share q of the paths loses more than 1,000 · 100^(1 − q / 0.3)
    let found = dots(100_000, ("hack", 0.3, 1e3, 1e5));
    for (found, share) in found.iter().zip([0.05, 0.01]) {
        let exact = 1e5 * crate::math::exp(-share / 0.3 * crate::math::ln(100.0));
        assert!((found / exact - 1.0).abs() < 0.002, "{share}: {found} and {exact}");
    }
    assert_eq!(found.len(), 2);
    let n = |n, share| dots(n, ("hack", share, 100.0, 5e6)).len();
    // of 500 paths, one in a hundred is five; of 5 % that lose anything nobody knows on which side of one in twenty they are
    assert_eq!([n(500, 0.5), n(2_000, 0.04), n(2_000, 0.05), n(30, 0.5)], [1, 1, 1, 0]);
}

#[test]
fn the_title_says_what_events_cost_on_few_paths() {
    let title = |n, law: (&'static str, f64, f64, f64)| Some(events(n, &[law])?.finding);
    let more = |n: u64, amount: &str| Some(format!("{n} % of paths lose over {amount} to loss events"));
    assert_eq!(title(100_000, ("hack", 0.3, 1e3, 1e5)), more(5, "$46.4k"));
    assert_eq!(title(100_000, ("hack", 0.03, 1e3, 1e5)), more(1, "$21.5k"));
    assert_eq!(title(100_000, ("hack", 0.01, 1e3, 1e5)), None);
    assert_eq!(title(5_000, ("hack", 1.0, 5.0, 5.0)), more(5, "$5.00"));
}

#[test]
fn the_costliest_event_is_named_only_where_it_is_clear() {
    let cost = |name: &str, share, mean, std_error| Cost {
        name: name.to_owned(),
        probability: Quantity { value: share, std_error: 0.02 },
        mean: Quantity { value: mean, std_error },
    };
    let drawn = |error| {
        let costs = [cost("Hack", 0.6, 900.0, error), cost("Ban", 0.992, 880.0, error)];
        event_costs::spec(&setting(1000), &costs)
    };
    assert_eq!(drawn(1.0).finding, "Hack costs most: $900 on average");
    let unclear = drawn(90.0);
    assert_eq!(unclear.finding, "Hack and ban cost most: $900 and $880");
    let three = [cost("A", 0.6, 900.0, f64::INFINITY), cost("B", 0.6, 90.0, 1.0), cost("C", 0.6, 9.0, 1.0)];
    assert_eq!(
        event_costs::spec(&setting(1000), &three).finding,
        "All loss events together cost $999 on average"
    );
    assert_eq!(event_costs::spec(&setting(1000), &three[..1]).finding, "A costs $900 on average");
    assert_eq!([0, 1].map(|row| figures(rows(&unclear), row)[0]), ["60.0 %", "99.2 %"]);
    // a rare large cost does not hide its mean
    let rare = event_costs::spec(&setting(2000), &[cost("Fire", 0.001, 9_000.0, 10.0)]);
    assert_eq!(figures(rows(&rare), 0), ["0.1 %", "$9.00M", "$9,000"]);
    assert_eq!(rare.finding, "Fire costs $9,000 on average");
}
