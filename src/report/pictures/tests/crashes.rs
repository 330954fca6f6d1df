//! Crashes of every sort, for the promises that all charts make.
//!
//! In: sizes. Out: charts. Not here: a cascade; falls and limits are laid out by rule.

use super::super::crash_anatomy;
use super::samples::setting;
use crate::chart::Spec;
use crate::crash::{Counts, Why};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{AllSellers, AssetLoss, CrashMonth, FallenMarket, FiringPart, Seller};

/// Returns a sample month of agent selling in these markets, each with its own log loss, and by these agents, each with
/// the blocks of 200 that sell. `causes` are the blocks out of `blocks` that sell on a false signal, on the market's own
/// loss, and because of others' sales. All sales make the first market fall by the log loss `fall`, the others by less.
fn chart(
    markets: &[(&str, f64)],
    sellers: &[(&str, u32)],
    causes: [u32; 3],
    blocks: u32,
    fall: f64,
) -> WorstCrashPart {
    let n = causes.iter().sum::<u32>();
    let share = |blocks: u32| f64::from(blocks) / f64::from(blocks);
    let done = |number: u32| f64::from(number) / f64::from(n);
    let before = markets.iter().map(|(_, loss)| loss).sum::<f64>() / markets.len() as f64;
    let deepest = |index: usize| fall / (1.0 + index as f64);
    let mean_fall = (0..markets.len()).map(deepest).sum::<f64>();
    let after = before + mean_fall / markets.len() as f64;
    let fallen = markets.iter().enumerate().map(|(index, (name, loss))| FallenMarket {
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
    let assets = markets.iter().enumerate().map(|(index, (name, _))| AssetLoss {
        name: (*name).to_string(),
        lost: 1.09e6 * deepest(index) / mean_fall,
    });
    let clusters = sellers.iter().map(|(name, sold)| Seller {
        name: (*name).to_string(),
        capital_share: 200.0 / f64::from(blocks),
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
        threshold: (number > causes[0]).then(|| 0.05 + 0.2 * done(number)),
        load: before + (after - before) * done(number),
        cluster_share: 0.0,
        share: share(number),
        falls: (0..markets.len()).map(|index| deepest(index) * done(number)).collect(),
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
                obeyed: share(causes[0]),
                alone: share(causes[1]),
                pushed: share(causes[2]),
                sold: share(n),
                loss_before: before,
                loss_after: after,
            },
            clusters: clusters.collect(),
            markets: fallen.collect(),
            assets: assets.collect(),
            firings: firings.collect(),
        },
    }
}

const FOUR: [(&str, f64); 4] = [("defi", 0.35), ("royalties", 0.08), ("saas", 0.05), ("warehouse", 0.01)];
const THREE_MODELS: [(&str, u32); 3] = [("frontier-a", 200), ("frontier-b", 120), ("open-c", 0)];

/// Returns a sample crash after a market loss, in which more than half of the sales are caused by others' sales.
pub fn ordinary() -> WorstCrashPart {
    chart(&FOUR, &THREE_MODELS, [0, 130, 190], 600, 0.3)
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
        charts.push(spec(&chart(markets, sellers, causes, blocks, fall)));
    }
    charts
}
