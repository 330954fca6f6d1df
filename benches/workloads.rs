//! The peers' workloads through the library's own functions, without plan, book or stages: what
//! the machine can do, so that the cost of the program on top of it is known.
//!
//! In: nothing. Out: a table of seconds, CPU seconds, ns of CPU per asset-month, peak memory, mean
//! and 5 % quantile of the wealth at the end (to be compared with the peers). Not here: the
//! program itself (`peers/run.sh`), single stages (`stages`).
//!
//! `cargo bench --bench workloads -- [W1 …] [--threads N] [--level NAME] [--rounds N]`. The least
//! of the rounds counts; they take turns, so that a busy minute of the machine hits all alike.
//! Peak memory is told where one case alone is run (one workload, `--threads` and `--level`).

#[path = "workloads/kernel.rs"]
mod kernel;
mod support;

use kernel::{Kernel, Worker};
use rayon::prelude::*;
use std::sync::Mutex;
use std::time::Instant;
use support::{cpu_seconds, forget_peak, levels, peak_megabytes, value_of};
use tailwheel::math::LANES;
use tailwheel::math::histogram::Histogram;
use tailwheel::math::order::in_order;
use tailwheel::math::quantile::rank;
use tailwheel::stage::Level;

const WORKLOADS: [&str; 4] = ["W1", "W2", "W3", "W4"];
/// Without fused multiply-adds a path costs thirty times as much: this share of them must do.
const BASELINE_SHARE: usize = 64;
const FAN: [f64; 5] = [0.05, 0.25, 0.50, 0.75, 0.95];

/// One way to run one workload, and the best that was seen of it.
struct Case {
    workload: &'static str,
    kernel: Kernel,
    level: Level,
    n_threads: usize,
    n_paths: usize,
    /// Kept from round to round: the CPU time of a thread that ends between is lost.
    pool: rayon::ThreadPool,
    best: Option<Measured>,
}

#[derive(Clone, Copy)]
struct Measured {
    seconds: f64,
    cpu_seconds: f64,
    peak_megabytes: f64,
    mean: f64,
    q05: f64,
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let n_rounds: usize = value_of(&arguments, "--rounds").map_or(5, whole);
    let threads = match value_of(&arguments, "--threads") {
        Some(number) => vec![whole(number)],
        None => vec![1, 2],
    };
    let mut cases = Vec::new();
    for workload in WORKLOADS {
        let named = WORKLOADS.iter().any(|w| arguments.iter().any(|a| a == w));
        if named && !arguments.iter().any(|argument| argument == workload) {
            continue;
        }
        for level in levels(&arguments) {
            let share = if level == Level::BASELINE { BASELINE_SHARE } else { 1 };
            for &n_threads in &threads {
                cases.push(Case {
                    workload,
                    kernel: Kernel::new(workload),
                    level,
                    n_threads,
                    n_paths: kernel::n_paths(workload) / share,
                    pool: rayon::ThreadPoolBuilder::new()
                        .num_threads(n_threads)
                        .build()
                        .expect("threads can be had"),
                    best: None,
                });
            }
        }
    }
    for _ in 0..n_rounds {
        cases.iter_mut().for_each(Case::round);
    }
    print(&cases);
}

fn whole(text: &str) -> usize {
    text.parse().unwrap_or_else(|_| panic!("`{text}` is no whole number"))
}

impl Case {
    /// Runs once more and keeps the smaller times.
    fn round(&mut self) {
        forget_peak();
        let (begun, before) = (Instant::now(), cpu_seconds());
        let (mean, q05) = self.pool.install(|| self.run());
        let now = Measured {
            seconds: begun.elapsed().as_secs_f64(),
            cpu_seconds: cpu_seconds() - before,
            peak_megabytes: peak_megabytes(),
            mean,
            q05,
        };
        self.best = Some(match self.best {
            None => now,
            Some(best) => Measured {
                seconds: best.seconds.min(now.seconds),
                cpu_seconds: best.cpu_seconds.min(now.cpu_seconds),
                // what was freed in a round before is not given back to the system
                peak_megabytes: best.peak_megabytes.min(now.peak_megabytes),
                ..now
            },
        });
    }

    /// Mean and 5 % quantile of the wealth at the end; everything else the peers compute, too.
    fn run(&self) -> (f64, f64) {
        let mut wealth = vec![0.0; self.n_paths];
        let mut drawdown = vec![0.0; self.n_paths];
        let idle: Mutex<Vec<Worker>> = Mutex::new(Vec::new());
        wealth.par_chunks_mut(LANES).zip(drawdown.par_chunks_mut(LANES)).enumerate().for_each(
            |(block, (wealth, drawdown))| {
                let free = idle.lock().expect("no worker panics").pop();
                let mut worker = free.unwrap_or_else(|| self.kernel.worker());
                self.level.run(kernel::Block {
                    kernel: &self.kernel,
                    worker: &mut worker,
                    number: block as u64,
                    wealth,
                    drawdown,
                });
                idle.lock().expect("no worker panics").push(worker);
            },
        );
        let mut workers = idle.into_inner().expect("no worker panics");
        std::hint::black_box((fan(&mut workers), &drawdown));
        let mean = wealth.iter().sum::<f64>() / self.n_paths as f64;
        let sorted = in_order(&wealth);
        let found = [0.05, 0.01, 0.5, 0.95].map(|p| sorted[rank(sorted.len(), p) - 1]);
        (mean, std::hint::black_box(found)[0])
    }
}

/// Five quantiles of every month.
fn fan(workers: &mut [Worker]) -> Vec<[f64; 5]> {
    let n_dates = workers.first().map_or(0, |worker| worker.counters.len());
    let mut histograms = vec![Histogram::default(); n_dates];
    for worker in workers {
        for (histogram, counter) in histograms.iter_mut().zip(&mut worker.counters) {
            histogram.merge_counter(counter);
        }
    }
    histograms
        .par_iter()
        .map(|histogram| {
            let found = histogram.quantiles(&FAN);
            found.map_or([f64::NAN; 5], |found| found.try_into().expect("five levels"))
        })
        .collect()
}

fn print(cases: &[Case]) {
    println!(
        "| workload | level | threads | paths | seconds | cpu s | ns per asset-month | peak MB | mean | q05 |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for case in cases {
        let Some(best) = case.best else { continue };
        // what an earlier case freed stays with the process: only a case of its own has a peak
        let peak = match cases {
            [_] => format!("{:.0}", best.peak_megabytes),
            _ => "–".to_owned(),
        };
        let asset_months = (case.kernel.n_assets() * kernel::MONTHS * case.n_paths) as f64;
        println!(
            "| {} | {} | {} | {} | {:.3} | {:.3} | {:.3} | {peak} | {:.5} | {:.5} |",
            case.workload,
            case.level.name(),
            case.n_threads,
            case.n_paths,
            best.seconds,
            best.cpu_seconds,
            best.cpu_seconds * 1e9 / asset_months,
            best.mean,
            best.q05,
        );
    }
}
