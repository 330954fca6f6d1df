//! The worst month of agent selling: what it costs the owner, by asset.
//!
//! In: the worst crash. Out: a picture. Not here: the order and the stop-losses of the sales (`replay`).

use super::{PictureKind, Setting, Sketch, left_out, when};
use crate::chart::{ChartRow, Ink, Paint, RowChart, RowMark, Scale, Spec, Stamp};
use crate::figure::{Quantity, grouped, of_chart as percent, signed_share, spoken_month};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{ReplayFacts, lost as fall_of};
use crate::scenario::label_of_name;
use crate::study::Chosen;

pub const KIND: PictureKind = PictureKind {
    id: "crash_anatomy",
    title: "Worst agent selling",
    doc: "The month and path in which agents' sales cost the largest share of wealth. Bars: what they took from each \
          asset, against the month without agents; column: the fall of its price. `replay` has every sale.",
    of: Some(|source| spec(&source.setting, source.report.worst_crash.as_ref()?, true)),
};

/// Maximum number of assets drawn.
const MOST: usize = 11;
/// Part of the whole loss above which an asset is drawn.
const SEEN: f64 = 0.001;
/// Headings of the columns.
const COLUMNS: [(&str, Ink); 2] = [("change", Ink::Mute), ("lost", Ink::Vermilion)];

impl ReplayFacts {
    /// Returns the chart of the explained month of agent selling; `None` if no agent sold.
    pub fn sketch(&self) -> Option<Sketch> {
        let (of, run) = (&self.scenario, &self.run);
        let stamp = Stamp::new(&of.title, run.seeds, run.paths, &of.model_digest);
        let worst = WorstCrashPart::thinned(self.path, self.crash.clone()?)?;
        let start = of.start.parse().ok()?;
        let setting = Setting::of(&of.currency, start, run.months, run.paths);
        let is_worst = self.chosen == Chosen::DeepestSale && self.worst_month == Some(worst.crash.month);
        KIND.sketch(&spec(&setting, &worst, is_worst)?, &stamp)
    }
}

/// Returns the chart; `None` if no agent sold or no wealth is left. `is_worst`: this crash is the worst of all paths.
pub fn spec(setting: &Setting, worst: &WorstCrashPart, is_worst: bool) -> Option<Spec> {
    let crash = &worst.crash;
    let [_, low] = crash.wealth;
    // of what there would have been without the sales
    let before = low / (1.0 - crash.cost);
    let cost = Quantity::exact(before * crash.cost);
    if crash.firings.is_empty() || !(cost.value > 0.0 && cost.value.is_finite()) {
        return None;
    }
    let (share, amount) = (percent(Quantity::exact(crash.cost)), setting.measured(cost));
    // nothing visible is lost of what is hardly held
    let mut assets: Vec<_> = crash.assets.iter().filter(|asset| asset.lost > SEEN * cost.value).collect();
    assets.sort_by(|a, b| b.lost.total_cmp(&a.lost));
    let n_left_out = assets.len().saturating_sub(MOST);
    assets.truncate(MOST);
    let money = setting.alike(assets.iter().map(|asset| asset.lost));
    let row = |name: &str, lost: f64, opacity, figures: [String; 2]| {
        ChartRow::bar(name, lost, Paint::of(Ink::Vermilion, opacity), ChartRow::inked(figures, COLUMNS))
    };
    let is_indebted = crash.markets.iter().all(|market| fall_of(market.fall) + 0.005 < crash.cost);
    let wealth = format!("Your wealth (of {}{})", setting.money(before), when(is_indebted, " after debts"));
    // the title is about the first row
    let mut rows =
        vec![row(&wealth, cost.value, 100, [signed_share(Quantity::exact(-crash.cost)), amount.clone()])];
    rows[0].marks.push(RowMark::Divider { is_above: false });
    rows.extend(assets.iter().map(|asset| {
        let market = crash.markets.iter().find(|market| market.name == asset.name);
        let price = market.map(|market| signed_share(Quantity::exact(-fall_of(market.fall))));
        row(&label_of_name(&asset.name), asset.lost, 45, [price.unwrap_or_default(), money(asset.lost)])
    }));
    let scale = Scale::holding([0.0, cost.value].into_iter().chain(assets.iter().map(|asset| asset.lost)));
    let whose = if is_worst { "Worst month".to_owned() } else { format!("Path {}", grouped(worst.path)) };
    Some(Spec {
        finding: format!("{whose}: AI-agent selling takes {amount}, {share} of wealth"),
        reading: format!(
            "Loss of each asset from these sales in {}{}; change of its price; {}{}{}",
            spoken_month(&crash.date),
            when(is_worst, ", the worst month of all paths"),
            setting.basis,
            when(crash.agents.obeyed > 0.0, "; agents sell on a false signal"),
            left_out(n_left_out)
        ),
        shape: RowChart::new(scale, |value| setting.tick(value), COLUMNS, rows).into(),
    })
}
