//! A rectangle with two axes that maps data to pixels and draws hairlines and ticks.
//!
//! In: an area in pixels, two scales. Out: marks in data coordinates, cut at the panel's edge.
//! Not here: labels of lines (`labels`), bars (`bars`).
//!
//! Hairlines run only horizontally and there is no box: a reader needs only the level of a line.

use super::canvas::{Bounds, HPos, Line, Picture, Pixel, Type, VPos};
use super::canvas::{UNITS_PER_PIXEL, units};
use super::frame::Area;
use super::scale::Scale;
use super::theme::Ink;
use plotters::coord::CoordTranslate;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;

/// Font size of axis labels, in pixels.
pub const TICK_SIZE: f64 = 11.5;
const LABEL_GAP: f64 = 8.0;
/// Least distance in pixels between two labels of the horizontal axis.
const LABELS_APART: f64 = 6.0;
/// Largest distance of a point from the panel, in panel heights or widths: far enough that no line bends
/// visibly, near enough for whole numbers.
const FARTHEST: f64 = 1000.0;

/// A drawing area with axes.
pub struct Panel {
    pub area: Area,
    pub x: Scale,
    pub y: Scale,
    grid: Cartesian2d<RangedCoordf64, RangedCoordf64>,
    /// Rectangle at whose edge lines and surfaces are cut.
    pub clip: Bounds,
}

impl Panel {
    pub fn new(area: Area, x: Scale, y: Scale) -> Self {
        let clip = Bounds {
            left: units(area.left),
            top: units(area.top),
            right: units(area.right),
            bottom: units(area.bottom),
        };
        let range = |scale: &Scale| {
            let (low, high) = scale.ends();
            scale.place(low)..scale.place(high)
        };
        let ends = (clip.left..clip.right, clip.bottom..clip.top);
        let grid = Cartesian2d::new(range(&x), range(&y), ends);
        Self { area, x, y, grid, clip }
    }

    /// Converts a pair of data values to a position in pixels.
    pub fn at(&self, x: f64, y: f64) -> Pixel {
        let point = (along(&self.x, x), along(&self.y, y));
        let (x, y) = self.grid.translate(&point);
        (f64::from(x) / UNITS_PER_PIXEL, f64::from(y) / UNITS_PER_PIXEL)
    }

    /// Draws horizontal hairlines at the ticks of the vertical axis, with their labels at the left.
    pub fn levels(&self, picture: &mut Picture, ticks: &[(f64, String)]) {
        let (x, _) = self.x.ends();
        let set = tick_type().across(HPos::Right).down(VPos::Center);
        for (tick, label) in ticks {
            let (_, y) = self.at(x, *tick);
            let ends = [(self.area.left, y), (self.area.right, y)];
            picture.line(ends, Line::new(Ink::Grid, 1.0));
            picture.text(label, (self.area.left - LABEL_GAP, y), &set);
        }
    }

    /// Draws the base line with ticks, and below them the `name` of the axis. Where labels would touch, only each second
    /// one is written, or each third, and so on; a label that would leave the picture is moved, or left out.
    pub fn base(&self, picture: &mut Picture, ticks: &[(f64, String)], name: &str) {
        let bottom = self.area.bottom;
        let axis = Line::new(Ink::Axis, 1.0);
        let set = tick_type().across(HPos::Center).down(VPos::Top);
        let at = |value: f64| self.at(value, self.y.ends().0).0;
        let half = |label: &String| set.width(label) / 2.0;
        let has_room = |each: &usize| {
            let chosen: Vec<_> = ticks.iter().step_by(*each).collect();
            let right = |(value, label): &(f64, String)| at(*value) + half(label) + LABELS_APART;
            chosen.windows(2).all(|pair| at(pair[1].0) - half(&pair[1].1) > right(pair[0]))
        };
        let each = (1..=ticks.len()).find(has_room).unwrap_or(1);
        let mut taken = f64::NEG_INFINITY;
        for (index, (value, label)) in ticks.iter().enumerate() {
            let (tick, half) = (at(*value), half(label));
            picture.line([(tick, bottom), (tick, bottom + 4.0)], axis);
            // the first and the last label may stand nearer, as they stay inside the picture
            let x = tick.clamp(4.0 + half, picture.width() - 4.0 - half);
            if index % each == 0 && x - half > taken + LABELS_APART {
                picture.text(label, (x, bottom + 9.0), &set);
                taken = x + half;
            }
        }
        let ends = [(self.area.left, bottom), (self.area.right, bottom)];
        picture.line(ends, axis);
        let middle = (self.area.left + self.area.right) / 2.0;
        picture.text(name, (middle, bottom + 27.0), &set);
    }
}

/// Converts a value to its axis coordinate, limited so that its position in pixels fits an integer.
fn along(scale: &Scale, value: f64) -> f64 {
    let (low, high) = scale.ends();
    let (low, high) = (scale.place(low), scale.place(high));
    let reach = FARTHEST * (high - low);
    scale.place(value).clamp(low - reach, high + reach)
}

/// Pairs each tick with its label.
pub fn labelled(ticks: Vec<f64>, label: impl Fn(f64) -> String) -> Vec<(f64, String)> {
    let ticks = ticks.into_iter();
    ticks.map(|tick| (tick, label(tick))).collect()
}

fn tick_type() -> Type {
    Type::new(TICK_SIZE, Ink::Mute)
}

/// Returns the left edge of a panel in pixels, if the labels of its vertical axis start at `from` pixels.
pub fn left_of_labels(from: f64, ticks: &[(f64, String)]) -> f64 {
    let widths = ticks.iter().map(|(_, label)| tick_type().width(label));
    from + widths.fold(0.0, f64::max) + LABEL_GAP
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::Stamp;
    use crate::random::Seeds;

    #[test]
    fn where_labels_of_an_axis_would_touch_equally_many_are_left_out_between_each_two() {
        let ticks = labelled(Scale::linear(0.0, 100.0).ticks(12), |tick| format!("{tick} percent"));
        // 0, 10, … 100 percent: each label is about 55 pixels wide
        for (width, each) in [(1_000.0, 1), (400.0, 2), (280.0, 3), (100.0, 7)] {
            let stamp = Stamp::new("", Seeds::one(1), 1, &"0".repeat(64));
            let (mut picture, body) = crate::chart::frame::framed("", "", "", "", 1_200.0, 100.0, &stamp);
            let area = Area { left: 100.0, right: 100.0 + width, ..body };
            let before = picture.texts().count();
            Panel::new(area, Scale::linear(0.0, 100.0), Scale::linear(0.0, 1.0))
                .base(&mut picture, &ticks, "");
            let labels = picture.texts().skip(before).map(|text| text.text.clone());
            let written: Vec<String> = labels.filter(|label| !label.is_empty()).collect();
            let expected: Vec<String> = ticks.iter().step_by(each).map(|(_, label)| label.clone()).collect();
            assert_eq!(written, expected, "{width}");
        }
    }
}
