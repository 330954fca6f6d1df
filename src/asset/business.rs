//! What a running business is worth and pays, whatever it does: the frame of the kinds that have units, customers,
//! works or visitors.
//!
//! In: a row that says how much it can earn in a month, in months of its first one. Out: postings to its value, the
//! month's money. Not here: what makes that row move (the kinds), the market's surprises (`revalue`).
//!
//! ```text
//! V      = q·p·V_0·max(0, power)             q part of it that is held, p what the market pays for a unit of power
//! money  = q·m·V_0/12·(power + fixed)·luck   q, power of the start of the month; `gross` in place of power + fixed
//! costs  = q·m·V_0/12·(fixed + spent)
//! ```
//!
//! A buyer pays for what it earns now: value follows `power` in the same month, at the multiple `1/m` of the start.
//! Events, sales and purchases change `q`, the market `p`; neither knows of the other.

use super::{Claimed, Coefficient, Earning, Expected, Income, Slot, Tended, roi};
use crate::book::{Account, Cause};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, Lanes, greater};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Rows that a kind keeps up to date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Business {
    /// What it can earn in a month, 1 in the first one with everything healthy, 0 once it is shut. The kind sets it in `Phase::Open`
    /// and, in `Phase::Operate`, to that of the next month.
    pub power: Row,
    /// Luck of the month, mean 1, set in `Phase::Operate`.
    pub luck: Option<Row>,
    /// What is spent in the month beside the running costs, in the same unit, set in `Phase::Operate`.
    pub spent: Option<Row>,
    /// What comes in in the month, in the same unit, set in `Phase::Operate`; `power` is net of what is usually spent of it.
    /// `None`: `power` and `fixed`.
    pub gross: Option<Row>,
    /// What customers pay in the month, in the same unit, set in `Phase::Operate`, if `gross` is net of costs that grow with it.
    pub revenue: Option<Row>,
    /// Running costs that are the same whatever comes in; `power` is net of them.
    pub fixed: f64,
}

impl Business {
    /// A business that earns its `power` and has no costs.
    pub const fn of(power: Row) -> Self {
        Self {
            power,
            luck: None,
            spent: None,
            gross: None,
            revenue: None,
            fixed: 0.0,
        }
    }

    /// Leaves the months of a business of which `claimed` is the starting yield. Called after the kind has left its
    /// own stages.
    pub fn build(self, claimed: &Claimed, slot: &Slot, build: &mut Build) -> Earning {
        let start_yield = roi::start(&claimed.law(), slot, build);
        let rows = Rows {
            start: slot.start,
            held: build.row(),
            price: build.row(),
            valued: build.row(),
            now: build.row(),
            money: build.row(),
            costs: self.has_costs().then(|| build.row()),
            revenue: self.revenue.map(|_| build.row()),
        };
        let value = slot.value;
        build.stage(Phase::Open, Begin { of: self, rows });
        let opening = slot.opening;
        let ruined = slot.ruined;
        build.stage(
            Phase::Trough,
            Hold {
                rows,
                value,
                opening,
                ruined,
            },
        );
        let decay = build.world(Cause::Decay);
        build.stage(
            Phase::Operate,
            Mark {
                exchange: slot.exchange.map(|exchange| exchange.rate),
                of: self,
                rows,
                start_yield,
                value,
                opening,
                decay,
            },
        );
        Earning {
            growth: Coefficient::Same(1.0),
            income: Some(Income::Money {
                row: rows.money,
                costs: rows.costs,
                revenue: rows.revenue,
            }),
            units: None,
            lever: None,
            tended: Tended::one([rows.held, rows.now]),
        }
    }

    /// True if a month can cost more than it brings.
    fn has_costs(&self) -> bool {
        self.spent.is_some() || self.revenue.is_some() || self.fixed > 0.0
    }

    /// Months 1, 2, … if the power at the start of each and of the one after them is `power`, with a mean luck of 1 and
    /// nothing spent.
    pub fn expected(claimed: &Claimed, power: &[f64]) -> Vec<Expected> {
        let income = greater(claimed.law().median(), 0.0) / STEPS_PER_YEAR;
        let months = power.windows(2).map(|pair| match pair[0] > 0.0 {
            true => Expected {
                growth: greater(pair[1], 0.0) / pair[0],
                income,
            },
            // what is worth nothing neither grows nor pays, per unit of its value
            false => Expected {
                growth: 1.0,
                income: 0.0,
            },
        });
        months.collect()
    }
}

#[derive(Clone, Copy)]
struct Rows {
    /// Value at the start of the month, before the market has moved.
    start: Row,
    /// Part of the business that is held at the start of the month.
    held: Row,
    /// What the market pays for a unit of power, 1 on day one.
    price: Row,
    /// Value after the market's moves.
    valued: Row,
    /// Power at which it is valued: that of the start of the month.
    now: Row,
    money: Row,
    costs: Option<Row>,
    /// What customers pay, in money.
    revenue: Option<Row>,
}

struct Begin {
    of: Business,
    rows: Rows,
}

impl Stage for Begin {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.rows.get_mut(self.rows.held).fill(1.0);
        cx.rows.get_mut(self.rows.price).fill(1.0);
        let [now, power] = cx.rows.pair(self.rows.now, self.of.power);
        now.each(|lane, _| power[lane]);
    }
}

/// Takes apart what happened to the value: what was bought and sold since the last month, what the market did.
struct Hold {
    rows: Rows,
    value: Account,
    opening: f64,
    ruined: Option<Row>,
}

impl Stage for Hold {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (start, now) = (*cx.rows.get(self.rows.start), *cx.rows.get(self.rows.now));
        let value = cx.book.value(self.value);
        let [held, price] = cx.rows.pair(self.rows.held, self.rows.price);
        for lane in 0..LANES {
            let whole = price[lane] * self.opening * greater(now[lane], 0.0);
            // what earns nothing has no price to be bought or sold at
            if whole > 0.0 {
                held[lane] = start[lane] / whole;
            }
            if start[lane] > 0.0 && value[lane] > 0.0 {
                price[lane] *= value[lane] / start[lane];
            }
        }
        *cx.rows.get_mut(self.rows.valued) = *cx.book.value(self.value);
        if let Some(row) = self.ruined {
            let [held, ruined] = cx.rows.pair(self.rows.held, row);
            held.each(|lane, own| own * (1.0 - ruined[lane]));
        }
    }
}

/// Values the business at what it can earn from now on, and says what it earned.
struct Mark {
    /// What its money is worth, if that is another than the owner's.
    exchange: Option<Row>,
    of: Business,
    rows: Rows,
    start_yield: Coefficient,
    value: Account,
    opening: f64,
    decay: Account,
}

impl Stage for Mark {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (held, price) = (*cx.rows.get(self.rows.held), *cx.rows.get(self.rows.price));
        let mut earned = *cx.rows.get(self.rows.now);
        let mut change = *cx.rows.get(self.of.power);
        *cx.rows.get_mut(self.rows.now) = change;
        let value = cx.book.value(self.value);
        for lane in 0..LANES {
            let (before, after) = (greater(earned[lane], 0.0), greater(change[lane], 0.0));
            change[lane] = match before > 0.0 {
                true => value[lane] * (after / before - 1.0),
                false => held[lane] * price[lane] * self.opening * after,
            };
        }
        // what events have taken earns no more from the next month on, also where it will be worth nothing then
        let mut left = *cx.rows.get(self.rows.valued);
        for lane in 0..LANES {
            left[lane] = if left[lane] > 0.0 {
                value[lane] / left[lane]
            } else {
                1.0
            };
        }
        let share = cx.rows.get_mut(self.rows.held);
        *share *= &left;
        // what it gains is a loss less: both together are what became of its power
        cx.book.post(self.decay, self.value, &change);
        // money of a unit of power in this month; what has none is shut and costs nothing
        let per_power = self.opening / STEPS_PER_YEAR;
        let (mut unit, fixed) = (held, self.of.fixed);
        for lane in 0..LANES {
            unit[lane] = if earned[lane] == 0.0 { 0.0 } else { unit[lane] };
            earned[lane] += fixed;
        }
        if let Some(row) = self.of.gross {
            earned = *cx.rows.get(row);
        }
        if let Some(row) = self.exchange {
            unit *= cx.rows.get(row);
        }
        if let Some(row) = self.of.luck {
            earned *= cx.rows.get(row);
        }
        match self.start_yield {
            Coefficient::Same(start) => {
                unit *= per_power * start;
            }
            Coefficient::PerPath(row) => {
                let start = cx.rows.get(row);
                unit.each(|lane, own| own * (per_power * start[lane]));
            }
        }
        let money = cx.rows.get_mut(self.rows.money);
        money.each(|lane, _| unit[lane] * earned[lane]);
        if let (Some(of_power), Some(row)) = (self.of.revenue, self.rows.revenue) {
            let [of_power, revenue] = cx.rows.pair(of_power, row);
            revenue.each(|lane, _| unit[lane] * of_power[lane]);
        }
        let Some(costs) = self.rows.costs else { return };
        let spent = match self.of.spent {
            Some(row) => *cx.rows.get(row),
            None => Lanes::ZERO,
        };
        let costs = cx.rows.get_mut(costs);
        costs.each(|lane, _| unit[lane] * (fixed + spent[lane]));
    }
}
