//! The cascade of a month in the shape of the report.
//!
//! In: a replay and a month of it. Out: [`CrashMonth`]. Not here: the order of the firings
//! (`crash`), wording (`crash_text`).

use super::document::{
    AllSellers, CrashMonth, FallenMarket, FiringPart, Seller, date_of, loop_month, regime,
};
use crate::crash::{Anatomy, Counts, Loop, LoopLegend, LoopMonth, Probe, Why};
use crate::engine::Replay;
use crate::scenario::Scenario;

/// Months after a crash that are followed.
pub(super) const MONTHS_AFTER: u32 = 12;

/// Steps of a month in which the way back is drawn.
const STEPS: u32 = 8;

/// The anatomy of `month`; of one in which nobody sold it has no firings.
pub(super) fn crash_month(scenario: &Scenario, replay: &Replay, month: u32) -> Option<CrashMonth> {
    let legend = replay.legend.crash.as_ref()?;
    let met = loop_month(replay, month)?;
    let anatomy = legend.probe.anatomy(&met);
    let spec = legend.probe.spec();
    let clusters: Vec<Seller> = (0..spec.names.len())
        .map(|g| seller(&legend.probe, &anatomy, g))
        .collect();
    let share = |of: fn(&Counts) -> u32| anatomy.by_money(&spec.system, of);
    let (loss_before, loss_after) = anatomy.measured_losses(&spec.system);
    Some(CrashMonth {
        month,
        date: date_of(scenario, month),
        regime: regime(replay, month),
        thinning: met.thinning,
        agents: AllSellers {
            obeyed: share(|counts| counts.obeyed),
            alone: share(|counts| counts.alone),
            pushed: share(Counts::pushed),
            sold: share(|counts| counts.fired),
            loss_before,
            loss_after,
        },
        markets: (0..legend.markets.len())
            .map(|market| fallen(legend, &met, &anatomy, market))
            .collect(),
        firings: firings(spec, &anatomy),
        clusters,
    })
}

fn seller(probe: &Probe, anatomy: &Anatomy, g: usize) -> Seller {
    let cluster = &probe.spec().system.clusters[g];
    let counts = anatomy.counts[g];
    Seller {
        name: probe.spec().names[g].clone(),
        capital_share: cluster.capital_share,
        first_trigger: cluster.first_trigger,
        last_trigger: cluster.last_trigger(),
        blocks: counts.blocks,
        active: counts.active,
        obeyed: counts.obeyed,
        alone: counts.alone,
        pushed: counts.pushed(),
        fired: counts.fired,
        loss_before: anatomy.loads_before[g],
        loss_after: anatomy.loads_after[g],
    }
}

fn fallen(legend: &LoopLegend, met: &LoopMonth, anatomy: &Anatomy, market: usize) -> FallenMarket {
    let probe = &legend.probe;
    let missing = |months: f64| probe.still_missing(market, met.population, months);
    let fine = (0..=MONTHS_AFTER * STEPS + STEPS / 2).map(|step| {
        let months = f64::from(step) / f64::from(STEPS);
        (months, missing(months))
    });
    let fall = met.falls[market];
    FallenMarket {
        name: legend.markets[market].clone(),
        loss: met.losses[market],
        fall,
        fall_without_feedback: anatomy.falls_after(anatomy.n_unprompted())[market],
        given_back: match met.has_sales() {
            true => met.at_trough[market] + fall,
            false => 0.0,
        },
        at_close: met.at_close[market],
        permanent: probe.spec().permanent[market],
        half_life: probe.spec().recoveries[met.population].half_life[market],
        missing: (0..=MONTHS_AFTER)
            .map(|months| missing(f64::from(months) + 0.5))
            .collect(),
        missing_finely: fine.collect(),
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
                why: firing.why.id(),
                threshold: (firing.why != Why::Obeyed).then_some(firing.threshold),
                load: firing.load,
                cluster_share: f64::from(firing.fired) / f64::from(of_cluster),
                share,
                falls: anatomy.falls_after(n_fired).to_vec(),
                cluster_index: firing.cluster,
            }
        })
        .collect()
}
