//! A comparison as a document: for the screen and for a pull request.
//!
//! In: a comparison. Out: a document. Not here: digits (`figure`), sentences (`sentences`).

use super::super::legend;
use super::super::measure::{Measure, is_gain};
use super::super::pictures::{COMPARISON, ComparedRow, Comparison as Chart, Picture, drawn_with};
use super::document::{
    CasePart, ChangePart, Comparison, DifferencePart, SidePart, StepPart, WhyPart,
};
use crate::chart::{Stamp, Theme};
use crate::figure::{Quantity, Shown, counted, difference};
use crate::page::{Cell, Document, Table, Text, Tone, length, shortened_apart};
use crate::stats::{Unit, Verdict};
use std::sync::atomic::AtomicBool;

/// Letters of a name above a column.
const NAMES: usize = 14;

/// Letters of a step that stand on its line; the values of a longer one stand below.
const LABEL: usize = 44;

/// What all steps are called.
const TOGETHER: &str = "together";

impl Comparison {
    /// The bytes of `compare.md`.
    pub fn to_markdown(&self) -> String {
        self.pages().to_markdown()
    }

    /// The screen, and the document of that.
    pub fn pages(&self) -> Document {
        let mut page = Document::new(self.title.as_str());
        page.fine(self.head());
        page.gap();
        for case in &self.cases {
            page.table(self.table(case));
            page.gap();
        }
        let crossovers = self.crossovers();
        if !crossovers.is_empty() {
            crossovers
                .into_iter()
                .for_each(|sentence| page.sentence(sentence));
            page.gap();
        }
        for case in &self.cases {
            if let Some(why) = &case.why {
                self.write_why(case, why, &mut page);
            }
        }
        for sentence in self.remarks() {
            page.warning(sentence);
        }
        page.fine(self.caveat());
        legend::explain(&mut page, &[]);
        page
    }

    /// `base: as-written · new: uae · 20,000 shared paths, seed 3`
    fn head(&self) -> String {
        let paths = counted(self.paths as usize, "shared path");
        let new = match self.cases.as_slice() {
            [case] => format!("new: {}", case.side.name),
            cases => counted(cases.len(), "case"),
        };
        format!("base: {} · {new} · {paths}, {}", self.base.name, self.seeds)
    }

    /// Columns: base, new, difference, verdict.
    fn table(&self, case: &CasePart) -> Table {
        let names = shortened_apart(&[&self.base.name, &case.side.name], NAMES);
        let [base, new] = [0, 1].map(|at| format!(">{}", names[at]));
        let mut table = Table::new(&["", &base, &new, ">difference", ""]);
        for headline in &self.headline {
            let found = case.measures.get(&headline.measure);
            let Some((part, verdict)) = found.zip(case.headline.get(&headline.measure)) else {
                continue;
            };
            let shown = figures(&headline.measure, part, &self.currency);
            let verdict = match self.paths {
                1 => "".into(),
                _ => Cell::Word(verdict.word().to_owned(), tone(*verdict)),
            };
            table.row(vec![
                headline.label.as_str().into(),
                shown.base.into(),
                shown.new.into(),
                shown.difference.whole().into(),
                verdict,
            ]);
        }
        table.without_empty()
    }

    /// Every step of `case` and by how much it moves the measure, then all of them if they are several.
    fn write_why(&self, case: &CasePart, why: &WhyPart, page: &mut Document) {
        let of_case = match self.cases.len() {
            1 => String::new(),
            _ => format!(" of {}", case.side.name),
        };
        page.heading(
            "WHY",
            format!(
                "{}{of_case}, changed one after the other in this order",
                why.label
            ),
        );
        let mut table = Table::new(&["", ">", "?where"]);
        for step in &why.steps {
            let (key, values) = step.label();
            let whole = format!("{key}{values}");
            let (label, below) = match length(&whole) > LABEL && !values.is_empty() {
                true => (key, vec![Text::code(values.trim_start())]),
                false => (whole, Vec::new()),
            };
            let place = match step.edits.as_slice() {
                [edit] => edit.place.as_ref(),
                _ => None,
            };
            let place = place.map_or_else(String::new, |place| {
                format!("{}:{}", place.file, place.line)
            });
            let moved = self.moved(why, &step.change);
            table.row_with(vec![Cell::code(label), moved.into(), place.into()], below);
        }
        if why.steps.len() > 1 {
            let moved = self.moved(why, &why.total);
            table.row(vec![TOGETHER.into(), moved.into(), "".into()]);
        }
        page.table(table.without_empty());
        page.gap();
    }

    /// By how much the measure moves.
    fn moved(&self, why: &WhyPart, change: &ChangePart) -> String {
        match change.quantity(self.paths) {
            None => "no figure".to_owned(),
            Some(change) if change == Quantity::exact(0.0) => "no change".to_owned(),
            Some(change) => difference(why.unit, &self.currency, change).whole(),
        }
    }
}

impl StepPart {
    /// The key of a single edit and ` 0.7 → 0.2`, ` is new: 0.2`, else the table and how many keys of it.
    fn label(&self) -> (String, String) {
        match (&self.table, self.edits.as_slice()) {
            (None, [edit]) => (edit.key.clone(), format!(" {}", edit.what())),
            (table, edits) => {
                let table = table.as_deref().unwrap_or("several");
                (format!("{table} ({} keys)", edits.len()), String::new())
            }
        }
    }
}

const fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Better => Tone::Good,
        Verdict::Worse => Tone::Bad,
        Verdict::Changed => Tone::Changed,
        Verdict::NoneSeen | Verdict::Same | Verdict::NotJudged => Tone::Quiet,
    }
}

/// One measure of a case.
pub struct Figures {
    pub base: String,
    pub new: String,
    pub difference: Shown,
}

/// The figures of `part`, the measure `id`: each run as its own screen shows it; what has happened on one path or not is
/// no chance.
pub fn figures(id: &str, part: &DifferencePart, currency: &str) -> Figures {
    let paths = part.runs[0].n as u64;
    let has_happened = paths == 1 && part.unit == Unit::Probability;
    let side = |run: &Measure| match is_gain(id, run.value) {
        _ if has_happened => if run.value > 0.0 { "yes" } else { "no" }.to_owned(),
        true => {
            format!("gain {}", run.negative().shown(currency).value())
        }
        false => run.shown(currency).value(),
    };
    let [base, new] = part.runs.each_ref().map(side);
    Figures {
        base,
        new,
        difference: match part.change.quantity(paths) {
            _ if has_happened => Shown::alone(String::new()),
            Some(change) => difference(part.unit, currency, change),
            None => Shown::alone("–".to_owned()),
        },
    }
}

impl ChangePart {
    /// The change with what is to be shown of its error, by the interval if it has a width; of one path it is what it is,
    /// and nothing has no error where no path differs and none is known. None if a run has no such figure.
    pub(super) fn quantity(&self, paths: u64) -> Option<Quantity> {
        let value = self.difference?;
        let is_wide = |[low, high]: &[f64; 2]| high > low && (high - low).is_finite();
        Some(match (self.std_error, self.interval.filter(is_wide)) {
            _ if paths == 1 => Quantity::exact(value),
            (None, _) if self.is_same => Quantity::exact(value),
            (None, _) => Quantity::within(value, f64::INFINITY),
            (Some(_), Some(interval)) => Quantity::between(value, interval),
            (Some(std_error), None) => Quantity { value, std_error },
        })
    }
}

/// Figures that are drawn.
const WEALTH: &str = "wealth.terminal.real";
const RETURN: &str = "cagr.real.p50";

impl Comparison {
    /// Wealth at the end of every scenario, if all have it; nothing once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let first = self.cases.first()?;
        let base = row(&self.base, first, 0)?;
        let of_case = |case: &CasePart| row(&case.side, case, 1);
        let others: Option<Vec<ComparedRow>> = self.cases.iter().map(of_case).collect();
        let chart = Chart {
            currency: self.currency.clone(),
            basis: format!(
                "in {} money",
                self.start.split('-').next().unwrap_or_default()
            ),
            years: f64::from(self.months) / 12.0,
            base,
            others: others?,
        };
        drawn_with(&COMPARISON, &chart, &self.stamp(), theme, stop)
    }

    /// Of its pictures.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp {
            scenario: self.base.title.clone(),
            seeds: self.seeds,
            n_paths: self.paths,
            digest: self.base.model_digest.clone(),
        }
    }
}

/// The difference of a figure that many paths have exactly, such as nothing left, with the sum of both errors: its bound
/// whatever the two have in common. None if one of them is not known.
fn bound(part: &DifferencePart) -> Option<Quantity> {
    let [base, new] = part.runs.each_ref().map(Measure::quantity);
    let half = base.half_width() + new.half_width();
    let is_known = part.runs.iter().any(|run| run.atom().is_some()) && half.is_finite();
    is_known.then(|| Quantity::within(new.value - base.value, half))
}

/// Of the base, run 0, or of the case.
fn row(side: &SidePart, case: &CasePart, run: usize) -> Option<ComparedRow> {
    let part = |level: &str| case.measures.get(&format!("{WEALTH}.{level}"));
    let value = |level: &str| Some(part(level)?.runs[run].value);
    let middle = part("p50")?;
    let changed = |part: &DifferencePart| {
        let found = match part.change.std_error {
            Some(_) => part.change.quantity(part.runs[0].n as u64),
            None => bound(part),
        };
        found.filter(|_| run > 0)
    };
    let rate = case.measures.get(RETURN);
    // the mean moves if any path does
    let is_equal = part("mean").is_some_and(|mean| mean.verdict == Verdict::Same);
    Some(ComparedRow {
        name: side.name.clone(),
        put_in: side.money_in,
        p05: value("p05")?,
        p25: value("p25")?,
        p50: middle.runs[run].quantity(),
        p75: value("p75")?,
        p95: value("p95")?,
        difference: changed(middle),
        rate: rate.and_then(|rate| {
            let rate = rate.runs[run].quantity();
            rate.half_width().is_finite().then_some(rate)
        }),
        rate_difference: rate.and_then(changed),
        is_equal: run > 0 && is_equal,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::{Better, Estimate, Note, Unit};

    #[test]
    fn a_case_that_ends_with_nothing_is_less_though_its_median_has_no_error() {
        let run = |value: f64, half: Option<f64>| {
            let estimate = match half {
                Some(half) => {
                    Estimate::with_interval(value, half, (value - half, value + half), 900)
                }
                None => Estimate::bare(value, 900, Some(Note::Atom { probability: 0.8 })),
            };
            Measure::new(Unit::Money, &estimate)
        };
        let part = |new: Measure| DifferencePart {
            unit: Unit::Money,
            base: 44_000.0,
            base_std_error: Some(2_000.0),
            new: new.value,
            new_std_error: None,
            runs: [run(44_000.0, Some(4_000.0)), new],
            better: Better::Higher,
            can_differ: true,
            change: ChangePart {
                difference: Some(-44_000.0),
                std_error: None,
                interval: None,
                is_same: false,
            },
            p_value: None,
            verdict: Verdict::NotJudged,
            sharpness: None,
            note: None,
        };
        let found = bound(&part(run(0.0, None))).expect("nothing is left for sure");
        assert_eq!(found.value, -44_000.0);
        assert!((found.half_width() - 4_000.0).abs() < 1e-6);
        // what has no error for another reason stays unknown
        assert_eq!(bound(&part(run(9.0, Some(1.0)))), None);
    }
}
