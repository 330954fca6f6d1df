//! Working hours of an asset: its level of autonomy, or hours written in the file.
//!
//! In: keys of an asset. Out: hours per unit and month. Not here: the hours of all assets (`hours`), hours month by
//! month (`asset`).

use super::FilledIn;
use super::defaults::or_entry;
use crate::asset::Asset;
use crate::catalog::levels;
use crate::form::{Preset, Reader, fault};
use crate::units::MonthlyHours;
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
    /// Working hours per month that each unit of the asset `label` needs. Pushes a fault for keys without effect.
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
        let entry = levels().iter().find(|entry| entry.key == word).expect("a test reads every level");
        or_entry(None, entry, format!("asset.{label}.hours"), filled_in)
    }
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
