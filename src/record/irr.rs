//! The return of the money while it was there: internal rate of return of the owner's flows.
//!
//! ```text
//! B_0 = I    B_t = B_(t−1)(1 + r) − c_t    B_T = W_T    B_t ≥ 0 before T        irr = (1 + r)^12 − 1
//! ```
//!
//! with I what was put in on day one, c what was paid out in the month less what came in, W_T what is left: at r every
//! month the same flows leave the same wealth. Where B_t(r) ≥ 0 for all t < T and B_T(r) ≥ W_T, that holds for every
//! greater rate too, so there is a least such rate; it is r if B_T = W_T there, and then no other rate above −1 solves
//! the equation (Teichroew, Robichek & Montalbano 1965). Else the owner has drawn more than his money was and put more
//! in later: no rate is told. −1 where nothing ever came back.

use super::declared::{Better, Declared, Figure, P05, P50, P95, Seen, Statistic, Unit};
use super::{Followed, Kind};
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

/// Where there is no rate: below all that there can be.
const NO_RATE: f64 = -2.0;

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "irr",
        unit: "fraction per year",
        range: (NO_RATE, f64::INFINITY),
        doc: "Internal rate of return per year of what was put in, came in, was paid out and is left; −1 where nothing \
              came back, −2 where no rate solves it; absent with nothing put in, and where no money crosses the border: \
              there it is the return per year.",
    },
    measures: &[
        Declared {
            range: (-1.0, f64::INFINITY),
            run: &[P05, P50, P95],
            doc: "The rate at which the owner's flows would have left the same wealth, per year (Teichroew, Robichek & \
                  Montalbano 1965); a path without one counts as −100 %: `irr.defined.probability`. Interval by binomial \
                  ranks (David & Nagaraja, Order Statistics, §7.1).",
            ..rate("irr", "internal rate of return", Unit::FractionPerYear)
        },
        Declared {
            range: (0.0, 1.0),
            run: &[Figure::only(Statistic::Above(-1.5))],
            doc: "Share of paths on which one rate solves the owner's flows; on the others he has drawn more than his \
                  money was and put more in later. Interval of Clopper & Pearson (1934).",
            seen: Seen::OfMoneyIn,
            ..rate(
                "irr.defined.probability",
                "there is an internal rate of return",
                Unit::Probability,
            )
        },
    ],
    track: Followed::Whole(|kept| {
        let border = kept.border.as_ref()?;
        let start = Irr {
            per_money_in: 1.0 / kept.money_in,
            paid_out: border.paid_out,
            flows: vec![Lanes::ZERO; kept.n_months as usize].into(),
        };
        (kept.money_in > 0.0).then(|| start.boxed())
    }),
};

const fn rate(id: &'static str, title: &'static str, unit: Unit) -> Declared {
    Declared {
        better: Better::Higher,
        seen: Seen::Rate,
        ..Declared::of(id, title, unit)
    }
}

#[derive(Clone)]
struct Irr {
    /// 1 / I: flows and wealth are parts of what was put in, so a rate does not hang on the size of the money.
    per_money_in: f64,
    paid_out: Row,
    /// Of months 1 … horizon, c / I.
    flows: Box<[Lanes]>,
}

impl Track for Irr {
    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month > 0 {
            let paid_out = now.rows.get(self.paid_out);
            let flows = &mut self.flows[now.month as usize - 1];
            for lane in 0..LANES {
                flows[lane] = self.per_money_in * paid_out[lane];
            }
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let mut wealth = *now.wealth;
        for lane in 0..LANES {
            wealth[lane] *= self.per_money_in;
        }
        rates(&self.flows[..now.month as usize], &wealth)
    }
}

/// What flows at one rate leave.
struct Left {
    /// B_T − W_T, and how it answers to 1 + r.
    above: Lanes,
    slope: Lanes,
    /// The least B_t before T.
    least: Lanes,
}

/// Of all lanes, which are left with `wealth` after these flows; both per unit of what was put in.
#[inline(always)]
fn rates(flows: &[Lanes], wealth: &Lanes) -> Lanes {
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
fn left_at(growth: &Lanes, flows: &[Lanes], wealth: &Lanes) -> Left {
    let mut balance = Lanes::splat(1.0);
    let (mut slope, mut least) = (Lanes::ZERO, Lanes::splat(1.0));
    for flow in flows {
        for lane in 0..LANES {
            least[lane] = lesser(balance[lane], least[lane]);
            slope[lane] = slope[lane].mul_add(growth[lane], balance[lane]);
            balance[lane] = balance[lane].mul_add(growth[lane], -flow[lane]);
        }
    }
    for lane in 0..LANES {
        balance[lane] -= wealth[lane];
    }
    Left {
        above: balance,
        slope,
        least,
    }
}

/// More than halving every bracket to the last digit takes.
const MOST_STEPS: u32 = 200;
/// A step, as a part of the rate, that is the last.
const LAST_STEP: f64 = 1e-12;
/// What may be missing or left of all that came back.
const ROUNDING: f64 = 1e-6;

/// A search for 1 + r on all lanes: Newton's steps, halving where they leave the bracket or shrink too slowly.
struct Search {
    came_back: Lanes,
    low: Lanes,
    high: Lanes,
    growth: Lanes,
    last_step: Lanes,
    /// 1 once it is found.
    done: Lanes,
}

impl Search {
    #[inline(always)]
    fn of(flows: &[Lanes], wealth: &Lanes) -> Self {
        let mut came_back = Lanes::ZERO;
        for flow in flows.iter().chain([wealth]) {
            for lane in 0..LANES {
                came_back[lane] += greater(flow[lane], 0.0);
            }
        }
        let (mut high, mut growth) = (Lanes::ZERO, Lanes::ZERO);
        let mut done = Lanes::ZERO;
        for lane in 0..LANES {
            high[lane] = 1.0 + came_back[lane];
            let is_any = came_back[lane] > 0.0;
            growth[lane] = if is_any { 1.0 } else { 0.0 };
            done[lane] = if is_any { 0.0 } else { 1.0 };
        }
        Self {
            came_back,
            low: Lanes::ZERO,
            last_step: high,
            high,
            growth,
            done,
        }
    }

    #[inline(always)]
    fn is_done(&self) -> bool {
        let mut n_done = 0.0;
        for lane in 0..LANES {
            n_done += self.done[lane];
        }
        n_done == LANES as f64
    }

    #[inline(always)]
    fn step(&mut self, left: &Left) {
        for lane in 0..LANES {
            let growth = self.growth[lane];
            let is_enough = left.least[lane] >= 0.0 && left.above[lane] >= 0.0;
            let high = if is_enough { growth } else { self.high[lane] };
            let low = if is_enough { self.low[lane] } else { growth };
            let newton = growth - left.above[lane] / left.slope[lane];
            // a slope that has left the range says nothing of where the root is, but that it is at another magnitude
            let is_steep = left.slope[lane] == f64::INFINITY;
            let is_inside = newton > low && newton < high && !is_steep;
            let is_fast = (newton - growth).abs() <= 0.5 * self.last_step[lane];
            let halved = if is_steep {
                low.sqrt() * high.sqrt()
            } else {
                0.5 * (low + high)
            };
            let next = if is_inside && is_fast { newton } else { halved };
            let step = (next - growth).abs();
            let was_done = self.done[lane] > 0.0;
            // near the root rounding decides where the next step leads, and no bracket shrinks any more
            let is_near = left.least[lane] >= 0.0
                && (newton - growth).abs() <= LAST_STEP * growth
                && !is_steep;
            let is_last = is_near || step <= LAST_STEP * growth;
            (self.low[lane], self.high[lane]) = (low, high);
            self.last_step[lane] = step;
            self.growth[lane] = if was_done || is_last { growth } else { next };
            self.done[lane] = if was_done || is_last { 1.0 } else { 0.0 };
        }
    }

    /// The rate per year, by what it leaves.
    #[inline(always)]
    fn yearly(&self, left: &Left) -> Lanes {
        let mut rate = Lanes::ZERO;
        for lane in 0..LANES {
            let quarter = self.growth[lane] * self.growth[lane] * self.growth[lane];
            let half = quarter * quarter;
            let all = ROUNDING * self.came_back[lane];
            let is_left = left.above[lane].abs() <= all && left.least[lane] >= -all;
            let is_solved = is_left || self.came_back[lane] == 0.0;
            rate[lane] = if is_solved {
                half * half - 1.0
            } else {
                NO_RATE
            };
        }
        rate
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The rate per year of monthly `flows` that leave `wealth`.
    fn rate(money_in: f64, flows: &[f64], wealth: f64) -> f64 {
        let flows: Vec<Lanes> = flows
            .iter()
            .map(|flow| Lanes::splat(*flow / money_in))
            .collect();
        let found = rates(&flows, &Lanes::splat(wealth / money_in));
        assert!(found.iter().all(|one| *one == found[0]));
        found[0]
    }

    /// (1 + r)^12 − 1.
    fn yearly(rate: f64) -> f64 {
        let quarter = (1.0 + rate) * (1.0 + rate) * (1.0 + rate);
        let half = quarter * quarter;
        half * half - 1.0
    }

    #[test]
    fn flows_that_can_be_solved_by_hand_are() {
        // −100, 230, −132: 1.1 and 1.2 solve it, at neither is the money always his own
        assert_eq!(rate(100.0, &[230.0, -132.0], 0.0), NO_RATE);
        // nothing came back, or nothing but what was put in
        assert_eq!(rate(100.0, &[0.0, -5.0, 0.0], 0.0), -1.0);
        assert_eq!(rate(100.0, &[0.0, -50.0], 150.0), 0.0);
        for (flows, wealth, exact) in [
            (vec![0.0, 0.0], 121.0, 0.1),
            (vec![10.0, 10.0, 10.0], 100.0, 0.1),
            (vec![-100.0, 0.0], 231.0, 0.1),
            (vec![50.0, 0.0, 0.0], 0.0, -0.5),
            // the first month alone: a hundredth of it came back
            (vec![1.0], 0.0, -0.99),
            // what is paid out at once and grows by nothing later
            (vec![1_000.0], 5_000.0, 59.0),
        ] {
            let found = rate(100.0, &flows, wealth);
            let off = (found - yearly(exact)).abs();
            assert!(off <= 1e-10 * (1.0 + yearly(exact)), "{flows:?}: {found}");
        }
    }

    #[test]
    fn a_slope_beyond_the_range_does_not_end_the_search() {
        let flows = [0.0; 400];
        let found = rates(&flows.map(Lanes::splat), &Lanes::splat(1e250))[0];
        let exact = (10_f64.powf(250.0 / 400.0)).powi(12) - 1.0;
        assert!((found / exact - 1.0).abs() < 1e-9, "{found} for {exact}");
    }

    #[test]
    fn lanes_do_not_see_each_other() {
        let mut flows = vec![Lanes::ZERO; 24];
        let mut wealth = Lanes::ZERO;
        for lane in 0..LANES {
            let x = lane as f64;
            for (month, flow) in flows.iter_mut().enumerate() {
                flow[lane] = if (lane + month) % 7 == 0 {
                    0.01 * x
                } else {
                    -0.001 * x
                };
            }
            wealth[lane] = if lane % 5 == 0 { 0.0 } else { 0.03 * x };
        }
        let all = rates(&flows, &wealth);
        for lane in [0, 1, 5, 100, 255] {
            let alone: Vec<Lanes> = flows.iter().map(|row| Lanes::splat(row[lane])).collect();
            let one = rates(&alone, &Lanes::splat(wealth[lane]));
            assert_eq!(one[0].to_bits(), all[lane].to_bits(), "{lane}");
        }
    }
}
