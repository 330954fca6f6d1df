//! Pictures of a run: one file per kind of chart, each from plain numbers to SVG and PNG.
//!
//! In: estimates with their errors, series, distributions ([`Chart`] types are plain data). Out:
//! text of an SVG, bytes of a PNG. Not here: how the numbers came about (`stats`), where the
//! files go (`cli`).
//!
//! A title states the finding. It is computed from the numbers, claims a difference only beyond
//! its sampling error, and prints no digit that the error does not support.

mod bars;
mod bins;
mod canvas;
mod claims;
mod direct;
mod distribution;
mod frame;
mod heat_map;
mod labels;
mod markers;
mod panel;
mod scale;
mod series;
mod theme;

pub mod assets;
pub mod bridge;
pub mod comparison;
pub mod correlation;
pub mod crash_anatomy;
pub mod crash_correlation;
pub mod drawdown;
pub mod gain_profile;
pub mod loop_fan;
pub mod terminal;
pub mod tornado;
pub mod wealth_fan;

pub use assets::{AssetPanel, Assets};
pub use bridge::{Bridge, BridgeStep};
pub use canvas::{Picture, Placement, WEB_FONTS};
pub use comparison::{ComparedRow, Comparison, is_same_stake};
pub use correlation::Correlation;
pub use crash_anatomy::{CrashAnatomy, FallingMarket, Sale, Sellers};
pub use crash_correlation::{CrashCorrelation, Map};
pub use distribution::{Distribution, ROUNDING};
pub use drawdown::Drawdown;
pub use frame::Stamp;
pub use gain_profile::{Band, Exceedance, Fall, GainProfile, Reach, markets_alone};
pub use loop_fan::{LoopFan, World};
pub use scale::Scale;
pub use series::Quantiles;
pub use terminal::Terminal;
pub use theme::{Ink, Rgb, Theme, dark_rules};
pub use tornado::{Moved, Tornado};
pub use wealth_fan::{FinalQuantiles, WealthFan};

use canvas::Canvas;
use frame::{Area, Frame};

/// What a kind of chart is called and shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Kind {
    /// Name of its files; prefix of its identifiers.
    pub id: &'static str,
    /// Name for readers.
    pub title: &'static str,
    /// What it shows and how to read it.
    pub doc: &'static str,
}

/// Every kind of chart, in the order of the report.
pub const CHARTS: &[&Kind] = &[
    &wealth_fan::KIND,
    &terminal::KIND,
    &drawdown::KIND,
    &bridge::KIND,
    &loop_fan::KIND,
    &gain_profile::KIND,
    &crash_anatomy::KIND,
    &crash_correlation::KIND,
    &correlation::KIND,
    &assets::KIND,
    &comparison::KIND,
    &tornado::KIND,
];

/// Data that can be drawn.
pub trait Chart {
    /// Which kind of chart this is.
    fn kind(&self) -> &'static Kind;

    /// The title: what the numbers say.
    fn finding(&self) -> String;

    /// The subtitle: what is drawn and how to read it.
    fn reading(&self) -> String;

    /// Height of the drawing between subtitle and footer, in pixels.
    fn body_height(&self) -> f64 {
        434.0
    }

    /// Draws everything between subtitle and footer.
    fn draw(&self, canvas: &mut Canvas, body: Area);

    /// The display list with title, subtitle and footer.
    fn picture(&self, stamp: &Stamp) -> Picture {
        let frame = Frame::new(&self.finding(), &self.reading(), self.body_height());
        let mut canvas = frame.open(self.kind(), stamp);
        self.draw(&mut canvas, frame.body());
        canvas.finish()
    }

    /// The picture as SVG.
    fn svg(&self, stamp: &Stamp, placement: Placement<'_>) -> String {
        self.picture(stamp).to_svg(placement)
    }

    /// The picture as PNG at two pixels per pixel.
    fn png(&self, stamp: &Stamp, theme: Theme) -> Vec<u8> {
        self.picture(stamp).to_png(theme)
    }
}

#[cfg(test)]
mod tests;
