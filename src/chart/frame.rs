//! The frame of every picture: title, subtitle, footer.
//!
//! In: the title, the subtitle, [`Stamp`]. Out: a picture with its background and the [`Area`] left for the
//! drawing. Not here: axes (`panel`).

use super::canvas::{Paint, Picture, Type, VPos};
use super::labels::{balanced, shorten};
use super::theme::Ink;
use crate::figure::counted;
use crate::random::Seeds;

/// Width in pixels of a picture for a page or a wide screen.
pub const WIDTH: f64 = 960.0;
/// Width in pixels of a picture for a phone.
pub const NARROW: f64 = 380.0;
const TITLE_TOP: f64 = 24.0;
const TITLE_PITCH: f64 = 23.0;
const READING_BELOW_TITLE: f64 = 26.0;
const READING_PITCH: f64 = 17.0;
const BODY_BELOW_READING: f64 = 22.0;
const FOOTER: f64 = 34.0;
const FOOTER_BASE: f64 = 14.0;
/// Space in pixels below which the footer omits the scenario's name.
const LEAST_NAME: f64 = 60.0;
/// Number of leading digits of a digest that the footer prints.
const DIGEST_LETTERS: usize = 8;

/// A rectangular part of the picture, in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    pub left: f64,
    pub top: f64,
    pub right: f64,
    pub bottom: f64,
}

impl Picture {
    pub fn width(&self) -> f64 {
        f64::from(self.size.0)
    }

    pub fn is_narrow(&self) -> bool {
        is_narrow(self.width())
    }

    /// Free space at the left and at the right of the picture, in pixels.
    pub fn edge(&self) -> f64 {
        edge(self.width())
    }
}

pub fn is_narrow(width: f64) -> bool {
    width < WIDTH
}

/// Returns the free space on each side of a picture of width `width`, in pixels.
pub fn edge(width: f64) -> f64 {
    if is_narrow(width) { 10.0 } else { 28.0 }
}

/// Origin of a picture's numbers, printed in its footer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    pub scenario: String,
    pub seeds: Seeds,
    pub n_paths: u64,
    /// Digest of all that determines a path in the scenario; the footer prints only its first digits.
    pub digest: String,
}

impl Stamp {
    pub fn new(scenario: &str, seeds: Seeds, n_paths: u64, digest: &str) -> Self {
        Self { scenario: scenario.to_owned(), seeds, n_paths, digest: digest.to_owned() }
    }

    /// Returns the footer text for `width` pixels; a long scenario name is shortened.
    fn line(&self, set: &Type, width: f64) -> String {
        let version = env!("CARGO_PKG_VERSION");
        let before = format!("tailwheel {version} · scenario ");
        let paths = counted(self.n_paths as usize, "path");
        let digest = &self.digest[..DIGEST_LETTERS];
        let after = format!(" · {} · {paths} · digest {digest}", self.seeds);
        let room = width - set.width(&before) - set.width(&after);
        if room < LEAST_NAME {
            return format!("tailwheel {version}{after}");
        }
        format!("{before}{}{after}", shorten(&self.scenario, set, room))
    }
}

/// Creates a picture of kind `id` and label `name`, with background, title, subtitle `reading` and footer. Also returns
/// the area between subtitle and footer: full width, as high as the given body height.
pub fn framed(
    id: &str,
    name: &str,
    title: &str,
    reading: &str,
    width: f64,
    body_height: f64,
    stamp: &Stamp,
) -> (Picture, Area) {
    let edge = edge(width);
    let room = width - 2.0 * edge;
    let (title_rows, reading_rows) = if is_narrow(width) { (4, 9) } else { (2, 3) };
    let title_type = Type::new(18.0, Ink::Text).semibold().down(VPos::Top);
    let reading_type = Type::new(12.5, Ink::Mute).down(VPos::Top);
    let title_lines = balanced(title, &title_type, room, title_rows);
    let reading_lines = balanced(reading, &reading_type, room, reading_rows);
    let below_first = |lines: &[String], pitch| lines.len().saturating_sub(1) as f64 * pitch;
    let reading_top = TITLE_TOP + below_first(&title_lines, TITLE_PITCH) + READING_BELOW_TITLE;
    let top = reading_top + below_first(&reading_lines, READING_PITCH) + BODY_BELOW_READING;
    let body = Area { left: 0.0, top, right: width, bottom: top + body_height };
    let height = (body.bottom + FOOTER).round();
    let mut picture = Picture {
        id: id.to_string(),
        title: title.to_string(),
        description: format!("{name}. {reading}"),
        size: (width as u32, height as u32),
        marks: Vec::new(),
    };
    picture.rectangle((0.0, 0.0), (width, height), Paint::solid(Ink::Ground), None);
    let parts = [
        (title_lines, TITLE_TOP, TITLE_PITCH, title_type),
        (reading_lines, reading_top, READING_PITCH, reading_type),
    ];
    for (lines, top, pitch, set) in parts {
        for (index, line) in lines.iter().enumerate() {
            picture.name(line, (edge, top + index as f64 * pitch), &set, room);
        }
    }
    let set = Type::new(10.0, Ink::Mute);
    picture.text(&stamp.line(&set, room), (edge, height - FOOTER_BASE), &set);
    (picture, body)
}
