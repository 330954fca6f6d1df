//! Value and income of a running business of any kind with units, customers, works or visitors.
//!
//! In: a row of the earning power of each month, relative to the first month. Out: postings to its value,
//! the month's income. Not here: changes of the earning power (the kinds), market shocks (`revalue`).
//!
//! ```text
//! V      = q·p·V_0·worth                     q: fraction that is held, p: market price of a unit of worth
//! worth  = max(0, min(power, m·ahead)) + m·saved     ahead: present value of future income, in years of income
//! money  = q·m·V_0/12·(power + fixed)·luck   q, power of the month's start; `gross` replaces power + fixed
//! costs  = q·m·V_0/12·(fixed + spent)
//! ```
//!
//! A buyer pays for current income at the initial multiple `1/m`, but no more than the present value of
//! future income. An excess paid on day one is lost in the first month, under its own cause; a built
//! business is worth what a buyer pays. Events, sales and purchases change `q`, the market `p`; these are
//! independent.

use super::{Claimed, Coefficient, Earning, Expected, Income, Slot, Tended, roi};
use crate::book::{Account, Cause};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, Lanes, greater, lesser};
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// Rows that describe a business to its valuation; the kind of asset keeps them up to date.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Business {
    /// Earning power: net income of a month with everything healthy relative to the first month; 0 once the
    /// business is closed. The kind of asset sets it in `Phase::Open` and, for the next month, in `Phase::Operate`.
    pub power: Row,
    /// Present value of the expected income of existing units, customers or works, in years of the first
    /// month's income; set when the earning power is set.
    pub ahead: Row,
    /// Random factor on the month's income, of mean 1, set in `Phase::Operate`; `None` if it does not vary.
    pub luck: Option<Row>,
    /// Spending of the month besides fixed running costs, in units of the first month's income, set in
    /// `Phase::Operate`; `None` if there is none.
    pub spent: Option<Row>,
    /// Money that the business holds, in years of the first month's income, set in `Phase::Operate`; `None` if it holds
    /// none.
    pub saved: Option<Row>,
    /// Gross income of the month in units of the first month's income, set in `Phase::Operate`. `None` if it is the
    /// earning power plus the fixed costs.
    pub gross: Option<Row>,
    /// Revenue of the month in units of the first month's income, set in `Phase::Operate`; `None` unless the gross
    /// income is net of variable costs.
    pub revenue: Option<Row>,
    /// Fixed running costs of a month in units of the first month's income; the earning power is net of them.
    pub fixed: Coefficient,
}

impl Business {
    /// Returns a business without costs. `power` is its earning power, `ahead` the present value of its future income.
    pub const fn of(power: Row, ahead: Row) -> Self {
        Self {
            power,
            ahead,
            luck: None,
            spent: None,
            saved: None,
            gross: None,
            revenue: None,
            fixed: Coefficient::Same(0.0),
        }
    }

    /// Adds the monthly stages of a business whose starting yield is `claimed`. Must be called after the
    /// kind has added its own stages.
    pub fn build(self, claimed: &Claimed, slot: &Slot, build: &mut Build) -> Earning {
        let start_yield = roi::start(claimed.law(), slot, build);
        let price = slot.factor_of_value();
        let per_value = match price {
            // The value of a built business already contains the factor on its income.
            Some(_) => start_yield.unscaled,
            None => start_yield.scaled,
        };
        let rows = BusinessRows {
            start: slot.start,
            held: build.row_of(1.0),
            price: build.row(),
            valued: build.row(),
            now: build.row(),
            worth: build.row(),
            asked: build.row(),
            money: build.row(),
            costs: self.has_costs().then(|| build.row()),
            revenue: self.revenue.map(|_| build.row()),
        };
        let is_built = slot.is_built;
        build.open(
            #[inline(always)]
            move |cx| {
                *cx.rows.get_mut(rows.price) = price.map_or(Lanes::splat(1.0), |row| *cx.rows.get(row));
                self.open(&rows, per_value, is_built, cx);
            },
        );
        let Slot { value, opening, ruined, .. } = *slot;
        rows.hold(value, opening, ruined, build);
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
        let income = Income::Money { row: rows.money, costs: rows.costs, revenue: rows.revenue };
        Earning {
            tended: Tended::one([rows.held, rows.now]),
            asked: Some(rows.asked),
            ..Earning::held(Coefficient::Same(1.0), Some(income), slot.start)
        }
    }

    /// Sets for day one the price paid for the business, relative to the opening value: earning power or, if built, the
    /// price that a buyer pays, which is set too.
    #[inline(always)]
    fn open(&self, rows: &BusinessRows, per_value: Coefficient, is_built: bool, cx: &mut Cx<'_>) {
        let (power, ahead) = (*cx.rows.get(self.power), *cx.rows.get(self.ahead));
        let start = per_value.of_paths(cx.rows);
        *cx.rows.get_mut(rows.now) = power;
        let [paid, asked] = cx.rows.pair(rows.worth, rows.asked);
        for lane in 0..LANES {
            asked[lane] = worth(power[lane], ahead[lane], start[lane]);
            // No purchase price was paid for a business that is built.
            paid[lane] = if is_built { asked[lane] } else { greater(power[lane], 0.0) };
        }
    }

    /// True if the business has costs, so that a month may end in a loss.
    fn has_costs(&self) -> bool {
        self.spent.is_some() || self.revenue.is_some() || self.fixed != Coefficient::Same(0.0)
    }

    /// Returns expected growth and income in months 1, 2, …. Each of `months` holds the earning power and the present
    /// value of future income at the start of a month, the last one at the end. Random factors are 1, nothing is spent.
    pub fn expected(claimed: &Claimed, months: &[[f64; 2]]) -> Vec<Expected> {
        let start = greater(claimed.law().median(), 0.0);
        let mut before = 1.0;
        let month = |pair: &[[f64; 2]]| {
            let [power, ahead] = pair[1];
            let after = worth(power, ahead, start);
            let of_value = |amount: f64| if before > 0.0 { amount / before } else { 0.0 };
            let month = Expected {
                // A worthless business neither grows nor pays, per unit of value.
                growth: if before > 0.0 { after / before } else { 1.0 },
                income: start / STEPS_PER_YEAR * of_value(greater(pair[0][0], 0.0)),
            };
            before = after;
            month
        };
        months.windows(2).map(month).collect()
    }
}

/// Price that a buyer pays for a business, relative to the value of day one. `power` is the earning power (1 in the
/// first month), `ahead` the present value of future income in years of the first month's, `start` the yearly yield.
#[inline(always)]
pub(super) fn worth(power: f64, ahead: f64, start: f64) -> f64 {
    greater(lesser(power, start * ahead), 0.0)
}

#[derive(Clone, Copy)]
struct BusinessRows {
    /// Value of the business at the start of the month, before the market has moved.
    start: Row,
    /// Fraction of the business that is held at the start of the month.
    held: Row,
    /// Market price of a unit of the business's worth, relative to day one.
    price: Row,
    /// Value of the business after the market's moves of the month.
    valued: Row,
    /// Earning power at the start of the month.
    now: Row,
    /// Worth of the business at the start of the month, relative to the value of day one and without market moves.
    worth: Row,
    /// Price that a buyer pays for the business, relative to the value of day one; below its worth if too much
    /// was paid.
    asked: Row,
    money: Row,
    costs: Option<Row>,
    /// Row of the month's revenue, as an amount of money.
    revenue: Option<Row>,
}

impl BusinessRows {
    /// Adds the stage that separates trades since the last month from market moves: it updates the held fraction of the
    /// business and its market price.
    fn hold(self, value: Account, opening: f64, ruined: Option<Row>, build: &mut Build) {
        build.step(
            Phase::Low,
            "Hold",
            #[inline(always)]
            move |cx| {
                let (start, worth) = (*cx.rows.get(self.start), *cx.rows.get(self.worth));
                let valued = cx.book.value(value);
                let [held, price] = cx.rows.pair(self.held, self.price);
                for lane in 0..LANES {
                    let whole = price[lane] * opening * worth[lane];
                    // A worthless business has no price for a purchase or a sale.
                    if whole > 0.0 {
                        held[lane] = start[lane] / whole;
                    }
                    if start[lane] > 0.0 && valued[lane] > 0.0 {
                        price[lane] *= valued[lane] / start[lane];
                    }
                }
                *cx.rows.get_mut(self.valued) = *valued;
                if let Some(row) = ruined {
                    let [held, ruined] = cx.rows.pair(self.held, row);
                    held.each(|lane, own| own * (1.0 - ruined[lane]));
                }
            },
        );
    }
}

/// Stage that values the business at its future earning power and computes the month's income and costs.
struct Mark {
    /// Exchange rate of the business's currency; `None` if it is the owner's.
    exchange: Option<Row>,
    of: Business,
    rows: BusinessRows,
    start_yield: Coefficient,
    /// Yearly starting yield of the business per unit of its value.
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
        // Fractions lost to events earn nothing from the next month on, even if the business is worthless
        // then.
        let mut left = *cx.rows.get(self.rows.valued);
        for lane in 0..LANES {
            left[lane] = if left[lane] > 0.0 { value[lane] / left[lane] } else { 1.0 };
        }
        let share = cx.rows.get_mut(self.rows.held);
        *share *= &left;
        // A gain is booked as negative decay, so that one account holds the whole change of earning power.
        cx.book.post(self.decay, self.value, &change);
        if let Some(overpaid) = overpaid {
            cx.book.post(self.overpaid, self.value, &overpaid);
        }
        // Income per unit of earning power in this month; a closed business also has no costs.
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
        self.start_yield.apply(cx.rows, &mut unit, |own, start| own * (per_power * start));
        cx.rows.get_mut(self.rows.money).each(|lane, _| unit[lane] * earned[lane]);
        if let (Some(of_power), Some(row)) = (self.of.revenue, self.rows.revenue) {
            let [of_power, revenue] = cx.rows.pair(of_power, row);
            revenue.each(|lane, _| unit[lane] * of_power[lane]);
        }
        let Some(costs) = self.rows.costs else { return };
        let spent = match self.of.spent {
            Some(row) => *cx.rows.get(row),
            None => Lanes::ZERO,
        };
        cx.rows.get_mut(costs).each(|lane, _| unit[lane] * (fixed[lane] + spent[lane]));
    }
}

impl Mark {
    /// Updates the worth of the business to the next month's earning power. Returns two changes of its value: the
    /// loss of the excess paid on day one (`None` after the first month), and that by earning power and future income.
    #[inline(always)]
    fn revalue(&self, held: &Lanes, price: &Lanes, cx: &mut Cx<'_>) -> (Option<Lanes>, Lanes) {
        let start = self.per_value.of_paths(cx.rows);
        let (power, ahead) = (*cx.rows.get(self.of.power), *cx.rows.get(self.of.ahead));
        let saved = self.of.saved.map_or(Lanes::ZERO, |row| *cx.rows.get(row));
        let value = *cx.book.value(self.value);
        let [paid, asked] = cx.rows.pair(self.rows.worth, self.rows.asked);
        let (mut overpaid, mut change) = (Lanes::ZERO, Lanes::ZERO);
        let mut is_first = false;
        for lane in 0..LANES {
            let (before, worth_it) = (paid[lane], asked[lane]);
            let after = worth(power[lane], ahead[lane], start[lane]) + start[lane] * saved[lane];
            is_first |= worth_it < before;
            if before > 0.0 {
                overpaid[lane] = value[lane] * ((worth_it - before) / before);
                change[lane] = if after > 0.0 {
                    value[lane] * ((after - worth_it) / before)
                } else {
                    // Exactly the remaining value, so that no rounding error stays.
                    -(value[lane] + overpaid[lane])
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
