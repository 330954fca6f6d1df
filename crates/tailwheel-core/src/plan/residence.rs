//! Residence of the owner per month and path.
//!
//! In: the residences of a scenario. Out: [`Lived`]: the terms of each residence, in force while the owner
//! lives there. Not here: conditions and costs of a move (`policy`).
//!
//! If no residence requires an income, the month alone determines the residence, and no row is kept.

use crate::event::TaxLaw;
use crate::policy::{self, Applicant, Permit, Purse};
use crate::random::ObjectKind;
use crate::scenario::{Calendar, Owner, Residence, Scenario};
use crate::stage::{Build, Closings, Dated, Row};
use std::sync::Arc;

/// Residence of the owner per month and path.
#[derive(Clone, Debug)]
pub(super) struct Lived {
    pub calendar: Calendar,
    /// Index of the current residence and of next month's, per path; `None` if all paths move alike.
    rows: Option<[Row; 2]>,
    /// Rows that are 1 once the owner has moved to a residence that requires an income, one per residence.
    pub moved: Vec<Row>,
}

impl Lived {
    /// Adds the rows and stages of moves that fail on paths without the required income, if there are any.
    pub fn open(
        scenario: &Scenario,
        owner: &Owner,
        purse: Option<&Purse>,
        income: Row,
        prices: Row,
        build: &mut Build,
    ) -> Self {
        let calendar = scenario.calendar();
        let Some(purse) = purse.filter(|_| owner.is_asked()) else {
            return Self { calendar, rows: None, moved: Vec::new() };
        };
        build.object(ObjectKind::Policy, "residence");
        let applicant =
            Applicant { here: build.row(), next: build.row(), income, prices, ruined: purse.ruined };
        let places = scenario.asking_places();
        let moved: Vec<Row> = places.iter().map(|_| build.row()).collect();
        for (position, residence) in owner.residence.iter().enumerate().skip(1) {
            let id = residence.place().map(|place| place.id.as_str());
            let noted = places.iter().zip(&moved).find(|(place, _)| Some(place.as_str()) == id);
            let before = owner.residence[..position].iter().enumerate();
            let same = before.filter(|(_, other)| other.place() == residence.place());
            let permit = Permit {
                position,
                from: residence.first_month(calendar),
                at_least: residence.income_to_move(),
                same: same.map(|(position, _)| position).collect(),
                noted: noted.map(|(_, row)| *row),
            };
            permit.build(applicant, build);
        }
        let rows = Some([applicant.here, applicant.next]);
        Self { calendar, rows, moved }
    }

    /// Index of the current residence, per path; `None` if all paths move alike.
    fn which(&self) -> Option<Row> {
        self.rows.map(|[here, _]| here)
    }

    /// Returns `of(residence)` for every residence, in force while the owner lives there.
    pub fn since<T>(&self, owner: &Owner, of: impl Fn(&Residence) -> T) -> Dated<T> {
        self.dated(owner, |(_, residence)| of(residence))
    }

    /// Returns `of((position, residence))` for every residence, in force while the owner lives there.
    fn dated<T>(&self, owner: &Owner, of: impl Fn((usize, &Residence)) -> T) -> Dated<T> {
        let residences = owner.residence.iter().enumerate();
        let dated =
            residences.map(|(at, residence)| (residence.first_month(self.calendar), of((at, residence))));
        Dated::new(dated.collect(), self.which())
    }

    /// Row of the index of the current residence, and `position`, its value while the owner lives there; `None` if
    /// all paths move alike.
    pub fn row_of(&self, position: usize) -> Option<(Row, usize)> {
        self.which().map(|row| (row, position))
    }

    /// Months in which taxes are settled, in a run of `months`.
    pub fn closings(&self, owner: &Owner, months: u32) -> Closings {
        let moves = owner.residence.iter().skip(1).map(|residence| residence.first_month(self.calendar) - 1);
        policy::settlements(moves.collect(), months, self.rows)
    }

    /// Tax law for an event that raises tax rates by the row `rise`; `base` is the row of the tax base in money.
    pub fn law(&self, owner: &Owner, rise: Row, base: Row, months: u32) -> TaxLaw {
        TaxLaw {
            rise,
            base,
            room: self.since(owner, |residence| 1.0 - residence.takes()),
            closings: self.closings(owner, months),
        }
    }

    /// Cash that the owner keeps, by residence: each amount with its first month. Cash above it is excess cash.
    pub fn buffers(&self, owner: &Owner) -> Dated<Vec<(u32, f64)>> {
        match self.which() {
            None => Dated::always(owner.buffers(self.calendar)),
            Some(_) => self.dated(owner, |(at, _)| owner.buffers_at(at, self.calendar)),
        }
    }

    /// Spending in each of the months 1 … horizon, in money of day one, by residence; `None` if always 0.
    pub fn spending(&self, scenario: &Scenario) -> Option<Dated<Arc<[f64]>>> {
        let together = scenario.spending();
        let owner = scenario.owner.as_ref()?;
        if together.is_empty() {
            return None;
        }
        Some(match self.which() {
            None => Dated::always(together.into()),
            Some(_) => self.dated(owner, |(at, _)| scenario.spending_at(at).into()),
        })
    }

    /// Spending still to come after each of the months 0 … horizon, in money of day one, by residence in that month,
    /// if the owner moves only where every path moves. `None` if there is no spending.
    pub fn later(&self, scenario: &Scenario) -> Option<Dated<Arc<[f64]>>> {
        let (spending, owner) = (self.spending(scenario)?, scenario.owner.as_ref()?);
        let n_months = scenario.months as usize;
        let mut later = vec![vec![0.0; n_months + 1]; spending.entries().len()];
        for month in (0..scenario.months).rev() {
            let moves_now = |(_, residence): &(usize, &Residence)| {
                residence.first_month(self.calendar) == month + 1 && !residence.asks()
            };
            let move_to = owner.residence.iter().enumerate().skip(1).find(moves_now);
            // without rows there is a single entry, and its spending already follows the moves
            let move_to = move_to.filter(|_| self.rows.is_some());
            for at in 0..later.len() {
                let next = move_to.map_or(at, |(position, _)| position);
                let spent = spending.entries()[next].1[month as usize];
                later[at][month as usize] = later[next][month as usize + 1] + spent;
            }
        }
        let mut later = later.into_iter();
        Some(spending.map(|_| later.next().unwrap_or_default().into()))
    }
}
