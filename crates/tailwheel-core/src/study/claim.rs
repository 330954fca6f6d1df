//! Claimed return of the assets, and interest on cash.
//!
//! In: a scenario. Out: rates per year, and the wealth if the claim held. Not here: what becomes of a claim
//! (`bridge`).

use crate::math::elementary::{exp, ln_1p};
use crate::scenario::{AssetEntry, Owner, Scenario};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Claimed return of the whole initial investment.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(rename = "ClaimPart")]
pub struct ClaimedReturn {
    /// Claimed return per year, nominal, weighted by opening values, interest on cash included.
    pub rate: f64,
    /// True if at least half of the rate comes from defaults of the catalog, such as the price of a stated income.
    pub is_assumed: bool,
}

/// Returns the claimed return for `money_in`; `None` if nothing is invested or no asset has a claimed return.
pub fn claim(scenario: &Scenario, money_in: f64) -> Option<ClaimedReturn> {
    let claimed = || scenario.assets.iter().filter(|asset| asset.kind.claimed() != 0.0);
    let is_default = |asset: &&AssetEntry| {
        let key = format!("asset.{}.roi", asset.name);
        scenario.filled_in.iter().any(|value| value.path == key)
    };
    let amount = |asset: &AssetEntry| (asset.keys.value.get() * asset.kind.claimed()).abs();
    let all: f64 = claimed().map(amount).sum();
    let assumed: f64 = claimed().filter(is_default).map(amount).sum();
    let has_claim = money_in > 0.0 && claimed().next().is_some();
    has_claim.then(|| ClaimedReturn { rate: claimed_rate(scenario), is_assumed: 2.0 * assumed >= all })
}

/// Claimed return of all assets and cash per year, weighted by their values on day one or once launched.
pub(super) fn claimed_rate(scenario: &Scenario) -> f64 {
    let assets = scenario.assets.iter().map(|asset| (asset.keys.value.get(), asset.kind.claimed()));
    let (mut sum, mut total) = (0.0, 0.0);
    for (value, rate) in assets.chain(interest(scenario)) {
        sum += value * rate;
        total += value;
    }
    sum / total
}

/// Cash on day one and its interest rate per year; `None` without cash.
pub(super) fn interest(scenario: &Scenario) -> Option<(f64, f64)> {
    let cash = scenario.owner.as_ref()?.cash.get();
    (cash > 0.0).then(|| (cash, scenario.settings.economy.cash_rate.mean().get()))
}

/// Real wealth after each of `months` if the claim held, with inflation at its mean: V₀ = money in,
/// Vₘ = max(0, Vₘ₋₁·((1+claim)/(1+inflation))^(1/12) − spending of month m).
/// `None` if the file claims nothing, or if there are flows other than a known spending.
pub fn claimed_wealth(scenario: &Scenario, money_in: f64, months: &[u32]) -> Option<Vec<f64>> {
    let claim = claim(scenario, money_in).filter(|claim| !claim.is_assumed)?;
    let owner = scenario.owner.as_ref();
    let is_known = owner.is_none_or(|owner| owner.flows.is_empty() && !Owner::may_spend_otherwise(owner));
    if !is_known {
        return None;
    }
    let inflation = scenario.settings.economy.inflation.mean().get();
    let growth = exp((ln_1p(claim.rate) - ln_1p(inflation)) / 12.0);
    let spending = scenario.spending();
    let mut wealth = vec![money_in];
    for month in 0..scenario.months as usize {
        let spent = spending.get(month).copied().unwrap_or_default();
        wealth.push((wealth[month] * growth - spent).max(0.0));
    }
    let at = |month: &u32| wealth.get(*month as usize).copied();
    months.iter().map(at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCENARIO: &str = r#"
        start = "2027-01"
        horizon = "10 years"
        currency = "USD"
        run.seed = 1
        economy.inflation.fixed = "2 %/year"
        owner.spending = "500/month"
        asset = [{ name = "fund", class = "index-fund", value = 100_000, roi = "12 %" }]
    "#;

    fn claimed(text: &str) -> Option<Vec<f64>> {
        let scenario: Scenario = text.parse().expect("a scenario");
        claimed_wealth(&scenario, 100_000.0, &[0, 1, 120])
    }

    #[test]
    fn the_claimed_wealth_is_that_of_an_annuity() {
        let found = claimed(SCENARIO).expect("something is claimed");
        let monthly = (ln_1p(0.12) - ln_1p(0.02)) / 12.0;
        let growth = exp(monthly);
        let after = |n: i32| {
            let grown = exp(f64::from(n) * monthly);
            100_000.0 * grown - 500.0 * (grown - 1.0) / (growth - 1.0)
        };
        for (month, found) in [0, 1, 120].into_iter().zip(found) {
            let expected = after(month);
            assert!((found / expected - 1.0).abs() < 1e-12, "{month}: {found} {expected}");
        }
    }

    #[test]
    fn it_never_falls_below_zero_and_is_not_said_where_other_money_comes() {
        let spent = claimed(&SCENARIO.replace("500/month", "5000/month"));
        assert_eq!(spent.expect("something is claimed")[2], 0.0);
        let assumed = SCENARIO.replace(", roi = \"12 %\"", "");
        assert_eq!(claimed(&assumed), None, "a default claims nothing");
        // a stated return of little beside a default of more
        let more = |value: u32| {
            let one =
                format!("asset = [{{ name = \"house\", class = \"rental-property\", value = {value} }}, ");
            claimed(&SCENARIO.replace("asset = [", &one)).is_some()
        };
        assert!(more(1_000) && !more(1_000_000));
        let salary = "500/month\"\nowner.flows = [{ name = \"salary\", amount = \"100/month\" }]\n#";
        assert_eq!(claimed(&SCENARIO.replace("500/month\"", salary)), None);
    }
}
