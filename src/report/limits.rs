//! The scenario's agents with one limit for all, and each with its own: what diversity changes.
//!
//! In: a scenario. Out: [`LimitsPart`], lines for the screen. Not here: the months (`engine`), paths on
//! which months follow each other (`stats`).

use super::columns::Columns;
use super::document::{FigurePart, LimitsFigures, LimitsPart, LimitsRow};
use super::figure::{per_cent, share_of_all};
use super::layout::Page;
use crate::engine::{AgentMonths, Figure, Limits};
use crate::math::digits::rounded_error;
use crate::math::elementary::expm1;
use crate::plan::LoopPlan;
use crate::scenario::{ClusterEntry, Crash, Scenario};

/// Widest band (log) that counts as one limit, and least width of the band of agents that each have
/// their own: those of the catalog's models.
const ONE: f64 = 0.06;
const OWN: f64 = 0.30;
/// Half-width of a 95 % interval in standard errors that come from 32 blocks: Student's t.
const HALF_WIDTH: f64 = 2.04;

/// What the agents of `scenario` do as written, with one limit and with limits of their own, on
/// the same draws; nothing if they hardly ever sell. False signals are left out of all three.
pub(super) fn limits_part(scenario: &Scenario) -> Option<LimitsPart> {
    let mut written = scenario.crash.clone()?;
    for cluster in &mut written.clusters {
        cluster.hallucination = None;
    }
    let (one, own) = (
        pooled(&written, "one limit", one_width(&written)),
        pooled(&written, "own limits", own_width(&written)),
    );
    let entries = [written, one, own];
    let plans: Option<Vec<LoopPlan>> = entries
        .iter()
        .map(|entry| LoopPlan::compile(scenario, entry))
        .collect();
    let limits = Limits::sample(&plans?, &weights(scenario))?;
    let row = |index: usize| LimitsRow {
        first_trigger: first(&entries[index]),
        last_trigger: last(&entries[index]),
        months: figures(limits.of(index)),
    };
    let part = LimitsPart {
        as_written: row(0),
        one_limit: row(1),
        own_limits: row(2),
        own_less_one: figures(limits.difference(2, 1)),
    };
    let ever = |row: &LimitsRow| row.months.nearly_all_sell.value > 0.0;
    (ever(&part.one_limit) || ever(&part.own_limits)).then_some(part)
}

/// Share of the opening values in each market; equal where nothing is held.
fn weights(scenario: &Scenario) -> Vec<f64> {
    let value = |assets: &Vec<usize>| -> f64 {
        let values = assets
            .iter()
            .map(|asset| scenario.assets[*asset].value.get());
        values.sum()
    };
    let values: Vec<f64> = scenario
        .markets
        .iter()
        .map(|market| value(&market.assets))
        .collect();
    let total: f64 = values.iter().sum();
    let equal = 1.0 / values.len() as f64;
    let share = |value: &f64| if total > 0.0 { value / total } else { equal };
    values.iter().map(share).collect()
}

/// All agents in one cluster of the width given: the same mean limit, means of the rest by capital.
fn pooled(entry: &Crash, name: &str, width: f64) -> Crash {
    let mean = |of: fn(&ClusterEntry) -> f64| -> f64 {
        let weighted = entry.clusters.iter().map(|one| one.capital_share * of(one));
        weighted.sum()
    };
    let middle = mean(|one| one.first_trigger + 0.5 * one.dispersion);
    // the first limit stays above no loss at all
    let width = width.min(1.9 * middle);
    Crash {
        clusters: vec![ClusterEntry {
            name: name.to_owned(),
            capital_share: mean(|_| 1.0),
            first_trigger: middle - 0.5 * width,
            dispersion: width,
            sell_fraction: mean(|one| one.sell_fraction),
            blocks: entry
                .clusters
                .iter()
                .map(|one| one.blocks)
                .max()
                .unwrap_or(1),
            hallucination: None,
        }],
        impact_exponent: entry.impact_exponent,
    }
}

fn one_width(entry: &Crash) -> f64 {
    let widths = entry.clusters.iter().map(|one| one.dispersion);
    widths.fold(ONE, f64::min)
}

fn own_width(entry: &Crash) -> f64 {
    (last(entry) - first(entry)).max(OWN)
}

fn first(entry: &Crash) -> f64 {
    let triggers = entry.clusters.iter().map(|one| one.first_trigger);
    triggers.fold(f64::INFINITY, f64::min)
}

fn last(entry: &Crash) -> f64 {
    let triggers = entry.clusters.iter();
    triggers
        .map(|one| one.first_trigger + one.dispersion)
        .fold(0.0, f64::max)
}

fn figures(months: AgentMonths) -> LimitsFigures {
    let part = |figure: Figure| FigurePart {
        value: figure.value,
        std_error: figure.std_error,
    };
    LimitsFigures {
        nearly_all_sell: part(months.nearly_all_sell),
        worst_month: part(months.worst_month),
        correlation: part(months.correlation),
    }
}

impl FigurePart {
    fn differs_from_zero(self) -> bool {
        self.value.abs() > HALF_WIDTH * self.std_error
    }

    /// That `what` is not seen to change: that it differs nowhere, or by less than its error.
    fn unchanged(self, what: &str) -> String {
        match self.value == 0.0 && self.std_error == 0.0 {
            true => format!("no change is seen in {what}"),
            false => format!("no change beyond error is seen in {what}"),
        }
    }

    fn times(self, factor: f64) -> Self {
        Self {
            value: factor * self.value,
            std_error: factor * self.std_error,
        }
    }

    /// `0.3 ± 0.1`: without its sign, to the first digit of the error.
    fn size(self) -> String {
        let half = HALF_WIDTH * self.std_error;
        let decimals = match half {
            h if h >= 1.0 => 0,
            h if h >= 0.1 => 1,
            h if h >= 0.01 => 2,
            _ => 3,
        };
        let half = rounded_error(half, i32::try_from(decimals).unwrap_or(0));
        format!("{:.decimals$} ± {half:.decimals$}", self.value.abs())
    }
}

impl LimitsPart {
    /// A table of the three, and what spreading the limits changes, within error or beyond it.
    pub(super) fn write(&self, n_markets: usize, page: &mut Page) {
        page.wrapped(
            "ONE LIMIT OR MANY: the same agents without false signals, on the same draws; limits are \
             falls, the worst month in 100 is that of the opening holdings at market prices.",
        );
        let headings = [
            "limits of",
            "from",
            "to",
            "9 in 10 sell",
            "worst month",
            "correlation",
        ];
        let n_columns = if n_markets > 1 { 6 } else { 5 };
        let mut table = Columns::new(&headings[..n_columns], 1);
        for (name, row) in [
            ("all as written", &self.as_written),
            ("one for all", &self.one_limit),
            ("each its own", &self.own_limits),
        ] {
            let months = &row.months;
            let mut cells = vec![
                name.to_owned(),
                per_cent(-expm1(-row.first_trigger), 1),
                per_cent(-expm1(-row.last_trigger), 1),
                per_cent(months.nearly_all_sell.value, 1),
                per_cent(-months.worst_month.value, 1),
                format!("{:.2}", months.correlation.value),
            ];
            cells.truncate(n_columns);
            table.row(cells);
        }
        for line in table.lines(page.width()) {
            page.line(&line);
        }
        page.wrapped(&self.finding(n_markets));
    }

    fn finding(&self, n_markets: usize) -> String {
        let change = &self.own_less_one;
        let mut parts = vec![self.cascades()];
        let worst = change.worst_month;
        parts.push(match worst.differs_from_zero() {
            false => worst.unchanged("the worst month in 100"),
            true => format!(
                "the worst month in 100 is {} points {}",
                worst.times(100.0).size(),
                if worst.value < 0.0 { "milder" } else { "worse" }
            ),
        });
        if n_markets > 1 {
            let correlation = change.correlation;
            parts.push(match correlation.differs_from_zero() {
                false => correlation.unchanged("how two markets correlate"),
                true => format!(
                    "two markets correlate by {} {}",
                    correlation.size(),
                    if correlation.value > 0.0 {
                        "more"
                    } else {
                        "less"
                    }
                ),
            });
        }
        let last = parts.pop().unwrap_or_default();
        format!(
            "With limits of their own instead of one for all, {}, and {last}. Which costs the owner \
             less over the years, only a run of each tells.",
            parts.join(", ")
        )
    }

    fn cascades(&self) -> String {
        let [one, own] = [&self.one_limit, &self.own_limits].map(|row| row.months.nearly_all_sell);
        let change = self.own_less_one.nearly_all_sell;
        if !change.differs_from_zero() {
            return change.unchanged("how often nine in ten sell together");
        }
        format!(
            "nine in ten sell together in {} of months instead of {}",
            share_of_all(own.value),
            share_of_all(one.value)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(nearly_all: f64, worst: f64, correlation: f64, std_error: f64) -> LimitsPart {
        let figure = |value: f64| FigurePart { value, std_error };
        let row = |sold: f64| LimitsRow {
            first_trigger: 0.18,
            last_trigger: 0.24,
            months: LimitsFigures {
                nearly_all_sell: figure(sold),
                worst_month: figure(0.2),
                correlation: figure(0.3),
            },
        };
        LimitsPart {
            as_written: row(0.03),
            one_limit: row(0.03),
            own_limits: row(0.03 + nearly_all),
            own_less_one: LimitsFigures {
                nearly_all_sell: figure(nearly_all),
                worst_month: figure(worst),
                correlation: figure(correlation),
            },
        }
    }

    #[test]
    fn what_limits_change_is_said_with_its_error() {
        let said = part(-0.02, -0.012, 0.05, 0.001).finding(4);
        assert!(
            said.contains("in 1.0 % of months instead of 3.0 %"),
            "{said}"
        );
        assert!(said.contains("is 1.2 ± 0.3 points milder"), "{said}");
        assert!(said.contains("correlate by 0.050 ± 0.003 more"), "{said}");
        let other = part(0.02, 0.012, -0.05, 0.001).finding(4);
        assert!(
            other.contains("in 5.0 % of months instead of 3.0 %"),
            "{other}"
        );
        assert!(
            other.contains("points worse") && other.contains(" less. "),
            "{other}"
        );
    }

    #[test]
    fn within_error_nothing_is_said_to_change() {
        let said = part(-0.002, -0.002, 0.002, 0.001).finding(4);
        for what in [
            "how often nine in ten sell together",
            "the worst month in 100",
            "how two markets correlate",
        ] {
            let expected = format!("no change beyond error is seen in {what}");
            assert!(said.contains(&expected), "{said}");
        }
        assert!(!said.contains("same") && !said.contains("alike"), "{said}");
        let equal = part(0.0, 0.0, 0.0, 0.0).finding(4);
        assert!(
            equal.contains("no change is seen in the worst month"),
            "{equal}"
        );
        // a single market has no other to correlate with
        assert!(
            !part(-0.02, -0.012, 0.0, 0.001)
                .finding(1)
                .contains("correlate")
        );
    }

    #[test]
    fn pooled_agents_keep_their_mean_limit_and_stay_above_no_loss() {
        let cluster = |name: &str, capital_share, first_trigger, dispersion| ClusterEntry {
            name: name.to_owned(),
            capital_share,
            first_trigger,
            dispersion,
            sell_fraction: 0.4,
            blocks: 100,
            hallucination: None,
        };
        let entry = Crash {
            clusters: vec![
                cluster("a", 0.25, 0.02, 0.02),
                cluster("b", 0.75, 0.04, 0.04),
            ],
            impact_exponent: 1.0,
        };
        for width in [0.02, 5.0] {
            let pooled = pooled(&entry, "p", width);
            let middle = pooled.clusters[0].first_trigger + 0.5 * pooled.clusters[0].dispersion;
            assert!((middle - (0.25 * 0.03 + 0.75 * 0.06)).abs() < 1e-15);
            assert!(pooled.clusters[0].first_trigger > 0.0);
        }
    }
}
