//! What a competent Rust user writes first: rand, rand_distr and rayon; one StdRng per path; collect everything, sort.
//!
//! In: a workload's name, `THREADS`, `REPS`. Out: the line of JSON that `common.py` describes.

use rand::{RngExt, SeedableRng, rngs::StdRng};
use rand_distr::{ChiSquared, Distribution, Poisson, StandardNormal};
use rayon::prelude::*;
use std::{fs, time::Instant};

const STEPS: usize = 120;
const DT: f64 = 1.0 / 12.0;
const JUMP_RATE: f64 = 0.5;
const JUMP_MEAN: f64 = -0.10;
const JUMP_SD: f64 = 0.15;
const FAN: [f64; 5] = [0.05, 0.25, 0.5, 0.75, 0.95];

struct Workload {
    paths: usize,
    terminal_only: bool,
    jumps: bool,
    scale: Vec<f64>,
    drift: Vec<f64>,
    lower: Vec<Vec<f64>>,
}

impl Workload {
    fn new(name: &str) -> Self {
        let (n, paths) = match name {
            "W3" => (1, 1_000_000),
            "W4" => (32, 50_000),
            _ => (8, 100_000),
        };
        let jumps = name == "W2";
        let sigma = |i: usize| 0.10 + 0.05 * (i % 8) as f64;
        let compensation = if jumps {
            JUMP_RATE * (JUMP_MEAN + 0.5 * JUMP_SD * JUMP_SD).exp_m1()
        } else {
            0.0
        };
        let drift = |i: usize| {
            (0.08 + 0.02 * (i % 8) as f64 - 0.5 * sigma(i) * sigma(i) - compensation) * DT
        };
        let loading = |i: usize| {
            if n == 1 {
                0.55
            } else {
                0.3 + 0.5 * i as f64 / (n - 1) as f64
            }
        };
        Self {
            paths,
            terminal_only: name == "W3",
            jumps,
            scale: (0..n).map(|i| sigma(i) * DT.sqrt()).collect(),
            drift: (0..n).map(drift).collect(),
            lower: cholesky(n, |i, j| if i == j { 1.0 } else { loading(i) * loading(j) }),
        }
    }
}

fn cholesky(n: usize, correlation: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
    let mut lower = vec![vec![0.0; n]; n];
    for i in 0..n {
        for j in 0..=i {
            let known: f64 = (0..j).map(|k| lower[i][k] * lower[j][k]).sum();
            let rest = correlation(i, j) - known;
            lower[i][j] = if i == j {
                rest.sqrt()
            } else {
                rest / lower[j][j]
            };
        }
    }
    lower
}

/// Acklam's rational approximation for p in (0, 1/2], relative error 1.2e-9.
#[rustfmt::skip]
fn normal_quantile(p: f64) -> f64 {
    if p < 0.02425 {
        let q = (-2.0 * p.ln()).sqrt();
        return (((((-7.784894002430293e-03 * q - 3.223964580411365e-01) * q - 2.400758277161838e+00) * q - 2.549732539343734e+00) * q + 4.374664141464968e+00) * q + 2.938163982698783e+00)
            / ((((7.784695709041462e-03 * q + 3.224671290700398e-01) * q + 2.445134137142996e+00) * q + 3.754408661907416e+00) * q + 1.0);
    }
    let q = p - 0.5;
    let r = q * q;
    (((((-3.969683028665376e+01 * r + 2.209460984245205e+02) * r - 2.759285104469687e+02) * r + 1.383577518672690e+02) * r - 3.066479806614716e+01) * r + 2.506628277459239e+00) * q
        / (((((-5.447609879822406e+01 * r + 1.615858368580409e+02) * r - 1.556989798598866e+02) * r + 6.680131188771972e+01) * r - 1.328068155288572e+01) * r + 1.0)
}

/// The normal score of a Student-t(4) value.
fn copula_score(t: f64) -> f64 {
    let hypotenuse = (4.0 + t * t).sqrt();
    let gap = 4.0 / (hypotenuse * (hypotenuse + t.abs()));
    (-normal_quantile(gap * gap * (3.0 - gap) * 0.25)).copysign(t)
}

struct Path {
    wealth: Vec<f64>,
    fall: f64,
}

fn simulate(w: &Workload, seed: u64) -> Path {
    let mut rng = StdRng::seed_from_u64(seed);
    let n = w.scale.len();
    if w.terminal_only {
        let total: f64 = (0..STEPS)
            .map(|_| rng.sample::<f64, _>(StandardNormal))
            .sum();
        return Path {
            wealth: vec![(STEPS as f64 * w.drift[0] + w.scale[0] * total).exp()],
            fall: 0.0,
        };
    }
    let poisson = Poisson::new(JUMP_RATE * DT).expect("a positive rate");
    let chi_squared: ChiSquared<f64> = ChiSquared::new(4.0).expect("a positive number of degrees");
    let (mut value, mut z) = (vec![1.0 / n as f64; n], vec![0.0; n]);
    let (mut peak, mut fall, mut wealth) = (1.0f64, 0.0f64, Vec::with_capacity(STEPS));
    for _ in 0..STEPS {
        z.fill_with(|| rng.sample(StandardNormal));
        let mixing: f64 = if w.jumps {
            (4.0 / chi_squared.sample(&mut rng)).sqrt()
        } else {
            1.0
        };
        let mut total = 0.0;
        for i in 0..n {
            let mut x: f64 = w.lower[i][..=i].iter().zip(&z).map(|(l, z)| l * z).sum();
            if w.jumps {
                x = copula_score(x * mixing);
            }
            x = w.drift[i] + w.scale[i] * x;
            if w.jumps {
                let count: f64 = poisson.sample(&mut rng);
                if count > 0.0 {
                    x += JUMP_MEAN * count
                        + JUMP_SD * count.sqrt() * rng.sample::<f64, _>(StandardNormal);
                }
            }
            value[i] *= x.exp();
            total += value[i];
        }
        peak = peak.max(total);
        fall = fall.max(1.0 - total / peak);
        wealth.push(total);
    }
    Path { wealth, fall }
}

/// Type 7.
fn quantile(sorted: &[f64], q: f64) -> f64 {
    let place = q * (sorted.len() - 1) as f64;
    let i = place as usize;
    sorted[i] + (place - i as f64) * (sorted[(i + 1).min(sorted.len() - 1)] - sorted[i])
}

fn fan(paths: &[Path]) -> Vec<[f64; 5]> {
    let months = paths[0].wealth.len();
    let month = |t: usize| {
        let mut column: Vec<f64> = paths.iter().map(|path| path.wealth[t]).collect();
        column.sort_unstable_by(f64::total_cmp);
        FAN.map(|q| quantile(&column, q))
    };
    (0..if months == 1 { 0 } else { months })
        .into_par_iter()
        .map(month)
        .collect()
}

fn summary(paths: &[Path]) -> String {
    let n = paths.len() as f64;
    let fan = fan(paths);
    let mut terminal: Vec<f64> = paths
        .iter()
        .map(|path| path.wealth[path.wealth.len() - 1])
        .collect();
    terminal.par_sort_unstable_by(f64::total_cmp);
    let mean = terminal.iter().sum::<f64>() / n;
    let sd = (terminal
        .iter()
        .map(|x| (x - mean) * (x - mean))
        .sum::<f64>()
        / (n - 1.0))
        .sqrt();
    let [q05, q50, q95] = [0.05, 0.5, 0.95].map(|q| quantile(&terminal, q));
    let tail = &terminal[..terminal.partition_point(|x| *x <= q05)];
    let es = 1.0 - tail.iter().sum::<f64>() / tail.len() as f64;
    let fall = paths.iter().map(|path| path.fall).sum::<f64>() / n;
    let middle = fan.get(59).map_or(0.0, |month| month[2]);
    format!(
        "\"mean\": {mean:.5}, \"std\": {sd:.5}, \"q05\": {q05:.5}, \"q50\": {q50:.5}, \"q95\": {q95:.5}, \
         \"es95\": {es:.5}, \"mdd\": {fall:.5}, \"fan60_q50\": {middle:.5}"
    )
}

fn cpu_seconds() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").expect("Linux");
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .expect("a name in brackets")
        .split_whitespace()
        .collect();
    let ticks = |i: usize| fields[i].parse::<f64>().expect("a number");
    (ticks(11) + ticks(12)) / 100.0
}

fn peak_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").expect("Linux");
    let line = status
        .lines()
        .find(|line| line.starts_with("VmHWM"))
        .expect("a peak");
    line.split_whitespace()
        .nth(1)
        .expect("a value")
        .parse::<f64>()
        .expect("a number")
        / 1024.0
}

fn environment(name: &str, otherwise: usize) -> usize {
    std::env::var(name)
        .ok()
        .and_then(|value| value.parse().ok())
        .unwrap_or(otherwise)
}

fn main() {
    let name = std::env::args().nth(1).unwrap_or("W1".into());
    let (threads, repetitions) = (environment("THREADS", 2), environment("REPS", 3));
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()
        .expect("threads");
    let w = Workload::new(&name);
    let (mut best, mut best_cpu, mut result) = (f64::MAX, f64::MAX, String::new());
    for repetition in 0..=repetitions {
        let (start, start_cpu) = (Instant::now(), cpu_seconds());
        let paths: Vec<Path> = (0..w.paths)
            .into_par_iter()
            .map(|p| simulate(&w, 12345 + p as u64))
            .collect();
        result = summary(&paths);
        drop(paths);
        if repetition > 0 || repetitions == 0 {
            best = best.min(start.elapsed().as_secs_f64());
            best_cpu = best_cpu.min(cpu_seconds() - start_cpu);
        }
    }
    println!(
        "{{\"peer\": \"naive Rust\", \"workload\": \"{name}\", \"threads\": {threads}, \"seconds\": {best:.4}, \
         \"cpu_seconds\": {best_cpu:.4}, \"peak_mb\": {:.1}, \"paths\": {}, \"scaled\": false, \
         \"versions\": \"rand 0.10, rand_distr 0.6, rayon 1\", {result}}}",
        peak_mb(),
        w.paths
    );
}
