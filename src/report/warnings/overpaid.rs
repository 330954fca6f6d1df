//! Businesses that cost more than what is to come of them is worth.

use super::Warning;
use super::kinds::OVERPAID;
use crate::figure::money;
use crate::scenario::Scenario;
use crate::stats::Found;

/// Part of a price that may be paid too much before it is told.
const OVERPAID_FROM: f64 = 0.05;

/// Businesses that cost more on day one than what is to come of them is worth to a buyer.
pub(super) fn overpaid(scenario: &Scenario, found: &[Found]) -> Option<Warning> {
    let lost = found.iter().find(|found| found.id == "cause.overpaid.mean");
    let lost = -lost?.result.as_ref().ok()?.value;
    let bought = scenario.assets.iter();
    let bought = bought.filter(|asset| asset.kind.is_business() && asset.launch.is_none());
    let paid: f64 = bought.map(|asset| asset.value.get()).sum();
    let built = scenario.assets.iter().any(|asset| asset.launch.is_some());
    (lost > OVERPAID_FROM * paid && lost > 0.0).then(|| {
        let amount = money(&scenario.currency, lost);
        let what = match (paid > 0.0, built) {
            (true, false) => format!(
                "Of the {} that businesses cost on day one {amount} is",
                money(&scenario.currency, paid)
            ),
            _ => format!("Of what businesses cost or are said to be worth {amount} is"),
        };
        OVERPAID.says(format!(
            "{what} more than a buyer would pay for what is to come of them (`tailwheel explain overpaid`)."
        ))
    })
}
