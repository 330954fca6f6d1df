//! `[crash]`: agents that sell together, given by the AI models they run on or cluster by cluster.
//!
//! In: the table, the number of markets. Out: [`Crash`]. Not here: the markets they sell in (`market`), the
//! feedback between sales and prices (`crate::crash`).

mod clusters;
mod models;

pub use self::clusters::ClusterEntry;
use self::clusters::Clusters;
use self::models::Models;
use super::FilledIn;
use super::defaults::{Defaults, or_general};
use super::tables::push;
use crate::form::{Diagnostic, Faults, Group, Place, Preset, Reader, Table, Value, fault};
use crate::parameters;
use crate::units::{BandWidth, Blocks, Fraction, ImpactExponent, Intensity, MeanTrigger};

const MAX_CLUSTERS: usize = 16;

/// Largest number of markets in a scenario with agents.
const MAX_MARKETS: usize = 64;

/// Name of the cluster of agents that each have a stop-loss of their own.
pub const DISPERSED: &str = "dispersed";

/// Agents whose sales move prices and make other agents sell, as clusters that the file states or that follow
/// from the other keys of `[crash]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Crash {
    /// Clusters, sorted by the bytes of their names; capital shares add up to 1.
    pub clusters: Vec<ClusterEntry>,
    /// Exponent of the price impact: 1 is linear in the log-price, ½ the square-root law.
    pub impact_exponent: ImpactExponent,
}

parameters! {
    /// AI agents that sell together and trigger each other. Without it no agent sells.
    pub struct CrashKeys {
        /// The models that agents run on, each with its share of the agents' money; the shares add
        /// up to 1. Agents on one model sell together.
        models: Option<Models> = Preset::Absent,
        /// Mean log-loss of a month at which agents sell, whatever the shares: a loss of 0.21 is a
        /// fall of 19 %.
        trigger: MeanTrigger = Preset::Class,
        /// Width of the band of losses over which all agents together sell.
        spread: BandWidth = Preset::Class => "0.30",
        /// Width of the band of losses over which the agents of one model sell.
        band: BandWidth = Preset::Class,
        /// Share of the agents' money whose stop-losses lie in the band of their model. The rest has
        /// stop-losses all over `spread`. With 0 every agent has its own stop-loss, with 1 each model has one
        /// band.
        lockstep: Fraction = Preset::Class => "0.7",
        /// Part of its position that an agent sells.
        sell_fraction: Fraction = Preset::Class => "0.45",
        /// Independent decisions of a cluster of agents: few are lumpy, many are smooth.
        blocks: Blocks = Preset::Class,
        /// False signals that make agents of one model sell without a loss; they hit each model by
        /// itself. A rate of 0 switches them off.
        hallucination: Option<Hallucination> = Preset::Class,
        /// Exponent of the impact of sales on the log-price: 1 is linear, 0.5 the square-root law.
        impact_exponent: ImpactExponent = Preset::Class,
        /// The clusters of agents one by one, as [[crash.cluster]], instead of `models` and what
        /// goes with them.
        cluster: Option<Clusters> = Preset::Absent
            => "[{ name = \"a\", capital_share = 1, first_trigger = 0.18, dispersion = 0.06 }]",
    }
}

parameters! {
    /// False signals that make the agents of a cluster sell without a loss.
    pub struct Hallucination: "table of false signals" = "{ rate = \"0.1/year\", reach = 0.3 }" {
        /// Expected number of false signals per year.
        rate: Option<Intensity> = Preset::Class => "\"0.1/year\"",
        /// Share of the independent decisions that obey a false signal.
        reach: Option<Fraction> = Preset::Class => "0.3",
    }
}

impl Hallucination {
    /// Returns the false signals with absent keys set to the catalog's values, which are added to `filled_in`
    /// below the key `path`. `None` if the rate is zero.
    fn completed(self, path: &str, filled_in: &mut Vec<FilledIn>) -> Option<Self> {
        let at = |key| format!("{path}.{key}");
        let rate = or_general(self.rate, "crash.hallucination.rate", at("rate"), filled_in);
        let reach = or_general(self.reach, "crash.hallucination.reach", at("reach"), filled_in);
        (rate.get() > 0.0).then_some(Self { rate: Some(rate), reach: Some(reach) })
    }
}

/// Keys that derive the clusters from `models`; each of them excludes `cluster`.
const CONSTRUCTOR: [&str; 8] =
    ["models", "trigger", "spread", "band", "lockstep", "sell_fraction", "blocks", "hallucination"];

/// Reads `[crash]` of a scenario with `n_markets` markets; `None` after a fault.
pub fn read_crash(
    table: &Table,
    place: Option<Place>,
    n_markets: usize,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Option<Crash> {
    let before = faults.len();
    let defaults = Defaults::new(&[], "crash");
    let mut reader = Reader::new(table, place, "crash", faults).over(defaults.list());
    let keys = CrashKeys::take(&mut reader);
    check_ways(&mut reader);
    if n_markets > MAX_MARKETS {
        fault!(reader, "range", "{n_markets} markets are too many for agent selling"; "" => "with [crash]";
            rule: "with [crash] a scenario has at most {MAX_MARKETS} markets. An asset without `market` has \
                 its own");
    }
    let mut filled = Vec::new();
    let mut clusters = match (&keys.models, &keys.cluster) {
        (Some(models), None) => models.clusters(&keys, &mut reader, &mut filled),
        (_, Some(clusters)) => clusters.0.clone(),
        (None, None) => Vec::new(),
    };
    let is_explicit = reader.says("cluster");
    if clusters.len() > MAX_CLUSTERS {
        let place = reader.place_of(if is_explicit { "cluster" } else { "models" });
        reader.push(too_many(clusters.len(), place));
    }
    if is_explicit {
        clusters.iter_mut().for_each(|cluster| cluster.complete(&mut filled));
        CONSTRUCTOR.iter().for_each(|key| reader.forget(key));
    }
    filled.extend(defaults.filled_in(reader.finish()));
    if faults.len() > before {
        return None;
    }
    filled_in.extend(filled);
    clusters.sort_by(|a, b| a.name.as_str().cmp(b.name.as_str()));
    Some(Crash { clusters, impact_exponent: keys.impact_exponent })
}

/// Refuses `[crash]` with neither `models` nor `[[crash.cluster]]`, and with keys of both.
fn check_ways(reader: &mut Reader<'_>) {
    if !reader.says("cluster") {
        if !reader.says("models") {
            fault!(reader, "missing", "[crash] has no agents"; "" => "`models` is needed here";
                such_as: "models = {{ frontier-a = 0.6, open-b = 0.4 }}";
                or: "[[crash.cluster]], with one table per cluster"; more: "tailwheel explain crash.models");
        }
        return;
    }
    for key in CONSTRUCTOR {
        if reader.says(key) {
            fault!(reader, "crash", "`{key}` and [[crash.cluster]] both set when agents sell";
                reader.place_of(key) => "this key belongs to `models`";
                "cluster" => "this table sets it for each cluster"; help: "leave one of the two out";
                drop: "crash.{key}");
        }
    }
}

fn too_many(n_clusters: usize, place: Option<Place>) -> Diagnostic {
    fault!("range", "{n_clusters} clusters of agents are too many"; place => "too many clusters";
        rule: "there are at most {MAX_CLUSTERS} clusters, including `{DISPERSED}`")
}

impl Crash {
    /// Returns the `[crash]` table that describes the same agents cluster by cluster.
    pub fn written(&self) -> Table {
        let mut table = Table::default();
        push(&mut table, "impact_exponent", &self.impact_exponent);
        let clusters = self.clusters.iter().map(|cluster| Value::table(cluster.written()));
        table.push("cluster", Value::list(clusters.collect()));
        table
    }
}
