//! Merges the parts of a run into the report that the run would have given.
//!
//! In: parts that were found. Out: for each scenario, what `run` prints and writes. Not here: simulating
//! parts (`part`), finishing a run (`finish`).

use super::runs::{File, RunFiles, Tiling};
use super::{Merge, check};
use crate::cli::load::{self, Loaded};
use crate::cli::parts::{self, PartFiles, RunTexts};
use crate::cli::run::Run;
use crate::cli::{Exit, Stop, files, finish, simulate, stop, terminal};
use crate::engine::{Joined, NotJoined, Opened, Unusable};
use crate::math::LANES;
use crate::report::FORMATS;
use crate::study::Lab;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// Reports each scenario of `found`. All parts are checked before the first report.
pub fn report(
    lab: &Lab,
    begun: Instant,
    found: impl Iterator<Item = PartFiles>,
    arguments: &Merge,
) -> Result<Exit, Stop> {
    let merges: Vec<Merged> = found.map(|found| Merged::of(found, arguments)).collect::<Result<_, Stop>>()?;
    finish::refuse_several(
        merges.len(),
        arguments.format(FORMATS).print.is_none(),
        "write the folder of one scenario",
    )?;
    for merge in &merges {
        if !lab.pieces(merge.loaded.scenario()).fits(&merge.part) {
            return Err(stop!(
                "{}: this program stores other columns; merge with the program that simulated the part",
                load::shown(&merge.first)
            ));
        }
        files::probe(&merge.folder, arguments.out())?;
    }
    let mut begun = Some(begun);
    finish::each(merges, |merge| merge.report(lab, begun.take().unwrap_or_else(Instant::now)))
}

/// A complete run joined from files of its parts, or the paths of a run before its first gap.
struct Merged {
    loaded: Loaded,
    /// Arguments with which `run` would print and write the same report.
    arguments: Run,
    folder: PathBuf,
    /// Path of the file that contains the first blocks of the run.
    first: PathBuf,
    part: Joined,
}

impl Merged {
    /// Reads the scenario of the parts in `found` and joins their files. Errors if a file is unusable, or if
    /// blocks are missing or duplicated.
    fn of(found: PartFiles, arguments: &Merge) -> Result<Self, Stop> {
        for (path, why) in &found.unusable {
            match why {
                // with --prefix, a damaged file is a gap at which the prefix ends
                Unusable::Damaged(why) if arguments.prefix && !found.whole.is_empty() => {
                    terminal::say(&format!(
                        "note: {}: {why}; its blocks count as missing\n",
                        load::shown(path)
                    ));
                }
                _ => return Err(refusal(path, why)),
            }
        }
        let files = own_files(found.whole)?;
        let (first, file) = files.first().expect("a group has a file");
        let written = RunTexts::of(file).map_err(|why| refusal(first, &why))?;
        let n_blocks = file.head.origin.paths.div_ceil(LANES as u64);
        let tiling = Tiling::of(files.iter().map(|(_, file)| file.blocks()), n_blocks);
        let end = whole_until(&files, &tiling, &written, arguments.prefix)?;
        let mut edits = written.edits.clone();
        if end < n_blocks {
            edits.paths = Some((end * LANES as u64).to_string());
        }
        let loaded = written.loaded(&edits)?;
        if loaded.scenario().model_digest().to_string() != file.head.origin.model_digest {
            return Err(stop!(
                "{}: this program builds another model from its scenario; merge with the program that simulated the part",
                load::shown(first)
            ));
        }
        let is_used = |file: &Opened| !file.blocks().is_empty() && file.blocks().end <= end;
        let first = first.clone();
        let (paths, used): (Vec<PathBuf>, Vec<Opened>) =
            files.into_iter().filter(|(_, file)| is_used(file)).unzip();
        let joined = Joined::of(&used).map_err(|why| match why {
            NotJoined::Unusable(index, why) => refusal(&paths[index], &why),
            NotJoined::Foreign(index, why) => refusal(&paths[index], &Unusable::Damaged(why.to_string())),
        })?;
        Ok(Self {
            folder: loaded.folder(arguments.out())?,
            arguments: arguments.as_run(loaded.file.clone(), edits),
            loaded,
            first,
            part: joined,
        })
    }

    fn report(self, lab: &Lab, begun: Instant) -> Result<Exit, Stop> {
        simulate::begin();
        parts::reads(self.part.failure().clone(), load::shown(&self.loaded.file));
        let run = lab.pieces(self.loaded.scenario()).run(self.part)?;
        let run = lab.exposed(run)?;
        finish::finish(lab, &self.loaded, &self.folder, &self.arguments, &run, begun)
    }
}

/// Error for a file that cannot be used, with the remedy.
fn refusal(path: &Path, why: &Unusable) -> Stop {
    let remedy = match why {
        Unusable::Damaged(_) => {
            "delete it, and `tailwheel merge --check` prints the command that simulates it again"
        }
        Unusable::Version(_) => "merge with the program that wrote it, or delete it",
        Unusable::Unread(error) => return Stop::at(path, "read", error, parts::remedy(error)),
    };
    stop!("{}: {why}; {remedy}", load::shown(path))
}

/// Returns the files if all belong to one run and to this version of the program. Errors otherwise.
fn own_files(files: Vec<File>) -> Result<Vec<File>, Stop> {
    let runs = RunFiles::of(files).expect("a group has a file");
    let (first, file) = &runs.own[0];
    let program = &file.head.origin.program_version;
    if program != env!("CARGO_PKG_VERSION") {
        return Err(stop!(
            "{} is of program version {program}, and this one is {}; merge with that version, or simulate the parts again",
            load::shown(first),
            env!("CARGO_PKG_VERSION")
        ));
    }
    match runs.others.first() {
        None => Ok(runs.own),
        Some(run) => Err(stop!(
            "{} is of another run than {}: its {}",
            load::shown(&run[0].0),
            load::shown(first),
            runs.refusal(run, &run[0].1)
        )),
    }
}

/// Returns the number of blocks to report, from the first: all of the run, or those before the first gap if
/// `is_prefix`. Errors if blocks are duplicated or missing.
fn whole_until(files: &[File], tiling: &Tiling, written: &RunTexts, is_prefix: bool) -> Result<u64, Stop> {
    if let Some(overlap) = &tiling.overlaps.first() {
        let [one, other] = [overlap.one, overlap.other].map(|index| load::shown(&files[index].0));
        return Err(stop!("{one} and {other} both have blocks {:?}; delete one of them", overlap.blocks));
    }
    let Some(gap) = tiling.gaps.first() else {
        return Ok(tiling.n_blocks);
    };
    if is_prefix && gap.start > 0 {
        return Ok(gap.start);
    }
    let more = match tiling.gaps.len() {
        1 => String::new(),
        n => format!(" ({n} gaps in all: --check lists them)"),
    };
    let command = check::command(written, &files[0].0, gap);
    Err(stop!("blocks {gap:?} of {} are missing{more}; simulate them with `{command}`", written.file))
}
