//! Agents of every kind and number, with normal losses.
//!
//! In: how many there are, how deep markets are in a crisis, how large their impact is. Out: what a report says of
//! them. Not here: runs (`cases`).

use super::super::gain_profile;
use super::samples::NAMES;
use crate::chart::Spec;
use crate::crash::GainProfile;
use crate::engine::Odds;
use crate::math::normal::cdf;
use crate::report::crash::ClusterPart;
use crate::report::{CrashPart, ExceedancePart, PrescribedPart, ReachPart};

/// Standard deviations of the agents' monthly log losses, in the normal regime and in a crisis.
const DEVIATIONS: (f64, f64) = (0.06, 0.12);

/// Returns `n` clusters of agents with adjacent ranges of stop-losses, from a log loss of 0.06 to one of 0.36. Each has
/// the feedback gain `gain`; `depth` is the market depth in a crisis, `None` without crises.
pub fn agents(n: usize, depth: Option<f64>, gain: f64) -> CrashPart {
    let width = 0.3 / n as f64;
    let edges: Vec<f64> = (0..=n).map(|k| 0.06 + width * k as f64).collect();
    between(edges, depth, gain)
}

/// Returns clusters of agents whose stop-losses, as log losses, lie between successive `edges`; see [`agents`].
pub fn between(edges: Vec<f64>, depth: Option<f64>, gain: f64) -> CrashPart {
    let n = edges.len() - 1;
    let above =
        |loss: f64, deviation: f64| Odds { probability: 1.0 - cdf(loss / deviation), std_error: 1e-5 };
    let never = Odds { probability: 0.0, std_error: 0.0 };
    let last = edges[n] * 1.15;
    let losses: Vec<f64> = (0..=60).map(|k| last * f64::from(k) / 60.0).collect();
    let curve =
        |deviation| -> Vec<f64> { losses.iter().map(|loss| above(*loss, deviation).probability).collect() };
    let reach = |calm: Option<f64>, crisis: Option<f64>| {
        let chance = |loss: Option<f64>, deviation| loss.map_or(never, |loss| above(loss, deviation));
        ReachPart {
            loss: calm,
            loss_in_crisis: crisis.filter(|_| depth.is_some()),
            month: chance(calm, DEVIATIONS.0),
            calm_month: chance(calm, DEVIATIONS.0),
            crisis_month: depth.map(|_| chance(crisis, DEVIATIONS.1)),
        }
    };
    let calm = (gain >= 1.0).then_some(edges[0]);
    let crisis = depth.filter(|depth| gain >= *depth).map(|_| edges[0]);
    CrashPart {
        gain: Some(gain),
        gain_in_crisis: depth.map(|depth| gain / depth),
        depth_in_crisis: depth,
        is_still: false,
        clusters: (0..n)
            .map(|k| ClusterPart {
                name: NAMES[k % 12].to_string(),
                share: 1.0 / n as f64,
                first_trigger: edges[k],
                last_trigger: edges[k + 1],
            })
            .collect(),
        prescribed: vec![PrescribedPart { date: "Jul 2028".to_string(), loss: 0.12 }],
        exceedance: Some(ExceedancePart {
            months: 1,
            month: curve(DEVIATIONS.0),
            calm_month: curve(DEVIATIONS.0),
            crisis_month: depth.map(|_| curve(DEVIATIONS.1)),
            losses,
        }),
        first_trigger: Some(reach(Some(edges[0]), Some(edges[0]))),
        self_feeding: calm.or(crisis).map(|_| reach(calm, crisis)),
        profile: GainProfile { edges, gains: vec![gain; n] },
    }
}

pub fn drawn(crash: &CrashPart) -> Spec {
    gain_profile::spec(crash).expect("a linear impact")
}
