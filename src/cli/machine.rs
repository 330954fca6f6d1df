//! Resources of this machine: threads, SIMD level, memory, file limits. None of them changes a result.
//!
//! In: the system. Out: numbers. Not here: the use of these numbers (`simulate`, `files`), the
//! memory that a run needs (`engine`).

use super::{Stop, stop};
use crate::stage::Level;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::OnceLock;

/// Environment variable that forces a SIMD level.
const LEVEL_VARIABLE: &str = "TAILWHEEL_SIMD";

/// Returns the SIMD level that `TAILWHEEL_SIMD` names, or the best one if it is unset or empty. Errors if no
/// level has that name.
pub(super) fn level() -> Result<Level, Stop> {
    match std::env::var_os(LEVEL_VARIABLE) {
        Some(name) if !name.is_empty() => {
            Level::named(&name.to_string_lossy()).map_err(|error| stop!("{LEVEL_VARIABLE}: {error}"))
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

/// Available memory in bytes: the least of the free memory, the memory that control groups leave, and the
/// memory that `ulimit` leaves. `None` if the system reports none of them.
pub(super) fn available_memory() -> Option<u64> {
    let groups = fs::read_to_string("/proc/self/cgroup").unwrap_or_default();
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let free = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let kilobytes = |text: &str, name| Some(first_number(text, name)? * 1024);
    let left_of =
        |name, used| Some(limit(name)?.saturating_sub(kilobytes(&status, used).unwrap_or_default()));
    [
        kilobytes(&free, "MemAvailable:"),
        left_of_groups(&groups, Path::new("/sys/fs/cgroup")),
        left_of("Max address space", "VmSize:"),
        left_of("Max data size", "VmData:"),
    ]
    .into_iter()
    .flatten()
    .min()
}

/// Names of the files and keys in which one version of Linux control groups reports memory.
struct GroupVersion {
    limit: &'static str,
    used: &'static str,
    /// Keys of `memory.stat`: the file cache, which can be freed, and (`shared`) the part of it that cannot.
    cache: &'static str,
    shared: &'static str,
}

const GROUPS_1: GroupVersion = GroupVersion {
    limit: "memory.limit_in_bytes",
    used: "memory.usage_in_bytes",
    cache: "total_cache ",
    shared: "total_shmem ",
};
const GROUPS_2: GroupVersion =
    GroupVersion { limit: "memory.max", used: "memory.current", cache: "file ", shared: "shmem " };

/// Memory in bytes that the tightest limit of the control groups leaves; `None` without a limit. `groups` is
/// the text of `/proc/self/cgroup`, which lists the groups of the process; their files are below `root`.
///
/// The limits of parent groups apply too. Inside a container, `root` itself may be the folder of a group,
/// whatever the name of the group outside.
fn left_of_groups(groups: &str, root: &Path) -> Option<u64> {
    let of_line = |line: &str| -> Option<u64> {
        let mut parts = line.splitn(3, ':').skip(1);
        let (controllers, group) = (parts.next()?, parts.next()?);
        if controllers.is_empty() {
            let roots = [root, &root.join("unified")];
            return roots.iter().filter_map(|root| left_of(group, root, &GROUPS_2)).min();
        }
        let is_memory = controllers.split(',').any(|name| name == "memory");
        is_memory.then(|| left_of(group, &root.join("memory"), &GROUPS_1)).flatten()
    };
    groups.lines().filter_map(of_line).min()
}

/// Memory in bytes that the limits of the control group `group` and all its parents leave; `None` without one.
fn left_of(group: &str, root: &Path, version: &GroupVersion) -> Option<u64> {
    let inner: Vec<Component<'_>> = Path::new(group).components().skip(1).collect();
    let is_below = inner.iter().all(|part| matches!(part, Component::Normal(_)));
    let folder = if is_below {
        root.join(inner.iter().collect::<PathBuf>())
    } else {
        // a path with `..` is a group of another container, as this one sees it
        root.to_owned()
    };
    let folders = folder.ancestors().take_while(|above| above.starts_with(root));
    folders.filter_map(|folder| left_in(folder, version)).min()
}

fn left_in(folder: &Path, version: &GroupVersion) -> Option<u64> {
    let text = |file: &str| fs::read_to_string(folder.join(file)).ok();
    let number = |file: &str| -> Option<u64> { text(file)?.trim().parse().ok() };
    let limit = number(version.limit)?;
    let stat = text("memory.stat").unwrap_or_default();
    let of_stat = |name: &str| -> u64 {
        let line = stat.lines().find_map(|line| line.strip_prefix(name));
        line.and_then(|bytes| bytes.parse().ok()).unwrap_or(0)
    };
    let can_be_given_up = of_stat(version.cache).saturating_sub(of_stat(version.shared));
    let used = number(version.used)?.saturating_sub(can_be_given_up);
    Some(limit.saturating_sub(used))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(root: &Path, path: &str, version: &GroupVersion, limit: &str, used: u64) {
        let folder = root.join(path);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(version.limit), format!("{limit}\n")).unwrap();
        fs::write(folder.join(version.used), format!("{used}\n")).unwrap();
        let stat = format!("{}300\n{}100\nother 7\n", version.cache, version.shared);
        fs::write(folder.join("memory.stat"), stat).unwrap();
    }

    #[test]
    fn the_limit_of_a_container_holds_in_both_versions_and_file_cache_is_no_use_of_it() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        group(root, "memory", &GROUPS_1, "5000", 1000);
        // the name that the group has outside is no folder in here
        let groups = "12:cpu,cpuacct:/docker/ab\n9:memory:/docker/ab\n";
        assert_eq!(left_of_groups(groups, root), Some(4200));
        // without a limit the first version says a number beyond all memory
        group(root, "memory", &GROUPS_1, "9223372036854771712", 1000);
        assert_eq!(left_of_groups(groups, root), Some(9_223_372_036_854_771_712 - 800));
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        group(root, "", &GROUPS_2, "3000", 1000);
        assert_eq!(left_of_groups("0::/\n", root), Some(2200));
        assert_eq!(left_of_groups("0::/../../job\n", root), Some(2200));
        group(root, "", &GROUPS_2, "max", 1000);
        assert_eq!(left_of_groups("0::/\n", root), None);
        assert_eq!(left_of_groups("", root), None);
    }

    #[test]
    fn the_tightest_of_all_groups_above_holds() {
        let root = tempfile::tempdir().unwrap();
        let root = root.path();
        group(root, "a.slice", &GROUPS_2, "2000", 1200);
        group(root, "a.slice/b.scope", &GROUPS_2, "max", 1000);
        assert_eq!(left_of_groups("0::/a.slice/b.scope\n", root), Some(1000));
        group(root, "a.slice/b.scope", &GROUPS_2, "1500", 1000);
        assert_eq!(left_of_groups("0::/a.slice/b.scope\n", root), Some(700));
        // both versions side by side
        group(root, "memory/job", &GROUPS_1, "900", 400);
        let both = "4:memory:/job\n0::/a.slice/b.scope\n";
        assert_eq!(left_of_groups(both, root), Some(700));
        group(root, "memory/job", &GROUPS_1, "900", 500);
        assert_eq!(left_of_groups(both, root), Some(600));
    }

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
