//! Wealth over time in two worlds on the same draws: with agents that sell together, and without.
//!
//! In: [`LoopFan`]. Out: a chart: medians and 90 % bands of both worlds, and below by how much the
//! loop moves each quantile. Not here: the worlds (`engine`), the paired difference (`stats`).

use super::wealth_fan::{ABOVE, BELOW};
use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, EDGE, End, Ink, Line, Paint, Panel, Quantiles, Scale, TICK_SIZE, Weight, dated,
    dates, drawn_of_worlds, horizon, label_ends, left_of_labels, room, seen,
};
use crate::figure::{
    Quantity, money, money_measured, money_tick, of_chart as percent, percent_tick,
};
use crate::record::WEALTH;

pub const KIND: Kind = Kind {
    id: "loop_fan",
    title: "Wealth with and without agents",
    doc: "The same draws with agents (blue) and without them (green). Top: medians and bands that contain 90 % of \
          the paths. Bottom: the difference of each percentile with agents to the same percentile without. The \
          change of the median in the title has the error of paired differences.",
    of: |source| boxed(LoopFan::of(source)),
};

const WITH: Ink = Ink::Blue;
const WITHOUT: Ink = Ink::Green;

/// Heights of the upper and the lower panel, and what is free between the two, in pixels.
const WORLDS_HEIGHT: f64 = 324.0;
const CHANGE_HEIGHT: f64 = 128.0;
const BETWEEN: f64 = 52.0;

/// Quantiles at the horizon, and their names.
const LEVELS: [&str; 3] = ["p05", "p50", "p95"];
const NAMES: [&str; 3] = ["5th", "median", "95th"];

/// Least length of the lower axis: what is smaller is nothing.
const LEAST_CHANGE: f64 = 0.01;

/// One of the two worlds.
#[derive(Clone, Debug, PartialEq)]
pub struct World {
    pub quantiles: Quantiles,
    /// Those of [`LEVELS`] with their errors.
    pub at_end: [Quantity; 3],
}

/// Data of the chart. Money is in `currency`; both worlds share `years`, which start at 0.
#[derive(Clone, Debug, PartialEq)]
pub struct LoopFan {
    pub currency: String,
    /// What the money is measured in, as in "in 2027 dollars".
    pub basis: String,
    pub years: Vec<f64>,
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
        let with = source.series(WEALTH.quantity())?;
        let without = source.series(&WEALTH.without_feedback().name(&[]))?;
        let world = |series, prefix: &str| {
            let (quantiles, at_end) = source.fan(series, prefix, LEVELS)?;
            Some(World { quantiles, at_end })
        };
        Some(Self {
            currency: source.currency(),
            basis: source.basis(),
            years: with.years.clone(),
            put_in: source.report.scenario.money_in,
            with: world(with, "")?,
            without: world(without, "without_feedback.")?,
            median_change: median_change(source),
        })
    }

    fn scale(&self) -> Scale {
        let of = |world: &World| world.quantiles.extent(self.put_in);
        Scale::fit(of(&self.with).and(of(&self.without)))
    }

    /// Both worlds' quantiles as printed; those that read the same share a label.
    fn ends(&self) -> Vec<End> {
        let end = |name: &str, which: &str, figure: Quantity, ink| {
            let text = format!("{name}{which} {}", money_measured(&self.currency, figure));
            let weight = match name {
                "95th" | "5th" => Weight::Regular,
                _ => Weight::SemiBold,
            };
            End::new(figure.value, text, ink, weight)
        };
        let is_one = |a, b| money_measured(&self.currency, a) == money_measured(&self.currency, b);
        let (with, without) = (self.with.at_end, self.without.at_end);
        let middle = with[1];
        let mut all = with.into_iter().chain(without);
        if all.all(|figure| is_one(figure, middle)) {
            return vec![end("5th to 95th", BOTH, middle, Ink::Text)];
        }
        let ends = NAMES.into_iter().zip(without.into_iter().zip(with)).rev();
        let ends = ends.flat_map(|(name, (without, with))| match is_one(without, with) {
            true => vec![end(name, BOTH, with, Ink::Text)],
            false => vec![
                end(name, ", no loop", without, WITHOUT),
                end(name, "", with, WITH),
            ],
        });
        ends.collect()
    }

    /// The relative change of each quantile at every date; where nothing is left without the loop there is none.
    fn changes(&self) -> Vec<Change> {
        let change = |(level, name, ink): (Level, &'static str, Ink)| {
            let with = dated(&self.years, level(&self.with.quantiles));
            let pairs = with.into_iter().zip(level(&self.without.quantiles));
            let line = pairs
                .filter(|(_, without)| **without > 0.0)
                .map(|((year, with), without)| (year, with / without - 1.0));
            let line = line.collect();
            Change { line, name, ink }
        };
        CHANGES.into_iter().map(change).collect()
    }

    fn change_scale(&self) -> Scale {
        let changes = self.changes();
        let lines = changes.iter().flat_map(|change| &change.line);
        let values = || lines.clone().map(|point| point.1);
        let (lowest, highest) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
        let short = (LEAST_CHANGE - (highest - lowest)).max(0.0) / 2.0;
        Scale::linear_from_zero(lowest - short, highest + short)
    }

    fn change_ends(&self) -> Vec<End> {
        let end = |Change { line, name, ink }: Change| {
            let (year, value) = *line.last()?;
            let measured = self.median_change.filter(|_| name == "median");
            let text = match self.years.last() == Some(&year) {
                true => {
                    let change = measured.unwrap_or(Quantity::exact(value));
                    format!("{name} {}", signed_percent(change))
                }
                false => format!("{name}: nothing left"),
            };
            Some(End::new(value, text, ink, Weight::SemiBold))
        };
        self.changes().into_iter().filter_map(end).collect()
    }

    fn draw_worlds(&self, canvas: &mut Canvas, panel: &Panel) {
        let worlds = [(&self.without, WITHOUT), (&self.with, WITH)];
        for (world, ink) in worlds {
            let Quantiles { p05, p95, .. } = &world.quantiles;
            panel.band(canvas, &self.years, p05, p95, Paint::of(ink, 13));
        }
        for (world, ink) in worlds {
            let edge = Line::new(ink, 1.0).percent(70);
            for level in [&world.quantiles.p05, &world.quantiles.p95] {
                panel.line(canvas, dated(&self.years, level), edge);
            }
            let median = Line::new(ink, 2.4);
            world.quantiles.median(canvas, panel, &self.years, median);
        }
    }

    fn draw_changes(&self, canvas: &mut Canvas, panel: &Panel) {
        panel.levels(canvas, &panel.y.ticks(4), Some(&percent_tick));
        let zero = Line::new(Ink::Text, 1.0).dashed(4, 3);
        panel.line(canvas, vec![(0.0, 0.0), (panel.x.ends().1, 0.0)], zero);
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

impl Chart for LoopFan {
    fn finding(&self) -> String {
        let [with, without] = [&self.with, &self.without].map(|world| world.at_end[1]);
        let [with, without] = [with, without].map(|figure| money_measured(&self.currency, figure));
        let medians = format!("With the loop the median is {with}, without it {without}");
        match self
            .median_change
            .filter(|change| change.std_error.is_finite())
        {
            Some(change) if change.differs_from_zero() => {
                let how = if change.value < 0.0 { "less" } else { "more" };
                format!("{medians}: {} {how}", percent(change.size()))
            }
            Some(_) => format!("{medians}: no difference beyond sampling error"),
            None => medians,
        }
    }

    fn reading(&self) -> String {
        let worlds = [&self.with.quantiles, &self.without.quantiles];
        let seen = seen(worlds, &self.scale(), WORLDS_HEIGHT);
        let mut text = format!(
            "Wealth {}, {}: blue with agents that sell together, green without, on the same draws",
            self.basis,
            drawn_of_worlds(seen)
        );
        text += &self.scale().said(|value| money(&self.currency, value));
        text + &self.with.quantiles.of_which()
    }

    fn body_height(&self) -> f64 {
        ABOVE + WORLDS_HEIGHT + BETWEEN + CHANGE_HEIGHT + BELOW
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let (scale, change) = (self.scale(), self.change_scale());
        let (ends, change_ends) = (self.ends(), self.change_ends());
        let ticks = scale.ticks(7);
        let label = |value| money_tick(&self.currency, value);
        let left = left_of_labels(EDGE, &ticks, &label);
        let columns = Area {
            left: left.max(left_of_labels(EDGE, &change.ticks(4), &percent_tick)),
            right: body.right - EDGE - room(&ends).max(room(&change_ends)),
            ..body
        };
        let years = horizon(&self.years);
        let panel = |top, height, scale| {
            let bottom = top + height;
            let area = Area {
                top,
                bottom,
                ..columns
            };
            Panel::new(area, Scale::linear(0.0, years), scale)
        };
        let above = panel(body.top + ABOVE, WORLDS_HEIGHT, scale);
        above.levels(canvas, &ticks, Some(&label));
        self.draw_worlds(canvas, &above);
        above.base(canvas, &[], TICK_SIZE);
        label_ends(canvas, &above, &ends);
        let below = panel(above.area.bottom + BETWEEN, CHANGE_HEIGHT, change);
        let heading = "With the loop against without it, quantile by quantile";
        canvas.heading(heading, (columns.left, below.area.top - 26.0));
        self.draw_changes(canvas, &below);
        below.base(canvas, &dates(years, 12), TICK_SIZE);
        label_ends(canvas, &below, &change_ends);
    }
}

/// Change of the median at the horizon by the loop, of the median without it.
fn median_change(source: &Source<'_>) -> Option<Quantity> {
    let change = source.measured("amplification.wealth.terminal.real.p50")?;
    let without = source.measured("without_feedback.wealth.terminal.real.p50")?;
    (without.value > 0.0).then(|| change.times(1.0 / without.value))
}
