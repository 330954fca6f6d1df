//! `report.html`: everything that a run found, on one page that needs no network.
//!
//! In: a report, its pictures, how it was asked for. Out: a document; the bridge as bars and what crashes do to
//! correlations, for the screen too. Not here: the screen (`screen`), what a page looks like (`page`).

use super::bridge::{BridgePart, told};
use super::document::Report;
use super::legible::legible;
use super::screen::ANY_FILE;
use crate::figure::{correlation, counted, grouped, per_cent, points};
use crate::math::digits::rounded;
use crate::page::{Block, Cell, Document, Table, Text};
use crate::stats::look_up;
use crate::study::Bridge;

/// What the screen names and a reader may not know.
const WORDS: [&str; 4] = [
    "A future is one simulated path of months; the middle one is the median: half of all do better.",
    "5th pct is the 5th percentile: one future in twenty has less. 95th pct is the 95th: one in twenty has more.",
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
            false => self.write_all(&mut page),
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

    /// What is told before the pictures.
    fn write_all(&self, page: &mut Document) {
        self.write_answer(true, page);
        let mut measures = self.measures.values();
        page.fine(self.sampling(measures.any(|measure| measure.is_unknown())));
        for warning in &self.warnings {
            page.warning(Text::message(&warning.text));
        }
        self.write_gates(page);
        page.gap();
        self.write_bridge(page);
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
        let living = self.living.as_ref().filter(|_| !self.is_of_one());
        if let Some(basis) = living.and_then(|living| living.basis.as_deref()) {
            page.sentence(basis);
        }
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
                measure.note().map_or_else(String::new, |note| note.to_string()).into(),
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

impl Report {
    /// From the claim to the return of the middle path, step by step.
    fn write_bridge(&self, page: &mut Document) {
        let Some(BridgePart::Whole(bridge)) = &self.bridge else {
            return self.write_bridge_of_screen(false, page);
        };
        page.section(BRIDGE, SPAN, rows(bridge, false).without_empty());
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

    /// The same on a screen, which has no room for a line for each of many steps, with `has_room` as bars; or why there is none.
    pub(super) fn write_bridge_of_screen(&self, has_room: bool, page: &mut Document) {
        match &self.bridge {
            None => {}
            Some(BridgePart::None { absent }) => {
                page.sentence(format!("From the claim to your return: {absent}."));
                page.gap();
            }
            Some(BridgePart::Whole(bridge)) if has_room && bridge.steps.len() <= MOST_STEPS => {
                page.section(BRIDGE, SPAN, rows(bridge, true));
            }
            Some(BridgePart::Whole(bridge)) => page.heading(BRIDGE, in_a_sentence(bridge)),
        }
    }
}

const BRIDGE: &str = "FROM THE CLAIM TO YOUR RETURN";
const SPAN: &str = "a year, middle path; inflation comes off last";

/// Steps of the bridge that have a line each on the screen.
const MOST_STEPS: usize = 6;

/// Widest bar, in columns.
const LONGEST: f64 = 20.0;

/// Label, median, with `has_bars` a bar from zero, and what the step changes; all bars on one scale.
fn rows(bridge: &Bridge, has_bars: bool) -> Table {
    let steps = told(bridge).map(|(step, change)| {
        let change = change.without_suffix();
        (step.title, step.median.value, change)
    });
    let rows: Vec<_> = [(bridge.claim_title(), bridge.claim, String::new())]
        .into_iter()
        .chain(steps)
        .collect();
    let values = || rows.iter().map(|(_, value, _)| *value);
    let (low, high) = (values().fold(0.0, f64::min), values().fold(0.0, f64::max));
    let at = |value: f64| rounded((value - low) / (high - low) * LONGEST, 0) as usize;
    let bar = |value: f64| {
        let (begin, end) = (at(value.min(0.0)), at(value.max(0.0)));
        " ".repeat(begin) + &"█".repeat(end - begin)
    };
    let mut table = Table::new(&["", ">", "", ""]);
    for (label, value, change) in &rows {
        let bar = if has_bars { bar(*value) } else { String::new() };
        table.texts(vec![
            (*label).to_owned(),
            per_cent(*value, 1),
            bar,
            change.clone(),
        ]);
    }
    table
}

/// `19.5 % claimed, before inflation; volatility −3.14, tax −2.67: 3.0 %.`, a year before inflation as the claim.
fn in_a_sentence(bridge: &Bridge) -> String {
    let steps = told(bridge).map(|(step, change)| format!("{} {}", step.title, change.value()));
    let steps: Vec<String> = steps.collect();
    let last = bridge.steps.last();
    let last = last.map_or(bridge.claim, |step| step.median.value);
    let claimed = match bridge.has_interest {
        true => "claimed with interest on cash",
        false => "claimed",
    };
    format!(
        "{} {claimed}, before inflation; {}: {}.",
        per_cent(bridge.claim, 1),
        steps.join(", ").replace(" pt", ""),
        per_cent(last, 1),
    )
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
                .filter(|found| found.interval().is_some())
        };
        let (crash, calm) = (measure("*.crash.mean")?, measure("*.calm.mean")?);
        let without = measure("without_feedback.*.crash.mean")?;
        let added = measure("amplification.*.crash.mean")?;
        let n_markets = self.correlations.as_ref()?.markets.len();
        let markets = match n_markets {
            2 => "the two markets",
            _ => "two markets on average",
        };
        let [on, off, quiet] = [crash, without, calm].map(|found| correlation(found.quantity()));
        let seen = match added.quantity().differs_from_zero() {
            true => "",
            false => ": no difference beyond sampling error",
        };
        Some(format!(
            "In crash months {markets} correlate at {on}, in all others at {quiet}; without the loop it would be {off} in \
             the same crash months{seen}."
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
