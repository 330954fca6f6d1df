//! Cost of the building blocks per row of 256 values, at every SIMD level of this machine.
//!
//! In: nothing. Out: a divan table; its `item/s` column is values per second, so 2 Gitem/s means
//! 0.5 ns per value. Not here: stages and whole runs.
//!
//! `cargo bench --bench kernels` (rows: kernel; columns: fastest, slowest, median, mean).

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use tailwheel::math::elementary::{exp, exp_moderate, ln};
use tailwheel::math::normal::cdf;
use tailwheel::math::student::NormalScore;
use tailwheel::random::discrete::CountLaw;
use tailwheel::random::{Address, ChiSquared, LANES, Lanes, ObjectKind, Purpose, Rare, Stream};

fn main() {
    divan::main();
}

/// Work on whole rows, written once and compiled for each level.
trait Kernel {
    fn run(&mut self);
}

#[derive(Clone, Copy, Debug)]
enum Level {
    Baseline,
    Avx2,
    Avx512,
}

const LEVELS: [Level; 3] = [Level::Baseline, Level::Avx2, Level::Avx512];

#[target_feature(enable = "avx2,fma,bmi2")]
fn at_avx2(kernel: &mut impl Kernel) {
    kernel.run();
}

#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi2")]
fn at_avx512(kernel: &mut impl Kernel) {
    kernel.run();
}

fn measure(bencher: Bencher, level: Level, mut kernel: impl Kernel) {
    let avx2 = is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma");
    let avx512 = is_x86_feature_detected!("avx512dq") && is_x86_feature_detected!("avx512vl");
    let bencher = bencher.counter(ItemsCount::new(LANES));
    match level {
        Level::Baseline => bencher.bench_local(|| black_box(&mut kernel).run()),
        // SAFETY: the features were detected just now.
        Level::Avx2 if avx2 => bencher.bench_local(|| unsafe { at_avx2(black_box(&mut kernel)) }),
        Level::Avx512 if avx512 => {
            bencher.bench_local(|| unsafe { at_avx512(black_box(&mut kernel)) });
        }
        _ => (),
    }
}

fn stream() -> Stream {
    Stream::open(&Address::new(1, Purpose::Experiment, ObjectKind::World, "bench"), 0)
}

struct Words(Stream, [u64; LANES]);
impl Kernel for Words {
    #[inline(always)]
    fn run(&mut self) {
        self.0.words(&mut self.1);
    }
}

#[divan::bench(args = LEVELS)]
fn words(bencher: Bencher, level: Level) {
    measure(bencher, level, Words(stream(), [0; LANES]));
}

struct Uniforms(Stream, Lanes);
impl Kernel for Uniforms {
    #[inline(always)]
    fn run(&mut self) {
        self.0.uniforms(&mut self.1);
    }
}

#[divan::bench(args = LEVELS)]
fn uniforms(bencher: Bencher, level: Level) {
    measure(bencher, level, Uniforms(stream(), Lanes::ZERO));
}

struct Normals(Stream, Lanes);
impl Kernel for Normals {
    #[inline(always)]
    fn run(&mut self) {
        self.0.normals(&mut self.1);
    }
}

#[divan::bench(args = LEVELS)]
fn normals(bencher: Bencher, level: Level) {
    measure(bencher, level, Normals(stream(), Lanes::ZERO));
}

/// A function of one number over a row.
struct Map<F>(F, Lanes, Lanes);
impl<F: Fn(f64) -> f64> Kernel for Map<F> {
    #[inline(always)]
    fn run(&mut self) {
        for (out, x) in self.2.iter_mut().zip(self.1.iter()) {
            *out = (self.0)(*x);
        }
    }
}

fn map(bencher: Bencher, level: Level, function: impl Fn(f64) -> f64) {
    let mut inputs = Lanes::ZERO;
    stream().uniforms(&mut inputs);
    measure(bencher, level, Map(function, inputs, Lanes::ZERO));
}

#[divan::bench(name = "exp", args = LEVELS)]
fn exponential(bencher: Bencher, level: Level) {
    map(bencher, level, exp);
}

#[divan::bench(name = "exp_moderate", args = LEVELS)]
fn exponential_moderate(bencher: Bencher, level: Level) {
    map(bencher, level, exp_moderate);
}

#[divan::bench(name = "ln", args = LEVELS)]
fn logarithm(bencher: Bencher, level: Level) {
    map(bencher, level, ln);
}

#[divan::bench(name = "normal_cdf", args = LEVELS)]
fn normal_cdf(bencher: Bencher, level: Level) {
    map(bencher, level, cdf);
}

#[divan::bench(args = LEVELS)]
fn normal_score(bencher: Bencher, level: Level) {
    let score = NormalScore::new(4);
    map(
        bencher,
        level,
        #[inline(always)]
        move |t| score.eval(t),
    );
}

struct Mixing(ChiSquared, Stream, Lanes);
impl Kernel for Mixing {
    #[inline(always)]
    fn run(&mut self) {
        self.0.mixing(&mut self.1, &mut self.2);
    }
}

#[divan::bench(args = LEVELS)]
fn mixing_with_four_degrees(bencher: Bencher, level: Level) {
    let chi = ChiSquared::new(4).expect("four is in 1 … 38");
    measure(bencher, level, Mixing(chi, stream(), Lanes::ZERO));
}

struct Poisson(CountLaw, Lanes, Lanes);
impl Kernel for Poisson {
    #[inline(always)]
    fn run(&mut self) {
        self.0.counts(&self.1, &mut self.2);
    }
}

#[divan::bench(args = LEVELS)]
fn poisson_of_a_half_per_year(bencher: Bencher, level: Level) {
    let counts = CountLaw::poisson(0.5 / 12.0).expect("the mean is small");
    let mut uniforms = Lanes::ZERO;
    stream().uniforms(&mut uniforms);
    measure(bencher, level, Poisson(counts, uniforms, Lanes::ZERO));
}

#[divan::bench]
fn make_a_normal_score() -> NormalScore {
    NormalScore::new(black_box(4))
}

struct RareWords(Rare, u64, [u64; LANES]);
impl Kernel for RareWords {
    #[inline(always)]
    fn run(&mut self) {
        self.1 += 1;
        for (path, out) in self.2.iter_mut().enumerate() {
            let [a, b, ..] = self.0.words(self.1 + path as u64, 3, 0);
            *out = u64::from(a) | u64::from(b) << 32;
        }
    }
}

#[divan::bench(args = LEVELS)]
fn philox(bencher: Bencher, level: Level) {
    let rare = Rare::new(&Address::new(1, Purpose::Experiment, ObjectKind::World, "bench"));
    measure(bencher, level, RareWords(rare, 0, [0; LANES]));
}

#[divan::bench]
fn open_stream() -> Stream {
    stream()
}
