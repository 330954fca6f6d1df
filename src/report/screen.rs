//! What `run` prints: the answer first, then how wide, then one line for each further topic.
//!
//! In: a report. Out: a document of at most forty lines, and sentences of the whole page. Not here:
//! the whole page (`whole`), digits (`figure`), columns (`page`).

use super::dates::{spoken_month, year_of};
use super::document::Report;
use super::ends::COUNTED;
use super::gate::GateVerdict;
use super::measure::Measure;
use super::measure::{is_gain, seen_through};
use crate::figure::{Shown, counted, grouped, money, per_cent, points};
use crate::math::{exp, ln};
use crate::page::{Document, Table, Text};

/// Warnings and passed gates of the screen; the others stand in the page.
const MOST_WARNINGS: usize = 1;
const MOST_PASSED: usize = 2;

/// The loss of the screen.
const SHORTFALL: &str = "expected_shortfall.95";

/// What is typed in place of a file that is not known.
const ANY_FILE: &str = "SCENARIO";

impl Report {
    /// The screen that `run` prints on a terminal of `width` columns; 60 to 80 are used.
    pub fn to_text(&self, width: usize) -> String {
        self.screen(ANY_FILE).to_text(width)
    }

    /// The screen of a run of `file`, as a shell takes it.
    pub fn screen(&self, file: &str) -> Document {
        let mut page = Document::new(self.scenario.title.as_str());
        self.write_answer(&mut page);
        self.write_bridge(&mut page);
        self.write_agents(&mut page);
        self.write_basis(file, &mut page);
        page
    }

    /// Head, sentences and figures: what the screen and the page begin with.
    pub(super) fn write_answer(&self, page: &mut Document) {
        page.fine(self.head());
        page.gap();
        for sentence in self.answer() {
            page.sentence(sentence);
        }
        page.gap();
        page.table(self.range());
        page.gap();
        page.table(self.risk());
        if self.has_no_obligations() {
            page.sentence("Ruin: cannot happen here: nothing has to be paid.");
        }
        page.gap();
    }

    /// `$344k in · Jan 2027 to Dec 2036 · income reinvested · in 2027 money`
    fn head(&self) -> String {
        let scenario = &self.scenario;
        let put_in = match self.has_money_in() {
            true => format!("{} in", money(&scenario.currency, scenario.money_in)),
            false => "nothing put in".to_owned(),
        };
        let (start, end) = (spoken_month(&scenario.start), spoken_month(&scenario.end));
        let span = match start == end {
            true => start,
            false => format!("{start} to {end}"),
        };
        let (income, year) = (&scenario.income_use, year_of(&scenario.start));
        format!("{put_in} · {span} · {income} · in {year} money")
    }

    /// The sentences that somebody who reads nothing else should have read.
    fn answer(&self) -> Vec<String> {
        let currency = &self.scenario.currency;
        let wealth = |level: &str| {
            let measure = self.measure(&format!("wealth.terminal.real.{level}"))?;
            Some(measure.shown(currency).value())
        };
        let mut said: Vec<String> = self.claim_sentence().into_iter().collect();
        if let (Some(low), Some(middle), Some(high)) = (wealth("p05"), wealth("p50"), wealth("p95"))
        {
            said.push(self.ends.sentence(currency, [&low, &middle, &high]));
        }
        said.push(match self.measure("loss.probability") {
            Some(loss) if self.has_money_in() => self.loss_sentence(loss),
            _ => "Nothing is put in, so there is no return and no loss to speak of.".to_owned(),
        });
        said.extend(self.scenario.prescribed_falls.clone());
        said
    }

    /// What was claimed, and what the middle future makes of it.
    fn claim_sentence(&self) -> Option<String> {
        let (label, years) = self.span_of_return();
        let claimed = per_cent(self.scenario.claimed?, 1);
        let middle = self.measure("cagr.real.p50")?;
        let made = over_years(middle, years).shown("").value();
        let future = match self.run.paths {
            1 => "the one future that was simulated",
            _ => "the middle future",
        };
        let span = match label {
            "return per year" => String::new(),
            _ => " in all".to_owned(),
        };
        Some(format!(
            "Claimed {claimed} a year; {future} makes {made}{span} after inflation."
        ))
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

    /// What is said of the return, and the years that it is told over.
    fn span_of_return(&self) -> (&'static str, f64) {
        match self.run.months {
            0..12 => ("return in all", self.years()),
            _ => ("return per year", 1.0),
        }
    }

    /// How wide: wealth, income, return and drawdown of a bad, the middle and a good future.
    fn range(&self) -> Table {
        let currency = &self.scenario.currency;
        let mut table = Table::new(&["", ">1 in 20 worse", ">middle", ">1 in 20 better"]);
        let mut add =
            |label: &str, id: &str, levels: [&str; 3], show: &dyn Fn(&Measure) -> Shown| {
                let cells = levels.map(|level| self.measure(&format!("{id}.{level}")).map(show));
                if cells.iter().any(Option::is_some) {
                    let [low, middle, high] = cells.map(Into::into);
                    table.row(vec![label.into(), low, middle, high]);
                }
            };
        let rising = ["p05", "p50", "p95"];
        let whole = |measure: &Measure| measure.shown(currency);
        let alone = |measure: &Measure| Shown::alone(measure.shown(currency).value());
        let income = match self.run.months {
            0..=12 => "income per month",
            _ => "income per month, last year",
        };
        let (label, years) = self.span_of_return();
        add("wealth at the end", "wealth.terminal.real", rising, &whole);
        add(income, "income.terminal.real", rising, &alone);
        add(label, "cagr.real", rising, &|rate| {
            over_years(rate, years).shown(currency)
        });
        let falling = ["p95", "p50", "p05"];
        add(DRAWDOWN, "drawdown.max", falling, &whole);
        table
    }

    fn risk(&self) -> Table {
        let money_in = self.scenario.money_in;
        let mut table = Table::new(&["", ">"]);
        let mut add = |label: &str, shown: Shown| table.row(vec![label.into(), shown.into()]);
        let chance = |id: &str| Some(self.measure(id)?.shown(&self.scenario.currency));
        if self.has_money_in() {
            if let Some(shown) = chance("loss.probability") {
                add("You got back less than you put in", shown);
            }
            if let Some(shortfall) = self.measure(SHORTFALL) {
                let share = shortfall.quantity().times(1.0 / money_in);
                match is_gain(SHORTFALL, shortfall.value) {
                    true => add(
                        "Expected shortfall 95 %: none, a gain of",
                        points(share.times(-1.0)),
                    ),
                    false => add("Expected shortfall 95 %, of money put in", points(share)),
                }
            }
        }
        if let (Some(shown), false) = (chance("ruin.probability"), self.has_no_obligations()) {
            add("Ruin", shown);
        }
        table
    }

    fn has_no_obligations(&self) -> bool {
        let ruin = self.measure("ruin.probability");
        ruin.is_some_and(|ruin| ruin.note.is_some())
    }

    /// What the figures rest on: guesses, warnings, gates, what ± means.
    fn write_basis(&self, file: &str, page: &mut Document) {
        if let Some(filled_in) = self.filled_in() {
            let what_they_do = format!("what they move: `tailwheel sensitivity {file}`");
            page.warning(Text::message(&format!("{filled_in}; {what_they_do}")));
        }
        for warning in self.warnings.iter().take(MOST_WARNINGS) {
            page.warning(Text::message(&warning.text));
        }
        if let Some(more @ [_, ..]) = self.warnings.get(MOST_WARNINGS..) {
            let ids: Vec<&str> = more.iter().map(|warning| warning.id).collect();
            let n = counted(more.len(), "more warning");
            page.warning(format!("{n} in report.html: {}", ids.join(", ")));
        }
        let gates = self.gates.iter();
        let (passed, others): (Vec<_>, Vec<_>) =
            gates.partition(|gate| gate.verdict == GateVerdict::Pass);
        let n_more = passed.len().saturating_sub(MOST_PASSED);
        for gate in others
            .into_iter()
            .chain(passed.into_iter().take(MOST_PASSED))
        {
            page.sentence(gate.line(&self.scenario.currency));
        }
        if n_more > 0 {
            let n = counted(n_more, "more gate");
            let pass = if n_more == 1 { "passes" } else { "pass" };
            page.sentence(format!("{n} {pass}: report.html"));
        }
        page.gap();
        page.fine(self.sampling(page.has_unknown_error()));
    }

    /// How many values the file does not say.
    pub(super) fn filled_in(&self) -> Option<String> {
        let filled_in = &self.scenario.filled_in;
        let n = filled_in.len();
        let guesses = filled_in.iter().filter(|value| value.grade == "G").count();
        let filled_in = match n {
            0 => return None,
            1 => "1 value is filled in".to_owned(),
            n => format!("{n} values are filled in"),
        };
        let guessed = match guesses {
            0 => "none of them a guess".to_owned(),
            1 if n == 1 => "a guess".to_owned(),
            1 => "1 of them a guess".to_owned(),
            guesses if guesses == n => "all guesses".to_owned(),
            guesses => format!("{guesses} of them guesses"),
        };
        Some(format!("{filled_in} from the catalog, {guessed} (grade G)"))
    }

    pub(super) fn sampling(&self, has_unknown: bool) -> String {
        let paths = counted(self.run.paths as usize, "path");
        let unknown = match has_unknown {
            true => " ± ? says that the paths are too few to tell.",
            false => "",
        };
        format!("± is 95 % from sampling {paths}; it does not cover wrong assumptions.{unknown}")
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

/// What the deepest fall on the way is called.
pub(super) const DRAWDOWN: &str = "maximum drawdown";

/// A return per year told over `years`.
fn over_years(rate: &Measure, years: f64) -> Measure {
    seen_through(rate, |rate| exp(years * ln(1.0 + rate)) - 1.0)
}
