//! Formats in which commands print a result.
//!
//! In: a result. Out: [`Format`], and those of a run: JSON, CSV (RFC 4180). Not here: screens, which need a
//! terminal (`cli`).

use super::cells::{cell, number};
use super::document::Report;
use super::json::to_json;
use crate::record::id;

/// A format in which a command prints a result of type `T`.
#[derive(Debug)]
pub struct Format<T> {
    /// Value of the option `--format` that selects the format.
    pub id: &'static str,
    pub help: &'static str,
    /// Function that formats a result for other programs; `None` for the screen text.
    pub print: Option<fn(&T) -> String>,
}

/// Formats in which the result of a run can be printed, the screen text first.
pub const FORMATS: &[Format<Report>] = &[
    Format::SCREEN,
    Format { id: "json", help: "report.json", print: Some(to_json) },
    Format {
        id: "csv",
        help: "Table of every series and of final wealth, nominal and real",
        print: Some(to_csv),
    },
];

impl<T> Format<T> {
    pub const SCREEN: Self = Self { id: "text", help: "Screen text", print: None };

    /// Returns the format of `formats` with this id; the first one if none has it.
    pub fn named(formats: &'static [Self], id: &str) -> &'static Self {
        formats.iter().find(|format| format.id == id).unwrap_or(&formats[0])
    }
}

/// Formats series and final wealth as CSV: a row for each statistic at each date, with the digits of
/// `report.json` and an empty cell for null.
fn to_csv(report: &Report) -> String {
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
        let nominal =
            statistic.and_then(|statistic| report.measures.get(&format!("{}.{statistic}", id::WEALTH)));
        if let Some((statistic, nominal)) = statistic.zip(nominal) {
            row(id::WEALTH, years, statistic, [nominal.value, real.value]);
        }
    }
    table
}
