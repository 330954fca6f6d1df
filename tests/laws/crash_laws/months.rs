//! Months simulated through the library's own cascade, with whatever a case wants to inject.
//!
//! In: a system, a source of thresholds, what is given in each month. Out: what the case keeps of
//! each month. Not here: exact laws.

use tailwheel::crash::{Cascade, Cluster, Depth, Month, System, Thresholds};
use tailwheel::random::{Address, LANES, Lanes, ObjectKind, Purpose, Rare, Stream};
use tailwheel::stage::{Level, Work};

const SEED: u64 = 20_270_101;

/// One market and one cluster: impact `c` when all have sold, trigger `tau`, band `b`, `blocks`.
pub fn one_cluster(c: f64, tau: f64, b: f64, blocks: u32) -> System {
    let market = Depth { size: 1.0, agent_share: 1.0, impact_of_tenth: 0.1 };
    let cluster = Cluster {
        capital_share: 1.0,
        first_trigger: tau,
        dispersion: b,
        sell_fraction: 1.0,
        n_blocks: blocks,
    };
    System::new(vec![market], vec![cluster], 1.0).with_full_impact(&[c])
}

/// What a month starts from.
#[derive(Clone, Debug)]
pub struct Given {
    pub losses: Vec<f64>,
    pub active: Vec<u32>,
    pub obeying: Vec<u32>,
    pub thinning: f64,
}

impl Given {
    /// No loss, everybody can act, nobody obeys, ordinary depth.
    pub fn quiet(system: &System) -> Self {
        Self {
            losses: vec![0.0; system.n_markets()],
            active: system.clusters.iter().map(|c| c.n_blocks).collect(),
            obeying: vec![0; system.n_clusters()],
            thinning: 1.0,
        }
    }

    /// The same as the library takes it.
    pub fn month(&self) -> Month<'_> {
        Month { losses: &self.losses, active: &self.active, obeying: &self.obeying, thinning: self.thinning }
    }
}

/// A month after its cascade.
pub struct Seen<'a> {
    pub system: &'a System,
    pub given: &'a Given,
    pub fired: &'a [f64],
}

impl Seen<'_> {
    /// Log-fall of `market` by the sales.
    #[inline(always)]
    pub fn fall(&self, market: usize) -> f64 {
        self.system.impact(market, self.fired, self.given.thinning)
    }

    /// Total log-loss of `market`.
    #[inline(always)]
    pub fn total(&self, market: usize) -> f64 {
        self.given.losses[market] + self.fall(market)
    }
}

/// Where the thresholds of many months come from.
pub trait Source {
    /// Fills the upper halves of cluster `g` in the month of number `month`.
    fn upper_halves(&mut self, month: u64, g: usize, row: &mut [u16]);

    /// The lower half of a block of cluster `g`.
    fn lower_half(&mut self, month: u64, g: usize, block: u32) -> u16;
}

struct OfMonth<'a, S> {
    source: &'a mut S,
    month: u64,
}

impl<S: Source> Thresholds for OfMonth<'_, S> {
    #[inline(always)]
    fn upper_halves(&mut self, _: usize, g: usize, row: &mut [u16]) {
        self.source.upper_halves(self.month, g, row);
    }

    fn lower_half(&mut self, _: usize, g: usize, block: u32) -> u16 {
        self.source.lower_half(self.month, g, block)
    }
}

/// Draws in the order of a stream, one by one: cheap where rows are long.
pub struct Draws {
    stream: Stream,
    row: Lanes,
    next: usize,
    fill: fn(&mut Stream, &mut Lanes),
}

impl Draws {
    fn new(purpose: Purpose, name: &str, fill: fn(&mut Stream, &mut Lanes)) -> Self {
        let stream = Stream::open(&Address::new(SEED, purpose, ObjectKind::World, name), 0);
        Self { stream, row: Lanes::ZERO, next: LANES, fill }
    }

    pub fn normals(name: &str) -> Self {
        Self::new(Purpose::Experiment, name, Stream::normals)
    }

    pub fn uniforms(name: &str) -> Self {
        Self::new(Purpose::Experiment, name, Stream::uniforms)
    }

    /// The next one.
    #[inline(always)]
    pub fn one(&mut self) -> f64 {
        if self.next == LANES {
            (self.fill)(&mut self.stream, &mut self.row);
            self.next = 0;
        }
        self.next += 1;
        self.row[self.next - 1]
    }
}

impl Source for Draws {
    #[inline(always)]
    fn upper_halves(&mut self, _month: u64, _g: usize, row: &mut [u16]) {
        for half in row {
            *half = (65_536.0 * self.one()) as u16;
        }
    }

    fn lower_half(&mut self, _month: u64, _g: usize, _block: u32) -> u16 {
        (65_536.0 * self.one()) as u16
    }
}

/// A stream of thresholds for a case.
pub fn dense(case: &str) -> Draws {
    Draws::new(Purpose::Threshold, case, Stream::uniforms)
}

/// Addressed draws, one address per cluster, as the engine makes them.
pub struct Addressed(Vec<Rare>);

impl Addressed {
    pub fn new(case: &str, n_clusters: usize) -> Self {
        let of =
            |g| Rare::new(&Address::new(SEED, Purpose::Threshold, ObjectKind::World, &format!("{case} {g}")));
        Self((0..n_clusters).map(of).collect())
    }
}

impl Source for Addressed {
    #[inline(always)]
    fn upper_halves(&mut self, month: u64, g: usize, row: &mut [u16]) {
        self.0[g].upper_halves(month, 1, row);
    }

    fn lower_half(&mut self, month: u64, g: usize, block: u32) -> u16 {
        self.0[g].lower_half(month, 1, block)
    }
}

/// Simulates `n` months: `give` changes what is given, `keep` says what stays of a month. As in
/// the engine, thresholds are drawn only where somebody may fire.
pub fn months<T>(
    system: &System,
    n: u64,
    thresholds: impl Source,
    give: impl FnMut(&mut Given),
    keep: impl FnMut(&Seen<'_>) -> T,
) -> Vec<T> {
    Level::detect().run(Simulation { system, n, thresholds, give, keep })
}

struct Simulation<'a, D, G, K> {
    system: &'a System,
    n: u64,
    thresholds: D,
    give: G,
    keep: K,
}

impl<T, D, G, K> Work for Simulation<'_, D, G, K>
where
    D: Source,
    G: FnMut(&mut Given),
    K: FnMut(&Seen<'_>) -> T,
{
    type Output = Vec<T>;

    #[inline(always)]
    fn run(mut self) -> Vec<T> {
        let system = self.system;
        let mut cascade = Cascade::new(system);
        let mut given = Given::quiet(system);
        let nobody = vec![0.0; system.n_clusters()];
        let mut kept = Vec::with_capacity(self.n as usize);
        for number in 0..self.n {
            (self.give)(&mut given);
            let month = given.month();
            let fired = if Cascade::is_triggered(system, &month) {
                let thresholds = OfMonth { source: &mut self.thresholds, month: number };
                cascade.solve(system, &month, thresholds)
            } else {
                &nobody
            };
            kept.push((self.keep)(&Seen { system, given: &given, fired }));
        }
        kept
    }
}
