//! Income from the assets of several scenarios over time, and the date where one passes the base.
//!
//! In: a comparison. Out: its picture. Not here: the crossing dates (`report::compare`).

use super::super::compare::{CasePart, Comparison, CrossoverPart};
use super::source::mid_month;
use super::{PictureKind, left_out, when};
use crate::chart::{Axis, End, HUES, Ink, Layer, Line, NamedLine, Scale, Shape, Spec};
use crate::figure::{in_words, quoted, spoken_month};
use crate::stats::MeanIncome;
use std::{iter::once, ptr};

pub const KIND: PictureKind = PictureKind {
    id: "crossover",
    title: "When one scenario overtakes another",
    doc: "Mean monthly receipts of each scenario over all paths, real: net income if the runs have it, otherwise the \
          payments of the assets less the price of hours, with contributions. A scenario that never crosses the base \
          is not drawn. From the dashed line on the difference is clear beyond the errors.",
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
        let sides = || once(&self.base).chain(crossing.iter().map(|(case, _)| &case.side)).zip(HUES);
        let finals = Vec::from_iter(sides().filter_map(|(side, _)| Some(side.incomes.means.last()?.mean)));
        let money = setting.alike(finals.iter().copied());
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
        let mid = |month: u32| mid_month(f64::from(month) / 12.0);
        let lines = sides().map(|(side, ink)| {
            let width = if ptr::eq(side, leader) { 3.2 } else { 1.8 };
            let points = side.incomes.means.iter().filter(is_drawn).map(|one| (mid(one.month), one.mean));
            Layer::Line(points.collect(), Line::new(ink, width))
        });
        let name = format!("{by}: clearly ahead");
        let clear = NamedLine { x: mid(crossover.months[1]), name, ink: Ink::Mute };
        let other = match crossing.len() {
            n if n == alike().count() && (n == 1 || is_base_first) => String::new(),
            _ if crossover.new_passes => format!(" of {}", quoted(self.label(&self.base))),
            1 => format!(" of {}", quoted(self.label(&case.side))),
            n if is_base_first => format!(" of {} others", in_words(n as u64)),
            _ => " of another case".to_owned(),
        };
        let passed = if crossover.new_passes { &finals[..1] } else { &finals[1..] };
        let next = passed.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let lead = leader.incomes.means.last()?.mean - next;
        let leader = quoted(self.label(leader));
        let means = sides().flat_map(|(side, _)| &side.incomes.means);
        let levels = Axis::new(Scale::holding(means.map(|one| one.mean)), 7, |value| setting.tick(value));
        Some(Spec {
            // one that falls back later was ahead at a date alone
            finding: match money(lead) {
                by_much if by_much != money(0.0) && lead > 0.0 => {
                    format!("{leader} is {by_much} a month ahead{other} by {}", setting.end())
                }
                _ => format!("{leader} is ahead{other} in {by}"),
            },
            reading: format!(
                "Mean monthly {}{}{}, {}{}",
                if base.is_net { "net income" } else { "income from assets" },
                when(crossover.less_hours, " less the price of hours"),
                when(crossover.with_flows, ", with contributions"),
                setting.basis,
                left_out(alike().count() + 1 - sides().count())
            ),
            shape: Shape::plot(setting.dates(11), levels, lines.collect(), ends.collect(), vec![clear]),
        })
    }
}
