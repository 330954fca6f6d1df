//! Quantities that are kept of every path and the measures declared for them, one file per subject.
//!
//! In: accounts and rows of a plan. Out: the tracks to follow, declared measures. Not here: following them
//! (`engine`), computing figures (`stats`).

mod asset;
mod autonomy;
mod benchmark;
mod cause;
mod cover;
mod declared;
mod drawdown;
mod events;
mod fold_tracks;
mod goal;
mod hours;
pub mod id;
mod income_terminal;
mod irr;
mod loss;
mod residence_move;
mod ruin;
mod scope;
mod selling;
mod sustainable;
mod unit_value;
mod volatility;
mod wealth;
mod worst_year;

pub use crate::stage::TrackId;
pub use asset::AssetAccounts;
pub use benchmark::{BenchmarkAccounts, is_of_benchmark};
pub use cause::{CauseSource, MARKET, OF_MARKET, TAKERS, WORST, cause_number, causes, entries};
pub use declared::{Better, Declared, Figure, Needs, ONLY_MEAN, Statistic, Unit, View};
pub use goal::{GoalTarget, Targets};
pub use scope::Scope;
pub use selling::part_taken;
pub use sustainable::Sustained;

use crate::book::Account;
use crate::crash::Sales;
use crate::event::Tally;
use crate::market::PriceRows;
use crate::policy::CoverTally;
use crate::stage::{AnyTrack, Dated, Row, TrackRequest};
use std::sync::Arc;

/// Months per year.
const YEAR: u32 = 12;

/// Accounts, rows and settings of a plan from which tracks are built.
pub struct TrackInputs<'a> {
    /// Horizon in months.
    pub n_months: u32,
    /// Net worth on day one, which is the money invested.
    pub money_in: f64,
    /// Row of the month's net income.
    pub income: Row,
    /// Value account of every asset, in canonical order.
    pub assets: &'a [Account],
    /// Loss accounts of every asset, in canonical order; empty if losses are not split by asset.
    pub own: &'a [AssetAccounts],
    /// Rows of the state variables of the assets (visits, customers, healthy units), in canonical order.
    pub states: &'a [Row],
    /// Rows of hours per month that each asset requires, in canonical order; empty if hours are not counted.
    pub hours: &'a [Row],
    /// Row of the hours per month that compliance requires of the owner; `None` if none are counted.
    pub own_hours: Option<Row>,
    /// Accounts of the benchmarks.
    pub compared: BenchmarkAccounts,
    /// Occurrences and losses of every event, in canonical order.
    pub events: &'a [Tally],
    /// Causes of postings, each with its number in [`causes`].
    pub causes: &'a [(u16, CauseSource)],
    /// Rows of the price level and of its monthly erosion of money.
    pub prices: PriceRows,
    /// Inputs of the sustainable spending; `None` without an owner.
    pub sustained: Option<Sustained>,
    /// Payouts and uncovered losses of insurance; `None` if nothing is insured.
    pub cover: Option<&'a CoverTally>,
    /// Rows of agent selling; `None` without agents.
    pub sales: Option<Sales>,
    /// One row per residence with an income threshold, in their order: 1 once the owner has moved there.
    pub moved: &'a [Row],
    /// Contributions, spending and other flows; `None` if no money enters or leaves the portfolio.
    pub border: Option<Border>,
    /// Amounts that the scenario wants to reach.
    pub targets: Targets,
}

/// Money that enters or leaves the portfolio, and the owner's spending.
#[derive(Clone, Debug)]
pub struct Border {
    /// Row of the month's withdrawals minus contributions.
    pub paid_out: Row,
    /// Row that is 1 from the month of ruin on, else 0.
    pub ruined: Row,
    /// True if the owner has obligations to pay.
    pub has_obligations: bool,
    /// Spending in months 1 … horizon, at the owner's residence, in start-date prices; `None` if it is zero.
    pub spending: Option<Dated<Arc<[f64]>>>,
    /// Spending still to come after each of months 0 … horizon, in start-date prices; `None` without spending.
    pub later: Option<Dated<Arc<[f64]>>>,
    /// Number of consecutive months in which income must cover the spending.
    pub hold: u32,
    /// Month by which income must begin to cover the spending; `None` if the scenario sets no such goal.
    pub autonomy_by: Option<u32>,
}

/// A quantity with its measures and the way it is tracked.
struct QuantityKind {
    /// Stable name, used in replays and in the binary form of partial results.
    name: &'static str,
    measures: &'static [Declared],
    track: Tracking,
}

/// Way in which a quantity is tracked.
enum Tracking {
    /// One track of the whole portfolio; `None` if the plan lacks the rows or accounts that the track reads.
    Whole(fn(&TrackInputs<'_>) -> Option<Box<dyn AnyTrack>>),
    /// One track for each asset, given its number; either all assets have one or none has.
    EachAsset(fn(&TrackInputs<'_>, usize) -> Option<Box<dyn AnyTrack>>),
    EachEvent(fn(&Tally) -> Box<dyn AnyTrack>),
    EachState(fn(Row) -> Box<dyn AnyTrack>),
    EachMove(fn(Row) -> Box<dyn AnyTrack>),
    EachCause(fn(&TrackInputs<'_>, &CauseSource) -> Box<dyn AnyTrack>),
    /// No track: the value is derived from other tracks, or only a series over time follows it.
    Nothing,
}

/// Lists all quantities in the order of their tracks and measures, and declares the ids of those that other
/// modules use.
macro_rules! kinds {
    ($($($(#[$doc:meta])* pub $id:ident =)? $file:ident::$kind:ident;)*) => {
        const KINDS: &[QuantityKind] = &[$($file::$kind),*];
        $($($(#[$doc])* pub const $id: TrackId = $file::$kind.id();)?)*
    };
}

kinds! {
    /// Final wealth, nominal.
    pub WEALTH = wealth::KIND;
    /// Final wealth, real; [`WEALTH`] is kept instead if prices are constant. It also has a series over time.
    pub REAL_WEALTH = wealth::REAL;
    /// Money returned until the horizon, real; [`REAL_WEALTH`] is kept instead if no money enters or leaves
    /// the portfolio.
    pub RETURNED = loss::RETURNED;
    /// Month of ruin, 0 if none; not kept without obligations.
    pub RUIN_MONTH = ruin::MONTH;
    ruin::UNPAID;
    ruin::SHORTFALL_MONTHS;
    autonomy::UNCOVERED;
    sustainable::MONTHLY;
    sustainable::COVERS;
    autonomy::AT_END;
    /// Month in which income begins to cover the spending, 0 if never; not kept without spending.
    pub AUTONOMY_BEGINS = autonomy::BEGINS;
    autonomy::BY_GOAL;
    autonomy::LOST;
    /// 1 if the return beats the asset class in `goal.beat`, else 0; not kept unless the scenario sets it.
    pub BEAT = benchmark::BEAT;
    /// Value of the index-fund benchmark, real; not kept if nothing is invested. It also has a series over time.
    pub INDEX_FUND = benchmark::INDEX_FUND;
    /// Value of the savings-account benchmark, real. It also has a series over time.
    pub SAVINGS = benchmark::SAVINGS;
    /// 1 if final wealth is above the index-fund benchmark, else 0.
    pub ABOVE_INDEX_FUND = benchmark::ABOVE_INDEX_FUND;
    benchmark::ABOVE_SAVINGS;
    goal::WEALTH;
    /// First month in which wealth meets the goal, 0 if never; not kept without a wealth goal.
    pub GOAL_WEALTH_FIRST = goal::WEALTH_FIRST;
    goal::INCOME;
    /// First month in which net income meets the goal, 0 if never; not kept without an income goal.
    pub GOAL_INCOME_FIRST = goal::INCOME_FIRST;
    /// Mean net income per month over the last 12 months, nominal.
    pub INCOME_TERMINAL = income_terminal::KIND;
    /// Mean net income per month over the last 12 months, real; [`INCOME_TERMINAL`] is kept instead if prices
    /// are constant.
    pub REAL_INCOME_TERMINAL = income_terminal::REAL;
    /// Net income of the month. It has only a series over time, no column.
    pub INCOME = income_terminal::OF_MONTH;
    /// Income of one asset ([`TrackId::of_object`]). It has only a series over time, no column.
    pub ASSET_INCOME = income_terminal::OF_ASSET;
    /// Net worth after 12 months plus withdrawals minus contributions until then, real.
    pub WEALTH_YEAR1 = loss::RETURNED_YEAR1;
    worst_year::OF_INCOME;
    worst_year::INCOME_DRAWDOWN;
    /// Value per unit at the horizon, nominal.
    pub UNIT_VALUE = unit_value::KIND;
    /// Value per unit at the horizon, real; [`UNIT_VALUE`] is kept instead if prices are constant.
    pub REAL_UNIT_VALUE = unit_value::REAL;
    irr::KIND;
    irr::REAL;
    worst_year::OF_RETURN;
    /// Yearly volatility of the monthly returns of a path.
    pub VOLATILITY = volatility::KIND;
    /// Maximum drawdown of the value per unit.
    pub MAX_DRAWDOWN = drawdown::MAX;
    drawdown::LONGEST;
    drawdown::UNRECOVERED;
    /// Number of months in which agents sell.
    pub SELLING_MONTHS = selling::SELLING;
    /// Number of whole years in which agents sell.
    pub SELLING_YEARS = selling::YEARS;
    /// Largest share of the agents' money that sells in one month.
    pub LARGEST_SALE = selling::LARGEST;
    /// Number of months in which agent selling crashes a market.
    pub CRASH_MONTHS = selling::CRASH;
    /// Sum over the months of log wealth lost to false signals at the intramonth low.
    pub FALSE_SALES = selling::FALSE;
    /// Largest fraction of wealth that agent selling takes in one month.
    pub DEEPEST_SALE = selling::DEEPEST;
    /// Value of one asset at the horizon ([`TrackId::of_object`]), nominal.
    pub ASSET_VALUE = asset::VALUE;
    /// Loss of one asset ([`TrackId::of_object`]); not kept if there is only one asset.
    pub ASSET_LOSS = asset::LOSS;
    /// Part of the portfolio loss that belongs to no asset, real; negative for a gain.
    pub OWNER_LOSS = asset::OWNER_LOSS;
    /// Mean working hours a week; not kept if hours are not counted. It also has a series over time.
    pub HOURS = hours::ALL;
    hours::OF_ASSET;
    /// State variable of an asset ([`TrackId::of_object`]); its objects are numbered after the causes.
    pub STATE = asset::STATE;
    /// 1 if the owner has moved to a residence ([`TrackId::of_object`]), else 0; numbered after the states.
    pub MOVED = residence_move::KIND;
    cover::PAYOUTS;
    cover::MISSED;
    cover::BEYOND;
    /// Number of occurrences of one event; use [`TrackId::of_object`], as with [`EVENT_LOSS`].
    pub EVENT_STRIKES = events::OF_ONE_STRIKES;
    /// Loss by one event until the horizon, real.
    pub EVENT_LOSS = events::OF_ONE;
    /// Loss by all events until the horizon, real; not kept without events.
    pub EVENTS_LOSS = events::LOSS;
    /// Loss by all events in the costliest year, real.
    pub EVENTS_YEAR = events::YEAR_LOSS;
    /// Largest loss by one event in one month, real.
    pub EVENTS_STRIKE = events::STRIKE;
    /// Profit or loss by one cause, real; use [`TrackId::of_object`], as with [`RUIN_CAUSE`].
    pub CAUSE_GIVEN = cause::KIND;
    /// 1 if the path is ruined and this cause is the main one, else 0. It has no column and is derived.
    pub RUIN_CAUSE = cause::RUIN;
}

impl QuantityKind {
    const fn id(&self) -> TrackId {
        TrackId::of(self.name)
    }

    /// Returns `tracks` with the ids of objects of this quantity, numbered consecutively from `first`.
    fn numbered(
        &self,
        first: u16,
        tracks: impl Iterator<Item = Box<dyn AnyTrack>>,
    ) -> Vec<(TrackId, Box<dyn AnyTrack>)> {
        (first..).map(|number| self.id().of_object(number)).zip(tracks).collect()
    }

    /// Builds the tracks of this quantity, each with its id; none if the plan does not keep it.
    fn tracks(&self, kept: &TrackInputs<'_>) -> Vec<(TrackId, Box<dyn AnyTrack>)> {
        let first = |scope: Scope| scope.first(kept.assets.len(), kept.events.len(), kept.states.len());
        match self.track {
            Tracking::Whole(of) => of(kept).map(|track| (self.id(), track)).into_iter().collect(),
            Tracking::EachAsset(of) => {
                self.numbered(0, (0..kept.assets.len()).filter_map(|asset| of(kept, asset)))
            }
            Tracking::EachEvent(of) => self.numbered(first(Scope::EachEvent), kept.events.iter().map(of)),
            Tracking::EachCause(of) => {
                let id = |cause: &u16| self.id().of_object(first(Scope::EachCause) + cause);
                kept.causes.iter().map(|(cause, entry)| (id(cause), of(kept, entry))).collect()
            }
            Tracking::EachState(of) => {
                self.numbered(first(Scope::EachState), kept.states.iter().copied().map(of))
            }
            Tracking::EachMove(of) => {
                self.numbered(first(Scope::EachMove), kept.moved.iter().copied().map(of))
            }
            Tracking::Nothing => Vec::new(),
        }
    }

    fn requests(&self, kept: &TrackInputs<'_>) -> impl Iterator<Item = TrackRequest> {
        // if prices are constant, nominal wealth stands in for real wealth, which has figures of the paired
        // run
        let stands_in = self.id() == WEALTH && !kept.prices.moves;
        let is_paired = stands_in || self.measures.iter().any(Declared::needs_paired_run);
        self.tracks(kept).into_iter().map(move |(id, track)| TrackRequest { id, is_paired, track })
    }
}

/// Pairs of a quantity and its stand-in, which equals it if no money enters or leaves or if prices are
/// constant. Plans then keep only the stand-in.
const STAND_INS: [(TrackId, TrackId); 5] = [
    (RETURNED, REAL_WEALTH),
    (REAL_WEALTH, WEALTH),
    (REAL_UNIT_VALUE, UNIT_VALUE),
    (REAL_INCOME_TERMINAL, INCOME_TERMINAL),
    (irr::REAL.id(), irr::KIND.id()),
];

/// Yields `id`, then the quantities that equal it if prices are constant or no money enters or leaves. A plan
/// keeps only one of them: use the first that it keeps.
pub fn stand_ins(id: TrackId) -> impl Iterator<Item = TrackId> {
    let next = |id: &TrackId| {
        let mut all = STAND_INS.iter();
        let (_, other) = all.find(|(own, _)| own.quantity() == id.quantity())?;
        Some(match id.world() {
            0 => *other,
            _ => other.without_feedback(),
        })
    };
    std::iter::successors(Some(id), next)
}

/// Names of all quantities, recorded or derived.
pub fn quantities() -> impl Iterator<Item = &'static str> {
    KINDS.iter().map(|kind| kind.name)
}

/// All declared measures, each with the track id of its quantity.
pub fn declared() -> impl Iterator<Item = (TrackId, &'static Declared)> {
    let of = |kind: &'static QuantityKind| kind.measures.iter().map(|declared| (kind.id(), declared));
    KINDS.iter().flat_map(of)
}

/// Builds the tracks of a plan from its accounts and rows.
pub fn tracks_of(kept: &TrackInputs<'_>) -> Vec<TrackRequest> {
    KINDS.iter().flat_map(|kind| kind.requests(kept)).collect()
}

#[cfg(test)]
mod tests;
