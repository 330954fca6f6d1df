//! Outputs of a batch: files, screen, annotations. Merges the shards of a batch into one.
//!
//! In: a [`BatchReport`]. Out: files below `--out`. Not here: their formats (`report::batch`).

use crate::cli::merge::Merge;
use crate::cli::{Exit, Stop, annotate, args, files, load, stop, terminal};
use crate::report::batch::{BatchReport, Closing, Pace, State, Update};
use crate::units::spelled_out;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Name of the file from which `merge` reads a shard.
const RESULTS: &str = "results.jsonl";
/// Folder of the reports of all scenarios, inside the folder of the batch.
const REPORTS: &str = "reports";
/// Size limit in bytes for reading a file of a batch.
pub(super) const LARGEST: u64 = 1_000_000_000;

/// The files of a batch besides the reports of its scenarios.
const FILES: [&str; 4] = ["index.html", "summary.md", "junit.xml", RESULTS];

/// Prepares the folder: deletes the summary files ([`FILES`]) of an earlier batch, because they describe
/// reports that this batch will replace.
pub(super) fn begin(folder: &Path) -> Result<(), Stop> {
    files::probe(folder, folder)?;
    files::forget(folder, folder, &FILES)
}

/// Writes all files of the batch together. Returns the report as read back from the results file. The other
/// files are made from that report, so that they agree with a later merge.
pub(super) fn write(report: &BatchReport, folder: &Path) -> Result<BatchReport, Stop> {
    let lines = report.to_lines();
    let read = BatchReport::from_lines(&lines).map_err(|fault| format!("{RESULTS}: {fault}"))?;
    let files = [
        read.to_page().into_bytes(),
        read.to_summary().into_bytes(),
        read.to_junit().into_bytes(),
        lines.into_bytes(),
    ];
    let named: Vec<(&str, &[u8])> = FILES.into_iter().zip(files.iter().map(Vec::as_slice)).collect();
    files::write_all(folder, folder, &named)?;
    terminal::leaves("the files of this batch are written");
    Ok(read)
}

/// Prints the batch, and shows its findings in a code review if `annotate` asks for it.
pub(super) fn show(
    report: &BatchReport,
    folder: &Path,
    annotate: Option<args::Annotate>,
    pace: Option<Pace>,
    update: Option<Update>,
) -> Result<(), Stop> {
    let closing = Closing {
        pace,
        update,
        folder: &load::shown(folder),
        files: FILES.to_vec(),
        exit: exit_of(report) as u8,
    };
    let screen = report.screen(&closing, terminal::form());
    terminal::print_rendered(&screen)?;
    if let Some(how) = annotate {
        annotate::annotate(how, report.annotations(), Some(&report.to_summary()));
    }
    Ok(())
}

/// Exit code of a batch. Failed gates do not fail a shard, because `merge` judges the gates of all shards.
pub(super) fn exit_of(report: &BatchReport) -> Exit {
    match report.code() {
        0 => Exit::Done,
        1 if report.shard.is_some() => Exit::Done,
        1 => Exit::No,
        _ => Exit::Failed,
    }
}

/// True if `folder` holds the results of a batch or of a shard of one.
pub(in crate::cli) fn is_result(folder: &Path) -> bool {
    files::is_there(&folder.join(RESULTS))
}

/// Merges the folders of all shards of a batch, with their reports, into one batch.
pub(in crate::cli) fn merge(folders: &[PathBuf], arguments: &Merge) -> Result<Exit, Stop> {
    let mut shards = Vec::new();
    for folder in folders {
        shards.push(read(folder)?);
    }
    let out = arguments.out.as_deref().unwrap_or(Path::new("output/batch"));
    refuse_overwriting(folders, out)?;
    // the message may quote text from the files of the shards
    let whole = BatchReport::merge(&shards).map_err(|why| spelled_out(&why.to_string()))?;
    let reports = |to: &TakeReport<'_>| {
        let mut all = shards.iter().zip(folders);
        all.try_for_each(|((name, shard), folder)| each_report(name, shard, folder, to))
    };
    // all reports are checked before the first file of an earlier batch is deleted
    reports(&|_, _| Ok(()))?;
    begin(out)?;
    reports(&|report, bytes| write_report(out, report, bytes))?;
    let whole = write(&whole, out)?;
    show(&whole, out, arguments.annotate, None, None)?;
    Ok(exit_of(&whole))
}

/// Refuses an output folder that is one of the shards.
fn refuse_overwriting(shards: &[PathBuf], out: &Path) -> Result<(), Stop> {
    let real = |folder: &Path| folder.canonicalize().ok();
    let is_out = |shard: &&PathBuf| real(shard).is_some() && real(shard) == real(out);
    shards.iter().find(is_out).map_or(Ok(()), |shard| {
        Err(stop!("{} is one of the shards; choose another folder with --out", shard.display()))
    })
}

/// Paths of the reports of the last batch in `folder`, relative to it; empty if no batch can be read there.
pub(super) fn reports_of_last(folder: &Path) -> BTreeSet<String> {
    let cases = read(folder).map(|(_, report)| report.cases).into_iter().flatten();
    // not the paths in the file, which may have been edited
    let simulated = cases.filter(|case| matches!(case.state, State::Simulated { .. }));
    simulated.map(|case| report_path(&case.id)).collect()
}

/// Deletes reports of the `last` batch whose scenarios are not among `ids`, and folders that become empty: no
/// index would list them.
pub(super) fn sweep(last: &BTreeSet<String>, ids: &BTreeSet<String>, folder: &Path) {
    let current: BTreeSet<String> = ids.iter().map(|id| report_path(id)).collect();
    for report in last.difference(&current) {
        let path = folder.join(report);
        if files::refuse_links(&path, folder).is_err() || fs::remove_file(&path).is_err() {
            continue;
        }
        let below = Path::new(report).ancestors().skip(1).filter(|inner| inner.starts_with(REPORTS));
        for inner in below {
            // fails on purpose if the folder is not empty
            let _ = fs::remove_dir(folder.join(inner));
        }
    }
}

/// Reads the results of one shard. Returns them with the name of their file for messages.
fn read(folder: &Path) -> Result<(String, BatchReport), Stop> {
    let path = folder.join(RESULTS);
    let text = files::read_plain(&path, LARGEST)
        .and_then(|bytes| String::from_utf8(bytes).map_err(|_| io::Error::other("it is not UTF-8 text")))
        .map_err(|error| {
            Stop::at(&path, "read", &error, "merge takes the folders that batches with --shard wrote")
        })?;
    let name = path.display().to_string();
    let report = BatchReport::from_lines(&text).map_err(|fault| format!("{name}: {fault}"))?;
    Ok((name, report))
}

/// Function that receives each report: its path relative to the folder of the batch, and its bytes.
type TakeReport<'a> = dyn Fn(&str, &[u8]) -> Result<(), Stop> + 'a;

/// Passes every report of a shard to `to` after checking its path and digest. `name` is that of the shard's file for
/// messages, `from` its folder.
fn each_report(name: &str, shard: &BatchReport, from: &Path, to: &TakeReport<'_>) -> Result<(), Stop> {
    for case in &shard.cases {
        let State::Simulated { report, report_digest: digest, .. } = &case.state else {
            continue;
        };
        // not the path in the file, which may be edited and lead outside the folder
        if *report != report_path(&case.id) {
            return Err(stop!(
                "{name}: the report of {} is not where a batch writes it; was the file edited?",
                case.id
            ));
        }
        let path = from.join(report);
        let bytes = files::read_plain(&path, LARGEST).map_err(|error| Stop::at(&path, "read", &error, ""))?;
        if blake3::hash(&bytes).to_hex().as_str() != digest {
            return Err(stop!(
                "{} is not the report that {name} is about: another batch wrote it, or it was changed; run \
                 the shard again",
                path.display()
            ));
        }
        to(report, &bytes)?;
    }
    Ok(())
}

/// Writes one report below `folder`, completely or not at all.
pub(super) fn write_report(folder: &Path, report: &str, bytes: &[u8]) -> Result<(), Stop> {
    let path = folder.join(report);
    let inner = path.parent().unwrap_or(folder);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    files::write_all(inner, folder, &[(&name, bytes)])
}

/// Path of the report of `id`, relative to the folder of the batch. Each report has its own folder, so that
/// no id is mistaken for another file of the batch.
pub(super) fn report_path(id: &str) -> String {
    let path = id.split('/').map(folder_of).collect::<Vec<_>>().join("/");
    format!("{REPORTS}/{path}/report.json")
}

/// Folder name for one part of an id, short enough for every file system.
fn folder_of(part: &str) -> String {
    const LONGEST: usize = 120;
    match part {
        "" | "." | ".." => "_".to_owned(),
        // a folder of this name could take the place of a report
        "report.json" => "_report.json".to_owned(),
        part if part.len() <= LONGEST => part.to_owned(),
        part => {
            let digest = blake3::hash(part.as_bytes()).to_hex();
            let begins: String = part.chars().take(40).collect();
            format!("{begins}-{}", &digest.as_str()[..16])
        }
    }
}
