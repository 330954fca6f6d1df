//! The cascade of a month in the shape of the report.
//!
//! In: a replay and a month of it. Out: [`CrashMonth`]. Not here: the order of the firings
//! (`crash`).

use super::document::ReplayReport;
use crate::crash::{Anatomy, Counts, Loop, LoopLegend, LoopMonth, Why};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Months after a crash that are followed.
const MONTHS_AFTER: u32 = 12;

/// A regime of the markets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Regime {
    Calm,
    Crisis,
}

/// The anatomy of a month; losses, limits and falls are of log prices.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrashMonth {
    pub month: u32,
    pub date: String,
    pub regime: Option<Regime>,
    /// How many times as far as in a normal regime a sale moves prices.
    pub thinning: f64,
    /// What the sales cost at the low, a share of the wealth that there would have been without them; 0 if nobody sold.
    pub cost: f64,
    /// Wealth at the start of the month and at its low inside the month, real.
    pub wealth: [f64; 2],
    /// All agents, counted by their money.
    pub agents: AllSellers,
    pub clusters: Vec<Seller>,
    pub markets: Vec<FallenMarket>,
    /// In the order in which blocks sold.
    pub firings: Vec<FiringPart>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AllSellers {
    /// Shares of the agents' money, as in [`Seller`].
    pub obeyed: f64,
    pub alone: f64,
    pub pushed: f64,
    pub sold: f64,
    /// Loss as the agents measure it, the mean log-loss of what they hold: before anybody sold and
    /// at the end.
    pub loss_before: f64,
    pub loss_after: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Seller {
    pub name: String,
    pub capital_share: f64,
    pub first_trigger: f64,
    pub last_trigger: f64,
    #[serde(flatten)]
    pub counts: Counts,
    pub loss_before: f64,
    pub loss_after: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FallenMarket {
    pub name: String,
    pub loss: f64,
    /// Fall by all sales, and by those alone that needed no others.
    pub fall: f64,
    pub fall_without_feedback: f64,
    /// What earlier falls gave back up to the trough.
    pub given_back: f64,
    pub at_close: f64,
    /// Part of the fall that never comes back.
    pub permanent: f64,
    /// Months in which half of the rest does.
    pub half_life: f64,
    /// Part of the fall still missing at the close and 1, 2 … months after it.
    pub missing: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FiringPart {
    pub cluster: String,
    pub block: u32,
    pub why: Why,
    /// Null for a block that obeys.
    pub threshold: Option<f64>,
    /// Loss that it saw.
    pub load: f64,
    /// Share of its cluster and of all agents (by money) that have sold, this block included.
    pub cluster_share: f64,
    pub share: f64,
    /// Fall of every market, in the order of `markets`.
    pub falls: Vec<f64>,
}

impl ReplayReport<'_> {
    /// The anatomy of `month`, if there is a loop; of one in which nobody sold it has no firings.
    pub(in crate::report) fn crash_month(&self, month: u32) -> Option<CrashMonth> {
        let legend = self.replay.legend.crash.as_ref()?;
        let met = self.loop_month(month)?;
        let anatomy = legend.probe.anatomy(&met);
        let spec = legend.probe.spec();
        let share = |of: fn(&Counts) -> u32| anatomy.by_money(&spec.system, of);
        let (loss_before, loss_after) = anatomy.measured_losses(&spec.system);
        Some(CrashMonth {
            month,
            date: self.date_of(month),
            regime: self.regime(month),
            thinning: met.thinning,
            cost: match anatomy.firings.is_empty() {
                true => 0.0,
                false => self.replay.taken(month),
            },
            wealth: self.replay.fall_of_wealth(month),
            agents: AllSellers {
                obeyed: share(|counts| counts.obeyed),
                alone: share(|counts| counts.alone),
                pushed: share(|counts| counts.pushed),
                sold: share(|counts| counts.fired),
                loss_before,
                loss_after,
            },
            clusters: (0..spec.names.len()).map(|g| seller(spec, &anatomy, g)).collect(),
            markets: (0..legend.markets.len())
                .map(|market| fallen(legend, &met, &anatomy, market))
                .collect(),
            firings: firings(spec, &anatomy),
        })
    }
}

fn seller(spec: &Loop, anatomy: &Anatomy, g: usize) -> Seller {
    let cluster = &spec.system.clusters[g];
    Seller {
        name: spec.names[g].clone(),
        capital_share: cluster.capital_share,
        first_trigger: cluster.first_trigger,
        last_trigger: cluster.last_trigger(),
        counts: anatomy.counts[g],
        loss_before: anatomy.loads_before[g],
        loss_after: anatomy.loads_after[g],
    }
}

fn fallen(legend: &LoopLegend, met: &LoopMonth, anatomy: &Anatomy, market: usize) -> FallenMarket {
    let probe = &legend.probe;
    // a month closes half a month after its low
    let at_close = |after: u32| probe.still_missing(market, met.population, f64::from(after) + 0.5);
    let of_month = met.markets[market];
    FallenMarket {
        name: legend.markets[market].clone(),
        loss: of_month.loss,
        fall: of_month.fall,
        fall_without_feedback: anatomy.falls_after(anatomy.n_unprompted())[market],
        given_back: if met.has_sales() { of_month.at_trough + of_month.fall } else { 0.0 },
        at_close: of_month.at_close,
        permanent: probe.spec().permanent[market],
        half_life: probe.spec().recoveries[met.population].half_life[market],
        missing: (0..=MONTHS_AFTER).map(at_close).collect(),
    }
}

fn firings(spec: &Loop, anatomy: &Anatomy) -> Vec<FiringPart> {
    let sold = anatomy.sold_by_money(&spec.system);
    let numbered = (1..).zip(&anatomy.firings).zip(sold);
    numbered
        .map(|((n_fired, firing), share)| {
            let of_cluster = anatomy.counts[firing.cluster].blocks;
            FiringPart {
                cluster: spec.names[firing.cluster].clone(),
                block: firing.block,
                why: firing.why,
                threshold: (firing.why != Why::Obeyed).then_some(firing.threshold),
                load: firing.load,
                cluster_share: f64::from(firing.fired) / f64::from(of_cluster),
                share,
                falls: anatomy.falls_after(n_fired).to_vec(),
            }
        })
        .collect()
}
