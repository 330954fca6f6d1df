//! The figures and the title of a comparison.
//!
//! In: medians and their differences. Out: texts: each median as its own run shows it, differences to
//! the place that their error reaches. Not here: drawing (`super`).

use super::{ComparedRow, Comparison};
use crate::figure::{
    Quantity, difference as difference_of, is_zero, money, money_measured, of_chart as percent,
};
use crate::stats::Unit;

/// Two and more, as a title says them.
fn all_of(n: usize) -> String {
    match n {
        2 => "Both".to_owned(),
        n => format!("All {n}"),
    }
}

fn more_or_less(difference: Quantity) -> &'static str {
    match difference.value > 0.0 {
        true => "more",
        false => "less",
    }
}

impl Comparison {
    /// A median as the screen of its own run has it.
    pub(super) fn median(&self, row: &ComparedRow) -> String {
        money_measured(&self.currency, row.p50)
    }

    pub(super) fn change(&self, change: Quantity) -> String {
        difference_of(Unit::Money, &self.currency, change).whole()
    }

    pub(super) fn of_one(&self, row: &ComparedRow) -> String {
        let (base, new) = (&self.base.name, &row.name);
        let (from, to) = (self.median(&self.base), self.median(row));
        if row.is_equal {
            return format!("Path by path {new} ends exactly like {base}: {to} in the middle");
        }
        if !self.is_of_one_stake() {
            return self.of_another_stake(row);
        }
        let both = format!("In the middle {new} ends with {to}, {base} with {from}");
        let Some(difference) = row.difference else {
            return both;
        };
        if !self.differs(row) {
            return format!("{both}: no difference beyond sampling error");
        }
        let size = difference.size();
        let size = difference_of(Unit::Money, &self.currency, size).value();
        let size = size.trim_start_matches('+');
        if is_zero(size) {
            return format!("In the middle {new} ends like {base}, to the digits shown: {to}");
        }
        let how = more_or_less(difference);
        let medians = match from == to {
            true => format!("both {to} to the digits shown"),
            false => format!("{to} against {from}"),
        };
        format!("In the middle {new} ends with {size} {how} than {base}: {medians}")
    }

    /// The return of one that does not put in the same; both ends of both if it is not known.
    fn of_another_stake(&self, row: &ComparedRow) -> String {
        let (base, new) = (&self.base.name, &row.name);
        let rates = self.base.rate.zip(row.rate).zip(row.rate_difference);
        let Some(((from, to), difference)) = rates else {
            let of = |row: &ComparedRow| {
                let put_in = money(&self.currency, row.put_in);
                format!("{} of {put_in} put in", self.median(row))
            };
            let (from, to) = (of(&self.base), of(row));
            return format!("In the middle {new} ends with {to}, {base} with {from}");
        };
        let (from, to) = (percent(from), percent(to));
        if !self.differs(row) {
            return format!(
                "In the middle {new} returns {to} a year, {base} {from}: no difference beyond \
                 sampling error"
            );
        }
        if from == to {
            return format!(
                "In the middle {new} returns as much as {base}, to the digits shown: {to} a year"
            );
        }
        let how = more_or_less(difference);
        format!("In the middle {new} returns {how} than {base}: {to} a year against {from}")
    }

    pub(super) fn of_many(&self) -> String {
        let (end, ends, with) = match self.is_of_one_stake() {
            true => ("end", "ends", "with "),
            false => ("return", "returns", ""),
        };
        let is_more = |row: &&ComparedRow| self.judged(row).is_some_and(|found| found.value > 0.0);
        let differing = self.others.iter().filter(|row| self.differs(row));
        let more = differing.clone().filter(is_more).count();
        let less = differing.count() - more;
        let n = self.others.len();
        if self.others.iter().all(|row| row.is_equal) {
            return format!(
                "{} cases end exactly like the base, path by path",
                all_of(n)
            );
        }
        let (count, how) = match more {
            0 => (less, "less"),
            _ => (more, "more"),
        };
        if count == 0 {
            let none = match n {
                2 => format!("Neither case {ends}"),
                n => format!("None of {n} cases {ends}"),
            };
            return format!("{none} clearly apart from the base in the middle");
        }
        let how_many = match count {
            count if count == n => format!("{} cases {end}", all_of(n)),
            1 => format!("1 of {n} cases {ends}"),
            count => format!("{count} of {n} cases {end}"),
        };
        let other = match (more, less) {
            (more, less) if more == n || less == n => String::new(),
            (0, _) => format!(", none clearly {with}more"),
            (_, 0) => format!(", none clearly {with}less"),
            (_, less) => format!(", {less} {with}less"),
        };
        format!("{how_many} {with}{how} than the base in the middle{other}")
    }
}
