//! What every shipped scenario comes to beside figures of others: `docs/plausibility.md`, made from runs and `outside.tsv`.
//!
//! A row of `outside.tsv` is an outcome, which nobody put into the scenario, or an input, held against the source that
//! it was taken from. Inputs say nothing about a result, so no verdict rests on them.

use super::{page, root};
use crate::common::{Ran, scenario_of_file, variant_of_file};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use tailwheel::stats::{Unit, look_up};

const PAGE: &str = "docs/plausibility.md";
const PATHS: &str = "run.paths=4096";
const HEAD: &str = "# Results of the shipped scenarios beside figures of others

This page shows which results of the shipped scenarios lie where others have measured them, which lie elsewhere, and which nobody has measured.

| verdict | meaning |
|---|---|
| agrees in … | All outside figures that were found contain the program's. The verdict covers the figures it names and nothing else. |
| differs in … | At least one does not. The second table has the reason: a parameter, another kind of figure, or a claim that the scenario shows. |
| no outside figure | Nobody else's figure was found, so nothing here supports or contradicts the result. |
| within (third table) | The figure follows from an input, and the range from a source of that input. Such a row supports no result. |
| outside (third table), input outside its source | The same, and the input lies elsewhere, with the reason. |

Each scenario runs as it is written, on 4,096 paths. Wealth is final and real. `cargo test --test program -- --ignored
writes_the_page_of_plausibility` makes this page from runs and `tests/program/docs/outside.tsv`.

";

#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// What the run brings about.
    Outcome,
    /// What was put into the scenario or the catalog, seen through the run.
    Input,
}

/// A figure of somebody else.
struct Outside {
    scenario: String,
    measure: String,
    role: Role,
    low: f64,
    high: f64,
    what: String,
    source: String,
    /// How it was worked out, or why the program's figure lies elsewhere.
    reason: String,
}

impl Outside {
    fn of_line(line: &str) -> Self {
        let cells: Vec<String> = line.split('\t').map(str::to_owned).collect();
        let [scenario, measure, role, low, high, what, source, reason] =
            cells.try_into().unwrap_or_else(|_| panic!("8 cells: {line}"));
        let role = match role.as_str() {
            "outcome" => Role::Outcome,
            "input" => Role::Input,
            other => panic!("{other}: {line}"),
        };
        let [low, high] = [low, high].map(|cell| cell.parse().unwrap_or_else(|_| panic!("{cell}: {line}")));
        Self { scenario, measure, role, low, high, what, source, reason }
    }

    fn contains(&self, value: f64) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// A line of the second or third table. `first` is the first row of that table with the same source, and its file.
    fn beside(&self, file: &str, here: f64, first: Option<&(String, &Self)>) -> String {
        let unit = look_up(&self.measure).map_or(Unit::PerYear, |measure| measure.unit);
        let is_inside = self.contains(here);
        let written = |digits| [here, self.low, self.high].map(|value| shown(unit, value, digits));
        // what lies outside reads so
        let reads = |[here, low, high]: &[String; 3]| is_inside || (here != low && here != high);
        let digits = (2..6).find(|digits| reads(&written(*digits))).unwrap_or(6);
        let [here, low, high] = written(digits);
        let range = if low == high { low } else { format!("{low} to {high}") };
        let verdict = match (self.role, is_inside) {
            (Role::Outcome, true) => "agrees",
            (Role::Outcome, false) => "differs",
            (Role::Input, true) => "within",
            (Role::Input, false) => "outside",
        };
        let (measure, mut reason) = (&self.measure, self.reason.as_str());
        let (mut what, mut source) = (self.what.clone(), self.source.as_str());
        if let Some((file, first)) = first {
            (what, source) = (format!("as for {file}"), "same");
            if first.reason == reason {
                reason = "same";
            }
        }
        format!("| {file} | `{measure}` | {here} | {range} | {what} | {source} | {verdict} | {reason} |\n")
    }
}

fn outside() -> Vec<Outside> {
    let file = page("tests/program/docs/outside.tsv");
    file.lines().skip(1).filter(|line| !line.is_empty()).map(Outside::of_line).collect()
}

/// What the outside figures say of one scenario, given the program's figure for each of them.
fn verdict(rows: &[(&Outside, f64)]) -> String {
    let named = |role: Role, is_inside: bool| -> Vec<String> {
        let rows = rows.iter().filter(|(row, _)| row.role == role);
        let rows = rows.filter(|(row, here)| row.contains(*here) == is_inside);
        rows.map(|(row, _)| format!("`{}`", row.measure)).collect()
    };
    let agree = named(Role::Outcome, true);
    let differ = named(Role::Outcome, false);
    let mut text = match (agree.is_empty(), differ.is_empty()) {
        (true, true) => "no outside figure".to_owned(),
        (false, true) => format!("agrees in {} alone", agree.join(", ")),
        (true, false) => format!("differs in {}", differ.join(", ")),
        (false, false) => format!("differs in {}, agrees in {}", differ.join(", "), agree.join(", ")),
    };
    let has_outcome = !(agree.is_empty() && differ.is_empty());
    let of_money = ["cagr.", "irr.", "wealth.", "loss.", "ruin."];
    let is_of_money = |name: &String| of_money.iter().any(|start| name[1..].starts_with(start));
    if has_outcome && !agree.iter().chain(&differ).any(is_of_money) {
        text += "; return and loss are compared with nothing";
    }
    let away = named(Role::Input, false);
    if !away.is_empty() {
        let _ = write!(text, "; input outside its source: {}", away.join(", "));
    }
    text
}

/// Every shipped scenario that is run by itself, below `scenarios`.
pub fn shipped() -> Vec<String> {
    let mut found = Vec::new();
    for folder in ["", "jurisdictions/"] {
        for entry in fs::read_dir(root().join("scenarios").join(folder)).unwrap() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if name.ends_with(".toml") && !name.starts_with('_') {
                found.push(format!("{folder}{name}"));
            }
        }
    }
    found.sort();
    found
}

/// A case that has a row without figures of others.
const ALSO: &str = "ai-income-2026/hours";

/// Every shipped scenario, and those cases of theirs that have a row of their own: `file.toml` or `file/variant`.
fn listed(outside: &[Outside]) -> BTreeSet<String> {
    let files = shipped();
    let cases = outside.iter().map(|row| row.scenario.as_str()).chain([ALSO]);
    let cases = cases.filter(|name| !files.contains(&format!("{name}.toml")));
    let cases: Vec<String> = cases.map(str::to_owned).collect();
    files.into_iter().chain(cases).collect()
}

fn ran(name: &str) -> Ran {
    Ran::of_scenario(&match (name.ends_with(".toml"), name.rsplit_once('/')) {
        (false, Some((file, variant))) => {
            variant_of_file(&format!("scenarios/{file}.toml"), variant, &[PATHS])
        }
        _ => scenario_of_file(&format!("scenarios/{name}"), &[PATHS]),
    })
}

/// A figure of `unit` in `digits` significant digits: shares in per cent, money in thousands and millions.
fn shown(unit: Unit, value: f64, digits: usize) -> String {
    match unit {
        Unit::Money | Unit::MoneyPerMonth => match value.abs() {
            large if large >= 1e6 => significant(value / 1e6, digits) + "M",
            large if large >= 1e3 => significant(value / 1e3, digits) + "k",
            _ => significant(value, digits),
        },
        Unit::Fraction | Unit::FractionPerYear | Unit::Probability => {
            significant(100.0 * value, digits) + " %"
        }
        Unit::PerYear => significant(value, digits) + "/year",
        _ => significant(value, digits),
    }
}

fn significant(value: f64, digits: usize) -> String {
    if value.abs() < 0.005 {
        return "0".to_owned();
    }
    // 99.7 in two digits is 1.0e2: 100 and not 100.0
    let exponent: i32 = format!("{value:.0$e}", digits - 1).split_once('e').unwrap().1.parse().unwrap();
    let decimals = (digits as i32 - 1 - exponent).max(0);
    format!("{value:.0$}", decimals as usize).replace('-', "−")
}

const MEASURES: [&str; 5] = [
    "wealth.terminal.real.p05", "wealth.terminal.real.p50", "wealth.terminal.real.p95", "loss.probability",
    "ruin.probability",
];

/// The line of `file` in the first table.
fn outcome_of(file: &str, run: &Ran, rows: &[(&Outside, f64)]) -> String {
    let mut line = format!("| {file}");
    for measure in MEASURES {
        let unit = look_up(measure).expect("a measure").unit;
        let digits = if unit == Unit::Money { 3 } else { 2 };
        let cell =
            if run.has(measure) { shown(unit, run.measure(measure), digits) } else { "–".to_owned() };
        let _ = write!(line, " | {cell}");
    }
    line + &format!(" | {} |\n", verdict(rows))
}

const OF_EACH: &str =
    "| scenario | 5th pct | median | 95th pct | loss | ruin | verdict |\n|---|--:|--:|--:|--:|--:|---|\n";
const BESIDE: &str = "| scenario | figure | here | outside | what it is | source | verdict | how, or why |\n|---|---|--:|--:|---|---|---|---|\n";

/// The page, and rows that differ without saying why the figure is another one here.
fn generated() -> (String, Vec<String>) {
    let outside = outside();
    let mut known: BTreeMap<&str, Vec<&Outside>> = BTreeMap::new();
    for row in &outside {
        known.entry(&row.scenario).or_default().push(row);
    }
    let mut faults = Vec::new();
    let [mut of_each, mut outcomes, mut inputs] = [OF_EACH, BESIDE, BESIDE].map(str::to_owned);
    let mut firsts = [BTreeMap::new(), BTreeMap::new()];
    for file in listed(&outside) {
        let run = ran(&file);
        let rows = known.remove(file.trim_end_matches(".toml")).unwrap_or_default();
        let rows: Vec<(&Outside, f64)> =
            rows.into_iter().map(|row| (row, run.measure(&row.measure))).collect();
        of_each += &outcome_of(&file, &run, &rows);
        for (row, here) in rows {
            let (table, firsts) = match row.role {
                Role::Outcome => (&mut outcomes, &mut firsts[0]),
                Role::Input => (&mut inputs, &mut firsts[1]),
            };
            let said = (&row.what, &row.source);
            *table += &row.beside(&file, here, firsts.get(&said));
            firsts.entry(said).or_insert_with(|| (file.clone(), row));
            if !row.contains(here) && !row.reason.contains("here") {
                let (measure, low, high) = (&row.measure, row.low, row.high);
                faults.push(format!("{file} {measure}: {here} of {low} to {high}"));
            }
        }
    }
    faults.extend(known.keys().map(|file| format!("{file} is no shipped scenario")));
    let table = |rows: &str| format!("<!-- generated: results -->\n{rows}<!-- end -->\n");
    let [of_each, outcomes, inputs] = [of_each, outcomes, inputs].map(|rows| table(&rows));
    let text = format!(
        "{HEAD}## Every scenario\n\n{of_each}\n## Outcomes beside figures of others\n\n{outcomes}\n\
         ## Inputs beside the sources they were taken from\n\n{inputs}"
    );
    (text, faults)
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn the_page_of_plausibility_is_that_of_the_program() {
    let (text, faults) = generated();
    assert!(faults.is_empty(), "{faults:#?}");
    let remedy = "run: cargo test --test program -- --ignored writes_the_page_of_plausibility";
    assert!(page(PAGE) == text, "{PAGE} is out of date; {remedy}");
}

#[test]
fn no_scenario_agrees_by_its_inputs_alone() {
    let row = |measure: &str, role: &str| {
        Outside::of_line(&format!("s\t{measure}\t{role}\t1\t2\tw\tof 2020\there"))
    };
    let input = row("volatility.p50", "input");
    let [crashes, cagr] = ["loop.a", "cagr.p50"].map(|measure| row(measure, "outcome"));
    assert_eq!(verdict(&[]), "no outside figure");
    assert_eq!(verdict(&[(&input, 1.5)]), "no outside figure");
    let away = "no outside figure; input outside its source: `volatility.p50`";
    assert_eq!(verdict(&[(&input, 3.0)]), away);
    let one = "agrees in `loop.a` alone; return and loss are compared with nothing";
    assert_eq!(verdict(&[(&input, 1.5), (&crashes, 1.5)]), one);
    assert_eq!(verdict(&[(&cagr, 1.5)]), "agrees in `cagr.p50` alone");
    let both = "differs in `cagr.p50`, agrees in `loop.a`";
    assert_eq!(verdict(&[(&cagr, 3.0), (&crashes, 1.5)]), both);
    // and so on the page: the cell of a scenario that agrees names an outcome of it
    let outside = outside();
    for line in page(PAGE).lines() {
        let Some((start, agreed)) = line.split_once("agrees in `") else {
            continue;
        };
        let file = start.trim_start_matches("| ").split(" |").next().unwrap().trim_end_matches(".toml");
        let measure = agreed.split('`').next().unwrap();
        let mut rows = outside.iter().filter(|row| row.scenario == file);
        let is_outcome = |row: &Outside| row.role == Role::Outcome && row.measure == measure;
        assert!(rows.any(is_outcome), "{line}");
    }
}

#[test]
fn every_figure_of_others_has_a_year_and_a_band_that_can_fail() {
    let mut bands = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for row in outside() {
        let (scenario, measure) = (&row.scenario, &row.measure);
        let place = format!("{scenario} {measure}");
        let words = row.source.split(|c: char| !c.is_ascii_digit());
        let is_year = |word: &str| word.len() == 4 && ["19", "20"].contains(&&word[..2]);
        assert!(words.into_iter().any(is_year), "{place}: {}", row.source);
        assert!(!row.source.contains("catalog"), "{place}: nobody else's");
        assert!(look_up(measure).is_some(), "{place}");
        assert!(seen.insert(place.clone()), "{place} twice");
        assert!(row.low <= row.high, "{place}");
        if row.role == Role::Outcome {
            let is_narrow = row.low == 0.0 || row.high <= 5.0 * row.low;
            assert!(is_narrow, "{place}: a band that holds whatever comes");
            // one source says one thing of one figure
            let ends = (row.low, row.high);
            let earlier = bands.insert((row.measure, row.source), ends);
            assert!(earlier.is_none_or(|earlier| earlier == ends), "{place}");
        }
    }
}

#[test]
fn figures_are_shown_in_significant_digits_of_their_unit() {
    let cases = [
        (Unit::Fraction, 0.1407, 2, "14 %"),
        (Unit::Fraction, 0.9951, 2, "100 %"),
        (Unit::Probability, 0.00049, 2, "0.049 %"),
        (Unit::FractionPerYear, -0.005, 2, "−0.50 %"),
        (Unit::PerYear, 0.425, 2, "0.42/year"),
        (Unit::Money, 112_345.0, 3, "112k"),
        (Unit::Money, 1_070_000.0, 3, "1.07M"),
        (Unit::Money, -5_238.0, 2, "−5.2k"),
        (Unit::MoneyPerMonth, 22.64, 2, "23"),
        (Unit::Money, 1e-9, 2, "0"),
    ];
    for (unit, value, digits, text) in cases {
        assert_eq!(shown(unit, value, digits), text, "{unit:?} {value}");
    }
}

#[test]
#[ignore = "changes files of the repository"]
fn writes_the_page_of_plausibility() {
    let (text, faults) = generated();
    fs::write(root().join(PAGE), text).unwrap();
    assert!(faults.is_empty(), "{faults:#?}");
}
