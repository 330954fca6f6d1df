//! Profit or loss by each cause, in start-date prices.
//!
//! ```text
//! given = Σ_t (C_t − C_(t−1))/P_t = C_m/P_(m+1) + Σ_(t≤m) C_t·(1/P_t − 1/P_(t+1))
//! inflation = −Σ_(t<m) W_t·(1/P_t − 1/P_(t+1))
//! ```
//!
//! C is what the cause has gained until the end of month t, W net worth, P the price level. The sum over all
//! causes is W_m/P_m − W_0. Summation by parts reads each account once a month and stores no earlier balance;
//! if prices are constant, a month reads nothing.

use super::autonomy::chance;
use super::declared::{Better, Declared, Figure, MEAN, Statistic, UNBOUNDED, Unit};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, Tracking, id};
use crate::book::{Account, Book, Cause};
use crate::market::PriceRows;
use crate::math::{LANES, Lanes, inlined};
use crate::stage::{AccountLabel, AnyTrack, Close};
use std::sync::Arc;

/// Cause id of the loss of purchasing power of net worth while prices rise.
pub const INFLATION: &str = "inflation";
/// Id of the cause that adds up the drift, the shocks and the jumps of the market.
pub const MARKET: &str = "market";
/// Ids of the three causes that [`MARKET`] adds up.
pub const OF_MARKET: [&str; 3] = [Cause::Drift.id(), Cause::Shock.id(), Cause::Jump.id()];

/// Confidence level of the worst paths: means marked `worst5` are over the 5 % with the largest loss.
pub const WORST: f64 = 0.95;

/// Profit or loss by one cause until the horizon, real: its postings of each month or, for inflation, the loss
/// of purchasing power of net worth.
pub(super) const KIND: QuantityKind = QuantityKind {
    name: "cause",
    measures: &[Declared {
        better: Better::Higher,
        range: UNBOUNDED,
        run: &[MEAN, Figure { suffix: "worst5", statistic: Statistic::OnWorst(WORST) }],
        ..Declared::of(id::CAUSE, "profit or loss by the cause, real", Unit::Money)
    }],
    track: Tracking::EachCause(|kept, entry| match entry {
        CauseSource::Posted(accounts) => given(accounts, kept.prices),
        CauseSource::Inflation => eroded(kept.money_in, kept.prices),
    }),
};

/// 1 if the owner is ruined and a given cause has the largest cost until ruin, else 0. It has no track and is
/// derived from the profit or loss by each cause.
pub(super) const RUIN: QuantityKind = QuantityKind {
    name: "ruin_cause",
    measures: &[chance(
        id::RUIN_BY_CAUSE,
        "probability of ruin with this main cause",
        Better::Lower,
        "Share of all paths that are ruined and on which this cause has the largest cost until ruin. Drift, shock \
         and jump count together as `market`; spending counts less contributions. The first of equal causes counts. \
         Over all causes the shares add up to `ruin.probability`.",
    )],
    track: Tracking::Nothing,
};

/// Yields every cause of postings except the opening balances.
fn posted() -> impl Iterator<Item = Cause> {
    Cause::ALL.into_iter().filter(|cause| *cause != Cause::Opening)
}

/// Ids of all causes that have measures, in the order of their numbers: posted causes, inflation, market.
pub fn causes() -> impl Iterator<Item = &'static str> {
    posted().map(Cause::id).chain([INFLATION, MARKET])
}

/// Returns the position of cause id `word` in [`causes`]. Panics if there is no such cause.
pub fn cause_number(word: &str) -> u16 {
    let place = causes().position(|known| known == word);
    u16::try_from(place.expect("a cause")).expect("there are few causes")
}

/// Ids of the causes that can be the main cause of ruin.
pub const TAKERS: [&str; 12] = [
    MARKET,
    Cause::ImpermanentLoss.id(),
    Cause::Loop.id(),
    Cause::Event.id(),
    Cause::Decay.id(),
    Cause::Overpaid.id(),
    Cause::Cost.id(),
    Cause::Premium.id(),
    Cause::Tax.id(),
    Cause::Spending.id(),
    Cause::Haircut.id(),
    INFLATION,
];

/// Source from which a cause's profit or loss is computed.
pub enum CauseSource {
    /// Accounts of the cause; each balance is minus the gain by that cause.
    Posted(Arc<[Account]>),
    /// Loss of purchasing power of net worth.
    Inflation,
}

/// Returns the causes that occur in a plan with these `accounts`, each with its number in [`causes`].
pub fn entries(accounts: &[AccountLabel], prices: &PriceRows) -> Vec<(u16, CauseSource)> {
    let of = |cause: Cause| {
        let own = (0_u16..).zip(accounts).filter(|(_, label)| label.is_owned() && label.cause == Some(cause));
        let own: Vec<Account> = own.map(|(place, _)| Account::at(place)).collect();
        (!own.is_empty()).then(|| (cause_number(cause.id()), CauseSource::Posted(own.into())))
    };
    let mut entries: Vec<(u16, CauseSource)> = posted().filter_map(of).collect();
    if prices.moves {
        entries.push((cause_number(INFLATION), CauseSource::Inflation));
    }
    entries
}

/// Number of paths whose balances are summed in registers at once.
const AT_ONCE: usize = 32;

/// Adds to `sum` `times` the amount that the balances of `accounts` lose to inflation next month (`eroded` per
/// unit).
#[inline(always)]
pub(super) fn add_eroded(times: f64, accounts: &[Account], eroded: &Lanes, book: &Book, sum: &mut Lanes) {
    for first in (0..LANES).step_by(AT_ONCE) {
        let mut balance = [0.0; AT_ONCE];
        for account in accounts {
            let own = &book.value(*account)[first..first + AT_ONCE];
            for lane in 0..AT_ONCE {
                balance[lane] += own[lane];
            }
        }
        let sum = &mut sum[first..first + AT_ONCE];
        let eroded = &eroded[first..first + AT_ONCE];
        for lane in 0..AT_ONCE {
            sum[lane] = (times * eroded[lane]).mul_add(balance[lane], sum[lane]);
        }
    }
}

/// Returns a track of the profit by the cause with these `accounts`, real. The sum in its state includes what
/// this month's balance loses next month.
fn given(accounts: &Arc<[Account]>, prices: PriceRows) -> Box<dyn AnyTrack> {
    let [followed, posted] = [(); 2].map(|()| Arc::clone(accounts));
    monthly_then(
        inlined!(move |[sum]: &mut [Lanes; 1], now: &Close<'_>| {
            if prices.moves {
                add_eroded(-1.0, &followed, now.rows.get(prices.eroded), now.book, sum);
            }
        }),
        inlined!(move |[sum], now| {
            let (level, eroded) = (now.rows.get(prices.level), now.rows.get(prices.eroded));
            let next = Lanes::of(|lane| 1.0 / level[lane] - eroded[lane]);
            let mut given = *sum;
            for account in &*posted {
                let balance = now.book.value(*account);
                given.each(|lane, own| own - balance[lane] * next[lane]);
            }
            given
        }),
    )
}

/// Returns a track of the profit by inflation, negative while prices rise. The sum in its state includes the
/// loss that this month's net worth will suffer next month.
fn eroded(money_in: f64, prices: PriceRows) -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(move |[sum]: &mut [Lanes; 1], now: &Close<'_>| {
            let eroded = now.rows.get(prices.eroded);
            if now.month == 1 {
                // inflation of month 1: no track sees the close of day one
                let level = now.rows.get(prices.level);
                sum.each(|lane, _| money_in * (1.0 / level[lane] - 1.0));
            }
            sum.each(|lane, own| eroded[lane].mul_add(-now.wealth[lane], own));
        }),
        inlined!(move |[sum], now| {
            let eroded = now.rows.get(prices.eroded);
            let mut lost = *sum;
            lost.each(|lane, own| eroded[lane].mul_add(now.wealth[lane], own));
            lost
        }),
    )
}
