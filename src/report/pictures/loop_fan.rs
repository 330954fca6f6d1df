//! Change of median wealth by agent selling, under common random numbers.
//!
//! In: a run. Out: a picture. Not here: the run without agents (`engine`), the paired difference (`stats`).

use super::{PictureKind, RunSource, Setting, strength};
use crate::chart::{ChartRow, Ink, Paint, Quantiles, RowChart, RowMark, Scale, Spec};
use crate::figure::{Quantity, of_chart as percent, percent_tick, signed_share, year_of};
use crate::record::{WEALTH, id};
use crate::report::facts::SeriesPart;

pub const KIND: PictureKind = PictureKind {
    id: "loop_fan",
    title: "Wealth with and without agents",
    doc: "Median wealth without and with agent selling at each date, on the same draws; bars: the change.",
    of: Some(of),
};

/// Least range of the axis of relative changes, so that changes far below 1 % are drawn as none.
const LEAST_CHANGE: f64 = 0.01;
/// Maximum number of dates drawn.
const MOST: usize = 10;

/// Median wealth at the horizon with and without agents.
#[derive(Clone, Copy)]
pub struct Medians {
    pub with: Quantity,
    pub without: Quantity,
    /// Change of median wealth by agent selling, as a fraction of the median without it; `None` if that median is zero.
    pub change: Option<Quantity>,
}

/// Returns the chart of wealth with and without agents in a run; `None` if there is no paired run without agents.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let series = source.series(WEALTH.quantity())?;
    let without = source.series(&WEALTH.without_feedback().name(&[]))?;
    let world = |series: &SeriesPart, family: &str| {
        let at_end = |level: &str| source.measured(&format!("{family}.{level}"));
        Some((source.quantiles(series, &at_end)?, at_end("p50")?))
    };
    let (with, median) = world(series, id::REAL_WEALTH)?;
    let (without, median_without) = world(without, &id::without_feedback(id::REAL_WEALTH))?;
    let change = source.measured(&id::added(id::REAL_WEALTH_P50))?;
    let has_any = median_without.value > 0.0;
    let medians = Medians {
        with: median,
        without: median_without,
        change: has_any.then(|| change.times(1.0 / median_without.value)),
    };
    Some(spec(&source.setting, &series.years, [&with, &without], medians))
}

/// Compares wealth with and without agents at the same `dates`, in years, the first of which is 0.
pub fn spec(setting: &Setting, dates: &[f64], [with, without]: [&Quantiles; 2], medians: Medians) -> Spec {
    // no relative change exists where wealth is zero
    let change = |date: usize| {
        let [with, without] = [with, without].map(|world| world.median()[date]);
        (without > 0.0).then_some(with / without - 1.0)
    };
    let last = dates.len() - 1;
    let is_drawn = |date: &usize| dates[*date].fract() == 0.0;
    let all: Vec<usize> = (1..=last).filter(|date| *date == last || is_drawn(date)).collect();
    let every = all.len().div_ceil(MOST);
    let mut drawn: Vec<usize> = all.into_iter().rev().step_by(every.max(1)).collect();
    drawn.reverse();
    let money = setting.alike(drawn.iter().flat_map(|date| [with.median()[*date], without.median()[*date]]));
    let is_clear = medians.change.is_none_or(|change| change.differs_from_zero());
    let row = |date: &usize| {
        let median = change(*date).map(Quantity::exact);
        let ink = match change(*date).filter(|_| is_clear) {
            Some(change) if change < 0.0 => Ink::Vermilion,
            Some(_) => Ink::Green,
            None => Ink::Mute,
        };
        // the title is about the last date
        let bar = |end: Quantity| RowMark::Bar([0.0, end.value], Paint::of(ink, strength(*date == last)));
        let measured = medians.change.filter(|_| *date == last).or(median);
        ChartRow {
            name: setting.spoken(dates[*date]),
            marks: median.into_iter().map(bar).collect(),
            figures: vec![
                (money(without.median()[*date]), Ink::Mute),
                (money(with.median()[*date]), Ink::Text),
                (measured.map_or_else(|| format!("already {}", setting.money(0.0)), signed_share), ink),
            ],
        }
    };
    let ends = drawn.iter().filter_map(|date| change(*date)).chain([0.0, -LEAST_CHANGE]);
    let scale = Scale::holding(ends);
    let columns = [("without agents", Ink::Mute), ("with agents", Ink::Text), ("change", Ink::Mute)];
    let basis = &setting.basis;
    Spec {
        finding: finding(setting, medians),
        reading: format!("Median wealth without and with sales by AI agents, {basis}; bars: the change"),
        shape: RowChart::new(scale, percent_tick, columns, drawn.iter().map(row).collect()).into(),
    }
}

/// Returns the title.
pub(super) fn finding(setting: &Setting, medians: Medians) -> String {
    let known = medians.change.filter(|change| change.std_error.is_finite());
    let Some(change) = known else {
        let both = [medians.with, medians.without];
        let [with, without] = both.map(|figure| setting.measured(figure));
        return format!("Median wealth {with} with agent selling, {without} without");
    };
    if !change.differs_from_zero() {
        return "Sales by AI agents: median wealth unchanged within sampling error".to_owned();
    }
    let verb = if change.value < 0.0 { "cut" } else { "raise" };
    let (month, size) = (setting.month(setting.years), percent(change.size()));
    let year = year_of(&month);
    format!("Sales by AI agents {verb} {year} median wealth by {size}")
}
