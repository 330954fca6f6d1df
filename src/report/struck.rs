//! What strikes, as a table: how likely, what it takes; and whether cover is worth its price.
//!
//! In: the measures of the events. Out: a heading, a table, a sentence. Not here: the chances (`stats`).

use super::document::{EventPart, Report};
use super::measure::Measure;
use crate::figure::{per_cent, spoken_month};
use crate::page::{Document, Table, Text};

/// Events of the screen, the costliest; the page has all.
const MOST_OF_SCREEN: usize = 2;

impl Report {
    /// Events by what they take on average, as a table.
    pub(super) fn write_events(&self, page: &mut Document) {
        let events = self.events_by_loss();
        if events.is_empty() {
            return;
        }
        let currency = &self.scenario.currency;
        let mut table = Table::new(&[
            "",
            ">chance",
            ">mean loss over all paths",
            ">1 in 20 more than",
        ]);
        for (event, loss) in events {
            let [chance, worst] = ["probability", "loss.p95"]
                .map(|id| self.measure(&format!("event.{}.{id}", event.name)));
            table.row(vec![
                event.name.as_str().into(),
                match &event.at {
                    Some(month) => format!("in {}", spoken_month(month)).into(),
                    None => chance.map(|chance| chance.shown(currency)).into(),
                },
                loss.shown(currency).into(),
                worst.map(|worst| worst.shown(currency)).into(),
            ]);
        }
        page.section(
            "WHAT STRIKES",
            "until the horizon, in money of the start",
            table,
        );
        let said = [self.cover_sentence(), self.basis_sentence()];
        let said: Vec<String> = said.into_iter().flatten().collect();
        if !said.is_empty() {
            page.sentence(said.join(" "));
            page.gap();
        }
    }

    /// The same in a few lines, `with_cover` and its price.
    pub(super) fn write_events_of_screen(&self, with_cover: bool, page: &mut Document) {
        let events = self.events_by_loss();
        if events.is_empty() {
            return;
        }
        let currency = &self.scenario.currency;
        let told = events.iter().take(MOST_OF_SCREEN).map(|(event, loss)| {
            let taken = loss.shown(currency).value();
            format!("{} {}, {taken}", event.name, self.when(event))
        });
        let mut told: Vec<String> = told.collect();
        match events.len().saturating_sub(MOST_OF_SCREEN) {
            0 => {}
            more => told.push(format!("{more} more")),
        }
        let mut said = format!("{} (chance, loss per path).", told.join("; "));
        if let Some(cover) = self.cover_sentence().filter(|_| with_cover) {
            said = format!("{said} {cover}");
        }
        page.heading("WHAT STRIKES", Text::message(&said));
    }

    /// Those that took something on some path, the costliest first.
    pub(super) fn events_by_loss(&self) -> Vec<(&EventPart, &Measure)> {
        let events = self.scenario.events.iter();
        let mut events: Vec<(&EventPart, &Measure)> = events
            .filter(|event| event.can_strike)
            .filter_map(|event| {
                let loss = self.measure(&format!("event.{}.loss.mean", event.name))?;
                (loss.value > 0.0).then_some((event, loss))
            })
            .collect();
        events.sort_by(|(_, a), (_, b)| b.value.total_cmp(&a.value));
        events
    }

    /// `11.0 % ± 0.5`, or `in Jul 2028`.
    fn when(&self, event: &EventPart) -> String {
        let chance = || {
            let chance = self.measure(&format!("event.{}.probability", event.name));
            chance.map_or_else(String::new, |chance| chance.shown("").value())
        };
        let at = event.at.as_ref();
        at.map_or_else(chance, |month| format!("in {}", spoken_month(month)))
    }

    /// `Premiums are $2.9k, payouts $1.1k, 38 % of that (means).`
    fn cover_sentence(&self) -> Option<String> {
        let premiums = self.measure("cause.premium.mean")?;
        let payouts = self.measure("cover.payouts.mean")?;
        let ratio = match premiums.value {
            0.0 => String::new(),
            cost => format!(", {} of that", per_cent(payouts.value / -cost, 0)),
        };
        let [cost, paid] = [premiums, payouts].map(|of| of.shown(&self.scenario.currency).value());
        let cost = cost.trim_start_matches('−');
        Some(format!(
            "Premiums are {cost}, payouts {paid}{ratio} (means)."
        ))
    }

    /// `Payouts miss $300 of insured losses and go $50 beyond them (means).`, where they can.
    fn basis_sentence(&self) -> Option<String> {
        let missed = self.measure("cover.missed.mean")?;
        let beyond = self.measure("cover.beyond.mean")?;
        let [missed, over] = [missed, beyond].map(|of| of.shown(&self.scenario.currency).value());
        (beyond.value > 0.0).then(|| {
            format!("Payouts miss {missed} of insured losses and go {over} beyond them (means).")
        })
    }
}
