//! A figure of a report with its error, and as it can be shown.
//!
//! In: [`Measure`]s. Out: quantities and texts. Not here: rounding (`figure`), sentences.

use super::json::rounded_error;
use crate::figure::{self, Quantity, Shown};
pub use crate::stats::Value as Measure;
use crate::stats::{Error, Measure as Measured, Note, Unit, look_up};

impl Measure {
    /// As gates and batches keep it: errors rounded as in `report.json`. `None` where the value is not a number, which
    /// no file could hold.
    pub fn kept(&self) -> Option<Self> {
        let are_finite = |ends: &[f64; 2]| ends.iter().all(|end| end.is_finite());
        let error = match self.error {
            Error::Sampled {
                std_error,
                interval,
            } if are_finite(&interval) => Error::Sampled {
                std_error: rounded_error(std_error),
                interval: interval.map(rounded_error),
            },
            Error::Sampled { std_error, .. } => Error::Unknown {
                why: Note::FewDecide,
                std_error: Some(rounded_error(std_error)),
            },
            Error::Atom { share, interval } => Error::Atom {
                share,
                interval: interval.map(|ends| ends.map(rounded_error)),
            },
            Error::Unknown { why, std_error } => Error::Unknown {
                why,
                std_error: std_error.map(rounded_error),
            },
            Error::Certain => Error::Certain,
        };
        self.value.is_finite().then_some(Self { error, ..*self })
    }
}

impl Measure {
    /// The figure with what is to be shown of its error: its interval if it has one, nothing of an atom, which has a probability instead.
    pub(super) fn quantity(&self) -> Quantity {
        let value = self.value;
        match self.error {
            Error::Atom { .. } | Error::Certain => Quantity::exact(value),
            Error::Sampled { interval, .. } => Quantity::between(value, interval),
            Error::Unknown {
                why: Note::FewDecide,
                std_error: Some(std_error),
            } => Quantity { value, std_error },
            Error::Unknown {
                why: Note::NoneDiffers,
                ..
            } => Quantity::exact(value),
            Error::Unknown { .. } => Quantity::within(value, f64::INFINITY),
        }
    }

    /// As every screen shows it: with its interval where ± would reach over zero, or of a chance over one, and the
    /// interval does not.
    pub(super) fn shown(&self, currency: &str) -> Shown {
        let seen = (self.n as u64, self.is_certain());
        let quantity = self.quantity();
        let shown = figure::shown(self.unit, currency, quantity, seen);
        let half = quantity.half_width();
        let is_over_one = self.unit == Unit::Probability && self.value + half > 1.0;
        match self.interval() {
            // a single path knows nothing of others
            _ if self.n == 1 => Shown::alone(shown.value()),
            Some([low, high])
                if low * high >= 0.0
                    && (half > self.value.abs() || is_over_one)
                    && !shown.error().is_empty() =>
            {
                let end = |end| figure::shown_end(self.unit, currency, quantity, end, seen);
                shown.within([low, high].map(end))
            }
            _ => shown,
        }
    }
}

/// Of the measure `id`.
pub(super) fn unit_of(id: &str) -> Unit {
    look_up(id).map_or(Unit::PerYear, |measure| measure.unit)
}

/// Whether a figure of a loss is below zero: a gain, and called one wherever it is shown.
pub(super) fn is_gain(id: &str, value: f64) -> bool {
    value < 0.0 && look_up(id).is_some_and(Measured::is_loss)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::Estimate;

    #[test]
    fn an_interval_that_ends_at_zero_is_no_error_that_reaches_over_it() {
        let shown = |unit, value, ends| {
            let found = Estimate::with_interval(value, 1.0, ends, 1000);
            Measure::new(unit, &found).shown("USD").whole()
        };
        let of_money = |value, ends| shown(Unit::Money, value, ends);
        assert_eq!(of_money(3_000.0, (0.0, 43_000.0)), "$3,000 ($0 to $43k)");
        assert_eq!(of_money(3_000.0, (-5e3, 43e3)), "$3,000 ± 40k");
        assert_eq!(of_money(3_000.0, (2e3, 5e3)), "$3,000 ± 2,000");
        let rare = shown(Unit::Probability, 0.004, (0.001_1, 0.010_2));
        assert_eq!(rare, "0.4 % (0.1 % to 1.0 %)");
        // one of a thousand
        let once = shown(Unit::Probability, 0.001, (0.000_025, 0.005_56));
        assert_eq!(once, "0.1 % (0.0025 % to 0.6 %)");
        let never = shown(Unit::Probability, 0.001, (0.0, 0.005_56));
        assert_eq!(never, "0.1 % (0 % to 0.6 %)");
    }
}
