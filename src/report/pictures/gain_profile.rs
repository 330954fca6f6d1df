//! At which falls agent selling reinforces itself.
//!
//! In: what is known of the agents. Out: a picture: the gain against the month's fall. Not here: the gain itself, the
//! sample of months.

use super::{Kind, Setting, when};
use crate::chart::{Axis, End, Ink, Layer, Line, Paint, Scale, Shape, Spec};
use crate::figure::{per_cent, percent_tick};
use crate::report::CrashPart;
use crate::report::replay::lost as fall;

pub const KIND: Kind = Kind {
    id: "gain_profile",
    title: "Self-reinforcing agent selling",
    doc: "The feedback gain against the fall of a month, measured on what the agents hold: the further sales that a sale \
          of one unit of money causes. Above 1 selling is self-reinforcing. In a crisis regime markets have less depth. The \
          chart needs a linear price impact, because otherwise the first sale has no \
          finite gain.",
    of: Some(|source| spec(&source.setting, source.report.scenario.crash.as_ref()?)),
};

/// A gain beyond this is drawn on an axis that is logarithmic above 1.
const LARGEST_LINEAR: f64 = 8.0;

/// Length of an axis for each unit of its highest value.
const HEADROOM: f64 = 1.2;

/// `up to $0.84`; what is below 1 does not read as 1.
fn up_to(setting: &Setting, gain: f64) -> String {
    let (text, one) = (setting.money(gain), setting.money(1.0));
    if gain < 1.0 && text == one { format!("less than {one}") } else { format!("up to {text}") }
}

/// Nothing without agents that hold anything, or if the impact has no gain.
pub fn spec(setting: &Setting, crash: &CrashPart) -> Option<Spec> {
    crash.first_trigger?;
    let gain = crash.gain?;
    let in_crisis = crash.depth_in_crisis.map(|depth| 1.0 / depth);
    let most = in_crisis.unwrap_or(1.0).max(1.0) * gain;
    let highest = most.max(1.0);
    let gains = if highest > LARGEST_LINEAR {
        let scale = Scale::symlog(0.0, highest, 1.0);
        scale.between(0.0, scale.value_at(HEADROOM * scale.place(highest)))
    } else {
        Scale::linear(0.0, highest * HEADROOM)
    };
    let last = crash.profile_edges.last().map_or(0.0, |edge| fall(*edge));
    let falls = Scale::linear(0.0, (HEADROOM * last).clamp(1e-3, 1.0));
    let steps = crash.steps(1.0, falls.high);
    let (at, heights): (Vec<f64>, Vec<f64>) = steps.iter().copied().unzip();
    let (feeding, one) = (Paint::of(Ink::Vermilion, 8), [(0.0, 1.0), (falls.high, 1.0)]);
    let mut layers = vec![
        Layer::between(&[0.0, falls.high], &[1.0; 2], &[gains.high; 2], feeding),
        Layer::between(&at, &vec![0.0; at.len()], &heights, Paint::of(Ink::Blue, 18)),
        Layer::Line(steps, Line::new(Ink::Blue, 2.2)),
        Layer::Line(one.to_vec(), Line::new(Ink::Text, 1.0).dashed(4, 3)),
    ];
    let name = if in_crisis.is_some() { "normal months: " } else { "" };
    let end =
        |name: &str, gain: f64, ink| End::new(gain, format!("{name}{}", up_to(setting, gain)), ink);
    let mut ends = vec![
        End::new(1.0, "above: feeds itself".to_owned(), Ink::Text),
        end(name, gain, Ink::Blue),
    ];
    if let Some(times) = in_crisis {
        layers.push(Layer::Line(crash.steps(times, falls.high), Line::new(Ink::Vermilion, 1.8)));
        ends.push(end("crisis: ", times * gain, Ink::Vermilion));
    }
    if let Some([from, to]) = crash.most_crowded() {
        let [low, high] = [from, to].map(|fall| per_cent(fall, 1));
        let text = format!("stop-losses of agents at {low} to {high}");
        layers.push(Layer::Label((to, most), text, Ink::Text, [1.0, 1.0]));
    }
    let x = Axis::new(falls, 10, percent_tick).named("fall of prices in the month so far");
    let y = Axis::new(gains, 5, |gain| setting.tick(gain));
    Some(Spec {
        finding: finding(setting, most, in_crisis.is_some_and(|times| times > 1.0)),
        reading: crash.reading(setting, gains),
        shape: Shape::plot(x, y, layers, ends),
    })
}

/// The highest gain, and whether it is that of a crisis.
fn finding(setting: &Setting, gain: f64, is_in_crisis: bool) -> String {
    let crisis = when(is_in_crisis, "In a crisis ");
    format!("{crisis}{} sold triggers {} more", setting.money(1.0), up_to(setting, gain))
}

impl CrashPart {
    fn reading(&self, setting: &Setting, gains: Scale) -> String {
        let axis = when(gains.is_logarithmic(), "; log scale above that");
        let one = setting.money(1.0);
        format!(
            "Further sales by agents for each {one} that they sell, by how far prices have fallen in the month; above {one} \
             selling feeds itself; towers: groups of stop-losses{axis}"
        )
    }

    /// Where the gain is the largest: the falls at which most agents have their stop-losses.
    fn most_crowded(&self) -> Option<[f64; 2]> {
        let steps = self.profile_edges.windows(2).zip(&self.profile_gains);
        let most = steps.max_by(|a, b| a.1.total_cmp(b.1))?.0;
        Some([fall(most[0]), fall(most[1])])
    }

    /// The gain, times a factor, as corners of its steps up to a fall.
    fn steps(&self, times: f64, highest: f64) -> Vec<(f64, f64)> {
        let (edges, gains) = (&self.profile_edges, &self.profile_gains);
        let first = edges.first().map_or(0.0, |edge| fall(*edge));
        let mut corners = vec![(0.0, 0.0), (first, 0.0)];
        for (ends, gain) in edges.windows(2).zip(gains) {
            corners.extend(ends.iter().map(|end| (fall(*end), times * gain)));
        }
        corners.extend(edges.last().map(|end| (fall(*end), 0.0)));
        corners.push((highest, 0.0));
        corners
    }
}
