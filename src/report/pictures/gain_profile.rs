//! Where a crash feeds itself, and how often the markets get there.
//!
//! In: [`GainProfile`]. Out: a chart: the gain against the month's loss, whose limits lie where,
//! how likely a month is that bad (`chance`). Not here: the gain itself, the sample of months, the title (`wording`).
//!
//! Neither half means anything alone: a gain above 1 where no month ever goes is harmless, and so
//! is a frequent loss at which nobody sells.

use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, EDGE, Ink, LABEL_GAP, Line, Paint, Panel, Scale, TICK_SIZE, Type, VPos, WIDTH,
    labelled, shorten, spread,
};
use crate::crash::GainProfile as Profile;
use crate::figure::{Quantity, of_chart as percent, percent_tick, plain};
use crate::report::replay::lost as fall;
use crate::report::{ExceedancePart, PrescribedPart, ReachPart};

mod chance;
mod wording;

use wording::gain_in_figures;

pub const KIND: Kind = Kind {
    id: "gain_profile",
    title: "Self-reinforcing agent selling",
    doc: "Top: the feedback gain against the fall of a month, measured on what the agents hold. Above 1 selling is \
          self-reinforcing. Middle: the range of falls in which each group of agents sells. Bottom: the probability \
          of such a month before any agent has sold, on a logarithmic scale. In a crisis regime markets have less \
          depth and months are worse. The chart needs a linear price impact, because otherwise the first sale has no \
          finite gain.",
    of: |source| boxed(GainProfile::of(source)),
};

/// Heights of the two panels, of what stands between and below them, in pixels.
const GAIN_HEIGHT: f64 = 196.0;
const CHANCE_HEIGHT: f64 = 186.0;
const HEADING: f64 = 22.0;
const BETWEEN: f64 = 22.0;
const TOP: f64 = 6.0;
const BASE: f64 = 50.0;

/// Room for the words beside the line of gain 1 and for the names of the curves.
const ZONE_ROOM: f64 = 132.0;

/// Height of the row of a cluster, of the bar in it, and free pixels between the bar and its label.
const PITCH: f64 = 19.0;
const BAR: f64 = 8.0;
const GAP: f64 = 6.0;
const LONGEST_NAME: f64 = 200.0;

/// A gain beyond this is drawn on an axis that is logarithmic above 1.
const LARGEST_LINEAR: f64 = 8.0;

/// Length of the axis of gains for each unit of the highest one: its label stands above it.
const HEADROOM: f64 = 1.2;

/// What stands above the three parts.
const HEADINGS: [&str; 3] = [
    "Gain: further sales that one sale causes",
    "Who sells at which fall",
    "Chance that a month is at least that bad before anybody sells",
];

/// Data of the chart. Losses are logarithms, as agents' limits are stated; the axis shows falls.
#[derive(Clone, Debug, PartialEq)]
pub struct GainProfile {
    /// In calm months.
    pub profile: Profile,
    /// How many times larger it is in a crisis, if there are crises.
    pub thinning: Option<f64>,
    /// The first to sell first.
    pub bands: Vec<Band>,
    /// Falls that the scenario prescribes, as the agents see them.
    pub prescribed: Vec<PrescribedPart>,
    pub exceedance: ExceedancePart,
    /// The loss at which the first agents sell.
    pub first_trigger: ReachPart,
    /// The loss at which the gain reaches 1, if one does.
    pub self_feeding: Option<ReachPart>,
}

/// A cluster of agents and the losses between which they sell.
#[derive(Clone, Debug, PartialEq)]
pub struct Band {
    pub name: String,
    /// Share of the agents' money.
    pub share: f64,
    /// Log-losses at which the first and the last of them sell.
    pub first: f64,
    pub last: f64,
}

/// A log-loss as the fall of a price.
fn depth(loss: f64) -> String {
    percent(Quantity::exact(fall(loss)))
}

impl GainProfile {
    /// Nothing without agents that hold anything, or if the impact has no gain.
    fn of(source: &Source<'_>) -> Option<Self> {
        let crash = source.report.scenario.crash.as_ref()?;
        if crash.impact_exponent != 1.0 {
            return None;
        }
        let bands = crash.clusters.iter().map(|cluster| Band {
            name: cluster.name.clone(),
            share: cluster.share,
            first: cluster.first_trigger,
            last: cluster.last_trigger,
        });
        Some(Self {
            profile: Profile {
                edges: crash.profile_edges.clone(),
                gains: crash.profile_gains.clone(),
            },
            thinning: crash.depth_in_crisis.map(|depth| 1.0 / depth),
            bands: bands.collect(),
            prescribed: crash.prescribed.clone(),
            exceedance: crash.exceedance.clone()?,
            first_trigger: crash.first_trigger?,
            self_feeding: crash.self_feeding,
        })
    }

    fn across(&self) -> Scale {
        let highest = self.exceedance.losses.last().copied().unwrap_or(1.0);
        Scale::linear(0.0, fall(highest).max(1e-3))
    }

    fn gain_scale(&self) -> Scale {
        let times = self.thinning.unwrap_or(1.0).max(1.0);
        let highest = (times * self.profile.headline()).max(1.0);
        if highest > LARGEST_LINEAR {
            let scale = Scale::symlog(0.0, highest, 1.0);
            return scale.between(0.0, scale.value_at(HEADROOM * scale.place(highest)));
        }
        Scale::linear(0.0, highest * HEADROOM)
    }

    /// The profile as corners of its steps: falls and gains.
    fn steps(&self, times: f64) -> Vec<(f64, f64)> {
        let Profile { edges, gains } = &self.profile;
        let first = edges.first().map_or(0.0, |edge| fall(*edge));
        let mut corners = vec![(0.0, 0.0), (first, 0.0)];
        for (ends, gain) in edges.windows(2).zip(gains) {
            corners.extend(ends.iter().map(|end| (fall(*end), times * gain)));
        }
        corners.extend(edges.last().map(|end| (fall(*end), 0.0)));
        corners.push((self.across().ends().1, 0.0));
        corners
    }

    fn draw_gain(&self, canvas: &mut Canvas, panel: &Panel) {
        let (low, high) = panel.x.ends();
        let top = panel.y.ends().1;
        let zone = Paint::of(Ink::Vermilion, 8);
        panel.band(canvas, &[low, high], &[1.0; 2], &[top; 2], zone);
        panel.levels(canvas, &panel.y.ticks(5), Some(&plain));
        let steps = self.steps(1.0);
        let (x, y): (Vec<f64>, Vec<f64>) = steps.iter().copied().unzip();
        let under = Paint::of(Ink::Blue, 18);
        panel.band(canvas, &x, &vec![0.0; x.len()], &y, under);
        if let Some(times) = self.thinning {
            let crisis = Line::new(Ink::Vermilion, 1.8);
            panel.line(canvas, self.steps(times), crisis);
        }
        panel.line(canvas, steps, Line::new(Ink::Blue, 2.2));
        let one = Line::new(Ink::Text, 1.0).dashed(4, 3);
        panel.line(canvas, vec![(low, 1.0), (high, 1.0)], one);
        panel.base(canvas, &[], TICK_SIZE);
    }

    /// The first falls between which the gain is highest.
    fn plateau(&self) -> Option<(f64, f64)> {
        let Profile { edges, gains } = &self.profile;
        let is_highest = |gain: &f64| *gain >= self.profile.headline() * (1.0 - 1e-9);
        let first = gains.iter().position(is_highest)?;
        let highest = gains[first..].iter().take_while(|gain| is_highest(gain));
        Some((fall(edges[first]), fall(edges[first + highest.count()])))
    }

    /// Labels of the profiles at their highest place.
    fn label_gain(&self, canvas: &mut Canvas, panel: &Panel) {
        let Some((from, to)) = self.plateau() else {
            return;
        };
        let calm = if self.thinning.is_some() {
            "calm"
        } else {
            "gain"
        };
        let calm = (calm, self.profile.headline(), Ink::Blue);
        let crisis = self.thinning.map(|times| {
            let gain = times * self.profile.headline();
            ("in a crisis", gain, Ink::Vermilion)
        });
        let labels: Vec<(&str, f64, Ink)> = std::iter::once(calm).chain(crisis).collect();
        let wished = labels
            .iter()
            .map(|(_, gain, _)| panel.at(from, *gain).1 - 11.0);
        let wished: Vec<f64> = wished.collect();
        let Area {
            left,
            right,
            top,
            bottom,
        } = panel.area;
        let placed = spread(&wished, 17.0, top + 8.0, bottom - 10.0);
        for ((name, gain, ink), y) in labels.into_iter().zip(placed) {
            let text = format!("{name} {}", gain_in_figures(gain));
            let set = Type::new(12.0, ink).semibold().down(VPos::Center).halo();
            let half = set.width(&text) / 2.0;
            let middle = panel.at(0.5 * (from + to), 0.0).0;
            let x = (middle - half).clamp(left + 4.0, right - 2.0 * half - 4.0);
            canvas.text(&text, (x, y), &set);
        }
    }

    /// Height of the rows of clusters and of prescribed falls.
    fn strip_height(&self) -> f64 {
        let n_rows = self.bands.len() + self.prescribed.len();
        n_rows.max(1) as f64 * PITCH
    }

    /// A row for each cluster with its name and for each prescribed fall, from the top of `area` down.
    fn draw_bands(&self, canvas: &mut Canvas, area: Area) {
        let panel = Panel::new(area, self.across(), Scale::linear(0.0, 1.0));
        let x = |loss: f64| panel.at(fall(loss), 0.0).0.min(area.right);
        let set = Type::new(11.5, Ink::Text).down(VPos::Center).halo();
        let bands = self.bands.iter().map(|band| {
            let name = shorten(&band.name, &set, LONGEST_NAME);
            let share = percent(Quantity::exact(band.share));
            let text = format!("{name}, {share} of agents' money");
            (x(band.first), x(band.last), text, Ink::Slate)
        });
        let prescribed = self.prescribed.iter().map(|fall| {
            let text = format!("prescribed in {}", fall.date);
            let at = x(fall.loss);
            (at - 1.5, at + 1.5, text, Ink::Vermilion)
        });
        for (row, (from, to, text, ink)) in bands.chain(prescribed).enumerate() {
            let y = area.top + (row as f64 + 0.5) * PITCH;
            let to = to.max(from + 2.0);
            canvas.bar((from, to), y, BAR, Paint::of(ink, 55), None);
            // on a bar as wide as the picture its name stands at the end of it
            let rightmost = WIDTH - EDGE - set.width(&text);
            canvas.text(&text, ((to + GAP).min(rightmost), y), &set);
        }
    }
}

/// What lies above and below the line of gain 1.
fn label_zone(canvas: &mut Canvas, panel: &Panel) {
    let (_, y) = panel.at(0.0, 1.0);
    let x = panel.area.right + LABEL_GAP;
    let set = |ink| Type::new(12.0, ink).down(VPos::Center);
    // with little room above or below the line its two sentences give way to each other
    let above = set(Ink::Vermilion).semibold();
    canvas.text("above 1 a crash", (x, y - 26.0), &above);
    canvas.text("feeds itself", (x, y - 10.0), &above);
    canvas.text("below it dies out", (x, y + 10.0), &set(Ink::Mute));
}

impl Chart for GainProfile {
    fn finding(&self) -> String {
        self.title()
    }

    fn reading(&self) -> String {
        self.subtitle()
    }

    fn body_height(&self) -> f64 {
        let heights = GAIN_HEIGHT + self.strip_height() + CHANCE_HEIGHT;
        TOP + 3.0 * HEADING + heights + 2.0 * BETWEEN + BASE
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let mut bottom = body.top + TOP - BETWEEN;
        let areas = [GAIN_HEIGHT, self.strip_height(), CHANCE_HEIGHT].map(|height| {
            let top = bottom + BETWEEN + HEADING;
            bottom = top + height;
            Area {
                left: EDGE + 44.0,
                top,
                right: WIDTH - EDGE - ZONE_ROOM,
                bottom,
            }
        });
        let gain = Panel::new(areas[0], self.across(), self.gain_scale());
        let chance = Panel::new(areas[2], self.across(), self.chance_scale());
        self.draw_gain(canvas, &gain);
        self.draw_chance(canvas, &chance);
        let ticks = labelled(self.across().ticks(10), percent_tick);
        chance.base(canvas, &ticks, TICK_SIZE);
        let taken = self.mark(canvas, &gain, &chance);
        self.label_gain(canvas, &gain);
        label_zone(canvas, &gain);
        self.draw_bands(canvas, areas[1]);
        self.label_curves(canvas, &chance, &taken);
        for (area, text) in areas.iter().zip(HEADINGS) {
            canvas.heading(text, (area.left, area.top - HEADING));
        }
        let set = Type::new(TICK_SIZE, Ink::Mute).down(VPos::Top);
        let caption = "fall of a month as agents measure it";
        let x = chance.area.right - set.width(caption);
        canvas.text(caption, (x, chance.area.bottom + 28.0), &set);
    }
}
