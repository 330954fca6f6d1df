//! Checks of agents that sell because others sell, against the exact laws of such cascades.
//!
//! In: the number of months. Out: checks of the numbers of sellers and of the price falls. Not here: the
//! effect of sales on a portfolio (`cases`).
//!
//! ```text
//! P(K = k) = C(n,k) p (p + kψ)^(k−1) (1 − p − kψ)^(n−k)       quasi-binomial law of the number of sellers
//! ```
//! with p the probability that the loss triggers an agent, and ψ = gain/n. Source: P. C. Consul, *A simple
//! urn model dependent upon predetermined strategy*, Sankhyā B 36 (1974) 391–399; I. Dobson, B. A. Carreras
//! and D. E. Newman (2005) for the saturating law.

use super::check::{Check, Scope, mean};
use super::tables::counts_to_law;
use crate::crash::{Cascade, Cluster, Depth, Month, System, Thresholds, average_execution, gain};
use crate::math::{exp, ln};
use crate::random::{Address, LANES, Lanes, ObjectKind, Purpose, Rare, Stream};
use statrs::function::factorial::ln_binomial;

/// Number of checks of agent selling.
pub(super) const COUNT: usize = 11;
const SUBJECT: &str = "agents that sell";
const SEED: u64 = 20_270_101;
/// Relative tolerance of figures that need no random numbers; the exact values have 16 digits.
const DIGITS: f64 = 1e-12;

/// Random thresholds at which agents sell in one month, drawn as a simulation draws them. Agents are grouped
/// in blocks that sell together.
struct DrawnTriggers {
    rare: Rare,
    month: u64,
}

impl Thresholds for DrawnTriggers {
    fn upper_halves(&mut self, _: usize, _: usize, row: &mut [u16]) {
        self.rare.upper_halves(self.month, 1, row);
    }

    fn lower_half(&mut self, _: usize, _: usize, block: u32) -> u16 {
        self.rare.lower_half(self.month, 1, block)
    }
}

/// Builds a system of one market and one cluster of `blocks` blocks of agents that sell together; `impact` is
/// the fall of the log price if all sell.
fn one_cluster(impact: f64, first_trigger: f64, dispersion: f64, blocks: u32) -> System {
    let market = Depth { size: 1.0, agent_share: 1.0, impact_of_tenth: 0.1 };
    let cluster =
        Cluster { capital_share: 1.0, first_trigger, dispersion, sell_fraction: 1.0, n_blocks: blocks };
    System::new(vec![market], vec![cluster], 1.0).with_full_impact(&[impact])
}

/// Returns how many blocks of agents sell at each monthly log loss; the first `obeying` blocks always sell.
fn fired(name: &str, system: &System, losses: impl Iterator<Item = f64>, obeying: u32) -> Vec<f64> {
    let address = Address::new(SEED, Purpose::Threshold, ObjectKind::World, name);
    let rare = Rare::new(&address);
    let mut cascade = Cascade::new(system);
    let of_month = |(month, loss): (u64, f64)| {
        let given = Month {
            losses: &[loss],
            active: &[system.clusters[0].n_blocks],
            obeying: &[obeying],
            thinning: 1.0,
        };
        if Cascade::is_triggered(system, &given) {
            cascade.solve(system, &given, DrawnTriggers { rare, month })[0]
        } else {
            0.0
        }
    };
    (0..).zip(losses).map(of_month).collect()
}

/// Returns the probabilities of 0 … `n` sellers by the saturating quasi-binomial law; `p`: probability that the
/// loss triggers an agent, `psi`: feedback gain divided by `n`.
fn quasi_binomial(n: u64, p: f64, psi: f64) -> Vec<f64> {
    let mass = |k: u64| {
        let (count, left) = (k as f64, (n - k) as f64);
        let reach = count.mul_add(psi, p);
        if reach >= 1.0 {
            return 0.0;
        }
        exp(ln_binomial(n, k) + ln(p) + (count - 1.0) * ln(reach) + left * ln(1.0 - reach))
    };
    let mut law: Vec<f64> = (0..n).map(mass).collect();
    law.push(1.0 - law.iter().sum::<f64>());
    law
}

/// Checks numbers of sellers, price falls and feedback gains, and passes each check to `take`.
pub(super) fn check(scope: Scope, take: &mut dyn FnMut(Check)) {
    let months = scope.pick(1 << 15, 1 << 19);
    counts(months, take);
    false_signal(months, take);
    gaussian_losses(4 * months, take);
    closed_forms(take);
}

/// Checks the number of selling blocks out of twenty with a feedback gain below 1, and out of thirty with a
/// gain above 1.
fn counts(months: usize, take: &mut dyn FnMut(Check)) {
    for (name, blocks, reach, gain, exact) in [
        ("gain 0.6, 20 blocks", 20, 0.05, 0.6, 2.166_756_475_559_256_8),
        ("gain 1.5, 30 blocks", 30, 0.1, 1.5, 26.733_879_982_872_214),
    ] {
        let system = one_cluster(gain, 0.0, 1.0, blocks);
        let sample = fired(name, &system, std::iter::repeat_n(reach, months), 0);
        let law = quasi_binomial(u64::from(blocks), reach, gain / f64::from(blocks));
        let found = counts_to_law(&sample, &law);
        take(Check::distance(SUBJECT, &format!("number that sell, {name}"), found));
        let found = mean(sample.into_iter());
        take(Check::sampled(SUBJECT, &format!("mean number, {name}"), exact, found));
    }
}

/// Checks the sales after a false signal that 60 of 200 blocks of agents obey, and whose price impact makes
/// further blocks sell.
fn false_signal(months: usize, take: &mut dyn FnMut(Check)) {
    let system = one_cluster(0.6, 0.0, 1.0, 200);
    let sample = fired("signal", &system, std::iter::repeat_n(0.0, months / 4), 60);
    let share = mean(sample.into_iter().map(|fired| fired / 200.0));
    take(Check::sampled(
        SUBJECT,
        "share that sells after a false signal to 30 %",
        0.515_344_439_650_267_8,
        share,
    ));
}

/// Checks the mean fall by sales and the probability of sales, for normal losses (mean −1 %, standard
/// deviation 10 %) and 200 blocks of agents. The expected values come from numerical integration of the exact
/// law of the number of sellers.
fn gaussian_losses(months: usize, take: &mut dyn FnMut(Check)) {
    let impact = 0.12;
    let system = one_cluster(impact, 0.16, 0.2, 200);
    let address = Address::new(SEED, Purpose::Experiment, ObjectKind::World, "losses");
    let mut stream = Stream::open(&address, 0);
    let mut row = Lanes::ZERO;
    let rows = (0..months / LANES).flat_map(|_| {
        stream.normals(&mut row);
        row.0.map(|z| 0.1_f64.mul_add(z, -0.01))
    });
    let sample = fired("gaussian", &system, rows, 0);
    let fall = mean(sample.iter().map(|fired| impact * fired / 200.0));
    take(Check::sampled(SUBJECT, "mean fall by sales in a month", 0.002_411_805_8, fall));
    let any = mean(sample.iter().map(|fired| f64::from(u8::from(*fired > 0.0))));
    take(Check::sampled(SUBJECT, "probability of a month with sales", 0.043_645_229_684_459_52, any));
}

/// Checks the feedback gain of agent selling and the prices after sales against closed forms, for three markets
/// and two clusters of agents with given holdings. Each check goes to `take`.
fn closed_forms(take: &mut dyn FnMut(Check)) {
    let depth = |size| Depth { size, agent_share: 1.0, impact_of_tenth: 0.1 };
    let cluster = |dispersion, sell_fraction| Cluster {
        capital_share: 1.0,
        first_trigger: 0.0,
        dispersion,
        sell_fraction,
        n_blocks: 500,
    };
    let markets = vec![depth(100.0), depth(50.0), depth(20.0)];
    let clusters = vec![cluster(0.4, 0.5), cluster(0.3, 0.6)];
    let holdings = [0.30, 0.10, 0.05, 0.05, 0.15, 0.20];
    let system = System::with_holdings(markets, clusters, &holdings, 1.0);
    // −ln(1 − 0.1)/0.1: selling a tenth of the float lowers the price by a tenth
    take(exact("log-fall if a whole float is sold", 1.053_605_156_578_262_7, system.full_impact(0)));
    let system = system.with_full_impact(&[1.0, 1.5, 2.0]);
    take(exact(
        "feedback gain, 3 markets, 2 clusters",
        0.586_386_362_946_275_8,
        gain(&system, 1.0, |_| true),
    ));
    let one = one_cluster(0.3, 0.0, 0.5, 100);
    take(exact("feedback gain, 1 cluster", 0.6, gain(&one, 1.0, |_| true)));
    // e^(−0.05)·(1 − e^(−0.2))/0.2
    take(exact("average price of a sale", 0.862_143_207_146_545_8, average_execution(0.05, 0.2)));
}

fn exact(figure: &str, expected: f64, found: f64) -> Check {
    Check::exact(SUBJECT, figure, expected, found, DIGITS)
}
