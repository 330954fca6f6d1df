//! The panel of chances: how likely a month is at least that bad, and where the loss lies that matters.
//!
//! In: the data. Out: curves with their names; lines, dots and labels at what is marked. Not here: the panel of the gain.

use super::{GainProfile, depth, fall};
use crate::chart::{
    Canvas, End, HPos, Ink, Line, Paint, Panel, Pixel, Scale, Type, VPos, Weight, label_ends,
};
use crate::engine::Odds;
use crate::figure::{Quantity, one_in, percent_tick};
use crate::report::ReachPart;

/// The rarest month that is drawn, and the most frequent one at the base of its panel.
const RAREST: f64 = 1e-4;
const MOST_AT_BASE: f64 = 1e-2;

/// Free pixels between a curve and the name beside it.
const BESIDE: f64 = 11.0;

/// Distance of two labels, in pixels.
const PITCH: f64 = 16.0;

/// A label that has been set, in pixels: its ends and the middle of its height.
pub(super) type Label = (f64, f64, f64);

impl Odds {
    pub(super) fn quantity(&self) -> Quantity {
        Quantity {
            value: self.probability,
            std_error: self.std_error,
        }
    }
}

/// The months of one regime, or all.
struct Curve<'a> {
    name: &'static str,
    /// One of the months.
    month: &'static str,
    ink: Ink,
    /// At every loss of the exceedance.
    chances: &'a [f64],
    /// The loss that is marked and how often it is reached.
    marked: Option<(f64, Odds)>,
}

fn set(ink: Ink) -> Type {
    Type::new(12.0, ink).semibold().down(VPos::Center).halo()
}

impl GainProfile {
    /// What is marked: where a crash feeds itself, else where the first agents sell.
    pub(super) fn marked(&self) -> ReachPart {
        self.self_feeding.unwrap_or(self.first_trigger)
    }

    /// The highest first.
    fn curves(&self) -> Vec<Curve<'_>> {
        let (seen, reach) = (&self.exceedance, self.marked());
        let (name, month) = match seen.crisis_month {
            Some(_) => ("calm month", "calm month"),
            None => ("any month", "month"),
        };
        let calm = Curve {
            name,
            month,
            ink: Ink::Blue,
            chances: &seen.calm_month,
            marked: reach.loss.zip(Some(reach.calm_month)),
        };
        let crisis = seen.crisis_month.as_ref().map(|chances| Curve {
            name: "month of a crisis",
            month: "month of a crisis",
            ink: Ink::Vermilion,
            chances,
            marked: reach.loss_in_crisis.zip(reach.crisis_month),
        });
        crisis.into_iter().chain([calm]).collect()
    }

    pub(super) fn chance_scale(&self) -> Scale {
        let curves = self.curves();
        let ends = curves.iter().filter_map(|curve| curve.chances.last());
        let least = ends.fold(1.0, |least, end| end.min(least));
        Scale::log(least.clamp(RAREST, MOST_AT_BASE), 1.0)
    }

    /// Whether no month has any loss but a prescribed one.
    pub(super) fn is_still(&self) -> bool {
        let curves = self.curves();
        let mut beyond_zero = curves.iter().flat_map(|curve| curve.chances.iter().skip(1));
        beyond_zero.all(|chance| *chance <= 0.0)
    }

    pub(super) fn draw_chance(&self, canvas: &mut Canvas, panel: &Panel) {
        panel.levels(canvas, &panel.y.ticks(5), Some(&percent_tick));
        for curve in self.curves() {
            let falls = self.exceedance.losses.iter().map(|loss| fall(*loss));
            let points = falls.zip(curve.chances.iter().copied());
            let points = points.filter(|(_, chance)| *chance > 0.0).collect();
            panel.line(canvas, points, Line::new(curve.ink, 2.2));
        }
    }

    /// Lines through both panels at what is marked, dots on the curves and their labels, which are returned.
    pub(super) fn mark(&self, canvas: &mut Canvas, gain: &Panel, chance: &Panel) -> Vec<Label> {
        let (least, area) = (chance.y.ends().0, chance.area);
        let curves = self.curves();
        let marked = || {
            let calm_first = curves.iter().enumerate().rev();
            calm_first.filter_map(|(place, curve)| Some((place, curve, curve.marked?)))
        };
        for (_, curve, (loss, odds)) in marked() {
            let x = fall(loss);
            let line = Line::new(curve.ink, 1.0).dashed(2, 3);
            gain.line(canvas, vec![(x, 0.0), (x, gain.y.ends().1)], line);
            let top = odds.probability.max(least);
            chance.line(canvas, vec![(x, least), (x, top)], line);
        }
        let mut labels = Vec::new();
        // what lies below the panel has no dot: the title says how rare it is
        for (place, curve, (loss, odds)) in marked().filter(|(.., at)| at.1.probability >= least) {
            let (x, y) = chance.at(fall(loss), odds.probability);
            canvas.dot((x, y), 4.0, Paint::solid(curve.ink));
            let text = format!("{}: {}", depth(loss), one_in(odds.quantity(), curve.month));
            let width = set(curve.ink).width(&text);
            let (x, y) = if place == 0 {
                // above and right of the highest curve, below and left of the other
                ((x + 9.0).min(area.right - width), y - 12.0)
            } else if x - 9.0 - width > area.left {
                (x - 9.0 - width, y + 13.0)
            } else {
                let left = area.left + 4.0;
                let points = self.exceedance.losses.iter().zip(curve.chances);
                let mut pixels = points.map(|(loss, chances)| chance.at(fall(*loss), *chances));
                // all of the curve that is left of there is above
                let passed = pixels.find(|pixel| pixel.0 >= left + width);
                (left, passed.map_or(area.bottom, |pixel| pixel.1) + 12.0)
            };
            // the lowest row belongs to the names of curves that leave there
            let y = y.clamp(area.top + 8.0, area.bottom - 28.0);
            canvas.text(&text, (x, y), &set(curve.ink));
            labels.push((x, x + width, y));
        }
        labels
    }

    /// Where the name of a curve stands that leaves through the base of `panel`, in pixels: right of
    /// the curve, as far down as there is room.
    fn beside(&self, panel: &Panel, curve: &Curve<'_>) -> Option<Pixel> {
        let least = panel.y.ends().0;
        let leaves = curve.chances.iter().position(|chance| *chance < least)?;
        let room = panel.area.right - set(Ink::Text).width(curve.name) - BESIDE;
        let points = self.exceedance.losses[..=leaves].iter().zip(curve.chances);
        let pixels = points.map(|(loss, chance)| panel.at(fall(*loss), chance.max(least)));
        let (x, y) = pixels.take_while(|pixel| pixel.0 <= room).last()?;
        Some((x + BESIDE, (y - BESIDE).min(panel.area.bottom - 12.0)))
    }

    /// Names the curves: at the right edge, or where they leave through the base.
    pub(super) fn label_curves(&self, canvas: &mut Canvas, panel: &Panel, taken: &[Label]) {
        let (area, least) = (panel.area, panel.y.ends().0);
        if self.is_still() {
            let set = Type::new(12.0, Ink::Mute).across(HPos::Center);
            let middle = (area.left + area.right) / 2.0;
            let at = (middle, (area.top + area.bottom) / 2.0 + 8.0);
            let text = "markets do not move by themselves here";
            canvas.text(text, at, &set.down(VPos::Center).halo());
            return;
        }
        let mut ends = Vec::new();
        for curve in self.curves() {
            let width = set(curve.ink).width(curve.name);
            let touches = |at: &Pixel, label: &Label| {
                at.0 < label.1 && label.0 < at.0 + width && (at.1 - label.2).abs() < PITCH
            };
            let is_free = |at: &Pixel| !taken.iter().any(|label| touches(at, label));
            match self.beside(panel, &curve).filter(is_free) {
                Some(at) => canvas.text(curve.name, at, &set(curve.ink)),
                None => {
                    let end = curve.chances.last().copied().unwrap_or(0.0).max(least);
                    let name = curve.name.to_string();
                    ends.push(End::new(end, name, curve.ink, Weight::SemiBold));
                }
            }
        }
        label_ends(canvas, panel, &ends);
    }
}
