//! Definition of a bounded number: its name, its interval, and the wording of a refusal.
//!
//! In: a number and its [`Measure`]. Out: the number, or [`Refused`]. Not here: the number types (`numbers`).

use super::text::{grouped, per_cent, plain};

/// Unit of a number, which decides how messages print it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A fraction per year, printed as percent a year.
    PerCentAYear,
    /// A fraction, printed as percent.
    PerCent,
    /// An amount in the scenario's currency.
    Money,
    /// A number without a unit.
    Bare,
}

/// Name, notation and allowed interval of a number.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// Name with its article, as a message prints it: "an ROI".
    pub noun: &'static str,
    pub scale: Scale,
    pub low: f64,
    /// True if `low` itself is allowed.
    pub low_included: bool,
    pub high: f64,
    /// Least size of a nonzero number, positive or negative; 0 if there is no such limit.
    pub least: f64,
    /// Upper limit for a number typed without a unit: 2.5 more likely means 2.5 % a year than 250 %.
    pub bare_below: f64,
}

/// Refusal of a number, with the reason and the rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Reason why the number is refused.
    pub reason: String,
    /// Rule that the number must follow, in words.
    pub rule: String,
}

impl Measure {
    /// Returns `value` if it is finite and in range; refuses it otherwise.
    pub fn check(&self, value: f64) -> Result<f64, Refused> {
        if !value.is_finite() {
            let what = if value.is_nan() { "NaN is not a number" } else { "infinity is not a number" };
            return Err(self.refuse(format!("{what}; {} must be finite", self.noun)));
        }
        if value != 0.0 && value.abs() < self.least {
            return Err(self.refuse(self.breach(value)));
        }
        let low_enough = value <= self.high;
        let high_enough = value > self.low || (self.low_included && value == self.low);
        if low_enough && high_enough {
            // −0 and 0 are the same quantity and must print and hash alike
            return Ok(value + 0.0);
        }
        Err(self.refuse(self.breach(value)))
    }

    /// Checks a `value` typed without a unit: refuses it unless finite, in range and below `bare_below`.
    pub fn check_bare(&self, value: f64) -> Result<f64, Refused> {
        if value >= self.bare_below && value.is_finite() {
            return Err(self.refuse(self.breach(value)));
        }
        self.check(value)
    }

    /// Returns in words the interval in which the number must lie.
    pub fn rule(&self) -> String {
        let noun = match (self.scale, self.noun.split_once(' ')) {
            (Scale::PerCentAYear, Some((_, noun))) => format!("a yearly {noun}"),
            _ => self.noun.to_owned(),
        };
        let (low, high) = (self.limit(self.low), self.limit(self.high));
        let interval = if self.low_included {
            format!("lies between {low} and {high}")
        } else {
            format!("lies above {low} and is at most {high}")
        };
        let spoken = match self.scale {
            Scale::PerCentAYear | Scale::PerCent => {
                format!(" ({} to {})", per_cent(self.low), per_cent(self.high))
            }
            _ => String::new(),
        };
        let least = if self.least > 0.0 {
            format!("; if it is not 0, it is at least {}", plain(self.least))
        } else {
            String::new()
        };
        format!("{noun} {interval}{spoken}{least}")
    }

    fn refuse(&self, reason: String) -> Refused {
        Refused { reason, rule: self.rule() }
    }

    fn limit(&self, value: f64) -> String {
        match self.scale {
            // As a file writes it: a comma would be refused there.
            Scale::Money => grouped(value, 0).replace(',', "_"),
            _ => plain(value),
        }
    }

    fn breach(&self, value: f64) -> String {
        let (noun, written) = (self.noun, plain(value));
        match self.scale {
            Scale::PerCentAYear => {
                format!("{noun} of {written} would be {} a year", per_cent(value))
            }
            Scale::PerCent => format!("{noun} of {written} would be {}", per_cent(value)),
            _ if value < 0.0 && self.low == 0.0 => format!("{noun} cannot be negative: {written}"),
            _ if value < self.low || value.abs() < self.least => {
                format!("{noun} of {written} is too small")
            }
            _ if value == self.low => format!("{noun} of {written} says nothing"),
            _ => format!("{noun} of {written} is too large"),
        }
    }
}
