//! `run --part` and `run --blocks`: simulates a part of a run and writes it to one file.
//!
//! In: scenarios, the part to simulate. Out: for each scenario, a complete file or none, with checkpoints on
//! the way. Not here: merging parts (`merge`), the format of the file (`engine`).
//!
//! A part is simulated in sixteen steps, each saved as a checkpoint file. A killed process therefore loses at
//! most one step. At the end, the checkpoints are joined into one file without being in memory together.

use super::load::{self, How, Loaded};
use super::parts::{self, RunTexts};
use super::run::{Cut, Run};
use super::{Exit, Stop, files, simulate, stop, terminal};
use crate::engine::{Joined, Opened, Origin, Unusable};
use crate::figure::counted;
use crate::report::grouped;
use crate::study::{Lab, Pieces};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Text on a part that was complete before this attempt.
const THERE: &str = " was there already";
/// Number of steps in which a part of a run is simulated; each step saves its paths in a checkpoint file.
const CHECKPOINTS: u64 = 16;

/// Simulates the range of paths `cut` of every named scenario, and writes one file for each scenario.
pub(super) fn run(arguments: &Run, cut: &Cut) -> Result<Exit, Stop> {
    simulate::begin();
    refuse_options(arguments, cut)?;
    let work = &arguments.work;
    let loaded = load::load(&arguments.scenarios, &work.edits, How::AsWritten, None)?;
    let scenarios = load::with_folders(&loaded, &work.out)?;
    for loaded in &loaded {
        refuse_cases(loaded, cut)?;
    }
    let lab = simulate::lab_of_one(work.threads)?;
    for (loaded, folder) in scenarios {
        let pieces = lab.pieces(loaded.scenario());
        let blocks = cut.blocks(pieces.n_blocks())?;
        let (origin, written) = parts::origin_of(loaded, &work.edits);
        let texts = serde_json::to_vec(&written).expect("texts are texts");
        let piece =
            Piece { lab: &lab, pieces, blocks, origin, written, texts, path: folder.join(cut.name()) };
        piece.make(&work.out)?;
    }
    Ok(Exit::Done)
}

/// Refuses options of the report, because `--part` and `--blocks` only simulate and write no report.
fn refuse_options(arguments: &Run, cut: &Cut) -> Result<(), Stop> {
    let asked = [
        (arguments.json, "--json"),
        (arguments.format.print.is_some(), "--format"),
        (arguments.work.dark, "--dark"),
        (arguments.charts.no_charts, "--no-charts"),
        (!arguments.charts.named.is_empty(), "--charts"),
        (arguments.no_bridge, "--no-bridge"),
        (arguments.deny_warnings, "--deny-warnings"),
    ];
    asked.iter().find(|(is_there, _)| *is_there).map_or(Ok(()), |(_, option)| {
        let cut = cut.option();
        Err(stop!(
            "{option} applies to a report, but {cut} writes a part; use {option} with `tailwheel merge`"
        ))
    })
}

/// Refuses a scenario file with variants or axes: it describes several runs, and a part belongs to one run.
fn refuse_cases(loaded: &Loaded, cut: &Cut) -> Result<(), Stop> {
    if loaded.study.is_matrix {
        Err(stop!(
            "{} has variants or axes, but {} applies to one run; use `tailwheel batch --shard K/N` for its cases, or \
             remove the sections [[variant]] and [[axis]]",
            load::shown(&loaded.file),
            cut.option()
        ))
    } else {
        Ok(())
    }
}

/// A part of a run to simulate, with everything that its file contains.
struct Piece<'a> {
    lab: &'a Lab,
    pieces: Pieces<'a>,
    blocks: Range<u64>,
    origin: Origin,
    written: RunTexts,
    texts: Vec<u8>,
    path: PathBuf,
}

impl Piece<'_> {
    fn make(&self, out: &Path) -> Result<(), Stop> {
        if self.is_there()? {
            return self.finish(THERE);
        }
        let steps = self.steps();
        let most = steps.iter().map(|blocks| self.pieces.n_paths(blocks)).max();
        self.check_memory(most.unwrap_or(0))?;
        let folder = self.path.parent().unwrap_or(Path::new("."));
        files::make(folder, out)
            .map_err(|error| Stop::at(folder, "write into", &error, "choose another folder with --out"))?;
        self.sweep(folder);
        terminal::leaves("the next attempt continues from the last checkpoint of this part");
        let n_paths = self.pieces.n_paths(&self.blocks);
        let files = self.pieces.during(n_paths, || {
            let files = (0..).zip(&steps).map(|(number, blocks)| self.step(number, blocks));
            files.collect::<Result<Vec<Opened>, Stop>>()
        })?;
        let joined = Joined::of(&files).map_err(|why| why.to_string())?;
        let texts = self.texts.as_slice();
        let written = parts::write(&self.path, |into| {
            joined.write(&self.origin, texts, into)?;
            match joined.failure().get() {
                None => Ok(()),
                Some(why) => Err(io::Error::other(format!("a checkpoint cannot be read: {why}"))),
            }
        });
        if let Err(stop) = written {
            // another process may have been faster and have removed the checkpoints
            return if self.is_there()? { self.finish(THERE) } else { Err(stop) };
        }
        self.finish("")
    }

    /// Removes all checkpoints, also those of killed or slower attempts, and prints that the part's file is there.
    fn finish(&self, more: &str) -> Result<(), Stop> {
        for number in 0..CHECKPOINTS {
            // another process may have been faster
            let _ = fs::remove_file(self.checkpoint(number));
        }
        let n_paths = counted(self.pieces.n_paths(&self.blocks) as usize, "path");
        let path = load::shown(&self.path);
        terminal::print(&format!("{path}{more}  blocks {:?}  {n_paths}\n", self.blocks)).map(drop)
    }

    /// True if the part's file exists, is complete and belongs to this run. Errors if it belongs to another
    /// run, or if it cannot be read and may be complete.
    fn is_there(&self) -> Result<bool, Stop> {
        if !files::is_there(&self.path) {
            return Ok(false);
        }
        let path = load::shown(&self.path);
        if !fs::symlink_metadata(&self.path).is_ok_and(|found| found.is_file()) {
            return Err(stop!("{path} is a link or a special file, which a part would replace; delete it"));
        }
        let difference = match parts::open(&self.path) {
            Ok(file) => self.difference(&file),
            Err((head, why)) => {
                match head.and_then(|head| parts::difference(&self.origin, &head.origin, || None)) {
                    None => return self.may_be_replaced(&why).map(|()| false),
                    difference => difference,
                }
            }
        };
        difference.map_or(Ok(true), |difference| {
            Err(stop!(
                "{path} is of another run: its {difference}; delete it, or choose another folder with --out"
            ))
        })
    }

    /// Errors unless the reason `why` is that the file of this part is damaged or gone. Any other file may be a
    /// complete part of some run, which must not be overwritten.
    fn may_be_replaced(&self, why: &Unusable) -> Result<(), Stop> {
        let path = load::shown(&self.path);
        match why {
            Unusable::Damaged(why) => {
                terminal::say(&parts::note_of(&self.path, why));
                Ok(())
            }
            Unusable::Version(why) => {
                Err(stop!("{path}: {why}; delete it, or choose another folder with --out"))
            }
            // another process removed it just now
            Unusable::Unread(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Unusable::Unread(error) => {
                let remedy = format!("{}, or choose another folder with --out", parts::remedy(error));
                Err(Stop::at(&self.path, "read", error, &remedy))
            }
        }
    }

    /// First difference between the run or range of blocks in `file` and that of this part, in words; `None` if
    /// both are the same.
    fn difference(&self, file: &Opened) -> Option<String> {
        let documents = || Some([self.written.document.clone(), RunTexts::of(file).ok()?.document]);
        parts::difference(&self.origin, &file.head.origin, documents).or_else(|| {
            let (here, there) = (&self.blocks, file.blocks());
            (*here != there).then(|| format!("range of blocks is {there:?}, not {here:?}"))
        })
    }

    /// Ranges of blocks (256 paths each) to simulate in one step each, with a checkpoint after each.
    fn steps(&self) -> Vec<Range<u64>> {
        let Range { start, end } = self.blocks;
        let cut = |step: u64| start + (end - start) * step / CHECKPOINTS;
        let steps: Vec<_> = (0..CHECKPOINTS)
            .map(|step| cut(step)..cut(step + 1))
            .filter(|blocks| !blocks.is_empty())
            .collect();
        if steps.is_empty() { vec![self.blocks.clone()] } else { steps }
    }

    /// Prints how much memory the part needs if a step has up to `n_paths` paths. Errors if too little is
    /// available.
    fn check_memory(&self, n_paths: u64) -> Result<(), Stop> {
        let bytes = self.pieces.bytes(n_paths);
        let file = load::shown(&self.path);
        let about = grouped(bytes >> 20);
        match self.lab.memory.most().filter(|most| bytes > *most) {
            None => {
                terminal::say(&format!(
                    "{file}: blocks {:?} of {}, {}, about {about} MB of memory\n",
                    self.blocks,
                    self.pieces.n_blocks(),
                    counted(self.pieces.n_paths(&self.blocks) as usize, "path"),
                ));
                Ok(())
            }
            Some(most) => Err(stop!(
                "{file} needs about {about} MB of memory, but {} MB are available; use more parts, or \
                 --threads 1",
                grouped(most >> 20)
            )),
        }
    }

    fn checkpoint(&self, number: u64) -> PathBuf {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        self.path.with_file_name(format!(".{name}.checkpoint-{number:02}"))
    }

    /// Removes temporary files that killed attempts at this part left.
    fn sweep(&self, folder: &Path) {
        let name = self.path.file_name().unwrap_or_default().to_string_lossy();
        let checkpoints = format!(".{name}.checkpoint-");
        let is_meant = |left: &str| left == name || left.starts_with(&checkpoints);
        files::sweep(folder, is_meant);
    }

    /// Returns the simulated paths of `blocks`, from the checkpoint of step `number` if an earlier attempt left it.
    fn step(&self, number: u64, blocks: &Range<u64>) -> Result<Opened, Stop> {
        let path = self.checkpoint(number);
        match self.kept(&path, blocks) {
            Ok(None) => {}
            Ok(Some(file)) => {
                (self.lab.progress.done)(file.head.n_paths);
                return Ok(file);
            }
            Err(why) => terminal::say(&parts::note_of(&path, why)),
        }
        let part = self.pieces.simulate(blocks.clone())?;
        let (origin, texts) = (&self.origin, self.texts.as_slice());
        let opened = parts::write_opened(&path, |into| part.write(origin, texts, into))?;
        Ok(opened)
    }

    /// Opens the checkpoint of `blocks` at `path`; `None` if it does not exist. Errors if it cannot be used.
    fn kept(&self, path: &Path, blocks: &Range<u64>) -> Result<Option<Opened>, Unusable> {
        let file = match parts::open(path) {
            // no checkpoint yet, or another process has finished the part and removed it
            Err((_, Unusable::Unread(error))) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(None);
            }
            opened => opened.map_err(|(_, why)| why)?,
        };
        if parts::difference(&self.origin, &file.head.origin, || None).is_none() && file.blocks() == *blocks {
            Ok(Some(file))
        } else {
            Err(Unusable::Damaged("it is a checkpoint of another run".to_owned()))
        }
    }
}
