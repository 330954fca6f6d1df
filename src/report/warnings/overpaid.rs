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
    (paid > 0.0 && lost > OVERPAID_FROM * paid).then(|| {
        let [paid, lost] = [paid, lost].map(|amount| money(&scenario.currency, amount));
        OVERPAID.says(format!(
            "Businesses cost {paid} on day one. A buyer would pay {lost} less for their expected income (`tailwheel explain \
             overpaid`)."
        ))
    })
}
