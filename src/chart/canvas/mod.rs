//! One display list per picture, filled through plotters, written as SVG or PNG.
//!
//! In: letters, lines and surfaces in tenths of a pixel. Out: a [`Picture`]. Not here: what is drawn (the charts), the
//! colours (`theme`).
//!
//! Positions are whole tenths of a pixel from the first to the last step, so both writers print
//! the same numbers on every machine.

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
pub use png::Sheet;
pub use svg::inside_a_page;

use super::theme::Ink;

/// Tenths of a pixel, the unit of every recorded position and length.
pub const UNITS_PER_PIXEL: f64 = 10.0;

/// Pixels to recorded units.
pub fn units(pixels: f64) -> i32 {
    (pixels * UNITS_PER_PIXEL).round() as i32
}

/// A position, in units.
pub type Point = (i32, i32);

/// An upright rectangle, in units: left, top, right, bottom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    pub left: i32,
    pub top: i32,
    pub right: i32,
    pub bottom: i32,
}

/// An ink and how much of it: opacity in percent.
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

/// Which end of a text stands at its position.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HPos {
    Left,
    Center,
    Right,
}

/// Which height of a text stands there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VPos {
    Top,
    Center,
    Bottom,
}

/// Letters on their base line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lettering {
    pub text: String,
    /// The anchor's position on the base line.
    pub at: Point,
    pub anchor: HPos,
    /// Size of the font, in units.
    pub size: i32,
    pub weight: Weight,
}

/// The geometry of one mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Rectangle(Bounds),
    Path { points: Vec<Point>, closed: bool },
    Circle { centre: Point, radius: u32 },
    Text(Lettering),
}

/// What a mark is painted with.
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

/// One entry of the display list.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    pub shape: Shape,
    pub finish: Finish,
    /// Shown while the pointer rests on the mark (SVG only).
    pub tooltip: Option<String>,
    /// The panel that the mark may not leave.
    pub clip: Option<Bounds>,
}

/// A drawing, independent of how it is written.
#[derive(Clone, Debug, PartialEq)]
pub struct Picture {
    /// Kind of chart; the prefix of every identifier inside.
    pub id: String,
    /// The finding, read aloud as the name of the picture.
    pub title: String,
    /// How to read it, read aloud after the name.
    pub description: String,
    /// Width and height in pixels.
    pub size: (u32, u32),
    pub marks: Vec<Mark>,
}

impl Picture {
    /// The inks in use, each once, in the order of the theme.
    pub fn inks(&self) -> Vec<Ink> {
        let marks = self.marks.iter();
        let mut inks: Vec<Ink> = marks.map(|mark| mark.finish.paint().ink).collect();
        inks.sort();
        inks.dedup();
        inks
    }

    /// The panels that marks may not leave, each once.
    pub fn clips(&self) -> Vec<Bounds> {
        let mut clips: Vec<Bounds> = self.marks.iter().filter_map(|mark| mark.clip).collect();
        clips.sort_by_key(|clip| (clip.top, clip.left, clip.bottom, clip.right));
        clips.dedup();
        clips
    }
}
