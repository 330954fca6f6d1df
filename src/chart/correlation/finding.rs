//! The title of a heat map: the average pair and, where it stands out, the highest.
//!
//! In: matrices with their errors. Out: a sentence, pairs by size. Not here: drawing.

use super::{Correlation, Heat};
use crate::figure::{Quantity, clearly_above, correlation_of_chart};

/// Row and column of a pair.
pub(super) type Pair = (usize, usize);

impl Correlation {
    /// Mean over all pairs.
    pub(super) fn mean(&self, heat: &Heat) -> Quantity {
        let sum: f64 = self
            .map()
            .pairs()
            .map(|(row, column)| self.at(heat, row, column))
            .sum();
        let n_pairs = self.map().pairs().count().max(1);
        Quantity {
            value: sum / n_pairs as f64,
            std_error: heat.mean_std_error,
        }
    }

    /// Pairs of the base matrix from the highest correlation down.
    pub(super) fn ranked(&self) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self.map().pairs().collect();
        let value = |pair: &Pair| self.at(&self.base, pair.0, pair.1);
        pairs.sort_by(|a, b| value(b).total_cmp(&value(a)).then(a.cmp(b)));
        pairs
    }

    pub(super) fn printed_at(&self, pair: Pair) -> String {
        printed(self.at(&self.base, pair.0, pair.1))
    }

    /// Whether the correlation of one pair of the base exceeds that of another, both picked by
    /// their size, beyond error and by a printed digit.
    pub(super) fn exceeds(&self, a: Pair, b: Pair) -> bool {
        let of = |(row, column): Pair| Quantity {
            value: self.at(&self.base, row, column),
            std_error: self.base.pair_std_error,
        };
        self.printed_at(a) != self.printed_at(b)
            && clearly_above(of(a), of(b), self.map().pairs().count())
    }

    pub(super) fn finding_of_one(&self) -> String {
        let ranked = self.ranked();
        let [first, .., last] = ranked[..] else {
            return match self.names.as_slice() {
                [a, b] => format!(
                    "The correlation of {a} and {b} is {}",
                    self.printed_at((1, 0))
                ),
                _ => "A single holding has no partner".to_string(),
            };
        };
        let mean = format!(
            "The average pair correlates at {}",
            printed(self.mean(&self.base).value)
        );
        if self.exceeds(first, ranked[1]) {
            let (a, b) = (&self.names[first.1], &self.names[first.0]);
            format!("{mean}; {a} and {b} most, at {}", self.printed_at(first))
        } else if self.exceeds(first, last) {
            let (low, high) = (self.printed_at(last), self.printed_at(first));
            format!("{mean}, the pairs from {low} to {high}")
        } else {
            match self.printed_at(first) == self.printed_at(last) {
                true => format!("{mean}, all pairs alike to the digits shown"),
                false => format!("{mean}, no pair clearly above another"),
            }
        }
    }

    pub(super) fn finding_of_two(&self, other: &Heat) -> String {
        let (mean, against) = (self.mean(&self.base), self.mean(other));
        let squares = mean.std_error * mean.std_error + against.std_error * against.std_error;
        let difference = Quantity {
            value: against.value - mean.value,
            std_error: squares.sqrt(),
        };
        let (from, to) = (printed(mean.value), printed(against.value));
        let (here, there) = (&self.base.name, &other.name);
        if difference.differs_from_zero() && from != to {
            format!("The average pair correlates at {from} {here}, at {to} {there}")
        } else {
            let how = match difference.differs_from_zero() {
                true => "alike to the digits shown",
                false if difference.value == 0.0 && difference.std_error == 0.0 => "the same",
                false => "no difference beyond sampling error",
            };
            format!("The average pair correlates at {from} {here}, at {to} {there}: {how}")
        }
    }
}

fn printed(value: f64) -> String {
    correlation_of_chart(Quantity::exact(value))
}
