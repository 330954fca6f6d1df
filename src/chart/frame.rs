//! What every picture has around its drawing: title, subtitle, footer.
//!
//! In: the finding, the reading, [`Stamp`]. Out: a canvas with the ground laid and the [`Area`]
//! left for the drawing. Not here: axes (`panel`).

use super::canvas::{Canvas, HPos, Paint, Type, VPos};
use super::labels::{shorten, wrap};
use super::theme::Ink;
use crate::figure::counted;
use crate::random::Seeds;

/// Width of every picture, in pixels.
pub const WIDTH: f64 = 960.0;

/// Free space at the left and right edge.
pub const EDGE: f64 = 28.0;

const TITLE_TOP: f64 = 24.0;
const TITLE_PITCH: f64 = 23.0;
const READING_BELOW_TITLE: f64 = 26.0;
const READING_PITCH: f64 = 17.0;
const BODY_BELOW_READING: f64 = 22.0;
const FOOTER: f64 = 34.0;
const FOOTER_BASE: f64 = 14.0;

/// A part of the picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Area {
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The middle of a row `pitch` pixels high, counted from the top.
    pub fn row(&self, index: usize, pitch: f64) -> f64 {
        self.top + (index as f64 + 0.5) * pitch
    }
}

/// Where the numbers of a picture come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub scenario: String,
    pub seeds: Seeds,
    pub n_paths: u64,
    /// First digits of the digest of the effective scenario.
    pub digest: String,
}

impl Stamp {
    /// The footer in `width` pixels; a long name of the scenario gives way.
    fn line(&self, set: &Type, width: f64) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let before = format!("tailwheel {version} · scenario ");
        let after = format!(
            " · {} · {} · digest {}",
            self.seeds,
            counted(self.n_paths as usize, "path"),
            self.digest
        );
        let room = width - set.width(&before) - set.width(&after);
        format!("{before}{}{after}", shorten(&self.scenario, set, room))
    }
}

/// The lines around a drawing, broken to the width of the picture.
pub struct Frame {
    title: String,
    reading: String,
    title_lines: Vec<String>,
    reading_lines: Vec<String>,
    body_height: f64,
}

fn title_type() -> Type {
    Type::new(18.0, Ink::Text).semibold().down(VPos::Top)
}

fn reading_type() -> Type {
    Type::new(12.5, Ink::Mute).down(VPos::Top)
}

impl Frame {
    pub fn new(title: &str, reading: &str, body_height: f64) -> Self {
        let room = WIDTH - 2.0 * EDGE;
        Self {
            title: title.to_string(),
            reading: reading.to_string(),
            title_lines: wrap(title, &title_type(), room, 2),
            reading_lines: wrap(reading, &reading_type(), room, 3),
            body_height,
        }
    }

    fn reading_top(&self) -> f64 {
        let below_first = self.title_lines.len().saturating_sub(1) as f64;
        TITLE_TOP + below_first * TITLE_PITCH + READING_BELOW_TITLE
    }

    /// What is left between the subtitle and the footer, over the whole width.
    pub fn body(&self) -> Area {
        let below_first = self.reading_lines.len().saturating_sub(1) as f64;
        let top = self.reading_top() + below_first * READING_PITCH + BODY_BELOW_READING;
        Area {
            left: 0.0,
            top,
            right: WIDTH,
            bottom: top + self.body_height,
        }
    }

    /// A canvas with ground, title, subtitle and footer; `name` is what such a picture is called.
    pub fn open(&self, id: &str, name: &str, stamp: &Stamp) -> Canvas {
        let height = (self.body().bottom + FOOTER).round();
        let description = format!("{name}. {}", self.reading);
        let size = (WIDTH as u32, height as u32);
        let mut canvas = Canvas::new(id, &self.title, &description, size);
        canvas.rectangle((0.0, 0.0), (WIDTH, height), Paint::solid(Ink::Ground), None);
        for (index, line) in self.title_lines.iter().enumerate() {
            let y = TITLE_TOP + index as f64 * TITLE_PITCH;
            canvas.text(line, (EDGE, y), &title_type());
        }
        for (index, line) in self.reading_lines.iter().enumerate() {
            let y = self.reading_top() + index as f64 * READING_PITCH;
            canvas.text(line, (EDGE, y), &reading_type());
        }
        let set = Type::new(10.0, Ink::Mute).across(HPos::Left);
        let footer = stamp.line(&set, WIDTH - 2.0 * EDGE);
        canvas.text(&footer, (EDGE, height - FOOTER_BASE), &set);
        canvas
    }
}
