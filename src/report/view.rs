//! Values that screen, page and charts derive from a report: selected and sorted numbers.
//!
//! In: a parsed [`Report`]. Out: measures, loss events, causes. Not here: sentences (`templates`), digits
//! (`figure`).

use super::document::Report;
use super::facts::EventPart;
use super::measure::Measure;
use crate::record::{OF_MARKET, causes, id};
use crate::study::{Bridge, Step};

/// Fewest paths with which outputs show the waterfall from claimed return to outcome.
const FEWEST_OF_BRIDGE: u64 = 1_000;

/// Ids of causes of wealth changes that are no losses: the owner's withdrawals and contributions.
pub(super) const FLOWS: [&str; 2] = ["spending", "contribution"];

/// Yearly return at or below which hardly anything is left, so that chart and screen print a text instead.
pub(super) const NOTHING: f64 = -0.9;

/// Returns the steps of the waterfall that are shown: up to and including the first that leaves nothing.
pub(super) fn drawn_steps(bridge: &Bridge) -> &[Step] {
    let last = bridge.steps.iter().position(|step| step.median.value <= NOTHING);
    last.map_or(&bridge.steps, |last| &bridge.steps[..=last])
}

impl Report {
    /// Returns the measure `id`; `None` if the report does not have it.
    pub(super) fn measure(&self, id: &str) -> Option<&Measure> {
        self.measures.get(id)
    }

    /// Returns the scenario file, quoted for a shell, or `SCENARIO` if the command is unknown.
    pub fn file(&self) -> &str {
        self.command.as_ref().map_or("SCENARIO", |command| &command.file)
    }

    /// True if money is withdrawn or contributed.
    pub(super) fn has_flows(&self) -> bool {
        let owner = self.scenario.owner.as_ref();
        owner.is_some_and(|owner| owner.has_flows)
    }

    /// Returns the probability of ruin if it is above zero.
    pub(super) fn ruin_probability(&self) -> Option<&Measure> {
        self.measure(id::RUIN).filter(|ruin| ruin.value > 0.0)
    }

    /// Converts a simulated month, from 1, to its date: `2035-09`.
    pub(super) fn date_of(&self, month: u32) -> String {
        let start = self.scenario.start.parse::<crate::units::YearMonth>();
        start.map_or_else(|_| String::new(), |start| start.plus(month - 1).to_string())
    }

    /// Returns the waterfall from claim to outcome, if it exists and has enough paths to show.
    pub(super) fn waterfall(&self) -> Option<&Bridge> {
        let bridge = self.bridge.as_ref()?.whole()?;
        let has_ends = [id::RETURN_P50, id::REAL_RETURN_P50].iter().all(|id| self.measures.contains_key(*id));
        (bridge.paths >= FEWEST_OF_BRIDGE && has_ends && self.scenario.claim.is_some()).then_some(bridge)
    }

    /// True if agents can sell and the effect of their selling on the results was measured.
    pub(super) fn has_agent_effect(&self) -> bool {
        let crash = self.scenario.crash.as_ref();
        crash.is_some_and(|crash| crash.first_trigger.is_some())
            && [id::LOSS_PROBABILITY, id::DRAWDOWN_MEAN]
                .iter()
                .any(|id| self.measure(&id::added(id)).is_some())
    }

    /// Returns the measure `id` of one loss event; `None` if the report does not have it.
    pub(super) fn of_event(&self, event: &EventPart, id: &str) -> Option<&Measure> {
        self.measure(&id::of(id, &event.name))
    }

    /// Returns the loss events that cost something on some path, the costliest first.
    pub(super) fn events(&self) -> Vec<&EventPart> {
        let cost = |event: &EventPart| {
            let mean = self.of_event(event, id::EVENT_LOSS_MEAN);
            mean.map_or(0.0, |mean| mean.value)
        };
        let mut events: Vec<&EventPart> =
            self.scenario.events.iter().filter(|event| cost(event) > 0.0).collect();
        events.sort_by(|a, b| cost(b).total_cmp(&cost(a)));
        events
    }

    /// Returns the mean profit and loss by id of the cause: over all paths, then over the worst 5 %. The
    /// cause that costs most on the worst paths is first. The parts of market returns count as one cause.
    pub(super) fn by_cause(&self) -> Vec<(&'static str, [&Measure; 2])> {
        let of = |id: &'static str| {
            let measure = |figure| self.measure(&id::of(figure, id));
            let both = [measure(id::CAUSE_MEAN)?, measure(id::CAUSE_WORST5)?];
            let is_nothing = both.iter().all(|measure| measure.value == 0.0);
            (!is_nothing).then_some((id, both))
        };
        let mut found: Vec<(&str, [&Measure; 2])> =
            causes().filter(|id| !OF_MARKET.contains(id)).filter_map(of).collect();
        found.sort_by(|(_, a), (_, b)| a[1].value.total_cmp(&b[1].value));
        found
    }

    /// Returns profit and loss as [`Self::by_cause`], without the owner's withdrawals and contributions.
    pub(super) fn losses_by_cause(&self) -> Vec<(&'static str, [&Measure; 2])> {
        self.by_cause().into_iter().filter(|(id, _)| !FLOWS.contains(id)).collect()
    }
}
