//! Small multiples: panels side by side in rows, all with the same axes.
//!
//! In: [`Plot`]s, each with one label at its end. Out: marks. Not here: their lines (`plot`).

use super::canvas::{Picture, Type, VPos};
use super::frame::{Area, is_narrow};
use super::panel::{Panel, left_of_labels};
use super::plot::Plot;
use super::theme::Ink;

/// Panels drawn at most.
pub const MOST_PANELS: usize = 12;

/// Free pixels before and after the label at the end of a line.
const END_GAPS: (f64, f64) = (6.0, 12.0);

/// Pixels above and below the axis of a panel.
const ABOVE: f64 = 24.0;
const BELOW: f64 = 34.0;

/// Letters of the axes in a panel.
const SMALL: f64 = 10.5;

fn columns(n: usize, width: f64) -> usize {
    match n {
        0 | 1 => 1,
        _ if is_narrow(width) => 2,
        2 | 4 => 2,
        3 | 5 | 6 | 9 => 3,
        _ => 4,
    }
}

fn row_height(n: usize, width: f64) -> f64 {
    match n.div_ceil(columns(n, width)) {
        _ if is_narrow(width) => 180.0,
        1 => 340.0,
        2 => 240.0,
        _ => 200.0,
    }
}

/// Height of `n` panels in a picture so many pixels wide.
pub fn height(n: usize, width: f64) -> f64 {
    n.div_ceil(columns(n, width)) as f64 * row_height(n, width)
}

fn end_type(ink: Ink) -> Type {
    Type::new(11.5, ink).semibold().down(VPos::Center)
}

/// Draws the panels row by row; the first of each row has the labels of the levels.
pub fn draw(plots: &[Plot], picture: &mut Picture, body: Area) {
    let (full, edge, n) = (picture.width(), picture.edge(), plots.len());
    let (columns, row_height) = (columns(n, full), row_height(n, full));
    let ends = || plots.iter().flat_map(|plot| &plot.ends);
    let widths = ends().map(|end| end_type(end.ink).width(&end.text));
    let gutter = END_GAPS.0 + widths.fold(20.0, f64::max) + END_GAPS.1;
    let levels = plots.first().map_or(&[][..], |plot| &plot.y.ticks);
    let left = left_of_labels(edge, levels);
    let width = (full - edge + END_GAPS.1 - left) / columns as f64;
    for (index, plot) in plots.iter().enumerate() {
        let (column, row) = (index % columns, index / columns);
        let x = left + column as f64 * width;
        let y = body.top + row as f64 * row_height;
        let area = Area {
            left: x,
            top: y + ABOVE,
            right: x + width - gutter,
            bottom: y + row_height - BELOW,
        };
        let name = Type::new(12.5, Ink::Text).semibold();
        picture.name(&plot.heading, (x, area.top - 8.0), &name, width - 12.0);
        let panel = Panel::new(area, plot.x.scale, plot.y.scale);
        panel.levels(picture, levels, column == 0);
        plot.draw_layers(picture, &panel);
        panel.base(picture, &plot.x.ticks, SMALL);
        for end in &plot.ends {
            let y = panel.at(plot.x.scale.high, end.value).1;
            let y = y.clamp(area.top + 5.0, area.bottom - 5.0);
            let at = (area.right + END_GAPS.0, y);
            picture.text(&end.text, at, &end_type(end.ink));
        }
    }
}
