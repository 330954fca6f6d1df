//! One `[[asset]]`: the keys that every asset has, and its kind.
//!
//! In: a table of the file, the defaults of its class. Out: [`AssetEntry`]. Not here: what a kind's own
//! keys mean (`asset`), pairs of assets (`correlation`).

use super::defaults::Defaults;
use super::denomination::{Denomination, STABLE, refuse_stable};
use super::event::SharedKeys;
use super::membership::{Membership, Says};
use super::names::{Name, Spelled};
use super::{AssetEntry, FilledIn};
use super::{income, part};
use crate::asset::{Asset, KINDS};
use crate::catalog::{Class, class, classes};
use crate::form::{
    Diagnostic, Faults, Field, Group, Kind, Parameter, Place, Preset, Reader, Shape, Table, Unit,
    Value, one_of, planned, shortened, text_of, unknown_word,
};
use crate::math::elementary::expm1;
use crate::units::{
    CorrelationCoefficient, Delay, Fraction, Intensity, LogMean, LogSpread, MarketBeta, Money,
    TradeCost, Volatility, per_cent, plain,
};
use crate::{inline_table, parameters};
use std::sync::Arc;

parameters! {
    /// What an asset is.
    pub struct Identity {
        /// Refers to this asset in pairs, assignments and the report; used once.
        name: Name = Preset::Required,
        /// The class whose defaults hold for what is not written: `tailwheel explain CLASS`.
        class: ClassId = Preset::Required,
        /// How the asset earns: "claim" takes the ROI at its word, "mechanism" has what earns it act month by month, the
        /// way of its class or another that is named.
        model: Model = Preset::Is("\"claim\""),
    }
}

parameters! {
    /// What every asset has.
    pub struct Holding {
        /// What it would sell for at the start. It must be written, or `income` in its place, or `whole` and `share`.
        value: Money = Preset::Class,
        /// Total standard deviation of a year's log-return of the price, jumps included.
        volatility: Volatility = Preset::Class,
        /// What its price is that of: "stable" coins keep a price until they lose it. For classes that are held in coins;
        /// what the class fills in behind `stable.` then takes the place of the same key without it.
        denomination: Denomination = Preset::Is("\"token\""),
        /// Sudden moves of the log-price, a part of the volatility: their rate, mean and spread.
        /// They are the asset's own; agents see those of an asset that is alone in its market.
        jumps: Option<Jumps> = Preset::Absent,
        /// Whether surplus and rebalancing may buy and sell parts of it.
        movable: bool = Preset::Class,
        /// Lost on every purchase and sale, a fraction of the amount.
        trade_cost: TradeCost = Preset::Class => "0.003",
        /// Lost when it has to be sold because the owner's account cannot pay, a fraction of the amount; twice as
        /// much in a month in which agents make the log price of a market fall by 0.05 or more.
        exit_haircut: Fraction = Preset::Class => "0.10",
        /// Time between earning and being paid, in whole months upwards: a collecting society takes 6 to 12. What is owed
        /// is wealth and no cash; it is income, and taxed, when it is paid. A ruined owner loses it.
        payment_lag: Delay = Preset::Is("\"0 months\"") => "\"9 months\"",
        /// The market whose shocks it has a part in; assets that name the same one share them, and
        /// correlations are between markets. A market of its own name if absent.
        market: Option<Name> = Preset::Absent => "\"tokens\"",
        /// Correlation of its shocks with those of its market; two assets of one market correlate
        /// at the product of theirs. 1 for an asset alone in the market of its own name.
        market_correlation: CorrelationCoefficient = Preset::Class,
        /// How strongly the price follows the forced sales of its market: 1 in full. Matters only
        /// with `[crash]`.
        market_beta: MarketBeta = Preset::Class,
        /// How strongly the income falls while the market has forced sales to recover from: it is
        /// multiplied by exp(-income_beta times the log-fall that is left). Matters only with
        /// `[crash]`.
        income_beta: MarketBeta = Preset::Is("0"),
        /// The cluster of `[crash]` that the owner's own agent belongs to; the asset must be
        /// `movable`. When a share of the cluster sells, so does the agent: that share of
        /// `sell_fraction` of the holding, at the average price of the fall, which is its only
        /// cost; what is sold misses the rebound. The money goes to the owner's cash when
        /// income is paid and is none itself: `surplus` decides what becomes of it, as ever. Without an
        /// owner the agent buys back at the close of the month.
        managed_by: Option<String> = Preset::Absent => "\"frontier-a\"",
    }
}

parameters! {
    /// Compound Poisson moves of the log-price, normal with `mean` and `sd`.
    pub struct Jumps {
        /// Expected number per year.
        rate: Intensity = Preset::Required,
        /// Mean of a move of the log-price: -0.10 is a fall of about 10 %.
        mean: LogMean = Preset::Required,
        /// Standard deviation of a move.
        sd: LogSpread = Preset::Required,
    }
}

inline_table!(
    Jumps,
    "table of jumps",
    "{ rate = \"0.5/year\", mean = -0.10, sd = 0.15 }",
    Jumps {
        rate: Parameter::placeholder(),
        mean: Parameter::placeholder(),
        sd: Parameter::placeholder(),
    }
);

impl Jumps {
    /// Variance that the jumps add to a year's log-return: λ(μ² + δ²).
    pub fn variance_per_year(&self) -> f64 {
        let (mean, sd) = (self.mean.get(), self.sd.get());
        self.rate.get() * (mean * mean + sd * sd)
    }
}

/// How an asset of `class` earns that says nothing but `model = "mechanism"`; nothing if it has to say more, or if the
/// class has no mechanism.
pub fn mechanism_of(class: &Class) -> Option<Arc<dyn Asset>> {
    class.mechanism.as_ref()?;
    let mut table = Table::default();
    for (key, text) in [("name", "it"), ("class", &class.id), ("model", MECHANISM)] {
        table.push(key, Value::text(text));
    }
    table.push("value", Value::float(1.0));
    let (mut faults, mut filled_in) = (Faults::default(), Vec::new());
    let read = read_asset(&table, None, &mut faults, &mut filled_in);
    faults.is_empty().then_some(read.entry.kind)
}
/// Longest wait for a payment, in months.
const LONGEST_LAG: f64 = 60.0;

/// The id of a class of the catalog.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassId(Option<&'static Class>);

impl ClassId {
    /// Its id in the catalog, if it is there.
    pub fn id(self) -> Option<&'static str> {
        self.0.map(|class| class.id.as_str())
    }
}

impl Parameter for ClassId {
    const UNIT: Unit = Unit {
        name: "class of the catalog",
        examples: &["\"micro-saas-fleet\""],
        shape: Shape::OneOf(class_ids),
    };

    fn placeholder() -> Self {
        Self(None)
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let id = known(
            value,
            field,
            ("class", "classes", "unknown-class"),
            class_ids(),
            faults,
        )?;
        class(id).map(|class| Self(Some(class)))
    }
}

/// The text, if it is one of `ids`; what it is called, one and many, and the code of the fault.
pub(super) fn known<'v>(
    value: &'v Value,
    field: &Field,
    (one, many, code): (&str, &str, &'static str),
    ids: Vec<&'static str>,
    faults: &mut Faults,
) -> Option<&'v str> {
    let rule = format!("the {many} are {}", one_of(ids.iter().copied()));
    let id = match text_of(value, field) {
        Ok(id) if ids.contains(&id) => return Some(id),
        Ok(id) => id,
        Err(fault) => {
            faults.push(fault.rule(rule));
            return None;
        }
    };
    let fault = Diagnostic::new(code, format!("there is no {one} \"{}\"", shortened(id)));
    faults.push(match planned("", id).filter(|_| one == "model") {
        Some(fault) => fault.at(value.place, "not in this version").rule(rule),
        None => unknown_word(fault, value, ids, rule),
    });
    None
}

fn class_ids() -> Vec<&'static str> {
    classes().iter().map(|class| class.id.as_str()).collect()
}

/// What `model` names: a kind, or nothing for that of the class.
#[derive(Clone, Copy)]
pub struct Model(Option<&'static Kind<dyn Asset>>);

/// The model that is the mechanism of the asset's class.
const MECHANISM: &str = "mechanism";

impl Model {
    fn id(self) -> &'static str {
        self.0.map_or(MECHANISM, |kind| kind.id)
    }

    /// The kind of an asset of `class`; a fault and the first kind if that has no mechanism.
    fn kind(self, class: Option<&Class>, reader: &mut Reader<'_>) -> &'static Kind<dyn Asset> {
        let Some(class) = class.filter(|_| self.0.is_none()) else {
            return self.0.unwrap_or(&KINDS[0]);
        };
        let of_class = class.mechanism.as_ref();
        let found = of_class.and_then(|id| KINDS.iter().find(|kind| kind.id == id));
        found.unwrap_or_else(|| {
            let message = format!("class \"{}\" has no mechanism", class.id);
            let others = kind_ids().into_iter().filter(|id| *id != MECHANISM);
            let fault = Diagnostic::new("choice", message)
                .at(reader.place_of("model"), "nothing to take its place")
                .write("model = \"claim\"")
                .rule(format!("the models are {}", one_of(others)));
            reader.fault(fault);
            &KINDS[0]
        })
    }
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id())
    }
}

impl PartialEq for Model {
    fn eq(&self, other: &Self) -> bool {
        self.id() == other.id()
    }
}

impl Parameter for Model {
    const UNIT: Unit = Unit {
        name: "model of an asset",
        examples: &["\"claim\""],
        shape: Shape::OneOf(kind_ids),
    };

    fn placeholder() -> Self {
        Self(Some(&KINDS[0]))
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let id = known(
            value,
            field,
            ("model", "models", "choice"),
            kind_ids(),
            faults,
        )?;
        Some(Self(KINDS.iter().find(|kind| kind.id == id)))
    }
}

fn kind_ids() -> Vec<&'static str> {
    let mut ids: Vec<_> = KINDS.iter().map(|kind| kind.id).collect();
    ids.insert(1, MECHANISM);
    ids
}

/// Keys of other kinds say what this one does not do.
fn refuse_keys_of_others(
    own: &'static Kind<dyn Asset>,
    class: Option<&Class>,
    reader: &mut Reader<'_>,
) {
    let mechanism = class.and_then(|class| class.mechanism.as_deref());
    let others = KINDS.iter().filter(|kind| kind.id != own.id);
    // that of the class first: it is the one that is meant
    let (meant, rest): (Vec<_>, Vec<_>) = others.partition(|kind| Some(kind.id) == mechanism);
    for kind in meant.into_iter().chain(rest) {
        for field in kind.fields {
            if !reader.says(field.key) || reader.knows(field.key) {
                continue;
            }
            let id = if Some(kind.id) == mechanism {
                MECHANISM
            } else {
                kind.id
            };
            let fault =
                Diagnostic::new("model", format!("a \"{}\" has no `{}`", own.id, field.key))
                    .at(reader.place_of(field.key), "would have no effect")
                    .write(format!("model = \"{id}\""))
                    .note("help", format!("or no `{}`", field.key));
            reader.fault(fault);
            reader.raw(field.key);
        }
    }
}

/// An asset as far as it could be read.
pub struct Read {
    /// As it stands there, even if it cannot be a name; empty if there is none.
    pub name: String,
    /// Where the name stands, else the table.
    pub place: Option<Place>,
    pub class: Option<&'static Class>,
    /// What it says of its market.
    pub says: Says,
    pub entry: AssetEntry,
}

/// Reads one `[[asset]]`; whatever was wrong is in `faults`.
pub fn read_asset(
    table: &Table,
    place: Option<Place>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Read {
    let label = table
        .get("name")
        .and_then(|entry| entry.value.as_text())
        .unwrap_or_default()
        .to_owned();
    let noun = if label.is_empty() {
        "this asset".to_owned()
    } else {
        format!("asset `{}`", shortened(&label))
    };
    let named_class = table.get("class").and_then(|entry| entry.value.as_text());
    let entries = named_class
        .and_then(class)
        .map_or(&[][..], |class| &class.defaults);
    let mut defaults = Defaults::new(entries, "asset");
    let denomination = table.get("denomination").map(|entry| &entry.value);
    if denomination.and_then(Value::as_text) == Some(Denomination::Stable.word()) {
        defaults.prefer(STABLE);
    }
    let model = table.get("model").and_then(|entry| entry.value.as_text());
    if model.is_some_and(|model| model != KINDS[0].id) {
        defaults.prefer("mechanism.");
    }
    let part = part::complete(table);
    let table = part.as_ref().unwrap_or(table);
    let completed = income::complete(table, named_class.and_then(class));
    let table = completed.as_ref().map_or(table, |found| &found.table);
    let mut reader = Reader::new(table, place, "asset", faults)
        .named(format!("asset.{label}"), noun)
        .over(&defaults.list);

    let identity = Identity::take(&mut reader);
    if !reader.sound(&["class"]) {
        reader.assume_defaults();
    }
    let holding = Holding::take(&mut reader);
    part::check(&mut reader, part.is_some());
    income::check(&mut reader, completed.as_ref());
    let shared = SharedKeys::take(&mut reader);
    let kind = identity.model.kind(identity.class.0, &mut reader);
    let asset = (kind.read)(&mut reader);
    refuse_keys_of_others(kind, identity.class.0, &mut reader);
    check_jumps(&holding, &mut reader);
    check_lag(&holding, &mut reader);
    refuse_stable(holding.denomination, identity.class.0, &mut reader);
    let place = reader.place_of("name");
    let says = says(&holding, &label, &reader);
    filled_in.extend(defaults.filled_in(reader.finish()));
    if let Some(found) = &completed {
        found.note(&label, filled_in);
    }

    Read {
        place,
        class: identity.class.0,
        says,
        entry: AssetEntry {
            name: identity.name.as_str().to_owned(),
            class: identity.class.0.map_or("", |class| &class.id).to_owned(),
            value: holding.value,
            volatility: holding.volatility,
            jumps: holding.jumps,
            kind: asset,
            movable: holding.movable,
            trade_cost: holding.trade_cost,
            exit_haircut: holding.exit_haircut,
            payment_lag: holding.payment_lag,
            market: Membership {
                index: 0,
                correlation: holding.market_correlation.get(),
                beta: holding.market_beta.get(),
                income_beta: holding.income_beta.get(),
                managed_by: None,
            },
            shared,
        },
        name: label,
    }
}

/// What the asset called `label` says of its market, with places.
fn says(holding: &Holding, label: &str, reader: &Reader<'_>) -> Says {
    let market = holding.market.as_ref();
    let managed_by = holding.managed_by.as_ref();
    Says {
        market: Spelled {
            text: market.map_or(label, Name::as_str).to_owned(),
            place: reader.place_of(if market.is_some() { "market" } else { "name" }),
        },
        correlation: reader.says("market_correlation"),
        managed_by: managed_by.map(|cluster| Spelled {
            text: cluster.clone(),
            place: reader.place_of("managed_by"),
        }),
        jumps: reader.place_of("jumps"),
        movable: reader
            .says("movable")
            .then(|| reader.place_of("movable"))
            .flatten(),
    }
}

/// Each month of waiting is a row of every block.
fn check_lag(holding: &Holding, reader: &mut Reader<'_>) {
    if holding.payment_lag.months() > LONGEST_LAG {
        let fault = Diagnostic::new("range", "this payment comes too late")
            .at(reader.place_of("payment_lag"), "longer than anybody waits")
            .write(format!("payment_lag = \"{LONGEST_LAG} months\""))
            .rule(format!(
                "a payment lag lies between 0 and {LONGEST_LAG} months"
            ));
        reader.fault(fault);
    }
}

/// The volatility is the total one, so what the jumps vary must leave something of it.
fn check_jumps(holding: &Holding, reader: &mut Reader<'_>) {
    let Some(jumps) = &holding.jumps else { return };
    if !reader.sound(&["volatility", "jumps"]) {
        return;
    }
    check_compensation(jumps, reader);
    let volatility = holding.volatility.get();
    let (total, jumping) = (volatility * volatility, jumps.variance_per_year());
    if total - jumping > 0.0 {
        return;
    }
    let (rate, mean, sd) = (jumps.rate.get(), jumps.mean.get(), jumps.sd.get());
    let least = ceil_hundredth(jumping.sqrt());
    let volatility_place = reader
        .says("volatility")
        .then(|| reader.place_of("volatility"));
    let fault = Diagnostic::new(
        "jumps",
        "these jumps alone vary more than the whole volatility",
    )
    .at(
        reader.place_of("jumps"),
        format!("vary {} a year", short(jumping.sqrt())),
    )
    .and(volatility_place.flatten(), "all in all, jumps included")
    .note(
        "",
        format!(
            "{}² - {}·(({})² + {}²) = {} - {} = {}",
            short(volatility),
            short(rate),
            short(mean),
            short(sd),
            short(total),
            short(jumping),
            short(total - jumping),
        ),
    )
    .write(format!("volatility = {least}"))
    .note("help", "or smaller or rarer jumps")
    .rule("volatility² - rate·(mean² + sd²) must be above 0: it is what moves between jumps");
    reader.fault(fault);
}

/// Most that jumps may add to or take from the expected log-growth of a year. Beyond it the drift
/// that makes up for them outweighs everything a path without a jump can do, and the expected
/// growth hangs on paths that are never drawn.
const MOST_COMPENSATION: f64 = 12.0;

fn check_compensation(jumps: &Jumps, reader: &mut Reader<'_>) {
    let (rate, mean, sd) = (jumps.rate.get(), jumps.mean.get(), jumps.sd.get());
    let added = rate * expm1(0.5f64.mul_add(sd * sd, mean));
    if added.abs() <= MOST_COMPENSATION {
        return;
    }
    let fault = Diagnostic::new(
        "jumps",
        "no sampled path could hold the growth of these jumps",
    )
    .at(
        reader.place_of("jumps"),
        format!("change expected growth by {} a year", per_cent(added)),
    )
    .note("help", "smaller or rarer jumps")
    .rule("rate·|exp(mean + sd²/2) - 1| must be at most 12 a year");
    reader.fault(fault);
}

/// At most five decimals.
fn short(number: f64) -> String {
    plain((number * 1e5).round() / 1e5)
}

/// The next larger hundredth.
fn ceil_hundredth(number: f64) -> String {
    plain(((number * 100.0).floor() + 1.0) / 100.0)
}
