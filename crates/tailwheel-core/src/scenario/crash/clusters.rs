//! `[[crash.cluster]]`: clusters of agents, described one by one.
//!
//! In: an array of tables. Out: [`ClusterEntry`]s. Not here: clusters derived from `models`.

use super::super::FilledIn;
use super::super::defaults::or_general;
use super::super::names::{Name, Spelled, refuse_twins};
use super::super::shares::{self, total_fault};
use super::{ClusterEntry, HallucinationKeys, MAX_CLUSTERS, too_many};
use crate::form::{
    Diagnostic, Faults, Field, Group, Parameter, Place, Preset, Reader, Shape, Unit, Value, fault, noun,
};
use crate::parameters;
use crate::random::name_key;
use crate::units::{BandWidth, Blocks, FirstTrigger, Fraction, PositiveShare};

parameters! {
    /// Keys of one cluster of agents.
    pub struct ClusterKeys {
        /// Refers to this cluster in assignments and the report; used once.
        name: Name = Preset::Required,
        /// Share of the agents' money in this cluster; all shares add up to 1.
        capital_share: PositiveShare = Preset::Required,
        /// Log-loss of a month at which its first agents sell.
        first_trigger: FirstTrigger = Preset::Required,
        /// Width of the band of losses over which its agents sell.
        dispersion: BandWidth = Preset::Required,
        /// Part of its position that an agent sells; as `crash.sell_fraction`.
        sell_fraction: Option<Fraction> = Preset::Class => "0.45",
        /// Number of its independent decisions, as `crash.blocks`.
        blocks: Option<Blocks> = Preset::Class,
        /// False signals that make its agents sell without a loss.
        hallucination: Option<HallucinationKeys> = Preset::Absent,
    }
}

/// Clusters in the file, in its order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Clusters {
    list: Vec<ClusterKeys>,
}

impl Parameter for Clusters {
    const UNIT: Unit = Unit {
        name: "array of tables",
        examples: &["[{ name = \"a\", capital_share = 1, first_trigger = 0.18, dispersion = 0.06 }]"],
        shape: Shape::List(&Shape::Table(ClusterKeys::FIELDS), 1, MAX_CLUSTERS),
    };

    fn read(value: &Value, _: &Field, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let items = value.as_list().filter(|items| !items.is_empty());
        let Some(items) = items else {
            faults.push(not_an_array(value));
            return None;
        };
        if items.len() > MAX_CLUSTERS {
            faults.push(too_many(items.len(), value.place));
            return None;
        }
        let list: Vec<Cluster> = items.iter().filter_map(|item| cluster(item, faults)).collect();
        let named = |cluster: &Cluster| cluster.name.clone();
        let named: Vec<Spelled> = list.iter().map(named).collect();
        refuse_twins("cluster", &named, name_key, faults);
        if faults.len() == before {
            check_total(&list, faults);
        }
        let list = list.into_iter().map(|cluster| cluster.keys).collect();
        (faults.len() == before).then_some(Self { list })
    }
}

/// A cluster with the places of its name and share, which are compared across clusters.
struct Cluster {
    keys: ClusterKeys,
    name: Spelled,
    share_place: Option<Place>,
}

fn cluster(item: &Value, faults: &mut Faults) -> Option<Cluster> {
    let Some(table) = item.as_table() else {
        faults.push(not_an_array(item));
        return None;
    };
    let label = table.get("name").and_then(|entry| entry.value.as_text());
    let label = label.unwrap_or_default();
    let (path, noun) = (format!("crash.cluster.{label}"), noun("cluster", label));
    let mut reader = Reader::inline(table, item.place, "cluster", faults).named(path, noun);
    let keys = ClusterKeys::take(&mut reader);
    let name = reader.spelled("name");
    let share_place = reader.place_of("capital_share");
    reader.finish();
    Some(Cluster { keys, name, share_place })
}

fn not_an_array(value: &Value) -> Diagnostic {
    let label = match value.as_list() {
        Some(_) => "this list is empty".to_owned(),
        None => format!("this is {}", value.sort()),
    };
    fault!("type", "`cluster` is an array of tables"; value.place => "{label}"; write: "[[crash.cluster]]")
}

fn check_total(list: &[Cluster], faults: &mut Faults) {
    let share = |cluster: &Cluster| cluster.keys.capital_share.get();
    let all: Vec<f64> = list.iter().map(share).collect();
    let Some((last, others)) = list.split_last() else {
        return;
    };
    let what = "the capital shares of the clusters";
    if let Some(mut fault) = total_fault(what, &all, last.share_place) {
        for other in others {
            fault = fault.and(other.share_place, "");
        }
        faults.push(fault.rule(shares::RULE));
    }
}

impl Clusters {
    /// Returns the clusters, completed from the catalog; values used are added to `filled_in`.
    pub fn entries(&self, filled_in: &mut Vec<FilledIn>) -> Vec<ClusterEntry> {
        let mut entry = |keys: &ClusterKeys| {
            let name = keys.name.as_str();
            let path = |key: &str| format!("crash.cluster.{name}.{key}");
            let (key, at) = ("crash.sell_fraction", path("sell_fraction"));
            let sell_fraction = or_general(keys.sell_fraction, key, at, filled_in);
            let blocks = or_general(keys.blocks, "crash.blocks", path("blocks"), filled_in);
            let hallucination = keys.hallucination.as_ref();
            ClusterEntry {
                name: name.to_owned(),
                capital_share: keys.capital_share.get(),
                first_trigger: keys.first_trigger.get(),
                dispersion: keys.dispersion.get(),
                sell_fraction: sell_fraction.get(),
                blocks: blocks.get(),
                hallucination: hallucination.and_then(|keys| keys.filled(&path("hallucination"), filled_in)),
            }
        };
        self.list.iter().map(&mut entry).collect()
    }
}
