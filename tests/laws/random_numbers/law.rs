//! Whole laws: moments, Kolmogorov–Smirnov, Anderson–Darling, counts far out.

use super::{TOLERANCE, normals, stream};
use statrs::distribution::{ContinuousCDF, StudentsT};
use tailwheel::math::{ln, normal, student};
use tailwheel::random::discrete::CountLaw;
use tailwheel::random::{Address, ChiSquared, LANES, Lanes, ObjectKind, Purpose, Rare};
use tailwheel::stage::Level;

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

/// Whether a sorted sample is as near as it should be, by Kolmogorov–Smirnov and by Anderson–Darling, to a distribution that
/// gives (F(x), 1 − F(x)).
fn is_near(sample: &[f64], law: impl Fn(f64) -> (f64, f64)) -> [bool; 2] {
    let n = sample.len() as f64;
    let (mut largest, mut sum) = (0.0f64, 0.0);
    Level::detect().run(
        #[inline(always)]
        || {
            for (i, x) in sample.iter().enumerate() {
                let (lower, upper) = law(*x);
                let rank = i as f64;
                largest = largest.max(lower - rank / n).max((rank + 1.0) / n - lower);
                // each value stands once as the i-th from below and once as the i-th from above
                sum += (2.0 * rank + 1.0) * ln(lower) + (2.0 * (n - rank) - 1.0) * ln(upper);
            }
        },
    );
    let (kolmogorov, anderson) = (n.sqrt() * largest, -n - sum / n);
    println!("{kolmogorov} {anderson}");
    [kolmogorov <= KOLMOGOROV_LIMIT, anderson <= ANDERSON_LIMIT]
}

/// The normal law with a standard deviation of 1 over `scale`.
fn bell(scale: f64) -> impl Fn(f64) -> (f64, f64) {
    move |x| (normal::cdf(x * scale), normal::cdf(-x * scale))
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn ten_million_normals_follow_the_normal_law() {
    let sample = sorted(normals(stream("whole law", 0), MANY));
    assert_eq!(is_near(&sample, bell(1.0)), [true; 2]);
    // power: a scale off by half a per cent fails
    assert_eq!(is_near(&sample, bell(1.005)), [false; 2]);
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

/// Deviations of the counts beyond 4 and 5 among 100 million normals times `scale`, in standard errors.
fn tail_deviations(scale: f64) -> [f64; 2] {
    const ROWS: usize = 390_625;
    let (mut stream, mut row, mut beyond) = (stream("tails", 0), Lanes::ZERO, [0u64; 2]);
    Level::detect().run(
        #[inline(always)]
        || {
            for _ in 0..ROWS {
                stream.normals(&mut row);
                for z in row.iter() {
                    beyond[0] += u64::from(z.abs() * scale > 4.0);
                    beyond[1] += u64::from(z.abs() * scale > 5.0);
                }
            }
        },
    );
    std::array::from_fn(|k| {
        let expected = (ROWS * LANES) as f64 * 2.0 * normal::cdf(-4.0 - k as f64);
        (beyond[k] as f64 - expected) / expected.sqrt()
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
        assert_eq!(is_near(&sample, law(dof)), [true; 2], "{dof}");
        // power: one degree of freedom more fails
        assert_eq!(is_near(&sample, law(dof + 1)), [false; 2], "{dof}");
    }
}

#[test]
fn normal_scores_of_t_draws_follow_the_normal_law() {
    for (dof, is_right) in [(4, true), (5, false)] {
        let score = student::NormalScore::new(dof);
        let sample: Vec<f64> = t_draws(4).iter().map(|t| score.eval(*t)).collect();
        assert_eq!(is_near(&sample, bell(1.0)), [is_right; 2], "{dof}");
    }
}

/// Deviation of the mean of Poisson counts from `mean`, in standard errors, n = 1 million.
fn poisson_deviation(drawn: f64, mean: f64) -> f64 {
    let counts = CountLaw::poisson(drawn).unwrap();
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
    for (power, scale, is_right) in [(1, 1.0, true), (2, 1.05, false)] {
        assert_eq!(is_near(&uniforms, flat(power)), [is_right; 2]);
        assert_eq!(is_near(&normals, bell(scale)), [is_right; 2]);
    }
}
