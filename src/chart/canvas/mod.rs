//! Display list of one picture, filled through plotters, written as SVG or PNG.
//!
//! In: letters, lines and surfaces in tenths of a pixel. Out: a [`Picture`]. Not here: the charts' contents,
//! the colors (`theme`).
//!
//! All positions are whole tenths of a pixel, so both writers print the same numbers on every machine.

mod backend;
#[cfg(test)]
mod boxes;
mod brush;
pub mod font;
mod letters;
mod png;
mod svg;

pub use brush::{Line, Pixel, Type};
pub use font::{WEB_FONTS, Weight};
pub use plotters_backend::text_anchor::VPos;
pub use png::Sheet;
pub use svg::inside_a_page;

use super::theme::Ink;

/// Number of units per pixel: every position and length in a drawing is stored in tenths of a pixel.
pub const UNITS_PER_PIXEL: f64 = 10.0;

/// Converts pixels to tenths of a pixel, the unit in which drawings are stored.
pub fn units(pixels: f64) -> i32 {
    (pixels * UNITS_PER_PIXEL).round() as i32
}

/// A position in tenths of a pixel, from the left and from the top.
pub type Point = (i32, i32);

/// An axis-aligned rectangle in tenths of a pixel: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

/// A color with its opacity in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    pub ink: Ink,
    pub percent: u8,
}

impl Paint {
    pub fn solid(ink: Ink) -> Self {
        Self::of(ink, 100)
    }

    pub fn of(ink: Ink, percent: u8) -> Self {
        Self { ink, percent }
    }
}

/// Horizontal alignment: the part of a text that is placed at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HPos {
    Left,
    Center,
    Right,
}

/// One line of text to be drawn, with its position and style.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lettering {
    pub text: String,
    /// Position of the text's anchor on the base line, in tenths of a pixel.
    pub at: Point,
    pub anchor: HPos,
    /// Font size, in tenths of a pixel.
    pub size: i32,
    pub weight: Weight,
}

/// The geometry of one mark (a text, a rectangle, a path or a circle) in tenths of a pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkShape {
    Rectangle(Bounds),
    Path { points: Vec<Point>, closed: bool },
    Circle { centre: Point, radius: u32 },
    Text(Lettering),
}

/// Fill or stroke that paints a mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Finish {
    Fill(Paint),
    Stroke(Line),
}

impl Finish {
    fn paint(&self) -> Paint {
        match *self {
            Finish::Fill(paint) => paint,
            Finish::Stroke(line) => line.paint,
        }
    }
}

/// One entry of the display list: a shape with its paint.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub shape: MarkShape,
    pub finish: Finish,
    /// Text shown while the pointer rests on the mark (SVG only).
    pub tooltip: Option<String>,
    /// Rectangle at whose edge the mark is cut; `None` if it is not cut.
    pub clip: Option<Bounds>,
}

/// A drawing as a display list, independent of the file format.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Kind of chart; also the prefix of every identifier inside the SVG.
    pub id: String,
    /// Finding of the picture; screen readers announce it as the name.
    pub title: String,
    /// Explanation of how to read the picture; screen readers announce it after the name.
    pub description: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    pub marks: Vec<Mark>,
}

impl Picture {
    /// Returns the colors in use, each once, in the order of the theme.
    pub fn inks(&self) -> Vec<Ink> {
        let marks = self.marks.iter();
        let mut inks: Vec<Ink> = marks.map(|mark| mark.finish.paint().ink).collect();
        inks.sort();
        inks.dedup();
        inks
    }

    /// Returns the distinct clip rectangles of the marks.
    pub fn clips(&self) -> Vec<Bounds> {
        let mut clips: Vec<Bounds> = self.marks.iter().filter_map(|mark| mark.clip).collect();
        clips.sort_by_key(|clip| (clip.top, clip.left, clip.bottom, clip.right));
        clips.dedup();
        clips
    }
}
