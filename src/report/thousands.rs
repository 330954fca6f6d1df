//! What is said of amounts whose point may have been meant to part thousands.
//!
//! In: scenarios, expectations. Out: sentences. Not here: finding such amounts in a file (`scenario`).

use crate::scenario::{Decimal, Expectation};
use crate::stats::{Unit, look_up};
use crate::units::{grouped, plain};

/// What to say of `amounts` of a scenario and of its gates.
pub(super) fn decimals(amounts: &[Decimal], expectations: &[Expectation]) -> Vec<String> {
    let amounts = amounts
        .iter()
        .map(|amount| sentence(&amount.path, amount.read));
    amounts
        .chain(expectations.iter().flat_map(of_gate))
        .collect()
}

/// Limits of what is no amount have no thousands.
fn of_gate(expected: &Expectation) -> Vec<String> {
    let is_amount = look_up(&expected.measure)
        .is_some_and(|measure| matches!(measure.unit, Unit::Money | Unit::MoneyPerMonth));
    let limits = [("above", expected.above), ("below", expected.below)].into_iter();
    limits
        .zip(expected.is_decimal)
        .filter(|(_, is_decimal)| is_amount && *is_decimal)
        .filter_map(|((key, limit), _)| {
            Some(sentence(&format!("expect.{}.{key}", expected.id), limit?))
        })
        .collect()
}

fn sentence(path: &str, read: f64) -> String {
    let thousands = grouped((read * 1000.0).round(), 0).replace(',', "_");
    let read = plain(read);
    // three decimals would be asked about again
    let decimals = read
        .split_once('.')
        .map_or(0, |(_, decimals)| decimals.len());
    let otherwise = if decimals == 3 {
        format!("{read}0")
    } else {
        read.clone()
    };
    format!(
        "`{path}` is read as {read}, for a point comes before decimals: if {thousands} is meant, write {thousands}, \
         otherwise {otherwise}."
    )
}
