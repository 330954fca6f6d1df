//! Gates: limits on measures that a run passes or fails, or that stay inconclusive.
//!
//! In: a gate, and an estimate at its confidence. Out: [`GatePart`]. Not here: the estimate (`stats`), the
//! words (`templates/gates.j2`), whether the measure exists (`batch`).

mod paths;
#[cfg(test)]
pub(super) mod samples;

pub use paths::Advice;

use super::edit::PlacePart;
use super::measure::{Measure, kept};
use crate::math::quantile::interval_ranks;
use crate::scenario::Expectation;
use crate::stats::{Absent, Error, Estimate, Note, Sampling, Unit, half_width, look_up};
use paths::advice;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A gate (limits that a measure must meet) with its verdict, as outputs contain it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct GatePart {
    pub id: String,
    /// Id of the measure that the gate limits.
    pub measure: String,
    /// Lower limit, which the figure must exceed; null if there is none.
    pub above: Option<f64>,
    /// Upper limit, which the figure must stay below; null if there is none.
    pub below: Option<f64>,
    pub confidence: f64,
    /// The measure with its interval at `confidence`; null if the run does not have it, then `note` says why.
    pub answer: Option<Measure>,
    pub verdict: GateVerdict,
    /// Number of paths that would probably decide an inconclusive gate: the upper end of the range in
    /// `advice`. Null if it cannot be forecast.
    pub paths_to_decide: Option<u64>,
    /// Advice for an inconclusive gate; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advice: Option<Advice>,
    /// Reason why there is no figure, or the property of its error that decides the verdict; null otherwise.
    pub note: Option<GateNote>,
    /// Position of the gate in its file; absent in `report.json`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<PlacePart>,
}

/// Verdict on a gate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum GateVerdict {
    /// The whole confidence interval of the measure meets every limit of the gate.
    Pass,
    /// The whole confidence interval of the measure violates a limit of the gate.
    Fail,
    /// The confidence interval of the measure contains a limit of the gate, or the error is unknown.
    Inconclusive,
    /// The run does not have the measure of the gate.
    #[default]
    Absent,
}

/// Reason why a gate has no figure, or a property of the figure's error that decides the verdict.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum GateNote {
    Absent(Absent),
    Error(Error),
}

impl GateVerdict {
    /// Severity of the verdict: 0 passed, 1 inconclusive, 2 failed or no value.
    pub const fn rank(self) -> u8 {
        match self {
            Self::Pass => 0,
            Self::Inconclusive => 1,
            Self::Fail | Self::Absent => 2,
        }
    }

    /// Word for the verdict on screens.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Pass => "passed",
            Self::Fail => "failed",
            Self::Inconclusive => "inconclusive",
            Self::Absent => "no value",
        }
    }
}

/// Requirement of a gate: measure, limits, confidence, and tolerance of changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Asked {
    pub measure: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<f64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub below: Option<f64>,
    /// Confidence of the two-sided interval that must meet the limit.
    pub confidence: f64,
    /// Largest relative difference from a baseline that does not count as a change of the measure.
    pub tolerance: f64,
}

impl From<&Expectation> for Asked {
    fn from(expected: &Expectation) -> Self {
        Self {
            measure: expected.measure.clone(),
            above: expected.above,
            below: expected.below,
            confidence: expected.confidence,
            tolerance: expected.tolerance,
        }
    }
}

impl GatePart {
    /// Distance of the figure from its nearest limit, in standard errors; infinite if there is no figure or
    /// no sampling error.
    pub fn distance(&self) -> f64 {
        let known = |answer: &Measure| Some((answer.value, answer.std_error?));
        let Some((value, error)) = self.answer.as_ref().and_then(known).filter(|(_, error)| *error > 0.0)
        else {
            return f64::INFINITY;
        };
        let distances = self.above.into_iter().chain(self.below).map(|limit| (limit - value).abs() / error);
        distances.fold(f64::INFINITY, f64::min)
    }

    /// Judges the gate `asked` by the estimate of its measure ([`estimate_at`](crate::stats::estimate_at)).
    /// The level of the estimate is the gate's confidence or, at an interim analysis, that of
    /// [`confidence_of_look`].
    ///
    /// The gate passes if the whole interval meets every limit, fails if it violates one, and is inconclusive
    /// otherwise. With the true value on the limit, a wrong pass is no more frequent than 1 − confidence, and
    /// mostly half that. This is exact for shares, quantiles, and means of bounded figures in which few paths
    /// differ. For other means, spreads and shortfalls, simulation confirms it for the laws in the tests.
    ///
    /// - A mean of the worst paths is inconclusive if they are fewer than 50.
    /// - A mean or spread without bounds has an interval corrected for skewness, if its paths suffice for the
    ///   skewness that its quantiles show; else it is inconclusive.
    /// - A certain figure is judged by its value alone, and the note says so. A figure is certain if nothing
    ///   has to be paid, if the run is deterministic, or if both ranks of a quantile's interval fall on one
    ///   atom. A mean of the worst losses is certain if all of them are the money invested.
    /// - A mean, spread or shortfall is inconclusive as long as a loss event of the scenario cost nothing on any path.
    /// - A figure with an unknown error is inconclusive, whatever its value.
    pub fn judged(
        id: &str,
        asked: &Asked,
        place: Option<PlacePart>,
        found: Result<Estimate, Absent>,
    ) -> Self {
        let gate = Self {
            id: id.to_owned(),
            measure: asked.measure.clone(),
            above: asked.above,
            below: asked.below,
            confidence: asked.confidence,
            place,
            ..Self::default()
        };
        match found {
            Ok(estimate) => gate.by(&estimate),
            Err(why) => Self { note: Some(GateNote::Absent(why)), ..gate },
        }
    }

    fn by(self, estimate: &Estimate) -> Self {
        let kind = look_up(&self.measure);
        let sampling = kind.map_or(Sampling::Normal, |kind| kind.sampling(estimate.n));
        let unit = kind.map_or(Unit::PerYear, |kind| kind.unit);
        let (interval, note) = match known(estimate, sampling) {
            Ok((interval, note)) => (Some(interval), note),
            Err(note) => (None, Some(note)),
        };
        let verdict =
            interval.map_or(GateVerdict::Inconclusive, |interval| verdict(self.above, self.below, interval));
        let judged = Estimate { interval, ..*estimate };
        // even with too few paths in the tail, the error shows how far the limit is
        let of_tail = few_in_tail(sampling, estimate.n).and_then(Note::paths);
        let needed = of_tail.or(estimate.note.and_then(Note::paths)).map(|paths| rounded_up(paths as f64));
        let is_open = verdict == GateVerdict::Inconclusive && (interval.is_some() || needed.is_some());
        let advice = if is_open { advice(&self, estimate, needed.unwrap_or(0)) } else { None };
        Self {
            answer: kept(&Measure::new(unit, &judged)),
            verdict,
            paths_to_decide: match advice {
                Some(Advice::Paths { run: [_, most], .. }) => Some(most),
                _ => None,
            },
            advice,
            note,
            ..self
        }
    }
}

/// Confidence level of interim analysis number `look`, from 0, while the number of paths grows.
///
/// ```text
/// 1 − (1 − confidence)/2^look
/// ```
///
/// An analysis errs on one side with probability (1 − level)/2, and ½ + ¼ + … = 1. So a wrong pass is no more
/// frequent than 1 − confidence, however many analyses are made. Analysis 0 has the level of a gate that is
/// judged once. Source: Boole's inequality, spent geometrically.
pub fn confidence_of_look(confidence: f64, look: u32) -> f64 {
    let spent = (0..look).fold(1.0 - confidence, |left, _| 0.5 * left);
    1.0 - spent
}

type Interval = (f64, f64);

/// Returns the interval that decides the gate, with a note on it, or the note that says why there is none.
fn known(estimate: &Estimate, sampling: Sampling) -> Result<(Interval, Option<GateNote>), GateNote> {
    let Estimate { value, level, n, .. } = *estimate;
    if !value.is_finite() {
        return Err(GateNote::Absent(Absent::TooFewPaths));
    }
    let of = |note| GateNote::Error(Error::Noted(note));
    let is_spread = estimate.std_error.is_some_and(|error| error > 0.0);
    if let Some(note) = few_in_tail(sampling, n).filter(|_| is_spread) {
        return Err(of(note));
    }
    let certain = |why: Error| Ok(((value, value), Some(GateNote::Error(why))));
    match (estimate.std_error, estimate.interval, estimate.note) {
        (_, None, Some(Note::NoObligations)) => certain(Error::Noted(Note::NoObligations)),
        (None, None, Some(note @ Note::Atom { probability })) => {
            if is_whole_in_atom(sampling, probability, level, n) {
                certain(Error::Noted(note))
            } else {
                Err(of(Note::TooFewPaths))
            }
        }
        (_, None, Some(note)) => Err(of(note)),
        (Some(0.0), _, _) => certain(Error::Certain),
        (_, None, None) => Err(of(Note::FewDecide)),
        (_, Some(interval), note) => Ok((interval, note.map(of))),
    }
}

/// True if both order statistics that bound the interval at `level` are values of one atom (a value that many paths
/// have, with the probability `atom`). A shortfall is an atom only if its losses cannot be greater, so the interval is
/// that of the quantile at which its tail begins.
fn is_whole_in_atom(sampling: Sampling, atom: f64, level: f64, n: usize) -> bool {
    match sampling {
        // without an interval, both ranks lie in the atom if they exist
        Sampling::Quantile { probability } => interval_ranks(n, probability, level).is_some(),
        // the atom holds the largest losses
        Sampling::Shortfall { level: of_tail, .. } => {
            interval_ranks(n, of_tail, level).is_some_and(|(low, _)| low as u64 > n as u64 - events(atom, n))
        }
        Sampling::Normal | Sampling::Share => false,
    }
}

/// Converts a share of `n` paths to a number of paths.
pub(super) fn events(share: f64, n: usize) -> u64 {
    (share * n as f64).round() as u64
}

fn verdict(above: Option<f64>, below: Option<f64>, (low, high): Interval) -> GateVerdict {
    let is_wrong = above.is_some_and(|limit| high <= limit) || below.is_some_and(|limit| low >= limit);
    let is_right = above.is_none_or(|limit| low > limit) && below.is_none_or(|limit| high < limit);
    match (is_wrong, is_right) {
        (true, _) => GateVerdict::Fail,
        (false, true) => GateVerdict::Pass,
        (false, false) => GateVerdict::Inconclusive,
    }
}

/// Returns a note if an expected shortfall has too few paths in its tail; `None` otherwise, or for other figures.
fn few_in_tail(sampling: Sampling, n: usize) -> Option<Note> {
    match sampling {
        Sampling::Shortfall { level, .. } => Note::few_in_tail(n, level),
        _ => None,
    }
}

/// Rounds a number of paths up to two significant digits.
fn rounded_up(paths: f64) -> u64 {
    let whole = paths.ceil() as u64;
    let mut unit = 1;
    while whole / unit >= 100 {
        unit *= 10;
    }
    whole.div_ceil(unit) * unit
}

#[cfg(test)]
mod simulated;
#[cfg(test)]
mod tests;
