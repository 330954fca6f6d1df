//! What each cause gave and took, as a table; what takes most, and what ruins, in a sentence.
//!
//! In: the measures of the causes. Out: a heading, a table, a sentence. Not here: the sums (`record`), the picture.

use super::document::Report;
use super::measure::Measure;
use crate::chart::share_of;
use crate::figure::{Quantity, chance, clearly_above};
use crate::page::{Document, Table, Text};
use crate::record::{causes, of_market};

/// What readers know a cause by.
pub(super) fn spoken(word: &str) -> &str {
    match word {
        "market" => "markets",
        "drift" => "expected growth",
        "shock" => "market shocks",
        "jump" => "jumps",
        "impermanent-loss" => "impermanent loss",
        "loop" => "sales of agents",
        "event" => "events",
        "overpaid" => "paid too much",
        "launch" => "what was launched",
        "cost" => "costs",
        "premium" => "premiums",
        "payout" => "insurers' payouts",
        "contribution" => "contributions",
        "haircut" => "costs of trading",
        "unpaid" => "unpaid debts",
        word => word,
    }
}

/// The same of a cause with these means: what is called decay where it takes is growth where it gives.
pub(super) fn named(word: &str, means: [f64; 2]) -> &str {
    match word {
        "decay" if means.iter().all(|mean| *mean >= 0.0) => "growth of what earns",
        "decay" if means.iter().any(|mean| *mean > 0.0) => "growth and decay",
        word => spoken(word),
    }
}

/// What stands beside the heading of all causes.
const SPAN: &str = "until the horizon, in money of the start; what is below zero is taken";

/// Causes that no loss is made of: what the owner lives on or brings.
pub(super) const CROSSES: [&str; 2] = ["spending", "contribution"];

impl Report {
    /// A figure of every cause that gave or took anything, what takes most of the worst first; the parts of the
    /// markets together.
    pub(super) fn by_cause(&self) -> Vec<(&'static str, [&Measure; 2])> {
        let of = |word: &'static str| {
            let measure = |figure| self.measure(&format!("cause.{word}.{figure}"));
            let both = [measure("mean")?, measure("worst5")?];
            let is_nothing = both.iter().all(|measure| measure.value == 0.0);
            (!is_nothing).then_some((word, both))
        };
        let words = causes().filter(|word| !of_market().contains(word));
        let mut found: Vec<(&str, [&Measure; 2])> = words.filter_map(of).collect();
        found.sort_by(|(_, a), (_, b)| a[1].value.total_cmp(&b[1].value));
        found
    }

    /// Whether one of these causes gave or took anything.
    pub(super) fn crosses(&self, words: &[&str]) -> bool {
        let all = self.by_cause();
        all.iter().any(|(word, _)| words.contains(word))
    }

    /// The same of what a loss is made of.
    pub(super) fn losses_by_cause(&self) -> Vec<(&'static str, [&Measure; 2])> {
        let all = self.by_cause().into_iter();
        all.filter(|(word, _)| !CROSSES.contains(word)).collect()
    }

    /// The cause that clearly takes most of the worst paths.
    pub(super) fn largest_taker(&self) -> Option<(&'static str, [&Measure; 2])> {
        let losses = self.losses_by_cause();
        let taken = |place: usize| {
            let worst = losses.get(place)?.1[1];
            (worst.value < 0.0).then(|| worst.quantity().size())
        };
        let next = taken(1).unwrap_or(Quantity::exact(0.0));
        let is_clear = clearly_above(taken(0)?, next, losses.len().max(2));
        is_clear.then(|| losses[0])
    }

    /// What every cause gave and took, as a table.
    pub(super) fn write_causes(&self, page: &mut Document) {
        let found = self.by_cause();
        let currency = &self.scenario.currency;
        let mut table = Table::new(&["", ">mean", ">worst 1 in 20", ">took most of the ruined"]);
        for (word, [mean, worst]) in found {
            let ruin = self.measure(&format!("ruin.cause.{word}.probability"));
            let ruin = ruin.filter(|ruin| ruin.value > 0.0);
            table.row(vec![
                named(word, [mean.value, worst.value]).into(),
                mean.shown(currency).into(),
                worst.shown(currency).into(),
                ruin.and_then(|ruin| self.of_the_ruined(ruin))
                    .unwrap_or_default()
                    .into(),
            ]);
        }
        page.section("WHAT GIVES AND TAKES", SPAN, table.without_empty());
    }

    /// The same in a line: `markets, −$61k in the worst 1 in 20; took most of the ruined: spending 82 %.`
    pub(super) fn write_causes_of_screen(&self, page: &mut Document) {
        let Some((word, both)) = self.largest_taker() else {
            return;
        };
        let [mean, worst] = both.map(|measure| {
            let plus = if measure.value > 0.0 { "+" } else { "" };
            format!("{plus}{}", measure.shown(&self.scenario.currency).value())
        });
        let beside = match self.ruin_sentence(1) {
            Some(most) => format!("; took most of the ruined: {most}"),
            None => format!(" (mean; of all futures {mean})"),
        };
        let apart = match self.crosses(&CROSSES[..1]) {
            true => ", spending apart",
            false => "",
        };
        let word = named(word, both.map(|measure| measure.value));
        let said = format!("{word}, {worst} in the worst 1 in 20{apart}{beside}.");
        page.heading("WHAT TAKES THE MOST", Text::message(&said));
    }

    /// `spending 63 %, events 30 %`: of those that are ruined what took most of them.
    fn ruin_sentence(&self, most: usize) -> Option<String> {
        let ruined = |word: &'static str| {
            let measure = self.measure(&format!("ruin.cause.{word}.probability"))?;
            (measure.value > 0.0).then_some((word, measure))
        };
        let mut found: Vec<(&str, &Measure)> = causes().filter_map(ruined).collect();
        found.sort_by(|(_, a), (_, b)| b.value.total_cmp(&a.value));
        let told = found.iter().take(most).filter_map(|(word, ruin)| {
            Some(format!("{} {}", spoken(word), self.of_the_ruined(ruin)?))
        });
        let told: Vec<String> = told.collect();
        (!told.is_empty()).then(|| told.join(", "))
    }

    /// Which part of those that are ruined `ruin` is.
    fn of_the_ruined(&self, ruin: &Measure) -> Option<String> {
        let all = self.measure("ruin.probability")?;
        let count = |measure: &Measure| (measure.value * measure.n as f64).round() as u64;
        let n = count(all);
        Some(match count(ruin) {
            // of those that there are it is no estimate
            every if every == n => "100 %".to_owned(),
            some => chance(share_of(some, n), n, false).value(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_gives_is_not_called_decay() {
        assert_eq!(named("decay", [-3.0, -9.0]), "decay");
        assert_eq!(named("decay", [3.0, -9.0]), "growth and decay");
        assert_eq!(named("decay", [3.0, 1.0]), "growth of what earns");
        assert_eq!(named("market", [3.0, 1.0]), "markets");
    }
}
