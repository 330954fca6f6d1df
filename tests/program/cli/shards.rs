//! Studies on several machines: shards in any order merge to what one machine would have written and printed.

use crate::cli::sandbox::{ONE, Ran, Sandbox, TWO, Text};

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

const FILES: [&str; 5] = ["one.toml", "extended.toml", "many.toml", "variants.toml", "new.toml"];

fn sandbox() -> Sandbox {
    let fleet = |value: &str| format!("class = \"micro-saas-fleet\"\nvalue = {value}");
    let new = many()
        .replace("value = 20_000", "value = 45_000")
        .replace("spending = \"900/month\"", "spending = \"100/month\"")
        .replace(&fleet("50_000"), &fleet("10_000"));
    let sandbox = Sandbox::new();
    for (name, text) in FILES.into_iter().zip([ONE, EXTENDED, &many(), VARIANTS, &new]) {
        sandbox.write(name, text);
    }
    sandbox
}

/// Shards of a study, the last one first.
#[track_caller]
fn shards(sandbox: &Sandbox, asked: &str, n: u32, out: &str) {
    for number in (1..=n).rev() {
        sandbox.run(&format!("{asked} --shard {number}/{n} --out {out}")).exits(0);
    }
}

/// That `n` shards of what is `asked` merge to the bytes of the command without shards, files and screen.
#[track_caller]
fn is_merged(asked: &str, n: u32) -> Ran {
    let sandbox = sandbox();
    let whole = sandbox.run(&format!("{asked} --out output")).exits(0);
    let written = sandbox.contents("output");
    assert!(!written.is_empty());
    sandbox.rename("output", "whole");
    shards(&sandbox, asked, n, "shards");
    assert!(!sandbox.has("output"));
    // the user's files are not needed
    FILES.iter().for_each(|name| sandbox.remove(name));
    let merged = sandbox.run("merge shards --out output").exits(0);
    assert_eq!(merged.out, whole.out, "{n} shards");
    assert!(sandbox.contents("output") == written, "{n} shards");
    merged
}

#[test]
fn shards_of_a_sensitivity_merge_to_the_bytes_of_the_whole() {
    for n in [1, 2, 5] {
        is_merged("sensitivity extended.toml --paths 300", n);
    }
    is_merged("sensitivity one.toml --paths 1", 2);
    // with an interim analysis
    for n in [2, 5, 16] {
        is_merged("sensitivity many.toml", n).prints("1,024 paths");
    }
}

#[test]
fn shards_of_a_comparison_merge_to_the_bytes_of_the_whole() {
    for (asked, n) in [
        ("many.toml new.toml --paths 700", 1),
        ("many.toml new.toml --paths 700", 2),
        ("many.toml new.toml --paths 700", 5),
        ("many.toml new.toml --paths 1", 2),
        ("variants.toml --paths 300", 2),
        ("variants.toml --paths 300 --why ruin.probability", 5),
        ("variants.toml --paths 300 --base less", 3),
        // equal scenarios
        ("one.toml extended.toml --no-why --set owner.cash=7000", 3),
    ] {
        is_merged(&format!("compare {asked}"), n);
    }
}

#[test]
fn what_is_printed_and_judged_is_asked_of_the_merge() {
    let sandbox = sandbox();
    let asked = "compare many.toml new.toml --paths 2000";
    shards(&sandbox, asked, 2, "shards");
    let merged = |more: &str| sandbox.run(&format!("merge shards {more}"));
    for more in ["--format json --no-charts", "--format markdown --dark", "--fail-on different"] {
        let (whole, merged) = (sandbox.run(&format!("{asked} {more}")), merged(more));
        assert_eq!((whole.code, whole.out), (merged.code, merged.out), "{more}");
    }
    merged("--fail-on any").exits(1);
    merged("--annotate auto").failed().has("--annotate applies to a batch");
    merged("--fail-on worse --format yaml").failed().has("yaml");
    for option in ["--fail-on any", "--format json", "--no-charts"] {
        sandbox.run(&format!("{asked} --shard 1/2 {option}")).failed().has("cannot be used with");
    }
}

#[test]
fn a_shard_that_is_there_is_not_simulated_again_and_one_of_another_question_stays() {
    let sandbox = sandbox();
    let with = |more: &str| sandbox.run(&format!("sensitivity one.toml --shard 1/2{more}"));
    let path = "shards/sensitivity-one/00001-of-00002.shard";
    let told = format!("{path}\nresult of all 2: tailwheel merge shards/sensitivity-one\n");
    assert_eq!(with("").exits(0).out, told);
    let bytes = sandbox.read(path);
    let told = format!("{path} is there already and answers the same question; nothing was simulated\n");
    assert_eq!(with(" --threads 1").done(), told);
    with(" --seed 9").failed().has("answers another question: the options differ (none; --seed 9)");
    sandbox.write("one.toml", ONE.replace("50_000", "60_000"));
    with("").failed().has("line 13 of one.toml differs; remove it");
    assert_eq!(sandbox.read(path), bytes);
    // what is not whole is made anew
    sandbox.write("one.toml", ONE);
    sandbox.write(path, &bytes[..bytes.len() / 2]);
    with("").exits(0).says("it is simulated again");
    assert_eq!(sandbox.read(path), bytes, "the same bytes");
}

#[test]
fn missing_repeated_and_foreign_shards_are_refused_with_what_to_do() {
    let sandbox = sandbox();
    let asked = "sensitivity one.toml";
    shards(&sandbox, asked, 3, "shards");
    let second = "shards/sensitivity-one/00002-of-00003.shard";
    let merge = || sandbox.run("merge shards --out out").failed();
    let bytes = sandbox.read(second);
    sandbox.remove(second);
    merge()
        .has("1 of 3 shards are missing in shards/sensitivity-one")
        .has("\n  tailwheel sensitivity one.toml --shard 2/3");
    // twice, under another name
    sandbox.write(second, &bytes);
    sandbox.write("shards/z/x.shard", &bytes);
    merge().has("are both shard 2/3; delete one of them").has("z/x.shard");
    // of another question, and cut into another number
    for (more, said) in [
        ("--shard 2/3 --seed 8", "the options differ (none; --seed 8)"),
        ("--shard 2/2", "one has 3 shards, the other has 2"),
    ] {
        sandbox.remove("shards/z");
        sandbox.run(&format!("{asked} {more} --out shards/z")).exits(0);
        let foreign = sandbox.contents("shards/z").into_iter().find(|(name, _)| name.ends_with(".shard"));
        sandbox.write("shards/z/x.shard", foreign.expect("a shard").1);
        merge().has("are from different studies").has(said);
    }
    // nothing at all
    sandbox.run("merge .").failed().has("there is nothing to merge in .");
    sandbox.run("merge nowhere").failed().has("cannot read the folder nowhere");
    assert!(!sandbox.has("out"), "nothing is written");
}

#[test]
fn damaged_shards_are_refused_wherever_the_damage_is() {
    let sandbox = sandbox();
    let asked = "compare one.toml extended.toml --paths 64";
    shards(&sandbox, asked, 2, "shards");
    let merge = "merge shards/compare-one-extended --out out";
    let path = "shards/compare-one-extended/00002-of-00002.shard";
    let whole = sandbox.bytes(path);
    let refused = |bytes: &[u8]| {
        sandbox.write(path, bytes);
        sandbox.run(merge).failed().has(path)
    };
    for at in (0..whole.len()).step_by(whole.len() / 23) {
        let mut changed = whole.clone();
        changed[at] ^= 1;
        refused(&changed).has("delete it and repeat the command");
        refused(&whole[..at]).has("delete it and repeat the command");
    }
    for more in ["\n", "x", "{\"found\":1}\n"] {
        refused(&[&whole[..], more.as_bytes()].concat());
    }
    sandbox.write(path, &whole);
    sandbox.run(merge).exits(0);
    sandbox.remove("out");
    #[cfg(unix)]
    {
        sandbox.rename(path, "elsewhere");
        sandbox.link("../../elsewhere", path);
        sandbox.run(merge).failed().has("it is a link; merge reads regular files only");
        let again = format!("{asked} --shard 2/2 --out shards");
        sandbox.run(&again).failed().has("it is a link; remove it");
    }
    assert!(!sandbox.has("out"), "nothing is written");
}

#[test]
fn what_cannot_be_divided_is_refused_with_what_to_type() {
    let sandbox = Sandbox::with_one();
    let asked = "solve one.toml asset.saas.value --measure loss.probability --target 0.5 --from 1 --to 9";
    let said = sandbox.run(&format!("{asked} --shard 1/3")).failed();
    said.has("`solve` is sequential").has("leave --shard out");
    let said = sandbox.run("sensitivity one.toml --shard 0/3").failed();
    said.has("write I/N with 1 <= I <= N <= 1000, as in 2/3");
    assert_eq!(sandbox.files().len(), 1);
}

#[test]
fn a_shard_that_was_simulated_exits_with_0_whatever_its_gates_say() {
    let sandbox = Sandbox::new();
    let gate = "[[expect]]\nid = \"no-loss\"\nmeasure = \"loss.probability\"\nbelow = 0.000001\n";
    for name in ["a", "b", "c"] {
        sandbox.write(&format!("suite/{name}.toml"), format!("{ONE}{gate}"));
    }
    sandbox.run("batch suite --out whole").exits(1);
    for number in [1, 2] {
        let shard = format!("batch suite --shard {number}/2 --out shards/{number}");
        sandbox.run(&shard).exits(0).out.ends("exit 0\n");
    }
    sandbox.run("merge shards/2 shards/1 --out merged").exits(1);
    // what could not be read has no result to judge
    sandbox.write("suite/d.toml", "start = 1\n");
    let codes = [1, 2].map(|number| sandbox.run(&format!("batch suite --shard {number}/2 --out other")).code);
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
    for shard in 1..=3 {
        let listed = sandbox.run(&format!("batch suite --list --shard {shard}/3")).done();
        let cost: usize = listed.lines().map(|id| if id == "s17" { 20 } else { 1 }).sum();
        // 59 in all
        assert!((19..=20).contains(&cost), "{shard}: {listed}");
        seen.extend(listed.lines().map(str::to_owned));
    }
    seen.sort();
    assert!(seen.into_iter().eq((0..40).map(|number| format!("s{number:02}"))));
}
