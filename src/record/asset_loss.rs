//! What each asset lost, in money of the start: the part of the loss that is its own.
//!
//! ```text
//! loss_j = −Σ_t (C_t − C_(t−1))/P_t + Σ_t V_(t−1)(1/P_(t−1) − 1/P_t) + E_j
//! ```
//!
//! with C what the causes of the asset itself (markets, agents, decay, its income and its own costs) have given, V what
//! stands on its accounts, E what events took of its value, each strike in money of the start. What the owner pays and
//! is paid, what is lost in trading and what inflation takes of cash is no asset's; all together are the loss L. Summed
//! by parts, as what causes give. Without an owner nothing leaves an asset, and the loss is V_0 − V_T/P_T.

use super::cause::add_eroded;
use super::declared::{Better, Declared, Figure, Statistic, Unit};
use super::{Followed, Kind, WORST, id};
use crate::book::Account;
use crate::market::PriceRows;
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

/// Shares in the two figures of a loss that add up: its shortfall and its spread (Euler).
const CONTRIBUTIONS: &[Figure] = &[
    Figure { suffix: "es95", statistic: Statistic::OnWorst(WORST) },
    Figure { suffix: "sd", statistic: Statistic::WithLoss },
];

const fn contribution(id: &'static str, title: &'static str) -> Declared {
    Declared { better: Better::Lower, run: CONTRIBUTIONS, ..Declared::of(id, title, Unit::Money) }
}

pub(super) const OF_ASSET: Kind = Kind {
    quantity: Quantity {
        id: "asset_loss",
        unit: "money of the start",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "What the asset lost until the horizon by itself, below zero what it gave: value, income and its own costs, \
              what events took of its value, what inflation took of it; absent of a lone asset.",
    },
    measures: &[contribution(id::CONTRIBUTION, "contribution of the asset")],
    track: Followed::EachAsset(|kept, asset| Some(AssetLoss::of(kept.own.get(asset)?).boxed())),
};

/// Measured, not kept: what is left of the loss.
pub(super) const OF_OWNER: Kind = Kind {
    quantity: Quantity {
        id: "owner_loss",
        unit: "money of the start",
        range: (f64::NEG_INFINITY, f64::INFINITY),
        doc: "What is lost of no asset: the loss less what all assets lost; absent without an owner.",
    },
    measures: &[contribution(
        id::OWNER_CONTRIBUTION,
        "contribution of what is not attributable to an asset",
    )],
    track: Followed::Rest,
};

/// Where what an asset gave and lost stands.
#[derive(Clone, Debug)]
pub struct Own {
    /// Of the world, below zero by what its causes gave.
    pub world: Vec<Account>,
    /// Its own, of which inflation takes.
    pub inner: Vec<Account>,
    /// Both.
    pub all: Vec<Account>,
    /// On day one.
    pub opening: f64,
    /// What events took of its value, in money of the start.
    pub taken: Option<Row>,
    /// Whether anything leaves it for an account that is not its own.
    pub is_shared: bool,
    pub prices: PriceRows,
}

#[derive(Clone)]
struct AssetLoss {
    own: Own,
    sum: Lanes,
}

impl AssetLoss {
    fn of(own: &Own) -> Self {
        let (own, sum) = (own.clone(), Lanes::ZERO);
        Self { own, sum }
    }
}

impl Track for AssetLoss {
    fn open(&mut self) {
        self.sum = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let Own { prices, .. } = self.own;
        if !prices.moves || !self.own.is_shared {
            return;
        }
        if now.month == 1 {
            // of the first month, of which no close was seen
            let level = now.rows.get(prices.level);
            let opening = self.own.opening;
            self.sum.each(|lane, _| opening * (1.0 - 1.0 / level[lane]));
        }
        let eroded = now.rows.get(prices.eroded);
        add_eroded(1.0, (&self.own.all, eroded), now.book, &mut self.sum);
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let level = now.rows.get(self.own.prices.level);
        if !self.own.is_shared {
            let mut lost = Lanes::splat(self.own.opening);
            for account in &self.own.inner {
                let left = now.book.value(*account);
                lost.each(|lane, own| own - left[lane] / level[lane]);
            }
            return lost;
        }
        // what this month will lose in the next is in the sum, and is not lost yet
        let mut lost = self.sum;
        if self.own.prices.moves {
            let eroded = now.rows.get(self.own.prices.eroded);
            add_eroded(-1.0, (&self.own.all, eroded), now.book, &mut lost);
        }
        for account in &self.own.world {
            let balance = now.book.value(*account);
            lost.each(|lane, own| own + balance[lane] / level[lane]);
        }
        if let Some(row) = self.own.taken {
            lost += now.rows.get(row);
        }
        lost
    }
}
