//! Where a crash feeds itself, and how often the markets get there.
//!
//! In: what is known of the agents. Out: a picture: the gain against the month's loss, whose limits lie where, how
//! likely a month is that bad. Not here: the gain itself, the sample of months.
//!
//! Neither half means anything alone: a gain above 1 where no month ever goes is harmless, and so
//! is a frequent loss at which nobody sells.

use super::{Kind, when};
use crate::chart::{
    Axis, End, Ink, Layer, Line, Paint, Plot, Scale, Shape, Spec, Type, Weight, shorten,
};
use crate::engine::Odds;
use crate::figure::{Quantity, of_chart as percent, one_in, percent_tick, plain};
use crate::report::replay::lost as fall;
use crate::report::{CrashPart, ExceedancePart, ReachPart};

pub const KIND: Kind = Kind {
    id: "gain_profile",
    title: "Self-reinforcing agent selling",
    doc: "Top: the feedback gain against the fall of a month, measured on what the agents hold. Above 1 selling is \
          self-reinforcing. Middle: the range of falls in which each group of agents sells. Bottom: the probability \
          of such a month before any agent has sold, on a logarithmic scale. In a crisis regime markets have less \
          depth and months are worse. The chart needs a linear price impact, because otherwise the first sale has no \
          finite gain.",
    of: Some(|source| spec(source.report.scenario.crash.as_ref()?)),
};

/// Heights of the upper and of the lower panel and of a row between them, in pixels.
const GAIN_HEIGHT: f64 = 196.0;
const CHANCE_HEIGHT: f64 = 186.0;
const PITCH: f64 = 19.0;

/// Widest name of a group of agents, in pixels.
const WIDEST: f64 = 120.0;

/// A gain beyond this is drawn on an axis that is logarithmic above 1.
const LARGEST_LINEAR: f64 = 8.0;

/// Length of the axis of gains for each unit of the highest one.
const HEADROOM: f64 = 1.2;

/// The rarest month that is drawn, and the most frequent one at the base of its panel.
const RAREST: f64 = 1e-4;
const MOST_AT_BASE: f64 = 1e-2;

/// `0.84`, `12.3`, `624`: three figures at most; what is below 1 does not read as 1.
fn gain_in_figures(gain: f64) -> String {
    let decimals = match gain {
        gain if gain < 10.0 => 2,
        gain if gain < 100.0 => 1,
        _ => 0,
    };
    let text = format!("{gain:.decimals$}");
    if text == "1.00" && gain < 1.0 {
        "under 1".to_owned()
    } else {
        text
    }
}

/// What is known of the loop. Losses are logarithms, as agents' limits are stated; the axis shows falls.
struct Loop<'a> {
    crash: &'a CrashPart,
    /// The highest gain in calm months.
    gain: f64,
    /// How many times larger it is in a crisis, if there are crises.
    thinning: Option<f64>,
    exceedance: &'a ExceedancePart,
    /// What is marked: where a crash feeds itself, else where the first agents sell.
    marked: ReachPart,
}

/// The months of one regime, or all.
struct Curve<'a> {
    name: &'static str,
    /// One of the months.
    month: &'static str,
    ink: Ink,
    /// At every loss of the exceedance.
    chances: &'a [f64],
    /// The fall that is marked and how often it is reached.
    marked: Option<(f64, f64)>,
}

/// Nothing without agents that hold anything, or if the impact has no gain.
pub fn spec(crash: &CrashPart) -> Option<Spec> {
    let first_trigger = crash.first_trigger?;
    let of = Loop {
        crash,
        gain: crash.gain?,
        thinning: crash.depth_in_crisis.map(|depth| 1.0 / depth),
        exceedance: crash.exceedance.as_ref()?,
        marked: crash.self_feeding.unwrap_or(first_trigger),
    };
    Some(Spec {
        finding: of.finding(),
        reading: of.reading(),
        shape: Shape::Plots(vec![of.gain_plot(), of.agents_plot(), of.chance_plot()]),
    })
}

impl Loop<'_> {
    /// Which falls feed themselves, else the highest gain.
    fn finding(&self) -> String {
        let depth = |loss: f64| percent(Quantity::exact(fall(loss)));
        let Some(reach) = self.crash.self_feeding else {
            let highest = self.thinning.unwrap_or(1.0).max(1.0) * self.gain;
            let highest = gain_in_figures(highest);
            return format!("No fall feeds itself: gain at most {highest}");
        };
        match (reach.loss.map(depth), reach.loss_in_crisis.map(depth)) {
            (Some(at), Some(sooner)) if at != sooner => {
                format!("Falls over {at} feed themselves, in a crisis over {sooner}")
            }
            (Some(at), _) => format!("Falls over {at} feed themselves"),
            (None, sooner) => {
                let sooner = sooner.unwrap_or_default();
                format!("In a crisis, falls over {sooner} feed themselves")
            }
        }
    }

    fn reading(&self) -> String {
        let gain = when(
            self.gain_scale().is_logarithmic(),
            "; gain on a log scale above 1",
        );
        let dots = match self.crash.self_feeding {
            _ if self.crash.is_still => "",
            Some(_) => "; dots mark where the gain first reaches 1, if that is in the picture",
            None => "; dots mark the first sale",
        };
        let reach = self.crash.self_feeding.filter(|_| !self.crash.is_still);
        let often = reach.map_or(String::new(), |reach| {
            let often = one_in(reach.month.probability, "month");
            format!("; markets alone fall so far in {often}")
        });
        let prescribed = when(
            !self.crash.prescribed.is_empty(),
            "; months with a prescribed fall are not counted",
        );
        format!(
            "Gain against the fall of a month that agents see, the agents' limits, and how often \
             months are that bad{often}{gain}{dots}{prescribed}"
        )
    }

    /// Falls, without ticks but in the lowest panel.
    fn across(&self, n_ticks: usize) -> Axis {
        let highest = self.exceedance.losses.last().copied().unwrap_or(1.0);
        let scale = Scale::linear(0.0, fall(highest).max(1e-3));
        Axis::new(scale, n_ticks, percent_tick)
    }

    fn gain_scale(&self) -> Scale {
        let times = self.thinning.unwrap_or(1.0).max(1.0);
        let highest = (times * self.gain).max(1.0);
        if highest > LARGEST_LINEAR {
            let scale = Scale::symlog(0.0, highest, 1.0);
            return scale.between(0.0, scale.value_at(HEADROOM * scale.place(highest)));
        }
        Scale::linear(0.0, highest * HEADROOM)
    }

    /// The profile as corners of its steps: falls and gains.
    fn steps(&self, times: f64, highest: f64) -> Vec<(f64, f64)> {
        let (edges, gains) = (&self.crash.profile_edges, &self.crash.profile_gains);
        let first = edges.first().map_or(0.0, |edge| fall(*edge));
        let mut corners = vec![(0.0, 0.0), (first, 0.0)];
        for (ends, gain) in edges.windows(2).zip(gains) {
            corners.extend(ends.iter().map(|end| (fall(*end), times * gain)));
        }
        corners.extend(edges.last().map(|end| (fall(*end), 0.0)));
        corners.push((highest, 0.0));
        corners
    }

    fn gain_plot(&self) -> Plot {
        let (x, y) = (self.across(0), self.gain_scale());
        let (high, top) = (x.scale.high, y.high);
        let steps = self.steps(1.0, high);
        let (falls, gains): (Vec<f64>, Vec<f64>) = steps.iter().copied().unzip();
        let feeding = Paint::of(Ink::Vermilion, 8);
        let mut layers = vec![
            Layer::over(1.0, &[0.0, high], &[top; 2], feeding),
            Layer::over(0.0, &falls, &gains, Paint::of(Ink::Blue, 18)),
        ];
        let name = if self.thinning.is_some() {
            "calm"
        } else {
            "gain"
        };
        let end = |name: &str, gain: f64, ink| {
            End::bold(gain, format!("{name} {}", gain_in_figures(gain)), ink)
        };
        let feeds = "above 1 a crash feeds itself".to_owned();
        let mut ends = vec![
            End::new(1.0, feeds, Ink::Text, Weight::Regular),
            end(name, self.gain, Ink::Blue),
        ];
        if let Some(times) = self.thinning {
            let line = Line::new(Ink::Vermilion, 1.8);
            layers.push(Layer::Line(self.steps(times, high), line));
            ends.push(end("in a crisis", times * self.gain, Ink::Vermilion));
        }
        layers.push(Layer::Line(steps, Line::new(Ink::Blue, 2.2)));
        let one = Line::new(Ink::Text, 1.0).dashed(4, 3);
        layers.push(Layer::Line(vec![(0.0, 1.0), (high, 1.0)], one));
        layers.extend(self.curves().iter().filter_map(|curve| {
            let (at, _) = curve.marked?;
            let line = Line::new(curve.ink, 1.0).dashed(2, 3);
            Some(Layer::Line(vec![(at, 0.0), (at, top)], line))
        }));
        let plot = Plot::new(x, Axis::new(y, 5, plain), layers, ends);
        plot.headed("Gain: further sales that one sale causes", GAIN_HEIGHT)
    }

    /// A row for each cluster with its name and for each prescribed fall, from the top down.
    fn agents_plot(&self) -> Plot {
        let n = self.crash.clusters.len() + self.crash.prescribed.len();
        let x = self.across(0);
        let least = 0.002 * x.scale.high;
        let (mut layers, mut ends) = (Vec::new(), Vec::new());
        let mut row = |losses: [f64; 2], text: String, ink| {
            let middle = (n - ends.len()) as f64 - 0.5;
            let [first, last] = losses.map(fall);
            let (falls, high) = ([first - least, last.max(first) + least], [middle + 0.2; 2]);
            layers.push(Layer::over(middle - 0.2, &falls, &high, Paint::of(ink, 55)));
            ends.push(End::new(middle, text, Ink::Text, Weight::Regular));
        };
        for cluster in &self.crash.clusters {
            let share = percent(Quantity::exact(cluster.share));
            let name = shorten(&cluster.name, &Type::new(12.0, Ink::Text), WIDEST);
            let text = format!("{name}, {share} of the money");
            let losses = [cluster.first_trigger, cluster.last_trigger];
            row(losses, text, Ink::Slate);
        }
        for fall in &self.crash.prescribed {
            let text = format!("prescribed in {}", fall.date);
            row([fall.loss; 2], text, Ink::Vermilion);
        }
        let rows = Axis::new(Scale::linear(0.0, n as f64), 0, plain);
        Plot::new(x, rows, layers, ends).headed("Who sells at which fall", n as f64 * PITCH)
    }

    /// The highest first.
    fn curves(&self) -> Vec<Curve<'_>> {
        let (seen, reach) = (self.exceedance, self.marked);
        let at = |(loss, odds): (f64, Odds)| (fall(loss), odds.probability);
        let (name, month) = match seen.crisis_month {
            Some(_) => ("calm month", "calm month"),
            None => ("any month", "month"),
        };
        let calm = Curve {
            name,
            month,
            ink: Ink::Blue,
            chances: &seen.calm_month,
            marked: reach.loss.zip(Some(reach.calm_month)).map(at),
        };
        let crisis = seen.crisis_month.as_ref().map(|chances| Curve {
            name: "month of a crisis",
            month: "month of a crisis",
            ink: Ink::Vermilion,
            chances,
            marked: reach.loss_in_crisis.zip(reach.crisis_month).map(at),
        });
        crisis.into_iter().chain([calm]).collect()
    }

    fn chance_plot(&self) -> Plot {
        let curves = self.curves();
        let last = |curve: &Curve<'_>| curve.chances.last().copied().unwrap_or(0.0);
        let least = curves.iter().map(last).fold(1.0, f64::min);
        let y = Scale::log(least.clamp(RAREST, MOST_AT_BASE), 1.0);
        let (mut layers, mut ends) = (Vec::new(), Vec::new());
        for curve in &curves {
            let falls = self.exceedance.losses.iter().map(|loss| fall(*loss));
            let points = falls.zip(curve.chances.iter().copied());
            let points = points.filter(|(_, chance)| *chance > 0.0).collect();
            layers.push(Layer::Line(points, Line::new(curve.ink, 2.2)));
            let mut end = End::bold(last(curve).max(y.low), curve.name.to_owned(), curve.ink);
            if let Some((at, chance)) = curve.marked {
                let upright = vec![(at, y.low), (at, chance.max(y.low))];
                let line = Line::new(curve.ink, 1.0).dashed(2, 3);
                layers.push(Layer::Line(upright, line));
                let often = one_in(chance, curve.month);
                end.below = format!("{}: {often}", percent(Quantity::exact(at)));
                // what lies below the panel has no dot: the title says how rare it is
                if chance >= y.low {
                    layers.push(Layer::Dot((at, chance), 4.0, Paint::solid(curve.ink)));
                }
            }
            ends.push(end);
        }
        if self.crash.is_still {
            let text = "markets do not move by themselves".to_owned();
            ends = vec![End::new(y.low, text, Ink::Mute, Weight::Regular)];
        }
        let plot = Plot::new(self.across(10), Axis::new(y, 5, percent_tick), layers, ends);
        let heading =
            "Chance that a month, as agents measure it, falls at least so far before anybody sells";
        plot.headed(heading, CHANCE_HEIGHT)
    }
}
