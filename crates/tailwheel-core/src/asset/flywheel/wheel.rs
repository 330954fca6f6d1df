//! Number of products over time and the present value of their future income.
//!
//! ```text
//! E n(j) = n·q^j,   E n(j)² = n²·q^(2j) + n·q^j·(1 − q^j)          q = 1 − δ, no further product is built
//! g(j)   = E n(j)·(1 − n(j)/n_max)/(n·(1 − n/n_max))
//! D(n)   = (n_max − 2n − 1)/(n_max − n_0) ≥ c·(δ + ln(1 + r)/12)      for one more than n products
//! ```
//!
//! D is its addition to a month's income, c its cost, both in incomes of a product in the first month. On the
//! right are its wear and the interest on its cost: the user cost of capital (Jorgenson 1963). Own work goes on
//! while D > 0.
//!
//! The audience is held constant here; its changes are part of the value of its sites.

use crate::asset::buyer;
use crate::math::{LANES, greater, lesser};
use crate::stage::{Build, Coefficient, Cx, Row};

/// Yearly return that a buyer of products asks for. It follows from the class's price multiple of 2.5 and its
/// closure rate.
const RETURN: f64 = 0.0572;

/// The same per month: ln(1 + [`RETURN`])/12.
const INTEREST: f64 = 0.004_635;

/// Parameters of a flywheel that determine its number of products.
#[derive(Clone, Copy)]
pub(super) struct Wheel {
    pub opening: f64,
    pub closure: f64,
    pub share: f64,
    pub cost_months: f64,
    /// Products built per month by own work, without money.
    pub effort: f64,
    pub most: f64,
}

impl Wheel {
    /// Income of a month with this number of `products`, relative to the first month.
    #[inline(always)]
    pub fn power_of(&self, products: f64) -> f64 {
        let room = |products: f64| greater(1.0 - products / self.most, 0.0);
        products * room(products) / (self.opening * room(self.opening))
    }

    /// Products that the month's relative income `received` pays for, and those by the month's work: no more than
    /// are worth it. `there` products exist or are being built, `pot` of the next ones are paid for.
    #[inline(always)]
    pub fn put_aside(&self, received: f64, pot: f64, there: f64, audience: f64) -> [f64; 2] {
        // products until one more adds nothing, and until it adds less than its user cost
        let some = if audience > 0.0 { (0.5 * (self.most - 1.0) - there).ceil() } else { 0.0 };
        let enough = self.user_cost() * (self.most - self.opening) / audience;
        let worth_it = (0.5 * (self.most - 1.0 - enough) - there).floor() + 1.0;
        let worked = lesser(self.effort, greater(some - pot, 0.0));
        let wanted = self.share * received / self.price_of(1.0);
        [lesser(wanted, greater(worth_it - pot - worked, 0.0)), worked]
    }

    /// Price of this number of `products`, relative to the first month's income.
    #[inline(always)]
    pub fn price_of(&self, products: f64) -> f64 {
        products * self.cost_months / self.opening
    }

    /// True if one more than the products of the start is worth putting money aside, or own work.
    pub fn is_worth_it_at_once(&self) -> bool {
        self.put_aside(1.0, 0.0, self.opening, 1.0) != [0.0; 2]
    }

    /// Monthly cost of owning a product, its wear and the interest on its price, in first incomes of one product.
    #[inline(always)]
    fn user_cost(&self) -> f64 {
        self.cost_months * (self.closure + INTEREST)
    }

    /// Copy with saturation at `most` products, but at least one product above the opening number. A lower
    /// level would leave no room for growth.
    #[inline(always)]
    pub fn with_room(self, most: f64) -> Self {
        Self { most: greater(most, self.opening + 1.0), ..self }
    }

    /// Present value of the future income of `products` products, in years of the first month's income.
    pub fn ahead(&self, products: f64) -> f64 {
        let [single, double] = values(self.closure, RETURN);
        self.power_of(products) * self.of_one(products, single, double)
    }

    /// Present value of the future income of `products` per unit of their current income. `single` is the
    /// value of one product's income, `double` that of income while both of two products exist.
    #[inline(always)]
    fn of_one(&self, products: f64, single: f64, double: f64) -> f64 {
        let room = 1.0 - products / self.most;
        // There is no product, or the market is saturated.
        if products <= 0.0 || room <= 0.0 {
            return 0.0;
        }
        let crowded = (products - 1.0).mul_add(double, single) / self.most;
        greater(single - crowded, 0.0) / room
    }
}

/// Present value of one product's income, and of income that lasts while both of two products exist, in years
/// of today's income. `per_year` is the buyer's yearly return.
#[inline(always)]
fn values(closure: f64, per_year: f64) -> [f64; 2] {
    let (stays, v) = (1.0 - closure, buyer::discount(per_year));
    [stays, stays * stays].map(|stays| buyer::geometric(stays, v))
}

/// Coefficients and result row for the present value of future income on each path.
#[derive(Clone, Copy)]
pub(super) struct FlywheelValue {
    values: [Coefficient; 2],
    pub row: Row,
}

impl FlywheelValue {
    pub fn build(closure: Coefficient, build: &mut Build) -> Self {
        let values = [0, 1].map(|part| {
            let of = move |[closure]: [f64; 1]| values(closure, RETURN)[part];
            Coefficient::from([closure], build, of)
        });
        let row = build.row();
        Self { values, row }
    }

    /// Sets on each path the present value of the future income of `products`, whose current income relative
    /// to the first month is `power`.
    #[inline(always)]
    pub fn follow(&self, wheel: impl Fn(usize) -> Wheel, products: Row, power: Row, cx: &mut Cx<'_>) {
        let [single, double] = self.values.map(|of| of.of_paths(cx.rows));
        let (products, power) = (*cx.rows.get(products), *cx.rows.get(power));
        let ahead = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            let of_one = wheel(lane).of_one(products[lane], single[lane], double[lane]);
            ahead[lane] = power[lane] * of_one;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_return_is_that_of_the_class() {
        assert!((INTEREST - crate::math::ln(1.0 + RETURN) / 12.0).abs() < 1e-6);
        // 3 products, 2.9 % of which close a month, room for 100, sold at a multiple of 2.5
        let of =
            Wheel { opening: 3.0, closure: 0.029, share: 0.0, cost_months: 6.0, effort: 0.0, most: 100.0 };
        let at = |per_year: f64| {
            let [single, double] = values(0.029, per_year);
            of.of_one(3.0, single, double)
        };
        assert!(at(RETURN - 1e-4) > 2.5 && at(RETURN + 1e-4) < 2.5, "{}", at(RETURN));
    }

    #[test]
    fn what_is_ahead_is_the_mean_of_products_that_close() {
        let of =
            Wheel { opening: 20.0, closure: 0.05, share: 0.0, cost_months: 6.0, effort: 0.0, most: 40.0 };
        let v = buyer::discount(RETURN);
        let (mut sum, mut left, mut discounted) = (0.0, 1.0, v);
        for _ in 0..360 {
            let (n, square) = (20.0 * left, 400.0 * left * left + 20.0 * left * (1.0 - left));
            sum += discounted / 12.0 * (n - square / 40.0) / 10.0;
            left *= 0.95;
            discounted *= v;
        }
        assert!((of.ahead(20.0) / sum - 1.0).abs() < 1e-9);
    }
}
