//! Every measure of a run.
//!
//! In: data. Out: [`Found`] measures. Not here: which measures there are (`reference`), one of them (`measure`).

use super::absent::Absent;
use super::data::Data;
use super::estimate::LEVEL;
use super::measure::{Found, Measure, Sampled, Scope, families};
use crate::record::TrackId;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Measures of the same samples of one object.
struct Asked<'n> {
    family: &'static [Measure],
    object: Option<u16>,
    name: &'n str,
}

/// Takes every measure, in the order of [`MEASURES`](super::MEASURES). Those of one column are taken together, so that each is put in order
/// once and then forgotten; columns in parallel, which changes no bit.
pub fn evaluate(data: &Data) -> Vec<Found> {
    let of_family = |family: &'static [Measure]| {
        let objects = family[0].scope.objects(data.basis()).into_iter();
        objects.map(move |(object, name)| Asked { family, object, name })
    };
    let asked: Vec<Asked<'_>> = families().into_iter().flat_map(of_family).collect();
    let mut groups: BTreeMap<Option<TrackId>, Vec<usize>> = BTreeMap::new();
    for (place, asked) in asked.iter().enumerate() {
        let columns = asked.columns();
        let group = columns.first().map(|id| data.group_of(*id));
        groups.entry(group).or_default().push(place);
    }
    let lone = groups.remove(&None).unwrap_or_default().into_iter();
    let groups: Vec<Vec<usize>> =
        groups.into_values().chain(lone.map(|place| vec![place])).collect();
    let of_group = |places: &Vec<usize>| take_together(data, &asked, places);
    let mut found: Vec<(usize, Vec<Found>)> = match data.is_streamed() {
        // each pass over a column has all threads
        true => groups.iter().flat_map(of_group).collect(),
        false => groups.par_iter().flat_map_iter(of_group).collect(),
    };
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().flat_map(|(_, found)| found).collect()
}

/// Those of one column, with their places.
fn take_together(data: &Data, asked: &[Asked<'_>], places: &[usize]) -> Vec<(usize, Vec<Found>)> {
    let columns = places.iter().flat_map(|place| asked[*place].columns());
    // they stay in order for as long as somebody holds them
    let _held: Vec<_> = columns.map(|id| data.column(id)).collect();
    let take = |place: &usize| (*place, asked[*place].take(data));
    match data.is_streamed() || places.len() == 1 {
        true => places.iter().map(take).collect(),
        false => places.par_iter().map(take).collect(),
    }
}

impl Asked<'_> {
    fn columns(&self) -> Vec<TrackId> {
        self.family[0].source.columns(self.object)
    }

    fn take(&self, data: &Data) -> Vec<Found> {
        let sampled = Sampled::of(&self.family[0].source, data, self.object);
        if let Ok(sampled) = &sampled {
            let n = sampled.all.n();
            let statistics = self.family.iter().map(|measure| measure.statistic);
            let ranks: Vec<usize> = statistics.flat_map(|one| one.ranks(n)).collect();
            sampled.all.prepare(&ranks);
        }
        let of = |measure: &'static Measure| {
            let estimate =
                |sampled: &Sampled| measure.estimate(sampled, LEVEL, measure.is_certain(data));
            Found {
                id: measure.id_of(self.name),
                measure,
                result: sampled.as_ref().map(estimate).map_err(|absent| *absent),
            }
        };
        // of a cause that the run has not there is no measure
        let is_there = |found: &Found| {
            self.family[0].scope != Scope::EachCause
                || !matches!(found.result, Err(Absent::NotKept))
        };
        self.family.iter().map(of).filter(is_there).collect()
    }
}
