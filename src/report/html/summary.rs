//! First part of `report.html`: opening sentences, ranges and risks, gates, warnings.
//!
//! In: a report. Out: blocks of its page. Not here: the sentences (`templates/page.txt.j2`).

use super::Studies;
use crate::figure::{Quantity, n_largest, written};
use crate::page::{Block, Document, Form, Table, Text};
use crate::record::id;
use crate::report::labels;
use crate::report::measure::{Measure, quantity};
use crate::report::screens::rendered;
use crate::report::{About, Report, Warning};
use crate::stats::{label_of, unit_of};
use serde_json::json;

/// Rows of the page's table of percentiles: label, and the id of the measure without its percentile (`.p05`).
const RANGES: [(&str, &str); 7] = [
    ("Final wealth", id::REAL_WEALTH),
    ("The same in an index fund, before tax", id::INDEX_FUND),
    ("The same in a savings account, before tax", id::SAVINGS),
    ("Net income a month, last 12 months", id::REAL_INCOME),
    ("Return a year on money invested (IRR)", id::REAL_IRR),
    ("Return a year, time-weighted", id::REAL_RETURN),
    ("Maximum drawdown (worst first)", id::DRAWDOWN),
];

impl Report {
    /// Writes the lines below the title of the page, and the box with the most important sentences.
    pub(super) fn write_answer(&self, beside: &Studies, page: &mut Document) {
        let mut facts = self.screen_facts();
        facts["main_losses"] = json!(self.main_losses());
        facts["has_costliest"] = json!(self.has_costliest_event());
        let finding = beside.finding();
        facts["finding_paths"] = json!(finding.as_ref().map(|(_, paths)| paths));
        facts["finding"] = json!(finding.map(|(said, _)| said));
        let said = rendered("page.txt.j2", &facts, Form::default()).into_text();
        let mut lines = said.lines().filter(|line| !line.is_empty());
        let n_fine = 1 + usize::from(self.scenario.report.is_some());
        lines.by_ref().take(n_fine).for_each(|line| page.fine(line));
        let summary: Vec<Text> = lines.map(Text::from).collect();
        if !summary.is_empty() {
            page.push(Block::Summary(summary));
        }
    }

    /// Returns the cause that costs most on the worst 5 % of paths: its label, and the loss as a positive figure.
    /// There are two causes if one of them costs most, and three if yet another one may.
    fn main_losses(&self) -> Vec<(&'static str, Measure)> {
        let all = self.losses_by_cause();
        let losses = all.iter().filter(|(_, [_, worst])| worst.value < 0.0);
        let sizes: Vec<Quantity> = losses.clone().map(|(_, both)| quantity(both[1]).size()).collect();
        let most = losses.take(n_largest(&sizes).unwrap_or(3));
        most.map(|(id, [_, worst])| (labels::cause(id), worst.negative())).collect()
    }

    /// True if the first loss event clearly costs most.
    fn has_costliest_event(&self) -> bool {
        let means = self.events().into_iter().filter_map(|event| self.of_event(event, id::EVENT_LOSS_MEAN));
        n_largest(&means.map(quantity).collect::<Vec<_>>()) == Some(1)
    }

    /// Writes the table of percentiles and the table of risk measures.
    pub(super) fn write_results(&self, page: &mut Document) {
        let has_flows = self.has_flows();
        let ranges =
            RANGES.iter().filter(|(_, id)| *id != id::REAL_IRR || has_flows).filter_map(|(label, id)| {
                let level = |level| Some(self.shown(self.measure(&format!("{id}.{level}"))?));
                let [worst, middle, best] = ["p05", "p50", "p95"].map(level);
                let (worst, best) = if *id == id::DRAWDOWN { (best, worst) } else { (worst, best) };
                Some([(*label).into(), worst?, middle?, best?])
            });
        page.table(Table::of(["", ">5th percentile", ">median", ">95th percentile"], ranges));
        let of_loss = |id: &str| self.measure(id).filter(|_| self.scenario.money_in > 0.0);
        let loss = if has_flows {
            "Probability of loss, withdrawals counted as received"
        } else {
            "Probability of loss"
        };
        let risks = [
            (loss, of_loss(id::LOSS_PROBABILITY)),
            ("Expected shortfall 95 %", of_loss(id::EXPECTED_SHORTFALL_95)),
            ("Value at risk 95 %", of_loss(id::VALUE_AT_RISK_95)),
            ("Probability of ruin", self.ruin_probability()),
            ("Probability to end above the index fund", self.measure(id::ABOVE_INDEX_FUND)),
        ];
        page.table(self.figures(">", &risks));
    }

    /// Writes the warnings about this program version, or all others if `of_version` is false.
    pub(super) fn write_warnings(&self, of_version: bool, page: &mut Document) {
        let about = |warning: &&Warning| (warning.about == About::Version) == of_version;
        for warning in self.warnings.iter().filter(about) {
            page.warning(Text::message(&warning.text));
        }
    }

    pub(super) fn write_gates(&self, page: &mut Document) {
        let rows = self.gates.iter().map(|gate| {
            let limits = [(">", gate.above), ("<", gate.below)];
            let limits = limits.into_iter().filter_map(|(sign, limit)| {
                let limit = written(unit_of(&gate.measure), &self.scenario.currency, limit?);
                Some(format!("{sign} {limit}"))
            });
            let answer = gate.answer.as_ref();
            [
                Text::code(&gate.id),
                label_of(&gate.measure).into(),
                answer.map_or("–".into(), |answer| self.shown(answer)),
                limits.collect::<Vec<_>>().join(" and ").into(),
                gate.verdict.word().into(),
            ]
        });
        page.table(Table::of(["gate", "measure", ">figure", ">limit", "verdict"], rows));
    }
}
