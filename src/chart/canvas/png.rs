//! A picture as PNG, painted in pure Rust with the fonts that the program carries.
//!
//! In: [`Picture`], [`Theme`]. Out: the bytes of a PNG at two pixels per pixel. Not here: what is
//! drawn. Letters are set without kerning; a title is a pixel or so wider than in a browser.

use super::{Bounds, Finish, HPos, Lettering, Line, Mark, Paint as Ink, Picture, Point, Shape};
use super::{UNITS_PER_PIXEL, font, units};
use crate::chart::theme::{self, Rgb, Theme};
use std::sync::atomic::{AtomicBool, Ordering};
use tiny_skia::{
    FillRule, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, Pixmap, Rect, Stroke, StrokeDash,
    Transform,
};
use ttf_parser::OutlineBuilder;

/// Device pixels per pixel of the picture.
pub const SCALE: f32 = 2.0;

/// Device pixels per recorded unit.
const PER_UNIT: f32 = SCALE / UNITS_PER_PIXEL as f32;

/// Width of the rim of letters that carry a halo, in pixels of the picture.
const HALO_WIDTH: f32 = 3.0;

impl Picture {
    /// The picture as PNG on the ground of `theme`; nothing once `stop` is set.
    pub fn to_png_until(&self, theme: Theme, stop: &AtomicBool) -> Option<Vec<u8>> {
        let side = |pixels: u32| pixels * SCALE as u32;
        let (width, height) = (side(self.size.0), side(self.size.1));
        let mut painter = Painter {
            pixels: Pixmap::new(width, height).expect("a chart is neither empty nor gigantic"),
            theme,
        };
        for run in self.marks.chunk_by(|a, b| a.clip == b.clip) {
            let clip = run[0].clip.map(|clip| mask(&clip, width, height));
            for mark in run {
                if stop.load(Ordering::Relaxed) {
                    return None;
                }
                painter.paint(mark, clip.as_ref());
            }
        }
        Some(encoded(&painter.pixels).expect("encoding into memory cannot fail"))
    }
}

/// Without alpha, because the ground lies behind everything, and packed by the fastest search: long runs
/// of one colour are found by any, and filters would break them up.
fn encoded(pixels: &Pixmap) -> Result<Vec<u8>, png::EncodingError> {
    let (quads, _) = pixels.data().as_chunks::<4>();
    let mut rgb = vec![[0; 3]; quads.len()];
    for (opaque, [red, green, blue, _]) in rgb.iter_mut().zip(quads) {
        *opaque = [*red, *green, *blue];
    }
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_deflate_compression(png::DeflateCompression::Level(1));
    encoder.set_filter(png::Filter::NoFilter);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(rgb.as_flattened())?;
    writer.finish()?;
    Ok(file)
}

fn mask(bounds: &Bounds, width: u32, height: u32) -> Mask {
    let mut mask = Mask::new(width, height).expect("as large as the picture itself");
    if let Some(path) = rectangle(bounds) {
        mask.fill_path(&path, FillRule::Winding, true, Transform::identity());
    }
    mask
}

struct Painter {
    pixels: Pixmap,
    theme: Theme,
}

impl Painter {
    fn paint(&mut self, mark: &Mark, clip: Option<&Mask>) {
        let Some(path) = outline_of(&mark.shape) else {
            return;
        };
        match mark.finish {
            Finish::Fill(ink) => {
                if matches!(&mark.shape, Shape::Text(text) if text.halo) {
                    let rim = Stroke {
                        width: HALO_WIDTH * SCALE,
                        line_join: LineJoin::Round,
                        ..Stroke::default()
                    };
                    self.stroke(&path, Ink::solid(theme::Ink::Ground), &rim, clip);
                }
                let (mut paint, same) = (self.colour(ink), Transform::identity());
                paint.anti_alias = !is_of_whole_pixels(&mark.shape);
                let rule = FillRule::Winding;
                self.pixels.fill_path(&path, &paint, rule, same, clip);
            }
            Finish::Stroke(line) => {
                let stroke = stroke_of(line, is_hairline(&mark.shape));
                self.stroke(&path, line.paint, &stroke, clip);
            }
        }
    }

    fn stroke(&mut self, path: &Path, ink: Ink, stroke: &Stroke, clip: Option<&Mask>) {
        let (paint, same) = (self.colour(ink), Transform::identity());
        self.pixels.stroke_path(path, &paint, stroke, same, clip);
    }

    fn colour(&self, ink: Ink) -> Paint<'static> {
        let Rgb(red, green, blue) = ink.ink.rgb(self.theme);
        let mut paint = Paint::default();
        let alpha = (u32::from(ink.percent.min(100)) * 255 + 50) / 100;
        paint.set_color_rgba8(red, green, blue, alpha as u8);
        paint
    }
}

/// A rectangle none of whose device pixels is covered in part, so that nothing has to be smoothed.
fn is_of_whole_pixels(shape: &Shape) -> bool {
    let Shape::Rectangle(bounds) = shape else {
        return false;
    };
    let mut ends = [bounds.left, bounds.top, bounds.right, bounds.bottom].into_iter();
    ends.all(|units| (units as f32 * PER_UNIT).fract() == 0.0)
}

fn is_hairline(shape: &Shape) -> bool {
    matches!(shape, Shape::Path { points, .. } if points.len() == 2)
}

fn stroke_of(line: Line, hairline: bool) -> Stroke {
    let round = !hairline && line.dash.is_none();
    Stroke {
        width: units(line.width) as f32 * PER_UNIT,
        line_cap: if round { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        dash: line.dash.and_then(|(dash, gap)| {
            StrokeDash::new(vec![f32::from(dash) * SCALE, f32::from(gap) * SCALE], 0.0)
        }),
        ..Stroke::default()
    }
}

fn outline_of(shape: &Shape) -> Option<Path> {
    match shape {
        Shape::Rectangle(bounds) => rectangle(bounds),
        Shape::Path { points, closed } => polygon(points, *closed),
        Shape::Circle { centre, radius } => PathBuilder::from_circle(
            centre.0 as f32 * PER_UNIT,
            centre.1 as f32 * PER_UNIT,
            *radius as f32 * PER_UNIT,
        ),
        Shape::Text(text) => letters(text),
    }
}

fn rectangle(bounds: &Bounds) -> Option<Path> {
    let device = |units: i32| units as f32 * PER_UNIT;
    Rect::from_ltrb(
        device(bounds.left),
        device(bounds.top),
        device(bounds.right),
        device(bounds.bottom),
    )
    .map(PathBuilder::from_rect)
}

fn polygon(points: &[Point], closed: bool) -> Option<Path> {
    let mut builder = PathBuilder::new();
    for (index, point) in points.iter().enumerate() {
        let (x, y) = (point.0 as f32 * PER_UNIT, point.1 as f32 * PER_UNIT);
        match index {
            0 => builder.move_to(x, y),
            _ => builder.line_to(x, y),
        }
    }
    if closed {
        builder.close();
    }
    builder.finish()
}

fn letters(text: &Lettering) -> Option<Path> {
    let face = font::face(text.weight);
    let size = text.size as f32 * PER_UNIT;
    let scale = size / f32::from(face.units_per_em());
    let width = font::width(&text.text, f64::from(size), text.weight) as f32;
    let start = text.at.0 as f32 * PER_UNIT;
    let mut pen = Pen {
        builder: PathBuilder::new(),
        x: match text.anchor {
            HPos::Left => start,
            HPos::Center => start - width / 2.0,
            HPos::Right => start - width,
        },
        y: text.at.1 as f32 * PER_UNIT,
        scale,
    };
    for letter in text.text.chars() {
        let letter = font::letter(letter, text.weight);
        face.outline_glyph(letter.glyph, &mut pen);
        pen.x += f32::from(letter.advance) * scale;
    }
    pen.builder.finish()
}

/// Carries the outline of one glyph after the other into one path.
struct Pen {
    builder: PathBuilder,
    x: f32,
    y: f32,
    scale: f32,
}

impl Pen {
    fn place(&self, x: f32, y: f32) -> (f32, f32) {
        (self.x + x * self.scale, self.y - y * self.scale)
    }
}

impl OutlineBuilder for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.move_to(x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let (x, y) = self.place(x, y);
        self.builder.line_to(x, y);
    }

    fn quad_to(&mut self, x1: f32, y1: f32, x: f32, y: f32) {
        let ((x1, y1), (x, y)) = (self.place(x1, y1), self.place(x, y));
        self.builder.quad_to(x1, y1, x, y);
    }

    fn curve_to(&mut self, x1: f32, y1: f32, x2: f32, y2: f32, x: f32, y: f32) {
        let ((x1, y1), (x2, y2)) = (self.place(x1, y1), self.place(x2, y2));
        let (x, y) = self.place(x, y);
        self.builder.cubic_to(x1, y1, x2, y2, x, y);
    }

    fn close(&mut self) {
        self.builder.close();
    }
}
