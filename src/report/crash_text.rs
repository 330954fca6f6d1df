//! What crashes do to the way markets move together, in one sentence.
//!
//! In: measures of a report. Out: a sentence of the page. Not here: estimation (`stats`).

use super::document::Report;
use super::measure::Measure;
use crate::figure::correlation;

/// Fewest crash months, and least share of all months, whose correlations are spoken of.
const FEWEST: usize = 100;
const LEAST_SHARE: f64 = 0.02;

impl Report {
    /// What the correlation of two markets is in crash months, without the loop in the same months,
    /// and in the other ones; nothing if the run had no or too few crashes, or too few paths for an error.
    pub(super) fn crash_correlation_sentence(&self) -> Option<String> {
        if !self.has_enough_crashes() {
            return None;
        }
        let measure = |id: &str| {
            let id = id.replace('*', "correlation.realised");
            self.measures
                .get(&id)
                .filter(|found| found.interval.is_some())
        };
        let (crash, calm) = (measure("*.crash.mean")?, measure("*.calm.mean")?);
        let without = measure("without_feedback.*.crash.mean")?;
        let added = measure("amplification.*.crash.mean")?;
        let n_markets = self.correlations.as_ref()?.markets.len();
        let markets = match n_markets {
            2 => "the two markets",
            _ => "two markets on average",
        };
        let [on, off, quiet] = [crash, without, calm].map(printed);
        let is_added = added
            .interval
            .is_some_and(|[low, high]| low > 0.0 || high < 0.0);
        let without_it = without_it(is_added, &on, &off);
        Some(format!(
            "In crash months {markets} correlate at {on}, in all others at {quiet}; {without_it}."
        ))
    }

    /// Whether crash months are common enough to speak of correlations in them: a few months picked
    /// because of what fell in them say more of the picking, which turns correlations negative (Berkson
    /// 1946), than of crashes.
    pub(super) fn has_enough_crashes(&self) -> bool {
        let found = self.correlations.as_ref();
        found.is_some_and(|found| {
            let crashes = found.crash_months.unwrap_or(0);
            crashes >= FEWEST && crashes as f64 >= LEAST_SHARE * found.months as f64
        })
    }
}

/// What the loop does to a correlation that is `on` with it and `off` without, if that is told apart
/// from none.
fn without_it(is_added: bool, on: &str, off: &str) -> String {
    match (is_added, on == off) {
        (true, false) => format!("without the loop it would be {off} in the same crash months"),
        (true, true) => "the loop changes that by less than the digits shown".to_owned(),
        (false, _) => "so many paths cannot tell whether the loop changes that".to_owned(),
    }
}

fn printed(measure: &Measure) -> String {
    correlation(measure.quantity())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_paths_do_not_tell_apart_from_none_is_not_said_to_be_small() {
        let told = without_it(false, "0.41", "0.21");
        assert_eq!(
            told,
            "so many paths cannot tell whether the loop changes that"
        );
        assert!(without_it(true, "0.41", "0.21").contains("would be 0.21"));
        assert!(without_it(true, "0.41", "0.41").contains("less than the digits"));
    }
}
