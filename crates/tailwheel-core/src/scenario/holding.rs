//! One `[[asset]]`: the keys that every asset has, and its earnings model.
//!
//! In: a table of the file, the defaults of its class. Out: [`AssetEntry`]. Not here: the keys of an earnings
//! model (`asset`), correlations (`correlation`).

use super::better::advantages;
use super::care::CareKeys;
use super::defaults::Defaults;
use super::denomination::{Denomination, STABLE, refuse_stable};
use super::derived::{Around, Derived};
use super::event::{SharedKeys, Struck};
use super::launch::{Launch, check_launch};
use super::model::{ClassId, Model, refuse_keys_of_others};
use super::names::{Name, Spelled};
use super::{AssetEntry, FilledIn, Membership};
use crate::asset::{Asset, is_default};
use crate::catalog::{Class, class};
use crate::form::{Currency, Drawn, Faults, Group, Place, Preset, Reader, Table, fault};
use crate::market::Chosen;
use crate::parameters;
use crate::units::{CorrelationCoefficient, Delay, Fraction, MarketBeta, Money, TradeCost, Volatility};
use std::sync::Arc;

parameters! {
    /// Keys that identify an asset.
    pub struct Identity {
        /// Refers to this asset in pairs, assignments and the report; used once.
        name: Name = Preset::Required,
        /// Class of the catalog, which supplies the defaults: `tailwheel explain CLASS`.
        class: ClassId = Preset::Required,
        /// Earnings model: "claim" pays the claimed return, "mechanism" simulates the sources of income month
        /// by month. The name of a model selects another one than that of the class.
        model: Model = Preset::Is("\"claim\""),
    }
}

parameters! {
    /// Keys that every asset has.
    pub struct Holding {
        /// Sale value at the start. It must be written, or `income` instead, or `whole` and `share`.
        value: Money = Preset::Class,
        /// A business that must be built first. `income` is its income in the first month after that, which
        /// sets its value then. On day one it is worth nothing, which `value = 0` may say.
        launch: Option<Launch> = Preset::Absent,
        /// Total standard deviation of a year's log-return of the price, jumps included.
        volatility: Volatility = Preset::Class,
        /// Kind of its price: "token", or "stable" for coins that keep a price until they lose it. It is for
        /// classes that are held in coins. The defaults of the class that begin with `stable.` then replace
        /// the others.
        denomination: Denomination = Preset::Is("\"token\""),
        /// True if excess cash and rebalancing may buy and sell parts of it.
        movable: bool = Preset::Class,
        /// Transaction cost of every purchase and sale, as a fraction of the amount. A business is held as a
        /// whole and has none.
        trade_cost: TradeCost = Preset::Class => "0.003",
        /// Share of the amount that a forced sale loses. It is twice as high in a crash month.
        exit_haircut: Drawn<Fraction> = Preset::Class => "0.10",
        /// Time between earning and being paid, rounded up to whole months: a collecting society takes 6 to
        /// 12. Outstanding amounts are wealth and no cash. They are income, and taxed, when they are paid.
        /// Amounts outstanding at the horizon are taxed there. A ruined owner loses them.
        payment_lag: Delay = Preset::Is("\"0 months\"") => "\"9 months\"",
        /// The currency that its price and income are in, if it is not that of the file. They then move with
        /// an exchange rate, which [[fx]] describes. All amounts of the file stay in the file's currency, at
        /// the rate of day one.
        currency: Option<Currency> = Preset::Absent => "\"EUR\"",
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
        /// The cluster of `[crash]` that the owner's own agent belongs to; the asset must be `movable`. When
        /// a share of the cluster sells, the agent sells that share of `sell_fraction` of the asset. It gets
        /// the average price of the fall, which is its only cost. The sold part misses the rebound. The money
        /// goes to the owner's cash when income is paid and is none itself: `surplus` decides what becomes of
        /// it, as ever. Without an owner the agent buys back at the close of the month.
        managed_by: Option<String> = Preset::Absent => "\"frontier-a\"",
    }
}

/// Longest payment lag, in months.
const LONGEST_LAG: f64 = 60.0;

/// An asset after reading, with what later checks need: places, and the keys that could not be read.
#[derive(Clone)]
pub struct Read {
    /// Name as written, even if it is not a valid name; empty if there is none.
    pub name: String,
    /// Place in the file of the name, else of the table.
    pub place: Option<Place>,
    pub class: Option<&'static Class>,
    /// Keys of the asset about its market.
    pub says: Says,
    /// Currency that the asset names, with its place.
    pub currency: Option<(String, Option<Place>)>,
    /// Place in the file of the key `launch`, if it is written.
    pub launch: Option<Place>,
    /// Keys that are written but could not be read.
    pub unread: Vec<&'static str>,
    /// Sites whose visitors see the products of this asset, with the places of their names.
    pub audience: Vec<(String, Option<Place>)>,
    /// True if the income follows from the visits of the audience.
    pub needs_visits: bool,
    pub entry: AssetEntry,
}

impl Read {
    /// True if all keys in `keys` could be read, so that a rule may judge them.
    pub fn sound(&self, keys: &[&str]) -> bool {
        !keys.iter().any(|key| self.unread.contains(key))
    }

    /// Asset whose income pays for the launch; `None` if the owner pays or there is no launch.
    pub fn payer(&self) -> Option<&Spelled> {
        Some(&self.entry.launch.as_ref()?.from.as_ref()?.0)
    }
}

/// Keys of an asset about its market, with the places that faults point to.
#[derive(Clone)]
pub struct Says {
    /// Name of the market; that of the asset if none is written.
    pub market: Spelled,
    /// True if `market_correlation` is written.
    pub correlation: bool,
    pub managed_by: Option<Spelled>,
    /// Id of the return process, with the place of its keys.
    pub process: Spelled,
    pub movable: Option<Place>,
}

/// Reads one `[[asset]]`; pushes everything that is wrong to `faults`.
pub fn read_asset(
    (table, around): (&Table, Around<'_>),
    place: Option<Place>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Read {
    let label = table.text("name").unwrap_or_default().to_owned();
    let class = table.text("class").and_then(class);
    let entries = class.map_or(&[][..], |class| &class.defaults);
    let mut defaults = Defaults::new(entries, "asset");
    if table.text("denomination") == Some(Denomination::Stable.word()) {
        defaults.prefer(STABLE);
    }
    if table.is_off("verified") {
        defaults.prefer("unverified.");
    }
    if table.text("model").is_some_and(|model| !is_default(model)) {
        defaults.prefer("mechanism.");
    }
    if around.is_fixed {
        defaults.fix();
    }
    let derived = Derived::of(table, class, around);
    let mut reader =
        Reader::one_of(&derived.table, place, ("asset", "asset", "name"), faults).over(&defaults.list);

    let identity = Identity::take(&mut reader);
    if !reader.sound(&["class", "model"]) {
        reader.assume_defaults();
    }
    let mut holding = Holding::take(&mut reader);
    if let Some(launch) = &mut holding.launch {
        launch.fill(&label, filled_in);
    }
    let chosen = Chosen::take(&mut reader);
    derived.take_part(&mut reader);
    let says_income = derived.take_income(&mut reader);
    let shared = SharedKeys::take(&mut reader);
    let care = CareKeys::take(&mut reader);
    let kind = identity.model.kind(identity.class.0, &mut reader);
    let asset = (kind.read)(&mut reader);
    holding.volatility = asset.facts().market_volatility.unwrap_or(holding.volatility);
    let hours = care.settle(&*asset, &label, &mut reader, filled_in);
    let traffic = derived.take_counts(kind, &mut reader);
    refuse_keys_of_others(kind, identity.class.0, &mut reader);
    chosen.check(holding.volatility, &mut reader);
    check_lag(&holding, &mut reader);
    check_launch(&*asset, holding.launch.as_ref(), holding.value, &mut reader);
    check_business(&*asset, &holding, says_income, &mut reader);
    refuse_stable(holding.denomination, identity.class.0, &mut reader);
    let place = reader.place_of("name");
    let says = says(&holding, &label, &chosen, &reader);
    let currency = holding.currency.as_ref();
    let currency = currency.map(|currency| (currency.to_string(), reader.place_of("currency")));
    let launch = holding.launch.as_ref().and(reader.place_of("launch"));
    let unread = reader.unread();
    let ranges = reader.ranges().to_vec();
    let better = advantages(&defaults, &label, table);
    let fixed = derived.fixed(&reader);
    let needs_visits = derived.is_counted();
    filled_in.extend(defaults.filled_in(reader.finish()));
    filled_in.extend(derived.filled_in);
    let audience = traffic.audience.map_or(Vec::new(), |Struck(names)| names);
    let audience = audience.into_iter().map(|one| (one.text, one.place));
    let audience: Vec<(String, Option<Place>)> = audience.collect();

    Read {
        place,
        class: identity.class.0,
        says,
        currency,
        launch,
        unread,
        needs_visits,
        entry: AssetEntry {
            name: identity.name.as_str().to_owned(),
            class: identity.class.0.map_or("", |class| &class.id).to_owned(),
            value: holding.value,
            launch: holding.launch,
            formula: derived.formula.map(Arc::new),
            ranges,
            fixed,
            better,
            visits: traffic.visits,
            audience: audience.iter().map(|(name, _)| name.clone()).collect(),
            volatility: holding.volatility,
            process: chosen.process,
            kind: asset,
            movable: holding.movable,
            trade_cost: holding.trade_cost,
            exit_haircut: holding.exit_haircut,
            payment_lag: holding.payment_lag,
            exchange: None,
            hours,
            market: Membership {
                index: 0,
                correlation: holding.market_correlation.get(),
                beta: holding.market_beta.get(),
                income_beta: holding.income_beta.get(),
                managed_by: None,
            },
            shared,
        },
        audience,
        name: label,
    }
}

/// Returns the keys of the asset called `label` about its market, with their places.
fn says(holding: &Holding, label: &str, chosen: &Chosen, reader: &Reader<'_>) -> Says {
    let market = holding.market.as_ref();
    let managed_by = holding.managed_by.as_ref();
    Says {
        market: Spelled {
            text: market.map_or(label, Name::as_str).to_owned(),
            place: reader.place_of(if market.is_some() { "market" } else { "name" }),
        },
        correlation: reader.says("market_correlation"),
        managed_by: managed_by
            .map(|cluster| Spelled { text: cluster.clone(), place: reader.place_of("managed_by") }),
        process: Spelled { text: chosen.kind.id.to_owned(), place: chosen.place(reader) },
        movable: reader.says("movable").then(|| reader.place_of("movable")).flatten(),
    }
}

/// Refuses keys that do not fit a business, which is held as a whole, and `income` of anything else.
fn check_business(asset: &dyn Asset, holding: &Holding, says_income: bool, reader: &mut Reader<'_>) {
    let is_business = asset.facts().is_business;
    if is_business && holding.movable {
        fault!(reader, "model", "a business cannot be bought in parts every month";
            "movable" => "a business is held as a whole"; write: "movable = false");
    }
    if is_business && reader.says("trade_cost") {
        fault!(reader, "model", "a business cannot be traded in parts";
            "trade_cost" => "this cost would never arise";
            help: "leave `trade_cost` out. `exit_haircut` is the cost of a forced sale");
    }
    if is_business {
        reader.forget("trade_cost");
    }
    if says_income && !is_business && reader.sound(&["model"]) {
        fault!(reader, "income", "model \"{}\" is not a business", asset.kind();
            "income" => "it cannot be the income of the first month"; write: "model = \"mechanism\"";
            help: "or write `value` and `roi` instead");
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
