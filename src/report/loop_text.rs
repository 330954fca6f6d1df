//! What agents add, how close their loop stands to its edge and how often it goes there, in words.
//!
//! In: measures and the loop of a report. Out: a line of the screen, sentences of the page, the warning
//! that the loop feeds itself.
//! Not here: estimation (`stats`), the loop (`crash`).

use super::document::{CrashPart, Report};
use super::measure::{Measure, seen_through};
use super::pictures::{feeds_past, gain_in_figures, markets_alone};
use crate::crash::{OBSERVED_CRASHES_PER_YEAR, gain_between};
use crate::figure::{
    Quantity, at_most, grouped, money_with_error, per_cent, points, share_of_all, share_up,
};
use crate::math::elementary::expm1;
use crate::page::{Document, Table, Text};
use crate::stats::look_up;

/// How often agents sell.
const SELLING: [&str; 4] = [
    FULL_CASCADE,
    "loop.selling_months.per_year",
    "loop.crash_months.per_year",
    "loop.false_sales.mean",
];

/// How often nearly all of them sell at once: the tail, which means over all paths do not show.
pub(super) const FULL_CASCADE: &str = "loop.full_cascade.probability";

/// Probability of a month from which on a loss is likely enough to warn of.
const LIKELY: f64 = 0.01;

impl Report {
    /// The line of the screen: what agents that sell together add.
    pub(super) fn write_agents(&self, page: &mut Document) {
        if let Some((heading, said)) = self.agents() {
            page.heading(
                heading,
                Text::message(&format!("{said} `tailwheel explain loop`")),
            );
        }
    }

    /// All that is said of them.
    pub(super) fn write_all_of_agents(&self, page: &mut Document) {
        let Some(((heading, said), crash)) = self.agents().zip(self.scenario.crash.as_ref()) else {
            return;
        };
        page.heading(heading, said);
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

    /// A heading and what stands behind it: how often nearly all of them sell at once, then paired differences with their
    /// errors; or why there is nothing.
    fn agents(&self) -> Option<(&'static str, String)> {
        let crash = self.scenario.crash.as_ref()?;
        let parts = self.added_by_the_loop();
        if parts.is_empty() {
            let why = match crash.first_trigger {
                Some(_) => "no sale of an agent would move a price",
                None => "no agent holds anything that it could sell",
            };
            return Some(("AGENTS ADD", format!("nothing: {why}.")));
        }
        if let Some(nobody) = self.nobody_sold() {
            return Some(("AGENTS ADD", nobody));
        }
        let parts = parts.join(", ");
        Some(match self.measure(FULL_CASCADE) {
            Some(full) if full.n > 1 => {
                let often = full.shown("").whole();
                let all = format!("nine in ten of them in one month on {often} of paths.");
                ("AGENTS SELL", format!("{all} They add: {parts}."))
            }
            _ => ("AGENTS ADD", format!("{parts}.")),
        })
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
        let plus = |value: f64| if value > 0.0 { "+" } else { "" };
        let share = |change: &Measure| {
            let shown = points(bounded(change)).whole().replace(" %", "");
            format!("{}{shown}", plus(change.value))
        };
        let chances = [
            ("chance of a loss", added("loss.probability")),
            ("mean maximum drawdown", added("drawdown.max.mean")),
        ];
        let chances = chances.into_iter();
        let chances =
            chances.filter_map(|(what, change)| Some(format!("{what} {} points", share(change?))));
        let wealth = match added("wealth.terminal.real.p50") {
            Some(median) => {
                let shown = money_with_error(&self.scenario.currency, median.quantity());
                Some(format!(
                    "median wealth {}{}",
                    plus(median.value),
                    shown.whole()
                ))
            }
            // many paths end alike, so the median has no error
            None => added("wealth.terminal.log").map(|log| {
                let change = seen_through(log, expm1);
                format!("geometric mean of wealth {} %", share(&change))
            }),
        };
        chances.chain(wealth).collect()
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
        let fall = |loss: f64| per_cent(-expm1(-loss), 1);
        let place = feeds_past(reach, |loss| self.gain_at(loss), thinning, fall)?;
        let often = format!("{} of months", share_of_all(reach.month.probability));
        Some(format!(
            "Sales feed themselves {place}; {}.",
            markets_alone(reach.loss, reach.loss_in_crisis, &often)
        ))
    }

    /// Gain of a calm month between the edges around `loss`.
    fn gain_at(&self, loss: f64) -> f64 {
        gain_between(&self.profile_edges, &self.profile_gains, loss)
    }
}

/// A difference of shares with its error; where no path differs, with how large it may be.
fn bounded(added: &Measure) -> Quantity {
    match (added.value, added.interval()) {
        (0.0, interval) if interval.is_none_or(|[low, high]| low == high) => {
            Quantity::within(0.0, at_most(added.n as u64))
        }
        (value, None) => Quantity::within(value, f64::INFINITY),
        _ => added.quantity(),
    }
}

/// `0.84 (stable)`
fn gain_in_words(gain: f64) -> String {
    let word = if gain < 1.0 { "stable" } else { "unstable" };
    format!("{} ({word})", gain_in_figures(gain))
}

#[cfg(test)]
mod tests;
