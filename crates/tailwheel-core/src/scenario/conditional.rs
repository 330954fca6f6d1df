//! Keys that affect the results of some scenarios only.
//!
//! In: a section and a key. Out: whether it can affect a result of this scenario; if not, the canonical document and the
//! list of defaults leave it out. Not here: how it affects them (`plan`).

use super::Scenario;

impl Scenario {
    /// True if `key` of a table of `section` can affect a result of this scenario.
    pub(super) fn depends_on(&self, section: &str, key: &str) -> bool {
        match (section, key) {
            ("asset", "market_beta" | "income_beta") | ("market", _) => self.crash.is_some(),
            ("asset", "exit_haircut") => self.has_obligations(),
            ("asset", "hours" | "autonomy") | ("owner", "compliance_hours") => self.counts_hours(),
            ("owner", "claim_rate_multiple") => self.has_claims(),
            // the number of paths is no assumption about the world
            ("run", "paths") => false,
            _ => true,
        }
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
