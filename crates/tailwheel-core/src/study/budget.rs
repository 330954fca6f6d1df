//! Memory budget that simultaneous runs share.
//!
//! In: the memory limit, the need of each run. Out: permission to begin, or the number of paths that would
//! fit. Not here: how the system is asked for its memory (`cli`).

use crate::engine;
use crate::math::digits::leading;
use crate::plan::Plan;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that a run needs whatever its number of paths: program, input, tables, report.
pub(super) const OF_ANY_RUN: u64 = 40 << 20;

/// Memory that is needed after a run to process its outcome.
#[derive(Clone, Copy, Debug, Default)]
pub struct Later {
    /// Bytes per path and column that the run keeps.
    pub bytes_per_value: u64,
    /// Bytes needed whatever the number of paths.
    pub bytes: u64,
}

/// Refusal of a run that needs more memory than is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    pub paths: u64,
    /// Estimate of the bytes needed.
    pub needed: u64,
    pub allowed: u64,
    /// Number of paths that fit, rounded down to two digits; 0 if not even one path fits.
    pub fits: u64,
}

/// Returns the bytes that `paths` paths of `plan` need on `n_threads` threads, including later processing.
pub fn needed(plan: &mut Plan, paths: u64, n_threads: usize, later: Later) -> u64 {
    let own = std::mem::replace(&mut plan.n_paths, paths);
    let per_path = later.bytes_per_value * engine::n_columns(plan);
    let estimate = engine::estimate_memory(plan, n_threads, per_path);
    plan.n_paths = own;
    estimate + OF_ANY_RUN + later.bytes
}

impl TooLarge {
    /// Describes the refusal of `paths` paths of `plan`, given `allowed` bytes, and finds how many paths fit.
    pub(super) fn of(plan: &mut Plan, paths: u64, n_threads: usize, later: Later, allowed: u64) -> Self {
        let mut of = |paths| needed(plan, paths, n_threads, later);
        // halving instead of division: the first paths need more memory, because only they are sampled
        let (mut fits, mut beyond) = (0, paths);
        while beyond - fits > 1 {
            let middle = fits + (beyond - fits) / 2;
            if of(middle) <= allowed { fits = middle } else { beyond = middle }
        }
        Self { paths, needed: of(paths), allowed, fits: leading(fits) }
    }
}

/// Memory limit and the bytes in use.
pub struct Memory {
    /// Limit in bytes; `None` if it is unknown.
    most: Option<u64>,
    used: Mutex<u64>,
    freed: Condvar,
}

/// Reservation of bytes in a [`Memory`]; dropping it frees them.
pub struct Share<'a> {
    memory: &'a Memory,
    bytes: u64,
}

impl Memory {
    /// Creates a budget of `most` bytes; `None` sets no limit.
    pub fn new(most: Option<u64>) -> Self {
        Self { most, used: Mutex::new(0), freed: Condvar::new() }
    }

    /// Returns the limit in bytes; `None` if it is unknown.
    pub fn most(&self) -> Option<u64> {
        self.most
    }

    /// Reserves `bytes`, and waits until they fit. Callers must refuse runs above the limit beforehand; a
    /// larger run would wait until no other run holds memory.
    pub fn take(&self, bytes: u64) -> Share<'_> {
        let mut used = self.used();
        if let Some(most) = self.most {
            while *used > 0 && used.saturating_add(bytes) > most {
                let freed = self.freed.wait(used);
                used = freed.unwrap_or_else(PoisonError::into_inner);
            }
        }
        *used += bytes;
        Share { memory: self, bytes }
    }

    fn used(&self) -> MutexGuard<'_, u64> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.memory.used() -= self.bytes;
        self.memory.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    #[test]
    fn never_more_is_in_use_than_there_is_and_everybody_gets_his_turn() {
        let memory = Memory::new(Some(100));
        let (used, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for needed in [10, 30, 40, 60, 100] {
                let (memory, used, most) = (&memory, &used, &most);
                scope.spawn(move || {
                    for _ in 0..20 {
                        let _share = memory.take(needed);
                        let now = used.fetch_add(needed, Ordering::SeqCst) + needed;
                        most.fetch_max(now, Ordering::SeqCst);
                        std::thread::sleep(Duration::from_micros(50));
                        used.fetch_sub(needed, Ordering::SeqCst);
                    }
                });
            }
        });
        assert_eq!(used.into_inner(), 0);
        assert!(most.into_inner() <= 100);
    }

    #[test]
    fn what_is_too_large_runs_alone_and_an_unknown_size_never_waits() {
        drop(Memory::new(Some(100)).take(1_000));
        let unknown = Memory::new(None);
        let _one = unknown.take(u64::MAX / 2);
        let _other = unknown.take(u64::MAX / 2);
    }
}
