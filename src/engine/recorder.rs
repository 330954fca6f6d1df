//! What is kept of a block: running statistics of its paths, histograms of its dates.
//!
//! In: the state of a block after each month. Out: column slices, histogram counts. Not here:
//! which columns and dates there are (`plan`).

use super::block::World;
use super::date::{CountRow, DateCount};
use super::outcome::ColumnId;
use super::selling::Selling;
use crate::crash::Trough;
use crate::math::{LANES, Lanes, greater};
use crate::plan::{Plan, RecordPlan};
use crate::stage::{Level, Work};

/// Months of a year.
const YEAR: u32 = 12;
/// Whole paths kept for the picture.
pub(super) const SAMPLE_PATHS: usize = 8;

/// Running statistics of the paths of a block, and counts over all blocks it has seen.
pub(super) struct Recorder {
    /// Trough of the month and what is kept of sales, in the world with the loop.
    trough: Option<Trough>,
    selling: Selling,
    /// Number of the block that is recorded.
    block: u64,
    wealth: Lanes,
    wealth_year1: Lanes,
    peak: Lanes,
    drawdown: Lanes,
    mean_return: Lanes,
    squares: Lanes,
    income: Lanes,
    /// Value of every path on the wealth dates.
    pub wealth_dates: Vec<DateCount>,
    /// Per asset, value on the assets' dates.
    pub asset_dates: Vec<Vec<DateCount>>,
}

impl Recorder {
    /// For world `index`: the twin without the loop keeps no more than what it is compared by.
    pub fn new(plan: &Plan, index: usize) -> Self {
        let record = &plan.record;
        let dates = |every| RecordPlan::dates(every, plan.n_months).len();
        let counts = |n: usize| (0..n).map(|_| DateCount::default()).collect::<Vec<_>>();
        Self {
            trough: plan.record.trough.filter(|_| index == 0),
            selling: Selling::default(),
            block: 0,
            wealth: Lanes::ZERO,
            wealth_year1: Lanes::ZERO,
            peak: Lanes::ZERO,
            drawdown: Lanes::ZERO,
            mean_return: Lanes::ZERO,
            squares: Lanes::ZERO,
            income: Lanes::ZERO,
            wealth_dates: counts(dates(record.wealth_every)),
            asset_dates: record
                .assets
                .iter()
                .filter(|_| index == 0)
                .map(|_| counts(dates(record.assets_every)))
                .collect(),
        }
    }

    /// Starts block `number`: day one is the first date and the first peak.
    pub fn open(&mut self, plan: &Plan, world: &World, number: u64, n_paths: usize, level: Level) {
        self.block = number;
        self.wealth = net_worth(&plan.record, world);
        self.peak = self.wealth;
        for row in [
            &mut self.wealth_year1,
            &mut self.drawdown,
            &mut self.mean_return,
            &mut self.squares,
            &mut self.income,
        ] {
            *row = Lanes::ZERO;
        }
        self.selling = Selling::default();
        self.count(plan, world, 0, n_paths, level);
    }

    /// Keeps month `month` of `block`, of which the first `n_paths` paths count.
    pub fn keep(
        &mut self,
        plan: &Plan,
        world: &mut World,
        month: u32,
        n_paths: usize,
        level: Level,
    ) {
        level.run(KeepMonth {
            recorder: self,
            record: &plan.record,
            world,
            month,
        });
        if month == YEAR {
            self.wealth_year1 = self.wealth;
        }
        self.selling.close_year(month);
        if month + YEAR > plan.n_months {
            let income = world.rows.get(plan.record.income);
            for lane in 0..LANES {
                self.income[lane] += income[lane];
            }
        }
        *world.rows.get_mut(plan.record.income) = Lanes::ZERO;
        self.count(plan, world, month, n_paths, level);
    }

    /// Wealth of every path of the block now.
    pub fn wealth(&self) -> &Lanes {
        &self.wealth
    }

    /// Value of column `id` on every path, once the horizon is reached.
    pub fn column(&self, plan: &Plan, world: &World, id: ColumnId) -> Lanes {
        let per_lane = |of: &dyn Fn(usize) -> f64| Lanes(std::array::from_fn(of));
        match id {
            ColumnId::Wealth => self.wealth,
            ColumnId::WealthYear1 => self.wealth_year1,
            ColumnId::UnitValue => per_lane(&|lane| self.wealth[lane] / plan.record.money_in),
            ColumnId::MaxDrawdown => self.drawdown,
            ColumnId::Volatility => {
                let degrees = f64::from(plan.n_months.max(2) - 1);
                per_lane(&|lane| (self.squares[lane] / degrees * f64::from(YEAR)).sqrt())
            }
            ColumnId::IncomeTerminal => {
                let n_months = f64::from(plan.n_months.min(YEAR));
                per_lane(&|lane| self.income[lane] / n_months)
            }
            ColumnId::AssetValue(asset) => {
                *world.book.value(plan.record.assets[usize::from(asset)])
            }
            of_sales => self
                .selling
                .column(of_sales)
                .expect("columns of the twin are asked for by what they are in it"),
        }
    }

    fn count(&mut self, plan: &Plan, world: &World, month: u32, n_paths: usize, level: Level) {
        let record = &plan.record;
        if let Some(date) = date_of(month, record.wealth_every, plan.n_months) {
            level.run(CountRow {
                into: &mut self.wealth_dates[date],
                row: &self.wealth,
                n_paths,
                block: self.block,
            });
        }
        if let Some(date) = date_of(month, record.assets_every, plan.n_months) {
            for (counts, &account) in self.asset_dates.iter_mut().zip(&record.assets) {
                level.run(CountRow {
                    into: &mut counts[date],
                    row: world.book.value(account),
                    n_paths,
                    block: self.block,
                });
            }
        }
    }
}

/// Position of `month` among the dates, if it is one.
fn date_of(month: u32, every: u32, n_months: u32) -> Option<usize> {
    let date = if month.is_multiple_of(every) {
        month / every
    } else if month == n_months {
        month / every + 1
    } else {
        return None;
    };
    Some(date as usize)
}

#[inline(always)]
fn net_worth(record: &RecordPlan, world: &World) -> Lanes {
    let mut wealth = Lanes::ZERO;
    for &account in &record.net_worth {
        let value = world.book.value(account);
        for lane in 0..LANES {
            wealth[lane] += value[lane];
        }
    }
    wealth
}

struct KeepMonth<'a> {
    recorder: &'a mut Recorder,
    record: &'a RecordPlan,
    world: &'a World,
    month: u32,
}

impl Work for KeepMonth<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let wealth = net_worth(self.record, self.world);
        let Recorder {
            wealth: before,
            peak,
            drawdown,
            mean_return,
            squares,
            trough,
            selling,
            ..
        } = self.recorder;
        if let Some(trough) = *trough {
            let mut low = wealth;
            let below = self.world.rows.get(trough.below_close);
            for lane in 0..LANES {
                low[lane] -= below[lane];
                // before the close can make a new peak
                drawdown[lane] = greater(1.0 - low[lane] / peak[lane], drawdown[lane]);
            }
            selling.keep(self.record, self.world, trough, &low);
        }
        let weight = 1.0 / f64::from(self.month);
        for lane in 0..LANES {
            let now = wealth[lane];
            peak[lane] = greater(now, peak[lane]);
            drawdown[lane] = greater(1.0 - now / peak[lane], drawdown[lane]);
            // after everything is lost there is no return; Welford's update, so nothing cancels when
            // the returns are nearly equal
            let simple = if before[lane] > 0.0 {
                now / before[lane] - 1.0
            } else {
                0.0
            };
            let distance = simple - mean_return[lane];
            mean_return[lane] = distance.mul_add(weight, mean_return[lane]);
            squares[lane] = distance.mul_add(simple - mean_return[lane], squares[lane]);
        }
        *before = wealth;
    }
}
