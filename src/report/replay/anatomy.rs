//! Anatomy of the crash of one month: agents, markets and sales, as the report contains them.
//!
//! In: a replay and one of its months. Out: [`CrashMonth`]. Not here: the order of the sales (`crash`).

use super::{Regime, ReplayReport};
use crate::crash::{Anatomy, Counts, Feedback, FeedbackMonth, Probe, Why};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Number of months after a crash for which the recovery of prices is reported.
const MONTHS_AFTER: u32 = 12;

/// Anatomy of the crash of one month. Losses, stop-losses and falls of prices are logarithms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CrashMonth {
    pub month: u32,
    pub date: String,
    pub regime: Option<Regime>,
    /// Price impact of a sale as a multiple of that in the normal regime: 1, or more in a crisis.
    pub thinning: f64,
    /// Cost of the month's sales at the intramonth low, as a fraction of the wealth there without them; 0 if nobody sold.
    pub cost: f64,
    /// Wealth at the start of the month and at its intramonth low, before income and bills, real.
    pub wealth: [f64; 2],
    /// All agents together, weighted by their money.
    pub agents: AllSellers,
    pub clusters: Vec<Seller>,
    pub markets: Vec<FallenMarket>,
    /// What the month's sales took from each asset; empty in files of older versions.
    #[serde(default)]
    pub assets: Vec<AssetLoss>,
    /// Sales by blocks of agents, in the order in which they happened.
    pub firings: Vec<FiringPart>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AllSellers {
    /// Share of the agents' money that sold on a false signal.
    pub obeyed: f64,
    /// Share of the agents' money that sold because of the market's own loss.
    pub alone: f64,
    /// Share of the agents' money that sold only because of the sales of others.
    pub pushed: f64,
    /// Share of the agents' money that sold for any reason.
    pub sold: f64,
    /// Mean log loss of the agents' holdings before any sale.
    pub loss_before: f64,
    /// Mean log loss of the agents' holdings after the last sale.
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
    /// Log fall of the market caused by all sales.
    pub fall: f64,
    /// Log fall of the market caused by sales that needed no sales of others.
    pub fall_without_feedback: f64,
    /// Log recovery from falls of earlier months, up to the intramonth low.
    pub given_back: f64,
    pub at_close: f64,
    /// Fraction of the market's fall by sales that is permanent.
    pub permanent: f64,
    /// Half-life of the temporary part of the price fall, in months.
    pub half_life: f64,
    /// Fraction of the market's fall by sales that is still missing at the close, and 1, 2 … months later.
    pub missing: Vec<f64>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct AssetLoss {
    pub name: String,
    /// Amount by which the month's sales lowered the asset's value at the intramonth low, real.
    pub lost: f64,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FiringPart {
    pub cluster: String,
    pub block: u32,
    pub why: Why,
    /// Log loss at which the block of agents sells (its stop-loss); null if it obeys a false signal.
    pub threshold: Option<f64>,
    /// Log loss of its cluster's holdings when the block of agents sold.
    pub load: f64,
    /// Share of the cluster's blocks of agents that have sold, this one included.
    pub cluster_share: f64,
    /// Share of all agents, by money, that have sold, this block of agents included.
    pub share: f64,
    /// Log fall of every market after this sale, in the order of `markets`.
    pub falls: Vec<f64>,
}

impl ReplayReport<'_> {
    /// Builds the anatomy of a simulated month; `None` without agents. It has no `firings` if nobody sold.
    pub(in crate::report) fn crash_month(&self, month: u32) -> Option<CrashMonth> {
        let probe = self.replay.legend.crash.as_ref()?;
        let met = self.loop_month(month)?;
        let anatomy = probe.anatomy(&met);
        let spec = probe.spec();
        let share = |of: fn(&Counts) -> u32| anatomy.by_money(&spec.system, of);
        let (loss_before, loss_after) = anatomy.measured_losses(&spec.system);
        Some(CrashMonth {
            month,
            date: self.scenario.date_of(month),
            regime: self.regime(month),
            thinning: met.thinning,
            cost: if anatomy.firings.is_empty() { 0.0 } else { self.replay.taken(month) },
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
            markets: (0..spec.markets.len()).map(|market| fallen(probe, &met, &anatomy, market)).collect(),
            assets: self.losses_of_assets(month),
            firings: firings(spec, &anatomy),
        })
    }

    fn losses_of_assets(&self, month: u32) -> Vec<AssetLoss> {
        let of_month = &self.replay.months[month as usize];
        let lost = |row| of_month.worlds[0].rows.get(row) / of_month.price_level;
        let assets = self.replay.legend.lost_at_low.iter();
        assets.map(|(name, row)| AssetLoss { name: name.clone(), lost: lost(*row) }).collect()
    }
}

fn seller(spec: &Feedback, anatomy: &Anatomy, g: usize) -> Seller {
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

fn fallen(probe: &Probe, met: &FeedbackMonth, anatomy: &Anatomy, market: usize) -> FallenMarket {
    // the close is half a month after the low
    let at_close = |after: u32| probe.still_missing(market, met.population, f64::from(after) + 0.5);
    let of_month = met.markets[market];
    FallenMarket {
        name: probe.spec().markets[market].clone(),
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

fn firings(spec: &Feedback, anatomy: &Anatomy) -> Vec<FiringPart> {
    let sold = anatomy.sold_by_money(&spec.system);
    (1..)
        .zip(&anatomy.firings)
        .zip(sold)
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
