//! A buyer's expectation about a provider, for any gross margin of a range.
//!
//! In: the law of the range, the views at one gross margin. Out: the [`Forecast`]s of each path. Not here:
//! computation of a view (`outlook`).
//!
//! Views are computed for a grid of gross margins, even in log-odds, and interpolated linearly between
//! them. Computing them on each path would take longer than all the rest.

use super::outlook::Forecast;
use crate::asset::buyer::N_NODES;
use crate::math::{Evenly, RangeLaw, greater, lesser};
use crate::stage::{Build, Coefficient};
use std::sync::Arc;

/// Number of gross margins on the grid.
const N_MARGINS: usize = 65;
/// Reach of the grid to either side of the median, in standard deviations of the range.
const REACH: f64 = 5.0;

/// A buyer's expectations for all future months considered, at each gross margin of a grid.
pub(super) struct OutlookTable {
    low: f64,
    step: f64,
    views: Arc<Vec<[Forecast; N_NODES]>>,
}

impl OutlookTable {
    /// Builds the grid for gross margins with this `law`; `of` computes the expectations at one gross margin.
    pub fn new(law: RangeLaw, of: impl Fn(f64) -> [Forecast; N_NODES]) -> Self {
        let [low, high] = [-REACH, REACH].map(|z| Evenly::LogOdds.of(law.at(z)));
        let step = (high - low) / (N_MARGINS - 1) as f64;
        let margin = |at: usize| Evenly::LogOdds.number(step.mul_add(at as f64, low));
        Self { low, step, views: Arc::new((0..N_MARGINS).map(|at| of(margin(at))).collect()) }
    }

    /// Position of `gross_margin` on the grid, in steps from its lowest gross margin.
    pub fn place(&self, gross_margin: Coefficient, build: &mut Build) -> Coefficient {
        let (low, step) = (self.low, self.step);
        Coefficient::from([gross_margin], build, move |[gross_margin]| {
            let place = (Evenly::LogOdds.of(gross_margin) - low) / step;
            lesser(greater(place, 0.0), (N_MARGINS - 1) as f64)
        })
    }

    /// Expectation for future month number `at` on each path, as the numbers of [`Forecast::parts`]. `place` is
    /// the position on the grid.
    pub fn view(&self, at: usize, place: Coefficient, build: &mut Build) -> [Coefficient; Forecast::PARTS] {
        std::array::from_fn(|part| {
            let views = Arc::clone(&self.views);
            Coefficient::from([place], build, move |[place]| {
                let below = (place as usize).min(N_MARGINS - 2);
                let [one, other] = [below, below + 1].map(|margin| views[margin][at].parts()[part]);
                (place - below as f64).mul_add(other - one, one)
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asset::subscription::outlook::Outlook;
    use crate::asset::subscription::provider::Provider;

    /// Probability that the product is open, and the expected prices while it is open and in its months of loss: parts
    /// of a month's income, so their errors are parts of it too.
    fn weights(view: Forecast) -> [f64; 3] {
        let asked = |[of, and]: [f64; 2]| of + and;
        [view.open, view.open * asked(view.price), view.ends * asked(view.last)]
    }

    const OFF: f64 = 1e-3;

    /// A buyer's expectations in future months about a provider with the terms of the catalog.
    fn views(gross_margin: f64) -> [Forecast; N_NODES] {
        let outlook = Outlook::new(&Provider::usual(gross_margin), 0.3, 1);
        std::array::from_fn(|at| outlook.at(18.0 * at as f64))
    }

    #[test]
    fn between_two_gross_margins_a_view_is_nearly_that_of_its_own() {
        let law = RangeLaw::new(Evenly::LogOdds, [0.3, 0.52, 0.8]);
        let table = OutlookTable::new(law, views);
        for place in [12.5, 24.5, 32.5, 40.5, 52.5] {
            let margin = Evenly::LogOdds.number(table.step.mul_add(place, table.low));
            for (at, exact) in views(margin).into_iter().enumerate() {
                let around = [place - 0.5, place + 0.5];
                let parts = around.map(|place| table.views[place as usize][at].parts());
                let between = std::array::from_fn(|part| 0.5 * (parts[0][part] + parts[1][part]));
                let [found, exact] = [Forecast::of_parts(between), exact].map(weights);
                for (part, (found, exact)) in found.iter().zip(exact).enumerate() {
                    let off = (found - exact).abs();
                    assert!(off < OFF, "{margin}, point {at}, part {part}: {off}");
                }
            }
        }
    }
}
