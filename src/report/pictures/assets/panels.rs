//! The numbers of the panels: each holding, and the whole.
//!
//! In: a run. Out: [`AssetPanel`]s. Not here: their title, drawing (`super`).

use super::super::Source;
use super::AssetPanel;
use crate::chart::Quantiles;
use crate::engine::Series;
use crate::figure::Quantity;
use crate::record::{ASSET_VALUE, WEALTH};

impl AssetPanel {
    pub(super) fn of(source: &Source<'_>, index: u16, name: &str, value: f64) -> Option<Self> {
        let series = source.outcome.series(ASSET_VALUE.of_asset(index))?;
        let scale = value * source.price_levels[source.outcome.n_months as usize];
        let at_end = |level: &str| {
            let measured = source.measured(&format!("asset.{name}.terminal.{level}"))?;
            Some(measured.times(1.0 / scale))
        };
        Some(Self::new(
            name,
            value,
            source.quantiles(series, value, &at_end)?,
            at_end("p50")?,
        ))
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
        Some(Self::new(
            "Whole portfolio",
            money_in,
            source.quantiles(&shared, money_in, &at_end)?,
            at_end("p50")?,
        ))
    }

    fn new(name: &str, put_in: f64, quantiles: Quantiles, median: Quantity) -> Self {
        // where nine in ten paths end at one value, so does the middle one of any sample
        let is_certain = quantiles.p05.last() == quantiles.p95.last();
        Self {
            name: name.to_owned(),
            put_in,
            quantiles,
            median: match is_certain {
                true => Quantity::exact(median.value),
                false => median,
            },
        }
    }
}
