//! What happens on every path at a known date: upright lines over time with their names above.
//!
//! In: a scenario, an area whose width is time. Out: marks. Not here: what events and moves do.

use crate::chart::markers::{self, Marker};
use crate::chart::{Area, Canvas, Ink, Type, shorten};
use crate::event::Timing;
use crate::figure::{in_words, per_cent};
use crate::scenario::Scenario;

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

/// Certain events, prescribed falls and moves, month by month; what happens in one month has one name.
pub fn of(scenario: &Scenario) -> Vec<Happening> {
    let events = scenario.events.iter().filter(|event| event.can_strike());
    let events = events.filter_map(|event| match event.timing {
        Timing::At(month) => Some((month, event.name.clone())),
        Timing::ByChance(_) => None,
    });
    let falls = scenario.shocks.iter().map(|shock| {
        let market = match shock.markets.as_slice() {
            [only] => scenario.markets[*only].name.as_str(),
            _ => "markets",
        };
        (
            shock.month,
            format!("{market} {}", per_cent(-shock.loss, 0)),
        )
    });
    let stays = scenario.owner.iter().flat_map(|owner| &owner.stays);
    let moves = stays
        .filter(|stay| stay.from > 1 && !stay.asks())
        .map(|stay| {
            let place = stay.place.map_or("another place", |place| &place.title);
            (stay.from, format!("move to {place}"))
        });
    let mut all: Vec<(u32, String)> = events.chain(falls).chain(moves).collect();
    all.sort_by_key(|(month, _)| *month);
    let in_month = |all: &[(u32, String)]| Happening {
        month: all[0].0,
        name: match all {
            [(_, only)] => only.clone(),
            [(_, first), rest @ ..] => format!("{first} and {} more", in_words(rest.len() as u64)),
            [] => String::new(),
        },
    };
    all.chunk_by(|a, b| a.0 == b.0).map(in_month).collect()
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
