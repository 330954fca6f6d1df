//! Return on the money invested: internal rate of return (IRR) of the owner's flows.
//!
//! ```text
//! B_0 = I    B_t = B_(t−1)(1 + r) − c_t    B_T = W_T    B_t ≥ 0 before T        irr = (1 + r)^12 − 1
//! ```
//!
//! I is the initial investment, c the withdrawals minus contributions of the month, W_T final wealth. At rate
//! r every month the same flows leave the same wealth. If B_t(r) ≥ 0 for all t < T and B_T(r) ≥ W_T, both
//! also hold for every greater rate, so a least such rate exists. If B_T = W_T there, it is r, and no other
//! rate above −1 solves the equation (Teichroew, Robichek & Montalbano 1965). Otherwise the owner withdrew
//! more than his money was worth and contributed more later: no rate is reported. The IRR is −1 if nothing
//! ever came back.

use super::declared::{Better, Declared, Figure, Needs, P05, P50, P95, Statistic, Unit, View};
use super::{QuantityKind, TrackInputs, Tracking, id};
use crate::math::{LANES, Lanes, WIDE as PATHS, Wide, greater, lesser};
use crate::stage::{AnyTrack, Close, Row, Track};

/// Marks paths without an IRR; it is below every possible rate.
const NO_RATE: f64 = -2.0;

/// Yearly internal rate of return of the owner's flows, nominal; −1 if nothing came back, −2 if no rate
/// exists. Not kept if nothing is invested, or if no money enters or leaves, because it then equals the
/// yearly return.
pub(super) const KIND: QuantityKind = QuantityKind {
    name: "irr",
    measures: &[
        Declared {
            doc: "The yearly rate at which the owner's flows leave the same final wealth (Teichroew, Robichek & \
                  Montalbano 1965). A path without such a rate counts as −100 %; `irr.defined.probability` has their \
                  share. Interval: binomial ranks (David & Nagaraja, Order Statistics, §7.1).",
            ..rate("irr", "return a year on money invested (IRR), nominal", Unit::FractionPerYear)
        },
        Declared {
            range: (0.0, 1.0),
            run: &[Figure::only(Statistic::Above(-1.5))],
            doc: "Share of paths on which exactly one rate solves the owner's flows. On the other paths the owner \
                  withdrew more than the account was worth and contributed again later.",
            seen: View::OfMoneyIn,
            ..rate("irr.defined.probability", "probability that the IRR exists", Unit::Probability)
        },
    ],
    track: Tracking::Whole(|kept| Irr::of(kept, None)),
};

/// Yearly internal rate of return of the owner's flows, real; like the nominal [`KIND`]. Not kept if prices are
/// constant.
pub(super) const REAL: QuantityKind = QuantityKind {
    name: "irr_real",
    measures: &[Declared {
        doc: "The IRR of the same flows in real terms. A path without such a rate counts as −100 %. Interval: \
              binomial ranks (David & Nagaraja, Order Statistics, §7.1).",
        ..rate(id::REAL_IRR, "return a year on money invested (IRR), real", Unit::FractionPerYear)
    }],
    track: Tracking::Whole(|kept| {
        let prices = kept.prices;
        let track = Irr::of(kept, Some(prices.level));
        track.filter(|_| prices.moves)
    }),
};

const fn rate(id: &'static str, title: &'static str, unit: Unit) -> Declared {
    Declared {
        better: Better::Higher,
        range: (-1.0, f64::INFINITY),
        seen: View::Rate,
        run: &[P05, P50, P95],
        needs: Needs::Flows,
        ..Declared::of(id, title, unit)
    }
}

/// Number of groups of paths, solved one after the other. A search lasts as long as its slowest path, and a
/// group's flows fit into the nearest cache.
const GROUPS: usize = LANES / PATHS;

#[derive(Clone)]
struct Irr {
    /// 1 / I, one over the initial investment. Flows and wealth are multiplied by it, so that the rate does
    /// not depend on the amount of money.
    per_money_in: f64,
    paid_out: Row,
    /// Row of the price level if flows are real; `None` if nominal.
    prices: Option<Row>,
    /// Withdrawals minus contributions per unit invested, in months 1 … horizon, for one group of paths after another.
    flows: Box<[Wide]>,
}

impl Irr {
    fn of(kept: &TrackInputs<'_>, prices: Option<Row>) -> Option<Box<dyn AnyTrack>> {
        let border = kept.border.as_ref()?;
        let start = Self {
            per_money_in: 1.0 / kept.money_in,
            paid_out: border.paid_out,
            prices,
            flows: vec![[0.0; PATHS]; kept.n_months as usize * GROUPS].into(),
        };
        (kept.money_in > 0.0).then(|| start.boxed())
    }

    /// Returns `amount` of the month, divided by the price level if the IRR is real.
    #[inline(always)]
    fn worth(&self, now: &Close<'_>, mut amount: Lanes) -> Lanes {
        if let Some(level) = self.prices.map(|row| now.rows.get(row)) {
            amount.each(|lane, own| own / level[lane]);
        }
        amount
    }
}

impl Track for Irr {
    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month > 0 {
            let paid_out = self.worth(now, *now.rows.get(self.paid_out));
            let paid_out = paid_out.as_chunks::<PATHS>().0;
            let n_months = self.flows.len() / GROUPS;
            for (group, paid_out) in paid_out.iter().enumerate() {
                let part = &mut self.flows[group * n_months + now.month as usize - 1];
                for path in 0..PATHS {
                    part[path] = self.per_money_in * paid_out[path];
                }
            }
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let mut found = Lanes::ZERO;
        let n_months = self.flows.len() / GROUPS;
        let wealth = self.worth(now, *now.wealth);
        let wealth = wealth.as_chunks::<PATHS>().0;
        for (group, rate) in found.as_chunks_mut::<PATHS>().0.iter_mut().enumerate() {
            let flows = &self.flows[group * n_months..][..now.month as usize];
            let mut wealth = wealth[group];
            for wealth in &mut wealth {
                *wealth *= self.per_money_in;
            }
            *rate = rates(flows, &wealth);
        }
        found
    }
}

/// Balances B_t, per unit invested, that the flows leave at a given monthly rate r.
struct FlowBalance {
    /// Final balance B_T minus wealth W_T; `slope` is its derivative with respect to 1 + r.
    above: Wide,
    slope: Wide,
    /// Smallest balance B_t before the horizon T.
    least: Wide,
}

/// Returns the yearly IRRs of a group of paths from `flows` and final `wealth`, both per unit invested.
#[inline(always)]
fn rates(flows: &[Wide], wealth: &Wide) -> Wide {
    let mut search = Search::of(flows, wealth);
    for _ in 0..MOST_STEPS {
        if search.is_done() {
            break;
        }
        search.step(&left_at(&search.growth, flows, wealth));
    }
    search.yearly(&left_at(&search.growth, flows, wealth))
}

#[inline(always)]
fn left_at(growth: &Wide, flows: &[Wide], wealth: &Wide) -> FlowBalance {
    let mut balance: Wide = [1.0; PATHS];
    let (mut slope, mut least): (Wide, Wide) = ([0.0; PATHS], [1.0; PATHS]);
    for flow in flows {
        for path in 0..PATHS {
            least[path] = lesser(balance[path], least[path]);
            slope[path] = slope[path].mul_add(growth[path], balance[path]);
            balance[path] = balance[path].mul_add(growth[path], -flow[path]);
        }
    }
    for path in 0..PATHS {
        balance[path] -= wealth[path];
    }
    FlowBalance { above: balance, slope, least }
}

/// Maximum number of steps; more than bisection of any bracket to the last digit takes.
const MOST_STEPS: u32 = 200;
/// Relative size of a step at which the search ends.
const LAST_STEP: f64 = 1e-12;
/// Tolerance of the final balance, relative to all money that came back to the owner.
const ROUNDING: f64 = 1e-6;

/// Search for 1 + r, r the monthly IRR, on a group of paths: Newton steps, with bisection if they leave the
/// bracket or shrink too slowly.
struct Search {
    came_back: Wide,
    low: Wide,
    high: Wide,
    growth: Wide,
    last_step: Wide,
    /// 1 once the rate of the path is found, else 0.
    done: Wide,
}

impl Search {
    #[inline(always)]
    fn of(flows: &[Wide], wealth: &Wide) -> Self {
        let mut came_back = [0.0; PATHS];
        for flow in flows.iter().chain([wealth]) {
            for path in 0..PATHS {
                came_back[path] += greater(flow[path], 0.0);
            }
        }
        let (mut high, mut growth) = ([0.0; PATHS], [0.0; PATHS]);
        let mut done = [0.0; PATHS];
        for path in 0..PATHS {
            high[path] = 1.0 + came_back[path];
            let is_any = came_back[path] > 0.0;
            growth[path] = if is_any { 1.0 } else { 0.0 };
            done[path] = if is_any { 0.0 } else { 1.0 };
        }
        Self { came_back, low: [0.0; PATHS], last_step: high, high, growth, done }
    }

    #[inline(always)]
    fn is_done(&self) -> bool {
        let mut n_done = 0.0;
        for path in 0..PATHS {
            n_done += self.done[path];
        }
        n_done == PATHS as f64
    }

    #[inline(always)]
    fn step(&mut self, left: &FlowBalance) {
        for path in 0..PATHS {
            let growth = self.growth[path];
            let is_enough = left.least[path] >= 0.0 && left.above[path] >= 0.0;
            let high = if is_enough { growth } else { self.high[path] };
            let low = if is_enough { self.low[path] } else { growth };
            // an infinite slope does not locate the root; it only shows that the magnitude is wrong
            let is_steep = left.slope[path] == f64::INFINITY;
            let newton = if is_steep { f64::NAN } else { growth - left.above[path] / left.slope[path] };
            let is_inside = newton > low && newton < high;
            let is_fast = (newton - growth).abs() <= 0.5 * self.last_step[path];
            let halved = if is_steep { low.sqrt() * high.sqrt() } else { 0.5 * (low + high) };
            let next = if is_inside && is_fast { newton } else { halved };
            let step = (next - growth).abs();
            let was_done = self.done[path] > 0.0;
            // near the root rounding decides the next step, and the bracket no longer shrinks
            let is_near = left.least[path] >= 0.0 && (newton - growth).abs() <= LAST_STEP * growth;
            let is_last = is_near || step <= LAST_STEP * growth;
            (self.low[path], self.high[path]) = (low, high);
            self.last_step[path] = step;
            self.growth[path] = if was_done || is_last { growth } else { next };
            self.done[path] = if was_done || is_last { 1.0 } else { 0.0 };
        }
    }

    /// Returns the internal rate of return a year; `NO_RATE` on paths where the growth found leaves a balance in
    /// `left` beyond rounding, so that it is no root.
    #[inline(always)]
    fn yearly(&self, left: &FlowBalance) -> Wide {
        std::array::from_fn(|path| {
            let quarter = self.growth[path] * self.growth[path] * self.growth[path];
            let half = quarter * quarter;
            let all = ROUNDING * self.came_back[path];
            // over many years at a high rate, the last digits of the rate move the balance by more than `all`
            let reach = LAST_STEP * self.growth[path] * left.slope[path];
            let reach = if reach.is_finite() { reach.max(0.0) } else { 0.0 };
            let is_left = left.above[path].abs() <= all + reach && left.least[path] >= -all;
            if is_left || self.came_back[path] == 0.0 { half * half - 1.0 } else { NO_RATE }
        })
    }
}

#[cfg(test)]
mod tests;
