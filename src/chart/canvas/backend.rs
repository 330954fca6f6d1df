//! The drawing backend that plotters draws on: it records marks instead of painting them.
//!
//! In: plotters elements in units, and the properties that plotters styles cannot carry. Out: marks of a
//! [`Picture`]. Not here: elements in pixels (`brush`), the writers (`svg`, `png`).
//!
//! plotters passes colors as RGB, but a mark needs an ink of the theme, so the ink is kept beside the
//! element. A `DrawingArea` would clamp every point to its edge and bend a line that leaves the panel.
//! Elements are therefore drawn without one, and a clip cuts the line.

use super::{Bounds, Finish, Mark, MarkShape, Picture, Point, UNITS_PER_PIXEL};
use plotters::element::{Drawable, PointCollection};
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingBackend, DrawingErrorKind};
use std::borrow::Borrow;
use std::convert::Infallible;

type Recorded = Result<(), DrawingErrorKind<Infallible>>;

/// Drawing backend for plotters: it adds marks to a picture, with properties that plotters styles cannot carry.
pub(super) struct Recorder<'p> {
    pub picture: &'p mut Picture,
    pub finish: Finish,
    pub tooltip: Option<String>,
    pub clip: Option<Bounds>,
}

impl Recorder<'_> {
    pub fn draw<E>(mut self, element: &E)
    where
        for<'e> &'e E: PointCollection<'e, Point>,
        E: Drawable<Self>,
    {
        let points = element.point_iter().into_iter().map(|point| -> Point { *point.borrow() });
        let size = self.get_size();
        let drawn = element.draw(points, &mut self, size);
        drawn.expect("recording cannot fail");
    }

    /// Records a line of at least two distinct points or a closed surface of at least three; skips any other.
    fn through(&mut self, points: impl IntoIterator<Item = Point>, closed: bool) -> Recorded {
        let mut points: Vec<Point> = points.into_iter().collect();
        points.dedup();
        if points.len() >= 2 + usize::from(closed) {
            sharpen(&mut points);
            self.record(MarkShape::Path { points, closed })?;
        }
        Ok(())
    }

    /// Adds a mark on top of all earlier marks, unless it is invisible.
    pub fn record(&mut self, shape: MarkShape) -> Recorded {
        if self.finish.paint().percent > 0 {
            self.picture.marks.push(Mark {
                shape,
                finish: self.finish,
                tooltip: self.tooltip.take(),
                clip: self.clip,
            });
        }
        Ok(())
    }
}

/// Moves a vertical or horizontal line to the middle of a pixel, where it is drawn sharp.
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

impl DrawingBackend for Recorder<'_> {
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
        self.record(MarkShape::Rectangle(Bounds {
            left: a.0.min(b.0),
            top: a.1.min(b.1),
            right: a.0.max(b.0),
            bottom: a.1.max(b.1),
        }))
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = Point>>(&mut self, path: I, _: &S) -> Recorded {
        self.through(path, false)
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: Point, radius: u32, _: &S, _: bool) -> Recorded {
        self.record(MarkShape::Circle { centre, radius })
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = Point>>(
        &mut self,
        corners: I,
        _: &S,
    ) -> Recorded {
        self.through(corners, true)
    }
}
