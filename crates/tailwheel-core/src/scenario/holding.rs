//! Reads one `[[asset]]`.
//!
//! In: a table of the file, the defaults of its class. Out: [`AssetEntry`]. Not here: the keys of an earnings
//! model (`asset`) and those of every asset (`asset_entry`), correlations (`correlation`).

use super::advantage::advantages;
use super::asset_entry::{Denomination, Holding};
use super::defaults::Defaults;
use super::derived::{Derived, KeyInputs};
use super::event::SharedKeys;
use super::launch::check_launch;
use super::model::{ClassId, Model, refuse_keys_of_others};
use super::names::{Name, Spelled};
use super::supervision::CareKeys;
use super::{AssetEntry, FilledIn, Membership};
use crate::asset::{Asset, AssetNames, counted, is_default};
use crate::catalog::{Class, class, classes};
use crate::form::{Faults, Group, Kind, Place, Preset, Reader, Table, fault, one_of};
use crate::market::ChosenProcess;
use crate::parameters;
use crate::units::MonthlyHours;
use std::sync::Arc;

parameters! {
    /// Keys that identify an asset.
    pub struct Identity {
        /// Name of the asset in the report, in `--set` and in pairs. No two assets have the same name.
        name: Name = Preset::Required,
        /// Class of the catalog, which supplies the defaults: `tailwheel explain CLASS`.
        class: ClassId = Preset::Required,
        /// Earnings model: "claim" pays the claimed return, "mechanism" simulates the sources of income month
        /// by month. The name of a model selects another one than that of the class.
        model: Model = Preset::Is("\"claim\""),
    }
}

/// Longest payment lag, in months.
const LONGEST_LAG: f64 = 60.0;

/// An asset that has been read, with the source positions and unreadable keys that later checks need.
#[derive(Clone)]
pub struct ReadAsset {
    /// Name as written, even if it is not a valid name; empty if there is none.
    pub name: String,
    /// Source position of the name, else of the table.
    pub place: Option<Place>,
    pub class: Option<&'static Class>,
    /// Id of the return process, with the source position of its key.
    pub process: Spelled,
    /// Keys that are written but could not be read.
    pub unread: Vec<&'static str>,
    /// True if the income follows from visits or other counts, so that its audience must state its visits.
    pub needs_visits: bool,
    pub entry: AssetEntry,
}

impl ReadAsset {
    /// True if all of `keys` could be read, so that a check may rely on them.
    pub fn sound(&self, keys: &[&str]) -> bool {
        !keys.iter().any(|key| self.unread.contains(key))
    }

    /// Name of the asset's market, which is the name of the asset if the file states none.
    pub fn market(&self) -> &str {
        self.entry.keys.market.as_ref().map_or(&self.name, |market| market.as_str())
    }

    /// Source position of the name of the market; that of the asset's name if the file states no market.
    pub fn market_place(&self) -> Option<Place> {
        self.entry.keys.market.as_ref().map_or(self.place, |market| market.place)
    }

    /// Source position of the key `launch`; `None` if it is not written.
    pub fn launch_place(&self) -> Option<Place> {
        self.entry.keys.launch.as_ref()?.place
    }

    /// Name of the asset whose income pays for the launch; `None` if the owner pays or there is no launch.
    pub fn payer(&self) -> Option<&Spelled> {
        Some(&self.entry.keys.launch.as_ref()?.from.as_ref()?.0)
    }
}

/// Reads one `[[asset]]`; pushes everything that is wrong to `faults`.
pub fn read_asset(
    table: &Table,
    inputs: KeyInputs<'_>,
    place: Option<Place>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> ReadAsset {
    let label = table.text("name").unwrap_or_default().to_owned();
    let class = table.text("class").and_then(class);
    let defaults = defaults_of(table, class, inputs.is_fixed);
    let derived = Derived::of(table, class, inputs);
    let mut reader =
        Reader::new(&derived.table, place, "asset", faults).one_of("asset", "name").over(defaults.list());
    let groups = Groups::take(&label, &derived, &mut reader, filled_in);
    groups.check(&mut reader);
    let Groups { identity, keys, chosen, shared, kind, hours, .. } = groups;
    let mut read = ReadAsset {
        place: reader.place_of("name"),
        class: identity.class.0,
        process: Spelled { text: chosen.kind.id.to_owned(), place: chosen.place(&reader) },
        unread: reader.unread(),
        needs_visits: derived.is_counted(),
        entry: AssetEntry {
            name: identity.name.as_str().to_owned(),
            class: identity.class.id().unwrap_or_default().to_owned(),
            keys,
            formula: None,
            ranges: reader.ranges().to_vec(),
            fixed: derived.fixed(&reader),
            better: advantages(&defaults, &label, table),
            visits: reader.glance("visits"),
            audience: reader.glance("audience").map_or(Vec::new(), |AssetNames(names)| names),
            process: chosen.process,
            kind,
            exchange: None,
            hours,
            market: Membership::default(),
            shared,
        },
        name: label,
    };
    let n_before = filled_in.len();
    let counts = counted(read.entry.kind.kind()).map_or(&[][..], |own| own.counts);
    let misspelled = reader.misspelled();
    if counts.iter().chain(&["income", "whole"]).any(|key| misspelled.contains(key)) {
        reader.excuse("value");
    }
    filled_in.extend(defaults.filled_in(reader.finish()));
    filled_in.extend(derived.filled_in);
    // a number with a default spread, such as that of `churn`, is still drawn on each path
    read.entry.fixed.retain(|path| {
        let spread = format!("{path}_spread");
        filled_in[n_before..].iter().all(|filled| filled.path != spread)
    });
    read.entry.formula = derived.formula.map(Arc::new);
    read
}

/// Defaults of the class for this asset: those for stablecoins, for unverified code or for the mechanism come
/// first where they apply. They have no ranges if `is_fixed`.
fn defaults_of(table: &Table, class: Option<&'static Class>, is_fixed: bool) -> Defaults {
    let mut defaults = Defaults::new(class.map_or(&[][..], |class| &class.defaults), "asset");
    if table.text("denomination") == Some(Denomination::Stable.word()) {
        defaults.prefer(STABLE);
    }
    if table.is_off("verified") {
        defaults.prefer("unverified.");
    }
    if table.text("model").is_some_and(|model| !is_default(model)) {
        defaults.prefer("mechanism.");
    }
    if is_fixed {
        defaults.fix();
    }
    defaults
}

/// All keys of an asset, by group, before they are checked against each other.
struct Groups {
    identity: Identity,
    keys: Holding,
    chosen: ChosenProcess,
    says_income: bool,
    shared: SharedKeys,
    model: &'static Kind<dyn Asset>,
    kind: Arc<dyn Asset>,
    hours: MonthlyHours,
}

impl Groups {
    /// Reads the keys of the asset called `label`, with the defaults of its launch and of its working hours.
    fn take(
        label: &str,
        derived: &Derived<'_>,
        reader: &mut Reader<'_>,
        filled_in: &mut Vec<FilledIn>,
    ) -> Self {
        let identity = Identity::take(reader);
        if !reader.sound(&["class", "model"]) {
            reader.assume_defaults();
        }
        let mut keys = Holding::take(reader);
        if let Some(launch) = &mut keys.launch {
            launch.fill(label, filled_in);
        }
        let chosen = ChosenProcess::take(reader);
        derived.take_part(reader);
        let says_income = derived.take_income(reader);
        let shared = SharedKeys::take(reader);
        let care = CareKeys::take(reader);
        let model = identity.model.kind(identity.class.0, reader);
        let kind = (model.read)(reader);
        keys.volatility = kind.facts().market_volatility.unwrap_or(keys.volatility);
        let hours = care.settle(&*kind, label, reader, filled_in);
        derived.take_counts(model.id, reader);
        Self { identity, keys, chosen, says_income, shared, model, kind, hours }
    }

    /// Refuses keys of different groups that contradict each other.
    fn check(&self, reader: &mut Reader<'_>) {
        let class = self.identity.class.0;
        refuse_keys_of_others(self.model, class, reader);
        self.chosen.check(self.keys.volatility, reader);
        check_lag(&self.keys, reader);
        let mechanism = class.and_then(|class| class.mechanism.as_deref());
        check_launch(&*self.kind, mechanism, self.keys.launch.as_deref(), self.keys.value, reader);
        self.check_business(reader);
        refuse_stable(self.keys.denomination, class, reader);
    }

    /// Refuses keys that do not fit a business, which is held as a whole, and `income` of anything else.
    fn check_business(&self, reader: &mut Reader<'_>) {
        if !self.kind.facts().is_business {
            if self.says_income && reader.sound(&["class", "model"]) {
                fault!(reader, "income", "model \"{}\" is not a business", self.kind.kind();
                    "income" => "it cannot be the income of the first month"; write: "model = \"mechanism\"";
                    help: "or write `value` and `roi` instead");
            }
            return;
        }
        if *self.keys.movable {
            fault!(reader, "model", "a business cannot be bought in parts every month";
                "movable" => "a business is held as a whole"; write: "movable = false");
        }
        if reader.says("trade_cost") {
            fault!(reader, "model", "a business cannot be traded in parts";
                "trade_cost" => "this cost would never arise";
                help: "leave `trade_cost` out. `exit_haircut` is the cost of a forced sale");
        }
        reader.forget("trade_cost");
    }
}

/// Refuses a long payment lag: each month of it takes a row of memory in every block of paths.
fn check_lag(holding: &Holding, reader: &mut Reader<'_>) {
    if holding.payment_lag.months() > LONGEST_LAG {
        fault!(reader, "range", "this payment lag is too long"; "payment_lag" => "too long";
            write: "payment_lag = \"{LONGEST_LAG} months\"";
            rule: "a payment lag lies between 0 and {LONGEST_LAG} months");
    }
}

/// Prefix of default keys that apply to stablecoins only, such as `stable.volatility`.
const STABLE: &str = "stable.";

/// Refuses `denomination = "stable"` for a class without defaults for stablecoins.
fn refuse_stable(said: Denomination, class: Option<&Class>, reader: &mut Reader<'_>) {
    let knows = |class: &Class| class.defaults.iter().any(|entry| entry.key.starts_with(STABLE));
    let Some(class) = class.filter(|class| said == Denomination::Stable && !knows(class)) else { return };
    let known = classes().iter().filter(|class| knows(class));
    fault!(reader, "denomination", "class \"{}\" has no `denomination`", class.id;
        "denomination" => "not for this class"; rule: "only some classes have defaults for stablecoins";
        known: "{}", one_of(known.map(|class| class.id.as_str())));
}
