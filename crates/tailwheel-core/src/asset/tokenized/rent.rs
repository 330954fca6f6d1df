//! Monthly net rent, and the loss of value in months whose rent does not cover the costs.

use crate::asset::{Coefficient, wear};
use crate::book::{Account, Cause};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::exp;
use crate::math::{LANES, greater};
use crate::stage::{Build, Phase, Row};

/// Output of the rented thing in `month` = 1, 2, … relative to the first, at the yearly decay rate `decay`.
#[inline(always)]
pub(super) fn output_of(decay: f64, month: u32) -> f64 {
    exp(-decay * f64::from(month - 1) / STEPS_PER_YEAR)
}

/// Yearly rent while rented, as a fraction of the value, that gives the net yield `start` after the fraction
/// `vacancy` of time and the yearly `costs`.
#[inline(always)]
pub(super) fn gross(start: f64, vacancy: f64, costs: f64) -> f64 {
    (start + costs) / (1.0 - vacancy)
}

/// Monthly payment and monthly deficit, as fractions of the value, at the yearly `rent` and `costs`
/// (fractions of the value).
#[inline(always)]
pub(super) fn net(rent: f64, costs: f64) -> (f64, f64) {
    let left = (rent - costs) / STEPS_PER_YEAR;
    (greater(left, 0.0), greater(-left, 0.0))
}

pub(super) struct Rent {
    /// Yearly rent as a fraction of the value; `None` unless the key `rent` states it. Vacancy and costs are
    /// deducted from a stated rent on each path.
    pub gross: Option<Coefficient>,
    /// Vacancy as a fraction of time, per path.
    pub vacancy: Coefficient,
    pub costs: Coefficient,
    pub output_decay: Coefficient,
    /// Row that is above 0 in months in which a tenant pays; `None` if one always does.
    pub is_let: Option<Row>,
    /// Row of a random factor on the rent, of mean 1; `None` if the rent does not vary.
    pub factor: Option<Row>,
}

impl Rent {
    /// Adds the monthly net rent per unit of value and returns its row. Takes deficits off `value`. `start`
    /// is the net yield of the first month.
    pub(super) fn build(self, start: Coefficient, value: Account, build: &mut Build) -> Row {
        let [paid, short] = [build.row(), build.row()];
        // yearly, before decay of the output
        let rent = self.gross.unwrap_or_else(|| {
            let parts = [start, self.vacancy, self.costs];
            Coefficient::from(parts, build, |[start, vacancy, costs]| gross(start, vacancy, costs))
        });
        build.step(
            Phase::Operate,
            "Collect",
            #[inline(always)]
            move |cx| {
                let mut rent = rent.of_paths(cx.rows);
                match self.output_decay {
                    Coefficient::Same(decay) => rent *= output_of(decay, cx.month.index),
                    Coefficient::PerPath(row) => {
                        let decay = cx.rows.get(row);
                        rent.each(|lane, own| own * output_of(decay[lane], cx.month.index));
                    }
                }
                let costs = self.costs.of_paths(cx.rows);
                if let Some(row) = self.factor {
                    rent *= cx.rows.get(row);
                }
                if let Some(row) = self.is_let {
                    let is_let = cx.rows.get(row);
                    rent.each(|lane, own| own * greater(is_let[lane], 0.0));
                }
                let [paid, short] = cx.rows.pair(paid, short);
                for lane in 0..LANES {
                    (paid[lane], short[lane]) = net(rent[lane], costs[lane]);
                }
            },
        );
        // The value pays the costs that the rent did not cover.
        wear::build(value, Coefficient::PerPath(short), Cause::Cost, build);
        paid
    }
}
