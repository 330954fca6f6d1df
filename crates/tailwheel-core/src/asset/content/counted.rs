//! Income of a site's first month from its visits.
//!
//! In: keys of an `[[asset]]`. Out: [`COUNTED`]. Not here: the visits of later months (`trend`).
//!
//! ```text
//! income = visits·(rpm/1000 + link_clicks·orders·order_value·commission
//!                  + patrons·patron_price·(1 − platform_fee) + deals a month·size/1000) − tools
//! fixed_costs = tools/(income + tools)
//! ```

use super::KIND;
use crate::asset::brand::Deals;
use crate::asset::counted::{Counted, Number, Term, VisitsOf};
use crate::form::{Drawn, Preset, Reader, Table, fault};
use crate::parameters;
use crate::units::{Count, Fraction, Money, MonthlyMoney};

parameters! {
    /// Income keys of a site.
    pub struct SiteIncome {
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
    }
}

pub const COUNTED: Counted = Counted {
    has_other_use: true,
    visits: Some(VisitsOf::Itself),
    terms: &[
        Term { per: 1000.0, ..Term::of(&[Number::of::<Money>("rpm")]) },
        Term::of(&[
            Number::of::<Fraction>("link_clicks"),
            Number::of::<Fraction>("orders"),
            Number::of::<Money>("order_value"),
            Number::of::<Fraction>("commission"),
        ]),
        Term::sold(&[
            Number::of::<Fraction>("patrons"),
            Number::of::<MonthlyMoney>("patron_price"),
            Number::AFTER_FEE,
        ]),
    ],
    deals: Some(2),
    costs: Some(Number::of::<MonthlyMoney>("tools")),
    check,
    ..Counted::of::<SiteIncome>(KIND.id, "Visits", &["visits"])
};

/// Largest accepted share of a site's visits by readers who pay for it each month.
const MOST_PATRONS: f64 = 0.1;

/// Refuses too many patrons, and their price without them, if visits set the income.
fn check(_: &Table, by: Option<&'static str>, reader: &mut Reader<'_>) {
    if by.is_none() {
        return;
    }
    if reader.says("patron_price") && !reader.says("patrons") {
        fault!(reader, "traffic", "`patron_price` does not apply to this asset";
            "patron_price" => "there are no patrons"; help: "write `patrons`, or leave `patron_price` out");
    }
    let patrons: Option<Drawn<Fraction>> = reader.glance("patrons");
    if patrons.is_some_and(|patrons| patrons.said_ends()[1] > MOST_PATRONS) {
        fault!(reader, "traffic", "more than 10 % of the visitors are patrons";
            "patrons" => "too few visits for these patrons";
            rule: "1 to 10 % of the subscribers to a free newsletter pay, and few visitors subscribe");
    }
}
