//! Checks that a scenario gives the same bits on any thread count and SIMD level, and as in the release.
//!
//! In: a scenario that uses nearly every feature. Out: checks of whole runs, bit by bit. Not here: other
//! processors, which tests emulate.

use super::check::Check;
use crate::engine::{Control, Outcome, VALUE_VERSION};
use crate::report::{Report, to_json};
use crate::scenario::Scenario;
use crate::stage::Level;
use crate::study::simulate;

/// Numbers of threads whose results are compared with those of one thread.
const THREADS: [usize; 2] = [2, 5];
const SUBJECT: &str = "same bits";

/// Portfolio with agents, loss events, an owner who spends from it, taxes and ranges.
const SCENARIO: &str = include_str!("sameness.toml");

/// First 32 bits of the digest of all columns of [`SCENARIO`], as released with this results version.
const RELEASED: u64 = 3_050_119_183;

/// Number of paths of the run that is compared with the release.
const FEW: u64 = 512;
/// Number of paths of the runs on several threads: enough blocks for each thread.
const MANY: u64 = 2048;

/// Returns the digest of all numbers of all paths, and the digest of these numbers together with the report,
/// 32 bits each.
fn digests(outcome: &Outcome, report: &Report) -> [u64; 2] {
    let mut hash = blake3::Hasher::new();
    for column in &outcome.columns {
        hash.update(format!("{:?}", column.id).as_bytes());
        for value in column.values.all().iter() {
            hash.update(&value.to_bits().to_le_bytes());
        }
    }
    let columns = first_bits(&hash.finalize());
    hash.update(to_json(&report).as_bytes());
    [columns, first_bits(&hash.finalize())]
}

/// Returns the first 32 bits of a digest, which a figure can hold exactly.
fn first_bits(digest: &blake3::Hash) -> u64 {
    digest.as_bytes()[..4].iter().fold(0, |sum, byte| sum << 8 | u64::from(*byte))
}

/// Returns 32-bit digests of all numbers of all paths, and of these numbers with the report; `None` if the
/// scenario cannot run.
fn run(paths: u64, threads: usize, level: Level) -> Option<[u64; 2]> {
    let text = format!("{SCENARIO}\n[run]\nseed = 2027\npaths = {paths}\n");
    let scenario: Scenario = text.parse().ok()?;
    let control = Control { level, ..Control::default() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().ok()?;
    let run = pool.install(|| simulate(&scenario, &control)).ok()?;
    let report = pool.install(|| Report::from(&run));
    Some(digests(&run.outcome, &report))
}

/// Returns the number of checks that results do not depend on threads or CPU, and equal the release.
pub(super) fn count() -> usize {
    THREADS.len() + Level::supported().len()
}

/// Compares a run with the release, then runs on other numbers of threads and SIMD levels with each other.
pub(super) fn check(level: Level, take: &mut dyn FnMut(Check)) {
    let first = run(FEW, 1, level);
    let figure = format!("results version {VALUE_VERSION}, as released");
    take(same(&figure, Some(RELEASED), first.map(|[columns, _]| columns)));
    let whole = |paths, threads, level| run(paths, threads, level).map(|[_, whole]| whole);
    let on_one = whole(MANY, 1, level);
    for threads in THREADS {
        let figure = format!("on {threads} threads and on 1");
        take(same(&figure, on_one, whole(MANY, threads, level)));
    }
    let first = first.map(|[_, whole]| whole);
    for other in Level::supported().into_iter().filter(|other| *other != level) {
        let figure = format!("vector instructions {} and {}", other.name(), level.name());
        take(same(&figure, first, whole(FEW, 1, other)));
    }
}

fn same(figure: &str, expected: Option<u64>, found: Option<u64>) -> Check {
    let number = |digest: Option<u64>| digest.map_or(f64::NAN, |digest| digest as f64);
    Check::exact(SUBJECT, figure, number(expected), number(found), 1e-18)
}
