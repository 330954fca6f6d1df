//! Benchmarks: the money invested in an index fund and in a savings account with the same planned flows, and
//! one unit of the asset class in `[goal]`. Does the portfolio end above them?

use super::autonomy::chance;
use super::declared::{Better, Declared, Needs, P05, P50, P95, Unit, View};
use super::fold_tracks::at_end;
use super::{QuantityKind, TrackInputs, Tracking, id};
use crate::book::Account;
use crate::math::{Lanes, inlined};
use crate::stage::AnyTrack;

/// Accounts of the benchmarks that the portfolio is compared with.
#[derive(Clone, Copy, Debug, Default)]
pub struct BenchmarkAccounts {
    /// Account with the value of one unit of the asset class in `goal.beat`; `None` if the scenario does not
    /// set that goal.
    pub unit: Option<Account>,
    /// Balance of the money invested, in an index fund with the planned flows; `None` if nothing is invested
    /// or no quantity needs it.
    pub index_fund: Option<Account>,
    /// Balance of the money invested, in a savings account with the planned flows; `None` as for the index
    /// fund, or if cash earns nothing.
    pub savings: Option<Account>,
}

pub(super) const INDEX_FUND: QuantityKind = QuantityKind {
    name: "benchmark.index_fund",
    measures: &[Declared {
        doc: "What the money invested would be in the catalog's world index fund with the same spending and \
              contributions, before tax and costs: B = max(0, B·growth − spending + contributions) each month. Interval: \
              binomial ranks (David & Nagaraja, Order Statistics, §7.1).",
        needs: Needs::Investment,
        ..amount(id::INDEX_FUND, "final value of the index fund, real")
    }],
    track: Tracking::Whole(|kept| left(kept, kept.compared.index_fund)),
};

pub(super) const SAVINGS: QuantityKind = QuantityKind {
    name: "benchmark.savings",
    measures: &[Declared {
        doc: "What the money invested would be in an account that earns the cash rate of the scenario, with the same \
              spending and contributions, before tax and costs. Interval: binomial ranks (David & Nagaraja, Order \
              Statistics, §7.1).",
        needs: Needs::InvestmentAndInterest,
        ..amount(id::SAVINGS, "final value of the savings account, real")
    }],
    track: Tracking::Whole(|kept| left(kept, kept.compared.savings)),
};

pub(super) const ABOVE_INDEX_FUND: QuantityKind = QuantityKind {
    name: "above_index_fund",
    measures: &[chance(
        id::ABOVE_INDEX_FUND,
        "probability that final wealth is above the index fund",
        Better::Higher,
        "Share of paths with more wealth at the horizon than `benchmark.index_fund` on the same path. A path on which \
         both have nothing counts as not above.",
    )
    .needing(Needs::Investment)],
    track: Tracking::Whole(|kept| above(kept.compared.index_fund)),
};

pub(super) const ABOVE_SAVINGS: QuantityKind = QuantityKind {
    name: "above_savings",
    measures: &[chance(
        "benchmark.savings.beaten.probability",
        "probability that final wealth is above the savings account",
        Better::Higher,
        "Share of paths with more wealth at the horizon than `benchmark.savings` on the same path. A path on which both \
         have nothing counts as not above.",
    )
    .needing(Needs::InvestmentAndInterest)],
    track: Tracking::Whole(|kept| above(kept.compared.savings)),
};

/// True if quantity `id` belongs to a built-in benchmark: the index fund or the savings account.
pub fn is_of_benchmark(id: &str) -> bool {
    let kinds = [INDEX_FUND, SAVINGS, ABOVE_INDEX_FUND, ABOVE_SAVINGS];
    kinds.iter().any(|kind| kind.name == id)
}

const fn amount(id: &'static str, title: &'static str) -> Declared {
    Declared { run: &[P05, P50, P95], ..Declared::of(id, title, Unit::Money) }
}

/// Returns a track of the real balance of the benchmark's `account` at the horizon; `None` without it.
fn left(kept: &TrackInputs<'_>, account: Option<Account>) -> Option<Box<dyn AnyTrack>> {
    let (account, prices) = (account?, kept.prices.level);
    Some(at_end(inlined!(move |now| {
        let (left, level) = (now.book.value(account), now.rows.get(prices));
        Lanes::of(|lane| left[lane] / level[lane])
    })))
}

/// Returns a track that is 1 if final net worth is above the balance of the benchmark's `account`, else 0.
fn above(account: Option<Account>) -> Option<Box<dyn AnyTrack>> {
    let account = account?;
    Some(at_end(inlined!(move |now| {
        let left = now.book.value(account);
        Lanes::of(|lane| f64::from(u8::from(now.wealth[lane] > left[lane])))
    })))
}

pub(super) const BEAT: QuantityKind = QuantityKind {
    name: "beat",
    measures: &[Declared {
        seen: View::OfMoneyIn,
        needs: Needs::ClassToBeat,
        ..chance(
            "goal.beat.probability",
            "probability of a return above the benchmark",
            Better::Higher,
            "Share of paths with a higher return a year than the class in `goal.beat` on the same path. The \
             benchmark pays no tax and no costs. A ruined path counts as lower.",
        )
    }],
    track: Tracking::Whole(|kept| {
        let (money_in, unit) = (kept.money_in, kept.compared.unit?);
        Some(at_end(inlined!(move |now| {
            let unit = now.book.value(unit);
            Lanes::of(|lane| f64::from(u8::from(now.value[lane] > money_in * unit[lane])))
        })))
    }),
};
