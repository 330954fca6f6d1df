//! Expected values of a fleet: the transitions of `month` applied to mean counts.

use super::Rates;
use crate::asset::Expected;
use crate::asset::business::worth;
use crate::market::STEPS_PER_YEAR;
use std::collections::VecDeque;

/// Expected counts of units, and resulting growth and income per month, at the yearly starting yield `roi`.
///
/// ```text
/// F  = D·min(1, A/(H + D))·d        detected
/// H' = H(1 − s)(1 − h) + back       back: detected w months before
/// D' = H(1 − s)h + (D − F)(1 − s)
/// ```
///
/// H and D are healthy and decayed units, A audits a month; d, s and h the probabilities of detection, closure and
/// decay; w the months of re-seeding. Tests multiply the income of healthy units. The mean is exact where the
/// transitions are linear; for detections, it is a quotient of means.
pub(super) fn months(rates: &Rates, roi: f64, n_months: u32) -> Vec<Expected> {
    let mut states = Mean::new(rates);
    let mut worth_before = 1.0;
    let power = |mean: &Mean| (mean.healthy * mean.lift + rates.decayed_income * mean.decayed) / rates.all;
    let month = |_| {
        let before = power(&states);
        let found = states.advance(rates);
        let spent = found * rates.cost / rates.all;
        let after = worth(power(&states), states.ahead(rates), roi.max(0.0));
        // A worthless fleet has no growth or income per unit of value.
        let of_value = |amount: f64| {
            if worth_before > 0.0 { amount / worth_before } else { 0.0 }
        };
        let expected = Expected {
            growth: of_value(after),
            income: roi.max(0.0) / STEPS_PER_YEAR * of_value(before - spent),
        };
        worth_before = after;
        expected
    };
    (0..n_months).map(month).collect()
}

struct Mean {
    healthy: f64,
    decayed: f64,
    /// Number of units that return after this month, the next one, …
    down: VecDeque<f64>,
    /// Income of a healthy unit relative to the start.
    lift: f64,
}

impl Mean {
    fn new(rates: &Rates) -> Self {
        Self {
            healthy: rates.all,
            decayed: 0.0,
            down: (0..rates.down.unwrap_or(0)).map(|_| 0.0).collect(),
            lift: 1.0,
        }
    }

    /// Present value of future income, in years of the first month's income.
    fn ahead(&self, rates: &Rates) -> f64 {
        rates.ahead(self.healthy, self.decayed, self.lift, &self.down)
    }

    /// Advances one month and returns the number of units found decayed.
    fn advance(&mut self, rates: &Rates) -> f64 {
        let (healthy, decayed) = (self.healthy, self.decayed);
        let operating = healthy + decayed;
        let looked_at = if operating > rates.audits { rates.audits / operating } else { 1.0 };
        let found = if rates.audits > 0.0 { decayed * looked_at * rates.detection } else { 0.0 };
        let stays = 1.0 - rates.closes;
        let back = self.down.pop_front().unwrap_or(0.0);
        if rates.down.is_some() {
            self.down.push_back(found);
        }
        let staying = healthy * stays * (1.0 - rates.decays);
        self.healthy = staying + back;
        if let Some(uplift) = rates.uplift
            && self.healthy > 0.0
        {
            let raised = uplift.raised(self.lift, looked_at);
            self.lift = (raised * staying + back) / self.healthy;
        }
        self.decayed = healthy * stays * rates.decays + (decayed - found) * stays;
        found
    }
}
