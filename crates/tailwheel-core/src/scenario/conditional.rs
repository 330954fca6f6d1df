//! Keys that affect the results of some scenarios only.
//!
//! In: a section and a key. Out: whether it can affect a result of this scenario; if not, the canonical document and the
//! list of defaults leave it out. Not here: how it affects them (`plan`).

use super::Scenario;

/// Says when a key of a section affects results.
struct Condition {
    section: &'static str,
    /// `None` for all keys of the section.
    key: Option<&'static str>,
    holds: fn(&Scenario) -> bool,
}

const fn when(section: &'static str, key: &'static str, holds: fn(&Scenario) -> bool) -> Condition {
    Condition { section, key: Some(key), holds }
}

const CONDITIONS: [Condition; 8] = [
    when("asset", "market_beta", |scenario| scenario.crash.is_some()),
    when("asset", "exit_haircut", Scenario::has_obligations),
    when("asset", "hours", Scenario::counts_hours),
    when("asset", "autonomy", Scenario::counts_hours),
    when("owner", "compliance_hours", Scenario::counts_hours),
    when("owner", "claim_rate_multiple", Scenario::has_claims),
    Condition { section: "market", key: None, holds: |scenario| scenario.crash.is_some() },
    // the number of paths is no assumption about the world
    when("run", "paths", |_| false),
];

impl Scenario {
    /// True if `key` of a table of `section` can affect a result of this scenario.
    pub(super) fn depends_on(&self, section: &str, key: &str) -> bool {
        let mut of_key = CONDITIONS
            .iter()
            .filter(|condition| condition.section == section && condition.key.is_none_or(|own| own == key));
        of_key.all(|condition| (condition.holds)(self))
    }

    /// True if the default at the key `path` affects any result of this scenario; else reports leave it out.
    pub(super) fn has_use_for(&self, path: &str) -> bool {
        let (object, key) = path.rsplit_once('.').unwrap_or_default();
        let Some(name) = object.strip_prefix("event.") else {
            let (section, _) = object.split_once('.').unwrap_or((object, ""));
            return self.depends_on(section, key);
        };
        let Some(event) = self.events.iter().find(|event| event.name == name) else { return true };
        let custody = self.owner.as_ref().and_then(|owner| owner.custody.as_ref());
        match key {
            "rate" => true,
            _ if !event.can_strike() => false,
            "if_verified" | "if_guarded" | "if_compliant" if event.is_certain() => false,
            "if_verified" => event.assets.iter().any(|index| self.assets[*index].shared.verified),
            "if_guarded" => custody.is_some_and(|custody| custody.multisig),
            "if_compliant" => self.is_compliant(),
            _ => true,
        }
    }
}
