//! The income of the first month from counts, such as visits or sales, as the kind of the asset declares it.
//!
//! In: a table of the file, the other assets, the class's defaults. Out: `income` in the table, with costs and deals
//! also `fixed_costs` and `brand_deals`. Not here: the terms of the income (`asset`), its value and yield (`sale`).

use super::super::FilledIn;
use super::super::model::MECHANISM;
use super::super::tables::push;
use super::formula::{Formula, Numbers};
use super::{KeyInputs, derive, glance, is_nothing};
use crate::asset::{AssetNames, Counted, Deals, Factor, VisitsOf, counted};
use crate::catalog::Class;
use crate::form::{Drawn, Table, Value};
use crate::units::{Count, plain};
use std::borrow::Cow;

/// Largest fraction of the revenue from visits that tools and hosting may cost.
const MOST_OF_REVENUE: f64 = 0.95;

/// Result of deriving the income of an asset from counts such as visits or sales.
pub struct CountedIncome {
    /// Key of the count that sets the income, such as `visits`.
    pub by: &'static str,
    /// Keys that the formula needs and that neither the file nor the class states.
    pub missing: Vec<&'static str>,
    /// True if tools cost more than the allowed fraction of revenue, or if there is no revenue.
    pub costs_too_much: bool,
    /// Sales per visit of the audience, over all products; 0 if the income has no `conversion`.
    pub sales_per_visit: f64,
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
        let counted = counted_by(table, class)?;
        let is_stated = table.get("income").is_some() || table.get("value").is_some() && !is_nothing(table);
        if is_stated || counted.has_other_use && table.get("roi").is_some() {
            return None;
        }
        let (by, place) = counted.counts.iter().find_map(|key| Some((*key, table.get(key)?.value.place)))?;
        let mut numbers = Numbers::new(table, class, inputs.is_fixed);
        // Deals that cannot be read are reported where the key is read.
        let deals = counted.deals.and_then(|_| glance::<Deals>(table, "deals"));
        push(&mut numbers.written, "deals", &deals);
        let month = FirstMonth::of(counted, deals.as_ref(), &mut numbers, inputs.beside);
        let Numbers { missing, written, filled_in: mut used, .. } = numbers;
        *formula = Formula { written, ..month.formula }.drawn();
        filled_in.append(&mut used);

        let revenue = month.income + month.tools;
        let costs_too_much = revenue <= 0.0 || month.tools > MOST_OF_REVENUE * revenue;
        // any income will do until the caller has reported the fault
        let monthly = if costs_too_much { 1.0 } else { month.income };
        if counted.costs.is_some() {
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
        Some(Self { by, missing, costs_too_much, sales_per_visit: month.sales_per_visit })
    }
}

/// How the model in `table` derives its income from counts; `None` if it does not.
fn counted_by(table: &Table, class: Option<&'static Class>) -> Option<&'static Counted> {
    let model = table.text("model")?;
    counted(if model == MECHANISM { class?.mechanism.as_deref()? } else { model })
}

/// The first month of an asset, with the median of every range.
struct FirstMonth {
    visits: f64,
    /// Income of the month, net of the cost of tools.
    income: f64,
    tools: f64,
    sales_per_visit: f64,
    formula: Formula,
}

impl FirstMonth {
    fn of(counted: &Counted, deals: Option<&Deals>, numbers: &mut Numbers<'_>, beside: &[Value]) -> Self {
        let table = numbers.table;
        let sites = counted.visits.map_or(Vec::new(), |of| visits_of(of, table, beside));
        // Missing visits are reported elsewhere.
        let visits = sites.iter().map(|(_, visits)| visits.get()).sum::<f64>().max(1.0);
        let (mut per_visit, mut sales_per_visit, mut sum) = (0.0, 0.0, Vec::new());
        for term in counted.terms.iter().filter(|term| term.applies_to(table)) {
            let factors: Vec<Factor> = term.numbers.iter().map(|number| numbers.get(number)).collect();
            per_visit += factors.iter().map(Factor::get).product::<f64>() / term.per;
            if factors.iter().any(|factor| factor.key == "conversion") {
                let sold = factors.iter().filter(|factor| ["products", "conversion"].contains(&factor.key));
                sales_per_visit += sold.map(Factor::get).product::<f64>();
            }
            sum.push((1.0 / term.per, factors));
        }
        if let Some(place) = counted.deals {
            let sponsored = deals.map_or(0.0, Deals::per_visit);
            per_visit += sponsored;
            sum.insert(place, (sponsored, Vec::new()));
        }
        let revenue = visits * per_visit;
        let (tools, costs) = match (&counted.costs, table.get("fixed_costs")) {
            (Some(_), Some(said)) => (revenue * said.value.as_number().unwrap_or(0.0), None),
            (Some(costs), None) => {
                let tools = numbers.get(costs);
                (tools.get(), Some(tools))
            }
            (None, _) => (0.0, None),
        };
        let deal = deals.map(|deals| deals.size.get() / 1000.0);
        let formula = Formula { visits: sites, sum, costs, deal, ..Formula::default() };
        Self { visits, income: revenue - tools, tools, sales_per_visit, formula }
    }
}

/// Names of the sites on whose visits the income of the asset in `table` depends, with their visits in the first
/// month; without sites among the assets `beside` that are launched later from the income of another asset.
fn visits_of(of: VisitsOf, table: &Table, beside: &[Value]) -> Vec<(String, Drawn<Count>)> {
    if of == VisitsOf::Itself {
        let name = table.label().unwrap_or_default().to_owned();
        return vec![(name, glance(table, "visits").unwrap_or_default())];
    }
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
