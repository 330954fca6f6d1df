//! Kind `flywheel`: products whose profit pays for further products.
//!
//! In: its keys. Out: [`Flywheel`] and its number of products. Not here: their value and income
//! (`Business`).
//!
//! ```text
//! power = n·s(n)/(n_0·s(n_0))·audience     s(n) = max(0, 1 − n/n_max); income / that of month 1
//! pot   ← pot + ρ·power·n_0/c + effort     in products: ρ share of the income that loss events leave, c cost in months
//!                                          of its income; no more than are worth it, see `wheel`
//! built = ⌊pot + 1e-9⌋, pot ← pot − built   they earn from the month after their completion
//! n'    = n − Bin(n, δ) + those ordered ℓ months ago
//! ```
//!
//! The money in the pot is part of the value. It is paid out once no product is left or to come.
//!
//! With `θ = ρ/c` and no saturation, the mean of n grows per month by the largest root of `z^(ℓ+1) = (1 −
//! δ)z^ℓ + θ`, less 1; for ℓ = 0 by `θ − δ`. It grows if `θ > δ`. With `ρ = 0` income is linear: with
//! room for all n tends to `effort/δ`.

mod checks;
mod counted;
mod wheel;

use super::{
    Asset, Business, Care, Claimed, Coefficient, Description, Doubt, Earning, Expected, Facts, Slot, State,
    Tended, Whole,
};
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, Lanes, ROUNDING, greater};
use crate::parameters;
use crate::random::Purpose;
use crate::random::count::binomial;
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};
use crate::units::{Count, Delay, Fraction, Inflow, MonthlyProbability, Span};
pub use counted::COUNTED;
use std::sync::Arc;
use wheel::{FlywheelValue, Wheel};

pub const KIND: Kind<dyn Asset> = Kind {
    id: "flywheel",
    doc: "Products whose profit pays for further products, which age and take room from each other.",
    example: "roi = \"22-35 %\"\nroi_law = \"p05-p95\"\nproducts = 1_000\nclosure = \"2.9 %/month\"\n\
              reinvested = 0.3\nbuild_cost = \"6 months\"\nbuild_time = \"2 months\"\nsaturation = 50_000\n",
    fields: Flywheel::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

parameters! {
    /// An asset of kind `flywheel`: products whose profit pays for further products, and which close.
    pub struct Flywheel {
        /// Number of products, sites or tools at the start: each earns as much as the others.
        products: Count = Preset::Class => "3",
        /// Chance that a product stops earning in a month, independently of the others.
        closure: Drawn<MonthlyProbability> = Preset::Class => "\"2.9 %/month\"",
        /// Part of the income reserved for further products while one more is worth its cost. Unspent reserves
        /// are part of the value and are paid out when no product is left. 0 is linear income.
        reinvested: Drawn<Fraction> = Preset::Class => "0.3",
        /// Cost of a further product, in months of one product's income in the first month.
        build_cost: Drawn<Span> = Preset::Class => "\"6 months\"",
        /// Time until a new product earns; a part of a month counts as a whole one.
        build_time: Delay = Preset::Class => "\"2 months\"",
        /// Products added by own work, without money, while one more raises the income.
        effort: Drawn<Inflow> = Preset::Is("0") => "\"6/year\"",
        /// Number of products at which buyers have seen them all and none earns anything; with half of it
        /// each earns half.
        saturation: Drawn<Count> = Preset::Class => "100",
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
    }
}

impl Asset for Flywheel {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        let pays_for_more = self.reinvested.get() > 0.0;
        Facts {
            pays_for_more,
            spends: pays_for_more,
            care: Care { units: f64::from(self.products.get()), ..Care::ONE },
            states: &[State {
                id: "products",
                title: "number of products",
                whole: Whole::Start,
                is_alive: true,
            }],
            ..Facts::BUSINESS
        }
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let rows = FlywheelRows {
            products: build.row_of(f64::from(self.products.get())),
            part: slot.states[0],
            ordered: build.row(),
            pot: build.row(),
            money: build.row(),
            saved: build.row(),
            power: build.row(),
            spent: build.row(),
        };
        let n_under_way = self.build_time.months().ceil() as usize;
        let under_way = (0..n_under_way).map(|_| build.row()).collect();
        let of = self.wheel();
        let (audience, kept) = (slot.audience, slot.kept);
        let drawn = [
            build.drawn("closure", &self.closure),
            build.drawn("reinvested", &self.reinvested),
            build.drawn("build_cost", &self.build_cost),
            build.drawn("effort", &self.effort),
            build.drawn("saturation", &self.saturation),
        ];
        let ahead = FlywheelValue::build(drawn[0], build);
        let row = ahead.row;
        let most = drawn[4];
        build.fill(&[rows.part], 1.0);
        build.open(
            #[inline(always)]
            move |cx| {
                *cx.rows.get_mut(rows.power) = audience.map_or(Lanes::splat(1.0), |row| *cx.rows.get(row));
                let most = most.of_paths(cx.rows);
                ahead.follow(|lane| of.with_room(most[lane]), rows.products, rows.power, cx);
            },
        );
        let turn = Turn {
            ahead,
            rows,
            audience,
            kept,
            under_way,
            of,
            drawn,
            close: build.uniforms(Purpose::Decay, Scope::Month),
        };
        build.stage(Phase::Operate, turn);
        let business = Business {
            spent: (of.share > 0.0).then_some(rows.spent),
            saved: (of.share > 0.0).then_some(rows.saved),
            ..Business::of(rows.power, row)
        };
        let earning = business.build(&self.claimed, slot, build);
        Earning { tended: Tended { counts: [Some(rows.products), None], ..earning.tended }, ..earning }
    }

    fn doubts(&self) -> Vec<Doubt> {
        checks::idle(self).into_iter().collect()
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let of = self.wheel();
        let n_under_way = self.build_time.months().ceil() as usize;
        let mut under_way = vec![0.0; n_under_way];
        let mut products = of.opening;
        let mut power = vec![[1.0, of.ahead(products)]];
        let mut spent = Vec::new();
        for month in 0..n_months as usize {
            let there = products + under_way.iter().sum::<f64>();
            let [bought, worked] = of.put_aside(power[month][0], 0.0, there, 1.0);
            let mut done = bought + worked;
            spent.push(if bought > 0.0 { of.price_of(bought) / power[month][0] } else { 0.0 });
            if n_under_way > 0 {
                std::mem::swap(&mut done, &mut under_way[month % n_under_way]);
            }
            products = products.mul_add(1.0 - of.closure, done);
            power.push([of.power_of(products), of.ahead(products)]);
        }
        let mut months = Business::expected(&self.claimed, &power);
        for (month, spent) in months.iter_mut().zip(spent) {
            month.income *= 1.0 - spent;
        }
        months
    }
}

impl Flywheel {
    fn wheel(&self) -> Wheel {
        Wheel {
            opening: f64::from(self.products.get()),
            closure: self.closure.get(),
            share: self.reinvested.get(),
            cost_months: self.build_cost.get(),
            effort: self.effort.get() / STEPS_PER_YEAR,
            most: self.saturation.get(),
        }
    }
}

fn read(reader: &mut Reader<'_>) -> Flywheel {
    let read = Flywheel { claimed: Claimed::starting(reader), ..Flywheel::take(reader) };
    let of = read.wheel();
    if reader.sound(&["products", "saturation"]) && of.opening >= read.saturation.said_ends()[0] {
        fault!(reader, "flywheel", "these products have no room";
            "products" => "as many as earn nothing, or more";
            help: "fewer `products`, or a larger `saturation`"; rule: "products must be fewer than saturation");
    }
    if reader.sound(&["products", "closure", "reinvested", "build_cost", "effort"]) {
        checks::gain(&of, reader);
    }
    read
}

#[derive(Clone, Copy)]
struct FlywheelRows {
    products: Row,
    /// Number of products relative to the number at the start.
    part: Row,
    /// Products that are being built.
    ordered: Row,
    /// Savings and work towards the next product, as a fraction of its cost.
    pot: Row,
    /// The part of the pot that is money.
    money: Row,
    /// The same in years of the first month's income.
    saved: Row,
    power: Row,
    spent: Row,
}

struct Turn {
    rows: FlywheelRows,
    ahead: FlywheelValue,
    /// Visits of the audience relative to the first month; `None` if income does not depend on visits.
    audience: Option<Row>,
    /// Part of the income that loss events leave; `None` if they leave all of it.
    kept: Option<Row>,
    /// Products ordered in each of the last months, as a ring; one entry is completed each month.
    under_way: Vec<Row>,
    of: Wheel,
    /// Coefficients: monthly closure, reinvested share, build cost in months, effort per year, saturation.
    drawn: [Coefficient; 5],
    close: Draw,
}

impl Turn {
    /// Returns a function from a path's number in its block of 256 to the parameters of the flywheel on this path.
    #[inline(always)]
    fn wheels(&self, cx: &Cx<'_>) -> impl Fn(usize) -> Wheel + use<> {
        let [closure, share, cost, effort, most] = self.drawn.map(|drawn| drawn.of_paths(cx.rows));
        let of = self.of;
        move |lane| Wheel {
            closure: closure[lane],
            share: share[lane],
            cost_months: cost[lane],
            effort: effort[lane] / STEPS_PER_YEAR,
            ..of.with_room(most[lane])
        }
    }

    /// Pays out the money put aside once no product is left or to come, and sets the money that is left.
    #[inline(always)]
    fn pay_out(&self, wheel: impl Fn(usize) -> Wheel, cx: &mut Cx<'_>) {
        let FlywheelRows { products, ordered, pot, money, spent, saved, .. } = self.rows;
        let mut there = *cx.rows.get(products);
        there += cx.rows.get(ordered);
        let mut left = *cx.rows.get(money);
        let [pot, spent] = cx.rows.pair(pot, spent);
        for lane in 0..LANES {
            if there[lane] == 0.0 {
                spent[lane] -= wheel(lane).price_of(left[lane]);
                pot[lane] -= left[lane];
                left[lane] = 0.0;
            }
        }
        *cx.rows.get_mut(money) = left;
        cx.rows.get_mut(saved).each(|lane, _| wheel(lane).price_of(left[lane]) / STEPS_PER_YEAR);
    }
}

impl Stage for Turn {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let wheel = self.wheels(cx);
        let audience = self.audience.map_or(Lanes::splat(1.0), |row| *cx.rows.get(row));
        let mut there = *cx.rows.get(self.rows.products);
        there += cx.rows.get(self.rows.ordered);
        let mut received = *cx.rows.get(self.rows.power);
        if let Some(kept) = self.kept {
            received *= cx.rows.get(kept);
        }
        let mut money = *cx.rows.get(self.rows.money);
        let [pot, spent] = cx.rows.pair(self.rows.pot, self.rows.spent);
        let mut done = Lanes::ZERO;
        for lane in 0..LANES {
            let of = wheel(lane);
            let [bought, worked] = of.put_aside(received[lane], pot[lane], there[lane], audience[lane]);
            spent[lane] = of.price_of(bought);
            let paid_for = pot[lane] + bought + worked;
            done[lane] = (paid_for + ROUNDING).floor();
            pot[lane] = paid_for - done[lane];
            // a product takes money and work of the pot in proportion
            money[lane] += bought;
            if done[lane] > 0.0 {
                money[lane] *= greater(pot[lane], 0.0) / paid_for;
            }
        }
        *cx.rows.get_mut(self.rows.money) = money;
        if !self.under_way.is_empty() {
            let turn = (cx.month.index as usize - 1) % self.under_way.len();
            let ordered = done;
            std::mem::swap(&mut done, cx.rows.get_mut(self.under_way[turn]));
            cx.rows.get_mut(self.rows.ordered).each(|lane, before| before + ordered[lane] - done[lane]);
        }
        let close = cx.draws.row(self.close);
        let [products, power] = cx.rows.pair(self.rows.products, self.rows.power);
        for lane in 0..LANES {
            let of = wheel(lane);
            let closed = binomial(close[lane], products[lane], of.closure);
            products[lane] += done[lane] - closed;
            power[lane] = of.power_of(products[lane]);
        }
        self.pay_out(&wheel, cx);
        if let Some(row) = self.audience {
            let [power, audience] = cx.rows.pair(self.rows.power, row);
            *power *= &*audience;
        }
        self.ahead.follow(wheel, self.rows.products, self.rows.power, cx);
        let [products, part] = cx.rows.pair(self.rows.products, self.rows.part);
        part.each(|lane, _| products[lane] / self.of.opening);
    }
}
