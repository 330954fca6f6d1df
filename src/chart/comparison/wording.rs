//! The figures and the title of a comparison.
//!
//! In: medians and their differences. Out: texts, all to the place that the error of a difference
//! reaches. Not here: drawing (`super`).

use super::super::number::{Measured, percent};
use super::{ComparedRow, Comparison};
use crate::math::digits::{exponent, place_of_figure, told};

/// Significant digits of a figure without error.
const DIGITS: i32 = 3;

/// Decimals of an amount that is paid, and of one below one of a currency of large units.
const CENTS: i32 = 2;
const MOST_OF_SMALL: i32 = 9;

/// The place to which a figure is told by its own error, `most` at the furthest.
fn own_place(figure: Measured, most: i32) -> i32 {
    let half = figure.half_width();
    let place = match half > 0.0 && half.is_finite() {
        true => place_of_figure(figure.value, half),
        false if figure.value == 0.0 => 0,
        false => DIGITS - 1 - exponent(figure.value),
    };
    place.min(most)
}

/// The place to which a difference is told, `most` at the furthest.
fn place(difference: Measured, most: i32) -> i32 {
    let half = difference.half_width();
    match half > 0.0 && half.is_finite() {
        true => told(difference.value, half).place.min(most),
        false => own_place(difference, most),
    }
}

/// Two and more, as a title says them.
fn all_of(n: usize) -> String {
    match n {
        2 => "Both".to_owned(),
        n => format!("All {n}"),
    }
}

/// Whether an amount reads as more than nothing.
fn is_shown(text: &str) -> bool {
    text.chars().any(|c| ('1'..='9').contains(&c))
}

impl Comparison {
    /// Decimals at most, of all amounts.
    fn most(&self) -> i32 {
        match self.base.p50.value.abs().max(self.base.put_in) < 1.0 {
            true => MOST_OF_SMALL,
            false => CENTS,
        }
    }

    /// A median to the place of its difference from the base; the base's to the sharpest of them.
    pub(super) fn median(&self, row: &ComparedRow) -> String {
        let most = self.most();
        let places = |row: &ComparedRow| {
            let difference = row.difference.filter(|_| !row.is_equal);
            difference
                .filter(|found| found.value != 0.0)
                .map(|found| place(found, most))
        };
        let sharpest = match std::ptr::eq(row, &self.base) {
            true => self.others.iter().filter_map(places).max(),
            false => places(row),
        };
        let own = own_place(row.p50, most);
        let place = sharpest.map_or(own, |place| place.max(own));
        self.currency.to_place(row.p50.value, place)
    }

    pub(super) fn change(&self, difference: Measured) -> String {
        let (half, place) = (difference.half_width(), place(difference, self.most()));
        let text = self.currency.to_place(difference.value, place);
        let sign = match difference.value > 0.0 && is_shown(&text) {
            true => "+",
            false => "",
        };
        if half <= 0.0 || !half.is_finite() {
            return format!("{sign}{text}");
        }
        let half = told(difference.value, half).half;
        format!("{sign}{text} ± {}", self.currency.to_place(half, place))
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
        let Some(difference) = row.difference else {
            return format!("In the middle {new} ends with {to}, {base} with {from}");
        };
        if !self.differs(row) {
            return format!(
                "In the middle {new} ends with {to}, {base} with {from}: no difference beyond \
                 sampling error"
            );
        }
        let size = self
            .currency
            .to_place(difference.value.abs(), place(difference, self.most()));
        if !is_shown(&size) {
            return format!("In the middle {new} ends like {base}, to the digits shown: {to}");
        }
        let how = match difference.value > 0.0 {
            true => "more",
            false => "less",
        };
        format!("In the middle {new} ends with {size} {how} than {base}: {to} against {from}")
    }

    /// The return of one that does not put in the same; both ends of both if it is not known.
    fn of_another_stake(&self, row: &ComparedRow) -> String {
        let (base, new) = (&self.base.name, &row.name);
        let rates = self.base.rate.zip(row.rate).zip(row.rate_difference);
        let Some(((from, to), difference)) = rates else {
            let of = |row: &ComparedRow| {
                let put_in = self.currency.amount(row.put_in);
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
        let how = match difference.value > 0.0 {
            true => "more",
            false => "less",
        };
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
