//! A picture as data: its texts and one of three shapes that hold its numbers.
//!
//! In: [`Spec`]. Out: a [`Picture`]. Not here: the shapes, their use in each picture (`report::pictures`).

use super::bars::Bins;
use super::canvas::Picture;
use super::frame::{Stamp, framed, is_narrow};
use super::labels::End;
use super::plot::{Axis, Layer, NamedLine, Plot};
use super::rows::RowChart;

const BINS_HEIGHT: f64 = 434.0;
/// Factor on the height of a panel or histogram in a narrow picture.
const LOWER: f64 = 0.72;

/// A picture before it is drawn: title, subtitle and contents.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// Title, which states the finding.
    pub finding: String,
    /// Subtitle: what is drawn and how to read it.
    pub reading: String,
    pub shape: Shape,
}

/// Contents between subtitle and footer.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Lines and surfaces in a panel.
    Plot(Box<Plot>),
    /// Rows on one axis or several below each other, with common columns.
    Rows(Vec<RowChart>),
    Bins(Box<Bins>),
}

impl Shape {
    /// Creates a panel with vertical lines.
    pub fn plot(x: Axis, y: Axis, layers: Vec<Layer>, ends: Vec<End>, marks: Vec<NamedLine>) -> Self {
        Self::Plot(Box::new(Plot { x, y, layers, ends, marks }))
    }
}

impl From<RowChart> for Shape {
    fn from(rows: RowChart) -> Self {
        Self::Rows(vec![rows])
    }
}

impl Spec {
    /// Draws the picture of kind `id`, called `name`, with title, subtitle and footer, `width` pixels wide.
    pub fn picture(&self, id: &str, name: &str, stamp: &Stamp, width: f64) -> Picture {
        let lower = if is_narrow(width) { LOWER } else { 1.0 };
        let height = match &self.shape {
            Shape::Plot(plot) => plot.height(lower, width),
            Shape::Rows(blocks) => RowChart::height(blocks, width),
            Shape::Bins(_) => lower * BINS_HEIGHT,
        };
        let (mut picture, body) = framed(id, name, &self.finding, &self.reading, width, height, stamp);
        match &self.shape {
            Shape::Plot(plot) => plot.draw(&mut picture, body, lower),
            Shape::Rows(blocks) => RowChart::draw(blocks, &mut picture, body),
            Shape::Bins(bins) => bins.draw(&mut picture, body),
        }
        picture
    }
}
