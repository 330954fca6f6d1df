//! Declarations of all commands and options. `--help` prints their doc comments.

mod batch;
mod cut;
mod merge;
mod studies;

pub(super) use batch::{Batch, Inconclusive};
pub(super) use cut::Cut;
pub(super) use merge::Merge;
pub(super) use studies::{Compare, FailOn, Sensitivity, Solve, Why};

use crate::form;
use crate::page::argument;
use crate::report::{OUTPUTS, charts_of_runs};
use clap::builder::{ArgPredicate, PossibleValue, PossibleValuesParser, TypedValueParser, ValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Monte Carlo risk and return of automated income
///
/// A scenario file lists holdings and their claimed returns. tailwheel simulates thousands of paths month by month.
/// It reports the outcome of each claim, the causes of loss, and the error of every result.
#[derive(Debug, Parser)]
#[command(
    name = "tailwheel",
    version,
    max_term_width = 100,
    after_help = "Exit codes: 0 done · 1 a gate or check failed · 2 error · 130 interrupted\n\
                  Start with:  tailwheel new mine.toml  then  tailwheel run mine.toml"
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    /// When to use color; NO_COLOR turns it off
    #[arg(long, global = true, value_enum, default_value_t, value_name = "WHEN")]
    pub color: Color,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Simulate scenarios and report the results
    Run(Run),
    /// Print and write a run's results again from its report.json
    Report(Report),
    /// Compare scenarios that use common random numbers
    Compare(Compare),
    /// Show which assumptions change the result most
    Sensitivity(Sensitivity),
    /// Find the input value at which a measure meets a target
    Solve(Solve),
    /// Show one path by month and its worst crash by sale
    Replay(Replay),
    /// Run many scenarios, judge their gates and compare them with a baseline
    Batch(Batch),
    /// Merge the parts of a run, or the shards of a study or batch, into one result
    Merge(Merge),
    /// Validate scenarios without simulating them
    Check(Check),
    /// Explain a class, a default, a key, a measure or a word of the report
    Explain {
        /// Words, key, class or measure to explain; without it, the index
        id: Vec<String>,
    },
    /// Write a commented starter scenario
    New {
        /// File to write
        #[arg(default_value = "scenario.toml")]
        file: PathBuf,
        /// Replace an existing file
        #[arg(long)]
        force: bool,
    },
    /// Verify this program against closed forms, other libraries and itself
    Verify {
        /// Draw fewer samples: it takes under two seconds but misses small errors
        #[arg(long)]
        quick: bool,
        /// Print only failed checks and the last line
        #[arg(long)]
        failed: bool,
    },
    /// Print the JSON Schema of scenario files or of an output
    Schema {
        /// The output that the schema describes [default: scenario files]
        #[arg(value_parser = PossibleValuesParser::new(OUTPUTS.map(|output| {
            PossibleValue::new(output.id).help(output.file)
        })))]
        output: Option<String>,
    },
    /// Print a completion script
    Completions {
        /// The shell that runs the script
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    Man,
}

/// Arguments of every command that simulates scenarios for a screen.
#[derive(Debug, Args)]
pub(super) struct Work {
    #[command(flatten)]
    pub edits: Edits,
    /// Folder for the results; each scenario or comparison gets its own subfolder
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
    /// Worker threads; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = few)]
    pub threads: Option<u16>,
    /// Draw PNG charts on a dark background
    #[arg(long)]
    pub dark: bool,
}

/// Edits of a scenario before it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Args, Serialize, Deserialize)]
pub(super) struct Edits {
    /// Set a key of the scenario, e.g. --set asset.defi.value=0
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub assignments: Vec<String>,
    /// Number of simulated paths
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub paths: Option<String>,
    /// Seed of all random numbers
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub seed: Option<String>,
}

impl Edits {
    /// Returns all edits as `key=value`, in the order in which they apply.
    pub fn all(&self) -> Vec<String> {
        let short = [("paths", &self.paths), ("seed", &self.seed)];
        let short =
            short.iter().flat_map(|(key, n)| n.iter().map(move |n| format!("run.{key}={}", value(n))));
        self.assignments.iter().cloned().chain(short).collect()
    }

    /// Returns the options of these edits as a user types them in a shell, such as `--set` with its value.
    pub fn typed(&self) -> Vec<String> {
        let set = self.assignments.iter().map(|edit| ("set", edit));
        let paths = self.paths.iter().map(|paths| ("paths", paths));
        let seed = self.seed.iter().map(|seed| ("seed", seed));
        let options = set.chain(paths).chain(seed);
        options.map(|(name, value)| format!("--{name} {}", argument(value))).collect()
    }
}

/// Returns `typed` if it is a TOML value, else that text as a TOML string. Reading the key checks it later.
fn value(typed: &str) -> String {
    match form::parse_value(typed) {
        Some(_) => typed.to_owned(),
        None => form::written(&form::Value::text(typed)),
    }
}

/// Parses a number of threads or jobs, from 1 to 1024.
fn few(text: &str) -> Result<u16, String> {
    let few = form::whole_number(text).and_then(|number| u16::try_from(number).ok());
    few.filter(|number| (1..=1024).contains(number))
        .ok_or_else(|| "write a whole number from 1 to 1024".to_owned())
}

/// Format that a command prints.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Format {
    #[default]
    Text,
    Json,
    Csv,
    Markdown,
}

/// Formats that `run` and `report` can print, each with its help.
const OF_RUN: [(&str, &str); 3] = [
    ("text", "Screen text"),
    ("json", "report.json"),
    ("csv", "Table of every series and of final wealth, nominal and real"),
];

/// Returns a parser of the output formats of a command, which `named` lists, each with its help.
fn formats(named: &[(&'static str, &'static str)]) -> ValueParser {
    let values = named.iter().map(|(name, help)| PossibleValue::new(*name).help(*help));
    ValueParser::new(PossibleValuesParser::new(values).map(|name| match name.as_str() {
        "json" => Format::Json,
        "csv" => Format::Csv,
        "markdown" => Format::Markdown,
        _ => Format::Text,
    }))
}

#[derive(Debug, Args)]
pub(super) struct Run {
    /// Scenario files; - reads standard input
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    #[command(flatten)]
    pub work: Work,
    #[command(flatten)]
    pub charts: Charts,
    /// Leave out the steps from claim to outcome; each step costs a run of at most 20,000 paths
    #[arg(long)]
    pub no_bridge: bool,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT", value_parser = formats(&OF_RUN))]
    pub format: Format,
    /// Same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Exit with code 1 if a report has a warning
    #[arg(long)]
    pub deny_warnings: bool,
    /// Simulate only part K of N and write one file for `merge` [--out is then parts]
    #[arg(long, value_name = "K/N", value_parser = cut::part)]
    pub part: Option<Cut>,
    /// Simulate only blocks A to B-1, of 256 paths each, and write one file for `merge`
    #[arg(long, value_name = "A..B", value_parser = cut::blocks, conflicts_with = "part")]
    pub blocks: Option<Cut>,
}

/// Selection of charts to draw.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Charts {
    /// Write no charts and delete those of an earlier run of this scenario
    #[arg(long)]
    pub no_charts: bool,
    /// Draw these charts only, separated by commas [default: all]
    #[arg(long = "charts", value_name = "LIST", value_delimiter = ',', hide_possible_values = true,
        conflicts_with = "no_charts", value_parser = PossibleValuesParser::new(charts_of_runs().map(|kind| kind.id)))]
    pub named: Vec<String>,
}

impl Run {
    /// Part of the run to simulate, by `--part` or `--blocks`; `None` is the whole run.
    pub fn cut(&self) -> Option<&Cut> {
        self.part.as_ref().or(self.blocks.as_ref())
    }

    /// Format to print; `--json` is the same as `--format json`.
    pub fn shown(&self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

#[derive(Debug, Args)]
pub(super) struct Report {
    /// The report.json of a run
    #[arg(value_name = "REPORT")]
    pub file: PathBuf,
    /// Folder to write into [default: that of the report]
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    pub charts: Charts,
    /// Draw PNG charts on a dark background
    #[arg(long)]
    pub dark: bool,
    /// Worker threads; results do not depend on it [default: all cores]
    #[arg(long, value_name = "N", value_parser = few)]
    pub threads: Option<u16>,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT", value_parser = formats(&OF_RUN))]
    pub format: Format,
}

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("which").args(["path", "worst"]).required(true))]
pub(super) struct Replay {
    /// Scenario file
    pub scenario: PathBuf,
    /// Number of the path, starting at 0
    #[arg(long, value_name = "K", allow_negative_numbers = true)]
    pub path: Option<String>,
    /// Simulate all paths and choose the one on which agents' sales cost the largest share of wealth. Without
    /// such sales, choose the path whose money runs out first, or else the one with the lowest final wealth.
    #[arg(long)]
    pub worst: bool,
    /// Month of the crash to show, by number or date, e.g. 19 or 2028-07 [default: the month in which sales cost most]
    #[arg(long, value_name = "T")]
    pub month: Option<String>,
    /// Print every month of the path, one line each
    #[arg(long, conflicts_with = "ledger")]
    pub months: bool,
    /// Print every sale of the month that is explained
    #[arg(long, conflicts_with = "ledger")]
    pub sales: bool,
    /// Print every posting of the path, or of --month alone, with each balance before and after; write
    /// ledger.csv
    #[arg(long)]
    pub ledger: bool,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT",
        value_parser = formats(&[("text", "Screen text"), ("json", "replay.json")]))]
    pub format: Format,
    #[command(flatten)]
    pub work: Work,
}

#[derive(Debug, Args)]
pub(super) struct Check {
    /// Scenario files or folders of them
    #[arg(required = true, value_name = "SCENARIO|FOLDER")]
    pub scenarios: Vec<PathBuf>,
    #[command(flatten)]
    pub edits: Edits,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT", value_parser = formats(&[
        ("text", "One line per file, and errors with their lines"),
        ("json", "Files, errors and places for programs"),
    ]))]
    pub format: Format,
    /// Show errors at their lines in a code review
    #[arg(long, value_enum, value_name = "SERVICE")]
    pub annotate: Option<Annotate>,
}

/// Services that show findings at the lines of a code review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Annotate {
    /// Workflow commands on standard error, and the step summary
    Github,
    /// `github` in a job of GitHub Actions, else nothing
    Auto,
}

/// When to use color.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// Color on a terminal only
    #[default]
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Color {
    /// Applies the choice of color to standard output and standard error.
    pub fn write_global(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::Always,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}
