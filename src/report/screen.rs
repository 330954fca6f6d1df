//! What `run` prints: the answer first, then how wide, then one line for each further topic.
//!
//! In: a report. Out: a document of at most 43 lines, and sentences of the whole page. Not here:
//! the whole page (`whole`), digits (`figure`), columns (`page`).

use super::document::{About, Report, Warning};
use super::ends::{End, sentence, share_of_futures};
use super::gate::GateVerdict;
use super::living::Living;
use super::measure::{Measure, is_gain, seen_through};
use super::warnings::title_of;
use crate::figure::{Shown, counted, money, per_cent, points, spoken_month, year_of};
use crate::page::{Document, Table, Text};
use crate::stats::as_told;

/// Passed gates of the screen; the others stand in the page.
const MOST_PASSED: usize = 2;

/// Longest warning that is told as a sentence: one that lists more has its title.
const LONGEST_WARNING: usize = 300;

/// What there is room for below the answer.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Room {
    Little,
    ForCover,
    ForBars,
    ForCauses,
}

/// Lines beside which there is room for causes and assets, at this width; files and the next step follow.
const MOST_LINES: usize = 39;
const WIDTH: usize = 80;
/// Lines that are kept for the bridge where nobody knows it yet.
const LINES_OF_BRIDGE: usize = 5;

/// The loss of the screen.
const SHORTFALL: &str = "expected_shortfall.95";

/// Figures of rows that have rules of their own.
const INCOME: &str = "income.terminal.real";
const RETURN: &str = "cagr.real";
const IRR: &str = "irr.real";
const DRAWDOWN: &str = "drawdown.max";

/// What is typed in place of a file that is not known.
pub(super) const ANY_FILE: &str = "SCENARIO";

impl Report {
    /// The screen that `run` prints on a terminal of `width` columns; 60 to 80 are used.
    pub fn to_text(&self, width: usize) -> String {
        let parts = self.screen(ANY_FILE);
        parts.map(|part| part.to_text(width)).concat()
    }

    /// The screen of a run of `file`, as a shell takes it: what comes before the bridge and does not depend on it, and the
    /// rest.
    pub fn screen(&self, file: &str) -> [Document; 2] {
        if self.is_of_one() {
            let mut page = Document::new(self.scenario.title.as_str());
            self.write_one(file, &mut page);
            self.write_filled_in(file, &mut page);
            return [page, Document::default()];
        }
        let lines = |page: &Document| page.to_text(WIDTH).lines().count();
        let begins = |has_room| {
            let mut page = Document::new(self.scenario.title.as_str());
            self.write_answer(has_room, &mut page);
            page
        };
        let fewest = lines(&self.rest(file, &begins(true), None));
        let has_room = lines(&begins(true)) + fewest + LINES_OF_BRIDGE <= MOST_LINES + 1;
        let first = begins(has_room);
        let tries = [
            (Room::ForCauses, MOST_LINES),
            (Room::ForBars, MOST_LINES + 1),
            (Room::ForCover, MOST_LINES + 1),
            (Room::Little, usize::MAX),
        ];
        let found = tries.into_iter().find_map(|(room, most)| {
            let rest = self.rest(file, &first, Some(room));
            (lines(&first) + lines(&rest) <= most).then_some(rest)
        });
        [first, found.expect("the last one may be of any length")]
    }

    /// What follows the `first` part of the screen, as far as there is `room`: nothing of the bridge where that is not known yet.
    fn rest(&self, file: &str, first: &Document, room: Option<Room>) -> Document {
        let mut page = Document::default();
        if let Some(room) = room {
            self.write_bridge_of_screen(room >= Room::ForBars, &mut page);
        }
        if room == Some(Room::ForCauses) {
            self.write_causes_of_screen(&mut page);
        }
        self.write_events_of_screen(room != Some(Room::Little), &mut page);
        self.write_agents(&mut page);
        self.write_basis(file, first.has_unknown_error(), &mut page);
        page
    }

    /// Head, sentences and figures: what the screen and the page begin with.
    pub(super) fn write_answer(&self, has_room: bool, page: &mut Document) {
        page.fine(self.head());
        page.gap();
        for sentence in self.answer(has_room) {
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
    pub(super) fn head(&self) -> String {
        let scenario = &self.scenario;
        let put_in = match self.has_money_in() {
            true if scenario.crosses_border => {
                format!(
                    "{} on day one",
                    money(&scenario.currency, scenario.money_in)
                )
            }
            true => format!("{} in", money(&scenario.currency, scenario.money_in)),
            false => "nothing put in".to_owned(),
        };
        let (start, end) = (spoken_month(&scenario.start), spoken_month(&scenario.end));
        let span = match start == end {
            true => start,
            false => format!("{start} to {end}"),
        };
        let (use_of_money, year) = (&scenario.money_use, year_of(&scenario.start));
        format!("{put_in} · {span} · {use_of_money} · in {year} money")
    }

    /// The sentences that somebody who reads nothing else should have read.
    fn answer(&self, has_room: bool) -> Vec<String> {
        let currency = &self.scenario.currency;
        let wealth = |level: &str| {
            let measure = self.measure(&format!("wealth.terminal.real.{level}"))?;
            Some(End {
                amount: measure.shown(currency).value(),
                atom: measure.atom(),
            })
        };
        let mut said: Vec<String> = self.claim_sentence().into_iter().collect();
        said.extend(self.living.iter().flat_map(Living::sentences));
        said.extend(self.goals.iter().chain(&self.moves).cloned());
        if let (Some(low), Some(middle), Some(high)) = (wealth("p05"), wealth("p50"), wealth("p95"))
        {
            said.push(sentence([low, middle, high]));
        }
        said.extend(match self.measure("loss.probability") {
            // where money crosses the border the table says it
            _ if self.scenario.crosses_border && self.has_money_in() => None,
            _ if self.scenario.crosses_border => {
                Some("Nothing is put in on day one, so there is no return to speak of.".to_owned())
            }
            Some(loss) if self.has_money_in() => Some(format!(
                "{} you end with less than you put in, after inflation.",
                share_of_futures(loss.value, self.run.paths)
            )),
            _ => {
                Some("Nothing is put in, so there is no return and no loss to speak of.".to_owned())
            }
        });
        said.extend(self.beat_sentence());
        said.extend(self.befallen.iter().filter(|_| has_room).cloned());
        said.extend(self.hours.clone());
        said.extend(self.scenario.prescribed_falls.clone());
        said
    }

    /// What was claimed, and what the middle future makes of it.
    fn claim_sentence(&self) -> Option<String> {
        let rate = |rate: f64| per_cent(rate, 1);
        let all = self.scenario.claimed.map(rate)?;
        let holdings = self.scenario.claimed_of_holdings.map(rate);
        let interest = self.scenario.interest_on_cash.map(rate);
        let claimed = match (holdings, interest) {
            (None, _) => format!("Interest on cash is {all} a year before inflation"),
            (Some(claimed), None) => format!("Claimed {claimed} a year before inflation"),
            (Some(claimed), Some(interest)) => format!(
                "Claimed {claimed} a year before inflation, {all} with {interest} interest on cash"
            ),
        };
        let middle = self.measure("cagr.real.p50")?;
        let made = self.return_told(middle).shown("").value();
        let span = match self.run.months {
            0..12 => " in all",
            _ => "",
        };
        Some(format!(
            "{claimed}; the middle future has {made}{span} after it, time-weighted."
        ))
    }

    /// `In 71 of 100 your return is above that of savings, from which no tax, cost or event takes anything.`
    fn beat_sentence(&self) -> Option<String> {
        let share = self.measure("goal.beat.probability")?.value;
        let futures = share_of_futures(share, self.run.paths);
        let id = self.scenario.beat?;
        Some(format!(
            "{futures} your return is above that of {id}, from which no tax, cost or event takes anything."
        ))
    }

    /// A return per year as it is told.
    fn return_told(&self, rate: &Measure) -> Measure {
        seen_through(rate, |rate| as_told(rate, self.run.months))
    }

    /// What is told of a future: what it is called, and its figure without the level.
    pub(super) fn rows(&self) -> Vec<(&'static str, &'static str)> {
        let ruin = self.measure("ruin.probability");
        let is_ruined = ruin.is_some_and(|ruin| ruin.value > 0.0);
        let income = match (self.run.months, is_ruined) {
            (0..=12, false) => "income a month",
            (0..=12, true) => "income a month (0 if ruined)",
            (_, false) => "income a month, last year",
            (_, true) => "income a month, last year (0 if ruined)",
        };
        let [on_money, of_unit] = match self.run.months {
            0..12 => [
                "return in all on money invested (IRR)",
                "return in all, time-weighted",
            ],
            _ => [
                "return a year on money invested (IRR)",
                "return a year, time-weighted",
            ],
        };
        let rows = [
            ("wealth at the end", "wealth.terminal.real"),
            (income, INCOME),
            (on_money, IRR),
            (of_unit, RETURN),
            ("maximum drawdown", DRAWDOWN),
        ];
        // where nothing comes in or is withdrawn both returns are one
        let is_told = |id: &str| id != IRR || self.scenario.crosses_border;
        rows.into_iter().filter(|(_, id)| is_told(id)).collect()
    }

    /// A figure of a row as it is told, a return over its span.
    pub(super) fn figure_told(&self, id: &str, figure: &Measure) -> Measure {
        match id {
            IRR | RETURN => self.return_told(figure),
            _ => figure.clone(),
        }
    }

    /// How wide: wealth, income, return and drawdown of a bad, the middle and a good future.
    fn range(&self) -> Table {
        let currency = &self.scenario.currency;
        let mut table = Table::new(&["", ">5th pct", ">median", ">95th pct"]);
        for (label, id) in self.rows() {
            let levels = match id {
                DRAWDOWN => ["p95", "p50", "p05"],
                _ => ["p05", "p50", "p95"],
            };
            let cells = levels.map(|level| {
                let shown = self
                    .figure_told(id, self.measure(&format!("{id}.{level}"))?)
                    .shown(currency);
                Some(match id {
                    INCOME => Shown::alone(shown.value()),
                    _ => shown,
                })
            });
            if cells.iter().any(Option::is_some) {
                let [low, middle, high] = cells.map(Into::into);
                table.row(vec![label.into(), low, middle, high]);
            }
        }
        table
    }

    fn risk(&self) -> Table {
        let mut table = Table::new(&["", ">"]);
        let mut add = |label: &str, shown: Shown| table.row(vec![label.into(), shown.into()]);
        let chance = |id: &str| Some(self.measure(id)?.shown(&self.scenario.currency));
        if self.has_money_in() {
            // of which loss stands in the row above: what is cut at its end, where figures are wide, would read as a loss
            let gain_of = "Expected shortfall 95 %: none, a gain of";
            let [loss, shortfall_of] = match self.scenario.crosses_border {
                true => [
                    "Probability of loss, withdrawals counted as received",
                    "Expected shortfall 95 % of that loss, of money of day one",
                ],
                false => [
                    "Probability of loss",
                    "Expected shortfall 95 %, of money of day one",
                ],
            };
            if let Some(shown) = chance("loss.probability") {
                add(loss, shown);
            }
            if let Some(shortfall) = self.measure(SHORTFALL) {
                let share = shortfall.quantity().times(1.0 / self.scenario.money_in);
                // what was paid out before ruin is got back, whatever the return is then
                match is_gain(SHORTFALL, shortfall.value) {
                    true => add(gain_of, points(share.times(-1.0))),
                    false => add(shortfall_of, points(share)),
                }
            }
        }
        if let (Some(shown), false) = (chance("ruin.probability"), self.has_no_obligations()) {
            add("Ruin", shown);
        }
        table
    }

    pub(super) fn has_no_obligations(&self) -> bool {
        let ruin = self.measure("ruin.probability");
        ruin.is_some_and(|ruin| ruin.is_certain())
    }

    /// What the figures rest on: guesses, warnings, gates, what ± means.
    fn write_basis(&self, file: &str, has_unknown: bool, page: &mut Document) {
        self.write_filled_in(file, page);
        // what every report has comes last
        let is_of_all = |warning: &&Warning| warning.about == About::Version;
        let own = self.warnings.iter().filter(|warning| !is_of_all(warning));
        let of_all = self.warnings.iter().filter(is_of_all);
        let mut warnings = own.chain(of_all).peekable();
        if let Some(first) = warnings.next_if(|first| first.text.len() <= LONGEST_WARNING) {
            page.warning(Text::message(&first.text));
        }
        let more: Vec<&str> = warnings.filter_map(|more| title_of(more.id)).collect();
        if !more.is_empty() {
            page.warning(format!("More in report.html: {}.", more.join("; ")));
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
        page.fine(self.sampling(has_unknown || page.has_unknown_error()));
    }

    fn write_filled_in(&self, file: &str, page: &mut Document) {
        if let Some(filled_in) = self.filled_in() {
            let what_they_do = format!("`tailwheel sensitivity {file}`");
            page.warning(Text::message(&format!("{filled_in}: {what_they_do}")));
        }
    }

    pub(super) fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.get(id)
    }

    pub(super) fn has_money_in(&self) -> bool {
        self.scenario.money_in > 0.0
    }
}
