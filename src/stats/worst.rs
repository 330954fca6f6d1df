//! What causes gave on the paths that lose most, and what took most of who is ruined.
//!
//! In: an outcome. Out: [`OnWorst`] means with what every path contributes to them; columns that follow from
//! those of the causes. Not here: what a cause gave (`record`), intervals (`change`).

use super::data::Basis;
use super::estimate::LEVEL;
use super::sample::Sample;
use super::with_loss::{Losses, WithLoss};
use super::worst_mean::{Edge, WorstMean};
use crate::book::Cause;
use crate::engine::outcome::Outcome;
use crate::math::quantile::{interval_ranks, rank};
use crate::math::sum::Sum;
use crate::record::{
    ASSET_LOSS, CAUSE_GIVEN, MARKET, OWNER_LOSS, RETURNED, RUIN_CAUSE, RUIN_MONTH, TAKERS, TrackId,
    WORST, cause_number, causes, of_market,
};
use std::borrow::Cow;
use std::sync::OnceLock;

/// What is expected at the edge is the mean of so many of the worst on either side of it, as a part of all worst.
/// Chosen.
const ABOUT_EDGE: f64 = 0.25;

/// Of the interval of the edge in which a kink is looked for.
const WIDE: f64 = 0.997;

/// A mean over the worst `1 − level` of the paths.
///
/// ```text
/// x̄_w = Σ w_k x_k / Σ w_k        w_k: 1 beyond the quantile q of the losses; at q what fills Σ w up to n(1 − level)
/// z_k = x_q + w_k (x_k − x_q)/(1 − level),   mean z = x̄_w
/// ```
///
/// with x_q what is expected of a path that loses q. Paths that lose exactly q share what is left of the weight evenly. The z are held against those
/// of another run; the interval of the mean itself is another (`worst_mean`). Sources: D. Tasche, *Risk
/// contributions and performance measurement*, TU München (1999), of the mean as the contribution to a shortfall.
#[derive(Clone, Debug)]
pub struct OnWorst {
    pub value: f64,
    pub law: WorstMean,
    at_edge: f64,
    /// Paths with their contributions; that of all others is what is expected at the edge.
    inside: Vec<(u32, f64)>,
}

impl OnWorst {
    fn of(paths: &WorstPaths, values: &[f64]) -> Self {
        let n = paths.n;
        let about = paths.about_edge.iter().map(|path| values[*path as usize]);
        let at_edge = about.collect::<Sum>().value() / paths.about_edge.len() as f64;
        let beyond = |(path, weight): &(u32, f64)| weight * (values[*path as usize] - at_edge);
        let sum: Sum = paths.weights.iter().map(beyond).collect();
        let size: Sum = paths.weights.iter().map(|(_, weight)| *weight).collect();
        let inside = paths.weights.iter();
        let share = size.value() / n as f64;
        let inside = inside.map(|worst| (worst.0, at_edge + beyond(worst) / share));
        let value = at_edge + sum.value() / size.value();
        let worst = paths.weights.iter();
        let worst: Vec<(f64, f64)> = worst
            .map(|(path, weight)| (values[*path as usize], *weight))
            .collect();
        let edge = paths.edge(values);
        Self {
            value,
            law: WorstMean::of(&worst, value, edge, values, paths.level),
            at_edge,
            inside: inside.collect(),
        }
    }

    /// Of every one of `n` paths.
    pub fn contributions(&self, n: usize) -> Vec<f64> {
        let mut all = vec![self.at_edge; n];
        for (path, contribution) in &self.inside {
            all[*path as usize] = *contribution;
        }
        all
    }
}

/// The paths that lose most.
#[derive(Clone, Debug)]
struct WorstPaths {
    level: f64,
    n: usize,
    /// With their weights.
    weights: Vec<(u32, f64)>,
    about_edge: Vec<u32>,
    /// Those that lose most with what came back, the worst first, as far as the edge can be.
    order: Vec<(u32, f64)>,
    /// How many of them are before the edge, at least and at most, by its 95 % interval and by a wide one.
    near: (usize, usize),
    far: (usize, usize),
}

impl WorstPaths {
    /// By what came back of the money put in, path by path and `sorted`: who loses most got back least.
    fn of(returned: &[f64], sorted: &[f64], level: f64) -> Self {
        let (n, rank) = (sorted.len(), rank(sorted.len(), level));
        let at = n - rank;
        let edge = sorted[at];
        let fraction = (rank as f64 - n as f64 * level).clamp(0.0, 1.0);
        let size = at as f64 + fraction;
        let first = sorted.partition_point(|value| *value < edge);
        let end = sorted.partition_point(|value| *value <= edge);
        let at_edge = (size - first as f64) / (end - first) as f64;
        let reach = (ABOUT_EDGE * size) as usize;
        let about = sorted[at.saturating_sub(reach)]..=sorted[(at + reach).min(n - 1)];
        let (mut weights, mut about_edge) = (Vec::new(), Vec::new());
        for (path, value) in (0..).zip(returned) {
            if *value <= edge {
                weights.push((path, if *value < edge { 1.0 } else { at_edge }));
            }
            if about.contains(value) {
                about_edge.push(path);
            }
        }
        let ranks = |confidence: f64| {
            let found = interval_ranks(n, 1.0 - level, confidence);
            found.unwrap_or((at.max(1), at.max(1)))
        };
        let (near, far) = (ranks(LEVEL), ranks(WIDE));
        let last = sorted[near.1.max(far.1) - 1];
        let order = (0..).zip(returned.iter().copied());
        let mut order: Vec<(u32, f64)> = order.filter(|(_, value)| *value <= last).collect();
        order.sort_by(|a, b| a.1.total_cmp(&b.1));
        Self {
            level,
            n,
            weights,
            about_edge,
            order,
            near,
            far,
        }
    }

    /// What the mean of `values` is over as many of the worst paths as the edge allows. Of those that lose the same as
    /// many as there is room for are worth their mean.
    fn edge(&self, values: &[f64]) -> Edge {
        let counts = [self.near.0, self.near.1, self.far.0, self.far.1].map(|rank| rank as f64);
        let (mut sum, mut size) = (0.0, 0.0);
        let (mut least, mut greatest) = (f64::INFINITY, f64::NEG_INFINITY);
        let mut far = [0.0; 2];
        for group in self.order.chunk_by(|a, b| a.1 == b.1) {
            let own: f64 = group.iter().map(|(path, _)| values[*path as usize]).sum();
            let end = size + group.len() as f64;
            let mean = |count: f64| (sum + (count - size) / (end - size) * own) / count;
            // in a group the mean goes one way, so its ends are enough
            for count in [counts[0], counts[1], end] {
                if size < count && count <= end && counts[0] <= count && count <= counts[1] {
                    (least, greatest) = (least.min(mean(count)), greatest.max(mean(count)));
                }
            }
            for (far, count) in far.iter_mut().zip(&counts[2..]) {
                if size < *count && *count <= end {
                    *far = mean(*count);
                }
            }
            (sum, size) = (sum + own, end);
        }
        Edge {
            least,
            greatest,
            far,
        }
    }
}

/// What causes gave and assets lost, path by path; sorted when somebody asks.
#[derive(Clone, Debug, Default)]
pub struct Causes {
    columns: Vec<(TrackId, Vec<f64>, OnceLock<Sample>)>,
    worst: Option<WorstPaths>,
    /// Where assets have a part of it, on two paths or more.
    losses: Option<Losses>,
}

impl Causes {
    /// Of a run on which `sorted` came back of the money put in.
    pub fn of(outcome: &Outcome, basis: &Basis, sorted: Option<&Sample>) -> Self {
        let n_others = basis.asset_names.len() + basis.event_names.len();
        let first = u16::try_from(n_others).expect("a scenario has few assets");
        let id = |of: TrackId, word: &str| of.of_object(first + cause_number(word));
        let kept = |word| Some((word, outcome.column(id(CAUSE_GIVEN, word))?.to_vec()));
        let mut given: Vec<(&str, Vec<f64>)> = causes().filter_map(kept).collect();
        let parts = given.iter().filter(|(word, _)| of_market().contains(word));
        let parts: Vec<&[f64]> = parts.map(|(_, values)| &**values).collect();
        if !parts.is_empty() {
            let sum = |path: usize| parts.iter().map(|part| part[path]).sum();
            given.push((MARKET, (0..outcome.n_paths).map(sum).collect()));
        }
        let ruined = outcome.column(RUIN_MONTH).unwrap_or_default();
        let ruined = ruin_causes(&given, ruined);
        let returned = outcome.column_or_like(RETURNED);
        let (losses, parts) = parts_of_loss(outcome, basis, returned);
        let is_asked = !given.is_empty() || !parts.is_empty();
        let worst = returned.zip(sorted).filter(|_| is_asked);
        let worst =
            worst.map(|(returned, sorted)| WorstPaths::of(returned, sorted.values(), WORST));
        let mut columns = Vec::new();
        for (of, words) in [(CAUSE_GIVEN, given), (RUIN_CAUSE, ruined)] {
            let words = words.into_iter();
            columns.extend(words.map(|(word, values)| (id(of, word), values, OnceLock::new())));
        }
        let parts = parts.into_iter();
        columns.extend(parts.map(|(id, values)| (id, values, OnceLock::new())));
        let losses = (losses.len() > 1).then(|| Losses::of(losses));
        Self {
            columns,
            worst,
            losses,
        }
    }

    /// Column `id`, sorted by `sort` when it is first asked for.
    pub fn sorted(&self, id: TrackId, sort: impl FnOnce(&[f64]) -> Sample) -> Option<&Sample> {
        let found = self.columns.iter().find(|(column, ..)| *column == id);
        found.map(|(_, values, sorted)| sorted.get_or_init(|| sort(values)))
    }

    /// The mean of column `id` over the paths that lose most, beyond `level`.
    pub fn on_worst(&self, id: TrackId, level: f64) -> Option<OnWorst> {
        let (_, values, _) = self.columns.iter().find(|(column, ..)| *column == id)?;
        let worst = self.worst.as_ref().filter(|worst| worst.level == level)?;
        Some(OnWorst::of(worst, values))
    }

    /// What column `id` has of the spread of the loss.
    pub fn with_loss(&self, id: TrackId) -> Option<WithLoss> {
        let (_, values, _) = self.columns.iter().find(|(column, ..)| *column == id)?;
        let losses = self.losses.as_ref()?;
        let is_part = |id: TrackId| {
            [ASSET_LOSS, OWNER_LOSS]
                .map(TrackId::quantity)
                .contains(&id.quantity())
        };
        let parts = self.columns.iter().filter(|(id, ..)| is_part(*id));
        let parts = parts.map(|(_, values, _)| values.as_slice());
        Some(WithLoss::of(values, losses, parts))
    }
}

/// Losses path by path, and what every asset has of them, the owner what is left; nothing where assets are not told
/// apart.
fn parts_of_loss(
    outcome: &Outcome,
    basis: &Basis,
    returned: Option<&[f64]>,
) -> (Vec<f64>, Vec<(TrackId, Vec<f64>)>) {
    let numbers = (0..).take(basis.asset_names.len());
    let kept = |number| {
        let id = ASSET_LOSS.of_object(number);
        Some((id, outcome.column(id)?.to_vec()))
    };
    let mut parts: Vec<(TrackId, Vec<f64>)> = numbers.filter_map(kept).collect();
    let Some(returned) = returned.filter(|_| !parts.is_empty()) else {
        return (Vec::new(), Vec::new());
    };
    let losses = returned.iter().map(|back| basis.flows.loss(*back));
    let losses: Vec<f64> = losses.collect();
    // without money that crosses the border there is no other whose it could be
    if outcome.column(RETURNED).is_some() {
        let rest = losses.iter().enumerate().map(|(path, loss)| {
            let of_assets = parts.iter().map(|(_, values)| values[path]);
            loss - of_assets.sum::<f64>()
        });
        let rest = rest.collect();
        parts.push((OWNER_LOSS, rest));
    }
    (losses, parts)
}

/// 1 where a cause took most of who is ruined. Nothing moves after ruin, so what it took until the horizon it took
/// until then.
fn ruin_causes(given: &[(&str, Vec<f64>)], ruined: &[f64]) -> Vec<(&'static str, Vec<f64>)> {
    let of = |word: &str| given.iter().find(|(known, _)| *known == word);
    let takers = TAKERS.into_iter();
    let came_in = of(Cause::Contribution.id());
    // what comes in is lived on: it is not what one is ruined by
    let taken = |word| {
        let given = &of(word)?.1;
        let came_in = came_in.filter(|_| word == Cause::Spending.id());
        let taken: Cow<'_, [f64]> = match came_in {
            None => Cow::Borrowed(given),
            Some((_, came_in)) => given.iter().zip(came_in).map(|(a, b)| a + b).collect(),
        };
        Some((word, taken))
    };
    let takers: Vec<(&'static str, Cow<'_, [f64]>)> = takers
        .filter(|_| !ruined.is_empty())
        .filter_map(taken)
        .collect();
    let mut columns = vec![vec![0.0; ruined.len()]; takers.len()];
    for (path, _) in ruined.iter().enumerate().filter(|(_, month)| **month > 0.0) {
        let mut most = (None, 0.0);
        for (place, (_, given)) in takers.iter().enumerate() {
            if given[path] < most.1 {
                most = (Some(place), given[path]);
            }
        }
        if let Some(place) = most.0 {
            columns[place][path] = 1.0;
        }
    }
    takers.iter().map(|(word, _)| *word).zip(columns).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The mean of `values` over the paths that lose most.
    pub fn on_worst(losses: &[f64], values: &[f64], level: f64) -> OnWorst {
        let returned: Vec<f64> = losses.iter().map(|loss| -loss).collect();
        let sorted = Sample::of(&returned).expect("finite");
        OnWorst::of(&WorstPaths::of(&returned, sorted.values(), level), values)
    }

    #[test]
    fn paths_that_lose_the_same_as_the_edge_are_worth_their_mean_wherever_the_edge_is() {
        // all lose the same: every number of them has the mean of all
        let values: Vec<f64> = (0..2_000).map(f64::from).collect();
        let on = on_worst(&vec![1.0; 2_000], &values, 0.95);
        assert_eq!(on.value, 999.5);
        let known = on.law.estimate(LEVEL, 2_000);
        let (low, high) = known.interval.expect("many");
        assert!(low < 999.5 && 999.5 < high);
    }
}
