//! Which measures the screen of a comparison shows.
//!
//! In: what the cases have. Out: a short list. Not here: their verdicts (`build`).

use super::build::Unjudged;
use super::document::{Comparison, HeadlinePart};
use crate::math::{exp, ln};

/// Most measures of the screen: each more makes the verdicts on the others weaker.
const MOST: usize = 8;

/// Candidates in the order of the screen.
const CANDIDATES: [(&str, &str); 10] = [
    ("ruin.probability", "ruin"),
    ("loss.probability", "loss probability"),
    ("wealth.terminal.real.p05", "wealth, 1 in 20 worse"),
    ("wealth.terminal.real.p50", "wealth, middle"),
    ("wealth.terminal.real.p95", "wealth, 1 in 20 better"),
    ("wealth.terminal.real.mean", "wealth, mean"),
    ("expected_shortfall.95", "expected shortfall 95 %"),
    ("drawdown.max.p50", "deepest fall, middle"),
    (INCOME, "income a month, middle"),
    ("cagr.real.p50", "return per year, middle"),
];

const INCOME: &str = "income.terminal.p50";

/// The first candidates that some case has and that can differ.
pub(super) fn headline(
    comparison: &Comparison,
    differences: &[Vec<Unjudged>],
) -> Vec<HeadlinePart> {
    let exists = |id: &str| {
        let mut all = differences.iter().flatten();
        all.any(|found| found.id == id && found.can_differ)
    };
    let found = CANDIDATES.iter().filter(|(id, _)| exists(id)).take(MOST);
    let deflator = deflator(comparison);
    let part = |&(measure, label): &(&str, &str)| {
        let shown_times = deflator.filter(|_| measure == INCOME);
        let is_nominal = measure == INCOME && deflator.is_none();
        HeadlinePart {
            measure: measure.to_owned(),
            label: match is_nominal {
                true => "income a month, nominal".to_owned(),
                false => label.to_owned(),
            },
            shown_times: shown_times.unwrap_or(1.0),
        }
    };
    found.map(part).collect()
}

/// What an amount of the last year, spread evenly over it, is in money of the start; none if the
/// scenarios do not share one inflation.
fn deflator(comparison: &Comparison) -> Option<f64> {
    let inflation = comparison.base.inflation;
    let mut cases = comparison.cases.iter();
    if !cases.all(|case| case.side.inflation == inflation) {
        return None;
    }
    let log_inflation = ln(1.0 + inflation) / 12.0;
    let months = comparison.months;
    let last = months.saturating_sub(11).max(1)..=months;
    let n_months = f64::from(months.min(12));
    let sum: f64 = last
        .map(|month| exp(-log_inflation * f64::from(month)))
        .sum();
    Some(sum / n_months)
}
