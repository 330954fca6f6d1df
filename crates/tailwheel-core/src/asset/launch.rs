//! Launch of a business that is built, not bought: its cost, its start, and whether it succeeds.
//!
//! In: the cost and the months of building. Out: the kind's stages, shifted to the launch; the value at
//! launch, posted under its own cause; a row of payments due; the business's own month count. Not here: who
//! pays (`plan`), savings for it (`launch_savings`).
//!
//! ```text
//! money in month begun     −cost
//! V at the end of `months` V_0·launched·asked     launched = 1 unless u < fails; asked: price of a buyer/V_0
//! then                     as the business is from its first month on
//! ```

use super::{Earning, Pot, Slot};
use crate::book::{Account, Cause};
use crate::form::Drawn;
use crate::math::{Lanes, greater};
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Cx, Draw, Phase, Row, Scope, Stage};
use crate::units::{Fraction, Money};

/// Terms of building a business: cost, start, duration and probability of failure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Launching {
    /// Cost of building the business, in money of the owner.
    pub cost: Drawn<Money>,
    /// Month in which the cost is paid, if the launch has a fixed date.
    pub begun: u32,
    /// Building time in months, at least 1.
    pub time: u32,
    /// Probability that the launch fails for lack of demand.
    pub fails: Drawn<Fraction>,
    /// Value of the business at launch.
    pub worth: f64,
}

impl Launching {
    /// Month at whose end the business is launched (stands), if the launch has a fixed date.
    pub fn stands(self) -> u32 {
        self.begun - 1 + self.time
    }

    /// Adds the launch and, shifted to it, the stages that `make` builds, whose result comes first. The `shown`
    /// states are 0 on paths where the launch fails; the row `standing` is 1 once launched. The second result is the
    /// row of the month's payment, negative when due; `None` if there is no cost or a `pot` pays.
    pub fn build(
        self,
        slot: &Slot,
        shown: &[Row],
        standing: Option<Row>,
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
            factor: slot.factor_of_value(),
            from: build.world(Cause::Launch),
            luck: (self.fails.get() > 0.0).then(|| (build.uniforms(Purpose::Launch, Scope::Path), fails)),
        };
        build.stage(Phase::Operate, stage);
        (made, due.map(|(row, _)| row))
    }
}

struct Launch {
    of: Launching,
    /// Row of the month's launch payment, and the launch cost; `None` if there is no payment.
    due: Option<(Row, Coefficient)>,
    /// Month at whose end the launch happens, if the launch month differs between paths.
    since: Option<Row>,
    /// 1 on paths where the business is launched, else 0.
    stands: Row,
    /// Rows of the reported states, which stay 0 where the launch fails.
    shown: Vec<Row>,
    value: Account,
    ruined: Option<Row>,
    /// Price that a buyer pays with the present audience, as a fraction of the value; `None` if equal to it.
    asked: Option<Row>,
    /// Factor on the value at launch on each path; `None` if it is 1.
    factor: Option<Row>,
    from: Account,
    /// Uniform draw, and the probability that the launch fails; `None` if it cannot fail.
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
                stands.each(|lane, _| if since[lane] == f64::from(month) { 1.0 } else { 0.0 });
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
    /// Posts the launch value on paths where `stands` is 1, unless the launch fails or the owner is ruined.
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

/// Value of a table of months 0, 1, … for the current month, per path. With `since`, months count from the
/// launch on that path.
#[inline(always)]
pub(super) fn of_own_month(table: &[f64], since: Option<Row>, cx: &Cx<'_>) -> Lanes {
    match since {
        None => Lanes::splat(table[cx.month.index as usize]),
        Some(row) => {
            let (month, since) = (f64::from(cx.month.index), cx.rows.get(row));
            Lanes::of(|lane| table[greater(month - since[lane], 0.0) as usize])
        }
    }
}
