//! The numbers of the panels: each holding, and the whole.
//!
//! In: a run. Out: [`AssetPanel`]s. Not here: their title (`finding`), drawing.

use super::super::{Source, measured};
use super::AssetPanel;
use crate::chart::ROUNDING;
use crate::engine::Series;
use crate::figure::Quantity;
use crate::math::quantile::interval_ranks;
use crate::record::{ASSET_VALUE, WEALTH};
use crate::report::Measure;
use crate::stats::HALF_WIDTH;

impl AssetPanel {
    pub(super) fn of(source: &Source<'_>, index: u16, name: &str, value: f64) -> Option<Self> {
        let series = source.outcome.series(ASSET_VALUE.of_asset(index))?;
        let scale = value * source.price_levels[source.outcome.n_months as usize];
        let at_end = |level: &str| {
            let measure = source
                .report
                .measures
                .get(&format!("asset.{name}.terminal.{level}"))?;
            Some(of_quantile(measure, level).times(1.0 / scale))
        };
        let column = source.outcome.column(ASSET_VALUE.of_asset(index))?;
        let (p05, p95) = (at_end("p05")?, at_end("p95")?);
        Some(Self {
            name: name.to_owned(),
            quantiles: source.quantiles(series, value, &at_end)?,
            p05,
            p50: at_end("p50")?,
            p95,
            within: within(column, scale, (p05.value, p95.value)),
        })
    }

    /// The whole, on those of its dates that the assets have too.
    pub(super) fn of_all(source: &Source<'_>, dates: &Series) -> Option<Self> {
        let wealth = source.outcome.series(WEALTH)?;
        let money_in = source.outcome.money_in;
        let mut shared = wealth.clone();
        let kept = |month: &u32| dates.months.contains(month);
        shared.histograms = wealth
            .histograms
            .iter()
            .zip(&wealth.months)
            .filter(|(_, month)| kept(month))
            .map(|(histogram, _)| histogram.clone())
            .collect();
        shared.ranges = wealth
            .ranges
            .iter()
            .zip(&wealth.months)
            .filter(|(_, month)| kept(month))
            .map(|(range, _)| *range)
            .collect();
        shared.months.retain(kept);
        if shared.months != dates.months || money_in <= 0.0 {
            return None;
        }
        let at_end = |level: &str| {
            let measured = source.measured(&format!("wealth.terminal.real.{level}"))?;
            Some(measured.times(1.0 / money_in))
        };
        Some(Self {
            name: "Whole portfolio".to_owned(),
            quantiles: source.quantiles(&shared, money_in, &at_end)?,
            p05: at_end("p05")?,
            p50: at_end("p50")?,
            p95: at_end("p95")?,
            // its spread is not told
            within: 0.9,
        })
    }
}

/// A quantile with what its interval says of its error, where it is one value of many paths as well:
/// none, where all ranks that it may have are of that value.
fn of_quantile(measure: &Measure, level: &str) -> Quantity {
    let p = if level == "p05" { 0.05 } else { 0.95 };
    let found = measured(measure);
    let std_error = match (measure.is_atom, measure.interval) {
        (true, Some([low, high])) => (high - low) / (2.0 * HALF_WIDTH),
        (true, None) if interval_ranks(measure.n, p, measure.level).is_some() => 0.0,
        _ => found.std_error,
    };
    Quantity { std_error, ..found }
}

/// Share of the values, over `unit`, that lie from `low` to `high`, but for rounding.
fn within(values: &[f64], unit: f64, (low, high): (f64, f64)) -> f64 {
    let beyond = |end: f64| ROUNDING * end.abs();
    let inside = (low - beyond(low))..=(high + beyond(high));
    let hits = values
        .iter()
        .filter(|value| inside.contains(&(**value / unit)));
    hits.count() as f64 / values.len().max(1) as f64
}
