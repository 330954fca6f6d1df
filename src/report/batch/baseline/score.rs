//! How far two figures are apart, as a standard normal.
//!
//! In: figures with their errors, p-values. Out: scores. Not here: what counts as changed (`against`).

use super::Kept;
use crate::math::counts::exact_score;
use crate::math::ln;
use crate::math::normal::from_ln_upper_tail;
use crate::math::quantile::interval_ranks;
use crate::report::gate::events;
use crate::stats::{LEVEL, Sampling, look_up, unpaired};
use statrs::distribution::{ContinuousCDF, StudentsT};

/// The standard normal that is passed as often as `p_value` says, two-sided.
pub(super) fn score_of(p_value: f64) -> f64 {
    match p_value > 0.0 {
        true => from_ln_upper_tail(ln(0.5 * p_value)),
        false => f64::INFINITY,
    }
}

/// How far two independent figures are from one truth, as a standard normal; none where an error is
/// not known.
///
/// Shares of the paths are compared by their counts, exactly: a normal law has no room for the one
/// path in a thousand. Means of the worst paths and quantiles are compared with Student's law, with
/// the degrees of freedom of Welch (1947).
pub(super) fn independent_score(
    id: &str,
    (base, n_base): (&Kept, u64),
    (new, n_new): (&Kept, u64),
) -> Option<f64> {
    let z = unpaired((base.value, base.std_error), (new.value, new.std_error)).z()?;
    let n = |n: u64| usize::try_from(n).unwrap_or(usize::MAX);
    let measure = look_up(id);
    let sampling = |of| measure.map_or(Sampling::Normal, |measure| measure.sampling(n(of)));
    match (sampling(n_base), sampling(n_new)) {
        (Sampling::Share, _) => Some(exact_score(
            (events(base.value, n(n_base)), n_base),
            (events(new.value, n(n_new)), n_new),
        )),
        (
            Sampling::Shortfall {
                degrees_of_freedom: first,
                ..
            },
            Sampling::Shortfall {
                degrees_of_freedom: second,
                ..
            },
        ) => {
            let (a, b) = (base.std_error?, new.std_error?);
            Some(student_score(z, welch((a, first), (b, second))))
        }
        (Sampling::Quantile { probability }, _) => {
            let (a, b) = (base.std_error?, new.std_error?);
            let degrees = |n| degrees_of_quantile(n, probability);
            let (first, second) = (degrees(n(n_base))?, degrees(n(n_new))?);
            Some(student_score(z, welch((a, first), (b, second))))
        }
        _ => Some(z),
    }
}

/// Degrees of freedom of the error of a quantile; none where it has no interval.
///
/// ```text
/// ν = (k − j)/2
/// ```
///
/// The error is the width of the interval between the ranks j and k, a sum of k − j gaps between
/// neighbours, each about exponential: its relative variance is 1/(k − j), that of an error with ν
/// degrees of freedom 1/(2ν). Source: H. A. David & H. N. Nagaraja, *Order Statistics*, 3rd ed., §2.5.
fn degrees_of_quantile(n: usize, probability: f64) -> Option<f64> {
    let (low, high) = interval_ranks(n, probability, LEVEL)?;
    Some(0.5 * (high - low) as f64)
}

/// Degrees of freedom of the sum of two squared errors, each with its own. Source: B. L. Welch, *The
/// generalization of "Student's" problem*, Biometrika 34 (1947) 28–35.
fn welch((a, first): (f64, f64), (b, second): (f64, f64)) -> f64 {
    let (a, b) = (a * a, b * b);
    (a + b) * (a + b) / (a * a / first + b * b / second)
}

/// Standard normal with the tail that Student's law has beyond `z`.
fn student_score(z: f64, degrees_of_freedom: f64) -> f64 {
    let law = StudentsT::new(0.0, 1.0, degrees_of_freedom);
    // both errors are zero: the figures are certain
    let Some(law) = law.ok().filter(|_| degrees_of_freedom.is_finite()) else {
        return z;
    };
    let tail = law.sf(z.abs());
    match tail > 0.0 {
        true => from_ln_upper_tail(ln(tail)),
        false => z.abs(),
    }
}
