//! Wealth at the end of several scenarios, one row each.
//!
//! In: [`Comparison`]. Out: a picture. Not here: paired differences (`stats`).

use super::{Kind, Setting, left_out, when};
use crate::chart::{
    Axis, Extent, Ink, Line, Row, RowMark, Rows, Scale, Shape, Spec, TICKS_OF_ROWS, Type,
};
use crate::figure::{Quantity, clearly_above, of_chart as percent, rule, span};
use crate::stats::Unit;

pub const KIND: Kind = Kind {
    id: "comparison",
    title: "Scenarios compared",
    doc: "Final wealth of each scenario, the base first: a dot at the median, a thick line over the middle 50 % of \
          the paths, a thin line over 90 %. The column on the right has the median and its difference to the base \
          with the 95 % error. All scenarios have common random numbers, so differences are known better than the \
          lines suggest.",
    of: |_| None, // of several runs,
};

/// Rows drawn at most, the base included.
const MOST_ROWS: usize = 24;

/// Widest name, and free pixels between columns.
const NAMES: f64 = 210.0;
const GAP: f64 = 18.0;

/// One scenario; money in the currency of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedRow {
    pub name: String,
    /// Put in on day one.
    pub put_in: f64,
    /// Five quantiles of wealth, the lowest first.
    pub wealth: [Quantity; 5],
    /// Its median less the base's, with the error of the paired difference; none for the base, and
    /// where the difference has no error.
    pub difference: Option<Quantity>,
    /// Its median return per year, if that has an error, and less the base's: what is told where
    /// the money invested differs.
    pub rate: Option<Quantity>,
    pub rate_difference: Option<Quantity>,
    /// Whether every path ends exactly like the base's.
    pub is_equal: bool,
}

/// Data of the picture: the base and at least one other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub setting: Setting,
    pub base: ComparedRow,
    pub others: Vec<ComparedRow>,
}

/// Whether two amounts that were invested are the same but for rounding.
pub fn is_same_stake(base: f64, new: f64) -> bool {
    // also where one is not known
    let is_other = (base - new).abs() > 1e-9 * base.abs().max(new.abs());
    !is_other
}

impl Comparison {
    fn rows(&self) -> impl Iterator<Item = &ComparedRow> {
        let drawn = self.others.iter().take(MOST_ROWS - 1);
        std::iter::once(&self.base).chain(drawn)
    }

    fn scale(&self) -> Scale {
        let of_row = |row: &ComparedRow| {
            let [low, .., high] = row.wealth.map(|figure| figure.value);
            Extent {
                lowest: low,
                highest: high,
                ratio: if low > 0.0 { high / low } else { f64::INFINITY },
                usual: row.put_in,
            }
        };
        let first = of_row(&self.base);
        Scale::fit(self.rows().map(of_row).fold(first, Extent::and))
    }

    /// Whether all invested the same.
    fn is_of_one_stake(&self) -> bool {
        let mut others = self.others.iter();
        others.all(|row| is_same_stake(self.base.put_in, row.put_in))
    }

    /// By how much `row` differs from the base: its median wealth, or its median return where
    /// amounts do not compare.
    fn judged(&self, row: &ComparedRow) -> Option<Quantity> {
        match self.is_of_one_stake() {
            true => row.difference,
            false => row.rate_difference,
        }
    }

    /// Whether `row` differs from the base by what is judged, allowing for all rows.
    fn differs(&self, row: &ComparedRow) -> bool {
        // as many pairs as there are rows beside the base
        let n = self.others.len().max(2);
        let size = self.judged(row).map(Quantity::size);
        size.is_some_and(|size| size.value > 0.0 && clearly_above(size, Quantity::exact(0.0), n))
    }

    pub fn spec(&self) -> Spec {
        let scale = self.scale();
        let rows: Vec<Row> = self.rows().map(|row| self.row(row)).collect();
        let (put_in, (low, high)) = (self.base.put_in, scale.ends());
        let is_drawn = self.is_of_one_stake() && put_in > 0.0 && (low..=high).contains(&put_in);
        let said = format!("{} invested", self.setting.money(put_in));
        let name = Type::new(12.5, Ink::Text);
        let names = rows.iter().map(|row| name.width(&row.name));
        let columns = ["median", "against the base"].into_iter().enumerate();
        let columns = columns.map(|(column, heading)| {
            let figure = Type::figure(Ink::Text);
            let texts = rows.iter().map(|row| row.figures[column].0.as_str());
            let widths = texts.chain([heading]).map(|text| figure.width(text));
            (widths.fold(0.0, f64::max) + GAP, heading, Ink::Mute)
        });
        Spec {
            finding: match self.others.as_slice() {
                [row] => self.of_one(row),
                _ => self.of_many(),
            },
            reading: self.reading(scale),
            shape: Shape::Rows(Rows {
                x: Axis::new(scale, TICKS_OF_ROWS, |tick| self.setting.tick(tick)),
                pitch: 34.0,
                names: names.fold(0.0, f64::max).min(NAMES) + GAP,
                columns: columns.collect(),
                level: is_drawn.then_some((put_in, said)),
                rows,
            }),
        }
    }

    fn row(&self, row: &ComparedRow) -> Row {
        let is_base = std::ptr::eq(row, &self.base);
        let ink = if is_base { Ink::Blue } else { Ink::Green };
        let span = |between, width, percent| {
            RowMark::Span(between, Line::new(ink, width).percent(percent))
        };
        let change = match row.difference {
            _ if is_base => "base".to_owned(),
            None => "no error known".to_owned(),
            Some(difference) => self.change(difference).whole(),
        };
        let is_clear = !is_base && self.is_of_one_stake() && self.differs(row);
        let ink_of_change = if is_clear { Ink::Text } else { Ink::Mute };
        let [p05, p25, p50, p75, p95] = row.wealth.map(|figure| figure.value);
        Row {
            name: row.name.clone(),
            marks: vec![
                span([p05, p95], 2.0, 55),
                span([p25, p75], 8.0, 45),
                RowMark::Dot(p50, 4.5, ink),
            ],
            figures: vec![(self.median(row), ink.for_text()), (change, ink_of_change)],
        }
    }

    fn reading(&self, scale: Scale) -> String {
        let is_other = !self.is_of_one_stake();
        let stakes = when(is_other, "; they do not invest the same");
        format!(
            "Wealth after {} {}: the middle half (thick) and 90 % (thin) of the paths, dot at \
             the median; differences on the same random numbers, ± 95 %{stakes}{}{}",
            span(self.setting.years),
            self.setting.basis,
            self.setting.said(scale),
            left_out(self.others.len() + 1 - self.rows().count())
        )
    }

    /// A median as the screen of its own run has it.
    fn median(&self, row: &ComparedRow) -> String {
        self.setting.measured(row.wealth[2])
    }

    fn change(&self, change: Quantity) -> rule::Shown {
        rule::change(&change.in_unit(Unit::Money), &self.setting.currency)
    }

    /// Both medians: of wealth, or of the return where amounts do not compare and that is known; and what is known of their
    /// difference.
    fn of_one(&self, row: &ComparedRow) -> String {
        let is_alike = self.is_of_one_stake();
        let rates = self.base.rate.zip(row.rate).zip(row.rate_difference);
        let (base, new) = (&self.base.name, &row.name);
        let both = match rates.filter(|_| !is_alike) {
            Some(((from, to), _)) => {
                let (from, to) = (percent(from), percent(to));
                format!("In the median {new} returns {to} a year, {base} {from}")
            }
            None => {
                let (from, to) = (self.median(&self.base), self.median(row));
                format!("In the median {new} ends with {to}, {base} with {from}")
            }
        };
        match self.judged(row) {
            _ if row.is_equal => format!("{both}, path by path the same"),
            Some(_) if !self.differs(row) => format!("{both}: no difference beyond sampling error"),
            Some(difference) if is_alike => format!("{both}: {}", self.change(difference).value()),
            _ => both,
        }
    }

    fn of_many(&self) -> String {
        let what = match self.is_of_one_stake() {
            true => "wealth",
            false => "return",
        };
        let is_more = |row: &&ComparedRow| self.judged(row).is_some_and(|found| found.value > 0.0);
        let differing = self.others.iter().filter(|row| self.differs(row));
        let more = differing.clone().filter(is_more).count();
        let less = differing.count() - more;
        let (base, n) = (&self.base.name, self.others.len());
        format!(
            "Middle {what} clearly above that of {base}: {more} of {n} cases; clearly below: {less}"
        )
    }
}
