//! Simulated blocks of a model, which can be stored and continued.
//!
//! In: a plan. Out: outcomes of more and more paths. Not here: what a store is (`store`), how many paths are
//! affordable (`lab`).

use super::lab::{IsDecided, Lab};
use super::shard::cost_of;
use super::store::{EntryKey, EntryKind, Store};
use crate::engine::{self, Outcome, Part, RunError, n_blocks, run_blocks};
use crate::math::LANES;
use crate::plan::Plan;
use crate::scenario::Scenario;

/// Simulates the paths of `plan`, then doubles their number until `is_decided` is true or there are `most`.
///
/// Returns the outcome and the number of interim analyses before it. `plan` then has as many paths.
pub fn simulate(
    lab: &Lab,
    scenario: &Scenario,
    plan: &mut Plan,
    most: u64,
    is_decided: &IsDecided<'_>,
) -> Result<(Outcome, u32), RunError> {
    let control = lab.control();
    let planned = |paths: i64| (lab.progress.planned)(paths);
    let place = lab.store.as_deref().map(|store| {
        let model = scenario.canonical_document();
        (store, EntryKey::of(EntryKind::Part, [store.program(), &model]))
    });
    if place.is_none() && plan.n_paths >= most {
        return Ok((engine::run(plan, &control)?, 0));
    }
    let found = place.as_ref().and_then(|(store, key)| kept_blocks(*store, key, plan));
    let n_kept = found.as_ref().map_or(0, Part::n_blocks);
    let keep = |whole: &Part| {
        let place = place.as_ref().filter(|_| whole.n_blocks() > n_kept);
        if let Some((store, key)) = place
            && cost_of(scenario, whole.n_paths() as u64) >= store.least_cost()
        {
            store.keep(EntryKind::Part, key, &whole.to_bytes());
        }
    };
    // blocks cannot be removed from a part, so a run with fewer paths starts anew
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

/// Appends `next` to `whole`; `next` must hold the blocks that follow in the same plan.
pub(super) fn follow(whole: &mut Part, next: Part) {
    whole.append(next).expect("they begin where the others end");
}

/// Reads the blocks of this model that an earlier run stored under `key`; `None` without any, or if damaged.
fn kept_blocks(store: &dyn Store, key: &EntryKey, plan: &Plan) -> Option<Part> {
    let why = match Part::from_bytes(&store.find(EntryKind::Part, key)?) {
        Ok(part) if part.fits(plan) && part.is_whole() && part.blocks().start == 0 => return Some(part),
        Ok(_) => "it is of another scenario".to_owned(),
        Err(why) => why.to_string(),
    };
    store.is_damaged(EntryKind::Part, key, &why);
    None
}
