//! Everyday strokes in pixels: text, lines, bars.
//!
//! In: positions in pixels. Out: marks on the canvas, through plotters elements. Not here:
//! positions in data coordinates (`panel`).

use super::{Canvas, Manner, Paint, Point, Weight, font, units};
use crate::chart::labels::shorten;
use crate::chart::theme::Ink;
use plotters::element::{Circle, PathElement, Rectangle, Text};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, RGBAColor, ShapeStyle, TextStyle};
use plotters_backend::text_anchor::{HPos, Pos, VPos};

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
    pub halo: bool,
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
            halo: false,
        }
    }

    pub fn semibold(self) -> Self {
        let weight = Weight::SemiBold;
        Self { weight, ..self }
    }

    pub fn weight(self, weight: Weight) -> Self {
        Self { weight, ..self }
    }

    pub fn across(self, across: HPos) -> Self {
        Self { across, ..self }
    }

    pub fn down(self, down: VPos) -> Self {
        Self { down, ..self }
    }

    pub fn halo(self) -> Self {
        let halo = true;
        Self { halo, ..self }
    }

    /// Width of `text` in pixels when set like this.
    pub fn width(&self, text: &str) -> f64 {
        font::width(text, self.size, self.weight)
    }
}

/// How a line or an edge is drawn: width in pixels.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    pub paint: Paint,
    pub width: f64,
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

    /// The same for plotters.
    pub fn style(&self) -> ShapeStyle {
        ShapeStyle {
            color: RGBAColor::from(self.paint),
            filled: false,
            stroke_width: units(self.width).unsigned_abs(),
        }
    }
}

/// The style of a filled shape, for plotters.
pub fn filled(paint: Paint) -> ShapeStyle {
    RGBAColor::from(paint).filled()
}

fn place(pixel: &Pixel) -> Point {
    (units(pixel.0), units(pixel.1))
}

impl Canvas {
    /// Sets `text` at `at`; nothing is recorded for an empty text. A text with letters that the
    /// font lacks carries its own wording as a tooltip.
    pub fn text(&mut self, text: &str, at: Pixel, set: &Type) {
        let replaced = text.chars().any(|letter| font::drawn(letter) != letter);
        self.text_with_tooltip(text, at, set, replaced.then(|| text.to_string()));
    }

    /// Sets as much of `name` as fits `room` pixels; what is cut off or beyond the font stands in
    /// the tooltip.
    pub fn name(&mut self, name: &str, at: Pixel, set: &Type, room: f64) {
        let short = shorten(name, set, room);
        let replaced = name.chars().any(|letter| font::drawn(letter) != letter);
        let tooltip = (replaced || short != name).then(|| name.to_string());
        self.text_with_tooltip(&short, at, set, tooltip);
    }

    fn text_with_tooltip(&mut self, text: &str, at: Pixel, set: &Type, tooltip: Option<String>) {
        if text.is_empty() {
            return;
        }
        let weight = match set.weight {
            Weight::Regular => FontStyle::Normal,
            Weight::SemiBold => FontStyle::Bold,
        };
        let font = FontDesc::new(
            FontFamily::SansSerif,
            set.size * super::UNITS_PER_PIXEL,
            weight,
        );
        let mut style = TextStyle::from(font).pos(Pos::new(set.across, set.down));
        style.color = Paint::solid(set.ink).to_backend_color();
        let halo = set.halo;
        let manner = Manner {
            halo,
            tooltip,
            ..Manner::default()
        };
        self.draw(&Text::new(text.to_string(), at, style), manner, place);
    }

    /// A line through `points`.
    pub fn line(&mut self, points: &[Pixel], line: Line) {
        let dash = line.dash;
        let manner = Manner {
            dash,
            ..Manner::default()
        };
        let element = PathElement::new(points.to_vec(), line.style());
        self.draw(&element, manner, place);
    }

    /// A filled upright rectangle between two opposite corners.
    pub fn rectangle(&mut self, from: Pixel, to: Pixel, paint: Paint, tooltip: Option<String>) {
        let manner = Manner {
            tooltip,
            ..Manner::default()
        };
        let element = Rectangle::new([from, to], filled(paint));
        self.draw(&element, manner, place);
    }

    /// A filled circle of `radius` pixels.
    pub fn dot(&mut self, at: Pixel, radius: f64, paint: Paint) {
        let element = Circle::new(at, units(radius), filled(paint));
        self.draw(&element, Manner::default(), place);
    }
}
