//! What looking after the assets takes, in a sentence.
//!
//! In: an owner, measures. Out: a text. Not here: the hours (`record`).

use super::measure::Measure;
use crate::engine::Outcome;
use crate::figure::{Quantity, clearly_above, money, shown, spoken_month};
use crate::record::{HOURS, Unit};
use crate::scenario::Scenario;
use crate::units::{Delay, plain};
use std::collections::BTreeMap;

/// Weeks of a year.
const WEEKS: f64 = 12.0 * Delay::WEEKS_PER_MONTH;

/// Share of ruined paths from which on the mean is not that of who still looks after something.
const WORTH_SAYING: f64 = 0.005;

/// That on average assets and compliance come to ask for more hours than there are, and from when on; nothing where nobody
/// says how many there are.
pub(super) fn beyond(scenario: &Scenario, outcome: &Outcome) -> Option<String> {
    let there = scenario.owner.as_ref()?.hours?.get();
    let series = outcome.series(HOURS)?;
    let week = |date: usize| {
        let error = series.mean_error(date, outcome.n_paths);
        let month = Quantity {
            value: series.means[date],
            std_error: error,
        };
        month.times(1.0 / Delay::WEEKS_PER_MONTH)
    };
    let n = series.months.len();
    let is_beyond = |date: &usize| clearly_above(week(*date), Quantity::exact(there), n.max(2));
    let first = (0..n).find(is_beyond)?;
    let from = scenario.start.plus(series.months[first] - 1).to_string();
    let most = (0..n)
        .map(week)
        .max_by(|a, b| a.value.total_cmp(&b.value))?;
    let most = shown(
        Unit::HoursPerWeek,
        "",
        most,
        (outcome.n_paths as u64, false),
    )
    .value();
    Some(format!(
        "By {} looking after it takes more than the {} hours a week that there are, on average {most} where it is most: \
         somebody has to give them.",
        spoken_month(&from),
        plain(there)
    ))
}

/// `Looking after it takes 6.3 of your 10 hours a week on average; at $45 an hour that is $14,800 a year.`; nothing
/// where nobody counts hours.
pub(super) fn sentence(
    scenario: &Scenario,
    measures: &BTreeMap<String, Measure>,
) -> Option<String> {
    let owner = scenario.owner.as_ref()?;
    let hours = measures.get("hours.week.mean")?;
    let currency = &scenario.currency;
    let there = owner.hours.map_or(String::new(), |there| {
        format!(" of your {}", plain(there.get()))
    });
    // a twentieth of it is nothing that anybody plans with
    let mean = hours.quantity();
    let mean = Quantity::within(mean.value, mean.half_width().max(0.05 * mean.value));
    let told = |unit, quantity| shown(unit, currency, quantity, (hours.n as u64, false)).value();
    let taken = told(Unit::HoursPerWeek, mean);
    let ruined = measures.get("ruin.probability");
    let is_seen = ruined.is_some_and(|ruined| ruined.value >= WORTH_SAYING);
    let but = if is_seen {
        ", none of them after ruin"
    } else {
        ""
    };
    let said = format!("Looking after it takes {taken}{there} hours a week on average{but}");
    let price = owner.price_of_hour();
    if price == 0.0 {
        return Some(format!("{said}."));
    }
    let cost = told(Unit::Money, mean.times(WEEKS * price));
    let price = money(currency, price);
    Some(format!("{said}; at {price} an hour that is {cost} a year."))
}
