//! What can be typed.

mod batch;
mod cut;
mod merge;
mod studies;

pub(super) use batch::{Batch, Inconclusive};
pub(super) use cut::Cut;
pub(super) use merge::{Merge, MergeFormat};
pub(super) use studies::{Compare, FailOn, Sensitivity, Shown, Solve};

use crate::form;
use crate::report::OUTPUTS;
use clap::builder::{ArgPredicate, PossibleValue, PossibleValuesParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Monte Carlo risk and return of automated income
///
/// A scenario file says what is owned and what was claimed for it. tailwheel simulates thousands
/// of futures month by month and says what the claim turns into, how one loses, and how well each
/// figure is known.
#[derive(Debug, Parser)]
#[command(
    name = "tailwheel",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done · 1 the answer is no · 2 could not answer · 130 interrupted\n\
                  Start with:  tailwheel new mine.toml  then  tailwheel run mine.toml"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// When to use colour [NO_COLOR is respected]
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Simulate scenarios and report
    Run(Run),
    /// Scenarios side by side on the same random numbers
    Compare(Compare),
    /// What moves the answer: every assumption at both ends of its range
    Sensitivity(Sensitivity),
    /// The value of a key at which a measure meets a target: what one can live on
    Solve(Solve),
    /// One path explained: month by month, and its crash sale by sale
    Replay(Replay),
    /// Many scenarios: gates, a baseline, one report for CI
    Batch(Batch),
    /// Make one result of the parts of a run, or of the shards of a study or of a batch
    Merge(Merge),
    /// Validate scenarios without simulating
    Check(Check),
    /// Any class or default: value, range, grade, source
    Explain(Explain),
    /// Write a commented starter scenario
    New(New),
    /// Verify this program: closed forms, other libraries, threads, vector instructions
    Verify(Verify),
    /// Print the JSON Schema of scenario files, or of a kind of output
    Schema {
        /// Of which output [default: scenario files]
        #[arg(value_parser = PossibleValuesParser::new(OUTPUTS.map(|output| {
            PossibleValue::new(output.id).help(output.file)
        })))]
        output: Option<String>,
    },
    /// Print a completion script
    Completions {
        /// For which shell
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// What `verify` takes.
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Draw fewer samples: under two seconds, and blind to small errors
    #[arg(long)]
    pub quick: bool,
    /// Print only the checks that fail, and the last line
    #[arg(long)]
    pub failed: bool,
}

/// What every command takes that simulates scenarios for a screen.
#[derive(Debug, Args)]
pub(super) struct Work {
    #[command(flatten)]
    pub edits: Edits,
    /// Folder in which each scenario or comparison gets a folder of its own
    #[arg(
        long,
        short,
        value_name = "DIR",
        default_value = "output",
        default_value_ifs = [
            ("part", ArgPredicate::IsPresent, "parts"),
            ("blocks", ArgPredicate::IsPresent, "parts"),
            ("shard", ArgPredicate::IsPresent, "shards"),
        ]
    )]
    pub out: PathBuf,
    /// Threads; changes no figure [default: all cores]
    #[arg(long, value_name = "N", value_parser = few)]
    pub threads: Option<u16>,
    /// Draw PNG pictures on a dark ground
    #[arg(long)]
    pub dark: bool,
}

/// Edits of a scenario before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
pub(super) struct Edits {
    /// Edit the scenario before it is read, e.g. --set asset.defi.value=0
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub assignments: Vec<String>,
    /// Number of paths; short for --set run.paths=N
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub paths: Option<String>,
    /// Seed; short for --set run.seed=N
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<String>,
}

impl Edits {
    /// All of them, in the order in which they apply.
    pub fn all(&self) -> Vec<String> {
        let short = [("paths", &self.paths), ("seed", &self.seed)];
        let short = short
            .iter()
            .flat_map(|(key, n)| n.iter().map(move |n| format!("run.{key}={}", value(n))));
        self.assignments.iter().cloned().chain(short).collect()
    }
}

/// What is no value of TOML, as a text: the key itself says then what it takes.
fn value(typed: &str) -> String {
    match form::parse_value(typed) {
        Some(_) => typed.to_owned(),
        None => form::written(&form::Value::text(typed)),
    }
}

/// A number of threads or of jobs.
fn few(text: &str) -> Result<u16, String> {
    let few = form::whole_number(text).and_then(|number| u16::try_from(number).ok());
    few.filter(|number| (1..=1024).contains(number))
        .ok_or_else(|| "write a whole number from 1 to 1024".to_owned())
}

#[derive(Debug, Args)]
pub(super) struct Run {
    /// Scenario files, - for standard input
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    #[command(flatten)]
    pub work: Work,
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
    /// Simulate part K of N and write one file, for `merge` [--out is then parts]
    #[arg(long, value_name = "K/N", value_parser = cut::part)]
    pub part: Option<Cut>,
    /// Simulate blocks A to B without B, of 256 paths each, and write one file, for `merge`
    #[arg(long, value_name = "A..B", value_parser = cut::blocks, conflicts_with = "part")]
    pub blocks: Option<Cut>,
}

/// What `run` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum RunFormat {
    /// A screen to read
    #[default]
    Text,
    /// report.json
    Json,
    /// A table of every series and of wealth at the end, nominal and in money of the start
    Csv,
}

impl Run {
    /// The piece that is to be simulated; none: all of it.
    pub fn cut(&self) -> Option<&Cut> {
        self.part.as_ref().or(self.blocks.as_ref())
    }

    /// What it prints.
    pub fn shown(&self) -> RunFormat {
        match self.json {
            true => RunFormat::Json,
            false => self.format,
        }
    }
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").args(["path", "worst"]).required(true))]
pub(super) struct Replay {
    /// Scenario file
    #[arg(value_name = "SCENARIO")]
    pub scenario: PathBuf,
    /// Number of the path, from 0
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    pub path: Option<String>,
    /// The path of the worst crash: simulates all to find it
    #[arg(long)]
    pub worst: bool,
    /// Month of the crash: its number or its date, as in 19 or 2028-07 [default: the worst one]
    #[arg(long, value_name = "T")]
    pub month: Option<String>,
    /// Print every month of the path, one line each
    #[arg(long, conflicts_with = "ledger")]
    pub months: bool,
    /// Print every sale of the month that is explained
    #[arg(long, conflicts_with = "ledger")]
    pub sales: bool,
    /// Every posting of the path, or of --month alone, with what each account had before and after; writes ledger.csv
    #[arg(long)]
    pub ledger: bool,
    /// What to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: Format,
    #[command(flatten)]
    pub work: Work,
}

/// What a command prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// A screen to read
    #[default]
    Text,
    /// replay.json
    Json,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Scenario files, or folders of them
    #[arg(required = true, value_name = "SCENARIO|FOLDER")]
    pub scenarios: Vec<PathBuf>,
    #[command(flatten)]
    pub edits: Edits,
    /// What to print
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    pub format: CheckFormat,
    /// Show faults beside the lines of a review
    #[arg(long, value_enum, value_name = "SERVICE")]
    pub annotate: Option<Annotate>,
}

/// What `check` prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum CheckFormat {
    /// A line for each file; faults with their lines
    #[default]
    Text,
    /// Files, faults and places, for programs
    Json,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// Where findings are shown beside the lines of a review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Annotate {
    /// Workflow commands on standard error, and the step summary
    Github,
    /// gl-code-quality-report.json
    Gitlab,
    /// That of the two in whose job this runs, else nothing
    Auto,
}

#[derive(Debug, Args)]
pub(super) struct Explain {
    /// What to explain; without it, what there is
    pub id: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct New {
    /// Where to write it
    #[arg(default_value = "scenario.toml")]
    pub file: PathBuf,
    /// Replace a file that exists
    #[arg(long)]
    pub force: bool,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Makes the choice known to both output streams.
    pub fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
