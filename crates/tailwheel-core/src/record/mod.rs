//! Quantities that are kept of every path and the measures declared for them, one file per quantity.
//!
//! In: accounts and rows of a plan. Out: the tracks to follow, declared measures. Not here: following them
//! (`engine`), computing figures (`stats`).

mod asset_loss;
mod asset_value;
mod autonomy;
mod beat;
mod benchmark;
mod cause;
mod cover;
mod crash_months;
mod declared;
mod deepest_sale;
mod event;
mod events;
mod false_sales;
mod folded;
mod goal;
mod hours;
pub mod id;
mod income_terminal;
mod irr;
mod largest_sale;
mod loss;
mod max_drawdown;
mod moved;
mod recovery;
mod returned;
mod ruin_month;
mod selling_months;
mod selling_years;
mod shortfall;
mod state;
mod sustainable;
mod uncovered;
mod unit_value;
mod volatility;
mod wealth;
mod wealth_year1;
mod worst_year;

pub use crate::stage::{Quantity, TrackId};
pub use asset_loss::Own;
pub use benchmark::{Compared, is_of_benchmark};
pub use cause::{Entry, MARKET, TAKERS, WORST, cause_number, causes, entries, of_market};
pub use declared::{
    Better, CAUSE, Declared, EVENT, Figure, NAME, Needs, PLACE, STATE_NAME, Seen, Statistic, Unit,
};
pub use deepest_sale::part_taken;
pub use goal::{Target, Targets};
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
pub struct Kept<'a> {
    /// Horizon in months.
    pub n_months: u32,
    /// Net worth on day one.
    pub money_in: f64,
    /// Row of the month's net income.
    pub income: Row,
    /// Value account of every asset, in canonical order.
    pub assets: &'a [Account],
    /// Loss accounts of every asset, in canonical order; empty if losses are not split by asset.
    pub own: &'a [Own],
    /// State variables of the assets (visits, customers, healthy units), in canonical order.
    pub states: &'a [Row],
    /// Hours per month that each asset requires, in canonical order; empty if hours are not counted.
    pub hours: &'a [Row],
    /// Hours per month that compliance requires of the owner, if any.
    pub own_hours: Option<Row>,
    /// Accounts of the benchmarks.
    pub compared: Compared,
    /// Strikes and losses of every event, in canonical order.
    pub events: &'a [Tally],
    /// Causes of postings, each with its number in [`causes`].
    pub causes: &'a [(u16, Entry)],
    /// Price level and its monthly erosion.
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
    /// Withdrawals minus contributions of the month.
    pub paid_out: Row,
    /// 1 from the month of ruin on, else 0.
    pub ruined: Row,
    /// Price level at the end of the month, 1 on day one.
    pub prices: Row,
    /// True if the owner has obligations to pay.
    pub has_obligations: bool,
    /// Spending in months 1 … horizon, at the owner's residence, in start-date prices; `None` if it is zero.
    pub spending: Option<Dated<Arc<[f64]>>>,
    /// Spending that is still to come after months 0 … horizon, if ruin happens then, in start-date prices.
    pub later: Option<Dated<Arc<[f64]>>>,
    /// Consecutive months in which income must cover the spending.
    pub hold: u32,
    /// Month by which the covered months must begin, if the scenario sets one.
    pub autonomy_by: Option<u32>,
}

/// A quantity with its measures and the way it is tracked.
struct Kind {
    quantity: Quantity,
    measures: &'static [Declared],
    track: Followed,
}

/// Way in which a quantity is tracked.
enum Followed {
    /// One track of the whole portfolio; `None` if the plan lacks the rows or accounts that the track reads.
    Whole(fn(&Kept<'_>) -> Option<Box<dyn AnyTrack>>),
    /// One track for each asset, given its number; either all assets have one or none has.
    EachAsset(fn(&Kept<'_>, usize) -> Option<Box<dyn AnyTrack>>),
    EachEvent(fn(&Tally) -> Box<dyn AnyTrack>),
    EachState(fn(Row) -> Box<dyn AnyTrack>),
    EachMove(fn(Row) -> Box<dyn AnyTrack>),
    EachCause(fn(&Kept<'_>, &Entry) -> Box<dyn AnyTrack>),
    /// No track: the value is derived per cause from other tracks.
    Derived,
    /// No track: the value is derived for the whole portfolio from other tracks.
    Rest,
}

const KINDS: &[Kind] = &[
    wealth::KIND,
    wealth::REAL,
    returned::KIND,
    ruin_month::KIND,
    shortfall::AMOUNT,
    shortfall::MONTHS,
    uncovered::KIND,
    sustainable::MONTHLY,
    sustainable::COVERS,
    autonomy::AT_END,
    autonomy::BEGINS,
    autonomy::BY_GOAL,
    autonomy::LOST,
    beat::KIND,
    benchmark::INDEX_FUND,
    benchmark::SAVINGS,
    benchmark::ABOVE_INDEX_FUND,
    benchmark::ABOVE_SAVINGS,
    goal::WEALTH,
    goal::WEALTH_FIRST,
    goal::INCOME,
    goal::INCOME_FIRST,
    income_terminal::KIND,
    income_terminal::REAL,
    income_terminal::OF_MONTH,
    income_terminal::OF_ASSET,
    wealth_year1::KIND,
    worst_year::OF_INCOME,
    worst_year::INCOME_DRAWDOWN,
    unit_value::KIND,
    unit_value::REAL,
    irr::KIND,
    irr::REAL,
    worst_year::OF_RETURN,
    volatility::KIND,
    max_drawdown::KIND,
    recovery::LONGEST,
    recovery::UNRECOVERED,
    selling_months::KIND,
    selling_years::KIND,
    largest_sale::KIND,
    crash_months::KIND,
    false_sales::KIND,
    deepest_sale::KIND,
    asset_value::KIND,
    asset_loss::OF_ASSET,
    asset_loss::OF_OWNER,
    hours::ALL,
    hours::OF_ASSET,
    state::KIND,
    moved::KIND,
    cover::PAYOUTS,
    cover::MISSED,
    cover::BEYOND,
    event::STRIKES,
    event::LOSS,
    events::LOSS,
    events::YEAR_LOSS,
    events::STRIKE,
    cause::KIND,
    cause::RUIN,
];

/// Final wealth, nominal.
pub const WEALTH: TrackId = wealth::KIND.id();
/// Final wealth, real; [`WEALTH`] stands in if prices are constant. It also has a series over time.
pub const REAL_WEALTH: TrackId = wealth::REAL.id();
/// Money returned until the horizon, real; [`REAL_WEALTH`] stands in if no money enters or leaves the
/// portfolio.
pub const RETURNED: TrackId = returned::KIND.id();
/// Month of ruin, 0 if none; not kept without obligations.
pub const RUIN_MONTH: TrackId = ruin_month::KIND.id();
/// Month in which income begins to cover the spending, 0 if never; not kept without spending.
pub const AUTONOMY_BEGINS: TrackId = autonomy::BEGINS.id();
/// 1 if the return beats the asset class in `goal.beat`; not kept if the scenario does not set it.
pub const BEAT: TrackId = beat::KIND.id();
/// Value of the index-fund benchmark, real; not kept if nothing is invested. It also has a series over time.
pub const INDEX_FUND: TrackId = benchmark::INDEX_FUND.id();
/// Value of the savings-account benchmark, real. It also has a series over time.
pub const SAVINGS: TrackId = benchmark::SAVINGS.id();
/// 1 if final wealth is above the index-fund benchmark.
pub const ABOVE_INDEX_FUND: TrackId = benchmark::ABOVE_INDEX_FUND.id();
/// First month in which wealth meets the goal, 0 if never; not kept without a wealth goal.
pub const GOAL_WEALTH_FIRST: TrackId = goal::WEALTH_FIRST.id();
/// First month in which net income meets the goal, 0 if never; not kept without an income goal.
pub const GOAL_INCOME_FIRST: TrackId = goal::INCOME_FIRST.id();
/// Money returned after 12 months, real.
pub const WEALTH_YEAR1: TrackId = wealth_year1::KIND.id();
/// Value per unit at the horizon, nominal.
pub const UNIT_VALUE: TrackId = unit_value::KIND.id();
/// Value per unit at the horizon, real; [`UNIT_VALUE`] stands in if prices are constant.
pub const REAL_UNIT_VALUE: TrackId = unit_value::REAL.id();
/// Maximum drawdown of the value per unit.
pub const MAX_DRAWDOWN: TrackId = max_drawdown::KIND.id();
/// Yearly volatility of the monthly returns of a path.
pub const VOLATILITY: TrackId = volatility::KIND.id();
/// Mean working hours a week; not kept if hours are not counted. It also has a series over time.
pub const HOURS: TrackId = hours::ALL.id();
/// Mean net income per month over the last 12 months, nominal.
pub const INCOME_TERMINAL: TrackId = income_terminal::KIND.id();
/// Mean net income per month over the last 12 months, real; [`INCOME_TERMINAL`] stands in if prices are
/// constant.
pub const REAL_INCOME_TERMINAL: TrackId = income_terminal::REAL.id();
/// Net income of the month. It has only a series over time, no column.
pub const INCOME: TrackId = income_terminal::OF_MONTH.id();
/// Income of one asset ([`TrackId::of_object`]). It has only a series over time, no column.
pub const ASSET_INCOME: TrackId = income_terminal::OF_ASSET.id();
/// Number of months in which agents sell.
pub const SELLING_MONTHS: TrackId = selling_months::KIND.id();
/// Number of whole years in which agents sell.
pub const SELLING_YEARS: TrackId = selling_years::KIND.id();
/// Largest share of the agents' money that sells in one month.
pub const LARGEST_SALE: TrackId = largest_sale::KIND.id();
/// Number of months in which agent selling crashes a market.
pub const CRASH_MONTHS: TrackId = crash_months::KIND.id();
/// Log wealth lost to false signals at intramonth lows.
pub const FALSE_SALES: TrackId = false_sales::KIND.id();
/// Largest fraction of wealth that agent selling takes in one month.
pub const DEEPEST_SALE: TrackId = deepest_sale::KIND.id();
/// Number of strikes of one event; use [`TrackId::of_object`], as with [`EVENT_LOSS`].
pub const EVENT_STRIKES: TrackId = event::STRIKES.id();
/// Loss by one event until the horizon, real.
pub const EVENT_LOSS: TrackId = event::LOSS.id();
/// Loss by all events until the horizon, real; not kept without events.
pub const EVENTS_LOSS: TrackId = events::LOSS.id();
/// Loss by all events in the costliest year, real.
pub const EVENTS_YEAR: TrackId = events::YEAR_LOSS.id();
/// Largest loss by one event in one month, real.
pub const EVENTS_STRIKE: TrackId = events::STRIKE.id();
/// Profit or loss by one cause, real; use [`TrackId::of_object`], as with [`RUIN_CAUSE`].
pub const CAUSE_GIVEN: TrackId = cause::KIND.id();
/// 1 if the path is ruined and this cause is the main one. It has no column and is derived.
pub const RUIN_CAUSE: TrackId = cause::RUIN.id();
/// State variable of an asset ([`TrackId::of_object`]); its objects are numbered after the causes.
pub const STATE: TrackId = state::KIND.id();
/// 1 if the owner has moved to a residence ([`TrackId::of_object`]), numbered after the state variables.
pub const MOVED: TrackId = moved::KIND.id();
/// Loss of one asset ([`TrackId::of_object`]); not kept if there is only one asset.
pub const ASSET_LOSS: TrackId = asset_loss::OF_ASSET.id();
/// Loss that belongs to no asset.
pub const OWNER_LOSS: TrackId = asset_loss::OF_OWNER.id();
/// Value of one asset at the horizon ([`TrackId::of_object`]), nominal.
pub const ASSET_VALUE: TrackId = asset_value::KIND.id();

impl Kind {
    const fn id(&self) -> TrackId {
        TrackId::of(self.quantity.id)
    }

    /// Returns `tracks` with ids of objects numbered consecutively from `first`.
    fn numbered(
        &self,
        first: usize,
        tracks: impl Iterator<Item = Box<dyn AnyTrack>>,
    ) -> Vec<(TrackId, Box<dyn AnyTrack>)> {
        let first = u16::try_from(first).expect("a scenario has few assets");
        let numbers = (first..).map(|number| self.id().of_object(number));
        numbers.zip(tracks).collect()
    }

    fn requests(&self, kept: &Kept<'_>) -> Vec<TrackRequest> {
        // if prices are constant, nominal wealth stands in for real wealth, which has figures of the paired
        // run
        let stands_in = self.id() == WEALTH && !kept.prices.moves;
        let in_twin = stands_in || self.measures.iter().any(Declared::needs_twin);
        let request = |(id, track)| TrackRequest { id, in_twin, track };
        let own = match self.track {
            Followed::Whole(of) => of(kept).map(|track| (self.id(), track)).into_iter().collect(),
            Followed::EachAsset(of) => {
                let tracks = (0..kept.assets.len()).filter_map(|asset| of(kept, asset));
                self.numbered(0, tracks)
            }
            Followed::EachEvent(of) => self.numbered(kept.assets.len(), kept.events.iter().map(of)),
            Followed::EachCause(of) => {
                let first = kept.assets.len() + kept.events.len();
                let first = u16::try_from(first).expect("a scenario has few assets");
                let causes = kept.causes.iter();
                let of =
                    |(number, entry): &(u16, Entry)| (self.id().of_object(first + number), of(kept, entry));
                causes.map(of).collect()
            }
            Followed::EachState(of) => {
                let first = kept.assets.len() + kept.events.len() + causes().count();
                self.numbered(first, kept.states.iter().map(|row| of(*row)))
            }
            Followed::EachMove(of) => {
                let before = kept.assets.len() + kept.events.len() + causes().count();
                let moved = kept.moved.iter().map(|row| of(*row));
                self.numbered(before + kept.states.len(), moved)
            }
            Followed::Derived | Followed::Rest => Vec::new(),
        };
        own.into_iter().map(request).collect()
    }
}

/// Pairs of a quantity and its stand-in, equal by definition if no money enters or leaves or if prices are
/// constant. Plans then keep only the stand-in.
const STAND_INS: [(TrackId, TrackId); 5] = [
    (RETURNED, REAL_WEALTH),
    (REAL_WEALTH, WEALTH),
    (REAL_UNIT_VALUE, UNIT_VALUE),
    (REAL_INCOME_TERMINAL, INCOME_TERMINAL),
    (irr::REAL.id(), irr::KIND.id()),
];

/// Yields `id`, then its stand-ins in turn, for plans that do not keep `id` because it cannot differ. Use the
/// first one kept.
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

/// Every quantity that some plan keeps.
pub fn quantities() -> impl Iterator<Item = &'static Quantity> {
    KINDS.iter().map(|kind| &kind.quantity)
}

/// All declared measures, each with the track id of its quantity.
pub fn declared() -> impl Iterator<Item = (TrackId, &'static Declared)> {
    let of = |kind: &'static Kind| kind.measures.iter().map(|declared| (kind.id(), declared));
    KINDS.iter().flat_map(of)
}

/// Builds the tracks of a plan from its accounts and rows.
pub fn tracks_of(kept: &Kept<'_>) -> Vec<TrackRequest> {
    KINDS.iter().flat_map(|kind| kind.requests(kept)).collect()
}

#[cfg(test)]
mod tests;
