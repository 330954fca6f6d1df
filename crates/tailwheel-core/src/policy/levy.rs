//! Tax on a year's income: one rate, or rates by bracket.
//!
//! ```text
//! S(x) = τ·max(0, x) + Σ_k d_k·max(0, x − a_k·s)   τ: lowest rate, d_k: increase of the rate at income a_k
//! s    = P·j/12                                    j: months since the last settlement, P: price level then
//! ```
//!
//! Brackets are yearly and in money of the start. For j months they shrink to j twelfths, so that an
//! incomplete year is taxed like a complete one. They grow with prices from year to year.

use crate::math::{Lanes, greater};
use crate::stage::{Build, Closings, Cx, Dated, OnPaths, Row, Rows, Uncertain};

/// Months in a tax year. The first tax year begins with the simulation.
pub(super) const YEAR: u32 = 12;

/// Tax rates of a state on income and on gains.
#[derive(Clone, Debug, PartialEq)]
pub struct Levy {
    /// Tax rate of the lowest bracket, which starts at an income of 0, as a fraction.
    pub rate: Uncertain,
    /// Higher brackets: the yearly income at which each starts, in money of the start, and the increase of
    /// the rate there, as a fraction.
    pub steps: Vec<(f64, f64)>,
    /// Rate on gains as a fraction; `None` if gains are taxed like income, on top of it.
    pub gains: Option<f64>,
}

/// Tax brackets of each residence, and the months of settlement.
#[derive(Clone, Debug)]
pub(super) struct Levies {
    /// Tax rules at each residence. Their lowest rates may be drawn and are read from a row instead.
    of: Dated<Levy>,
    /// Months in which tax is settled.
    closings: Closings,
    /// Month of the last settlement on each path; `None` unless moves differ between paths.
    closed_in: Option<Row>,
}

/// Residence and month of the last settlement on each path, if moves differ between paths.
#[derive(Clone, Copy)]
pub(super) struct Lived {
    which: Lanes,
    closed_in: Lanes,
}

/// Tax rules in force in a month, for all paths or for the paths at one residence.
#[derive(Clone, Copy)]
pub(super) struct InForce<'a> {
    pub steps: &'a [(f64, f64)],
    pub gains: Option<f64>,
    /// Fraction of a year since the last settlement.
    part: YearPart<'a>,
    on: Option<OnPaths<'a>>,
}

/// Fraction of a year since the last settlement. Yearly tax brackets shrink to it.
#[derive(Clone, Copy)]
enum YearPart<'a> {
    /// Every path has the same fraction.
    Same(f64),
    /// From each path's last settlement (a row of months) to this month.
    Since(&'a Lanes, u32),
}

/// Returns the months in which tax is settled: the last of every tax year, the `horizon`, and each of the
/// `moves`, which are the last months before a change of residence. The rows `lived` hold the residence of
/// this month and of the next; `None` if every path moves.
pub fn settlements(moves: Vec<u32>, horizon: u32, lived: Option<[Row; 2]>) -> Closings {
    let is_settled = |month: &u32| month.is_multiple_of(YEAR) || *month == horizon;
    Closings { always: (1..=horizon).filter(is_settled).collect(), moves, lived }
}

impl Levies {
    /// Splits `levies` into their lowest rates and the rest: brackets and rates on gains. Tax is settled in
    /// the months of `closings`.
    pub fn of(levies: Dated<Levy>, closings: Closings, build: &mut Build) -> (Dated<Uncertain>, Self) {
        let closed_in = levies.which().map(|_| build.row());
        (levies.clone().map(|levy| levy.rate), Self { of: levies, closings, closed_in })
    }

    /// True if any residence has tax brackets.
    pub fn have_brackets(&self) -> bool {
        self.of.entries().iter().any(|(_, levy)| !levy.steps.is_empty())
    }

    /// Paths on which tax is settled this month, as 1 or 0; `None` if no path settles.
    #[inline(always)]
    pub fn settled(&self, cx: &Cx<'_>) -> Option<Lanes> {
        Some(self.closings.this_month(cx)?.closed)
    }

    /// Records this month as the last settlement on the paths marked in `settled`.
    #[inline(always)]
    pub fn note(&self, cx: &mut Cx<'_>, settled: &Lanes) {
        let month = f64::from(cx.month.index);
        if let Some(row) = self.closed_in {
            cx.rows.get_mut(row).each(|lane, own| if settled[lane] > 0.0 { month } else { own });
        }
    }

    /// Residence and last settlement of each path; `None` unless moves differ between paths.
    #[inline(always)]
    pub fn lived(&self, rows: &Rows) -> Option<Lived> {
        let (which, closed_in) = (self.of.which()?, self.closed_in?);
        Some(Lived { which: *rows.get(which), closed_in: *rows.get(closed_in) })
    }

    /// Tax rules in force in `month`, with brackets that cover the part of a year since the last settlement.
    #[inline(always)]
    pub fn in_month<'a>(&'a self, month: u32, lived: Option<&'a Lived>) -> impl Iterator<Item = InForce<'a>> {
        self.in_force(month, lived, move |levy| match lived {
            Some(lived) => YearPart::Since(&lived.closed_in, month),
            None if levy.steps.is_empty() => YearPart::Same(1.0),
            None => YearPart::Same(self.part_of_year(month)),
        })
    }

    /// Tax rules in force in `month`, with brackets for a whole year.
    #[inline(always)]
    pub fn of_a_year<'a>(
        &'a self,
        month: u32,
        lived: Option<&'a Lived>,
    ) -> impl Iterator<Item = InForce<'a>> {
        self.in_force(month, lived, |_| YearPart::Same(1.0))
    }

    #[inline(always)]
    fn in_force<'a>(
        &'a self,
        month: u32,
        lived: Option<&'a Lived>,
        part: impl Fn(&Levy) -> YearPart<'a>,
    ) -> impl Iterator<Item = InForce<'a>> {
        self.of.in_force(month, lived.map(|lived| &lived.which)).map(move |(levy, on)| InForce {
            steps: &levy.steps,
            gains: levy.gains,
            part: part(levy),
            on,
        })
    }

    fn part_of_year(&self, month: u32) -> f64 {
        let Closings { always, moves, .. } = &self.closings;
        let since = always.iter().chain(moves).filter(|end| **end < month).max().copied().unwrap_or(0);
        f64::from(month - since) / f64::from(YEAR)
    }
}

impl InForce<'_> {
    /// True if these tax rules hold on the path with the number `lane` in its block.
    #[inline(always)]
    pub fn has(&self, lane: usize) -> bool {
        self.on.is_none_or(|on| on.has(lane))
    }

    /// Replaces `rate` by the tax rate on gains, on the paths where these tax rules hold and set such a rate.
    #[inline(always)]
    pub fn replace(&self, rate: &mut Lanes) {
        match (self.gains, self.on) {
            (None, _) => {}
            (Some(own), None) => rate.fill(own),
            (Some(own), Some(on)) => {
                rate.each(|lane, other| if on.has(lane) { own } else { other });
            }
        }
    }

    /// Adds to `tax` what the higher brackets charge on `income` beyond the lowest rate. `prices` is the
    /// price level of the last settlement.
    #[inline(always)]
    pub fn add(&self, tax: &mut Lanes, income: &Lanes, prices: &Lanes) {
        for (above, more) in self.steps {
            match (self.part, self.on) {
                (YearPart::Same(part), None) => {
                    let above = above * part;
                    tax.each(|lane, own| own + more * greater(income[lane] - above * prices[lane], 0.0));
                }
                (part, _) => tax.each(|lane, own| {
                    let above = above * part.on(lane) * prices[lane];
                    let taken = more * greater(income[lane] - above, 0.0);
                    if self.has(lane) { own + taken } else { own }
                }),
            }
        }
    }
}

impl YearPart<'_> {
    #[inline(always)]
    fn on(self, lane: usize) -> f64 {
        match self {
            Self::Same(part) => part,
            Self::Since(closed_in, month) => (f64::from(month) - closed_in[lane]) / f64::from(YEAR),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Seeds;

    fn levy(steps: Vec<(f64, f64)>, gains: Option<f64>) -> Levy {
        Levy { rate: Uncertain::Known(0.0), steps, gains }
    }

    #[test]
    fn brackets_are_of_the_months_since_the_last_settlement_and_of_its_prices() {
        let stays =
            Dated::new(vec![(1, levy(Vec::new(), None)), (8, levy(vec![(1_200.0, 0.5)], None))], None);
        let mut build = Build::new(Seeds::one(1));
        let (rates, levies) = Levies::of(stays, settlements(vec![7], 30, None), &mut build);
        assert_eq!(rates.entries().len(), 2);
        let in_force = |month: u32| levies.in_month(month, None).next().expect("a place");
        assert!(in_force(7).steps.is_empty());
        let tax = |month: u32, income: f64, level: f64| {
            let mut tax = Lanes::ZERO;
            let (of, prices) = (Lanes::splat(income), Lanes::splat(level));
            in_force(month).add(&mut tax, &of, &prices);
            tax[0]
        };
        // a move in month 8 settles month 7; month 8 has a twelfth of a bracket at the prices of month 7
        assert_eq!(tax(8, 1_000.0, 8.0), 0.5 * (1_000.0 - 800.0));
        assert_eq!(tax(12, 5_000.0, 8.0), 0.5 * (5_000.0 - 8.0 * 500.0));
        assert_eq!(tax(13, 1_500.0, 13.0), 0.5 * (1_500.0 - 13.0 * 100.0));
        let Closings { always, moves, .. } = &levies.closings;
        assert_eq!((&always[..], &moves[..]), (&[12, 24, 30][..], &[7][..]));
    }

    #[test]
    fn a_path_that_does_not_move_keeps_its_brackets_and_its_year() {
        let above = |above: f64| levy(vec![(above, 0.5)], Some(above / 10_000.0));
        let mut build = Build::new(Seeds::one(1));
        let which = build.row();
        let stays = Dated::new(vec![(1, above(1_200.0)), (8, above(2_400.0))], Some(which));
        let (_, levies) = Levies::of(stays, settlements(vec![7], 30, None), &mut build);
        // the path in lane 1 has moved, and settled in month 7
        let mut lived = Lived { which: Lanes::ZERO, closed_in: Lanes::ZERO };
        (lived.which[1], lived.closed_in[1]) = (1.0, 7.0);
        let (mut tax, mut rate) = (Lanes::ZERO, Lanes::ZERO);
        let (of, prices) = (Lanes::splat(1_000.0), Lanes::splat(1.0));
        for levy in levies.in_month(8, Some(&lived)) {
            levy.add(&mut tax, &of, &prices);
            levy.replace(&mut rate);
        }
        assert_eq!(tax[0], 0.5 * (1_000.0 - 800.0));
        assert_eq!(tax[1], 0.5 * (1_000.0 - 200.0));
        assert_eq!((rate[0], rate[1]), (0.12, 0.24));
    }
}
