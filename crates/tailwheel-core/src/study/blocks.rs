//! Reuse of earlier work: results that were computed before, and simulated blocks of a model, which can be
//! continued.
//!
//! In: everything that a result depends on; a plan. Out: a [`Key`], the entry kept under it; outcomes of more
//! and more paths. Not here: where entries are kept (a [`Store`] of the caller), how many paths are
//! affordable (`lab`).

use super::lab::{IsDecided, Lab};
use super::shard::cost_of;
use crate::engine;
use crate::engine::{Outcome, Part, RunError, n_blocks, run_blocks};
use crate::math::LANES;
use crate::plan::Plan;
use crate::scenario::Scenario;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Simulates the paths of `plan`, then doubles their number until `is_decided` or until there are `most`.
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
        (store, Key::of(Kind::Part, [store.program(), &model]))
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
            store.keep(Kind::Part, key, &whole.to_bytes());
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
fn follow(whole: &mut Part, next: Part) {
    whole.append(next).expect("they begin where the others end");
}

/// Reads the blocks that an earlier run of this model has stored; `None` if none are, or they are damaged.
fn kept_blocks(store: &dyn Store, key: &Key, plan: &Plan) -> Option<Part> {
    let part = Part::from_bytes(&store.find(Kind::Part, key)?).and_then(|part| {
        if part.fits(plan) && part.is_whole() && part.blocks().start == 0 {
            Ok(part)
        } else {
            Err("it is of another scenario".to_owned())
        }
    });
    part.inspect_err(|why| store.is_damaged(Kind::Part, key, why)).ok()
}

/// Type of a stored entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Gates and figures of a simulated scenario.
    Result,
    /// Simulated blocks of a model, from its first path on.
    Part,
}

/// Digest of everything that a stored entry depends on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key([u8; 32]);

impl Key {
    /// Computes the key from everything that an entry depends on. The digest includes the length of each part.
    pub fn of<T: AsRef<[u8]>>(kind: Kind, parts: impl IntoIterator<Item = T>) -> Self {
        let mut digest = blake3::Hasher::new();
        digest.update(&[kind as u8]);
        for part in parts {
            let bytes = part.as_ref();
            digest.update(&(bytes.len() as u64).to_le_bytes());
            digest.update(bytes);
        }
        Self(*digest.finalize().as_bytes())
    }

    /// Returns the 32 bytes of the digest.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// Storage of entries between runs.
pub trait Store: Send + Sync {
    /// Identity of the program that computes; another version may give other figures.
    fn program(&self) -> &str;

    /// Returns the entry under `key`; `None` if there is none or it is incomplete.
    fn find(&self, kind: Kind, key: &Key) -> Option<Vec<u8>>;

    /// Minimum [`cost`](super::cost) of a run whose blocks are stored. Cheaper runs are simulated again.
    fn least_cost(&self) -> u64;

    /// Stores `bytes` under `key`, in place of an earlier entry, if they are worth the space.
    fn keep(&self, kind: Kind, key: &Key, bytes: &[u8]);

    /// Reports that the entry under `key` is damaged and will be computed again.
    fn is_damaged(&self, kind: Kind, key: &Key, why: &str);
}

/// Returns a result, and true if it came from the store under the key of `depends`. Else `make` computes it
/// and says whether to store it.
pub fn kept<T: Serialize + DeserializeOwned, E>(
    store: Option<&dyn Store>,
    depends: impl FnOnce() -> Vec<String>,
    make: impl FnOnce() -> Result<(T, bool), E>,
) -> Result<(T, bool), E> {
    let Some(store) = store else {
        return make().map(|(made, _)| (made, false));
    };
    let program = store.program().to_owned();
    let key = Key::of(Kind::Result, std::iter::once(program).chain(depends()));
    if let Some(bytes) = store.find(Kind::Result, &key) {
        match serde_json::from_slice(&bytes) {
            Ok(found) => return Ok((found, true)),
            Err(_) => store.is_damaged(Kind::Result, &key, "it does not hold together"),
        }
    }
    let (made, is_to_keep) = make()?;
    if is_to_keep && let Ok(bytes) = serde_json::to_vec(&made) {
        store.keep(Kind::Result, &key, &bytes);
    }
    Ok((made, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_tell_texts_and_kinds_apart() {
        assert_eq!(Key::of(Kind::Part, ["ab"]), Key::of(Kind::Part, ["ab"]));
        assert_ne!(Key::of(Kind::Part, ["ab"]), Key::of(Kind::Result, ["ab"]));
        assert_ne!(Key::of(Kind::Part, ["ab", "c"]), Key::of(Kind::Part, ["a", "bc"]));
        assert_ne!(Key::of(Kind::Part, ["ab", ""]), Key::of(Kind::Part, ["ab"]));
    }
}
