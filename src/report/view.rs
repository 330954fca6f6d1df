//! What a screen or a page shows of a report, sorted and chosen; numbers only.
//!
//! In: a parsed [`Report`]. Out: [`View`], which templates and the HTML page read. Not here: sentences (`templates`),
//! digits (`figure`).

use super::document::{About, EventPart, Report, StatePart, Warning};
use super::first_months::Happened;
use super::gate::GatePart;
use super::labels;
use super::measure::Measure;
use crate::asset::{LAUNCHED, LEVERED};
use crate::record::{causes, of_market};
use crate::study::Bridge;
use serde::Serialize;
use std::collections::BTreeMap;

/// Fewest paths whose way from claim to outcome is shown.
const FEWEST_OF_BRIDGE: u64 = 1_000;

/// Figures of the screen that have a ±.
const SHOWN_WITH_ERROR: [&str; 6] = [
    "wealth.terminal.real.p05",
    "wealth.terminal.real.p50",
    "wealth.terminal.real.p95",
    "loss.probability",
    "expected_shortfall.95",
    "ruin.probability",
];

/// Weeks of a year.
const WEEKS: f64 = 365.25 / 7.0;

/// Causes that are no loss: what the owner withdraws or contributes.
pub(super) const FLOWS: [&str; 2] = ["spending", "contribution"];

/// What is shown of one report.
#[derive(Serialize)]
pub struct View<'r> {
    pub r: &'r Report,
    /// Measures by id.
    pub m: &'r BTreeMap<String, Measure>,
    pub currency: &'r str,
    /// What is typed for the scenario file.
    pub file: &'r str,
    pub has_flows: bool,
    pub ruin: Option<Ruin<'r>>,
    pub waterfall: Option<Waterfall<'r>>,
    pub events: Vec<Event<'r>>,
    pub insurance: Option<Insurance>,
    pub agents: Option<Agents<'r>>,
    pub hours: Option<Hours<'r>>,
    pub closed: Vec<&'r StatePart>,
    pub launched: Vec<&'r StatePart>,
    pub loans: Vec<&'r StatePart>,
    pub moves: Vec<Move<'r>>,
    pub gates: &'r [GatePart],
    pub warnings: Vec<&'r Warning>,
    pub n_guesses: usize,
    /// Expected shortfall relative to the initial investment.
    pub shortfall_share: Option<f64>,
    pub has_unknown: bool,
}

/// Paths on which the money runs out.
#[derive(Serialize)]
pub struct Ruin<'r> {
    pub probability: &'r Measure,
    /// The month by which it had on half of these paths.
    pub half_by: Option<String>,
    /// The cause that took most on most of these paths, with its share of them.
    pub cause: Option<&'static str>,
    pub cause_share: f64,
}

/// From claim to outcome.
#[derive(Serialize)]
pub struct Waterfall<'r> {
    pub claim: f64,
    pub is_assumed: bool,
    pub steps: Vec<Step<'r>>,
    /// Ends of the axis of the bars.
    pub axis: [f64; 2],
    /// Median return a year, nominal and real.
    pub nominal: f64,
    pub real: f64,
}

/// One effect.
#[derive(Serialize)]
pub struct Step<'r> {
    pub id: &'r str,
    pub title: &'r str,
    pub from: f64,
    pub median: &'r Measure,
    pub change: &'r Measure,
}

/// A loss event with what it costs.
#[derive(Serialize)]
pub struct Event<'r> {
    pub label: &'r str,
    pub at: Option<&'r str>,
    pub probability: Option<&'r Measure>,
    pub mean: &'r Measure,
    pub p95: Option<&'r Measure>,
}

/// Premiums and payouts, means over all paths.
#[derive(Serialize)]
pub struct Insurance {
    pub premiums: Measure,
    pub payouts: Measure,
    /// Payouts over premiums.
    pub loss_ratio: Option<f64>,
}

/// What agent selling changes, path by path.
#[derive(Serialize)]
pub struct Agents<'r> {
    /// True if no sale of an agent can move a price.
    pub is_idle: bool,
    /// True if no agent sold on any path.
    pub is_quiet: bool,
    pub full_cascade: Option<&'r Measure>,
    pub loss: Option<&'r Measure>,
    pub drawdown: Option<&'r Measure>,
    pub median_wealth: Option<&'r Measure>,
}

/// Working hours a week.
#[derive(Serialize)]
pub struct Hours<'r> {
    pub mean: &'r Measure,
    pub available: Option<f64>,
    pub hour_value: Option<f64>,
    pub cost_per_year: Option<f64>,
}

/// A move that depends on income.
#[derive(Serialize)]
pub struct Move<'r> {
    pub label: &'r str,
    pub probability: &'r Measure,
}

impl Report {
    /// A measure by id.
    pub(super) fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.get(id)
    }

    /// The scenario file as it is typed in a shell.
    pub fn file(&self) -> &str {
        self.command
            .as_ref()
            .map_or("SCENARIO", |command| &command.file)
    }

    /// True if money is withdrawn or contributed.
    pub(super) fn has_flows(&self) -> bool {
        let owner = self.scenario.owner.as_ref();
        owner.is_some_and(|owner| owner.has_flows)
    }

    /// True if holdings are bought or sold on the way.
    pub(super) fn trades(&self) -> bool {
        let owner = self.scenario.owner.as_ref();
        owner.is_some_and(|owner| owner.trades)
    }

    /// What is shown of the report.
    pub fn view(&self) -> View<'_> {
        let states = || self.states.iter();
        View {
            r: self,
            m: &self.measures,
            currency: &self.scenario.currency,
            file: self.file(),
            has_flows: self.has_flows(),
            ruin: self.ruin(),
            waterfall: self.waterfall(),
            events: self.events(),
            insurance: self.insurance(),
            agents: self.agents(),
            hours: self.hours(),
            closed: states()
                .filter(|state| state.median_ends.is_some() && state.is_alive)
                .collect(),
            launched: states()
                .filter(|state| state.state == LAUNCHED.id)
                .collect(),
            loans: states()
                .filter(|state| state.state == LEVERED && state.share_above_zero < 0.995)
                .collect(),
            moves: self.moves(),
            gates: &self.gates,
            warnings: self.sorted_warnings(),
            n_guesses: self.n_guesses(),
            shortfall_share: self.shortfall_share(),
            has_unknown: SHOWN_WITH_ERROR
                .iter()
                .any(|id| self.measure(id).is_some_and(Measure::is_unknown)),
        }
    }

    /// Warnings about the scenario come before those that every report has.
    fn sorted_warnings(&self) -> Vec<&Warning> {
        let mut warnings: Vec<&Warning> = self.warnings.iter().collect();
        warnings.sort_by_key(|warning| warning.about == About::Version);
        warnings
    }

    fn n_guesses(&self) -> usize {
        let filled = self.scenario.filled_in.iter();
        filled.filter(|value| value.grade == "G").count()
    }

    fn shortfall_share(&self) -> Option<f64> {
        let shortfall = self.measure("expected_shortfall.95")?.value;
        (self.scenario.money_in > 0.0).then_some(shortfall / self.scenario.money_in)
    }

    fn ruin(&self) -> Option<Ruin<'_>> {
        let probability = self.measure("ruin.probability")?;
        if probability.value <= 0.0 {
            return None;
        }
        let months = self.first_months.get("ruin");
        let half_by = months.and_then(|counts| Happened::of_counts(counts).median());
        let causes = causes().filter_map(|id| {
            let share = self.measure(&format!("ruin.cause.{id}.probability"))?.value;
            (share > 0.0).then_some((id, share / probability.value))
        });
        let most = causes.max_by(|a, b| a.1.total_cmp(&b.1));
        Some(Ruin {
            probability,
            half_by: half_by.map(|month| self.date_of(month)),
            cause: most.map(|(id, _)| labels::cause(id)),
            cause_share: most.map_or(0.0, |(_, share)| share),
        })
    }

    /// `2035-09` of month 105.
    pub(super) fn date_of(&self, month: u32) -> String {
        let start = self.scenario.start.parse::<crate::units::YearMonth>();
        start.map_or_else(|_| String::new(), |start| start.plus(month - 1).to_string())
    }

    fn bridge_shown(&self) -> Option<&Bridge> {
        let bridge = self.bridge.as_ref()?.whole()?;
        (bridge.paths >= FEWEST_OF_BRIDGE).then_some(bridge)
    }

    fn waterfall(&self) -> Option<Waterfall<'_>> {
        let bridge = self.bridge_shown()?;
        let claim = self.scenario.claim.as_ref()?;
        let mut from = bridge.claim;
        let steps: Vec<Step<'_>> = bridge
            .steps
            .iter()
            .map(|step| Step {
                id: &step.id,
                title: &step.title,
                from: std::mem::replace(&mut from, step.median.value),
                median: &step.median,
                change: &step.change,
            })
            .filter(|step| step.change.value != 0.0)
            .collect();
        let levels = || {
            steps
                .iter()
                .map(|step| step.median.value)
                .chain([bridge.claim, 0.0])
        };
        Some(Waterfall {
            claim: bridge.claim,
            is_assumed: claim.is_assumed,
            axis: [levels().fold(0.0, f64::min), levels().fold(0.0, f64::max)],
            nominal: self.measure("cagr.p50")?.value,
            real: self.measure("cagr.real.p50")?.value,
            steps,
        })
    }

    /// Loss events that cost something on some path, the costliest first.
    pub(super) fn events(&self) -> Vec<Event<'_>> {
        let of = |event: &EventPart, id: &str| self.measure(&format!("event.{}.{id}", event.name));
        let mut events: Vec<Event<'_>> = self
            .scenario
            .events
            .iter()
            .filter(|event| event.can_strike)
            .filter_map(|event| {
                let mean = of(event, "loss.mean").filter(|mean| mean.value > 0.0)?;
                Some(Event {
                    label: &event.label,
                    at: event.at.as_deref(),
                    probability: of(event, "probability"),
                    mean,
                    p95: of(event, "loss.p95"),
                })
            })
            .collect();
        events.sort_by(|a, b| b.mean.value.total_cmp(&a.mean.value));
        events
    }

    fn insurance(&self) -> Option<Insurance> {
        let premiums = self.measure("cause.premium.mean")?.negative();
        let payouts = *self.measure("cover.payouts.mean")?;
        Some(Insurance {
            loss_ratio: (premiums.value > 0.0).then(|| payouts.value / premiums.value),
            premiums,
            payouts,
        })
    }

    fn agents(&self) -> Option<Agents<'_>> {
        let crash = self.scenario.crash.as_ref()?;
        let added = |id: &str| self.measure(&format!("amplification.{id}"));
        let selling = self.measure("loop.selling_months.per_year");
        Some(Agents {
            is_idle: crash.first_trigger.is_none()
                || added("loss.probability").is_none() && added("drawdown.max.mean").is_none(),
            is_quiet: selling.is_some_and(|selling| selling.value <= 0.0),
            full_cascade: self.measure("loop.full_cascade.probability"),
            loss: added("loss.probability"),
            drawdown: added("drawdown.max.mean"),
            median_wealth: added("wealth.terminal.real.p50"),
        })
    }

    fn hours(&self) -> Option<Hours<'_>> {
        let mean = self.measure("hours.week.mean")?;
        let owner = self.scenario.owner.as_ref()?;
        Some(Hours {
            mean,
            available: owner.hours,
            hour_value: owner.hour_value,
            cost_per_year: owner.hour_value.map(|price| mean.value * WEEKS * price),
        })
    }

    fn moves(&self) -> Vec<Move<'_>> {
        let owner = self.scenario.owner.iter();
        let residences = owner.flat_map(|owner| &owner.residences);
        residences
            .filter(|residence| residence.income_at_least.is_some())
            .filter_map(|residence| {
                let place = residence.place.as_ref()?;
                let probability = self.measure(&format!("owner.move.{place}.probability"))?;
                let label = residence.label.as_deref()?;
                Some(Move { label, probability })
            })
            .collect()
    }

    /// Profit and loss by cause, what costs most on the worst paths first; the parts of the markets together.
    pub(super) fn by_cause(&self) -> Vec<(&'static str, [&Measure; 2])> {
        let of = |id: &'static str| {
            let measure = |figure| self.measure(&format!("cause.{id}.{figure}"));
            let both = [measure("mean")?, measure("worst5")?];
            let is_nothing = both.iter().all(|measure| measure.value == 0.0);
            (!is_nothing).then_some((id, both))
        };
        let ids = causes().filter(|id| !of_market().contains(id));
        let mut found: Vec<(&str, [&Measure; 2])> = ids.filter_map(of).collect();
        found.sort_by(|(_, a), (_, b)| a[1].value.total_cmp(&b[1].value));
        found
    }

    /// The same without what the owner withdraws or contributes.
    pub(super) fn losses_by_cause(&self) -> Vec<(&'static str, [&Measure; 2])> {
        let all = self.by_cause().into_iter();
        all.filter(|(id, _)| !FLOWS.contains(id)).collect()
    }
}
