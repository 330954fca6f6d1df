//! The screen of a run: what there is room for.
//!
//! In: a parsed report. Out: [`Rendered`]. Not here: sentences (`templates/run.txt.j2`), what is derived (`view`).

use super::Report;
use super::screens::rendered;
use crate::page::{Form, Rendered};
use serde_json::json;

/// Most events, gates and warnings of the screen, in the order in which they give way.
const ROOMS: [[usize; 3]; 6] = [
    [5, 20, 4],
    [3, 20, 4],
    [3, 2, 4],
    [3, 2, 2],
    [2, 1, 1],
    [1, 1, 0],
];

/// Lines of a screen without those that list the files.
const MOST_LINES: usize = 46;

impl Report {
    /// The screen of a run.
    pub fn screen(&self, form: Form) -> Rendered {
        let mut facts = json!({
            "run": self.run,
            "s": self.scenario,
            "m": self.measures,
            "states": self.states,
            "currency": self.scenario.currency,
            "file": self.file(),
            "has_flows": self.has_flows(),
            "ruin": self.ruin(),
            "bridge": self.waterfall(),
            "events": self.events(),
            "has_agent_effect": self.has_agent_effect(),
            "gates": self.gate_views(),
            "warnings": self.sorted_warnings(),
        });
        let mut screens = ROOMS.iter().map(|[events, gates, warnings]| {
            facts["room"] = json!({ "events": events, "gates": gates, "warnings": warnings });
            rendered("run.txt.j2", &facts, form)
        });
        let first = screens.next().expect("there is a first room");
        if first.n_lines() <= MOST_LINES {
            return first;
        }
        let mut last = None;
        for screen in screens {
            if screen.n_lines() <= MOST_LINES {
                return screen;
            }
            last = Some(screen);
        }
        // where none fits, the shorter one of all and of least
        last.filter(|last| last.n_lines() < first.n_lines())
            .unwrap_or(first)
    }
}
