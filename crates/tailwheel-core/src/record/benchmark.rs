//! Benchmarks: the money invested in an index fund and in a savings account with the same planned flows, and
//! whether final wealth ends above them.

use super::autonomy::chance;
use super::declared::{Better, Declared, Needs, P05, P50, P95, Unit};
use super::{Followed, Kept, Kind, id};
use crate::book::Account;
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

/// Accounts that the portfolio is compared with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Compared {
    /// Account with the value of one unit of the asset class in `goal.beat`; `None` if the scenario does not
    /// set that goal.
    pub unit: Option<Account>,
    /// Balance of the money invested, in an index fund with the planned flows; `None` if nothing is invested
    /// or nobody asks.
    pub index_fund: Option<Account>,
    /// Balance of the money invested, in a savings account with the planned flows; `None` as for the index
    /// fund, or if cash earns nothing.
    pub savings: Option<Account>,
}

pub(super) const INDEX_FUND: Kind = Kind {
    quantity: left(
        "benchmark.index_fund",
        "What the money invested has become in an index fund with the same planned flows at the horizon, in money of the \
         start; absent with nothing put in.",
    ),
    measures: &[Declared {
        doc: "What the money invested would be in the catalog's world index fund with the same spending and \
              contributions, before tax and costs: B = max(0, B·growth − spending + contributions) each month. Interval: \
              binomial ranks (David & Nagaraja, Order Statistics, §7.1).",
        needs: Needs::Investment,
        ..amount(id::INDEX_FUND, "final value of the index fund, real")
    }],
    track: Followed::Whole(|kept| Left::of(kept, kept.compared.index_fund)),
};

pub(super) const SAVINGS: Kind = Kind {
    quantity: left(
        "benchmark.savings",
        "The same in a savings account that earns the cash rate of the scenario; absent with nothing put in and where \
         cash earns nothing.",
    ),
    measures: &[Declared {
        doc: "What the money invested would be in an account that earns the cash rate of the scenario, with the same \
              spending and contributions, before tax and costs. Interval: binomial ranks (David & Nagaraja, Order \
              Statistics, §7.1).",
        needs: Needs::InvestmentAndInterest,
        ..amount(id::SAVINGS, "final value of the savings account, real")
    }],
    track: Followed::Whole(|kept| Left::of(kept, kept.compared.savings)),
};

pub(super) const ABOVE_INDEX_FUND: Kind = Kind {
    quantity: whether(
        "above_index_fund",
        "1 where wealth at the horizon is more than the index fund has become, else 0; absent without one.",
    ),
    measures: &[chance(
        id::ABOVE_INDEX_FUND,
        "probability that final wealth is above the index fund",
        Better::Higher,
        "Share of paths with more wealth at the horizon than `benchmark.index_fund` on the same path. A path on which \
         both have nothing counts as not above. Interval: Clopper & Pearson (1934).",
    )
    .needing(Needs::Investment)],
    track: Followed::Whole(|kept| Above::of(kept.compared.index_fund)),
};

pub(super) const ABOVE_SAVINGS: Kind = Kind {
    quantity: whether(
        "above_savings",
        "1 where wealth at the horizon is more than the savings account has become, else 0; absent without one.",
    ),
    measures: &[chance(
        "benchmark.savings.beaten.probability",
        "probability that final wealth is above the savings account",
        Better::Higher,
        "Share of paths with more wealth at the horizon than `benchmark.savings` on the same path. A path on which both \
         have nothing counts as not above. Interval: Clopper & Pearson (1934).",
    )
    .needing(Needs::InvestmentAndInterest)],
    track: Followed::Whole(|kept| Above::of(kept.compared.savings)),
};

/// True if quantity `id` belongs to a built-in benchmark: the index fund or the savings account.
pub fn is_of_benchmark(id: &str) -> bool {
    let kinds = [INDEX_FUND, SAVINGS, ABOVE_INDEX_FUND, ABOVE_SAVINGS];
    kinds.iter().any(|kind| kind.quantity.id == id)
}

const fn left(id: &'static str, doc: &'static str) -> Quantity {
    Quantity { id, unit: "money of the start", range: (0.0, f64::INFINITY), doc }
}

const fn whether(id: &'static str, doc: &'static str) -> Quantity {
    Quantity { id, unit: "fraction", range: (0.0, 1.0), doc }
}

const fn amount(id: &'static str, title: &'static str) -> Declared {
    Declared { range: (0.0, f64::INFINITY), run: &[P05, P50, P95], ..Declared::of(id, title, Unit::Money) }
}

#[derive(Clone)]
struct Left {
    account: Account,
    prices: Row,
}

impl Left {
    fn of(kept: &Kept<'_>, account: Option<Account>) -> Option<Box<dyn AnyTrack>> {
        let prices = kept.prices.level;
        account.map(|account| Self { account, prices }.boxed())
    }
}

impl Track for Left {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let (left, level) = (now.book.value(self.account), now.rows.get(self.prices));
        Lanes::of(|lane| left[lane] / level[lane])
    }
}

#[derive(Clone)]
struct Above(Account);

impl Above {
    fn of(account: Option<Account>) -> Option<Box<dyn AnyTrack>> {
        account.map(|account| Self(account).boxed())
    }
}

impl Track for Above {
    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let left = now.book.value(self.0);
        let is_above = |lane: usize| now.wealth[lane] > left[lane];
        Lanes::of(|lane| f64::from(u8::from(is_above(lane))))
    }
}
