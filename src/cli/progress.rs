//! One bar for a run, or for all scenarios of a batch.
//!
//! In: paths and scenarios as they are done. Out: a bar on a terminal, nothing elsewhere. Not here:
//! results.

use super::terminal;
use crate::study::Progress;
use indicatif::{ProgressBar, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

/// How far it is.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// Of `n_paths` paths in all.
    pub fn new(n_paths: u64, style: ProgressStyle) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let bar = ProgressBar::new(n_paths).with_style(style);
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// Who tells it how far it is.
    pub fn progress(bar: &Arc<Self>) -> Progress {
        let (alone, done, planned) = (Arc::clone(bar), Arc::clone(bar), Arc::clone(bar));
        Progress {
            alone: Box::new(move |paths| match paths {
                Some(paths) => alone.begin(paths),
                None => alone.finish(),
            }),
            done: Box::new(move |paths| done.0.inc(paths)),
            planned: Box::new(move |paths| planned.plan(paths)),
        }
    }

    /// From now on of `n_paths` paths.
    fn begin(&self, n_paths: u64) {
        self.0.reset();
        self.0.set_length(n_paths);
    }

    /// So many paths more, or less.
    pub fn plan(&self, paths: i64) {
        match paths < 0 {
            true => self.0.dec_length(paths.unsigned_abs()),
            false => self.0.inc_length(paths.unsigned_abs()),
        }
    }

    /// What is said beside it.
    pub fn tell(&self, text: String) {
        self.0.set_message(text);
    }

    /// What is said in its place where there is no bar, as in the log of a CI job.
    pub fn log(&self, text: &str) {
        if self.0.is_hidden() {
            terminal::say(text);
        }
    }

    /// Says something above the bar.
    pub fn say(&self, text: &str) {
        self.0.suspend(|| terminal::say(text));
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        self.0.finish_and_clear();
    }

    /// Paths that were simulated.
    #[cfg(test)]
    pub fn n_paths(&self) -> u64 {
        self.0.position()
    }
}

/// Of one run.
pub(super) fn style_of_one() -> ProgressStyle {
    style("{bar:40} {human_pos} of {human_len} paths, {eta} left")
}

/// Of many scenarios.
pub(super) fn style_of_many() -> ProgressStyle {
    let per_sec = |state: &ProgressState, into: &mut dyn Write| {
        // a bar that cannot be drawn is no fault
        let _ = write!(into, "{}", indicatif::HumanCount(state.per_sec() as u64));
    };
    style("{bar:30} {msg}, {per_sec} paths/s, {eta} left").with_key("per_sec", per_sec)
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the template is valid")
}
