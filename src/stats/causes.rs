//! Columns that follow from others: what all market causes gave together, what took most of who is ruined, what the owner
//! lost beside the assets.
//!
//! In: an outcome. Out: [`Causes`]. Not here: what a cause gave (`record`), means over the worst paths (`worst`).

use super::data::Basis;
use super::with_loss::{Losses, WithLoss};
use crate::book::Cause;
use crate::engine::outcome::Outcome;
use crate::math::values::Values;
use crate::record::{
    ASSET_LOSS, CAUSE_GIVEN, MARKET, OWNER_LOSS, RETURNED, RUIN_CAUSE, RUIN_MONTH, TAKERS, TrackId,
    cause_number, causes, of_market,
};

/// What causes gave and assets lost, path by path.
#[derive(Clone, Debug, Default)]
pub struct Causes {
    columns: Vec<(TrackId, Values)>,
    /// Where assets have a part of it, on two paths or more.
    losses: Option<Losses>,
}

impl Causes {
    pub fn of(outcome: &Outcome, basis: &Basis) -> Self {
        let n_others = basis.asset_names.len() + basis.event_names.len();
        let first = u16::try_from(n_others).expect("a scenario has few assets");
        let id = |of: TrackId, word: &str| of.of_object(first + cause_number(word));
        let kept = |word| Some((word, outcome.values(id(CAUSE_GIVEN, word))?.clone()));
        let mut given: Vec<(&str, Values)> = causes().filter_map(kept).collect();
        let parts = given.iter().filter(|(word, _)| of_market().contains(word));
        let parts: Vec<Values> = parts.map(|(_, values)| values.clone()).collect();
        if !parts.is_empty() {
            given.push((MARKET, sum(parts)));
        }
        let ruined = outcome.values(RUIN_MONTH);
        let ruined = ruined.map_or(Vec::new(), |ruined| ruin_causes(&given, ruined));
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

    /// Column `id`.
    pub fn values(&self, id: TrackId) -> Option<&Values> {
        let found = self.columns.iter().find(|(column, _)| *column == id);
        found.map(|(_, values)| values)
    }

    /// What column `id` has of the spread of the loss.
    pub fn with_loss(&self, id: TrackId) -> Option<WithLoss> {
        let is_part =
            |id: TrackId| [ASSET_LOSS, OWNER_LOSS].map(TrackId::quantity).contains(&id.quantity());
        let parts = self.columns.iter().filter(|(id, _)| is_part(*id));
        let parts = parts.map(|(_, values)| values);
        Some(WithLoss::of(self.values(id)?, self.losses.as_ref()?, parts))
    }

    /// The same without its error.
    pub fn part_of_loss(&self, id: TrackId) -> Option<f64> {
        Some(self.losses.as_ref()?.part_of(self.values(id)?))
    }
}

/// The sum of columns, path by path.
fn sum(columns: Vec<Values>) -> Values {
    Values::derived(columns, |columns, into| {
        for (path, into) in into.iter_mut().enumerate() {
            *into = columns.iter().map(|column| column[path]).sum();
        }
    })
}

/// Losses path by path, and what every asset has of them, the owner what is left; nothing where assets are not told
/// apart.
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
    let flows = basis.flows;
    let losses = returned.clone().map(move |back| flows.loss(back));
    // without money that crosses the border there is no other whose it could be
    if outcome.values(RETURNED).is_some() {
        let of_assets = parts.iter().map(|(_, values)| values.clone());
        let columns = std::iter::once(losses.clone()).chain(of_assets).collect();
        let rest = Values::derived(columns, |columns, into| {
            let (losses, of_assets) = columns.split_first().expect("losses are there");
            for (path, into) in into.iter_mut().enumerate() {
                let of_assets = of_assets.iter().map(|column| column[path]);
                *into = losses[path] - of_assets.sum::<f64>();
            }
        });
        parts.push((OWNER_LOSS, rest));
    }
    (Some(losses), parts)
}

/// 1 where a cause took most of who is ruined. Nothing moves after ruin, so what it took until the horizon it took
/// until then.
fn ruin_causes(given: &[(&str, Values)], ruined: &Values) -> Vec<(&'static str, Values)> {
    let of = |word: &str| given.iter().find(|(known, _)| *known == word);
    let came_in = of(Cause::Contribution.id());
    // what comes in is lived on: it is not what one is ruined by
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

/// Who took most on a path; the first of equal ones, nobody if none took anything.
fn taker(given: &[&[f64]], path: usize) -> Option<usize> {
    let mut most = (None, 0.0);
    for (place, given) in given.iter().enumerate() {
        if given[path] < most.1 {
            most = (Some(place), given[path]);
        }
    }
    most.0
}
