//! Where an owner lives from month to month, and on which paths.
//!
//! In: the residences of a scenario. Out: [`Lived`]: what each of them says, in force where it is lived in. Not here: what a
//! move asks for and costs (`policy`).
//!
//! A list whose places ask for no income is known by the month alone, and no row is kept.

use crate::event::Law;
use crate::policy::{self, Applicant, Permit, Purse};
use crate::random::ObjectKind;
use crate::scenario::{Owner, Scenario, Stay};
use crate::stage::{Build, Closings, Dated, Row};
use std::sync::Arc;

/// Where the owner lives.
#[derive(Clone, Debug, Default)]
pub(super) struct Lived {
    /// Where not every path moves: rows of the place lived in, and of that of the next month.
    rows: Option<[Row; 2]>,
    /// 1 where the owner has moved to a place that asks for an income, in the order of the places.
    pub moved: Vec<Row>,
}

impl Lived {
    /// The rows and stages of moves that do not happen on every path, if there are any.
    pub fn open(
        scenario: &Scenario,
        owner: &Owner,
        purse: Option<&Purse>,
        [income, prices]: [Row; 2],
        build: &mut Build,
    ) -> Self {
        let Some(purse) = purse.filter(|_| owner.is_asked()) else {
            return Self::default();
        };
        build.object(ObjectKind::Policy, "residence");
        let applicant = Applicant {
            here: build.row(),
            next: build.row(),
            income,
            prices,
            ruined: purse.ruined,
        };
        let places = scenario.asking_places();
        let moved: Vec<Row> = places.iter().map(|_| build.row()).collect();
        for (position, stay) in owner.stays.iter().enumerate().skip(1) {
            let id = stay.place.map(|place| place.id.as_str());
            let mut noted = places.iter().zip(&moved);
            let noted = noted.find(|(place, _)| Some(place.as_str()) == id);
            let before = owner.stays[..position].iter().enumerate();
            let same = before.filter(|(_, other)| other.place == stay.place);
            let permit = Permit {
                position,
                from: stay.from,
                at_least: stay.asks().then_some(stay.income_at_least.get()),
                same: same.map(|(position, _)| position).collect(),
                noted: noted.map(|(_, row)| *row),
            };
            permit.build(applicant, build);
        }
        let rows = Some([applicant.here, applicant.next]);
        Self { rows, moved }
    }

    /// The row of the place lived in, where not every path moves.
    fn which(&self) -> Option<Row> {
        self.rows.map(|[here, _]| here)
    }

    /// What each place says, in force where it is lived in.
    pub fn since<T>(&self, owner: &Owner, of: impl Fn(&Stay) -> T) -> Dated<T> {
        let stays = owner.stays.iter();
        let of = stays.map(|stay| (stay.from, of(stay))).collect();
        Dated::new(of, self.which())
    }

    /// Rows that a move to the place at `position` is seen in.
    pub fn row_of(&self, position: usize) -> Option<(Row, usize)> {
        self.which().map(|row| (row, position))
    }

    /// Months in which taxes are settled.
    pub fn closings(&self, owner: &Owner, months: u32) -> Closings {
        let moves = owner.stays.iter().skip(1).map(|stay| stay.from - 1);
        policy::settlements(moves.collect(), months, self.rows)
    }

    /// The tax of an owner whose rates may rise.
    pub fn law(&self, owner: &Owner, [rise, base]: [Row; 2], months: u32) -> Law {
        Law {
            rise,
            base,
            room: self.since(owner, |stay| 1.0 - stay.takes()),
            closings: self.closings(owner, months),
        }
    }

    /// Cash that is kept before anything counts as surplus.
    pub fn buffers(&self, owner: &Owner) -> Dated<Vec<(u32, f64)>> {
        match self.which() {
            None => Dated::always(owner.buffers()),
            which => {
                let stays = owner.stays.iter().enumerate();
                let of = stays.map(|(at, stay)| (stay.from, owner.buffers_at(at)));
                Dated::new(of.collect(), which)
            }
        }
    }

    /// What is spent in months 1 … horizon, in money of the start; none if nothing ever is.
    pub fn spending(&self, scenario: &Scenario) -> Option<Dated<Arc<[f64]>>> {
        let together = scenario.spending();
        let owner = scenario.owner.as_ref()?;
        if together.is_empty() {
            return None;
        }
        Some(match self.which() {
            None => Dated::always(together.into()),
            which => {
                let stays = owner.stays.iter().enumerate();
                let of = stays.map(|(at, stay)| (stay.from, scenario.spending_at(at).into()));
                Dated::new(of.collect(), which)
            }
        })
    }

    /// What is spent after months 0 … horizon by who stands still but for moves that happen on every path, in money of the start.
    pub fn later(&self, scenario: &Scenario) -> Option<Dated<Arc<[f64]>>> {
        let (spending, owner) = (self.spending(scenario)?, scenario.owner.as_ref()?);
        let n_months = scenario.months as usize;
        let mut later = vec![vec![0.0; n_months + 1]; spending.entries().len()];
        for month in (0..scenario.months).rev() {
            // the place lived in after a month, by the place before
            let mut moves = owner.stays.iter().enumerate().skip(1);
            let moves = moves.find(|(_, stay)| stay.from == month + 1 && !stay.asks());
            let moves = moves.filter(|_| self.rows.is_some());
            for at in 0..later.len() {
                let next = moves.map_or(at, |(position, _)| position);
                let spent = spending.entries()[next].1[month as usize];
                later[at][month as usize] = later[next][month as usize + 1] + spent;
            }
        }
        let mut later = later.into_iter();
        Some(spending.map(|_| later.next().unwrap_or_default().into()))
    }
}
