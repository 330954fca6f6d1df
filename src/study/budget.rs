//! Memory that is shared out to what is in flight.
//!
//! In: how much there is, how much each run needs. Out: leave to begin, or what would fit. Not here: how
//! the system is asked (`cli`).

use crate::engine;
use crate::math::digits::leading;
use crate::plan::Plan;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that a run takes whatever its paths: the program, what it reads, its tables, its report.
pub(super) const OF_ANY_RUN: u64 = 40 << 20;

/// What is made of an outcome afterwards.
#[derive(Clone, Copy, Debug, Default)]
pub struct Later {
    /// Per path and column that a run keeps of it.
    pub bytes_per_value: u64,
    /// Whatever the paths.
    pub bytes: u64,
}

/// More paths than there is memory for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooLarge {
    pub paths: u64,
    /// Bytes, about.
    pub needed: u64,
    pub allowed: u64,
    /// Paths that fit, its two leading digits; 0: not even one.
    pub fits: u64,
}

/// Bytes that a run of `paths` paths of `plan` needs on `n_threads` threads.
pub fn needed(plan: &mut Plan, paths: u64, n_threads: usize, later: Later) -> u64 {
    let own = std::mem::replace(&mut plan.n_paths, paths);
    let per_path = later.bytes_per_value * engine::n_columns(plan);
    let estimate = engine::estimate_memory(plan, n_threads, per_path);
    plan.n_paths = own;
    estimate + OF_ANY_RUN + later.bytes
}

impl TooLarge {
    /// Of `paths` paths of `plan` where `allowed` bytes can be had.
    pub(super) fn of(
        plan: &mut Plan,
        paths: u64,
        n_threads: usize,
        later: Later,
        allowed: u64,
    ) -> Self {
        let mut of = |paths| needed(plan, paths, n_threads, later);
        // what is sampled of the first paths alone makes the first ones dearer
        let (mut fits, mut beyond) = (0, paths);
        while beyond - fits > 1 {
            let middle = fits + (beyond - fits) / 2;
            match of(middle) <= allowed {
                true => fits = middle,
                false => beyond = middle,
            }
        }
        Self { paths, needed: of(paths), allowed, fits: leading(fits) }
    }
}

/// Bytes that may be in use at once.
pub struct Memory {
    /// None where nobody says.
    most: Option<u64>,
    used: Mutex<u64>,
    freed: Condvar,
}

/// Bytes that are in use as long as this lives.
pub struct Share<'a> {
    memory: &'a Memory,
    bytes: u64,
}

impl Memory {
    /// Of `most` bytes, if it is known.
    pub fn new(most: Option<u64>) -> Self {
        Self { most, used: Mutex::new(0), freed: Condvar::new() }
    }

    /// All there is, if it is known.
    pub fn most(&self) -> Option<u64> {
        self.most
    }

    /// Waits until `bytes` more can be had; what would never fit has to have been refused before, and
    /// waits until nothing else is in flight.
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
        let memory = Memory::new(Some(100));
        drop(memory.take(1_000));
        let unknown = Memory::new(None);
        let _one = unknown.take(u64::MAX / 2);
        let _other = unknown.take(u64::MAX / 2);
    }
}
