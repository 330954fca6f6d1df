//! The figures and the title of a comparison.
//!
//! In: medians and their differences. Out: texts: each median as its own run shows it, differences to
//! the place that their error reaches. Not here: drawing (`super`).

use super::{ComparedRow, Comparison};
use crate::figure::rule;
use crate::figure::{Quantity, money, money_measured, of_chart as percent};
use crate::stats::Unit;

impl Comparison {
    /// A median as the screen of its own run has it.
    pub(super) fn median(&self, row: &ComparedRow) -> String {
        money_measured(&self.currency, row.p50)
    }

    pub(super) fn change(&self, change: Quantity) -> String {
        rule::change(&change.in_unit(Unit::Money), &self.currency).whole()
    }

    /// Both medians: of wealth, or of the return where amounts do not compare and that is known; and what is known of their
    /// difference.
    pub(super) fn of_one(&self, row: &ComparedRow) -> String {
        let is_alike = self.is_of_one_stake();
        let rates = self.base.rate.zip(row.rate).zip(row.rate_difference);
        let (base, new) = (&self.base.name, &row.name);
        let both = match rates.filter(|_| !is_alike) {
            Some(((from, to), _)) => {
                let (from, to) = (percent(from), percent(to));
                format!("In the middle {new} returns {to} a year, {base} {from}")
            }
            None => {
                let of = |row: &ComparedRow| match is_alike {
                    true => self.median(row),
                    false => {
                        let put_in = money(&self.currency, row.put_in);
                        format!("{} of {put_in} put in", self.median(row))
                    }
                };
                let (from, to) = (of(&self.base), of(row));
                format!("In the middle {new} ends with {to}, {base} with {from}")
            }
        };
        match self.judged(row) {
            _ if row.is_equal => format!("{both}, path by path the same"),
            Some(_) if !self.differs(row) => format!("{both}: no difference beyond sampling error"),
            Some(difference) if is_alike => {
                let size = rule::change(&difference.in_unit(Unit::Money), &self.currency).value();
                format!("{both}: {size}")
            }
            _ => both,
        }
    }

    pub(super) fn of_many(&self) -> String {
        let what = match self.is_of_one_stake() {
            true => "wealth",
            false => "return",
        };
        let is_more = |row: &&ComparedRow| self.judged(row).is_some_and(|found| found.value > 0.0);
        let differing = self.others.iter().filter(|row| self.differs(row));
        let more = differing.clone().filter(is_more).count();
        let less = differing.count() - more;
        let n = self.others.len();
        format!(
            "Middle {what} clearly above that of {}: {more} of {n} cases; clearly below: {less}",
            self.base.name
        )
    }
}
