//! Income that follows from visits: that of a site, and that of products sold to the visitors of sites.
//! Dispatches to `counted` for income from counted sales.
//!
//! In: a table of the file, the other assets, the class's defaults. Out: the table with `income`, and
//! `fixed_costs` for a site. Not here: value and yield from an income (`income`), visits month by month
//! (`asset`).
//!
//! ```text
//! site       income = visits·(rpm/1000 + link_clicks·orders·order_value·commission
//!                             + patrons·patron_price·(1 − platform_fee) + deals a month·size/1000) − tools
//!            fixed_costs = tools/(income + tools)
//! products   income = products·visits of the audience·conversion·price·(1 − platform_fee)
//! ```

use super::counted::{self, Counted};
use super::deals::Deals;
use super::event::Struck;
use super::formula::{Formula, Numbers};
use super::holding::Around;
use super::model::MECHANISM;
use super::visited::{of_products, of_site, visits_of};
use super::{FilledIn, defaults::from_entry};
use crate::asset::{CountedBy, kind_of};
use crate::catalog::{Class, Entry};
use crate::form::{Data, Drawn, Group, Place, Preset, Reader, Table, Value, fault};
use crate::parameters;
use crate::units::{Count, Fraction, Money, MonthlyMoney};

parameters! {
    /// Income keys of assets that earn by visits.
    pub struct Traffic {
        /// Visits of the first month of a site (`model = "content"`). Without `income` and `value`, the
        /// income of the site follows from the visits, by this key and the next ones. With one of them,
        /// visits only set how many see the products whose `audience` the site is.
        visits: Option<Drawn<Count>> = Preset::Absent => "12_000",
        /// What advertisements pay for a thousand visits.
        rpm: Option<Drawn<Money>> = Preset::Absent => "14",
        /// Share of the visits in which a visitor follows a link to a shop.
        link_clicks: Option<Drawn<Fraction>> = Preset::Absent => "\"3 %\"",
        /// Share of those visits that leads to an order.
        orders: Option<Drawn<Fraction>> = Preset::Absent => "\"1 %\"",
        /// Amount of one order.
        order_value: Option<Drawn<Money>> = Preset::Absent => "60",
        /// Share of the order that the shop pays to the site.
        commission: Option<Drawn<Fraction>> = Preset::Absent => "\"6 %\"",
        /// Share of the monthly visits by readers who pay `patron_price` a month. Arrivals and departures
        /// balance, so the share is constant. Nobody reports it. 1 to 10 % of a letter's readers pay (5 % as
        /// the median of a market report), and 0.5 to 3 % of visits leave an address (a guess): 0.005 to 0.3
        /// %.
        patrons: Option<Drawn<Fraction>> = Preset::Absent => "\"0.08 %\"",
        /// Amount that one patron pays in a month; the platform keeps `platform_fee` of it. Half of those who
        /// live on this have six patrons or fewer, 10 % have a hundred (D, from the counts of a patrons'
        /// platform).
        patron_price: Option<Drawn<MonthlyMoney>> = Preset::Absent => "\"5/month\"",
        /// Deals with brands: how many a year, and what one brings on average for every thousand visits of
        /// its month.
        deals: Option<Deals> = Preset::Absent => "{ rate = \"3/year\", size = 15 }",
        /// Monthly cost of tools and hosting, independent of visits. Replaces `fixed_costs`.
        tools: Option<Drawn<MonthlyMoney>> = Preset::Absent => "\"120/month\"",
        /// Sites whose visitors see the products (`model = "flywheel"`). The income of the products moves
        /// with the visits of these sites, in proportion to `visits`. A loss event of a site cuts its own
        /// income and not its visitors.
        audience: Option<Struck> = Preset::Absent => "[\"blog-a\", \"blog-b\"]",
        /// Share of the audience's visits in which one product is bought. Without `income` and `value`, the
        /// income of the products follows from it, the price and the fee.
        conversion: Option<Drawn<Fraction>> = Preset::Absent => "\"1 %\"",
        /// Price of one product.
        price: Option<Drawn<Money>> = Preset::Absent => "29",
        /// Share of the price that the selling platform keeps. For a site it is the share of its patrons'
        /// payments and needs `patrons`. List prices are near 13 % with card fees.
        platform_fee: Option<Drawn<Fraction>> = Preset::Absent => "\"13 %\"",
    }
}

/// Income keys of a site; the first one also has a meaning without the others.
pub(super) const OF_SITE: [&str; 10] = [
    "visits",
    "rpm",
    "link_clicks",
    "orders",
    "order_value",
    "commission",
    "patrons",
    "patron_price",
    "deals",
    "tools",
];
pub(super) const OF_PRODUCTS: [&str; 4] = ["audience", "conversion", "price", "platform_fee"];

/// Largest fraction of the revenue from visits that tools may cost.
const MOST_OF_REVENUE: f64 = 0.95;

/// Table of an asset, completed with the income that follows from visits or counts.
pub(super) struct Completed {
    pub table: Table,
    by: &'static str,
    /// Place in the file of a `roi` that is written although counts determine the income already.
    twice: Option<Option<Place>>,
    used: Vec<(&'static str, &'static Entry)>,
    /// Keys of `used` that each path draws.
    drawn: Vec<&'static str>,
    /// Keys without a value in the file and in the class.
    missing: Vec<&'static str>,
    /// True if tools cost more than the allowed fraction of revenue, or if there is no revenue.
    costs_too_much: bool,
    /// Formula of the income, if part of it is a range.
    formula: Option<Formula>,
}

/// Returns `table` with the income that follows from its visits or counts; `None` if its income does not
/// follow from them. `around` has the other assets.
pub(super) fn complete(
    table: &Table,
    class: Option<&'static Class>,
    around: Around<'_>,
) -> Option<Completed> {
    let beside = around.beside;
    let is_said = |key| {
        let said = table.get(key).map(|entry| &entry.value.data);
        let is_nothing = key == "value" && matches!(said, Some(Data::Integer(0) | Data::Float(0.0)));
        said.is_some() && !(is_nothing && table.get("launch").is_some())
    };
    let model = table.get("model").and_then(|entry| entry.value.as_text());
    let of_class = class.and_then(|class| class.mechanism.as_deref());
    let kind = model.and_then(|model| if model == MECHANISM { of_class } else { Some(model) });
    let kind = kind.and_then(kind_of)?;
    let counted_by = CountedBy::of(kind);
    let fields = Traffic::FIELDS.iter().chain(Counted::FIELDS);
    let fields = fields.chain(kind.fields).collect();
    let mut numbers = Numbers::new(table, class, fields, around.is_fixed);
    let twice = table.get("roi").map(|entry| entry.value.place);
    let mut deals = None;
    let (by, from, income, tools, formula) = match counted_by {
        _ if is_said("income") || is_said("value") => return None,
        Some(CountedBy::Visits) if twice.is_none() => {
            let place = table.get("visits")?.value.place;
            let (visits, income, tools, formula) = of_site(&mut numbers);
            deals = table
                .get("deals")
                .and_then(|said| Deals::of(&said.value)?.in_months(visits, income + tools, said.value.place));
            ("visits", place, income, Some(tools), formula)
        }
        Some(CountedBy::Audience) if twice.is_none() => {
            let said = &table.get("audience")?.value;
            let sites = visits_of(said, beside);
            // Sites without visits are reported elsewhere.
            let visits = sites.iter().map(|(_, visits)| visits.get());
            let visits = visits.sum::<f64>().max(1.0);
            let (per_visit, sum) = of_products(&mut numbers);
            let formula = Formula { visits: sites, sum: vec![(1.0, sum)], ..Formula::default() };
            ("audience", said.place, visits * per_visit, None, formula)
        }
        Some(CountedBy::Works) => {
            let (by, place, income, formula) = counted::of_works(table, &mut numbers)?;
            (by, place, income, None, formula)
        }
        _ => return None,
    };
    let mut whole = table.clone();
    whole.remove("roi");
    let mut add = |key: &str, amount: f64| {
        if whole.get(key).is_none() {
            let value = Value::float(amount);
            whole.push(key, Value { place: from, ..value });
        }
    };
    let tools = tools.unwrap_or(0.0);
    let revenue = income + tools;
    let costs_too_much = revenue <= 0.0 || tools > MOST_OF_REVENUE * revenue;
    if counted_by == Some(CountedBy::Visits) {
        let share = tools / (income + tools);
        add("fixed_costs", if costs_too_much { 0.0 } else { share });
    }
    if let Some(deals) = deals.filter(|_| whole.get("brand_deals").is_none()) {
        whole.push("brand_deals", deals);
    }
    let monthly = if costs_too_much { 1.0 } else { income };
    whole.remove("value");
    whole.push(
        "income",
        Value { place: from, ..Value::text(format!("{}/month", crate::units::plain(monthly))) },
    );
    Some(Completed {
        table: whole,
        by,
        twice,
        used: numbers.used,
        drawn: numbers.drawn,
        missing: numbers.missing,
        costs_too_much,
        formula: Formula { written: numbers.written, ..formula }.drawn(),
    })
}

/// Largest share of visits that paying readers may have.
const MOST_PATRONS: f64 = 0.1;

impl Completed {
    /// Formula of the income, if part of it is a range.
    pub fn formula(&self) -> Option<&Formula> {
        self.formula.as_ref()
    }

    /// Records the catalog values used for the asset called `label`.
    pub fn note(&self, label: &str, filled_in: &mut Vec<FilledIn>) {
        let filled = self.used.iter();
        filled_in.extend(filled.map(|(key, entry)| FilledIn {
            is_drawn: self.drawn.contains(key),
            ..from_entry(format!("asset.{label}.{key}"), entry.value.as_toml(), entry)
        }));
    }
}

/// Takes the keys of visits and counts and refuses those without effect. `counted_by` tells from which counts
/// the model can derive its income.
pub(super) fn check(
    reader: &mut Reader<'_>,
    counted_by: Option<CountedBy>,
    completed: Option<&Completed>,
) -> Traffic {
    let traffic = Traffic::take(reader);
    let twice = completed.map(|completed| completed.twice);
    counted::check(reader, counted_by, twice);
    let groups = [(CountedBy::Visits, &OF_SITE[..]), (CountedBy::Audience, &OF_PRODUCTS[..])];
    for (of, keys) in groups {
        let is_own = counted_by == Some(of);
        let has_patrons = counted_by == Some(CountedBy::Visits) && reader.says("patrons");
        let idle = match (is_own, completed) {
            (true, Some(_)) => continue,
            // The first key has a meaning without the others.
            (true, None) => &keys[1..],
            // Patrons pay through a platform too, so its fee applies.
            (false, _) if has_patrons => &keys[..keys.len() - 1],
            (false, _) => keys,
        };
        for key in idle.iter().filter(|key| reader.says(key)).collect::<Vec<_>>() {
            let fault = fault!("traffic", "`{key}` does not apply to this asset";
                reader.place_of(key) => "has no effect here");
            let help = if is_own {
                format!("write `{}` alone, and leave `income`, `value` and `roi` out", keys[0])
            } else {
                format!("model = \"{}\", or no `{key}`", of.kind().id)
            };
            reader.push(fault.note("help", help));
        }
    }
    let Some(completed) = completed else {
        return traffic;
    };
    if reader.says("patron_price") && !reader.says("patrons") {
        fault!(reader, "traffic", "`patron_price` does not apply to this asset";
            "patron_price" => "there are no patrons"; help: "write `patrons`, or leave `patron_price` out");
    }
    if traffic.patrons.is_some_and(|patrons| patrons.said_ends()[1] > MOST_PATRONS) {
        fault!(reader, "traffic", "more than 10 % of the visitors are patrons";
            "patrons" => "too few visits for these patrons";
            rule: "1 to 10 % of the subscribers to a free newsletter pay, and few visitors subscribe");
    }
    let is_own = reader.place_of("brand_deals") != reader.place_of("deals");
    if !reader.says("deals") && reader.says("brand_deals") {
        let fault = fault!("traffic", "`brand_deals` need an `income`, not a count";
            reader.place_of("brand_deals") => "they have no effect here";
            reader.place_of(completed.by) => "this key sets the income");
        reader.push(
            fault.note(
                "help",
                "write `income` or `value`, write `deals` for a site, or leave `brand_deals` out",
            ),
        );
    }
    if reader.says("deals") && reader.says("brand_deals") && is_own {
        fault!(reader, "traffic", "`deals` and `brand_deals` exclude each other";
            "deals" => "one of them must go"; "brand_deals" => "also set here");
    }
    for key in &completed.missing {
        fault!(reader, "traffic", "this class has no default `{key}`";
            reader.place_of(completed.by) => "the income depends on it"; help: "write `{key}` or `income`");
    }
    if reader.says("tools") && reader.says("fixed_costs") && traffic.tools.is_some() {
        let is_own = reader.place_of("fixed_costs") != reader.place_of("visits");
        if is_own {
            fault!(reader, "traffic", "`tools` and `fixed_costs` exclude each other";
                "tools" => "one of them must go"; "fixed_costs" => "also set here");
        }
    }
    if completed.costs_too_much && completed.by != OF_SITE[0] && reader.sound(&[completed.by]) {
        fault!(reader, "traffic", "this asset has no income";
            reader.place_of(completed.by) => "the income is zero";
            help: "write a price above 0, or `value` and `roi`");
    } else if completed.costs_too_much && reader.sound(&OF_SITE) {
        fault!(reader, "traffic", "the cost of `tools` exceeds the income from these visits";
            "visits" => "too few visits"; help: "write more `visits`, or a smaller `tools`";
            rule: "`tools` is at most 95 % of the income from visits");
    }
    traffic
}
