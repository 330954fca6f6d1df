//! The `verify` command: checks the program against closed forms, other libraries and itself.
//!
//! In: the amount of work. Out: a table of expected and found values on standard output, an exit code. Not
//! here: the checks (`verify`).

use super::{Exit, Stop, machine, terminal};
use crate::engine::VALUE_VERSION;
use crate::page::PROGRAM;
use crate::verify::{Check, Scope, count, verify};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::Instant;

/// Limit below which a whole number is printed with all digits; other numbers get six.
const WHOLE: f64 = 1e10;

const LEGEND: &str = "\nz is the distance in standard errors; a check passes up to 4.\n\
                      A check without chance has no z; it passes within its tolerance.\n";

/// Verify this program against closed forms, other libraries and itself
#[derive(Debug, Args)]
pub(super) struct Verify {
    /// Draw fewer samples: it takes under two seconds but misses small errors
    #[arg(long)]
    quick: bool,
    /// Print only failed checks and the last line
    #[arg(long)]
    failed: bool,
}

/// Prints every check, or only `failed` ones, with less work if `quick`. Returns [`Exit::No`] if a check fails.
pub(super) fn run(Verify { quick, failed }: &Verify) -> Result<Exit, Stop> {
    let level = machine::level()?;
    let scope = if *quick { Scope::Quick } else { Scope::Full };
    let bar = bar(count(scope) as u64);
    let (begun, mut checks) = (Instant::now(), Vec::new());
    verify(scope, level, &mut |check| {
        bar.inc(1);
        checks.push(check);
    });
    bar.finish_and_clear();
    let work = if *quick { ", quick" } else { "" };
    let head = format!("{PROGRAM}, results version {VALUE_VERSION}, {}{work}\n", level.name());
    let printed = terminal::print(&(head + &table(&checks, *failed)));
    if std::io::stderr().is_terminal() {
        terminal::say(&format!("{:.1} s\n", begun.elapsed().as_secs_f64()));
    }
    printed?;
    Ok(if checks.iter().all(Check::passes) { Exit::Done } else { Exit::No })
}

/// Progress bar that counts finished checks; hidden if standard error is not a terminal.
fn bar(n_checks: u64) -> ProgressBar {
    if !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:30} {pos} of {len} checks")
        .unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::new(n_checks).with_style(style)
}

/// Table with one row for each check, or each failed one, grouped by subject.
fn table(checks: &[Check], only_failed: bool) -> String {
    let (mut text, mut subject) = (String::new(), "");
    for check in checks.iter().filter(|check| !(only_failed && check.passes())) {
        if check.subject != subject {
            subject = &check.subject;
            text += &row(subject, "expected", "found", "z", "");
        }
        text += &row_of(check);
    }
    let passed = checks.iter().filter(|check| check.passes()).count();
    if !subject.is_empty() {
        text += LEGEND;
    }
    text + &format!("\n{passed} passed, {} failed\n", checks.len() - passed)
}

fn row_of(check: &Check) -> String {
    // without chance there is no standard error, and so no z
    let z = if check.is_sampled() { format!("{:.1}", check.z) } else { "-".to_owned() };
    let result = if check.passes() { "pass" } else { "FAIL" };
    let figure = format!("  {}", check.figure);
    row(&figure, &number(check.expected), &number(check.found), &z, result)
}

fn row(figure: &str, expected: &str, found: &str, z: &str, result: &str) -> String {
    let line = format!("{figure:<52}{expected:>14}{found:>14}{z:>6}  {result}");
    format!("{}\n", line.trim_end())
}

/// Formats a number with six significant digits, as `%g` does, and a whole number with all of its digits.
fn number(value: f64) -> String {
    let is_whole = value.fract() == 0.0 && value.abs() < WHOLE;
    if is_whole || !value.is_finite() {
        return format!("{value}");
    }
    let rounded: f64 = format!("{value:.5e}").parse().unwrap_or(value);
    match rounded.abs() {
        1e-4..1e6 => format!("{rounded}"),
        1e6..1e9 => format!("{value:.0}"),
        _ => format!("{rounded:e}"),
    }
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn a_number_has_six_digits_and_no_zeros_behind_them() {
        for (value, written) in [
            (0.0, "0"),
            (1.0, "1"),
            (-1.644_853_627, "-1.64485"),
            (1_218.008_27, "1218.01"),
            (28_333.744_9, "28333.7"),
            (0.000_061_871_485, "6.18715e-5"),
            (0.002_411_805_8, "0.00241181"),
            (2.5e13, "2.5e13"),
            (4_294_967_295.0, "4294967295"),
            (f64::NAN, "NaN"),
        ] {
            assert_eq!(number(value), written);
        }
    }
}
