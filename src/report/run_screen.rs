//! The screen of a run, shortened to what fits.
//!
//! In: a parsed report. Out: [`Rendered`]. Not here: sentences (`templates/run.txt.j2`), derived values
//! (`view`).

use super::first_months::Happened;
use super::screens::rendered;
use super::view::{NOTHING, drawn_steps};
use super::{Report, labels};
use crate::page::{Form, Rendered};
use crate::record::{causes, id};
use serde_json::{Value, json};

/// Largest numbers of events, gates and warnings on the screen, one triple per layout, the longest first.
const ROOMS: [[usize; 3]; 6] = [[5, 20, 4], [3, 20, 4], [3, 2, 4], [3, 2, 2], [2, 1, 1], [1, 1, 0]];

/// Part of the axis below zero that the steps show if nothing is left, as a fraction of the highest value.
const CUT: f64 = 0.2;

/// Largest number of lines of the screen, without the list of files.
const MOST_LINES: usize = 46;

impl Report {
    /// Returns the facts from which the templates of screen and page build their sentences.
    pub(super) fn screen_facts(&self) -> Value {
        json!({
            "run": self.run,
            "s": self.scenario,
            "m": self.measures,
            "states": self.states,
            "currency": self.scenario.currency,
            "file": self.file(),
            "edits": self.command.as_ref().map(|command| &command.edits),
            "has_flows": self.has_flows(),
            "ruin": self.ruin(),
            "bridge": self.waterfall(),
            "drawn_steps": self.waterfall().map(drawn_steps),
            "NOTHING": NOTHING,
            "CUT": CUT,
            "events": self.events(),
            "has_agent_effect": self.has_agent_effect(),
            "gates": &self.gates,
            "warnings": &self.warnings,
        })
    }

    /// Renders the longest screen of the run that fits into 46 lines, or the shortest layout if none fits.
    pub fn screen(&self, form: Form) -> Rendered {
        let mut facts = self.screen_facts();
        let mut screen = |[events, gates, warnings]: [usize; 3]| {
            facts["room"] = json!({ "events": events, "gates": gates, "warnings": warnings });
            rendered("run.txt.j2", &facts, form)
        };
        let (least, rooms) = ROOMS.split_last().expect("there is a room");
        let fitting = rooms.iter().map(|room| screen(*room)).find(|screen| screen.n_lines() <= MOST_LINES);
        fitting.unwrap_or_else(|| screen(*least))
    }

    /// Returns facts about ruin: the month by which half of the ruined paths are ruined, and the most
    /// frequent main cause with its share of these paths. `None` if no path is ruined.
    fn ruin(&self) -> Option<Value> {
        let probability = self.ruin_probability()?.value;
        let half_by = self.first_months.get("ruin").and_then(Happened::median);
        let causes = causes().filter_map(|id| {
            let share = self.measure(&id::of(id::RUIN_BY_CAUSE, id))?.value;
            (share > 0.0).then_some((id, share / probability))
        });
        let most = causes.max_by(|a, b| a.1.total_cmp(&b.1));
        Some(json!({
            "half_by": half_by.map(|month| self.date_of(month)),
            "half_of_all_by": self.month_of_median_ruin().map(|month| self.date_of(month)),
            "cause": most.map(|(id, _)| labels::cause(id)),
            "cause_share": most.map(|(_, share)| share),
        }))
    }
}
