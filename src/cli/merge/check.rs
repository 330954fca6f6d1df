//! `merge --check`: which parts there are, and the commands that make the others.
//!
//! In: files as they were found. Out: a list, an exit. Not here: merging.

use super::super::parts::{Found, Written};
use super::super::{Exit, load, terminal};
use super::parts::difference;
use super::tiling::Tiling;
use crate::engine::Opened;
use crate::figure::counted;
use crate::math::LANES;
use crate::report::grouped;
use std::ops::Range;
use std::path::{Path, PathBuf};

/// Lists the files of every scenario; [`Exit::No`] unless all of them make whole runs.
pub(super) fn run(groups: impl Iterator<Item = (String, Found)>) -> Result<Exit, Exit> {
    let mut exit = Exit::Done;
    for (name, found) in groups {
        let list = List::of(&found);
        terminal::print(&format!("{name}: {}\n{}", list.title, list.lines)).done()?;
        if !list.is_whole {
            exit = Exit::No;
        }
    }
    Ok(exit)
}

/// What is printed for one scenario.
struct List {
    title: String,
    lines: String,
    is_whole: bool,
}

impl List {
    fn of(found: &Found) -> Self {
        let mut lines = String::new();
        let mut line = |state: &str, what: String| lines += &format!("  {state:<8} {what}\n");
        for (path, why, _) in &found.damaged {
            line(
                "damaged",
                format!("{}: {why}; delete it", load::shown(path)),
            );
        }
        let Some((_, first)) = found.whole.first() else {
            return Self {
                title: "no part can be read".to_owned(),
                lines,
                is_whole: false,
            };
        };
        let differences = found.whole.iter().map(|(_, file)| difference(first, file));
        let differences: Vec<Option<String>> = differences.collect();
        let mut own: Vec<&(PathBuf, Opened)> = Vec::new();
        for (file, difference) in found.whole.iter().zip(&differences) {
            match difference {
                Some(difference) => line(
                    "foreign",
                    format!(
                        "{}: its {difference}; delete it, or keep it in another folder",
                        load::shown(&file.0)
                    ),
                ),
                None => own.push(file),
            }
        }
        let n_blocks = first.head.origin.paths.div_ceil(LANES as u64);
        let tiling = Tiling::of(own.iter().map(|(_, file)| file.blocks()), n_blocks);
        for (path, file) in &own {
            line(
                "whole",
                format!("{}  blocks {}", load::shown(path), shown(&file.blocks())),
            );
        }
        for overlap in &tiling.overlaps {
            let [one, other] = [overlap.one, overlap.other].map(|index| load::shown(&own[index].0));
            line(
                "twice",
                format!(
                    "blocks {} are in {one} and {other}; delete one of them",
                    shown(&overlap.blocks)
                ),
            );
        }
        let written = Written::of(first);
        for gap in &tiling.gaps {
            let command = written
                .as_ref()
                .map(|written| command(written, &own[0].0, gap));
            line(
                "missing",
                format!("blocks {}: {}", shown(gap), command.unwrap_or_default()),
            );
        }
        let missing: u64 = tiling.gaps.iter().map(|gap| gap.end - gap.start).sum();
        Self {
            title: format!(
                "{}, {} of {} blocks",
                counted(own.len(), "whole part"),
                grouped(n_blocks - missing),
                grouped(n_blocks)
            ),
            is_whole: lines.lines().all(|line| line.starts_with("  whole ")),
            lines,
        }
    }
}

fn shown(blocks: &Range<u64>) -> String {
    format!("{}..{}", blocks.start, blocks.end)
}

/// What simulates `blocks` of a run, beside the file of a part of it.
pub(super) fn command(written: &Written, beside: &Path, blocks: &Range<u64>) -> String {
    let file = Path::new(&written.file);
    let mut command = format!("tailwheel run {}", load::typed(file));
    let edits = &written.edits;
    for edit in &edits.assignments {
        command += &format!(" --set {}", terminal::quoted(edit));
    }
    for (option, value) in [("--paths", &edits.paths), ("--seed", &edits.seed)] {
        if let Some(value) = value {
            command += &format!(" {option} {}", terminal::quoted(value));
        }
    }
    command += &format!(" --blocks {}", shown(blocks));
    let folder = beside.parent().unwrap_or(Path::new(""));
    // the folder of a scenario is made in the one that --out names
    let out = match folder.file_name() == file.file_stem() {
        true => folder.parent().unwrap_or(Path::new("")),
        false => folder,
    };
    match out.to_string_lossy().as_ref() {
        "parts" => {}
        "" => command += " --out .",
        _ => command += &format!(" --out {}", terminal::quoted(&load::shown(out))),
    }
    command
}
