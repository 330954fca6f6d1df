//! A picture as data: what is said of it and one of four shapes that holds its numbers.
//!
//! In: [`Spec`]. Out: a [`Picture`]. Not here: the shapes, which picture has which (`report::pictures`).

use super::bars::Bins;
use super::canvas::Picture;
use super::frame::{Stamp, framed};
use super::plot::Plot;
use super::rows::Rows;
use super::{multiples, plot};

/// Height of a histogram, in pixels.
const BINS_HEIGHT: f64 = 434.0;

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
    /// Small panels with the same axes.
    Multiples(Vec<Plot>),
    Rows(Rows),
    Bins(Bins),
}

impl Spec {
    /// The display list, of the kind `id` that is called `name`, with title, subtitle and footer.
    pub fn picture(&self, (id, name): (&str, &str), stamp: &Stamp) -> Picture {
        let height = match &self.shape {
            Shape::Plots(plots) => plot::height(plots),
            Shape::Multiples(plots) => multiples::height(plots.len()),
            Shape::Rows(rows) => rows.height(),
            Shape::Bins(_) => BINS_HEIGHT,
        };
        let around = (self.finding.as_str(), self.reading.as_str());
        let (mut picture, body) = framed((id, name), around, height, stamp);
        match &self.shape {
            Shape::Plots(plots) => plot::draw(plots, &mut picture, body),
            Shape::Multiples(plots) => multiples::draw(plots, &mut picture, body),
            Shape::Rows(rows) => rows.draw(&mut picture, body),
            Shape::Bins(bins) => bins.draw(&mut picture, body),
        }
        picture
    }
}
