//! Parts of one run: `run --part`, `run --blocks`, `merge`.

use crate::cli::sandbox::{ONE, Sandbox, Text};
use std::collections::BTreeMap;
use std::fs;

/// Two bases deep, with a gate, so that everything that is read is in the parts.
const CHILD: &str = "extends = \"one.toml\"\ntitle = \"A child\"\n[[expect]]\nid = \"loss\"\nmeasure = \"loss.probability\"\nbelow = 1\n";
pub const PATHS: &str = "1500";
/// Simulates the child; its paths are five blocks and a part of one.
pub const RUN: &str = "run child.toml --paths 1500 --set asset.saas.value=40_000";
const N_BLOCKS: u64 = 6;
/// A command that gives the second of the three parts of the child, and its file.
pub const SECOND: &str = "run child.toml --paths 1500 --set asset.saas.value=40_000 --part 2/3";
pub const SECOND_FILE: &str = "parts/child/00002-of-00003.part";

pub fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_one();
    sandbox.write("child.toml", CHILD);
    sandbox
}

/// The files of a folder of results, without the one that may differ.
fn files(sandbox: &Sandbox, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = sandbox.contents(folder);
    files.remove("timing.json").expect("a run has it");
    files
}

/// Simulates a piece of the child.
#[track_caller]
pub fn piece(sandbox: &Sandbox, piece: &str) {
    sandbox.run(&format!("{RUN} {piece}")).exits(0);
}

/// The child in three parts of three, under `parts`.
pub fn in_three() -> Sandbox {
    let sandbox = sandbox();
    for part in ["3/3", "1/3", "2/3"] {
        piece(&sandbox, &format!("--part {part}"));
    }
    sandbox
}

/// A part of another version of the format, or of the results: its first line keeps its length.
pub fn of_version(part: &[u8], from: &str, to: &str) -> Vec<u8> {
    let line = part.iter().position(|byte| *byte == b'\n').expect("a line");
    let text = String::from_utf8_lossy(&part[..line]);
    [&text.replace(from, to).as_bytes()[..line], &part[line..]].concat()
}

/// Asserts that a merge prints and writes what `run` does for as many paths.
#[track_caller]
pub fn assert_merges_as_run(sandbox: &Sandbox, folders: &str, paths: &str) {
    let edit = "--set asset.saas.value=40_000";
    let out = sandbox.run(&format!("run child.toml {edit} --paths {paths} --out output")).done();
    let whole = files(sandbox, "output/child");
    sandbox.remove("output");
    let merged = sandbox.run(&format!("merge {folders}")).done();
    let found = files(sandbox, "output/child");
    assert!(whole.keys().eq(found.keys()), "{:?}", found.keys());
    for (name, bytes) in &whole {
        assert!(found[name] == *bytes, "{name} is another");
    }
    assert_eq!(merged, out);
}

#[test]
fn parts_of_any_tiling_merge_into_the_files_and_the_screen_of_the_run() {
    let sandbox = sandbox();
    piece(&sandbox, "--part 2/2 --threads 1");
    piece(&sandbox, "--blocks 1..3 --out elsewhere");
    piece(&sandbox, "--blocks 0..1");
    assert_merges_as_run(&sandbox, "parts elsewhere/child", PATHS);
    // the scenario and what it extends are in the parts
    sandbox.remove("child.toml");
    sandbox.remove("one.toml");
    sandbox.run("merge elsewhere parts/child --out again").done().has("again/child/");
    assert!(files(&sandbox, "again/child") == files(&sandbox, "output/child"));
}

#[test]
fn a_part_that_is_there_is_not_simulated_again_and_another_run_never_replaces_it() {
    let sandbox = in_three();
    let modified = || fs::metadata(sandbox.path(SECOND_FILE)).expect("a file").modified().expect("a time");
    let before = modified();
    // checkpoints of an attempt that was killed at the very end go
    let [left, of_other] =
        ["2", "1"].map(|part| format!("parts/child/.0000{part}-of-00003.part.checkpoint-03"));
    sandbox.write(&left, "left");
    sandbox.write(&of_other, "left");
    let again = sandbox.run(SECOND).done();
    assert_eq!(again, format!("{SECOND_FILE} was there already  blocks 2..4  512 paths\n"));
    assert!(!sandbox.has(&left) && sandbox.has(&of_other));
    let run = format!("run child.toml --part 2/3 --paths {PATHS}");
    for (more, why) in [
        ("", "its `asset.saas.value` is 40000.0, not 50000.0"),
        (" --seed 7", "its "),
        (" --set asset.saas.value=40_000 --set title=\"x\"", "its title is \"A child\", not \"x\""),
    ] {
        let refused = sandbox.run(&format!("{run}{more}")).failed();
        refused
            .starts(format!("error: {SECOND_FILE} is of another run: {why}"))
            .ends("delete it, or choose another folder with --out\n");
    }
    sandbox.write("child.toml", CHILD.replace("below = 1", "below = 0.9"));
    sandbox.run(SECOND).failed().has("its gates ([[expect]]) differ");
    assert_eq!(before, modified());
}

#[test]
fn what_asks_for_a_report_or_for_many_cases_cannot_be_cut() {
    let sandbox = sandbox();
    let refused = |arguments: &str| sandbox.run(&format!("run {arguments}")).failed();
    for option in ["--json", "--format=csv", "--no-charts", "--no-bridge", "--dark", "--deny-warnings"] {
        let name = option.split('=').next().expect("a name");
        let said = format!("use {name} with `tailwheel merge`");
        refused(&format!("one.toml --part 1/2 {option}")).has(said);
    }
    sandbox.write("many.toml", format!("{ONE}\n[[variant]]\nname = \"a\"\nset = {{ \"run.seed\" = 2 }}\n"));
    refused("many.toml --blocks 0..1").has("many.toml has variants or axes, but --blocks applies to one run");
    refused("one.toml --blocks 1..3").has("which has 2 blocks of 256 paths; write a range within 0..2");
    for wrong in ["0/3", "4/3", "1", "x"] {
        refused(&format!("one.toml --part {wrong}")).has("write K/N with K from 1 to N");
    }
    refused("one.toml --part 1/2 --blocks 0..1");
    refused("one.toml --part 1/2 --decide 1e6");
    assert!(!sandbox.has("parts"));
}

#[test]
fn check_lists_gaps_with_commands_that_fill_them() {
    let sandbox = sandbox();
    piece(&sandbox, "--blocks 1..2 --out cut");
    piece(&sandbox, "--blocks 3..4 --out cut");
    let cut_off = "cut/child/blocks-00000004-00000005.part";
    sandbox.write(cut_off, "{\"format\":\"tail");
    let checked = sandbox.run("merge cut --check");
    assert_eq!((checked.code, checked.err.as_str()), (Some(1), ""));
    let damaged = format!("{cut_off}: it is cut off within its first line; delete it");
    let listed = checked.out.starts("child: 2 whole parts, 2 of 6 blocks\n");
    let listed = listed.has(format!("damaged  {damaged}\n"));
    sandbox.run("merge cut").failed().has(damaged);
    sandbox.remove(cut_off);
    sandbox.run("merge cut").failed().starts(
        "error: blocks 0..1 of child.toml are missing (3 gaps in all: --check lists them); simulate them with \
         `tailwheel run child.toml --set 'asset.saas.value=40_000' --paths 1500 --blocks 0..1 --out cut`",
    );
    let commands = listed.lines().filter_map(|line| line.split_once(": tailwheel "));
    assert_eq!(commands.clone().count(), 3);
    for (_, command) in commands {
        sandbox.run(&command.replace('\'', "")).exits(0);
    }
    sandbox.run("merge cut --check").done().starts("child: 5 whole parts, 6 of 6 blocks\n");
    assert!(!sandbox.has("output"));
    assert_merges_as_run(&sandbox, "cut", PATHS);
}

#[test]
fn a_prefix_is_the_run_of_so_many_paths() {
    let sandbox = in_three();
    sandbox.remove("parts/child/00003-of-00003.part");
    assert_merges_as_run(&sandbox, "parts --prefix", "1024");
    piece(&sandbox, "--part 3/3");
    assert_merges_as_run(&sandbox, "parts --prefix", PATHS);
    sandbox.remove("parts/child/00001-of-00003.part");
    sandbox.run("merge parts --prefix").failed().has("blocks 0..2 of child.toml are missing");
}

#[test]
fn overlaps_and_parts_of_other_runs_are_refused() {
    let sandbox = in_three();
    piece(&sandbox, "--blocks 1..3");
    let first = "parts/child/00001-of-00003.part";
    let overlap = "parts/child/blocks-00000001-00000003.part";
    let said = format!("error: {first} and {overlap} both have blocks 1..2; delete one of them\n");
    assert_eq!(sandbox.run("merge parts").failed(), said);
    sandbox.run("merge parts --check").exits(1).prints("  twice    blocks 1..2 are in ");
    sandbox.remove(overlap);
    for (edit, why) in [
        ("asset.saas.value=41_000", "its `asset.saas.value` is 41000.0, not 40000.0"),
        ("run.paths=1600", "its number of paths is 1600, not 1500"),
        ("title=\"x\"", "its title is \"x\", not \"A child\""),
    ] {
        let other = "run child.toml --set asset.saas.value=40_000 --set run.paths=1500";
        sandbox.run(&format!("{other} --set {edit} --blocks 5..6 --out other")).exits(0);
        let foreign = "other/child/blocks-00000005-00000006.part";
        let said = format!("error: {foreign} is of another run than {first}: {why}; ");
        sandbox.run("merge parts other").failed().starts(said);
        sandbox.run("merge parts other --check").exits(1).prints("  foreign  other/");
        sandbox.remove("other");
    }
    assert!(!sandbox.has("output"));
}

#[test]
fn damaged_files_are_refused_by_name_and_made_again_by_the_next_attempt() {
    let sandbox = in_three();
    let whole = sandbox.bytes(SECOND_FILE);
    let line = whole.iter().position(|byte| *byte == b'\n').expect("a line");
    let changed = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        bytes
    };
    for (bytes, why) in [
        (whole[..whole.len() - 1].to_vec(), "it is cut off: it has "),
        ([&whole[..], b"xy"].concat(), "2 bytes follow its end"),
        (changed(whole.len() - 1), "its first line or its checksums were changed"),
        (changed(whole.len() / 2), "were changed"),
        (changed(line + 1), "were changed"),
        (Vec::new(), "it is empty"),
        (b"something else".to_vec(), "it is no part of a run"),
    ] {
        sandbox.write(SECOND_FILE, bytes);
        let refused = sandbox.run("merge parts").failed();
        let refused = refused.starts(format!("error: {SECOND_FILE}: ")).has(why);
        assert_eq!(refused.lines().count(), 1, "{refused}");
    }
    assert!(!sandbox.has("output"));
    let note = format!("note: {SECOND_FILE}: it is no part of a run; its blocks are simulated again\n");
    sandbox.run(SECOND).exits(0).says(note);
    assert!(sandbox.bytes(SECOND_FILE) == whole);
}

#[test]
fn an_attempt_goes_on_from_checkpoints_and_ignores_those_that_are_damaged_or_foreign() {
    let sandbox = sandbox();
    piece(&sandbox, "--part 1/1 --out whole");
    // a checkpoint is a part of the blocks of its step
    let checkpoint = |step: u64| format!("parts/child/.00001-of-00001.part.checkpoint-{step:02}");
    let blocks = |step: u64| N_BLOCKS * step / 16..N_BLOCKS * (step + 1) / 16;
    let steps = (0..16).map(blocks).filter(|blocks| !blocks.is_empty());
    for (number, blocks) in (0..).zip(steps) {
        piece(&sandbox, &format!("--blocks {}..{} --out steps", blocks.start, blocks.end));
        let name = format!("steps/child/blocks-{:08}-{:08}.part", blocks.start, blocks.end);
        sandbox.write(&checkpoint(number), sandbox.bytes(&name));
    }
    let second = sandbox.bytes(&checkpoint(1));
    sandbox.write(&checkpoint(2), &second[..second.len() - 5]);
    sandbox.write(&checkpoint(3), &second);
    let ran = sandbox.run(&format!("{RUN} --part 1/1")).exits(0);
    let notes: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("note: ")).collect();
    assert_eq!(notes.len(), 2, "{}", ran.err);
    notes[0].has("checkpoint-02: it is cut off");
    notes[1].has("checkpoint-03: it is a checkpoint of another run");
    let [found, whole] = ["parts", "whole"].map(|folder| format!("{folder}/child/00001-of-00001.part"));
    assert!(sandbox.bytes(&found) == sandbox.bytes(&whole));
    assert!(!sandbox.files().iter().any(|name| name.contains("checkpoint")));
}

#[test]
fn several_scenarios_in_one_folder_get_a_folder_each() {
    let sandbox = in_three();
    sandbox.run("run one.toml --part 1/1").exits(0);
    sandbox.run("merge parts --no-charts").done().has("output/child/").has("output/one/");
    sandbox.run("merge parts --json").failed().has("write the folder of one scenario");
    let json = sandbox.run("merge parts/one --json --no-charts").done();
    assert_eq!(json, sandbox.read("output/one/report.json"));
}

#[test]
fn a_scenario_from_standard_input_is_in_its_parts() {
    let sandbox = Sandbox::new();
    for part in ["1/2", "2/2"] {
        sandbox.pipe(ONE, &format!("run - --part {part}")).exits(0);
    }
    let merged = sandbox.run("merge parts --json --no-charts").done();
    assert_eq!(merged, sandbox.pipe(ONE, "run - --json --no-charts --out alone").done());
}
