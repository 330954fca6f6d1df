//! `models = { frontier-a = 0.6, open-b = 0.4 }`: shares of the agents' money by AI model, and the clusters
//! derived from them.
//!
//! In: an inline table of names and shares. Out: [`ClusterEntry`]s. Not here: explicit clusters (`clusters`).

use super::super::FilledIn;
use super::super::names::{Name, Spelled, refuse_twins};
use super::super::shares::{self, short, total_fault};
use super::{ClusterEntry, CrashKeys, DISPERSED};
use crate::form::{
    At, Diagnostic, Faults, Field, Parameter, Place, Reader, Shape, Table, Unit, Value, fault, illustrated,
};
use crate::units::{BandWidth, FirstTrigger, PositiveShare, plain};

/// Shares of the agents' money by AI model, sorted by the names of the models; they add up to 1.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Models(Vec<ModelShare>);

#[derive(Clone, Debug, PartialEq)]
struct ModelShare {
    name: At<Name>,
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
            return faults.refuse(illustrated(fault, field));
        };
        let before = faults.len();
        let mut list = models(table, field, faults);
        if faults.len() > before {
            return None;
        }
        list.sort_by(|a, b| a.name.as_str().cmp(b.name.as_str()));
        let all: Vec<f64> = list.iter().map(|model| model.share.get()).collect();
        if let Some(fault) = total_fault("the shares of the models", &all, value.place) {
            return faults.refuse(with_remedy(fault, &list).rule(shares::RULE));
        }
        Some(Self(list))
    }
}

fn models(table: &Table, field: &Field, faults: &mut Faults) -> Vec<ModelShare> {
    let mut list = Vec::new();
    for entry in &table.entries {
        let spelled = Value { place: entry.place, ..Value::text(entry.key.as_str()) };
        let name = At::<Name>::read(&spelled, field, faults);
        if entry.key == DISPERSED {
            faults.push(reserved(entry.place));
        }
        let share = PositiveShare::read(&entry.value, field, faults);
        if let (Some(name), Some(share)) = (name, share) {
            list.push(ModelShare { name, share });
        }
    }
    refuse_twins("model", list.iter().map(|model| Spelled::from(&model.name)), faults);
    list
}

fn reserved(place: Option<Place>) -> Diagnostic {
    fault!("name", "a model cannot be named `{DISPERSED}`"; place => "choose another name";
        rule: "`{DISPERSED}` are the agents with a stop-loss of their own, 1 - `lockstep` of the money")
}

/// Adds a remedy to the fault that the shares do not add up to 1: the largest share, changed so that they do.
fn with_remedy(fault: Diagnostic, list: &[ModelShare]) -> Diagnostic {
    let by_share = |a: &&ModelShare, b: &&ModelShare| a.share.get().total_cmp(&b.share.get());
    let Some(largest) = list.iter().max_by(by_share) else { return fault };
    let others = list.iter().filter(|model| model.name != largest.name);
    let rest: f64 = 1.0 - others.map(|model| model.share.get()).sum::<f64>();
    if PositiveShare::new(rest).is_err() {
        return fault;
    }
    fault.note("help", format!("{} = {}, or change another", largest.name.as_str(), short(rest)))
}

impl Models {
    /// Returns the clusters derived from `keys`; pushes a fault if a cluster would sell before any loss.
    ///
    /// ```text
    /// model k:    capital lockstep·s_k,  thresholds uniform on centre_k ± band/2       s_k: share of model k
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
        let signals =
            keys.hallucination.clone().unwrap_or_default().completed("crash.hallucination", filled_in);
        let (lockstep, trigger, spread) = (keys.lockstep.get(), keys.trigger.get(), keys.spread.get());
        let mut before = 0.0;
        let mut bands = Vec::new();
        for model in &self.0 {
            let share = model.share.get();
            let centre = trigger - 0.5 * spread + spread * (before + 0.5 * share);
            bands.push(Band { model: Some(model), capital: lockstep * share, centre, width: keys.band });
            before += share;
        }
        bands.push(Band { model: None, capital: 1.0 - lockstep, centre: trigger, width: keys.spread });
        bands.retain(|band| band.capital > 0.0);
        check_lower_ends(trigger, &bands, reader);
        let dispersed = Name::new(DISPERSED).unwrap_or_default();
        let cluster = |band: &Band<'_>| ClusterEntry {
            name: At::bare(band.model.map_or(&dispersed, |model| &model.name.value).clone()),
            capital_share: At::bare(PositiveShare::new(band.capital).unwrap_or_default()),
            first_trigger: FirstTrigger::new(band.begins()).unwrap_or_default(),
            dispersion: band.width,
            sell_fraction: Some(keys.sell_fraction),
            blocks: Some(keys.blocks),
            hallucination: band.model.and_then(|_| signals.clone()),
        };
        bands.iter().map(cluster).collect()
    }
}

/// Range of monthly log-losses at which the agents on `model` sell, or all other agents if `model` is `None`.
struct Band<'a> {
    model: Option<&'a ModelShare>,
    capital: f64,
    centre: f64,
    width: BandWidth,
}

impl Band<'_> {
    fn begins(&self) -> f64 {
        self.centre - 0.5 * self.width.get()
    }
}

/// Refuses bands of stop-losses that begin at or below a loss of 0: their agents would sell every month.
fn check_lower_ends(trigger: f64, bands: &[Band<'_>], reader: &mut Reader<'_>) {
    let lowest = bands.iter().min_by(|a, b| a.begins().total_cmp(&b.begins()));
    let Some(lowest) = lowest.filter(|lowest| lowest.begins() <= 0.0) else { return };
    if !reader.sound(&["models", "trigger", "spread", "band", "lockstep"]) {
        return;
    }
    let (who, width, least, or_band) = match lowest.model {
        Some(model) => {
            let least = trigger - lowest.begins();
            (format!("model `{}`", model.name.as_str()), "band", least, " or `band`")
        }
        None => (format!("the `{DISPERSED}` agents"), "spread", 0.5 * lowest.width.get(), ""),
    };
    let blamed = ["trigger", "spread", width].into_iter().find(|key| reader.says(key)).unwrap_or("models");
    let from = plain((lowest.begins() * 1e6).round() / 1e6);
    let trigger = plain(((least * 100.0).floor() + 1.0) / 100.0);
    let mut fault = fault!("crash", "{who} would sell before any price has fallen";
        reader.place_of(blamed) => "the band begins at {from}"; write: "trigger = {trigger}";
        help: "a larger `trigger`, or a smaller `spread`{or_band}";
        rule: "every band of triggers begins above 0");
    if let Some(model) = lowest.model.filter(|_| blamed != "models") {
        fault = fault.and(model.name.place, "");
    }
    reader.push(fault.note("more", format!("tailwheel explain crash.{blamed}")));
}
