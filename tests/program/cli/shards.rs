//! Studies on several machines: shards in any order merge to what one machine would have written and printed.

use crate::cli::sandbox::{ONE, Ran, Sandbox, TWO, Text};
use std::collections::BTreeMap;
use std::fs;

/// Few values that move, with a base in another file.
const EXTENDED: &str =
    "extends = \"one.toml\"\ntitle = \"Extended\"\n[owner]\ncash = 5_000\nspending = \"100/month\"\n";

/// Enough of them for an interim analysis.
fn many() -> String {
    TWO.replace("Two markets", "Three assets").replace("3 years", "1 year").replace("seed  = 5", "seed  = 3")
        + "\n[[asset]]\nname  = \"house\"\nclass = \"tokenized-real-estate\"\nvalue = 20_000\n"
        + "\n[owner]\ncash     = 9_000\nspending = \"900/month\"\n"
}

const VARIANTS: &str = include_str!("files/variants.toml");

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::with_one();
    sandbox.write("extended.toml", EXTENDED);
    sandbox.write("many.toml", many());
    sandbox.write("variants.toml", VARIANTS);
    let new = many().replace("value = 20_000", "value = 45_000");
    let new = new.replace("spending = \"900/month\"", "spending = \"100/month\"");
    sandbox.write(
        "new.toml",
        new.replace(
            "class = \"micro-saas-fleet\"\nvalue = 50_000",
            "class = \"micro-saas-fleet\"\nvalue = 10_000",
        ),
    );
    sandbox
}

/// Every file below `folder` with its bytes.
fn contents(sandbox: &Sandbox, folder: &str) -> BTreeMap<String, Vec<u8>> {
    let begins = format!("{folder}/");
    let files = sandbox.files();
    let below = files.iter().filter_map(|name| name.strip_prefix(&begins));
    let bytes = below.filter(|name| !name.is_empty() && !name.ends_with('/')).map(|name| {
        let bytes = fs::read(sandbox.path(&format!("{begins}{name}"))).expect("a file");
        (name.to_owned(), bytes)
    });
    bytes.collect()
}

/// Shards of a study, the last one first.
#[track_caller]
fn shards(sandbox: &Sandbox, asked: &[&str], n: u32, out: &str) {
    for number in (1..=n).rev() {
        let shard = format!("{number}/{n}");
        sandbox.run(&[asked, &["--shard", &shard, "--out", out]].concat()).exits(0);
    }
}

/// That `n` shards of what is `asked` merge to the bytes of the command without shards, files and screen.
#[track_caller]
fn is_merged(asked: &[&str], n: u32) -> Ran {
    let sandbox = sandbox();
    let whole = sandbox.run(&[asked, &["--out", "output"]].concat()).exits(0);
    let written = contents(&sandbox, "output");
    assert!(!written.is_empty());
    fs::rename(sandbox.path("output"), sandbox.path("whole")).expect("it is there");
    shards(&sandbox, asked, n, "shards");
    assert!(!sandbox.path("output").exists());
    // the user's files are not needed
    for name in ["one.toml", "extended.toml", "many.toml", "variants.toml", "new.toml"] {
        fs::remove_file(sandbox.path(name)).expect("it is there");
    }
    let merged = sandbox.run(&["merge", "shards", "--out", "output"]).exits(0);
    assert_eq!(merged.out, whole.out, "{n} shards");
    assert!(contents(&sandbox, "output") == written, "{n} shards");
    merged
}

#[test]
fn shards_of_a_sensitivity_merge_to_the_bytes_of_the_whole() {
    for n in [1, 2, 5] {
        is_merged(&["sensitivity", "extended.toml", "--paths", "300"], n);
    }
}

#[test]
fn shards_of_a_sensitivity_with_an_interim_analysis_merge_to_the_bytes_of_the_whole() {
    for n in [2, 5, 16] {
        let merged = is_merged(&["sensitivity", "many.toml"], n);
        assert!(merged.out.contains("1,024 paths"), "{}", merged.out);
    }
}

#[test]
fn shards_of_a_comparison_merge_to_the_bytes_of_the_whole() {
    for n in [1, 2, 5] {
        is_merged(&["compare", "many.toml", "new.toml", "--paths", "700"], n);
    }
    for (more, n) in [(&[][..], 2), (&["--why", "ruin.probability"], 5), (&["--base", "less"], 3)] {
        is_merged(&[&["compare", "variants.toml", "--paths", "300"], more].concat(), n);
    }
}

#[test]
fn shards_of_one_path_or_of_equal_scenarios_merge_to_the_bytes_of_the_whole() {
    is_merged(&["compare", "many.toml", "new.toml", "--paths", "1"], 2);
    is_merged(&["sensitivity", "one.toml", "--paths", "1"], 2);
    is_merged(&["compare", "one.toml", "extended.toml", "--no-why", "--set", "owner.cash=7000"], 3);
}

#[test]
fn what_is_printed_and_judged_is_asked_of_the_merge() {
    let sandbox = sandbox();
    let asked = ["compare", "many.toml", "new.toml", "--paths", "2000"];
    let whole = |more: &[&str]| sandbox.run(&[&asked[..], more].concat());
    shards(&sandbox, &asked, 2, "shards");
    let merged = |more: &[&str]| sandbox.run(&[&["merge", "shards"], more].concat());
    for more in [
        &["--format", "json", "--no-charts"][..],
        &["--format", "markdown", "--dark"],
        &["--fail-on", "different"],
    ] {
        let (whole, merged) = (whole(more), merged(more));
        assert_eq!((whole.code, whole.out), (merged.code, merged.out), "{more:?}");
    }
    merged(&["--fail-on", "any"]).exits(1);
    for (more, said) in [
        (&["--annotate", "auto"][..], "--annotate applies to a batch"),
        (&["--fail-on", "worse", "--format", "yaml"], "yaml"),
    ] {
        merged(more).failed().has(said);
    }
    for option in [&["--fail-on", "any"][..], &["--format", "json"], &["--no-charts"]] {
        sandbox.run(&[&asked[..], &["--shard", "1/2"], option].concat()).failed().has("cannot be used with");
    }
}

#[test]
fn a_shard_that_is_there_is_not_simulated_again_and_one_of_another_question_stays() {
    let sandbox = sandbox();
    let asked = ["sensitivity", "one.toml", "--shard", "1/2"];
    let with = |more: &[&str]| sandbox.run(&[&asked[..], more].concat());
    let first = with(&[]).exits(0);
    let path = "shards/sensitivity-one/00001-of-00002.shard";
    let told = format!("{path}\nresult of all 2: tailwheel merge shards/sensitivity-one\n");
    assert_eq!(first.out, told);
    let bytes = sandbox.read(path);
    let again = with(&["--threads", "1"]).done();
    assert_eq!(
        again,
        format!("{path} is there already and answers the same question; nothing was simulated\n")
    );
    with(&["--seed", "9"]).failed().has("answers another question: the options differ (none; --seed 9)");
    sandbox.write("one.toml", ONE.replace("50_000", "60_000"));
    with(&[]).failed().has("line 13 of one.toml differs; remove it");
    assert_eq!(sandbox.read(path), bytes);
    // what is not whole is made anew
    sandbox.write("one.toml", ONE);
    sandbox.write(path, &bytes[..bytes.len() / 2]);
    with(&[]).exits(0).says("it is simulated again");
    assert_eq!(sandbox.read(path), bytes, "the same bytes");
}

#[test]
fn missing_repeated_and_foreign_shards_are_refused_with_what_to_do() {
    let sandbox = sandbox();
    let asked = ["sensitivity", "one.toml"];
    shards(&sandbox, &asked, 3, "shards");
    let folder = "shards/sensitivity-one";
    let file = |number: u32| format!("{folder}/0000{number}-of-00003.shard");
    let merge = || sandbox.run(&["merge", "shards", "--out", "out"]).failed();
    let second = sandbox.read(&file(2));
    fs::remove_file(sandbox.path(&file(2))).expect("it is there");
    let err = merge();
    assert!(err.contains("1 of 3 shards are missing in shards/sensitivity-one"), "{err}");
    assert!(err.contains("\n  tailwheel sensitivity one.toml --shard 2/3"), "{err}");
    // twice, under another name
    sandbox.write(&file(2), &second);
    sandbox.write("shards/z/x.shard", &second);
    let err = merge();
    assert!(err.contains("are both shard 2/3; delete one of them"), "{err}");
    assert!(err.contains("z/x.shard"), "{err}");
    // of another question, and cut into another number
    for (more, said) in [
        (&["--shard", "2/3", "--seed", "8"][..], "the options differ (none; --seed 8)"),
        (&["--shard", "2/2"], "one has 3 shards, the other has 2"),
    ] {
        fs::remove_dir_all(sandbox.path("shards/z")).expect("it is there");
        sandbox.run(&[&asked[..], more, &["--out", "shards/z"]].concat()).exits(0);
        let name = sandbox
            .files()
            .into_iter()
            .find(|name| name.starts_with("shards/z/") && name.ends_with(".shard"));
        let foreign = sandbox.read(&name.expect("a shard"));
        sandbox.write("shards/z/x.shard", foreign);
        let err = merge();
        assert!(err.contains("are from different studies") && err.contains(said), "{err}");
    }
    // nothing at all
    sandbox.run(&["merge", "."]).failed().has("there is nothing to merge in .");
    sandbox.run(&["merge", "nowhere"]).failed().has("cannot read the folder nowhere");
    assert!(!sandbox.path("out").exists(), "nothing is written");
}

#[test]
fn damaged_shards_are_refused_wherever_the_damage_is() {
    let sandbox = sandbox();
    shards(&sandbox, &["compare", "one.toml", "extended.toml", "--paths", "64"], 2, "shards");
    let folder = "shards/compare-one-extended";
    let path = format!("{folder}/00002-of-00002.shard");
    let whole = fs::read(sandbox.path(&path)).expect("it is there");
    let refused = |bytes: &[u8]| {
        sandbox.write(&path, bytes);
        sandbox.run(&["merge", folder, "--out", "out"]).failed().has(&path)
    };
    let step = whole.len() / 23;
    for at in (0..whole.len()).step_by(step) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        let err = refused(&changed);
        assert!(err.contains("delete it and repeat the command"), "byte {at}: {err}");
        let err = refused(&whole[..at]);
        assert!(err.contains("delete it and repeat the command"), "{at} bytes: {err}");
    }
    for more in ["\n", "x", "{\"found\":1}\n"] {
        refused(&[&whole[..], more.as_bytes()].concat());
    }
    // of another program, which no checksum shows
    sandbox.write(&path, &whole);
    sandbox.run(&["merge", folder, "--out", "out"]).exits(0);
    #[cfg(unix)]
    {
        fs::remove_dir_all(sandbox.path("out")).expect("it is there");
        fs::rename(sandbox.path(&path), sandbox.path("elsewhere")).expect("it is there");
        std::os::unix::fs::symlink(sandbox.path("elsewhere"), sandbox.path(&path)).expect("a link");
        sandbox
            .run(&["merge", folder, "--out", "out"])
            .failed()
            .has("it is a link; merge reads regular files only");
        let asked = ["compare", "one.toml", "extended.toml", "--paths", "64", "--shard", "2/2"];
        sandbox.run(&[&asked[..], &["--out", "shards"]].concat()).failed().has("it is a link; remove it");
    }
    assert!(!sandbox.path("out").exists(), "nothing is written");
}

#[test]
fn what_cannot_be_divided_is_refused_with_what_to_type() {
    let sandbox = Sandbox::with_one();
    let asked = ["solve", "one.toml", "asset.saas.value", "--measure", "loss.probability"];
    let between = ["--target", "0.5", "--from", "1", "--to", "9", "--shard", "1/3"];
    sandbox
        .run(&[&asked[..], &between[..]].concat())
        .failed()
        .has("`solve` is sequential")
        .has("leave --shard out");
    sandbox
        .run(&["sensitivity", "one.toml", "--shard", "0/3"])
        .failed()
        .has("write I/N with 1 <= I <= N <= 1000, as in 2/3");
    assert_eq!(sandbox.files().len(), 1);
}

#[test]
fn a_shard_that_was_simulated_exits_with_0_whatever_its_gates_say() {
    let sandbox = Sandbox::new();
    let gate = "[[expect]]\nid = \"no-loss\"\nmeasure = \"loss.probability\"\nbelow = 0.000001\n";
    for name in ["a", "b", "c"] {
        sandbox.write(&format!("suite/{name}.toml"), format!("{ONE}{gate}"));
    }
    sandbox.run(&["batch", "suite", "--out", "whole"]).exits(1);
    let folders = ["shards/1", "shards/2"];
    for (number, folder) in [("1/2", folders[0]), ("2/2", folders[1])] {
        let ran = sandbox.run(&["batch", "suite", "--shard", number, "--out", folder]).exits(0);
        assert!(ran.out.ends_with("exit 0\n"), "{}", ran.out);
    }
    sandbox.run(&["merge", folders[1], folders[0], "--out", "merged"]).exits(1);
    // what could not be read has no result to judge
    sandbox.write("suite/d.toml", "start = 1\n");
    let codes =
        ["1/2", "2/2"].map(|shard| sandbox.run(&["batch", "suite", "--shard", shard, "--out", "other"]).code);
    assert!(codes.contains(&Some(2)) && codes.contains(&Some(0)), "{codes:?}");
}

#[test]
fn a_batch_is_shared_out_by_what_its_scenarios_cost() {
    let sandbox = Sandbox::new();
    // one costs as much as twenty of the others
    for number in 0..40 {
        sandbox.write(&format!("suite/s{number:02}.toml"), ONE);
    }
    sandbox.write("suite/s17.toml", ONE.replace("paths = 512", "paths = 10_240"));
    let mut seen = Vec::new();
    for shard in ["1/3", "2/3", "3/3"] {
        let listed = sandbox.run(&["batch", "suite", "--list", "--shard", shard]).done();
        let ids: Vec<String> = listed.lines().map(str::to_owned).collect();
        let cost: usize = ids.iter().map(|id| if id == "s17" { 20 } else { 1 }).sum();
        // 59 in all
        assert!((19..=20).contains(&cost), "{shard}: {ids:?}");
        seen.extend(ids);
    }
    seen.sort();
    assert!(seen.into_iter().eq((0..40).map(|number| format!("s{number:02}"))));
}
