//! Wealth at the end of several scenarios, one row each.
//!
//! In: a comparison. Out: its picture. Not here: paired differences (`stats`), verdicts (`report::compare`).

use super::super::compare::{CasePart, Comparison, SidePart};
use super::{Kind, Picture, Setting, drawn_with, left_out, of_levels, when};
use crate::chart::{
    Axis, Extent, Ink, Line, Row, RowMark, Rows, Scale, Shape, Spec, Stamp, TICKS_OF_ROWS, Theme,
    Type,
};
use crate::figure::{rule, span};
use crate::stats::Verdict;
use crate::study::Remark;
use std::iter::once;
use std::sync::atomic::AtomicBool;

pub const KIND: Kind = Kind {
    id: "comparison",
    title: "Scenarios compared",
    doc: "Final wealth of each scenario, the base first: a dot at the median, a thick line over the middle 50 % of \
          the paths, a thin line over 90 %. The column on the right has the median and its difference to the base \
          with the 95 % error. All scenarios have common random numbers, so differences are known better than the \
          lines suggest.",
    of: None, // of several runs,
};

/// Rows drawn at most, the base included.
const MOST_ROWS: usize = 24;

/// Widest name, and free pixels between columns.
const NAMES: f64 = 210.0;
const GAP: f64 = 18.0;

/// What a title is about: the return where the scenarios do not invest the same.
const WEALTH: &str = "wealth.terminal.real.p50";
const RETURN: &str = "cagr.real.p50";

/// A scenario with its wealth at the end: run 0 of a case is the base, run 1 the case itself.
struct WealthRow<'a> {
    side: &'a SidePart,
    case: &'a CasePart,
    run: usize,
    /// Five quantiles, the lowest first.
    wealth: [f64; 5],
}

impl<'a> WealthRow<'a> {
    /// `None` if the run has no wealth at its end.
    fn of(side: &'a SidePart, case: &'a CasePart, run: usize) -> Option<Self> {
        let value = |level: &str| {
            let id = format!("wealth.terminal.real.{level}");
            Some(case.measures.get(&id)?.runs[run].value)
        };
        Some(Self {
            side,
            case,
            run,
            wealth: of_levels(value)?,
        })
    }

    fn extent(&self) -> Extent {
        let [low, .., high] = self.wealth;
        Extent {
            lowest: low,
            highest: high,
            ratio: if low > 0.0 { high / low } else { f64::INFINITY },
            usual: self.side.money_in,
        }
    }

    fn drawn(&self, currency: &str) -> Row {
        let is_base = self.run == 0;
        let ink = if is_base { Ink::Blue } else { Ink::Green };
        let span = |between, width, percent| {
            RowMark::Span(between, Line::new(ink, width).percent(percent))
        };
        let part = &self.case.measures[WEALTH];
        let shown = rule::shown(&part.runs[self.run], currency).value();
        let change = match part.change.value(part.unit) {
            _ if is_base => "base".to_owned(),
            Some(change) => rule::change(&change, currency).whole(),
            None => "–".to_owned(),
        };
        let is_clear = !is_base && self.case.verdict(WEALTH).is_difference();
        let ink_of_change = if is_clear { Ink::Text } else { Ink::Mute };
        let [p05, p25, p50, p75, p95] = self.wealth;
        Row {
            name: self.side.name.clone(),
            marks: vec![
                span([p05, p95], 2.0, 55),
                span([p25, p75], 8.0, 45),
                RowMark::Dot(p50, 4.5, ink),
            ],
            figures: vec![(shown, ink.for_text()), (change, ink_of_change)],
        }
    }
}

impl Comparison {
    /// Wealth at the end of every scenario, if all have it; `None` once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        drawn_with(&KIND, &self.spec_of_wealth()?, &self.stamp(), theme, stop)
    }

    pub(super) fn setting(&self) -> Setting {
        let start = self.start.parse().expect("the start of a scenario");
        Setting::of(&self.currency, start, self.months, self.paths)
    }

    pub(super) fn stamp(&self) -> Stamp {
        let base = &self.base;
        Stamp::new(&base.title, self.seeds, self.paths, &base.model_digest)
    }

    pub(super) fn spec_of_wealth(&self) -> Option<Spec> {
        let setting = self.setting();
        let cases = self.cases.iter().map(|case| (&case.side, case, 1));
        let all = once((&self.base, self.cases.first()?, 0)).chain(cases);
        let drawn = all.map(|(side, case, run)| WealthRow::of(side, case, run));
        let drawn: Vec<WealthRow> = drawn.take(MOST_ROWS).collect::<Option<_>>()?;
        let scale = Scale::fit(drawn.iter().map(WealthRow::extent).reduce(Extent::and)?);
        let rows = drawn.iter().map(|row| row.drawn(&self.currency));
        let rows: Vec<Row> = rows.collect();
        let (put_in, (low, high)) = (self.base.money_in, scale.ends());
        let is_alike = self.invests_alike();
        let is_level = is_alike && put_in > 0.0 && (low..=high).contains(&put_in);
        let name = Type::new(12.5, Ink::Text);
        let names = rows.iter().map(|row| name.width(&row.name));
        let columns = ["median", "against the base"].into_iter().enumerate();
        let columns = columns.map(|(column, heading)| {
            let figure = Type::figure(Ink::Text);
            let texts = rows.iter().map(|row| row.figures[column].0.as_str());
            let widths = texts.chain([heading]).map(|text| figure.width(text));
            (widths.fold(0.0, f64::max) + GAP, heading, Ink::Mute)
        });
        Some(Spec {
            finding: self.finding(),
            reading: format!(
                "Wealth after {} {}: the middle half (thick) and 90 % (thin) of the paths, dot at \
                 the median; differences on the same random numbers, ± 95 %{}{}{}",
                span(setting.years),
                setting.basis,
                when(!is_alike, "; they do not invest the same"),
                setting.said(scale),
                left_out(self.cases.len() + 1 - rows.len())
            ),
            shape: Shape::Rows(Rows {
                x: Axis::new(scale, TICKS_OF_ROWS, |tick| setting.tick(tick)),
                pitch: 34.0,
                names: names.fold(0.0, f64::max).min(NAMES) + GAP,
                columns: columns.collect(),
                level: is_level.then(|| (put_in, format!("{} invested", setting.money(put_in)))),
                rows,
            }),
        })
    }

    /// True if all scenarios invest the same, so that amounts compare.
    fn invests_alike(&self) -> bool {
        let mut remarks = self.cases.iter().flat_map(|case| &case.remarks);
        remarks.all(|remark| *remark != Remark::OtherInvestment)
    }

    /// Both medians of a single case, how many of several cases differ from the base.
    fn finding(&self) -> String {
        let (id, what) = if self.invests_alike() {
            (WEALTH, "wealth")
        } else {
            (RETURN, "return")
        };
        let base = &self.base.name;
        if let [case] = self.cases.as_slice() {
            return case.finding(id, base, &self.currency);
        }
        let n_of = |verdict| {
            let cases = self.cases.iter();
            cases.filter(|case| case.verdict(id) == verdict).count()
        };
        let (more, less) = (n_of(Verdict::Better), n_of(Verdict::Worse));
        let n = self.cases.len();
        format!(
            "Middle {what} clearly above that of {base}: {more} of {n} cases; clearly below: {less}"
        )
    }
}

impl CasePart {
    /// Both medians of a measure, and what its verdict says of their difference.
    fn finding(&self, id: &str, base: &str, currency: &str) -> String {
        let new = &self.side.name;
        let rate = self.measures.get(id).filter(|_| id == RETURN);
        let part = rate.unwrap_or(&self.measures[WEALTH]);
        let [from, to] = part.runs.each_ref();
        let [from, to] = [from, to].map(|run| rule::shown(run, currency).value());
        let both = if rate.is_some() {
            format!("In the median {new} returns {to} a year, {base} {from}")
        } else {
            format!("In the median {new} ends with {to}, {base} with {from}")
        };
        match (self.verdict(id), part.change.value(part.unit)) {
            (Verdict::Same, _) => format!("{both}, path by path the same"),
            (Verdict::NoneSeen, _) => format!("{both}: no difference beyond sampling error"),
            (Verdict::NotJudged, _) | (_, None) => both,
            (_, Some(change)) => format!("{both}: {}", rule::change(&change, currency).value()),
        }
    }
}
