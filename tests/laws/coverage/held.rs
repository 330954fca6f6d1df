//! How often intervals of all figures hold the truth where that is hard, as a document.
//!
//! In: counts at 1,000 and at 5,000 paths. Out: faults; `docs/coverage.md`. Not here: the counting (`counts`).

use crate::coverage::counts::{Counts, Figure};
use crate::coverage::{LEAST, begun};
use std::fmt::Write;
use tailwheel::math::counts::exact_interval;

/// Paths of the runs that are counted.
pub const PATHS: [u64; 2] = [1_000, 5_000];

/// Share of the seeds without an interval from which on a figure is listed.
const LISTED: f64 = 0.05;

/// Upper end of the interval of the share of intervals that hold, which the true share exceeds once in a hundred.
fn most_held(figure: &Figure) -> f64 {
    exact_interval(figure.held.into(), figure.printed.max(1).into(), 0.98).1
}

/// A line for every figure that clearly holds too seldom.
pub fn faults(name: &str, counts: &Counts) -> Vec<String> {
    let printed = |(_, figure): &(&String, &Figure)| figure.printed > 0;
    let faults = counts.figures.iter().filter(printed).filter(|(_, figure)| most_held(figure) < LEAST);
    let line = |(id, figure): (&String, &Figure)| {
        format!(
            "{name} at {} paths: {id} holds in {} of {} ({} above, {} below)",
            counts.paths, figure.held, figure.printed, figure.above, figure.below
        )
    };
    faults.map(line).collect()
}

/// Writes `docs/coverage.md`.
pub fn write(parts: &[(&str, Vec<Counts>)], faults: &[String]) {
    let mut text = begun(HEAD, faults, "No figure is below its limit.\n");
    for (name, all) in parts {
        for counts in all {
            part(&mut text, name, counts);
        }
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/coverage.md");
    std::fs::write(file, text).expect("docs/coverage.md can be written");
}

fn part(text: &mut String, name: &str, counts: &Counts) {
    let mut line = |words: String| writeln!(text, "{words}").expect("a String takes all");
    let seeds = counts.seeds;
    line(format!("\n## {name}, {} paths\n", counts.paths));
    let often = |figure: &&Figure| f64::from(figure.printed) >= (1.0 - LISTED) * seeds as f64;
    let shares = counts.figures.values().filter(often).map(Figure::share_held);
    let (n, least) = shares.fold((0, 1.0_f64), |(n, least), share| (n + 1, least.min(share)));
    line(format!(
        "{n} figures have an interval in at least 95 % of {seeds} seeds; the one that holds least often holds in {:.1} %. \
         The others:\n",
        100.0 * least
    ));
    line("| figure | intervals | holds | reason where there is none |".to_owned());
    line("|---|---:|---:|---|".to_owned());
    for (id, figure) in counts.figures.iter().filter(|(_, figure)| !often(figure)) {
        let (held, notes) = figure.words();
        line(format!("| `{id}` | {} | {held} | {notes} |", figure.printed));
    }
}

const HEAD: &str = "# Intervals where they are hard

Two shipped scenarios, and one of a move, of two coins and of a launch, are run under many seeds with 1,000 and with 5,000 paths, and it is counted how often the 95 %
interval of each figure holds the true value, which four runs of a million other paths tell (`tests/laws/coverage/truth.tsv`;
twice the error of the truth is allowed for). `.ci/validation` makes this page; do not edit it.

No figure may hold in less than 92 % of the seeds that print its interval: the upper end of the exact interval of that
share, which the true one exceeds once in a hundred, must reach 92 %. A figure without an interval in more than 5 % of the
seeds is listed with the reasons. Quantiles that many paths have exactly (nothing left, no loss) have a probability
instead of an interval.

";
