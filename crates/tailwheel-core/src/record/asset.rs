//! Value, state variables and loss of each asset. The loss, in start-date prices, is the part of the portfolio
//! loss that the asset causes itself.
//!
//! ```text
//! loss_j = −Σ_t (C_t − C_(t−1))/P_t + Σ_t V_(t−1)(1/P_(t−1) − 1/P_t) + E_j
//! ```
//!
//! C is what the asset's own causes (markets, agents, decay, its income and costs) have gained so far. V is
//! the balance of its accounts, P the price level, E the value lost to events, each loss in start-date
//! prices. Owner's payments, trading costs and inflation on cash belong to no asset; with them the losses add
//! up to L. The code sums by parts, as in `cause`. If no money can leave an asset (no owner, no business, no
//! payment lag), its loss is V_0 − V_T/P_T.

use super::cause::add_eroded;
use super::declared::{Better, Declared, Figure, MIDDLE_AND_ENDS, Statistic, UNBOUNDED, Unit};
use super::fold_tracks::{at_end, monthly_then, row_at_end};
use super::{QuantityKind, Tracking, WORST, id};
use crate::book::Account;
use crate::market::PriceRows;
use crate::math::{Lanes, inlined};
use crate::stage::{AnyTrack, Close, Row};
use std::sync::Arc;

pub(super) const VALUE: QuantityKind = QuantityKind {
    name: "asset",
    measures: &[Declared {
        run: MIDDLE_AND_ENDS,
        ..Declared::of("asset.<name>.terminal", "value of the asset at the end, nominal", Unit::Money)
    }],
    track: Tracking::EachAsset(|kept, asset| {
        let account = kept.assets[asset];
        Some(at_end(inlined!(move |now| *now.book.value(account))))
    }),
};

pub(super) const STATE: QuantityKind = QuantityKind {
    name: "state",
    measures: &[Declared {
        run: MIDDLE_AND_ENDS,
        doc: "Value at the horizon as a fraction of the start or of all units. The earnings model of the asset \
              decides which (docs/model.md, Mechanisms).",
        ..Declared::of("state.<state>", "quantity of an earnings model at the end", Unit::Fraction)
    }],
    track: Tracking::EachState(row_at_end),
};

/// Contributions of an asset to the expected shortfall and the standard deviation of the loss; over all
/// assets and the owner they add up (Euler allocation).
const CONTRIBUTIONS: &[Figure] = &[
    Figure { suffix: "es95", statistic: Statistic::OnWorst(WORST) },
    Figure { suffix: "sd", statistic: Statistic::WithLoss },
];

const fn contribution(id: &'static str, title: &'static str) -> Declared {
    Declared {
        better: Better::Lower,
        range: UNBOUNDED,
        run: CONTRIBUTIONS,
        ..Declared::of(id, title, Unit::Money)
    }
}

/// Loss by the asset until the horizon, real; negative for a gain. It includes the asset's value, income,
/// costs, event losses and inflation. Not kept for a lone asset.
pub(super) const LOSS: QuantityKind = QuantityKind {
    name: "asset_loss",
    measures: &[contribution(id::CONTRIBUTION, "contribution of the asset")],
    track: Tracking::EachAsset(|kept, asset| Some(asset_loss(kept.own.get(asset)?, kept.prices))),
};

/// Loss that belongs to no asset, real: the portfolio loss minus the losses of all assets. It has no track
/// and is derived: inflation and tax on cash, costs of trades, what the owner pays. Missing if no money leaves an asset.
pub(super) const OWNER_LOSS: QuantityKind = QuantityKind {
    name: "owner_loss",
    measures: &[contribution(id::OWNER_CONTRIBUTION, "contribution of what is not attributable to an asset")],
    track: Tracking::Nothing,
};

/// Accounts and rows from which the loss of one asset is computed.
#[derive(Clone, Debug)]
pub struct AssetAccounts {
    /// Accounts of the outside world for the asset, one per cause. Each balance is minus the asset's gain by
    /// that cause.
    pub world: Vec<Account>,
    /// Accounts that hold the asset's value, which inflation erodes.
    pub inner: Vec<Account>,
    /// All accounts of the asset: those of the outside world, one per cause, and those that hold its value.
    pub all: Vec<Account>,
    /// Value of the asset on day one.
    pub opening: f64,
    /// Value that events have taken from the asset so far, in start-date prices; `None` without events.
    pub taken: Option<Row>,
    /// True if money can leave the asset for other accounts, such as the owner's cash.
    pub is_shared: bool,
}

/// Returns a track of the loss of one asset, real.
fn asset_loss(own: &AssetAccounts, prices: PriceRows) -> Box<dyn AnyTrack> {
    let own = Arc::new(own.clone());
    let followed = Arc::clone(&own);
    monthly_then(
        inlined!(move |[sum]: &mut [Lanes; 1], now: &Close<'_>| {
            if !prices.moves || !followed.is_shared {
                return;
            }
            if now.month == 1 {
                // inflation of month 1: no track sees the close of day one
                let level = now.rows.get(prices.level);
                let opening = followed.opening;
                sum.each(|lane, _| opening * (1.0 - 1.0 / level[lane]));
            }
            add_eroded(1.0, &followed.all, now.rows.get(prices.eroded), now.book, sum);
        }),
        inlined!(move |[sum], now| {
            let level = now.rows.get(prices.level);
            if !own.is_shared {
                let mut lost = Lanes::splat(own.opening);
                for account in &own.inner {
                    let left = now.book.value(*account);
                    lost.each(|lane, own| own - left[lane] / level[lane]);
                }
                return lost;
            }
            // `sum` already holds what this month's balance will lose next month; it is not lost yet
            let mut lost = *sum;
            if prices.moves {
                add_eroded(-1.0, &own.all, now.rows.get(prices.eroded), now.book, &mut lost);
            }
            for account in &own.world {
                let balance = now.book.value(*account);
                lost.each(|lane, own| own + balance[lane] / level[lane]);
            }
            if let Some(row) = own.taken {
                lost += now.rows.get(row);
            }
            lost
        }),
    )
}
