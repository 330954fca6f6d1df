//! The `run` command: simulates scenarios and reports them.
//!
//! In: scenarios, a [`Cut`] of one part. Out: their runs, finished one after the other. Not here: reports and files of
//! a run (`finish`), parts of a run (`part`).

use super::args::{self, Charts, RunArguments};
use super::load::{self, How};
use super::{Exit, Stop, files, finish, part, simulate, stop};
use crate::figure::counted;
use crate::form;
use crate::report::{FORMATS, Format, Report};
use crate::scenario::Scenario;
use crate::study::{Job, Lab, Later};
use clap::Args;
use clap::builder::ArgPredicate;
use std::ops::Range;
use std::path::PathBuf;
use std::time::Instant;

/// Simulate scenarios and report the results
#[derive(Debug, Args)]
pub(super) struct Run {
    /// Scenario files; - reads standard input
    #[arg(required = true, value_name = "SCENARIO")]
    pub scenarios: Vec<PathBuf>,
    #[command(flatten)]
    pub work: RunArguments,
    #[command(flatten)]
    pub charts: Charts,
    /// Leave out the steps from claim to outcome; each step costs a run of at most 20,000 paths
    #[arg(long)]
    pub no_bridge: bool,
    /// Format to print
    #[arg(long, default_value = "text", value_name = "FORMAT", value_parser = args::formats(FORMATS),
        default_value_if("json", ArgPredicate::IsPresent, "json"))]
    pub format: &'static Format<Report>,
    /// Same as --format json
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Exit with code 1 if a report has a warning
    #[arg(long)]
    pub deny_warnings: bool,
    /// Simulate only part K of N and write one file for `merge` [--out is then parts]
    #[arg(long, value_name = "K/N", value_parser = parse_part)]
    pub part: Option<Cut>,
    /// Simulate only blocks A to B-1, of 256 paths each, and write one file for `merge`
    #[arg(long, value_name = "A..B", value_parser = parse_blocks, conflicts_with = "part")]
    pub blocks: Option<Cut>,
}

/// Largest N of `--part K/N`, because file names have five digits.
const MOST_PARTS: u64 = 99_999;

/// The part of a run, a range of its paths, that `--part` or `--blocks` selects.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cut {
    /// Part number `number`, counted from 1, of a run that is cut into `of` equal parts.
    Part {
        number: u64,
        of: u64,
    },
    Blocks(Range<u64>),
}

impl Cut {
    /// Returns the option that selects the part.
    pub fn option(&self) -> &'static str {
        match self {
            Self::Part { .. } => "--part",
            Self::Blocks(_) => "--blocks",
        }
    }

    /// Returns the selected range of blocks (256 paths each) in a run of `n_blocks` blocks. Errors if the run has
    /// fewer blocks than `--blocks` selects.
    pub fn blocks(&self, n_blocks: u64) -> Result<Range<u64>, Stop> {
        match self {
            Self::Part { number, of } => Ok(n_blocks * (number - 1) / of..n_blocks * number / of),
            Self::Blocks(blocks) if blocks.end <= n_blocks => Ok(blocks.clone()),
            Self::Blocks(blocks) => Err(stop!(
                "--blocks {blocks:?} is beyond the end of the run, which has {} of 256 paths; write a range within 0..{n_blocks}",
                counted(n_blocks as usize, "block")
            )),
        }
    }

    /// File name of the selected part. The names of all parts of a run sort in the order of their paths.
    pub fn name(&self) -> String {
        match self {
            Self::Part { number, of } => format!("{number:05}-of-{of:05}.part"),
            Self::Blocks(Range { start, end }) => format!("blocks-{start:08}-{end:08}.part"),
        }
    }
}

/// Parses the argument of `--part`, such as `3/64`.
fn parse_part(text: &str) -> Result<Cut, String> {
    match pair(text, "/") {
        Some((number, of)) if (1..=of).contains(&number) && of <= MOST_PARTS => Ok(Cut::Part { number, of }),
        _ => Err(format!("write K/N with K from 1 to N and N up to {MOST_PARTS}, such as 3/64")),
    }
}

/// Parses the argument of `--blocks`, such as `12..16`.
fn parse_blocks(text: &str) -> Result<Cut, String> {
    match pair(text, "..") {
        Some((start, end)) if start < end => Ok(Cut::Blocks(start..end)),
        _ => Err("write A..B with A below B, such as 12..16".to_owned()),
    }
}

fn pair(text: &str, sign: &str) -> Option<(u64, u64)> {
    let (one, other) = text.split_once(sign)?;
    Some((form::whole_number(one)?, form::whole_number(other)?))
}

/// Simulates every named scenario and writes its folder. Everything that can be checked is checked before the
/// first path is simulated.
pub(super) fn run(arguments: &Run) -> Result<Exit, Stop> {
    if let Some(cut) = arguments.part.as_ref().or(arguments.blocks.as_ref()) {
        return part::run(arguments, cut);
    }
    simulate::begin();
    finish::refuse_several(
        arguments.scenarios.len(),
        arguments.format.print.is_none(),
        "write one scenario",
    )?;
    let edits = &arguments.work.edits;
    let loaded = load::load(&arguments.scenarios, edits, How::AsWritten, None)?;
    let scenarios = load::with_folders(&loaded, &arguments.work.out)?;
    let lab = simulate::lab_of_one(arguments.work.threads)?;
    for (loaded, folder) in &scenarios {
        let job = job(&lab, loaded.scenario(), arguments);
        simulate::check(&lab, &job, &loaded.file)?;
        files::probe(folder, &arguments.work.out)?;
    }
    finish::each(&scenarios, |(loaded, folder)| {
        let begun = Instant::now();
        simulate::begin();
        let run = lab.alone("simulating", &job(&lab, loaded.scenario(), arguments))?;
        let run = lab.exposed(run)?;
        finish::finish(&lab, loaded, folder, arguments, &run, begun)
    })
}

/// Describes the run of a scenario, and the memory that its charts take afterwards, to the lab that simulates it.
pub(super) fn job<'s>(lab: &Lab, scenario: &'s Scenario, arguments: &Run) -> Job<'s> {
    let bytes = if arguments.charts.no_charts { 0 } else { simulate::bytes_of_pictures(lab) };
    Job { later: Later { bytes, ..Later::default() }, ..Job::of(scenario) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_tile_a_run_and_their_names_sort() {
        for n_blocks in [1, 5, 64, 390_625] {
            let mut next = 0;
            let mut last = String::new();
            for number in 1..=64 {
                let cut = parse_part(&format!("{number}/64")).unwrap();
                let blocks = cut.blocks(n_blocks).unwrap();
                assert_eq!(blocks.start, next);
                assert!(cut.name() > last);
                (next, last) = (blocks.end, cut.name());
            }
            assert_eq!(next, n_blocks);
        }
        assert_eq!(parse_part("3/64").unwrap().name(), "00003-of-00064.part");
        assert_eq!(parse_blocks("12..16").unwrap().name(), "blocks-00000012-00000016.part");
    }

    #[test]
    fn a_piece_that_is_none_is_refused() {
        for text in ["0/4", "5/4", "1", "1/", "/4", "-1/4", "1/100000", "a/b", ""] {
            assert!(parse_part(text).is_err(), "{text}");
        }
        for text in ["4..4", "5..4", "4", "..4", "4..", "-1..4", ""] {
            assert!(parse_blocks(text).is_err(), "{text}");
        }
        assert!(parse_blocks("3..6").unwrap().blocks(5).is_err());
    }
}
