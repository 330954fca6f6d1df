//! Time in months, the step of the simulation.
//!
//! In: numbers of months and years, calendar months. Out: [`Span`], [`Delay`], [`YearMonth`]. Not here: texts
//! such as "10 years" (`form`).

use std::fmt;
use std::str::FromStr;

use super::Refused;

/// Whole number of months, from 1 month to 100 years.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Span {
    months: u32,
}

impl Span {
    pub const MAX_MONTHS: u32 = 1200;

    pub fn from_months(months: u32) -> Result<Self, Refused> {
        let reason = match months {
            0 => "a span of nothing has no months".to_owned(),
            1..=Self::MAX_MONTHS => return Ok(Self { months }),
            _ => format!("{} are longer than anyone can plan", words(months)),
        };
        Err(Refused { reason, rule: "a span lies between 1 month and 100 years".to_owned() })
    }

    pub const fn months(self) -> u32 {
        self.months
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&words(self.months))
    }
}

fn words(months: u32) -> String {
    let (count, unit) =
        if months > 0 && months.is_multiple_of(12) { (months / 12, "year") } else { (months, "month") };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural}")
}

/// Waiting time in months, not necessarily whole: six weeks until a payout.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Delay(f64);

impl Delay {
    /// Mean length of a month in weeks, for a year of 365.25 days.
    pub const WEEKS_PER_MONTH: f64 = 365.25 / 12.0 / 7.0;

    /// Creates a delay; refuses one that is negative, not finite or above 100 years.
    pub fn from_months(months: f64) -> Result<Self, Refused> {
        if (0.0..=f64::from(Span::MAX_MONTHS)).contains(&months) {
            return Ok(Self(months + 0.0));
        }
        Err(Refused {
            reason: "this waiting time is out of range".to_owned(),
            rule: "a waiting time lies between 0 and 100 years".to_owned(),
        })
    }

    pub const fn months(self) -> f64 {
        self.0
    }
}

/// Half-life in months; infinite if nothing decays.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct HalfLife(f64);

impl HalfLife {
    /// Half-life of a quantity that never decays.
    pub const NEVER: Self = Self(f64::INFINITY);

    /// Creates a half-life; refuses one that is not above zero or exceeds 100 years.
    pub fn from_months(months: f64) -> Result<Self, Refused> {
        if months > 0.0 && months <= f64::from(Span::MAX_MONTHS) {
            return Ok(Self(months));
        }
        Err(Refused {
            reason: "this half-life is out of range".to_owned(),
            rule: "a half-life is longer than nothing and at most 100 years".to_owned(),
        })
    }

    pub const fn months(self) -> f64 {
        self.0
    }
}

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    year: u16,
    month: u8,
}

impl YearMonth {
    /// Creates a month; refuses one outside 1900-01 … 2200-12.
    pub fn new(year: u16, month: u8) -> Result<Self, Refused> {
        let reason = if !(1..=12).contains(&month) {
            format!("there is no month {month}")
        } else if !(1900..=2200).contains(&year) {
            format!("the year {year} is out of range")
        } else {
            return Ok(Self { year, month });
        };
        Err(Refused {
            reason,
            rule: "a date is a year from 1900 to 2200 and a month from 01 to 12".to_owned(),
        })
    }

    pub const fn year(self) -> u16 {
        self.year
    }

    /// Month of the year; January is 1.
    pub const fn month(self) -> u8 {
        self.month
    }

    /// Returns the month that is `months` later, even beyond the year 2200.
    pub fn plus(self, months: u32) -> Self {
        let count = u32::from(self.year) * 12 + u32::from(self.month) - 1 + months;
        Self { year: u16::try_from(count / 12).unwrap_or(u16::MAX), month: (count % 12) as u8 + 1 }
    }
}

impl FromStr for YearMonth {
    type Err = ();

    /// Parses a month such as `2027-01`.
    fn from_str(text: &str) -> Result<Self, ()> {
        let (year, month) = text.split_once('-').ok_or(())?;
        let (year, month) = (year.parse().map_err(drop)?, month.parse().map_err(drop)?);
        Self::new(year, month).map_err(drop)
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_end_at_a_hundred_years() {
        assert!(Span::from_months(0).is_err());
        assert!(Span::from_months(1200).is_ok());
        assert_eq!(Span::from_months(1212).unwrap_err().reason, "101 years are longer than anyone can plan");
    }

    #[test]
    fn months_are_counted_across_years() {
        let start = YearMonth::new(2027, 1).unwrap();
        assert_eq!([11, 12].map(|months| start.plus(months).to_string()), ["2027-12", "2028-01"]);
        assert!(YearMonth::new(2027, 13).is_err() && YearMonth::new(1899, 12).is_err());
    }

    #[test]
    fn delays_refuse_what_is_no_time() {
        assert!(Delay::from_months(f64::NAN).is_err() && Delay::from_months(-1.0).is_err());
        assert_eq!(Delay::from_months(1.5).unwrap().months(), 1.5);
    }
}
