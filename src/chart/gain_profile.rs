//! Where a crash feeds itself, and how often the markets get there.
//!
//! In: [`GainProfile`]. Out: a chart: the gain against the month's loss, whose limits lie where,
//! how likely a month is that bad. Not here: the gain itself, the sample of months.
//!
//! Neither half means anything alone: a gain above 1 where no month ever goes is harmless, and so
//! is a frequent loss at which nobody sells.

use super::canvas::{Canvas, HPos, Line, Paint, Type, VPos, Weight};
use super::direct::{End, GAP, label_ends};
use super::frame::{Area, EDGE, WIDTH};
use super::labels::spread;
use super::number::{percent_tick, plain};
use super::panel::{Panel, TICK_SIZE};
use super::scale::Scale;
use super::theme::Ink;
use super::{Chart, Kind};
use crate::math::elementary::expm1;

mod bands;
mod finding;
mod marks;

pub use bands::{Band, Fall};
pub use marks::Reach;

pub const KIND: Kind = Kind {
    id: "gain_profile",
    title: "Where a crash feeds itself",
    doc: "Above: the gain, how many further sales one sale causes, against the fall of a month that \
          agents see; above 1 a crash feeds itself. Middle: the agents and between which falls \
          they sell. Below: how likely a month is that bad before anybody has sold, on a \
          logarithmic axis. In a crisis markets are less deep and months worse. Not drawn for an \
          impact that is not linear: its first sale has no finite gain.",
};

/// Heights of the two panels, of what stands between and below them, in pixels.
const GAIN_HEIGHT: f64 = 196.0;
const CHANCE_HEIGHT: f64 = 186.0;
const HEADING: f64 = 22.0;
const BETWEEN: f64 = 22.0;
const TOP: f64 = 6.0;
const BASE: f64 = 50.0;

/// A gain beyond this is drawn on an axis that is logarithmic above 1.
const LARGEST_LINEAR: f64 = 8.0;

/// Length of the axis of gains for each unit of the highest one: its label stands above it.
const HEADROOM: f64 = 1.2;

/// The rarest month that is drawn, and the most frequent one at the base of its panel.
const RAREST: f64 = 1e-4;
const MOST_AT_BASE: f64 = 1e-2;

/// How often a month's loss is at least so large, one value per loss.
#[derive(Clone, Debug, PartialEq)]
pub struct Exceedance {
    /// Log-losses, rising from 0.
    pub losses: Vec<f64>,
    /// All months, or calm ones where there are crises.
    pub calm: Vec<f64>,
    /// Months of a crisis, if there are any.
    pub crisis: Option<Vec<f64>>,
}

/// Data of the chart. Losses are logarithms, as agents' limits are stated; the axis shows falls.
#[derive(Clone, Debug, PartialEq)]
pub struct GainProfile {
    /// Losses at which a band of limits begins or ends, rising.
    pub edges: Vec<f64>,
    /// Gain between two edges, in calm months.
    pub gains: Vec<f64>,
    /// How many times larger it is in a crisis, if there are crises.
    pub thinning: Option<f64>,
    pub bands: Vec<Band>,
    /// Falls that the scenario prescribes, as the agents see them.
    pub prescribed: Vec<Fall>,
    pub exceedance: Exceedance,
    /// The loss at which the first agents sell.
    pub first_trigger: Reach,
    /// The loss at which the gain reaches 1, if one does.
    pub self_feeding: Option<Reach>,
}

/// The fall of a price that a log-loss is.
fn fall(loss: f64) -> f64 {
    -expm1(-loss)
}

impl GainProfile {
    fn largest(&self, times: f64) -> f64 {
        times * self.gains.iter().copied().fold(0.0, f64::max)
    }

    /// The gain that the axis has to hold.
    fn highest(&self) -> f64 {
        self.largest(self.thinning.unwrap_or(1.0).max(1.0)).max(1.0)
    }

    fn gain_scale(&self) -> Scale {
        let highest = self.highest();
        if highest > LARGEST_LINEAR {
            let scale = Scale::Symlog {
                low: 0.0,
                high: highest,
                linear_below: 1.0,
            };
            return scale.between(0.0, scale.value_at(HEADROOM * scale.place(highest)));
        }
        Scale::Linear {
            low: 0.0,
            high: highest * HEADROOM,
        }
    }

    fn across(&self) -> Scale {
        let highest = self.exceedance.losses.last().copied().unwrap_or(1.0);
        Scale::Linear {
            low: 0.0,
            high: fall(highest).max(1e-3),
        }
    }

    fn chance_scale(&self) -> Scale {
        let curves = [Some(&self.exceedance.calm), self.exceedance.crisis.as_ref()];
        let ends = curves
            .into_iter()
            .flatten()
            .filter_map(|curve| curve.last());
        Scale::Log {
            low: ends
                .fold(1.0, |least, end| end.min(least))
                .clamp(RAREST, MOST_AT_BASE),
            high: 1.0,
        }
    }

    /// The profile as corners of its steps: falls and gains.
    fn steps(&self, times: f64) -> Vec<(f64, f64)> {
        let mut corners = vec![(0.0, 0.0)];
        for (ends, gain) in self.edges.windows(2).zip(&self.gains) {
            corners.extend(ends.iter().map(|end| (fall(*end), times * gain)));
        }
        corners.extend(self.edges.last().map(|end| (fall(*end), 0.0)));
        if let Some(first) = corners.get(1).copied() {
            corners.insert(1, (first.0, 0.0));
        }
        corners.push((self.across().ends().1, 0.0));
        corners
    }

    fn draw_gain(&self, canvas: &mut Canvas, panel: &Panel) {
        let (low, high) = panel.x.ends();
        let top = panel.y.ends().1;
        let zone = Paint {
            ink: Ink::Vermilion,
            percent: 8,
        };
        panel.band(canvas, &[low, high], &[1.0; 2], &[top; 2], zone);
        let ticks = panel.y.ticks(5);
        panel.levels(canvas, &ticks, Some(&plain));
        let steps = self.steps(1.0);
        let (x, y): (Vec<f64>, Vec<f64>) = steps.iter().copied().unzip();
        let under = Paint {
            ink: Ink::Blue,
            percent: 18,
        };
        panel.band(canvas, &x, &vec![0.0; x.len()], &y, under);
        if let Some(times) = self.thinning {
            let crisis = Line::new(Ink::Vermilion, 1.8);
            panel.line(canvas, self.steps(times), crisis);
        }
        panel.line(canvas, steps, Line::new(Ink::Blue, 2.2));
        let one = Line::new(Ink::Text, 1.0).dashed(4, 3);
        panel.line(canvas, vec![(low, 1.0), (high, 1.0)], one);
    }

    /// The first falls between which the gain is highest.
    fn plateau(&self) -> Option<(f64, f64)> {
        let is_highest = |gain: &f64| *gain >= self.largest(1.0) * (1.0 - 1e-9);
        let first = self.gains.iter().position(is_highest)?;
        let length = self.gains[first..]
            .iter()
            .take_while(|gain| is_highest(gain))
            .count();
        Some((fall(self.edges[first]), fall(self.edges[first + length])))
    }

    /// Labels of the profiles at their highest place, of the zone beside it.
    fn label_gain(&self, canvas: &mut Canvas, panel: &Panel) {
        let Some((from, to)) = self.plateau() else {
            return;
        };
        let gain = self.largest(1.0);
        let calm = match self.thinning {
            None => format!("gain {}", gain_in_figures(gain)),
            Some(_) => format!("calm {}", gain_in_figures(gain)),
        };
        let mut labels = vec![(calm, gain, Ink::Blue)];
        labels.extend(self.thinning.map(|times| {
            let text = format!("in a crisis {}", gain_in_figures(times * gain));
            (text, times * gain, Ink::Vermilion)
        }));
        let wished: Vec<f64> = labels
            .iter()
            .map(|(_, gain, _)| panel.at(from, *gain).1 - 11.0)
            .collect();
        let (top, bottom) = (panel.area.top + 8.0, panel.area.bottom - 10.0);
        let placed = spread(&wished, 17.0, top, bottom);
        for ((text, _, ink), y) in labels.iter().zip(&placed) {
            let set = Type::new(12.0, *ink).semibold().down(VPos::Center).halo();
            let half = set.width(text) / 2.0;
            let middle = panel.at(0.5 * (from + to), 0.0).0;
            let left =
                (middle - half).clamp(panel.area.left + 4.0, panel.area.right - 2.0 * half - 4.0);
            canvas.text(text, (left, *y), &set);
        }
    }

    /// The curves below with their names and inks.
    fn curves(&self) -> Vec<(&[f64], &'static str, Ink)> {
        match &self.exceedance.crisis {
            None => vec![(&self.exceedance.calm, "any month", Ink::Blue)],
            Some(crisis) => vec![
                (crisis, "month of a crisis", Ink::Vermilion),
                (&self.exceedance.calm, "calm month", Ink::Blue),
            ],
        }
    }

    /// Whether no month has any loss but a prescribed one.
    fn is_still(&self) -> bool {
        let curves = self.curves();
        let mut beyond_zero = curves.iter().flat_map(|(curve, ..)| curve.iter().skip(1));
        beyond_zero.all(|chance| *chance <= 0.0)
    }

    /// Where a curve leaves through the base of `panel` with room for `name` behind it, in pixels.
    fn leaves(&self, panel: &Panel, curve: &[f64], name: &str) -> Option<f64> {
        let least = panel.y.ends().0;
        let at = curve.iter().position(|chance| *chance < least)?;
        let x = panel.at(fall(self.exceedance.losses[at]), least).0 + 6.0;
        (x + curve_type(Ink::Text).width(name) <= panel.area.right).then_some(x)
    }

    /// Names the curves: at the right edge, or where they leave through the base.
    fn label_curves(&self, canvas: &mut Canvas, panel: &Panel) {
        let least = panel.y.ends().0;
        if self.is_still() {
            let set = Type::new(12.0, Ink::Mute)
                .across(HPos::Center)
                .down(VPos::Center);
            let middle = (panel.area.left + panel.area.right) / 2.0;
            let at = (middle, (panel.area.top + panel.area.bottom) / 2.0 + 8.0);
            canvas.text("markets do not move by themselves here", at, &set.halo());
            return;
        }
        let mut ends = Vec::new();
        for (curve, name, ink) in self.curves() {
            match self.leaves(panel, curve, name) {
                Some(x) => canvas.text(name, (x, panel.area.bottom - 12.0), &curve_type(ink)),
                None => ends.push(End {
                    value: curve.last().copied().unwrap_or(0.0).max(least),
                    text: name.to_string(),
                    ink,
                    weight: Weight::SemiBold,
                }),
            }
        }
        label_ends(canvas, panel, &ends);
    }

    fn draw_chance(&self, canvas: &mut Canvas, panel: &Panel) {
        panel.levels(canvas, &panel.y.ticks(5), Some(&percent_tick));
        for (curve, _, ink) in self.curves() {
            let falls = self.exceedance.losses.iter().map(|loss| fall(*loss));
            let points = falls.zip(curve.iter().copied()).filter(|(_, p)| *p > 0.0);
            panel.line(canvas, points.collect(), Line::new(ink, 2.2));
        }
    }
}

/// `1.93`, `0.39`, `17`.
fn gain_in_figures(gain: f64) -> String {
    if gain < 10.0 {
        format!("{gain:.2}")
    } else {
        format!("{gain:.0}")
    }
}

fn heading(canvas: &mut Canvas, text: &str, at: (f64, f64)) {
    let set = Type::new(12.0, Ink::Text).semibold().down(VPos::Top);
    canvas.text(text, at, &set);
}

impl Chart for GainProfile {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn finding(&self) -> String {
        finding::finding(self)
    }

    fn reading(&self) -> String {
        finding::reading(self)
    }

    fn body_height(&self) -> f64 {
        let strip = bands::height(self, &columns());
        TOP + 3.0 * HEADING + GAIN_HEIGHT + BETWEEN + strip + BETWEEN + CHANCE_HEIGHT + BASE
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let columns = columns();
        let left = columns.left;
        let gain = Area {
            top: body.top + TOP + HEADING,
            bottom: body.top + TOP + HEADING + GAIN_HEIGHT,
            ..columns
        };
        let strip = Area {
            top: gain.bottom + BETWEEN + HEADING,
            bottom: gain.bottom + BETWEEN + HEADING + bands::height(self, &columns),
            ..columns
        };
        let chance = Area {
            top: strip.bottom + BETWEEN + HEADING,
            bottom: strip.bottom + BETWEEN + HEADING + CHANCE_HEIGHT,
            ..columns
        };
        let gain = Panel::new(gain, self.across(), self.gain_scale());
        let chance = Panel::new(chance, self.across(), self.chance_scale());
        self.draw_gain(canvas, &gain);
        gain.base(canvas, &[], TICK_SIZE);
        self.draw_chance(canvas, &chance);
        let ticks = self.across().ticks(10);
        let ticks: Vec<(f64, String)> = ticks
            .iter()
            .map(|fall| (*fall, percent_tick(*fall)))
            .collect();
        chance.base(canvas, &ticks, TICK_SIZE);
        marks::draw(self, canvas, &gain, &chance);
        self.label_gain(canvas, &gain);
        label_zone(canvas, &gain);
        bands::draw(self, canvas, strip);
        self.label_curves(canvas, &chance);
        let above = HEADING;
        heading(
            canvas,
            "Gain: further sales that one sale causes",
            (left, gain.area.top - above),
        );
        heading(canvas, "Who sells at which fall", (left, strip.top - above));
        let chance_of = "Chance that a month is at least that bad before anybody sells";
        heading(canvas, chance_of, (left, chance.area.top - above));
        let set = Type::new(TICK_SIZE, Ink::Mute).down(VPos::Top);
        let caption = "fall of what agents hold, in one month";
        let x = chance.area.right - set.width(caption);
        canvas.text(caption, (x, chance.area.bottom + 28.0), &set);
    }
}

/// The columns that all parts share: labels at the left and right, panels between.
fn columns() -> Area {
    Area {
        left: EDGE + 44.0,
        top: 0.0,
        right: WIDTH - EDGE - ZONE_ROOM,
        bottom: 0.0,
    }
}

fn curve_type(ink: Ink) -> Type {
    Type::new(12.0, ink).semibold().down(VPos::Center).halo()
}

/// Room for the words beside the line of gain 1 and for the names of the curves.
const ZONE_ROOM: f64 = 132.0;

fn label_zone(canvas: &mut Canvas, panel: &Panel) {
    let (_, y) = panel.at(0.0, 1.0);
    let x = panel.area.right + GAP;
    let set = |ink| Type::new(12.0, ink).down(VPos::Center);
    // with little room above or below the line its two sentences give way to each other
    let above = set(Ink::Vermilion).semibold();
    canvas.text("above 1 a crash", (x, y - 26.0), &above);
    canvas.text("feeds itself", (x, y - 10.0), &above);
    canvas.text("below it dies out", (x, y + 10.0), &set(Ink::Mute));
}
