//! Memory that is shared out to what is in flight.
//!
//! In: how much there is, how much each needs. Out: leave to begin. Not here: how much something needs
//! (`engine`).

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Bytes that may be in use at once.
pub(in crate::cli) struct Budget {
    /// None where the system does not say.
    most: Option<u64>,
    used: Mutex<u64>,
    freed: Condvar,
}

/// Bytes that are in use as long as this lives.
pub(super) struct Share<'a> {
    budget: &'a Budget,
    bytes: u64,
}

impl Budget {
    /// Of `most` bytes, if it is known.
    pub fn new(most: Option<u64>) -> Self {
        Self {
            most,
            used: Mutex::new(0),
            freed: Condvar::new(),
        }
    }

    /// All there is, if it is known.
    pub fn most(&self) -> Option<u64> {
        self.most
    }

    /// Waits until `bytes` more can be had; what would never fit has to have been refused before, and
    /// waits until nothing else is in flight.
    pub(super) fn take(&self, bytes: u64) -> Share<'_> {
        let mut used = self.used();
        if let Some(most) = self.most {
            while *used > 0 && used.saturating_add(bytes) > most {
                used = self
                    .freed
                    .wait(used)
                    .unwrap_or_else(PoisonError::into_inner);
            }
        }
        *used += bytes;
        Share {
            budget: self,
            bytes,
        }
    }

    fn used(&self) -> MutexGuard<'_, u64> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Share<'_> {
    fn drop(&mut self) {
        *self.budget.used() -= self.bytes;
        self.budget.freed.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    #[test]
    fn never_more_is_in_use_than_there_is_and_everybody_gets_his_turn() {
        let budget = Budget::new(Some(100));
        let (used, most) = (AtomicU64::new(0), AtomicU64::new(0));
        std::thread::scope(|scope| {
            for needed in [10, 30, 40, 60, 100] {
                let (budget, used, most) = (&budget, &used, &most);
                scope.spawn(move || {
                    for _ in 0..20 {
                        let _share = budget.take(needed);
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
        let budget = Budget::new(Some(100));
        drop(budget.take(1_000));
        let unknown = Budget::new(None);
        let _one = unknown.take(u64::MAX / 2);
        let _other = unknown.take(u64::MAX / 2);
    }
}
