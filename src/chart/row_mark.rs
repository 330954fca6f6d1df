//! A mark in a row of a chart: a bar, a dot, a span or a line.
//!
//! In: values of the axis. Out: marks of the picture. Not here: names and figures of rows (`rows`).

use super::canvas::{Line, Paint, Picture};
use super::frame::Area;
use super::panel::Panel;
use super::theme::Ink;

/// Height in pixels of a row.
pub const PITCH: f64 = 34.0;
const HAIR: f64 = 1.5;
const THICKNESS: f64 = 18.0;

/// A mark in a row, in values of the axis; it is cut at the edge of the panel.
#[derive(Clone, Debug, PartialEq)]
pub enum RowMark {
    /// Bar between two values.
    Bar([f64; 2], Paint),
    Span([f64; 2], Line),
    /// Dot: its value, its radius in pixels and its color.
    Dot(f64, f64, Ink),
    /// Sets the row apart: bold name, and a hairline across the picture above or below.
    Divider {
        is_above: bool,
    },
    /// Vertical line at this value, from a bar down to the next row.
    Drop(f64),
}

/// Draws a mark of a row with this `pitch`, whose marks have their middle at `y`.
pub fn draw_mark(picture: &mut Picture, panel: &Panel, mark: &RowMark, y: f64, pitch: f64) {
    let Area { left, right, .. } = panel.area;
    let x = |value: f64| panel.at(value, 0.0).0.clamp(left, right);
    match mark {
        RowMark::Bar([a, b], paint) => {
            let half = THICKNESS / 2.0;
            // a bar that is not zero must be visible
            let least = if a == b { 0.0 } else { (b - a).signum() * HAIR };
            let end = if (x(*b) - x(*a)).abs() < HAIR { x(*a) + least } else { x(*b) };
            picture.rectangle((x(*a), y - half), (end, y + half), *paint, None);
            // two strokes say that the bar goes on
            for from in [left + 8.0, left + 14.0].into_iter().filter(|_| panel.at(*b, 0.0).0 < left) {
                let ends = [(from, y + half + 1.0), (from + 6.0, y - half - 1.0)];
                picture.line(ends, Line::new(Ink::Ground, 2.5));
            }
        }
        RowMark::Span(ends, line) => {
            let ends = ends.map(|end| (x(end), y));
            // a light border shows a thin line on a dark bar
            if line.width < 2.0 {
                picture.line(ends, Line::new(Ink::Ground, line.width + 2.0));
            }
            picture.line(ends, *line);
        }
        RowMark::Dot(at, radius, ink) => {
            picture.dot((x(*at), y), radius + 1.0, Paint::solid(Ink::Ground), None);
            picture.dot((x(*at), y), *radius, Paint::solid(*ink), None);
        }
        RowMark::Divider { is_above } => {
            let foot = y + PITCH / 2.0;
            let y = if *is_above { foot - pitch } else { foot };
            let ends = [(picture.edge(), y), (picture.width() - picture.edge(), y)];
            picture.line(ends, Line::new(Ink::Axis, 1.0));
        }
        // the line would cross the name of the next row, or stand beside the panel
        RowMark::Drop(at) if picture.is_narrow() || panel.at(*at, 0.0).0 < left => {}
        RowMark::Drop(at) => {
            let (above, below) = (y + THICKNESS / 2.0, y + PITCH - THICKNESS / 2.0);
            let ends = [(x(*at), above), (x(*at), below)];
            picture.line(ends, Line::new(Ink::Axis, 1.0));
        }
    }
}
