//! Checks of the program against external laws: closed forms, other libraries, runs on other threads.
//!
//! In: the amount of work. Out: [`Check`]s, each with the expected value, the value found and their distance.
//! Not here: printing (`cli`).
//!
//! Every draw has a fixed seed, so a check that passes once passes on every machine with a correct program.
//!
//! | file | holds | against |
//! |---|---|---|
//! | `functions` | elementary functions and distribution functions | the C library, statrs |
//! | `generators` | the generators of random words, pairs of normals | rand, published answers |
//! | `samplers` | every sampler of `random` | statrs (its law), rand_distr (a sample of its own) |
//! | `cascade` | agents that sell because others sell | exact laws of branching processes |
//! | `estimators` | quantiles, expected shortfall, intervals, repaired matrices | order statistics, published values |
//! | `cases` | whole scenarios, in `cases.toml` | closed forms of `docs/model.md` |
//! | `sameness` | one scenario on other threads and vector instructions | its own first run, bit by bit |

mod cascade;
mod cases;
mod check;
mod estimators;
mod functions;
mod generators;
mod sameness;
mod samplers;
mod tables;

pub use check::{Check, LIMIT, Sampled, Scope};

use crate::stage::Level;

/// Runs every check of `scope`, scenarios at SIMD `level`, and passes each check to `take` once it is done.
pub fn verify(scope: Scope, level: Level, take: &mut dyn FnMut(Check)) {
    let mut n_taken = 0;
    let mut taking = |check| {
        n_taken += 1;
        take(check);
    };
    let each: &mut dyn FnMut(Check) = &mut taking;
    functions::check(each);
    generators::check(scope, each);
    samplers::check(scope, each);
    cascade::check(scope, each);
    estimators::check(scope, each);
    cases::check(scope, level, each);
    sameness::check(level, each);
    // a check that was skipped must not look like one that passed
    let (planned, run) = ((count(scope) - 1) as f64, f64::from(n_taken));
    take(Check::exact("verification", "checks run before this one", planned, run, 1e-12));
}

/// Returns the number of checks of `scope`, known before they run.
pub fn count(scope: Scope) -> usize {
    functions::COUNT
        + generators::COUNT
        + samplers::COUNT
        + cascade::COUNT
        + estimators::COUNT
        + cases::count(scope)
        + sameness::count()
        + 1
}
