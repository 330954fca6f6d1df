//! Resources of this machine: threads, SIMD level, memory, file limits. None of them changes a result.
//!
//! In: the system. Out: numbers. Not here: the use of these numbers (`simulate`, `files`).

mod available;

pub(super) use available::available as available_memory;

use crate::stage::Level;
use std::fs;
use std::sync::OnceLock;

/// Environment variable that forces a SIMD level.
const LEVEL_VARIABLE: &str = "TAILWHEEL_SIMD";

/// Returns the SIMD level that `TAILWHEEL_SIMD` names, or the best one if it is unset or empty. Errors if no
/// level has that name.
pub(super) fn level() -> Result<Level, String> {
    match std::env::var_os(LEVEL_VARIABLE) {
        Some(name) if !name.is_empty() => {
            Level::named(&name.to_string_lossy()).map_err(|error| format!("{LEVEL_VARIABLE}: {error}"))
        }
        _ => Ok(Level::detect()),
    }
}

/// Default number of threads: one per core that the process may use.
pub(super) fn threads() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// Digest of the running program's file; `None` if it cannot be read.
pub(super) fn program_digest() -> Option<String> {
    let bytes = fs::read(std::env::current_exe().ok()?).ok()?;
    Some(blake3::hash(&bytes).to_hex().to_string())
}

/// Largest size of a file in bytes that the system allows; `None` without a limit.
pub(super) fn largest_file() -> Option<u64> {
    static LARGEST: OnceLock<Option<u64>> = OnceLock::new();
    *LARGEST.get_or_init(|| limit("Max file size"))
}

/// Largest number of files that this process may hold open; `None` without a limit.
pub(super) fn most_files() -> Option<u64> {
    limit("Max open files")
}

/// Limit of this process by its name in `/proc/self/limits`, as `ulimit` sets it; `None` without a limit.
fn limit(name: &str) -> Option<u64> {
    first_number(&fs::read_to_string("/proc/self/limits").ok()?, name)
}

/// Parses a line such as `Max file size   1024   unlimited   bytes` or `VmSize:   12345 kB`. Of two limits, the
/// first is in force.
fn first_number(lines: &str, name: &str) -> Option<u64> {
    lines.lines().find_map(|line| line.strip_prefix(name))?.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::first_number;

    #[test]
    fn a_limit_is_the_soft_one_and_unlimited_is_none() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max file size             1024                 4096                 bytes     \n\
                      Max address space         unlimited            unlimited            bytes     \n";
        assert_eq!(first_number(limits, "Max file size"), Some(1024));
        assert_eq!(first_number(limits, "Max address space"), None);
        assert_eq!(first_number(limits, "Max data size"), None);
    }
}
