//! Whole blocks of a model, from its first path on: kept, and continued.
//!
//! In: a plan, a store. Out: outcomes of more and more paths. Not here: how many are affordable (`lab`).

use super::lab::{IsDecided, Lab};
use super::store::{Key, Kind, Store};
use crate::engine::{self, Outcome, Part, RunError, n_blocks, run_blocks};
use crate::math::LANES;
use crate::plan::Plan;
use crate::scenario::Scenario;

/// Simulates as many paths as the plan has, then twice as many whole blocks again and again until
/// `is_decided` or there are `most` paths. The plan has as many paths as the outcome then, which
/// comes with how often fewer were looked at before.
pub fn simulate(
    lab: &Lab,
    scenario: &Scenario,
    plan: &mut Plan,
    most: u64,
    is_decided: &IsDecided<'_>,
) -> Result<(Outcome, u32), RunError> {
    let control = lab.control();
    let planned = |paths: i64| (lab.progress.planned)(paths);
    let place = lab.store().map(|store| {
        let model = scenario.canonical_document();
        (store, Key::of(Kind::Part, [store.program(), &model]))
    });
    if place.is_none() && plan.n_paths >= most {
        return Ok((engine::run(plan, &control)?, 0));
    }
    let found = place.as_ref();
    let found = found.and_then(|(store, key)| kept_blocks(*store, key, plan));
    let n_kept = found.as_ref().map_or(0, Part::n_blocks);
    let keep = |whole: &Part| {
        if let Some((store, key)) = place.as_ref().filter(|_| whole.n_blocks() > n_kept) {
            store.keep(Kind::Part, key, &whole.to_bytes());
        }
    };
    // blocks cannot be taken out again: a shorter run begins anew
    let mut whole = match found.filter(|found| found.n_paths() as u64 <= plan.n_paths) {
        Some(found) => {
            planned(-(found.n_paths() as i64));
            found
        }
        None => run_blocks(plan, &control, 0..0)?,
    };
    let mut look = 0;
    loop {
        let n_whole = plan.n_paths / LANES as u64;
        let more = run_blocks(plan, &control, whole.n_blocks()..n_whole)?;
        follow(&mut whole, more);
        let rest = run_blocks(plan, &control, n_whole..n_blocks(plan))?;
        if plan.n_paths >= most {
            keep(&whole);
            follow(&mut whole, rest);
            return Ok((whole.into_outcome(plan, &control)?, look));
        }
        let mut all = whole.clone();
        follow(&mut all, rest);
        let outcome = all.into_outcome(plan, &control)?;
        if is_decided(&outcome, look) {
            keep(&whole);
            return Ok((outcome, look));
        }
        look += 1;
        let twice = (2 * plan.n_paths).next_multiple_of(LANES as u64).min(most);
        planned((twice - n_whole * LANES as u64) as i64);
        plan.n_paths = twice;
    }
}

/// Adds blocks of the same plan that were made to follow.
fn follow(whole: &mut Part, next: Part) {
    whole.append(next).expect("they begin where the others end");
}

/// Those that an earlier run of the same model has kept.
fn kept_blocks(store: &dyn Store, key: &Key, plan: &Plan) -> Option<Part> {
    let part = Part::from_bytes(&store.find(Kind::Part, key)?).and_then(|part| {
        match part.fits(plan) && part.is_whole() && part.blocks().start == 0 {
            true => Ok(part),
            false => Err("it is of another scenario".to_owned()),
        }
    });
    part.inspect_err(|why| store.is_damaged(Kind::Part, key, why))
        .ok()
}
