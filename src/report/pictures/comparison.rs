//! Differences between scenarios and the base, as a fraction of the base value.
//!
//! In: a comparison. Out: its picture: for one case the headline measures, for several cases one measure
//! each. Not here: paired differences (`stats`), verdicts (`report::compare`).

use super::super::compare::{Comparison, DifferencePart};
use super::{Kind, Setting, Sketch, cases, crossover, left_out, signed, when};
use crate::chart::{Ink, Line, Row, RowMark, Scale, Shape, Spec, Stamp};
use crate::figure::rule::{self, Shown};
use crate::figure::{Quantity, briefest, capital, in_words, percent_tick};
use crate::math::normal::quantile;
use crate::stats::{Unit, Value, Verdict};
use std::collections::BTreeSet;

pub const KIND: Kind = Kind {
    id: "comparison",
    title: "Scenarios compared",
    doc: "Difference to the base, with its 95 % interval. A single case shows the measures of the screen, relative to the \
          figure of the base, without measures of unknown error. Several cases show the median wealth, or the median return where they do not invest the \
          same. Green is better, orange worse, gray not clearly different or not judged. All scenarios have \
          common random numbers.",
    of: None, // of several runs
};

/// Maximum number of rows.
const MOST: usize = 24;

/// Largest difference drawn, as a fraction of the base value; an arrow marks a larger one.
const WIDEST: f64 = 1.0;

/// Name of the row, its difference and its verdict.
type Compared<'a> = (&'a str, &'a DifferencePart, Verdict);

impl Comparison {
    /// Returns the pictures of a comparison: final wealth, differences, and income if one overtakes another.
    pub fn sketches(&self) -> Vec<Sketch> {
        let base = &self.base;
        let stamp = Stamp::new(&base.title, self.seeds, self.paths, &base.model_digest);
        let drawn = [
            (&cases::KIND, self.spec_of_cases()),
            (&KIND, self.spec_of_differences()),
            (&crossover::KIND, self.spec_of_incomes()),
        ];
        let sketches = drawn.into_iter().filter_map(|(kind, spec)| kind.sketch(&spec?, &stamp));
        sketches.collect()
    }

    pub(super) fn setting(&self) -> Setting {
        let start = self.start.parse().expect("the start of a scenario");
        Setting::of(&self.currency, start, self.months, self.paths)
    }

    pub(super) fn spec_of_differences(&self) -> Option<Spec> {
        let (name, mut all) = self.compared();
        let is_single = self.cases.len() == 1;
        let finding =
            if is_single { self.finding_of_one(&all)? } else { self.finding_of_several(name, &all)? };
        // amounts of other investments, and what has no error
        let is_judged = |one: &Compared<'_>| one.2 != Verdict::NotJudged;
        if is_single && all.iter().any(is_judged) {
            all.retain(is_judged);
        }
        let n_left_out = all.len().saturating_sub(MOST);
        let difference = |one: &Compared<'_>| one.1.change.difference.unwrap_or(0.0);
        if !is_single {
            all.sort_by(|a, b| difference(b).abs().total_cmp(&difference(a).abs()));
            all.truncate(MOST);
            all.sort_by(|a, b| difference(b).total_cmp(&difference(a)));
        }
        all.truncate(MOST);
        let reaches = all.iter().filter_map(|(_, part, _)| reach(part, self.cases.len())).flatten();
        let widest = if is_single { WIDEST } else { f64::INFINITY };
        let is_cut = reaches.clone().any(|end| end.abs() > widest);
        let scale = Scale::holding(reaches.map(|end| end.clamp(-widest, widest)));
        let headings: &[&str] =
            if is_single { &["base", "case", "change"] } else { &[self.shared().1, "difference"] };
        let mut rows: Vec<Row> = all.iter().map(|one| row(one, self.cases.len(), &self.currency)).collect();
        if let Some((_, part, _)) = all.first().filter(|_| !is_single) {
            let figures = [shown(part, &self.currency)[0].clone(), "base".to_owned()];
            let figures = figures.map(|figure| (figure, Ink::Text)).to_vec();
            let marks = vec![RowMark::Apart { is_above: false }];
            rows.insert(0, Row { name: self.label(&self.base).to_owned(), marks, figures });
        }
        let unit = all.first().map_or(Unit::Money, |one| one.1.unit);
        let tick = |value: f64| match is_single {
            true => format!("{}{}", when(value > 0.0, "+"), percent_tick(value)),
            false => rule::change(&Value::certain(unit, value), &self.currency).value(),
        };
        Some(Spec {
            finding,
            reading: format!(
                "{}; line: 95 % interval{}{}{}{}",
                match is_single {
                    true => format!("“{name}” (case) against “{}” (base)", self.label(&self.base)),
                    false => format!("{}, and its difference to the base", capital(name)),
                },
                when(!is_single, " that allows for all rows"),
                key(&all),
                when(is_cut, "; arrows: beyond ± 100 %"),
                left_out(n_left_out)
            ),
            shape: Shape::rows(
                scale,
                tick,
                headings.iter().map(|heading| (*heading, Ink::Mute)).collect::<Vec<_>>(),
                rows,
            ),
        })
    }

    /// Returns the measure drawn for several cases: its id, and its name within a sentence.
    fn shared(&self) -> (&'static str, &'static str) {
        if self.invests_alike() {
            ("wealth.terminal.real.p50", "median wealth")
        } else {
            ("cagr.real.p50", "median return")
        }
    }

    /// Returns all measures of a single case, else one measure of every case, with the name they share.
    fn compared(&self) -> (&str, Vec<Compared<'_>>) {
        if let [case] = self.cases.as_slice() {
            let rows = self.headline.iter().filter_map(|one| {
                let part = case.measures.get(&one.measure)?;
                Some((one.label.as_str(), part, case.verdict(&one.measure)))
            });
            return (self.label(&case.side), rows.collect());
        }
        let (id, name) = self.shared();
        let rows = self.cases.iter().filter_map(|case| {
            let part = case.measures.get(id)?;
            Some((self.label(&case.side), part, case.verdict(id)))
        });
        (name, rows.collect())
    }

    /// Names the first measure that clearly differs; `None` if there are no measures.
    fn finding_of_one(&self, all: &[Compared<'_>]) -> Option<String> {
        all.first()?;
        if all.iter().all(|(.., verdict)| *verdict == Verdict::Same) {
            return Some("Every measure is the same on every path".to_owned());
        }
        let Some((label, part, _)) = all.iter().find(|one| is_clear(one)) else {
            return Some("No measure clearly differs".to_owned());
        };
        let [base, new] = shown(part, &self.currency);
        let change = change(part, &self.currency)?;
        let is_less = part.change.difference.is_some_and(|difference| difference < 0.0);
        let verb = if is_less { "falls" } else { "rises" };
        Some(if base == new {
            format!("{label} {verb} by {}", change.value())
        } else {
            format!("{label} {verb} from {base} to {new}")
        })
    }

    /// Counts the cases that clearly differ in one direction and names the largest; `None` without cases.
    fn finding_of_several(&self, name: &str, all: &[Compared<'_>]) -> Option<String> {
        all.first()?;
        if all.iter().all(|(.., verdict)| *verdict == Verdict::Same) {
            return Some(format!("{}: the same on every path", capital(name)));
        }
        let difference = |one: &Compared<'_>| one.1.change.difference.unwrap_or(0.0);
        let clear = |way: f64| {
            let mut clear: Vec<&Compared<'_>> =
                all.iter().filter(|one| is_clear(one) && way * difference(one) > 0.0).collect();
            clear.sort_by(|a, b| (way * difference(b)).total_cmp(&(way * difference(a))));
            clear
        };
        let (lower, higher) = (clear(-1.0), clear(1.0));
        let (clear, verb, end) =
            if higher.len() > lower.len() { (&higher, "raise", "best") } else { (&lower, "lower", "worst") };
        let Some(most) = clear.first() else {
            return Some(format!("No case clearly differs in {name}"));
        };
        let by = change(most.1, &self.currency)?.value();
        let [n, of] = [clear.len(), all.len()].map(|n| in_words(n as u64));
        Some(match lower.len() + higher.len() {
            1 => briefest([
                format!("Only “{}” clearly differs: {by}", most.0),
                format!("One of {of} cases {verb}s {name}: {by}"),
            ]),
            _ if clear.len() == 1 => format!("One of {of} cases {verb}s {name}: {by}"),
            _ => format!("{} of {of} cases {verb} {name}, {by} at {end}", capital(&n)),
        })
    }
}

/// True if a title may mention the difference.
fn is_clear((.., verdict): &Compared<'_>) -> bool {
    matches!(verdict, Verdict::Better | Verdict::Worse | Verdict::Changed)
}

/// Formats the values of base and case.
fn shown(part: &DifferencePart, currency: &str) -> [String; 2] {
    part.runs.each_ref().map(|run| rule::shown(run, currency).value())
}

/// Formats the difference with a ± that covers its whole interval; `None` without a difference.
fn change(part: &DifferencePart, currency: &str) -> Option<Shown> {
    let change = part.change.value(part.unit)?;
    let even = |ends| Quantity::between(change.value, ends).in_unit(part.unit);
    Some(rule::change(&change.interval.map_or(change, even), currency))
}

/// Returns the difference and the ends of its interval. With one case they are relative to the base; with
/// several, the interval is widened for all together (Bonferroni). `None` if base or difference is missing.
fn reach(part: &DifferencePart, n_cases: usize) -> Option<[f64; 3]> {
    let difference = part.change.difference?;
    let [low, high] = part.change.interval.unwrap_or([difference; 2]);
    if n_cases > 1 {
        let wider = quantile(1.0 - 0.025 / n_cases as f64) / quantile(0.975);
        let [low, high] = [low, high].map(|end| difference + wider * (end - difference));
        return Some([difference, low, high]);
    }
    let base = part.base?.abs();
    // a non-negative quantity cannot fall by more than 100 %
    let lowest = if difference >= -base { -1.0 } else { f64::NEG_INFINITY };
    (base > 0.0).then(|| [difference, low, high].map(|end| (end / base).max(lowest)))
}

/// Returns the ink of a row and the legend text that explains it.
fn told(verdict: Verdict) -> (Ink, &'static str) {
    match verdict {
        Verdict::Better => (Ink::Green, "; green: better"),
        Verdict::Worse => (Ink::Vermilion, "; orange: worse"),
        Verdict::Changed => (Ink::Mute, "; gray: neither good nor bad"),
        Verdict::NotJudged => (Ink::Mute, "; gray: of unknown error"),
        Verdict::NoneSeen => (Ink::Mute, "; gray: not clear"),
        Verdict::Same => (Ink::Mute, "; gray: the same"),
    }
}

/// Returns the legend for the inks in use.
fn key(all: &[Compared<'_>]) -> String {
    let meanings: BTreeSet<&str> = all.iter().map(|one| told(one.2).1).collect();
    meanings.into_iter().collect()
}

/// Draws the interval as a line and the value as a dot; an arrow marks an end beyond ±`widest`.
fn marks([at, low, high]: [f64; 3], widest: f64, ink: Ink) -> Vec<RowMark> {
    let line = RowMark::Span([low, high], Line::new(ink, 3.0).percent(55));
    let dot = (at.abs() <= widest).then_some(RowMark::Dot(at, 5.0, ink));
    let ends = [(low < -widest, false), (high > widest, true)];
    let arrows = ends.into_iter().filter(|(is_beyond, _)| *is_beyond);
    let arrows = arrows.map(|(_, is_above)| RowMark::Beyond { is_above, ink });
    [line].into_iter().chain(arrows).chain(dot).collect()
}

/// Creates a row: base value, new value and relative change for one case; value and difference for several.
fn row((name, part, verdict): &Compared<'_>, n_cases: usize, currency: &str) -> Row {
    let is_single = n_cases == 1;
    let (ink, _) = told(*verdict);
    let [base, new] = shown(part, currency);
    let reach = reach(part, n_cases);
    let relative = reach.filter(|_| is_single);
    let change = relative
        .map(|[at, low, high]| signed(Quantity::between(at, [low, high])))
        .or_else(|| Some(change(part, currency)?.value()));
    let base = is_single.then_some((base, Ink::Mute));
    let figures = [(new, Ink::Text), (change.unwrap_or("–".to_owned()), ink)];
    let widest = if is_single { WIDEST } else { f64::INFINITY };
    Row {
        name: (*name).to_owned(),
        marks: reach.map(|reach| marks(reach, widest, ink)).unwrap_or_default(),
        figures: base.into_iter().chain(figures).collect(),
    }
}
