//! What the loop adds, how close it stands to its edge and how often it goes there, in words.
//!
//! In: measures and the loop of a report. Out: lines for the screen, the warning that it feeds itself.
//! Not here: estimation (`stats`), the loop (`crash`).

use super::document::CrashPart;
use super::figure::{money_with_error, per_cent, points_with_error};
use super::layout::Page;
use super::text::seen_through;
use super::{Measure, Report};
use crate::crash::{OBSERVED_CRASHES_PER_YEAR, gain_between};
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
            let why = match crash.first_trigger {
                Some(_) => "no sale of an agent would move a price",
                None => "no agent holds anything that it could sell",
            };
            page.wrapped(&format!("THE LOOP ADDS nothing: {why}."));
            page.gap();
            return;
        }
        page.wrapped(&format!("THE LOOP ADDS {}.", parts.join(", ")));
        let sentences = [
            self.selling_sentence(),
            Some(crash.edge_sentence()),
            self.crash_correlation_sentence(),
            self.own_agents_sentence(),
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

    /// That the owner's own agents sell too, if there are any.
    fn own_agents_sentence(&self) -> Option<String> {
        let minded: Vec<String> = self
            .scenario
            .assets
            .iter()
            .filter_map(|asset| {
                Some(format!(
                    "{} with {}",
                    asset.name,
                    asset.managed_by.as_ref()?
                ))
            })
            .collect();
        (!minded.is_empty()).then(|| {
            format!(
                "Your own agents sell too ({}): what that does to you is in these figures.",
                minded.join(", ")
            )
        })
    }

    fn added_by_the_loop(&self) -> Vec<String> {
        let added = |id: &str| self.measure(&format!("amplification.{id}"));
        let mut parts = Vec::new();
        if let Some(loss) = added("loss.probability") {
            parts.push(format!(
                "to the chance of a loss {} points",
                signed_points(loss)
            ));
        }
        if let Some(fall) = added("drawdown.max.mean") {
            parts.push(format!(
                "to the deepest fall {} points",
                signed_points(fall)
            ));
        }
        if let Some(median) = added("wealth.terminal.real.p50") {
            let text = money_with_error(&self.scenario.currency, median).whole();
            let plus = if median.value > 0.0 { "+" } else { "" };
            parts.push(format!("to median wealth {plus}{text}"));
        } else if let Some(log) = added("wealth.terminal.log") {
            // many paths end alike, so the median has no error
            let share = seen_through(log, expm1);
            parts.push(format!("to typical wealth {} %", signed_points(&share)));
        }
        parts
    }

    /// How often agents sell, how often that is a crash, beside what was observed.
    fn selling_sentence(&self) -> Option<String> {
        let selling = self.measure("loop.selling_months.per_year")?;
        if selling.value == 0.0 {
            return Some("No agent sold in any month of any path.".to_owned());
        }
        let years = f64::from(self.run.months) / 12.0;
        let crashes = self.measure("loop.crash_months.per_year");
        let mut text = match years < 1.0 {
            true => format!(
                "Agents sell in {} of {} months",
                rate(years * selling.value),
                self.run.months
            ),
            false => format!("Agents sell in {} months a year", rate(selling.value)),
        };
        if let (Some(crashes), false) = (crashes, years < 1.0) {
            text.push_str(&format!(
                "; in {} of them a market falls by 5 % or more through their sales (for scale: \
                 crypto markets had {OBSERVED_CRASHES_PER_YEAR} crashes a year, 2020–25)",
                rate(crashes.value)
            ));
        }
        if let Some(full) = self.measure("loop.full_cascade.probability") {
            let how_often = match full.value {
                0.0 => "in no future".to_owned(),
                1.0 => "at least once in every future".to_owned(),
                _ => format!(
                    "at least once in {} of futures",
                    points_with_error(full, 1.0).value()
                ),
            };
            text.push_str(&format!(
                ". Nine of ten, by money, sell in one and the same month {how_often}"
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
            let fall = per_cent(-expm1(-loss), 1);
            text.push_str(&match first.month.probability {
                0.0 => format!("; the markets alone never reach the first limit, a fall of {fall}"),
                often => format!(
                    "; the markets alone reach the first limit, a fall of {fall}, in {} of months",
                    share_of_months(often)
                ),
            });
        }
        format!("{text}.")
    }

    /// Warns where a gain of 1 or more goes with a loss that is likely.
    pub(super) fn feeds_itself(&self) -> Option<String> {
        let reach = self
            .self_feeding
            .filter(|reach| reach.month.probability >= LIKELY)?;
        let thinning = self
            .gain_in_crisis
            .zip(self.gain)
            .map_or(1.0, |(crisis, calm)| crisis / calm);
        let gain = |loss: f64, times: f64| gain_figure(times * self.gain_at(loss));
        let fall = |loss: f64| per_cent(-expm1(-loss), 1);
        let (place, there) = match (reach.loss, reach.loss_in_crisis) {
            (Some(calm), Some(crisis)) if calm == crisis => (
                format!(
                    "past a fall of {} (gain {}, in a crisis {})",
                    fall(calm),
                    gain(calm, 1.0),
                    gain(calm, thinning)
                ),
                "that far",
            ),
            (Some(calm), Some(crisis)) => (
                format!(
                    "past a fall of {} (gain {}), in a crisis past {} ({})",
                    fall(calm),
                    gain(calm, 1.0),
                    fall(crisis),
                    gain(crisis, thinning)
                ),
                "as far",
            ),
            (Some(calm), None) => (
                format!("past a fall of {} (gain {})", fall(calm), gain(calm, 1.0)),
                "that far",
            ),
            (None, Some(crisis)) => (
                format!(
                    "in a crisis, past a fall of {} (gain {}),",
                    fall(crisis),
                    gain(crisis, thinning)
                ),
                "that far",
            ),
            (None, None) => return None,
        };
        Some(format!(
            "Agents' sales feed themselves {place} and the markets alone fall {there} in {} of \
             months: expect crashes that are larger than their cause.",
            share_of_months(reach.month.probability)
        ))
    }

    /// Gain of a calm month between the edges around `loss`.
    fn gain_at(&self, loss: f64) -> f64 {
        gain_between(&self.profile_edges, &self.profile_gains, loss)
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

/// `+2.3 ± 0.1`: a difference in hundredths with its error, where that is known and not nothing.
fn signed_points(measure: &Measure) -> String {
    let value = 100.0 * measure.value;
    let sign = if value < 0.0 { '−' } else { '+' };
    let half = measure
        .interval
        .map_or(0.0, |[low, high]| 50.0 * (high - low));
    if half == 0.0 {
        return format!("{sign}{:.1}", value.abs());
    }
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
    format!("{} ({word})", gain_figure(gain))
}

/// `0.84`, `12.3`, `624`: three figures at most.
fn gain_figure(gain: f64) -> String {
    let decimals = match gain {
        gain if gain < 10.0 => 2,
        gain if gain < 100.0 => 1,
        _ => 0,
    };
    format!("{gain:.decimals$}")
}

#[cfg(test)]
mod tests {
    use super::super::document::{ChancePart, ReachPart};
    use super::*;

    fn chance(probability: f64) -> ChancePart {
        ChancePart {
            probability,
            std_error: 0.001,
        }
    }

    /// Gain 1.5 between losses of 0.1 and 0.2, 0.5 from there to 0.4; crises multiply it by 3.
    fn crash(loss: Option<f64>, loss_in_crisis: Option<f64>, probability: f64) -> CrashPart {
        CrashPart {
            gain: Some(1.5),
            gain_in_crisis: Some(4.5),
            profile_edges: vec![0.1, 0.2, 0.4],
            profile_gains: vec![1.5, 0.5],
            first_trigger: None,
            self_feeding: Some(ReachPart {
                loss,
                loss_in_crisis,
                month: chance(probability),
                calm_month: chance(probability),
                crisis_month: None,
            }),
            exceedance: None,
            limits: None,
        }
    }

    #[test]
    fn a_place_is_warned_of_with_the_gain_that_it_has() {
        let said = |loss, crisis| crash(loss, crisis, 0.04).feeds_itself().unwrap_or_default();
        assert!(
            said(Some(0.1), Some(0.1))
                .contains("past a fall of 9.5 % (gain 1.50, in a crisis 4.50)")
        );
        // the gain at the place, not the largest of all
        assert!(said(None, Some(0.2)).contains("in a crisis, past a fall of 18.1 % (gain 1.50)"));
        assert!(
            said(Some(0.1), Some(0.2))
                .contains("past a fall of 9.5 % (gain 1.50), in a crisis past 18.1 % (1.50)")
        );
        assert!(said(Some(0.1), None).ends_with(
            "that far in 4.0 % of months: expect crashes that are larger than their cause."
        ));
    }

    #[test]
    fn a_loss_that_is_hardly_ever_reached_is_not_warned_of() {
        assert_eq!(crash(Some(0.1), None, 0.009).feeds_itself(), None);
        assert_eq!(crash(None, None, 0.5).feeds_itself(), None);
    }

    #[test]
    fn a_gain_has_no_more_than_three_figures() {
        let words = [0.844, 12.34, 623.8].map(gain_figure);
        assert_eq!(words, ["0.84", "12.3", "624"]);
    }

    #[test]
    fn a_difference_without_error_is_shown_without_one() {
        let exact = Measure {
            value: 0.9734,
            std_error: Some(0.0),
            interval: Some([0.9734, 0.9734]),
            level: 0.95,
            n: 256,
            unit: "fraction",
            note: None,
            is_error_unknown: false,
        };
        assert_eq!(signed_points(&exact), "+97.3");
        let known = Measure {
            interval: Some([0.9725, 0.9745]),
            ..exact
        };
        assert_eq!(signed_points(&known), "+97.3 ± 0.1");
    }
}
