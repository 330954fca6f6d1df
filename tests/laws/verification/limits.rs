//! Limits that events have: the time of the k-th one is gamma distributed as months become short, and a share that is
//! taken once is beta distributed. The laws are those of an independent crate.

use crate::common::{Ran, asset, head};
use crate::estimate::{holds, share};
use crate::verification::texts::hack;
use statrs::distribution::{Beta, ContinuousCDF, Gamma};
use tailwheel::record::{EVENT_LOSS, EVENT_STRIKES};

/// A thing of value 1 that nothing moves but an exploit.
fn struck(when: &str, severity: &str) -> Ran {
    let still = "roi = 0\nroi_law = \"point\"\nvolatility = 0\nincome_share = 0\ndenomination = \"stable\"";
    let text = head("10 years", 20_000) + &asset("x", "defi-yield-aggregator", 1.0, still);
    let hack = hack("x", &format!("{when}\nseverity = {severity}\ntotal = 0"));
    Ran::of(&(text + &hack + "[economy]\ninflation.fixed = 0\ncash_rate = 0\n"))
}

#[test]
fn the_time_of_the_kth_event_tends_to_a_gamma_law() {
    const YEARS: f64 = 10.0;
    let found = |rate: f64| struck(&format!("rate = \"{rate}/year\""), "0.01");
    let (run, often) = (found(0.3), found(0.33));
    let strikes = EVENT_STRIKES.of_object(1);
    for k in 1..=6 {
        let at_least = |run: &Ran| share(run.column(strikes), |count| count >= f64::from(k));
        let limit = Gamma::new(f64::from(k), 0.3).expect("it is a law").cdf(YEARS);
        // at most one event in each of 120 months, p = 1 − e^(−λ/12): half a per cent of p from the limit
        let p = -f64::exp_m1(-0.3 / 12.0);
        let exact = 1.0 - (0..k).map(|j| binomial(120, j, p)).sum::<f64>();
        assert!((exact - limit).abs() < 0.012, "{k}: {exact}, {limit}");
        holds(&format!("event {k}"), exact, at_least(&run), at_least(&often));
    }
}

fn binomial(n: i32, k: i32, p: f64) -> f64 {
    (0..k).map(|j| f64::from(n - j) / f64::from(j + 1)).product::<f64>() * p.powi(k) * (1.0 - p).powi(n - k)
}

#[test]
fn a_share_that_is_taken_once_has_the_beta_law_of_its_shapes() {
    let distance = |alpha: u32, beta: u32, of: [f64; 2]| {
        let shapes = format!("{{ alpha = {alpha}, beta = {beta} }}");
        let mut taken = struck("at = \"2029-03\"", &shapes).column(EVENT_LOSS.of_object(1)).to_vec();
        taken.sort_by(f64::total_cmp);
        let law = Beta::new(of[0], of[1]).expect("it is a law");
        let n = taken.len() as f64;
        let steps = (1..).zip(&taken);
        let away = steps.map(|(rank, share)| (law.cdf(*share) - (f64::from(rank) - 0.5) / n).abs());
        away.fold(0.0, f64::max) * n.sqrt()
    };
    // Kolmogorov's distance is beyond 2.2 once in 8,000 samples
    for (alpha, beta) in [(2, 2), (2, 3), (5, 2), (20, 1)] {
        let shapes = [f64::from(alpha), f64::from(beta)];
        let found = distance(alpha, beta, shapes);
        assert!(found < 2.2, "{alpha}, {beta}: {found}");
        let off = distance(alpha, beta, [1.05 * shapes[0], shapes[1]]);
        assert!(off > 2.2, "{alpha}, {beta} has no power: {off}");
    }
}
