//! What can be typed after `merge`.

use super::{Annotate, Edits, FailOn, Run, RunFormat, Shown, Work, few};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

/// The default of `--out` for parts and studies.
const OUT: &str = "output";

#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// Folders of the parts of runs, of all shards of one study, or of the shards of one batch
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// Folder in which each result gets a folder of its own; of a batch, its folder [default: output, or output/batch]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What to print of a run or a study [default: text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<MergeFormat>,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Threads; changes no figure [default: all cores]
    #[arg(long, value_name = "N", value_parser = few)]
    pub threads: Option<u16>,
    /// Draw PNG pictures on a dark ground
    #[arg(long)]
    pub dark: bool,
    /// Write no pictures; those of an earlier run of this scenario go
    #[arg(long)]
    pub no_charts: bool,
    /// List parts and gaps with the commands that fill them, and merge nothing; exit with 1 if something is missing
    #[arg(long, help_heading = "Of a run")]
    pub check: bool,
    /// Report the paths before the first gap as a run of that many
    #[arg(long, conflicts_with = "check", help_heading = "Of a run")]
    pub prefix: bool,
    /// Leave out the bridge from the claim to the return: saves a run of at most 20,000 paths for each step
    #[arg(long, help_heading = "Of a run")]
    pub no_bridge: bool,
    /// Exit with 1 if anything had to be warned of
    #[arg(long, help_heading = "Of a run")]
    pub deny_warnings: bool,
    /// Exit with 1 if a comparison finds something
    #[arg(
        long,
        value_enum,
        value_name = "WHAT",
        help_heading = "Of a comparison"
    )]
    pub fail_on: Option<FailOn>,
    /// Show findings in the review of the CI service as well
    #[arg(long, value_enum, value_name = "SERVICE", help_heading = "Of a batch")]
    pub annotate: Option<Annotate>,
}

/// What `merge` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum MergeFormat {
    /// A screen to read
    Text,
    /// report.json, sensitivity.json or compare.json
    Json,
    /// Of a run: a table of every series and of wealth at the end
    Csv,
    /// Of a comparison: compare.md
    Markdown,
}

impl Merge {
    /// Where the results of runs and studies go.
    pub fn out(&self) -> &Path {
        self.out.as_deref().unwrap_or(Path::new(OUT))
    }

    /// True if JSON is to be printed.
    pub fn is_json(&self) -> bool {
        self.json || self.format == Some(MergeFormat::Json)
    }

    /// What is printed of a run.
    pub fn as_printed(&self) -> RunFormat {
        match self.format {
            _ if self.is_json() => RunFormat::Json,
            Some(MergeFormat::Csv) => RunFormat::Csv,
            _ => RunFormat::Text,
        }
    }

    /// What is printed of a comparison.
    pub fn as_shown(&self) -> Shown {
        match self.format {
            _ if self.is_json() => Shown::Json,
            Some(MergeFormat::Markdown) => Shown::Markdown,
            _ => Shown::Text,
        }
    }

    /// The run of `file` that gives the same report.
    pub fn as_run(&self, file: PathBuf, edits: Edits) -> Run {
        Run {
            scenarios: vec![file],
            work: Work {
                edits,
                out: self.out().to_owned(),
                threads: self.threads,
                dark: self.dark,
            },
            no_charts: self.no_charts,
            no_bridge: self.no_bridge,
            format: self.as_printed(),
            json: false,
            deny_warnings: self.deny_warnings,
            part: None,
            blocks: None,
        }
    }
}
