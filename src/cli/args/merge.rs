//! What can be typed after `merge`.

use super::{Edits, Run, RunFormat, Work, few};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// Folders of parts, or of folders of them, one for each scenario
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// List parts and gaps with the commands that fill them, and merge nothing; exit with 1 if something is missing
    #[arg(long)]
    pub check: bool,
    /// Report the paths before the first gap as a run of that many
    #[arg(long, conflicts_with = "check")]
    pub prefix: bool,
    /// Folder in which each scenario gets a folder of its own
    #[arg(long, short, value_name = "DIR", default_value = "output")]
    pub out: PathBuf,
    /// Threads; changes no figure [default: all cores]
    #[arg(long, value_name = "N", value_parser = few)]
    pub threads: Option<u16>,
    /// Draw PNG pictures on a dark ground
    #[arg(long)]
    pub dark: bool,
    /// Write no pictures; those of an earlier run of this scenario go
    #[arg(long)]
    pub no_charts: bool,
    /// Leave out the bridge from the claim to the return: saves a run of at most 20,000 paths for each step
    #[arg(long)]
    pub no_bridge: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: RunFormat,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Exit with 1 if anything had to be warned of
    #[arg(long)]
    pub deny_warnings: bool,
}

impl Merge {
    /// The run of `file` that gives the same report.
    pub fn as_run(&self, file: PathBuf, edits: Edits) -> Run {
        Run {
            scenarios: vec![file],
            work: Work {
                edits,
                out: self.out.clone(),
                threads: self.threads,
                dark: self.dark,
            },
            no_charts: self.no_charts,
            no_bridge: self.no_bridge,
            format: self.format,
            json: self.json,
            deny_warnings: self.deny_warnings,
            part: None,
            blocks: None,
        }
    }
}
