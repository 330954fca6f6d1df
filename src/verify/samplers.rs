//! Checks of every sampler against the distribution function of its law and a sample of another library.
//!
//! In: the number of draws. Out: four checks per sampler. Not here: dependence between draws (tests of
//! `random`).
//!
//! Continuous laws are compared by Kolmogorov's distance, counts by χ². Both hardly notice an error of scale,
//! which mean and variance show.

use super::check::{Check, Scope, mean};
use super::tables::{cdf, counts_of_two, counts_to_law, of_two, to_law};
use crate::math::beta::{Beta, Quantiles};
use crate::math::{Evenly, RangeLaw};
use crate::random::discrete::CountLaw;
use crate::random::{Address, ChiSquared, LANES, Lanes, ObjectKind, Purpose, Rare, Stream, count};
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use rand_distr::Distribution;
use rayon::prelude::*;
use statrs::distribution::{self as law, Discrete};

/// Number of checks per sampler.
const EACH: usize = 4;
/// Number of checks of all samplers.
pub(super) const COUNT: usize = EACH * (CONTINUOUS.len() + COUNTED.len());
/// Samplers of continuous laws, as functions of the number of draws.
const CONTINUOUS: [fn(usize) -> Continuous; 9] =
    [uniform, uniform_by_address, normal, normal_by_address, student, chi_squared, beta, pert, range];
/// Samplers of counts, as functions of the number of draws.
const COUNTED: [fn(usize) -> CountSamples; 7] = [
    |n| by_table("Poisson, table, mean 0.8", n, 0.8),
    |n| by_table("Poisson, table, mean 60", n, 60.0),
    |n| poisson("Poisson by path, mean 3", n, 3.0),
    |n| poisson("Poisson by path, mean 400", n, 400.0),
    |n| binomial("binomial by path, 20 trials", n, 20, 0.3),
    |n| binomial("binomial by path, 500 trials", n, 500, 0.9),
    hypergeometric,
];
/// Seed of the draws of this program and of the other library.
const SEED: u64 = 20_270_101;

/// A continuous law with samples of this program (`ours`) and of another library (`theirs`).
struct Continuous {
    name: &'static str,
    ours: Vec<f64>,
    theirs: Vec<f64>,
    cdf: Box<dyn Fn(f64) -> f64>,
    mean: f64,
    variance: f64,
}

/// A law of counts: samples of this program (`ours`) and of another library (`theirs`), and the probabilities
/// of 0, 1, 2, ….
struct CountSamples {
    name: &'static str,
    ours: Vec<f64>,
    theirs: Vec<f64>,
    masses: Vec<f64>,
}

/// Draws and checks all samplers in parallel; the checks are passed on in order.
pub(super) fn check(scope: Scope, take: &mut dyn FnMut(Check)) {
    let n = scope.pick(1 << 15, 1 << 19);
    let continuous = CONTINUOUS.par_iter().map(|sampler| sampler(n).checks());
    let counted = COUNTED.par_iter().map(|sampler| sampler(n).checks());
    let checks: Vec<[Check; EACH]> = continuous.chain(counted).collect();
    checks.into_iter().flatten().for_each(take);
}

impl Continuous {
    fn checks(mut self) -> [Check; EACH] {
        let [mean, variance] = moments(self.name, &self.ours, self.mean, self.variance);
        self.ours.sort_by(f64::total_cmp);
        self.theirs.sort_by(f64::total_cmp);
        let law = Check::distance(self.name, LAW, to_law(&self.ours, &self.cdf));
        let sample = Check::distance(self.name, SAMPLE, of_two(&self.ours, &self.theirs));
        [mean, variance, law, sample]
    }
}

impl CountSamples {
    fn checks(self) -> [Check; EACH] {
        let numbers = || self.masses.iter().enumerate().map(|(k, p)| (k as f64, *p));
        let mean: f64 = numbers().map(|(k, p)| k * p).sum();
        let variance = numbers().map(|(k, p)| (k - mean) * (k - mean) * p).sum();
        let [mean, variance] = moments(self.name, &self.ours, mean, variance);
        let law = Check::distance(self.name, LAW, counts_to_law(&self.ours, &self.masses));
        let sample = Check::distance(self.name, SAMPLE, counts_of_two(&self.ours, &self.theirs));
        [mean, variance, law, sample]
    }
}

const LAW: &str = "distance from its law (statrs)";
const SAMPLE: &str = "distance from a sample of rand_distr";

/// Checks the mean of a sample against `exact`, and its variance about that mean against `variance`.
fn moments(name: &str, sample: &[f64], exact: f64, variance: f64) -> [Check; 2] {
    let spread = |x: &f64| (x - exact) * (x - exact);
    let of_mean = mean(sample.iter().copied());
    let of_variance = mean(sample.iter().map(spread));
    [Check::sampled(name, "mean", exact, of_mean), Check::sampled(name, "variance", variance, of_variance)]
}

/// Draws about `n` numbers in rows of 256: `row` fills a row from the stream that `name` selects.
fn rows(name: &str, n: usize, mut row: impl FnMut(&mut Stream, &mut Lanes)) -> Vec<f64> {
    let address = Address::new(SEED, Purpose::Experiment, ObjectKind::World, name);
    let mut stream = Stream::open(&address, 0);
    let mut lanes = Lanes::ZERO;
    let mut values = Vec::with_capacity(n);
    for _ in 0..n / LANES {
        row(&mut stream, &mut lanes);
        values.extend_from_slice(&*lanes);
    }
    values
}

/// Draws about `n` numbers: `of` converts one uniform random number to each.
fn by_uniform(name: &str, n: usize, of: impl Fn(f64) -> f64) -> Vec<f64> {
    rows(name, n, |stream, lanes| {
        stream.uniforms(lanes);
        lanes.each(|_, u| of(u));
    })
}

/// Draws about `n` numbers: `of` converts one normal random number to each.
fn by_normal(name: &str, n: usize, of: impl Fn(f64) -> f64) -> Vec<f64> {
    rows(name, n, |stream, lanes| {
        stream.normals(lanes);
        lanes.each(|_, z| of(z));
    })
}

/// Draws `n` numbers of a law of the crate `rand_distr`; none if its parameters are invalid.
fn theirs<E>(n: usize, law: Result<impl Distribution<f64>, E>) -> Vec<f64> {
    let mut generator = ChaCha8Rng::seed_from_u64(SEED);
    law.map_or(Vec::new(), |law| law.sample_iter(&mut generator).take(n).collect())
}

/// Returns the probabilities of 0 … `most` by a law of the crate `statrs`; none if its parameters are bad.
fn masses<E>(most: u64, law: Result<impl Discrete<u64, f64>, E>) -> Vec<f64> {
    let of = |law: &dyn Fn(u64) -> f64| (0..=most).map(law).collect();
    law.map_or(Vec::new(), |law| of(&|k| law.pmf(k)))
}

fn rare() -> Rare {
    Rare::new(&Address::new(SEED, Purpose::Experiment, ObjectKind::World, "rare"))
}

fn uniform(n: usize) -> Continuous {
    Continuous {
        name: "uniform, rows",
        ours: rows("uniform", n, Stream::uniforms),
        theirs: theirs(n, rand_distr::Uniform::new(0.0, 1.0)),
        cdf: cdf(law::Uniform::new(0.0, 1.0)),
        mean: 0.5,
        variance: 1.0 / 12.0,
    }
}

fn uniform_by_address(n: usize) -> Continuous {
    let rare = rare();
    Continuous {
        name: "uniform, by address",
        ours: addressed(n, |path| rare.uniform2(path, 1, 0)),
        ..uniform(n)
    }
}

fn normal(n: usize) -> Continuous {
    Continuous {
        name: "normal, rows",
        ours: rows("normal", n, Stream::normals),
        theirs: theirs(n, Ok::<_, ()>(rand_distr::StandardNormal)),
        cdf: cdf(law::Normal::new(0.0, 1.0)),
        mean: 0.0,
        variance: 1.0,
    }
}

fn normal_by_address(n: usize) -> Continuous {
    let rare = rare();
    Continuous {
        name: "normal, by address",
        ours: addressed(n, |path| rare.normal2(path, 1, 0)),
        ..normal(n)
    }
}

/// Draws `n` numbers by path, as rare draws are made: `of` returns two numbers for a path number.
fn addressed(n: usize, of: impl Fn(u64) -> [f64; 2]) -> Vec<f64> {
    (0..n as u64 / 2).flat_map(of).collect()
}

/// Draws Student's t with 9 degrees of freedom (all four moments finite) as a normal times a mixing variable.
fn student(n: usize) -> Continuous {
    let mut z = Lanes::ZERO;
    let chi = ChiSquared::new(9);
    Continuous {
        name: "Student's t, 9 degrees of freedom",
        ours: rows("t", n, |stream, lanes| {
            stream.normals(&mut z);
            if let Some(chi) = chi {
                chi.mixing(stream, lanes);
            }
            lanes.each(|lane, m| m * z[lane]);
        }),
        theirs: theirs(n, rand_distr::StudentT::new(9.0)),
        cdf: cdf(law::StudentsT::new(0.0, 1.0, 9.0)),
        mean: 0.0,
        variance: 9.0 / 7.0,
    }
}

fn chi_squared(n: usize) -> Continuous {
    let chi = ChiSquared::new(5);
    Continuous {
        name: "χ², 5 degrees of freedom",
        ours: rows("chi", n, |stream, lanes| {
            if let Some(chi) = chi {
                chi.draw(stream, lanes);
            }
        }),
        theirs: theirs(n, rand_distr::ChiSquared::new(5.0)),
        cdf: cdf(law::ChiSquared::new(5.0)),
        mean: 5.0,
        variance: 10.0,
    }
}

fn beta(n: usize) -> Continuous {
    let table = Beta::new(2.0, 3.0).map(Quantiles::of);
    let at = |u| table.as_ref().map_or(f64::NAN, |table| table.eval(u));
    Continuous {
        name: "beta(2, 3)",
        ours: by_uniform("beta", n, at),
        theirs: theirs(n, rand_distr::Beta::new(2.0, 3.0)),
        cdf: cdf(law::Beta::new(2.0, 3.0)),
        mean: 0.4,
        variance: 0.04,
    }
}

/// Draws from a PERT law with minimum 18 %, mode 21 % and maximum 28 %.
fn pert(n: usize) -> Continuous {
    let (low, mode, high) = (0.18, 0.21, 0.28);
    let table = Quantiles::pert(low, mode, high);
    let at = |u| table.as_ref().map_or(f64::NAN, |table| table.eval(u));
    let mean = (low + 4.0 * mode + high) / 6.0;
    let beta = cdf(law::Beta::new(2.2, 3.8));
    Continuous {
        name: "PERT(18 %, 21 %, 28 %)",
        ours: by_uniform("pert", n, at),
        theirs: theirs(n, rand_distr::Pert::new(low, high).with_mode(mode)),
        cdf: Box::new(move |x| beta((x - low) / (high - low))),
        mean,
        variance: (mean - low) * (high - mean) / 7.0,
    }
}

/// Draws a lognormal number with 5th percentile 100 and 95th percentile 400, as for a range in a scenario.
fn range(n: usize) -> Continuous {
    let law_of_range = RangeLaw::new(Evenly::Logarithm, [100.0, 200.0, 400.0]);
    let (location, scale) = (5.298_317_366_548_036, 0.421_403_563_941_799_34);
    Continuous {
        name: "range 100-400",
        ours: by_normal("range", n, |z| law_of_range.at(z)),
        theirs: theirs(n, rand_distr::LogNormal::new(location, scale)),
        cdf: cdf(law::LogNormal::new(location, scale)),
        mean: 218.570_332_016_249_18,
        variance: 9_283.474_390_845_442,
    }
}

fn by_table(name: &'static str, n: usize, mean: f64) -> CountSamples {
    let table = CountLaw::poisson(mean);
    let at = |u: f64| table.as_ref().map_or(f64::NAN, |table| f64::from(table.count(u)));
    CountSamples { name, ours: by_uniform(name, n, at), ..poisson(name, n, mean) }
}

fn poisson(name: &'static str, n: usize, mean: f64) -> CountSamples {
    // values more than 12 standard deviations above the mean are never drawn
    let most = mean + 12.0 * mean.sqrt() + 12.0;
    CountSamples {
        name,
        ours: by_uniform(name, n, |u| count::poisson(u, mean)),
        theirs: theirs(n, rand_distr::Poisson::new(mean)),
        masses: masses(most as u64, law::Poisson::new(mean)),
    }
}

fn binomial(name: &'static str, n: usize, trials: u64, chance: f64) -> CountSamples {
    CountSamples {
        name,
        ours: by_uniform(name, n, |u| count::binomial(u, trials as f64, chance)),
        theirs: whole(n, rand_distr::Binomial::new(trials, chance)),
        masses: masses(trials, law::Binomial::new(chance, trials)),
    }
}

/// Draws `n` whole numbers of a law of the crate `rand_distr`; none if its parameters are invalid.
fn whole<E>(n: usize, law: Result<impl Distribution<u64>, E>) -> Vec<f64> {
    theirs(n, law.map(|law| law.map(|count: u64| count as f64)))
}

fn hypergeometric(n: usize) -> CountSamples {
    let (population, marked, drawn) = (50.0, 20.0, 12.0);
    let [all, some, taken] = [population, marked, drawn].map(Lanes::splat);
    CountSamples {
        name: "hypergeometric, 12 of 50",
        ours: rows("hypergeometric", n, |stream, lanes| {
            stream.uniforms(lanes);
            *lanes = count::hypergeometrics(lanes, &all, &some, &taken);
        }),
        theirs: whole(n, rand_distr::Hypergeometric::new(50, 20, 12)),
        masses: masses(12, law::Hypergeometric::new(50, 20, 12)),
    }
}
