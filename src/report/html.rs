//! `report.html`: everything that a run found, on one page that needs no network.
//!
//! In: a parsed report, its pictures, the command that was typed. Out: a document. Not here: what a page looks like
//! (`page`), digits (`figure::rule`).

mod answer;

use super::document::Report;
use super::labels;
use super::measure::Measure;
use super::mechanisms;
use super::view::{Step, View};
use crate::figure::rule::{change, percent, shown};
use crate::figure::{counted, money, spoken_month};
use crate::page::{Block, Cell, Document, Table, Text, glossary};
use crate::stats::look_up;

/// What the page names and a reader may not know.
const WORDS: [&str; 6] = [
    "path",
    "percentile",
    "maximum drawdown",
    "value at risk",
    "expected shortfall",
    "real",
];

impl Report {
    /// The whole page; `pictures` are drawings that go inside.
    pub fn to_html(&self, pictures: &[String]) -> String {
        let view = self.view();
        let mut page = Document::new(self.scenario.title.as_str());
        answer::write(&view, &mut page);
        if !pictures.is_empty() {
            page.heading("Charts", "");
            let pictures = pictures.iter().cloned().map(Block::Picture);
            page.blocks.extend(pictures);
        }
        write_waterfall(&view, &mut page);
        self.write_mechanisms(&mut page);
        self.write_causes(&mut page);
        self.write_contributions(&mut page);
        write_events(&view, &mut page);
        write_agents(&view, &mut page);
        self.write_assumptions(&mut page);
        self.write_measures(&mut page);
        self.write_origin(&mut page);
        page.to_html()
    }

    fn shown(&self, measure: &Measure) -> Cell {
        shown(measure, &self.scenario.currency).into()
    }

    /// Returns of mechanisms beside what is claimed.
    fn write_mechanisms(&self, page: &mut Document) {
        let rows = self.scenario.assets.iter().filter_map(|asset| {
            let of = asset.mechanism.as_ref()?;
            Some((
                asset.label.as_str().into(),
                of.claimed,
                &*of.income,
                &*of.value,
            ))
        });
        if let Some(table) = mechanisms::table("claimed", rows) {
            page.section("Claimed and expected return of a year", "", table);
            page.fine(mechanisms::SAID);
        }
    }

    fn write_causes(&self, page: &mut Document) {
        let mut table = Table::new(&["", ">mean", ">mean of the worst 5 %", ">main cause of ruin"]);
        for (id, [mean, worst]) in self.by_cause() {
            let ruin = self.measure(&format!("ruin.cause.{id}.probability"));
            let ruin = ruin.filter(|ruin| ruin.value > 0.0);
            table.row(vec![
                labels::cause(id).into(),
                self.shown(mean),
                self.shown(worst),
                ruin.map(|ruin| shown(ruin, "").value())
                    .unwrap_or_default()
                    .into(),
            ]);
        }
        let span = "until the horizon, real; the last column is a share of all paths";
        page.section("Profit and loss by cause", span, table.without_empty());
    }

    /// What every asset adds to the loss, the largest first, and both sums.
    fn write_contributions(&self, page: &mut Document) {
        let of = |id: &str| {
            let measure = |figure| self.measure(&format!("{id}.contribution.{figure}"));
            Some([measure("es95")?, measure("sd")?])
        };
        let assets = self.scenario.assets.iter();
        let mut rows: Vec<(&str, [&Measure; 2])> = assets
            .filter_map(|asset| Some((asset.label.as_str(), of(&format!("asset.{}", asset.name))?)))
            .collect();
        if rows.is_empty() {
            return;
        }
        rows.sort_by(|(_, a), (_, b)| b[0].value.total_cmp(&a[0].value));
        let sizes = rows
            .iter()
            .flat_map(|(_, both)| both.map(|one| one.value.abs()));
        let rounding = 1e-9 * sizes.fold(0.0, f64::max);
        let rest = of("owner").filter(|both| both.iter().any(|one| one.value.abs() > rounding));
        rows.extend(rest.map(|both| ("Not attributable", both)));
        if let [Some(shortfall), Some(deviation)] =
            ["expected_shortfall.95", "loss.sd"].map(|id| self.measure(id))
        {
            rows.push(("All", [shortfall, deviation]));
        }
        let mut table = Table::new(&[
            "",
            ">expected shortfall 95 %",
            ">standard deviation of the loss",
        ]);
        for (name, [shortfall, deviation]) in rows {
            table.row(vec![
                name.into(),
                self.shown(shortfall),
                self.shown(deviation),
            ]);
        }
        page.section(
            "Risk by asset",
            "contributions add up; a negative one lowers the risk",
            table,
        );
    }

    /// The holdings, and every value that the file does not say.
    fn write_assumptions(&self, page: &mut Document) {
        page.heading("Assumptions", "");
        let mut holdings = Table::new(&["holding", "class", ">value", "market"]);
        for asset in &self.scenario.assets {
            holdings.row(vec![
                asset.label.as_str().into(),
                Cell::code(&asset.class),
                money(&self.scenario.currency, asset.value).into(),
                asset.market.as_str().into(),
            ]);
        }
        page.table(holdings);
        let filled = &self.scenario.filled_in;
        if filled.is_empty() {
            return;
        }
        let mut table = Table::new(&["key", "value", "grade", "kind", "source"]);
        for value in filled {
            table.row(vec![
                Cell::code(&value.key),
                value.value.as_str().into(),
                value.grade.as_str().into(),
                value.kind.as_str().into(),
                value.source.as_str().into(),
            ]);
        }
        let title = format!("{} of the catalog", counted(filled.len(), "default"));
        page.push(Block::Fold(title.into(), vec![Block::Table(table)]));
    }

    /// Every measure by id, with its error.
    fn write_measures(&self, page: &mut Document) {
        page.heading("Every figure", "");
        let words = WORDS.into_iter().filter_map(glossary::term);
        let words = words.map(|term| Text::from(format!("{}: {}", term.label, term.definition)));
        page.push(Block::List(words.collect()));
        let mut table = Table::new(&["measure", "title", ">figure", "note"]);
        for (id, measure) in &self.measures {
            let title = look_up(id).map_or(String::new(), |measure| measure.title.clone());
            table.row(vec![
                Cell::code(id),
                title.into(),
                self.shown(measure),
                measure
                    .note()
                    .map_or_else(String::new, |note| note.to_string())
                    .into(),
            ]);
        }
        let title = counted(self.measures.len(), "figure");
        let inner = vec![Block::Table(table.without_empty())];
        page.push(Block::Fold(title.into(), inner));
    }

    /// How to get the page again.
    fn write_origin(&self, page: &mut Document) {
        page.heading("How to repeat it", "");
        if let Some(command) = &self.command {
            page.sentence(Text::code(&command.line));
        }
        let run = &self.run;
        page.fine(format!(
            "{} of {}, {}, results version {}, {}; model {}.",
            counted(run.paths as usize, "path"),
            counted(run.months as usize, "month"),
            run.seeds,
            run.value_version,
            self.program,
            self.scenario.model_digest
        ));
    }
}

fn write_waterfall(view: &View<'_>, page: &mut Document) {
    let Some(waterfall) = &view.waterfall else {
        return;
    };
    let mut table = Table::new(&["", ">median return a year", ">change"]);
    let first = if waterfall.is_assumed {
        "Assumed (catalog)"
    } else {
        "Claimed"
    };
    table.texts(vec![
        first.to_owned(),
        percent(waterfall.claim),
        String::new(),
    ]);
    let row = |step: &Step<'_>| {
        vec![
            step.title.into(),
            shown(step.median, "").value().into(),
            change(step.change, "").into(),
        ]
    };
    waterfall.steps.iter().for_each(|step| table.row(row(step)));
    let span = "effects added one after another, same random draws; nominal, inflation last";
    page.section("From claim to outcome", span, table);
}

fn write_events(view: &View<'_>, page: &mut Document) {
    let mut table = Table::new(&["", ">probability", ">mean cost", ">95th percentile"]);
    for event in &view.events {
        table.row(vec![
            event.label.into(),
            match (event.at, event.probability) {
                (Some(month), _) => format!("in {}", spoken_month(month)).into(),
                (None, Some(probability)) => view.r.shown(probability),
                (None, None) => "–".into(),
            },
            view.r.shown(event.mean),
            event
                .p95
                .map_or_else(|| "–".into(), |p95| view.r.shown(p95)),
        ]);
    }
    page.section("Loss events", "until the horizon, real, all paths", table);
    if let Some(insurance) = &view.insurance {
        let mut table = Table::new(&["", ">mean"]);
        table.row(vec![
            "Insurance premiums".into(),
            view.r.shown(&insurance.premiums),
        ]);
        table.row(vec![
            "Insurance payouts".into(),
            view.r.shown(&insurance.payouts),
        ]);
        for (label, id) in [
            ("Insured losses not paid", "cover.missed.mean"),
            ("Payouts beyond the losses", "cover.beyond.mean"),
        ] {
            if let Some(measure) = view.r.measure(id) {
                table.row(vec![label.into(), view.r.shown(measure)]);
            }
        }
        page.section("Insurance", "", table);
    }
}

fn write_agents(view: &View<'_>, page: &mut Document) {
    let Some(agents) = view.agents.as_ref().filter(|agents| !agents.is_idle) else {
        return;
    };
    let mut table = Table::new(&["", ">"]);
    for (label, measure) in [
        ("Probability of loss", agents.loss),
        ("Mean maximum drawdown", agents.drawdown),
        ("Median final wealth", agents.median_wealth),
    ] {
        if let Some(measure) = measure {
            table.row(vec![label.into(), change(measure, view.currency).into()]);
        }
    }
    page.section(
        "Agent selling",
        "what it changes, on the same random draws",
        table,
    );
    let mut often = Table::new(&["", ">"]);
    for id in [
        "loop.full_cascade.probability",
        "loop.selling_months.per_year",
        "loop.crash_months.per_year",
    ] {
        if let Some((measure, kind)) = view.r.measure(id).zip(look_up(id)) {
            often.row(vec![kind.title.as_str().into(), view.r.shown(measure)]);
        }
    }
    page.table(often);
    let crash = view.r.scenario.crash.as_ref();
    if let Some(gain) = crash.and_then(|crash| crash.gain) {
        let in_crisis = crash.and_then(|crash| crash.gain_in_crisis);
        let mut table = Table::new(&["feedback gain (above 1: self-reinforcing)", ">"]);
        table.texts(vec!["normal regime".to_owned(), format!("{gain:.2}")]);
        if let Some(gain) = in_crisis {
            table.texts(vec!["crisis regime".to_owned(), format!("{gain:.2}")]);
        }
        page.table(table);
    }
}
