//! What `report.html` begins with: the figures of the first screen, warnings and gates.

use super::View;
use crate::figure::{money, spoken_month};
use crate::page::{Cell, Document, Table, Text};
use crate::stats::{label_of, unit_of};

/// Figures, gates and warnings: what the page begins with.
pub(super) fn write(view: &View<'_>, page: &mut Document) {
    let report = view.r;
    let scenario = &report.scenario;
    page.fine(format!(
        "{} invested · {}–{} · real, in money of {}",
        money(view.currency, scenario.money_in),
        spoken_month(&scenario.start),
        spoken_month(&scenario.end),
        crate::figure::year_of(&scenario.start),
    ));
    let mut range = Table::new(&["", ">5th percentile", ">median", ">95th percentile"]);
    let rows = [
        (
            "Final wealth",
            "wealth.terminal.real",
            ["p05", "p50", "p95"],
        ),
        (
            "Net income a month, last 12 months",
            "income.terminal.real",
            ["p05", "p50", "p95"],
        ),
        (
            "Return a year on money invested (IRR)",
            "irr.real",
            ["p05", "p50", "p95"],
        ),
        (
            "Return a year, time-weighted",
            "cagr.real",
            ["p05", "p50", "p95"],
        ),
        (
            "Maximum drawdown (worst first)",
            "drawdown.max",
            ["p95", "p50", "p05"],
        ),
    ];
    for (label, id, levels) in rows {
        let cells = levels.map(|level| report.measure(&format!("{id}.{level}")));
        if let [Some(low), Some(middle), Some(high)] = cells
            && (id != "irr.real" || view.has_flows)
        {
            let cells = [low, middle, high].map(|measure| report.shown(measure));
            range.row([label.into()].into_iter().chain(cells).collect());
        }
    }
    page.table(range);
    let mut risk = Table::new(&["", ">"]);
    let loss = if view.has_flows {
        "Probability of loss, withdrawals counted as received"
    } else {
        "Probability of loss"
    };
    for (label, id) in [
        (loss, "loss.probability"),
        ("Expected shortfall 95 %", "expected_shortfall.95"),
        ("Value at risk 95 %", "value_at_risk.95"),
    ] {
        if let Some(measure) = report.measure(id).filter(|_| scenario.money_in > 0.0) {
            risk.row(vec![label.into(), report.shown(measure)]);
        }
    }
    if let Some(ruin) = &view.ruin {
        risk.row(vec![
            "Probability of ruin".into(),
            report.shown(ruin.probability),
        ]);
    }
    page.table(risk);
    for warning in &view.warnings {
        page.warning(Text::message(&warning.text));
    }
    write_gates(view, page);
}

fn write_gates(view: &View<'_>, page: &mut Document) {
    let mut table = Table::new(&["gate", "measure", ">figure", ">limit", "verdict"]);
    for gate in view.gates {
        let limit = |sign: &str, limit: Option<f64>| {
            limit.map(|limit| {
                format!(
                    "{sign} {}",
                    crate::figure::written(unit_of(&gate.measure), view.currency, limit)
                )
            })
        };
        let limits: Vec<String> = [limit(">", gate.above), limit("<", gate.below)]
            .into_iter()
            .flatten()
            .collect();
        table.row(vec![
            Cell::code(&gate.id),
            label_of(&gate.measure).into(),
            gate.answer
                .as_ref()
                .map_or_else(|| "–".into(), |answer| view.r.shown(answer)),
            limits.join(" and ").into(),
            gate.verdict.word().into(),
        ]);
    }
    page.section("Gates", "", table);
}
