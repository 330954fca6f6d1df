//! Income from visits: of the site itself, and of products that its visitors see.
//!
//! In: the numbers of a table. Out: the first month's income and its formula. Not here: the keys, and whether
//! an income follows from visits (`traffic`).

use super::deals::Deals;
use super::formula::{Factor, Formula, Numbers};
use super::traffic::Traffic;
use crate::form::{Drawn, Faults, Group, Parameter, Table, Value};
use crate::units::{Count, Fraction, Money, MonthlyMoney};

/// First month of a site: visits, income net of tools, cost of tools, and the formula of the income.
pub(super) fn of_site(numbers: &mut Numbers<'_>) -> (f64, f64, f64, Formula) {
    let said = numbers.table.get("deals");
    let deals = said.and_then(|said| Deals::of(&said.value));
    if let Some(value) = deals.as_ref().and_then(Deals::write) {
        numbers.written.push("deals", value);
    }
    let name = numbers.table.label().unwrap_or_default().to_owned();
    let own = numbers.read::<Count>("visits").unwrap_or_default();
    let rpm = numbers.get::<Money>("rpm");
    let links = vec![
        numbers.get::<Fraction>("link_clicks"),
        numbers.get::<Fraction>("orders"),
        numbers.get::<Money>("order_value"),
        numbers.get::<Fraction>("commission"),
    ];
    let patrons = numbers.table.get("patrons").map(|_| {
        vec![
            numbers.get::<Fraction>("patrons"),
            numbers.get::<MonthlyMoney>("patron_price"),
            numbers.get::<Fraction>("platform_fee").rest(),
        ]
    });
    let product = |factors: &[Factor]| factors.iter().map(Factor::get).product::<f64>();
    let paid = patrons.as_deref().map_or(0.0, product);
    let sponsored = deals.as_ref().map_or(0.0, Deals::per_visit);
    let visits = own.get();
    let revenue = visits * (rpm.get() / 1000.0 + product(&links) + paid + sponsored);
    let (tools, costs) = match numbers.table.get("fixed_costs") {
        Some(said) => (revenue * said.value.as_number().unwrap_or(0.0), None),
        None => {
            let tools = numbers.get::<MonthlyMoney>("tools");
            (tools.get(), Some(tools))
        }
    };
    let of_patrons = patrons.map(|factors| (1.0, factors));
    let sum = [(0.001, vec![rpm]), (1.0, links), (sponsored, vec![])];
    let formula = Formula {
        visits: vec![(name, own)],
        sum: sum.into_iter().chain(of_patrons).collect(),
        costs,
        deal: deals.map(|deals| deals.size.get() / 1000.0),
        ..Formula::default()
    };
    (visits, revenue - tools, tools, formula)
}

/// Returns the monthly income of products per visit of the audience, and the factors of that product.
pub(super) fn of_products(numbers: &mut Numbers<'_>) -> (f64, Vec<Factor>) {
    let factors = vec![
        numbers.get::<Count>("products"),
        numbers.get::<Fraction>("conversion"),
        numbers.get::<Money>("price"),
        numbers.get::<Fraction>("platform_fee").rest(),
    ];
    (factors.iter().map(Factor::get).product(), factors)
}

/// Sites that `said` names, with their visits; without expansions, which start later.
pub(super) fn visits_of(said: &Value, beside: &[Value]) -> Vec<(String, Drawn<Count>)> {
    let names = match said.as_list() {
        Some(items) => items.iter().filter_map(Value::as_text).collect(),
        None => said.as_text().map_or(Vec::new(), |name| vec![name]),
    };
    let tables = beside.iter().filter_map(Value::as_table);
    let named = tables.filter_map(|table| {
        let name = table.get("name").and_then(|entry| entry.value.as_text())?;
        let is_there = names.contains(&name) && !is_expansion(table);
        let visits = &table.get("visits").filter(|_| is_there)?.value;
        let read = Drawn::read(visits, &Traffic::FIELDS[0], &mut Faults::default())?;
        Some((name.to_owned(), read))
    });
    named.collect()
}

fn is_expansion(table: &Table) -> bool {
    let launch = table.get("launch").and_then(|entry| entry.value.as_table());
    launch.is_some_and(|launch| launch.get("from").is_some())
}
