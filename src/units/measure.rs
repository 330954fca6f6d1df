//! What a bounded number measures, where its bounds lie, and how a breach is worded.
//!
//! In: a number and its [`Measure`]. Out: the number, or [`Refused`]. Not here: the newtypes.

use super::speak::{grouped, per_cent, plain};

/// How a quantity is written and spoken of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// A fraction per year; spoken of in percent a year.
    PerCentAYear,
    /// A fraction; spoken of in percent.
    PerCent,
    /// An amount of the scenario's currency.
    Money,
    /// Events per year.
    TimesAYear,
    /// A bare number.
    Bare,
}

/// What a number measures and the interval it must lie in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Measure {
    /// With its article, as a message says it: "an ROI".
    pub noun: &'static str,
    pub scale: Scale,
    pub low: f64,
    /// Whether `low` itself is allowed.
    pub low_included: bool,
    pub high: f64,
    /// What is not zero is at least as large as this, above or below zero.
    pub least: f64,
    /// A number without unit must lie below this: 2.5 is rather 2.5 % a year than 250 %.
    pub bare_below: f64,
}

/// Why a number is no such quantity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// What is wrong with this number.
    pub reason: String,
    /// What holds for every such number.
    pub rule: String,
}

impl Measure {
    /// `value` itself if it is finite and in range.
    pub fn check(&self, value: f64) -> Result<f64, Refused> {
        if !value.is_finite() {
            let what =
                if value.is_nan() { "NaN is not a number" } else { "infinity is not a number" };
            return Err(self.refuse(format!("{what}; {} must be finite", self.noun)));
        }
        if value != 0.0 && value.abs() < self.least {
            return Err(self.refuse(self.breach(value)));
        }
        let low_enough = value <= self.high;
        let high_enough = value > self.low || (self.low_included && value == self.low);
        if low_enough && high_enough {
            // -0 and 0 are the same quantity and must print and hash alike.
            return Ok(value + 0.0);
        }
        Err(self.refuse(self.breach(value)))
    }

    /// The same for a number that stands without unit.
    pub fn check_bare(&self, value: f64) -> Result<f64, Refused> {
        if value >= self.bare_below && value.is_finite() {
            return Err(self.refuse(self.breach(value)));
        }
        self.check(value)
    }

    /// The rule in words.
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
        let least = match self.least > 0.0 {
            true => format!("; if it is not 0, it is at least {}", plain(self.least)),
            false => String::new(),
        };
        format!("{noun} {interval}{spoken}{least}")
    }

    fn refuse(&self, reason: String) -> Refused {
        Refused { reason, rule: self.rule() }
    }

    fn limit(&self, value: f64) -> String {
        match self.scale {
            Scale::Money => grouped(value, 0),
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
            _ if value < self.low || value.abs() < self.least => {
                format!("{noun} of {written} is too small")
            }
            _ if value == self.low => format!("{noun} of {written} says nothing"),
            _ => format!("{noun} of {written} is too large"),
        }
    }
}
