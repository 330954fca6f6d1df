//! What a product has to come.
//!
//! ```text
//! S(j) = S·q^j + a·(q^j − f^j)/(q − f)           q = 1 − c, f = 2^(−1/h), a those who come in the month
//! K(j) = α^j·K + β·(1 − α^j)/(1 − α)             what the provider asks on average of the times that leave something
//! g(j) = (1 − p)^j·max(0, S(j)/S_0·μ(K(j))/(1 − κ) − w·a·f^j)
//! ```
//!
//! α = 2^(−1/H)·ρ, β = (1 − 2^(−1/H))·ρ, ρ = 1 + c(E − 1): c is the chance of a rise that leaves something, E its mean multiple; p is
//! the chance that the provider reprices in a month and leaves nothing of the margin: that closes the product. Nobody pays for
//! months of loss.

use super::Subscription;
use super::provider::Provider;
use crate::asset::buyer::{self, N_NODES, Node};
use crate::math::{LANES, Lanes, greater};
use crate::stage::{Build, Coefficient, Cx, Row};

/// The return that a buyer of products asks for: what the class's multiple of 3.4 and its arrivals, churn and their cost imply.
const RETURN: f64 = 0.1565;

/// A product as it is in a month.
#[derive(Clone, Copy)]
pub(super) struct Now {
    /// Subscribers, in those of the start.
    pub part: f64,
    /// Those who come in the month, in the same unit, and what they cost, in the income of the first month.
    pub coming: f64,
    pub cost: f64,
    /// What the provider asks, as a multiple of the start.
    pub price: f64,
    /// What subscribers of the start bring in a month before others are won, in the income of the first month.
    pub margin: f64,
}

/// Who is left of subscribers, who of those that come each month, and how many come then.
#[inline(always)]
fn later([stay, fade]: [f64; 2], month: f64) -> [f64; 3] {
    let (stayed, comes) = (buyer::power(stay, month), buyer::power(fade, month));
    let apart = stay - fade;
    let came = if apart.abs() > 1e-6 {
        (stayed - comes) / apart
    } else {
        month * buyer::power(stay, month - 1.0)
    };
    [stayed, came, comes]
}

/// What a provider leaves of the margin of the start at a point ahead.
#[derive(Clone, Copy)]
struct Supplied {
    /// What he asks on average then: this times what he asks now, and this.
    price: [f64; 2],
    /// Chance that the product is still open.
    open: f64,
    gross_margin: f64,
}

impl Supplied {
    fn at(provider: &Provider, month: f64) -> Self {
        let [factor, constant] = provider.expected();
        let sum = buyer::sum_of_powers(factor, month);
        Self {
            price: [buyer::power(factor, month), constant * sum],
            open: buyer::power(1.0 - provider.chance_to_end(), month),
            gross_margin: provider.gross_margin,
        }
    }

    /// The margin, in that of the start, if he asks `price` times what he did.
    #[inline(always)]
    fn margin(self, price: f64) -> f64 {
        let asked = self.price[0].mul_add(price, self.price[1]);
        (1.0 - (1.0 - self.gross_margin) * asked) / self.gross_margin
    }
}

/// Income at a point ahead, in that of the first month.
#[inline(always)]
fn earned(now: Now, [stayed, came, comes]: [f64; 3], supplied: Supplied) -> f64 {
    let part = now.part.mul_add(stayed, now.coming * came);
    let left = now.margin * part * supplied.margin(now.price);
    supplied.open * greater(left - now.cost * comes, 0.0)
}

/// What a path needs to look ahead.
#[derive(Clone)]
pub(super) struct Ahead {
    nodes: [(Node, [Coefficient; 3], Supplied); N_NODES],
    pub row: Row,
}

impl Ahead {
    /// `churn`: chance to leave in a month; `fade`: what a month leaves of those who come.
    pub fn build(
        product: &Subscription,
        [churn, fade]: [Coefficient; 2],
        build: &mut Build,
    ) -> Self {
        let provider = product.provider();
        let stay = Coefficient::from([churn], build, |[churn]| 1.0 - churn);
        let nodes = buyer::nodes(RETURN).map(|node| {
            let of = [0, 1, 2].map(|part| {
                let of = move |monthly| later(monthly, node.month)[part];
                Coefficient::from([stay, fade], build, of)
            });
            (node, of, Supplied::at(&provider, node.month))
        });
        let row = build.row();
        Self { nodes, row }
    }

    /// Sets what products have ahead.
    #[inline(always)]
    pub fn follow(&self, now: impl Fn(usize) -> Now, cx: &mut Cx<'_>) {
        let mut ahead = Lanes::ZERO;
        for (node, of, supplied) in &self.nodes {
            let [stayed, came, comes] = of.map(|of| of.of_paths(cx.rows));
            for lane in 0..LANES {
                let later = [stayed[lane], came[lane], comes[lane]];
                ahead[lane] += node.weight * earned(now(lane), later, *supplied);
            }
        }
        *cx.rows.get_mut(self.row) = ahead;
    }
}

impl Subscription {
    /// What the product has ahead at a number of subscribers in a month, at the medians of what is drawn.
    pub(super) fn ahead(&self, subscribers: f64, month: u32) -> f64 {
        let (arrivals, provider) = (self.arrivals(), self.provider());
        let fade = arrivals.fade(month);
        let now = Now {
            part: subscribers / arrivals.opening,
            coming: arrivals.first * fade / arrivals.opening,
            cost: arrivals.cost * fade * arrivals.margin(),
            price: 1.0,
            margin: arrivals.margin(),
        };
        let monthly = [1.0 - self.terms.churn.get(), arrivals.fade(2)];
        let nodes = buyer::nodes(RETURN).into_iter();
        let values = nodes.map(|node| {
            let supplied = Supplied::at(&provider, node.month);
            node.weight * earned(now, later(monthly, node.month), supplied)
        });
        values.sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_months_follow_the_recursion() {
        for (stay, fade) in [(0.95, 0.98), (0.95, 1.0), (0.97, 0.97), (0.0, 0.5)] {
            let (mut part, mut coming) = (1.0, 0.05);
            for month in 1..40 {
                part = stay * part + coming;
                coming *= fade;
                let [stayed, came, comes] = later([stay, fade], f64::from(month));
                assert!(
                    (stayed + 0.05 * came - part).abs() < 1e-6 * part,
                    "{stay} {fade} {month}"
                );
                assert!((0.05 * comes - coming).abs() < 1e-9);
            }
        }
    }
}
