//! What the provider of a product takes of its revenue.
//!
//! In: a gross margin, how often and how far he reprices. Out: [`Own`], the same of each path, and [`Supply`], the margin as a
//! multiple of that of the start. Not here: who subscribes, what becomes of a product that he makes lose (`turnover`), and what a
//! buyer expects of him (`outlook`).
//!
//! ```text
//! K_t = (1 + (K_{t−1} − 1)·2^(−1/h))·(size·exp(s·z) if he reprices, else 1)     K_0 = 1
//! margin = (1 − min((1 − g)·K, 2))/g
//! ```
//!
//! A bill of more than twice what comes in is not run up: interfaces that are metered have limits, and who sees such a price serves
//! nobody for the rest of the month.
//!
//! He reprices in a month with chance `1 − e^(−λ/12)`; one uniform says whether, and where in its law the size lies. g, λ and size are those
//! of the path where they are ranges.

use super::Subscription;
use crate::asset::wear;
use crate::form::{Drawn, Ranged};
use crate::math::elementary::{exp, ln};
use crate::math::{LANES, lesser, normal};
use crate::random::{Purpose, discrete};
use crate::stage::{Build, Coefficient, Cx, Draw, Phase, Row, Scope, Stage};

/// The largest bill of a month, in revenues of it.
const BILL: f64 = 2.0;

/// A provider and the product that he supplies, as whoever does not know him sees him.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Provider {
    /// Part of the revenue that is left at his price of the start, above 0.
    pub gross_margin: f64,
    /// How often he may reprice in a year, each with a weight.
    pub per_year: Vec<[f64; 2]>,
    /// Multiples that half of all rises exceed, each with a weight.
    pub sizes: Vec<[f64; 2]>,
    pub spread: f64,
    pub half_life_months: f64,
}

impl Provider {
    /// Whether he can ask for more than all that comes in.
    pub fn may_take_all(&self) -> bool {
        let can_rise = self.spread > 0.0 || self.sizes.iter().any(|[size, _]| *size > 1.0);
        self.chance() > 0.0 && can_rise
    }

    /// The highest price that is paid, as a multiple of the start.
    pub fn dearest(&self) -> f64 {
        BILL / (1.0 - self.gross_margin)
    }

    /// Chance that he reprices in a month.
    pub fn chance(&self) -> f64 {
        let of = |[per_year, weight]: &[f64; 2]| weight * chance([*per_year, self.gross_margin]);
        self.per_year.iter().map(of).sum()
    }
}

/// Numbers that a quantity may be, each with a weight.
pub(super) fn points<T: Ranged>(of: &Drawn<T>) -> Vec<[f64; 2]> {
    match of.law() {
        None => vec![[of.get(), 1.0]],
        Some(law) => law.points().to_vec(),
    }
}

/// Chance that a provider reprices in a month: what leaves all of the revenue has none.
#[inline(always)]
fn chance([per_year, gross_margin]: [f64; 2]) -> f64 {
    match gross_margin < 1.0 {
        true => wear::per_step(per_year),
        false => 0.0,
    }
}

/// The provider of each path.
#[derive(Clone, Copy)]
pub(super) struct Own {
    pub gross_margin: Coefficient,
    chance: Coefficient,
    log_size: Coefficient,
    spread: f64,
    half_life_months: f64,
}

impl Own {
    /// Leaves the draws of `product`.
    pub fn build(product: &Subscription, build: &mut Build) -> Self {
        let (terms, of) = (&product.terms, product.provider());
        let gross_margin = build.drawn("gross_margin", &terms.gross_margin);
        let per_year = build.drawn("repricing", &terms.repricing);
        let size = build.drawn("repricing_size", &terms.repricing_size);
        Self {
            gross_margin,
            chance: Coefficient::from([per_year, gross_margin], build, chance),
            log_size: Coefficient::from([size], build, |[size]| ln(size)),
            spread: of.spread,
            half_life_months: of.half_life_months,
        }
    }

    /// Leaves the month of the provider and returns its rows; nothing if he never moves.
    pub fn supply(self, build: &mut Build) -> Option<Supply> {
        if self.chance == Coefficient::Same(0.0) {
            return None;
        }
        let rows = Supply { price: build.row(), margin: build.row() };
        build.stage(Phase::Open, Begin { rows });
        let reprice = Reprice {
            of: self,
            rows,
            drawn: build.uniforms(Purpose::Repricing, Scope::Month),
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
    of: Own,
    rows: Supply,
    drawn: Draw,
    /// Part of what is asked too much that is left after a month.
    keep: f64,
}

impl Stage for Reprice {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let drawn = cx.draws.row(self.drawn);
        let [chance, log_size, gross_margin] =
            [self.of.chance, self.of.log_size, self.of.gross_margin].map(|of| of.of_paths(cx.rows));
        let price = cx.rows.get_mut(self.rows.price);
        for lane in 0..LANES {
            price[lane] = self.keep.mul_add(price[lane] - 1.0, 1.0);
            if discrete::strikes(drawn[lane], chance[lane]) {
                let z = -normal::quantile((1.0 - drawn[lane]) / chance[lane]);
                price[lane] *= exp(self.of.spread.mul_add(z, log_size[lane]));
            }
        }
        let price = *price;
        let margin = cx.rows.get_mut(self.rows.margin);
        margin.each(|lane, _| {
            let (left, cost) = (1.0 / gross_margin[lane], 1.0 - gross_margin[lane]);
            (1.0 - lesser(cost * price[lane], BILL)) * left
        });
    }
}
