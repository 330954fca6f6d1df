//! Monthly growth and income of a kind, which the plan posts.
//!
//! In: coefficients and rows of a kind. Out: [`Earning`]. Not here: the postings (`revalue`, `pay`).

use super::Lever;
use crate::market::STEPS_PER_YEAR;
use crate::random::count::binomial;
use crate::stage::{Coefficient, Row, Rows};

/// Growth, income and units of a holding in every month, before its market, its owner and loss events act.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Earning {
    /// Expected factor of the price per month.
    pub growth: Coefficient,
    /// Income of the month; `None` if the asset never pays any.
    pub income: Option<Income>,
    /// Counts of the units of a fleet; `None` if the kind of asset has no units.
    pub units: Option<UnitRows>,
    /// Debt and market exposure of a leveraged asset; `None` if the exposure equals the value.
    pub lever: Option<Lever>,
    /// Rows that determine how many units need supervision.
    pub tended: Tended,
    /// Price of a business to a buyer on day one, as a fraction of its value; `None` for other assets.
    pub asked: Option<Row>,
}

impl Earning {
    /// A holding of one unit that exists while it has a value at the `start` of the month.
    pub(super) fn held(growth: Coefficient, income: Option<Income>, start: Row) -> Self {
        let tended = Tended::one([start; 2]);
        Self { growth, income, units: None, lever: None, tended, asked: None }
    }
}

/// Rows that determine how many units need supervision, at the start of the month, available from the end
/// of `Phase::Low`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tended {
    /// The asset needs no supervision on paths where one of these rows is 0.
    pub runs: [Row; 2],
    /// Counts of units, whose sum needs supervision. Without any count, the asset is one unit.
    pub counts: [Option<Row>; 2],
}

impl Tended {
    /// Supervision of a single unit, needed while none of the rows `runs` is 0.
    pub const fn one(runs: [Row; 2]) -> Self {
        let counts = [None, None];
        Self { runs, counts }
    }
}

/// Counts of the units of a fleet, one value per path. Units neither healthy, decayed nor down are closed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitRows {
    /// Number of units that earn in full.
    pub healthy: Row,
    /// Number of decayed units that have not been detected yet.
    pub decayed: Row,
    /// Number of units that are being replaced.
    pub down: Row,
    /// Number of units that an event of this month moved from healthy to decayed. The event subtracts them
    /// from `healthy` and adds them here; the fleet resets this row to zero.
    pub fallen: Row,
    /// Number of units on day one.
    pub all: f64,
    /// Fraction of its income that a healthy unit loses by decaying.
    pub lost_by_decay: Coefficient,
    /// Income of healthy units relative to day one, raised by tests of prices and pages; `None` without tests. A unit
    /// that decays loses the gain.
    pub lift: Option<Row>,
    /// Total sizes of the healthy units (those in `fallen` included) and of the decayed ones; `None` if all
    /// units have equal size.
    pub sizes: Option<[Row; 2]>,
}

impl UnitRows {
    /// Makes healthy units of a path decay, each with probability `share`; one `uniform` decides their
    /// number. Returns the fraction of the fleet's earning capacity that is lost.
    pub fn fell(self, rows: &mut Rows, lane: usize, uniform: f64, share: f64) -> f64 {
        let [healthy, fallen] = rows.pair(self.healthy, self.fallen);
        let count = binomial(uniform, healthy[lane], share);
        let (before, already) = (healthy[lane], fallen[lane]);
        healthy[lane] -= count;
        fallen[lane] += count;
        if count == 0.0 {
            return 0.0;
        }
        // units differ in size: the decayed ones have the average size
        let (size, decayed) = match self.sizes {
            Some([healthy, decayed]) => {
                (rows.get(healthy)[lane] / (before + already), rows.get(decayed)[lane])
            }
            None => (1.0, rows.get(self.decayed)[lane]),
        };
        let (before, fell) = (size * before, size * count);
        let lost_by_decay = self.lost_by_decay.on(rows, lane);
        let decayed = decayed * (1.0 - lost_by_decay);
        if let Some(row) = self.lift {
            let lift = if already == 0.0 { rows.get(row)[lane] } else { 1.0 };
            let earned = before * lift;
            let lost = earned - before + lost_by_decay * fell;
            return lost / (earned + decayed);
        }
        lost_by_decay * fell / (before + decayed)
    }
}

/// Gross income of an asset in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Income {
    /// `rate` per unit of value at the start of the month, times the random row `factor` of mean 1, if any.
    OfValue { rate: Coefficient, factor: Option<Row> },
    /// Cash amount in `row`, available in `Phase::Earn`. `costs` are subtracted from it and are never
    /// reduced by market falls or cuts. From then on `row` holds the remainder. A negative remainder is a loss,
    /// which the owner pays with the other costs if [`Facts::may_lose`](super::Facts::may_lose). `revenue`
    /// is what customers pay, if `row` is net of variable costs: a provider's price increase is a fraction
    /// of that.
    Money { row: Row, costs: Option<Row>, revenue: Option<Row> },
}

/// Income and remaining value of one unit after a year if all income is withdrawn and nothing is random.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Year {
    /// Number of the year: 1, 2, …
    pub number: u32,
    /// Income of the year per unit of initial value.
    pub income: f64,
    /// Value of the unit at the end of the year.
    pub value: f64,
}

impl Year {
    /// Returns the complete years contained in `months`.
    pub fn of(months: &[Expected]) -> Vec<Self> {
        let mut value = 1.0;
        let year = |(number, months): (u32, &[Expected])| {
            let mut income = 0.0;
            for month in months {
                income += value * month.income;
                value *= month.growth;
            }
            Self { number, income, value }
        };
        (1..).zip(months.chunks_exact(STEPS_PER_YEAR as usize)).map(year).collect()
    }
}

/// Growth and income of an expected month per unit of value: no market shocks, unknown quantities at their
/// median, varying ones at their mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    /// Factor of the value over the month.
    pub growth: f64,
    /// Income per unit of value at the start of the month.
    pub income: f64,
}
