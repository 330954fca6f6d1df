//! Wealth at the end of several scenarios, one row each.
//!
//! In: [`Comparison`]. Out: a chart. Not here: paired differences (`stats`).

use super::{Chart, Kind};
use crate::chart::{
    Area, Canvas, EDGE, Extent, HPos, Ink, Line, Paint, Panel, Scale, Type, VPos, WIDTH,
};
use crate::figure::{Quantity, clearly_above, grouped, money, money_tick, span};

mod wording;

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

const ROW: f64 = 34.0;
const HEADING: f64 = 26.0;
const BASE: f64 = 44.0;

/// Room for names at most, and between columns.
const NAMES: f64 = 210.0;
const GAP: f64 = 18.0;

/// One scenario; money in the currency of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct ComparedRow {
    pub name: String,
    /// Put in on day one.
    pub put_in: f64,
    pub p05: f64,
    pub p25: f64,
    pub p50: Quantity,
    pub p75: f64,
    pub p95: f64,
    /// Its median less the base's, with the error of the paired difference; none for the base, and
    /// where the difference has no error.
    pub difference: Option<Quantity>,
    /// Its median return per year, if that has an error, and less the base's: what is told where
    /// the money put in differs.
    pub rate: Option<Quantity>,
    pub rate_difference: Option<Quantity>,
    /// Whether every path ends exactly like the base's.
    pub is_equal: bool,
}

/// Data of the chart: the base and at least one other.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    pub currency: String,
    /// What the money is measured in, as in "in 2027 money".
    pub basis: String,
    /// The horizon.
    pub years: f64,
    pub base: ComparedRow,
    pub others: Vec<ComparedRow>,
}

impl Comparison {
    fn rows(&self) -> impl Iterator<Item = &ComparedRow> {
        let drawn = self.others.iter().take(MOST_ROWS - 1);
        std::iter::once(&self.base).chain(drawn)
    }

    fn n_rows(&self) -> usize {
        self.rows().count()
    }

    fn scale(&self) -> Scale {
        let of_row = |row: &ComparedRow| Extent {
            lowest: row.p05,
            highest: row.p95,
            ratio: match row.p05 > 0.0 {
                true => row.p95 / row.p05,
                false => f64::INFINITY,
            },
            usual: row.put_in,
        };
        let first = of_row(&self.base);
        Scale::fit(self.rows().map(of_row).fold(first, Extent::and))
    }

    /// Whether all put in the same.
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
        let is_clear =
            |size: Quantity| size.value > 0.0 && clearly_above(size, Quantity::exact(0.0), n);
        let size = self.judged(row).map(Quantity::size);
        size.is_some_and(is_clear)
    }
}

/// Whether two amounts that were put in are the same but for rounding.
pub fn is_same_stake(base: f64, new: f64) -> bool {
    // also where one is not known
    let is_other = (base - new).abs() > 1e-9 * base.abs().max(new.abs());
    !is_other
}

fn name_type() -> Type {
    Type::new(12.5, Ink::Text).down(VPos::Center)
}

fn heading_type() -> Type {
    Type::new(10.5, Ink::Mute).down(VPos::Center)
}

/// Headings of the columns at the right.
const COLUMNS: (&str, &str) = ("median", "against the base");

impl Comparison {
    /// Widths of the columns: names, medians, differences.
    fn widths(&self) -> (f64, f64, f64) {
        let widest = |heading: &str, texts: Vec<String>| {
            let widths = texts.iter().map(|text| Type::figure(Ink::Text).width(text));
            widths.fold(heading_type().width(heading), f64::max)
        };
        let names = self.rows().map(|row| name_type().width(&row.name));
        let differences = self.rows().filter_map(|row| row.difference);
        (
            names.fold(0.0, f64::max).min(NAMES),
            widest(COLUMNS.0, self.rows().map(|row| self.median(row)).collect()),
            widest(
                COLUMNS.1,
                differences.map(|change| self.change(change)).collect(),
            ),
        )
    }

    /// What all put in, if it is the same and in the picture.
    fn draw_put_in(&self, canvas: &mut Canvas, panel: &Panel, label_at: f64) {
        let (put_in, (low, high)) = (self.base.put_in, panel.x.ends());
        if !self.is_of_one_stake() || put_in <= 0.0 || !(low..=high).contains(&put_in) {
            return;
        }
        let area = panel.area;
        let (x, _) = panel.at(put_in, 0.0);
        let line = Line::new(Ink::Text, 1.0).dashed(4, 3);
        panel.upright(canvas, x, line);
        let set = heading_type().across(HPos::Center);
        let label = format!("{} put in", money(&self.currency, put_in));
        let half = set.width(&label) / 2.0;
        let x = x.clamp(area.left + half, (area.right - half).max(area.left + half));
        canvas.text(&label, (x, label_at), &set);
    }

    fn draw_row(&self, canvas: &mut Canvas, panel: &Panel, row: &ComparedRow, y: f64, ink: Ink) {
        let Area { left, right, .. } = panel.area;
        let level = |value: f64| panel.at(value, 0.0).0.clamp(left, right);
        let span = |canvas: &mut Canvas, low: f64, high: f64, width: f64, percent: u8| {
            let line = Line::new(ink, width).percent(percent);
            canvas.line(&[(level(low), y), (level(high), y)], line);
        };
        span(canvas, row.p05, row.p95, 2.0, 55);
        span(canvas, row.p25, row.p75, 8.0, 45);
        canvas.dot((level(row.p50.value), y), 5.5, Paint::solid(Ink::Ground));
        canvas.dot((level(row.p50.value), y), 4.5, Paint::solid(ink));
    }
}

impl Chart for Comparison {
    fn finding(&self) -> String {
        match self.others.as_slice() {
            [row] => self.of_one(row),
            _ => self.of_many(),
        }
    }

    fn reading(&self) -> String {
        let scale = self.scale().said(|value| money(&self.currency, value));
        let stakes = match self.is_of_one_stake() {
            false => "; they do not put in the same",
            true => "",
        };
        let left_out = match self.others.len() + 1 - self.n_rows() {
            0 => String::new(),
            n => format!("; {} more are not drawn", grouped(n as u64)),
        };
        format!(
            "Wealth after {} {}: the middle half (thick) and nine in ten (thin) of the paths, dot at \
             the median; differences on the same random numbers, ± 95%{stakes}{scale}{left_out}",
            span(self.years),
            self.basis
        )
    }

    fn body_height(&self) -> f64 {
        HEADING + self.n_rows() as f64 * ROW + BASE
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let (names, medians, differences) = self.widths();
        let right = WIDTH - EDGE;
        let area = Area {
            left: EDGE + names + GAP,
            top: body.top + HEADING,
            right: right - differences - GAP - medians - GAP,
            bottom: body.top + HEADING + self.n_rows() as f64 * ROW,
        };
        let panel = Panel::of_rows(canvas, area, self.scale());
        self.draw_put_in(canvas, &panel, body.top + HEADING / 2.0 - 2.0);
        let heading = heading_type().across(HPos::Right);
        let y = body.top + HEADING / 2.0 - 2.0;
        canvas.text(COLUMNS.0, (right - differences - GAP, y), &heading);
        canvas.text(COLUMNS.1, (right, y), &heading);
        for (index, row) in self.rows().enumerate() {
            let y = area.row(index, ROW);
            let ink = if index == 0 { Ink::Blue } else { Ink::Green };
            canvas.name(&row.name, (EDGE, y), &name_type(), names + 1.0);
            self.draw_row(canvas, &panel, row, y, ink);
            let median = self.median(row);
            let at = (right - differences - GAP, y);
            canvas.text(&median, at, &Type::figure(ink.for_text()));
            let change = match (index, row.difference) {
                (0, _) => "base".to_owned(),
                (_, None) => "no error known".to_owned(),
                (_, Some(difference)) => self.change(difference),
            };
            let is_clear = index > 0 && self.is_of_one_stake() && self.differs(row);
            let ink = if is_clear { Ink::Text } else { Ink::Mute };
            canvas.text(&change, (right, y), &Type::figure(ink));
        }
        panel.base_of_rows(canvas, |tick| money_tick(&self.currency, tick));
    }
}
