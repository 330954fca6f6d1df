//! Differences between scenarios and the base.
//!
//! In: a comparison. Out: its picture: for one case the headline measures, for several cases one measure
//! each. Not here: paired differences (`stats`), verdicts (`report::compare`).

use super::super::compare::{CasePart, Comparison, DifferencePart, HeadlinePart};
use super::{PictureKind, Setting, Sketch, cases, crossover, left_out, strength, when};
use crate::chart::{ChartRow, Ink, Line, Paint, RowChart, RowMark, Scale, Shape, Spec, Stamp};
use crate::figure::rule::{self, Subtracted};
use crate::figure::{briefest, capital, in_words, plain, quoted, span, uncapital};
use crate::math::digits::rounded;
use crate::math::normal::quantile;
use crate::record::id;
use crate::stats::{Unit, Value, Verdict};

pub const KIND: PictureKind = PictureKind {
    id: "comparison",
    title: "Scenarios compared",
    doc: "Difference from the base with its 95 % interval, wider where it is not clear: of one case the measures of the \
          screen, of several the median wealth or return. Green is better, orange worse, gray not clear or not judged. \
          Beside clear differences, what cannot be compared has no bar.",
    of: None, // of several runs
};

/// Maximum number of measures or cases drawn.
const MOST: usize = 24;
/// Measures of the screen that the chart of one case shows only if they clearly differ, so that it is read at a glance.
const NOT_DRAWN: [&str; 2] = [id::REAL_WEALTH_MEAN, id::REAL_WEALTH_P95];

/// A row of the chart: the name of a measure or case, its difference from the base, and the verdict on it.
struct DifferenceRow<'a> {
    name: String,
    part: &'a DifferencePart,
    verdict: Verdict,
    /// Number of differences that are not clear; each 95 % interval is widened for it (Bonferroni).
    n_together: usize,
    /// Decimal place of the last printed digit, negative for tens, hundreds, …; true if the difference has it too.
    decimal: (i32, bool),
    /// False beside clear differences if the case cannot be compared.
    has_bar: bool,
}

impl Comparison {
    /// Returns the charts of a comparison: final wealth, differences, and incomes if one overtakes another.
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

    /// Returns the number of judged differences that are not clear, at least 1: with 95 % intervals of so many together, an
    /// interval without 0 belongs to a clear difference (Holm).
    fn n_unclear(&self) -> usize {
        let verdicts = self.cases.iter().flat_map(|case| case.headline.values());
        let n_clear = verdicts.filter(|verdict| verdict.is_clear()).count();
        self.n_in_headline.saturating_sub(n_clear).max(1)
    }

    /// Returns the chart of a single case: the measures of the screen, on one axis for each kind of unit.
    fn spec_of_one(&self, case: &CasePart) -> Option<Spec> {
        let is_clear = |one: &HeadlinePart| case.verdict_by_eye(&one.measure).is_clear();
        let is_drawn = |one: &&HeadlinePart| is_clear(one) || !NOT_DRAWN.contains(&one.measure.as_str());
        let rows = self.headline.iter().filter(is_drawn).filter_map(|one| {
            let (part, verdict) = (case.measures.get(&one.measure)?, case.verdict_by_eye(&one.measure));
            let is_shortfall = one.measure == id::EXPECTED_SHORTFALL_95;
            let name = if is_shortfall { "Mean loss of the worst 5 %" } else { &one.label };
            Some(DifferenceRow::new(name, part, verdict, self.n_unclear()))
        });
        let mut all: Vec<DifferenceRow<'_>> = rows.collect();
        all.first()?;
        let finding = self.finding_of_one(case, &all);
        // amounts of other investments, and what has no error
        let is_judged = |one: &DifferenceRow<'_>| one.verdict != Verdict::NotJudged;
        if all.iter().any(is_judged) {
            all.retain(is_judged);
        }
        all.sort_by_key(|one| rank(one.part.unit));
        let groups = all.chunk_by(|a, b| rank(a.part.unit) == rank(b.part.unit));
        let blocks = groups.enumerate().map(|(place, block)| {
            let columns = if place == 0 { ["base", "case", "change", ""] } else { [""; 4] };
            let rows = block.iter().map(|one| {
                let texts = one.texts(&self.currency);
                one.row(vec![(texts.base, Ink::Mute), (texts.new, Ink::Text)], &self.currency, true)
            });
            self.block(block, &columns, rows.collect())
        });
        Some(Spec {
            finding,
            reading: format!(
                "Compared with “{}” (base), {}; line: margin of error{}",
                self.label(&self.base),
                self.setting().basis,
                when(all.iter().any(|one| rank(one.part.unit) == 2), "; pp: percentage points")
            ),
            shape: Shape::Rows(blocks.collect()),
        })
    }

    /// Returns the chart of differences from the base: of a single case all measures, of several cases one measure, the
    /// highest first. `None` if there are no measures.
    pub(super) fn spec_of_differences(&self) -> Option<Spec> {
        if let [case] = self.cases.as_slice() {
            return self.spec_of_one(case);
        }
        let (id, name) = self.shared();
        let rows = self.cases.iter().filter_map(|case| {
            let (part, verdict) = (case.measures.get(id)?, case.verdict_by_eye(id));
            Some(DifferenceRow::new(self.label(&case.side), part, verdict, self.n_unclear()))
        });
        let mut all: Vec<DifferenceRow<'_>> = rows.collect();
        // all with the last digit of the least certain of the clear differences, but none of these as zero
        let clear = || all.iter().filter(|one| one.verdict.is_clear());
        let places = || clear().map(|one| one.decimal.0);
        let is_seen = |place: &i32| clear().all(|one| rounded(one.difference(), *place) != 0.0);
        let least = places().min().or(all.iter().map(|one| one.decimal.0).min())?;
        let most = places().max().unwrap_or(least);
        let place = (least..most).find(is_seen).unwrap_or(most);
        all.iter_mut().for_each(|one| one.decimal = (place, true));
        let base = all.first()?.texts(&self.currency).base;
        let finding = self.finding_of_several(name, &all);
        let n_left_out = all.len().saturating_sub(MOST);
        // a bar would compare what cannot be compared
        let is_told = all.iter().any(|one| one.verdict.is_clear() && !one.is_other());
        all.iter_mut().for_each(|one| one.has_bar = !(is_told && one.is_other()));
        all.sort_by(|a, b| b.has_bar.cmp(&a.has_bar).then(b.size().total_cmp(&a.size())));
        all.truncate(MOST);
        all.sort_by(|a, b| b.difference().total_cmp(&a.difference()));
        let new = |one: &DifferenceRow<'_>| vec![(one.texts(&self.currency).new, Ink::Text)];
        let is_better = |one: &DifferenceRow<'_>| one.verdict == Verdict::Better;
        let is_named = |one: &DifferenceRow<'_>| is_better(one) || !all.iter().any(is_better);
        let row = |one: &DifferenceRow<'_>| one.row(new(one), &self.currency, is_named(one));
        let base = ChartRow {
            name: self.label(&self.base).to_owned(),
            marks: vec![RowMark::Divider { is_above: false }],
            figures: [base, "base".to_owned(), String::new()].map(|text| (text, Ink::Text)).to_vec(),
        };
        let rows = [base].into_iter().chain(all.iter().map(row)).collect();
        let setting = self.setting();
        Some(Spec {
            finding,
            reading: format!(
                "{}{}: difference from the base (first row), {}; line: margin of error{}{}",
                capital(name),
                when(self.invests_alike(), &format!(" after {}", span(setting.years))),
                setting.basis,
                match all.iter().filter(|one| one.is_other()).count() {
                    n if n == all.len() => "; gray: other sums paid in or out",
                    n => when(is_told && n > 0, "; no bar: other sums paid in or out"),
                },
                left_out(n_left_out)
            ),
            shape: self.block(&all, &[name, "difference", ""], rows).into(),
        })
    }

    /// Creates the part of the chart in which the `rows` of `all` share an axis and the headings `columns`.
    fn block(&self, all: &[DifferenceRow<'_>], columns: &[&'static str], rows: Vec<ChartRow>) -> RowChart {
        let (unit, drawn) = (all[0].part.unit, all.iter().filter(|one| one.has_bar));
        let scale = Scale::holding(drawn.filter_map(DifferenceRow::reach).flatten());
        let tick = |value: f64| match rank(unit) {
            2 => {
                let sign = if value < 0.0 { "−" } else { when(value > 0.0, "+") };
                format!("{sign}{} pp", plain(100.0 * value.abs()))
            }
            _ => rule::change(&Value::certain(unit, value), &self.currency).value(),
        };
        let columns: Vec<_> = columns.iter().map(|heading| (*heading, Ink::Mute)).collect();
        RowChart::new(scale, tick, columns, rows)
    }

    /// Returns the id of the measure that the chart of several cases shows, and its name inside a sentence.
    fn shared(&self) -> (&'static str, &'static str) {
        if self.invests_alike() {
            (id::REAL_WEALTH_P50, "median wealth")
        } else {
            (id::REAL_RETURN_P50, "median return")
        }
    }

    /// Returns the title: the case and the first measure that clearly differs, with the number of measures
    /// that are better or worse against it.
    fn finding_of_one(&self, case: &CasePart, all: &[DifferenceRow<'_>]) -> String {
        let case = quoted(self.label(&case.side));
        if all.iter().all(|one| one.verdict == Verdict::Same) {
            return format!("{case}: every measure the same on every path");
        }
        let Some(first) = all.iter().find(|one| one.verdict.is_clear()) else {
            return format!("{case}: no measure clearly differs");
        };
        let Subtracted { base, new, .. } = first.texts(&self.currency);
        let (name, verb) = (uncapital(&first.name), if first.difference() < 0.0 { "falls" } else { "rises" });
        let contrary = if first.verdict == Verdict::Better { Verdict::Worse } else { Verdict::Better };
        let n = all.iter().filter(|one| one.verdict == contrary).count();
        let others = format!(", {} measure{} {}", in_words(n as u64), when(n > 1, "s"), stated(contrary).1);
        let others = when(n > 0, &others);
        briefest([
            format!("{case}: {name} {verb} from {base} to {new}{others}"),
            format!("{case}: {name} {new}{others}"),
            format!("{case}: {name} {verb} to {new}"),
        ])
    }

    /// Returns the title: the best case, or the base if all end lower.
    fn finding_of_several(&self, name: &str, all: &[DifferenceRow<'_>]) -> String {
        if all.iter().all(|one| one.verdict == Verdict::Same) {
            return format!("{}: the same on every path", capital(name));
        }
        let clear = || all.iter().filter(|one| one.verdict.is_clear());
        let by_size = |a: &&DifferenceRow<'_>, b: &&DifferenceRow<'_>| a.size().total_cmp(&b.size());
        // what cannot be compared decides only if nothing else differs
        let most = clear().filter(|one| !one.is_other()).max_by(by_size).or(clear().max_by(by_size));
        let Some(most) = most else {
            return format!("No case clearly differs in {name}");
        };
        let better = || clear().filter(|one| one.verdict == Verdict::Better);
        let by = |one: &DifferenceRow<'_>| one.texts(&self.currency).size;
        if let Some(lead) = better().max_by(by_size).or(Some(most).filter(|most| most.is_other())) {
            let more = if lead.difference() > 0.0 { "more" } else { "less" };
            return format!("{}: {} {more} {name} than the base", quoted(&lead.name), by(lead));
        }
        let n_other = all.iter().filter(|one| one.is_other()).count();
        let is_sure = clear().filter(|one| !one.is_other()).count() == all.len() - n_other;
        let [comparable, clearly] = [when(n_other > 0, "comparable "), when(!is_sure, "clearly ")];
        format!("No {comparable}case {clearly}beats the base's {} {name}", all[0].texts(&self.currency).base)
    }
}

impl<'a> DifferenceRow<'a> {
    fn new(name: &str, part: &'a DifferencePart, verdict: Verdict, n_together: usize) -> Self {
        let [base, new] = part.runs.map(|run| run.value);
        let decimal = part.change.value(part.unit).map_or(0, |it| rule::last_decimal_of(&it, base, new));
        Self { name: name.to_owned(), part, verdict, n_together, decimal: (decimal, false), has_bar: true }
    }

    fn difference(&self) -> f64 {
        self.part.change.difference.unwrap_or(0.0)
    }

    /// True if other spending or flows make the case neither better nor worse.
    fn is_other(&self) -> bool {
        self.verdict == Verdict::Changed
    }

    fn size(&self) -> f64 {
        self.difference().abs()
    }

    /// Formats base value, case value and difference, the latter as the screen does.
    fn texts(&self, currency: &str) -> Subtracted {
        let [base, new] = self.part.runs.map(|run| run.value);
        let change = self.part.change.value(self.part.unit);
        let change = change.unwrap_or_else(|| Value::certain(self.part.unit, new - base));
        rule::subtracted(base, new, &change, self.decimal, currency)
    }

    /// Returns the ends of the difference's interval, widened so that it has 0 unless the difference is clear; `None`
    /// without a difference.
    fn reach(&self) -> Option<[f64; 2]> {
        let difference = self.part.change.difference?;
        let wider = quantile(1.0 - 0.025 / self.n_together as f64) / quantile(0.975);
        // a case that clearly ends with nothing has the error of the base
        let of_base = self.part.runs[0].interval.filter(|_| self.verdict == Verdict::Worse);
        let own = self.part.change.interval.or(of_base.map(|[low, high]| [-high, -low]));
        let [low, high] = own.unwrap_or([difference; 2]).map(|end| difference + wider * (end - difference));
        // the law behind a verdict may be more careful than that of the interval
        Some(if self.verdict == Verdict::NoneSeen { [low.min(0.0), high.max(0.0)] } else { [low, high] })
    }

    /// Creates the row: a bar from zero to the difference, `figures`, the difference and the verdict.
    fn row(&self, figures: Vec<(String, Ink)>, currency: &str, is_named: bool) -> ChartRow {
        let (ink, verdict) = stated(self.verdict);
        let own = [(self.texts(currency).change, ink), (verdict.to_owned(), ink)];
        let figures = figures.into_iter().chain(own).collect();
        let paint = Paint::of(ink, strength(is_named));
        let mut row = ChartRow::bar(&self.name, self.difference(), paint, figures);
        let line = Line::new(Ink::Text, 1.2);
        row.marks.retain(|_| self.has_bar);
        row.marks.extend(self.reach().filter(|_| self.has_bar).map(|ends| RowMark::Span(ends, line)));
        row
    }
}

/// Returns the position of a unit's axis among the axes of the chart: money first, then percentages.
const fn rank(unit: Unit) -> u8 {
    match unit {
        Unit::Money => 0,
        Unit::MoneyPerMonth => 1,
        Unit::Fraction | Unit::FractionPerYear | Unit::Probability => 2,
        _ => 3,
    }
}

/// Returns the color of a row with this verdict, and the verdict in words.
const fn stated(verdict: Verdict) -> (Ink, &'static str) {
    match verdict {
        Verdict::Better => (Ink::Green, "better"),
        Verdict::Worse => (Ink::Vermilion, "worse"),
        Verdict::Changed => (Ink::Mute, "not comparable"),
        Verdict::NotJudged => (Ink::Mute, "error unknown"),
        Verdict::NoneSeen => (Ink::Mute, "not clear"),
        Verdict::Same => (Ink::Mute, "the same"),
    }
}
