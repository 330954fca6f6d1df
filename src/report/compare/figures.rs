//! Both runs of a measure and their difference, as they are shown.
//!
//! In: a measure of a case. Out: texts. Not here: rounding (`figure` of the crate), rows (`pages`).

use super::super::measure::Measure;
use super::super::measure::is_gain;
use super::document::{ChangePart, DifferencePart};
use crate::figure::{Difference, Quantity, difference};

/// One measure of a case.
pub struct Figures {
    pub base: String,
    pub new: String,
    pub difference: Difference,
}

/// The figures of `part`, the measure `id`: each run as its own screen shows it.
pub fn figures(id: &str, part: &DifferencePart, currency: &str) -> Figures {
    let side = |run: &Measure| match is_gain(id, run.value) {
        true => {
            let gain = Measure {
                value: -run.value,
                interval: run.interval.map(|[low, high]| [-high, -low]),
                ..run.clone()
            };
            format!("gain {}", gain.shown(currency).value())
        }
        false => run.shown(currency).value(),
    };
    let [base, new] = part.runs.each_ref().map(side);
    Figures {
        base,
        new,
        difference: difference(part.unit, currency, part.quantity()),
    }
}

impl DifferencePart {
    /// The difference with what is to be shown of its error.
    pub(super) fn quantity(&self) -> Quantity {
        quantity(self.difference, self.std_error, self.interval)
    }
}

impl ChangePart {
    /// The change, if the runs before and after have the figure.
    pub(super) fn quantity(&self) -> Option<Quantity> {
        let value = self.difference?;
        Some(quantity(value, self.std_error, self.interval))
    }
}

/// By the interval if it has a width.
fn quantity(value: f64, std_error: Option<f64>, interval: Option<[f64; 2]>) -> Quantity {
    let wide = interval.filter(|[low, high]| high > low && (high - low).is_finite());
    match (std_error, wide) {
        (None, _) => Quantity::within(value, f64::INFINITY),
        (Some(_), Some(interval)) => Quantity::between(value, interval),
        (Some(std_error), None) => Quantity { value, std_error },
    }
}
