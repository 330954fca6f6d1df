//! Present value of a site's future income.
//!
//! ```text
//! N(j) = min(x(j)·K·κ^j·(o + (1 − o)·F·Y), K·κ^j)        x(j) = x·G^j/(1 + x(G^j − 1))
//! g(j) = E max(0, N(j) − c)/(1 − c)                      ln Y normal, E Y = φ^j,
//!                                                        its variance j·λ/12·(s² + (μ − s²/2)²)
//! ```
//!
//! G, κ and φ are monthly factors: growth of a small site, aging of pages, mean change of visits from
//! platforms. The mean over Y uses four points, two Gauss points per half of a normal law. It stays
//! accurate where the niche limits the gain from a good update.

use super::Content;
use super::trend::{faster, kept};
use crate::asset::buyer::{self, N_NODES, Node};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// Yearly return that a buyer of sites asks for. The class's price multiple and fading would imply less.
const RETURN: f64 = buyer::LEAST_RETURN;

/// State of a site in one month.
#[derive(Clone, Copy)]
pub(super) struct SiteNow {
    /// Visits as a fraction of the niche's limit, without the effect of ranking updates.
    pub part: f64,
    /// Limit of the niche for the existing pages, in visits of the first month.
    pub most: f64,
    /// Factor of all ranking updates and AI answers so far on visits from platforms.
    pub moved: f64,
    pub owned: f64,
    pub fixed: f64,
}

impl SiteNow {
    /// State of a site with `visits` before ranking updates and the limit `most` of its niche, both in visits
    /// of the first month.
    #[inline(always)]
    pub fn of(visits: f64, most: f64, moved: f64, owned: f64, fixed: f64) -> Self {
        Self { part: if most > 0.0 { visits / most } else { 0.0 }, most, moved, owned, fixed }
    }
}

const N_MOVES: usize = 4;
/// Quadrature points and weights that replace a standard normal: they reproduce moments and mean absolute value.
const MOVES: [[f64; 2]; N_MOVES] =
    [[-1.771_19, 0.138_62], [-0.424_54, 0.361_38], [0.424_54, 0.361_38], [1.771_19, 0.138_62]];

/// Factor on visits from platforms after `month` months, at point number `at` of [`MOVES`]. `factor` is their
/// monthly mean factor, `variance` the monthly variance of its logarithm.
#[inline(always)]
fn moved(month: f64, factor: f64, variance: f64, at: usize) -> f64 {
    let sd = (variance * month).sqrt();
    // Relative to the highest point, whose factor alone may overflow.
    let of = |[z, chance]: [f64; 2]| [exp(sd * (z - MOVES[N_MOVES - 1][0])), chance];
    let mean: f64 = MOVES.into_iter().map(of).map(|[size, chance]| size * chance).sum();
    buyer::power(factor, month) * of(MOVES[at])[0] / mean
}

/// Expected income at a future month, relative to the first month. `growth` and `kept` are the factors of growth and
/// aging until then, `moves` the possible factors on visits from platforms.
#[inline(always)]
fn earned(now: SiteNow, growth: f64, kept: f64, moves: [f64; N_MOVES]) -> f64 {
    let most = now.most * kept;
    let part = now.part * growth / (growth - 1.0).mul_add(now.part, 1.0);
    let mut sum = 0.0;
    for (moved, [_, chance]) in moves.into_iter().zip(MOVES) {
        let reached = super::reached(now.moved * moved, now.owned);
        sum += chance * greater(most * lesser(part * reached, 1.0) - now.fixed, 0.0);
    }
    sum / (1.0 - now.fixed)
}

/// A future month with its factors on growth, aging and visits from platforms.
#[derive(Clone, Copy)]
struct FutureMonth {
    node: Node,
    later: [Coefficient; 2],
    moves: [Coefficient; N_MOVES],
}

/// Coefficients and result row for the present value of future income on each path.
#[derive(Clone)]
pub(super) struct SiteValue {
    points: [FutureMonth; N_NODES],
    pub row: Row,
}

impl SiteValue {
    /// Adds the coefficients for all future months. `growth` and `kept` are the monthly factors of growth and
    /// aging, `factor` the monthly mean factor of visits from platforms, `variance` that of its logarithm.
    pub fn build(
        growth: Coefficient,
        kept: Coefficient,
        factor: Coefficient,
        variance: Coefficient,
        build: &mut Build,
    ) -> Self {
        let points = buyer::nodes(RETURN).map(|node| FutureMonth {
            node,
            later: [growth, kept]
                .map(|month| Coefficient::from([month], build, move |[left]| buyer::power(left, node.month))),
            moves: std::array::from_fn(|at| {
                let of = move |[factor, variance]: [f64; 2]| moved(node.month, factor, variance, at);
                Coefficient::from([factor, variance], build, of)
            }),
        });
        let row = build.row();
        Self { points, row }
    }

    /// Sets the present value of future income, in years of the first month's income, for the current state
    /// `now` of each path.
    #[inline(always)]
    pub fn follow(&self, now: impl Fn(usize) -> SiteNow, cx: &mut Cx<'_>) {
        let now: [SiteNow; LANES] = std::array::from_fn(now);
        let mut ahead = Lanes::ZERO;
        for point in &self.points {
            let [growth, kept] = point.later.map(|later| later.of_paths(cx.rows));
            let moves = point.moves.map(|moved| moved.of_paths(cx.rows));
            for lane in 0..LANES {
                let moves = std::array::from_fn(|at| moves[at][lane]);
                let income = earned(now[lane], growth[lane], kept[lane], moves);
                ahead[lane] += point.node.weight * income;
            }
        }
        *cx.rows.get_mut(self.row) = ahead;
    }
}

impl Content {
    /// Present value of a site's future income in years of the first month's income, with every range at its median.
    pub(super) fn ahead(&self, now: SiteNow) -> f64 {
        let growth = faster(self.growth.get());
        let kept = kept(self.renewed.get(), self.page_half_life.get());
        let (factor, variance) = (self.mean_factor(), self.variance());
        let value = |node: Node| {
            let [growth, kept] = [growth, kept].map(|month| buyer::power(month, node.month));
            let moves = std::array::from_fn(|at| moved(node.month, factor, variance, at));
            node.weight * earned(now, growth, kept, moves)
        };
        buyer::nodes(RETURN).into_iter().map(value).sum()
    }
}
