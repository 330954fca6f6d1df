//! One bar for all scenarios of a batch.
//!
//! In: paths and scenarios as they are done. Out: a bar on a terminal, nothing elsewhere. Not here:
//! results.

use crate::cli::terminal;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

/// How far a batch is.
pub(in crate::cli) struct Progress {
    bar: ProgressBar,
    n_cases: usize,
    n_done: AtomicUsize,
}

impl Progress {
    /// Of `n_cases` scenarios with `n_paths` paths in all.
    pub fn new(n_cases: usize, n_paths: u64) -> Self {
        let bar = match std::io::stderr().is_terminal() {
            true => ProgressBar::new(n_paths).with_style(style()),
            false => ProgressBar::hidden(),
        };
        bar.enable_steady_tick(Duration::from_millis(200));
        let progress = Self {
            bar,
            n_cases,
            n_done: AtomicUsize::new(0),
        };
        progress.tell(0);
        progress
    }

    /// Some paths are done.
    pub(super) fn paths(&self, n: u64) {
        self.bar.inc(n);
    }

    /// Paths that will be simulated after all.
    pub(super) fn more(&self, n: u64) {
        self.bar.inc_length(n);
    }

    /// Paths that need not be simulated.
    pub(super) fn fewer(&self, n: u64) {
        self.bar.dec_length(n);
    }

    /// Paths that were simulated.
    #[cfg(test)]
    pub(super) fn n_paths(&self) -> u64 {
        self.bar.position()
    }

    /// A scenario is done.
    pub(super) fn case(&self) {
        self.tell(self.n_done.fetch_add(1, Ordering::Relaxed) + 1);
    }

    /// Says something above the bar.
    pub fn say(&self, text: &str) {
        self.bar.suspend(|| terminal::say(text));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }

    fn tell(&self, n_done: usize) {
        let n_cases = self.n_cases;
        self.bar
            .set_message(format!("{n_done} of {n_cases} scenarios"));
    }
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:30} {msg}, {per_sec} paths/s, {eta} left")
        .expect("the template is valid")
        .with_key(
            "per_sec",
            |state: &indicatif::ProgressState, into: &mut dyn std::fmt::Write| {
                // a bar that cannot be drawn is no fault
                let _ = write!(into, "{}", indicatif::HumanCount(state.per_sec() as u64));
            },
        )
}
