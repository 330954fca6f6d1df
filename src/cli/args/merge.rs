//! What can be typed after `merge`.

use super::{Annotate, FailOn, Shown, few};
use clap::Args;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct Merge {
    /// Folders of all shards of one study, or of the shards of one batch
    #[arg(required = true, value_name = "DIR")]
    pub folders: Vec<PathBuf>,
    /// Folder in which the result gets a folder of its own; of a batch, its folder [default: output, or output/batch]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// What to print of a study [default: text]
    #[arg(long, value_enum, value_name = "FORMAT", help_heading = "Of a study")]
    pub format: Option<Shown>,
    /// Exit with 1 if a comparison finds something
    #[arg(long, value_enum, value_name = "WHAT", help_heading = "Of a study")]
    pub fail_on: Option<FailOn>,
    /// Write no picture of a comparison
    #[arg(long, help_heading = "Of a study")]
    pub no_charts: bool,
    /// Draw PNG pictures on a dark ground
    #[arg(long, help_heading = "Of a study")]
    pub dark: bool,
    /// Threads; changes no figure [default: all cores]
    #[arg(long, value_name = "N", value_parser = few, help_heading = "Of a study")]
    pub threads: Option<u16>,
    /// Show findings in the review of the CI service as well
    #[arg(long, value_enum, value_name = "SERVICE", help_heading = "Of a batch")]
    pub annotate: Option<Annotate>,
}
