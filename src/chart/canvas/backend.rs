//! The drawing backend that plotters draws on: it records marks instead of painting them.
//!
//! In: calls of plotters elements. Out: [`Picture`]. Not here: the writers (`svg`, `png`).
//!
//! plotters carries colours as red, green, blue; here the first of the three bytes is the index
//! of an ink and the other two stay zero, so that no colour can enter past the theme. Elements
//! are drawn without a `DrawingArea`, because that clamps every point to the edge of its area and
//! would bend a line that leaves the panel; here it runs on and is cut by a clip.

use super::{Anchor, Bounds, Finish, Lettering, Manner, Mark, Outline, Paint, Picture, Point};
use super::{Shape, UNITS_PER_PIXEL, Weight, font};
use crate::chart::theme::Ink;
use plotters::element::{Drawable, PointCollection};
use plotters::style::{Color, RGBAColor};
use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontStyle,
};
use std::convert::Infallible;

type Recorded = Result<(), DrawingErrorKind<Infallible>>;

impl From<Paint> for RGBAColor {
    fn from(paint: Paint) -> Self {
        RGBAColor(paint.ink.index(), 0, 0, f64::from(paint.percent) / 100.0)
    }
}

impl Color for Paint {
    fn to_backend_color(&self) -> BackendColor {
        RGBAColor::from(*self).to_backend_color()
    }
}

fn paint_of(color: BackendColor) -> Paint {
    let ink = Ink::from_index(color.rgb.0).expect("only inks are turned into colours");
    let percent = (color.alpha * 100.0).round() as u8;
    Paint::of(ink, percent)
}

/// A picture while it is drawn.
pub struct Canvas {
    picture: Picture,
    manner: Manner,
}

impl Canvas {
    /// An empty canvas of `size` pixels.
    pub fn new(id: &str, title: &str, description: &str, size: (u32, u32)) -> Self {
        let picture = Picture {
            id: id.to_string(),
            title: title.to_string(),
            description: description.to_string(),
            size,
            marks: Vec::new(),
        };
        let manner = Manner::default();
        Self { picture, manner }
    }

    /// Draws a plotters element whose points `place` turns into units.
    pub fn draw<E, C>(&mut self, element: &E, manner: Manner, place: impl Fn(&C) -> Point)
    where
        for<'e> &'e E: PointCollection<'e, C>,
        E: Drawable<Self>,
    {
        use std::borrow::Borrow;
        self.manner = manner;
        let points: Vec<Point> = element
            .point_iter()
            .into_iter()
            .map(|point| place(point.borrow()))
            .collect();
        let size = self.get_size();
        element
            .draw(points.into_iter(), self, size)
            .expect("recording cannot fail");
    }

    /// The finished picture.
    pub fn finish(self) -> Picture {
        self.picture
    }

    /// Width and height in pixels.
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = self.picture.size;
        (f64::from(width), f64::from(height))
    }

    fn record(&mut self, shape: Shape, finish: Finish) -> Recorded {
        let paint = match finish {
            Finish::Fill(paint) => paint,
            Finish::Stroke(outline) => outline.paint,
        };
        if paint.percent > 0 {
            self.picture.marks.push(Mark {
                shape,
                finish,
                tooltip: self.manner.tooltip.clone(),
                clip: self.manner.clip,
            });
        }
        Ok(())
    }

    fn finish_of<S: BackendStyle>(&self, style: &S, is_filled: bool) -> Finish {
        let paint = paint_of(style.color());
        match is_filled {
            true => Finish::Fill(paint),
            false => Finish::Stroke(Outline {
                paint,
                width: style.stroke_width(),
                dash: self.manner.dash,
            }),
        }
    }
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

impl DrawingBackend for Canvas {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let (width, height) = self.picture.size;
        let scale = UNITS_PER_PIXEL as u32;
        (width * scale, height * scale)
    }

    fn ensure_prepared(&mut self) -> Recorded {
        Ok(())
    }

    fn present(&mut self) -> Recorded {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, color: BackendColor) -> Recorded {
        let size = UNITS_PER_PIXEL as i32;
        self.draw_rect(at, (at.0 + size, at.1 + size), &color, true)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        a: Point,
        b: Point,
        style: &S,
        fill: bool,
    ) -> Recorded {
        let shape = Shape::Rectangle(Bounds {
            left: a.0.min(b.0),
            top: a.1.min(b.1),
            right: a.0.max(b.0),
            bottom: a.1.max(b.1),
        });
        self.record(shape, self.finish_of(style, fill))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = Point>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Recorded {
        let mut points: Vec<Point> = path.into_iter().collect();
        points.dedup();
        if points.len() < 2 {
            return Ok(());
        }
        sharpen(&mut points);
        let closed = false;
        let outline = self.finish_of(style, false);
        self.record(Shape::Path { points, closed }, outline)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: Point,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Recorded {
        let shape = Shape::Circle { centre, radius };
        self.record(shape, self.finish_of(style, fill))
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = Point>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Recorded {
        let mut points: Vec<Point> = corners.into_iter().collect();
        points.dedup();
        if points.len() < 3 {
            return Ok(());
        }
        let closed = true;
        let fill = self.finish_of(style, true);
        self.record(Shape::Path { points, closed }, fill)
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, at: Point) -> Recorded {
        let cap = font::CAP_HEIGHT * style.size();
        let drop = match style.anchor().v_pos {
            VPos::Top => cap,
            VPos::Center => cap / 2.0,
            VPos::Bottom => 0.0,
        };
        let lettering = Lettering {
            text: text.chars().map(font::drawn).collect(),
            at: (at.0, at.1 + drop.round() as i32),
            anchor: match style.anchor().h_pos {
                HPos::Left => Anchor::Start,
                HPos::Center => Anchor::Middle,
                HPos::Right => Anchor::End,
            },
            size: style.size().round() as i32,
            weight: weight_of(style.style()),
            halo: self.manner.halo,
        };
        let paint = paint_of(style.color());
        self.record(Shape::Text(lettering), Finish::Fill(paint))
    }
}

fn weight_of(style: FontStyle) -> Weight {
    match style {
        FontStyle::Bold => Weight::SemiBold,
        _ => Weight::Regular,
    }
}
