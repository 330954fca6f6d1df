//! What `merge` and `run --part` meet beside whole parts: other kinds of files, files that cannot be read, other processes.

use crate::cli::parts::{
    PATHS, RUN, SECOND, SECOND_FILE, assert_merges_as_run, in_three, of_version, piece, sandbox,
};
use crate::cli::sandbox::{ONE, Sandbox, Text};
use std::fs;

/// All parts were verified, and then one is overwritten in place, with the same length.
#[test]
#[cfg(target_os = "linux")]
fn a_part_that_is_overwritten_while_it_is_merged_is_refused() {
    use std::os::unix::fs::FileExt;
    use std::{thread::sleep, time::Duration};
    let sandbox = in_three();
    fs::create_dir_all(sandbox.path("output/child")).expect("a folder");
    // whoever merges waits for these folders once the parts are opened
    let locks = ["output", "output/child"].map(|folder| {
        let lock = fs::File::open(sandbox.path(folder)).expect("a folder");
        lock.lock().expect("nobody else has it");
        lock
    });
    let child = sandbox.process("merge parts --no-charts").spawn().expect("the program starts");
    let n_open = || {
        let open = fs::read_dir(format!("/proc/{}/fd", child.id())).expect("it runs");
        let names = open.filter_map(|entry| fs::read_link(entry.ok()?.path()).ok());
        names.filter(|name| name.extension().is_some_and(|ending| ending == "part")).count()
    };
    let begun = std::time::Instant::now();
    while n_open() < 3 && begun.elapsed().as_secs() < 60 {
        sleep(Duration::from_millis(2));
    }
    sleep(Duration::from_millis(500));
    let file = fs::OpenOptions::new().write(true).open(sandbox.path(SECOND_FILE)).expect("a file");
    let end = file.metadata().expect("a file").len();
    file.write_all_at(&[0; 512], end / 2).expect("room");
    drop(locks);
    let ended = child.wait_with_output().expect("it ends");
    assert_eq!(ended.status.code(), Some(2));
    String::from_utf8_lossy(&ended.stderr).has("can no longer be read: it changed during reading");
    assert!(ended.stdout.is_empty() && !sandbox.has("output/child/report.json"));
}

#[test]
fn what_may_be_a_whole_part_of_another_program_or_run_is_never_replaced() {
    let sandbox = in_three();
    let whole = sandbox.bytes(SECOND_FILE);
    for (from, to, why, of_merge) in [
        (
            "\"format_version\":4",
            "\"format_version\":5",
            ": it has version 5 of the format, and this program reads version 4; delete it, or choose another folder",
            "it has version 5 of the format, and this program reads version 4",
        ),
        (
            "\"value_version\":",
            "\"value_version\":9",
            " is of another run: its results version is 9",
            "it has results version 9",
        ),
    ] {
        let bytes = of_version(&whole, from, to);
        sandbox.write(SECOND_FILE, &bytes);
        sandbox.run(SECOND).failed().starts(format!("error: {SECOND_FILE}{why}"));
        assert!(sandbox.bytes(SECOND_FILE) == bytes);
        let checked = sandbox.run("merge parts --check");
        assert_eq!((checked.code, checked.err.as_str()), (Some(1), ""));
        let refused = sandbox.run("merge parts").failed();
        assert_eq!(refused.lines().count(), 1, "{refused}");
        for said in [refused.starts(format!("error: {SECOND_FILE}: ")).has(of_merge), checked.out] {
            said.has("merge with the program that wrote it, or delete it").lacks("damaged");
        }
    }
    assert!(!sandbox.has("output"));
}

#[test]
#[cfg(unix)]
fn what_cannot_be_read_is_neither_replaced_nor_called_damaged() {
    use std::os::unix::fs::PermissionsExt;
    let sandbox = in_three();
    // the folder of a part may be a link, a part may not
    sandbox.link("parts", "link");
    assert_merges_as_run(&sandbox, "link", PATHS);
    sandbox.rename(SECOND_FILE, "moved.part");
    sandbox.link("../../moved.part", SECOND_FILE);
    let is_link = format!("{SECOND_FILE}: it is a link, which is not followed");
    let checked = sandbox.run("merge parts --check").exits(2);
    assert_eq!(checked.err, "error: 1 part cannot be read, as listed above; correct this and check again\n");
    checked.prints(format!("  unread   {is_link}; replace it with a regular file\n"));
    sandbox.run("merge parts").failed().has(&is_link);
    sandbox.run(SECOND).failed().has("is a link or a special file");
    sandbox.remove(SECOND_FILE);
    sandbox.rename("moved.part", SECOND_FILE);
    let path = sandbox.path(SECOND_FILE);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).expect("it is ours");
    if fs::File::open(&path).is_ok() {
        // whoever may do everything reads it all the same
        return assert_merges_as_run(&sandbox, "parts", PATHS);
    }
    let said = "it is not permitted; try again, or correct its permissions";
    for arguments in [SECOND, "merge parts"] {
        sandbox.run(arguments).failed().starts(format!("error: cannot read {SECOND_FILE}: {said}"));
    }
    sandbox.run("merge parts --check").exits(2).prints(said);
}

#[test]
#[cfg(target_os = "linux")]
fn more_parts_than_blocks_and_than_files_that_may_be_open_are_merged() {
    let sandbox = sandbox();
    for number in 1..=60 {
        piece(&sandbox, &format!("--part {number}/60"));
    }
    let merge = "merge parts --threads 2";
    sandbox.limited("-n 40", &format!("{merge} --check")).done().has("60 whole parts, 6 of 6 blocks");
    sandbox.limited("-n 40", merge).done().has("output/child/");
    assert_merges_as_run(&sandbox, "parts", PATHS);
}

#[test]
fn a_file_that_is_named_twice_counts_once() {
    let sandbox = in_three();
    for folders in ["parts parts/child", "parts parts", "parts/child ./parts/child/"] {
        let checked = sandbox.run(&format!("merge {folders} --check")).done();
        checked.starts("child: 3 whole parts, 6 of 6 blocks\n");
        assert_merges_as_run(&sandbox, folders, PATHS);
    }
    for number in [1, 2] {
        let asked = "sensitivity one.toml --paths 64 --out shards";
        sandbox.run(&format!("{asked} --shard {number}/2")).exits(0);
    }
    for folders in ["shards ./shards", "shards shards/sensitivity-one/"] {
        sandbox.run(&format!("merge {folders}")).exits(0);
    }
}

#[test]
fn the_run_with_the_most_blocks_is_the_one_that_is_meant() {
    let sandbox = in_three();
    // blocks of the child with another title
    let stale = |blocks: &str| {
        sandbox.run(&format!("{RUN} --set title=\"x\" --blocks {blocks} --out stale")).exits(0);
    };
    stale("0..1");
    let foreign = "stale/child/blocks-00000000-00000001.part";
    let remedy = "its title is \"x\", not \"A child\"; delete it, or keep it in another folder";
    let checked = sandbox.run("merge stale parts --check").exits(1).out;
    checked.starts(format!("child: 3 whole parts, 6 of 6 blocks\n  foreign  {foreign}: {remedy}\n"));
    let said = format!("error: {foreign} is of another run than parts/child/00001-of-00003.part: {remedy}\n");
    assert_eq!(sandbox.run("merge stale parts").failed(), said);
    // where both have many, nobody says which
    stale("0..3");
    let refused = sandbox.run("merge stale parts").failed();
    refused.ends("; both runs have many blocks here: move one of them to another folder\n");
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
            let ran = sandbox.run("run child.toml --paths 4096 --part 1/1");
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
fn folders_of_two_kinds_are_refused() {
    let sandbox = in_three();
    sandbox.run("sensitivity one.toml --paths 64 --shard 1/1 --out shards").exits(0);
    sandbox.run("batch one.toml --shard 1/1 --out batches/1").exits(0);
    let kinds = [
        ("parts", "parts of a run (parts/child/00001-of-00003.part)"),
        ("shards", "shards of a study (shards/sensitivity-one/00001-of-00001.shard)"),
        ("batches", "shards of a batch (batches/1)"),
    ];
    for (one, other) in [(0, 1), (0, 2), (1, 2)] {
        let [one, other] = [one, other].map(|kind: usize| kinds[kind]);
        let said =
            format!("error: these folders hold {} and {}; write folders of one kind\n", one.1, other.1);
        assert_eq!(sandbox.run(&["merge", other.0, one.0]).failed(), said);
    }
    assert!(!sandbox.has("output"));
}

#[test]
fn a_prefix_ends_before_a_damaged_part() {
    let sandbox = in_three();
    let third = "parts/child/00003-of-00003.part";
    let whole = sandbox.bytes(third);
    sandbox.write(third, &whole[..whole.len() - 1]);
    let said = sandbox.run("merge parts --prefix").exits(0).err;
    said.starts(format!("note: {third}: it is cut off: it has ")).ends("; its blocks count as missing\n");
    // the first two parts
    sandbox.read("output/child/report.json").has("\"paths\": 1024");
    // nothing is before the gap
    for part in ["1", "2"] {
        sandbox.write(&format!("parts/child/0000{part}-of-00003.part"), "");
    }
    sandbox.run("merge parts --prefix").failed().has(": it is empty; delete it");
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
        assert_eq!(sandbox.run(&["merge", name]).failed(), format!("error: {said}"));
    }
    let run = |blocks: &str| sandbox.run(&format!("run one.toml --paths 1 --blocks {blocks}"));
    run("0..2").failed().has("which has 1 block of 256 paths");
    run("0..1").says(" of 1, 1 path, about ").out.ends("  blocks 0..1  1 path\n");
}

#[test]
#[cfg(unix)]
fn a_part_for_which_there_is_no_room_is_refused_with_what_to_do() {
    let said = sandbox().limited("-f 4", "run child.toml --paths 4096 --part 1/1").exits(2).err;
    let part = "parts/child/.00001-of-00001.part.checkpoint-00";
    said.has(format!("cannot write {part}: it is larger than the file size limit"))
        .ends("; free disk space, or choose another folder with --out\n");
}

#[test]
#[cfg(unix)]
fn names_of_scenarios_command_no_terminal() {
    let name = "a\u{1b}[31m.toml";
    let sandbox = Sandbox::with(name, ONE);
    sandbox.run(&["run", name, "--part", "1/2"]).exits(0);
    sandbox.run("merge parts --check").exits(1).omits("\u{1b}");
}
