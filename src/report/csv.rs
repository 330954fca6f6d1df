//! Series and final wealth as one CSV table, for spreadsheets and statistics.
//!
//! In: a [`Report`]. Out: CSV (RFC 4180): a row for each statistic at each date. Not here: other figures,
//! which `report.json` contains.

use super::cells::{cell, number};
use super::document::Report;
use crate::record::id;

impl Report {
    /// Formats series and final wealth as CSV, with the digits of `report.json` and an empty cell for null.
    pub fn to_csv(&self) -> String {
        let (currency, start) = (&self.scenario.currency, &self.scenario.start);
        let nominal = cell(&format!("nominal [{currency}]"));
        let real = cell(&format!("real [{currency} of {start}]"));
        let mut table = format!("series,years,statistic,{nominal},{real}\n");
        let mut row = |series: &str, years: f64, statistic: &str, amounts: [f64; 2]| {
            let [years, nominal, real] = [years, amounts[0], amounts[1]].map(number);
            let series = cell(series);
            table += &format!("{series},{years},{statistic},{nominal},{real}\n");
        };
        for (name, series) in &self.series {
            for (date, years) in series.years.iter().enumerate() {
                // series exist in real money only
                let mut row = |statistic, real| row(name, *years, statistic, [f64::NAN, real]);
                row("mean", series.real.mean[date]);
                for (statistic, values) in &series.real.quantiles {
                    row(statistic, values[date].unwrap_or(f64::NAN));
                }
            }
        }
        let years = f64::from(self.run.months) / 12.0;
        for (id, real) in &self.measures {
            let statistic = id.strip_prefix(id::REAL_WEALTH).and_then(|rest| rest.strip_prefix('.'));
            let nominal = statistic.map(|statistic| format!("{}.{statistic}", id::WEALTH));
            let nominal = nominal.and_then(|id| self.measures.get(&id));
            if let Some((statistic, nominal)) = statistic.zip(nominal) {
                row(id::WEALTH, years, statistic, [nominal.value, real.value]);
            }
        }
        table
    }
}
