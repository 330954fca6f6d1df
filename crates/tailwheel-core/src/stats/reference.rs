//! List of all measures: figures of the run, effects of agent selling, figures of the run without agents.
//!
//! In: declarations of quantities. Out: [`MEASURES`] and look-up by id. Not here: their samples (`source`).

use super::absent::Absent;
use super::co_movement::{self, World};
use super::data::Data;
use super::estimate::Estimate;
use super::measure::{Measure, Sampled};
use super::source::{Input, SampleSource, Taken};
use crate::form::capital;
use crate::record::{
    Better, Declared, Figure, Needs, REAL_WEALTH, RUIN_MONTH, Scope, Statistic, TrackId, Unit, declared, id,
    stand_ins,
};
use crate::stage;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::sync::LazyLock;

/// All measures, in the order of the reference documentation. Measures that use the same samples are adjacent.
pub static MEASURES: LazyLock<Vec<Measure>> = LazyLock::new(|| {
    let tracks = declared().map(|(id, declared)| (Input::Track(id, declared.seen), declared));
    let months =
        co_movement::DECLARED.iter().map(|(question, declared)| (Input::Months(*question), declared));
    let all: Vec<(Input, &Declared)> = tracks.chain(months).collect();
    let of = |named: &'static Named, scope: Scope| {
        all.iter().filter(move |(_, one)| Scope::of(one.id) == scope).flat_map(|(of, declared)| {
            (named.figures)(declared).iter().map(|figure| named.measure(*of, declared, figure))
        })
    };
    of(&RUN, Scope::Portfolio)
        .chain(of(&ADDED, Scope::Portfolio))
        .chain(of(&WITHOUT_FEEDBACK, Scope::Portfolio))
        .chain(of(&RUN, Scope::EachAsset))
        .chain(of(&RUN, Scope::EachEvent))
        .chain(of(&RUN, Scope::EachCause))
        .chain(of(&RUN, Scope::EachState))
        .chain(of(&RUN, Scope::EachMove))
        .collect()
});

/// Serializes a measure as its id, with a placeholder such as `<name>` for the name of an object.
impl Serialize for Measure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.id)
    }
}

/// Deserializes a measure from its id; fails if there is no measure with this id.
impl<'de> Deserialize<'de> for &'static Measure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = String::deserialize(deserializer)?;
        let found = MEASURES.iter().find(|measure| measure.id == id);
        found.ok_or_else(|| de::Error::custom(format!("there is no measure `{id}`")))
    }
}

/// Returns the groups of measures that use the same samples, in the order of [`MEASURES`].
pub(super) fn families() -> Vec<&'static [Measure]> {
    MEASURES.chunk_by(|a, b| a.source == b.source).collect()
}

/// Finds the measure with this `id`, in which an object has its name or a placeholder such as `<name>` or
/// `<event>`; `None` if there is none.
pub fn look_up(id: &str) -> Option<&'static Measure> {
    with_object(id).map(|(measure, _)| measure)
}

/// Finds the measure of `id` and the name of its object, empty for the portfolio; `None` if there is none.
fn with_object(id: &str) -> Option<(&'static Measure, &str)> {
    MEASURES.iter().find_map(|measure| Some((measure, measure.object_of(id)?)))
}

/// Returns the unit of the measure `id`; [`Unit::PerYear`] if there is no such measure.
pub fn unit_of(id: &str) -> Unit {
    look_up(id).map_or(Unit::PerYear, |measure| measure.unit)
}

/// Returns the label of the measure `id` with the name of its object; `id` itself if there is no measure.
pub fn label_of(id: &str) -> String {
    match with_object(id) {
        None => id.to_owned(),
        Some((measure, "")) => measure.title.clone(),
        Some((measure, object)) => format!("{} of {object}", measure.title),
    }
}

/// Returns the ids of the recorded quantities from which the figures `ids` are computed in the run with agents.
/// `None` if a figure also needs the run without agents, monthly returns or derived columns.
pub fn quantities_of(ids: &[&str]) -> Option<Vec<&'static str>> {
    let own = ids.iter().map(|id| look_up(id)?.source.quantity()).collect::<Option<Vec<_>>>()?;
    // these two show if the run is deterministic and if anybody is ruined
    let all = own.into_iter().map(TrackId::of).chain([REAL_WEALTH, RUIN_MONTH]).flat_map(stand_ins);
    let mut all: Vec<&'static str> = all.map(TrackId::quantity).collect();
    all.sort_unstable();
    all.dedup();
    Some(all)
}

/// Computes the figure `id` of a run with its interval at `level`, 0 < level < 1. `None` if no measure or
/// object has this id. At [`LEVEL`](super::LEVEL) it equals the report to the last bit; at other levels a
/// gate or comparison uses it.
pub fn estimate_at(data: &Data, id: &str, level: f64) -> Option<Result<Estimate, Absent>> {
    let (measure, name) = with_object(id)?;
    let objects = data.basis().objects(measure.scope);
    let (object, _) = objects.into_iter().find(|(_, known)| *known == name)?;
    let sampled = Sampled::of(&measure.source, data, object);
    Some(sampled.map(|sampled| measure.estimate(&sampled, level, data)))
}

/// Ids, titles and origin of the figures with agents, without agents, or of their difference.
struct Named {
    /// Prefix of the ids of these figures; empty for the run with agents.
    prefix: &'static str,
    /// Words added to the titles of these figures, such as ", without agents"; empty for the run with agents.
    words: &'static str,
    figures: fn(&Declared) -> &'static [Figure],
    taken: fn(Statistic) -> Taken,
}

const RUN: Named = Named {
    prefix: "",
    words: "",
    figures: |declared| declared.run,
    taken: |statistic| match statistic {
        Statistic::OnWorst(level) => Taken::OnWorst(level),
        Statistic::WithLoss => Taken::WithLoss,
        _ => Taken::In(World::Run),
    },
};
const ADDED: Named = Named {
    prefix: id::ADDED,
    words: ", added by agent selling",
    figures: |declared| declared.added,
    taken: Taken::Added,
};
const WITHOUT_FEEDBACK: Named = Named {
    prefix: stage::WITHOUT_FEEDBACK,
    words: ", without agents",
    figures: |declared| declared.without_feedback,
    taken: |_| Taken::In(World::WithoutAgents),
};

impl Named {
    fn measure(&self, of: Input, declared: &Declared, figure: &Figure) -> Measure {
        let id = match figure.suffix {
            "" => declared.id.to_owned(),
            suffix => format!("{}.{suffix}", declared.id),
        };
        let statistic = figure.statistic.within(declared.range);
        let taken = (self.taken)(statistic);
        let (low, high) = statistic.range(declared.range);
        Measure {
            id: format!("{}{id}", self.prefix),
            title: capital(&figure.label(declared.title)) + self.words,
            unit: declared.unit,
            doc: doc(declared, taken, &id, statistic),
            scope: Scope::of(declared.id),
            better: match statistic {
                Statistic::StandardDeviation => Better::Neither,
                _ => declared.better,
            },
            needs: match taken {
                Taken::In(World::Run) | Taken::OnWorst(_) | Taken::WithLoss => declared.needs,
                Taken::In(World::WithoutAgents) | Taken::Added(_) => Needs::Agents,
            },
            is_of_ruined: declared.is_of_ruined,
            range: match taken {
                Taken::In(_) | Taken::OnWorst(_) | Taken::WithLoss => (low, high),
                Taken::Added(_) => (low - high, high - low),
            },
            statistic: match (of, taken) {
                (Input::Months(_), _) | (_, Taken::OnWorst(_) | Taken::WithLoss) => {
                    Statistic::OfContributions { is_by_ranks: false }
                }
                (Input::Track(..), Taken::In(_)) => statistic,
                (Input::Track(..), Taken::Added(statistic)) => statistic.added(),
            },
            source: SampleSource { of, taken },
        }
    }
}

fn doc(declared: &Declared, taken: Taken, id: &str, statistic: Statistic) -> String {
    let has_doc = !declared.doc.is_empty();
    match taken {
        Taken::In(World::Run) | Taken::OnWorst(_) | Taken::WithLoss if !has_doc => {
            statistic.doc(declared.title)
        }
        Taken::In(World::WithoutAgents) => {
            format!("The same as `{id}`, in the paired run without agents (same paths and months).")
        }
        Taken::Added(_) if !has_doc || !declared.run.is_empty() => format!(
            "`{id}` with agents minus without, on the same paths and months. Error: paired differences of the paths' \
             influences (Hampel 1974)."
        ),
        _ if matches!(statistic, Statistic::Above(_)) => {
            format!("{} Interval: Clopper & Pearson (1934).", declared.doc)
        }
        _ => declared.doc.to_owned(),
    }
}

impl Statistic {
    /// Turns a mean into the mean of bounded samples if both bounds of the samples are finite.
    fn within(self, (low, high): (f64, f64)) -> Self {
        match self {
            Self::Mean if low.is_finite() && high.is_finite() => Self::MeanWithin(low, high),
            _ => self,
        }
    }

    /// Returns the statistic of the paths' contributions that gives the effect of agents (with minus without).
    fn added(self) -> Self {
        match self {
            Self::MeanWithin(low, high) => Self::MeanWithin(low - high, high - low),
            Self::Above(_) => Self::MeanWithin(-1.0, 1.0),
            Self::MeanOfLog => Self::Mean,
            Self::Quantile(_) => Self::OfContributions { is_by_ranks: true },
            Self::Shortfall(_) => Self::OfContributions { is_by_ranks: false },
            _ => self,
        }
    }

    /// Returns bounds of the figure (least, greatest) if all samples lie in `range`.
    fn range(self, range: (f64, f64)) -> (f64, f64) {
        match self {
            Self::Above(_) => (0.0, 1.0),
            _ => range,
        }
    }

    /// Describes formula, error and source of this statistic of `quantity`, in sentences.
    fn doc(self, quantity: &str) -> String {
        match self {
            Self::StandardDeviation => format!(
                "√(Σ(x − x̄)²/(n − 1)) over all paths, x: {quantity}. Error: fourth moment (Kendall & Stuart §12)."
            ),
            Self::Quantile(p) => format!(
                "x_(⌈n·{p:.2}⌉) of the sorted paths, x: {quantity}. Interval: binomial ranks (David & Nagaraja, Order \
                 Statistics, §7.1)."
            ),
            Self::WithLoss => format!(
                "Σ(x − x̄)(L − L̄)/((n − 1)·loss.sd) over all paths, x: {quantity}. Over all assets and the owner it adds up to \
                 `loss.sd` (Euler; Tasche 1999). Error: the paths' influences (Hampel 1974)."
            ),
            Self::OnWorst(level) => format!(
                "Σwx/Σw over the paths of `expected_shortfall.{:.0}` with their weights w, x: {quantity}. Interval: that of \
                 the mean (Hall 1992) and of the paths chosen.",
                100.0 * level
            ),
            _ => {
                format!("Σx/n over all paths, x: {quantity}. Error: s/√n (central limit theorem).")
            }
        }
    }
}
