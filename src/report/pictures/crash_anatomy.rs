//! The worst month of agent selling: what wealth and each market do without agents and with them.
//!
//! In: the worst crash. Out: a picture. Not here: who sold in which order and at which limit (`replay`).

use super::{Kind, Setting, Sketch, left_out, signed};
use crate::chart::{Ink, Row, RowMark, Scale, Shape, Spec, Stamp};
use crate::figure::{Quantity, counted, grouped, percent_tick, spoken_month};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{CrashMonth, ReplayFacts, lost};
use crate::scenario::label_of_name;
use crate::study::Chosen;

pub const KIND: Kind = Kind {
    id: "crash_anatomy",
    title: "Worst agent selling",
    doc: "One month of one path: the one in which agents' sales cost the largest share of the owner's wealth. Each row is \
          the change since the start of the month: without agents (gray) and at the low after all their sales (blue). \
          Wealth comes first, then the markets, the one that sales push down most first. `replay` lists which stop-loss \
          caused which sale, and how much of the fall recovers.",
    of: Some(|source| spec(&source.setting, source.report.worst_crash.as_ref()?, true)),
};

/// Markets drawn at most.
const MOST: usize = 11;

impl ReplayFacts {
    /// The crash as a picture, if anybody sold.
    pub fn sketch(&self) -> Option<Sketch> {
        let (of, run) = (&self.scenario, &self.run);
        let stamp = Stamp::new(&of.title, run.seeds, run.paths, &of.model_digest);
        let worst = WorstCrashPart::thinned(self.path, self.crash.clone()?)?;
        let start = of.start.parse().ok()?;
        let setting = Setting::of(&of.currency, start, run.months, run.paths);
        let is_worst = self.chosen == Chosen::DeepestSale;
        KIND.sketch(&spec(&setting, &worst, is_worst)?, &stamp)
    }
}

/// Nothing unless somebody sold and something is left; `is_worst` if agents cost no path more.
pub fn spec(setting: &Setting, worst: &WorstCrashPart, is_worst: bool) -> Option<Spec> {
    let crash = &worst.crash;
    let which = match is_worst {
        true => format!("Costliest month in {}", counted(setting.n_paths as usize, "path")),
        false => format!("Path {}", grouped(worst.path)),
    };
    if crash.firings.is_empty() {
        return None;
    }
    let (wealth, mut markets) = (crash.wealth_moved()?, crash.markets_moved());
    let n_left_out = markets.len().saturating_sub(MOST);
    markets.truncate(MOST);
    let row = |name: &str, ends: [f64; 2]| {
        let [without, with] = ends.map(|end| (Some(end), signed(Quantity::exact(end))));
        Row::dumbbell(name, [(without.0, without.1, Ink::Mute), (with.0, with.1, Ink::Blue)])
    };
    let mut rows = vec![row("Wealth", wealth)];
    rows[0].marks.push(RowMark::Apart { is_above: false });
    rows.extend(markets.iter().map(|(name, ends)| row(name, *ends)));
    let all = markets.iter().map(|(_, ends)| *ends).chain([wealth]);
    let scale = Scale::holding(all.flatten());
    let [without, with] = wealth.map(|end| signed(Quantity::exact(end)));
    let [opening, low] = crash.wealth.map(|amount| setting.money(amount));
    Some(Spec {
        finding: format!("{which}: agents turn {without} into {with}"),
        reading: format!(
            "{}: wealth goes from {opening} to {low} at its low; change of wealth and prices without agents (gray) and with \
             them (blue){}",
            spoken_month(&crash.date),
            left_out(n_left_out)
        ),
        shape: Shape::rows(
            scale,
            percent_tick,
            [("without agents", Ink::Mute), ("with agents", Ink::Blue)],
            rows,
        ),
    })
}

impl CrashMonth {
    /// Change of wealth without the sales and at its low; nothing where one of them is not known.
    fn wealth_moved(&self) -> Option<[f64; 2]> {
        let [opening, low] = self.wealth;
        // the cost is a share of what there would have been without the sales
        let is_known = opening > 0.0 && self.cost < 1.0;
        is_known.then(|| [low / (1.0 - self.cost), low].map(|wealth| wealth / opening - 1.0))
    }

    /// Changes of the price of each market without the sales and after them, the most pushed first.
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
