//! Cost of a cascade, in nanoseconds and in normals of our own generator.
//!
//! In: nothing. Out: a table per SIMD level of this machine. Not here: the rows around the loop.
//!
//! `cargo bench --bench crash`. Three models of 200 blocks each hold four markets; somebody may fire on
//! the one path that is solved alone, where a run solves sixteen at once. Each figure is the best of many
//! short runs.

use std::hint::black_box;
use std::time::{Duration, Instant};
use tailwheel::crash::{Cascade, Cluster, Depth, Month, System, Thresholds};
use tailwheel::random::{Address, LANES, Lanes, ObjectKind, Purpose, Rare, Stream};
use tailwheel::stage::{Level, Work};

const ROUNDS: usize = 200;
/// Rows of normals of a round.
const ROWS: usize = 16;

fn main() {
    // `cargo test --benches` runs this too, without the flag: nothing to test here
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let situations = [
        Situation::new("all fire at once", 0.40, 1.0),
        Situation::new("all fire in the end", 0.12, 3.0),
        Situation::new("a third fires", 0.1226, 1.0),
        Situation::new("near critical", 0.078, 2.58),
    ];
    println!("level     what                           blocks fired        ns   normals");
    for level in Level::supported() {
        let normal = level.run(Normals);
        row(level, "one normal", None, normal, normal);
        for situation in &situations {
            let (fired, cost) = level.run(Cascades(situation));
            row(level, situation.name, Some(fired), cost, normal);
        }
    }
}

fn row(level: Level, what: &str, fired: Option<f64>, cost: f64, normal: f64) {
    let fired = fired.map_or(String::new(), |fired| format!("{fired:.0}"));
    let in_normals = cost / normal;
    println!("{:<9} {what:<30} {fired:>12} {cost:>9.2} {in_normals:>9.1}", level.name());
}

/// Nanoseconds per item of the fastest round; inlined, as is `round`, so that both are compiled
/// for the level of the caller.
#[inline(always)]
fn best(items: usize, mut round: impl FnMut()) -> f64 {
    let mut least = Duration::MAX;
    for _ in 0..ROUNDS {
        let start = Instant::now();
        round();
        least = least.min(start.elapsed());
    }
    least.as_secs_f64() * 1e9 / items as f64
}

/// A system with losses that bring it where it is to be measured.
struct Situation {
    name: &'static str,
    system: System,
    loss: f64,
    thinning: f64,
}

impl Situation {
    fn new(name: &'static str, loss: f64, thinning: f64) -> Self {
        let market = |(size, agent_share): (f64, f64)| Depth { size, agent_share, impact_of_tenth: 0.1 };
        let markets = [(17.0, 0.10), (30.0, 0.20), (37.0, 0.08), (16.0, 0.35)];
        let cluster = Cluster {
            capital_share: 1.0 / 3.0,
            first_trigger: 0.06,
            dispersion: 0.30,
            sell_fraction: 0.5,
            n_blocks: 200,
        };
        Self {
            name,
            system: System::new(markets.map(market).to_vec(), vec![cluster; 3], 1.0),
            loss,
            thinning,
        }
    }

    fn thresholds(&self) -> Vec<Rare> {
        let of =
            |g: usize| Rare::new(&Address::new(1, Purpose::Threshold, ObjectKind::World, &g.to_string()));
        (0..self.system.n_clusters()).map(of).collect()
    }
}

/// Thresholds of one path.
struct OfPath<'a>(&'a [Rare], u64);

impl Thresholds for OfPath<'_> {
    #[inline(always)]
    fn upper_halves(&mut self, _: usize, g: usize, row: &mut [u16]) {
        self.0[g].upper_halves(self.1, 1, row);
    }

    fn lower_half(&mut self, _: usize, g: usize, block: u32) -> u16 {
        self.0[g].lower_half(self.1, 1, block)
    }
}

/// One triggered path-month after the other.
struct Cascades<'a>(&'a Situation);

impl Work for Cascades<'_> {
    type Output = (f64, f64);

    #[inline(always)]
    fn run(self) -> (f64, f64) {
        const MONTHS: usize = 500;
        let Situation { system, loss, thinning, .. } = self.0;
        let thresholds = self.0.thresholds();
        let mut cascade = Cascade::new(system);
        let losses = vec![*loss; system.n_markets()];
        let month = Month { losses: &losses, active: &[200; 3], obeying: &[0; 3], thinning: *thinning };
        let (mut path, mut fired) = (0, 0.0);
        let cost = best(
            MONTHS,
            #[inline(always)]
            || {
                for _ in 0..MONTHS {
                    path += 1;
                    let counts = cascade.solve(system, black_box(&month), OfPath(&thresholds, path));
                    fired += counts.iter().sum::<f64>();
                }
            },
        );
        (fired / (MONTHS * ROUNDS) as f64, cost)
    }
}

/// Rows of normals: the unit of cost.
struct Normals;

impl Work for Normals {
    type Output = f64;

    #[inline(always)]
    fn run(self) -> f64 {
        let mut stream = Stream::open(&Address::new(1, Purpose::Experiment, ObjectKind::World, "normals"), 0);
        let mut row = Lanes::ZERO;
        best(
            LANES * ROWS,
            #[inline(always)]
            || {
                for _ in 0..ROWS {
                    stream.normals(black_box(&mut row));
                }
            },
        )
    }
}
