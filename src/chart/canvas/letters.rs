//! Letters as pixels: each glyph is painted once, then copied to every position.
//!
//! In: [`Lettering`]. Out: its pixels in an opaque color. Not here: the font faces (`font`). Letters are set
//! without kerning, so a title is about a pixel wider than in a browser.

use super::png::PER_UNIT;
use super::{HPos, Lettering, Weight, font};
use crate::chart::theme::Rgb;
use std::collections::HashMap;
use tiny_skia::{FillRule, Mask, Path, PathBuilder, Transform};

/// Number of horizontal positions within a device pixel at which a letter may begin. One step is an eighth of a
/// picture pixel, which is too small to see.
const STEPS: f32 = 4.0;

/// Coverage mask of one painted letter, with its position relative to the start of the letter.
struct LetterMask {
    left: i32,
    top: i32,
    width: usize,
    /// Coverage per pixel, row by row from the top; 255 means fully inside the letter.
    rows: Vec<u8>,
}

#[derive(PartialEq, Eq, Hash)]
struct Glyph {
    letter: char,
    weight: Weight,
    size: i32,
    step: i32,
}

/// Cache of all painted glyphs; `None` for a glyph without an outline, such as a space.
#[derive(Default)]
pub(super) struct Letters(HashMap<Glyph, Option<LetterMask>>);

impl Letters {
    /// Draws `text` into `quads`, the RGBA pixels of a picture that is `width` pixels wide.
    pub fn put(&mut self, quads: &mut [[u8; 4]], width: usize, text: &Lettering, Rgb(red, green, blue): Rgb) {
        let base = (text.at.1 as f32 * PER_UNIT).round() as i32;
        for (letter, x) in placed(text) {
            let at = (x * STEPS).round() as i32;
            let key =
                Glyph { letter, weight: text.weight, size: text.size, step: at.rem_euclid(STEPS as i32) };
            let cover = self.0.entry(key).or_insert_with_key(LetterMask::of);
            if let Some(cover) = cover {
                let corner = (at.div_euclid(STEPS as i32) + cover.left, base + cover.top);
                cover.ink(quads, width, corner, [red, green, blue]);
            }
        }
    }
}

impl LetterMask {
    fn of(key: &Glyph) -> Option<Self> {
        let path = outline(font::letter(key.letter, key.weight).outline)?;
        let path = at(path, key.step as f32 / STEPS, 0.0, scale(key.weight, key.size))?;
        let bounds = path.bounds();
        let (left, top) = (bounds.left().floor(), bounds.top().floor());
        let side = |from: f32, to: f32| (to.ceil() - from) as u32;
        let mut mask = Mask::new(side(left, bounds.right()), side(top, bounds.bottom()))?;
        let moved = Transform::from_translate(-left, -top);
        mask.fill_path(&path, FillRule::Winding, true, moved);
        Some(Self { left: left as i32, top: top as i32, width: mask.width() as usize, rows: mask.take() })
    }

    /// Blends `ink` into the pixels that the mask covers, offset by (`left`, `top`); skips those outside.
    fn ink(&self, quads: &mut [[u8; 4]], width: usize, (left, top): (i32, i32), ink: [u8; 3]) {
        for (row, covers) in (top..).zip(self.rows.chunks_exact(self.width)) {
            for (column, cover) in (left..).zip(covers) {
                if *cover == 0 || row < 0 || !(0..width as i32).contains(&column) {
                    continue;
                }
                let Some(quad) = quads.get_mut(row as usize * width + column as usize) else { continue };
                let (above, below) = (u32::from(*cover), u32::from(u8::MAX - cover));
                for (part, ink) in quad.iter_mut().zip(ink) {
                    let mixed = u32::from(ink) * above + u32::from(*part) * below;
                    *part = ((mixed + 127) / 255) as u8;
                }
            }
        }
    }
}

fn scale(weight: Weight, size: i32) -> f32 {
    size as f32 * PER_UNIT / f32::from(font::units_per_em(weight))
}

/// Returns each letter of `text`, as it is drawn, with its horizontal position in device pixels.
fn placed(text: &Lettering) -> impl Iterator<Item = (char, f32)> {
    let size = text.size as f32 * PER_UNIT;
    let width = font::width(&text.text, f64::from(size), text.weight) as f32;
    let at = text.at.0 as f32 * PER_UNIT;
    let mut x = match text.anchor {
        HPos::Left => at,
        HPos::Center => at - width / 2.0,
        HPos::Right => at - width,
    };
    let scale = scale(text.weight, text.size);
    text.text.chars().map(move |letter| {
        let at = x;
        x += f32::from(font::letter(letter, text.weight).advance) * scale;
        (font::drawn(letter), at)
    })
}

/// Reads the outline of a letter, in units of the font; `None` if it is empty.
fn outline(commands: &str) -> Option<Path> {
    let mut path = PathBuilder::new();
    let mut words = commands.split_whitespace();
    while let Some(command) = words.next() {
        let mut number = || words.next()?.parse().ok();
        match command {
            "M" => path.move_to(number()?, number()?),
            "L" => path.line_to(number()?, number()?),
            "Q" => path.quad_to(number()?, number()?, number()?, number()?),
            _ => path.close(),
        }
    }
    path.finish()
}

/// Moves an outline to have its origin at (`x`, `y`) in device pixels, y downwards.
fn at(outline: Path, x: f32, y: f32, scale: f32) -> Option<Path> {
    outline.transform(Transform::from_row(scale, 0.0, 0.0, -scale, x, y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use tiny_skia::{Color, Paint, Pixmap};

    const WIDTH: u32 = 400;

    /// The outline of all letters of `text`, in pixels of the file.
    fn outline_of(text: &Lettering) -> Option<Path> {
        let mut all = PathBuilder::new();
        for (letter, x) in placed(text) {
            let Some(path) = outline(font::letter(letter, text.weight).outline) else { continue };
            let path = at(path, x, text.at.1 as f32 * PER_UNIT, scale(text.weight, text.size));
            path.iter().for_each(|path| all.push_path(path));
        }
        all.finish()
    }

    fn text(x: i32) -> Lettering {
        Lettering {
            text: "95th $850k, both".to_owned(),
            at: (x, 303),
            anchor: HPos::Left,
            size: 115,
            weight: Weight::SemiBold,
        }
    }

    /// Returns the darkness of each column of a white sheet with black letters, in whole pixels.
    fn columns(quads: &[[u8; 4]]) -> Vec<f64> {
        let dark = |column: usize| {
            let pixels = quads.iter().skip(column).step_by(WIDTH as usize);
            pixels.map(|[red, ..]| 1.0 - f64::from(*red) / 255.0).sum()
        };
        (0..WIDTH as usize).map(dark).collect()
    }

    fn put(text: &Lettering) -> Vec<f64> {
        let mut quads = vec![[u8::MAX; 4]; 100 * WIDTH as usize];
        Letters::default().put(&mut quads, WIDTH as usize, text, Rgb(0, 0, 0));
        columns(&quads)
    }

    #[test]
    fn letters_cover_what_their_outline_covers() {
        for x in [200, 201, 202, 203] {
            let mut page = Pixmap::new(WIDTH, 100).expect("a page");
            page.fill(Color::WHITE);
            let (path, same) = (outline_of(&text(x)).expect("letters"), Transform::identity());
            page.fill_path(&path, &Paint::default(), FillRule::Winding, same, None);
            let (expected, found) = (columns(page.data().as_chunks().0), put(&text(x)));
            let [all, other] = [&expected, &found].map(|columns| columns.iter().sum::<f64>());
            assert!(all > 500.0 && (other / all - 1.0).abs() < 0.02, "{other} of {all}");
            let ends = |columns: &[f64]| {
                let is_dark = |dark: &f64| *dark > 0.5;
                let ends = [columns.iter().position(is_dark), columns.iter().rposition(is_dark)];
                ends.map(|column| column.expect("letters"))
            };
            let (expected, found) = (ends(&expected), ends(&found));
            assert!(expected[0].abs_diff(found[0]) <= 1 && expected[1].abs_diff(found[1]) <= 1, "{found:?}");
        }
    }

    #[test]
    fn what_lies_outside_the_sheet_is_cut_and_does_not_come_in_at_the_other_side() {
        let (whole, cut) = (put(&text(200)), put(&text(-300)));
        assert!(whole[40..140].iter().any(|dark| *dark > 0.0));
        assert_eq!(cut[..300], whole[100..]);
        assert!(cut[300..].iter().all(|dark| *dark == 0.0));
        let above = Lettering { at: (200, -500), ..text(0) };
        assert!(put(&above).iter().all(|dark| *dark == 0.0));
    }
}
