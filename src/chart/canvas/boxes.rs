//! Where marks lie, for the tests of layouts.
//!
//! In: marks. Out: the boxes around them. Not here: drawing.

use super::{Bounds, HPos, Lettering, Picture, Shape, Sheet, UNITS_PER_PIXEL, font, units};
use crate::chart::theme::Theme;
use std::sync::atomic::AtomicBool;

/// Depth of a descender, as a share of the size of the font (the foot of Inter's "g").
const DESCENT: f64 = 0.21;

impl Bounds {
    /// Whether the two share an area (touching edges do not).
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether `other` lies inside, edges included.
    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }
}

impl Lettering {
    /// The box around the letters: real advances wide, from the top of a capital to the foot of
    /// a descender.
    pub fn bounds(&self) -> Bounds {
        let width =
            units(font::width(&self.text, f64::from(self.size) / UNITS_PER_PIXEL, self.weight));
        let left = match self.anchor {
            HPos::Left => self.at.0,
            HPos::Center => self.at.0 - width / 2,
            HPos::Right => self.at.0 - width,
        };
        let size = f64::from(self.size);
        Bounds {
            left,
            top: self.at.1 - (size * font::CAP_HEIGHT).round() as i32,
            right: left + width,
            bottom: self.at.1 + (size * DESCENT).round() as i32,
        }
    }
}

impl Picture {
    /// Every text of the picture.
    pub fn texts(&self) -> impl Iterator<Item = &Lettering> {
        self.marks.iter().filter_map(|mark| match &mark.shape {
            Shape::Text(text) => Some(text),
            _ => None,
        })
    }

    /// The picture as PNG on the ground of `theme`.
    pub fn to_png(&self, theme: Theme) -> Vec<u8> {
        let painted = self.to_png_until(theme, &mut Sheet::default(), &AtomicBool::new(false));
        painted.expect("nobody stops it")
    }
}
