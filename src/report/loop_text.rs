//! What agents add, how close their loop stands to its edge and how often it goes there, in words.
//!
//! In: measures and the loop of a report. Out: a line of the screen, sentences of the page, the warning
//! that the loop feeds itself.
//! Not here: estimation (`stats`), the loop (`crash`).

use super::document::CrashPart;
use super::document::Report;
use super::measure::Measure;
use super::measure::seen_through;
use super::pictures::markets_alone;
use crate::crash::{OBSERVED_CRASHES_PER_YEAR, gain_between};
use crate::figure::{
    Quantity, at_most, grouped, money_with_error, per_cent, share_of_all, share_up,
};
use crate::math::digits::{rounded_error, told};
use crate::math::elementary::expm1;
use crate::page::{Document, Table, Text};
use crate::stats::look_up;

/// How often agents sell.
const SELLING: [&str; 3] = [
    "loop.selling_months.per_year",
    "loop.crash_months.per_year",
    "loop.full_cascade.probability",
];

/// Probability of a month from which on a loss is likely enough to warn of.
const LIKELY: f64 = 0.01;

impl Report {
    /// The line of the screen: what agents that sell together add.
    pub(super) fn write_agents(&self, page: &mut Document) {
        if let Some(said) = self.agents_add() {
            page.heading(
                "AGENTS ADD",
                Text::message(&format!("{said} `tailwheel explain loop`")),
            );
        }
    }

    /// All that is said of them.
    pub(super) fn write_all_of_agents(&self, page: &mut Document) {
        let Some((said, crash)) = self.agents_add().zip(self.scenario.crash.as_ref()) else {
            return;
        };
        page.heading("AGENTS ADD", said);
        if crash.first_trigger.is_none() || self.added_by_the_loop().is_empty() {
            return;
        }
        if self.nobody_sold().is_some() {
            page.sentence(crash.edge_sentence());
            return;
        }
        self.write_selling(page);
        let sentences = [
            Some(crash.edge_sentence()),
            self.crash_correlation_sentence(),
            self.own_agents_sentence(),
        ];
        for sentence in sentences.into_iter().flatten() {
            page.sentence(sentence);
        }
    }

    /// How often agents sell and how often that is a crash, beside what was observed.
    fn write_selling(&self, page: &mut Document) {
        let mut table = Table::new(&["", ">"]);
        for id in SELLING {
            if let Some((measure, kind)) = self.measure(id).zip(look_up(id)) {
                table.row(vec![kind.title.as_str().into(), measure.shown("").into()]);
            }
        }
        page.table(table);
        page.sentence(format!(
            "For scale: in seven crashes from March 2020 to November 2025, {OBSERVED_CRASHES_PER_YEAR} a year, \
             bitcoin fell by 15 to 46 % by daily closes."
        ));
    }

    /// Paired differences with their errors, or why there is nothing.
    fn agents_add(&self) -> Option<String> {
        let crash = self.scenario.crash.as_ref()?;
        let parts = self.added_by_the_loop();
        if parts.is_empty() {
            let why = match crash.first_trigger {
                Some(_) => "no sale of an agent would move a price",
                None => "no agent holds anything that it could sell",
            };
            return Some(format!("nothing: {why}."));
        }
        let nobody = self.nobody_sold();
        Some(nobody.unwrap_or_else(|| format!("{}.", parts.join(", "))))
    }

    /// That the loop did nothing in this run, and how often it may all the same.
    fn nobody_sold(&self) -> Option<String> {
        let selling = self.measure("loop.selling_months.per_year")?;
        match selling.value <= 0.0 {
            false => None,
            true if selling.is_certain() => Some("nothing here: no agent sells.".to_owned()),
            true => Some(format!(
                "nothing here: no agent sold in any of {} futures, so one sells in under {} of all.",
                grouped(self.run.paths),
                share_up(at_most(self.run.paths))
            )),
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
        for (id, what) in [
            ("loss.probability", "chance of a loss"),
            ("drawdown.max.mean", "mean maximum drawdown"),
        ] {
            parts.extend(added(id).map(|found| format!("{what} {} points", signed_points(found))));
        }
        if let Some(median) = added("wealth.terminal.real.p50") {
            let shown = money_with_error(&self.scenario.currency, median.quantity());
            let plus = if median.value > 0.0 { "+" } else { "" };
            parts.push(format!("median wealth {plus}{}", shown.whole()));
        } else if let Some(log) = added("wealth.terminal.log") {
            // many paths end alike, so the median has no error
            let share = seen_through(log, expm1);
            parts.push(format!(
                "geometric mean of wealth {} %",
                signed_points(&share)
            ));
        }
        parts
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
            text.push_str(&self.first_limit(loss, first.month.probability));
        }
        format!("{text}.")
    }

    /// How often the first limit, a log-loss, is reached before anybody sells: by a prescribed fall,
    /// by the markets alone.
    fn first_limit(&self, loss: f64, often: f64) -> String {
        let limit = format!("the first limit, a fall of {},", per_cent(-expm1(-loss), 1));
        let mut prescribed = self.prescribed.iter();
        let (start, limit, other) = match prescribed.find(|fall| fall.loss >= loss) {
            Some(fall) => (
                format!(
                    "; the fall prescribed for {} passes {}",
                    fall.date,
                    limit.trim_end_matches(',')
                ),
                "it",
                "other ",
            ),
            None => (String::new(), limit.as_str(), ""),
        };
        let n = self.exceedance.as_ref().map_or(0, |seen| seen.months);
        match often {
            _ if self.is_still => format!(
                "{start}; but for prescribed falls nothing moves the markets, so they alone cannot reach {}",
                limit.trim_end_matches(',')
            ),
            0.0 => format!(
                "{start}; the markets alone reached {limit} in none of {} {other}months that were \
                 sampled, so they do in under {} of months",
                grouped(n as u64),
                share_up(at_most(n as u64))
            ),
            often => format!(
                "{start}; the markets alone reach {limit} in {} of {other}months",
                share_of_all(often)
            ),
        }
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
        let place = match (reach.loss, reach.loss_in_crisis) {
            (Some(calm), Some(crisis)) if calm == crisis => format!(
                "past a fall of {} (gain {}, in a crisis {})",
                fall(calm),
                gain(calm, 1.0),
                gain(calm, thinning)
            ),
            (Some(calm), Some(crisis)) => format!(
                "past a fall of {} (gain {}), in a crisis past {} ({})",
                fall(calm),
                gain(calm, 1.0),
                fall(crisis),
                gain(crisis, thinning)
            ),
            (Some(calm), None) => {
                format!("past a fall of {} (gain {})", fall(calm), gain(calm, 1.0))
            }
            (None, Some(crisis)) => format!(
                "in a crisis past a fall of {} (gain {})",
                fall(crisis),
                gain(crisis, thinning)
            ),
            (None, None) => return None,
        };
        let often = format!("{} of months", share_of_all(reach.month.probability));
        Some(format!(
            "Agents' sales feed themselves {place}, and {}: expect crashes that are larger than \
             their cause.",
            markets_alone(reach.loss, reach.loss_in_crisis, &often)
        ))
    }

    /// Gain of a calm month between the edges around `loss`.
    fn gain_at(&self, loss: f64) -> f64 {
        gain_between(&self.profile_edges, &self.profile_gains, loss)
    }
}

/// `+2.3 ± 0.1`: a difference in hundredths with its error; with a bound of it where no path differs, with
/// `?` where these paths cannot tell it.
fn signed_points(measure: &Measure) -> String {
    let value = 100.0 * measure.value;
    let sign = if value < 0.0 { '−' } else { '+' };
    let half = match measure.interval {
        Some(ends) if ends[1] > ends[0] => {
            Some(100.0 * Quantity::between(measure.value, ends).half_width())
        }
        _ if measure.value == 0.0 => Some(100.0 * at_most(measure.n as u64)),
        _ => None,
    };
    let Some(half) = half else {
        let error = match measure.interval {
            Some(_) => "",
            None => " ± ?",
        };
        return format!("{sign}{:.1}{error}", value.abs());
    };
    // tenths are enough, unless there is nothing else
    let most = match (0.0..0.05).contains(&value.abs()) && value != 0.0 {
        true => 3,
        false => 1,
    };
    let place = told(value, half).place.clamp(0, most);
    let decimals = usize::try_from(place).unwrap_or(0);
    let text = format!("{sign}{:.decimals$}", value.abs());
    match half < 0.05 && most == 1 {
        true => text,
        false => format!("{text} ± {:.decimals$}", rounded_error(half, place)),
    }
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
    let text = format!("{gain:.decimals$}");
    match text == "1.00" && gain < 1.0 {
        true => "under 1".to_owned(),
        false => text,
    }
}

#[cfg(test)]
mod tests;
