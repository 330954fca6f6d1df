//! What each edit does: the steps from the base to a case, each simulated.

use super::sides::{Candidate, unlike};
use super::{Exit, Runs, args, terminal};
use crate::form::{nearest, planned_measure};
use crate::report::batch::EditPart;
use crate::report::compare::{Comparison, WhyPart, steps};
use crate::stats::{self, Data, Difference, MEASURES, look_up};

/// Whose steps are asked for.
pub(super) enum Asked<'a> {
    Nothing,
    /// Of the first measure of the screen that differs.
    First,
    Measure(&'a str),
}

impl<'a> Asked<'a> {
    /// Of several cases only on request: every step is a run.
    pub fn of(arguments: &'a args::Compare, n_cases: usize) -> Self {
        match (&arguments.why, arguments.no_why) {
            (Some(measure), _) => Self::Measure(measure),
            (None, false) if n_cases == 1 => Self::First,
            _ => Self::Nothing,
        }
    }

    pub fn is_asked(&self) -> bool {
        !matches!(self, Self::Nothing)
    }
}

/// Whether a measure can be asked for.
pub(super) fn check(measure: Option<&str>) -> Result<(), String> {
    let Some(id) = measure else { return Ok(()) };
    match look_up(id) {
        None => {
            if let Some(planned) = planned_measure(id, |id| look_up(id).is_some()) {
                return Err(planned.message);
            }
            let ids = MEASURES.iter().map(|measure| measure.id.as_str());
            let meant = match nearest(id, ids) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`tailwheel explain` lists them".to_owned(),
            };
            Err(format!("there is no measure `{id}`; {meant}"))
        }
        Some(_) if !stats::is_paired(id) => Err(format!(
            "`{id}` is no function of single paths, so it cannot be compared path by path"
        )),
        Some(_) => Ok(()),
    }
}

/// What the edits of `new`, which gave `data`, do to the measure that is `asked` for.
pub(super) fn explain(
    runs: &Runs<'_>,
    comparison: &Comparison,
    place: usize,
    new: &Candidate<'_>,
    data: &Data,
    asked: &Asked<'_>,
) -> Result<Option<WhyPart>, Exit> {
    let case = &comparison.cases[place];
    let mut headline = comparison.headline.iter();
    let measure = match asked {
        Asked::Nothing => None,
        Asked::Measure(id) => Some(*id),
        Asked::First => headline
            .find(|part| {
                let verdict = case.headline.get(&part.measure);
                verdict.is_some_and(|verdict| verdict.is_difference())
            })
            .map(|part| part.measure.as_str()),
    };
    let Some(measure) = measure else {
        return Ok(None);
    };
    let Some(total) = difference(runs, &runs.base, data, measure)? else {
        let message = format!("{} or its base has no `{measure}` to explain", new.name);
        return Err(terminal::fail(&message));
    };
    let base = runs.compared.base.case;
    let is_usable = |scenario: &_| unlike(&base.scenario, scenario).is_none();
    let planned = steps(&base.document, &new.case.document, &new.case.id, is_usable);
    if planned.is_empty() {
        return Ok(None);
    }
    let mut parts = Vec::with_capacity(planned.len());
    let mut before: Option<Data> = None;
    for step in planned {
        let after = match &step.scenario {
            Some(scenario) => Some(runs.beside(scenario)?.1),
            None => None,
        };
        let from = before.as_ref().unwrap_or(&runs.base);
        let change = difference(runs, from, after.as_ref().unwrap_or(data), measure)?;
        parts.push(step.part(EditPart::all(&step.edits, new.sources), change.as_ref()));
        before = after;
    }
    let mut headline = comparison.headline.iter();
    let label = headline.find(|part| part.measure == measure);
    let label = label.map_or(total.measure.title.as_str(), |part| part.label.as_str());
    Ok(Some(WhyPart::new(label, parts, &total)))
}

fn difference(
    runs: &Runs<'_>,
    base: &Data,
    new: &Data,
    measure: &str,
) -> Result<Option<Difference>, Exit> {
    let found = runs
        .simulator
        .lab
        .pool
        .install(|| stats::difference(base, new, measure));
    found.map_err(|why| terminal::fail(&why.to_string()))
}
