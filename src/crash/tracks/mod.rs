//! What is kept of the agents' sales on each path: one file per quantity.
//!
//! In: rows of the month's sales. Out: tracks for a plan with agents. Not here: what both worlds keep
//! (`record`).

mod crash_months;
mod deepest_sale;
mod largest_sale;
mod selling_months;
mod selling_years;

pub use deepest_sale::part_taken;

use super::Sales;
use crate::stage::{Quantity, TrackId, TrackRequest};

/// Everything that is kept of sales.
pub const QUANTITIES: [&Quantity; 5] = [
    &selling_months::QUANTITY,
    &largest_sale::QUANTITY,
    &crash_months::QUANTITY,
    &deepest_sale::QUANTITY,
    &selling_years::QUANTITY,
];

pub const SELLING_MONTHS: TrackId = TrackId::of(selling_months::QUANTITY.id);
pub const LARGEST_SALE: TrackId = TrackId::of(largest_sale::QUANTITY.id);
pub const CRASH_MONTHS: TrackId = TrackId::of(crash_months::QUANTITY.id);
pub const DEEPEST_SALE: TrackId = TrackId::of(deepest_sale::QUANTITY.id);
pub const SELLING_YEARS: TrackId = TrackId::of(selling_years::QUANTITY.id);

/// The tracks of `sales` over `n_months`.
pub fn tracks(sales: Sales, n_months: u32) -> Vec<TrackRequest> {
    let mut tracks = vec![
        selling_months::request(sales),
        largest_sale::request(sales),
        crash_months::request(sales),
        deepest_sale::request(sales),
    ];
    tracks.extend(selling_years::request(sales, n_months));
    tracks
}
