//! Monthly net rent, and the loss of value in months whose rent does not cover the costs.

use crate::asset::{Coefficient, wear};
use crate::book::{Account, Cause};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::exp;
use crate::math::{LANES, greater};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Output in `month` relative to the first month, at this yearly decay rate.
#[inline(always)]
fn output_of(decay: f64, month: u32) -> f64 {
    exp(-decay * f64::from(month - 1) / STEPS_PER_YEAR)
}

/// Vacancy, costs and decay that reduce a rent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Terms {
    pub vacancy: f64,
    /// Yearly costs as a fraction of the value.
    pub costs: f64,
    /// Yearly decay rate of the output.
    pub output_decay: f64,
}

impl Terms {
    /// Yearly rent while rented, as a fraction of the value, that gives the net yield `start`.
    #[inline(always)]
    pub(super) fn rent(&self, start: f64) -> f64 {
        (start + self.costs) / (1.0 - self.vacancy)
    }

    /// Output in `month` relative to the first month.
    #[inline(always)]
    pub(super) fn output(&self, month: u32) -> f64 {
        output_of(self.output_decay, month)
    }

    /// Monthly payment and monthly deficit, as fractions of the value, at the yearly `rent`.
    #[inline(always)]
    pub(super) fn net(&self, rent: f64) -> (f64, f64) {
        let left = (rent - self.costs) / STEPS_PER_YEAR;
        (greater(left, 0.0), greater(-left, 0.0))
    }
}

pub(super) struct Rent {
    /// Terms with every range at its median.
    pub terms: Terms,
    /// Yearly rent as a fraction of the value, if `rent` is stated; vacancy and costs are then deducted on
    /// each path.
    pub gross: Option<Coefficient>,
    /// Vacancy as a fraction of time, per path.
    pub vacancy: Coefficient,
    pub costs: Coefficient,
    pub output_decay: Coefficient,
    /// Row that is above 0 in months in which the property is rented; `None` if it always is.
    pub is_let: Option<Row>,
    /// Random factor on the rent, of mean 1.
    pub factor: Option<Row>,
}

impl Rent {
    /// Adds the monthly net rent per unit of value and returns its row. Takes deficits off `value`. `start`
    /// is the net yield of the first month.
    pub(super) fn build(self, start: Coefficient, value: Account, build: &mut Build) -> Row {
        let [paid, short] = [build.row(), build.row()];
        let terms = self.terms;
        let parts = [start, self.vacancy, self.costs];
        let of_start = move |[start, vacancy, costs]: [f64; 3]| Terms { vacancy, costs, ..terms }.rent(start);
        let rent = self.gross.unwrap_or_else(|| Coefficient::from(parts, build, of_start));
        let collect = Collect { of: self, rent, paid, short };
        build.stage(Phase::Operate, collect);
        // The value pays the costs that the rent did not cover.
        wear::build(value, Coefficient::PerPath(short), Cause::Cost, build);
        paid
    }
}

struct Collect {
    of: Rent,
    /// Yearly rent as a fraction of the value, before decay of the output.
    rent: Coefficient,
    paid: Row,
    short: Row,
}

impl Stage for Collect {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut rent = self.rent.of_paths(cx.rows);
        match self.of.output_decay {
            Coefficient::Same(decay) => rent *= output_of(decay, cx.month.index),
            Coefficient::PerPath(row) => {
                let decay = cx.rows.get(row);
                rent.each(|lane, own| own * output_of(decay[lane], cx.month.index));
            }
        }
        let costs = self.of.costs.of_paths(cx.rows);
        if let Some(row) = self.of.factor {
            rent *= cx.rows.get(row);
        }
        if let Some(row) = self.of.is_let {
            let is_let = cx.rows.get(row);
            rent.each(|lane, own| own * greater(is_let[lane], 0.0));
        }
        let [paid, short] = cx.rows.pair(self.paid, self.short);
        for lane in 0..LANES {
            let terms = Terms { costs: costs[lane], ..self.of.terms };
            (paid[lane], short[lane]) = terms.net(rent[lane]);
        }
    }
}
