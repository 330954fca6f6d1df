//! Drawing tools for every picture: a canvas, panels with axes, bands, bars, labels, inks.
//!
//! In: numbers and texts. Out: a [`Picture`], which is written as SVG text or PNG bytes.
//! Not here: the individual pictures (`report::pictures`), the output files (`cli`).

mod bars;
mod canvas;
mod frame;
mod labels;
mod markers;
mod panel;
mod plot;
mod row_mark;
mod rows;
mod scale;
mod series;
mod spec;
mod theme;

pub use bars::{Atom, Bins, Marked, bins};
pub use canvas::{HPos, Line, Paint, Picture, Sheet, Type, VPos, WEB_FONTS, Weight, inside_a_page};
pub use frame::{NARROW, Stamp, WIDTH};
pub use labels::{End, shorten};
pub use panel::labelled;
pub use plot::{Axis, Layer, NamedLine, Plot};
pub use row_mark::RowMark;
pub use rows::{ChartRow, RowChart};
pub use scale::{Extent, Scale, Spacing, WIDE};
pub use series::{Quantiles, dated, drawn};
pub use spec::{Shape, Spec};
pub use theme::{HUES, Ink, Rgb, Theme, dark_rules};

#[cfg(test)]
pub use canvas::{Bounds, Lettering, MarkShape, units};
