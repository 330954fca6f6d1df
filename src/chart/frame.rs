//! What every picture has around its drawing: title, subtitle, footer.
//!
//! In: the finding, the reading, [`Stamp`]. Out: a picture with the ground laid and the [`Area`]
//! left for the drawing. Not here: axes (`panel`).

use super::canvas::{Paint, Picture, Type, VPos};
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

/// Letters of a digest that tell it from others.
const DIGEST_LETTERS: usize = 8;

/// A part of the picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

/// Where the numbers of a picture come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub scenario: String,
    pub seeds: Seeds,
    pub n_paths: u64,
    /// Of the effective scenario; its first letters are shown.
    pub digest: String,
}

impl Stamp {
    pub fn new(scenario: &str, seeds: Seeds, n_paths: u64, digest: &str) -> Self {
        Self {
            scenario: scenario.to_owned(),
            seeds,
            n_paths,
            digest: digest.to_owned(),
        }
    }

    /// The footer in `width` pixels; a long name of the scenario gives way.
    fn line(&self, set: &Type, width: f64) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let before = format!("tailwheel {version} · scenario ");
        let paths = counted(self.n_paths as usize, "path");
        let digest = &self.digest[..DIGEST_LETTERS];
        let after = format!(" · {} · {paths} · digest {digest}", self.seeds);
        let room = width - set.width(&before) - set.width(&after);
        format!("{before}{}{after}", shorten(&self.scenario, set, room))
    }
}

/// A picture of the kind `id`, which is called `name`, with ground, title, subtitle and footer; and what
/// is left between subtitle and footer, over the whole width and `body_height` pixels high.
pub fn framed(
    (id, name): (&str, &str),
    (title, reading): (&str, &str),
    body_height: f64,
    stamp: &Stamp,
) -> (Picture, Area) {
    let room = WIDTH - 2.0 * EDGE;
    let title_type = Type::new(18.0, Ink::Text).semibold().down(VPos::Top);
    let reading_type = Type::new(12.5, Ink::Mute).down(VPos::Top);
    let title_lines = wrap(title, &title_type, room, 2);
    let reading_lines = wrap(reading, &reading_type, room, 3);
    let below_first = |lines: &[String], pitch| lines.len().saturating_sub(1) as f64 * pitch;
    let reading_top = TITLE_TOP + below_first(&title_lines, TITLE_PITCH) + READING_BELOW_TITLE;
    let top = reading_top + below_first(&reading_lines, READING_PITCH) + BODY_BELOW_READING;
    let body = Area {
        left: 0.0,
        top,
        right: WIDTH,
        bottom: top + body_height,
    };
    let height = (body.bottom + FOOTER).round();
    let mut picture = Picture {
        id: id.to_string(),
        title: title.to_string(),
        description: format!("{name}. {reading}"),
        size: (WIDTH as u32, height as u32),
        marks: Vec::new(),
    };
    picture.rectangle((0.0, 0.0), (WIDTH, height), Paint::solid(Ink::Ground), None);
    let parts = [
        (title_lines, TITLE_TOP, TITLE_PITCH, title_type),
        (reading_lines, reading_top, READING_PITCH, reading_type),
    ];
    for (lines, top, pitch, set) in parts {
        for (index, line) in lines.iter().enumerate() {
            picture.text(line, (EDGE, top + index as f64 * pitch), &set);
        }
    }
    let set = Type::new(10.0, Ink::Mute);
    let footer = stamp.line(&set, room);
    picture.text(&footer, (EDGE, height - FOOTER_BASE), &set);
    (picture, body)
}
