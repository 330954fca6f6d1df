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
            money_in: kept.money_in,
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
    money_in: f64,
    paid_out: Row,
    /// Of months 1 … horizon.
    flows: Box<[Lanes]>,
}

impl Track for Irr {
    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        if now.month > 0 {
            self.flows[now.month as usize - 1] = *now.rows.get(self.paid_out);
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        self.rates(&self.flows[..now.month as usize], now.wealth)
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

impl Irr {
    /// Of all lanes, which are left with `wealth` after these flows.
    #[inline(always)]
    fn rates(&self, flows: &[Lanes], wealth: &Lanes) -> Lanes {
        let mut search = Search::of(self.money_in, flows, wealth);
        for _ in 0..MOST_STEPS {
            if search.is_done() {
                break;
            }
            search.step(&self.left_at(&search.growth, flows, wealth));
        }
        search.yearly(&self.left_at(&search.growth, flows, wealth))
    }

    #[inline(always)]
    fn left_at(&self, growth: &Lanes, flows: &[Lanes], wealth: &Lanes) -> Left {
        let mut balance = Lanes::splat(self.money_in);
        let (mut slope, mut least) = (Lanes::ZERO, Lanes::splat(self.money_in));
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
    fn of(money_in: f64, flows: &[Lanes], wealth: &Lanes) -> Self {
        let mut came_back = Lanes::ZERO;
        for flow in flows.iter().chain([wealth]) {
            for lane in 0..LANES {
                came_back[lane] += greater(flow[lane], 0.0);
            }
        }
        let (mut high, mut growth) = (Lanes::ZERO, Lanes::ZERO);
        let mut done = Lanes::ZERO;
        for lane in 0..LANES {
            high[lane] = 1.0 + came_back[lane] / money_in;
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
            let is_inside = newton > low && newton < high;
            let is_fast = (newton - growth).abs() <= 0.5 * self.last_step[lane];
            let next = if is_inside && is_fast {
                newton
            } else {
                0.5 * (low + high)
            };
            let step = (next - growth).abs();
            let was_done = self.done[lane] > 0.0;
            // near the root rounding decides where the next step leads, and no bracket shrinks any more
            let is_near = left.least[lane] >= 0.0 && (newton - growth).abs() <= LAST_STEP * growth;
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
        let irr = Irr {
            money_in,
            paid_out: Row::at(0),
            flows: flows.iter().map(|flow| Lanes::splat(*flow)).collect(),
        };
        let found = irr.rates(&irr.flows, &Lanes::splat(wealth));
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
    fn lanes_do_not_see_each_other() {
        let mut flows = vec![Lanes::ZERO; 24];
        let mut wealth = Lanes::ZERO;
        for lane in 0..LANES {
            let x = lane as f64;
            for (month, flow) in flows.iter_mut().enumerate() {
                flow[lane] = if (lane + month) % 7 == 0 { x } else { -0.1 * x };
            }
            wealth[lane] = if lane % 5 == 0 { 0.0 } else { 3.0 * x };
        }
        let of = |flows: &[Lanes], wealth: &Lanes| {
            let irr = Irr {
                money_in: 100.0,
                paid_out: Row::at(0),
                flows: flows.into(),
            };
            irr.rates(flows, wealth)
        };
        let all = of(&flows, &wealth);
        for lane in [0, 1, 5, 100, 255] {
            let alone: Vec<Lanes> = flows.iter().map(|row| Lanes::splat(row[lane])).collect();
            let one = of(&alone, &Lanes::splat(wealth[lane]));
            assert_eq!(one[0].to_bits(), all[lane].to_bits(), "{lane}");
        }
    }
}
