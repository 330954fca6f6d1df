//! Difference of two figures from runs of which only the reports are left.
//!
//! In: values and standard errors. Out: [`Unpaired`]. Not here: runs that are still at hand.

use super::paired::p_value;

/// New less base, as if the runs had nothing in common: with the same seed the true error is
/// smaller, and how much is not in the reports.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unpaired {
    pub difference: f64,
    /// √(s_base² + s_new²); absent if either is.
    pub std_error: Option<f64>,
    /// Two-sided, of no difference at all.
    pub p_value: Option<f64>,
}

impl Unpaired {
    /// The difference in standard errors; absent where there is none, infinite where it is zero.
    pub fn z(&self) -> Option<f64> {
        let std_error = self.std_error?;
        if self.difference == 0.0 {
            return Some(0.0);
        }
        Some(self.difference / std_error)
    }
}

/// Compares (value, standard error) of two independent runs. Equal values differ by nothing, also
/// where they have no error.
pub fn unpaired(base: (f64, Option<f64>), new: (f64, Option<f64>)) -> Unpaired {
    let difference = new.0 - base.0;
    let std_error = base
        .1
        .zip(new.1)
        .map(|(base, new)| (base * base + new * new).sqrt());
    Unpaired {
        difference,
        std_error,
        p_value: std_error.map(|error| p_value(difference, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_add_up_in_squares() {
        let found = unpaired((10.0, Some(3.0)), (20.0, Some(4.0)));
        assert_eq!((found.std_error, found.z()), (Some(5.0), Some(2.0)));
        // 2·norm.sf(2) of scipy 1.17
        let expected = 0.04550026389635842;
        assert!((found.p_value.expect("errors") / expected - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_figure_without_an_error_is_not_judged() {
        let found = unpaired((10.0, None), (20.0, Some(4.0)));
        assert_eq!(
            (found.difference, found.p_value, found.z()),
            (10.0, None, None)
        );
        let certain = unpaired((10.0, Some(0.0)), (20.0, Some(0.0)));
        assert_eq!(certain.p_value, Some(0.0));
        let equal = unpaired((10.0, Some(0.0)), (10.0, Some(0.0)));
        assert_eq!((equal.p_value, equal.z()), (Some(1.0), Some(0.0)));
    }
}
