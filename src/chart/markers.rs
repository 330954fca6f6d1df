//! Labeled vertical lines above a histogram, such as a quantile, a mean or the money invested.
//!
//! In: positions and texts. Out: rows of labels in which no label touches another label or a line.
//! Not here: the choice of marked values.

use super::canvas::{HPos, Line, Picture, Type, VPos};
use super::frame::edge;
use super::theme::Ink;

/// Vertical distance between two rows of labels, in pixels.
pub const PITCH: f64 = 19.0;
const GAP: f64 = 6.0;
/// Least distance in pixels of two labels in a row with no line between them: at less they would read as one.
const APART: f64 = 18.0;
const SIZE: f64 = 12.0;

/// A vertical line at `x` pixels with its label.
#[derive(Clone, Debug, PartialEq)]
pub struct Marker {
    pub x: f64,
    /// Vertical position in pixels of the line's lower end.
    pub foot: f64,
    pub text: String,
    pub ink: Ink,
    /// True if the label should stand to the left of the line when both sides have room.
    pub prefers_left: bool,
}

/// Position of a label: its row from the top (0), side of its vertical line, left and right end in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
struct LabelPosition {
    row: usize,
    left: bool,
    from: f64,
    to: f64,
}

pub fn set(ink: Ink) -> Type {
    Type::new(SIZE, ink).semibold().down(VPos::Top)
}

impl Marker {
    /// Returns the label's positions in the top row: on the preferred side of its line, then on the other. A label
    /// that fits on neither side stands across its line.
    fn sides(&self, width: f64) -> [LabelPosition; 2] {
        let (edge, label) = (edge(width), set(self.ink).width(&self.text));
        let starts = [self.x - GAP - label, self.x + GAP];
        let has_room = |from: &f64| *from >= edge && from + label <= width - edge;
        let is_across = !starts.iter().any(has_room);
        [self.prefers_left, !self.prefers_left].map(|left| {
            let from = if left { starts[0] } else { starts[1] };
            let from = if is_across { from.clamp(edge, (width - edge - label).max(edge)) } else { from };
            LabelPosition { row: 0, left, from, to: from + label }
        })
    }
}

/// Merges markers at the same position with the same printed `figure` into one that lists their names.
pub fn merged(figures: Vec<(Marker, &str)>) -> Vec<Marker> {
    let mut markers: Vec<(Marker, &str)> = Vec::new();
    for (marker, figure) in figures {
        let same =
            markers.iter_mut().find(|(other, shown)| *shown == figure && (other.x - marker.x).abs() < 1.0);
        match same {
            Some((other, _)) => other.text = format!("{}, {}", other.text, marker.text),
            None => markers.push((marker, figure)),
        }
    }
    let named = markers
        .into_iter()
        .map(|(marker, figure)| Marker { text: format!("{} {figure}", marker.text), ..marker });
    named.collect()
}

/// Returns the number of label rows needed above the histogram, for a picture `width` pixels wide.
pub fn n_rows(markers: &[Marker], width: f64) -> usize {
    let rows = arrange(markers, width).into_iter().map(|place| place.row + 1);
    rows.max().unwrap_or(0)
}

/// Chooses row and side of every label by trying all arrangements, as few values are marked. A label off the
/// picture, on another label or on a line costs more than any number of rows. An extra row costs more than
/// leaving the preferred side.
fn arrange(markers: &[Marker], width: f64) -> Vec<LabelPosition> {
    let n = markers.len();
    let choices = 2 * n;
    let sides: Vec<[LabelPosition; 2]> = markers.iter().map(|marker| marker.sides(width)).collect();
    let arrangements = (0..choices.pow(n as u32)).map(|code| {
        let mut rest = code;
        let place = |sides: &[LabelPosition; 2]| {
            let (row, side) = (rest % choices / 2, sides[rest % 2]);
            rest /= choices;
            LabelPosition { row, ..side }
        };
        sides.iter().map(place).collect::<Vec<LabelPosition>>()
    });
    let cheapest = arrangements.min_by_key(|places| cost(markers, places, width));
    cheapest.unwrap_or_default()
}

fn cost(markers: &[Marker], places: &[LabelPosition], width: f64) -> usize {
    let mut cost = 0;
    let ends_before =
        |a: &LabelPosition, b: &LabelPosition| a.to + if b.left && !a.left { APART } else { GAP } < b.from;
    for (marker, place) in markers.iter().zip(places) {
        let outside = place.from < edge(width) || place.to > width - edge(width);
        let unloved = place.left != marker.prefers_left;
        cost += 10_000 * usize::from(outside) + 10 * place.row + usize::from(unloved);
        for (other, other_place) in markers.iter().zip(places) {
            if std::ptr::eq(other, marker) {
                continue;
            }
            let apart = ends_before(place, other_place) || ends_before(other_place, place);
            let touches = !apart && place.row == other_place.row;
            let crossed = other_place.row <= place.row && inside_of(other.x, place);
            cost += 10_000 * (usize::from(touches) + usize::from(crossed));
        }
    }
    let rows = places.iter().map(|place| place.row).max().unwrap_or(0);
    cost + 100 * rows
}

fn inside_of(x: f64, place: &LabelPosition) -> bool {
    x > place.from - 3.0 && x < place.to + 3.0
}

/// Draws the labels from `top` downward, and their lines.
pub fn draw(picture: &mut Picture, markers: &[Marker], top: f64) {
    let places = arrange(markers, picture.width());
    for (marker, place) in markers.iter().zip(&places) {
        let y = top + place.row as f64 * PITCH;
        let line = Line::new(marker.ink, 1.0).dashed(4, 3);
        let below = if inside_of(marker.x, place) { PITCH } else { 0.0 };
        picture.line([(marker.x, y + below), (marker.x, marker.foot)], line);
    }
    for (marker, place) in markers.iter().zip(&places) {
        let y = top + place.row as f64 * PITCH;
        let is_crossed = |other: &Marker| other.x != marker.x && inside_of(other.x, place);
        if markers.iter().any(is_crossed) {
            picture.fade((place.from, y), (place.to, y + SIZE + 3.0));
        }
        let (x, across) = if place.left { (place.to, HPos::Right) } else { (place.from, HPos::Left) };
        let (set, room) = (set(marker.ink).across(across), picture.width() - picture.edge());
        picture.name(&marker.text, (x, y), &set, room - place.from);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::WIDTH;

    fn marker(x: f64, text: &str) -> Marker {
        Marker { x, foot: 400.0, text: text.to_string(), ink: Ink::Text, prefers_left: false }
    }

    #[test]
    fn no_label_touches_another_or_is_crossed_by_a_line() {
        assert_eq!(n_rows(&[marker(100.0, "median"), marker(500.0, "mean")], WIDTH), 1);
        let xs = [100.0, 103.0, 140.0, 930.0];
        let markers = xs.map(|x| marker(x, "a rather long label $123k"));
        let places = arrange(&markers, WIDTH);
        for (i, a) in places.iter().enumerate() {
            assert!(a.from >= edge(WIDTH) && a.to <= WIDTH - edge(WIDTH));
            for (j, b) in places.iter().enumerate().filter(|(j, _)| *j != i) {
                let apart = a.to < b.from || b.to < a.from;
                assert!(apart || a.row != b.row, "{i} touches {j}");
                let crossed = b.row <= a.row && inside_of(markers[j].x, a);
                assert!(!crossed, "the line of {j} crosses the label of {i}");
            }
        }
    }

    #[test]
    fn labels_without_a_line_between_them_do_not_read_as_one() {
        let width = set(Ink::Text).width("invested");
        let rows = |gap: f64| {
            let x = 100.0 + 2.0 * (GAP + width) + gap;
            let second = Marker { prefers_left: true, ..marker(x, "invested") };
            // the outer lines leave no room on the other sides
            n_rows(&[marker(90.0, ""), marker(100.0, "invested"), second, marker(x + 10.0, "")], WIDTH)
        };
        assert_eq!([rows(APART + 1.0), rows(APART - 1.0)], [1, 2]);
    }

    #[test]
    fn equal_figures_share_a_label() {
        let figures = ["median", "5th percentile"].map(|name| (marker(40.0, name), "$0"));
        let markers = merged(figures.to_vec());
        assert_eq!(markers.len(), 1);
        assert_eq!(markers[0].text, "median, 5th percentile $0");
    }
}
