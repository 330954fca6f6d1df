//! Monthly changes of a subscription product: cancellations, new subscribers, closure.
//!
//! In: a product, a slot. Out: rows of its earning power, income and spending. Not here: the provider's
//! price (`provider`).
//!
//! ```text
//! losing  ← losing + 1 where power < 0, else 0      closed once it reaches `closes_after`
//! S       ← S − Bin(S, c) + N,   N ~ Poisson(a_t)   0 after closure
//! spent   = each·N                                  each: acquisition cost; median κ/(1 − κ)/a
//! power   = S/S_0·margin/(1 − κ) − each·a_{t+1}     0 after closure
//! ```

use super::Subscription;
use super::arrivals::{Coming, Fade};
use super::churn;
use super::present_value::{Now, ProductValue};
use super::provider::{PathProvider, Supply};
use crate::asset::{Business, Slot};
use crate::math::{LANES, Lanes};
use crate::random::Purpose;
use crate::random::count::{binomial, poisson};
use crate::stage::{Build, Coefficient, Cx, Draw, Phase, Row, Scope, Stage};

/// Adds the monthly stages of the subscription product and returns the rows of its business.
pub(super) fn build(product: &Subscription, slot: &Slot, build: &mut Build) -> Business {
    let arrivals = product.arrivals();
    let rows = TurnoverRows {
        subscribers: build.row(),
        part: slot.states[0],
        power: build.row_of(1.0),
        margin: build.row_of(arrivals.margin()),
        gross: build.row(),
        revenue: build.row(),
        losing: build.row(),
    };
    let coming = Coming::build(product, build);
    let churn = churn::build(product, slot.n_months, build);
    let (fade, left) = Fade::build(product, slot, build);
    let provider = PathProvider::build(product, build);
    let ahead = ProductValue::build(product, churn, left, provider.gross_margin, build);
    let margin = arrivals.margin();
    let whole = Coefficient::from([provider.gross_margin], build, move |[gross_margin]| {
        margin * (1.0 / gross_margin)
    });
    build.fill(&[rows.part], 1.0);
    open(rows.subscribers, coming, margin, ahead.clone(), build);
    let turnover = Turnover {
        rows,
        coming,
        churn,
        fade,
        margin,
        supply: provider.supply(build),
        whole,
        patience: f64::from(product.closes_after.months()),
        leave: build.uniforms(Purpose::Churn, Scope::Month),
        come: (arrivals.first > 0.0).then(|| build.uniforms(Purpose::Demand, Scope::Month)),
        spent: (arrivals.cost > 0.0).then(|| build.row()),
        ahead,
    };
    let business = Business {
        gross: Some(rows.gross),
        revenue: Some(rows.revenue),
        spent: turnover.spent,
        ..Business::of(rows.power, turnover.ahead.row)
    };
    build.stage(Phase::Operate, turnover);
    business
}

/// Adds the stage that sets the number of subscribers on day one and the present value of their income.
fn open(subscribers: Row, coming: Coming, margin: f64, ahead: ProductValue, build: &mut Build) {
    build.open(
        #[inline(always)]
        move |cx| {
            let [opening, first, each] =
                [coming.opening, coming.first, coming.each].map(|of| of.of_paths(cx.rows));
            *cx.rows.get_mut(subscribers) = opening;
            let now = |lane: usize| Now {
                part: 1.0,
                one: 1.0 / opening[lane],
                coming: first[lane] / opening[lane],
                cost: each[lane] * first[lane],
                price: 1.0,
                margin,
            };
            ahead.follow(now, cx);
        },
    );
}

#[derive(Clone, Copy)]
struct TurnoverRows {
    subscribers: Row,
    /// Number of subscribers relative to the start.
    part: Row,
    power: Row,
    /// Margin of the next month before acquisition costs, in units of the first month's income.
    margin: Row,
    /// Margin of the current month before acquisition costs, in units of the first month's income.
    gross: Row,
    /// Revenue of the month, in units of the first month's income.
    revenue: Row,
    /// Number of consecutive months with a loss.
    losing: Row,
}

/// Expected new subscribers of the next month and their expected acquisition costs.
#[derive(Default)]
struct Expected {
    come: Lanes,
    costs: Lanes,
}

/// Stage that moves the subscribers by one month.
struct Turnover {
    rows: TurnoverRows,
    coming: Coming,
    /// Monthly churn probability.
    churn: Coefficient,
    fade: Fade,
    /// Monthly margin while no initial subscriber has left, before acquisition costs, in units of the first month's income.
    margin: f64,
    supply: Option<Supply>,
    /// Monthly revenue while no initial subscriber has left, in units of the first month's income.
    whole: Coefficient,
    /// Number of consecutive months with a loss after which the product closes.
    patience: f64,
    leave: Draw,
    come: Option<Draw>,
    spent: Option<Row>,
    ahead: ProductValue,
}

impl Stage for Turnover {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        *cx.rows.get_mut(self.rows.gross) = *cx.rows.get(self.rows.margin);
        let opening = self.coming.opening.of_paths(cx.rows);
        let mut subscribers = *cx.rows.get(self.rows.subscribers);
        let whole = self.whole.of_paths(cx.rows);
        cx.rows.get_mut(self.rows.revenue).each(|lane, _| subscribers[lane] / opening[lane] * whole[lane]);
        let churn = self.churn.of_paths(cx.rows);
        let leave = cx.draws.row(self.leave);
        // Not by `each`: so large a closure would be compiled for no SIMD level.
        for lane in 0..LANES {
            subscribers[lane] -= binomial(leave[lane], subscribers[lane], churn[lane]);
        }
        let next = self.join(&mut subscribers, cx);
        let open = self.open(cx);
        subscribers *= &open;
        let mut part = subscribers;
        part.each(|lane, own| own / opening[lane]);
        *cx.rows.get_mut(self.rows.subscribers) = subscribers;
        *cx.rows.get_mut(self.rows.part) = part;
        let mut margin = part;
        let mut price = Lanes::splat(1.0);
        if let Some(supply) = self.supply {
            margin *= cx.rows.get(supply.margin);
            price = *cx.rows.get(supply.price);
        }
        margin *= self.margin;
        cx.rows.get_mut(self.rows.power).each(|lane, _| open[lane] * (margin[lane] - next.costs[lane]));
        *cx.rows.get_mut(self.rows.margin) = margin;
        let now = |lane: usize| Now {
            part: part[lane],
            one: 1.0 / opening[lane],
            coming: next.come[lane] / opening[lane],
            cost: next.costs[lane],
            price: price[lane],
            margin: self.margin,
        };
        self.ahead.follow(now, cx);
    }
}

impl Turnover {
    /// Adds the month's new subscribers and books their acquisition costs. Returns the number of new subscribers that
    /// the next month is expected to bring, and their cost.
    #[inline(always)]
    fn join(&self, subscribers: &mut Lanes, cx: &mut Cx<'_>) -> Expected {
        let Some(draw) = self.come else {
            return Expected::default();
        };
        let [now, next] = self.fade.advance(cx);
        let first = self.coming.first.of_paths(cx.rows);
        let drawn = cx.draws.row(draw);
        let came = Lanes::of(|lane| poisson(drawn[lane], first[lane] * now[lane]));
        *subscribers += &came;
        let come = Lanes::of(|lane| first[lane] * next[lane]);
        let Some(row) = self.spent else {
            return Expected { come, costs: Lanes::ZERO };
        };
        let each = self.coming.each.of_paths(cx.rows);
        cx.rows.get_mut(row).each(|lane, _| each[lane] * came[lane]);
        let costs = Lanes::of(|lane| each[lane] * come[lane]);
        Expected { come, costs }
    }

    /// Returns 1 while the product runs and 0 after too many consecutive months with a loss.
    #[inline(always)]
    fn open(&self, cx: &mut Cx<'_>) -> Lanes {
        let [losing, power] = cx.rows.pair(self.rows.losing, self.rows.power);
        let mut open = Lanes::ZERO;
        for lane in 0..LANES {
            // A closed product stays closed.
            if losing[lane] < self.patience {
                losing[lane] = if power[lane] < 0.0 { losing[lane] + 1.0 } else { 0.0 };
            }
            open[lane] = if losing[lane] < self.patience { 1.0 } else { 0.0 };
        }
        open
    }
}
