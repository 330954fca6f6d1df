//! A month of a product: who leaves, who comes, what is left.
//!
//! In: a product, a slot. Out: rows of what it can earn, brings in and spends. Not here: the provider's price (`provider`).
//!
//! ```text
//! losing  ← losing + 1 where power < 0, else 0      closed once that is `closes_after`
//! S       ← S − Bin(S, c) + N,   N ~ Poisson(a_t)   0 once it is closed
//! spent   = κ·N/a/(1 − κ)                           0 where nobody comes
//! power   = (S/S_0·margin − κ·f_{t+1})/(1 − κ)      0 once it is closed
//! ```

use super::Subscription;
use super::arrivals::Arrivals;
use super::churn;
use super::provider::Supply;
use crate::asset::Slot;
use crate::asset::launch::of_own_month;
use crate::math::elementary::exp;
use crate::math::{LANES, Lanes, lesser};
use crate::random::Purpose;
use crate::random::count::{binomial, poisson};
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// What the business needs to know.
pub(super) struct Made {
    pub power: Row,
    /// Margin of the month, before subscribers are won.
    pub gross: Row,
    pub revenue: Row,
    /// What winning them costs in the month.
    pub spent: Option<Row>,
}

/// Leaves the months of `product`.
pub(super) fn build(product: &Subscription, slot: &Slot, build: &mut Build) -> Made {
    let (terms, arrivals) = (&product.terms, product.arrivals());
    let rows = Rows {
        subscribers: build.row(),
        part: slot.states[0],
        churn: build.row(),
        power: build.row(),
        margin: build.row(),
        gross: build.row(),
        revenue: build.row(),
        losing: build.row(),
    };
    let spread = terms.churn_spread.get();
    let middle =
        terms.churn.get() * churn::scale(&arrivals, terms.churn.get(), spread, slot.n_months);
    let open = Open {
        rows,
        arrivals,
        churn: lesser(middle, 1.0),
        spread,
        score: (spread > 0.0).then(|| (build.parameter("churn"), middle)),
    };
    build.stage(Phase::Open, open);
    let fades = (1..=slot.n_months + 1).map(|month| arrivals.fade(month));
    let turnover = Turnover {
        rows,
        arrivals,
        supply: product.provider().build(build),
        left: 1.0 / terms.gross_margin.get(),
        patience: f64::from(terms.closes_after.months()),
        leave: build.uniforms(Purpose::Churn, Scope::Month),
        come: (arrivals.first > 0.0).then(|| build.uniforms(Purpose::Demand, Scope::Month)),
        spent: (arrivals.cost > 0.0).then(|| build.row()),
        means: arrivals.means(slot.n_months),
        fades: fades.collect(),
        since: slot.since,
    };
    let made = Made {
        power: rows.power,
        gross: rows.gross,
        revenue: rows.revenue,
        spent: turnover.spent,
    };
    build.stage(Phase::Operate, turnover);
    made
}

#[derive(Clone, Copy)]
struct Rows {
    subscribers: Row,
    /// Of those at the start.
    part: Row,
    /// Chance to leave in a month.
    churn: Row,
    power: Row,
    /// Margin of the next month, in the income of the first one.
    margin: Row,
    /// The same of the month.
    gross: Row,
    /// What subscribers pay in the month, in the same unit.
    revenue: Row,
    /// Months in a row that cost more than they brought.
    losing: Row,
}

struct Open {
    rows: Rows,
    arrivals: Arrivals,
    churn: f64,
    spread: f64,
    /// Where among all products this one stands, and the churn of the middle one.
    score: Option<(Draw, f64)>,
}

impl Stage for Open {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.rows
            .get_mut(self.rows.subscribers)
            .fill(self.arrivals.opening);
        cx.rows.get_mut(self.rows.part).fill(1.0);
        cx.rows.get_mut(self.rows.power).fill(1.0);
        let margin = self.arrivals.net(1.0, 0.0);
        cx.rows.get_mut(self.rows.margin).fill(margin);
        let churn = cx.rows.get_mut(self.rows.churn);
        churn.fill(self.churn);
        if let Some((draw, middle)) = self.score {
            let score = cx.draws.row(draw);
            for lane in 0..LANES {
                churn[lane] = lesser(middle * exp(self.spread * score[lane]), 1.0);
            }
        }
    }
}

/// Who leaves and who comes in a month.
struct Turnover {
    rows: Rows,
    arrivals: Arrivals,
    supply: Option<Supply>,
    /// Revenue in what is left of it after the provider's price of the start.
    left: f64,
    /// Months in a row that may cost more than they bring.
    patience: f64,
    leave: Draw,
    come: Option<Draw>,
    spent: Option<Row>,
    /// Those who are expected to come in months 0, 1, …
    means: Vec<f64>,
    /// Those who are expected to come in the month after months 0, 1, …, as a part of those in the first one.
    fades: Vec<f64>,
    /// When the product stands, if that is told by a row.
    since: Option<Row>,
}

impl Stage for Turnover {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        *cx.rows.get_mut(self.rows.gross) = *cx.rows.get(self.rows.margin);
        let whole = self.arrivals.net(1.0, 0.0) / self.arrivals.opening;
        let per_subscriber = whole * self.left;
        let mut subscribers = *cx.rows.get(self.rows.subscribers);
        let revenue = cx.rows.get_mut(self.rows.revenue);
        revenue.each(|lane, _| subscribers[lane] * per_subscriber);
        let churn = cx.rows.get(self.rows.churn);
        let leave = cx.draws.row(self.leave);
        for lane in 0..LANES {
            subscribers[lane] -= binomial(leave[lane], subscribers[lane], churn[lane]);
        }
        self.join(&mut subscribers, cx);
        let open = self.open(cx);
        subscribers *= &open;
        let mut part = subscribers;
        part /= self.arrivals.opening;
        *cx.rows.get_mut(self.rows.subscribers) = subscribers;
        *cx.rows.get_mut(self.rows.part) = part;
        let mut margin = part;
        if let Some(supply) = self.supply {
            margin *= cx.rows.get(supply.margin);
        }
        let fades = of_own_month(&self.fades, self.since, cx);
        let power = cx.rows.get_mut(self.rows.power);
        power.each(|lane, _| open[lane] * self.arrivals.net(margin[lane], fades[lane]));
        let next = cx.rows.get_mut(self.rows.margin);
        next.each(|lane, _| self.arrivals.net(margin[lane], 0.0));
    }
}

impl Turnover {
    /// Adds those who come, and notes what winning them costs.
    #[inline(always)]
    fn join(&self, subscribers: &mut Lanes, cx: &mut Cx<'_>) {
        let Some(draw) = self.come else { return };
        let drawn = cx.draws.row(draw);
        let means = of_own_month(&self.means, self.since, cx);
        let come = Lanes::of(|lane| poisson(drawn[lane], means[lane]));
        *subscribers += &come;
        if let Some(row) = self.spent {
            let each = (self.arrivals.net(1.0, 0.0) - 1.0) / self.arrivals.first;
            let spent = cx.rows.get_mut(row);
            spent.each(|lane, _| each * come[lane]);
        }
    }

    /// 1 while the product runs, 0 once the month that ends is the last of too many that have lost.
    #[inline(always)]
    fn open(&self, cx: &mut Cx<'_>) -> Lanes {
        let [losing, power] = cx.rows.pair(self.rows.losing, self.rows.power);
        let mut open = Lanes::ZERO;
        for lane in 0..LANES {
            // a closed product stays so
            if losing[lane] < self.patience {
                losing[lane] = if power[lane] < 0.0 {
                    losing[lane] + 1.0
                } else {
                    0.0
                };
            }
            open[lane] = if losing[lane] < self.patience {
                1.0
            } else {
                0.0
            };
        }
        open
    }
}
