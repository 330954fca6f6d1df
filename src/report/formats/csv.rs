//! Series and final wealth as one CSV table, for spreadsheets and statistics.
//!
//! In: a [`Report`]. Out: CSV (RFC 4180): a row for each statistic at each date. Not here: other figures,
//! which `report.json` contains.

use super::Format;
use crate::record::id;
use crate::report::Report;
use crate::report::cells::{cell, number};

pub(super) const FORMAT: Format<Report> = Format {
    id: "csv",
    help: "Table of every series and of final wealth, nominal and real",
    print: Some(table),
};

/// Formats series and final wealth as CSV, with the digits of `report.json` and an empty cell for null.
fn table(report: &Report) -> String {
    let (currency, start) = (&report.scenario.currency, &report.scenario.start);
    let nominal = cell(&format!("nominal [{currency}]"));
    let real = cell(&format!("real [{currency} of {start}]"));
    let mut table = format!("series,years,statistic,{nominal},{real}\n");
    let mut row = |series: &str, years: f64, statistic: &str, amounts: [f64; 2]| {
        let [years, nominal, real] = [years, amounts[0], amounts[1]].map(number);
        let series = cell(series);
        table += &format!("{series},{years},{statistic},{nominal},{real}\n");
    };
    for (name, series) in &report.series {
        for (date, years) in series.years.iter().enumerate() {
            // series exist in real money only
            let mut row = |statistic, real| row(name, *years, statistic, [f64::NAN, real]);
            row("mean", series.real.mean[date]);
            for (statistic, values) in &series.real.quantiles {
                row(statistic, values[date].unwrap_or(f64::NAN));
            }
        }
    }
    let years = f64::from(report.run.months) / 12.0;
    for (id, real) in &report.measures {
        let statistic = id.strip_prefix(id::REAL_WEALTH).and_then(|rest| rest.strip_prefix('.'));
        let nominal = statistic.map(|statistic| format!("{}.{statistic}", id::WEALTH));
        let nominal = nominal.and_then(|id| report.measures.get(&id));
        if let Some((statistic, nominal)) = statistic.zip(nominal) {
            row(id::WEALTH, years, statistic, [nominal.value, real.value]);
        }
    }
    table
}
