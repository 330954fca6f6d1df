//! `residence = "estonia"`, or a list of places where an owner lives one after the other.
//!
//! In: the name of a place, or a list of tables. Out: [`Residence`]s. Not here: the catalog's data of a place,
//! the effect of taxes and moves (`policy`).

use super::super::FilledIn;
use super::super::calendar::Calendar;
use super::super::defaults::{Defaults, from_entry};
use super::super::inline_tables::{MOST, listed, no_table};
use super::brackets::schedule_of;
use super::place::PlaceId;
use super::{Estimate, TaxRate};
use crate::catalog::{Jurisdiction, jurisdiction};
use crate::form::{
    At, Faults, Field, Group, KeyValue, Parameter, Preset, Reader, Shape, Table, Unit, Value, fault,
    parse_value, written as as_toml,
};
use crate::parameters;
use crate::units::{Fraction, Money, MonthlyHours, MonthlyMoney, TaxShare, YearMonth};

parameters! {
    /// Residence of the owner from a month on, with its taxes and costs and those of the move there.
    pub struct Residence {
        /// Name of the place; `tailwheel explain jurisdictions` lists them.
        r#in: PlaceId = Preset::Required,
        /// The first month there; every place but the first has one. The month before it, the taxes of the
        /// place that is left are settled.
        from: Option<At<YearMonth>> = Preset::Absent => "\"2029-01\"",
        /// As `owner.tax_rate`, in this place.
        tax_rate: TaxRate = Preset::Class,
        /// As `owner.gains_tax_rate`, in this place.
        gains_tax_rate: Option<TaxShare> = Preset::Absent => "\"28 %\"",
        /// As `owner.compliance_cost`, in this place.
        compliance_cost: Option<Estimate> = Preset::Class,
        /// As `owner.claim_rate_multiple`, in this place.
        claim_rate_multiple: Option<Fraction> = Preset::Class => "0.7",
        /// As `owner.compliance_hours`, in this place.
        compliance_hours: Option<MonthlyHours> = Preset::Class,
        /// Cost of the move, a visa included, nominal. It is paid in the first month there.
        cost: Option<Money> = Preset::Absent => "8_500",
        /// Exit tax of the old place on unrealized gains, paid in the first month in the new one. These gains
        /// are not taxed again.
        exit_tax: Option<TaxShare> = Preset::Absent => "\"5 %\"",
        /// Minimum income a month that the place requires, real. The owner moves there on the paths whose
        /// mean income of the 12 months before is as high. It is the income that is taxed, before tax and
        /// costs; `flows` do not count. On other paths the owner does not move. 0 means no requirement.
        income_at_least: Option<MonthlyMoney> = Preset::Class => "\"3500/month\"",
        /// Spending in this place, real; it replaces `owner.spending`.
        spending: Option<MonthlyMoney> = Preset::Absent => "\"2500/month\"",
    } and {
        /// Catalog values used for this residence, until they are moved to the list of the scenario.
        filled_in: Vec<FilledIn>,
    }
}

/// Keys of a move, which the first residence does not have.
const OF_MOVES: [&str; 4] = ["from", "cost", "exit_tax", "income_at_least"];

impl Parameter for Vec<Residence> {
    const UNIT: Unit = Unit {
        name: "place of the catalog, or list of places",
        examples: &[
            "\"estonia\"",
            "[{ in = \"portugal\", tax_rate = \"28 %\" }, { in = \"uae\", from = \"2029-01\", cost = 8_500 }]",
        ],
        shape: Shape::AnyOf(&[PlaceId::UNIT.shape, Shape::List(&Shape::Table(Residence::FIELDS), 1, MOST)]),
    };

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_list().is_some() {
            return listed(value, "places", 1..=MOST, field, faults, Residence::of_table);
        }
        let r#in = PlaceId::read(value, field, faults)?;
        Some(vec![Residence { r#in, ..Residence::default() }])
    }
}

impl Residence {
    /// Reads `item` of a list of residences; absent keys have the defaults of the jurisdiction that it names.
    /// `None` if it is no table.
    fn of_table(item: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        let Some(table) = item.as_table() else {
            return faults.refuse(no_table("a place of a list is a table", item, field));
        };
        let name = table.text("in");
        let defaults =
            Defaults::new(name.and_then(jurisdiction).map_or(&[], |place| &place.defaults), "owner");
        let mut reader = Reader::inline(table, item.place, field.key, faults)
            .named(path_of(table), format!("`{}`", field.key))
            .over(defaults.list());
        let mut residence = Self::take(&mut reader);
        residence.filled_in = defaults.filled_in(reader.finish()).collect();
        Some(residence)
    }

    /// Place of the catalog; `None` if the scenario names none.
    pub fn place(&self) -> Option<&'static Jurisdiction> {
        self.r#in.0
    }

    /// First simulated month in this residence, counted from 1.
    pub fn first_month(&self, calendar: Calendar) -> u32 {
        self.from.map_or(1, |from| calendar.month_from(*from))
    }

    /// Mean income per month, real, that the owner needs to move to this residence; `None` if none is needed.
    pub fn income_to_move(&self) -> Option<f64> {
        let required = self.income_at_least.filter(|_| self.from.is_some());
        required.map(MonthlyMoney::get).filter(|income| *income > 0.0)
    }

    /// True if the owner can move to this residence only with a minimum income.
    pub fn asks(&self) -> bool {
        self.income_to_move().is_some()
    }

    /// Highest rate of tax on income or gains in this residence.
    pub fn takes(&self) -> f64 {
        let [_, most] = self.tax_rate.ends();
        self.gains_tax_rate.map_or(most, |rate| rate.get().max(most))
    }

    /// Costs of the move to this residence: a nominal amount, and the rate of the exit tax on unrealized gains.
    pub fn costs_of_move(&self) -> [f64; 2] {
        [self.cost.map_or(0.0, Money::get), self.exit_tax.map_or(0.0, TaxShare::get)]
    }

    /// Checks the date of the move to this residence, which `item` describes, and returns it. `before` is the
    /// date of the previous move; `None` for the first residence, which refuses keys of a move.
    fn settle_move(
        &mut self,
        before: Option<YearMonth>,
        item: &Value,
        calendar: Option<Calendar>,
        faults: &mut Faults,
    ) -> YearMonth {
        let Some(before) = before else {
            let written = OF_MOVES.iter().find_map(|key| item.as_table()?.get(key));
            if let Some(entry) = written {
                fault!(faults, "residence", "the first place has no move";
                    entry.value.place => "only a later place has this key";
                    help: "leave it out: the owner lives there from the start");
            }
            // The income requirement applies to moves, so not to the first residence.
            self.income_at_least = None;
            self.filled_in.retain(|filled| !filled.path.ends_with(".income_at_least"));
            return calendar.map_or_else(YearMonth::default, |calendar| calendar.start);
        };
        self.cost.get_or_insert_default();
        self.exit_tax.get_or_insert_default();
        // Without the key, the default of the place would be filled in.
        let mut defaults = self.place().into_iter().flat_map(|place| &place.defaults);
        if !defaults.any(|entry| entry.key == "income_at_least") {
            self.income_at_least.take_if(|income| income.get() == 0.0);
        }
        let Some(date) = self.from else {
            let place = item.as_table().and_then(|table| table.get("in")?.value.place).or(item.place);
            fault!(faults, "residence", "a later place needs `from`";
                place => "the month of the move is missing"; such_as: "from = \"2029-01\"");
            return before.plus(1);
        };
        let too_early = |message| {
            fault!("residence", "{message}"; date.place => "the previous move is not earlier";
                help: "write a later month, or put the places in the order of the moves";
                rule: "each place begins after the previous one")
        };
        calendar
            .map_or_else(|| before.plus(1), |calendar| calendar.date_after(before, date, too_early, faults))
    }

    /// Sets absent keys to neutral values and fills in the tax schedule of the place if it is requested or if
    /// the catalog has no single rate. `table` has the keys of the residence, at the key path `path`, and the
    /// name of the place under `name_key`.
    pub fn complete(
        &mut self,
        table: Option<&Table>,
        path: &str,
        name_key: &str,
        currency: &str,
        faults: &mut Faults,
        filled_in: &mut Vec<FilledIn>,
    ) {
        self.compliance_cost.get_or_insert_default();
        self.claim_rate_multiple.get_or_insert(Fraction::new(1.0).expect("all of it"));
        self.compliance_hours.get_or_insert_default();
        let rate = table.and_then(|table| table.get("tax_rate"));
        if self.tax_rate != TaxRate::Schedule {
            return;
        }
        if self.place().is_none() && rate.is_none() {
            self.tax_rate = TaxRate::default();
            return;
        }
        let at = rate.or_else(|| table?.get(name_key)).and_then(|entry| entry.value.place);
        let (brackets, schedule) = match schedule_of(self.place(), currency, at) {
            Ok(found) => found,
            Err(fault) => {
                // An empty currency is reported elsewhere.
                if !currency.is_empty() {
                    faults.push(*fault);
                }
                return;
            }
        };
        let mut note = |key: &str, value: String, entry| {
            filled_in.push(from_entry(format!("{path}.{key}"), value, entry));
        };
        note("tax_rate", as_toml(&brackets.written()), &schedule.income);
        self.tax_rate = TaxRate::Brackets(brackets);
        if self.gains_tax_rate.is_none()
            && let Some(value) = parse_value(&schedule.gains.value.as_toml())
        {
            note("gains_tax_rate", as_toml(&value), &schedule.gains);
            self.gains_tax_rate = schedule.gains_rate().and_then(|rate| TaxShare::new(rate).ok());
        }
    }
}

/// Checks the moves of the `residences` of a list and fills in absent keys. `items` are their tables in the
/// file.
pub fn settle_list(
    residences: &mut [Residence],
    items: &[Value],
    calendar: Option<Calendar>,
    currency: &str,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) {
    let mut before = None;
    for (residence, item) in residences.iter_mut().zip(items) {
        before = Some(residence.settle_move(before, item, calendar, faults));
        filled_in.append(&mut residence.filled_in);
        let path = item.as_table().map(path_of).unwrap_or_default();
        residence.complete(item.as_table(), &path, "in", currency, faults, filled_in);
    }
}

/// Returns the key path of the residence in `table`, such as `owner.residence.estonia`.
fn path_of(table: &Table) -> String {
    let name = table.text("in");
    format!("owner.residence.{}", name.unwrap_or_default())
}

/// Refuses keys of `[owner]` that each residence of a list has to set for itself.
pub fn refuse_keys_of_one(table: Option<&Table>, faults: &mut Faults) {
    let of_one = |key: &&str| !OF_MOVES.contains(key) && !["in", "spending"].contains(key);
    let keys = Residence::FIELDS.iter().map(|field| field.key);
    for KeyValue { key, place, .. } in keys.filter(of_one).filter_map(|key| table?.get(key)) {
        fault!(faults, "residence", "each place of the list needs its own `{key}`";
            *place => "no place is named"; such_as: "residence = [{{ in = \"estonia\", {key} = … }}, …]");
    }
}
