//! Income from the assets of several scenarios over time, and the date where one passes the base.
//!
//! In: a comparison. Out: its picture. Not here: the crossing dates (`report::compare`).

use super::super::compare::{CasePart, Comparison, CrossoverPart};
use super::{Kind, left_out, when};
use crate::chart::{Axis, End, HUES, Layer, Line, Plot, Scale, Shape, Spec};
use crate::figure::{quoted, spoken_month};
use crate::stats::MeanIncome;
use std::iter::once;
use std::ptr;

pub const KIND: Kind = Kind {
    id: "crossover",
    title: "When one scenario overtakes another",
    doc: "Mean monthly receipts of each scenario over all paths, real: net income if the runs have it, otherwise the \
          payments of the assets less the price of hours. Contributions are shown as well. A scenario that never crosses the base is not drawn. The dashed line marks \
          the date of the title, from which the means clearly differ the other way round. The chart is drawn only if that is clear beyond the errors. \
          See scenarios/linear-income.toml for an example.",
    of: None, // of several runs
};

impl Comparison {
    /// Returns the picture of income over time in all scenarios that cross the base; `None` if none does.
    pub(super) fn spec_of_incomes(&self) -> Option<Spec> {
        let (setting, base) = (self.setting(), &self.base.incomes);
        let alike = || self.cases.iter().filter(|case| case.side.incomes.is_like(base));
        let crossing: Vec<(&CasePart, &CrossoverPart)> =
            alike().filter_map(|case| Some((case, case.crossover.as_ref()?))).collect();
        let (case, crossover) = crossing.first()?;
        let is_base_first = crossing.iter().all(|(_, crossover)| !crossover.new_passes);
        let last =
            crossing.iter().map(|(_, crossover)| *crossover).max_by_key(|crossover| crossover.months[1]);
        let crossover = last.filter(|_| is_base_first).unwrap_or(crossover);
        let leader = if crossover.new_passes { &case.side } else { &self.base };
        let by = spoken_month(&crossover.by);
        let is_most = is_base_first && crossing.len() > 1 && crossing.len() == alike().count();
        let sides = || once(&self.base).chain(crossing.iter().map(|(case, _)| &case.side)).zip(HUES);
        let lasts = sides().filter_map(|(side, _)| Some(side.incomes.means.last()?.mean));
        let money = setting.alike(lasts);
        let ends = sides().filter_map(|(side, ink)| {
            let last = side.incomes.means.last()?.mean;
            Some(End::new(last, format!("{} {}", money(last), self.label(side)), ink))
        });
        let lines = sides().map(|(side, ink)| {
            let width = if ptr::eq(side, leader) { 3.2 } else { 1.8 };
            let points = side.incomes.means.iter().map(|one| (mid(one.month), one.mean)).collect();
            Layer::Line(points, Line::new(ink, width))
        });
        let means = sides().flat_map(|(side, _)| &side.incomes.means);
        let scale = Scale::holding(means.map(|one: &MeanIncome| one.mean));
        let levels = Axis::new(scale, 7, |value| setting.tick(value));
        Some(Spec {
            finding: format!(
                "{} earns {} from {by}",
                quoted(self.label(leader)),
                if is_most { "most" } else { "more" }
            ),
            reading: format!(
                "{} a month{}{}, mean of all paths, {}{}",
                if base.is_net { "Net income" } else { "Income from assets" },
                when(crossover.less_hours, " less the price of hours"),
                when(crossover.with_flows, ", with contributions"),
                setting.basis,
                left_out(alike().count() + 1 - sides().count())
            ),
            shape: Shape::Plots(vec![Plot {
                marks: vec![(mid(crossover.months[1]), format!("{by}: clear beyond the sampling error"))],
                ..Plot::new(setting.dates(12), levels, lines.collect(), ends.collect())
            }]),
        })
    }
}

/// Returns the middle of a month, in years from the start.
fn mid(month: u32) -> f64 {
    (f64::from(month) - 0.5) / 12.0
}
