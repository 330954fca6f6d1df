//! Bounding boxes of marks, for the tests of layouts.
//!
//! In: marks. Out: their bounding boxes. Not here: drawing.

use super::{Bounds, HPos, Lettering, MarkShape, Picture, Sheet, UNITS_PER_PIXEL, font, units};
use crate::chart::theme::Theme;
use std::sync::atomic::AtomicBool;

/// Depth of a descender, as a fraction of the font size (the lowest point of Inter's "g").
const DESCENT: f64 = 0.21;

impl Bounds {
    /// True if the two boxes share an area; touching edges do not count.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// True if `other` lies inside this box; edges may coincide.
    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }
}

impl Lettering {
    /// Returns the box around the text: as wide as its letters, from the top of a capital to the bottom of a
    /// descender.
    pub fn bounds(&self) -> Bounds {
        let width = units(font::width(&self.text, f64::from(self.size) / UNITS_PER_PIXEL, self.weight));
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
    /// Returns every text of the picture.
    pub fn texts(&self) -> impl Iterator<Item = &Lettering> {
        self.marks.iter().filter_map(|mark| match &mark.shape {
            MarkShape::Text(text) => Some(text),
            _ => None,
        })
    }

    /// Returns the picture as a PNG file on the background of `theme`.
    pub fn to_png(&self, theme: Theme) -> Vec<u8> {
        self.to_png_until(theme, &mut Sheet::default(), &AtomicBool::new(false)).expect("nobody stops it")
    }
}
