//! Drawing functions in pixels: text, lines, rectangles, dots.
//!
//! In: positions. Out: marks of the picture. Not here: positions in data coordinates (`panel`).

use super::backend::Recorder;
use super::{Bounds, Finish, HPos, Lettering, MarkShape, Paint, Picture, Point, VPos, Weight};
use super::{UNITS_PER_PIXEL, font, units};
use crate::chart::labels::shorten;
use crate::chart::theme::Ink;
use plotters::element::{Circle, PathElement, Polygon, Rectangle};
use plotters::style::BLACK;

/// A position in pixels, from the left and from the top.
pub type Pixel = (f64, f64);

/// Type settings of a text: font size in pixels, ink, weight and alignment to its position.
#[derive(Clone, Copy)]
pub struct Type {
    pub size: f64,
    pub ink: Ink,
    pub weight: Weight,
    pub across: HPos,
    pub down: VPos,
}

impl Type {
    /// Creates regular text whose left end and base line are at its position.
    pub fn new(size: f64, ink: Ink) -> Self {
        Self { size, ink: ink.for_text(), weight: Weight::Regular, across: HPos::Left, down: VPos::Bottom }
    }

    /// Creates the setting of a table figure: right-aligned, vertically centered in its row.
    pub fn figure(ink: Ink) -> Self {
        Self::new(12.0, ink).semibold().across(HPos::Right).down(VPos::Center)
    }

    pub fn semibold(self) -> Self {
        Self { weight: Weight::SemiBold, ..self }
    }

    pub fn across(self, across: HPos) -> Self {
        Self { across, ..self }
    }

    pub fn down(self, down: VPos) -> Self {
        Self { down, ..self }
    }

    /// Returns the width of `text` in pixels with these settings.
    pub fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }
}

/// Style of a line or an outline: ink, width in pixels, opacity and dashes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub paint: Paint,
    pub width: f64,
    /// Lengths of dash and gap in pixels; `None` draws a solid line.
    pub dash: Option<(u8, u8)>,
}

impl Line {
    pub fn new(ink: Ink, width: f64) -> Self {
        Self { paint: Paint::solid(ink), width, dash: None }
    }

    /// Returns this line dashed, with dash and gap lengths in pixels.
    pub fn dashed(self, dash: u8, gap: u8) -> Self {
        Self { dash: Some((dash, gap)), ..self }
    }

    pub fn percent(self, percent: u8) -> Self {
        Self { paint: Paint::of(self.paint.ink, percent), ..self }
    }
}

fn place(pixel: Pixel) -> Point {
    (units(pixel.0), units(pixel.1))
}

impl Picture {
    /// Draws `text` at `at`; an empty text records no mark. If the font lacks a letter, the tooltip shows the
    /// original text.
    pub fn text(&mut self, text: &str, at: Pixel, set: &Type) {
        self.name(text, at, set, f64::INFINITY);
    }

    /// Draws `name`, shortened to `room` pixels. The tooltip shows the full name if it was shortened or if
    /// the font lacks a letter.
    pub fn name(&mut self, name: &str, at: Pixel, set: &Type, room: f64) {
        let short = shorten(name, set, room);
        if short.is_empty() {
            return;
        }
        let drawn: String = short.chars().map(font::drawn).collect();
        let (x, y) = place(at);
        let size = set.size * UNITS_PER_PIXEL;
        let drop = match set.down {
            VPos::Top => font::CAP_HEIGHT * size,
            VPos::Center => font::CAP_HEIGHT * size / 2.0,
            VPos::Bottom => 0.0,
        };
        let tooltip = (drawn != name).then(|| name.to_string());
        let text = MarkShape::Text(Lettering {
            text: drawn,
            at: (x, y + drop.round() as i32),
            anchor: set.across,
            size: size.round() as i32,
            weight: set.weight,
        });
        let finish = Finish::Fill(Paint::solid(set.ink));
        let recorded = self.recorder(finish, tooltip, None).record(text);
        recorded.expect("recording cannot fail");
    }

    /// Draws a line through `points`.
    pub fn line(&mut self, points: impl IntoIterator<Item = Pixel>, line: Line) {
        self.path(points, Finish::Stroke(line), None);
    }

    /// Draws a line through `points`, or the surface they enclose, as `finish` says; cut at the edge of
    /// `clip`.
    pub fn path(&mut self, points: impl IntoIterator<Item = Pixel>, finish: Finish, clip: Option<Bounds>) {
        let points: Vec<Point> = points.into_iter().map(place).collect();
        let recorder = self.recorder(finish, None, clip);
        match finish {
            Finish::Fill(_) => recorder.draw(&Polygon::new(points, BLACK)),
            Finish::Stroke(_) => recorder.draw(&PathElement::new(points, BLACK)),
        }
    }

    /// Fills the axis-aligned rectangle between two opposite corners.
    pub fn rectangle(&mut self, from: Pixel, to: Pixel, paint: Paint, tooltip: Option<String>) {
        let recorder = self.recorder(Finish::Fill(paint), tooltip, None);
        recorder.draw(&Rectangle::new([place(from), place(to)], BLACK));
    }

    /// Fades what is drawn between two opposite corners, so that a text there can be read.
    pub fn fade(&mut self, from: Pixel, to: Pixel) {
        self.rectangle(from, to, Paint::of(Ink::Ground, 85), None);
    }

    /// Fills a circle of `radius` pixels, cut at `clip`.
    pub fn dot(&mut self, at: Pixel, radius: f64, paint: Paint, clip: Option<Bounds>) {
        let recorder = self.recorder(Finish::Fill(paint), None, clip);
        recorder.draw(&Circle::new(place(at), units(radius), BLACK));
    }

    fn recorder(&mut self, finish: Finish, tooltip: Option<String>, clip: Option<Bounds>) -> Recorder<'_> {
        Recorder { picture: self, finish, tooltip, clip }
    }
}
