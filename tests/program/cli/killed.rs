//! A batch that is killed at any moment leaves whole files, and what was done is not done again.
#![cfg(unix)] // elsewhere nothing can be killed without a word

use crate::cli::sandbox::{ONE, Sandbox, Text};
use std::fs;
use std::process::Child;
use std::thread;
use std::time::Instant;

/// How often it is killed, unless the environment says another number.
const TIMES: usize = 30;
const SCENARIOS: usize = 8;

fn sandbox() -> Sandbox {
    let sandbox = Sandbox::new();
    for number in 0..SCENARIOS {
        let text = ONE.replace("seed  = 1", &format!("seed = {number}"));
        sandbox.write(&format!("suite/case-{number}.toml"), text.replace("paths = 512", "paths = 3_000"));
    }
    sandbox
}

fn start(sandbox: &Sandbox) -> Child {
    let [said, printed] =
        ["said", "printed"].map(|name| fs::File::create(sandbox.path(name)).expect("a file"));
    let mut command = sandbox.process("batch suite --out out");
    command.stdout(printed).stderr(said).spawn().expect("the program starts")
}

/// Results that are kept, and temporary files among them.
fn kept(sandbox: &Sandbox) -> (usize, usize) {
    let files = sandbox.files();
    let names = files.iter().filter(|name| name.starts_with("out/.tailwheel-cache/"));
    let with = |ending: &str| names.clone().filter(|name| name.ends_with(ending)).count();
    (with(".result"), with(".tmp"))
}

#[test]
fn a_batch_that_is_killed_again_and_again_loses_only_what_was_in_flight() {
    let times = std::env::var("TAILWHEEL_TEST_KILLS");
    let times = times.map_or(TIMES, |times| times.parse().expect("a number"));
    let sandbox = sandbox();
    let begun = Instant::now();
    assert!(start(&sandbox).wait().expect("it ends").success());
    let mut takes = begun.elapsed();
    let whole = sandbox.contents("out");
    assert!(whole.len() > SCENARIOS);
    sandbox.remove("out");
    let assert_whole = || {
        assert!(sandbox.contents("out") == whole, "something is left or missing");
        assert_eq!(kept(&sandbox), (SCENARIOS, 0));
    };
    let (mut n_killed, mut n_kept) = (0, 0);
    while n_killed < times {
        let mut child = start(&sandbox);
        // every moment of a run comes, in an order that is no order
        thread::sleep(takes.mul_f64((n_killed as f64 * 0.618).fract()));
        let ended = child.try_wait().expect("a child");
        if ended.is_none() {
            child.kill().expect("a child");
            child.wait().expect("a child");
            n_killed += 1;
        }
        for (name, bytes) in sandbox.contents("out") {
            // one that has not its name yet may be cut off
            let is_temporary = name.ends_with(".tmp");
            assert!(is_temporary || whole[&name] == bytes, "{name} is not whole");
        }
        let said = sandbox.read("said");
        let is_progress = |line: &str| line.ends_with(": no gate");
        assert!(said.lines().all(is_progress), "an entry was damaged: {said}");
        let (now_kept, _) = kept(&sandbox);
        assert!(now_kept >= n_kept, "{n_kept} results were kept before, {now_kept} now");
        n_kept = now_kept;
        if let Some(ended) = ended {
            assert!(ended.success());
            assert_whole();
            // it took longer under a load that is gone
            takes = takes.mul_f64(0.9);
        }
        if n_kept == SCENARIOS {
            // nothing would be left to do
            sandbox.remove("out");
            n_kept = 0;
        }
    }
    let before = kept(&sandbox).0;
    assert!(start(&sandbox).wait().expect("it ends").success());
    assert_whole();
    if before > 0 {
        sandbox.read("printed").has(format!("{before} from cache"));
    }
}
