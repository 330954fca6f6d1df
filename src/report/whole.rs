//! `report.html`: everything that a run found, on one page that needs no network.
//!
//! In: a report, its pictures, how it was asked for. Out: a document. Not here: the screen (`screen`),
//! what a page looks like (`page`).

use super::document::Report;
use crate::figure::{counted, grouped};
use crate::page::{Block, Cell, Document, Table, Text};
use crate::stats::look_up;

/// What the screen names and a reader may not know.
const WORDS: [&str; 4] = [
    "A future is one simulated path of months; the middle one is the median: half of all do better.",
    "1 in 20 worse is the 5th percentile, 1 in 20 better the 95th.",
    "Maximum drawdown is the deepest fall from a high on the way, whatever came later.",
    "Value at risk 95 % is the loss that 19 of 20 futures stay below; expected shortfall 95 % is the mean \
     loss of the worst 1 in 20.",
];

impl Report {
    /// The whole page; `pictures` are drawings that go inside, `command` is what was typed.
    pub fn to_html(&self, pictures: &[String], command: &str) -> String {
        self.whole(pictures, command).to_html()
    }

    /// The document of the page.
    pub fn whole(&self, pictures: &[String], command: &str) -> Document {
        let mut page = Document::new(self.scenario.title.as_str());
        self.write_answer(&mut page);
        page.fine(self.sampling(page.has_unknown_error()));
        for warning in &self.warnings {
            page.warning(Text::message(&warning.text));
        }
        self.write_gates(&mut page);
        page.gap();
        // the picture has its bars
        self.write_bridge(&mut page, pictures.is_empty());
        self.write_bridge_notes(&mut page);
        self.write_all_of_agents(&mut page);
        if !pictures.is_empty() {
            page.heading("In pictures", "");
            let pictures = pictures.iter().cloned().map(Block::Picture);
            page.blocks.extend(pictures);
        }
        self.write_assumptions(&mut page);
        self.write_measures(&mut page);
        self.write_origin(&mut page, command);
        page
    }

    fn write_gates(&self, page: &mut Document) {
        if self.gates.is_empty() {
            return;
        }
        page.heading("What was expected", "");
        let gates = self.gates.iter();
        let lines = gates.map(|gate| gate.line(&self.scenario.currency).into());
        page.push(Block::List(lines.collect()));
    }

    /// What the holdings are, and every value that the file does not say.
    fn write_assumptions(&self, page: &mut Document) {
        page.heading("What was assumed", "");
        let mut holdings = Table::new(&["holding", "class", ">value", "market"]);
        for asset in &self.scenario.assets {
            holdings.row(vec![
                asset.name.as_str().into(),
                Cell::code(&asset.class),
                crate::figure::money(&self.scenario.currency, asset.value).into(),
                asset.market.as_str().into(),
            ]);
        }
        page.table(holdings);
        let Some(filled_in) = self.filled_in() else {
            return;
        };
        let mut classes = self.scenario.assets.iter().map(|asset| &asset.class);
        let class = classes.next();
        let page_of = match class.filter(|class| classes.all(|other| other == *class)) {
            Some(class) => class.as_str(),
            None => "CLASS",
        };
        page.sentence(Text::message(&format!(
            "{filled_in}: `tailwheel explain {page_of}`."
        )));
        let mut table = Table::new(&["key", "value", "grade", "kind", "source"]);
        for value in &self.scenario.filled_in {
            table.row(vec![
                Cell::code(&value.key),
                value.value.as_str().into(),
                value.grade.as_str().into(),
                value.kind.as_str().into(),
                value.source.as_str().into(),
            ]);
        }
        let title = format!("{} values of the catalog", grouped(table.rows.len() as u64));
        page.push(Block::Fold(title.into(), vec![Block::Table(table)]));
    }

    /// Every measure by id, with its error and what is to be said of it.
    fn write_measures(&self, page: &mut Document) {
        page.heading("Every figure", "");
        page.push(Block::List(WORDS.map(Text::from).to_vec()));
        let mut table = Table::new(&["measure", "what it is", ">figure", "note"]);
        for (id, measure) in &self.measures {
            let title = look_up(id).map_or("", |measure| measure.title.as_str());
            table.row(vec![
                Cell::code(id),
                title.into(),
                measure.shown(&self.scenario.currency).into(),
                measure.note.as_deref().unwrap_or_default().into(),
            ]);
        }
        let title = format!("{} figures", grouped(self.measures.len() as u64));
        let inner = vec![Block::Table(table.without_empty())];
        page.push(Block::Fold(title.into(), inner));
    }

    /// How it is had again.
    fn write_origin(&self, page: &mut Document, command: &str) {
        page.heading("How to repeat it", "");
        page.sentence(Text::code(command));
        let run = &self.run;
        page.fine(format!(
            "{} of {}, {}, value version {}, tailwheel {}; model {}. The same command gives \
             the same bytes of report.json on any machine.",
            counted(run.paths as usize, "path"),
            counted(run.months as usize, "month"),
            run.seeds,
            run.value_version,
            env!("CARGO_PKG_VERSION"),
            self.scenario.model_digest
        ));
    }
}
