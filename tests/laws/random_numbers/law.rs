//! Whole laws: moments, Kolmogorov–Smirnov, Anderson–Darling, counts far out.

use super::levels::{Level, Work};
use super::{TOLERANCE, normals, stream};
use statrs::distribution::{ContinuousCDF, StudentsT};
use tailwheel::math::{ln, normal, student};
use tailwheel::random::discrete::Counts;
use tailwheel::random::{Address, ChiSquared, Lanes, ObjectKind, Purpose, Rare, Stream};

fn powi(x: f64, n: u32) -> f64 {
    (0..n).map(|_| x).product()
}

/// Limits that a sample of the true law exceeds as rarely as a normal exceeds four standard
/// deviations: √n·D of Kolmogorov–Smirnov from 2exp(−2λ²) = 6.3e-5, and A² of Anderson–Darling.
const KOLMOGOROV_LIMIT: f64 = 2.28;
const ANDERSON_LIMIT: f64 = 9.0;

const MANY: usize = 10_000_000;

fn sorted(mut values: Vec<f64>) -> Vec<f64> {
    values.sort_unstable_by(f64::total_cmp);
    values
}

/// (√n·D, A²) of a sorted sample against a distribution that gives (F(x), 1 − F(x)).
struct Distance<'a, F> {
    sample: &'a [f64],
    law: F,
    result: (f64, f64),
}

impl<F: Fn(f64) -> (f64, f64)> Work for Distance<'_, F> {
    #[inline(always)]
    fn run(&mut self) {
        let n = self.sample.len() as f64;
        let (mut largest, mut sum) = (0.0f64, 0.0);
        for (i, x) in self.sample.iter().enumerate() {
            let (lower, upper) = (self.law)(*x);
            let rank = i as f64;
            largest = largest.max(lower - rank / n).max((rank + 1.0) / n - lower);
            // each value stands once as the i-th from below and once as the i-th from above
            sum += (2.0 * rank + 1.0) * ln(lower) + (2.0 * (n - rank) - 1.0) * ln(upper);
        }
        self.result = (n.sqrt() * largest, -n - sum / n);
    }
}

fn distance(sample: &[f64], law: impl Fn(f64) -> (f64, f64)) -> (f64, f64) {
    let mut work = Distance { sample, law, result: (0.0, 0.0) };
    Level::best().run(&mut work);
    work.result
}

#[test]
fn ten_million_normals_follow_the_normal_law() {
    let sample = sorted(normals(stream("whole law", 0), MANY));
    let law = |scale: f64| move |x: f64| (normal::cdf(x * scale), normal::cdf(-x * scale));
    let (kolmogorov, anderson) = distance(&sample, law(1.0));
    assert!(kolmogorov <= KOLMOGOROV_LIMIT, "{kolmogorov}");
    assert!(anderson <= ANDERSON_LIMIT, "{anderson}");
    // power: a scale off by half a per cent fails
    let (kolmogorov, anderson) = distance(&sample, law(1.005));
    assert!(kolmogorov > KOLMOGOROV_LIMIT && anderson > ANDERSON_LIMIT);
}

/// Deviation of the sample moments 1, 2, 3, 4, 6 in standard errors, values scaled first.
fn moment_deviations(sample: &[f64], scale: f64) -> [f64; 5] {
    // power, its expectation, its variance under the standard normal law
    const MOMENTS: [(u32, f64, f64); 5] =
        [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0), (6, 15.0, 10_170.0)];
    MOMENTS.map(|(power, expectation, variance)| {
        let sum: f64 = sample.iter().map(|z| powi(z * scale, power)).sum();
        let n = sample.len() as f64;
        (sum / n - expectation) / (variance / n).sqrt()
    })
}

#[test]
fn moments_of_normals_are_within_their_errors() {
    let sample = normals(stream("moments", 0), MANY);
    let deviations = moment_deviations(&sample, 1.0);
    assert!(deviations.iter().all(|z| z.abs() <= TOLERANCE), "{deviations:?}");
    let [_, second, _, fourth, sixth] = moment_deviations(&sample, 1.05);
    assert!(second > TOLERANCE && fourth > TOLERANCE && sixth > TOLERANCE);
}

/// Numbers of normals beyond 4 and beyond 5 (either sign), times `scale`.
struct Tails {
    stream: Stream,
    scale: f64,
    beyond: [u32; 2],
}

const TAIL_ROWS: usize = 390_625;

impl Work for Tails {
    #[inline(always)]
    fn run(&mut self) {
        let mut row = Lanes::ZERO;
        for _ in 0..TAIL_ROWS {
            self.stream.normals(&mut row);
            let (mut four, mut five) = (0u64, 0u64);
            for z in row.iter() {
                let z = z.abs() * self.scale;
                four += u64::from(z > 4.0);
                five += u64::from(z > 5.0);
            }
            self.beyond[0] += four as u32;
            self.beyond[1] += five as u32;
        }
    }
}

/// Deviations of the counts beyond 4 and 5 among 100 million normals, in standard errors.
fn tail_deviations(scale: f64) -> [f64; 2] {
    let mut tails = Tails { stream: stream("tails", 0), scale, beyond: [0; 2] };
    Level::best().run(&mut tails);
    let n = (TAIL_ROWS * 256) as f64;
    std::array::from_fn(|k| {
        let expected = n * 2.0 * normal::cdf(-4.0 - k as f64);
        (f64::from(tails.beyond[k]) - expected) / expected.sqrt()
    })
}

#[test]
fn as_many_normals_as_expected_lie_beyond_four_and_five_deviations() {
    let deviations = tail_deviations(1.0);
    assert!(deviations.iter().all(|z| z.abs() <= TOLERANCE), "{deviations:?}");
    assert!(tail_deviations(1.05).iter().all(|z| *z > TOLERANCE));
}

/// One million draws of t through the mixing variable.
fn t_draws(dof: u32) -> Vec<f64> {
    let chi = ChiSquared::new(dof).unwrap();
    let (mut shocks, mut mixing) = (stream("t shocks", 0), stream("t mixing", 0));
    let (mut z, mut m) = (Lanes::ZERO, Lanes::ZERO);
    let mut values = vec![];
    for _ in 0..3_907 {
        shocks.normals(&mut z);
        chi.mixing(&mut mixing, &mut m);
        values.extend(z.iter().zip(m.iter()).map(|(z, m)| z * m));
    }
    sorted(values)
}

#[test]
fn normals_times_the_mixing_variable_follow_student_s_law() {
    for dof in [3, 4, 7] {
        let sample = t_draws(dof);
        let law = |dof| {
            let law = StudentsT::new(0.0, 1.0, f64::from(dof)).expect("a law");
            move |t: f64| (law.cdf(t), law.cdf(-t))
        };
        let (kolmogorov, anderson) = distance(&sample, law(dof));
        assert!(kolmogorov <= KOLMOGOROV_LIMIT, "{dof}: {kolmogorov}");
        assert!(anderson <= ANDERSON_LIMIT, "{dof}: {anderson}");
        // power: one degree of freedom more fails
        let (kolmogorov, anderson) = distance(&sample, law(dof + 1));
        assert!(kolmogorov > KOLMOGOROV_LIMIT && anderson > ANDERSON_LIMIT);
    }
}

#[test]
fn normal_scores_of_t_draws_follow_the_normal_law() {
    let score = student::NormalScore::new(4);
    let sample: Vec<f64> = t_draws(4).iter().map(|t| score.eval(*t)).collect();
    let law = |x: f64| (normal::cdf(x), normal::cdf(-x));
    let (kolmogorov, anderson) = distance(&sample, law);
    assert!(kolmogorov <= KOLMOGOROV_LIMIT && anderson <= ANDERSON_LIMIT);
    let other = student::NormalScore::new(5);
    let wrong: Vec<f64> = t_draws(4).iter().map(|t| other.eval(*t)).collect();
    let (kolmogorov, anderson) = distance(&wrong, law);
    assert!(kolmogorov > KOLMOGOROV_LIMIT && anderson > ANDERSON_LIMIT);
}

/// Deviation of the mean of Poisson counts from `mean`, in standard errors, n = 1 million.
fn poisson_deviation(drawn: f64, mean: f64) -> f64 {
    let counts = Counts::poisson(drawn).unwrap();
    let mut stream = stream("counts", 0);
    let (mut u, mut n) = (Lanes::ZERO, Lanes::ZERO);
    let rows = 3_907;
    let mut sum = 0.0;
    for _ in 0..rows {
        stream.uniforms(&mut u);
        counts.counts(&u, &mut n);
        sum += n.iter().sum::<f64>();
    }
    let draws = f64::from(rows * 256);
    (sum / draws - mean) / (mean / draws).sqrt()
}

#[test]
fn poisson_counts_have_their_mean() {
    for mean in [0.0417, 0.9, 12.0, 200.0] {
        assert!(poisson_deviation(mean, mean).abs() <= TOLERANCE, "{mean}");
        assert!(poisson_deviation(1.05 * mean, mean) > TOLERANCE, "{mean}");
    }
}

#[test]
fn rare_uniforms_and_normals_follow_their_laws() {
    let rare = Rare::new(&Address::new(7, Purpose::Experiment, ObjectKind::World, "rare law"));
    let paths = 0..100_000u64;
    let uniforms: Vec<f64> = paths.clone().flat_map(|p| rare.uniform2(p, 5, 0)).collect();
    let normals: Vec<f64> = paths.flat_map(|p| rare.normal2(p, 6, 0)).collect();
    let (uniforms, normals) = (sorted(uniforms), sorted(normals));
    let flat = |power: u32| move |u: f64| (powi(u, power), 1.0 - powi(u, power));
    let bell = |scale: f64| move |x: f64| (normal::cdf(x * scale), normal::cdf(-x * scale));
    let (kolmogorov, anderson) = distance(&uniforms, flat(1));
    assert!(kolmogorov <= KOLMOGOROV_LIMIT && anderson <= ANDERSON_LIMIT);
    assert!(distance(&uniforms, flat(2)).0 > KOLMOGOROV_LIMIT);
    let (kolmogorov, anderson) = distance(&normals, bell(1.0));
    assert!(kolmogorov <= KOLMOGOROV_LIMIT && anderson <= ANDERSON_LIMIT);
    assert!(distance(&normals, bell(1.05)).0 > KOLMOGOROV_LIMIT);
}
