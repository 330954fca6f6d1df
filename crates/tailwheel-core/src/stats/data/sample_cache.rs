//! Cache of sorted columns.
//!
//! In: a column and a function that sorts it. Out: one sample, shared by all who use it at once. Not here:
//! which columns there are (`data`).

use crate::record::TrackId;
use crate::stats::sample::Sample;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Cache of sorted columns, by the id of the column.
#[derive(Debug)]
pub struct InUse {
    known: Mutex<Vec<(TrackId, CachedSample)>>,
    /// True if samples stay in the cache when no other code refers to them any more.
    do_stay: bool,
}

/// A cached sample, held by the cache itself if it stays.
#[derive(Debug)]
struct CachedSample {
    sample: Weak<Sample>,
    _held: Option<Arc<Sample>>,
}

impl InUse {
    /// Creates a cache that drops a sample once nobody holds it.
    pub fn while_held() -> Self {
        Self { known: Mutex::default(), do_stay: false }
    }

    /// Creates a cache that keeps every sample.
    pub fn from_then_on() -> Self {
        Self { do_stay: true, ..Self::while_held() }
    }

    /// Returns an empty cache that keeps or drops samples as this one does.
    pub fn fresh(&self) -> Self {
        Self { do_stay: self.do_stay, ..Self::while_held() }
    }

    /// Returns the cached sample of column `id`, or builds it with `make`. No lock is held meanwhile, so two
    /// callers may both build it.
    pub fn find_or<E>(
        &self,
        id: TrackId,
        make: impl FnOnce() -> Result<Arc<Sample>, E>,
    ) -> Result<Arc<Sample>, E> {
        if let Some(found) = self.find(id) {
            return Ok(found);
        }
        let made = make()?;
        let _held = self.do_stay.then(|| Arc::clone(&made));
        let known = CachedSample { sample: Arc::downgrade(&made), _held };
        let mut all = self.lock();
        all.retain(|(own, known)| *own != id && known.sample.strong_count() > 0);
        all.push((id, known));
        Ok(made)
    }

    fn find(&self, id: TrackId) -> Option<Arc<Sample>> {
        let all = self.lock();
        all.iter().find(|(own, _)| *own == id).and_then(|(_, known)| known.sample.upgrade())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(TrackId, CachedSample)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
