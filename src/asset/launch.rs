//! A business that is built and not bought: what that costs, when it begins to earn, whether it ever does.
//!
//! In: its cost, the months it takes. Out: its kind's stages, some months later; what it is worth once it stands, posted
//! as what became of its power; a row of what is to be paid. Not here: who pays (`plan`).
//!
//! ```text
//! money in month begun     −cost
//! V at the end of `months` V_0·launched·audience        launched = 1 unless u < fails
//! then                     as the business is from its first month on
//! ```

use super::Slot;
use crate::book::{Account, Cause};
use crate::math::{LANES, Lanes};
use crate::random::Purpose;
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};

/// How a business comes to be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Launching {
    /// What building it costs.
    pub cost: f64,
    /// The month in which that is paid.
    pub begun: u32,
    /// Months after which it stands, at least 1.
    pub months: u32,
    /// Chance that nobody ever wants it.
    pub fails: f64,
    /// What it is worth once it stands.
    pub worth: f64,
}

impl Launching {
    /// Leaves what `make` leaves of the business of `slot`, later, with its launch; of a site `visits` are none where it
    /// fails. Second is the row of a month's money, less than nothing where something is to be paid.
    pub fn build<T>(
        self,
        slot: &Slot,
        shown: &[Row],
        build: &mut Build,
        make: impl FnOnce(&mut Build) -> T,
    ) -> (T, Row) {
        let made = build.later(self.months, make);
        let due = build.row();
        let stage = Launch {
            of: self,
            due,
            stands: build.row(),
            shown: shown.to_vec(),
            value: slot.value,
            ruined: slot.ruined,
            audience: slot.audience,
            from: build.world(Cause::Decay),
            luck: (self.fails > 0.0).then(|| build.uniforms(Purpose::Launch, Scope::Path)),
        };
        build.stage(Phase::Operate, stage);
        (made, due)
    }
}

struct Launch {
    of: Launching,
    due: Row,
    /// 1 once the business stands.
    stands: Row,
    /// What it shows of itself: nothing where it fails.
    shown: Vec<Row>,
    value: Account,
    ruined: Option<Row>,
    audience: Option<Row>,
    from: Account,
    luck: Option<Draw>,
}

impl Stage for Launch {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let month = cx.month.index;
        let due = if month == self.of.begun {
            -self.of.cost
        } else {
            0.0
        };
        cx.rows.get_mut(self.due).fill(due);
        if month == self.of.months {
            self.stand(cx);
        }
        for row in self.shown.iter().filter(|_| month >= self.of.months) {
            let [shown, stands] = cx.rows.pair(*row, self.stands);
            for lane in 0..LANES {
                shown[lane] *= stands[lane];
            }
        }
    }
}

impl Launch {
    /// Values what stands from now on.
    #[inline(always)]
    fn stand(&self, cx: &mut Cx<'_>) {
        let mut stands = Lanes::splat(1.0);
        if let Some(luck) = self.luck {
            let luck = cx.draws.row(luck);
            for lane in 0..LANES {
                stands[lane] = if luck[lane] < self.of.fails { 0.0 } else { 1.0 };
            }
        }
        if let Some(row) = self.ruined {
            let ruined = cx.rows.get(row);
            for lane in 0..LANES {
                stands[lane] *= 1.0 - ruined[lane];
            }
        }
        *cx.rows.get_mut(self.stands) = stands;
        if let Some(row) = self.audience {
            let audience = cx.rows.get(row);
            for lane in 0..LANES {
                stands[lane] *= audience[lane];
            }
        }
        for lane in 0..LANES {
            stands[lane] *= self.of.worth;
        }
        cx.book.post(self.from, self.value, &stands);
    }
}
