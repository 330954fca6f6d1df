//! Table of the claimed return and the expected return of each year, per asset.
//!
//! In: incomes and values by year. Out: a table. Not here: the returns on simulated paths (`bridge`).

use crate::figure::per_cent;
use crate::page::{Table, Text};
use crate::report::MechanismPart;

/// Years for which the table of expected returns has a column, as far as the horizon reaches.
pub const SHOWN: [usize; 5] = [1, 2, 3, 5, 10];

/// Explanation that is printed with the table of returns.
pub const SAID: &str = "Return of a year on the value at its start, with all income paid out, every range at its median and \
                        counts at their means. It is before chance, volatility, loss events, agent selling, costs and \
                        tax. The last column is the value left of day one.";

/// Builds a table of claimed and expected returns, with a row for each label and earnings model. `claimed` is
/// the heading of the second column. `None` if there are no years.
pub fn table<'r>(claimed: &str, rows: impl IntoIterator<Item = (Text, &'r MechanismPart)>) -> Option<Table> {
    let rows: Vec<_> = rows.into_iter().collect();
    let n_years = rows.iter().map(|(_, model)| model.income.len()).max()?;
    if n_years == 0 {
        return None;
    }
    let years: Vec<usize> = SHOWN.into_iter().filter(|year| *year <= n_years).collect();
    let mut heads = vec![String::new(), format!(">{claimed}")];
    heads.extend(years.iter().map(|year| format!(">year {year}")));
    heads.push(">left".to_owned());
    let mut table = Table::new(&heads);
    for (label, MechanismPart { claimed, income, value, .. }) in rows {
        let mut cells = vec![label, per_cent(*claimed, 1).into()];
        let returned = |year: &usize| {
            let before = if *year == 1 { 1.0 } else { value[year - 2] };
            if before > 0.0 {
                per_cent((income[year - 1] + value[year - 1]) / before - 1.0, 1).into()
            } else {
                "".into()
            }
        };
        cells.extend(years.iter().map(returned));
        cells.push(per_cent(value[n_years - 1], 0).into());
        table.row(cells);
    }
    Some(table)
}
