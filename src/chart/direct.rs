//! Labels at the ends of lines, instead of a legend.
//!
//! In: heights and texts. Out: texts beside the panel, pushed apart where they would touch, with
//! a short leader where one had to move. Not here: what the lines are.

use super::canvas::{Canvas, Line, Type, VPos, Weight};
use super::labels::spread;
use super::panel::Panel;
use super::theme::Ink;

/// Size of the letters, in pixels.
const SIZE: f64 = 12.0;

/// Distance of two labels, in pixels.
const PITCH: f64 = 16.0;

/// Distance of the labels from the panel, in pixels.
pub const GAP: f64 = 12.0;

/// A label for the line that ends at `value`.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    pub value: f64,
    pub text: String,
    pub ink: Ink,
    pub weight: Weight,
}

impl End {
    fn set(&self) -> Type {
        let set = Type::new(SIZE, self.ink).weight(self.weight);
        set.down(VPos::Center)
    }
}

/// Pixels to leave free at the right of the panel.
pub fn room(ends: &[End]) -> f64 {
    let widths = ends.iter().map(|end| end.set().width(&end.text));
    GAP + widths.fold(0.0, f64::max)
}

/// Sets the labels at the right of `panel`.
pub fn label_ends(canvas: &mut Canvas, panel: &Panel, ends: &[End]) {
    let last = panel.x.ends().1;
    let wished: Vec<f64> = ends.iter().map(|end| panel.at(last, end.value).1).collect();
    let (top, bottom) = (panel.area.top + 4.0, panel.area.bottom - 4.0);
    let placed = spread(&wished, PITCH, top, bottom);
    for ((end, from), to) in ends.iter().zip(&wished).zip(&placed) {
        if (from - to).abs() > 3.0 {
            let (left, right) = (panel.area.right + 2.0, panel.area.right + GAP - 3.0);
            canvas.line(&[(left, *from), (right, *to)], Line::new(Ink::Axis, 0.8));
        }
        canvas.text(&end.text, (panel.area.right + GAP, *to), &end.set());
    }
}
