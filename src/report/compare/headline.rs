//! Which measures the screen of a comparison shows.
//!
//! In: what the cases have. Out: a short list. Not here: their verdicts (`build`).

use super::document::{CasePart, HeadlinePart};

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
    ("drawdown.max.p50", "maximum drawdown, middle"),
    ("income.terminal.real.p50", "income a month, middle"),
    ("cagr.real.p50", "return per year, middle"),
];

/// The first candidates that some case has and that can differ.
pub(super) fn headline(cases: &[CasePart]) -> Vec<HeadlinePart> {
    let exists = |id: &str| {
        let mut parts = cases.iter().filter_map(|case| case.measures.get(id));
        parts.any(|part| part.can_differ)
    };
    let found = CANDIDATES.iter().filter(|(id, _)| exists(id)).take(MOST);
    let part = |&(measure, label): &(&str, &str)| HeadlinePart {
        measure: measure.to_owned(),
        label: label.to_owned(),
    };
    found.map(part).collect()
}
