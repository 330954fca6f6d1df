//! The worst month of agent selling: changes of wealth and of each market without and with agents.
//!
//! In: the worst crash. Out: a picture. Not here: the order and the stop-losses of the sales (`replay`).

use super::{PictureKind, Setting, Sketch, left_out, signed, when};
use crate::chart::{Axis, ChartRow, Ink, PAIRED, RowChart, Scale, Shape, Spec, Stamp};
use crate::figure::{Quantity, grouped, percent_tick, signed_fixed, spoken_month};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{CrashMonth, ReplayFacts, lost};
use crate::scenario::label_of_name;
use crate::study::Chosen;

pub const KIND: PictureKind = PictureKind {
    id: "crash_anatomy",
    title: "Worst agent selling",
    doc: "One month of one path: the one in which agents' sales cost the largest share of the owner's wealth. Each row \
          compares the month without agents with the low after all their sales: wealth in money, and the change of each \
          market price. Agents sell at falls of all they hold, or on false signals. `replay` has every sale and its cause.",
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
    if crash.firings.is_empty() {
        return None;
    }
    let mut markets = crash.markets_moved();
    let n_left_out = markets.len().saturating_sub(MOST);
    markets.truncate(MOST);
    let moved = crash.wealth_moved()?;
    let [opening, low] = crash.wealth;
    let ends = Setting::rounded_alike([opening * (1.0 + moved[0]), low]);
    let written = setting.alike(ends.into_iter());
    let cost = written(ends[0] - ends[1]);
    let row = |(name, [without, with]): &(String, [f64; 2])| {
        let change = |value| signed(Quantity::exact(value));
        let mut row = ChartRow::paired(name, Some(*without), Some(*with), change);
        // of the printed figures, so that they subtract
        let [tenths_with, tenths_without] = [*with, *without].map(|change| (1_000.0 * change).round());
        let points = signed_fixed((tenths_with - tenths_without) / 10.0, 1);
        row.figures.push((format!("{points} points"), Ink::Vermilion));
        row
    };
    let mut whole = ChartRow::paired("Wealth", Some(ends[0]), Some(ends[1]), &*written);
    whole.figures.push((format!("{}{cost}", when(cost != setting.money(0.0), "−")), Ink::Vermilion));
    let columns =
        vec![("without agents", PAIRED[0]), ("with agents", PAIRED[1]), ("difference", Ink::Vermilion)];
    let unnamed = columns.iter().map(|(_, ink)| ("", *ink)).collect();
    let of_wealth = Axis::new(Scale::holding(ends.into_iter()), 5, |amount| setting.tick(amount));
    let changes = Scale::holding(markets.iter().flat_map(|(_, ends)| *ends));
    let block = |x: Axis, columns, rows| RowChart { x, origin: (0.0, String::new()), columns, rows };
    let blocks = [
        block(of_wealth, columns, vec![whole]),
        block(
            Axis::new(changes, 7, percent_tick).named("change of market prices"),
            unnamed,
            markets.iter().map(row).collect(),
        ),
    ];
    let whose =
        if is_worst { "Agents' worst month".to_owned() } else { format!("Path {}", grouped(worst.path)) };
    let [without, with] = ends.map(written);
    Some(Spec {
        finding: format!("{whose}: wealth {with} instead of {without}"),
        reading: format!(
            "{}{}; wealth and price changes of that month{}{}",
            spoken_month(&crash.date),
            when(is_worst, " on the path hit hardest in one month"),
            when(crash.agents.obeyed > 0.0, "; they sell on a false signal"),
            left_out(n_left_out)
        ),
        shape: Shape::Rows(blocks.to_vec()),
    })
}

impl CrashMonth {
    /// Returns name and price changes (fractions) of each market, without and with sales, largest price impact first.
    fn markets_moved(&self) -> Vec<(String, [f64; 2])> {
        let mut markets: Vec<_> = self.markets.iter().collect();
        markets.sort_by(|a, b| b.fall.total_cmp(&a.fall));
        let moved = markets.into_iter().map(|market| {
            let ends = [market.loss, market.loss + market.fall].map(|log_loss| -lost(log_loss));
            (label_of_name(&market.name), ends)
        });
        moved.collect()
    }
}
