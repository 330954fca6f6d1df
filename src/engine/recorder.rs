//! What is kept of a block in one world: its tracks, and counts of its dates.
//!
//! In: the state of a block after each month. Out: one number per path and track, counts. Not here: which
//! tracks and dates there are (`plan`), what a track follows (`record`).

use super::block::World;
use super::date::DateCount;
use crate::math::{LANES, Lanes};
use crate::plan::{Followed, Plan, RecordPlan};
use crate::stage::{AnyTrack, Close, Level, Row, TrackId, TrackRequest};

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
            below_close: record
                .sales
                .map(|rows| rows.below_close)
                .filter(|_| index == 0),
            block: 0,
            wealth: Lanes::ZERO,
            before: Lanes::ZERO,
            low: Lanes::ZERO,
            tracks: kept_in(plan, index).map(|one| one.track.boxed()).collect(),
            series: series
                .map(|one| counts(one.dates(plan.n_months).len()))
                .collect(),
        }
    }

    /// Starts block `number`: day one is the first date.
    pub fn open(&mut self, plan: &Plan, world: &World, number: u64, n_paths: usize, level: Level) {
        self.block = number;
        for track in &mut self.tracks {
            track.open();
        }
        self.take_in(plan, world, level);
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
        let mut tracks = std::mem::take(&mut self.tracks);
        let now = self.close(plan, world, month);
        for track in &mut tracks {
            track.keep_at(level, &now);
        }
        self.tracks = tracks;
        *world.rows.get_mut(plan.record.income) = Lanes::ZERO;
        self.count(plan, world, month, n_paths, level);
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
        Close {
            month,
            n_months: plan.n_months,
            wealth: &self.wealth,
            before: &self.before,
            low: self.below_close.map(|_| &self.low),
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
            };
            level.run(
                #[inline(always)]
                || dates[date].count(row, n_paths, self.block),
            );
        }
    }
}
