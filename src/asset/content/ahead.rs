//! What a site has to come.
//!
//! ```text
//! N(j) = min(x(j)·K·κ^j·(o + (1 − o)·F·Y), K·κ^j)        x(j) = x·G^j/(1 + x(G^j − 1))
//! g(j) = E max(0, N(j) − c)/(1 − c)                      ln Y normal, E Y = φ^j, variance j·λ/12·(s² + (μ − s²/2)²)
//! ```
//!
//! G, κ and φ are what a month makes of a small site, of pages and, in the mean, of visits that platforms send. The mean over Y is taken at
//! four points, two of Gauss for each half of a normal law, so that it holds where the niche limits what a good update would bring.

use super::Visits;
use super::trend::{faster, kept};
use crate::asset::buyer::{self, N_NODES, Node};
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// The return that a buyer of sites asks for: that of the class by its multiple and its fading is lower.
const RETURN: f64 = buyer::LEAST_RETURN;

/// A site as it is in a month.
#[derive(Clone, Copy)]
pub(super) struct Now {
    /// Part of what the niche gives its pages, but for what updates did.
    pub part: f64,
    /// The most that the niche gives then.
    pub most: f64,
    /// What updates and the answers of machines have made of what platforms send.
    pub moved: f64,
    pub owned: f64,
    pub fixed: f64,
}

impl Now {
    /// Of a site with these visits, but for what updates did to them, and the most that the niche gives, both in visits of the first month.
    #[inline(always)]
    pub fn of([visits, most]: [f64; 2], moved: f64, [owned, fixed]: [f64; 2]) -> Self {
        Self { part: if most > 0.0 { visits / most } else { 0.0 }, most, moved, owned, fixed }
    }
}

const N_MOVES: usize = 4;
/// Points of a standard normal law and their chances: with their mirror images they have its moments and the mean of its size.
const MOVES: [[f64; 2]; N_MOVES] =
    [[-1.771_19, 0.138_62], [-0.424_54, 0.361_38], [0.424_54, 0.361_38], [1.771_19, 0.138_62]];

/// What the time until a point ahead makes of a small site, of pages, and at one of [`MOVES`] of visits.
#[inline(always)]
fn moved(month: f64, [factor, variance]: [f64; 2], at: usize) -> f64 {
    let sd = (variance * month).sqrt();
    // in that of the highest, which may be beyond all numbers
    let of = |[z, chance]: [f64; 2]| [exp(sd * (z - MOVES[N_MOVES - 1][0])), chance];
    let mean: f64 = MOVES.into_iter().map(of).map(|[size, chance]| size * chance).sum();
    buyer::power(factor, month) * of(MOVES[at])[0] / mean
}

/// Income at a point ahead, in that of the first month; `later` is what the time until then makes of a small site and of pages.
#[inline(always)]
fn earned(now: Now, [growth, kept]: [f64; 2], moves: [f64; N_MOVES]) -> f64 {
    let most = now.most * kept;
    let part = now.part * growth / (growth - 1.0).mul_add(now.part, 1.0);
    let mut sum = 0.0;
    for (moved, [_, chance]) in moves.into_iter().zip(MOVES) {
        let reached = super::reached(now.moved * moved, now.owned);
        sum += chance * greater(most * lesser(part * reached, 1.0) - now.fixed, 0.0);
    }
    sum / (1.0 - now.fixed)
}

/// A point ahead.
#[derive(Clone, Copy)]
struct Point {
    node: Node,
    later: [Coefficient; 2],
    moves: [Coefficient; N_MOVES],
}

/// What a path needs to look ahead.
#[derive(Clone)]
pub(super) struct Ahead {
    points: [Point; N_NODES],
    pub row: Row,
}

impl Ahead {
    /// `monthly`: what a month makes of a small site and of pages; `of`: by which mean factor visits move in a month, for updates, and
    /// with which variance of its logarithm.
    pub fn build(monthly: [Coefficient; 2], of: [Coefficient; 2], build: &mut Build) -> Self {
        let points = buyer::nodes(RETURN).map(|node| Point {
            node,
            later: monthly.map(|month| {
                Coefficient::from([month], build, move |[left]| buyer::power(left, node.month))
            }),
            moves: std::array::from_fn(|at| {
                Coefficient::from(of, build, move |parts| moved(node.month, parts, at))
            }),
        });
        let row = build.row();
        Self { points, row }
    }

    /// Sets what sites have ahead.
    #[inline(always)]
    pub fn follow(&self, now: impl Fn(usize) -> Now, cx: &mut Cx<'_>) {
        let now: [Now; LANES] = std::array::from_fn(now);
        let mut ahead = Lanes::ZERO;
        for point in &self.points {
            let [growth, kept] = point.later.map(|later| later.of_paths(cx.rows));
            let moves = point.moves.map(|moved| moved.of_paths(cx.rows));
            for lane in 0..LANES {
                let moves = std::array::from_fn(|at| moves[at][lane]);
                let income = earned(now[lane], [growth[lane], kept[lane]], moves);
                ahead[lane] += point.node.weight * income;
            }
        }
        *cx.rows.get_mut(self.row) = ahead;
    }
}

impl Visits {
    /// What a site has ahead, at the medians of what is drawn.
    pub(super) fn ahead(&self, now: Now) -> f64 {
        let monthly =
            [faster([self.growth.get()]), kept([self.renewed.get(), self.page_half_life.get()])];
        let parts = [self.mean_factor(), self.variance()];
        let nodes = buyer::nodes(RETURN).into_iter();
        let values = nodes.map(|node| {
            let later = monthly.map(|month| buyer::power(month, node.month));
            let moves = std::array::from_fn(|at| moved(node.month, parts, at));
            node.weight * earned(now, later, moves)
        });
        values.sum()
    }
}
