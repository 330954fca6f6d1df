//! What the provider of a product takes of its revenue.
//!
//! In: a gross margin, how often and how far he reprices. Out: [`Supply`], the margin as a multiple of that of the start.
//! Not here: who subscribes, what becomes of a
//! product that he makes lose (`turnover`), and what a buyer expects of him (`outlook`).
//!
//! ```text
//! K_t = (1 + (K_{t−1} − 1)·2^(−1/h))·(size·exp(s·z) if he reprices, else 1)     K_0 = 1
//! margin = (1 − (1 − g)·K)/g
//! ```
//!
//! He reprices in a month with chance `1 − e^(−λ/12)`; one uniform says whether, and where in its law the size lies.

use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1};
use crate::math::{LANES, normal};
use crate::random::{Purpose, discrete};
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// A provider and the product that he supplies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Provider {
    /// Part of the revenue that is left at his price of the start, above 0.
    pub gross_margin: f64,
    /// How often he reprices.
    pub per_year: f64,
    /// Logarithm of the multiple that half of all times exceed.
    pub log_size: f64,
    pub spread: f64,
    pub half_life_months: f64,
}

impl Provider {
    /// Whether he can ask for more than all that comes in.
    pub fn may_take_all(&self) -> bool {
        let can_rise = self.spread > 0.0 || self.log_size > 0.0;
        self.per_year > 0.0 && self.gross_margin < 1.0 && can_rise
    }

    /// Chance that he reprices in a month.
    pub fn chance(&self) -> f64 {
        match self.gross_margin < 1.0 {
            true => -expm1(-self.per_year / STEPS_PER_YEAR),
            false => 0.0,
        }
    }

    /// Leaves the month of the provider and returns its rows; nothing if he never moves.
    pub fn build(self, build: &mut Build) -> Option<Supply> {
        if self.per_year == 0.0 || self.gross_margin >= 1.0 {
            return None;
        }
        let rows = Supply {
            price: build.row(),
            margin: build.row(),
        };
        build.stage(Phase::Open, Begin { rows });
        let reprice = Reprice {
            of: self,
            rows,
            drawn: build.uniforms(Purpose::Repricing, Scope::Month),
            chance: self.chance(),
            keep: exp(-std::f64::consts::LN_2 / self.half_life_months),
        };
        build.stage(Phase::Operate, reprice);
        Some(rows)
    }
}

/// What the provider has made of a product.
#[derive(Clone, Copy)]
pub(super) struct Supply {
    /// In that of the start.
    pub margin: Row,
    /// What he asks, as a multiple of the start.
    pub price: Row,
}

struct Begin {
    rows: Supply,
}

impl Stage for Begin {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.rows.get_mut(self.rows.price).fill(1.0);
        cx.rows.get_mut(self.rows.margin).fill(1.0);
    }
}

struct Reprice {
    of: Provider,
    rows: Supply,
    drawn: Draw,
    chance: f64,
    /// Part of what is asked too much that is left after a month.
    keep: f64,
}

impl Stage for Reprice {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let drawn = cx.draws.row(self.drawn);
        let price = cx.rows.get_mut(self.rows.price);
        for lane in 0..LANES {
            price[lane] = self.keep.mul_add(price[lane] - 1.0, 1.0);
            if discrete::strikes(drawn[lane], self.chance) {
                let z = -normal::quantile((1.0 - drawn[lane]) / self.chance);
                price[lane] *= exp(self.of.spread.mul_add(z, self.of.log_size));
            }
        }
        let price = *price;
        let margin = cx.rows.get_mut(self.rows.margin);
        let (left, cost) = (1.0 / self.of.gross_margin, 1.0 - self.of.gross_margin);
        margin.each(|lane, _| (1.0 - cost * price[lane]) * left);
    }
}
