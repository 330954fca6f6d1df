//! A business that is built and not bought: what that costs, when it begins to earn, whether it ever does.
//!
//! In: its cost, the months it takes. Out: its kind's stages, some months later; what it is worth once it stands, posted
//! with a cause of its own; a row of what is to be paid; months as the business counts them. Not here: who pays (`plan`), what is put aside for it (`pot`).
//!
//! ```text
//! money in month begun     −cost
//! V at the end of `months` V_0·launched·asked           launched = 1 unless u < fails, asked: what a buyer pays of V_0
//! then                     as the business is from its first month on
//! ```

use super::{Earning, Pot, Slot, Stated};
use crate::book::{Account, Cause};
use crate::form::Drawn;
use crate::math::{LANES, Lanes, greater};
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Cx, Draw, Phase, Row, Scope, Stage};
use crate::units::{Fraction, Money};

/// How a business comes to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Launching {
    /// What building it costs.
    pub cost: Drawn<Money>,
    /// The month in which that is paid, if it has a date.
    pub begun: u32,
    /// Months that building it takes, at least 1.
    pub time: u32,
    /// Chance that nobody ever wants it.
    pub fails: Drawn<Fraction>,
    /// What it is worth once it stands.
    pub worth: f64,
}

impl Launching {
    /// The month at whose end it stands, if it has a date.
    pub fn stands(self) -> u32 {
        self.begun - 1 + self.time
    }

    /// Leaves what `make` leaves of the business of `slot`, later, with its launch; what it shows of itself is nothing where it
    /// fails, and 1 in `standing` where it stands. Second is the row of a month's money, less than nothing where something is to
    /// be paid; none if that comes out of a `pot`.
    pub fn build(
        self,
        slot: &Slot,
        (shown, standing): (&[Row], Option<Row>),
        pot: Option<Pot>,
        build: &mut Build,
        make: impl FnOnce(&mut Build) -> Earning,
    ) -> (Earning, Option<Row>) {
        let made = match pot {
            None => build.later(self.stands(), make),
            Some(pot) => {
                pot.begin(self.time, build);
                build.since(pot.since, shown, make)
            }
        };
        let due = (pot.is_none() && self.cost.get() > 0.0)
            .then(|| (build.row(), build.drawn("launch.cost", &self.cost)));
        let fails = build.drawn("launch.fails", &self.fails);
        let stage = Launch {
            of: self,
            due,
            since: pot.map(|pot| pot.since),
            stands: standing.unwrap_or_else(|| build.row()),
            shown: shown.to_vec(),
            value: slot.value,
            ruined: slot.ruined,
            asked: made.asked,
            factor: Stated::of_value(slot.stated),
            from: build.world(Cause::Launch),
            luck: (self.fails.get() > 0.0)
                .then(|| (build.uniforms(Purpose::Launch, Scope::Path), fails)),
        };
        build.stage(Phase::Operate, stage);
        (made, due.map(|(row, _)| row))
    }
}

struct Launch {
    of: Launching,
    /// Where what is to be paid stands, and what that is once.
    due: Option<(Row, Coefficient)>,
    /// The month at whose end it stands, if that is none of all paths.
    since: Option<Row>,
    /// 1 once the business stands.
    stands: Row,
    /// What it shows of itself: nothing where it fails.
    shown: Vec<Row>,
    value: Account,
    ruined: Option<Row>,
    /// What a buyer pays for it, with the audience that there is.
    asked: Option<Row>,
    /// Of its value on this path.
    factor: Option<Row>,
    from: Account,
    /// A uniform, and the chance to fail.
    luck: Option<(Draw, Coefficient)>,
}

impl Stage for Launch {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let month = cx.month.index;
        if let Some((row, cost)) = self.due {
            let mut due = Lanes::ZERO;
            if month == self.of.begun {
                due -= &cost.of_paths(cx.rows);
            }
            *cx.rows.get_mut(row) = due;
        }
        let mut stands = Lanes::ZERO;
        match self.since {
            None if month == self.of.stands() => stands.fill(1.0),
            None => {}
            Some(row) => {
                let since = cx.rows.get(row);
                for lane in 0..LANES {
                    let is_now = since[lane] == f64::from(month);
                    stands[lane] = if is_now { 1.0 } else { 0.0 };
                }
            }
        }
        if stands.iter().any(|stands| *stands > 0.0) {
            self.stand(cx, stands);
        }
        for row in &self.shown {
            let [shown, stands] = cx.rows.pair(*row, self.stands);
            *shown *= &*stands;
        }
    }
}

impl Launch {
    /// Values what `stands` from now on.
    #[inline(always)]
    fn stand(&self, cx: &mut Cx<'_>, mut stands: Lanes) {
        if let Some((luck, fails)) = self.luck {
            let (luck, fails) = (cx.draws.row(luck), fails.of_paths(cx.rows));
            stands.each(|lane, own| if luck[lane] < fails[lane] { 0.0 } else { own });
        }
        if let Some(row) = self.ruined {
            let ruined = cx.rows.get(row);
            stands.each(|lane, own| own * (1.0 - ruined[lane]));
        }
        let known = cx.rows.get_mut(self.stands);
        *known += &stands;
        if let Some(row) = self.asked {
            stands *= cx.rows.get(row);
        }
        if let Some(row) = self.factor {
            stands *= cx.rows.get(row);
        }
        stands *= self.of.worth;
        cx.book.post(self.from, self.value, &stands);
    }
}

/// What a table of months 0, 1, … says of this one, counted on each path from when the business stands, if that is told by a row.
#[inline(always)]
pub(super) fn of_own_month(table: &[f64], since: Option<Row>, cx: &Cx<'_>) -> Lanes {
    let mut found = Lanes::ZERO;
    match since {
        None => found.fill(table[cx.month.index as usize]),
        Some(row) => {
            let (month, since) = (f64::from(cx.month.index), cx.rows.get(row));
            found.each(|lane, _| table[greater(month - since[lane], 0.0) as usize]);
        }
    }
    found
}
