//! The panel of the gain: its profile in calm months and in a crisis, the zone above 1.
//!
//! In: the data. Out: marks. Not here: the panels below.

use super::{GainProfile, fall, gain_in_figures};
use crate::chart::{Canvas, Ink, LABEL_GAP, Line, Paint, Panel, Scale, Type, VPos, spread};
use crate::figure::plain;

/// A gain beyond this is drawn on an axis that is logarithmic above 1.
const LARGEST_LINEAR: f64 = 8.0;

/// Length of the axis of gains for each unit of the highest one: its label stands above it.
const HEADROOM: f64 = 1.2;

impl GainProfile {
    /// The gain that the axis has to hold.
    fn highest(&self) -> f64 {
        self.largest(self.thinning.unwrap_or(1.0).max(1.0)).max(1.0)
    }

    pub(super) fn gain_scale(&self) -> Scale {
        let highest = self.highest();
        if highest > LARGEST_LINEAR {
            let scale = Scale::Symlog {
                low: 0.0,
                high: highest,
                linear_below: 1.0,
            };
            return scale.between(0.0, scale.value_at(HEADROOM * scale.place(highest)));
        }
        Scale::linear(0.0, highest * HEADROOM)
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

    pub(super) fn draw_gain(&self, canvas: &mut Canvas, panel: &Panel) {
        let (low, high) = panel.x.ends();
        let top = panel.y.ends().1;
        let zone = Paint::of(Ink::Vermilion, 8);
        panel.band(canvas, &[low, high], &[1.0; 2], &[top; 2], zone);
        let ticks = panel.y.ticks(5);
        panel.levels(canvas, &ticks, Some(&plain));
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
    pub(super) fn label_gain(&self, canvas: &mut Canvas, panel: &Panel) {
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
}

pub fn label_zone(canvas: &mut Canvas, panel: &Panel) {
    let (_, y) = panel.at(0.0, 1.0);
    let x = panel.area.right + LABEL_GAP;
    let set = |ink| Type::new(12.0, ink).down(VPos::Center);
    // with little room above or below the line its two sentences give way to each other
    let above = set(Ink::Vermilion).semibold();
    canvas.text("above 1 a crash", (x, y - 26.0), &above);
    canvas.text("feeds itself", (x, y - 10.0), &above);
    canvas.text("below it dies out", (x, y + 10.0), &set(Ink::Mute));
}
