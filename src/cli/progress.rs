//! Progress bars: one for each task of a command, or one for all scenarios of a batch.
//!
//! In: progress of tasks and scenarios. Out: a bar on a terminal, nothing elsewhere. Not here: results.

use super::terminal;
use crate::study::{Progress, Task};
use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

/// Interval at which a bar is redrawn if no progress is reported.
const PAUSE: Duration = Duration::from_millis(200);

/// A progress bar on standard error.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// Creates a bar for tasks that run one after the other: `simulating: 4,096 of 100,000 paths, 12 seconds
    /// left`. The bar is hidden between tasks.
    pub fn of_tasks() -> Self {
        let left = |state: &ProgressState, into: &mut dyn Write| {
            // there is no estimate before the first progress
            if state.pos() > 0 {
                // failure to draw a bar is ignored
                let left = state.eta().max(Duration::from_secs(1));
                let _ = write!(into, ", {:#} left", HumanDuration(left));
            }
        };
        let style = style("{bar:30} {msg}: {human_pos} of {human_len} {prefix}{left}").with_key("left", left);
        Self(ProgressBar::with_draw_target(Some(1), ProgressDrawTarget::hidden()).with_style(style))
    }

    /// Creates a bar for `n_paths` paths in all scenarios of a batch: `3 of 200 scenarios, 90,000 paths/s`, and
    /// the time left. It appears with the first message beside it.
    pub fn of_many(n_paths: u64) -> Self {
        if !std::io::stderr().is_terminal() {
            return Self(ProgressBar::hidden());
        }
        let per_sec = |state: &ProgressState, into: &mut dyn Write| {
            // failure to draw a bar is ignored
            let _ = write!(into, "{}", HumanCount(state.per_sec() as u64));
        };
        let style = style("{bar:30} {msg}, {per_sec} paths/s, {eta} left").with_key("per_sec", per_sec);
        Self(ProgressBar::new(n_paths).with_style(style))
    }

    /// Returns the callbacks that advance the progress bar.
    pub fn progress(bar: &Arc<Self>) -> Progress {
        let (tasks, done, planned) = (Arc::clone(bar), Arc::clone(bar), Arc::clone(bar));
        Progress {
            task: Box::new(move |task| match task {
                Some(task) => tasks.begin(task),
                None => tasks.finish(),
            }),
            done: Box::new(move |paths| done.0.inc(paths)),
            planned: Box::new(move |paths| match paths {
                ..0 => planned.0.dec_length(paths.unsigned_abs()),
                _ => planned.0.inc_length(paths.unsigned_abs()),
            }),
        }
    }

    /// Resets the bar for `task` and shows it.
    fn begin(&self, task: &Task) {
        let label = terminal::harmless(&task.label).into_owned();
        self.0.set_length(task.total.get());
        self.0.set_message(label);
        self.0.set_prefix(task.unit);
        self.0.reset();
        // last, so that the bar is never drawn with data of the previous task
        self.0.set_draw_target(ProgressDrawTarget::stderr());
        self.0.enable_steady_tick(PAUSE);
    }

    /// Sets the message that the progress bar shows.
    pub fn tell(&self, text: String) {
        self.0.set_message(text);
        self.0.enable_steady_tick(PAUSE);
    }

    /// Prints a line if there is no progress bar, as in the log of a CI job.
    pub fn log(&self, text: &str) {
        if self.0.is_hidden() {
            terminal::say(text);
        }
    }

    /// Prints a message above the progress bar, which stays below it.
    pub fn say(&self, text: &str) {
        self.0.suspend(|| terminal::say(text));
    }

    /// Removes the bar from the terminal.
    pub fn finish(&self) {
        self.0.disable_steady_tick();
        self.0.finish_and_clear();
        self.0.set_draw_target(ProgressDrawTarget::hidden());
    }

    /// Returns the number of paths simulated so far, and the number of all paths.
    #[cfg(test)]
    pub fn paths(&self) -> [u64; 2] {
        [self.0.position(), self.0.length().unwrap_or(0)]
    }
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the template is valid")
}
