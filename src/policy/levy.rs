//! How much of a year's income a state takes: one rate, or a rate for each bracket.
//!
//! ```text
//! S(x) = τ·max(0, x) + Σ_k d_k·max(0, x − a_k·s)      τ: the rate from 0 on, d_k: how much the rate rises at a_k
//! s    = P·j/12                                       j: months since the last settlement, P: price level there
//! ```
//!
//! Brackets are of a year and in money of the start: of j months they are j twelfths, so that a year that has begun is
//! taxed as if it went on like that, and they grow with prices from year to year.

use super::Uncertain;
use crate::math::{Lanes, greater};
use crate::stage::begun;

/// Months of a tax year, which begins with the simulation.
pub(super) const YEAR: u32 = 12;

/// What a state takes of income and of gains.
#[derive(Clone, Debug, PartialEq)]
pub struct Levy {
    /// Of income from 0 on.
    pub rate: Uncertain,
    /// Incomes of a year in money of the start, and how much the rate rises there.
    pub steps: Vec<(f64, f64)>,
    /// Of gains; none, they are taxed as income is, on top of it.
    pub gains: Option<f64>,
}

/// Brackets place after place, and when they are settled.
#[derive(Clone, Debug)]
pub(super) struct Levies {
    /// First months and what holds from then on beside the rate.
    of: Vec<(u32, Place)>,
    /// Months in which it is settled.
    settled: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Place {
    steps: Vec<(f64, f64)>,
    gains: Option<f64>,
}

/// What holds in a month.
#[derive(Clone, Copy)]
pub(super) struct InForce<'a> {
    pub steps: &'a [(f64, f64)],
    pub gains: Option<f64>,
    /// Part of a year since the last settlement.
    part: f64,
}

/// Months in which a tax is settled: the last of every year, each of `moves`, after which the owner lives elsewhere, and the `horizon`.
pub fn settlements(moves: &[u32], horizon: u32) -> Vec<u32> {
    let is_settled =
        |month: &u32| month.is_multiple_of(YEAR) || *month == horizon || moves.contains(month);
    (1..=horizon).filter(is_settled).collect()
}

impl Levies {
    /// The rates, and the rest of `levies`; settled before every move and in the last month, the `horizon`.
    pub fn of(levies: Vec<(u32, Levy)>, horizon: u32) -> (Vec<(u32, Uncertain)>, Self) {
        let moves: Vec<u32> = levies[1..].iter().map(|(from, _)| from - 1).collect();
        let settled = settlements(&moves, horizon);
        let parts = |(from, levy): (u32, Levy)| {
            let Levy { rate, steps, gains } = levy;
            ((from, rate), (from, Place { steps, gains }))
        };
        let (rates, of) = levies.into_iter().map(parts).unzip();
        (rates, Self { of, settled })
    }

    /// Whether there are brackets anywhere.
    pub fn have_brackets(&self) -> bool {
        self.of.iter().any(|(_, place)| !place.steps.is_empty())
    }

    /// Whether what is owed is settled in this month.
    pub fn settle_in(&self, month: u32) -> bool {
        self.settled.contains(&month)
    }

    pub fn in_month(&self, month: u32) -> InForce<'_> {
        let place = begun(&self.of, month);
        let (steps, gains) = place.map_or((&[][..], None), |place| (&place.steps[..], place.gains));
        let part = match steps {
            [] => 1.0,
            _ => self.part_of_year(month),
        };
        InForce { steps, gains, part }
    }

    /// What holds in `month` of a whole year's income.
    pub fn of_a_year(&self, month: u32) -> InForce<'_> {
        InForce {
            part: 1.0,
            ..self.in_month(month)
        }
    }

    fn part_of_year(&self, month: u32) -> f64 {
        let since = self.settled.iter().rfind(|end| **end < month);
        let since = since.copied().unwrap_or(0);
        f64::from(month - since) / f64::from(YEAR)
    }
}

impl InForce<'_> {
    /// Adds to `tax` what brackets above the lowest take of `income`, at the prices of the last settlement.
    #[inline(always)]
    pub fn add(&self, tax: &mut Lanes, income: &Lanes, prices: &Lanes) {
        for (above, more) in self.steps {
            let above = above * self.part;
            tax.each(|lane, own| own + more * greater(income[lane] - above * prices[lane], 0.0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_are_of_the_months_since_the_last_settlement_and_of_its_prices() {
        let levy = |steps: Vec<(f64, f64)>| Levy {
            rate: Uncertain::Known(0.0),
            steps,
            gains: None,
        };
        let stays = vec![(1, levy(Vec::new())), (8, levy(vec![(1_200.0, 0.5)]))];
        let (rates, levies) = Levies::of(stays, 30);
        assert_eq!(rates.len(), 2);
        assert!(levies.in_month(7).steps.is_empty());
        let tax = |month: u32, income: f64, level: f64| {
            let mut tax = Lanes::ZERO;
            let (of, prices) = (Lanes::splat(income), Lanes::splat(level));
            levies.in_month(month).add(&mut tax, &of, &prices);
            tax[0]
        };
        // a move in month 8 settles month 7; month 8 has a twelfth of a bracket at the prices of month 7
        assert_eq!(tax(8, 1_000.0, 8.0), 0.5 * (1_000.0 - 800.0));
        assert_eq!(tax(12, 5_000.0, 8.0), 0.5 * (5_000.0 - 8.0 * 500.0));
        assert_eq!(tax(13, 1_500.0, 13.0), 0.5 * (1_500.0 - 13.0 * 100.0));
        let settled: Vec<u32> = (1..=30).filter(|month| levies.settle_in(*month)).collect();
        assert_eq!(settled, [7, 12, 24, 30]);
    }
}
