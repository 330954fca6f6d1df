//! What a running business is worth and pays, whatever it does: the frame of the kinds that have units, customers,
//! works or visitors.
//!
//! In: a row that says how much it can earn in a month, in months of its first one. Out: postings to its value, the
//! month's money. Not here: what makes that row move (the kinds), the market's surprises (`revalue`).
//!
//! ```text
//! V      = q·p·V_0·worth                     q part of it that is held, p what the market pays for a unit of worth
//! worth  = max(0, min(power, m·ahead))       ahead: present value of what it has to come, in years of the first month's pace
//! money  = q·m·V_0/12·(power + fixed)·luck   q, power of the start of the month; `gross` in place of power + fixed
//! costs  = q·m·V_0/12·(fixed + spent)
//! ```
//!
//! A buyer pays for what it earns now, at the multiple `1/m` of the start, but no more than what is to come is worth to him. What was
//! paid on day one beyond that is lost in the first month, by a cause of its own; what is built is worth what a buyer pays. Events,
//! sales and purchases change `q`, the market `p`; neither knows of the other.

use super::{Claimed, Coefficient, Earning, Expected, Income, Slot, Stated, Tended, roi};
use crate::book::{Account, Cause};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Rows that a kind keeps up to date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Business {
    /// What it can earn in a month, 1 in the first one with everything healthy, 0 once it is shut. The kind sets it in `Phase::Open`
    /// and, in `Phase::Operate`, to that of the next month.
    pub power: Row,
    /// Present value of what it is expected to earn from the same month on with what there is, in years of the first month's pace;
    /// set in the same phases.
    pub ahead: Row,
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
    pub fixed: Coefficient,
}

impl Business {
    /// A business that earns its `power`, has so much `ahead` and no costs.
    pub const fn of(power: Row, ahead: Row) -> Self {
        Self {
            power,
            ahead,
            luck: None,
            spent: None,
            gross: None,
            revenue: None,
            fixed: Coefficient::Same(0.0),
        }
    }

    /// Leaves the months of a business of which `claimed` is the starting yield. Called after the kind has left its
    /// own stages.
    pub fn build(self, claimed: &Claimed, slot: &Slot, build: &mut Build) -> Earning {
        let start_yield = roi::start(&claimed.law(), slot, build);
        let per_value = match Stated::of_value(slot.stated) {
            // what is built is worth as many times more as it earns
            Some(_) => start_yield.unscaled,
            None => start_yield.scaled,
        };
        let rows = Rows {
            start: slot.start,
            held: build.row(),
            price: build.row(),
            valued: build.row(),
            now: build.row(),
            worth: build.row(),
            asked: build.row(),
            money: build.row(),
            costs: self.has_costs().then(|| build.row()),
            revenue: self.revenue.map(|_| build.row()),
        };
        let value = slot.value;
        let price = Stated::of_value(slot.stated);
        build.stage(
            Phase::Open,
            Begin { of: self, rows, price, per_value, is_built: slot.is_built },
        );
        let opening = slot.opening;
        let ruined = slot.ruined;
        build.stage(Phase::Trough, Hold { rows, value, opening, ruined });
        let decay = build.world(Cause::Decay);
        let overpaid = build.world(Cause::Overpaid);
        build.stage(
            Phase::Operate,
            Mark {
                exchange: slot.exchange.map(|exchange| exchange.rate),
                of: self,
                rows,
                start_yield: start_yield.scaled,
                per_value,
                value,
                opening,
                decay,
                overpaid,
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
            asked: Some(rows.asked),
        }
    }

    /// True if a month can cost more than it brings.
    fn has_costs(&self) -> bool {
        self.spent.is_some() || self.revenue.is_some() || self.fixed != Coefficient::Same(0.0)
    }

    /// Months 1, 2, … if the power at the start of each and of the one after them, and what is ahead then, are `months`, with a
    /// mean luck of 1 and nothing spent.
    pub fn expected(claimed: &Claimed, months: &[[f64; 2]]) -> Vec<Expected> {
        let start = greater(claimed.law().median(), 0.0);
        let mut before = 1.0;
        let months = months.windows(2).map(|pair| {
            let after = worth(pair[1], start);
            let of_value = |amount: f64| if before > 0.0 { amount / before } else { 0.0 };
            let month = Expected {
                // what is worth nothing neither grows nor pays, per unit of its value
                growth: if before > 0.0 { after / before } else { 1.0 },
                income: start / STEPS_PER_YEAR * of_value(greater(pair[0][0], 0.0)),
            };
            before = after;
            month
        });
        months.collect()
    }
}

/// What a buyer pays for so much power with so much ahead, in the value of day one, where that yields `start` a year.
#[inline(always)]
pub(super) fn worth([power, ahead]: [f64; 2], start: f64) -> f64 {
    greater(lesser(power, start * ahead), 0.0)
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
    /// Power of the start of the month.
    now: Row,
    /// What it is valued at, at the start of the month, in V_0 at the price of day one.
    worth: Row,
    /// What a buyer pays then in the same unit: less than it is valued at if too much was paid on day one.
    asked: Row,
    money: Row,
    costs: Option<Row>,
    /// What customers pay, in money.
    revenue: Option<Row>,
}

struct Begin {
    of: Business,
    rows: Rows,
    /// What a unit of power is worth once it stands, if that is not 1 on all paths.
    price: Option<Row>,
    /// What a unit of value yields.
    per_value: Coefficient,
    /// Whether nobody has paid for it.
    is_built: bool,
}

impl Stage for Begin {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        cx.rows.get_mut(self.rows.held).fill(1.0);
        match self.price {
            Some(row) => *cx.rows.get_mut(self.rows.price) = *cx.rows.get(row),
            None => cx.rows.get_mut(self.rows.price).fill(1.0),
        }
        let (power, ahead) = (*cx.rows.get(self.of.power), *cx.rows.get(self.of.ahead));
        let start = self.per_value.of_paths(cx.rows);
        *cx.rows.get_mut(self.rows.now) = power;
        let [paid, asked] = cx.rows.pair(self.rows.worth, self.rows.asked);
        for lane in 0..LANES {
            asked[lane] = worth([power[lane], ahead[lane]], start[lane]);
            paid[lane] = match self.is_built {
                true => asked[lane],
                false => greater(power[lane], 0.0),
            };
        }
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
        let (start, worth) = (*cx.rows.get(self.rows.start), *cx.rows.get(self.rows.worth));
        let value = cx.book.value(self.value);
        let [held, price] = cx.rows.pair(self.rows.held, self.rows.price);
        for lane in 0..LANES {
            let whole = price[lane] * self.opening * worth[lane];
            // what is worth nothing has no price to be bought or sold at
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
    /// What a unit of value yields.
    per_value: Coefficient,
    value: Account,
    opening: f64,
    decay: Account,
    overpaid: Account,
}

impl Stage for Mark {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (held, price) = (*cx.rows.get(self.rows.held), *cx.rows.get(self.rows.price));
        let mut earned = *cx.rows.get(self.rows.now);
        *cx.rows.get_mut(self.rows.now) = *cx.rows.get(self.of.power);
        let (overpaid, change) = self.revalue(&held, &price, cx);
        let value = cx.book.value(self.value);
        // what events have taken earns no more from the next month on, also where it will be worth nothing then
        let mut left = *cx.rows.get(self.rows.valued);
        for lane in 0..LANES {
            left[lane] = if left[lane] > 0.0 { value[lane] / left[lane] } else { 1.0 };
        }
        let share = cx.rows.get_mut(self.rows.held);
        *share *= &left;
        // what it gains is a loss less: both together are what became of its power
        cx.book.post(self.decay, self.value, &change);
        if let Some(overpaid) = overpaid {
            cx.book.post(self.overpaid, self.value, &overpaid);
        }
        // money of a unit of power in this month; what has none is shut and costs nothing
        let per_power = self.opening / STEPS_PER_YEAR;
        let (mut unit, fixed) = (held, self.of.fixed.of_paths(cx.rows));
        for lane in 0..LANES {
            unit[lane] = if earned[lane] == 0.0 { 0.0 } else { unit[lane] };
            earned[lane] += fixed[lane];
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
        costs.each(|lane, _| unit[lane] * (fixed[lane] + spent[lane]));
    }
}

impl Mark {
    /// Sets what a buyer pays for the next month's power, and returns by how much the value changes: since too much was paid on day
    /// one, in the first month, and by what became of the power and of what is to come.
    #[inline(always)]
    fn revalue(&self, held: &Lanes, price: &Lanes, cx: &mut Cx<'_>) -> (Option<Lanes>, Lanes) {
        let start = self.per_value.of_paths(cx.rows);
        let (power, ahead) = (*cx.rows.get(self.of.power), *cx.rows.get(self.of.ahead));
        let value = *cx.book.value(self.value);
        let [paid, asked] = cx.rows.pair(self.rows.worth, self.rows.asked);
        let (mut overpaid, mut change) = (Lanes::ZERO, Lanes::ZERO);
        let mut is_first = false;
        for lane in 0..LANES {
            let (before, worth_it) = (paid[lane], asked[lane]);
            let after = worth([power[lane], ahead[lane]], start[lane]);
            is_first |= worth_it < before;
            if before > 0.0 {
                overpaid[lane] = value[lane] * ((worth_it - before) / before);
                change[lane] = match after > 0.0 {
                    true => value[lane] * ((after - worth_it) / before),
                    // to the last cent
                    false => -(value[lane] + overpaid[lane]),
                };
            } else {
                change[lane] = held[lane] * price[lane] * self.opening * after;
            }
            paid[lane] = after;
            asked[lane] = after;
        }
        (is_first.then_some(overpaid), change)
    }
}
