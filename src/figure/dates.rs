//! Round dates of a time axis, with their labels.
//!
//! In: first month, horizon, number of dates. Out: years from the start with labels. Not here: pixels (`chart`).

use super::{spoken_month, year_of};
use crate::units::YearMonth;

/// Returns round dates of a time axis, in years from `start`, with labels: the start and at most `at_most`
/// more. The last one is the horizon (`years`) if a step that is not too coarse ends there. A label names the
/// year or month that begins at the date; if `at_most` is 2 or less, months have no year.
pub fn dates(start: YearMonth, years: f64, at_most: usize) -> Vec<(f64, String)> {
    const STEPS_IN_MONTHS: [u32; 10] = [1, 2, 3, 6, 12, 24, 36, 60, 120, 240];
    let months = (years * 12.0).round() as u32;
    let fits = |step: &u32| (months / step) as usize <= at_most;
    let ends_at_horizon = |step: &u32| {
        let n_ticks = (months / step) as usize;
        fits(step) && months.is_multiple_of(*step) && 3 * n_ticks >= at_most
    };
    let steps = || STEPS_IN_MONTHS.into_iter();
    let step = steps().find(ends_at_horizon).or(steps().find(fits));
    let step = step.unwrap_or(600);
    let label = |month: u32| {
        let date = start.plus(month).to_string();
        let (spoken, is_narrow) = (spoken_month(&date), at_most <= 2);
        match step {
            12.. if is_narrow || date.ends_with("-01") => year_of(&date).to_owned(),
            ..12 if is_narrow => spoken[..3].to_owned(),
            _ => spoken,
        }
    };
    let ticks = (0..=months).step_by(step as usize);
    ticks.map(|month| (f64::from(month) / 12.0, label(month))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_date_is_the_horizon_where_a_step_meets_it() {
        let labels = |months: f64, at_most: usize| -> Vec<String> {
            let start = YearMonth::new(2027, 1).expect("a month");
            let dates = dates(start, months / 12.0, at_most);
            dates.into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(labels(3.0, 2), ["Jan", "Apr"]);
        assert_eq!(labels(1.0, 2), ["Jan", "Feb"]);
        assert_eq!(labels(120.0, 2), ["2027", "2032", "2037"]);
        assert_eq!(labels(15.0, 12).last().expect("dates"), "Apr 2028");
        assert_eq!(labels(180.0, 12).len(), 6, "every third year, as far as the horizon");
        assert_eq!(labels(120.0, 12).len(), 11);
    }
}
