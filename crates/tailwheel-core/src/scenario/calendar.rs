//! Simulated months of a scenario, and faults for dates outside of them.
//!
//! In: dates of the file. Out: month numbers, or faults. Not here: how a date is read (`form`).

use crate::form::{At, Diagnostic, Faults, Place, fault};
use crate::units::YearMonth;

/// Simulated months of a scenario: the first one and how many there are.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    pub start: YearMonth,
    pub months: u32,
}

impl Calendar {
    /// Returns the number of the simulated month with this date, counted from 1; `None` outside the horizon.
    pub fn month(&self, date: YearMonth) -> Option<u32> {
        let count = |date: YearMonth| i64::from(date.year()) * 12 + i64::from(date.month());
        let month = count(date) - count(self.start) + 1;
        u32::try_from(month).ok().filter(|month| (1..=self.months).contains(month))
    }

    /// Number of the month with this date, counted from 1; 1 if the date lies outside the horizon.
    pub fn month_from(&self, date: YearMonth) -> u32 {
        self.month(date).unwrap_or(1)
    }

    /// Date of month number `month`, counted from 1.
    pub fn date(&self, month: u32) -> YearMonth {
        self.start.plus(month - 1)
    }

    /// Date of the last simulated month.
    pub fn last(&self) -> YearMonth {
        self.date(self.months)
    }

    /// Returns the fault that `date` lies outside the simulated months.
    pub fn outside(&self, date: YearMonth, place: Option<Place>) -> Diagnostic {
        let (start, last) = (self.start, self.last());
        let help = if date < start {
            "write a later month, or an earlier `start`"
        } else {
            "write an earlier month, or a longer `horizon`"
        };
        fault!("range", "{date} is not simulated"; place => "outside the simulated months";
            rule: "this scenario runs from {start} to {last}"; help: "{help}")
    }

    /// Number of the month with this date; pushes a fault at `place` and returns `None` outside the horizon.
    pub fn month_at(&self, date: YearMonth, place: Option<Place>, faults: &mut Faults) -> Option<u32> {
        let month = self.month(date);
        if month.is_none() {
            faults.push(self.outside(date, place));
        }
        month
    }

    /// Returns `date`, which must lie after the month `before`; otherwise pushes the fault that `said` makes
    /// of the reason. For a `date` that is not simulated, pushes a fault and returns the month after
    /// `before`.
    pub fn date_after(
        &self,
        before: YearMonth,
        date: At<YearMonth>,
        said: impl FnOnce(String) -> Diagnostic,
        faults: &mut Faults,
    ) -> YearMonth {
        if self.month_at(*date, date.place, faults).is_none() {
            return before.plus(1);
        }
        if *date <= before {
            faults.push(said(format!("{} is no later than {before}", *date)));
        }
        *date
    }
}
