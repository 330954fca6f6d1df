//! The drawing backend that plotters draws on: it records marks instead of painting them.
//!
//! In: plotters elements in units, and what their styles cannot say ([`Manner`]). Out: [`Picture`]. Not here: the writers
//! (`svg`, `png`), letters and strokes in pixels (`brush`).
//!
//! plotters carries colours as red, green, blue; a mark here is made of an ink of the theme, which travels beside the
//! element. Elements are drawn without a `DrawingArea`, because that clamps every point to the edge of its area and
//! would bend a line that leaves the panel; here it runs on and is cut by a clip.

use super::{Bounds, Finish, Line, Mark, Paint, Picture, Point, Shape};
use super::{UNITS_PER_PIXEL, units};
use crate::chart::theme::Ink;
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Rectangle};
use plotters::style::BLACK;
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind,
};
use std::borrow::Borrow;
use std::convert::Infallible;

type Recorded = Result<(), DrawingErrorKind<Infallible>>;

/// What plotters' styles cannot say about the marks of an element.
#[derive(Clone)]
struct Manner {
    finish: Finish,
    tooltip: Option<String>,
    clip: Option<Bounds>,
}

/// A picture while it is drawn.
pub struct Canvas {
    picture: Picture,
    /// Of the element that is drawn.
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
        let manner = Manner {
            finish: Finish::Fill(Paint::solid(Ink::Ground)),
            tooltip: None,
            clip: None,
        };
        Self { picture, manner }
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

    /// A line through `points`, cut at `clip`.
    pub fn path(&mut self, points: Vec<Point>, line: Line, clip: Option<Bounds>) {
        let element = PathElement::new(points, BLACK);
        self.draw(&element, Finish::Stroke(line), None, clip);
    }

    /// A filled surface, cut at `clip`.
    pub fn surface(&mut self, corners: Vec<Point>, paint: Paint, clip: Option<Bounds>) {
        let element = Polygon::new(corners, BLACK);
        self.draw(&element, Finish::Fill(paint), None, clip);
    }

    /// A filled circle of `radius` pixels, cut at `clip`.
    pub fn circle(&mut self, centre: Point, radius: f64, paint: Paint, clip: Option<Bounds>) {
        let element = Circle::new(centre, units(radius), BLACK);
        self.draw(&element, Finish::Fill(paint), None, clip);
    }

    /// A filled upright rectangle between two opposite corners.
    pub fn block(&mut self, corners: [Point; 2], paint: Paint, tooltip: Option<String>) {
        let element = Rectangle::new(corners, BLACK);
        self.draw(&element, Finish::Fill(paint), tooltip, None);
    }

    fn draw<E>(
        &mut self,
        element: &E,
        finish: Finish,
        tooltip: Option<String>,
        clip: Option<Bounds>,
    ) where
        for<'e> &'e E: PointCollection<'e, Point>,
        E: Drawable<Self>,
    {
        self.manner = Manner {
            finish,
            tooltip,
            clip,
        };
        let points = element.point_iter().into_iter();
        let points: Vec<Point> = points.map(|point| *point.borrow()).collect();
        let drawn = element.draw(points.into_iter(), self, self.get_size());
        drawn.expect("recording cannot fail");
    }

    fn shape(&mut self, shape: Shape) -> Recorded {
        let Manner {
            finish,
            tooltip,
            clip,
        } = self.manner.clone();
        self.record(Mark {
            shape,
            finish,
            tooltip,
            clip,
        });
        Ok(())
    }

    /// Puts a mark on all before it, unless it cannot be seen.
    pub(super) fn record(&mut self, mark: Mark) {
        if mark.finish.paint().percent > 0 {
            self.picture.marks.push(mark);
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

    fn draw_rect<S: BackendStyle>(&mut self, a: Point, b: Point, _: &S, _: bool) -> Recorded {
        let bounds = Bounds {
            left: a.0.min(b.0),
            top: a.1.min(b.1),
            right: a.0.max(b.0),
            bottom: a.1.max(b.1),
        };
        self.shape(Shape::Rectangle(bounds))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = Point>>(
        &mut self,
        path: I,
        _: &S,
    ) -> Recorded {
        let mut points: Vec<Point> = path.into_iter().collect();
        points.dedup();
        if points.len() < 2 {
            return Ok(());
        }
        sharpen(&mut points);
        let closed = false;
        self.shape(Shape::Path { points, closed })
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: Point,
        radius: u32,
        _: &S,
        _: bool,
    ) -> Recorded {
        self.shape(Shape::Circle { centre, radius })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = Point>>(
        &mut self,
        corners: I,
        _: &S,
    ) -> Recorded {
        let mut points: Vec<Point> = corners.into_iter().collect();
        points.dedup();
        if points.len() < 3 {
            return Ok(());
        }
        let closed = true;
        self.shape(Shape::Path { points, closed })
    }
}
