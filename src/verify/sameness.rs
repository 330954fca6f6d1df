//! One scenario on one thread and on many, at every level of vector instructions, and as it was when it was released.
//!
//! In: a scenario in which nearly everything happens. Out: checks of whole runs, bit by bit. Not here: other processors,
//! which tests emulate.

use super::check::Check;
use crate::engine::{Control, Outcome, VALUE_VERSION};
use crate::stage::Level;
use crate::{Scenario, simulate};

/// Threads that are compared with one.
const THREADS: [usize; 2] = [2, 5];
const SUBJECT: &str = "same bits";

/// A portfolio with agents, loss events, an owner who lives on it, taxes and ranges.
const SCENARIO: &str = include_str!("sameness.toml");

/// First 32 bits of the digest of all columns of [`SCENARIO`], of this results version.
const RELEASED: u64 = 37_657_129;

/// Digest of every number of every path.
fn digest(outcome: &Outcome) -> u64 {
    let mut hash = blake3::Hasher::new();
    for column in &outcome.columns {
        hash.update(format!("{:?}", column.id).as_bytes());
        for value in column.values.all().iter() {
            hash.update(&value.to_bits().to_le_bytes());
        }
    }
    let bytes = hash.finalize();
    // as few as a figure has digits for
    bytes.as_bytes()[..4]
        .iter()
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Runs the scenario on so many threads; `None` if it cannot be run.
fn run(threads: usize, level: Level) -> Option<u64> {
    let scenario: Scenario = SCENARIO.parse().ok()?;
    let control = Control {
        level,
        ..Control::default()
    };
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .ok()?;
    let run = pool.install(|| simulate(&scenario, &control)).ok()?;
    Some(digest(&run.outcome))
}

/// Number of checks.
pub(super) fn count() -> usize {
    1 + THREADS.len() + Level::supported().len()
}

/// Compares every run with that on one thread at `level`.
pub(super) fn check(level: Level, take: &mut dyn FnMut(Check)) {
    let first = run(1, level);
    let figure = format!("results version {VALUE_VERSION}, as released");
    take(same(&figure, Some(RELEASED), first));
    for threads in THREADS {
        let figure = format!("on {threads} threads and on 1");
        take(same(&figure, first, run(threads, level)));
    }
    for other in Level::supported() {
        let figure = format!("vector instructions {} and {}", other.name(), level.name());
        take(same(&figure, first, run(1, other)));
    }
}

fn same(figure: &str, expected: Option<u64>, found: Option<u64>) -> Check {
    let number = |digest: Option<u64>| digest.map_or(f64::NAN, |digest| digest as f64);
    Check::exact(SUBJECT, figure, number(expected), number(found), 1e-18)
}
