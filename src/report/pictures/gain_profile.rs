//! Where a crash feeds itself, and how often the markets get there.
//!
//! In: [`GainProfile`]. Out: a chart: the gain against the month's loss, whose limits lie where,
//! how likely a month is that bad. Not here: the gain itself, the sample of months.
//!
//! Neither half means anything alone: a gain above 1 where no month ever goes is harmless, and so
//! is a frequent loss at which nobody sells.

use super::{Chart, Kind, Source, boxed};
use crate::chart::{Area, Canvas, EDGE, Ink, Panel, Scale, TICK_SIZE, Type, VPos, WIDTH, labelled};
use crate::crash::gain_between;
use crate::figure::percent_tick;
use crate::math::elementary::expm1;
use crate::report::{ExceedancePart, PrescribedPart, ReachPart};

mod bands;
mod chance;
mod finding;
mod gain;
mod marks;

pub use bands::Band;
pub use finding::markets_alone;

pub const KIND: Kind = Kind {
    id: "gain_profile",
    title: "Where a crash feeds itself",
    doc: "Above: the gain, how many further sales one sale causes, against the fall of a month as \
          agents measure it (mean log-return of what they hold); above 1 a crash feeds itself. Middle: the agents and between which falls \
          they sell. Below: how likely a month is that bad before anybody has sold, on a \
          logarithmic axis. In a crisis markets are less deep and months worse. Not drawn for an \
          impact that is not linear: its first sale has no finite gain.",
    of: |source| boxed(GainProfile::of(source)),
};

/// Heights of the two panels, of what stands between and below them, in pixels.
const GAIN_HEIGHT: f64 = 196.0;
const CHANCE_HEIGHT: f64 = 186.0;
const HEADING: f64 = 22.0;
const BETWEEN: f64 = 22.0;
const TOP: f64 = 6.0;
const BASE: f64 = 50.0;

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
    pub prescribed: Vec<PrescribedPart>,
    pub exceedance: ExceedancePart,
    /// The loss at which the first agents sell.
    pub first_trigger: ReachPart,
    /// The loss at which the gain reaches 1, if one does.
    pub self_feeding: Option<ReachPart>,
}

/// The fall of a price that a log-loss is.
fn fall(loss: f64) -> f64 {
    -expm1(-loss)
}

impl GainProfile {
    /// Nothing without agents that hold anything, or if the impact has no gain.
    fn of(source: &Source<'_>) -> Option<Self> {
        let entry = source.scenario.crash.as_ref()?;
        let crash = source.report.scenario.crash.as_ref()?;
        if entry.impact_exponent != 1.0 {
            return None;
        }
        let crisis = source.scenario.crisis.as_ref();
        Some(Self {
            edges: crash.profile_edges.clone(),
            gains: crash.profile_gains.clone(),
            thinning: crisis.map(|crisis| 1.0 / crisis.depth),
            bands: bands::of(entry),
            prescribed: crash.prescribed.clone(),
            exceedance: crash.exceedance.clone()?,
            first_trigger: crash.first_trigger?,
            self_feeding: crash.self_feeding,
        })
    }

    fn largest(&self, times: f64) -> f64 {
        times * self.gains.iter().copied().fold(0.0, f64::max)
    }

    /// Gain of a calm month between the edges around `loss`.
    fn gain_at(&self, loss: f64) -> f64 {
        gain_between(&self.edges, &self.gains, loss)
    }

    fn across(&self) -> Scale {
        let highest = self.exceedance.losses.last().copied().unwrap_or(1.0);
        Scale::linear(0.0, fall(highest).max(1e-3))
    }
}

/// `1.93`, `0.39`, `17`; what is below 1 does not read as 1.
fn gain_in_figures(gain: f64) -> String {
    if gain < 10.0 {
        let text = format!("{gain:.2}");
        match text == "1.00" && gain < 1.0 {
            true => "under 1".to_string(),
            false => text,
        }
    } else {
        format!("{gain:.0}")
    }
}

fn heading(canvas: &mut Canvas, text: &str, at: (f64, f64)) {
    let set = Type::new(12.0, Ink::Text).semibold().down(VPos::Top);
    canvas.text(text, at, &set);
}

impl Chart for GainProfile {
    fn finding(&self) -> String {
        finding::finding(self)
    }

    fn reading(&self) -> String {
        finding::reading(self)
    }

    fn body_height(&self) -> f64 {
        let strip = bands::height(self);
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
            bottom: gain.bottom + BETWEEN + HEADING + bands::height(self),
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
        let ticks = labelled(ticks, percent_tick);
        chance.base(canvas, &ticks, TICK_SIZE);
        let taken = marks::draw(self, canvas, &gain, &chance);
        self.label_gain(canvas, &gain);
        gain::label_zone(canvas, &gain);
        bands::draw(self, canvas, strip);
        self.label_curves(canvas, &chance, &taken);
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
        let caption = "fall of a month as agents measure it";
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

/// Room for the words beside the line of gain 1 and for the names of the curves.
const ZONE_ROOM: f64 = 132.0;
