//! What `merge` and `run --part` meet beside whole parts: other kinds of files, files that cannot be read, other processes.

use crate::cli::parts::{EDIT, PATHS, assert_merges_as_run, in_three, piece, sandbox};
use crate::cli::sandbox::{ONE, Sandbox, Text};
use std::fs;

/// A command that gives the second of the three parts of the child.
const SECOND: [&str; 8] = ["run", "child.toml", "--paths", PATHS, "--set", EDIT, "--part", "2/3"];
const SECOND_FILE: &str = "parts/child/00002-of-00003.part";

/// Simulates blocks of the child with another title.
fn other_run(sandbox: &Sandbox, blocks: &str, out: &str) {
    let edits = ["--set", EDIT, "--set", "title=\"x\"", "--paths", PATHS];
    let piece = ["--blocks", blocks, "--out", out];
    sandbox.run(&[&["run", "child.toml"], &edits[..], &piece].concat()).exits(0);
}

/// All parts were verified, and then one is overwritten in place, with the same length.
#[test]
#[cfg(target_os = "linux")]
fn a_part_that_is_overwritten_while_it_is_merged_is_refused() {
    use std::os::unix::fs::FileExt;
    use std::process::{Command, Stdio};
    let sandbox = in_three();
    fs::create_dir_all(sandbox.path("output/child")).expect("a folder");
    // whoever merges waits for these folders once the parts are opened
    let locks = ["output", "output/child"].map(|folder| {
        let lock = fs::File::open(sandbox.path(folder)).expect("a folder");
        lock.lock().expect("nobody else has it");
        lock
    });
    let child = Command::new(crate::cli::sandbox::program())
        .current_dir(sandbox.path(""))
        .args(["merge", "parts", "--no-charts"])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let n_open = || {
        let open = fs::read_dir(format!("/proc/{}/fd", child.id())).expect("it runs");
        let names = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
        names.filter(|name| name.extension().is_some_and(|ending| ending == "part")).count()
    };
    let begun = std::time::Instant::now();
    while n_open() < 3 && begun.elapsed().as_secs() < 60 {
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    std::thread::sleep(std::time::Duration::from_millis(500));
    let file = fs::OpenOptions::new().write(true).open(sandbox.path(SECOND_FILE)).expect("a file");
    let end = file.metadata().expect("a file").len();
    file.write_all_at(&[0; 512], end / 2).expect("room");
    drop(locks);
    let ended = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(said.contains("can no longer be read: it changed during reading"), "{said}");
    assert!(ended.stdout.is_empty());
    assert!(!sandbox.path("output/child/report.json").exists());
}

#[test]
fn what_may_be_a_whole_part_of_another_program_or_run_is_never_replaced() {
    let sandbox = in_three();
    let whole = fs::read(sandbox.path(SECOND_FILE)).expect("a file");
    let line = whole.iter().position(|byte| *byte == b'\n').expect("a line");
    let text = String::from_utf8_lossy(&whole[..line]).into_owned();
    for (from, to, why) in [
        (
            "\"format_version\":4",
            "\"format_version\":5",
            ": it has version 5 of the format, and this program reads version 4; delete it, or choose another folder",
        ),
        ("\"value_version\":", "\"value_version\":9", " is of another run: its results version is 9"),
    ] {
        // the line keeps its length
        let changed = &text.replace(from, to)[..text.len()];
        let bytes = [changed.as_bytes(), &whole[line..]].concat();
        sandbox.write(SECOND_FILE, &bytes);
        let refused = sandbox.run(&SECOND).failed();
        assert!(refused.starts_with(&format!("error: {SECOND_FILE}{why}")), "{refused}");
        assert!(fs::read(sandbox.path(SECOND_FILE)).expect("a file") == bytes);
        let checked = sandbox.run(&["merge", "parts", "--check"]);
        assert_eq!((checked.code, checked.err.as_str()), (Some(1), ""));
        let said = "merge with the program that wrote it, or delete it";
        let refused = sandbox.run(&["merge", "parts"]).failed();
        for said_by in [refused, checked.out] {
            assert!(said_by.contains(said) && !said_by.contains("damaged"), "{said_by}");
        }
    }
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_is_neither_replaced_nor_called_damaged() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let sandbox = in_three();
    let path = sandbox.path(SECOND_FILE);
    let moved = sandbox.path("moved.part");
    fs::rename(&path, &moved).expect("a file");
    symlink(&moved, &path).expect("a link");
    let checked = sandbox.run(&["merge", "parts", "--check"]).exits(2);
    assert_eq!(checked.err, "error: 1 part cannot be read, as listed above; correct this and check again\n");
    assert!(
        checked.out.contains(&format!(
            "  unread   {SECOND_FILE}: it is a link, which is not followed; replace it with a regular file\n"
        )),
        "{}",
        checked.out
    );
    fs::remove_file(&path).expect("a link");
    fs::rename(&moved, &path).expect("a file");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("it is ours");
    if fs::File::open(&path).is_ok() {
        // whoever may do everything reads it all the same
        return assert_merges_as_run(&sandbox, &["parts"], PATHS);
    }
    let said = "it is not permitted; try again, or correct its permissions";
    let begins = format!("error: cannot read {SECOND_FILE}: {said}");
    for arguments in [&SECOND[..], &["merge", "parts"]] {
        let refused = sandbox.run(arguments).failed();
        assert!(refused.starts_with(&begins), "{refused}");
    }
    sandbox.run(&["merge", "parts", "--check"]).exits(2).prints(said);
}

#[test]
#[cfg(target_os = "linux")]
fn more_parts_than_files_that_may_be_open_are_merged() {
    let sandbox = sandbox();
    for number in 1..=60 {
        piece(&sandbox, &["--part", &format!("{number}/60")]);
    }
    let few = "ulimit -n 40; exec \"$0\" merge parts --threads 2";
    let program = crate::cli::sandbox::program().to_str().expect("text");
    for (more, said) in [(" --check", "60 whole parts, 6 of 6 blocks"), ("", "output/child/")] {
        let mut command = std::process::Command::new("bash");
        let command = command.current_dir(sandbox.path(""));
        let ended = command.args(["-c", &format!("{few}{more}"), program]).output();
        let ended = ended.expect("there is a shell");
        let [out, err] = [ended.stdout, ended.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        assert_eq!((ended.status.code(), err.as_str()), (Some(0), ""), "{out}");
        assert!(out.contains(said), "{out}");
    }
}

#[test]
fn a_file_that_is_named_twice_counts_once() {
    let sandbox = in_three();
    for folders in [["parts", "parts/child"], ["parts", "parts"], ["parts/child", "./parts/child/"]] {
        let named = |more: &[&str]| sandbox.run(&[&["merge"], &folders[..], more].concat());
        let checked = named(&["--check"]).done();
        assert!(checked.starts_with("child: 3 whole parts, 6 of 6 blocks\n"), "{folders:?}: {checked}");
        assert_merges_as_run(&sandbox, &folders, PATHS);
    }
    for number in ["1/2", "2/2"] {
        let asked = ["sensitivity", "one.toml", "--paths", "64", "--out", "shards"];
        sandbox.run(&[&asked[..], &["--shard", number]].concat()).exits(0);
    }
    for folders in [["shards", "./shards"], ["shards", "shards/sensitivity-one/"]] {
        sandbox.run(&[&["merge"], &folders[..]].concat()).exits(0);
    }
}

#[test]
fn the_run_with_the_most_blocks_is_the_one_that_is_meant() {
    let sandbox = in_three();
    other_run(&sandbox, "0..1", "stale");
    let foreign = "stale/child/blocks-00000000-00000001.part";
    let checked = sandbox.run(&["merge", "stale", "parts", "--check"]).exits(1);
    let remedy = "its title is \"x\", not \"A child\"; delete it, or keep it in another folder";
    assert!(
        checked
            .out
            .starts_with(&format!("child: 3 whole parts, 6 of 6 blocks\n  foreign  {foreign}: {remedy}\n")),
        "{}",
        checked.out
    );
    let refused = sandbox.run(&["merge", "stale", "parts"]).failed();
    assert_eq!(
        refused,
        format!("error: {foreign} is of another run than parts/child/00001-of-00003.part: {remedy}\n")
    );
    // where both have many, nobody says which
    other_run(&sandbox, "0..3", "stale");
    let refused = sandbox.run(&["merge", "stale", "parts"]).failed();
    assert!(
        refused.ends_with("; both runs have many blocks here: move one of them to another folder\n"),
        "{refused}"
    );
}

/// A process that was faster removes the checkpoints of both, at any moment.
#[test]
fn checkpoints_that_go_while_a_part_is_simulated_do_not_stop_it() {
    use std::sync::atomic::{AtomicBool, Ordering};
    let sandbox = sandbox();
    let is_done = AtomicBool::new(false);
    let checkpoint = |step: u64| format!("parts/child/.00001-of-00001.part.checkpoint-{step:02}");
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let paths: Vec<_> = (0..16).map(|step| sandbox.path(&checkpoint(step))).collect();
            while !is_done.load(Ordering::Relaxed) {
                for path in &paths {
                    let _ = fs::remove_file(path);
                }
            }
        });
        for attempt in 0..8 {
            let run = ["run", "child.toml", "--paths", "4096", "--part", "1/1"];
            let ran = sandbox.run(&run);
            let removed = fs::remove_file(sandbox.path("parts/child/00001-of-00001.part"));
            if ran.code != Some(0) || removed.is_err() {
                is_done.store(true, Ordering::Relaxed);
                panic!("attempt {attempt}: {}", ran.err);
            }
        }
        is_done.store(true, Ordering::Relaxed);
    });
}

#[test]
fn checkpoints_of_an_attempt_that_was_killed_at_the_very_end_go() {
    let sandbox = in_three();
    let left = "parts/child/.00002-of-00003.part.checkpoint-03";
    let of_other = "parts/child/.00001-of-00003.part.checkpoint-03";
    for name in [left, of_other] {
        sandbox.write(name, "left");
    }
    let said = sandbox.run(&SECOND).done();
    assert_eq!(said, format!("{SECOND_FILE} was there already  blocks 2..4  512 paths\n"));
    assert!(!sandbox.path(left).exists() && sandbox.path(of_other).exists());
}

#[test]
fn folders_of_two_kinds_are_refused() {
    let sandbox = in_three();
    let asked = ["sensitivity", "one.toml", "--paths", "64", "--shard", "1/1"];
    sandbox.run(&[&asked[..], &["--out", "shards"]].concat()).exits(0);
    sandbox.run(&["batch", "one.toml", "--shard", "1/1", "--out", "batches/1"]).exits(0);
    let kinds = [
        ("parts", "parts of a run (parts/child/00001-of-00003.part)"),
        ("shards", "shards of a study (shards/sensitivity-one/00001-of-00001.shard)"),
        ("batches", "shards of a batch (batches/1)"),
    ];
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        let [one, other] = [one, other].map(|kind: usize| kinds[kind]);
        let refused = sandbox.run(&["merge", other.0, one.0]).failed();
        assert_eq!(
            refused,
            format!("error: these folders hold {} and {}; write folders of one kind\n", one.1, other.1)
        );
    }
    assert!(!sandbox.path("output").exists());
}

#[test]
fn shards_of_a_batch_are_found_in_the_folder_that_holds_theirs() {
    let sandbox = Sandbox::new();
    for name in ["a", "b", "c"] {
        sandbox.write(&format!("suite/{name}.toml"), ONE);
    }
    for number in ["1", "2"] {
        let (shard, out) = (format!("{number}/2"), format!("shards/{number}"));
        sandbox.run(&["batch", "suite", "--shard", &shard, "--out", &out]).exits(0);
    }
    sandbox.run(&["merge", "shards/1", "shards/2", "--out", "named"]).exits(0);
    sandbox.run(&["merge", "shards", "--out", "found"]).exits(0);
    for name in ["results.jsonl", "summary.md", "reports/suite/a/report.json"] {
        let [one, other] =
            ["named", "found"].map(|folder| fs::read(sandbox.path(&format!("{folder}/{name}"))));
        assert!(one.is_err() == other.is_err() && one.ok() == other.ok(), "{name}");
    }
    let refused = sandbox.run(&["merge", "shards", "--check"]).failed();
    assert_eq!(
        refused,
        "error: --check applies to parts of a run, but the folders hold shards; leave it out: `merge` lists missing shards\n"
    );
}

#[test]
fn a_prefix_ends_before_a_damaged_part() {
    let sandbox = in_three();
    let third = "parts/child/00003-of-00003.part";
    let whole = fs::read(sandbox.path(third)).expect("a file");
    sandbox.write(third, &whole[..whole.len() - 1]);
    let merged = sandbox.run(&["merge", "parts", "--prefix"]).exits(0);
    assert!(
        merged.err.starts_with(&format!("note: {third}: it is cut off: it has "))
            && merged.err.ends_with("; its blocks count as missing\n"),
        "{}",
        merged.err
    );
    assert!(sandbox.read("output/child/report.json").contains("\"paths\": 1024"), "the first two parts");
    // nothing is before the gap
    for part in ["1", "2"] {
        sandbox.write(&format!("parts/child/0000{part}-of-00003.part"), "");
    }
    sandbox.run(&["merge", "parts", "--prefix"]).failed().has(": it is empty; delete it");
}

#[test]
fn messages_say_what_to_do_and_count_in_singular() {
    let sandbox = in_three();
    for (name, said) in [
        ("one.toml", "one.toml is not a folder; write its folder: .\n"),
        (SECOND_FILE, "parts/child/00002-of-00003.part is not a folder; write its folder: parts/child\n"),
        (
            "nosuch",
            "cannot read the folder nosuch: there is no such file or folder; write the folder of the parts or shards\n",
        ),
    ] {
        let refused = sandbox.run(&["merge", name]).failed();
        assert_eq!(refused, format!("error: {said}"));
    }
    let run = ["run", "one.toml", "--paths", "1"];
    sandbox.run(&[&run[..], &["--blocks", "0..2"]].concat()).failed().has("which has 1 block of 256 paths");
    let ran = sandbox.run(&[&run[..], &["--blocks", "0..1"]].concat());
    assert!(ran.out.ends_with("  blocks 0..1  1 path\n"), "{}", ran.out);
    assert!(ran.err.contains(" of 1, 1 path, about "), "{}", ran.err);
}

#[test]
#[cfg(unix)]
fn a_part_for_which_there_is_no_room_is_refused_with_what_to_do() {
    let sandbox = sandbox();
    let small = "ulimit -f 4; exec \"$0\" run child.toml --paths 4096 --part 1/1";
    let program = crate::cli::sandbox::program().to_str().expect("text");
    let mut command = std::process::Command::new("bash");
    let ended = command.current_dir(sandbox.path("")).args(["-c", small, program]).output();
    let ended = ended.expect("there is a shell");
    let said = String::from_utf8_lossy(&ended.stderr);
    assert_eq!(ended.status.code(), Some(2), "{said}");
    assert!(
        said.contains("cannot write parts/child/.00001-of-00001.part.checkpoint-00: it is larger than the file size limit")
            && said.ends_with("; free disk space, or choose another folder with --out\n"),
        "{said}"
    );
}

#[test]
#[cfg(unix)]
fn names_of_scenarios_command_no_terminal() {
    let sandbox = Sandbox::new();
    sandbox.write("a\u{1b}[31m.toml", ONE);
    sandbox.run(&["run", "a\u{1b}[31m.toml", "--part", "1/2"]).exits(0);
    let checked = sandbox.run(&["merge", "parts", "--check"]).exits(1);
    assert!(!checked.out.contains('\u{1b}'), "{:?}", checked.out);
}
