//! Text of numbers for every output: one table of currencies, one rule of digits ([`rule`]).
//!
//! In: numbers and their errors. Out: texts such as `$136k ± 1.5k`. Not here: which figures are shown,
//! rounding of errors (`math::digits`).
//!
//! Every number is rounded by way of its exact decimal text, so the result is the same on every machine.

mod amount;
mod quantity;
pub mod rule;
mod scale;
mod share;
mod typed;
mod words;

pub use crate::form::{capital, uncapital};
pub use crate::units::grouped_digits;
pub use amount::{amount_in, amounts_alike, money, money_name, money_tick, scale, signed};
pub use quantity::{Quantity, clearly_above, n_largest};
pub use rule::money_measured;
pub use scale::{beside, further_digits, money_alike};
pub use share::{
    hits, of_chart, per_cent, percent_tick, share_of, shares_alike, signed_points, signed_share,
};
pub use typed::{of_key, shortened, written};
pub use words::{
    briefest, correlation, count, counted, dates, first_sentences, fixed, fold, grouped, in_words, is_zero,
    listed, n_words, plain, power_of_ten, quoted, signed_fixed, span, spoken_month, times, times_tick,
    year_of,
};

/// Minus sign U+2212, as wide as a plus.
const MINUS: char = '−';

#[cfg(test)]
mod tests;
