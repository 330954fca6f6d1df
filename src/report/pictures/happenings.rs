//! What happens on every path at a known date: upright lines over time with their names above.
//!
//! In: certain dates, an area whose width is time. Out: marks. Not here: what events and moves do.

use crate::chart::markers::{self, Marker};
use crate::chart::{Area, Canvas, Ink, Type, shorten};
use crate::figure::{in_words, per_cent};
use crate::report::facts::{HappeningKind, HappeningPart};

/// Most dates that are marked.
const MOST: usize = 4;

/// Widest name, in pixels.
const WIDEST: f64 = 190.0;

/// Something that is certain to happen in a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// The simulated month, the first is 1.
    pub month: u32,
    pub name: String,
}

/// What happens in one month has one name.
pub fn of(all: &[HappeningPart]) -> Vec<Happening> {
    let in_month = |all: &[HappeningPart]| Happening {
        month: all[0].month,
        name: match all {
            [only] => name(only),
            _ => format!(
                "{} and {} more",
                name(&all[0]),
                in_words(all.len() as u64 - 1)
            ),
        },
    };
    all.chunk_by(|a, b| a.month == b.month)
        .map(in_month)
        .collect()
}

fn name(of: &HappeningPart) -> String {
    let name = of.name.as_deref();
    match of.kind {
        HappeningKind::Event => name.unwrap_or_default().to_owned(),
        HappeningKind::Fall => {
            let loss = per_cent(-of.loss.unwrap_or_default(), 0);
            format!("{} {loss}", name.unwrap_or("markets"))
        }
        HappeningKind::Move => format!("move to {}", name.unwrap_or("another place")),
    }
}

/// What a subtitle says of those that are not marked.
pub fn said(all: &[Happening]) -> String {
    match all.len() {
        n if n > MOST => format!(
            "; the first {} of {n} dates are marked",
            in_words(MOST as u64)
        ),
        _ => String::new(),
    }
}

/// Draws them over `area`, whose width is `years`, and gives what their names leave of it.
pub fn marked(canvas: &mut Canvas, area: Area, years: f64, all: &[Happening]) -> Area {
    let set = Type::new(markers::SIZE, Ink::Mute).semibold();
    // in the middle of its month
    let x = |month: u32| area.left + area.width() * (f64::from(month) - 0.5) / 12.0 / years;
    let shown = all.iter().take(MOST).map(|one| Marker {
        x: x(one.month),
        foot: area.bottom,
        text: shorten(&one.name, &set, WIDEST),
        ink: Ink::Mute,
        prefers_left: false,
    });
    let shown: Vec<Marker> = shown.collect();
    markers::draw(canvas, &shown, area.top);
    let top = area.top + markers::n_rows(&shown) as f64 * markers::PITCH;
    Area { top, ..area }
}
