//! A picture as data: what is said of it and one of three shapes that holds its numbers.
//!
//! In: [`Spec`]. Out: a [`Picture`]. Not here: the shapes, which picture has which (`report::pictures`).

use super::bars::Bins;
use super::canvas::Picture;
use super::frame::{Stamp, framed, is_narrow};
use super::labels::End;
use super::plot;
use super::plot::{Axis, Layer, Plot};
use super::rows::{Row, Rows};
use super::scale::Scale;
use super::theme::Ink;

/// Height of a histogram, in pixels.
const BINS_HEIGHT: f64 = 434.0;

/// What is left of the height of a panel in a narrow picture.
const LOWER: f64 = 0.72;

/// Ticks below rows, at most: each has room for its label.
const TICKS_OF_ROWS: usize = 7;

/// A picture before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Spec {
    /// The title: what the numbers say.
    pub finding: String,
    /// The subtitle: what is drawn and how to read it.
    pub reading: String,
    pub shape: Shape,
}

/// What is drawn between subtitle and footer.
#[derive(Clone, Debug, PartialEq)]
pub enum Shape {
    /// Lines over panels below each other.
    Plots(Vec<Plot>),
    Rows(Rows),
    Bins(Bins),
}

impl Shape {
    /// One panel.
    pub fn plot(x: Axis, y: Axis, layers: Vec<Layer>, ends: Vec<End>) -> Self {
        Self::Plots(vec![Plot::new(x, y, layers, ends)])
    }

    /// Rows over an axis, with the headings of their figures.
    pub fn rows(
        scale: Scale,
        tick: impl Fn(f64) -> String,
        columns: impl Into<Vec<(&'static str, Ink)>>,
        rows: Vec<Row>,
    ) -> Self {
        let x = Axis::new(scale, TICKS_OF_ROWS, tick);
        Self::Rows(Rows { x, columns: columns.into(), rows })
    }
}

impl Spec {
    /// The display list, of the kind `id` that is called `name`, with title, subtitle and footer, so many pixels wide.
    pub fn picture(&self, (id, name): (&str, &str), stamp: &Stamp, width: f64) -> Picture {
        let lower = if is_narrow(width) { LOWER } else { 1.0 };
        let height = match &self.shape {
            Shape::Plots(plots) => plot::height(plots, lower),
            Shape::Rows(rows) => rows.height(width),
            Shape::Bins(_) => lower * BINS_HEIGHT,
        };
        let around = (self.finding.as_str(), self.reading.as_str());
        let (mut picture, body) = framed((id, name), around, (width, height), stamp);
        match &self.shape {
            Shape::Plots(plots) => plot::draw(plots, &mut picture, body, lower),
            Shape::Rows(rows) => rows.draw(&mut picture, body),
            Shape::Bins(bins) => bins.draw(&mut picture, body),
        }
        picture
    }
}
