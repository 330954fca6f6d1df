//! A file with all its cases, of which every gate can be judged.
//!
//! In: a file and the files it extends, assignments. Out: a [`Study`], or every fault of the file or of
//! its gates. Not here: reading it (`scenario`), which knows no figures and so no gate of one.

use super::{check_limits, check_measures};
use crate::form::Diagnostic;
use crate::scenario::{self, Loader, Refusal, Study};
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
    let mut faults: Vec<Diagnostic> = Vec::new();
    for case in study.cases.iter().chain([&study.as_written]) {
        let expected = &case.expectations;
        // what was wrong in a case before is not looked at again
        let is_new = |place| !faults.iter().any(|known| known.place() == place);
        let asked = expected.iter();
        let asked = asked.filter(|expected| is_new(expected.measure_place));
        let asked = asked.map(|expected| (expected.measure.as_str(), expected.measure_place));
        let unknown = check_measures(asked, &case.scenario);
        for fault in unknown {
            if !faults.iter().any(|known| known.place() == fault.place()) {
                faults.push(fault);
            }
        }
    }
    for fault in undecidable(study) {
        if !faults.iter().any(|known| known.place() == fault.place()) {
            faults.push(fault);
        }
    }
    faults.sort_by_key(Diagnostic::place);
    faults
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
