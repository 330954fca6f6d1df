//! What each asset adds to the loss, as a table whose rows add up.
//!
//! In: the measures of the contributions. Out: a heading, a table. Not here: the sums (`record`, `stats`).

use super::document::Report;
use super::measure::Measure;
use crate::page::{Document, Table};

impl Report {
    /// What every asset adds to the shortfall and the spread of the loss, the largest first, then what is no asset's,
    /// and both in all; nothing of a lone asset.
    pub(super) fn write_contributions(&self, page: &mut Document) {
        let of = |id: &str| {
            let measure = |figure| self.measure(&format!("{id}.contribution.{figure}"));
            Some([measure("es95")?, measure("sd")?])
        };
        let assets = self.scenario.assets.iter();
        let own = assets.filter_map(|asset| {
            let name = asset.name.as_str();
            Some((name, of(&format!("asset.{name}"))?))
        });
        let mut rows: Vec<(&str, [&Measure; 2])> = own.collect();
        if rows.is_empty() {
            return;
        }
        rows.sort_by(|(_, a), (_, b)| b[0].value.total_cmp(&a[0].value));
        let rest = of("owner").filter(|both| both.iter().any(|one| !is_rounding(one, &rows)));
        rows.extend(rest.map(|both| ("no asset", both)));
        let all = ["expected_shortfall.95", "loss.sd"].map(|id| self.measure(id));
        if let [Some(shortfall), Some(spread)] = all {
            rows.push(("all", [shortfall, spread]));
        }
        let currency = &self.scenario.currency;
        let mut table = Table::new(&["", ">worst 1 in 20", ">spread"]);
        for (name, [shortfall, spread]) in rows {
            table.row(vec![
                name.into(),
                shortfall.shown(currency).into(),
                spread.shown(currency).into(),
            ]);
        }
        let span =
            "what each adds to the loss and to its standard deviation; below zero it lowers them";
        page.section("WHAT EACH ASSET ADDS TO THE RISK", span, table);
    }
}

/// Whether what is left beside `rows` is what their sums round away.
fn is_rounding(rest: &Measure, rows: &[(&str, [&Measure; 2])]) -> bool {
    let sizes = rows
        .iter()
        .flat_map(|(_, both)| both.map(|one| one.value.abs()));
    rest.value.abs() <= 1e-9 * sizes.fold(0.0, f64::max)
}
