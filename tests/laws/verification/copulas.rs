//! Copulas of the monthly shocks: tail dependence, rank correlations, exact margins.

use crate::common::{asset, head, scenario};
use crate::estimate::{Found, holds, mean, share};
use tailwheel::engine::Block;
use tailwheel::plan::Plan;
use tailwheel::stage::Level;

const MONTHS: u32 = 120;
const VOLATILITY: f64 = 0.2;
const GAUSSIAN: &str = "\"gaussian\"";

fn t(dof: u32) -> String {
    format!("{{ kind = \"t\", dof = {dof} }}")
}

/// Standardised log-returns of two assets, one pair per path and month; of any volatility, by the deviation that
/// [`VOLATILITY`] would have.
fn shocks(correlation: f64, copula: &str, volatility: f64, blocks: u64) -> [Vec<f64>; 2] {
    let keys = format!(
        "roi = 0\nroi_law = \"point\"\nroi_basis = \"net\"\nincome_share = 0\nvolatility = {volatility:?}"
    );
    let text = head(&format!("{MONTHS} months"), 256)
        + &asset("a", "defi-yield-aggregator", 1.0, &keys)
        + &asset("b", "defi-yield-aggregator", 1.0, &keys)
        + &format!("[correlation]\npairs = [[\"a\", \"b\", {correlation:?}]]\ncopula = {copula}\n");
    let plan = Plan::compile(&scenario(&text));
    let level = Level::detect();
    let mut block = Block::new(&plan);
    let mut found = [Vec::new(), Vec::new()];
    let step = VOLATILITY / 12.0_f64.sqrt();
    for number in 0..blocks {
        block.open(&plan, level, number);
        let mut before = [[1.0; 256]; 2];
        for _ in 0..MONTHS {
            block.advance(&plan, level);
            for (asset, account) in plan.record.assets().enumerate() {
                let value = block.worlds[0].book.value(account);
                for (was, is) in before[asset].iter_mut().zip(value.iter()) {
                    let log_return = (is / *was).ln();
                    found[asset].push((log_return + 0.5 * step * step) / step);
                    *was = *is;
                }
            }
        }
    }
    found
}

/// P(b below its q-quantile | a below its own), with the exact normal quantile as the margin.
fn tail_coefficient(shocks: &[Vec<f64>; 2], quantile: f64) -> Found {
    let given = shocks[0].iter().zip(&shocks[1]).filter(|(a, _)| **a < quantile);
    share(&given.map(|(_, b)| *b).collect::<Vec<_>>(), |b| b < quantile)
}

/// Kendall's τ from disjoint pairs of neighbours in the sample, which are independent.
fn kendall(shocks: &[Vec<f64>; 2]) -> Found {
    let pairs = shocks[0].chunks_exact(2).zip(shocks[1].chunks_exact(2));
    mean(&pairs.map(|(a, b)| ((a[0] - a[1]) * (b[0] - b[1])).signum()).collect::<Vec<_>>())
}

/// Spearman's ρ as 12·E[Φ(a)Φ(b)] − 3.
fn spearman(shocks: &[Vec<f64>; 2]) -> Found {
    use tailwheel::math::normal::cdf;
    let pairs = shocks[0].iter().zip(&shocks[1]);
    mean(&pairs.map(|(a, b)| 12.0 * cdf(*a) * cdf(*b) - 3.0).collect::<Vec<_>>())
}

const Q01: f64 = -2.326_347_874_040_841;
const Q001: f64 = -3.090_232_306_167_813_5;

#[test]
fn d05_a_t_copula_makes_bad_months_come_together() {
    // three times the blocks, for what is seen one month in a thousand
    let with = |correlation, dof| shocks(correlation, &t(dof), VOLATILITY, 240);
    // a number of degrees of freedom is whole: it is off by one
    let (sample, lighter, other) = (with(0.5, 4), with(0.5, 5), with(0.525, 4));
    for (id, quantile, exact) in [("D05 χ(1 %)", Q01, 0.287_678_43), ("D05 χ(.1 %)", Q001, 0.263_493_17)] {
        holds(id, exact, tail_coefficient(&sample, quantile), tail_coefficient(&lighter, quantile));
    }
    holds("D05t Kendall τ", 1.0 / 3.0, kendall(&sample), kendall(&other));
}

#[test]
fn d06_without_correlation_a_t_copula_still_has_tail_dependence() {
    let with = |correlation, dof| shocks(correlation, &t(dof), VOLATILITY, 80);
    let (sample, lighter, correlated) = (with(0.0, 3), with(0.0, 4), with(0.05, 3));
    holds("D06 χ(1 %)", 0.127_181_54, tail_coefficient(&sample, Q01), tail_coefficient(&lighter, Q01));
    holds("D06t Kendall τ", 0.0, kendall(&sample), kendall(&correlated));
}

#[test]
fn d08_a_gaussian_copula_has_its_rank_correlation() {
    let found = |correlation| spearman(&shocks(correlation, GAUSSIAN, VOLATILITY, 80));
    holds("D08 Spearman ρ", 0.482_583_74, found(0.5), found(0.525));
}

#[test]
fn the_margins_stay_normal_under_every_copula() {
    for copula in [GAUSSIAN, &t(3), &t(4), &t(7), &t(30)] {
        let [sample, wider] = [1.0, 1.05].map(|times| shocks(0.4, copula, VOLATILITY * times, 40));
        for (margin, wider) in sample.iter().zip(&wider) {
            let square = |margin: &[f64]| mean(&margin.iter().map(|z| z * z).collect::<Vec<_>>());
            holds(copula, 1.0, square(margin), square(wider));
            for (quantile, p) in [(Q001, 0.001), (Q01, 0.01), (-1.0, 0.158_655_254), (0.5, 0.691_462_461)] {
                let below = |margin: &[f64]| share(margin, |z| z < quantile);
                holds(&format!("{copula}: P(z < {quantile})"), p, below(margin), below(wider));
            }
            let middle = mean(margin);
            assert!(middle.agrees_with(0.0), "{copula}: {middle:?}");
        }
    }
}

#[test]
fn perfectly_correlated_assets_move_as_one() {
    for (copula, sign) in [(GAUSSIAN, 1.0), (GAUSSIAN, -1.0), (&t(4), 1.0), (&t(4), -1.0)] {
        let [a, b] = shocks(sign, copula, VOLATILITY, 80);
        for (x, y) in a.iter().zip(&b) {
            assert!((x - sign * y).abs() < 1e-9, "{copula}: {x} {y}");
        }
    }
}
