//! `models = { frontier-a = 0.6, open-b = 0.4 }`: shares of the agents' money by AI model, and the clusters
//! derived from them.
//!
//! In: an inline table of names and shares. Out: [`ClusterEntry`]s. Not here: explicit clusters (`clusters`).

use super::super::FilledIn;
use super::super::names::{Name, Spelled, refuse_twins};
use super::super::shares::{self, short, total_fault};
use super::{ClusterEntry, CrashKeys, DISPERSED, HallucinationKeys};
use crate::form::{
    Diagnostic, Faults, Field, Parameter, Place, Reader, Shape, Table, Unit, Value, fault, illustrated,
};
use crate::random::name_key;
use crate::units::{PositiveShare, plain};

/// Shares of the agents' money by AI model, sorted by the names of the models; they add up to 1.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Models {
    list: Vec<ModelShare>,
}

#[derive(Clone, Debug, PartialEq)]
struct ModelShare {
    name: Spelled,
    share: PositiveShare,
}

impl Parameter for Models {
    const UNIT: Unit = Unit {
        name: "table of names and shares",
        examples: &["{ frontier-a = 0.45, frontier-b = 0.30, open-c = 0.25 }"],
        shape: Shape::Map(&<PositiveShare as Parameter>::UNIT.shape),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let Some(table) = value.as_table().filter(|table| !table.entries.is_empty()) else {
            let label = match value.as_table() {
                Some(_) => "this table is empty".to_owned(),
                None => format!("this is {}", value.sort()),
            };
            let fault = fault!("type", "`models` is a table of names and shares"; value.place => "{label}");
            faults.push(illustrated(fault, field));
            return None;
        };
        let before = faults.len();
        let mut list = models(table, field, faults);
        if faults.len() > before {
            return None;
        }
        list.sort_by(|a, b| a.name.text.as_bytes().cmp(b.name.text.as_bytes()));
        let all: Vec<f64> = list.iter().map(|model| model.share.get()).collect();
        if let Some(fault) = total_fault("the shares of the models", &all, value.place) {
            faults.push(with_remedy(fault, &list).rule(shares::RULE));
            return None;
        }
        Some(Self { list })
    }
}

fn models(table: &Table, field: &Field, faults: &mut Faults) -> Vec<ModelShare> {
    let mut list = Vec::new();
    for entry in &table.entries {
        let spelled = Value { place: entry.place, ..Value::text(entry.key.as_str()) };
        let name = Name::read(&spelled, field, faults);
        if entry.key == DISPERSED {
            faults.push(reserved(entry.place));
        }
        let share = PositiveShare::read(&entry.value, field, faults);
        if let (Some(name), Some(share)) = (name, share) {
            list.push(ModelShare {
                name: Spelled { text: name.as_str().to_owned(), place: entry.place },
                share,
            });
        }
    }
    let named: Vec<Spelled> = list.iter().map(|model| model.name.clone()).collect();
    refuse_twins("model", &named, name_key, faults);
    list
}

fn reserved(place: Option<Place>) -> Diagnostic {
    fault!("name", "a model cannot be named `{DISPERSED}`"; place => "choose another name";
        rule: "`{DISPERSED}` are the agents with a stop-loss of their own, 1 - `lockstep` of the money")
}

/// Adds to the fault the value of the largest share at which the total would be 1, if that is a valid share.
fn with_remedy(fault: Diagnostic, list: &[ModelShare]) -> Diagnostic {
    let by_share = |a: &&ModelShare, b: &&ModelShare| a.share.get().total_cmp(&b.share.get());
    let Some(largest) = list.iter().max_by(by_share) else {
        return fault;
    };
    let others = list.iter().filter(|model| model.name != largest.name);
    let rest: f64 = 1.0 - others.map(|model| model.share.get()).sum::<f64>();
    if PositiveShare::new(rest).is_err() {
        return fault;
    }
    fault.note("help", format!("{} = {}, or change another", largest.name.text, short(rest)))
}

impl Models {
    /// Returns the clusters derived from `keys`; pushes a fault if a cluster would sell before any loss.
    ///
    /// ```text
    /// model k:    capital lockstep·s_k,  thresholds uniform on centre_k ± band/2
    ///             centre_k = trigger − spread/2 + spread·(Σ_{j<k} s_j + s_k/2)
    /// dispersed:  capital 1 − lockstep,  thresholds uniform on trigger ± spread/2
    /// ```
    ///
    /// The mean threshold is `trigger` whatever the shares, so scenarios with few and with many
    /// models can be compared.
    pub fn clusters(
        &self,
        keys: &CrashKeys,
        reader: &mut Reader<'_>,
        filled_in: &mut Vec<FilledIn>,
    ) -> Vec<ClusterEntry> {
        let empty = HallucinationKeys { rate: None, reach: None };
        let hallucination = keys.hallucination.as_ref().unwrap_or(&empty);
        let hallucination = hallucination.filled("crash.hallucination", filled_in);
        let lockstep = keys.lockstep.get();
        let (trigger, spread, band) = (keys.trigger.get(), keys.spread.get(), keys.band.get());
        let cluster = |name: &str, capital_share, centre: f64, dispersion: f64| ClusterEntry {
            name: name.to_owned(),
            capital_share,
            first_trigger: centre - 0.5 * dispersion,
            dispersion,
            sell_fraction: keys.sell_fraction.get(),
            blocks: keys.blocks.get(),
            hallucination,
        };
        let mut before = 0.0;
        let mut clusters = Vec::new();
        for model in &self.list {
            let share = model.share.get();
            let centre = trigger - 0.5 * spread + spread * (before + 0.5 * share);
            clusters.push(cluster(&model.name.text, lockstep * share, centre, band));
            before += share;
        }
        clusters.push(ClusterEntry {
            hallucination: None,
            ..cluster(DISPERSED, 1.0 - lockstep, trigger, spread)
        });
        clusters.retain(|cluster| cluster.capital_share > 0.0);
        self.check_lower_ends(trigger, &clusters, reader);
        clusters
    }

    /// Refuses clusters of agents whose band of stop-losses begins at or below zero, because they would sell
    /// every month.
    fn check_lower_ends(&self, trigger: f64, clusters: &[ClusterEntry], reader: &mut Reader<'_>) {
        let keys = ["models", "trigger", "spread", "band", "lockstep"];
        let by_end = |a: &&ClusterEntry, b: &&ClusterEntry| a.first_trigger.total_cmp(&b.first_trigger);
        let lowest = clusters.iter().min_by(by_end);
        let Some(lowest) = lowest.filter(|lowest| lowest.first_trigger <= 0.0) else {
            return;
        };
        if !reader.sound(&keys) {
            return;
        }
        let model = self.list.iter().find(|model| model.name.text == lowest.name);
        let (width, least) = match model {
            Some(_) => ("band", trigger - lowest.first_trigger),
            None => ("spread", 0.5 * lowest.dispersion),
        };
        let blamed =
            ["trigger", "spread", width].into_iter().find(|key| reader.says(key)).unwrap_or("models");
        let who = match model {
            Some(model) => format!("model `{}`", model.name.text),
            None => format!("the `{DISPERSED}` agents"),
        };
        let from = plain((lowest.first_trigger * 1e6).round() / 1e6);
        let trigger = plain(((least * 100.0).floor() + 1.0) / 100.0);
        let or_band = if model.is_some() { " or `band`" } else { "" };
        let place = reader.place_of(blamed);
        let mut fault = fault!("crash", "{who} would sell before any price has fallen";
            place => "the band begins at {from}"; write: "trigger = {trigger}";
            help: "a larger `trigger`, or a smaller `spread`{or_band}";
            rule: "every band of triggers begins above 0");
        if let Some(model) = model.filter(|_| blamed != "models") {
            fault = fault.and(model.name.place, "");
        }
        reader.push(fault.note("more", format!("tailwheel explain crash.{blamed}")));
    }
}
