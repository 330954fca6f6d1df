//! A file with all its cases, of which every gate can be judged.
//!
//! In: a file and the files it extends, assignments. Out: a [`Study`], or every fault of the file or of
//! its gates. Not here: reading it (`scenario`), which knows no figures and so no gate of one.

use super::check_measures;
use crate::form::Diagnostic;
use crate::scenario::{self, Expectation, Loader, Refusal, Scenario, Study};
use crate::stats::{Unit, look_up};
use crate::units::{per_cent, plain};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// Reads the file at `path` with the assignments of `--set` laid over it, and all its cases. Every
/// expectation of what is returned is about a figure that the reports of its case can have, and is one
/// that can be met or not.
///
/// `path` has `/` between folders; it is what messages show.
pub fn read_study(path: &str, set: &[String], loader: &dyn Loader) -> Result<Study, Box<Refusal>> {
    let study = scenario::read_study(path, set, loader)?;
    let faults = faults_of_gates(&study);
    match faults.is_empty() {
        true => Ok(study),
        false => Err(Box::new(Refusal {
            name: path.to_owned(),
            faults,
            sources: study.sources,
        })),
    }
}

/// What is wrong with expectations; what is expected of many cases is wrong once.
fn faults_of_gates(study: &Study) -> Vec<Diagnostic> {
    let unknown = study.cases.iter().chain([&study.as_written]);
    let unknown = unknown.flat_map(|case| {
        let asked = case.expectations.iter();
        let asked = asked.map(|expected| (expected.measure.as_str(), expected.measure_place));
        check_measures(asked, &case.scenario)
    });
    let mut faults = BTreeMap::new();
    for fault in unknown.chain(undecidable(study)) {
        faults.entry(fault.place()).or_insert(fault);
    }
    faults.into_values().collect()
}

/// A fault for each gate that leaves nothing to decide in any case: what no case can reach is a slip,
/// what one cannot may be the point of the others.
fn undecidable(study: &Study) -> Vec<Diagnostic> {
    let mut gates: BTreeMap<&str, Option<Diagnostic>> = BTreeMap::new();
    for case in study.cases.iter().chain([&study.as_written]) {
        for expected in &case.expectations {
            let found = || check_limits(expected, &case.scenario);
            match gates.entry(&expected.id) {
                Entry::Vacant(gate) => {
                    gate.insert(found());
                }
                Entry::Occupied(mut gate) if gate.get().is_some() => {
                    if found().is_none() {
                        gate.insert(None);
                    }
                }
                Entry::Occupied(_) => {}
            }
        }
    }
    gates.into_values().flatten().collect()
}

/// A fault if no value that the measure can have in `scenario` is on one side of a limit.
fn check_limits(expected: &Expectation, scenario: &Scenario) -> Option<Diagnostic> {
    check_range(expected, scenario).or_else(|| check_unit(expected))
}

fn check_range(expected: &Expectation, scenario: &Scenario) -> Option<Diagnostic> {
    let (lowest, highest) = range_of(&expected.measure, scenario)?;
    let above = expected.above.and_then(|limit| match limit {
        limit if limit < lowest => Some(("above", limit, "asks nothing")),
        limit if limit >= highest => Some(("above", limit, "can never pass")),
        _ => None,
    });
    let below = expected.below.and_then(|limit| match limit {
        limit if limit > highest => Some(("below", limit, "asks nothing")),
        limit if limit <= lowest => Some(("below", limit, "can never pass")),
        _ => None,
    });
    let (key, limit, what) = above.or(below)?;
    let fault = Diagnostic::new("limit", format!("this gate {what}"))
        .at(
            expected.place,
            match (lowest.is_finite(), highest.is_finite()) {
                (true, true) => format!("{} lies between {lowest} and {highest}", expected.measure),
                (false, _) => format!(
                    "{} is never above {}, all that was put in",
                    expected.measure,
                    plain(highest)
                ),
                _ => format!("{} is never below {lowest}", expected.measure),
            },
        )
        .rule("a limit lies where the figure can be on either side of it");
    let is_per_cent = highest == 1.0 && (1.0..=100.0).contains(&limit);
    Some(match is_per_cent && limit > 1.0 {
        true => fault.write(format!("{key} = \"{} %\"", plain(limit))),
        false => fault,
    })
}

/// A limit in a unit that its measure has not.
fn check_unit(expected: &Expectation) -> Option<Diagnostic> {
    let measure = look_up(&expected.measure)?;
    let limits = [("above", expected.above), ("below", expected.below)].into_iter();
    limits.zip(expected.in_per_cent).find_map(|((key, limit), in_per_cent)| {
        let limit = limit?;
        let (id, word) = (&expected.measure, measure.unit.word());
        match measure.unit {
            Unit::Money | Unit::MoneyPerMonth | Unit::PerYear if in_per_cent => Some(
                Diagnostic::new("unit", format!("`{id}` is not in per cent"))
                    .at(expected.place, format!("its unit is {word}"))
                    .write(format!("{key} = 250_000"))
                    .rule("a limit is in the unit of its measure; `loss.probability` and `cagr.p50` are in per cent"),
            ),
            Unit::FractionPerYear | Unit::Fraction if !in_per_cent && limit.abs() >= 1.0 => Some(
                Diagnostic::new("percent", format!("a limit of {} would be {}", plain(limit), per_cent(limit)))
                    .at(expected.place, format!("`{id}` is a fraction"))
                    .write(format!("{key} = \"{} %\"", plain(limit)))
                    .note("or", format!("{key} = \"{}\" if that is meant", per_cent(limit)))
                    .rule("100 % and more are written with the sign, lest per cent are meant"),
            ),
            _ => None,
        }
    })
}

/// Least and greatest value that a measure can have in `scenario`, where they are known.
fn range_of(id: &str, scenario: &Scenario) -> Option<(f64, f64)> {
    let measure = look_up(id)?;
    if measure.is_loss() {
        return Some((f64::NEG_INFINITY, put_in(scenario))); // all of it, for nothing is owed
    }
    // holdings cost nothing to keep; only the account may
    let is_charged = scenario.economy.cash_rate.get() < 0.0;
    if measure.unit == Unit::MoneyPerMonth && is_charged {
        return None;
    }
    let (low, high) = measure.range;
    (low.is_finite() || high.is_finite()).then_some((low, high))
}

/// Values of the holdings and money in the account at the start; nothing is paid in later.
fn put_in(scenario: &Scenario) -> f64 {
    let values = scenario.assets.iter().map(|asset| asset.value.get());
    let cash = scenario
        .owner
        .as_ref()
        .map_or(0.0, |owner| owner.cash.get());
    values.sum::<f64>() + cash
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read;

    const SCENARIO: &str = "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\n\
                            currency = \"USD\"\n[run]\nseed = 1\npaths = 100\n\
                            [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\n\
                            value = 1\n[[axis]]\nname = \"seed\"\nkey = \"run.seed\"\nvalues = [1, 2]\n";

    fn messages(gate: &str) -> Vec<String> {
        let text = format!("{SCENARIO}[[expect]]\nid = \"g\"\n{gate}\n");
        let loader = |_: &str| Ok(text.as_bytes().to_vec());
        let refused = read_study("t.toml", &[], &loader).err();
        let faults = refused.map_or_else(Vec::new, |refusal| refusal.faults);
        faults.into_iter().map(|fault| fault.message).collect()
    }

    #[test]
    fn a_limit_that_one_case_cannot_reach_is_for_the_others() {
        let gate = "[[expect]]\nid = \"g\"\nmeasure = \"value_at_risk.95\"\nbelow = 40_000\n";
        let axis = |values: &str| {
            let axis = "[[axis]]\nname = \"value\"\nkey = \"asset.defi.value\"\n";
            format!("{SCENARIO}{gate}{axis}values = [{values}]\n")
        };
        let read = |text: String| {
            let loader = |_: &str| Ok(text.as_bytes().to_vec());
            read_study("t.toml", &[], &loader)
        };
        assert!(read(axis("20_000, 30_000")).is_err());
        assert!(read(axis("20_000, 80_000")).is_ok());
    }

    #[test]
    fn no_study_is_returned_with_a_gate_that_cannot_be_judged() {
        let none: [&str; 0] = [];
        assert_eq!(
            messages("measure = \"loss.probability\"\nbelow = 0.5"),
            none
        );
        // once, though two cases have it
        assert_eq!(
            messages("measure = \"loss.probabilty\"\nbelow = 0.5"),
            ["unknown measure `loss.probabilty`"]
        );
        assert_eq!(
            messages("measure = \"loss.probability\"\nbelow = 1.5"),
            ["this gate asks nothing"]
        );
    }

    /// 50,000 in a holding and 10,000 in the account.
    fn scenario(rest: &str) -> Scenario {
        let text = format!(
            "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\n\
             [run]\nseed = 1\npaths = 100\n[owner]\ncash = 10_000\n{rest}\
             [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\nvalue = 50_000\n"
        );
        let loader = |_: &str| Ok(text.as_bytes().to_vec());
        read("t.toml", &[], &loader).expect("a valid scenario")
    }

    #[test]
    fn a_limit_that_no_scenario_like_this_reaches_is_a_fault() {
        let always = Some("this gate asks nothing".to_owned());
        let never = Some("this gate can never pass".to_owned());
        for id in [
            "value_at_risk.95",
            "expected_shortfall.99",
            "value_at_risk.year1.995",
            "without_feedback.value_at_risk.95",
        ] {
            assert_eq!(fault(id, None, Some(1e9)), always, "{id}");
            assert_eq!(fault(id, None, Some(60_001.0)), always, "{id}");
            assert_eq!(fault(id, Some(60_000.0), None), never, "{id}");
            assert_eq!(fault(id, Some(-1e9), Some(60_000.0)), None, "{id}");
        }
        for id in ["loop.crash_months.per_year", "loop.selling_months.per_year"] {
            assert_eq!(fault(id, None, Some(13.0)), always, "{id}");
            assert_eq!(fault(id, None, Some(12.0)), None, "{id}");
            assert_eq!(fault(id, Some(-1.0), None), always, "{id}");
        }
        for id in [
            "income.terminal.mean",
            "income.terminal.real.p05",
            "volatility.mean",
        ] {
            assert_eq!(fault(id, Some(-0.1), None), always, "{id}");
            assert_eq!(fault(id, Some(0.0), None), None, "{id}");
        }
        assert_eq!(
            fault("amplification.value_at_risk.95", None, Some(1e9)),
            None
        );
    }

    #[test]
    fn income_below_nothing_is_left_to_the_run_where_the_account_is_charged() {
        let gate = |rest: &str| {
            check_range(
                &expected("income.terminal.mean", Some(-1.0), None),
                &scenario(rest),
            )
        };
        assert!(gate("").is_some());
        assert!(gate("[economy]\ncash_rate = \"-1 %\"\n").is_none());
    }

    fn fault(measure: &str, above: Option<f64>, below: Option<f64>) -> Option<String> {
        let expected = expected(measure, above, below);
        check_limits(&expected, &scenario("")).map(|fault| fault.message)
    }

    fn expected(measure: &str, above: Option<f64>, below: Option<f64>) -> Expectation {
        Expectation {
            id: "g".to_owned(),
            measure: measure.to_owned(),
            above,
            below,
            in_per_cent: [false; 2],
            is_decimal: [false; 2],
            confidence: 0.99,
            tolerance: 0.01,
            place: None,
            measure_place: None,
        }
    }

    #[test]
    fn a_limit_in_another_unit_than_its_measure_is_a_fault() {
        let written = |measure: &str, below: f64, in_per_cent: bool| {
            let expected = Expectation {
                in_per_cent: [false, in_per_cent],
                ..expected(measure, None, Some(below))
            };
            check_limits(&expected, &scenario("")).map(|fault| fault.message)
        };
        let of_money = "`wealth.terminal.p50` is not in per cent";
        assert_eq!(
            written("wealth.terminal.p50", 0.05, true).as_deref(),
            Some(of_money)
        );
        let slip = "a limit of 7 would be 700 %";
        assert_eq!(written("cagr.p50", 7.0, false).as_deref(), Some(slip));
        assert_eq!(written("cagr.p50", 7.0, true), None);
        assert_eq!(written("cagr.p50", 0.07, false), None);
        assert_eq!(written("wealth.terminal.p50", 0.05, false), None);
    }

    #[test]
    fn a_limit_below_all_that_a_measure_can_be_is_a_fault() {
        let always = Some("this gate asks nothing".to_owned());
        for id in [
            "wealth.terminal.p50",
            "asset.defi.terminal.mean",
            "loss.probability",
        ] {
            assert_eq!(fault(id, Some(-1.0), None), always, "{id}");
        }
        assert_eq!(
            fault("amplification.wealth.terminal.mean", Some(-1.0), None),
            None
        );
    }

    #[test]
    fn a_gate_that_nothing_can_decide_is_a_fault() {
        let always = Some("this gate asks nothing".to_owned());
        let never = Some("this gate can never pass".to_owned());
        assert_eq!(fault("loss.probability", None, Some(1.5)), always);
        assert_eq!(fault("loss.probability", Some(1.0), None), never);
        assert_eq!(fault("ruin.probability", None, Some(0.0)), never);
        assert_eq!(fault("drawdown.max.p50", None, Some(40.0)), always);
        assert_eq!(
            fault("amplification.loss.probability", Some(-1.5), None),
            always
        );
    }

    #[test]
    fn a_gate_that_can_fall_either_way_is_none() {
        assert_eq!(fault("loss.probability", Some(0.0), Some(1.0)), None);
        assert_eq!(fault("drawdown.max.p50", None, Some(0.4)), None);
        assert_eq!(
            fault("amplification.loss.probability", Some(-0.1), None),
            None
        );
        assert_eq!(fault("value_at_risk.95", Some(-1e9), None), None);
        assert_eq!(fault("cagr.p50", Some(-0.5), None), None);
        assert_eq!(fault("no.such.measure", None, Some(-1.0)), None);
    }

    #[test]
    fn per_cent_that_were_meant_are_proposed() {
        let expected = expected("drawdown.max.p50", None, Some(40.0));
        let fault = check_limits(&expected, &scenario("")).expect("a fault");
        assert!(
            fault
                .notes
                .iter()
                .any(|note| note.text == "below = \"40 %\"")
        );
    }
}
