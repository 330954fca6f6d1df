//! Columns that are in order now.
//!
//! In: a column and how it is put in order. Out: the same sample for all who look at it at once. Not here: which columns
//! there are (`data`).

use crate::record::TrackId;
use crate::stats::sample::Sample;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

/// Samples by their columns.
#[derive(Debug)]
pub struct InUse {
    known: Mutex<Vec<(TrackId, Known)>>,
    /// Whether they stay when nobody looks at them any more.
    do_stay: bool,
}

#[derive(Debug)]
enum Known {
    Stays(Arc<Sample>),
    WhileHeld(Weak<Sample>),
}

impl InUse {
    /// Samples are forgotten once nobody holds them.
    pub fn while_held() -> Self {
        Self { known: Mutex::default(), do_stay: false }
    }

    /// Samples stay.
    pub fn from_then_on() -> Self {
        Self { do_stay: true, ..Self::while_held() }
    }

    /// None yet, which stay as these do.
    pub fn fresh(&self) -> Self {
        Self { do_stay: self.do_stay, ..Self::while_held() }
    }

    /// The sample of column `id`, or what `make` makes of it. Two that ask at once may both make it: nothing is locked
    /// meanwhile.
    pub fn find_or<E>(
        &self,
        id: TrackId,
        make: impl FnOnce() -> Result<Arc<Sample>, E>,
    ) -> Result<Arc<Sample>, E> {
        if let Some(found) = self.find(id) {
            return Ok(found);
        }
        let made = make()?;
        let known = match self.do_stay {
            true => Known::Stays(Arc::clone(&made)),
            false => Known::WhileHeld(Arc::downgrade(&made)),
        };
        let mut all = self.lock();
        all.retain(|(own, known)| *own != id && known.get().is_some());
        all.push((id, known));
        Ok(made)
    }

    fn find(&self, id: TrackId) -> Option<Arc<Sample>> {
        let all = self.lock();
        let found = all.iter().find(|(own, _)| *own == id);
        found.and_then(|(_, known)| known.get())
    }

    fn lock(&self) -> MutexGuard<'_, Vec<(TrackId, Known)>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Known {
    fn get(&self) -> Option<Arc<Sample>> {
        match self {
            Self::Stays(sample) => Some(Arc::clone(sample)),
            Self::WhileHeld(sample) => sample.upgrade(),
        }
    }
}
