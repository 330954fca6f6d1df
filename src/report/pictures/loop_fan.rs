//! Wealth over time in two worlds on the same draws: with agents that sell together, and without.
//!
//! In: [`LoopFan`]. Out: a chart: medians and 90 % bands of both worlds, and below by how much the
//! loop moves each quantile. Not here: the worlds (`engine`), the paired difference (`stats`).

use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, EDGE, End, Ink, Line, Paint, Panel, Quantiles, ROUNDING, Scale, TICK_SIZE, Type,
    VPos, Weight, dates, drawn_of_worlds, label_ends, left_of_labels, room, seen,
};
use crate::figure::counted;
use crate::figure::{Currency, Quantity, of_chart as percent, percent_tick};
use crate::record::WEALTH;

pub const KIND: Kind = Kind {
    id: "loop_fan",
    title: "Wealth with and without the loop",
    doc: "Two worlds on the same draws: blue with agents that sell together, green without them. \
          Above: medians and bands that hold 90 of 100 paths. Below: how far each quantile with \
          the loop stands from the same quantile without it. The change of the median in the \
          title has the error of paired differences.",
    of: |source| boxed(LoopFan::of(source)),
};

const WITH: Ink = Ink::Blue;
const WITHOUT: Ink = Ink::Green;

/// Height of the lower panel, and what is free between the two, in pixels.
const CHANGE_HEIGHT: f64 = 128.0;
const BETWEEN: f64 = 52.0;

/// Height of the upper panel, and pixels above and below both.
const WORLDS_HEIGHT: f64 = 324.0;
const ABOVE: f64 = 6.0;
const BELOW: f64 = 40.0;

/// Least length of the lower axis: what is smaller is nothing.
const LEAST_CHANGE: f64 = 0.01;

/// One of the two worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    pub quantiles: Quantiles,
    /// Quantiles at the horizon with their errors.
    pub p05: Quantity,
    pub p50: Quantity,
    pub p95: Quantity,
}

/// Data of the chart. Money is in `currency`; both worlds share `years`, which start at 0.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopFan {
    pub currency: Currency,
    /// What the money is measured in, as in "in 2027 dollars".
    pub basis: String,
    pub years: Vec<f64>,
    pub n_paths: u64,
    /// An amount of the usual size: what was put in.
    pub put_in: f64,
    pub with: World,
    pub without: World,
    /// Change of the median at the horizon, of the median without the loop; none if it has no paired
    /// error.
    pub median_change: Option<Quantity>,
}

/// A quantile of one world.
type Level = fn(&Quantiles) -> &Vec<f64>;

/// A quantile of one world at the horizon.
type AtEnd = fn(&World) -> Quantity;

/// How far one quantile with the loop stands from the same one without it.
struct Change {
    /// Years and relative changes.
    line: Vec<(f64, f64)>,
    name: &'static str,
    ink: Ink,
}

/// Quantiles below, their names and inks.
const CHANGES: [(Level, &str, Ink); 3] = [
    (|of| &of.p95, "95th percentile", Ink::Mute),
    (|of| &of.p50, "median", WITH),
    (|of| &of.p05, "5th percentile", Ink::Vermilion),
];

/// What is said of a label that both worlds share.
const BOTH: &str = ", both";

impl LoopFan {
    /// Nothing without a twin of the run in which agents do not sell.
    fn of(source: &Source<'_>) -> Option<Self> {
        let with = source.outcome.series(WEALTH)?;
        let without = source.outcome.series(WEALTH.without_feedback())?;
        let world = |series, prefix: &str| {
            let at_end =
                |level: &str| source.measured(&format!("{prefix}wealth.terminal.real.{level}"));
            Some(World {
                quantiles: source.quantiles(series, 1.0, &at_end)?,
                p05: at_end("p05")?,
                p50: at_end("p50")?,
                p95: at_end("p95")?,
            })
        };
        Some(Self {
            currency: source.currency(),
            basis: source.basis(),
            years: Source::years_of(with),
            n_paths: source.scenario.paths,
            put_in: source.outcome.money_in,
            with: world(with, "")?,
            without: world(without, "without_feedback.")?,
            median_change: median_change(source),
        })
    }

    fn horizon(&self) -> f64 {
        self.years.last().copied().unwrap_or(0.0).max(1.0 / 12.0)
    }

    fn scale(&self) -> Scale {
        let of = |world: &World| world.quantiles.extent(self.put_in);
        Scale::fit(of(&self.with).and(of(&self.without)))
    }

    /// Both worlds' quantiles as printed; those that read the same share a label.
    fn ends(&self) -> Vec<End> {
        let quantiles: [(&str, AtEnd); 3] = [
            ("95th", |world| world.p95),
            ("median", |world| world.p50),
            ("5th", |world| world.p05),
        ];
        let end = |name: &str, which: &str, figure: Quantity, ink| End {
            value: figure.value,
            text: format!("{name}{which} {}", self.currency.measured(figure)),
            ink,
            weight: match name {
                "95th" | "5th" => Weight::Regular,
                _ => Weight::SemiBold,
            },
        };
        let is_one = |a, b| self.currency.measured(a) == self.currency.measured(b);
        let all = quantiles.map(|(_, of)| [of(&self.without), of(&self.with)]);
        let middle = self.with.p50;
        if all.iter().flatten().all(|figure| is_one(*figure, middle)) {
            return vec![end("5th to 95th", BOTH, middle, Ink::Text)];
        }
        let ends = quantiles.into_iter().zip(all);
        let ends = ends.flat_map(|((name, _), [without, with])| match is_one(without, with) {
            true => vec![end(name, BOTH, with, Ink::Text)],
            false => vec![
                end(name, ", no loop", without, WITHOUT),
                end(name, "", with, WITH),
            ],
        });
        ends.collect()
    }

    /// The title where no difference is seen.
    fn cannot_tell(&self) -> String {
        let paths = counted(self.n_paths as usize, "path");
        format!("{paths} cannot tell whether the loop changes the median")
    }

    /// Relative change of a quantile at every date; where nothing is left without the loop there is
    /// none.
    fn change(&self, level: Level) -> Vec<(f64, f64)> {
        let pairs = level(&self.with.quantiles)
            .iter()
            .zip(level(&self.without.quantiles));
        let dated = self.years.iter().copied().zip(pairs);
        dated
            .filter(|(_, (_, without))| **without > 0.0)
            .map(|(year, (with, without))| (year, with / without - 1.0))
            .collect()
    }

    fn changes(&self) -> [Change; 3] {
        CHANGES.map(|(level, name, ink)| Change {
            line: self.change(level),
            name,
            ink,
        })
    }

    fn change_scale(&self) -> Scale {
        let changes = self.changes();
        let values = || {
            let lines = changes.iter().flat_map(|change| &change.line);
            lines.map(|point| point.1)
        };
        let (lowest, highest) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let short = (LEAST_CHANGE - (highest - lowest)).max(0.0) / 2.0;
        Scale::linear_from_zero(lowest - short, highest + short)
    }

    fn change_ends(&self) -> Vec<End> {
        let changes = self.changes().into_iter();
        changes
            .filter_map(|Change { line, name, ink }| {
                let (year, value) = *line.last()?;
                let measured = self.median_change.filter(|_| name == "median");
                let text = if self.years.last() == Some(&year) {
                    let change = measured.unwrap_or(Quantity::exact(value));
                    format!("{name} {}", signed_percent(change))
                } else {
                    format!("{name}: nothing left")
                };
                Some(End {
                    value,
                    text,
                    ink,
                    weight: Weight::SemiBold,
                })
            })
            .collect()
    }

    fn draw_worlds(&self, canvas: &mut Canvas, panel: &Panel) {
        let worlds = [(&self.without, WITHOUT), (&self.with, WITH)];
        for (world, ink) in worlds {
            let Quantiles { p05, p95, .. } = &world.quantiles;
            let percent = 13;
            panel.band(canvas, &self.years, p05, p95, Paint::of(ink, percent));
        }
        for (world, ink) in worlds {
            let edge = Line::new(ink, 1.0).percent(70);
            for level in [&world.quantiles.p05, &world.quantiles.p95] {
                let points = self.years.iter().copied().zip(level.iter().copied());
                panel.line(canvas, points.collect(), edge);
            }
            let median = Line::new(ink, 2.4);
            world.quantiles.median(canvas, panel, &self.years, median);
        }
    }

    fn draw_changes(&self, canvas: &mut Canvas, panel: &Panel) {
        panel.levels(canvas, &panel.y.ticks(4), Some(&percent_tick));
        let zero = Line::new(Ink::Text, 1.0).dashed(4, 3);
        panel.line(canvas, vec![(0.0, 0.0), (self.horizon(), 0.0)], zero);
        for Change { line, ink, .. } in self.changes() {
            panel.line(canvas, line, Line::new(ink, 2.0));
        }
    }
}

/// `−7.7%`, `+0.3%`, `0%`.
fn signed_percent(change: Quantity) -> String {
    let tenths = (1_000.0 * change.value.abs()).round();
    let size = change.size();
    match change.value < 0.0 {
        _ if tenths == 0.0 => "0%".to_string(),
        true => format!("−{}", percent(size)),
        false => format!("+{}", percent(size)),
    }
}

/// Whether two figures of runs on the same draws differ by more than their errors together, which
/// bounds the error of the difference whatever their dependence.
fn differ(a: Quantity, b: Quantity) -> bool {
    let rounding = ROUNDING * a.value.abs().max(b.value.abs());
    (a.value - b.value).abs() > (a.half_width() + b.half_width()).max(rounding)
}

impl Chart for LoopFan {
    fn finding(&self) -> String {
        let Some(change) = self
            .median_change
            .filter(|change| change.std_error.is_finite())
        else {
            let (with, without) = (self.with.p50, self.without.p50);
            if self.n_paths == 1 {
                let [with, without] = self.currency.measured_apart([with, without]);
                return format!(
                    "The one path ends with {with} with the loop, with {without} without it"
                );
            }
            let is_known = with.half_width().is_finite() && without.half_width().is_finite();
            if is_known && !differ(with, without) {
                return self.cannot_tell();
            }
            let [with, without] = self.currency.measured_apart([with, without]);
            return match with == without {
                true => format!("With and without the loop the median is {with}"),
                false => format!("With the loop the median is {with}, without it {without}"),
            };
        };
        if !change.differs_from_zero() {
            return self.cannot_tell();
        }
        let size = percent(change.size());
        let what = match change.value < 0.0 {
            true => format!("The loop takes {size} off median wealth"),
            false => format!("The loop adds {size} to median wealth"),
        };
        let (with, without) = (self.with.p05, self.without.p05);
        if !differ(with, without) {
            return what;
        }
        let agrees = (with.value < without.value) == (change.value < 0.0);
        let [with, without] = self.currency.measured_apart([with, without]);
        format!(
            "{what}{} the 5th percentile is {with} instead of {without}",
            if agrees { ";" } else { ", but" },
        )
    }

    fn reading(&self) -> String {
        let worlds = [&self.with.quantiles, &self.without.quantiles];
        let seen = seen(worlds, &self.scale(), WORLDS_HEIGHT);
        let mut text = format!(
            "Wealth {}, {}: blue with agents that sell together, green without, on the same draws",
            self.basis,
            drawn_of_worlds(self.n_paths, seen)
        );
        text += &self.scale().said(|value| self.currency.amount(value));
        text + &self.with.quantiles.of_which()
    }

    fn body_height(&self) -> f64 {
        ABOVE + WORLDS_HEIGHT + BETWEEN + CHANGE_HEIGHT + BELOW
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let (scale, change) = (self.scale(), self.change_scale());
        let (ends, change_ends) = (self.ends(), self.change_ends());
        let ticks = scale.ticks(7);
        let label = |value| self.currency.tick(value);
        let left = left_of_labels(EDGE, &ticks, &label);
        let columns = Area {
            left: left.max(left_of_labels(EDGE, &change.ticks(4), &percent_tick)),
            top: body.top + ABOVE,
            right: body.right - EDGE - room(&ends).max(room(&change_ends)),
            bottom: body.bottom - BELOW,
        };
        let time = Scale::linear(0.0, self.horizon());
        let below = Area {
            top: columns.bottom - CHANGE_HEIGHT,
            ..columns
        };
        let above = Area {
            bottom: below.top - BETWEEN,
            ..columns
        };
        let panel = Panel::new(above, time, scale);
        panel.levels(canvas, &ticks, Some(&label));
        self.draw_worlds(canvas, &panel);
        panel.base(canvas, &[], TICK_SIZE);
        label_ends(canvas, &panel, &ends);
        let heading = Type::new(12.0, Ink::Text).semibold().down(VPos::Top);
        let text = "With the loop against without it, quantile by quantile";
        canvas.text(text, (columns.left, below.top - 26.0), &heading);
        let panel = Panel::new(below, time, change);
        self.draw_changes(canvas, &panel);
        panel.base(canvas, &dates(self.horizon(), 12), TICK_SIZE);
        label_ends(canvas, &panel, &change_ends);
    }
}

/// Change of the median at the horizon by the loop, of the median without it.
fn median_change(source: &Source<'_>) -> Option<Quantity> {
    let change = source.measured("amplification.wealth.terminal.real.p50")?;
    let without = source.measured("without_feedback.wealth.terminal.real.p50")?;
    (without.value > 0.0).then(|| change.times(1.0 / without.value))
}
