//! Realised correlations and tail coefficients of the library, on months whose law is known.

use crate::crash_laws::closed::{fluid_response, response};
use crate::crash_laws::markets::equal_markets;
use crate::crash_laws::months::Draws;
use crate::estimate::{Found, holds};
use tailwheel::crash::System;
use tailwheel::engine::CoMovement;
use tailwheel::random::{Address, ChiSquared, Lanes, ObjectKind, Purpose, Stream};
use tailwheel::stats::CoMoved;
use tailwheel::stats::co_movement::{Months, Question, World};

const PATHS: usize = 5_000;
const ALL: Question = Question::Correlation(Months::All);
/// Φ₂(q, q; ½)/Φ(q) at the 1 % quantile, by quadrature.
const GAUSSIAN_AT_HALF: f64 = 0.129_392_441_826_465_73;
const CRASH: Question = Question::Correlation(Months::Crash);

/// The figure of the one pair, with its error.
fn found(moved: &CoMoved, question: Question, world: World) -> Found {
    let pairs = moved.pairs(question, world).expect("enough months");
    Found { value: pairs.value(1, 0), std_error: pairs.std_error(1, 0) }
}

/// Two markets whose losses are independent standard normals without the loop and `totals` of them
/// with it; the half plane in which they lose together counts as crash.
fn two_worlds(totals: impl Fn([f64; 2]) -> Vec<f64>) -> CoMoved {
    let mut normals = Draws::normals("realised");
    let sample = CoMovement::tabulate(&["a", "b"], PATHS, 120, 2, |_, _, worlds| {
        let losses = [normals.one(), normals.one()];
        for (world, losses) in worlds.iter_mut().zip([totals(losses), losses.to_vec()]) {
            world.iter_mut().zip(losses).for_each(|(value, loss)| *value = -loss);
        }
        losses[0] + losses[1] > 0.0
    });
    CoMoved::of(&sample)
}

#[test]
fn a13_the_correlation_of_an_active_loop_is_measured() {
    let in_band =
        |system: System| two_worlds(move |losses| response(&system, &losses).expect("a gain below one"));
    let run = in_band(equal_markets(2, 0.5, 1.0));
    let off = in_band(equal_markets(2, 0.525, 1.0));
    holds("A13", 0.6, found(&run, ALL, World::Run), found(&off, ALL, World::Run));
}

#[test]
fn a17_a_loop_that_only_sells_is_told_from_the_choice_of_bad_months() {
    let sell_only = |gain: f64| {
        let system = equal_markets(2, gain, 1e3);
        two_worlds(move |losses| fluid_response(&system, &losses).0)
    };
    let (run, off) = (sell_only(0.5), sell_only(0.525));
    let with_loop = |question| (found(&run, question, World::Run), found(&off, question, World::Run));
    for (id, exact, (found, with_power)) in [
        ("A17 rho", 0.401_349_070_090_976_9, with_loop(ALL)),
        ("A17 down", 0.184_844_933_900_223_75, with_loop(CRASH)),
    ] {
        holds(id, exact, found, with_power);
    }
    // without any loop, picking months in which two independent markets fall correlates them at
    // −0.467: a correlation in bad months says nothing by itself
    let exact = 1.0 - std::f64::consts::FRAC_2_PI;
    let exact = (exact - 1.0) / (exact + 1.0);
    let little = sell_only(0.05);
    let without = found(&run, CRASH, World::WithoutAgents);
    holds("A17 no loop", exact, without, found(&little, CRASH, World::Run));
}

/// Two markets with a t copula, as normal scores do not matter to ranks: `y = z √(ν/χ²_ν)`.
fn t_copula(correlation: f64, dof: Option<u32>) -> CoMoved {
    const MONTHS: usize = 400;
    let mut normals = Draws::normals("t copula");
    let mut stream = Stream::open(&Address::new(7, Purpose::Mixing, ObjectKind::World, "t copula"), 0);
    let law = dof.map(|dof| ChiSquared::new(dof).expect("a whole number of degrees"));
    let (mut mixing, mut next) = (Lanes::splat(1.0), 256);
    let sample = CoMovement::tabulate(&["a", "b"], PATHS, MONTHS, 1, |_, _, worlds| {
        if let (256, Some(law)) = (next, law) {
            law.mixing(&mut stream, &mut mixing);
            next = 0;
        }
        let stretch = mixing[next % 256];
        next += usize::from(law.is_some());
        let (a, b) = (normals.one(), normals.one());
        let joined = correlation * a + (1.0 - correlation * correlation).sqrt() * b;
        worlds[0] = vec![a * stretch, joined * stretch];
        false
    });
    CoMoved::of(&sample)
}

#[test]
fn d05_d06_tail_coefficients_at_one_per_cent_are_those_of_the_t_copula() {
    let tail = |moved: &CoMoved| found(moved, Question::TailCoefficient, World::Run);
    let of = |correlation, dof| tail(&t_copula(correlation, Some(dof)));
    // degrees of freedom are whole: off by one
    holds("D05 χ(1 %)", 0.287_678_43, of(0.5, 4), of(0.5, 5));
    holds("D06 χ(1 %)", 0.127_181_54, of(0.0, 3), of(0.0, 4));
    let gaussian = tail(&t_copula(0.5, None));
    holds("Gaussian χ(1 %)", GAUSSIAN_AT_HALF, gaussian, tail(&t_copula(0.525, None)));
    let independent = tail(&t_copula(0.0, None));
    holds("independent χ(1 %)", 0.01, independent, tail(&t_copula(0.05, None)));
}
