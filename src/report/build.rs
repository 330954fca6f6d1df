//! Scenario and outcome to report.
//!
//! In: a scenario, what its run left. Out: [`Report`]. Not here: estimation (`stats`), wording
//! (`text`).

use super::correlations::CorrelationsPart;
use super::crash::crash_part;
use super::document::{
    About, AssetPart, CorrelationPart, CrashPart, FilledInPart, Measure, RepairPart, Report,
    RunPart, SCHEMA, ScenarioPart, SeriesPart, VALUE_VERSION, Warning,
};
use crate::engine::{Outcome, Series, SeriesId};
use crate::market::Copula;
use crate::math::{exp, ln};
use crate::scenario::Scenario;
use crate::stats::{self, Basis, Data, Estimate, Flows, Found, Note};
use std::collections::BTreeMap;

/// Quantiles of a series.
const QUANTILES: [(&str, f64); 5] = [
    ("p05", 0.05),
    ("p25", 0.25),
    ("p50", 0.50),
    ("p75", 0.75),
    ("p95", 0.95),
];

impl Report {
    /// The report of one run of `scenario`.
    ///
    /// # Panics
    ///
    /// If the outcome is not that of the scenario: the engine has refused what is not finite.
    pub fn new(scenario: &Scenario, outcome: &Outcome) -> Self {
        let data = Data::new(outcome, basis(scenario, outcome))
            .expect("an outcome of the engine is finite and fits its scenario");
        let found = stats::evaluate(&data);
        let measures: BTreeMap<String, Measure> = found
            .iter()
            .filter_map(|found| {
                let estimate = found.result.as_ref().ok()?;
                Some((found.id.clone(), measure(found, estimate)))
            })
            .collect();
        let part = scenario_part(scenario, outcome);
        let feeds_itself = part.crash.as_ref().and_then(CrashPart::feeds_itself);
        Self {
            schema: SCHEMA,
            scenario: part,
            run: RunPart {
                paths: scenario.paths,
                months: scenario.months,
                seed: scenario.seed,
                value_version: VALUE_VERSION,
                keep: "columns",
            },
            warnings: warnings(scenario, outcome, &found, feeds_itself),
            measures,
            correlations: data.co_moved().ok().map(CorrelationsPart::new),
            series: series_parts(scenario, outcome),
        }
    }
}

/// Price level at the end of every month, 1 on day one.
pub(super) fn price_levels(scenario: &Scenario) -> Vec<f64> {
    let log_inflation = ln(1.0 + scenario.economy.inflation.get()) / 12.0;
    (0..=scenario.months)
        .map(|month| exp(log_inflation * f64::from(month)))
        .collect()
}

fn basis(scenario: &Scenario, outcome: &Outcome) -> Basis {
    let flows = Flows {
        money_in: outcome.money_in,
        money_out: 0.0,
    };
    Basis {
        flows,
        flows_year1: flows,
        price_levels: price_levels(scenario),
        asset_names: scenario
            .assets
            .iter()
            .map(|asset| asset.name.clone())
            .collect(),
    }
}

fn measure(found: &Found, estimate: &Estimate) -> Measure {
    Measure {
        value: estimate.value,
        std_error: estimate.std_error,
        interval: estimate.interval.map(|(low, high)| [low, high]),
        level: estimate.level,
        n: estimate.n,
        unit: found.measure.unit.word(),
        note: estimate.note.map(|note| note.to_string()),
        is_error_unknown: matches!(
            estimate.note,
            Some(Note::TooFewPaths | Note::HeavyTail { .. })
        ),
    }
}

/// Digest of everything that decides a path.
pub(super) fn model_digest(scenario: &Scenario) -> String {
    let digest = blake3::hash(scenario.canonical_document().as_bytes());
    digest.to_hex().to_string()
}

fn scenario_part(scenario: &Scenario, outcome: &Outcome) -> ScenarioPart {
    ScenarioPart {
        title: scenario.title.clone(),
        model_digest: model_digest(scenario),
        currency: scenario.currency.clone(),
        start: scenario.start.to_string(),
        end: scenario.start.plus(scenario.months - 1).to_string(),
        money_in: outcome.money_in,
        inflation: scenario.economy.inflation.get(),
        assets: scenario
            .assets
            .iter()
            .map(|asset| AssetPart {
                name: asset.name.clone(),
                class: asset.class.clone(),
                value: asset.value.get(),
                market: scenario.markets[asset.market.index].name.clone(),
                market_corr: asset.market.correlation,
            })
            .collect(),
        correlation: correlation_part(scenario),
        crash: crash_part(scenario),
        filled_in: scenario
            .filled_in
            .iter()
            .map(|value| FilledInPart {
                key: value.path.clone(),
                value: value.value.clone(),
                grade: value.grade.to_string(),
                kind: value.kind.to_string(),
                source: value.source.to_owned(),
            })
            .collect(),
    }
}

fn correlation_part(scenario: &Scenario) -> CorrelationPart {
    let correlation = &scenario.correlation;
    let matrix = &correlation.matrix;
    CorrelationPart {
        copula: match correlation.copula {
            Copula::Gaussian => "gaussian".to_owned(),
            Copula::StudentT { dof } => format!("t, {dof} degrees of freedom"),
        },
        markets: scenario
            .markets
            .iter()
            .map(|market| market.name.clone())
            .collect(),
        matrix: (0..matrix.order())
            .map(|row| matrix.row(row).to_vec())
            .collect(),
        repair: correlation.repair.map(|repair| RepairPart {
            frobenius_distance: repair.distance,
            largest_change: repair.largest_change,
        }),
    }
}

fn series_parts(scenario: &Scenario, outcome: &Outcome) -> BTreeMap<String, SeriesPart> {
    outcome
        .series
        .iter()
        .map(|series| {
            let name = match series.id {
                SeriesId::Wealth => "wealth".to_owned(),
                SeriesId::LoopOffWealth => "loop_off.wealth".to_owned(),
                SeriesId::AssetValue(asset) => {
                    format!("asset.{}", scenario.assets[usize::from(asset)].name)
                }
            };
            (name, series_part(series))
        })
        .collect()
}

/// Quantiles of every date, in nominal money.
fn series_part(series: &Series) -> SeriesPart {
    SeriesPart {
        unit: "money",
        years: series
            .months
            .iter()
            .map(|month| f64::from(*month) / 12.0)
            .collect(),
        mean: series.means.clone(),
        quantiles: QUANTILES
            .iter()
            .map(|(name, p)| {
                let values = (0..series.months.len())
                    .map(|date| series.quantile(date, *p))
                    .collect();
                ((*name).to_owned(), values)
            })
            .collect(),
    }
}

fn warnings(
    scenario: &Scenario,
    outcome: &Outcome,
    found: &[Found],
    feeds_itself: Option<String>,
) -> Vec<Warning> {
    let mut warnings = vec![Warning {
        id: "not-simulated",
        about: About::Version,
        text: format!(
            "Loss events, spending, costs of running and tax are not simulated in this \
             version{}: read the figures as an upper end.",
            match scenario.crash {
                Some(_) => "",
                None => ", and this scenario has no [crash] table",
            }
        ),
    }];
    if let Some(repair) = &scenario.correlation.repair {
        warnings.push(Warning {
            id: "correlation-repaired",
            about: About::Scenario,
            text: format!(
                "The correlations could not hold together and were repaired as asked: the largest \
                 change is {:.3}.",
                repair.largest_change
            ),
        });
    }
    if let Some(text) = feeds_itself {
        warnings.push(Warning {
            id: "feeds-itself",
            about: About::Scenario,
            text,
        });
    }
    if let Some(text) = heavy_tails(found) {
        warnings.push(Warning {
            id: "heavy-tail",
            about: About::Sampling,
            text,
        });
    }
    let saturated: u64 = outcome.series.iter().map(Series::saturated).sum();
    if saturated > 0 {
        warnings.push(Warning {
            id: "series-clipped",
            about: About::Sampling,
            text:
                "Some values over time are too large for their distribution (above 1.8e19): bands \
                   and series stop there. Figures at the end are exact."
                    .to_owned(),
        });
    }
    warnings
}

/// Names of things that a warning lists before it only counts them.
const MOST_NAMED: usize = 3;

/// Says of which things the mean hangs on a few paths, if there are any.
fn heavy_tails(found: &[Found]) -> Option<String> {
    let mut things: Vec<String> = Vec::new();
    for found in found {
        // 2: the order of moments that a mean's error needs
        let is_heavy = |estimate: &Estimate| matches!(estimate.note, Some(Note::HeavyTail { needed, .. }) if needed <= 2.0);
        if found.result.as_ref().is_ok_and(is_heavy) {
            let thing = thing_measured(found);
            if !things.contains(&thing) {
                things.push(thing);
            }
        }
    }
    let (named, others) = things.split_at(things.len().min(MOST_NAMED));
    let mut list: Vec<String> = named.to_vec();
    match others.len() {
        0 => {}
        1 => list.push("1 more".to_owned()),
        n => list.push(format!("{n} more")),
    }
    let list = match list.as_slice() {
        [] => return None,
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    Some(format!(
        "A few paths decide the mean of {list}: no ± would hold; trust the quantiles."
    ))
}

/// What a measure is taken of, without the statistic: `value of "defi" at the end`.
fn thing_measured(found: &Found) -> String {
    let title = found.measure.title;
    let thing = title.rsplit_once(", ").map_or(title, |(thing, _)| thing);
    let thing = thing.trim_end_matches(" in money of the start");
    match found
        .id
        .strip_prefix("asset.")
        .and_then(|id| id.rsplit_once(".terminal"))
    {
        Some((name, _)) => format!("the {}", thing.replace("the asset", &format!("\"{name}\""))),
        None => thing.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(id: &str, of: &str, note: Option<Note>) -> Found {
        Found {
            id: id.to_owned(),
            measure: stats::find(of).expect("a measure"),
            result: Ok(Estimate::bare(1.0, 10, note)),
        }
    }

    #[test]
    fn a_warning_of_a_heavy_tail_names_each_thing_once_in_plain_words() {
        let heavy = Some(Note::HeavyTail {
            index: 1.5,
            needed: 2.0,
        });
        let wealth = found("wealth.terminal.mean", "wealth.terminal.mean", heavy);
        let real = found(
            "wealth.terminal.real.mean",
            "wealth.terminal.real.mean",
            heavy,
        );
        let asset = found(
            "asset.defi.terminal.mean",
            "asset.<name>.terminal.mean",
            heavy,
        );
        let quiet = found("volatility.mean", "volatility.mean", None);
        assert_eq!(
            heavy_tails(&[wealth, real, asset, quiet.clone()]).as_deref(),
            Some(
                "A few paths decide the mean of wealth at the end and the value of \"defi\" at the end: \
                 no ± would hold; trust the quantiles."
            )
        );
        assert_eq!(heavy_tails(&[quiet]), None);
    }
}
