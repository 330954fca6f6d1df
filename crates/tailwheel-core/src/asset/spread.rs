//! Inequality of the income of works, and the income of the best of several.
//!
//! ```text
//! P(all of n are below M) = F(M)^n = U        the best work, exact, by one uniform
//! S = M + (n − 1)·E[X | X < M]                all of them: the others earn what they are expected to
//! ```
//!
//! This is the conditional expectation of the sum, given its largest member. Its mean is n, exact for every
//! n and law. With heavy tails it has nearly all the variance, which comes from the largest member. The
//! spread of the other works is missing.

use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1, ln};
use crate::math::{Lanes, lesser, normal};
use crate::random::Purpose;
use crate::random::count::poisson;
use crate::random::discrete::CountLaw;
use crate::stage::{Build, Coefficient, Cx, Draw, Scope};

/// Distribution of the income of one work; its mean is 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Spread {
    /// Lognormal law with this standard deviation of the logarithm.
    Lognormal(f64),
    /// Pareto law with this tail index `a` > 1: `P(X > x) = (least/x)^a`, `least = (a − 1)/a`.
    Pareto(f64),
}

impl Spread {
    pub fn has_variance(self) -> bool {
        match self {
            Self::Lognormal(_) => true,
            Self::Pareto(tail) => tail > 2.0,
        }
    }

    /// Income of the best of `n` ≥ 1 works, and of all the others together, relative to the mean of one work.
    /// `uniform` decides the best.
    #[inline(always)]
    pub fn best_and_others(self, uniform: f64, n: f64) -> [f64; 2] {
        let log_below = ln(uniform) / n;
        // Probabilities that one work earns less, and more, than the best.
        let (below, above) = (exp(log_below), lesser(-expm1(log_below), 1.0 - f64::EPSILON));
        let (best, part_below) = match self {
            Self::Lognormal(sd) => {
                let z = -normal::quantile(above);
                (exp(sd * z - 0.5 * sd * sd), normal::cdf(z - sd))
            }
            Self::Pareto(tail) => {
                let log_above = ln(above);
                let least = (tail - 1.0) / tail;
                (least * exp(-log_above / tail), -expm1(least * log_above))
            }
        };
        [best, (n - 1.0) * part_below / below]
    }
}

/// Random events with a yearly rate, counted per month.
pub(super) struct MonthlyCounts {
    /// Distribution of the monthly count; `None` if paths have different rates.
    counts: Option<CountLaw>,
    /// Rate in events per year.
    pub rate: Coefficient,
    uniforms: Draw,
}

impl MonthlyCounts {
    pub fn build(rate: Coefficient, purpose: Purpose, build: &mut Build) -> Self {
        Self {
            counts: rate.same().map(|rate| {
                CountLaw::poisson(rate / STEPS_PER_YEAR)
                    .expect("a number of events per year has a mean that fits")
            }),
            rate,
            uniforms: build.uniforms(purpose, Scope::Month),
        }
    }

    /// Number of events in the month, per path.
    #[inline(always)]
    pub fn of_month(&self, cx: &Cx<'_>) -> Lanes {
        let mut count = Lanes::ZERO;
        let uniforms = cx.draws.row(self.uniforms);
        match &self.counts {
            Some(counts) => counts.counts(uniforms, &mut count),
            None => {
                let rate = self.rate.of_paths(cx.rows);
                count.each(|lane, _| poisson(uniforms[lane], rate[lane] / STEPS_PER_YEAR));
            }
        }
        count
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid(n: u32) -> impl Iterator<Item = f64> {
        (0..n).map(move |i| (f64::from(i) + 0.5) / f64::from(n))
    }

    #[test]
    fn works_earn_on_average_as_much_as_there_are() {
        use Spread::{Lognormal, Pareto};
        for spread in [Lognormal(0.0), Lognormal(1.0), Lognormal(2.0), Pareto(2.5), Pareto(4.0)] {
            for n in [1.0, 2.0, 7.0, 300.0] {
                let sums = grid(400_000).map(|u| spread.best_and_others(u, n));
                let mean = sums.map(|[best, others]| best + others).sum::<f64>() / 4e5;
                assert!((mean / n - 1.0).abs() < 5e-3, "{spread:?} {n}: {mean}");
            }
        }
    }

    #[test]
    fn the_best_of_several_follows_the_law_of_the_largest() {
        // the median of the largest of 100: F(M) = 2^(−1/100)
        let below = exp(0.01 * ln(0.5));
        let [best, _] = Spread::Pareto(2.5).best_and_others(0.5, 100.0);
        let exact = 0.6 * exp(-0.4 * ln(1.0 - below));
        assert!((best / exact - 1.0).abs() < 1e-12, "{best}, {exact}");
        let [best, _] = Spread::Lognormal(3.0).best_and_others(0.5, 100.0);
        let z = (ln(best) + 4.5) / 3.0;
        assert!((normal::cdf(z) - below).abs() < 1e-12, "{z}");
        // equal works earn the same
        let [best, others] = Spread::Lognormal(0.0).best_and_others(0.3, 300.0);
        assert!(best == 1.0 && (others - 299.0).abs() < 1e-9, "{others}");
    }

    #[test]
    fn the_ends_of_the_unit_interval_are_numbers() {
        for spread in [Spread::Lognormal(5.0), Spread::Pareto(1.01)] {
            for u in [f64::EPSILON / 2.0, 1.0 - f64::EPSILON / 2.0] {
                for n in [1.0, 1e7] {
                    let both = spread.best_and_others(u, n);
                    assert!(both.iter().all(|part| part.is_finite() && *part >= 0.0));
                }
            }
        }
    }
}
