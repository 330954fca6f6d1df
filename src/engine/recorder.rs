//! What is kept of a block in one world: its tracks, and counts of its dates.
//!
//! In: the state of a block after each month. Out: one number per path and track, counts. Not here: which
//! tracks and dates there are (`plan`), what a track follows (`record`).

use super::date::DateCount;
use crate::math::{LANES, Lanes, greater};
use crate::plan::World;
use crate::plan::{BorderRows, Followed, Plan, RecordPlan};
use crate::stage::{AnyTrack, Close, Level, Row, Rows, TrackId, TrackRequest};

/// Whole paths kept for the picture.
pub(super) const SAMPLE_PATHS: usize = 8;

/// Tracks of the paths of a block, and counts over all blocks it has seen.
pub(super) struct Recorder {
    /// Number of the world.
    index: u8,
    /// How far below the close net worth stood within the month.
    below_close: Option<Row>,
    /// Number of the block that is recorded.
    block: u64,
    wealth: Lanes,
    before: Lanes,
    low: Lanes,
    /// The same of the value per unit, where money crosses the border of the portfolio.
    unit: Option<Box<Unit>>,
    /// Those of the plan that this world keeps, in their order.
    tracks: Vec<Box<dyn AnyTrack>>,
    /// Date by date, the series of the plan in this world, in their order.
    pub series: Vec<Vec<DateCount>>,
}

/// What world `index` of `plan` keeps: the twin no more than what it is compared by.
fn kept_in(plan: &Plan, index: u8) -> impl Iterator<Item = &TrackRequest> {
    let tracks = plan.record.tracks.iter();
    tracks.filter(move |track| index == 0 || track.in_twin)
}

/// Everything that a run of `plan` keeps of a path.
pub(super) fn tracks_of(plan: &Plan) -> Vec<TrackId> {
    let n_worlds = u8::try_from(plan.n_worlds()).expect("two at most");
    let of_world = |index| kept_in(plan, index).map(move |track| track.id.in_world(index));
    (0..n_worlds).flat_map(of_world).collect()
}

impl Recorder {
    /// For world `index`.
    pub fn new(plan: &Plan, index: u8) -> Self {
        let record = &plan.record;
        let of_world = |id: TrackId| id.world() == usize::from(index);
        let series = record.series.iter().filter(|series| of_world(series.id));
        let counts = |n: usize| (0..n).map(|_| DateCount::default()).collect();
        Self {
            index,
            below_close: record.sales.map(|rows| rows.below_close).filter(|_| index == 0),
            block: 0,
            wealth: Lanes::ZERO,
            before: Lanes::ZERO,
            low: Lanes::ZERO,
            unit: record.border.map(|border| {
                let taken = record.sales.map(|sales| sales.taken);
                Unit::new(border, taken)
            }),
            tracks: kept_in(plan, index).map(|one| one.track.boxed()).collect(),
            series: series.map(|one| counts(one.dates(plan.n_months).len())).collect(),
        }
    }

    /// Starts block `number`: day one is the first date.
    pub fn open(&mut self, plan: &Plan, world: &World, number: u64, n_paths: usize, level: Level) {
        self.block = number;
        for track in &mut self.tracks {
            track.open();
        }
        self.take_in(plan, world, level);
        if let Some(unit) = &mut self.unit {
            unit.value = self.wealth;
        }
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
        self.before = self.wealth;
        self.take_in(plan, world, level);
        if let Some(unit) = &mut self.unit {
            let (wealth, before, low) = (&self.wealth, &self.before, &mut self.low);
            level.run(
                #[inline(always)]
                || unit.advance(&world.rows, wealth, before, low),
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

    /// Where wealth stood lowest within the month, before anything was paid.
    pub fn low(&self) -> &Lanes {
        match self.below_close {
            Some(_) => &self.low,
            None => &self.wealth,
        }
    }

    /// Wealth of one path now, in money of the start.
    pub fn real_wealth(&self, plan: &Plan, world: &World, lane: usize) -> f64 {
        self.wealth[lane] / world.rows.get(plan.record.prices.level)[lane]
    }

    /// Wealth of every path of the block now.
    pub fn wealth(&self) -> &Lanes {
        &self.wealth
    }

    /// Track `id` of this world on every path, as it stands after `month`.
    pub fn value(
        &self,
        plan: &Plan,
        world: &World,
        id: TrackId,
        month: u32,
        level: Level,
    ) -> Lanes {
        let place = kept_in(plan, self.index).position(|one| one.id == id.in_world(0));
        let place = place.expect("the world keeps what is asked for");
        self.tracks[place].value_at(level, &self.close(plan, world, month))
    }

    fn take_in(&mut self, plan: &Plan, world: &World, level: Level) {
        level.run(
            #[inline(always)]
            || self.add_up(&plan.record, world),
        );
    }

    /// Net worth at the close, and where it stood lowest.
    #[inline(always)]
    fn add_up(&mut self, record: &RecordPlan, world: &World) {
        let Self { wealth, low, .. } = self;
        *wealth = Lanes::ZERO;
        for &account in &record.net_worth {
            let value = world.book.value(account);
            for lane in 0..LANES {
                wealth[lane] += value[lane];
            }
        }
        if let Some(row) = self.below_close {
            let below = world.rows.get(row);
            for lane in 0..LANES {
                low[lane] = wealth[lane] - below[lane];
            }
        }
    }

    fn close<'a>(&'a self, plan: &Plan, world: &'a World, month: u32) -> Close<'a> {
        let [value, before, low] = match &self.unit {
            None => [&self.wealth, &self.before, &self.low],
            Some(unit) => [&unit.value, &unit.before, &unit.low],
        };
        Close {
            month,
            n_months: plan.n_months,
            wealth: &self.wealth,
            value,
            before,
            low: self.below_close.map(|_| [&self.low, low]),
            book: &world.book,
            rows: &world.rows,
        }
    }

    fn count(&mut self, plan: &Plan, world: &World, month: u32, n_paths: usize, level: Level) {
        let index = usize::from(self.index);
        let series = plan.record.series.iter();
        let series = series.filter(|series| series.id.world() == index);
        for (series, dates) in series.zip(&mut self.series) {
            let Some(date) = series.date_of(month, plan.n_months) else {
                continue;
            };
            let row = match series.of {
                Followed::NetWorth => &self.wealth,
                Followed::Balance(account) => world.book.value(account),
                Followed::State(row) | Followed::Hours(row) | Followed::Paid(row) => {
                    world.rows.get(row)
                }
                Followed::NetIncome => world.rows.get(plan.record.income),
            };
            let prices = plan.record.prices;
            let level_of_prices = world.rows.get(prices.level);
            let is_deflated = prices.moves && series.is_money();
            level.run(
                #[inline(always)]
                || match is_deflated {
                    true => {
                        let real = Lanes::of(|lane| row[lane] / level_of_prices[lane]);
                        dates[date].count(&real, n_paths, self.block);
                    }
                    false => dates[date].count(row, n_paths, self.block),
                },
            );
        }
    }
}

/// Net worth as if no money had crossed the border since day one: of what was put in then, what it has become
/// by itself.
///
/// ```text
/// U_t = U_(t−1)·(W_t + paid out − put in)/W_(t−1)        0 from ruin on
/// ```
///
/// With nothing left to grow a month leaves it as it is.
struct Unit {
    rows: BorderRows,
    /// What sales of agents had taken at the trough of the month, if there are any.
    taken: Option<Row>,
    value: Lanes,
    before: Lanes,
    low: Lanes,
}

impl Unit {
    fn new(rows: BorderRows, taken: Option<Row>) -> Box<Self> {
        Box::new(Self { rows, taken, value: Lanes::ZERO, before: Lanes::ZERO, low: Lanes::ZERO })
    }

    #[inline(always)]
    fn advance(&mut self, rows: &Rows, wealth: &Lanes, before: &Lanes, low: &mut Lanes) {
        let (paid_out, ruined) = (rows.get(self.rows.paid_out), rows.get(self.rows.ruined));
        let taken = self.taken.map(|row| rows.get(row));
        for lane in 0..LANES {
            let unit = self.value[lane];
            // whoever owes more than there is has nothing left of it
            let grown = |worth: f64| unit * greater((worth + paid_out[lane]) / before[lane], 0.0);
            let can_grow = before[lane] > 0.0;
            let left = 1.0 - ruined[lane];
            self.before[lane] = unit;
            self.value[lane] = left * if can_grow { grown(wealth[lane]) } else { unit };
            self.low[lane] = left * if can_grow { grown(low[lane]) } else { unit };
            // prices fell before anything was paid; of who has nothing left it is what he had a month ago
            let was_there = before[lane] - taken.map_or(0.0, |taken| taken[lane]);
            let fell_to = if left > 0.0 { low[lane] + paid_out[lane] } else { was_there };
            low[lane] = greater(fell_to, 0.0);
        }
    }
}
