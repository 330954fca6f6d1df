//! Income from the assets of several scenarios over time, and the date where one passes the base.
//!
//! In: a comparison. Out: its picture. Not here: the crossing dates (`report::compare`).

use super::super::compare::{CasePart, Comparison, CrossoverPart};
use super::{Kind, left_out, when};
use crate::chart::{Axis, End, HUES, Layer, Line, Paint, Scale, Shape, Spec};
use crate::figure::{briefest, spoken_month};
use crate::stats::MeanIncome;
use std::iter::once;

pub const KIND: Kind = Kind {
    id: "crossover",
    title: "When one scenario overtakes another",
    doc: "Mean monthly receipts of each scenario over all paths, real: net income if the runs have it, otherwise the \
          payments of the assets less the price of hours. Contributions are shown as well. A dot on the line of the base \
          marks the date from which the means clearly differ the other way round. The chart is drawn only if that is clear beyond the errors. \
          See scenarios/linear-income.toml for an example.",
    of: None, // of several runs
};

impl Comparison {
    /// Returns the picture of income over time in all scenarios; `None` if no scenario crosses the base.
    pub(super) fn spec_of_incomes(&self) -> Option<Spec> {
        let (setting, base) = (self.setting(), &self.base.incomes);
        let is_alike = |case: &&CasePart| case.side.incomes.is_like(base);
        let mut cases: Vec<&CasePart> = self.cases.iter().filter(is_alike).collect();
        cases.sort_by_key(|case| case.crossover.is_none());
        let crossings = cases.iter().filter_map(|case| Some((case, case.crossover.as_ref()?)));
        let is_passed = |case: &&CasePart| case.crossover.as_ref().is_some_and(|one| !one.new_passes);
        let is_first = cases.iter().all(is_passed);
        let last = crossings.clone().max_by(|a, b| a.1.by.cmp(&b.1.by));
        let (case, crossover) = last.filter(|_| is_first).or(crossings.clone().next())?;
        let sides = cases.iter().map(|case| (&case.side, case.crossover.as_ref()));
        let drawn = || once((&self.base, None)).chain(sides.clone()).zip(HUES);
        let lasts = drawn().filter_map(|((side, _), _)| Some(side.incomes.means.last()?.mean));
        let money = setting.alike(lasts);
        let ends = drawn().filter_map(|((side, _), ink)| {
            let last = side.incomes.means.last()?.mean;
            Some(End::new(last, format!("{} {}", money(last), self.label(side)), ink))
        });
        let lines = drawn().map(|((side, _), ink)| {
            let point = |one: &MeanIncome| (f64::from(one.month) / 12.0, one.mean);
            let points = side.incomes.means.iter().map(point).collect();
            Layer::Line(points, Line::new(ink, 2.2))
        });
        let dots = drawn().filter_map(|((_, crossover), ink)| {
            let [_, by] = crossover?.months;
            let passed = base.means.iter().find(|one| one.month == by)?;
            Some(Layer::Dot((f64::from(by) / 12.0, passed.mean), 5.0, Paint::solid(ink)))
        });
        let means = drawn().flat_map(|((side, _), _)| &side.incomes.means);
        let scale = Scale::holding(means.map(|one| one.mean));
        let levels = Axis::new(scale, 7, |value| setting.tick(value));
        let layers = lines.chain(dots).collect();
        Some(Spec {
            finding: crossover.finding(self.label(&self.base), self.label(&case.side), is_first),
            reading: format!(
                "{}{}{}, mean of all paths, {}; dots: a line has clearly crossed{}",
                if base.is_net { "Net income a month" } else { "What assets pay a month" },
                when(crossover.less_hours, " less the price of hours"),
                when(crossover.with_flows, ", with what comes from elsewhere"),
                setting.basis,
                left_out((cases.len() + 1).saturating_sub(HUES.len()))
            ),
            shape: Shape::plot(setting.dates(12), levels, layers, ends.collect()),
        })
    }
}

impl CrossoverPart {
    /// Returns a title such as `On average fly passes by-hand by Jan 2029`, or a shorter one for long names.
    fn finding(&self, base: &str, new: &str, is_first: bool) -> String {
        let [one, other] = if self.new_passes { [new, base] } else { [base, new] };
        let by = spoken_month(&self.by);
        briefest([
            format!("On average {one} passes {other} by {by}"),
            match is_first {
                true => format!("“{base}” passes all others"),
                false => format!("On average one scenario passes another by {by}"),
            },
        ])
    }
}
