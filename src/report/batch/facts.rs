//! Changes and gate edits with what their lines need beside the facts.
//!
//! In: parts of a batch. Out: [`ChangeView`], [`AskedView`]. Not here: sentences (`templates/findings.j2`).

use super::gate_edits::currency;
use super::{Asked, CasePart, ChangePart, GateEdit};
use crate::figure::further_digits;
use crate::report::measure::unit_of;
use crate::stats::{Better, Error, HALF_WIDTH, Note, Unit, Value, label_of, look_up};
use serde::Serialize;

/// A figure that moved, with its digits and what the change means.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangeView<'r> {
    pub measure: &'r str,
    pub label: String,
    pub unit: Unit,
    pub currency: &'r str,
    pub base: Option<f64>,
    pub new: Option<f64>,
    /// The larger of both with the error of the difference, which gives both their digits.
    pub figure: Value,
    /// Digits beyond those of `figure` that tell both apart.
    pub further: i32,
    pub difference: Option<Value>,
    pub turn: Turn,
}

/// What a change means to the owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Turn {
    Better,
    Worse,
    Neither,
    /// Money paid out counts as returned, so a loss is not judged where spending or flows were edited.
    NotJudged,
}

impl<'r> ChangeView<'r> {
    pub fn new(case: &'r CasePart, change: &'r ChangePart) -> Self {
        let of_change = |value: f64| around(change, value);
        let both = || change.base.into_iter().chain(change.new);
        let figure = of_change(both().fold(0.0, |a, b| if b.abs() > f64::abs(a) { b } else { a }));
        let pair = change.base.zip(change.new);
        let pairs: Vec<[f64; 2]> = pair.into_iter().map(|(base, new)| [base, new]).collect();
        Self {
            measure: &change.measure,
            label: label_of(&change.measure),
            unit: change.unit,
            currency: currency(case),
            base: change.base,
            new: change.new,
            further: further_digits(&figure, &pairs),
            figure,
            difference: change.difference.map(of_change),
            turn: turn(case, change),
        }
    }
}

/// `value` with the error of the difference.
fn around(change: &ChangePart, value: f64) -> Value {
    let certain = Value::certain(change.unit, value);
    let std_error = change.std_error.filter(|error| error.is_finite());
    let half = HALF_WIDTH * std_error.unwrap_or(0.0);
    let (error, interval) = match std_error {
        _ if change.difference.is_none() => return certain,
        Some(0.0) => return certain,
        Some(_) => (Error::Sampled, Some([value - half, value + half])),
        None => (Error::Noted(Note::FewDecide), None),
    };
    Value {
        std_error,
        interval,
        error,
        ..certain
    }
}

fn turn(case: &CasePart, change: &ChangePart) -> Turn {
    let better = look_up(&change.measure).map_or(Better::Neither, |measure| measure.better);
    let difference = change.difference.unwrap_or(0.0);
    match better {
        _ if !case.is_judged(change) => Turn::NotJudged,
        Better::Neither => Turn::Neither,
        _ if difference == 0.0 => Turn::Neither,
        better if (better == Better::Higher) == (difference > 0.0) => Turn::Better,
        _ => Turn::Worse,
    }
}

/// What a gate asks, for a sentence.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AskedView<'r> {
    pub label: String,
    pub unit: Unit,
    pub currency: &'r str,
    pub above: Option<f64>,
    pub below: Option<f64>,
    pub confidence: f64,
    pub tolerance: f64,
}

impl<'r> AskedView<'r> {
    pub fn new(asked: &Asked, currency: &'r str) -> Self {
        Self {
            label: label_of(&asked.measure),
            unit: unit_of(&asked.measure),
            currency,
            above: asked.above,
            below: asked.below,
            confidence: asked.confidence,
            tolerance: asked.tolerance,
        }
    }
}

/// A gate that asks less than in the baseline.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LooserView<'r> {
    pub id: &'r str,
    pub from: AskedView<'r>,
    /// None if the gate is gone.
    pub to: Option<AskedView<'r>>,
}

impl<'r> LooserView<'r> {
    pub fn new(case: &'r CasePart, edit: &'r GateEdit) -> Self {
        let view = |asked| AskedView::new(asked, currency(case));
        Self {
            id: &edit.id,
            from: view(&edit.from),
            to: edit.to.as_ref().map(view),
        }
    }
}
