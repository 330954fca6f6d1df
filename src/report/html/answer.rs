//! What `report.html` begins with: the figures of the first screen, warnings and gates.

use crate::figure::{money, spoken_month, written, year_of};
use crate::page::{Document, Table, Text};
use crate::report::Report;
use crate::stats::{label_of, unit_of};

/// Rows of the first table: label and prefix of the measures.
const RANGES: [(&str, &str); 5] = [
    ("Final wealth", "wealth.terminal.real"),
    ("Net income a month, last 12 months", "income.terminal.real"),
    ("Return a year on money invested (IRR)", "irr.real"),
    ("Return a year, time-weighted", "cagr.real"),
    ("Maximum drawdown (worst first)", "drawdown.max"),
];

impl Report {
    /// Figures, gates and warnings: what the page begins with.
    pub(super) fn write_answer(&self, page: &mut Document) {
        let scenario = &self.scenario;
        page.fine(format!(
            "{} invested · {}–{} · real, in money of {}",
            money(&scenario.currency, scenario.money_in),
            spoken_month(&scenario.start),
            spoken_month(&scenario.end),
            year_of(&scenario.start),
        ));
        let has_flows = self.has_flows();
        let ranges = RANGES
            .iter()
            .filter(|(_, id)| *id != "irr.real" || has_flows);
        let ranges = ranges.filter_map(|(label, id)| {
            let level = |level| Some(self.shown(self.measure(&format!("{id}.{level}"))?));
            let [worst, middle, best] = ["p05", "p50", "p95"].map(level);
            let (worst, best) = if *id == "drawdown.max" {
                (best, worst)
            } else {
                (worst, best)
            };
            Some([(*label).into(), worst?, middle?, best?])
        });
        let headings = ["", ">5th percentile", ">median", ">95th percentile"];
        page.table(Table::of(headings, ranges));
        let of_loss = |id: &str| self.measure(id).filter(|_| scenario.money_in > 0.0);
        let loss = if has_flows {
            "Probability of loss, withdrawals counted as received"
        } else {
            "Probability of loss"
        };
        let risks = [
            (loss, of_loss("loss.probability")),
            ("Expected shortfall 95 %", of_loss("expected_shortfall.95")),
            ("Value at risk 95 %", of_loss("value_at_risk.95")),
            ("Probability of ruin", self.ruin_probability()),
        ];
        page.table(self.figures(">", &risks));
        for warning in self.sorted_warnings() {
            page.warning(Text::message(&warning.text));
        }
        page.section("Gates", "", self.gate_table());
    }

    fn gate_table(&self) -> Table {
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
        Table::of(["gate", "measure", ">figure", ">limit", "verdict"], rows)
    }
}
