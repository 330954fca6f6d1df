//! What is claimed against what earns it, year by year, as a table.
//!
//! In: what kinds say of themselves. Out: a heading, a table. Not here: what it comes to on the paths (`bridge`).

use super::document::{AssetPart, MechanismPart, Report};
use crate::figure::{listed, per_cent};
use crate::page::{Cell, Document, Table, Text};
use std::collections::BTreeSet;

/// Years that a table shows, as far as there are so many.
pub const SHOWN: [usize; 5] = [1, 2, 3, 5, 10];

/// What the table is about.
pub const SAID: &str = "Income and change of value of a year, of the value at its start, all income taken out, if nothing varies \
                        and nothing strikes: before events, crashes and what the owner pays; what is left of day one at the end.";

/// A table of which each row is a claim with the returns of its years and what is left at the end of the last: a label,
/// what is claimed, or what else `claimed` says that it begins with, incomes and values as fractions of day one.
pub fn table<'r>(
    claimed: &str,
    rows: impl IntoIterator<Item = (Cell, f64, &'r [f64], &'r [f64])>,
) -> Option<Table> {
    let rows: Vec<_> = rows.into_iter().collect();
    let n_years = rows.iter().map(|(_, _, income, _)| income.len()).max()?;
    if n_years == 0 {
        return None;
    }
    let years: Vec<usize> = SHOWN.into_iter().filter(|year| *year <= n_years).collect();
    let mut heads = vec![String::new(), format!(">{claimed}")];
    heads.extend(years.iter().map(|year| format!(">year {year}")));
    heads.push(">left".to_owned());
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    let mut table = Table::new(&heads);
    for (label, claimed, income, value) in rows {
        let mut cells = vec![label, per_cent(claimed, 1).into()];
        let returned = |year: &usize| {
            let before = if *year == 1 { 1.0 } else { value[year - 2] };
            match before > 0.0 {
                true => per_cent((income[year - 1] + value[year - 1]) / before - 1.0, 1).into(),
                false => "".into(),
            }
        };
        cells.extend(years.iter().map(returned));
        cells.push(per_cent(value[n_years - 1], 0).into());
        table.row(cells);
    }
    Some(table)
}

impl Report {
    /// Every asset with a mechanism, and the step from its claim to what it earns on the paths.
    pub(super) fn write_mechanisms(&self, page: &mut Document) {
        let assets = self.scenario.assets.iter();
        let rows = assets.clone().filter_map(|asset| {
            let of = asset.mechanism.as_ref()?;
            Some((
                asset.name.as_str().into(),
                of.claimed,
                &*of.income,
                &*of.value,
            ))
        });
        let Some(table) = table("claimed", rows) else {
            return;
        };
        page.section("CLAIMED AND EARNED", "return of a year", table);
        page.sentence(SAID);
        for asset in assets.clone() {
            let implied = asset.mechanism.as_ref();
            if let Some(said) = implied.and_then(|of| self.implied_edge(&asset.name, of)) {
                page.sentence(Text::message(&said));
            }
        }
        let is_after = |asset: &&AssetPart| asset.mechanism.as_ref()?.claim_is_after;
        for what in BTreeSet::from_iter(assets.clone().filter_map(|asset| is_after(&asset))) {
            let of_it = assets.clone().filter(|asset| is_after(asset) == Some(what));
            let names: Vec<String> = of_it.map(|asset| asset.name.clone()).collect();
            page.sentence(format!(
                "The claim of {} is after {what}: more of them raises the rent, and costs nothing. Write `rent` in place of `roi` \
                 where they are to cost.",
                listed(&names)
            ));
        }
        let launched = assets
            .clone()
            .filter(|asset| asset.is_launched && asset.mechanism.is_some());
        if launched.count() > 0 {
            page.sentence(
                "What is launched is told from the month after it stands, of its value then; until then what was paid for it counts \
                 as a fall, in drawdowns too.",
            );
        }
        let others = assets.filter(|asset| !asset.lives_on.is_empty());
        for asset in others {
            let sites = asset.lives_on.join(" and ");
            page.sentence(format!(
                "{} is left out: what it earns follows from the visits of {sites}.",
                asset.name
            ));
        }
        page.gap();
    }

    /// What is claimed beyond what there is without skill: it is nowhere written, and a worse mix makes it larger.
    fn implied_edge(&self, name: &str, of: &MechanismPart) -> Option<String> {
        let base = of.without_skill?;
        let filled_in = |key: &str| {
            let path = format!("asset.{name}.{key}");
            let mut all = self.scenario.filled_in.iter();
            all.find(|filled| filled.path == path)
        };
        let known = ["mix_return", "part_return"].into_iter();
        let known = known
            .filter_map(|key| Some((key, filled_in(key)?.grade)))
            .next();
        let known = known.map_or_else(
            || "as written".to_owned(),
            |(key, grade)| format!("`{key}`, grade {grade}"),
        );
        let [edge, claimed, base] =
            [of.claimed - base, of.claimed, base].map(|rate| per_cent(rate, 2));
        Some(format!(
            "Edge implied of {name}: {edge} a year, {claimed} claimed less {base} that its mix returns after the fee ({known}); \
             the less the mix returns, the larger it is."
        ))
    }
}
