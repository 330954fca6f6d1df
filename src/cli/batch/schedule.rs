//! Runs tasks in order, a few at a time, until there is a reason to begin no more.
//!
//! In: a number of tasks, the work of each. Out: their results, in the order of the tasks. Not here: the work
//! itself.
//!
//! Each task in flight has a thread that waits for it. One shared pool does the computing. There are
//! therefore never more busy threads than the pool has, and the tasks in flight bound the memory.

use crate::cli::interrupt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, thread};

/// Reason why a task of a batch has no result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum NotRun {
    /// An earlier task ended with a result that ends the batch, so this one does not count.
    FailFast,
    /// The time limit had passed before the task began.
    MaxTime,
    /// The stop flag was set, because the user or the deadline asked to stop.
    Interrupted,
}

impl fmt::Display for NotRun {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FailFast => "a scenario before it failed, and --fail-fast was given",
            Self::MaxTime => "the time of --max-time was over",
            Self::Interrupted => "interrupted",
        })
    }
}

/// Runs tasks `0 … n_tasks − 1` with the function `work`, begun in this order, `n_jobs` at a time. Returns
/// their results in the same order.
///
/// After a task whose result `is_last`, no later task counts, even if it has begun. The results therefore do
/// not depend on the timing of threads.
pub(in crate::cli) fn schedule<T: Send>(
    n_tasks: usize,
    n_jobs: usize,
    limit: &Deadline<'_>,
    work: impl Fn(usize) -> Result<T, NotRun> + Sync,
    is_last: impl Fn(&T) -> bool + Sync,
) -> Vec<Result<T, NotRun>> {
    let next = AtomicUsize::new(0);
    let last = AtomicUsize::new(usize::MAX);
    let done: Mutex<Vec<Option<Result<T, NotRun>>>> = Mutex::new((0..n_tasks).map(|_| None).collect());
    let begin = |task: usize| {
        if limit.stop.load(Ordering::Relaxed) {
            return Err(NotRun::Interrupted);
        }
        if task > last.load(Ordering::Relaxed) {
            return Err(NotRun::FailFast);
        }
        if limit.until.is_some_and(|until| Instant::now() >= until) {
            return Err(NotRun::MaxTime);
        }
        let result = work(task)?;
        if is_last(&result) {
            last.fetch_min(task, Ordering::Relaxed);
        }
        Ok(result)
    };
    let one_after_the_other = || {
        loop {
            let task = next.fetch_add(1, Ordering::Relaxed);
            if task >= n_tasks {
                break;
            }
            let result = begin(task);
            done.lock().unwrap_or_else(PoisonError::into_inner)[task] = Some(result);
        }
    };
    thread::scope(|scope| {
        for _ in 1..n_jobs.min(n_tasks) {
            scope.spawn(one_after_the_other);
        }
        one_after_the_other();
    });
    let last = last.into_inner();
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let results = done.into_iter().enumerate().map(|(task, result)| {
        let result = result.expect("every task was taken by a thread");
        if task > last {
            // it began before the result of task `last` was known
            return Err(result.err().unwrap_or(NotRun::FailFast));
        }
        result
    });
    results.collect()
}

/// Interval at which the deadline is checked.
const PAUSE: Duration = Duration::from_millis(10);

/// Time limit of a batch.
#[derive(Clone, Copy)]
pub(super) struct Deadline<'a> {
    /// No task begins after this time; `None` is no limit.
    pub until: Option<Instant>,
    /// Flag that is set when the time is over or the user asks to stop. No further task begins then.
    pub stop: &'a AtomicBool,
}

impl Deadline<'static> {
    /// Starts a deadline `time` from now; `None` is no limit.
    pub fn after(time: Option<Duration>) -> Self {
        // a time that the clock cannot represent is no limit
        let until = time.and_then(|time| Instant::now().checked_add(time));
        let Some(end) = until else {
            return Self { until, stop: interrupt::asked() };
        };
        let stop: &AtomicBool = Box::leak(Box::new(AtomicBool::new(false)));
        thread::spawn(move || {
            while Instant::now() < end && !interrupt::is_asked() {
                thread::sleep(PAUSE);
            }
            stop.store(true, Ordering::Relaxed);
        });
        Self { until, stop }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    static NEVER: AtomicBool = AtomicBool::new(false);

    const NO_LIMIT: Deadline<'static> = Deadline { until: None, stop: &NEVER };

    #[test]
    fn results_come_in_the_order_of_the_tasks_and_no_more_are_in_flight_than_asked_for() {
        for n_jobs in [1, 3, 40] {
            let (in_flight, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
            let work = |task: usize| {
                let now = in_flight.fetch_add(1, Ordering::SeqCst) + 1;
                most.fetch_max(now, Ordering::SeqCst);
                thread::sleep(Duration::from_micros((20 - task as u64) * 100));
                in_flight.fetch_sub(1, Ordering::SeqCst);
                Ok(task)
            };
            let results = schedule(20, n_jobs, &NO_LIMIT, work, |_| false);
            assert!(results.into_iter().eq((0..20).map(Ok)));
            assert!((1..=n_jobs).contains(&most.into_inner()));
        }
        assert!(schedule(0, 2, &NO_LIMIT, Ok, |_| false).is_empty());
    }

    #[test]
    fn after_a_failure_none_behind_it_counts_whatever_has_begun() {
        let expected: Vec<Result<usize, NotRun>> =
            (0..30).map(|task| if task <= 7 { Ok(task) } else { Err(NotRun::FailFast) }).collect();
        for n_jobs in [1, 2, 8] {
            for slow in [7, 9] {
                let work = |task: usize| {
                    if task == slow {
                        thread::sleep(Duration::from_millis(5));
                    }
                    Ok(task)
                };
                // 7 and 9 fail, and either may be known first
                let results = schedule(30, n_jobs, &NO_LIMIT, work, |task| [7, 9].contains(task));
                assert_eq!(results, expected, "{n_jobs} jobs, {slow} is slow");
            }
        }
    }

    #[test]
    fn nothing_begins_after_the_time_is_over_or_the_user_has_stopped() {
        let over = Deadline { until: Some(Instant::now()), ..NO_LIMIT };
        let results = schedule(3, 2, &over, Ok, |_| false);
        assert_eq!(results, [Err(NotRun::MaxTime); 3]);
        let stop = AtomicBool::new(false);
        let stopped = Deadline { until: None, stop: &stop };
        let work = |task: usize| {
            stop.store(task == 1, Ordering::Relaxed);
            Ok(task)
        };
        let results = schedule(4, 1, &stopped, work, |_| false);
        assert_eq!(results[..2], [Ok(0), Ok(1)]);
        assert_eq!(results[2..], [Err(NotRun::Interrupted); 2]);
    }
}
