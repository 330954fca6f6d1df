//! Whether the products of a flywheel can pay for further ones.
//!
//! In: its keys. Out: an error, or a [`Doubt`]. Not here: bounds on a single key, what one more is worth (`wheel`).

use super::Flywheel;
use super::wheel::Wheel;
use crate::asset::Doubt;
use crate::form::{Reader, fault};
use crate::units::plain;

/// Refuses an asset whose products reserve less than the cost of one further product during a product's mean life.
pub(super) fn gain(of: &Wheel, reader: &mut Reader<'_>) {
    let put_aside = of.share * of.opening / of.closure;
    let is_paid = put_aside >= of.cost_months || of.share == 0.0 || of.effort > 0.0;
    if is_paid {
        return;
    }
    let put_aside = plain((put_aside * 10.0).floor() / 10.0);
    fault!(reader, "flywheel", "on average this flywheel pays for no product";
        "build_cost" => "only {put_aside} months of a product's income are put aside on average";
        help: "a smaller `build_cost`, more `reinvested`, or own `effort`; `reinvested = 0` puts nothing aside";
        rule: "build_cost is at most reinvested·products/closure, in months");
}

/// Warning about savings or work for further products none of which is worth it at first, at the best values of
/// each range.
pub(super) fn idle(flywheel: &Flywheel) -> Option<Doubt> {
    let of = Wheel {
        closure: flywheel.closure.ends()[0],
        cost_months: flywheel.build_cost.ends()[0],
        most: flywheel.saturation.ends()[1],
        ..flywheel.wheel()
    };
    let (key, is, effect) = match of.share > 0.0 {
        true => (
            "reinvested",
            plain(of.share),
            "no product is built at first, because one more adds less to the income than its wear and the interest on \
             its cost",
        ),
        false => (
            "effort",
            format!("\"{}/year\"", plain(flywheel.effort.get())),
            "no product is made at first, because one more takes as much from the others as it earns",
        ),
    };
    let advice = "Write a lower `build_cost`, a larger `saturation`, or fewer `products`";
    let is_idle = of.share + of.effort > 0.0 && !of.is_worth_it_at_once();
    is_idle.then_some(Doubt { key, is, effect, advice })
}
