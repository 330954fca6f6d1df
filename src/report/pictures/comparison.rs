//! Differences between scenarios and the base.
//!
//! In: a comparison. Out: its picture: for one case the headline measures, for several cases one measure
//! each. Not here: paired differences (`stats`), verdicts (`report::compare`).

use super::super::compare::{CasePart, Comparison, DifferencePart};
use super::{Kind, Setting, Sketch, cases, crossover, left_out, when};
use crate::chart::{Axis, Bar, Ink, Line, Paint, Row, RowMark, Rows, Scale, Shape, Spec, Stamp};
use crate::figure::{Quantity, capital, plain, quoted, rule, span};
use crate::math::normal::quantile;
use crate::stats::{Unit, Value, Verdict};
use std::iter::once;

pub const KIND: Kind = Kind {
    id: "comparison",
    title: "Scenarios compared",
    doc: "Difference to the base, with its 95 % interval. A single case shows the measures of the screen, \
          money and percentages on an axis each, without measures of unknown error. Several cases show the median wealth, or the median return where they do not invest the \
          same. Green is better, orange worse, gray not clearly different or not judged. All scenarios have \
          common random numbers.",
    of: None, // of several runs
};

/// Maximum number of rows.
const MOST: usize = 24;

/// Maximum number of ticks of an axis.
const TICKS: usize = 7;

/// A row: its name, its difference and its verdict.
struct Compared<'a> {
    name: &'a str,
    part: &'a DifferencePart,
    verdict: Verdict,
    /// Number of rows that the interval has to hold for together.
    n_together: usize,
}

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

    /// Returns the picture of differences; `None` if there are no measures.
    pub(super) fn spec_of_differences(&self) -> Option<Spec> {
        match self.cases.as_slice() {
            [case] => self.spec_of_one(case),
            _ => self.spec_of_several(),
        }
    }

    /// Returns the picture of a single case: the measures of the screen, on an axis for each kind of unit.
    fn spec_of_one(&self, case: &CasePart) -> Option<Spec> {
        let rows = self.headline.iter().filter_map(|one| {
            let (part, verdict) = (case.measures.get(&one.measure)?, case.verdict(&one.measure));
            Some(Compared { name: &one.label, part, verdict, n_together: 1 })
        });
        let mut all: Vec<Compared<'_>> = rows.collect();
        let finding = self.finding_of_one(&all)?;
        // amounts of other investments, and what has no error
        if all.iter().any(Compared::is_judged) {
            all.retain(Compared::is_judged);
        }
        all.sort_by_key(|one| rank(one.part.unit));
        let blocks = all.chunk_by(|a, b| rank(a.part.unit) == rank(b.part.unit)).enumerate();
        let blocks = blocks.map(|(place, block)| {
            let columns = if place == 0 { ["base", "case", "change", ""] } else { [""; 4] };
            let rows = block.iter().map(|one| {
                let [base, new] = one.runs(self);
                one.row(vec![(base, Ink::Mute), (new, Ink::Text)], &self.currency)
            });
            self.block(block, &columns, rows.collect())
        });
        Some(Spec {
            finding,
            reading: format!(
                "“{}” (case) against “{}” (base), {}; line: 95 % interval",
                self.label(&case.side),
                self.label(&self.base),
                self.setting().basis
            ),
            shape: Shape::Blocks(blocks.collect()),
        })
    }

    /// Returns the picture of one measure of all cases, the highest first.
    fn spec_of_several(&self) -> Option<Spec> {
        let (id, name) = self.shared();
        let rows = self.cases.iter().filter_map(|case| {
            let (part, verdict) = (case.measures.get(id)?, case.verdict(id));
            Some(Compared { name: self.label(&case.side), part, verdict, n_together: self.cases.len() })
        });
        let mut all: Vec<Compared<'_>> = rows.collect();
        let finding = self.finding_of_several(name, &all)?;
        let n_left_out = all.len().saturating_sub(MOST);
        all.sort_by(|a, b| b.size().total_cmp(&a.size()));
        all.truncate(MOST);
        all.sort_by(|a, b| b.difference().total_cmp(&a.difference()));
        let row = |one: &Compared<'_>| {
            let [_, new] = one.runs(self);
            one.row(vec![(new, Ink::Text)], &self.currency)
        };
        let [base, _] = all.first()?.runs(self);
        let base = Row {
            name: self.label(&self.base).to_owned(),
            marks: vec![RowMark::Apart { is_above: false }],
            figures: [base, "base".to_owned(), String::new()].map(|text| (text, Ink::Text)).to_vec(),
        };
        let rows = [base].into_iter().chain(all.iter().map(row)).collect();
        let setting = self.setting();
        Some(Spec {
            finding,
            reading: format!(
                "{}{}: difference to the base (first row), {}; line: 95 % interval{}",
                capital(name),
                when(self.invests_alike(), &format!(" after {}", span(setting.years))),
                setting.basis,
                left_out(n_left_out)
            ),
            shape: Shape::Rows(self.block(&all, &[name, "difference", ""], rows)),
        })
    }

    /// Creates rows on the axis of the differences `all`, which have one unit.
    fn block(&self, all: &[Compared<'_>], columns: &[&'static str], rows: Vec<Row>) -> Rows {
        let unit = all.first().map_or(Unit::Money, |one| one.part.unit);
        let scale = Scale::holding(all.iter().filter_map(Compared::reach).flatten());
        let tick = |value: f64| match rank(unit) {
            2 => {
                let sign = if value < 0.0 { "−" } else { when(value > 0.0, "+") };
                format!("{sign}{} pp", plain(100.0 * value.abs()))
            }
            _ => rule::change(&Value::certain(unit, value), &self.currency).value(),
        };
        Rows {
            x: Axis::new(scale, TICKS, tick),
            origin: (0.0, String::new()),
            columns: columns.iter().map(|heading| (*heading, Ink::Mute)).collect(),
            rows,
        }
    }

    /// Returns the measure drawn for several cases: its id, and its name within a sentence.
    fn shared(&self) -> (&'static str, &'static str) {
        if self.invests_alike() {
            ("wealth.terminal.real.p50", "median wealth")
        } else {
            ("cagr.real.p50", "median return")
        }
    }

    /// Names the first measure that clearly differs; `None` if there are no measures.
    fn finding_of_one(&self, all: &[Compared<'_>]) -> Option<String> {
        all.first()?;
        if all.iter().all(|one| one.verdict == Verdict::Same) {
            return Some("Every measure is the same on every path".to_owned());
        }
        let Some(first) = all.iter().find(|one| one.is_clear()) else {
            return Some("No measure clearly differs".to_owned());
        };
        let [base, new] = first.runs(self);
        let verb = if first.difference() < 0.0 { "falls" } else { "rises" };
        Some(if base == new {
            format!("{} {verb} by {}", first.name, first.change(&self.currency)?)
        } else {
            format!("{} {verb} from {base} to {new}", first.name)
        })
    }

    /// Names the best case, or the loss of the worst one if none is better; `None` without cases.
    fn finding_of_several(&self, name: &str, all: &[Compared<'_>]) -> Option<String> {
        all.first()?;
        if all.iter().all(|one| one.verdict == Verdict::Same) {
            return Some(format!("{}: the same on every path", capital(name)));
        }
        let clear = || all.iter().filter(|one| one.is_clear());
        let by_size = |a: &&Compared<'_>, b: &&Compared<'_>| a.size().total_cmp(&b.size());
        let Some(most) = clear().max_by(by_size) else {
            return Some(format!("No case clearly differs in {name}"));
        };
        let best = clear().filter(|one| one.verdict == Verdict::Better).max_by(by_size);
        let named = best.unwrap_or(most);
        let more = if named.difference() < 0.0 { "less" } else { "more" };
        let by = named.change(&self.currency)?;
        let by = format!("{} {more}", by.trim_start_matches(['+', '−']));
        // a gray bar may be the longest
        let is_longest = all.iter().all(|one| one.size() <= most.size());
        Some(match best {
            _ if clear().count() == 1 => format!("Only {} clearly differs: {by}", quoted(most.name)),
            Some(best) => format!("{}: {by} {name}", quoted(best.name)),
            None if all.iter().all(|one| one.verdict == Verdict::Worse) => {
                format!("Every case is clearly worse than the base: up to {by}")
            }
            None if is_longest => format!("No case clearly beats the base: up to {by}"),
            None => "No case clearly beats the base".to_owned(),
        })
    }
}

impl Compared<'_> {
    fn is_judged(&self) -> bool {
        self.verdict != Verdict::NotJudged
    }

    /// True if a title may mention the difference.
    fn is_clear(&self) -> bool {
        matches!(self.verdict, Verdict::Better | Verdict::Worse | Verdict::Changed)
    }

    fn difference(&self) -> f64 {
        self.part.change.difference.unwrap_or(0.0)
    }

    fn size(&self) -> f64 {
        self.difference().abs()
    }

    /// Formats the values of base and case; amounts with three digits, so that a reader can check the difference.
    fn runs(&self, of: &Comparison) -> [String; 2] {
        let runs = &self.part.runs;
        if !self.part.unit.is_money() {
            return runs.each_ref().map(|run| rule::shown(run, &of.currency).value());
        }
        let setting = of.setting();
        runs.each_ref().map(|run| setting.alike(once(run.value))(run.value))
    }

    /// Formats the difference with the digits that its whole interval supports; `None` without a difference.
    fn change(&self, currency: &str) -> Option<String> {
        let change = self.part.change.value(self.part.unit)?;
        let even = |ends| Quantity::between(change.value, ends).in_unit(self.part.unit);
        Some(rule::change(&change.interval.map_or(change, even), currency).value())
    }

    /// Returns the ends of the interval, widened to hold for several rows together (Bonferroni).
    fn reach(&self) -> Option<[f64; 2]> {
        let difference = self.part.change.difference?;
        let wider = quantile(1.0 - 0.025 / self.n_together as f64) / quantile(0.975);
        let ends = self.part.change.interval.unwrap_or([difference; 2]);
        Some(ends.map(|end| difference + wider * (end - difference)))
    }

    /// Creates the row: a bar from zero to the difference, `figures`, the difference and the verdict.
    fn row(&self, figures: Vec<(String, Ink)>, currency: &str) -> Row {
        let (ink, verdict) = stated(self.verdict);
        let bar = RowMark::Bar(Bar::new([0.0, self.difference()], Paint::solid(ink)));
        let line = self.reach().map(|ends| RowMark::Span(ends, Line::new(Ink::Text, 1.2)));
        let change = self.change(currency).unwrap_or("–".to_owned());
        let own = [(change, ink), (verdict.to_owned(), ink)];
        Row {
            name: self.name.to_owned(),
            marks: [bar].into_iter().chain(line).collect(),
            figures: figures.into_iter().chain(own).collect(),
        }
    }
}

/// Orders the kinds of units that have an axis each: money first, then percentages.
const fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Money => 0,
        Unit::MoneyPerMonth => 1,
        Unit::Fraction | Unit::FractionPerYear | Unit::Probability => 2,
        _ => 3,
    }
}

/// Returns the ink of a row and its verdict in words.
const fn stated(verdict: Verdict) -> (Ink, &'static str) {
    match verdict {
        Verdict::Better => (Ink::Green, "better"),
        Verdict::Worse => (Ink::Vermilion, "worse"),
        Verdict::Changed => (Ink::Mute, "differs"),
        Verdict::NotJudged => (Ink::Mute, "error unknown"),
        Verdict::NoneSeen => (Ink::Mute, "not clear"),
        Verdict::Same => (Ink::Mute, "the same"),
    }
}
