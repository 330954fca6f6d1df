//! Income from the assets of several scenarios over time, and the date where one passes the base.
//!
//! In: a comparison. Out: its picture. Not here: the crossing dates (`report::compare`).

use super::super::compare::{CasePart, Comparison, CrossoverPart};
use super::{PictureKind, left_out, when};
use crate::chart::{Axis, End, HUES, Ink, Layer, Line, NamedLine, Scale, Shape, Spec};
use crate::figure::{quoted, spoken_month};
use crate::stats::MeanIncome;
use std::{iter::once, ptr};

pub const KIND: PictureKind = PictureKind {
    id: "crossover",
    title: "When one scenario overtakes another",
    doc: "Mean monthly receipts of each scenario over all paths, real: net income if the runs have it, otherwise the \
          payments of the assets less the price of hours. Contributions are shown as well. A scenario that never \
          crosses the base is not drawn. Dashed lines mark two dates. From the first one the mean of the title's \
          scenario stays above the other means. From the second one the difference between base and case is clear \
          beyond the errors.",
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
        let money = setting.alike(sides().filter_map(|(side, _)| Some(side.incomes.means.last()?.mean)));
        let ends = sides().filter_map(|(side, ink)| {
            let last = side.incomes.means.last()?.mean;
            Some(End::new(last, format!("{} {}", money(last), self.label(side)), ink))
        });
        // a point a year: what is launched once a year would make a zigzag
        let has = |month: u32| base.means.iter().any(|one| one.month == month);
        let is_long = self.months >= 60 && (1..=self.months / 12).all(|year| has(12 * year));
        let first = base.means.first().map_or(0, |first| first.month);
        let is_drawn = |one: &&MeanIncome| {
            !is_long || one.month.is_multiple_of(12) || [first, self.months].contains(&one.month)
        };
        let lines = sides().map(|(side, ink)| {
            let width = if ptr::eq(side, leader) { 3.2 } else { 1.8 };
            let points =
                side.incomes.means.iter().filter(is_drawn).map(|one| (mid(one.month), one.mean)).collect();
            Layer::Line(points, Line::new(ink, width))
        });
        // the first date from which the leader stays above all others
        let is_ahead = |place: usize| {
            let own = leader.incomes.means[place].mean;
            let mut others = sides().filter(|(side, _)| !ptr::eq(*side, leader));
            others.all(|(side, _)| side.incomes.means.get(place).is_none_or(|other| other.mean < own))
        };
        let dates: Vec<u32> = leader.incomes.means.iter().map(|one| one.month).collect();
        let n_ahead = (0..dates.len()).rev().take_while(|place| is_ahead(*place)).count();
        let ahead = dates.get(dates.len() - n_ahead).filter(|month| **month < crossover.months[1]);
        let others = if sides().count() > 2 { "all others" } else { "the other" };
        let ahead = ahead.map(|month| (*month, setting.spoken(f64::from(*month) / 12.0)));
        let named = |month: u32, name: String| NamedLine { x: mid(month), name, ink: Ink::Mute };
        let line = |(month, since): &(u32, String)| named(*month, format!("{since}: ahead of {others}"));
        let clear = named(crossover.months[1], format!("{by}: clearly ahead"));
        let leader_name = quoted(self.label(leader));
        let means = sides().flat_map(|(side, _)| &side.incomes.means);
        let scale = Scale::holding(means.map(|one: &MeanIncome| one.mean));
        let levels = Axis::new(scale, 7, |value| setting.tick(value));
        Some(Spec {
            finding: match (&ahead, is_most, crossover.new_passes) {
                (Some((_, since)), ..) if is_most || alike().count() == 1 => {
                    format!("{leader_name}: ahead from {since}, clearly from {by}")
                }
                (_, true, _) => format!("{leader_name} clearly earns most from {by}"),
                (.., true) => format!("{leader_name} clearly earns more than the base from {by}"),
                _ => format!("{leader_name} clearly earns more from {by}"),
            },
            reading: format!(
                "Mean monthly {}{}{}, {}{}{}",
                if base.is_net { "net income" } else { "income from assets" },
                when(crossover.less_hours, " less the price of hours"),
                when(crossover.with_flows, ", with contributions"),
                setting.basis,
                when(is_long, "; after the first point one a year"),
                left_out(alike().count() + 1 - sides().count())
            ),
            shape: Shape::plot(
                setting.dates(11),
                levels,
                lines.collect(),
                ends.collect(),
                ahead.iter().map(line).chain([clear]).collect(),
            ),
        })
    }
}

/// Returns the middle of the simulated month `month` (1 is the first), in years from the start.
fn mid(month: u32) -> f64 {
    (f64::from(month) - 0.5) / 12.0
}
