//! `residence = "estonia"`, or a list of places where an owner lives one after the other.
//!
//! In: the name of a place, or a list of tables. Out: [`Stay`]s. Not here: the catalog's data of a place, the
//! effect of taxes and moves (`policy`).

use super::super::calendar::Calendar;
use super::super::defaults::{Defaults, from_entry};
use super::super::listed::{MOST, listed, no_table};
use super::super::{FilledIn, owner::TaxRate};
use super::Estimate;
use super::brackets::schedule_of;
use super::place::PlaceId;
use crate::catalog::{Jurisdiction, jurisdiction};
use crate::form::{
    Faults, Field, Group, Parameter, Place, Preset, Reader, Shape, Table, Unit, Value, fault, parse_value,
    written as as_toml,
};
use crate::parameters;
use crate::units::{Fraction, Money, MonthlyHours, MonthlyMoney, TaxShare, YearMonth};

parameters! {
    /// Keys of one residence and of the move there.
    pub struct StayKeys {
        /// Name of the place; `tailwheel explain jurisdictions` lists them.
        r#in: PlaceId = Preset::Required,
        /// The first month there; every place but the first has one. The month before it, the taxes of the
        /// place that is left are settled.
        from: Option<YearMonth> = Preset::Absent => "\"2029-01\"",
        /// As `owner.tax_rate`, in this place.
        tax_rate: Option<TaxRate> = Preset::Class,
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
    }
}

/// Residence of an owner from a month on, with its taxes and costs.
#[derive(Clone, Debug, PartialEq)]
pub struct Stay {
    /// Place of the catalog; `None` if the scenario names none.
    pub place: Option<&'static Jurisdiction>,
    /// First simulated month there, counted from 1.
    pub from: u32,
    pub tax_rate: TaxRate,
    /// Tax rate of gains; `None` if they are taxed as income.
    pub gains_tax_rate: Option<TaxShare>,
    pub compliance_cost: Estimate,
    /// Factor of the rates of claims against the owner.
    pub claim_multiple: Fraction,
    pub compliance_hours: MonthlyHours,
    /// Cost of the move there, nominal.
    pub cost: Money,
    /// Exit tax on unrealized gains at the move there.
    pub exit_tax: TaxShare,
    /// Income per month that the place requires, real; 0 for none.
    pub income_at_least: MonthlyMoney,
    /// Spending per month there; `None` if it is that of `owner.spending`.
    pub spending: Option<MonthlyMoney>,
}

impl Stay {
    /// Residence from the first month on. Omitted keys count as zero, but `claim_multiple` is 1.
    pub fn new(said: StayKeys) -> Self {
        let all = Fraction::new(1.0).expect("all of it");
        Self {
            place: said.r#in.0,
            from: 1,
            tax_rate: said.tax_rate.unwrap_or_default(),
            gains_tax_rate: said.gains_tax_rate,
            compliance_cost: said.compliance_cost.unwrap_or_default(),
            claim_multiple: said.claim_rate_multiple.unwrap_or(all),
            compliance_hours: said.compliance_hours.unwrap_or_default(),
            cost: said.cost.unwrap_or_default(),
            exit_tax: said.exit_tax.unwrap_or_default(),
            income_at_least: said.income_at_least.unwrap_or_default(),
            spending: said.spending,
        }
    }

    /// True if the owner needs an income to move there.
    pub fn asks(&self) -> bool {
        self.from > 1 && self.income_at_least.get() > 0.0
    }

    /// Highest rate of tax on income or gains.
    pub fn takes(&self) -> f64 {
        let [_, most] = self.tax_rate.ends();
        self.gains_tax_rate.map_or(most, |rate| rate.get().max(most))
    }

    /// Returns the table as it could be written, without the keys of a move for the first residence. The
    /// flags select the keys about claims and hours.
    pub fn written(&self, date: impl Fn(u32) -> YearMonth, [has_claims, counts_hours]: [bool; 2]) -> Table {
        let is_move = self.from > 1;
        // Without the key, the default of the place would be filled in.
        let defaults = self.place.map_or(&[][..], |place| &place.defaults);
        let is_filled_in = defaults.iter().any(|entry| entry.key == "income_at_least");
        let says_income = is_move && (self.asks() || is_filled_in);
        let keys = StayKeys {
            r#in: PlaceId(self.place),
            from: None,
            tax_rate: Some(self.tax_rate.clone()),
            gains_tax_rate: self.gains_tax_rate,
            compliance_cost: Some(self.compliance_cost),
            claim_rate_multiple: has_claims.then_some(self.claim_multiple),
            compliance_hours: counts_hours.then_some(self.compliance_hours),
            cost: is_move.then_some(self.cost),
            exit_tax: is_move.then_some(self.exit_tax),
            income_at_least: says_income.then_some(self.income_at_least),
            spending: self.spending,
        };
        let mut table = keys.written();
        if is_move {
            table.push("from", Value::text(date(self.from).to_string()));
        }
        table
    }
}

/// Context for filling in the tax schedule of a place.
pub struct Filling<'a> {
    /// Path of the table.
    pub path: &'a str,
    /// True if a rate is written, even one that could not be read.
    pub says_rate: bool,
    /// Place in the file of the rate, else of the name of the residence.
    pub at: Option<Place>,
    /// Currency of the scenario.
    pub currency: &'a str,
}

impl StayKeys {
    /// Fills in the schedule of the place if it is requested, or if the catalog has no single rate.
    pub fn fill(&mut self, filling: &Filling<'_>, faults: &mut Faults, filled_in: &mut Vec<FilledIn>) {
        let Filling { path, says_rate, at, currency } = *filling;
        let place = self.r#in.0;
        match self.tax_rate {
            Some(TaxRate::Schedule) => {}
            None if place.is_some() && !says_rate => {}
            _ => return,
        }
        let (brackets, schedule) = match schedule_of(place, currency, at) {
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
        self.tax_rate = Some(TaxRate::Brackets(brackets));
        if self.gains_tax_rate.is_none()
            && let Some(value) = parse_value(&schedule.gains.value.as_toml())
        {
            note("gains_tax_rate", as_toml(&value), &schedule.gains);
            let share = schedule.gains_rate().map(TaxShare::new);
            self.gains_tax_rate = share.and_then(Result::ok);
        }
    }
}

/// Residence as read: one place, or several in the order of the moves.
#[derive(Clone, Debug, PartialEq)]
pub enum Residence {
    One(PlaceId),
    Several(Vec<Read>),
}

/// One residence of a list, before its dates are converted to simulated months.
#[derive(Clone, Debug, PartialEq)]
pub struct Read {
    keys: StayKeys,
    place: Option<Place>,
    /// Place in the file of the tax rate, if it is written.
    rate: Option<Place>,
    says_rate: bool,
    path: String,
    /// Place in the file of the first written key of [`OF_MOVES`], which only a move has.
    of_move: Option<Place>,
    filled_in: Vec<FilledIn>,
}

/// Keys of a move, which the first residence does not have.
const OF_MOVES: [&str; 4] = ["from", "cost", "exit_tax", "income_at_least"];

impl Default for Residence {
    fn default() -> Self {
        Self::One(PlaceId(None))
    }
}

impl Parameter for Residence {
    const UNIT: Unit = Unit {
        name: "place of the catalog, or list of places",
        examples: &[
            "\"estonia\"",
            "[{ in = \"portugal\", tax_rate = \"28 %\" }, { in = \"uae\", from = \"2029-01\", cost = 8_500 }]",
        ],
        shape: Shape::AnyOf(&[PlaceId::UNIT.shape, Shape::List(&Shape::Table(StayKeys::FIELDS), 1, MOST)]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_list().is_none() {
            return PlaceId::read(value, field, faults).map(Self::One);
        }
        listed(value, ("places", 1..=MOST), field, faults, read_stay).map(Self::Several)
    }
}

fn read_stay(item: &Value, field: &Field, faults: &mut Faults) -> Option<Read> {
    let Some(table) = item.as_table() else {
        faults.push(no_table("a place of a list is a table", item, field));
        return None;
    };
    let name = table.get("in").and_then(|entry| entry.value.as_text());
    let known = name.and_then(jurisdiction);
    let defaults = Defaults::new(known.map_or(&[], |place| &place.defaults), "owner");
    let path = format!("owner.residence.{}", name.unwrap_or_default());
    let mut reader = Reader::inline(table, item.place, field.key, faults)
        .named(path.clone(), format!("`{}`", field.key))
        .over(&defaults.list);
    let keys = StayKeys::take(&mut reader);
    let of_move = OF_MOVES.into_iter();
    let of_move = of_move.filter(|key| reader.says(key)).find_map(|key| reader.place_of(key));
    let place = reader.place_of("in");
    let says_rate = reader.says("tax_rate");
    let rate = reader.place_of("tax_rate").filter(|_| says_rate);
    let filled_in = defaults.filled_in(reader.finish()).collect();
    Some(Read { keys, place, rate, says_rate, path, of_move, filled_in })
}

impl Residence {
    /// Returns the only place; for a list, a [`PlaceId`] without a place.
    pub fn place(self) -> PlaceId {
        match self {
            Self::One(place) => place,
            Self::Several(_) => PlaceId(None),
        }
    }
}

/// Refuses keys of `[owner]` that the places of a list set for themselves.
pub fn refuse_keys_of_one(table: Option<&Table>, faults: &mut Faults) {
    let of_one = |key: &&str| !OF_MOVES.contains(key) && !["in", "spending"].contains(key);
    let keys = StayKeys::FIELDS.iter().map(|field| field.key);
    for entry in keys.filter(of_one).filter_map(|key| table?.get(key)) {
        let key = &entry.key;
        let fault = fault!("residence", "each place of the list needs its own `{key}`");
        let example = format!("residence = [{{ in = \"estonia\", {key} = … }}, …]");
        faults.push(fault.at(entry.place, "no place is named").note("such as", example));
    }
}

/// Converts dates to simulated months; without a calendar, which has its own fault, to consecutive ones.
pub fn dated(
    read: Vec<Read>,
    (calendar, currency): (Option<Calendar>, &str),
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Vec<Stay> {
    let mut stays: Vec<Stay> = Vec::with_capacity(read.len());
    for mut read in read {
        let from = read.first_month(stays.last().map(|last| last.from), calendar, faults);
        if stays.is_empty() {
            // The income requirement applies to moves, so not to the first residence.
            read.keys.income_at_least = None;
            let is_asked = |filled: &FilledIn| filled.path.ends_with(".income_at_least");
            read.filled_in.retain(|filled| !is_asked(filled));
        }
        filled_in.extend(read.filled_in);
        let mut keys = read.keys;
        let filling =
            Filling { path: &read.path, says_rate: read.says_rate, at: read.rate.or(read.place), currency };
        keys.fill(&filling, faults, filled_in);
        let stay = Stay::new(keys);
        stays.push(Stay { from, ..stay });
    }
    stays
}

impl Read {
    /// Returns the first month there; `before` is that of the previous residence, if there is one.
    fn first_month(&self, before: Option<u32>, calendar: Option<Calendar>, faults: &mut Faults) -> u32 {
        let Some(before) = before else {
            if let Some(place) = self.of_move {
                fault!(faults, "residence", "the first place has no move";
                    Some(place) => "only a later place has this key";
                    help: "leave it out: the owner lives there from the start");
            }
            return 1;
        };
        let Some(date) = self.keys.from else {
            fault!(faults, "residence", "a later place needs `from`";
                self.place => "the month of the move is missing"; such_as: "from = \"2029-01\"");
            return before + 1;
        };
        let Some(calendar) = calendar else {
            return before + 1;
        };
        let too_early = |message| {
            fault!("residence", "{message}"; self.of_move => "the previous move is not earlier";
                help: "write a later month, or put the places in the order of the moves";
                rule: "each place begins after the previous one")
        };
        calendar.month_after(before, date, self.of_move, too_early, faults)
    }
}
