//! `merge --check`: lists the parts that exist, and the commands that simulate missing parts.
//!
//! In: files as they were found. Out: a list, an exit code. Not here: merging.

use super::runs::{RunFiles, Tiling};
use crate::cli::parts::{PartFiles, RunTexts, remedy};
use crate::cli::terminal::reason;
use crate::cli::{Exit, Stop, load, stop, terminal};
use crate::engine::Unusable;
use crate::figure::counted;
use crate::math::LANES;
use crate::report::grouped;
use std::ops::Range;
use std::path::Path;

/// Lists the files of parts for every scenario. Returns [`Exit::No`] unless they form complete runs.
///
/// Errors if a file cannot be read, because it may be complete.
pub(super) fn run(groups: impl Iterator<Item = (String, PartFiles)>) -> Result<Exit, Stop> {
    let (mut exit, mut n_unread) = (Exit::Done, 0);
    for (name, found) in groups {
        let list = List::of(found);
        let name = load::shown(Path::new(&name));
        terminal::print(&format!("{name}: {}\n{}", list.title, list.lines))?;
        n_unread += list.n_unread;
        if !list.is_whole {
            exit = Exit::No;
        }
    }
    match n_unread {
        0 => Ok(exit),
        n => {
            Err(stop!("{} cannot be read, as listed above; correct this and check again", counted(n, "part")))
        }
    }
}

/// Lines to print about the parts of one scenario.
#[derive(Default)]
struct List {
    title: String,
    lines: String,
    n_unread: usize,
    is_whole: bool,
}

impl List {
    fn of(found: PartFiles) -> Self {
        let mut list = Self::default();
        for (path, why) in &found.unusable {
            list.add_unusable(path, why);
        }
        match RunFiles::of(found.whole) {
            Some(runs) => list.add_runs(&runs),
            None => list.title = "no part can be read".to_owned(),
        }
        list
    }

    fn add(&mut self, state: &str, what: String) {
        self.lines += &format!("  {state:<8} {what}\n");
    }

    fn add_unusable(&mut self, path: &Path, why: &Unusable) {
        let path = load::shown(path);
        match why {
            Unusable::Damaged(why) => self.add("damaged", format!("{path}: {why}; delete it")),
            Unusable::Version(why) => self
                .add("foreign", format!("{path}: {why}; merge with the program that wrote it, or delete it")),
            Unusable::Unread(error) => {
                self.n_unread += 1;
                self.add("unread", format!("{path}: {}; {}", reason(error), remedy(error)));
            }
        }
    }

    fn add_runs(&mut self, runs: &RunFiles) {
        for run in &runs.others {
            for (path, file) in run {
                let refusal = runs.refusal(run, file);
                self.add("foreign", format!("{}: its {refusal}", load::shown(path)));
            }
        }
        let own = &runs.own;
        let (beside, first) = &own[0];
        let n_blocks = first.head.origin.paths.div_ceil(LANES as u64);
        let tiling = Tiling::of(own.iter().map(|(_, file)| file.blocks()), n_blocks);
        for (path, file) in own {
            self.add("whole", format!("{}  blocks {:?}", load::shown(path), file.blocks()));
        }
        for overlap in &tiling.overlaps {
            let [one, other] = [overlap.one, overlap.other].map(|index| load::shown(&own[index].0));
            self.add(
                "twice",
                format!("blocks {:?} are in {one} and {other}; delete one of them", overlap.blocks),
            );
        }
        let written = RunTexts::of(first);
        for gap in &tiling.gaps {
            let written = written.as_ref();
            let command = written.map(|written| command(written, beside, gap));
            self.add("missing", format!("blocks {gap:?}: {}", command.unwrap_or_default()));
        }
        let missing: u64 = tiling.gaps.iter().map(|gap| gap.end - gap.start).sum();
        self.title = format!(
            "{}, {} of {} blocks",
            counted(own.len(), "whole part"),
            grouped(n_blocks - missing),
            grouped(n_blocks)
        );
        let mut lines = self.lines.lines();
        self.is_whole = lines.all(|line| line.starts_with("  whole "));
    }
}

/// Command line that simulates `blocks` of a run into the folder of `beside`, the path of another part of it.
pub(super) fn command(written: &RunTexts, beside: &Path, blocks: &Range<u64>) -> String {
    let file = Path::new(&written.file);
    let edits: String = written.edits.typed().iter().map(|option| format!(" {option}")).collect();
    let mut command = format!("tailwheel run {}{edits} --blocks {blocks:?}", load::typed(file));
    let folder = beside.parent().unwrap_or(Path::new(""));
    // `run` creates the folder of a scenario inside --out
    let out = if folder.file_name() == file.file_stem() {
        folder.parent().unwrap_or(Path::new(""))
    } else {
        folder
    };
    match out.to_string_lossy().as_ref() {
        "parts" => {}
        "" => command += " --out .",
        _ => command += &format!(" --out {}", terminal::quoted(&load::shown(out))),
    }
    command
}
