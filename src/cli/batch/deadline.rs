//! When a batch ends whatever still runs: at Ctrl-C, or when its time is over.
//!
//! In: how long it may take. Out: a flag for whoever simulates. Not here: what begins when
//! (`schedule`), what is said of it (`command`).

use crate::cli::interrupt;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// How often the clock is looked at.
const PAUSE: Duration = Duration::from_millis(10);

/// The end of a batch.
#[derive(Clone, Copy)]
pub(super) struct Deadline {
    /// None: as long as it takes.
    pub until: Option<Instant>,
    /// Set when it is over, or when the user has asked to stop.
    pub stop: &'static AtomicBool,
}

impl Deadline {
    /// In `time` from now.
    pub fn after(time: Option<Duration>) -> Self {
        // a time beyond all clocks is none
        let until = time.and_then(|time| Instant::now().checked_add(time));
        let Some(end) = until else {
            return Self {
                until,
                stop: interrupt::asked(),
            };
        };
        let stop: &AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
        thread::spawn(move || {
            while Instant::now() < end && !interrupt::asked().load(Ordering::Relaxed) {
                thread::sleep(PAUSE);
            }
            stop.store(true, Ordering::Relaxed);
        });
        Self { until, stop }
    }
}
