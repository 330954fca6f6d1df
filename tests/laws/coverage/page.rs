//! The counts as a document, and what of them breaks a limit.

use crate::coverage::counts::{CONFIDENCE, Counts, Figure};
use crate::coverage::{LEAST, MOST, begun};
use std::fmt::Write;
use tailwheel::stats::look_up;

/// Counts at 2,000, at 1,000 and at 20,000 paths.
pub type Three = [Counts; 3];

/// Whether the interval is wide by construction: ranks and counts are whole numbers, and where few
/// paths decide it holds for every law.
fn is_exact(id: &str) -> bool {
    look_up(id).expect("a measure").is_exact()
}

/// Wrong passes that chance alone exceeds less than once in a thousand.
fn most_passes(seeds: f64) -> f64 {
    let wrong = 1.0 - CONFIDENCE;
    seeds * wrong + 3.09 * (seeds * wrong * (1.0 - wrong)).sqrt() + 0.5
}

/// A line for every figure beyond a limit.
pub fn beyond(name: &str, counts: &Three) -> Vec<String> {
    let mut faults = Vec::new();
    for (id, figure) in &counts[0].figures {
        if figure.printed == 0 {
            continue;
        }
        let share = figure.share_held();
        if share < LEAST || (share > MOST && !is_exact(id)) {
            faults.push(format!(
                "{name} {id}: holds in {:.1} % of {} ({} above, {} below)",
                100.0 * share,
                figure.printed,
                figure.above,
                figure.below
            ));
        }
    }
    for counts in counts {
        for (id, figure) in &counts.figures {
            let most = most_passes(counts.seeds as f64);
            for (side, passed) in [("above", figure.pass_above), ("below", figure.pass_below)] {
                if f64::from(passed) > most {
                    faults.push(format!(
                        "{name} {id}: gate {side} at {} paths passes wrongly in {passed} of {}",
                        counts.paths, counts.seeds
                    ));
                }
            }
        }
    }
    faults
}

/// Writes `docs/validation.md`.
pub fn write(parts: &[(&str, Three)], beyond: &[String]) {
    let mut text = begun(HEAD, beyond, "Nothing is beyond its limit.\n");
    for (name, counts) in parts {
        part(&mut text, name, counts);
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/validation.md");
    // the last sections are not of this test: `.ci/constants` and `.ci/faults` make them
    let before = std::fs::read_to_string(file).unwrap_or_default();
    if let Some(at) = before.find("<!-- verify: made by .ci/") {
        text.push('\n');
        text.push_str(&before[at..]);
    }
    std::fs::write(file, text).expect("docs/validation.md can be written");
}

fn part(text: &mut String, name: &str, counts: &Three) {
    let [at_2000, at_1000, at_20000] = counts;
    let mut line = |words: String| writeln!(text, "{words}").expect("a String takes all");
    line(format!("\n## {name}\n"));
    line(format!(
        "| figure | holds | printed of {} | above, below | wrong passes of {} at 1,000 | of {} at 2,000 | of {} at 20,000 | without an interval |",
        at_2000.seeds, at_1000.seeds, at_2000.seeds, at_20000.seeds
    ));
    line("|---|---:|---:|---:|---:|---:|---:|---|".to_owned());
    for (id, figure) in &at_2000.figures {
        let passes = |counts: &Counts| match counts.figures.get(id) {
            Some(figure) => format!("{}, {}", figure.pass_above, figure.pass_below),
            None => "–".to_owned(),
        };
        let (held, notes) = figure.words();
        let mark = if figure.printed > 0 && is_exact(id) { " e" } else { "" };
        let Figure { printed, above, below, .. } = figure;
        let [few, some, many] = [at_1000, at_2000, at_20000].map(passes);
        line(format!(
            "| `{id}` | {held}{mark} | {printed} | {above}, {below} | {few} | {some} | {many} | {notes} |"
        ));
    }
}

const HEAD: &str = "# Validation of intervals and gates

Made by `.ci/validation`; do not edit. Each scenario is run under many seeds with 2,000 paths, and it is counted how
often the 95 % interval of a figure holds the true value, which four runs of a million other paths
tell (`tests/laws/coverage/truth.tsv`; twice the error of the truth is allowed for). Counted are the seeds that print an
interval. `e` marks intervals that are exact, and so hold a little more often than they say: order
statistics and shares of paths have whole numbers for ranks and counts.

A gate with confidence 99 % and the truth as its limit should pass in at most 1 of 100 runs; the
columns of wrong passes say how often `above` and `below` did.

An interval must hold in at least 92 %, and in at most 98 % unless it is exact; wrong passes may be as many as chance
alone exceeds once in a thousand.

Whether mechanisms are computed as `docs/model.md` says is checked by another program: `.ci/independent/run` recomputes
custody, insurance, subscriptions, failing issuers, inflation, exit prices, taxes and others from that page alone.
It compares more than 4,000 figures of 139 small scenarios under ten seeds with its own simulation, and must find a planted
error in each mechanism.

";
