//! What the plain benches share: clocks, peak memory, levels, scenarios of the peers' workloads.
//!
//! In: nothing. Out: numbers of this process, [`Scenario`]s. Not here: what is measured.
#![allow(dead_code)] // each bench uses its part

use std::fs;
use std::path::Path;
use tailwheel::form::Colour;
use tailwheel::scenario::{self, Scenario};
use tailwheel::stage::Level;

/// CPU seconds of all threads of this process that are still alive, to the nanosecond.
pub fn cpu_seconds() -> f64 {
    let tasks = fs::read_dir("/proc/self/task").into_iter().flatten();
    tasks.flatten().filter_map(|task| cpu_of(&task.path())).sum()
}

/// CPU seconds of the calling thread.
pub fn thread_cpu_seconds() -> f64 {
    cpu_of(Path::new("/proc/thread-self")).expect("the kernel keeps scheduler statistics")
}

fn cpu_of(task: &Path) -> Option<f64> {
    let text = fs::read_to_string(task.join("schedstat")).ok()?;
    let nanoseconds: f64 = text.split_whitespace().next()?.parse().ok()?;
    Some(nanoseconds * 1e-9)
}

/// Largest resident memory since [`forget_peak`], in MB; 0 where the system does not say.
pub fn peak_megabytes() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<f64>().ok());
    kilobytes.unwrap_or(0.0) / 1024.0
}

/// Starts the peak of memory anew, where the system can.
pub fn forget_peak() {
    // without it a peak is that of all rounds so far: higher, never lower
    let _ = fs::write("/proc/self/clear_refs", "5");
}

/// The scenario that `text` says; panics with all its faults if it says none.
pub fn scenario(text: &str) -> Scenario {
    let loader = |_: &str| Ok(text.as_bytes().to_vec());
    match scenario::read("bench.toml", &[], &loader) {
        Ok(scenario) => scenario,
        Err(refusal) => panic!("{}", refusal.render(Colour::Plain)),
    }
}

/// Levels of this CPU, or the one that `--level` names.
pub fn levels(arguments: &[String]) -> Vec<Level> {
    match value_of(arguments, "--level") {
        Some(name) => vec![Level::named(name).unwrap_or_else(|error| panic!("{error}"))],
        None => Level::supported(),
    }
}

/// The value behind `--key`.
pub fn value_of<'a>(arguments: &'a [String], key: &str) -> Option<&'a str> {
    let at = arguments.iter().position(|argument| argument == key)?;
    arguments.get(at + 1).map(String::as_str)
}
