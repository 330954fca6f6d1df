//! `[[crash.cluster]]`: clusters of agents, described one by one.
//!
//! In: an array of tables. Out: [`ClusterEntry`]s. Not here: clusters derived from `models`.

use super::super::FilledIn;
use super::super::defaults::or_general;
use super::super::names::{Name, Spelled, refuse_twins};
use super::super::shares::{self, total_fault};
use super::{Hallucination, MAX_CLUSTERS, too_many};
use crate::crash::{self, Cluster};
use crate::form::{
    At, Diagnostic, Faults, Field, Group, Parameter, Preset, Reader, Shape, Unit, Value, fault, noun,
};
use crate::parameters;
use crate::units::{BandWidth, Blocks, FirstTrigger, Fraction, PositiveShare};

parameters! {
    /// A cluster of agents: they run on one model with one policy. Every key is set once it has been read.
    pub struct ClusterEntry {
        /// Name of the cluster in `--set` and in the report. No two clusters have the same name.
        name: At<Name> = Preset::Required,
        /// Share of the agents' money in this cluster; all shares add up to 1.
        capital_share: At<PositiveShare> = Preset::Required,
        /// Log-loss of a month at which its first agents sell.
        first_trigger: FirstTrigger = Preset::Required,
        /// Width of the band of losses over which its agents sell.
        dispersion: BandWidth = Preset::Required,
        /// Part of its position that an agent sells; as `crash.sell_fraction`.
        sell_fraction: Option<Fraction> = Preset::Class => "0.45",
        /// Number of its independent decisions, as `crash.blocks`.
        blocks: Option<Blocks> = Preset::Class,
        /// False signals that make its agents sell without a loss.
        hallucination: Option<Hallucination> = Preset::Absent,
    }
}

impl ClusterEntry {
    /// Parameters of the cluster of agents for the simulation, without its name and its false signals.
    pub fn agents(&self) -> Cluster {
        Cluster {
            capital_share: self.capital_share.get(),
            first_trigger: self.first_trigger.get(),
            dispersion: self.dispersion.get(),
            sell_fraction: self.sell_fraction.unwrap_or_default().get(),
            n_blocks: self.blocks.unwrap_or_default().get(),
        }
    }

    /// False signals of the cluster, as the simulation takes them; `None` if there are none.
    pub fn signals(&self) -> Option<crash::Hallucination> {
        let signals = self.hallucination.as_ref()?;
        Some(crash::Hallucination { rate: signals.rate?.get(), reach: signals.reach?.get() })
    }

    /// Sets absent keys of the cluster to the catalog's values, which are added to `filled_in`.
    pub fn complete(&mut self, filled_in: &mut Vec<FilledIn>) {
        let path = |key: &str| format!("crash.cluster.{}.{key}", self.name.as_str());
        let [sell_fraction, blocks, signals] = ["sell_fraction", "blocks", "hallucination"].map(path);
        self.sell_fraction =
            Some(or_general(self.sell_fraction, "crash.sell_fraction", sell_fraction, filled_in));
        self.blocks = Some(or_general(self.blocks, "crash.blocks", blocks, filled_in));
        self.hallucination = self.hallucination.take().and_then(|own| own.completed(&signals, filled_in));
    }
}

/// The `[[crash.cluster]]` tables of a file, in the order of the file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Clusters(pub Vec<ClusterEntry>);

impl Parameter for Clusters {
    const UNIT: Unit = Unit {
        name: "array of tables",
        examples: &["[{ name = \"a\", capital_share = 1, first_trigger = 0.18, dispersion = 0.06 }]"],
        shape: Shape::List(&Shape::Table(ClusterEntry::FIELDS), 1, MAX_CLUSTERS),
    };

    fn read(value: &Value, _: &Field, faults: &mut Faults) -> Option<Self> {
        let before = faults.len();
        let Some(items) = value.as_list().filter(|items| !items.is_empty()) else {
            return faults.refuse(not_an_array(value));
        };
        if items.len() > MAX_CLUSTERS {
            return faults.refuse(too_many(items.len(), value.place));
        }
        let list: Vec<ClusterEntry> = items.iter().filter_map(|item| cluster(item, faults)).collect();
        refuse_twins("cluster", list.iter().map(|cluster| Spelled::from(&cluster.name)), faults);
        if faults.len() == before {
            check_total(&list, faults);
        }
        (faults.len() == before).then_some(Self(list))
    }
}

fn cluster(item: &Value, faults: &mut Faults) -> Option<ClusterEntry> {
    let Some(table) = item.as_table() else { return faults.refuse(not_an_array(item)) };
    let label = table.text("name").unwrap_or_default();
    let (path, noun) = (format!("crash.cluster.{label}"), noun("cluster", label));
    let mut reader = Reader::inline(table, item.place, "cluster", faults).named(path, noun);
    let cluster = ClusterEntry::take(&mut reader);
    reader.finish();
    Some(cluster)
}

fn not_an_array(value: &Value) -> Diagnostic {
    let label = match value.as_list() {
        Some(_) => "this list is empty".to_owned(),
        None => format!("this is {}", value.sort()),
    };
    fault!("type", "`cluster` is an array of tables"; value.place => "{label}"; write: "[[crash.cluster]]")
}

fn check_total(list: &[ClusterEntry], faults: &mut Faults) {
    let all: Vec<f64> = list.iter().map(|cluster| cluster.capital_share.get()).collect();
    let Some((last, others)) = list.split_last() else { return };
    if let Some(fault) = total_fault("the capital shares of the clusters", &all, last.capital_share.place) {
        let fault = others.iter().fold(fault, |fault, other| fault.and(other.capital_share.place, ""));
        faults.push(fault.rule(shares::RULE));
    }
}
