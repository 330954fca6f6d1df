//! The report on one screen: the answer first, then how wide, then what it rests on.
//!
//! In: a report, the width of the terminal. Out: plain text. Not here: digits (`figure`), columns
//! (`layout`), colours and files (`cli`).

use super::ends::COUNTED;
use super::figure::{Shown, grouped, is_gain, money, points_with_error, shown};
use super::layout::Page;
use super::{Measure, Report};
use crate::figure::counted;
use crate::math::{exp, ln};

/// Losses of the screen: what they are called, and what if they are gains.
const LOSSES: [(&str, &str, &str); 3] = [
    (
        "value_at_risk.95",
        "Value at risk 95 %, of money put in",
        "Value at risk 95 %: none, a gain of",
    ),
    (
        "expected_shortfall.95",
        "Expected shortfall 95 %, of money put in",
        "Expected shortfall 95 %: none, a gain of",
    ),
    (
        "value_at_risk.year1.995",
        "Lost in the first year, 1 in 200",
        "Gained in the first year, 1 in 200 worse",
    ),
];

impl Report {
    /// The screen that `run` prints on a terminal of `width` columns; 60 to 80 are used.
    pub fn to_text(&self, width: usize) -> String {
        let mut page = Page::new(width);
        self.write_head(&mut page);
        self.write_answer(&mut page);
        self.write_range(&mut page);
        self.write_risk(&mut page);
        self.write_bridge(&mut page);
        self.write_loop(&mut page);
        self.write_basis(&mut page);
        page.into_text()
    }

    fn write_head(&self, page: &mut Page) {
        let scenario = &self.scenario;
        page.flush(&scenario.title);
        let put_in = match scenario.money_in > 0.0 {
            true => format!("{} in", money(&scenario.currency, scenario.money_in)),
            false => "nothing put in".to_owned(),
        };
        let (start, end) = (spoken_month(&scenario.start), spoken_month(&scenario.end));
        let span = match start == end {
            true => start,
            false => format!("{start} to {end}"),
        };
        page.flush(&format!(
            "{put_in} · {span} · in {} money",
            year_of(&scenario.start),
        ));
        page.gap();
    }

    /// The sentences that somebody who reads nothing else should have read.
    fn write_answer(&self, page: &mut Page) {
        let currency = &self.scenario.currency;
        let wealth = |level: &str| {
            let measure = self.measure(&format!("wealth.terminal.real.{level}"))?;
            Some(shown(currency, measure).value())
        };
        if let (Some(low), Some(middle), Some(high)) = (wealth("p05"), wealth("p50"), wealth("p95"))
        {
            page.wrapped(&self.ends.sentence(currency, [&low, &middle, &high]));
        }
        match self.measure("loss.probability") {
            Some(loss) if self.has_money_in() => page.wrapped(&self.loss_sentence(loss)),
            _ => page.wrapped("Nothing is put in, so there is no return and no loss to speak of."),
        }
        page.gap();
    }

    fn loss_sentence(&self, loss: &Measure) -> String {
        let (share, paths) = (loss.value, self.run.paths);
        let event = "you end with less than you put in, after inflation";
        if share == 0.0 || share == 1.0 {
            return match (paths, share == 0.0) {
                (1, true) => {
                    "You do not end with less than you put in, after inflation.".to_owned()
                }
                (1, false) => "You end with less than you put in, after inflation.".to_owned(),
                (_, true) => format!("In none of {} futures {event}.", grouped(paths)),
                (_, false) => format!("In all {} futures {event}.", grouped(paths)),
            };
        }
        if paths < COUNTED as u64 {
            return format!("In {:.0} of {paths} futures {event}.", share * paths as f64);
        }
        let count = match 100.0 * share {
            p if p < 0.5 => "fewer than 1".to_owned(),
            p if p > 99.5 => "more than 99".to_owned(),
            p => format!("{p:.0}"),
        };
        format!("In {count} of 100 {event}.")
    }

    fn write_range(&self, page: &mut Page) {
        let currency = &self.scenario.currency;
        let row = |id: &str, levels: [&str; 3], show: &dyn Fn(&Measure) -> Shown| {
            levels.map(|level| self.measure(&format!("{id}.{level}")).map(show))
        };
        let rising = ["p05", "p50", "p95"];
        let income_label = match self.run.months {
            0..=12 => "income per month",
            _ => "income per month, last year",
        };
        let (return_label, years) = match self.run.months {
            0..12 => ("return in all", self.years()),
            _ => ("return per year", 1.0),
        };
        let rows = [
            (
                "wealth at the end",
                row("wealth.terminal.real", rising, &|measure| {
                    shown(currency, measure)
                }),
            ),
            (
                income_label,
                row("income.terminal.real", rising, &|measure| {
                    Shown::alone(shown(currency, measure).value())
                }),
            ),
            (
                return_label,
                row("cagr.real", rising, &|measure| {
                    let over = seen_through(measure, |rate| exp(years * ln(1.0 + rate)) - 1.0);
                    shown(currency, &over)
                }),
            ),
            (
                "deepest fall on the way",
                row("drawdown.max", ["p95", "p50", "p05"], &|measure| {
                    shown(currency, measure)
                }),
            ),
        ];
        page.table(
            [("1 in 20", "worse"), ("", "middle"), ("1 in 20", "better")],
            &rows.map(|(label, cells)| (label.to_owned(), cells)),
        );
        page.gap();
    }

    fn write_risk(&self, page: &mut Page) {
        let money_in = self.scenario.money_in;
        let mut rows: Vec<(&str, Shown)> = Vec::new();
        let chance = |id: &str| Some(shown(&self.scenario.currency, self.measure(id)?));
        if self.has_money_in() {
            let back = "You got back less than you put in";
            rows.extend(chance("loss.probability").map(|shown| (back, shown)));
            for (id, loss, gain) in LOSSES {
                let Some(measure) = self.measure(id) else {
                    continue;
                };
                rows.push(match is_gain(id, measure.value) {
                    true => (gain, points_with_error(measure, -1.0 / money_in)),
                    false => (loss, points_with_error(measure, 1.0 / money_in)),
                });
            }
        }
        let ruin = self.measure("ruin.probability");
        if ruin.is_some_and(|ruin| ruin.note.is_none()) {
            rows.extend(chance("ruin.probability").map(|shown| ("Ruin", shown)));
        }
        page.list(&rows);
        if ruin.is_some_and(|ruin| ruin.note.is_some()) {
            page.wrapped("Ruin: cannot happen here: nothing has to be paid.");
        }
        page.gap();
    }

    /// What the figures rest on: guesses, warnings, what ± means.
    fn write_basis(&self, page: &mut Page) {
        let filled_in = &self.scenario.filled_in;
        let guesses = filled_in.iter().filter(|value| value.grade == "G").count();
        let mut classes = self.scenario.assets.iter().map(|asset| &asset.class);
        let class = classes.next();
        if let (Some(class), false) = (class, filled_in.is_empty()) {
            let (page_of, of) = match classes.all(|other| other == class) {
                true => (class.as_str(), "this class"),
                false => ("CLASS", "a class"),
            };
            let n = filled_in.len();
            page.hanging(&format!(
                "! {} from the catalog, {} (grade G): report.json lists each with its source, and \
                 `tailwheel explain {page_of}` all that the catalog has for {of}",
                match n {
                    1 => "1 value is filled in".to_owned(),
                    n => format!("{n} values are filled in"),
                },
                match guesses {
                    0 => "none of them a guess".to_owned(),
                    1 if n == 1 => "a guess".to_owned(),
                    1 => "1 of them a guess".to_owned(),
                    guesses if guesses == n => "all guesses".to_owned(),
                    guesses => format!("{guesses} of them guesses"),
                },
            ));
        }
        for warning in &self.warnings {
            page.hanging(&format!("! {}", warning.text));
        }
        for gate in &self.gates {
            let line = format!("  {}", gate.line(&self.scenario.currency));
            match line.chars().count() <= page.width() {
                true => page.line(&line),
                false => page.hanging(&line),
            }
        }
        page.gap();
        let paths = counted(self.run.paths as usize, "path");
        let mut sentence =
            format!("± is 95 % from sampling {paths}; it does not cover wrong assumptions.");
        if page.has_unknown_error() {
            sentence.push_str(" ± ? says that the paths are too few to tell.");
        }
        page.flush(&sentence);
    }

    pub(super) fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.get(id)
    }

    fn has_money_in(&self) -> bool {
        self.scenario.money_in > 0.0
    }

    fn years(&self) -> f64 {
        f64::from(self.run.months) / 12.0
    }
}

/// A measure of something that rises with what was measured; its interval goes along.
pub(super) fn seen_through(measure: &Measure, function: impl Fn(f64) -> f64) -> Measure {
    Measure {
        value: function(measure.value),
        std_error: None,
        interval: measure.interval.map(|ends| ends.map(&function)),
        ..measure.clone()
    }
}

/// `2027-01` as `Jan 2027`.
pub(super) fn spoken_month(date: &str) -> String {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month) = date.split_once('-').unwrap_or((date, ""));
    let index: usize = month.parse().unwrap_or(0);
    match NAMES.get(index.wrapping_sub(1)) {
        Some(name) => format!("{name} {year}"),
        None => date.to_owned(),
    }
}

fn year_of(date: &str) -> &str {
    date.split('-').next().unwrap_or(date)
}
