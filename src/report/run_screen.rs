//! The screen of a run: what there is room for.
//!
//! In: a parsed report. Out: [`Rendered`]. Not here: sentences (`templates/run.txt.j2`), what is shown (`view`).

use super::Report;
use super::screens::rendered;
use super::view::View;
use crate::page::{Form, Rendered};
use serde::Serialize;

/// What there is room for on the screen of a run, in the order in which it gives way.
#[derive(Clone, Copy, Serialize)]
struct Room {
    events: usize,
    gates: usize,
    warnings: usize,
}

/// Lines of a screen.
const MOST_LINES: usize = 48;

impl Report {
    /// The screen of a run.
    pub fn screen(&self, form: Form) -> Rendered {
        #[derive(Serialize)]
        struct Facts<'v> {
            #[serde(flatten)]
            view: &'v View<'v>,
            room: Room,
        }
        let room = |events, gates, warnings| Room {
            events,
            gates,
            warnings,
        };
        let rooms = [
            room(5, 20, 4),
            room(3, 20, 4),
            room(3, 2, 4),
            room(3, 2, 2),
            room(2, 1, 1),
            room(1, 1, 0),
        ];
        let view = self.view();
        let screen = |room| rendered("run.txt.j2", &Facts { view: &view, room }, form);
        let mut screens = rooms.into_iter().map(screen);
        let first = screens.next().expect("there is a first room");
        if first.n_lines() <= MOST_LINES - 2 {
            return first;
        }
        let mut last = None;
        for screen in screens {
            if screen.n_lines() <= MOST_LINES - 2 {
                return screen;
            }
            last = Some(screen);
        }
        // where none fits, the shorter one of all and of least
        last.filter(|last| last.n_lines() < first.n_lines())
            .unwrap_or(first)
    }
}
