//! Text that identifies everything a result of a scenario can depend on.
//!
//! In: [`Scenario`]. Out: its identity, under which results are kept. Not here: the smaller set of values
//! that determine a path (`canonical`).

use super::{Correlation, FilledIn, Residence, SETTINGS, Scenario};

impl Scenario {
    /// Returns the canonical document and everything else a report depends on: title, letterhead, number of
    /// paths, filled-in values, repairs, spelling of amounts. Scenarios with equal identity have equal
    /// reports.
    pub fn identity(&self) -> String {
        // All fields are named, so that a new field does not compile until it is assigned here.
        let Self {
            title,
            paths,
            correlation: Correlation { repair, .. },
            crisis,
            filled_in,
            decimals,
            implausible,
            uncounted,
            idle,
            pin,
            fixed,
            better,
            start: _,
            months: _,
            currency: _,
            seeds: _,
            markets,
            assets: _,
            settings,
            owner,
            crash: _,
            shocks: _,
            events: _,
        } = self;
        let repairs = [*repair, crisis.as_ref().and_then(|crisis| crisis.repair)];
        // Without `[crash]` the canonical document does not contain the markets.
        let markets: Vec<_> =
            markets.iter().map(|one| (one.name.as_str(), one.class_id(), one.volatility().get())).collect();
        let residences = owner.iter().flat_map(|owner| &owner.residence);
        let places: Vec<&str> =
            residences.filter_map(Residence::place).map(|place| place.id.as_str()).collect();
        // The canonical document has the range of a drawn value.
        let filled: Vec<_> = filled_in
            .iter()
            .map(|FilledIn { path, value, is_drawn: _, entry }| {
                (path, value, entry.grade, entry.kind, &entry.source)
            })
            .collect();
        let said = (decimals, implausible, uncounted, idle, fixed, better);
        // The canonical document has the settings that paths depend on.
        let others = SETTINGS.iter().filter(|setting| !setting.is_of_model);
        let texts = others.map(|setting| (setting.text)(settings)).collect::<Vec<_>>().join(", ");
        let rest = (title, format_args!("{texts}"), paths, pin, repairs, markets, places, filled, said);
        format!("{}\n{rest:?}", self.canonical_document())
    }
}
