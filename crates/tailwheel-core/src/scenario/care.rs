//! Working hours of assets: levels of autonomy, hours written in the file, and the check against the
//! available hours.
//!
//! In: keys of an asset, the owner's hours. Out: hours per unit and month; faults. Not here: hours month by
//! month (`asset`).

use super::defaults::or_entry;
use super::holding::Read;
use super::tables::{owner_says, written_tables};
use super::{AssetEntry, FilledIn, Owner, Scenario};
use crate::asset::Asset;
use crate::catalog::levels;
use crate::form::{Faults, Preset, Reader, Table, fault};
use crate::units::{Delay, MonthlyHours, WeeklyHours, plain};
use crate::{choices, parameters};

choices! {
    /// Share of its work that an asset does without its owner.
    pub enum Autonomy: "level of autonomy" {
        Medium = "medium",
        High = "high",
        VeryHigh = "very-high",
        Autonomous = "autonomous",
    }
}

parameters! {
    /// Keys for the working time that an asset needs.
    pub struct CareKeys {
        /// Level of autonomy, which sets the owner's hours per unit and month. One asset is one unit, unless
        /// its model counts products. The hours of a `unit-fleet` are those of its `audit`. Acts only if
        /// `[owner]` has `hours` or `hour_value`.
        autonomy: Autonomy = Preset::Class => "\"high\"",
        /// Hours per month and unit, instead of those that follow from `autonomy`. For a `unit-fleet` they
        /// are added to those of its `audit`.
        hours: Option<MonthlyHours> = Preset::Absent,
    }
}

impl CareKeys {
    /// Hours per month that each unit of `asset`, called `label`, needs. Reports keys without effect.
    pub fn settle(
        self,
        asset: &dyn Asset,
        label: &str,
        reader: &mut Reader<'_>,
        filled_in: &mut Vec<FilledIn>,
    ) -> MonthlyHours {
        let is_audited = asset.facts().care.audits.is_some();
        if is_audited && reader.says("autonomy") {
            fault!(reader, "hours", "model \"{}\" has no `autonomy`", asset.kind();
                "autonomy" => "has no effect here";
                help: "its hours are those of `audit`, and `hours` are added to them");
        }
        if self.hours.is_some() && reader.says("autonomy") && !is_audited {
            fault!(reader, "hours", "`hours` and `autonomy` both set the working time";
                "autonomy" => "has no effect here"; "hours" => "this value counts";
                help: "leave one of the two out");
        }
        if is_audited || self.hours.is_some() {
            reader.forget("autonomy");
            return self.hours.unwrap_or_default();
        }
        let word = self.autonomy.word();
        let entry = levels().iter().find(|entry| entry.key == word);
        let entry = entry.expect("a test reads every level");
        or_entry(None, entry, format!("asset.{label}.hours"), filled_in)
    }
}

/// Returns the names of the assets whose tables set `hours` or `autonomy`.
pub fn telling(document: &Table) -> Vec<String> {
    let tells = |table: &&Table| ["hours", "autonomy"].iter().any(|key| table.get(key).is_some());
    let assets = written_tables(document, "asset").filter(tells);
    assets.filter_map(|table| Some(table.label()?.to_owned())).collect()
}

/// Returns the keys of the owner that are written but change nothing in this scenario.
pub fn idle_of(scenario: &Scenario, document: &Table) -> Vec<&'static str> {
    let idle =
        [("compliance_hours", !scenario.counts_hours()), ("claim_rate_multiple", !scenario.has_claims())];
    let idle = idle.into_iter().filter(|(_, is_idle)| *is_idle);
    let idle = idle.map(|(key, _)| key);
    let custody = scenario.owner.as_ref().and_then(|owner| owner.custody.as_ref());
    let cold_share = custody.filter(|custody| custody.has_idle_share());
    let idle = idle.filter(|key| owner_says(document, key));
    idle.chain(cold_share.map(|_| "custody.cold_share")).collect()
}

impl AssetEntry {
    /// Working hours that the asset needs in the first month; zero before its launch.
    pub fn first_hours(&self) -> f64 {
        let care = self.kind.facts().care;
        let is_there = self.value.get() > 0.0 || self.kind.facts().is_business;
        match is_there && self.launch.is_none() {
            true => care.hours(self.hours.get(), care.units),
            false => 0.0,
        }
    }
}

/// Tolerance for rounding: a figure with two decimals must survive it.
const HAIR: f64 = 1e-7;

/// Keys that the first month's hours depend on. If one of them could not be read, the check is skipped.
const DECIDE: [&str; 11] = [
    "class",
    "model",
    "value",
    "income",
    "launch",
    "autonomy",
    "hours",
    "audit",
    "hours_per_audit",
    "units",
    "products",
];

/// Pushes a fault if all assets and compliance need more hours in the first month than the owner has.
pub fn check_hours(owner: &Owner, assets: &[Read], document: &Table, faults: &mut Faults) {
    let Some(there) = owner.hours.map(WeeklyHours::get) else {
        return;
    };
    if !assets.iter().all(|asset| asset.sound(&DECIDE)) {
        return;
    }
    let asked = |asset: &Read| asset.entry.first_hours() / Delay::WEEKS_PER_MONTH;
    let of_compliance = owner.first_hours();
    let all: f64 = of_compliance + assets.iter().map(asked).sum::<f64>();
    if all * 100.0 <= there * 100.0 + HAIR {
        return;
    }
    let up = |hours: f64| (hours * 100.0 - HAIR).ceil() / 100.0;
    let with = match of_compliance > 0.0 {
        true => " and compliance",
        false => "",
    };
    let fault = fault!(
        "hours",
        "these assets{with} need {} hours a week, but {} are available",
        plain(up(all)),
        plain(there)
    );
    let owner = document.get("owner").and_then(|entry| entry.value.as_table());
    let place = owner.and_then(|table| table.get("hours")?.value.place);
    let enough =
        (up(all) <= WeeklyHours::MEASURE.high).then(|| format!("hours = \"{} h/week\"", plain(up(all))));
    let fault = fault.at(place, "available hours");
    let more = assets.iter().filter(|asset| asked(asset) > of_compliance);
    let most = more.max_by(|a, b| asked(a).total_cmp(&asked(b)));
    let fault = match most {
        Some(most) => fault.and(most.place, format!("{} hours are needed here", plain(up(asked(most))))),
        None => fault,
    };
    let fault = match enough {
        Some(hours) => fault.write(hours),
        None => fault.note("help", "write fewer units, fewer hours for each, or less `audit`"),
    };
    let rule = format!("at the start, assets{with} cannot need more hours than are available");
    faults.push(fault.rule(rule));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_level_is_a_word_and_its_hours_can_be_typed() {
        let words: Vec<&str> = levels().iter().map(|entry| entry.key.as_str()).collect();
        assert_eq!(words, Autonomy::WORDS);
        for entry in levels() {
            let hours: MonthlyHours = or_entry(None, entry, String::new(), &mut Vec::new());
            assert!(hours.get() > 0.0);
        }
    }
}
