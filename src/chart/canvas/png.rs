//! Writes a picture as PNG, painted in pure Rust with the embedded fonts.
//!
//! In: [`Picture`], [`Theme`]. Out: the bytes of a PNG with two device pixels per picture pixel. Not here:
//! the charts' contents, letters (`letters`).

use super::letters::Letters;
use super::{Bounds, Finish, Lettering, Line, Mark, MarkShape, Paint as Ink, Picture, Point};
use super::{UNITS_PER_PIXEL, units};
use crate::chart::theme::{Rgb, Theme};
use flate2::{Compression, write::ZlibEncoder};
use std::io::Write;
use std::sync::atomic::{AtomicBool, Ordering};
use tiny_skia::{
    FillRule, LineCap, LineJoin, Mask, Paint, Path, PathBuilder, PixmapMut, Rect, Stroke, StrokeDash,
    Transform,
};

/// Device pixels per pixel of the picture, in each direction.
const SCALE: f32 = 2.0;

pub(super) const PER_UNIT: f32 = SCALE / UNITS_PER_PIXEL as f32;

/// Units of a drawing, tenths of a picture pixel, per device pixel of the PNG.
const UNITS_PER_DOT: i32 = UNITS_PER_PIXEL as i32 / SCALE as i32;

/// Pixel buffers and a cache of painted letters that all pictures reuse. Fresh memory for each picture would cost
/// as much time as painting its letters.
#[derive(Default)]
pub struct Sheet {
    /// RGBA bytes of the picture.
    pixels: Vec<u8>,
    /// RGB bytes, as the file stores them.
    opaque: Vec<u8>,
    letters: Letters,
}

impl Picture {
    /// Returns the picture as PNG on the background of `theme`, using `sheet`; `None` once `stop` is set.
    pub fn to_png_until(&self, theme: Theme, sheet: &mut Sheet, stop: &AtomicBool) -> Option<Vec<u8>> {
        let side = |pixels: u32| pixels * SCALE as u32;
        let (width, height) = (side(self.size.0), side(self.size.1));
        sheet.pixels.resize(4 * width as usize * height as usize, 0);
        let pixels = PixmapMut::from_bytes(&mut sheet.pixels, width, height);
        let mut painter = Painter {
            pixels: pixels.expect("a chart is neither empty nor gigantic"),
            letters: &mut sheet.letters,
            panel: None,
            theme,
        };
        for mark in &self.marks {
            if stop.load(Ordering::Relaxed) {
                return None;
            }
            painter.paint(mark);
        }
        Some(packed(sheet, (width, height)).expect("packing into memory cannot fail"))
    }
}

/// Encodes the pixels as PNG without alpha, because the background is opaque. It uses the fastest compression
/// without filters: any search finds the long runs of one color, and filters would break them up.
fn packed(sheet: &mut Sheet, (width, height): (u32, u32)) -> Result<Vec<u8>, png::EncodingError> {
    let (from, to) = (4 * width as usize, 1 + 3 * width as usize);
    sheet.opaque.resize(to * height as usize, 0);
    let rows = sheet.opaque.chunks_exact_mut(to);
    for (row, into) in sheet.pixels.chunks_exact(from).zip(rows) {
        // filter type of the row: none
        into[0] = 0;
        let quads = row.as_chunks::<4>().0.iter();
        for ([red, green, blue, _], into) in quads.zip(into[1..].as_chunks_mut::<3>().0) {
            *into = [*red, *green, *blue];
        }
    }
    let mut packer = ZlibEncoder::new(Vec::new(), Compression::new(1));
    packer.write_all(&sheet.opaque)?;
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header()?;
    writer.write_chunk(png::chunk::IDAT, &packer.finish()?)?;
    writer.finish()?;
    Ok(file)
}

struct Painter<'s> {
    pixels: PixmapMut<'s>,
    letters: &'s mut Letters,
    /// Clip rectangle of the last mark that needed one, with its mask, kept for the next mark.
    panel: Option<(Bounds, Mask)>,
    theme: Theme,
}

impl Painter<'_> {
    fn paint(&mut self, mark: &Mark) {
        let (block, ink) = (block_of(mark), mark.finish.paint());
        if let Some(bounds) = block.filter(|_| ink.percent >= 100 && mark.clip.is_none()) {
            // nothing would become a pixel
            let is_seen = |rect: Rect| rect.width() > 0.0 && rect.height() > 0.0;
            if rect_of(&bounds, false).is_some_and(is_seen) {
                self.rectangle(&bounds, ink, false);
            }
            return;
        }
        let path = match &mark.shape {
            MarkShape::Text(text) => return self.text(text, ink),
            MarkShape::Rectangle(bounds) => return self.rectangle(bounds, ink, block.is_none()),
            MarkShape::Path { points, closed } => polygon(points, *closed),
            MarkShape::Circle { centre, radius } => {
                let [x, y] = [centre.0, centre.1].map(device);
                PathBuilder::from_circle(x, y, *radius as f32 * PER_UNIT)
            }
        };
        if let Some(path) = path {
            self.trace(mark, &path, block.is_none());
        }
    }

    /// Draws text in an opaque ink; clip rectangles do not cut text.
    fn text(&mut self, text: &Lettering, ink: Ink) {
        let width = self.pixels.width() as usize;
        let (quads, _) = self.pixels.data_mut().as_chunks_mut::<4>();
        self.letters.put(quads, width, text, ink.ink.rgb(self.theme));
    }

    fn rectangle(&mut self, bounds: &Bounds, ink: Ink, is_smooth: bool) {
        let paint = Paint { anti_alias: is_smooth, ..self.colour(ink) };
        if let Some(rect) = rect_of(bounds, is_smooth) {
            self.pixels.fill_rect(rect, &paint, Transform::identity(), None);
        }
    }

    /// Fills or strokes a mark within its clip rectangle, with smooth edges or else by whole pixels.
    fn trace(&mut self, mark: &Mark, path: &Path, is_smooth: bool) {
        let same = Transform::identity();
        let paint = Paint { anti_alias: is_smooth, ..self.colour(mark.finish.paint()) };
        let stroke = match mark.finish {
            Finish::Fill(_) => None,
            Finish::Stroke(line) => Some(stroke_of(line, &mark.shape)),
        };
        let reach = stroke.as_ref().map_or(0.0, |stroke| stroke.width / 2.0);
        let size = (self.pixels.width(), self.pixels.height());
        let leaving = mark.clip.filter(|clip| leaves(path, reach, clip));
        let clip = leaving.map(|clip| inside(&mut self.panel, clip, size));
        match stroke {
            Some(stroke) => (self.pixels).stroke_path(path, &paint, &stroke, same, clip),
            None => (self.pixels).fill_path(path, &paint, FillRule::Winding, same, clip),
        }
    }

    fn colour(&self, ink: Ink) -> Paint<'static> {
        let Rgb(red, green, blue) = ink.ink.rgb(self.theme);
        let mut paint = Paint::default();
        let alpha = (u32::from(ink.percent.min(100)) * 255 + 50) / 100;
        paint.set_color_rgba8(red, green, blue, alpha as u8);
        paint
    }
}

/// True if part of the path, widened by `reach` on each side, lies outside `clip`.
fn leaves(path: &Path, reach: f32, clip: &Bounds) -> bool {
    let bounds = path.bounds();
    bounds.left() - reach < device(clip.left)
        || bounds.top() - reach < device(clip.top)
        || bounds.right() + reach > device(clip.right)
        || bounds.bottom() + reach > device(clip.bottom)
}

/// Returns the mask of the clip rectangle `panel`; reuses the `kept` one if it is of the same rectangle.
fn inside(kept: &mut Option<(Bounds, Mask)>, panel: Bounds, size: (u32, u32)) -> &Mask {
    let same = kept.take().filter(|(bounds, _)| *bounds == panel);
    let (_, mask) = kept.insert(same.unwrap_or_else(|| {
        let mut mask = Mask::new(size.0, size.1).expect("as large as the picture itself");
        if let Some(rect) = rect_of(&panel, false) {
            let path = PathBuilder::from_rect(rect);
            mask.fill_path(&path, FillRule::Winding, false, Transform::identity());
        }
        (panel, mask)
    }));
    mask
}

/// Converts a rectangle to device pixels, to whole ones unless `is_smooth`; `None` if it is turned inside out.
fn rect_of(bounds: &Bounds, is_smooth: bool) -> Option<Rect> {
    let ends = [bounds.left, bounds.top, bounds.right, bounds.bottom].map(device);
    let [left, top, right, bottom] = if is_smooth { ends } else { ends.map(f32::round) };
    Rect::from_ltrb(left, top, right, bottom)
}

/// Returns the rectangle of a mark that needs no smoothing: one of whole pixels, or a horizontal or vertical
/// line between pixel edges. `None` for any other mark.
fn block_of(mark: &Mark) -> Option<Bounds> {
    let is_whole = |ends: [i32; 2]| ends.iter().all(|units| units % UNITS_PER_DOT == 0);
    let (bounds, is_sharp) = match (&mark.shape, mark.finish) {
        (MarkShape::Rectangle(of), _) => {
            let ends = [[of.left, of.right], [of.top, of.bottom]];
            (*of, ends.into_iter().all(is_whole))
        }
        (MarkShape::Path { points, .. }, Finish::Stroke(line)) if line.dash.is_none() => {
            let [from, to] = points[..] else { return None };
            let half = units(line.width) / 2;
            let (is_level, is_upright) = (from.1 == to.1, from.0 == to.0);
            let [across, along] = [is_upright, is_level].map(|is_thick| i32::from(is_thick) * half);
            let bounds = Bounds {
                left: from.0.min(to.0) - across,
                top: from.1.min(to.1) - along,
                right: from.0.max(to.0) + across,
                bottom: from.1.max(to.1) + along,
            };
            let edges = if is_level { [bounds.top, bounds.bottom] } else { [bounds.left, bounds.right] };
            (bounds, is_level != is_upright && is_whole(edges))
        }
        _ => return None,
    };
    is_sharp.then_some(bounds)
}

fn stroke_of(line: Line, shape: &MarkShape) -> Stroke {
    let is_hairline = matches!(shape, MarkShape::Path { points, .. } if points.len() == 2);
    let round = !is_hairline && line.dash.is_none();
    Stroke {
        width: device(units(line.width)),
        line_cap: if round { LineCap::Round } else { LineCap::Butt },
        line_join: LineJoin::Round,
        dash: line.dash.and_then(|(dash, gap)| {
            StrokeDash::new([dash, gap].map(|length| f32::from(length) * SCALE).to_vec(), 0.0)
        }),
        ..Stroke::default()
    }
}

fn device(units: i32) -> f32 {
    units as f32 * PER_UNIT
}

fn polygon(points: &[Point], closed: bool) -> Option<Path> {
    let mut corners = points.iter().map(|at| (device(at.0), device(at.1)));
    let (mut builder, (x, y)) = (PathBuilder::new(), corners.next()?);
    builder.move_to(x, y);
    corners.for_each(|(x, y)| builder.line_to(x, y));
    if closed {
        builder.close();
    }
    builder.finish()
}
