//! A file that cannot be read any more, at whatever step of a merge: it is said, and is no fault of the program.

use crate::cli::finish::tests::asked;
use crate::cli::finish::{judged_on, with_paths};
use crate::cli::load::Loaded;
use crate::cli::parts::origin_of;
use crate::engine::{Joined, Opened, RandomAccess};
use crate::stage::Level;
use crate::study::Lab;
use std::io;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

/// A source of bytes whose reads fail if their number lies in a chosen range.
#[derive(Debug)]
struct Failing {
    bytes: Vec<u8>,
    n_reads: AtomicU64,
    fails: Mutex<Range<u64>>,
}

impl Failing {
    /// Restarts the count of reads and makes those with these numbers (from 0) fail.
    fn fail(&self, reads: Range<u64>) {
        self.n_reads.store(0, Ordering::Relaxed);
        *self.fails.lock().expect("one thread") = reads;
    }
}

impl RandomAccess for Failing {
    fn n_bytes(&self) -> io::Result<u64> {
        self.bytes.n_bytes()
    }

    fn read_at(&self, at: u64, into: &mut [u8]) -> io::Result<()> {
        let number = self.n_reads.fetch_add(1, Ordering::Relaxed);
        if self.fails.lock().expect("one thread").contains(&number) {
            return Err(io::Error::other("it is gone"));
        }
        self.bytes.read_at(at, into)
    }
}

/// Merges `source` while its reads numbered `fails` fail, and follows single paths if `follows`. Returns true if a
/// read failure was recorded, and the number of reads.
fn merged(
    lab: &Lab,
    loaded: &Loaded,
    source: &Arc<Failing>,
    fails: Range<u64>,
    follows: bool,
) -> (bool, u64) {
    source.fail(0..0);
    let file = Opened::open(Arc::clone(source) as Arc<dyn RandomAccess>).expect("it is whole");
    source.fail(fails);
    let Ok(joined) = Joined::of(&[file]) else {
        return (true, 1);
    };
    let failure = joined.failure().clone();
    // who computes with such numbers may find them impossible; then the program says the same
    let computed = catch_unwind(AssertUnwindSafe(|| {
        let run = lab.pieces(loaded.scenario()).run(joined);
        let run = lab.exposed(run.expect("finite")).expect("not stopped");
        let report = judged_on(lab, loaded, &run);
        // whatever comes of it is not shown once a read has failed
        if follows && failure.get().is_none() {
            let _ = with_paths(lab, &run, report);
        }
    }));
    assert!(computed.is_ok() || failure.get().is_some());
    (failure.get().is_some(), source.n_reads.load(Ordering::Relaxed))
}

#[test]
fn a_part_that_cannot_be_read_any_more_is_said_whenever_it_happens() {
    let (arguments, loaded) = asked("recipe-oct-2025-bitcoin.toml", "1500");
    // on one thread reads come in one order
    let lab = Lab::new(Level::detect(), 1, Box::leak(Box::default())).expect("a thread");
    let (origin, _) = origin_of(&loaded, &arguments.work.edits);
    let pieces = lab.pieces(loaded.scenario());
    let part = pieces.simulate(0..pieces.n_blocks()).expect("finite");
    let mut bytes = Vec::new();
    part.write(&origin, b"", &mut bytes).expect("memory takes all");
    let source = Arc::new(Failing { bytes, n_reads: AtomicU64::default(), fails: Mutex::default() });
    let merged = |fails: Range<u64>, follows: bool| merged(&lab, &loaded, &source, fails, follows);
    let (is_said, n_judged) = merged(0..0, false);
    assert!(!is_said && n_judged > 100, "{n_judged} reads");
    for from in 0..n_judged {
        for fails in [from..u64::MAX, from..from + 1] {
            let (is_said, _) = merged(fails.clone(), false);
            assert!(is_said, "{fails:?}");
        }
    }
    // then single paths are followed
    let (is_said, n_followed) = merged(0..0, true);
    assert!(!is_said && n_followed > n_judged, "{n_followed} reads");
    for step in 0..12 {
        let from = n_judged + (n_followed - n_judged) * step / 12;
        let (is_said, _) = merged(from..u64::MAX, true);
        assert!(is_said, "{from}");
    }
}
