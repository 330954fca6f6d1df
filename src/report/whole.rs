//! `report.html`: everything that a run found, on one page that needs no network.
//!
//! In: a report, its pictures, how it was asked for. Out: a document; the bridge as bars and what crashes do to
//! correlations, for the screen too. Not here: the screen (`screen`), what a page looks like (`page`).

use super::bridge::{BridgePart, told};
use super::document::Report;
use super::legible::legible;
use super::measure::Measure;
use super::screen::ANY_FILE;
use crate::figure::{correlation, counted, grouped, per_cent, points};
use crate::math::digits::rounded;
use crate::page::{Block, Cell, Document, Table, Text};
use crate::stats::look_up;
use crate::study::Bridge;

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
        match self.is_of_one() {
            true => self.write_one(ANY_FILE, &mut page),
            false => self.write_all(pictures.is_empty(), &mut page),
        }
        if !pictures.is_empty() {
            page.heading("In pictures", "");
            let pictures = pictures.iter().cloned().map(Block::Picture);
            page.blocks.extend(pictures);
        }
        self.write_assumptions(&mut page);
        if !self.is_of_one() {
            self.write_measures(&mut page);
        }
        self.write_origin(&mut page, command);
        page
    }

    /// What is told before the pictures, if there are any: they have the bars of the bridge.
    fn write_all(&self, has_bars: bool, page: &mut Document) {
        self.write_answer(true, page);
        page.fine(self.sampling(page.has_unknown_error()));
        for warning in &self.warnings {
            page.warning(Text::message(&warning.text));
        }
        self.write_gates(page);
        page.gap();
        self.write_bridge(page, has_bars);
        self.write_bridge_notes(page);
        self.write_mechanisms(page);
        self.write_causes(page);
        self.write_contributions(page);
        self.write_events(page);
        self.write_all_of_agents(page);
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
                Cell::code(&value.path),
                legible(&value.value).into(),
                value.grade.to_string().into(),
                value.kind.to_string().into(),
                value.source.into(),
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
        let title = format!("{} figures", grouped(table.rows.len() as u64));
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

/// Widest bar, in columns.
const LONGEST: f64 = 20.0;

impl Report {
    /// From the claim to the return of the middle path, step by step.
    pub(super) fn write_bridge(&self, page: &mut Document, has_bars: bool) {
        match &self.bridge {
            None => {}
            Some(BridgePart::None { absent }) => {
                page.sentence(format!("From the claim to your return: {absent}."));
                page.gap();
            }
            Some(BridgePart::Whole(bridge)) => {
                let span = "a year before inflation, middle path";
                page.heading("FROM THE CLAIM TO YOUR RETURN", span);
                page.table(rows(bridge, has_bars).without_empty());
                page.gap();
            }
        }
    }

    /// The same on a screen, which has no room for a line for each of many steps; with `has_bars` as long as there are few.
    pub(super) fn write_bridge_of_screen(&self, has_bars: bool, page: &mut Document) {
        match &self.bridge {
            Some(BridgePart::Whole(bridge)) if !has_bars || bridge.steps.len() > MOST_STEPS => {
                page.heading("FROM THE CLAIM TO YOUR RETURN", in_a_sentence(bridge));
            }
            _ => self.write_bridge(page, true),
        }
    }

    /// Of how many paths the bridge is.
    pub(super) fn write_bridge_notes(&self, page: &mut Document) {
        let Some(BridgePart::Whole(bridge)) = &self.bridge else {
            return;
        };
        let run = self.measure("cagr.p50");
        if let Some(run) = run.filter(|_| bridge.paths < self.run.paths) {
            page.sentence(format!(
                "Of the first {} paths; all {} give {}.",
                grouped(bridge.paths),
                grouped(self.run.paths),
                points(run.quantity()).value()
            ));
        }
    }
}

/// Steps of the bridge that have a line each on the screen.
const MOST_STEPS: usize = 6;

/// `19.5 % claimed, before inflation; volatility −3.14, tax −2.67: 3.0 %.`, a year before inflation as the claim.
fn in_a_sentence(bridge: &Bridge) -> String {
    let steps = told(bridge).map(|(step, change)| format!("{} {}", step.title, change.value()));
    let steps: Vec<String> = steps.collect();
    let last = bridge.steps.last();
    let last = last.map_or(bridge.claim, |step| step.median.value);
    format!(
        "{} claimed, before inflation; {}: {}.",
        per_cent(bridge.claim, 1),
        steps.join(", ").replace(" pt", ""),
        per_cent(last, 1),
    )
}

/// Label, median, a bar from zero and what the step changes; all bars on one scale.
fn rows(bridge: &Bridge, has_bars: bool) -> Table {
    let medians = bridge.steps.iter().map(|step| step.median.value);
    let ends = medians
        .chain([bridge.claim])
        .fold((0.0_f64, 0.0_f64), |ends, value| {
            (ends.0.min(value), ends.1.max(value))
        });
    let width = (ends.1 - ends.0).max(f64::MIN_POSITIVE);
    let bar = |value: f64| -> String {
        if !has_bars {
            return String::new();
        }
        let at = |value: f64| rounded((value - ends.0) / width * LONGEST, 0) as usize;
        let (begin, end) = (at(value.min(0.0)), at(value.max(0.0)));
        " ".repeat(begin) + &"█".repeat(end - begin)
    };
    let mut table = Table::new(&["", ">", "", ""]);
    let mut add = |label: &str, value: f64, change: String| {
        let cells = [label.to_owned(), per_cent(value, 1), bar(value), change];
        table.texts(cells.to_vec());
    };
    add("claim", bridge.claim, String::new());
    for (step, change) in told(bridge) {
        add(step.title, step.median.value, change.without_suffix());
    }
    table
}

/// Fewest crash months, and least share of all months, whose correlations are spoken of.
const FEWEST: usize = 100;
const LEAST_SHARE: f64 = 0.02;

impl Report {
    /// What the correlation of two markets is in crash months, without the loop in the same months,
    /// and in the other ones; nothing if the run had no or too few crashes, or too few paths for an error.
    pub(super) fn crash_correlation_sentence(&self) -> Option<String> {
        if !self.has_enough_crashes() {
            return None;
        }
        let measure = |id: &str| {
            let id = id.replace('*', "correlation.realised");
            self.measures
                .get(&id)
                .filter(|found| found.interval.is_some())
        };
        let (crash, calm) = (measure("*.crash.mean")?, measure("*.calm.mean")?);
        let without = measure("without_feedback.*.crash.mean")?;
        let added = measure("amplification.*.crash.mean")?;
        let n_markets = self.correlations.as_ref()?.markets.len();
        let markets = match n_markets {
            2 => "the two markets",
            _ => "two markets on average",
        };
        let [on, off, quiet] = [crash, without, calm].map(printed);
        let is_added = added
            .interval
            .is_some_and(|[low, high]| low > 0.0 || high < 0.0);
        let without_it = without_it(is_added, &on, &off);
        Some(format!(
            "In crash months {markets} correlate at {on}, in all others at {quiet}; {without_it}."
        ))
    }

    /// Whether crash months are common enough to speak of correlations in them: a few months picked
    /// because of what fell in them say more of the picking, which turns correlations negative (Berkson
    /// 1946), than of crashes.
    pub(super) fn has_enough_crashes(&self) -> bool {
        let found = self.correlations.as_ref();
        found.is_some_and(|found| {
            let crashes = found.crash_months.unwrap_or(0);
            crashes >= FEWEST && crashes as f64 >= LEAST_SHARE * found.months as f64
        })
    }
}

/// What the loop does to a correlation that is `on` with it and `off` without, if that is told apart
/// from none.
fn without_it(is_added: bool, on: &str, off: &str) -> String {
    match (is_added, on == off) {
        (true, false) => format!("without the loop it would be {off} in the same crash months"),
        (true, true) => "the loop changes that by less than the digits shown".to_owned(),
        (false, _) => "so many paths cannot tell whether the loop changes that".to_owned(),
    }
}

fn printed(measure: &Measure) -> String {
    correlation(measure.quantity())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_paths_do_not_tell_apart_from_none_is_not_said_to_be_small() {
        let told = without_it(false, "0.41", "0.21");
        assert_eq!(
            told,
            "so many paths cannot tell whether the loop changes that"
        );
        assert!(without_it(true, "0.41", "0.21").contains("would be 0.21"));
        assert!(without_it(true, "0.41", "0.41").contains("less than the digits"));
    }
}
