//! Simulated months of a scenario, and faults for dates outside of them.
//!
//! In: dates of the file. Out: month numbers, or faults. Not here: how a date is read (`form`).

use crate::form::{Diagnostic, Faults, Place, fault};
use crate::units::YearMonth;

/// First month and number of simulated months.
#[derive(Clone, Copy)]
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

    /// Date of the last simulated month.
    pub fn last(&self) -> YearMonth {
        self.start.plus(self.months - 1)
    }

    /// Returns the fault that `date` lies outside the simulated months.
    pub fn outside(&self, date: YearMonth, place: Option<Place>) -> Diagnostic {
        let (start, last) = (self.start, self.last());
        fault!("range", "{date} is not simulated"; place => "outside the simulated months";
            rule: "this scenario runs from {start} to {last}")
    }

    /// Number of the month with this date; pushes a fault at `place` and returns `None` outside the horizon.
    pub fn month_at(&self, date: YearMonth, place: Option<Place>, faults: &mut Faults) -> Option<u32> {
        let month = self.month(date);
        if month.is_none() {
            let fault = self.outside(date, place);
            faults.push(fault.note("help", "write another month, or another `horizon`"));
        }
        month
    }

    /// Returns the number of a month that must lie after month `before`. Pushes the fault made by `said` if
    /// it does not, and returns `before + 1` if the date is not simulated.
    pub fn month_after(
        &self,
        before: u32,
        date: YearMonth,
        place: Option<Place>,
        said: impl FnOnce(String) -> Diagnostic,
        faults: &mut Faults,
    ) -> u32 {
        let month = self.month_at(date, place, faults);
        if month.is_some_and(|month| month <= before) {
            let last = self.start.plus(before - 1);
            faults.push(said(format!("{date} is no later than {last}")));
        }
        month.unwrap_or(before + 1)
    }
}
