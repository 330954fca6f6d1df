//! Arguments of `batch`.

use crate::cli::args::{Annotate, Edits, few};
use crate::form::{leading_number, whole_number};
use crate::study::Shard;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

/// Run many scenarios, judge their gates and compare them with a baseline
#[derive(Debug, Args)]
pub(in crate::cli) struct Batch {
    /// Scenario files or folders of them; files whose names begin with _ are bases and do not run
    #[arg(required = true, value_name = "FOLDER|SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// Run only scenarios whose id contains TEXT; * stands for any text
    #[arg(long, value_name = "TEXT", help_heading = "Selection")]
    pub filter: Vec<String>,
    /// Print the ids of the selected cases without running them
    #[arg(long, help_heading = "Selection")]
    pub list: bool,
    /// Run only shard I of N, balanced by run time; `merge` combines all shards
    #[arg(long, value_name = "I/N", help_heading = "Selection")]
    pub shard: Option<Shard>,
    /// File of earlier results to compare with, written by --update-baseline
    #[arg(long, value_name = "FILE", help_heading = "Gates and baseline")]
    pub baseline: Option<PathBuf>,
    /// Write the results of this batch to the baseline and list the changes
    #[arg(
        long,
        requires = "baseline",
        conflicts_with_all = ["shard", "filter", "fail_fast", "max_time"],
        help_heading = "Gates and baseline"
    )]
    pub update_baseline: bool,
    /// Write only the results of these ids, files or folders to the baseline
    #[arg(
        long,
        value_name = "ID",
        num_args = 1..,
        requires = "baseline",
        conflicts_with_all = ["update_baseline", "shard", "filter", "fail_fast", "max_time"],
        help_heading = "Gates and baseline"
    )]
    pub accept: Vec<String>,
    /// Fail if the baseline has another results version of the program
    #[arg(long, requires = "baseline", help_heading = "Gates and baseline")]
    pub strict_version: bool,
    /// Fail if --update-baseline would change a line of the baseline
    #[arg(
        long,
        requires = "baseline",
        conflicts_with = "update_baseline",
        help_heading = "Gates and baseline"
    )]
    pub strict_baseline: bool,
    /// How an inconclusive gate counts
    #[arg(long, value_enum, default_value_t, value_name = "WHAT", help_heading = "Gates and baseline")]
    pub inconclusive: Inconclusive,
    /// Add paths until every gate is decided, up to N paths
    #[arg(long, value_name = "N", value_parser = paths, help_heading = "Gates and baseline")]
    pub decide: Option<u64>,
    /// Start no new scenario after one has failed
    #[arg(long, help_heading = "Execution")]
    pub fail_fast: bool,
    /// Number of scenarios at the same time [default: one more than threads]
    #[arg(long, value_name = "N", value_parser = few, help_heading = "Execution")]
    pub jobs: Option<u16>,
    /// Worker threads of all scenarios together; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = few, help_heading = "Execution")]
    pub threads: Option<u16>,
    /// Stop after this time, e.g. 90s, 20m or 2h
    #[arg(long, value_name = "TIME", value_parser = duration, help_heading = "Execution")]
    pub max_time: Option<Duration>,
    /// Folder of earlier results [default: .tailwheel-cache in --out]
    #[arg(long, value_name = "DIR", help_heading = "Execution")]
    pub cache: Option<PathBuf>,
    /// Maximum size of the cache, e.g. 500MB or 2GB; the oldest results are deleted first [default: 2GB]
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "Execution")]
    pub cache_size: Option<u64>,
    /// Neither use earlier results nor keep these
    #[arg(long, conflicts_with = "cache", help_heading = "Execution")]
    pub no_cache: bool,
    /// Show findings in the code review on GitHub
    #[arg(long, value_enum, value_name = "SERVICE", help_heading = "Output")]
    pub annotate: Option<Annotate>,
    /// Folder for index.html, summary.md, junit.xml, results.jsonl and every report
    #[arg(long, short, value_name = "DIR", default_value = "output/batch", help_heading = "Output")]
    pub out: PathBuf,
    #[command(flatten)]
    pub edits: Edits,
}

/// How an inconclusive gate counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Inconclusive {
    /// It counts as failed
    #[default]
    Fail,
    /// It counts as passed
    Pass,
}

/// Parses a positive number of paths.
fn paths(text: &str) -> Result<u64, String> {
    let paths = whole_number(text).filter(|number| *number > 0);
    paths.ok_or_else(|| "write a whole number of paths, e.g. 20000 or 2e4".to_owned())
}

/// Parses a number with one of `units` and multiplies it by the unit's factor; `None` if the unit is unknown.
fn scaled(text: &str, units: &[(&str, f64)]) -> Option<f64> {
    let (number, unit) = leading_number(text)?;
    units.iter().find(|(known, _)| *known == unit.trim()).map(|(_, factor)| number * factor)
}

/// Parses a duration such as `90s`, `20m` or `2h`.
fn duration(text: &str) -> Result<Duration, String> {
    scaled(text, &[("s", 1.0), ("m", 60.0), ("h", 3600.0)])
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .filter(|time| !time.is_zero())
        .ok_or_else(|| "write a number and a unit, e.g. 90s, 20m or 2h".to_owned())
}

/// Parses a size from 1 MB to 1 PB such as `500MB` or `2GB`. Returns bytes.
fn size(text: &str) -> Result<u64, String> {
    let bytes = scaled(text, &[("MB", 1e6), ("GB", 1e9)]).filter(|bytes| (1e6..=1e15).contains(bytes));
    bytes.map(|bytes| bytes as u64).ok_or_else(|| "write a number and a unit, e.g. 500MB or 2GB".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_and_a_unit() {
        assert_eq!(size("500MB"), Ok(500_000_000));
        assert_eq!(size("1.5GB"), Ok(1_500_000_000));
        for text in ["", "2", "GB", "-1GB", "nanMB", "infGB", "2KB", "0MB", "1e9GB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_is_a_number_and_a_unit() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("2h"), Ok(Duration::from_secs(7200)));
        for text in ["", "20", "m", "-1s", "0s", "nans", "infh", "1d", "1e300h", "2µ"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
