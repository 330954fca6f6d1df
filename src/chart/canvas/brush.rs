//! Everyday strokes: text, lines, rectangles, dots.
//!
//! In: positions. Out: marks of the picture. Not here: positions in data coordinates (`panel`).

use super::{Bounds, Finish, HPos, Lettering, Mark, Paint, Picture, Point, Shape, VPos, Weight};
use super::{UNITS_PER_PIXEL, font, units};
use crate::chart::labels::shorten;
use crate::chart::theme::Ink;

/// A position in pixels.
pub type Pixel = (f64, f64);

/// How a text is set: size in pixels, ink, weight and which part of it stands at its position.
#[derive(Clone, Copy)]
pub struct Type {
    pub size: f64,
    pub ink: Ink,
    pub weight: Weight,
    pub across: HPos,
    pub down: VPos,
}

impl Type {
    /// Regular letters whose left end stands on the base line.
    pub fn new(size: f64, ink: Ink) -> Self {
        Self {
            size,
            ink: ink.for_text(),
            weight: Weight::Regular,
            across: HPos::Left,
            down: VPos::Bottom,
        }
    }

    /// A figure that ends at its position, in the middle of its row.
    pub fn figure(ink: Ink) -> Self {
        let set = Self::new(12.0, ink).semibold();
        set.across(HPos::Right).down(VPos::Center)
    }

    pub fn semibold(self) -> Self {
        let weight = Weight::SemiBold;
        Self { weight, ..self }
    }

    pub fn across(self, across: HPos) -> Self {
        Self { across, ..self }
    }

    pub fn down(self, down: VPos) -> Self {
        Self { down, ..self }
    }

    /// Width of `text` in pixels when set like this.
    pub fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }
}

/// How a line or an edge is drawn: width in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Line {
    pub paint: Paint,
    pub width: f64,
    /// Length of dash and gap, in pixels.
    pub dash: Option<(u8, u8)>,
}

impl Line {
    pub fn new(ink: Ink, width: f64) -> Self {
        let paint = Paint::solid(ink);
        let dash = None;
        Self { paint, width, dash }
    }

    /// Alternating strokes and gaps, in pixels.
    pub fn dashed(self, dash: u8, gap: u8) -> Self {
        let dash = Some((dash, gap));
        Self { dash, ..self }
    }

    pub fn percent(self, percent: u8) -> Self {
        let ink = self.paint.ink;
        let paint = Paint::of(ink, percent);
        Self { paint, ..self }
    }
}

fn place(pixel: Pixel) -> Point {
    (units(pixel.0), units(pixel.1))
}

/// Moves an upright or level line to the middle of a pixel, where it is drawn sharp.
fn sharpen(points: &mut [Point]) {
    let middle = |value: i32| value.div_euclid(10) * 10 + 5;
    if let [from, to] = points {
        if from.1 == to.1 {
            (from.1, to.1) = (middle(from.1), middle(from.1));
        } else if from.0 == to.0 {
            (from.0, to.0) = (middle(from.0), middle(from.0));
        }
    }
}

impl Picture {
    /// Sets `text` at `at`; nothing is recorded for an empty text. A text with letters that the
    /// font lacks carries its own wording as a tooltip.
    pub fn text(&mut self, text: &str, at: Pixel, set: &Type) {
        self.name(text, at, set, f64::INFINITY);
    }

    /// Sets as much of `name` as fits `room` pixels; what is cut off or beyond the font stands in
    /// the tooltip.
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
        let text = Shape::Text(Lettering {
            text: drawn,
            at: (x, y + drop.round() as i32),
            anchor: set.across,
            size: size.round() as i32,
            weight: set.weight,
        });
        self.record(text, Finish::Fill(Paint::solid(set.ink)), tooltip, None);
    }

    /// A line through `points`.
    pub fn line(&mut self, points: impl IntoIterator<Item = Pixel>, line: Line) {
        self.path(points, Finish::Stroke(line), None);
    }

    /// A line through `points` or the surface inside them, cut at `clip`.
    pub fn path(
        &mut self,
        points: impl IntoIterator<Item = Pixel>,
        finish: Finish,
        clip: Option<Bounds>,
    ) {
        let mut points: Vec<Point> = points.into_iter().map(place).collect();
        points.dedup();
        let closed = matches!(finish, Finish::Fill(_));
        if points.len() >= 2 + usize::from(closed) {
            sharpen(&mut points);
            self.record(Shape::Path { points, closed }, finish, None, clip);
        }
    }

    /// A filled upright rectangle between two opposite corners.
    pub fn rectangle(&mut self, from: Pixel, to: Pixel, paint: Paint, tooltip: Option<String>) {
        let (from, to) = (place(from), place(to));
        let bounds = Bounds {
            left: from.0.min(to.0),
            top: from.1.min(to.1),
            right: from.0.max(to.0),
            bottom: from.1.max(to.1),
        };
        self.record(Shape::Rectangle(bounds), Finish::Fill(paint), tooltip, None);
    }

    /// A filled circle of `radius` pixels, cut at `clip`.
    pub fn dot(&mut self, at: Pixel, radius: f64, paint: Paint, clip: Option<Bounds>) {
        let (centre, radius) = (place(at), units(radius).unsigned_abs());
        let shape = Shape::Circle { centre, radius };
        self.record(shape, Finish::Fill(paint), None, clip);
    }

    /// Puts a mark on all before it, unless it cannot be seen.
    fn record(
        &mut self,
        shape: Shape,
        finish: Finish,
        tooltip: Option<String>,
        clip: Option<Bounds>,
    ) {
        if finish.paint().percent > 0 {
            self.marks.push(Mark {
                shape,
                finish,
                tooltip,
                clip,
            });
        }
    }
}
