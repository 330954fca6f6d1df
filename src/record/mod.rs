//! What is kept of every path, and which measures are made of it: one file per quantity.
//!
//! In: accounts and rows of a plan. Out: the tracks that it asks for, declared measures. Not here: the keeping
//! (`engine`), the figures (`stats`).

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

/// Months of a year.
const YEAR: u32 = 12;

/// What tracks may be taken of.
pub struct Kept<'a> {
    pub n_months: u32,
    /// Net worth on day one.
    pub money_in: f64,
    /// Net income of the month.
    pub income: Row,
    /// Value account of every asset, canonical order.
    pub assets: &'a [Account],
    /// Where what they lost stands, canonical order; none where it is not told apart.
    pub own: &'a [Own],
    /// What they show of themselves, canonical order.
    pub states: &'a [Row],
    /// Hours of the month that each of them asks for, canonical order; none if nobody counts them.
    pub hours: &'a [Row],
    /// And that compliance takes of the owner, if it takes any.
    pub own_hours: Option<Row>,
    /// What the portfolio is compared with.
    pub compared: Compared,
    /// What every event took, canonical order.
    pub events: &'a [Tally],
    /// Why money moves, by the numbers of the causes.
    pub causes: &'a [(u16, Entry)],
    /// What money of every month is worth.
    pub prices: PriceRows,
    /// What the wealth at the horizon sustains, if somebody has it.
    pub sustained: Option<Sustained>,
    /// What covers came to, if there are any.
    pub cover: Option<&'a CoverTally>,
    /// What agents sold, if there are any.
    pub sales: Option<Sales>,
    /// 1 where the owner has moved to a place that asks for an income, in the order of the places.
    pub moved: &'a [Row],
    /// Money that comes from elsewhere or is paid out, if there is any.
    pub border: Option<Border>,
    /// What somebody wants to reach.
    pub targets: Targets,
}

/// Money that crosses the border of the portfolio.
#[derive(Clone, Debug)]
pub struct Border {
    /// Paid out this month, less what came in.
    pub paid_out: Row,
    /// 1 once the owner is ruined.
    pub ruined: Row,
    /// Price level at the end of the month, 1 on day one.
    pub prices: Row,
    /// Whether anything has to be paid.
    pub has_obligations: bool,
    /// What the owner lives on in months 1 … horizon, where he lives, in money of the start; none if that is nothing.
    pub spending: Option<Dated<Arc<[f64]>>>,
    /// And after months 0 … horizon, if he is ruined then.
    pub later: Option<Dated<Arc<[f64]>>>,
    /// Months in a row in which income has to cover it, and the month by which that should begin.
    pub hold: u32,
    pub autonomy_by: Option<u32>,
}

/// A quantity with what it takes to keep it and what is made of it.
struct Kind {
    quantity: Quantity,
    measures: &'static [Declared],
    track: Followed,
}

/// How a quantity is followed.
enum Followed {
    /// Of the whole; none if the plan has not what it needs.
    Whole(fn(&Kept<'_>) -> Option<Box<dyn AnyTrack>>),
    /// Of the asset with this number; all assets or none have it.
    EachAsset(fn(&Kept<'_>, usize) -> Option<Box<dyn AnyTrack>>),
    EachEvent(fn(&Tally) -> Box<dyn AnyTrack>),
    EachState(fn(Row) -> Box<dyn AnyTrack>),
    EachMove(fn(Row) -> Box<dyn AnyTrack>),
    EachCause(fn(&Kept<'_>, &Entry) -> Box<dyn AnyTrack>),
    /// Not: it follows from others, of each cause.
    Derived,
    /// Not: it follows from others, of the whole.
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

pub const WEALTH: TrackId = wealth::KIND.id();
/// In money of the start; [`WEALTH`], where no prices move. Of a series too.
pub const REAL_WEALTH: TrackId = wealth::REAL.id();
/// [`REAL_WEALTH`], where no money crosses the border.
pub const RETURNED: TrackId = returned::KIND.id();
/// Not kept where nothing has to be paid.
pub const RUIN_MONTH: TrackId = ruin_month::KIND.id();
/// Not kept where nothing is spent.
pub const AUTONOMY_BEGINS: TrackId = autonomy::BEGINS.id();
/// Not kept where nothing is to be beaten.
pub const BEAT: TrackId = beat::KIND.id();
/// Of a series too, as [`SAVINGS`]; not kept where nothing is invested.
pub const INDEX_FUND: TrackId = benchmark::INDEX_FUND.id();
pub const SAVINGS: TrackId = benchmark::SAVINGS.id();
pub const ABOVE_INDEX_FUND: TrackId = benchmark::ABOVE_INDEX_FUND.id();
/// Not kept where no such amount is a goal.
pub const GOAL_WEALTH_FIRST: TrackId = goal::WEALTH_FIRST.id();
pub const GOAL_INCOME_FIRST: TrackId = goal::INCOME_FIRST.id();
pub const WEALTH_YEAR1: TrackId = wealth_year1::KIND.id();
pub const UNIT_VALUE: TrackId = unit_value::KIND.id();
/// In money of the start; [`UNIT_VALUE`], where no prices move.
pub const REAL_UNIT_VALUE: TrackId = unit_value::REAL.id();
pub const MAX_DRAWDOWN: TrackId = max_drawdown::KIND.id();
pub const VOLATILITY: TrackId = volatility::KIND.id();
/// Of a series too; not kept where nobody counts hours.
pub const HOURS: TrackId = hours::ALL.id();
pub const INCOME_TERMINAL: TrackId = income_terminal::KIND.id();
/// In money of the start; [`INCOME_TERMINAL`], where no prices move.
pub const REAL_INCOME_TERMINAL: TrackId = income_terminal::REAL.id();
/// Of a series alone; no column.
pub const INCOME: TrackId = income_terminal::OF_MONTH.id();
/// Of an asset: [`TrackId::of_object`]. Of a series alone; no column.
pub const ASSET_INCOME: TrackId = income_terminal::OF_ASSET.id();
pub const SELLING_MONTHS: TrackId = selling_months::KIND.id();
pub const SELLING_YEARS: TrackId = selling_years::KIND.id();
pub const LARGEST_SALE: TrackId = largest_sale::KIND.id();
pub const CRASH_MONTHS: TrackId = crash_months::KIND.id();
pub const FALSE_SALES: TrackId = false_sales::KIND.id();
pub const DEEPEST_SALE: TrackId = deepest_sale::KIND.id();
/// Of an event: [`TrackId::of_object`]; as [`EVENT_LOSS`].
pub const EVENT_STRIKES: TrackId = event::STRIKES.id();
pub const EVENT_LOSS: TrackId = event::LOSS.id();
/// Of all events together; not kept without any.
pub const EVENTS_LOSS: TrackId = events::LOSS.id();
pub const EVENTS_YEAR: TrackId = events::YEAR_LOSS.id();
pub const EVENTS_STRIKE: TrackId = events::STRIKE.id();
/// Of a cause: [`TrackId::of_object`]; as [`RUIN_CAUSE`].
pub const CAUSE_GIVEN: TrackId = cause::KIND.id();
pub const RUIN_CAUSE: TrackId = cause::RUIN.id();
/// Of what an asset shows of itself: [`TrackId::of_object`], numbered behind causes.
pub const STATE: TrackId = state::KIND.id();
/// Of a place that asks for an income: [`TrackId::of_object`], numbered behind what assets show.
pub const MOVED: TrackId = moved::KIND.id();
/// Of an asset: [`TrackId::of_object`]; not kept of a lone one.
pub const ASSET_LOSS: TrackId = asset_loss::OF_ASSET.id();
/// What is left of the loss.
pub const OWNER_LOSS: TrackId = asset_loss::OF_OWNER.id();
/// Of an asset: [`TrackId::of_object`].
pub const ASSET_VALUE: TrackId = asset_value::KIND.id();

impl Kind {
    const fn id(&self) -> TrackId {
        TrackId::of(self.quantity.id)
    }

    /// Tracks of objects with consecutive numbers.
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
        // where no prices move it stands for its like in money of the start, which has figures of the twin
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
                let of = |(number, entry): &(u16, Entry)| {
                    (self.id().of_object(first + number), of(kept, entry))
                };
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

/// Quantities with what is the same where a plan does not keep them, because it cannot differ: where no money crosses the
/// border, and where no prices move.
const STAND_INS: [(TrackId, TrackId); 5] = [
    (RETURNED, REAL_WEALTH),
    (REAL_WEALTH, WEALTH),
    (REAL_UNIT_VALUE, UNIT_VALUE),
    (REAL_INCOME_TERMINAL, INCOME_TERMINAL),
    (irr::REAL.id(), irr::KIND.id()),
];

/// `id` and what stands for it where a plan does not keep it, the first that is kept.
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

/// Every quantity that any plan keeps.
pub fn quantities() -> impl Iterator<Item = &'static Quantity> {
    KINDS.iter().map(|kind| &kind.quantity)
}

/// All measures that quantities declare, each with the track of its quantity.
pub fn declared() -> impl Iterator<Item = (TrackId, &'static Declared)> {
    let of = |kind: &'static Kind| kind.measures.iter().map(|declared| (kind.id(), declared));
    KINDS.iter().flat_map(of)
}

/// The tracks of a plan.
pub fn tracks_of(kept: &Kept<'_>) -> Vec<TrackRequest> {
    KINDS.iter().flat_map(|kind| kind.requests(kept)).collect()
}

#[cfg(test)]
mod tests;
