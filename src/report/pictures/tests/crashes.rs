//! Crashes of every sort, for the promises that all charts make.
//!
//! In: sizes. Out: charts. Not here: a cascade; falls and limits are laid out by rule.

use super::super::crash_anatomy;
use super::samples::setting;
use crate::chart::Spec;
use crate::crash::{Counts, Why};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{AllSellers, CrashMonth, FallenMarket, FiringPart, Seller};

/// Parameters of a sample month of agent selling.
pub struct Sample<'a> {
    pub markets: &'a [(&'a str, f64)],
    pub sellers: &'a [(&'a str, u32)],
    /// Numbers of blocks of agents that sell on a false signal, on the market's own loss, and because of others' sales.
    pub causes: [u32; 3],
    pub blocks: u32,
    /// Log fall of the first market by all sales; the other markets fall less.
    pub fall: f64,
}

impl Sample<'_> {
    pub fn chart(&self) -> WorstCrashPart {
        let n = self.causes.iter().sum::<u32>();
        let share = |blocks: u32| f64::from(blocks) / f64::from(self.blocks);
        let done = |number: u32| f64::from(number) / f64::from(n);
        let before = self.markets.iter().map(|(_, loss)| loss).sum::<f64>() / self.markets.len() as f64;
        let deepest = |index: usize| self.fall / (1.0 + index as f64);
        let mean_fall = (0..self.markets.len()).map(deepest).sum::<f64>();
        let after = before + mean_fall / self.markets.len() as f64;
        let markets = self.markets.iter().enumerate().map(|(index, (name, loss))| FallenMarket {
            name: (*name).to_string(),
            loss: *loss,
            fall: deepest(index),
            fall_without_feedback: 0.0,
            given_back: 0.0,
            at_close: 0.0,
            permanent: 0.0,
            half_life: 1.0,
            missing: Vec::new(),
        });
        let sellers = self.sellers.iter().map(|(name, sold)| Seller {
            name: (*name).to_string(),
            capital_share: 200.0 / f64::from(self.blocks),
            first_trigger: 0.05,
            last_trigger: 0.25,
            counts: Counts { blocks: 200, active: 200, fired: *sold, ..Counts::default() },
            loss_before: before,
            loss_after: after,
        });
        let firings = (1..=n).map(|number| FiringPart {
            cluster: String::new(),
            block: number,
            why: Why::Loss,
            threshold: (number > self.causes[0]).then(|| 0.05 + 0.2 * done(number)),
            load: before + (after - before) * done(number),
            cluster_share: 0.0,
            share: share(number),
            falls: (0..self.markets.len()).map(|index| deepest(index) * done(number)).collect(),
        });
        WorstCrashPart {
            path: 4711,
            crash: CrashMonth {
                month: 51,
                date: "2031-03".to_string(),
                regime: None,
                thinning: 1.0,
                cost: 0.341,
                wealth: [3.79e6, 2.11e6],
                agents: AllSellers {
                    obeyed: share(self.causes[0]),
                    alone: share(self.causes[1]),
                    pushed: share(self.causes[2]),
                    sold: share(n),
                    loss_before: before,
                    loss_after: after,
                },
                clusters: sellers.collect(),
                markets: markets.collect(),
                firings: firings.collect(),
            },
        }
    }
}

const FOUR: [(&str, f64); 4] = [("defi", 0.35), ("royalties", 0.08), ("saas", 0.05), ("warehouse", 0.01)];
const THREE_MODELS: [(&str, u32); 3] = [("frontier-a", 200), ("frontier-b", 120), ("open-c", 0)];

/// Returns a sample crash after a market loss, in which more than half of the sales are caused by others' sales.
pub fn ordinary() -> WorstCrashPart {
    Sample { markets: &FOUR, sellers: &THREE_MODELS, causes: [0, 130, 190], blocks: 600, fall: 0.3 }.chart()
}

pub fn spec(worst: &WorstCrashPart) -> Spec {
    crash_anatomy::spec(&setting(1000), worst, true).expect("somebody sold")
}

/// Returns charts of sample crashes: false signals without a loss, a single sale, sales by all agents, many markets and
/// agents, names beyond the font.
pub fn all() -> Vec<Spec> {
    let numbered = |n: usize| -> Vec<String> {
        (0..n).map(|index| format!("a market with a long name, number {index}")).collect()
    };
    let names = numbered(30);
    let many: Vec<(&str, f64)> =
        names.iter().enumerate().map(|(index, name)| (name.as_str(), 0.02 * index as f64)).collect();
    let sellers: Vec<(&str, u32)> = names[..16].iter().map(|name| (name.as_str(), 100)).collect();
    let rising = [("Mühlstraße 7, Zürich", -0.2), ("東京 office", -0.05)];
    let samples = [
        (&FOUR[..], &THREE_MODELS[..], [60, 0, 40], 600, 0.1),
        (&FOUR[..1], &THREE_MODELS[..1], [0, 1, 0], 200, 0.001),
        (&FOUR[..], &THREE_MODELS[..], [0, 600, 0], 600, 4.0),
        (&FOUR[..], &THREE_MODELS[..], [20, 300, 280], 600, 0.5),
        (&many[..], &sellers[..], [0, 20, 1500], 3200, 0.6),
        (&rising[..], &THREE_MODELS[..], [30, 0, 0], 600, 0.02),
        (&FOUR[..2], &THREE_MODELS[..2], [0, 2, 1], 65_000, 0.0001),
    ];
    let mut charts = vec![spec(&ordinary())];
    for (markets, sellers, causes, blocks, fall) in samples {
        let sample = Sample { markets, sellers, causes, blocks, fall };
        charts.push(spec(&sample.chart()));
    }
    charts
}
