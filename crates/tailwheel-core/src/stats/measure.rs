//! Definition of a measure, and its evaluation on one run.
//!
//! In: data of a run. Out: [`MeasureResult`]. Not here: the list of measures (`reference`), their samples (`source`).

use super::absent::Absent;
use super::data::Data;
use super::estimate::{Estimate, Note};
use super::moments;
use super::sample::Sample;
use super::source::{Input, SampleSource, Taken};
use crate::record::{ABOVE_INDEX_FUND, BEAT, Better, INDEX_FUND, Needs, Scope, Statistic, Unit};
use std::sync::Arc;

/// Definition of one figure of the report.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Stable id; a placeholder such as `<name>` stands for the name of an asset or other object.
    pub id: String,
    /// Label in a table, such as "Median final wealth, real".
    pub title: String,
    pub unit: Unit,
    /// Formula, error and source, in sentences.
    pub doc: String,
    pub scope: Scope,
    /// Direction in which the measure is better for the owner.
    pub better: Better,
    /// Least and greatest possible value. For a loss, the bounds of the money returned, from which the loss is
    /// computed.
    pub range: (f64, f64),
    pub needs: Needs,
    /// True if the figure is 0 on every path that is not ruined.
    pub is_of_ruined: bool,
    pub(super) statistic: Statistic,
    pub(super) source: SampleSource,
}

impl Measure {
    /// True if the measure is an amount of money lost: at most the money invested, and negative for a gain.
    pub fn is_loss(&self) -> bool {
        let is_amount = self.unit == Unit::Money && self.statistic != Statistic::StandardDeviation;
        is_amount && self.source.is_of_lost() && matches!(self.source.taken, Taken::In(_))
    }

    /// True if the measure is a mean over paths.
    pub fn is_mean(&self) -> bool {
        self.statistic == Statistic::Mean
    }

    /// True if the measure is computed from the loss. The share of paths with a loss and an asset's contribution
    /// to the loss of the worst paths count too.
    pub fn is_of_loss(&self) -> bool {
        self.source.is_of_lost() || matches!(self.source.taken, Taken::OnWorst(_) | Taken::WithLoss)
    }

    /// Returns the direction in which a difference from a run with other spending or flows is better; `None` if it
    /// must not be judged. More money that the owner keeps instead of spending it is neither better nor worse.
    /// Withdrawals count as received, so losses do not compare.
    pub fn better_at_other_payments(&self) -> Option<Better> {
        let better = if self.unit == Unit::Money { Better::Neither } else { self.better };
        (!self.is_of_loss()).then_some(better)
    }

    /// True if the figure is exact because the run is deterministic. Figures of the class to beat and of the index
    /// fund never are.
    pub(super) fn is_certain(&self, data: &Data) -> bool {
        data.is_certain() && !matches!(self.source.of, Input::Track(BEAT | INDEX_FUND | ABOVE_INDEX_FUND, _))
    }

    /// Computes the figure of a run with its interval at `level`.
    ///
    /// Without any spread between paths, the figure counts as exact only if the run is deterministic. A mean or a
    /// spread has no interval as long as an event cost nothing on any path.
    pub(super) fn estimate(&self, sampled: &Sampled, level: f64, data: &Data) -> Estimate {
        let found = self.of_paths(sampled, level, data);
        let asset = sampled.object.filter(|_| self.scope == Scope::EachAsset);
        let is_hidden = data.hides_losses_of(asset) && self.is_moved_by_rare_losses();
        if is_hidden && found.note != Some(Note::NoObligations) {
            return Estimate { level, ..Estimate::bare(found.value, found.n, Some(Note::EventUnseen)) };
        }
        found
    }

    /// True if a loss on hardly any path can move the figure by more than its paths show. Ranks and counts bound
    /// quantiles and shares whatever the unseen paths lose.
    fn is_moved_by_rare_losses(&self) -> bool {
        let is_mean = matches!(
            self.statistic,
            Statistic::Mean
                | Statistic::StandardDeviation
                | Statistic::Shortfall(_)
                | Statistic::OnWorst(_)
                | Statistic::WithLoss
        );
        is_mean && self.source.is_of_single_paths() && self.scope != Scope::EachEvent
    }

    fn of_paths(&self, sampled: &Sampled, level: f64, data: &Data) -> Estimate {
        let Sampled { all, first, .. } = sampled;
        let first = first.as_ref();
        let Some((first, value)) = first.and_then(|first| Some((first, self.statistic.value(all)?))) else {
            return self.of_sample(all, level, data);
        };
        if first.is_even() && !all.is_even() {
            // events on later paths alone cause an error that the first paths do not show
            return Estimate { level, ..Estimate::bare(value, all.n(), Some(Note::TooFewPaths)) };
        }
        self.of_sample(first, level, data).of_more(value, all.n())
    }

    /// Computes the figure from all paths of `sample`, with its error and its interval at `level`.
    fn of_sample(&self, sample: &Sample, level: f64, data: &Data) -> Estimate {
        let is_certain = self.is_certain(data);
        if sample.by_definition {
            let found = Estimate::bare(0.0, sample.n(), Some(Note::NoObligations));
            return Estimate { level, ..found };
        }
        let found = match self.statistic {
            Statistic::Mean => moments::mean_within(self.range, sample, level),
            statistic => statistic.estimate(sample, level),
        };
        let found = Estimate { level, ..found };
        match (found.std_error, found.note) {
            (_, Some(Note::Atom { .. })) if !matches!(self.statistic, Statistic::Shortfall(_)) => found,
            // in a deterministic run the bound from counts is not needed: there is no unseen path
            _ if is_certain && sample.is_even() => Estimate {
                level,
                ..Estimate::with_interval(found.value, 0.0, (found.value, found.value), found.n)
            },
            // unlike a quantile, a mean beyond it moves with every larger loss, unless there is none
            (_, Some(Note::Atom { .. })) if found.value < data.basis().money_in => {
                let note = if sample.is_even() { Note::NoneDiffers } else { Note::TooFewPaths };
                Estimate { level, ..Estimate::bare(found.value, found.n, Some(note)) }
            }
            (Some(0.0), _) if !is_certain => {
                Estimate { level, ..Estimate::bare(found.value, found.n, Some(Note::NoneDiffers)) }
            }
            _ => found,
        }
    }

    /// True if the interval of the measure is conservative by construction: it comes from ranks or counts, or
    /// holds for every law within known bounds where few paths decide.
    pub fn is_exact(&self) -> bool {
        match self.statistic {
            Statistic::Above(_) | Statistic::Quantile(_) | Statistic::MeanWithin(..) => true,
            Statistic::OfContributions { is_by_ranks } => is_by_ranks,
            _ => false,
        }
    }

    /// Returns the id of the measure for the object `name`, such as an asset; without `name` for the portfolio.
    pub fn id_of(&self, name: &str) -> String {
        match self.scope {
            Scope::Portfolio => self.id.clone(),
            scope => self.id.replace(scope.placeholder(), name),
        }
    }

    /// Returns the object's name in `id` (empty for the portfolio); `None` if `id` is not of this measure.
    pub(super) fn object_of<'i>(&self, id: &'i str) -> Option<&'i str> {
        if self.scope == Scope::Portfolio {
            return (id == self.id).then_some("");
        }
        let (before, after) = self.id.split_once(self.scope.placeholder())?;
        let name = id.strip_prefix(before)?.strip_suffix(after)?;
        (!name.is_empty()).then_some(name)
    }
}

/// A measure of one run with its estimate, or the reason why it has no value.
#[derive(Clone, Debug)]
pub struct MeasureResult {
    pub id: String,
    pub measure: &'static Measure,
    pub result: Result<Estimate, Absent>,
}

/// Samples from which several related measures are computed.
pub(super) struct Sampled {
    /// Number of the object that has the samples; `None` for the portfolio.
    object: Option<u16>,
    pub all: Arc<Sample>,
    /// Samples of the first paths, if errors are computed from them; `None` if from all paths.
    first: Option<Arc<Sample>>,
}

impl Sampled {
    /// Reads the samples of the `object` with this number (an asset, event or other), or of the portfolio if `None`.
    pub fn of(source: &SampleSource, data: &Data, object: Option<u16>) -> Result<Self, Absent> {
        let all = source.sample(data, object)?;
        let first = data.first().map(|first| source.sample(first, object));
        Ok(Self { object, all, first: first.transpose()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::tests::{basis, outcome};
    use crate::stats::{Basis, MEASURES, look_up, quantities_of};

    fn of(id: &str, values: Vec<f64>, is_certain: bool) -> Estimate {
        let sample = Sample::new(values).expect("finite");
        let mut run = outcome(2, 1.0);
        if is_certain {
            run.columns.iter_mut().for_each(|column| column.values = vec![7.0; 2].into());
        }
        let data = Data::new(&run, Basis { has_events: !is_certain, ..basis(100.0) }).expect("usable");
        look_up(id).expect("a measure").of_sample(&sample, 0.99, &data)
    }

    #[test]
    fn a_shortfall_without_spread_is_an_atom_only_if_no_loss_can_be_greater() {
        let of = |loss: f64| of("expected_shortfall.95", vec![loss; 5_000], false);
        assert_eq!((of(50.0).interval, of(50.0).note), (None, Some(Note::NoneDiffers)));
        assert_eq!(of(100.0).note, Some(Note::Atom { probability: 1.0 }));
        // the same on every path of a deterministic run
        let certain = super::tests::of("expected_shortfall.95", vec![50.0; 5_000], true);
        assert_eq!(certain.interval, Some((50.0, 50.0)));
    }

    #[test]
    fn without_bounds_no_spread_proves_nothing_unless_nothing_is_left_to_chance() {
        for id in ["wealth.terminal.mean", "wealth.terminal.sd"] {
            let found = of(id, vec![7.0; 5000], false);
            assert_eq!((found.interval, found.note), (None, Some(Note::NoneDiffers)));
            let found = of(id, vec![7.0; 5000], true);
            assert_eq!(found.interval, Some((found.value, found.value)));
        }
    }

    #[test]
    fn what_is_of_the_world_as_it_is_alone_needs_a_few_quantities() {
        let of = |ids: &[&str]| quantities_of(ids).map(|found| found.len());
        assert_eq!(of(&["cagr.p50", "loss.probability"]), Some(5));
        assert_eq!(of(&["asset.x.terminal.p50"]), Some(4));
        for id in ["amplification.loss.probability", "asset.x.contribution.sd", "unknown"] {
            assert_eq!(of(&["cagr.p50", id]), None, "{id}");
        }
        // it does not follow from a column
        let months = MEASURES.iter().find(|measure| !measure.source.is_of_single_paths());
        assert_eq!(of(&[&months.expect("co-movement").id]), None);
    }

    #[test]
    fn within_bounds_no_spread_bounds_the_share_of_paths_that_may_differ() {
        // 1 − 0.005^(1/1000)
        let share = 0.005_284_306;
        for (id, value, low, high) in [
            ("amplification.loss.probability", 0.0, -share, share),
            ("loop.crash_months.per_year", 0.0, 0.0, 12.0 * share),
            ("drawdown.max.mean", 1.0, 1.0 - share, 1.0),
        ] {
            let found = of(id, vec![value; 1000], false);
            let (at_low, at_high) = found.interval.expect("bounded");
            assert!((at_low - low).abs().max((at_high - high).abs()) < 1e-8, "{id} {found:?}");
            assert!(found.std_error.is_some_and(|error| error > 0.0), "{id}");
        }
    }

    #[test]
    fn an_end_that_no_value_can_pass_needs_no_atom() {
        // one in twenty of 5,000 returns is near a total loss, none is one
        let score = |path: u32| crate::math::normal::quantile((f64::from(path) + 0.5) / 5_000.0);
        let near = |path: u32| match path % 20 {
            0 => -0.99 + 1e-5 * f64::from(path),
            _ => 0.08 + 0.02 * score(path),
        };
        let values: Vec<f64> = (0..5_000).map(near).collect();
        assert!(of("cagr.mean", values.clone(), false).interval.is_some());
        // power: of what has no end the same samples are refused
        let endless = of("amplification.wealth.terminal.real.mean", values, false);
        assert!(endless.interval.is_none());
    }

    #[test]
    fn what_is_too_skewed_says_how_many_paths_would_do() {
        let id = "amplification.wealth.terminal.real.mean";
        let mut rare = vec![0.0; 3000];
        rare[..6].fill(1e4);
        let found = of(id, rare, false);
        let Some(Note::HeavyTail { skewness, paths }) = found.note else {
            panic!("{found:?}");
        };
        // six events of 3,000 paths, 99 of 49,500
        assert!((skewness.expect("a bound") - 500f64.sqrt()).abs() < 1e-9);
        assert_eq!((paths, found.interval), (Some(49_500), None));
        let few = of("wealth.terminal.mean", (0..128).map(f64::from).collect(), false);
        assert_eq!(few.note.and_then(Note::paths), Some(200));
        // both tails are looked at, whatever the sign
        let found = of(id, (1..=5000).map(|k| -1e6 / f64::from(k)).collect(), false);
        assert!(matches!(found.note, Some(Note::HeavyTail { .. })), "{found:?}");
    }
}
