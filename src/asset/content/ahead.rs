//! What a site has to come.
//!
//! ```text
//! N(j) = min(x(j)·K·κ^j·(o + (1 − o)·F·φ^j), K·κ^j)      x(j) = x·G^j/(1 + x(G^j − 1))
//! g(j) = max(0, N(j) − c)/(1 − c)
//! ```
//!
//! G, κ and φ are what a month makes of a small site, of pages and, in the mean, of visits that platforms send. Visits are what is expected of
//! them: a buyer counts on no luck with updates.

use super::Visits;
use super::trend::{faster, kept};
use crate::asset::buyer::{self, N_NODES, Node};
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// The return that a buyer of sites asks for: that of the class by its multiple and its fading is lower.
const RETURN: f64 = buyer::LEAST_RETURN;

/// A site as it is in a month.
#[derive(Clone, Copy)]
pub(super) struct Now {
    /// Visits but for what updates did to them, in those of the first month.
    pub visits: f64,
    /// The most that the niche gives then.
    pub most: f64,
    /// What updates and the answers of machines have made of what platforms send.
    pub moved: f64,
    pub owned: f64,
    pub fixed: f64,
}

/// Income at a point ahead, in that of the first month; `later` is what the time until then makes of a small site, pages and visits.
#[inline(always)]
fn earned(now: Now, [growth, kept, moved]: [f64; 3]) -> f64 {
    let part = now.visits / now.most;
    let most = now.most * kept;
    let part = part * growth / (growth - 1.0).mul_add(part, 1.0);
    let reached = super::reached(now.moved * moved, now.owned);
    greater(super::power_of(most * lesser(part * reached, 1.0), now.fixed), 0.0)
}

/// What a path needs to look ahead.
#[derive(Clone)]
pub(super) struct Ahead {
    nodes: [(Node, [Coefficient; 3]); N_NODES],
    pub row: Row,
}

impl Ahead {
    /// `monthly`: what a month makes of a small site, of pages and of visits.
    pub fn build(monthly: [Coefficient; 3], build: &mut Build) -> Self {
        let nodes = buyer::nodes(RETURN).map(|node| {
            let later = monthly.map(|month| {
                Coefficient::from([month], build, move |[left]| buyer::power(left, node.month))
            });
            (node, later)
        });
        let row = build.row();
        Self { nodes, row }
    }

    /// Sets what sites have ahead.
    #[inline(always)]
    pub fn follow(&self, now: impl Fn(usize) -> Now, cx: &mut Cx<'_>) {
        let mut ahead = Lanes::ZERO;
        for (node, later) in &self.nodes {
            let [growth, kept, moved] = later.map(|later| later.of_paths(cx.rows));
            for lane in 0..LANES {
                let later = [growth[lane], kept[lane], moved[lane]];
                ahead[lane] += node.weight * earned(now(lane), later);
            }
        }
        *cx.rows.get_mut(self.row) = ahead;
    }
}

impl Visits {
    /// What a site has ahead, at the medians of what is drawn.
    pub(super) fn ahead(&self, now: Now) -> f64 {
        let monthly = [
            faster([self.growth.get()]),
            kept([self.renewed.get(), self.page_half_life.get()]),
            self.mean_factor(),
        ];
        let nodes = buyer::nodes(RETURN).into_iter();
        let values = nodes.map(|node| {
            let later = monthly.map(|month| buyer::power(month, node.month));
            node.weight * earned(now, later)
        });
        values.sum()
    }
}
