//! What this machine offers: threads, SIMD level, memory. Nothing of it changes a figure.

use crate::stage::Level;
use std::fs;
use std::path::Path;

/// Environment variable that forces a SIMD level.
const LEVEL_VARIABLE: &str = "TAILWHEEL_SIMD";

/// The SIMD level asked for, or the best one; an empty name asks for nothing.
pub(super) fn level() -> Result<Level, String> {
    match std::env::var_os(LEVEL_VARIABLE) {
        Some(name) if !name.is_empty() => Level::named(&name.to_string_lossy())
            .map_err(|error| format!("{LEVEL_VARIABLE}: {error}")),
        _ => Ok(Level::detect()),
    }
}

/// Threads to use if nothing else was asked for.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Bytes of memory that can be had, where the system says so.
pub(super) fn available_memory() -> Option<u64> {
    [free_memory(), left_of_the_limit()]
        .into_iter()
        .flatten()
        .min()
}

/// Digest of the running program; none where it cannot be read.
pub(super) fn program_digest() -> Option<String> {
    let bytes = fs::read(std::env::current_exe().ok()?).ok()?;
    Some(blake3::hash(&bytes).to_hex().to_string())
}

/// Whether there is a process of this number, where the system says so.
pub(super) fn is_alive(process: u32) -> Option<bool> {
    let processes = Path::new("/proc");
    // without itself in it, the folder is none of processes
    processes
        .join("self")
        .exists()
        .then(|| processes.join(process.to_string()).exists())
}

fn free_memory() -> Option<u64> {
    let text = fs::read_to_string("/proc/meminfo").ok()?;
    let line = text
        .lines()
        .find(|line| line.starts_with("MemAvailable:"))?;
    let kilobytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// What a container's limit leaves; its file cache can be given up.
fn left_of_the_limit() -> Option<u64> {
    let number = |file: &str| -> Option<u64> {
        let text = fs::read_to_string(format!("/sys/fs/cgroup/{file}")).ok()?;
        text.trim().parse().ok()
    };
    let stat = fs::read_to_string("/sys/fs/cgroup/memory.stat").ok()?;
    let cache: u64 = stat
        .lines()
        .find_map(|line| line.strip_prefix("file "))
        .and_then(|bytes| bytes.parse().ok())
        .unwrap_or(0);
    let used = number("memory.current")?.saturating_sub(cache);
    Some(number("memory.max")?.saturating_sub(used))
}
