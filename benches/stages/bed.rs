//! Test beds: small scenarios whose stages are run one at a time.
//!
//! In: keys of an asset. Out: ns per path and month. Not here: which stages are timed.

use super::support::{scenario, thread_cpu_seconds};
use std::hint::black_box;
use std::sync::atomic::AtomicBool;
use std::time::Instant;
use tailwheel::book::{Account, Book};
use tailwheel::engine::{self, Block, Control};
use tailwheel::market::{Copula, Joint};
use tailwheel::math::correlation::{Matrix, cholesky};
use tailwheel::math::{LANES, Lanes};
use tailwheel::plan::Plan;
use tailwheel::random::Seeds;
use tailwheel::stage::{Build, Cx, DrawRequest, Draws, Level, Month, Rows, Work};

const MONTHS: u32 = 12;
const HEAD: &str = "start = \"2027-01\"\nhorizon = \"1 year\"\ncurrency = \"USD\"\n\
                    [run]\nseed = 1\npaths = 256\n[economy]\ncash_rate = \"2 %/year\"\n";
/// Years to repeat.
const YEARS: u32 = 400;
/// Whole runs to repeat, and blocks of one: enough to make little of what a run costs once.
const RUNS: u32 = 3;
const BLOCKS: u64 = 64;

/// Least time of a month, in ns per path. `open` prepares a year and is not timed.
pub fn least_of_years<T>(mut open: impl FnMut() -> T, mut month: impl FnMut(&mut T)) -> f64 {
    let mut least = f64::INFINITY;
    for _ in 0..YEARS {
        let mut state = open();
        let begun = Instant::now();
        for _ in 0..MONTHS {
            month(&mut state);
        }
        least = least.min(begun.elapsed().as_secs_f64());
    }
    least * 1e9 / f64::from(MONTHS) / LANES as f64
}

/// A scenario with assets of one kind.
pub struct Bed {
    text: String,
}

impl Bed {
    /// One claim with these keys.
    pub fn claim(keys: &str) -> Self {
        Self::of(&["one"], keys)
    }

    /// Four claims with these keys.
    pub fn four(keys: &str) -> Self {
        Self::of(&["one", "two", "three", "four"], keys)
    }

    fn of(names: &[&str], keys: &str) -> Self {
        let mut text = HEAD.to_owned();
        for name in names {
            text += &asset(name, keys);
        }
        Self { text }
    }

    /// The same with an owner who has cash.
    pub fn with_owner(mut self, keys: &str) -> Self {
        self.text += &format!("[owner]\ncash = 20_000\n{keys}");
        self
    }

    /// Times the stage at place `index` among those of the month.
    pub fn stage(&self, index: usize, n_stages: usize, level: Level) -> f64 {
        let plan = Plan::compile(&scenario(&self.text));
        assert_eq!(plan.month_stages.len(), n_stages, "{}", self.text);
        least_of_years(
            || State::open(&plan, level),
            |state| {
                plan.month_stages[index].stage.run_at(level, &mut state.cx());
                black_box(&mut *state);
            },
        )
    }
}

/// Keys that are not among `keys` have a default that leaves no stage.
fn asset(name: &str, keys: &str) -> String {
    let mut text =
        format!("[[asset]]\nname = \"{name}\"\nclass = \"tokenized-real-estate\"\nvalue = 100_000\n{keys}\n");
    for (key, value) in
        [("roi_law", "\"point\""), ("roi_basis", "\"net\""), ("income_share", "0"), ("volatility", "0.1")]
    {
        if !keys.lines().any(|line| line.split(' ').next() == Some(key)) {
            text += &format!("{key} = {value}\n");
        }
    }
    text
}

/// What stages see, on day one with the first month drawn.
struct State {
    book: Book,
    rows: Rows,
    draws: Draws,
    scratch: Vec<u16>,
}

impl State {
    fn open(plan: &Plan, level: Level) -> Self {
        let mut state = Self {
            book: Book::new(plan.accounts.len()),
            rows: Rows::new(plan.n_rows),
            draws: Draws::new(plan.draws.len()),
            scratch: Vec::new(),
        };
        state.draws.open(&plan.draws, 0);
        for (index, label) in (0_u16..).zip(&plan.accounts) {
            if label.opening != 0.0 {
                let amount = Lanes::splat(label.opening);
                state.book.post(plan.opening, Account::at(index), &amount);
            }
        }
        for placed in &plan.open_stages {
            placed.stage.run_at(level, &mut state.cx());
        }
        level.run(Shocks { joint: &plan.joint, requests: &plan.draws, draws: &mut state.draws });
        // what earlier stages of the month leave for later ones
        for placed in &plan.month_stages {
            placed.stage.run_at(level, &mut state.cx());
        }
        state
    }

    fn cx(&mut self) -> Cx<'_> {
        Cx {
            month: Month { index: 1, first_path: 0 },
            book: &mut self.book,
            rows: &mut self.rows,
            draws: &self.draws,
            scratch: &mut self.scratch,
        }
    }
}

struct Shocks<'a> {
    joint: &'a Joint,
    requests: &'a [DrawRequest],
    draws: &'a mut Draws,
}

impl Work for Shocks<'_> {
    type Output = ();

    #[inline(always)]
    fn run(self) {
        self.draws.advance(self.requests);
        self.joint.apply(self.draws, 1);
    }
}

/// Draws and joint shocks of `n` markets, in ns per path, market and month.
pub fn joint(n: usize, dof: Option<u32>, level: Level) -> f64 {
    let names: Vec<String> = (0..n).map(|i| format!("market-{i:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let lower = cholesky(&Matrix::from_fn(n, |i, j| if i == j { 1.0 } else { 0.3 }))
        .expect("equal correlations above zero are positive definite");
    let lower: Vec<f64> = (0..n * n)
        .map(|k| match (k / n, k % n) {
            (row, column) if column <= row => lower.get(row, column),
            _ => 0.0,
        })
        .collect();
    let copula = dof.map_or(Copula::Gaussian, |dof| Copula::StudentT { dof });
    let mut build = Build::new(Seeds::one(1));
    let (joint, _) = Joint::build(&names, &lower, &vec![0.05; n], copula, None, &mut build);
    let requests = build.finish().draws;
    let mut draws = Draws::new(requests.len());
    draws.open(&requests, 0);
    let per_path = least_of_years(
        || (),
        |()| {
            level.run(Shocks { joint: &joint, requests: &requests, draws: &mut draws });
            black_box(&mut draws);
        },
    );
    per_path / n as f64
}

fn plan_of(n_assets: usize, horizon: &str) -> Plan {
    let names: Vec<String> = (0..n_assets).map(|i| format!("asset-{i:02}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let bed = Bed::of(&names, "roi = 0.05");
    Plan::compile(&scenario(&bed.text.replace("1 year", horizon)))
}

/// A month of a block, in ns per path and asset.
pub fn month(n_assets: usize, level: Level) -> f64 {
    let plan = plan_of(n_assets, "1 year");
    let per_path = least_of_years(
        || {
            let mut block = Block::new(&plan);
            block.open(&plan, level, 0);
            block
        },
        |block| block.advance(&plan, level),
    );
    per_path / n_assets as f64
}

/// A month of a run of ten years, everything included, in ns per path and asset.
pub fn run(n_assets: usize, level: Level) -> f64 {
    let mut plan = plan_of(n_assets, "10 years");
    let share = if level == Level::BASELINE { 16 } else { 1 };
    plan.n_paths = LANES as u64 * BLOCKS / share;
    let stop = AtomicBool::new(false);
    let control = Control { level, stop: &stop, progress: &|_| {} };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be had");
    let mut least = f64::INFINITY;
    for _ in 0..RUNS {
        least = least.min(pool.install(|| {
            let before = thread_cpu_seconds();
            black_box(engine::run(&plan, &control).expect("a finite run"));
            thread_cpu_seconds() - before
        }));
    }
    let n_cells = plan.n_paths as f64 * f64::from(plan.n_months) * n_assets as f64;
    least * 1e9 / n_cells
}
