//! The losses that matter, marked through both panels with how often they are reached.
//!
//! In: reaches. Out: vertical lines, dots on the curves, labels beside them. Not here: the curves.

use super::{GainProfile, fall};
use crate::chart::{Canvas, HPos, Ink, Line, Paint, Panel, Pixel, Type, VPos};
use crate::figure::{Quantity, of_chart as percent, one_in};
use crate::report::{ChancePart, ReachPart};

impl ChancePart {
    pub(super) fn quantity(&self) -> Quantity {
        Quantity {
            value: self.probability,
            std_error: self.std_error,
        }
    }
}

/// A dot to draw.
struct Dot {
    loss: f64,
    chance: Quantity,
    ink: Ink,
    of: &'static str,
    /// The label stands above and right of the dot, or below and left.
    is_above: bool,
}

/// What is marked: where a crash feeds itself, else where the first agents sell.
pub fn marked(chart: &GainProfile) -> ReachPart {
    chart.self_feeding.unwrap_or(chart.first_trigger)
}

fn dots(chart: &GainProfile) -> Vec<Dot> {
    let reach = marked(chart);
    let has_crises = reach.crisis_month.is_some();
    let calm = reach.loss.map(|loss| Dot {
        loss,
        chance: reach.calm_month.quantity(),
        ink: Ink::Blue,
        of: if has_crises { "calm month" } else { "month" },
        is_above: !has_crises,
    });
    let crisis = reach
        .loss_in_crisis
        .zip(reach.crisis_month.as_ref().map(ChancePart::quantity));
    let crisis = crisis.map(|(loss, chance)| Dot {
        loss,
        chance,
        ink: Ink::Vermilion,
        of: "month of a crisis",
        is_above: true,
    });
    calm.into_iter().chain(crisis).collect()
}

/// A label that has been set, in pixels: its ends and the middle of its height.
pub struct Label {
    from: f64,
    to: f64,
    y: f64,
}

impl Label {
    /// Whether a text of `width` that starts at `at` would touch it.
    pub fn touches(&self, at: Pixel, width: f64) -> bool {
        at.0 < self.to && self.from < at.0 + width && (at.1 - self.y).abs() < PITCH
    }
}

/// Distance of two labels, in pixels.
const PITCH: f64 = 16.0;

/// Draws lines, dots and labels; returns the labels.
pub fn draw(chart: &GainProfile, canvas: &mut Canvas, gain: &Panel, chance: &Panel) -> Vec<Label> {
    let mut labels = Vec::new();
    let dots = dots(chart);
    let least = chance.y.ends().0;
    for dot in &dots {
        let x = fall(dot.loss);
        let line = Line::new(dot.ink, 1.0).dashed(2, 3);
        let (_, top) = gain.y.ends();
        gain.line(canvas, vec![(x, 0.0), (x, top)], line);
        chance.line(
            canvas,
            vec![(x, least), (x, dot.chance.value.max(least))],
            line,
        );
    }
    for dot in &dots {
        if dot.chance.value < least {
            continue; // below the panel: the title says how rare it is
        }
        let (x, y) = chance.at(fall(dot.loss), dot.chance.value);
        canvas.dot((x, y), 4.0, Paint::solid(dot.ink));
        let text = format!(
            "{}: {}",
            percent(Quantity::exact(fall(dot.loss))),
            one_in(dot.chance, dot.of)
        );
        let set = Type::new(12.0, dot.ink)
            .semibold()
            .down(VPos::Center)
            .halo();
        let width = set.width(&text);
        let (x, y) = if dot.is_above {
            ((x + 9.0).min(chance.area.right - width), y - 12.0)
        } else if x - 9.0 - width > chance.area.left {
            (x - 9.0 - width, y + 13.0)
        } else {
            let left = chance.area.left + 4.0;
            (left, below_curve(chart, chance, left + width) + 12.0)
        };
        // the lowest row belongs to the names of curves that leave there
        let y = y.clamp(chance.area.top + 8.0, chance.area.bottom - 28.0);
        canvas.text(&text, (x, y), &set.across(HPos::Left));
        labels.push(Label {
            from: x,
            to: x + width,
            y,
        });
    }
    labels
}

/// Where the curve of calm months stands at `x`, in pixels: all of it left of there is above.
fn below_curve(chart: &GainProfile, panel: &Panel, x: f64) -> f64 {
    let seen = &chart.exceedance;
    let points = seen.losses.iter().zip(&seen.calm_month);
    let mut pixels = points.map(|(loss, chance)| panel.at(fall(*loss), *chance));
    let at = pixels.find(|pixel| pixel.0 >= x);
    at.map_or(panel.area.bottom, |pixel| pixel.1)
}
