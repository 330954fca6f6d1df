//! How far scenarios differ from the base, as a share of the figure of the base.
//!
//! In: a comparison. Out: its picture: of one case the measures of the screen, of several one measure of each. Not here: paired
//! differences (`stats`), verdicts (`report::compare`).

use super::super::compare::{Comparison, DifferencePart};
use super::{Kind, Picture, Setting, drawn_with, left_out, when};
use crate::chart::{
    Axis, Ink, Line, Row, RowMark, Rows, Scale, Shape, Spec, Stamp, TICKS_OF_ROWS, Theme,
};
use crate::figure::{in_words, per_cent, rule};
use crate::stats::Verdict;
use std::sync::atomic::AtomicBool;

pub const KIND: Kind = Kind {
    id: "comparison",
    title: "Scenarios compared",
    doc: "Difference to the base, relative to the figure of the base, with its 95 % interval: of a single case every measure of \
          the screen, of several cases the median wealth, or the median return where they do not invest the same. Green \
          is better, vermilion worse, gray not clearly different. All scenarios have common random numbers.",
    of: None, // of several runs
};

/// Rows drawn at most.
const MOST: usize = 24;

/// Differences beyond this part of the base are cut.
const WIDEST: f64 = 1.0;

/// A difference with the name of its row and its verdict.
type Compared<'a> = (&'a str, &'a DifferencePart, Verdict);

impl Comparison {
    /// The differences, if there are any; `None` once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        drawn_with(&KIND, &self.spec_of_differences()?, &self.stamp(), theme, stop)
    }

    pub(super) fn setting(&self) -> Setting {
        let start = self.start.parse().expect("the start of a scenario");
        Setting::of(&self.currency, start, self.months, self.paths)
    }

    pub(super) fn stamp(&self) -> Stamp {
        let base = &self.base;
        Stamp::new(&base.title, self.seeds, self.paths, &base.model_digest)
    }

    pub(super) fn spec_of_differences(&self) -> Option<Spec> {
        let (name, things, all) = self.compared();
        let drawn = &all[..all.len().min(MOST)];
        let reaches = drawn.iter().filter_map(|(_, part, _)| reach(part)).flatten();
        let is_cut = reaches.clone().any(|end| end.abs() > WIDEST);
        let scale = Scale::holding(reaches.map(|end| end.clamp(-WIDEST, WIDEST)));
        let columns = [(96.0, "base"), (96.0, "case"), (150.0, "difference")];
        let columns = columns.map(|(width, heading)| (width, heading, Ink::Mute));
        let tick = |tick| format!("{}{}", when(tick > 0.0, "+"), per_cent(tick, 0));
        Some(Spec {
            finding: finding(name, things, &all)?,
            reading: format!(
                "{name} against {}, in % of the base; same random numbers, line: 95 % interval{}{}",
                self.label(&self.base),
                when(is_cut, "; cut at ± 100 %"),
                left_out(all.len() - drawn.len())
            ),
            shape: Shape::Rows(Rows {
                x: Axis::new(scale, TICKS_OF_ROWS, tick),
                pitch: 34.0,
                names: 320.0,
                columns: columns.to_vec(),
                level: None,
                rows: drawn.iter().map(|one| row(one, &self.currency)).collect(),
            }),
        })
    }

    /// The measures of a single case, else one measure of every case; with what has them, and what they are.
    fn compared(&self) -> (&str, &'static str, Vec<Compared<'_>>) {
        if let [case] = self.cases.as_slice() {
            let rows = self.headline.iter().filter_map(|one| {
                let part = case.measures.get(&one.measure)?;
                Some((one.label.as_str(), part, case.verdict(&one.measure)))
            });
            return (self.label(&case.side), "measures", rows.collect());
        }
        let (id, name) = match self.invests_alike() {
            true => ("wealth.terminal.real.p50", "Median wealth"),
            false => ("cagr.real.p50", "Median return"),
        };
        let rows = self.cases.iter().filter_map(|case| {
            let part = case.measures.get(id)?;
            Some((self.label(&case.side), part, case.verdict(id)))
        });
        (name, "cases", rows.collect())
    }
}

/// How many differ for the better and for the worse; `None` without any.
fn finding(name: &str, things: &str, all: &[Compared<'_>]) -> Option<String> {
    let is = |verdict| all.iter().filter(|(.., found)| *found == verdict).count();
    let numbers = [is(Verdict::Better), is(Verdict::Worse), all.len()];
    let [better, worse, n] = numbers.map(|number| in_words(number as u64));
    Some(match numbers {
        [.., 0] => return None,
        [.., n] if is(Verdict::Same) == n => format!("{name}: the same on every path"),
        [0, 0, _] => format!("{name}: no clear difference in {n} {things}"),
        [_, 0, _] => format!("{name}: {better} of {n} {things} better"),
        [0, ..] => format!("{name}: {worse} of {n} {things} worse"),
        _ => format!("{name}: {better} of {n} {things} better, {worse} worse"),
    })
}

/// The difference, then the ends of its interval, relative to the base; `None` without a base.
fn reach(part: &DifferencePart) -> Option<[f64; 3]> {
    let (base, difference) = (part.base?.abs(), part.change.difference?);
    let [low, high] = part.change.interval.unwrap_or([difference; 2]);
    (base > 0.0).then(|| [difference, low, high].map(|end| end / base))
}

fn row((name, part, verdict): &Compared<'_>, currency: &str) -> Row {
    let ink = match verdict {
        Verdict::Better => Ink::Green,
        Verdict::Worse => Ink::Vermilion,
        _ => Ink::Mute,
    };
    let marks = reach(part).map(|[at, low, high]| {
        let line = Line::new(ink, 3.0).percent(55);
        vec![RowMark::Span([low, high], line), RowMark::Dot(at, 5.0, ink)]
    });
    let [base, new] = part.runs.each_ref().map(|run| rule::shown(run, currency).value());
    let change = part.change.value(part.unit);
    let change = change.map_or("–".to_owned(), |change| rule::change_within(&change, currency));
    Row {
        name: (*name).to_owned(),
        marks: marks.unwrap_or_default(),
        figures: vec![(base, Ink::Mute), (new, Ink::Text), (change, ink)],
    }
}
