//! The canvas: puts lines and surfaces on the display list of a picture.
//!
//! In: shapes in units. Out: [`Picture`]. Not here: the writers (`svg`, `png`), letters and strokes in pixels (`brush`).

use super::units;
use super::{Bounds, Finish, Line, Mark, Paint, Picture, Point, Shape};

/// A picture while it is drawn.
pub struct Canvas {
    picture: Picture,
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
        Self { picture }
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
    pub fn path(&mut self, mut points: Vec<Point>, line: Line, clip: Option<Bounds>) {
        points.dedup();
        if points.len() >= 2 {
            sharpen(&mut points);
            let closed = false;
            let shape = Shape::Path { points, closed };
            self.put(shape, Finish::Stroke(line), clip);
        }
    }

    /// A filled surface, cut at `clip`.
    pub fn surface(&mut self, mut corners: Vec<Point>, paint: Paint, clip: Option<Bounds>) {
        corners.dedup();
        if corners.len() >= 3 {
            let (points, closed) = (corners, true);
            let shape = Shape::Path { points, closed };
            self.put(shape, Finish::Fill(paint), clip);
        }
    }

    /// A filled circle of `radius` pixels, cut at `clip`.
    pub fn circle(&mut self, centre: Point, radius: f64, paint: Paint, clip: Option<Bounds>) {
        let radius = units(radius).unsigned_abs();
        self.put(Shape::Circle { centre, radius }, Finish::Fill(paint), clip);
    }

    /// A filled upright rectangle between two opposite corners.
    pub fn block(&mut self, [a, b]: [Point; 2], paint: Paint, tooltip: Option<String>) {
        let bounds = Bounds {
            left: a.0.min(b.0),
            top: a.1.min(b.1),
            right: a.0.max(b.0),
            bottom: a.1.max(b.1),
        };
        self.record(Mark {
            shape: Shape::Rectangle(bounds),
            finish: Finish::Fill(paint),
            tooltip,
            clip: None,
        });
    }

    fn put(&mut self, shape: Shape, finish: Finish, clip: Option<Bounds>) {
        let tooltip = None;
        self.record(Mark {
            shape,
            finish,
            tooltip,
            clip,
        });
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
