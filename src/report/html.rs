//! `report.html`: the results of a run on one page that needs no network.
//!
//! In: a parsed report, its charts, other studies of its scenario. Out: a document. Not here: the look of a
//! page (`page`), digits (`figure::rule`), sentences of the first screen (`templates/page.txt.j2`).

mod reference;
mod results;
mod studies;

pub use studies::Studies;

use super::Report;
use super::measure::Measure;
use super::pictures::{CHARTS, Picture, Sketch};
use crate::chart::inside_a_page;
use crate::figure::first_sentences;
use crate::figure::rule::shown;
use crate::page::{Block, Figure, Page, Span, Table, Text};
use crate::stats::Unit;
use serde::Deserialize;
use std::sync::LazyLock;

/// A topic of the page: its charts, then the output of the function in [`WRITERS`] that `written` names.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Topic {
    title: String,
    #[serde(default)]
    meaning: String,
    #[serde(default)]
    charts: Vec<String>,
    #[serde(default)]
    written: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Outline {
    first: String,
    limits: Vec<String>,
    topic: Vec<Topic>,
}

static OUTLINE: LazyLock<Outline> =
    LazyLock::new(|| toml::from_str(include_str!("html/page.toml")).expect("compiled in and read by a test"));

type Write = fn(&Report, &Studies, &mut Page);

/// Functions that write a topic, by the names that `page.toml` uses for them.
const WRITERS: [(&str, Write); 17] = [
    ("results", |report, _, page| report.write_results(page)),
    ("waterfall", |report, _, page| report.write_waterfall(page)),
    ("drawdown", |report, _, page| report.write_drawdown(page)),
    ("causes", |report, _, page| report.write_causes(page)),
    ("events", |report, _, page| report.write_events(page)),
    ("assets", |report, _, page| report.write_assets(page)),
    ("agents", |report, _, page| report.write_agents(page)),
    ("gates", |report, _, page| report.write_gates(page)),
    ("notes", |report, _, page| report.write_warnings(false, page)),
    ("effects", |report, beside, page| beside.write_effects(report, page)),
    ("solved", |report, beside, page| beside.write_solved(report, page)),
    ("questions", |report, beside, page| beside.write_questions(report, page)),
    ("assumptions", |report, _, page| report.write_assumptions(page)),
    ("limits", |report, _, page| report.write_limits(page)),
    ("origin", |report, _, page| report.write_origin(page)),
    ("glossary", |_, _, page| page.push(Block::Glossary)),
    ("figures", |report, _, page| report.write_measures(page)),
];

/// Largest length of a chart's caption, in bytes.
const CAPTION: usize = 240;

/// Returns the limits of the model: sentences about what no scenario can simulate in this version.
pub fn limits() -> &'static [String] {
    &OUTLINE.limits
}

impl Report {
    /// Renders `report.html` with its charts. `beside` has results of `sensitivity` and `solve` for this scenario.
    pub fn to_html(&self, pictures: &[Picture], beside: &Studies) -> String {
        let mut page = Page::new(self.scenario.title.as_str());
        self.write_answer(beside, &mut page);
        page.blocks.extend(figures(pictures, std::slice::from_ref(&OUTLINE.first)));
        for topic in &OUTLINE.topic {
            let mut inner = Page::default();
            inner.blocks.extend(figures(pictures, &topic.charts));
            let writer = WRITERS.iter().find(|(name, _)| *name == topic.written);
            if let Some((_, write)) = writer {
                write(self, beside, &mut inner);
            }
            if !inner.blocks.is_empty() {
                page.heading(topic.title.as_str(), topic.meaning.as_str());
                page.blocks.extend(inner.blocks);
            }
        }
        page.to_html()
    }

    /// Formats a figure with its error; months with their unit, which a title rarely names.
    fn shown(&self, measure: &Measure) -> Text {
        let mut text = Text::from(shown(measure, &self.scenario.currency));
        if measure.unit == Unit::Months {
            let unit = if measure.value == 1.0 { " month" } else { " months" };
            text.0.push(Span::Plain(unit.to_owned()));
        }
        text
    }

    /// Builds a table with a row (label and figure) for each given measure; `heading` stands above the figures.
    fn figures(&self, heading: &str, rows: &[(&str, Option<&Measure>)]) -> Table {
        let rows = rows.iter().filter_map(|(label, measure)| {
            let measure = measure.as_ref()?;
            Some([(*label).into(), self.shown(measure)])
        });
        Table::of(["", heading], rows)
    }
}

/// Returns the page blocks of the charts whose kinds are listed in `kinds`, in that order.
fn figures<'p>(pictures: &'p [Picture], kinds: &'p [String]) -> impl Iterator<Item = Block> + 'p {
    let named = kinds.iter().filter_map(|id| pictures.iter().find(|one| one.name == *id));
    named.map(|picture| figure(&picture.name, &picture.svg, &picture.narrow))
}

fn sketched(sketch: &Sketch) -> Block {
    let [wide, narrow] = [&sketch.wide, &sketch.narrow].map(|drawing| drawing.to_svg());
    figure(&sketch.wide.id, &wide, &narrow)
}

/// Builds the block of a chart, with the description of its kind as caption.
fn figure(id: &str, svg: &str, narrow: &str) -> Block {
    let kind = CHARTS.iter().find(|kind| kind.id == id);
    Block::Picture(Figure {
        svg: inside_a_page(svg),
        narrow: inside_a_page(narrow),
        caption: kind.map_or_else(String::new, |kind| first_sentences(kind.doc, CAPTION).to_owned()),
    })
}

#[cfg(test)]
mod tests;
