//! A normal loss through the fluid loop: expected falls, trigger probabilities, VaR and ES.

use crate::crash_laws::agree::exactly;
use crate::crash_laws::closed::fluid_response;
use crate::crash_laws::exact::integral;
use crate::crash_laws::months::one_cluster;
use statrs::distribution::{Continuous, ContinuousCDF, Normal};

pub const MEAN: f64 = -0.01;
pub const DEVIATION: f64 = 0.1;

/// One market with a normal loss and one cluster.
#[derive(Clone, Copy)]
pub struct Market {
    pub trigger: f64,
    pub band: f64,
    pub impact: f64,
}

pub const WIDE: Market = Market { trigger: 0.16, band: 0.2, impact: 0.12 };
const NARROW: Market = Market { band: 0.06, ..WIDE };

pub fn normal() -> Normal {
    Normal::new(MEAN, DEVIATION).expect("a positive deviation")
}

impl Market {
    fn total(&self, loss: f64) -> f64 {
        let system = one_cluster(self.impact, self.trigger, self.band, 200);
        fluid_response(&system, &[loss]).0[0]
    }

    /// Losses at which the response has a kink or a jump, between `from` and the far tail.
    fn edges(&self, from: f64) -> Vec<f64> {
        let saturated = self.trigger + (self.band - self.impact).max(0.0);
        let mut edges = vec![from, self.trigger, saturated, MEAN + 12.0 * DEVIATION];
        edges.retain(|edge| *edge >= from);
        edges.dedup();
        edges
    }

    fn expected_fall(&self) -> f64 {
        integral(&self.edges(self.trigger), |loss| normal().pdf(loss) * (self.total(loss) - loss))
    }

    fn value_at_risk(&self, level: f64) -> f64 {
        self.total(normal().inverse_cdf(level))
    }

    fn expected_shortfall(&self, level: f64) -> f64 {
        let edges = self.edges(normal().inverse_cdf(level));
        integral(&edges, |loss| normal().pdf(loss) * self.total(loss)) / (1.0 - level)
    }

    fn trigger_probability(&self) -> f64 {
        normal().sf(self.trigger)
    }
}

/// Figures of one market; `off` has the impact 5 % larger, `later` the trigger.
fn fluid_case(id: &str, market: Market, exact: [f64; 4]) {
    let off = Market { impact: 1.05 * market.impact, ..market };
    let later = Market { trigger: 1.05 * market.trigger, ..market };
    let at_risk = |market: Market| [0.99, 0.999].map(|level| market.value_at_risk(level));
    let [at_99, at_999, shortfall, fall] = exact;
    exactly(id, at_99, at_risk(market)[0], at_risk(off)[0]);
    exactly(id, at_999, at_risk(market)[1], at_risk(off)[1]);
    let expected_shortfall = |market: Market| market.expected_shortfall(0.99);
    exactly(id, shortfall, expected_shortfall(market), expected_shortfall(off));
    exactly(id, fall, market.expected_fall(), off.expected_fall());
    // below the trigger the response is the loss itself: an earlier trigger would show
    let earlier = Market { trigger: 0.15, ..market };
    let exact_95 = 0.154_485_362_695_147_23;
    exactly(id, exact_95, market.value_at_risk(0.95), earlier.value_at_risk(0.95));
    let exact_trigger = 0.044_565_462_758_543_04;
    exactly(id, exact_trigger, market.trigger_probability(), later.trigger_probability());
    let any = |market: Market| 1.0 - (1.0 - market.trigger_probability()).powi(120);
    exactly(id, 0.995_791_645_237_439_8, any(market), any(later));
}

#[test]
fn a20_below_gain_one_the_loop_is_a_short_call_spread() {
    fluid_case(
        "A20",
        WIDE,
        [0.316_586_968_510_210_2, 0.419_023_230_616_781_3, 0.371_241_497_4, 0.002_442_548_026_235_335],
    );
}

#[test]
fn a21_above_gain_one_the_loop_is_a_short_digital() {
    fluid_case(
        "A21",
        NARROW,
        [0.342_634_787_404_084_04, 0.419_023_230_616_781_3, 0.376_521_422_03, 0.005_347_855_531_025_165],
    );
}
