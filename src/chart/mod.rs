//! What every picture is drawn with: a canvas, panels with axes, bands, bars, labels, inks.
//!
//! In: numbers and texts. Out: a [`Picture`], from which come the text of an SVG and the bytes of a
//! PNG. Not here: which pictures there are (`report::pictures`), where the files go (`cli`).

mod bars;
mod canvas;
mod claims;
mod frame;
mod labels;
pub(crate) mod markers;
mod panel;
mod scale;
mod series;
mod theme;

pub use bars::{Atom, Figure, Histogram, bins};
pub use canvas::{
    Canvas, HPos, Line, Paint, Picture, Pixel, Sheet, Type, VPos, WEB_FONTS, Weight, inside_a_page,
};
pub use claims::{ROUNDING, hits, share_of};
pub use frame::{Area, EDGE, Stamp, WIDTH, framed};
pub use labels::{End, LABEL_GAP, label_ends, room, shorten, spread};
pub use panel::{Panel, TICK_SIZE, dates, labelled, left_of_labels};
pub use scale::{Extent, Scale, Spacing, WIDE};
pub use series::{Quantiles, dated, drawn, drawn_of_worlds, horizon, seen};
pub use theme::{Ink, Rgb, Theme, dark_rules};

#[cfg(test)]
pub use canvas::{Bounds, Lettering, Shape, units};
