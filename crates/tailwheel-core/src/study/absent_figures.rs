//! Figures that no run of a scenario can have, whatever its paths.
//!
//! In: a scenario, ids of figures. Out: why each of them is absent. Not here: the message about it
//! (`report`).

use super::run::data_of;
use crate::engine::Outcome;
use crate::plan::Plan;
use crate::scenario::Scenario;
use crate::stats::{Absent, LEVEL, estimate_at};

/// Returns the figures in `ids` that no run of `scenario` can have, whatever its paths, with the reason.
pub fn never_there<'i>(
    scenario: &Scenario,
    ids: impl IntoIterator<Item = &'i str>,
) -> Vec<(&'i str, Absent)> {
    let mut ids = ids.into_iter().peekable();
    if ids.peek().is_none() {
        return Vec::new();
    }
    let data = data_of(scenario, &Outcome::shape_of(&Plan::compile(scenario)));
    let why = |id: &'i str| {
        let why = estimate_at(&data, id, LEVEL)?.err()?;
        is_by_scenario(why).then_some((id, why))
    };
    ids.filter_map(why).collect()
}

/// True if the reason follows from the scenario, whatever its paths are.
const fn is_by_scenario(why: Absent) -> bool {
    match why {
        Absent::NothingPutIn
        | Absent::HorizonTooShort
        | Absent::NotKept
        | Absent::NoLoop
        | Absent::NoCommonChange => true,
        Absent::NothingLeft | Absent::Atom | Absent::TooFewPaths | Absent::TooFewMonths => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::simulate;
    use super::*;
    use crate::engine::Control;
    use crate::record::causes;
    use crate::scenario::read;
    use crate::stage::Level;
    use crate::stats::evaluate;
    use std::collections::BTreeSet;
    use std::sync::atomic::AtomicBool;

    const PLAIN: &str = "start = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\n\
                         run = { seed = 1, paths = 300 }\n\
                         [[asset]]\nname = \"a\"\nclass = \"defi-yield-aggregator\"\nvalue = 1000\n";

    #[test]
    fn what_is_said_not_to_be_there_is_what_a_run_does_not_have() {
        let second = "[[asset]]\nname = \"b\"\nclass = \"micro-saas-fleet\"\nvalue = 500\n";
        let owner = "[owner]\ncash = 900\nspending = \"5/month\"\nhours = \"10 h/week\"\n";
        let crash = "[crash]\nmodels = { frontier-a = 0.6, open-b = 0.4 }\n[crisis]\n";
        let goal = "[goal]\nbeat = \"savings\"\nwealth = { amount = 5_000 }\n";
        let texts = [
            PLAIN.to_owned(),
            PLAIN.replace("2 years", "6 months"),
            PLAIN.replace("value = 1000", "value = 0"),
            format!("{PLAIN}{second}{owner}"),
            format!("{PLAIN}{second}{crash}"),
            format!(
                "class_events = false\nclass_ranges = false\n{PLAIN}{second}{owner}tax = \"annual\"\ntax_rate = \"20 %\"\n{crash}{goal}"
            ),
        ];
        for text in &texts {
            let loader = |_: &str| Ok(text.as_bytes().to_vec());
            let scenario = read("t.toml", &[], &loader).expect("it is valid");
            let stop = AtomicBool::new(false);
            let control = Control { level: Level::detect(), stop: &stop, progress: &|_| {} };
            let data = simulate(&scenario, &control).expect("finite").data();
            let found = evaluate(&data);
            let mut ids: BTreeSet<String> = found.iter().map(|found| found.id.clone()).collect();
            ids.extend(causes().map(|cause| format!("cause.{cause}.mean")));
            let absent = ids
                .iter()
                .filter(|id| estimate_at(&data, id, LEVEL).and_then(Result::err).is_some_and(is_by_scenario));
            let absent: Vec<&str> = absent.map(String::as_str).collect();
            let said = never_there(&scenario, ids.iter().map(String::as_str));
            let said: Vec<&str> = said.into_iter().map(|(id, _)| id).collect();
            assert_eq!(said, absent, "{text}");
            assert!(!said.is_empty() && said.len() < ids.len());
        }
    }
}
