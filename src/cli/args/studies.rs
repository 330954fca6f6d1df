//! Arguments of `compare`, `sensitivity` and `solve`.

use super::{Format, Work, formats};
use crate::record::id;
use crate::study::Shard;
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(in crate::cli) struct Compare {
    /// The base file and the files to compare with it, or one file with variants
    #[arg(required = true, value_name = "FILE")]
    pub files: Vec<PathBuf>,
    /// The base: a case of the file, or a file name without its ending [default: the first]
    #[arg(long, value_name = "ID")]
    pub base: Option<String>,
    #[command(flatten)]
    pub why: Why,
    /// Exit with code 1 if the comparison finds this
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    /// Format to print [default: text]
    #[arg(long, value_name = "FORMAT", value_parser = formats(&[
        ("text", "Screen text"), ("json", "compare.json"), ("markdown", "compare.md"),
    ]))]
    pub format: Option<Format>,
    /// Simulate only shard I of N and write one file for `merge` [--out is then shards]
    #[arg(long, value_name = "I/N", conflicts_with_all = ["fail_on", "format", "no_charts", "dark"])]
    pub shard: Option<Shard>,
    #[command(flatten)]
    pub work: Work,
    /// Write no charts
    #[arg(long)]
    pub no_charts: bool,
}

/// The requested attribution of differences to edited keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
pub(in crate::cli) struct Why {
    /// Attribute the difference of this measure to the edited keys, e.g. loss.probability
    /// [default: with one case, the first measure of the screen that differs]
    #[arg(long = "why", value_name = "MEASURE")]
    #[serde(rename = "why")]
    pub measure: Option<String>,
    /// Attribute nothing; the attribution costs a run per edited key
    #[arg(long = "no-why", conflicts_with = "measure")]
    #[serde(rename = "no_why")]
    pub none: bool,
}

impl Why {
    /// True if differences are to be attributed to edits. A comparison of several new scenarios attributes
    /// only on request, since each edited key costs a run.
    pub fn is_asked(&self, n_new: usize) -> bool {
        self.measure.is_some() || (!self.none && n_new == 1)
    }
}

/// Findings that fail a comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum FailOn {
    /// A measure of the screen is significantly worse than in the base
    Worse,
    /// A measure of the screen differs significantly from the base
    Different,
    /// Any number differs from the base, even by one bit
    Any,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Sensitivity {
    /// Scenario file
    pub scenario: PathBuf,
    /// Print sensitivity.json instead of the screen
    #[arg(long)]
    pub json: bool,
    /// Write no charts
    #[arg(long)]
    pub no_charts: bool,
    /// Simulate only the assumptions of shard I of N and write one file for `merge` [--out is then shards]
    #[arg(long, value_name = "I/N", conflicts_with_all = ["json", "no_charts", "dark"])]
    pub shard: Option<Shard>,
    #[command(flatten)]
    pub work: Work,
}

#[derive(Debug, Args)]
pub(in crate::cli) struct Solve {
    /// Scenario file
    pub scenario: PathBuf,
    /// The key to solve for, e.g. owner.spending or asset.defi.value
    pub key: String,
    /// The measure that has to meet the target
    #[arg(long, value_name = "MEASURE", default_value = id::RUIN)]
    pub measure: String,
    /// Its target: 0.05, "5 %", or "lasts 90 %" for a probability of ruin of 10 %
    #[arg(long, value_name = "NUMBER", allow_negative_numbers = true)]
    pub target: String,
    /// One bound of the key's value, with its unit, e.g. 500/month
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub from: String,
    /// The other bound, on the other side of the target
    #[arg(long, value_name = "VALUE", allow_negative_numbers = true)]
    pub to: String,
    /// Print solve.json instead of the screen
    #[arg(long)]
    pub json: bool,
    /// Write no charts
    #[arg(long)]
    pub no_charts: bool,
    #[command(flatten)]
    pub work: Work,
    /// Refused: each value that is tried depends on those before
    #[arg(long, value_name = "I/N", hide = true)]
    pub shard: Option<String>,
}
