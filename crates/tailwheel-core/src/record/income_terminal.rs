//! Net income per month: mean over the last 12 months, and the monthly series of the portfolio and of each
//! asset.

use super::declared::{Better, DISTRIBUTION, Declared, MIDDLE_AND_ENDS, Unit};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, Tracking, YEAR, id};
use crate::math::{Lanes, inlined};
use crate::stage::{AnyTrack, Close, Row};

pub(super) const KIND: QuantityKind = QuantityKind {
    name: "income_terminal",
    measures: &[Declared {
        run: DISTRIBUTION,
        ..income("income.terminal", "net income a month over the last year, nominal")
    }],
    track: Tracking::Whole(|kept| Some(mean_income(kept.income, None))),
};

pub(super) const REAL: QuantityKind = QuantityKind {
    name: "income_terminal_real",
    measures: &[Declared {
        run: MIDDLE_AND_ENDS,
        ..income(id::REAL_INCOME, "net income a month over the last year, real")
    }],
    track: Tracking::Whole(|kept| {
        kept.prices.moves.then(|| mean_income(kept.income, Some(kept.prices.level)))
    }),
};

/// Net income of the month, nominal. It has no column; only a series over time follows it.
pub(super) const OF_MONTH: QuantityKind =
    QuantityKind { name: "income", measures: &[], track: Tracking::Nothing };

/// Income that the asset pays in the month after its own costs, before tax, nominal. It has no column.
pub(super) const OF_ASSET: QuantityKind =
    QuantityKind { name: "asset_income", measures: &[], track: Tracking::Nothing };

/// Declares a measure of income per month, of which more is better. Its range starts at 0, although account
/// and bookkeeping costs can make the income itself negative.
const fn income(id: &'static str, title: &'static str) -> Declared {
    Declared { better: Better::Higher, ..Declared::of(id, title, Unit::MoneyPerMonth) }
}

/// Returns a track of the mean income per month over the last 12 months; real if `prices` is the price level.
fn mean_income(income: Row, prices: Option<Row>) -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(move |[sum]: &mut [Lanes; 1], now: &Close<'_>| {
            if now.month + YEAR > now.n_months {
                let income = now.rows.get(income);
                match prices.map(|row| now.rows.get(row)) {
                    Some(level) => sum.each(|lane, own| own + income[lane] / level[lane]),
                    None => *sum += income,
                }
            }
        }),
        inlined!(|[sum], now| {
            let n_months = f64::from(now.n_months.min(YEAR));
            Lanes::of(|lane| sum[lane] / n_months)
        }),
    )
}
