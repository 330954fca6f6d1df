//! What is kept of every path: one file per quantity.
//!
//! In: accounts and rows of a plan. Out: the tracks that it asks for. Not here: what is kept of feedback
//! (`crash::tracks`), the keeping (`engine`), what is made of it (`stats`).

mod asset_value;
mod income_terminal;
mod max_drawdown;
mod unit_value;
mod volatility;
mod wealth;
mod wealth_year1;

pub use crate::crash::tracks::{
    CRASH_MONTHS, DEEPEST_SALE, LARGEST_SALE, SELLING_MONTHS, SELLING_YEARS,
};
pub use crate::stage::{Quantity, TrackId};

use crate::book::Account;
use crate::crash::{Sales, tracks};
use crate::stage::{Row, TrackRequest};

/// Months of a year.
const YEAR: u32 = 12;

/// What tracks may be taken of.
pub struct Kept<'a> {
    pub n_months: u32,
    /// Net worth on day one.
    pub money_in: f64,
    /// Net income of the month.
    pub income: Row,
    /// Value account of every asset, canonical order.
    pub assets: &'a [Account],
    /// What agents sold, if there are any.
    pub sales: Option<Sales>,
}

/// A quantity with what it takes to keep it.
struct Kind {
    quantity: Quantity,
    /// One request, one for every asset, or none if the plan has not what it needs.
    requests: fn(&Kept<'_>) -> Vec<TrackRequest>,
}

const KINDS: [Kind; 7] = [
    wealth::KIND,
    wealth_year1::KIND,
    unit_value::KIND,
    max_drawdown::KIND,
    volatility::KIND,
    income_terminal::KIND,
    asset_value::KIND,
];

pub const WEALTH: TrackId = TrackId::of(wealth::KIND.quantity.id);
pub const WEALTH_YEAR1: TrackId = TrackId::of(wealth_year1::KIND.quantity.id);
pub const UNIT_VALUE: TrackId = TrackId::of(unit_value::KIND.quantity.id);
pub const MAX_DRAWDOWN: TrackId = TrackId::of(max_drawdown::KIND.quantity.id);
pub const VOLATILITY: TrackId = TrackId::of(volatility::KIND.quantity.id);
pub const INCOME_TERMINAL: TrackId = TrackId::of(income_terminal::KIND.quantity.id);
/// Of an asset: [`TrackId::of_asset`].
pub const ASSET_VALUE: TrackId = TrackId::of(asset_value::KIND.quantity.id);

/// Every quantity that any plan keeps.
pub fn quantities() -> impl Iterator<Item = &'static Quantity> {
    let own = KINDS.iter().map(|kind| &kind.quantity);
    own.chain(tracks::QUANTITIES)
}

/// The tracks of a plan.
pub fn tracks_of(kept: &Kept<'_>) -> Vec<TrackRequest> {
    let own = KINDS.iter().flat_map(|kind| (kind.requests)(kept));
    let of_sales = kept.sales.map(|sales| tracks::tracks(sales, kept.n_months));
    own.chain(of_sales.into_iter().flatten()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_quantity_has_a_name_of_its_own_a_range_and_a_sentence() {
        let names: BTreeSet<&str> = quantities().map(|quantity| quantity.id).collect();
        assert_eq!(names.len(), quantities().count());
        for quantity in quantities() {
            assert!(quantity.range.0 < quantity.range.1, "{}", quantity.id);
            assert!(quantity.doc.ends_with('.'), "{}", quantity.id);
        }
    }
}
