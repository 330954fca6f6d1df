//! Net income over time: bands between quantiles, the median, what the owner lives on.
//!
//! In: a run. Out: a chart (`wealth_fan`). Not here: what counts as income (`policy`), whether it lasts (`survival`).

use super::wealth_fan::Fan;
use super::{Kind, Source, boxed, happenings};
use crate::chart::share_of;
use crate::figure::{Quantity, spoken_month};
use crate::record::INCOME;
use crate::scenario::Owner;

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
    let series = source.outcome.series(INCOME)?;
    let quantiles = source.quantiles(series, 1.0, &|_| None)?;
    let last = series.months.len() - 1;
    let is_there = quantiles.p95.iter().any(|amount| *amount > 0.0);
    let levels = [
        (&quantiles.p05, 0.05),
        (&quantiles.p25, 0.25),
        (&quantiles.p50, 0.5),
        (&quantiles.p75, 0.75),
        (&quantiles.p95, 0.95),
    ];
    let at_end =
        levels.map(|(of, p)| Quantity::between(of[last], Source::quantile_within(series, last, p)));
    // no line where it depends on whether the owner moves
    let owner = source.scenario.owner.as_ref();
    let spending = match owner.is_some_and(Owner::may_spend_otherwise) {
        true => Vec::new(),
        false => source.scenario.spending(),
    };
    let spent = series.months.iter().map(|month| *month as usize);
    let spent = spent.map(|month| spending.get(month - 1).copied());
    let spent: Option<Vec<f64>> = spent.collect();
    let usual = spent
        .as_ref()
        .map_or(quantiles.p50[0].max(0.0), |spent| spent[last]);
    let bins = series.histograms[last].bins();
    let at_nothing = bins.filter(|bin| bin.low == bin.high && bin.low == 0.0);
    let n_with_nothing = at_nothing.map(|bin| bin.count).sum();
    let end = source.scenario.start.plus(series.months[last] - 1);
    (is_there && last > 0).then(|| Fan {
        currency: source.scenario.currency.clone(),
        basis: source.basis(),
        n_paths: source.outcome.n_paths as u64,
        years: Source::years_of(series),
        at_end,
        with_nothing: share_of(n_with_nothing, series.quantile_paths()),
        usual,
        dashed: spent.map(|spent| ("spending", spent)),
        sample_paths: Vec::new(),
        happenings: happenings::of(source.scenario),
        income_in: Some(spoken_month(&end.to_string())),
        quantiles,
    })
}
