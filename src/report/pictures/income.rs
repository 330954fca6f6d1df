//! Net income over time: bands between quantiles, the median, what the owner lives on.
//!
//! In: a run. Out: a chart (`wealth_fan`). Not here: what counts as income (`policy`), whether it lasts (`survival`).

use super::wealth_fan::Fan;
use super::{Kind, Source, boxed, happenings};
use crate::chart::share_of;
use crate::figure::spoken_month;
use crate::record::INCOME;
use crate::report::facts::QUANTILES;

pub const KIND: Kind = Kind {
    id: "income",
    title: "Net income over time",
    doc: "Net income of single months after costs and tax. Bands contain 50 and 90 % of the paths at each date; the \
          dashed line is the spending. Interest, sales and dated amounts are no income. The axis is logarithmic if \
          the 95th percentile is more than six times the 5th.",
    of: |source| boxed(of(source)),
};

/// Nothing if there is no income to draw.
fn of(source: &Source<'_>) -> Option<Fan> {
    let series = source.series(INCOME.quantity())?;
    let quantiles = source.quantiles(series, 1.0, &|_| None)?;
    let is_there = quantiles.p95.iter().any(|amount| *amount > 0.0);
    let at_end = QUANTILES.map(|(level, _)| Source::last_quantile(series, level));
    let [p05, p25, p50, p75, p95] = at_end;
    // no line where it depends on whether the owner moves
    let spent = series
        .spending
        .clone()
        .filter(|spent| spent.len() == series.years.len());
    let usual = spent
        .as_ref()
        .and_then(|spent| spent.last().copied())
        .unwrap_or(quantiles.p50[0].max(0.0));
    let n_with_nothing = series.last.as_ref()?.paths_at_zero;
    (is_there && series.years.len() > 1).then_some(Fan {
        currency: source.currency(),
        basis: source.basis(),
        n_paths: source.n_paths(),
        years: series.years.clone(),
        at_end: [p05?, p25?, p50?, p75?, p95?],
        with_nothing: share_of(n_with_nothing, series.quantile_paths),
        usual,
        dashed: spent.map(|spent| ("spending", spent)),
        sample_paths: Vec::new(),
        happenings: happenings::of(&source.report.happenings),
        income_in: Some(spoken_month(&source.date(source.report.run.months))),
        quantiles,
    })
}
