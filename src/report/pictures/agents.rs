//! The numbers of the pictures about the loop.
//!
//! In: a scenario with agents, its outcome, its report. Out: charts. Not here: those of every run.

use super::{Source, years_of};
use crate::chart::{Band, Exceedance, Fall, GainProfile, LoopFan, Reach, World};
use crate::figure::Quantity;
use crate::record::WEALTH;
use crate::report::{ChancePart, ReachPart};
use crate::scenario::Crash;

impl Source<'_> {
    /// Nothing without agents that hold anything, or if the impact has no gain.
    pub(super) fn gain_profile(&self) -> Option<GainProfile> {
        let entry = self.scenario.crash.as_ref()?;
        let crash = self.report.scenario.crash.as_ref()?;
        let seen = crash.exceedance.as_ref()?;
        if entry.impact_exponent != 1.0 {
            return None;
        }
        let crisis = self.scenario.crisis.as_ref();
        let prescribed = crash.prescribed.iter().map(|fall| Fall {
            date: fall.date.clone(),
            loss: fall.loss,
        });
        Some(GainProfile {
            edges: crash.profile_edges.clone(),
            gains: crash.profile_gains.clone(),
            thinning: crisis.map(|crisis| 1.0 / crisis.depth),
            bands: bands(entry),
            prescribed: prescribed.collect(),
            exceedance: Exceedance {
                losses: seen.losses.clone(),
                calm: seen.calm_month.clone(),
                crisis: seen.crisis_month.clone(),
            },
            first_trigger: reach(crash.first_trigger.as_ref()?),
            self_feeding: crash.self_feeding.as_ref().map(reach),
        })
    }

    /// Nothing without a twin of the run in which agents do not sell.
    pub(super) fn loop_fan(&self) -> Option<LoopFan> {
        let with = self.outcome.series(WEALTH)?;
        let without = self.outcome.series(WEALTH.without_feedback())?;
        let world = |series, prefix: &str| {
            let at_end =
                |level: &str| self.measured(&format!("{prefix}wealth.terminal.real.{level}"));
            Some(World {
                quantiles: self.quantiles(series, 1.0, &at_end)?,
                p05: at_end("p05")?,
                p50: at_end("p50")?,
                p95: at_end("p95")?,
            })
        };
        Some(LoopFan {
            currency: self.currency(),
            basis: self.basis(),
            years: years_of(with),
            n_paths: self.scenario.paths,
            put_in: self.outcome.money_in,
            with: world(with, "")?,
            without: world(without, "without_feedback.")?,
            median_change: self.median_change(),
        })
    }

    /// Change of the median at the horizon by the loop, of the median without it.
    fn median_change(&self) -> Option<Quantity> {
        let change = self.measured("amplification.wealth.terminal.real.p50")?;
        let without = self.measured("without_feedback.wealth.terminal.real.p50")?;
        (without.value > 0.0).then(|| change.times(1.0 / without.value))
    }
}

/// The clusters, the first to sell first.
fn bands(entry: &Crash) -> Vec<Band> {
    let mut bands: Vec<Band> = entry
        .clusters
        .iter()
        .map(|cluster| Band {
            name: cluster.name.clone(),
            share: cluster.capital_share,
            first: cluster.first_trigger,
            last: cluster.first_trigger + cluster.dispersion,
        })
        .collect();
    bands.sort_by(|a, b| a.first.total_cmp(&b.first));
    bands
}

fn reach(part: &ReachPart) -> Reach {
    let chance = |chance: &ChancePart| Quantity {
        value: chance.probability,
        std_error: chance.std_error,
    };
    Reach {
        loss: part.loss,
        loss_in_crisis: part.loss_in_crisis,
        month: chance(&part.month),
        calm_month: chance(&part.calm_month),
        crisis_month: part.crisis_month.as_ref().map(chance),
    }
}
