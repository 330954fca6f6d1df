//! What the loop adds, how close it stands to its edge and how often it goes there, in words.
//!
//! In: measures and the loop of a report. Out: lines for the screen, the warning that it feeds itself.
//! Not here: estimation (`stats`), the loop (`crash`).

use super::document::{CrashPart, ReachPart};
use super::figure::{money_with_error, per_cent, points_with_error};
use super::layout::Page;
use super::{Measure, Report};
use crate::crash::OBSERVED_CRASHES_PER_YEAR;
use crate::math::elementary::expm1;

/// Probability of a month from which on a loss is likely enough to warn of.
const LIKELY: f64 = 0.01;

impl Report {
    /// What the loop adds: paired differences with their errors, and how close it is to the edge.
    pub(super) fn write_loop(&self, page: &mut Page) {
        let Some(crash) = &self.scenario.crash else {
            return;
        };
        let parts = self.added_by_the_loop();
        if parts.is_empty() {
            page.wrapped("THE LOOP ADDS nothing: no agent holds anything that it could sell.");
            page.gap();
            return;
        }
        page.wrapped(&format!("THE LOOP ADDS {}.", parts.join(", ")));
        let sentences = [
            self.selling_sentence(),
            Some(crash.edge_sentence()),
            self.crash_correlation_sentence(),
        ];
        for sentence in sentences.into_iter().flatten() {
            page.wrapped(&sentence);
        }
        page.gap();
        if let Some(limits) = &crash.limits {
            limits.write(self.scenario.correlation.markets.len(), page);
            page.gap();
        }
    }

    fn added_by_the_loop(&self) -> Vec<String> {
        let added = |id: &str| self.measure(&format!("amplification.{id}"));
        let mut parts = Vec::new();
        if let Some(loss) = added("loss.probability") {
            parts.push(format!("losses {} points", signed_points(loss)));
        }
        if let Some(fall) = added("drawdown.max.mean") {
            parts.push(format!("deepest fall {} points", signed_points(fall)));
        }
        if let Some(median) = added("wealth.terminal.real.p50") {
            let text = money_with_error(&self.scenario.currency, median).whole();
            let plus = if median.value > 0.0 { "+" } else { "" };
            parts.push(format!("median wealth {plus}{text}"));
        }
        parts
    }

    /// How often agents sell, how often that is a crash, beside what was observed.
    fn selling_sentence(&self) -> Option<String> {
        let selling = self.measure("loop.selling_months.per_year")?;
        if selling.value == 0.0 {
            return Some("No agent sold in any month of any path.".to_owned());
        }
        let mut text = format!("Agents sell in {} months a year", rate(selling.value));
        if let Some(crashes) = self.measure("loop.crash_months.per_year") {
            text.push_str(&format!(
                "; in {} of them a market falls by 5 % or more through their sales (for scale: \
                 crypto markets had {OBSERVED_CRASHES_PER_YEAR} crashes a year, 2020–25)",
                rate(crashes.value)
            ));
        }
        if let Some(full) = self.measure("loop.full_cascade.probability") {
            let share = points_with_error(full, 1.0).value();
            text.push_str(&format!(
                ". Nine of ten sell in one and the same month at least once in {share} of futures"
            ));
        }
        Some(format!("{text}."))
    }
}

impl CrashPart {
    /// The gain, and how often the markets alone reach the first limit.
    fn edge_sentence(&self) -> String {
        let mut text = match self.gain {
            Some(gain) => format!("Its gain is {}", gain_in_words(gain)),
            None => "It has no gain: where the impact is not linear, the first sale counts most"
                .to_owned(),
        };
        if let Some(gain) = self.gain_in_crisis {
            text.push_str(&format!(", in a crisis {}", gain_in_words(gain)));
        }
        if let Some((first, loss)) = self
            .first_trigger
            .and_then(|first| Some((first, first.loss?)))
        {
            text.push_str(&format!(
                "; the markets alone reach the first limit, a fall of {}, in {} of months",
                per_cent(-expm1(-loss), 1),
                share_of_months(first.month.probability)
            ));
        }
        format!("{text}.")
    }

    /// Warns where a gain of 1 or more goes with a loss that is likely.
    pub(super) fn feeds_itself(&self) -> Option<String> {
        let reach = self
            .self_feeding
            .filter(|reach| reach.month.probability >= LIKELY)?;
        let gain = match (reach.loss, self.gain, self.gain_in_crisis) {
            (Some(_), Some(gain), _) | (None, _, Some(gain)) => gain,
            _ => return None,
        };
        Some(format!(
            "{} agents' sales feed themselves (gain {gain:.2}), and the markets alone go there in {} \
             of months: expect crashes that are larger than their cause.",
            place(reach),
            share_of_months(reach.month.probability)
        ))
    }
}

fn place(reach: ReachPart) -> String {
    match (reach.loss, reach.loss_in_crisis) {
        (Some(loss), _) => format!("From a fall of {} on", per_cent(-expm1(-loss), 1)),
        (None, Some(loss)) => {
            format!(
                "In a crisis, from a fall of {} on,",
                per_cent(-expm1(-loss), 1)
            )
        }
        (None, None) => "Somewhere".to_owned(),
    }
}

/// `3.0`, `0.90`: a rate of a year to two digits.
fn rate(per_year: f64) -> String {
    let decimals = if per_year >= 1.0 { 1 } else { 2 };
    format!("{per_year:.decimals$}")
}

/// `24 %`, `3.9 %`, `0.03 %`
fn share_of_months(probability: f64) -> String {
    let decimals = match probability {
        p if p >= 0.1 => 0,
        p if p >= 0.01 => 1,
        _ => 2,
    };
    per_cent(probability, decimals)
}

/// `+2.3 ± 0.1`: a difference in hundredths with its error, where that is known.
fn signed_points(measure: &Measure) -> String {
    let value = 100.0 * measure.value;
    let sign = if value < 0.0 { '−' } else { '+' };
    let Some([low, high]) = measure.interval else {
        return format!("{sign}{:.1}", value.abs());
    };
    let half = 50.0 * (high - low);
    let decimals = match half {
        h if h >= 1.0 => 0,
        h if h >= 0.1 => 1,
        _ => 2,
    };
    format!("{sign}{:.decimals$} ± {half:.decimals$}", value.abs())
}

/// `0.84 (stable)`
fn gain_in_words(gain: f64) -> String {
    let word = if gain < 1.0 { "stable" } else { "unstable" };
    format!("{gain:.2} ({word})")
}
