//! `report.html`: everything that a run found, on one page that needs no network.
//!
//! In: a parsed report, its pictures, what else was found about its scenario. Out: a document. Not here: what a page looks
//! like (`page`), digits (`figure::rule`), sentences of the first screen (`templates/page.txt.j2`).

mod answer;
mod assumptions;
mod beside;
mod reference;
mod tables;

pub use beside::Beside;
pub use reference::LIMITS;

use super::Report;
use super::measure::Measure;
use super::pictures::{CHARTS, Picture, Sketch};
use crate::chart::inside_a_page;
use crate::figure::first_sentences;
use crate::figure::rule::shown;
use crate::page::{Block, Document, Figure, Table, Text};

/// A topic of the page: what its charts show, then tables of the same figures.
struct Section {
    title: &'static str,
    meaning: &'static str,
    charts: &'static [&'static str],
    write: fn(&Report, &mut Document),
}

const fn section(
    title: &'static str,
    meaning: &'static str,
    charts: &'static [&'static str],
    write: fn(&Report, &mut Document),
) -> Section {
    Section {
        title,
        meaning,
        charts,
        write,
    }
}

/// Bytes of what stands under a chart, at most.
const CAPTION: usize = 240;

/// What the first screen shows below its sentences.
const FIRST: &str = "wealth_fan";

/// Results, the most important first; a topic without anything to show is left out.
const RESULTS: [Section; 11] = [
    section(
        "Results",
        "Each row has percentiles of its own. ± is 95 % sampling error, and wrong assumptions come on top.",
        &[],
        Report::write_results,
    ),
    section(
        "From claim to outcome",
        "Effects are added one after another on common random numbers. Returns are nominal until inflation, the last step.",
        &["bridge"],
        Report::write_waterfall,
    ),
    section(
        "Final wealth",
        "",
        &["terminal_wealth", "wealth_levels", "timeline"],
        Report::write_nothing,
    ),
    section(
        "Income and spending",
        "",
        &["income", "survival"],
        Report::write_nothing,
    ),
    section("Drawdown", "", &["deepest_fall"], Report::write_drawdown),
    section(
        "Profit and loss by cause",
        "Amounts are real, until the horizon.",
        &["loss_by_cause"],
        Report::write_causes,
    ),
    section(
        "Loss events",
        "Amounts are real, until the horizon, over all paths.",
        &["event_costs"],
        Report::write_events,
    ),
    section(
        "Assets",
        "",
        &["holdings", "income_sources", "states"],
        Report::write_assets,
    ),
    section(
        "Agent selling",
        "AI agents with stop-losses sell together. The same random draws are simulated with and without them.",
        &["loop_fan", "crash_correlation", "crash_anatomy"],
        Report::write_agents,
    ),
    section(
        "Gates",
        "The file sets these limits for figures.",
        &[],
        Report::write_gates,
    ),
    section(
        "Notes",
        "These notes limit the results.",
        &[],
        Report::write_notes,
    ),
];

/// What the results rest on.
const BASIS: [Section; 6] = [
    section(
        "Assumptions",
        "The catalog supplies values that the file does not state.",
        &[],
        Report::write_assumptions,
    ),
    section("What is not modeled", "", &[], Report::write_limits),
    section("How to repeat it", "", &[], Report::write_origin),
    section("Glossary", "", &[], Report::write_glossary),
    section("Every figure", "", &[], Report::write_measures),
    section(
        "Appendix",
        "These charts are for specialists.",
        &["event_exceedance", "gain_profile"],
        Report::write_nothing,
    ),
];

impl Report {
    /// The whole page, with its pictures and what was found `beside` it about the same scenario.
    pub fn to_html(&self, pictures: &[Picture], beside: &Beside) -> String {
        let mut page = Document::new(self.scenario.title.as_str());
        self.write_answer(beside, &mut page);
        page.blocks.extend(figures(pictures, &[FIRST]));
        for section in &RESULTS {
            self.write_section(section, pictures, &mut page);
        }
        beside.write(self, &mut page);
        for section in &BASIS {
            self.write_section(section, pictures, &mut page);
        }
        page.to_html()
    }

    fn write_section(&self, section: &Section, pictures: &[Picture], page: &mut Document) {
        let mut inner = Document::default();
        inner.blocks.extend(figures(pictures, section.charts));
        (section.write)(self, &mut inner);
        if !inner.blocks.is_empty() {
            page.heading(section.title, section.meaning);
            page.blocks.extend(inner.blocks);
        }
    }

    fn write_nothing(&self, _: &mut Document) {}

    fn shown(&self, measure: &Measure) -> Text {
        shown(measure, &self.scenario.currency).into()
    }

    /// A row for each of these measures that the report has, with its label.
    fn figures(&self, heading: &str, rows: &[(&str, Option<&Measure>)]) -> Table {
        let rows = rows.iter().filter_map(|(label, measure)| {
            let measure = measure.as_ref()?;
            Some([(*label).into(), self.shown(measure)])
        });
        Table::of(["", heading], rows)
    }
}

/// Pictures of these kinds in the order of `kinds`.
fn figures<'p>(pictures: &'p [Picture], kinds: &'p [&str]) -> impl Iterator<Item = Block> + 'p {
    let named = kinds
        .iter()
        .filter_map(|id| pictures.iter().find(|one| one.name == *id));
    named.map(|picture| figure(&picture.name, &picture.svg, &picture.narrow))
}

fn sketched(sketch: &Sketch) -> Block {
    let [wide, narrow] = [&sketch.wide, &sketch.narrow].map(|drawing| drawing.to_svg());
    figure(&sketch.wide.id, &wide, &narrow)
}

/// A picture of the kind `id` with what its kind says of how to read it.
fn figure(id: &str, svg: &str, narrow: &str) -> Block {
    let kind = CHARTS.iter().find(|kind| kind.id == id);
    Block::Picture(Figure {
        svg: inside_a_page(svg),
        narrow: Some(inside_a_page(narrow)),
        caption: kind.map_or_else(String::new, |kind| {
            first_sentences(kind.doc, CAPTION).to_owned()
        }),
    })
}

#[cfg(test)]
mod tests;
