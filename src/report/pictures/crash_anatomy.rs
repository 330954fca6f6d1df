//! The worst month of agent selling: what it costs the owner, by asset.
//!
//! In: the worst crash. Out: a picture. Not here: the order and the stop-losses of the sales (`replay`).

use super::{PictureKind, Setting, Sketch, left_out, strength, when, without_small};
use crate::chart::{ChartRow, Ink, Paint, RowChart, RowMark, Scale, Spec, Stamp};
use crate::figure::{Quantity, grouped, of_chart as percent, spoken_month};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{AssetLoss, ReplayFacts};
use crate::scenario::label_of_name;
use crate::study::Chosen;

pub const KIND: PictureKind = PictureKind {
    id: "crash_anatomy",
    title: "Worst agent selling",
    doc: "The month and path in which agents' sales cost the largest share of wealth. Bars: what they took from each \
          asset. `replay` has every sale.",
    of: Some(|source| spec(&source.setting, source.report.worst_crash.as_ref()?, true)),
};

/// Maximum number of assets drawn.
const MOST: usize = 11;
/// Part of the largest loss of an asset below which assets are merged into one row.
const SMALL: f64 = 0.01;

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
    let cost = Quantity::exact(crash.assets.iter().map(|asset| asset.lost).sum());
    // what there would have been without the sales
    let before = crash.wealth[1] + cost.value;
    if crash.firings.is_empty() || !(cost.value > 0.0 && cost.value.is_finite()) {
        return None;
    }
    let [amount, whole] = [cost, Quantity::exact(before)].map(|amount| setting.measured(amount));
    let share = percent(Quantity::exact(crash.cost));
    let (mut assets, small) = without_small(&crash.assets, SMALL, |asset| asset.lost);
    let others = small.iter().map(|asset| asset.lost).sum::<f64>();
    assets.iter_mut().for_each(|asset| asset.name = label_of_name(&asset.name));
    assets.extend((others != 0.0).then(|| AssetLoss { name: "Other assets".to_owned(), lost: others }));
    assets.sort_by(|a, b| b.lost.total_cmp(&a.lost));
    let n_left_out = assets.len().saturating_sub(MOST);
    assets.truncate(MOST);
    let money = setting.alike(assets.iter().map(|asset| asset.lost));
    assets.retain(|asset| money(asset.lost) != money(0.0));
    let row = |name: &str, lost: f64, is_named, figure: String| {
        let paint = Paint::of(Ink::Vermilion, strength(is_named));
        ChartRow::bar(name, lost, paint, vec![(figure, Ink::Vermilion)])
    };
    // the title is about the first row
    let wealth = format!("Your wealth (of {whole})");
    let mut rows = vec![row(&wealth, cost.value, true, amount.clone())];
    rows[0].marks.push(RowMark::Divider { is_above: false });
    rows[0].marks.insert(0, RowMark::Bar([0.0, before], Paint::of(Ink::Mute, 45)));
    // the bar of an only asset would be the same
    let is_alone = assets.len() == 1;
    assets.retain(|_| !is_alone);
    rows.extend(assets.iter().map(|asset| row(&asset.name, asset.lost, false, money(asset.lost))));
    let scale = Scale::holding([before].into_iter().chain(assets.iter().map(|asset| asset.lost)));
    let whose = if is_worst { "Worst case".to_owned() } else { format!("Path {}", grouped(worst.path)) };
    Some(Spec {
        finding: format!("{whose}: sales by AI agents take {share} of {whole}"),
        reading: format!(
            "Loss by the sales in {}{}, {}; gray: what is left{}{}",
            spoken_month(&crash.date),
            when(is_worst, " on the worst path"),
            setting.basis,
            when(crash.agents.obeyed > 0.0, "; agents sell on a false signal"),
            left_out(n_left_out)
        ),
        shape: RowChart::new(scale, |value| setting.tick(value), [("lost", Ink::Vermilion)], rows).into(),
    })
}
