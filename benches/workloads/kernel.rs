//! One block of a workload: draws, correlation, prices, wealth, deepest fall, counts.
//!
//! In: the workload's name, a block number. Out: wealth and drawdown of its paths, counts of every
//! month. Not here: threads and clocks.

use tailwheel::market::{Copula, Joint, JumpFactors, Jumps as Law};
use tailwheel::math::correlation::{Matrix, cholesky};
use tailwheel::math::elementary::exp_moderate;
use tailwheel::math::histogram::Counter;
use tailwheel::math::{LANES, Lanes};
use tailwheel::random::{Address, ObjectKind, Purpose, Rare, Seeds, Stream};
use tailwheel::stage::{Build, Draw, DrawRequest, Draws, Work};
use tailwheel::units::{Intensity, LogMean, LogSpread};

pub const MONTHS: usize = 120;
const SEED: u64 = 42;

/// Paths of a workload.
pub fn n_paths(workload: &str) -> usize {
    match workload {
        "W3" => 1_000_000,
        "W4" => 50_000,
        _ => 100_000,
    }
}

/// Coefficients of a workload.
pub struct Kernel {
    joint: Joint,
    requests: Vec<DrawRequest>,
    shocks: Vec<Draw>,
    drift: Vec<f64>,
    jumps: Option<Vec<Jumps>>,
    terminal_only: bool,
}

struct Jumps {
    count: Address,
    factors: JumpFactors,
}

impl Kernel {
    /// The workload as the peers have it.
    pub fn new(workload: &str) -> Self {
        let n = match workload {
            "W3" => 1,
            "W4" => 32,
            _ => 8,
        };
        let has_jumps = workload == "W2";
        let names: Vec<String> = (0..n).map(|i| format!("asset-{:02}", i + 1)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let loading = |i: usize| 0.3 + 0.5 * i as f64 / (n.max(2) - 1) as f64;
        let mut matrix = Matrix::identity(n);
        for i in 0..n {
            for j in 0..i {
                matrix.set(i, j, loading(i) * loading(j));
            }
        }
        let lower = cholesky(&matrix).expect("one factor is positive definite");
        let lower: Vec<f64> = (0..n * n)
            .map(|k| match (k / n, k % n) {
                (row, column) if column <= row => lower.get(row, column),
                _ => 0.0,
            })
            .collect();
        let sigma = |i: usize| 0.10 + 0.05 * (i % 8) as f64;
        let scale: Vec<f64> = (0..n).map(|i| sigma(i) * (1.0 / 12.0_f64).sqrt()).collect();
        let drift = |i: usize| {
            let mu = 0.08 + 0.02 * (i % 8) as f64;
            (mu - 0.5 * sigma(i) * sigma(i)) / 12.0
        };
        let copula = if has_jumps { Copula::StudentT { dof: 4 } } else { Copula::Gaussian };
        let mut build = Build::new(Seeds::one(SEED));
        let (joint, shocks) = Joint::build(&names, &lower, &scale, copula, None, &mut build);
        Self {
            joint,
            requests: build.finish().draws,
            shocks,
            drift: (0..n).map(drift).collect(),
            jumps: has_jumps.then(|| names.iter().map(|name| Jumps::new(name)).collect()),
            terminal_only: workload == "W3",
        }
    }

    pub fn n_assets(&self) -> usize {
        self.drift.len()
    }

    /// Room for the state of a block.
    pub fn worker(&self) -> Worker {
        let n_dates = if self.terminal_only { 0 } else { MONTHS };
        Worker {
            draws: Draws::new(self.requests.len()),
            logs: vec![Lanes::ZERO; self.n_assets()],
            jumped: vec![Lanes::ZERO; self.jumps.as_ref().map_or(0, Vec::len)],
            counts: Vec::new(),
            counters: (0..n_dates).map(|_| Counter::default()).collect(),
        }
    }
}

impl Jumps {
    fn new(name: &str) -> Self {
        let address = |purpose| Address::new(SEED, purpose, ObjectKind::Asset, name);
        let law = Law {
            rate: Intensity::new(0.5).expect("a rate"),
            mean: LogMean::new(-0.10).expect("a mean"),
            sd: LogSpread::new(0.15).expect("a deviation"),
        };
        Self {
            count: address(Purpose::JumpCount),
            factors: JumpFactors::new(&law, Rare::new(&address(Purpose::JumpSize))),
        }
    }
}

/// State of one thread.
pub struct Worker {
    draws: Draws,
    /// Log price of every asset.
    logs: Vec<Lanes>,
    /// Product of the jump factors of every asset, if there are any.
    jumped: Vec<Lanes>,
    /// Streams of the jump counts.
    counts: Vec<Stream>,
    /// Wealth of every month.
    pub counters: Vec<Counter>,
}

/// One block, to be run at a level.
pub struct Block<'a> {
    pub kernel: &'a Kernel,
    pub worker: &'a mut Worker,
    pub number: u64,
    pub wealth: &'a mut [f64],
    pub drawdown: &'a mut [f64],
}

impl Work for Block<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        let Self { kernel, worker, .. } = self;
        let n_paths = self.wealth.len();
        let share = 1.0 / kernel.n_assets() as f64;
        worker.open(kernel, self.number);
        let (mut wealth, mut peak, mut drawdown) = (Lanes::ZERO, Lanes::splat(1.0), Lanes::ZERO);
        for month in 0..MONTHS {
            worker.advance(kernel, self.number, month as u32);
            if kernel.terminal_only && month + 1 < MONTHS {
                continue;
            }
            wealth = worker.wealth(share);
            for lane in 0..LANES {
                let now = wealth[lane];
                peak[lane] = if now > peak[lane] { now } else { peak[lane] };
                let fall = 1.0 - now / peak[lane];
                drawdown[lane] = if fall > drawdown[lane] { fall } else { drawdown[lane] };
            }
            if let Some(counter) = worker.counters.get_mut(month) {
                counter.add_row(&wealth, n_paths);
            }
        }
        self.wealth.copy_from_slice(&wealth[..n_paths]);
        self.drawdown.copy_from_slice(&drawdown[..n_paths]);
    }
}

impl Worker {
    #[inline(always)]
    fn open(&mut self, kernel: &Kernel, block: u64) {
        self.draws.open(&kernel.requests, block);
        self.logs.fill(Lanes::ZERO);
        self.jumped.fill(Lanes::splat(1.0));
        self.counts.clear();
        let jumps = kernel.jumps.iter().flatten();
        self.counts.extend(jumps.map(|jumps| Stream::open(&jumps.count, block)));
    }

    /// Log prices after one more month.
    #[inline(always)]
    fn advance(&mut self, kernel: &Kernel, block: u64, month: u32) {
        self.draws.advance(&kernel.requests);
        kernel.joint.apply(&mut self.draws, month);
        for ((log, &shock), &drift) in self.logs.iter_mut().zip(&kernel.shocks).zip(&kernel.drift) {
            let shock = self.draws.row(shock);
            for lane in 0..LANES {
                log[lane] += shock[lane] + drift;
            }
        }
        let jumps = kernel.jumps.iter().flatten();
        for ((jumped, jumps), stream) in self.jumped.iter_mut().zip(jumps).zip(&mut self.counts) {
            let (mut uniforms, mut factor) = (Lanes::ZERO, Lanes::ZERO);
            let mut log = Lanes::ZERO;
            stream.uniforms(&mut uniforms);
            let first_path = block * LANES as u64;
            jumps.factors.fill(&uniforms, first_path, month, &mut factor, &mut log);
            for lane in 0..LANES {
                jumped[lane] *= factor[lane];
            }
        }
    }

    /// Wealth of every path if each asset began with `share`.
    #[inline(always)]
    fn wealth(&self, share: f64) -> Lanes {
        let mut wealth = Lanes::ZERO;
        if self.jumped.is_empty() {
            for log in &self.logs {
                for lane in 0..LANES {
                    wealth[lane] = share.mul_add(exp_moderate(log[lane]), wealth[lane]);
                }
            }
        }
        for (log, jumped) in self.logs.iter().zip(&self.jumped) {
            for lane in 0..LANES {
                let price = exp_moderate(log[lane]) * jumped[lane];
                wealth[lane] = share.mul_add(price, wealth[lane]);
            }
        }
        wealth
    }
}
