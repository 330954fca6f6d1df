//! Arguments of `merge`.

use super::{Annotate, Charts, Edits, FailOn, Format, Run, Work, few, formats};
use clap::Args;
use std::path::{Path, PathBuf};

/// Default of `--out` for parts of runs and shards of studies.
const OUT: &str = "output";

#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// Folders with the parts of runs, all shards of one study, or the shards of one batch
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// Folder for the results, or of the batch [default: output, or output/batch]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Format to print for a run or a study [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = formats(&[
        ("text", "Screen text"),
        ("json", "report.json, sensitivity.json or compare.json"),
        ("csv", "For a run: table of every series and of final wealth"),
        ("markdown", "For a comparison: compare.md"),
    ]))]
    pub format: Option<Format>,
    /// Same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Worker threads; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = few)]
    pub threads: Option<u16>,
    /// Draw PNG charts on a dark background
    #[arg(long)]
    pub dark: bool,
    #[command(flatten)]
    pub charts: Charts,
    /// List parts and gaps without merging; exit with code 1 if a part is missing
    #[arg(long, help_heading = "For runs")]
    pub check: bool,
    /// Report only the paths before the first gap
    #[arg(long, conflicts_with = "check", help_heading = "For runs")]
    pub prefix: bool,
    /// Leave out the steps from claim to outcome; each step costs a run of at most 20,000 paths
    #[arg(long, help_heading = "For runs")]
    pub no_bridge: bool,
    /// Exit with code 1 if a report has a warning
    #[arg(long, help_heading = "For runs")]
    pub deny_warnings: bool,
    /// Exit with code 1 if a comparison finds a difference
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "For comparisons")]
    pub fail_on: Option<FailOn>,
    /// Show findings in the code review on GitHub
    #[arg(long, value_enum, value_name = "SERVICE", help_heading = "For batches")]
    pub annotate: Option<Annotate>,
}

impl Merge {
    /// Folder for the results of runs and studies: `--out`, or its default.
    pub fn out(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new(OUT))
    }

    /// Format to print; `--json` is the same as `--format json`.
    pub fn shown(&self) -> Format {
        if self.json { Format::Json } else { self.format.unwrap_or_default() }
    }

    /// Returns the arguments of a `run` of `file` that would print the report that this merge prints.
    pub fn as_run(&self, file: PathBuf, edits: Edits) -> Run {
        Run {
            scenarios: vec![file],
            work: Work { edits, out: self.out().to_owned(), threads: self.threads, dark: self.dark },
            charts: self.charts.clone(),
            no_bridge: self.no_bridge,
            format: self.shown(),
            json: false,
            deny_warnings: self.deny_warnings,
            part: None,
            blocks: None,
        }
    }
}
