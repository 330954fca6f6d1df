//! The panel of chances: how likely a month is at least that bad.
//!
//! In: the data. Out: marks. Not here: the dots on the curves (`marks`).

use super::marks::Label;
use super::{GainProfile, fall};
use crate::chart::{
    Canvas, End, HPos, Ink, Line, Panel, Pixel, Scale, Type, VPos, Weight, label_ends,
};
use crate::figure::percent_tick;

/// The rarest month that is drawn, and the most frequent one at the base of its panel.
const RAREST: f64 = 1e-4;
const MOST_AT_BASE: f64 = 1e-2;

/// Free pixels between a curve and the name beside it.
const BESIDE: f64 = 11.0;

impl GainProfile {
    pub(super) fn chance_scale(&self) -> Scale {
        let curves = [
            Some(&self.exceedance.calm_month),
            self.exceedance.crisis_month.as_ref(),
        ];
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

    /// The curves below with their names and inks.
    fn curves(&self) -> Vec<(&[f64], &'static str, Ink)> {
        match &self.exceedance.crisis_month {
            None => vec![(&self.exceedance.calm_month, "any month", Ink::Blue)],
            Some(crisis) => vec![
                (crisis, "month of a crisis", Ink::Vermilion),
                (&self.exceedance.calm_month, "calm month", Ink::Blue),
            ],
        }
    }

    /// Whether no month has any loss but a prescribed one.
    pub(super) fn is_still(&self) -> bool {
        let curves = self.curves();
        let mut beyond_zero = curves.iter().flat_map(|(curve, ..)| curve.iter().skip(1));
        beyond_zero.all(|chance| *chance <= 0.0)
    }

    /// Where the name of a curve stands that leaves through the base of `panel`, in pixels: right of
    /// the curve, as far down as there is room.
    fn beside(&self, panel: &Panel, curve: &[f64], name: &str) -> Option<Pixel> {
        let least = panel.y.ends().0;
        let leaves = curve.iter().position(|chance| *chance < least)?;
        let room = panel.area.right - curve_type(Ink::Text).width(name) - BESIDE;
        let losses = &self.exceedance.losses[..=leaves];
        let points = losses.iter().zip(curve);
        let pixels = points.map(|(loss, chance)| panel.at(fall(*loss), chance.max(least)));
        let (x, y) = pixels.take_while(|pixel| pixel.0 <= room).last()?;
        Some((x + BESIDE, (y - BESIDE).min(panel.area.bottom - 12.0)))
    }

    /// Names the curves: at the right edge, or where they leave through the base.
    pub(super) fn label_curves(&self, canvas: &mut Canvas, panel: &Panel, taken: &[Label]) {
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
            let width = curve_type(ink).width(name);
            let is_free = |at: &Pixel| !taken.iter().any(|label| label.touches(*at, width));
            match self.beside(panel, curve, name).filter(is_free) {
                Some(at) => canvas.text(name, at, &curve_type(ink)),
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

    pub(super) fn draw_chance(&self, canvas: &mut Canvas, panel: &Panel) {
        panel.levels(canvas, &panel.y.ticks(5), Some(&percent_tick));
        for (curve, _, ink) in self.curves() {
            let falls = self.exceedance.losses.iter().map(|loss| fall(*loss));
            let points = falls.zip(curve.iter().copied()).filter(|(_, p)| *p > 0.0);
            panel.line(canvas, points.collect(), Line::new(ink, 2.2));
        }
    }
}

fn curve_type(ink: Ink) -> Type {
    Type::new(12.0, ink).semibold().down(VPos::Center).halo()
}
