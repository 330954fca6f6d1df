//! One scenario on one thread and on many, at every level of vector instructions, and as it was when it was released.
//!
//! In: a scenario in which nearly everything happens. Out: checks of whole runs, bit by bit. Not here: other processors,
//! which tests emulate.

use super::check::Check;
use crate::engine::{Control, Outcome, VALUE_VERSION};
use crate::report::Report;
use crate::scenario::Scenario;
use crate::stage::Level;
use crate::study::simulate;

/// Threads that are compared with one.
const THREADS: [usize; 2] = [2, 5];
const SUBJECT: &str = "same bits";

/// A portfolio with agents, loss events, an owner who lives on it, taxes and ranges.
const SCENARIO: &str = include_str!("sameness.toml");

/// First 32 bits of the digest of all columns of [`SCENARIO`], of this results version.
const RELEASED: u64 = 2_463_136_607;

/// Paths of the run that is compared with the release, and of those on other threads: blocks enough for each thread.
const FEW: u64 = 512;
const MANY: u64 = 2048;

/// Digests of every number of every path, and of these and the report made of them.
fn digests(outcome: &Outcome, report: &Report) -> [u64; 2] {
    let mut hash = blake3::Hasher::new();
    for column in &outcome.columns {
        hash.update(format!("{:?}", column.id).as_bytes());
        for value in column.values.all().iter() {
            hash.update(&value.to_bits().to_le_bytes());
        }
    }
    let columns = first_bits(&hash.finalize());
    hash.update(report.to_json().as_bytes());
    [columns, first_bits(&hash.finalize())]
}

/// As many bits of a digest as a figure has digits for.
fn first_bits(digest: &blake3::Hash) -> u64 {
    let bytes = digest.as_bytes()[..4].iter();
    bytes.fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// A run of the scenario.
#[derive(Clone, Copy)]
struct Way {
    paths: u64,
    threads: usize,
    level: Level,
}

/// Digests of the columns, and of columns and report; `None` if the scenario cannot be run.
fn run(way: Way) -> Option<[u64; 2]> {
    let Way { paths, threads, level } = way;
    let text = format!("{SCENARIO}\n[run]\nseed = 2027\npaths = {paths}\n");
    let scenario: Scenario = text.parse().ok()?;
    let control = Control { level, ..Control::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()?;
    let run = pool.install(|| simulate(&scenario, &control)).ok()?;
    let report = pool.install(|| Report::from(&run));
    Some(digests(&run.outcome, &report))
}

/// Number of checks.
pub(super) fn count() -> usize {
    THREADS.len() + Level::supported().len()
}

/// Compares a run with that of the release, then runs with each other.
pub(super) fn check(level: Level, take: &mut dyn FnMut(Check)) {
    let way = |paths, threads, level| Way { paths, threads, level };
    let first = run(way(FEW, 1, level));
    let figure = format!("results version {VALUE_VERSION}, as released");
    take(same(&figure, Some(RELEASED), first.map(|[columns, _]| columns)));
    let whole = |way| run(way).map(|[_, whole]| whole);
    let on_one = whole(way(MANY, 1, level));
    for threads in THREADS {
        let figure = format!("on {threads} threads and on 1");
        take(same(&figure, on_one, whole(way(MANY, threads, level))));
    }
    let first = first.map(|[_, whole]| whole);
    for other in Level::supported().into_iter().filter(|other| *other != level) {
        let figure = format!("vector instructions {} and {}", other.name(), level.name());
        take(same(&figure, first, whole(way(FEW, 1, other))));
    }
}

fn same(figure: &str, expected: Option<u64>, found: Option<u64>) -> Check {
    let number = |digest: Option<u64>| digest.map_or(f64::NAN, |digest| digest as f64);
    Check::exact(SUBJECT, figure, number(expected), number(found), 1e-18)
}
