//! Options that several commands share. `--help` prints their doc comments.

use crate::form;
use crate::page::argument;
use crate::report::{Format, charts_of_runs};
use anstream::ColorChoice;
use clap::builder::{ArgPredicate, PossibleValue, PossibleValuesParser, StyledStr, TypedValueParser};
use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;

/// Arguments of every command that simulates scenarios for a screen.
#[derive(Debug, Args)]
pub(super) struct RunArguments {
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
        let short = [("paths", &self.paths), ("seed", &self.seed)]
            .into_iter()
            .flat_map(|(key, n)| n.iter().map(move |n| format!("run.{key}={}", value(n))));
        self.assignments.iter().cloned().chain(short).collect()
    }

    /// Returns the options of these edits as a user types them in a shell, such as `--set` with its value.
    pub fn typed(&self) -> Vec<String> {
        let set = self.assignments.iter().map(|edit| ("set", edit));
        let short = [("paths", &self.paths), ("seed", &self.seed)];
        let options = set.chain(short.into_iter().flat_map(|(name, n)| n.iter().map(move |n| (name, n))));
        options.map(|(name, value)| format!("--{name} {}", argument(value))).collect()
    }
}

/// Returns `typed` if it is a TOML value, else that text as a TOML string. Reading the key checks it later.
fn value(typed: &str) -> String {
    let is_value = form::parse_value(typed).is_some();
    if is_value { typed.to_owned() } else { form::written(&form::Value::text(typed)) }
}

/// Parses a number of threads or jobs, from 1 to 1024.
pub(super) fn few(text: &str) -> Result<u16, String> {
    let few = form::whole_number(text).and_then(|number| u16::try_from(number).ok());
    few.filter(|number| (1..=1024).contains(number))
        .ok_or_else(|| "write a whole number from 1 to 1024".to_owned())
}

/// Returns a clap parser that accepts only these values, each with its help text.
pub(super) fn values<H: Into<StyledStr>>(
    values: impl IntoIterator<Item = (&'static str, H)>,
) -> PossibleValuesParser {
    let values = values.into_iter().map(|(value, help)| PossibleValue::new(value).help(help.into()));
    PossibleValuesParser::new(values)
}

/// Returns a parser of the choices of `--color`, each with its help.
pub(super) fn colors() -> impl TypedValueParser<Value = ColorChoice> {
    let choices = [("auto", "Color on a terminal only"), ("always", "Always"), ("never", "Never")];
    values(choices).map(|choice| match choice.as_str() {
        "always" => ColorChoice::Always,
        "never" => ColorChoice::Never,
        _ => ColorChoice::Auto,
    })
}

/// Returns a clap parser that converts the id of one of `formats` to the format, with the help text of each.
pub(super) fn formats<T: 'static>(
    formats: &'static [Format<T>],
) -> impl TypedValueParser<Value = &'static Format<T>> {
    values(formats.iter().map(|format| (format.id, format.help))).map(|id| Format::named(formats, &id))
}

/// Selection of charts to draw.
#[derive(Clone, Debug, Default, Args)]
pub(super) struct Charts {
    /// Write no charts and delete those of an earlier run of this scenario
    #[arg(long)]
    pub no_charts: bool,
    /// Draw these charts only, separated by commas [default: all]
    #[arg(long = "charts", value_name = "LIST", value_delimiter = ',', hide_possible_values = true,
        conflicts_with = "no_charts", value_parser = PossibleValuesParser::new(charts_of_runs().map(|kind| kind.id).chain([ALL])))]
    pub named: Vec<String>,
}

/// Value of `--charts` for all charts.
const ALL: &str = "all";

impl Charts {
    /// Returns the ids of the charts to draw; empty for all.
    pub fn ids(&self) -> &[String] {
        if self.named.iter().any(|id| id == ALL) { &[] } else { &self.named }
    }
}

/// Services that show findings at the lines of a code review.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Annotate {
    /// Workflow commands on standard error, and the step summary
    Github,
    /// `github` in a job of GitHub Actions, else nothing
    Auto,
}
