//! Evaluation of every measure of a run.
//!
//! In: data of a run. Out: [`MeasureResult`] measures. Not here: the list of measures (`reference`).

use super::absent::Absent;
use super::data::Data;
use super::estimate::LEVEL;
use super::measure::{Measure, MeasureResult, Sampled};
use super::reference::families;
use crate::record::{Scope, TrackId};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Measures of one object (such as an asset, or the portfolio) that are computed from the same samples.
struct Family<'n> {
    family: &'static [Measure],
    object: Option<u16>,
    name: &'n str,
}

/// Evaluates every measure, in the order of [`MEASURES`](super::MEASURES).
///
/// Measures of one column are evaluated together, so that each column is sorted once and then dropped.
/// Columns are evaluated in parallel, which does not change the results.
pub fn evaluate(data: &Data) -> Vec<MeasureResult> {
    let of_family = |family: &'static [Measure]| {
        let objects = data.basis().objects(family[0].scope).into_iter();
        objects.map(move |(object, name)| Family { family, object, name })
    };
    let asked: Vec<Family<'_>> = families().into_iter().flat_map(of_family).collect();
    let mut groups: BTreeMap<Option<TrackId>, Vec<usize>> = BTreeMap::new();
    for (place, asked) in asked.iter().enumerate() {
        let columns = asked.columns();
        let group = columns.first().map(|id| data.group_of(*id));
        groups.entry(group).or_default().push(place);
    }
    let lone = groups.remove(&None).unwrap_or_default().into_iter();
    let groups: Vec<Vec<usize>> = groups.into_values().chain(lone.map(|place| vec![place])).collect();
    let of_group = |places: &Vec<usize>| take_together(data, &asked, places);
    let mut found: Vec<(usize, Vec<MeasureResult>)> = if data.is_streamed() {
        // each pass over a streamed column uses all threads
        groups.iter().flat_map(of_group).collect()
    } else {
        groups.par_iter().flat_map_iter(of_group).collect()
    };
    found.sort_by_key(|(place, _)| *place);
    found.into_iter().flat_map(|(_, found)| found).collect()
}

/// Evaluates the entries of `asked` with the indices `places`, which use the same columns. Returns each index with
/// its results.
fn take_together(data: &Data, asked: &[Family<'_>], places: &[usize]) -> Vec<(usize, Vec<MeasureResult>)> {
    let columns = places.iter().flat_map(|place| asked[*place].columns());
    // columns stay sorted for as long as somebody holds them
    let _held: Vec<_> = columns.map(|id| data.column(id)).collect();
    let take = |place: &usize| (*place, asked[*place].take(data));
    if data.is_streamed() || places.len() == 1 {
        places.iter().map(take).collect()
    } else {
        places.par_iter().map(take).collect()
    }
}

impl Family<'_> {
    fn columns(&self) -> Vec<TrackId> {
        self.family[0].source.columns(self.object)
    }

    fn take(&self, data: &Data) -> Vec<MeasureResult> {
        let sampled = Sampled::of(&self.family[0].source, data, self.object);
        if let Ok(sampled) = &sampled {
            let n = sampled.all.n();
            let ranks: Vec<usize> =
                self.family.iter().map(|measure| measure.statistic).flat_map(|one| one.ranks(n)).collect();
            sampled.all.prepare(&ranks);
        }
        let of = |measure: &'static Measure| {
            let estimate = |sampled: &Sampled| measure.estimate(sampled, LEVEL, data);
            MeasureResult {
                id: measure.id_of(self.name),
                measure,
                result: sampled.as_ref().map(estimate).map_err(|absent| *absent),
            }
        };
        // a cause that does not exist in this run has no measure
        let is_there = |found: &MeasureResult| {
            self.family[0].scope != Scope::EachCause || !matches!(found.result, Err(Absent::NotKept))
        };
        self.family.iter().map(of).filter(is_there).collect()
    }
}
