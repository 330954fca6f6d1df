//! Every template of a screen and of a Markdown page, compiled in.
//!
//! In: facts. Out: [`Rendered`]. Not here: sentences (`templates/`), how a template is rendered (`page`).

use super::Report;
use super::view::View;
use crate::page::{Form, Rendered, Templates};
use serde::Serialize;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TEMPLATES: LazyLock<Templates> = LazyLock::new(|| {
    Templates::new(&[
        ("gates.j2", include_str!("templates/gates.j2")),
        ("macros.j2", include_str!("templates/macros.j2")),
        ("run.txt.j2", include_str!("templates/run.txt.j2")),
        ("run_files.txt.j2", include_str!("templates/run_files.txt.j2")),
    ])
});

/// Texts of warnings by id.
static WARNINGS: LazyLock<Templates> = LazyLock::new(|| {
    #[derive(Deserialize)]
    struct Entry {
        text: &'static str,
    }
    let entries: BTreeMap<&'static str, Entry> =
        toml::from_str(include_str!("templates/warnings.toml")).expect("compiled in and tested");
    let sources: Vec<_> = entries.iter().map(|(id, entry)| (*id, entry.text)).collect();
    Templates::new(&sources)
});

/// The text of a warning with its facts.
pub(super) fn warning(
    id: &str,
    facts: &serde_json::Map<String, serde_json::Value>,
    currency: &str,
) -> String {
    let mut facts = facts.clone();
    facts.insert("currency".to_owned(), currency.into());
    WARNINGS.render(id, &facts, Form::default()).into_text()
}

/// The text of the template `name` with `facts`.
pub fn rendered(name: &str, facts: &impl Serialize, form: Form) -> Rendered {
    TEMPLATES.render(name, facts, form)
}

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
    /// The screen of a run; `file` is what is typed for the scenario file.
    pub fn screen(&self, file: &str, form: Form) -> Rendered {
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
        ];
        let view = self.view(file);
        let screens = rooms.map(|room| {
            let facts = Facts { view: &view, room };
            rendered("run.txt.j2", &facts, form)
        });
        let [first, .., last] = &screens;
        let fits = screens.iter().find(|screen| screen.n_lines() <= MOST_LINES - 2);
        let fewest = if last.n_lines() < first.n_lines() { last } else { first };
        fits.unwrap_or(fewest).clone()
    }
}
