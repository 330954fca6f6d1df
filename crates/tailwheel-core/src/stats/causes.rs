//! Columns derived from others: total of market causes, main cause of ruin, owner's loss outside the assets.
//!
//! In: an outcome. Out: [`Causes`]. Not here: amounts per cause (`record`), means over worst paths (`worst`).

use super::basis::{Basis, loss};
use super::with_loss::{Losses, WithLoss};
use crate::book::Cause;
use crate::engine::outcome::Outcome;
use crate::math::ROUNDING;
use crate::math::values::Values;
use crate::record::{
    ASSET_LOSS, CAUSE_GIVEN, MARKET, OF_MARKET, OWNER_LOSS, RETURNED, RUIN_CAUSE, RUIN_MONTH, Scope, TAKERS,
    TrackId, cause_number, causes,
};

/// Columns (one number per path) derived from others: amounts per cause, main cause of ruin, losses per asset.
#[derive(Clone, Debug, Default)]
pub struct Causes {
    columns: Vec<(TrackId, Values)>,
    /// Total loss of each path, with its moments; `None` for a single path or without losses per asset.
    losses: Option<Losses>,
}

impl Causes {
    pub fn of(outcome: &Outcome, basis: &Basis) -> Self {
        let first = basis.first(Scope::EachCause);
        let id = |of: TrackId, word: &str| of.of_object(first + cause_number(word));
        let kept = |word| Some((word, outcome.values(id(CAUSE_GIVEN, word))?.clone()));
        let mut given: Vec<(&str, Values)> = causes().filter_map(kept).collect();
        let parts = given.iter().filter(|(word, _)| OF_MARKET.contains(word));
        let parts: Vec<Values> = parts.map(|(_, values)| values.clone()).collect();
        if !parts.is_empty() {
            given.push((MARKET, sum(parts)));
        }
        let ruined = outcome.values(RUIN_MONTH).map_or(Vec::new(), |ruined| ruin_causes(&given, ruined));
        let mut columns = Vec::new();
        for (of, words) in [(CAUSE_GIVEN, given), (RUIN_CAUSE, ruined)] {
            let words = words.into_iter();
            columns.extend(words.map(|(word, values)| (id(of, word), values)));
        }
        let (losses, parts) = parts_of_loss(outcome, basis);
        columns.extend(parts);
        let losses = losses.filter(|losses| losses.n() > 1).map(Losses::of);
        Self { columns, losses }
    }

    /// Returns the derived column `id`; `None` if this run does not have it.
    pub fn values(&self, id: TrackId) -> Option<&Values> {
        self.columns.iter().find(|(column, _)| *column == id).map(|(_, values)| values)
    }

    /// Computes the share of column `id` in the standard deviation of the loss; `None` if either is missing.
    pub fn with_loss(&self, id: TrackId) -> Option<WithLoss> {
        let is_part = |id: TrackId| [ASSET_LOSS, OWNER_LOSS].map(TrackId::quantity).contains(&id.quantity());
        let parts = self.columns.iter().filter(|(id, _)| is_part(*id)).map(|(_, values)| values);
        Some(WithLoss::of(self.values(id)?, self.losses.as_ref()?, parts))
    }

    /// Computes the share of column `id` in the standard deviation of the loss, without its error; `None` if either
    /// is missing.
    pub fn part_of_loss(&self, id: TrackId) -> Option<f64> {
        Some(self.losses.as_ref()?.part_of(self.values(id)?))
    }
}

/// Returns the column of the sums of `columns` on each path.
fn sum(columns: Vec<Values>) -> Values {
    Values::derived(columns, |columns, into| {
        for (path, into) in into.iter_mut().enumerate() {
            *into = columns.iter().map(|column| column[path]).sum();
        }
    })
}

/// Returns the loss of every path and its parts: one column per asset, and one for the owner's loss outside
/// the assets. Returns (`None`, no parts) if losses per asset are not kept.
fn parts_of_loss(outcome: &Outcome, basis: &Basis) -> (Option<Values>, Vec<(TrackId, Values)>) {
    let numbers = (0..).take(basis.asset_names.len());
    let kept = |number| {
        let id = ASSET_LOSS.of_object(number);
        Some((id, outcome.values(id)?.clone()))
    };
    let mut parts: Vec<(TrackId, Values)> = numbers.filter_map(kept).collect();
    let returned = outcome.values_or_like(RETURNED);
    let Some(returned) = returned.filter(|_| !parts.is_empty()) else {
        return (None, Vec::new());
    };
    let money_in = basis.money_in;
    let losses = returned.clone().map(move |back| loss(money_in, back));
    // the assets make up the whole loss if no money leaves them
    if basis.is_shared || outcome.values(RETURNED).is_some() {
        let of_assets = parts.iter().map(|(_, values)| values.clone());
        let columns = std::iter::once(losses.clone()).chain(of_assets).collect();
        let rest = Values::derived(columns, move |columns, into| {
            let (losses, of_assets) = columns.split_first().expect("losses are there");
            for (path, into) in into.iter_mut().enumerate() {
                let of_assets = of_assets.iter().map(|column| column[path]);
                let rest = losses[path] - of_assets.sum::<f64>();
                *into = if rest.abs() <= ROUNDING * money_in { 0.0 } else { rest };
            }
        });
        parts.push((OWNER_LOSS, rest));
    }
    (Some(losses), parts)
}

/// Returns one column per cause: 1 on a ruined path if the cause took the largest amount, else 0. Nothing
/// moves after ruin, so amounts at the horizon equal those at ruin.
fn ruin_causes(given: &[(&str, Values)], ruined: &Values) -> Vec<(&'static str, Values)> {
    let of = |word: &str| given.iter().find(|(known, _)| *known == word);
    let came_in = of(Cause::Contribution.id());
    // contributions pay for spending, so spending counts net of them
    let taken = |word| {
        let given = &of(word)?.1;
        let came_in = came_in.filter(|_| word == Cause::Spending.id());
        let taken = match came_in {
            None => given.clone(),
            Some((_, came_in)) => given.zip(came_in, |a, b| a + b),
        };
        Some((word, taken))
    };
    let takers: Vec<(&'static str, Values)> = TAKERS.into_iter().filter_map(taken).collect();
    let columns = takers.iter().map(|(_, values)| values.clone());
    let columns: Vec<Values> = std::iter::once(ruined.clone()).chain(columns).collect();
    let of_taker = |(place, (word, _)): (usize, &(&'static str, Values))| {
        let is_his = Values::derived(columns.clone(), move |columns, into| {
            let (ruined, given) = columns.split_first().expect("months are there");
            for (path, into) in into.iter_mut().enumerate() {
                let is_ruined = ruined[path] > 0.0;
                *into = f64::from(u8::from(is_ruined && taker(given, path) == Some(place)));
            }
        });
        (*word, is_his)
    };
    takers.iter().enumerate().map(of_taker).collect()
}

/// Returns the index of the column in `given` with the most negative amount on `path`, the first on a tie;
/// `None` if no amount is negative.
fn taker(given: &[&[f64]], path: usize) -> Option<usize> {
    let mut most = (None, 0.0);
    for (place, given) in given.iter().enumerate() {
        if given[path] < most.1 {
            most = (Some(place), given[path]);
        }
    }
    most.0
}
