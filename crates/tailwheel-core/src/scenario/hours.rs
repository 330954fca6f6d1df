//! Working hours of all assets and of compliance, against those of the owner.
//!
//! In: assets, the owner, the document. Out: faults; keys of the owner that have no effect. Not here: the hours
//! of one asset (`supervision`), hours month by month (`asset`).

use super::holding::ReadAsset;
use super::tables::{owner_says, written_tables};
use super::{AssetEntry, Custody, Owner, Scenario};
use crate::form::{Faults, Table, fault};
use crate::units::{Delay, WeeklyHours, plain};

/// Returns the names of the assets whose tables set `hours` or `autonomy`.
pub fn telling(document: &Table) -> Vec<String> {
    let tells = |table: &&Table| ["hours", "autonomy"].iter().any(|key| table.get(key).is_some());
    let assets = written_tables(document, "asset").filter(tells);
    assets.filter_map(|table| Some(table.label()?.to_owned())).collect()
}

/// Returns the keys of the owner that are written but change nothing in this scenario.
pub fn idle_of(scenario: &Scenario, document: &Table) -> Vec<&'static str> {
    let custody = scenario.owner.as_ref().and_then(|owner| owner.custody.as_ref());
    let of_owner = ["compliance_hours", "claim_rate_multiple"].into_iter();
    of_owner
        .filter(|key| !scenario.depends_on("owner", key) && owner_says(document, key))
        .chain(custody.is_some_and(Custody::has_idle_share).then_some("custody.cold_share"))
        .collect()
}

impl AssetEntry {
    /// Working hours that the asset needs in the first month; 0 before its launch, or if it is no business and worth
    /// 0.
    pub fn first_hours(&self) -> f64 {
        let facts = self.kind.facts();
        let is_there = self.keys.value.get() > 0.0 || facts.is_business;
        if is_there && self.keys.launch.is_none() {
            facts.care.hours(self.hours.get(), facts.care.units)
        } else {
            0.0
        }
    }
}

/// Tolerance, in hundredths of an hour, so that a number with two decimals is not refused for its rounding.
const HAIR: f64 = 1e-7;

/// Keys that the first month's hours depend on. If one of them could not be read, the check is skipped.
const DECIDE: [&str; 11] = [
    "class", "model", "value", "income", "launch", "autonomy", "hours", "audit", "hours_per_audit", "units",
    "products",
];

/// Pushes a fault if all assets and compliance need more hours in the first month than the owner has.
pub fn check_hours(owner: &Owner, assets: &[ReadAsset], document: &Table, faults: &mut Faults) {
    let Some(there) = owner.hours.map(WeeklyHours::get) else { return };
    if !assets.iter().all(|asset| asset.sound(&DECIDE)) {
        return;
    }
    let asked = |asset: &ReadAsset| asset.entry.first_hours() / Delay::WEEKS_PER_MONTH;
    let of_compliance = owner.first_weekly_hours();
    let all: f64 = of_compliance + assets.iter().map(asked).sum::<f64>();
    if all * 100.0 <= there * 100.0 + HAIR {
        return;
    }
    let up = |hours: f64| (hours * 100.0 - HAIR).ceil() / 100.0;
    let with = if of_compliance > 0.0 { " and compliance" } else { "" };
    let place = document.table("owner").and_then(|owner| owner.get("hours")?.value.place);
    let most = assets
        .iter()
        .filter(|asset| asked(asset) > of_compliance)
        .max_by(|a, b| asked(a).total_cmp(&asked(b)));
    let (enough, help) = if up(all) <= WeeklyHours::MEASURE.high {
        (format!("hours = \"{} h/week\"", plain(up(all))), "")
    } else {
        (String::new(), "write fewer units, fewer hours for each, or less `audit`")
    };
    fault!(faults, "hours", "these assets{with} need {} hours a week, but {} are available", plain(up(all)), plain(there);
        place => "available hours";
        most.and_then(|most| most.place) => "{} hours are needed here", plain(up(most.map_or(0.0, asked)));
        write: "{enough}"; help: "{help}";
        rule: "at the start, assets{with} cannot need more hours than are available");
}
