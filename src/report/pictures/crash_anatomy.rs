//! The worst month of agent selling: what it costs, as a fraction of wealth and of each market price.
//!
//! In: the worst crash. Out: a picture. Not here: the order and the stop-losses of the sales (`replay`).

use super::{PictureKind, Setting, Sketch, left_out, when};
use crate::chart::{ChartRow, Ink, Paint, RowMark, Scale, Shape, Spec, Stamp};
use crate::figure::{Quantity, grouped, of_chart as percent, percent_tick, signed_share, spoken_month};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{ReplayFacts, lost};
use crate::scenario::label_of_name;
use crate::study::Chosen;
use std::iter::once;

pub const KIND: PictureKind = PictureKind {
    id: "crash_anatomy",
    title: "Worst agent selling",
    doc: "One month of one path: the one in which agents' sales cost the largest share of the owner's wealth. Bars: \
          the fall of wealth and of each market price by all their sales, against the month without agents. Agents sell at falls of all they hold, or on false signals. `replay` has every sale and its cause.",
    of: Some(|source| spec(&source.setting, source.report.worst_crash.as_ref()?, true)),
};

/// Maximum number of markets drawn.
const MOST: usize = 11;

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
    let mut markets: Vec<_> = crash.markets.iter().collect();
    markets.sort_by(|a, b| b.fall.total_cmp(&a.fall));
    let n_left_out = markets.len().saturating_sub(MOST);
    markets.truncate(MOST);
    let name = |name: &str| format!("{} price", label_of_name(name));
    let falls = markets.iter().map(|market| (name(&market.name), lost(market.fall)));
    let wealth = (format!("Your wealth ({amount} of {} lost)", setting.money(before)), crash.cost);
    let falls: Vec<(String, f64)> = once(wealth).chain(falls).collect();
    let is_deepened = markets.first().is_some_and(|most| lost(most.fall) + 0.005 < crash.cost);
    let row = |(name, fall): &(String, f64)| {
        let figures = vec![(signed_share(Quantity::exact(-fall)), Ink::Vermilion)];
        ChartRow::bar(name, -fall, Paint::of(Ink::Vermilion, 45), figures)
    };
    let mut rows: Vec<ChartRow> = falls.iter().map(row).collect();
    // the title is about the first row
    rows[0].marks[0] = RowMark::Bar([0.0, -crash.cost], Paint::solid(Ink::Vermilion));
    rows[0].marks.push(RowMark::Divider { is_above: false });
    let scale = Scale::holding(falls.iter().map(|(_, fall)| -fall));
    let whose = if is_worst { "Worst month".to_owned() } else { format!("Path {}", grouped(worst.path)) };
    Some(Spec {
        finding: format!("{whose}: AI-agent selling takes {amount}, {share} of wealth"),
        reading: format!(
            "Fall by these sales in {}{}; amounts {}{}{}{}",
            spoken_month(&crash.date),
            when(is_worst, " on the path hit hardest"),
            setting.basis,
            when(is_deepened, "; the month's debts and payments make wealth fall more"),
            when(crash.agents.obeyed > 0.0, "; agents sell on a false signal"),
            left_out(n_left_out)
        ),
        shape: Shape::rows(scale, percent_tick, [("fall", Ink::Mute)], rows),
    })
}
