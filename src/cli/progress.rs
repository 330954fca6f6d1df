//! One bar for each task of a command, or one for all scenarios of a batch.
//!
//! In: tasks and scenarios as they are done. Out: a bar on a terminal, nothing elsewhere. Not here:
//! results.

use super::terminal;
use crate::study::{Progress, Task};
use indicatif::{
    HumanCount, HumanDuration, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle,
};
use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::Arc;
use std::time::Duration;

/// How often a bar is drawn anew while nothing is reported.
const PAUSE: Duration = Duration::from_millis(200);

/// How far it is.
pub(super) struct Bar(ProgressBar);

impl Bar {
    /// For tasks one after the other; between them there is no bar.
    pub fn of_tasks() -> Self {
        let hidden = ProgressDrawTarget::hidden();
        Self(ProgressBar::with_draw_target(Some(1), hidden).with_style(of_one()))
    }

    /// Of `n_paths` paths in all scenarios of a batch; it is there from the first word that is said beside it.
    pub fn of_many(n_paths: u64) -> Self {
        match std::io::stderr().is_terminal() {
            true => Self(ProgressBar::new(n_paths).with_style(of_many())),
            false => Self(ProgressBar::hidden()),
        }
    }

    /// Who tells it how far it is.
    pub fn progress(bar: &Arc<Self>) -> Progress {
        let (tasks, done, planned) = (Arc::clone(bar), Arc::clone(bar), Arc::clone(bar));
        Progress {
            task: Box::new(move |task| match task {
                Some(task) => tasks.begin(task),
                None => tasks.finish(),
            }),
            done: Box::new(move |paths| done.0.inc(paths)),
            planned: Box::new(move |paths| planned.plan(paths)),
        }
    }

    /// From now on of `task`.
    fn begin(&self, task: &Task) {
        let label = terminal::harmless(&task.label).into_owned();
        self.0.set_length(task.total.get());
        self.0.set_message(label);
        self.0.set_prefix(task.unit);
        self.0.reset();
        // last, so that nothing is drawn with what is left of the task before
        self.0.set_draw_target(ProgressDrawTarget::stderr());
        self.0.enable_steady_tick(PAUSE);
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
        self.0.enable_steady_tick(PAUSE);
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
        self.0.disable_steady_tick();
        self.0.finish_and_clear();
        self.0.set_draw_target(ProgressDrawTarget::hidden());
    }

    /// Paths that were simulated, and those that were planned.
    #[cfg(test)]
    pub fn paths(&self) -> [u64; 2] {
        [self.0.position(), self.0.length().unwrap_or(0)]
    }
}

/// `simulating: 4,096 of 100,000 paths, 12 seconds left`
fn of_one() -> ProgressStyle {
    let left = |state: &ProgressState, into: &mut dyn Write| {
        // before anything is done nobody knows how long it takes
        if state.pos() > 0 {
            // a bar that cannot be drawn is no fault
            let left = state.eta().max(Duration::from_secs(1));
            let _ = write!(into, ", {:#} left", HumanDuration(left));
        }
    };
    style("{bar:30} {msg}: {human_pos} of {human_len} {prefix}{left}").with_key("left", left)
}

/// `3 of 200 scenarios, 90,000 paths/s`
fn of_many() -> ProgressStyle {
    let per_sec = |state: &ProgressState, into: &mut dyn Write| {
        // a bar that cannot be drawn is no fault
        let _ = write!(into, "{}", HumanCount(state.per_sec() as u64));
    };
    style("{bar:30} {msg}, {per_sec} paths/s, {eta} left").with_key("per_sec", per_sec)
}

fn style(template: &str) -> ProgressStyle {
    ProgressStyle::with_template(template).expect("the template is valid")
}
