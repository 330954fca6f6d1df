//! Parts of one run: `run --part`, `run --blocks`, `merge`.

use crate::cli::sandbox::{ONE, Sandbox, Text};
use std::collections::BTreeMap;
use std::fs;

/// Two bases deep, with a gate, so that everything that is read is in the parts.
const CHILD: &str = "extends = \"one.toml\"\ntitle = \"A child\"\n[[expect]]\nid = \"loss\"\nmeasure = \"loss.probability\"\nbelow = 1\n";
pub const PATHS: &str = "1500";
pub const EDIT: &str = "asset.saas.value=40_000";
/// 1,500 paths are five blocks and a part of one.
const N_BLOCKS: u64 = 6;

pub fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_one();
    sandbox.write("child.toml", CHILD);
    sandbox
}

/// The files of a folder of results, without the one that may differ.
fn files(sandbox: &Sandbox, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(sandbox.path(folder)).expect("a folder");
    let paths = entries.map(|entry| entry.expect("an entry").path());
    let read = |path: std::path::PathBuf| {
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        (name, fs::read(path).expect("a file"))
    };
    let mut files: BTreeMap<String, Vec<u8>> = paths.map(read).collect();
    files.remove("timing.json").expect("a run has it");
    files
}

/// Simulates a piece of the child on two threads or one.
pub fn piece(sandbox: &Sandbox, piece: &[&str]) {
    let of_run = ["run", "child.toml", "--paths", PATHS, "--set", "asset.saas.value=40_000"];
    sandbox.run(&[&of_run, piece].concat()).exits(0);
}

/// The child in three parts of three, under `parts`.
pub fn in_three() -> Sandbox {
    let sandbox = sandbox();
    for part in ["3/3", "1/3", "2/3"] {
        piece(&sandbox, &["--part", part]);
    }
    sandbox
}

/// What `run` prints and writes for as many paths.
fn alone(sandbox: &Sandbox, paths: &str) -> (String, BTreeMap<String, Vec<u8>>) {
    let edit = "asset.saas.value=40_000";
    let of_run = ["run", "child.toml", "--set", edit, "--paths", paths, "--out", "output"];
    let out = sandbox.run(&of_run).done();
    let found = files(sandbox, "output/child");
    fs::remove_dir_all(sandbox.path("output")).expect("a folder");
    (out, found)
}

pub fn assert_merges_as_run(sandbox: &Sandbox, arguments: &[&str], paths: &str) {
    let (out, whole) = alone(sandbox, paths);
    let merged = sandbox.run(&[&["merge"], arguments].concat()).done();
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
    piece(&sandbox, &["--part", "2/2", "--threads", "1"]);
    piece(&sandbox, &["--blocks", "1..3", "--out", "elsewhere"]);
    piece(&sandbox, &["--blocks", "0..1"]);
    // the scenario and what it extends are in the parts
    let moved = sandbox.path("gone");
    fs::create_dir(&moved).expect("a folder");
    assert_merges_as_run(&sandbox, &["parts", "elsewhere/child"], PATHS);
    for name in ["child.toml", "one.toml"] {
        fs::rename(sandbox.path(name), moved.join(name)).expect("a file");
    }

    sandbox.run(&["merge", "elsewhere", "parts/child", "--out", "again"]).done().has("again/child/");
    assert!(files(&sandbox, "again/child") == files(&sandbox, "output/child"));
}

#[test]
fn a_part_that_is_there_is_not_simulated_again_and_another_run_never_replaces_it() {
    let sandbox = in_three();
    let name = "parts/child/00002-of-00003.part";
    let before = fs::metadata(sandbox.path(name)).expect("a file").modified().expect("a time");
    let run = ["run", "child.toml", "--part", "2/3", "--paths", PATHS];
    let edit = ["--set", "asset.saas.value=40_000"];
    let again = sandbox.run(&[&run[..], &edit].concat()).done();
    assert_eq!(again, "parts/child/00002-of-00003.part was there already  blocks 2..4  512 paths\n");
    for (more, why) in [
        (vec![], "its `asset.saas.value` is 40000.0, not 50000.0"),
        (vec!["--seed", "7"], "its "),
        (
            vec!["--set", "asset.saas.value=40_000", "--set", "title=\"x\""],
            "its title is \"A child\", not \"x\"",
        ),
    ] {
        let refused = sandbox.run(&[&run[..], &more].concat()).failed();
        assert!(refused.starts_with(&format!("error: {name} is of another run: {why}")), "{refused}");
        assert!(refused.ends_with("delete it, or choose another folder with --out\n"), "{refused}");
    }
    sandbox.write("child.toml", CHILD.replace("below = 1", "below = 0.9"));
    sandbox.run(&[&run[..], &edit].concat()).failed().has("its gates ([[expect]]) differ");
    let after = fs::metadata(sandbox.path(name)).expect("a file").modified().expect("a time");
    assert_eq!(before, after);
}

#[test]
fn what_asks_for_a_report_or_for_many_cases_cannot_be_cut() {
    let sandbox = sandbox();
    for option in ["--json", "--format=csv", "--no-charts", "--no-bridge", "--dark", "--deny-warnings"] {
        let refused = sandbox.run(&["run", "one.toml", "--part", "1/2", option]).failed();
        let name = option.split('=').next().expect("a name");
        assert!(refused.contains(&format!("use {name} with `tailwheel merge`")), "{refused}");
    }
    sandbox.write("many.toml", format!("{ONE}\n[[variant]]\nname = \"a\"\nset = {{ \"run.seed\" = 2 }}\n"));
    sandbox
        .run(&["run", "many.toml", "--blocks", "0..1"])
        .failed()
        .has("many.toml has variants or axes, but --blocks applies to one run");
    sandbox
        .run(&["run", "one.toml", "--blocks", "1..3"])
        .failed()
        .has("which has 2 blocks of 256 paths; write a range within 0..2");
    for wrong in ["0/3", "4/3", "1", "x"] {
        sandbox.run(&["run", "one.toml", "--part", wrong]).failed().has("write K/N with K from 1 to N");
    }
    sandbox.run(&["run", "one.toml", "--part", "1/2", "--blocks", "0..1"]).exits(2);
    sandbox.run(&["run", "one.toml", "--part", "1/2", "--decide", "1e6"]).exits(2);
    assert!(!sandbox.path("parts").exists());
}

#[test]
fn more_parts_than_blocks_leave_some_of_them_empty() {
    let sandbox = sandbox();
    for number in 1..=9 {
        piece(&sandbox, &["--part", &format!("{number}/9")]);
    }
    assert_merges_as_run(&sandbox, &["parts"], PATHS);
}

#[test]
fn check_lists_gaps_with_commands_that_fill_them() {
    let sandbox = sandbox();
    piece(&sandbox, &["--blocks", "1..2", "--out", "cut"]);
    piece(&sandbox, &["--blocks", "3..4", "--out", "cut"]);
    sandbox.write("cut/child/blocks-00000004-00000005.part", "{\"format\":\"tail");
    let checked = sandbox.run(&["merge", "cut", "--check"]);
    assert_eq!((checked.code, checked.err.as_str()), (Some(1), ""));
    assert!(checked.out.starts_with("child: 2 whole parts, 2 of 6 blocks\n"), "{}", checked.out);
    assert!(
        checked.out.contains("damaged  cut/child/blocks-00000004-00000005.part: it is cut off within its first line; delete it\n"),
        "{}",
        checked.out
    );
    sandbox
        .run(&["merge", "cut"])
        .failed()
        .has("blocks-00000004-00000005.part: it is cut off within its first line; delete it");
    fs::remove_file(sandbox.path("cut/child/blocks-00000004-00000005.part")).expect("a file");
    let refused = sandbox.run(&["merge", "cut"]).failed();
    assert!(
        refused.starts_with(
            "error: blocks 0..1 of child.toml are missing (3 gaps in all: --check lists them); simulate them with \
             `tailwheel run child.toml --set 'asset.saas.value=40_000' --paths 1500 --blocks 0..1 --out cut`"
        ),
        "{refused}"
    );
    let commands = checked.out.lines().filter_map(|line| line.split_once(": tailwheel "));
    let commands: Vec<&str> = commands.map(|(_, command)| command).collect();
    assert_eq!(commands.len(), 3);
    for command in commands {
        let plain = command.replace('\'', "");
        let arguments: Vec<&str> = plain.split(' ').collect();
        sandbox.run(&arguments).exits(0);
    }
    let checked = sandbox.run(&["merge", "cut", "--check"]).done();
    assert!(checked.starts_with("child: 5 whole parts, 6 of 6 blocks\n"), "{checked}");
    assert!(!sandbox.path("output").exists());
    assert_merges_as_run(&sandbox, &["cut"], PATHS);
}

#[test]
fn a_prefix_is_the_run_of_so_many_paths() {
    let sandbox = in_three();
    fs::remove_file(sandbox.path("parts/child/00003-of-00003.part")).expect("a file");
    assert_merges_as_run(&sandbox, &["parts", "--prefix"], "1024");
    piece(&sandbox, &["--part", "3/3"]);
    assert_merges_as_run(&sandbox, &["parts", "--prefix"], PATHS);
    fs::remove_file(sandbox.path("parts/child/00001-of-00003.part")).expect("a file");
    sandbox.run(&["merge", "parts", "--prefix"]).failed().has("blocks 0..2 of child.toml are missing");
}

#[test]
fn overlaps_and_parts_of_other_runs_are_refused() {
    let sandbox = in_three();
    piece(&sandbox, &["--blocks", "1..3"]);
    let refused = sandbox.run(&["merge", "parts"]).failed();
    assert_eq!(
        refused,
        "error: parts/child/00001-of-00003.part and parts/child/blocks-00000001-00000003.part both have blocks 1..2; \
         delete one of them\n"
    );

    sandbox.run(&["merge", "parts", "--check"]).exits(1).prints("  twice    blocks 1..2 are in ");
    fs::remove_file(sandbox.path("parts/child/blocks-00000001-00000003.part")).expect("a file");
    for (edit, why) in [
        ("asset.saas.value=41_000", "its `asset.saas.value` is 41000.0, not 40000.0"),
        ("run.paths=1600", "its number of paths is 1600, not 1500"),
        ("title=\"x\"", "its title is \"x\", not \"A child\""),
    ] {
        let other = ["run", "child.toml", "--set", "asset.saas.value=40_000", "--set", "run.paths=1500"];
        let other = [&other[..], &["--set", edit, "--blocks", "5..6", "--out", "other"]].concat();
        sandbox.run(&other).exits(0);
        let refused = sandbox.run(&["merge", "parts", "other"]).failed();
        let begins = format!(
            "error: other/child/blocks-00000005-00000006.part is of another run than parts/child/00001-of-00003.part: {why}; "
        );
        assert!(refused.starts_with(&begins), "{refused}");
        let checked = sandbox.run(&["merge", "parts", "other", "--check"]);
        assert!(checked.code == Some(1) && checked.out.contains("  foreign  other/"), "{}", checked.out);
        fs::remove_dir_all(sandbox.path("other")).expect("a folder");
    }
    assert!(!sandbox.path("output").exists());
}

#[test]
fn damaged_files_are_refused_by_name_and_made_again_by_the_next_attempt() {
    let sandbox = in_three();
    let name = "parts/child/00002-of-00003.part";
    let whole = fs::read(sandbox.path(name)).expect("a file");
    let line = whole.iter().position(|byte| *byte == b'\n').expect("a line");
    let changed = |at: usize| {
        let mut bytes = whole.clone();
        bytes[at] ^= 4;
        bytes
    };
    let text = String::from_utf8_lossy(&whole[..line]).into_owned();
    // the line keeps its length
    let of_version = |from: &str, to: &str| {
        let changed = text.replace(from, to);
        let changed = &changed[..text.len()];
        [changed.as_bytes(), &whole[line..]].concat()
    };
    for (bytes, why) in [
        (whole[..whole.len() - 1].to_vec(), "it is cut off: it has "),
        ([&whole[..], b"xy"].concat(), "2 bytes follow its end"),
        (changed(whole.len() - 1), "its first line or its checksums were changed"),
        (changed(whole.len() / 2), "were changed"),
        (changed(line + 1), "were changed"),
        (
            of_version("\"format_version\":4", "\"format_version\":5"),
            "it has version 5 of the format, and this program reads version 4",
        ),
        (of_version("\"value_version\":", "\"value_version\":9"), "it has results version 9"),
        (Vec::new(), "it is empty"),
        (b"something else".to_vec(), "it is no part of a run"),
    ] {
        fs::write(sandbox.path(name), bytes).expect("a file");
        let refused = sandbox.run(&["merge", "parts"]).failed();
        assert!(
            refused.starts_with(&format!("error: {name}: ")) && refused.contains(why),
            "{why}: {refused}"
        );
        assert_eq!(refused.lines().count(), 1, "{refused}");
    }
    assert!(!sandbox.path("output").exists());
    let edit = "asset.saas.value=40_000";
    let run = ["run", "child.toml", "--paths", PATHS, "--set", edit, "--part", "2/3"];
    let again = sandbox.run(&run).exits(0);
    assert!(
        again
            .err
            .contains(&format!("note: {name}: it is no part of a run; its blocks are simulated again\n")),
        "{}",
        again.err
    );
    assert!(fs::read(sandbox.path(name)).expect("a file") == whole);
}

#[test]
#[cfg(unix)]
fn a_part_may_lie_in_a_linked_folder_and_may_not_be_a_link() {
    use std::os::unix::fs::symlink;
    let sandbox = in_three();
    symlink("parts", sandbox.path("link")).expect("a link");
    assert_merges_as_run(&sandbox, &["link"], PATHS);
    let name = sandbox.path("parts/child/00002-of-00003.part");
    let moved = sandbox.path("moved.part");
    fs::rename(&name, &moved).expect("a file");
    symlink(&moved, &name).expect("a link");
    sandbox.run(&["merge", "parts"]).failed().has("00002-of-00003.part: it is a link, which is not followed");
    let edit = "asset.saas.value=40_000";
    let run = ["run", "child.toml", "--paths", PATHS, "--set", edit, "--part", "2/3"];
    sandbox.run(&run).failed().has("is a link or a special file");
}

#[test]
fn an_attempt_goes_on_from_checkpoints_and_ignores_those_that_are_damaged_or_foreign() {
    let sandbox = sandbox();
    piece(&sandbox, &["--part", "1/1", "--out", "whole"]);
    let whole = fs::read(sandbox.path("whole/child/00001-of-00001.part")).expect("a file");
    // a checkpoint is a part of the blocks of its step
    let checkpoint = |step: u64| format!("parts/child/.00001-of-00001.part.checkpoint-{step:02}");
    let blocks = |step: u64| N_BLOCKS * step / 16..N_BLOCKS * (step + 1) / 16;
    let steps = (0..16).map(blocks).filter(|blocks| !blocks.is_empty());
    for (number, blocks) in (0..).zip(steps) {
        let range = format!("{}..{}", blocks.start, blocks.end);
        piece(&sandbox, &["--blocks", &range, "--out", "steps"]);
        let name = format!("steps/child/blocks-{:08}-{:08}.part", blocks.start, blocks.end);
        sandbox.write(&checkpoint(number), fs::read(sandbox.path(&name)).expect("a file"));
    }
    let second = fs::read(sandbox.path(&checkpoint(1))).expect("a file");
    sandbox.write(&checkpoint(2), &second[..second.len() - 5]);
    sandbox.write(&checkpoint(3), &second);
    let edit = "asset.saas.value=40_000";
    let run = ["run", "child.toml", "--paths", PATHS, "--set", edit, "--part", "1/1"];
    let ran = sandbox.run(&run).exits(0);
    let notes: Vec<&str> = ran.err.lines().filter(|line| line.starts_with("note: ")).collect();
    assert_eq!(notes.len(), 2, "{}", ran.err);
    assert!(notes[0].contains("checkpoint-02: it is cut off"), "{}", ran.err);
    assert!(notes[1].contains("checkpoint-03: it is a checkpoint of another run"), "{}", ran.err);
    assert!(fs::read(sandbox.path("parts/child/00001-of-00001.part")).expect("a file") == whole);
    assert_eq!(sandbox.files().into_iter().filter(|name| name.contains("checkpoint")).count(), 0);
}

#[test]
fn several_scenarios_in_one_folder_get_a_folder_each() {
    let sandbox = in_three();
    sandbox.run(&["run", "one.toml", "--part", "1/1"]).exits(0);
    sandbox.run(&["merge", "parts", "--no-charts"]).done().has("output/child/").has("output/one/");
    sandbox.run(&["merge", "parts", "--json"]).failed().has("write the folder of one scenario");
    let json = sandbox.run(&["merge", "parts/one", "--json", "--no-charts"]).done();
    assert_eq!(json, sandbox.read("output/one/report.json"));
}

#[test]
fn a_scenario_from_standard_input_is_in_its_parts() {
    let sandbox = Sandbox::new();
    for part in ["1/2", "2/2"] {
        let mut command = sandbox.command(&["run", "-", "--part", part]);
        crate::cli::sandbox::ran(command.write_stdin(ONE)).exits(0);
    }
    let merged = sandbox.run(&["merge", "parts", "--json", "--no-charts"]).done();
    let mut alone = sandbox.command(&["run", "-", "--json", "--no-charts", "--out", "alone"]);
    assert_eq!(merged, crate::cli::sandbox::ran(alone.write_stdin(ONE)).done());
}
