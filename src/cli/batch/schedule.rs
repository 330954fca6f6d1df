//! Tasks in order, a few at a time, until there is a reason to begin no more.
//!
//! In: a number of tasks, what each does. Out: what became of each, in their order. Not here: what a
//! task is.
//!
//! Each task in flight has a thread that waits for it; computing is left to one pool that they share,
//! so there are never more busy threads than the pool has, and memory is bounded by what is in flight.

use crate::cli::interrupt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};
use std::{fmt, thread};

/// Why a task was not carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Why {
    /// One before it ended so that all were to stop.
    FailFast,
    /// The time was over before it was done.
    MaxTime,
    /// The user stopped it.
    Interrupted,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::FailFast => "a scenario before it failed, and --fail-fast was given",
            Self::MaxTime => "the time of --max-time was over",
            Self::Interrupted => "interrupted",
        })
    }
}

/// How tasks are carried out.
pub(in crate::cli) struct Policy<'a> {
    /// Tasks in flight, at least one.
    pub n_jobs: usize,
    /// No task begins later.
    pub until: Option<Instant>,
    /// Set to stop.
    pub stop: &'a AtomicBool,
}

/// Carries out tasks `0 … n_tasks − 1`, begun in this order. After one whose result `is_last`, none of
/// those behind it counts, begun or not: what is returned then depends on no thread.
pub(in crate::cli) fn schedule<T: Send>(
    n_tasks: usize,
    policy: &Policy<'_>,
    work: impl Fn(usize) -> Result<T, Why> + Sync,
    is_last: impl Fn(&T) -> bool + Sync,
) -> Vec<Result<T, Why>> {
    let next = AtomicUsize::new(0);
    let last = AtomicUsize::new(usize::MAX);
    let done: Mutex<Vec<Option<Result<T, Why>>>> = Mutex::new((0..n_tasks).map(|_| None).collect());
    let begin = |task: usize| {
        if policy.stop.load(Ordering::Relaxed) {
            return Err(Why::Interrupted);
        }
        if task > last.load(Ordering::Relaxed) {
            return Err(Why::FailFast);
        }
        if policy.until.is_some_and(|until| Instant::now() >= until) {
            return Err(Why::MaxTime);
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
        for _ in 1..policy.n_jobs.min(n_tasks) {
            scope.spawn(one_after_the_other);
        }
        one_after_the_other();
    });
    let last = last.into_inner();
    let done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    let results = done.into_iter().enumerate().map(|(task, result)| {
        let result = result.expect("every task was taken by a thread");
        if task > last {
            // one that began before the last was known
            return Err(result.err().unwrap_or(Why::FailFast));
        }
        result
    });
    results.collect()
}

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
            return Self { until, stop: interrupt::asked() };
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

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    static NEVER: AtomicBool = AtomicBool::new(false);

    fn policy(n_jobs: usize) -> Policy<'static> {
        Policy { n_jobs, until: None, stop: &NEVER }
    }

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
            let results = schedule(20, &policy(n_jobs), work, |_| false);
            assert!(results.into_iter().eq((0..20).map(Ok)));
            assert!((1..=n_jobs).contains(&most.into_inner()));
        }
        assert!(schedule(0, &policy(2), Ok, |_| false).is_empty());
    }

    #[test]
    fn after_a_failure_none_behind_it_counts_whatever_has_begun() {
        let expected: Vec<Result<usize, Why>> =
            (0..30).map(|task| if task <= 7 { Ok(task) } else { Err(Why::FailFast) }).collect();
        for n_jobs in [1, 2, 8] {
            for slow in [7, 9] {
                let work = |task: usize| {
                    if task == slow {
                        thread::sleep(Duration::from_millis(5));
                    }
                    Ok(task)
                };
                // 7 and 9 fail, and either may be known first
                let results = schedule(30, &policy(n_jobs), work, |task| [7, 9].contains(task));
                assert_eq!(results, expected, "{n_jobs} jobs, {slow} is slow");
            }
        }
    }

    #[test]
    fn nothing_begins_after_the_time_is_over_or_the_user_has_stopped() {
        let over = Policy { until: Some(Instant::now()), ..policy(2) };
        let results = schedule(3, &over, Ok, |_| false);
        assert_eq!(results, [Err(Why::MaxTime); 3]);
        let stop = AtomicBool::new(false);
        let stopped = Policy { stop: &stop, ..policy(1) };
        let work = |task: usize| {
            stop.store(task == 1, Ordering::Relaxed);
            Ok(task)
        };
        let results = schedule(4, &stopped, work, |_| false);
        assert_eq!(results[..2], [Ok(0), Ok(1)]);
        assert_eq!(results[2..], [Err(Why::Interrupted); 2]);
    }
}
