//! Replay of one path, month by month, together with its block.
//!
//! In: a plan, the number of a path. Out: [`Replay`]: every balance, row and draw of the path, with the same
//! bits as in a run. Not here: what they mean (the plan's legend), how they are shown (`report`).

use super::control::RunError;
use super::outcome::is_in_range;
use super::recorder::tracks_of;
use super::worker::Worker;
use crate::book::{Account, Posting};
use crate::math::LANES;
use crate::plan::{Legend, Plan, SalesRows};
use crate::record::part_taken;
use crate::stage::{AccountLabel, LaneDraws, LaneRows, Level, Row, TrackId};

/// Least divisor of a month's bookkeeping imbalance, as a fraction of the sum of all absolute balances.
const LEAST_FLOWS: f64 = 1e-6;

/// All months of one path, from day one to the horizon.
#[derive(Clone, Debug)]
pub struct Replay {
    pub path: u64,
    /// State of the path on day one, then at the end of every month.
    pub months: Vec<ReplayedMonth>,
    /// Quantities that a run records per path, each with its id and its value on this path.
    pub columns: Vec<(TrackId, f64)>,
    /// Labels of the accounts, in the order of the balances.
    pub accounts: Vec<AccountLabel>,
    /// Names of the assets, events, causes, asset states and residences with an income requirement, in this order.
    pub objects: Vec<String>,
    /// State and random draws that explain the events of the path to readers.
    pub legend: Legend,
}

/// State of a replayed path at the end of one month.
#[derive(Clone, Debug)]
pub struct ReplayedMonth {
    /// Price level at the end of the month, 1 on day one.
    pub price_level: f64,
    /// Random draws of the month, common to the runs with and without agents. Day one has no monthly draws.
    pub draws: LaneDraws,
    /// State of the run and, if there are agents, of the paired run without them.
    pub worlds: Vec<WorldMonth>,
}

/// State of the run with or without agents at the end of one month.
#[derive(Clone, Debug, PartialEq)]
pub struct WorldMonth {
    /// Nominal balance of every account, in the order of the plan.
    pub balances: Vec<f64>,
    /// All postings of the month, in their order; on day one the opening balances.
    pub postings: Vec<Posting>,
    pub rows: LaneRows,
    /// Net worth at the close, in money of the month.
    pub wealth: f64,
    /// Nominal net worth at the intramonth low, before bills and payments; on day one and without sales, at the close.
    pub low: f64,
    /// Money that the month's sales by agents had taken from net worth at the intramonth low, nominal; 0 without sales.
    pub taken: f64,
    /// Net income of the month, nominal; 0 on day one.
    pub income: f64,
    /// Share of the agents that sold this month, weighted by the money they manage; 0 to 1.
    pub sold: f64,
}

impl Replay {
    /// Returns the value of the quantity `id` on this path; `None` if a run does not record it.
    pub fn column(&self, id: TrackId) -> Option<f64> {
        self.columns.iter().find(|(column, _)| *column == id).map(|(_, value)| *value)
    }

    /// Number of runs: 1, or 2 if there are agents (the run and the paired run without agents).
    pub fn n_worlds(&self) -> usize {
        self.months[0].worlds.len()
    }

    /// Number of months after day one.
    pub fn n_months(&self) -> u32 {
        (self.months.len() - 1) as u32
    }

    /// Net change of account number `account` in `month` ≥ 1 of run `world` (0: the run, 1: without agents).
    /// The sum over all accounts is zero up to rounding.
    pub fn posted(&self, world: usize, month: u32, account: usize) -> f64 {
        let at = |month: u32| self.months[month as usize].worlds[world].balances[account];
        at(month) - at(month - 1)
    }

    /// Largest bookkeeping imbalance of any month, with and without agents: the net sum of all postings
    /// divided by their gross sum. Benchmark accounts are left out. The result is 0 up to rounding. If less
    /// than a millionth of the balances moved, the divisor is that millionth, since rounding of the balances
    /// hides smaller sums.
    pub fn largest_imbalance(&self) -> f64 {
        let worlds = (0..self.n_worlds()).flat_map(|world| {
            let months = 0..=self.n_months();
            months.map(move |month| self.imbalance(world, month))
        });
        worlds.fold(0.0, f64::max)
    }

    fn imbalance(&self, world: usize, month: u32) -> f64 {
        let balances = &self.months[month as usize].worlds[world].balances;
        let gained = |account: usize| match month {
            0 => balances[account],
            month => self.posted(world, month, account),
        };
        let (mut net, mut gross, mut held) = (0.0, 0.0, 0.0);
        let owned = |account: &usize| self.accounts[*account].is_owned();
        for account in (0..balances.len()).filter(owned) {
            net += gained(account);
            gross += gained(account).abs();
            held += balances[account].abs();
        }
        let moved = gross.max(LEAST_FLOWS * held);
        if moved > 0.0 { net.abs() / moved } else { 0.0 }
    }

    /// Fraction of the wealth at the intramonth low of `month` without its sales that these had taken, in the run with
    /// agents.
    pub fn taken(&self, month: u32) -> f64 {
        let state = &self.months[month as usize].worlds[0];
        part_taken(state.low, state.taken)
    }

    /// Net worth in money of day one: at the start of `month` ≥ 1, then at its intramonth low.
    pub fn fall_of_wealth(&self, month: u32) -> [f64; 2] {
        let [before, now] = [month - 1, month].map(|month| &self.months[month as usize]);
        let opening = before.worlds[0].wealth / before.price_level;
        let low = now.worlds[0].low / now.price_level;
        [opening, low]
    }

    /// Returns the month in which agent selling took the largest fraction of wealth, the first of equal ones;
    /// `None` without sales.
    pub fn worst_sale(&self) -> Option<u32> {
        let sold = |month: &u32| self.months[*month as usize].worlds[0].sold > 0.0;
        let mut worst: Option<(u32, f64)> = None;
        for month in (1..=self.n_months()).filter(sold) {
            let taken = self.taken(month);
            if worst.is_none_or(|(_, most)| taken > most) {
                worst = Some((month, taken));
            }
        }
        worst.map(|(month, _)| month)
    }
}

/// Simulates the block of 256 paths that contains `path`, and records this path month by month.
///
/// All values have the bits of [`run`](super::run()), because each block is independent of the others. `path` may be
/// any number, even beyond the paths of the run. Errors if the path leaves the computable range.
pub fn replay(plan: &Plan, level: Level, path: u64) -> Result<Replay, RunError> {
    let (number, lane) = (path / LANES as u64, (path % LANES as u64) as usize);
    let ids = tracks_of(plan);
    let mut worker = Box::new(Worker::new(plan));
    for world in &mut worker.block.worlds {
        world.book.watch(lane);
    }
    worker.open(plan, level, number, LANES);
    let mut months = vec![keep(plan, &mut worker, lane, true)];
    for month in 1..=plan.n_months {
        worker.block.advance(plan, level);
        let incomes: Vec<f64> =
            worker.block.worlds.iter().map(|world| world.rows.get(plan.record.income)[lane]).collect();
        worker.keep(plan, level, month, LANES);
        let mut kept = keep(plan, &mut worker, lane, false);
        for (world, income) in kept.worlds.iter_mut().zip(incomes) {
            world.income = income;
        }
        months.push(kept);
    }
    let value = |id: &TrackId| worker.value(plan, *id, plan.n_months, level)[lane];
    let columns: Vec<_> = ids.iter().map(|id| (*id, value(id))).collect();
    if columns.iter().any(|(_, value)| !is_in_range(*value)) {
        return Err(worker.left_range(plan, level, &ids, LANES, lane));
    }
    Ok(Replay {
        path,
        months,
        columns,
        accounts: plan.accounts.clone(),
        objects: plan.objects.clone(),
        legend: plan.legend.clone(),
    })
}

fn keep(plan: &Plan, worker: &mut Worker, lane: usize, is_day_one: bool) -> ReplayedMonth {
    let accounts = u16::try_from(plan.accounts.len()).expect("accounts are u16");
    let prices = plan.record.prices;
    let moves = prices.moves && !is_day_one;
    let price_level = match worker.block.worlds.first() {
        Some(world) if moves => world.rows.get(prices.level)[lane],
        _ => 1.0,
    };
    let recorded = worker.recorders.iter();
    let worlds =
        worker.block.worlds.iter_mut().zip(recorded).enumerate().map(|(index, (world, recorder))| {
            let wealth = recorder.wealth()[lane];
            let has_feedback = index == 0 && !is_day_one;
            let sales = plan.record.sales.filter(|_| has_feedback);
            let of_sales =
                |row: fn(SalesRows) -> Row| sales.map_or(0.0, |sales| world.rows.get(row(sales))[lane]);
            WorldMonth {
                balances: (0..accounts).map(|index| world.book.value(Account::at(index))[lane]).collect(),
                postings: world.book.take_postings(),
                rows: world.rows.of_lane(lane),
                wealth,
                low: if has_feedback { recorder.low()[lane] } else { wealth },
                taken: of_sales(|sales| sales.taken),
                income: 0.0,
                sold: of_sales(|sales| sales.sold),
            }
        });
    ReplayedMonth { price_level, draws: worker.block.draws.of_lane(lane), worlds: worlds.collect() }
}
