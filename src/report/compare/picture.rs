//! The picture of a comparison.
//!
//! In: a comparison. Out: SVG and PNG. Not here: drawing (`pictures`).

use super::super::pictures::{
    COMPARISON, ComparedRow, Comparison as Chart, Picture, drawn_with, first_letters,
};
use super::document::{CasePart, Comparison, DifferencePart, SidePart};
use crate::chart::{Stamp, Theme};
use crate::figure::Currency;
use crate::stats::Verdict;
use std::sync::atomic::AtomicBool;

/// Figures that are drawn.
const WEALTH: &str = "wealth.terminal.real";
const RETURN: &str = "cagr.real.p50";

impl Comparison {
    /// Wealth at the end of every scenario, if all have it; nothing once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let first = self.cases.first()?;
        let base = row(&self.base, first, 0, None)?;
        let of_case = |case: &CasePart| row(&case.side, case, 1, Some(self.paths));
        let others: Option<Vec<ComparedRow>> = self.cases.iter().map(of_case).collect();
        let chart = Chart {
            currency: Currency::new(&self.currency),
            basis: format!(
                "in {} money",
                self.start.split('-').next().unwrap_or_default()
            ),
            years: f64::from(self.months) / 12.0,
            base,
            others: others?,
        };
        let stamp = Stamp {
            scenario: self.base.title.clone(),
            seeds: self.seeds,
            n_paths: self.paths,
            digest: first_letters(&self.base.model_digest),
        };
        drawn_with(&COMPARISON, &chart, &stamp, theme, stop)
    }
}

fn row(side: &SidePart, case: &CasePart, run: usize, compared: Option<u64>) -> Option<ComparedRow> {
    let part = |level: &str| case.measures.get(&format!("{WEALTH}.{level}"));
    let value = |level: &str| Some(part(level)?.runs[run].value);
    let middle = part("p50")?;
    let changed = |part: &DifferencePart| {
        let is_known = compared.is_some() && part.std_error.is_some();
        is_known.then(|| part.quantity())
    };
    let rate = case.measures.get(RETURN);
    // the mean moves if any path does; of one path alone nothing is judged
    let is_equal = |n_paths: u64| {
        let mean = part("mean");
        mean.is_some_and(|mean| match n_paths {
            1 => mean.difference == 0.0,
            _ => mean.verdict == Verdict::Same,
        })
    };
    Some(ComparedRow {
        name: side.name.clone(),
        put_in: side.money_in,
        p05: value("p05")?,
        p25: value("p25")?,
        p50: middle.runs[run].quantity(),
        p75: value("p75")?,
        p95: value("p95")?,
        difference: changed(middle),
        rate: rate.and_then(|rate| {
            let rate = rate.runs[run].quantity();
            rate.half_width().is_finite().then_some(rate)
        }),
        rate_difference: rate.and_then(changed),
        is_equal: compared.is_some_and(is_equal),
    })
}
