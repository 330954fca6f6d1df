//! List of all measures: figures of the run, effects of agent selling, figures of the run without agents.
//!
//! In: declarations of quantities. Out: [`MEASURES`]. Not here: their samples (`source`).

use super::co_movement::{self, World};
use super::measure::{Measure, Scope};
use super::source::{Of, Source, Taken};
use crate::form::capital;
use crate::record::{Better, Declared, Figure, Needs, Statistic, declared, id};
use crate::stage;
use std::sync::LazyLock;

/// All measures, in the order of the reference. Measures that use the same samples are adjacent.
pub static MEASURES: LazyLock<Vec<Measure>> = LazyLock::new(|| {
    let tracks = declared().map(|(id, declared)| (Of::Track(id, declared.seen), declared));
    let months = co_movement::DECLARED.iter().map(|(question, declared)| (Of::Months(*question), declared));
    let all: Vec<(Of, &Declared)> = tracks.chain(months).collect();
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

/// Naming of declared figures: with agents, without agents, or their difference.
struct Named {
    /// Prefix of ids.
    prefix: &'static str,
    /// Suffix of titles.
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
    taken: |_| Taken::In(World::LoopOff),
};

impl Named {
    fn measure(&self, of: Of, declared: &Declared, figure: &Figure) -> Measure {
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
                Taken::In(World::LoopOff) | Taken::Added(_) => Needs::Agents,
            },
            is_of_ruined: declared.is_of_ruined,
            range: match taken {
                Taken::In(_) | Taken::OnWorst(_) | Taken::WithLoss => (low, high),
                Taken::Added(_) => (low - high, high - low),
            },
            statistic: match (of, taken) {
                (Of::Months(_), _) | (_, Taken::OnWorst(_) | Taken::WithLoss) => {
                    Statistic::OfContributions { is_by_ranks: false }
                }
                (Of::Track(..), Taken::In(_)) => statistic,
                (Of::Track(..), Taken::Added(statistic)) => statistic.added(),
            },
            source: Source { of, taken },
        }
    }
}

fn doc(declared: &Declared, taken: Taken, id: &str, statistic: Statistic) -> String {
    let has_doc = !declared.doc.is_empty();
    match taken {
        Taken::In(World::Run) | Taken::OnWorst(_) | Taken::WithLoss if !has_doc => {
            statistic.doc(declared.title)
        }
        Taken::In(World::LoopOff) => {
            format!("The same as `{id}`, in the paired run without agents (same paths and months).")
        }
        Taken::Added(_) if !has_doc || !declared.run.is_empty() => format!(
            "`{id}` with agents minus without, on the same paths and months. Error: paired differences of the paths' \
             influences (Hampel 1974)."
        ),
        _ => declared.doc.to_owned(),
    }
}

impl Statistic {
    /// Turns a mean into the mean of bounded samples if both `ends` are finite.
    fn within(self, (low, high): (f64, f64)) -> Self {
        match self {
            Self::Mean if low.is_finite() && high.is_finite() => Self::MeanWithin(low, high),
            _ => self,
        }
    }

    /// Returns the statistic for the paths' contributions to this figure with agents minus without.
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

    /// Returns the least and greatest figure of samples that lie in `range`.
    fn range(self, range: (f64, f64)) -> (f64, f64) {
        match self {
            Self::Above(_) => (0.0, 1.0),
            _ => range,
        }
    }

    /// Writes the formula, error and source of this statistic of `quantity`.
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
