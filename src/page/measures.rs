//! Template filters for measure ids, gates, and figures compared with a baseline.
//!
//! In: facts as in the JSON documents. Out: text. Not here: figures with their errors, columns (`filters`),
//! sentences.

use super::filters::{currency, read};
use crate::figure::{beside, further_digits, rule, written};
use crate::stats::{Absent, Error as Kind, HALF_WIDTH, Note, Unit, Value as Figure, label_of, unit_of};
use minijinja::value::Value;
use minijinja::{Environment, Error, State};
use serde::Deserialize;

pub(super) fn add(all: &mut Environment<'static>) {
    all.add_filter("label", |id: &str| label_of(id));
    // a gate's limit in the unit of its measure: `25 %`, `$170k`
    all.add_filter("of_measure", |state: &State, number: f64, id: &str| {
        written(unit_of(id), &currency(state), number)
    });
    all.add_filter("reason", reason);
    all.add_filter("further", further);
    // a number on the scale of a figure, with `further` extra decimals
    all.add_filter("beside", |state: &State, number: f64, figure: &Value, further: i32| {
        Ok::<_, Error>(beside(&read(figure)?, number, further, &currency(state)))
    });
    all.add_filter("moved", moved);
    all.add_filter("difference", |state: &State, change: &Value| {
        let change = Moved::deserialize(change.clone())?;
        let figure = change.around(change.difference.unwrap_or(0.0));
        Ok::<_, Error>(rule::change(&figure, &currency(state)).whole())
    });
    all.add_filter("common", common);
}

/// Explains in words why a figure is missing (`why` is an [`Absent`]), or what is known about its error (a [`Kind`]).
fn reason(why: &Value) -> Result<String, Error> {
    Ok(match Absent::deserialize(why.clone()) {
        Ok(absent) => absent.to_string(),
        Err(_) => match Kind::deserialize(why.clone())? {
            Kind::Noted(Note::NoObligations) => format!("certain: {}", Note::NoObligations),
            Kind::Noted(note) => note.to_string(),
            Kind::Certain | Kind::Sampled => "every path has this value".to_owned(),
        },
    })
}

/// Returns the number of extra decimals with which a figure and the ends of its interval print unlike all `limits`.
fn further(figure: &Value, limits: Vec<Option<f64>>) -> Result<i32, Error> {
    let figure = read(figure)?;
    let [low, high] = figure.interval.unwrap_or([figure.value; 2]);
    let limits = limits.into_iter().flatten();
    let pairs = limits.flat_map(|limit| [figure.value, low, high].map(|number| [number, limit]));
    Ok(further_digits(&figure, &pairs.collect::<Vec<_>>()))
}

/// A figure before (`base`) and after (`new`) a change, with its difference, as the JSON documents contain it.
#[derive(Deserialize)]
struct Moved {
    unit: Unit,
    base: Option<f64>,
    new: Option<f64>,
    difference: Option<f64>,
    std_error: Option<f64>,
}

impl Moved {
    /// Returns a figure of value `number` with the standard error of the difference between `base` and `new`.
    fn around(&self, number: f64) -> Figure {
        let half = self.std_error.map(|error| HALF_WIDTH * error);
        let kind = match (self.difference, half) {
            (None, _) => Kind::Certain,
            (_, None) => Kind::Noted(Note::FewDecide),
            (_, Some(_)) => Kind::Sampled,
        };
        Figure {
            std_error: self.std_error,
            interval: half.map(|half| [number - half, number + half]),
            error: kind,
            ..Figure::certain(self.unit, number)
        }
    }
}

/// Formats `number`, one of the two figures of a `change`, or a dash if it is missing. Both figures get the digits of
/// the larger one, and as many more as they need to differ.
fn moved(state: &State, number: Option<f64>, change: &Value) -> Result<String, Error> {
    let change = Moved::deserialize(change.clone())?;
    let Some(number) = number else {
        return Ok("–".to_owned());
    };
    let pair = change.base.zip(change.new).map(|(base, new)| [base, new]);
    let both = change.base.into_iter().chain(change.new);
    let larger = both.fold(0.0, |a: f64, b| if b.abs() > a.abs() { b } else { a });
    let figure = change.around(larger);
    let further = further_digits(&figure, pair.as_slice());
    Ok(beside(&figure, number, further, &currency(state)))
}

/// Lists the choices, as `axis=value`, that all given scenarios have in common: `residence=germany`.
fn common(all: &Value) -> Result<Vec<String>, Error> {
    let all = Vec::<Vec<(String, String)>>::deserialize(all.clone())?;
    let alike = all.first().into_iter().flatten().filter(|one| all.iter().all(|other| other.contains(one)));
    Ok(alike.map(|(axis, value)| format!("{axis}={value}")).collect())
}
