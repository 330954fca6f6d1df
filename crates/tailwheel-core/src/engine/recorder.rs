//! Recording of a block in one world: its tracks, and the counts of its series.
//!
//! In: the state of a block after each month. Out: one number per path and track, counts. Not here: which
//! tracks and dates there are (`plan`), what a track follows (`record`).

use super::date::DateCount;
use crate::math::{LANES, Lanes, greater};
use crate::plan::{BorderRows, Plan, RecordPlan, SalesRows, SeriesOf, World};
use crate::stage::{AnyTrack, Close, Level, Rows, TrackId, TrackRequest};

/// Number of paths whose wealth is kept month by month for charts.
pub(super) const SAMPLE_PATHS: usize = 8;

/// Tracks of the paths of the current block, and counts over all blocks recorded so far.
pub(super) struct Recorder {
    /// Number of the run that is recorded: 0 is the run, 1 the paired run without agents.
    index: u8,
    /// Rows of the month's sales; `None` without agents.
    sales: Option<SalesRows>,
    /// Number of the block that is being recorded.
    block: u64,
    wealth: Box<Lanes>,
    before: Box<Lanes>,
    /// Net worth at the intramonth low, before bills and payments; at the close where no sale moves a price.
    low: Lanes,
    /// Net worth at the close less the distance of the low below it; only with sales.
    least: Lanes,
    /// Time-weighted value of one unit of the portfolio; `None` if no money enters or leaves the portfolio, since the
    /// value then equals net worth.
    unit: Option<Box<UnitValue>>,
    /// Quantities recorded per path (tracks) in this run, with or without agents, in the order of the plan.
    tracks: Vec<Box<dyn AnyTrack>>,
    /// Counts of the values of each recorded series on each of its dates, in this run (with or without agents).
    pub series: Vec<Vec<DateCount>>,
}

/// Quantities recorded per path in run `index` of `plan`: 0 is the run, 1 the paired run without agents, which
/// records only those needed for the comparison.
fn kept_in(plan: &Plan, index: u8) -> impl Iterator<Item = &TrackRequest> {
    plan.record.tracks.iter().filter(move |track| index == 0 || track.is_paired)
}

/// Ids of all quantities that `plan` records per path: those of the run, then those of the paired run without agents.
pub(super) fn tracks_of(plan: &Plan) -> Vec<TrackId> {
    let n_worlds = u8::try_from(plan.n_worlds()).expect("two at most");
    let of_world = |index| kept_in(plan, index).map(move |track| track.id.in_world(index));
    (0..n_worlds).flat_map(of_world).collect()
}

impl Recorder {
    /// Creates the recorder of the results of the run (`index` 0) or of the paired run without agents (1).
    pub fn new(plan: &Plan, index: u8) -> Self {
        let record = &plan.record;
        let of_world = |id: TrackId| id.world() == usize::from(index);
        let series = record.series.iter().filter(|series| of_world(series.id));
        let counts = |n: usize| (0..n).map(|_| DateCount::default()).collect();
        Self {
            index,
            sales: record.sales.filter(|_| index == 0),
            block: 0,
            wealth: Box::default(),
            before: Box::default(),
            low: Lanes::ZERO,
            least: Lanes::ZERO,
            unit: record.border.map(UnitValue::new),
            tracks: kept_in(plan, index).map(|one| one.track.boxed()).collect(),
            series: series.map(|one| counts(one.dates(plan.n_months).len())).collect(),
        }
    }

    /// Begins block `number` (256 paths) and records day one. Recorded distributions count only `n_paths` paths.
    pub fn open(&mut self, plan: &Plan, world: &World, number: u64, n_paths: usize, level: Level) {
        self.block = number;
        for track in &mut self.tracks {
            track.open();
        }
        self.take_in(plan, world, level);
        if let Some(unit) = &mut self.unit {
            unit.value = *self.wealth;
        }
        self.count(plan, world, 0, n_paths, level);
    }

    /// Records the state of all paths after `month`. Recorded distributions count only the first `n_paths` paths.
    pub fn keep(&mut self, plan: &Plan, world: &mut World, month: u32, n_paths: usize, level: Level) {
        std::mem::swap(&mut self.before, &mut self.wealth);
        self.take_in(plan, world, level);
        if let Some(unit) = &mut self.unit {
            let (wealth, before, least) = (&self.wealth, &self.before, &self.least);
            level.run(
                #[inline(always)]
                || unit.advance(&world.rows, wealth, before, least),
            );
        }
        let mut tracks = std::mem::take(&mut self.tracks);
        let now = self.close(plan, world, month);
        for track in &mut tracks {
            track.keep_at(level, &now);
        }
        self.tracks = tracks;
        self.count(plan, world, month, n_paths, level);
        *world.rows.get_mut(plan.record.income) = Lanes::ZERO;
        if let Some(border) = plan.record.border {
            *world.rows.get_mut(border.paid_out) = Lanes::ZERO;
        }
    }

    /// Nominal net worth at the intramonth low, before bills and payments; without sales, net worth at the month's end.
    pub fn low(&self) -> &Lanes {
        match self.sales {
            Some(_) => &self.low,
            None => &self.wealth,
        }
    }

    /// Current net worth of the path at index `lane` of the block, in money of day one.
    pub fn real_wealth(&self, plan: &Plan, world: &World, lane: usize) -> f64 {
        self.wealth[lane] / world.rows.get(plan.record.prices.level)[lane]
    }

    /// Current net worth of each of the block's 256 paths, nominal.
    pub fn wealth(&self) -> &Lanes {
        &self.wealth
    }

    /// Value of the recorded quantity `id` after `month` on each of the block's 256 paths. Panics if this run (with
    /// or without agents) does not record it.
    pub fn value(&self, plan: &Plan, world: &World, id: TrackId, month: u32, level: Level) -> Lanes {
        let place = kept_in(plan, self.index)
            .position(|one| one.id == id.in_world(0))
            .expect("the world keeps what is asked for");
        self.tracks[place].value_at(level, &self.close(plan, world, month))
    }

    fn take_in(&mut self, plan: &Plan, world: &World, level: Level) {
        level.run(
            #[inline(always)]
            || self.add_up(&plan.record, world),
        );
    }

    /// Computes net worth at the close and at the intramonth low on every path.
    #[inline(always)]
    fn add_up(&mut self, record: &RecordPlan, world: &World) {
        let wealth = &mut *self.wealth;
        *wealth = Lanes::ZERO;
        for &account in &record.net_worth {
            let value = world.book.value(account);
            for lane in 0..LANES {
                wealth[lane] += value[lane];
            }
        }
        if let Some(sales) = self.sales {
            let (below, to_low) = (world.rows.get(sales.below_close), world.rows.get(sales.to_low));
            let fall = world.rows.get(sales.fall.0);
            for lane in 0..LANES {
                self.least[lane] = wealth[lane] - below[lane];
                let fallen = self.before[lane] + to_low[lane];
                self.low[lane] = if fall[lane] > 0.0 { fallen } else { wealth[lane] };
            }
        }
    }

    fn close<'a>(&'a self, plan: &Plan, world: &'a World, month: u32) -> Close<'a> {
        let [value, before, low] = match &self.unit {
            None => [&*self.wealth, &*self.before, &self.least],
            Some(unit) => [&unit.value, &unit.before, &unit.low],
        };
        Close {
            month,
            n_months: plan.n_months,
            wealth: &self.wealth,
            value,
            before,
            low: self.sales.map(|_| [&self.low, low]),
            book: &world.book,
            rows: &world.rows,
        }
    }

    fn count(&mut self, plan: &Plan, world: &World, month: u32, n_paths: usize, level: Level) {
        let index = usize::from(self.index);
        let series = plan.record.series.iter().filter(|series| series.id.world() == index);
        for (series, dates) in series.zip(&mut self.series) {
            let Some(date) = series.date_of(month, plan.n_months) else {
                continue;
            };
            let row = match series.of {
                SeriesOf::NetWorth => &*self.wealth,
                SeriesOf::Balance(account) => world.book.value(account),
                SeriesOf::State(row) | SeriesOf::Hours(row) | SeriesOf::Paid(row) => world.rows.get(row),
                SeriesOf::NetIncome => world.rows.get(plan.record.income),
            };
            let prices = plan.record.prices;
            let level_of_prices = world.rows.get(prices.level);
            let is_deflated = prices.moves && series.is_money();
            level.run(
                #[inline(always)]
                || {
                    if is_deflated {
                        let real = Lanes::of(|lane| row[lane] / level_of_prices[lane]);
                        dates[date].count(&real, n_paths, self.block);
                    } else {
                        dates[date].count(row, n_paths, self.block)
                    }
                },
            );
        }
    }
}

/// Time-weighted value U of one unit of the portfolio: the net worth that the initial investment would have become
/// without later contributions and withdrawals. W_t is net worth at the end of month t.
///
/// ```text
/// U_t = U_(t−1)·(W_t + paid out − paid in)/W_(t−1)        0 from ruin on
/// ```
///
/// Once net worth is zero or below, the value of a unit no longer changes.
struct UnitValue {
    rows: BorderRows,
    value: Lanes,
    before: Lanes,
    low: Lanes,
}

impl UnitValue {
    fn new(rows: BorderRows) -> Box<Self> {
        Box::new(Self { rows, value: Lanes::ZERO, before: Lanes::ZERO, low: Lanes::ZERO })
    }

    #[inline(always)]
    fn advance(&mut self, rows: &Rows, wealth: &Lanes, before: &Lanes, least: &Lanes) {
        let (paid_out, ruined) = (rows.get(self.rows.paid_out), rows.get(self.rows.ruined));
        for lane in 0..LANES {
            let unit = self.value[lane];
            // if debts exceed the assets, the unit is worth nothing
            let grown = |worth: f64| unit * greater((worth + paid_out[lane]) / before[lane], 0.0);
            let can_grow = before[lane] > 0.0;
            let left = 1.0 - ruined[lane];
            self.before[lane] = unit;
            self.value[lane] = left * if can_grow { grown(wealth[lane]) } else { unit };
            self.low[lane] = left * if can_grow { grown(least[lane]) } else { unit };
        }
    }
}
