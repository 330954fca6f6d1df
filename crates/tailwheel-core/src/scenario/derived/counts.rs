//! The income of the first month from counts: visits of a site, sales to the visitors of sites, sales of works.
//!
//! In: a table of the file, the other assets, the class's defaults. Out: `income` in the table, for a site also
//! `fixed_costs` and `brand_deals`. Not here: value and yield of an income (`sale`), later months (`asset`).
//!
//! ```text
//! site       income = visits·(rpm/1000 + link_clicks·orders·order_value·commission
//!                             + patrons·patron_price·(1 − platform_fee) + deals a month·size/1000) − tools
//!            fixed_costs = tools/(income + tools)
//! products   income = products·visits of the audience·conversion·price·(1 − platform_fee)
//! works      income = downloads·per_download + streams·per_stream + licences·per_licence
//! ```

use super::super::FilledIn;
use super::super::event::AssetNames;
use super::super::model::MECHANISM;
use super::super::tables::push;
use super::formula::{Factor, Formula, Numbers};
use super::keys::{Deals, quantities};
use super::{KeyInputs, derive, glance, is_nothing};
use crate::asset::{CountedBy, kind_of};
use crate::catalog::Class;
use crate::form::{Drawn, Group, Table, Value};
use crate::units::{Count, Fraction, Money, MonthlyMoney, plain};
use std::borrow::Cow;

/// Largest fraction of the revenue from visits that tools and hosting may cost.
const MOST_OF_REVENUE: f64 = 0.95;

/// A function that reads one factor of a formula for the income.
type ReadFactor = fn(&mut Numbers<'_>) -> Factor;

/// One term of a formula for the income: a product of factors, divided by a number.
struct Product {
    /// Number that the product is divided by, such as 1000 if a price is for a thousand visits.
    per: f64,
    /// Key that must be in the file for the product to count; `None` if it always counts.
    needs: Option<&'static str>,
    factors: &'static [ReadFactor],
}

const fn product(factors: &'static [ReadFactor]) -> Product {
    Product { per: 1.0, needs: None, factors }
}

const fn sold(count: &'static str, factors: &'static [ReadFactor]) -> Product {
    Product { per: 1.0, needs: Some(count), factors }
}

/// Reads the share of the price that is left after the fee of the selling platform.
const AFTER_FEE: ReadFactor = |n| Factor { is_rest: true, ..n.get::<Fraction>("platform_fee") };

const SITE: &[Product] = &[
    Product { per: 1000.0, needs: None, factors: &[|n| n.get::<Money>("rpm")] },
    product(&[
        |n| n.get::<Fraction>("link_clicks"),
        |n| n.get::<Fraction>("orders"),
        |n| n.get::<Money>("order_value"),
        |n| n.get::<Fraction>("commission"),
    ]),
    sold(
        "patrons",
        &[|n| n.get::<Fraction>("patrons"), |n| n.get::<MonthlyMoney>("patron_price"), AFTER_FEE],
    ),
];

const PRODUCTS: &[Product] = &[product(&[
    |n| n.of_kind::<Count>("products"),
    |n| n.get::<Fraction>("conversion"),
    |n| n.get::<Money>("price"),
    AFTER_FEE,
])];

const WORKS: &[Product] = &[
    sold("downloads", &[|n| n.get::<Count>("downloads"), |n| n.get::<Money>("per_download")]),
    sold("streams", &[|n| n.get::<Count>("streams"), |n| n.get::<Money>("per_stream")]),
    sold("licences", &[|n| n.get::<Count>("licences"), |n| n.get::<Money>("per_licence")]),
];

/// Result of deriving the income of an asset from counts such as visits or sales.
pub struct CountedIncome {
    /// Key of the count that sets the income, such as `visits`.
    pub by: &'static str,
    /// Keys that the formula needs and that neither the file nor the class states.
    pub missing: Vec<&'static str>,
    /// True if tools cost more than the allowed fraction of revenue, or if there is no revenue.
    pub costs_too_much: bool,
}

impl CountedIncome {
    /// Adds the income that follows from counts to `table`; `None` if the income does not follow from them.
    /// Sets `formula` if a number is a range, and adds the values of the class that were used to `filled_in`.
    pub fn derive(
        table: &mut Cow<'_, Table>,
        class: Option<&'static Class>,
        inputs: KeyInputs<'_>,
        formula: &mut Option<Formula>,
        filled_in: &mut Vec<FilledIn>,
    ) -> Option<Self> {
        let of = counted_by(table, class)?;
        let is_stated = table.get("income").is_some() || table.get("value").is_some() && !is_nothing(table);
        if is_stated || of != CountedBy::Works && table.get("roi").is_some() {
            return None;
        }
        let (by, place) = quantities(of).find_map(|key| Some((key, table.get(key)?.value.place)))?;
        let mut numbers = Numbers::new(table, class, inputs.is_fixed);
        // Deals that cannot be read are reported where the key is read.
        let deals = (of == CountedBy::Visits).then(|| glance::<Deals>(table, "deals")).flatten();
        push(&mut numbers.written, "deals", &deals);
        let month = FirstMonth::of(of, deals.as_ref(), &mut numbers, inputs.beside);
        let Numbers { missing, written, filled_in: mut used, .. } = numbers;
        *formula = Formula { written, ..month.formula }.drawn();
        filled_in.append(&mut used);

        let revenue = month.income + month.tools;
        let costs_too_much = revenue <= 0.0 || month.tools > MOST_OF_REVENUE * revenue;
        // any income will do until the caller has reported the fault
        let monthly = if costs_too_much { 1.0 } else { month.income };
        if of == CountedBy::Visits {
            let share = if costs_too_much { 0.0 } else { month.tools / revenue };
            derive(table, "fixed_costs", place, Value::float(share));
        }
        if let Some(deals) = deals.and_then(|deals| deals.in_months(month.visits, revenue)) {
            let place = table.get("deals").and_then(|said| said.value.place);
            derive(table, "brand_deals", place, deals);
        }
        table.to_mut().remove("roi");
        table.to_mut().remove("value");
        derive(table, "income", place, Value::text(format!("{}/month", plain(monthly))));
        Some(Self { by, missing, costs_too_much })
    }
}

/// Count from which the model in `table` can derive its income, such as visits; `None` if there is none.
fn counted_by(table: &Table, class: Option<&'static Class>) -> Option<CountedBy> {
    let model = table.text("model")?;
    let model = if model == MECHANISM { class?.mechanism.as_deref()? } else { model };
    CountedBy::of(kind_of(model)?)
}

/// The first month of an asset, with the median of every range.
struct FirstMonth {
    visits: f64,
    /// Income of the month, net of the cost of tools.
    income: f64,
    tools: f64,
    formula: Formula,
}

impl FirstMonth {
    fn of(of: CountedBy, deals: Option<&Deals>, numbers: &mut Numbers<'_>, beside: &[Value]) -> Self {
        let table = numbers.table;
        let (products, sites) = match of {
            CountedBy::Visits => (SITE, vec![own_visits(numbers)]),
            CountedBy::Audience => (PRODUCTS, visits_of(table, beside)),
            CountedBy::Works => (WORKS, Vec::new()),
        };
        // Missing visits are reported elsewhere.
        let least = if of == CountedBy::Visits { 0.0 } else { 1.0 };
        let visits = sites.iter().map(|(_, visits)| visits.get()).sum::<f64>().max(least);
        let (mut per_visit, mut sum) = (0.0, Vec::new());
        let is_there = |product: &&Product| product.needs.is_none_or(|key| table.get(key).is_some());
        for product in products.iter().filter(is_there) {
            let factors: Vec<Factor> = product.factors.iter().map(|read| read(numbers)).collect();
            per_visit += factors.iter().map(Factor::get).product::<f64>() / product.per;
            sum.push((1.0 / product.per, factors));
        }
        if of == CountedBy::Visits {
            let sponsored = deals.map_or(0.0, Deals::per_visit);
            per_visit += sponsored;
            // before patrons: the order of the terms decides the last bit of their sum
            sum.insert(2, (sponsored, Vec::new()));
        }
        let revenue = visits * per_visit;
        let (tools, costs) = match (of, table.get("fixed_costs")) {
            (CountedBy::Visits, Some(said)) => (revenue * said.value.as_number().unwrap_or(0.0), None),
            (CountedBy::Visits, None) => {
                let tools = numbers.get::<MonthlyMoney>("tools");
                (tools.get(), Some(tools))
            }
            _ => (0.0, None),
        };
        let deal = deals.map(|deals| deals.size.get() / 1000.0);
        let formula = Formula { visits: sites, sum, costs, deal, ..Formula::default() };
        Self { visits, income: revenue - tools, tools, formula }
    }
}

fn own_visits(numbers: &mut Numbers<'_>) -> (String, Drawn<Count>) {
    let name = numbers.table.label().unwrap_or_default().to_owned();
    (name, numbers.read("visits").unwrap_or_default())
}

/// Names of the sites among the assets `beside` that `audience` in `table` lists, with their visits in the first
/// month; without sites that are launched later from the income of another asset.
fn visits_of(table: &Table, beside: &[Value]) -> Vec<(String, Drawn<Count>)> {
    let names = glance(table, "audience").map_or(Vec::new(), |AssetNames(names)| names);
    let sites = beside.iter().filter_map(Value::as_table).filter(|site| !is_expansion(site));
    sites
        .filter_map(|site| {
            let name = site.text("name")?;
            names.iter().find(|named| named.text == name)?;
            Some((name.to_owned(), glance(site, "visits")?))
        })
        .collect()
}

fn is_expansion(table: &Table) -> bool {
    let launch = table.table("launch");
    launch.is_some_and(|launch| launch.get("from").is_some())
}

impl Deals {
    /// Mean income from brand deals per visit, in the scenario's currency.
    fn per_visit(&self) -> f64 {
        self.rate.get() / 12.0 * self.size.get() / 1000.0
    }

    /// Returns the table of brand deals with the `size` of a deal in months of `revenue`, which is that of a first
    /// month with this number of `visits`; `None` if deals bring nothing.
    fn in_months(self, visits: f64, revenue: f64) -> Option<Value> {
        let mut table = self.written();
        table.remove("size");
        table.push("size", Value::float(self.size.get() * visits / 1000.0 / revenue));
        (self.per_visit() > 0.0).then(|| Value::table(table))
    }
}
