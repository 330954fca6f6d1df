//! What can be typed after `batch`.

use super::{Annotate, Edits, few};
use crate::form::{leading_number, whole_number};
use crate::study::Shard;
use clap::{Args, ValueEnum};
use std::path::PathBuf;
use std::time::Duration;

#[derive(Debug, Args)]
pub(in crate::cli) struct Batch {
    /// Scenario files, and folders of them; a name that begins with _ is a base and does not run
    #[arg(required_unless_present = "merge", value_name = "FOLDER|SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    /// Only scenarios whose id has TEXT in it; a * in it stands for any text
    #[arg(long, value_name = "TEXT", help_heading = "Which scenarios")]
    pub filter: Vec<String>,
    /// Print the ids and run nothing
    #[arg(long, help_heading = "Which scenarios")]
    pub list: bool,
    /// Only the scenarios of shard I of N, shared out by what they cost; `merge` makes one batch of all shards
    #[arg(long, value_name = "I/N", help_heading = "Which scenarios")]
    pub shard: Option<Shard>,
    /// Refused: it is the command `merge` now
    #[arg(long, value_name = "DIR", num_args = 1.., hide = true)]
    pub merge: Vec<PathBuf>,
    /// Figures to compare with, written by --update-baseline
    #[arg(long, value_name = "FILE", help_heading = "Gates and baseline")]
    pub baseline: Option<PathBuf>,
    /// Write the figures of this batch to the baseline and say what moved
    #[arg(
        long,
        requires = "baseline",
        conflicts_with_all = ["shard", "filter", "fail_fast", "max_time"],
        help_heading = "Gates and baseline"
    )]
    pub update_baseline: bool,
    /// Write the figures of these scenarios alone to the baseline: an id of --list, or a file or folder that ids begin with
    #[arg(
        long,
        value_name = "ID",
        num_args = 1..,
        requires = "baseline",
        conflicts_with_all = ["update_baseline", "shard", "filter", "fail_fast", "max_time"],
        help_heading = "Gates and baseline"
    )]
    pub accept: Vec<String>,
    /// Fail where the baseline is of another value version of the program
    #[arg(long, requires = "baseline", help_heading = "Gates and baseline")]
    pub strict_version: bool,
    /// Fail where --update-baseline would write a line of the baseline anew
    #[arg(
        long,
        requires = "baseline",
        conflicts_with = "update_baseline",
        help_heading = "Gates and baseline"
    )]
    pub strict_baseline: bool,
    /// What a gate does that these paths cannot decide
    #[arg(
        long,
        value_enum,
        default_value_t,
        value_name = "WHAT",
        help_heading = "Gates and baseline"
    )]
    pub inconclusive: Inconclusive,
    /// Simulate on until every gate is decided, at most N paths
    #[arg(
        long,
        value_name = "N",
        value_parser = paths,
        help_heading = "Gates and baseline"
    )]
    pub decide: Option<u64>,
    /// Start no further scenario once one has failed
    #[arg(long, help_heading = "How it runs")]
    pub fail_fast: bool,
    /// Scenarios at work at once [default: one more than threads]
    #[arg(
        long,
        value_name = "N",
        value_parser = few,
        help_heading = "How it runs"
    )]
    pub jobs: Option<u16>,
    /// Threads of all scenarios together; changes no figure [default: all cores]
    #[arg(
        long,
        value_name = "N",
        value_parser = few,
        help_heading = "How it runs"
    )]
    pub threads: Option<u16>,
    /// Stop what runs and start nothing more after this time, as in 90s, 20m, 2h
    #[arg(long, value_name = "TIME", value_parser = duration, help_heading = "How it runs")]
    pub max_time: Option<Duration>,
    #[command(flatten)]
    pub cache: Caching,
    /// Show findings in the review of the CI service as well
    #[arg(long, value_enum, value_name = "SERVICE", help_heading = "Output")]
    pub annotate: Option<Annotate>,
    /// Folder of index.html, summary.md, junit.xml, results.jsonl and of every report
    #[arg(
        long,
        short,
        value_name = "DIR",
        default_value = "output/batch",
        help_heading = "Output"
    )]
    pub out: PathBuf,
    #[command(flatten)]
    pub edits: Edits,
}

/// Where results are kept for the next batch.
#[derive(Debug, Args)]
pub(in crate::cli) struct Caching {
    /// Folder of earlier results [default: .tailwheel-cache in --out]
    #[arg(long, value_name = "DIR", help_heading = "How it runs")]
    pub cache: Option<PathBuf>,
    /// Room for them, as in 500MB or 2GB; the oldest go first [default: 2GB]
    #[arg(long, value_name = "SIZE", value_parser = size, help_heading = "How it runs")]
    pub cache_size: Option<u64>,
    /// Neither look for earlier results nor keep these
    #[arg(long, conflicts_with = "cache", help_heading = "How it runs")]
    pub no_cache: bool,
}

/// What a gate does that cannot be decided.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Inconclusive {
    /// It counts as a failure
    #[default]
    Fail,
    /// It lets the batch through
    Pass,
}

/// A number of paths.
fn paths(text: &str) -> Result<u64, String> {
    let paths = whole_number(text).filter(|number| *number > 0);
    paths.ok_or_else(|| "write a whole number of paths, as in 20000 or 2e4".to_owned())
}

/// `90s`, `20m`, `2h`
fn duration(text: &str) -> Result<Duration, String> {
    let rule = || "write a number and a unit, as in 90s, 20m or 2h".to_owned();
    let (number, unit) = leading_number(text).ok_or_else(rule)?;
    let seconds = match unit.trim() {
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err(rule()),
    };
    match Duration::try_from_secs_f64(number * seconds) {
        Ok(time) if !time.is_zero() => Ok(time),
        _ => Err(rule()),
    }
}

/// `500MB`, `2GB`
fn size(text: &str) -> Result<u64, String> {
    let rule = || "write a number and a unit, as in 500MB or 2GB".to_owned();
    let (number, unit) = leading_number(text).ok_or_else(rule)?;
    let bytes = match unit.trim() {
        "MB" => number * 1e6,
        "GB" => number * 1e9,
        _ => return Err(rule()),
    };
    match (1e6..=1e15).contains(&bytes) {
        true => Ok(bytes as u64),
        false => Err(rule()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_a_number_and_a_unit() {
        assert_eq!(size("500MB"), Ok(500_000_000));
        assert_eq!(size("1.5GB"), Ok(1_500_000_000));
        for text in [
            "", "2", "GB", "-1GB", "nanMB", "infGB", "2KB", "0MB", "1e9GB",
        ] {
            assert!(size(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_time_is_a_number_and_a_unit() {
        assert_eq!(duration("90s"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("1.5m"), Ok(Duration::from_secs(90)));
        assert_eq!(duration("2h"), Ok(Duration::from_secs(7200)));
        for text in [
            "", "20", "m", "-1s", "0s", "nans", "infh", "1d", "1e300h", "2µ",
        ] {
            assert!(duration(text).is_err(), "{text}");
        }
    }
}
