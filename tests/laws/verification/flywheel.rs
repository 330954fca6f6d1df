//! Flywheels: products that pay for products, and the linear income beside them.

use crate::common::{Ran, asset, close, head};
use crate::estimate::{holds, mean};
use crate::verification::KEEPER;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, WEALTH};

const VALUE: f64 = 100.0;

#[derive(Clone, Copy)]
struct Wheel {
    months: u32,
    paths: u32,
    products: u32,
    closure: f64,
    reinvested: f64,
    build_cost: u32,
    build_time: u32,
    effort: f64,
    saturation: u32,
}

/// That of C19: θ = 0.3/6 = 0.05, δ = 0.02, with room for all.
const WHEEL: Wheel = Wheel {
    months: 24,
    paths: 40_000,
    products: 10_000,
    closure: 0.02,
    reinvested: 0.3,
    build_cost: 6,
    build_time: 0,
    effort: 0.0,
    saturation: 1_000_000_000,
};

impl Wheel {
    /// It yields so much that no buyer pays less than the multiple of the start.
    fn text(&self) -> String {
        let keys = format!(
            "model = \"mechanism\"\nroi = \"480 %\"\nroi_law = \"point\"\nvolatility = 0\n\
             products = {}\nclosure = \"{} %/month\"\nreinvested = {:?}\nbuild_cost = \"{} months\"\n\
             build_time = \"{} months\"\neffort = \"{}/month\"\nsaturation = {}",
            self.products,
            100.0 * self.closure,
            self.reinvested,
            self.build_cost,
            self.build_time,
            self.effort,
            self.saturation,
        );
        head(&format!("{} months", self.months), self.paths)
            + &asset("one", "digital-product-flywheel", VALUE, &keys)
            + KEEPER
    }

    /// Products at the end, as long as they leave room for each other.
    fn counts(&self) -> Vec<f64> {
        let ran = Ran::of(&self.text());
        let values = ran.column(ASSET_VALUE.of_object(0)).iter();
        values.map(|value| value / VALUE * f64::from(self.products)).collect()
    }

    /// Mean number of products at the end without saturation, with an order that is done after `build_time`.
    fn mean(&self) -> f64 {
        let (theta, delay) = (self.reinvested / f64::from(self.build_cost), self.build_time);
        let mut counts = vec![f64::from(self.products)];
        for month in 0..self.months {
            let done = match month.checked_sub(delay) {
                Some(ordered) => theta * counts[ordered as usize] + self.effort,
                None => 0.0,
            };
            let last = counts[month as usize];
            counts.push(last * (1.0 - self.closure) + done);
        }
        counts[self.months as usize]
    }
}

#[test]
fn c19_what_takes_time_to_build_makes_it_turn_more_slowly() {
    let late = |months, closure| Wheel { build_time: 1, months, closure, ..WHEEL };
    let root = (0.98 + (0.98_f64 * 0.98 + 0.2).sqrt()) / 2.0 - 1.0;
    close("C19b", root, 0.028_609_32, 1e-6);
    close("C19b", late(61, 0.02).mean() / late(60, 0.02).mean() - 1.0, root, 1e-9);
    let grown = |closure| mean(&late(60, closure).counts());
    holds("after five years", late(60, 0.02).mean(), grown(0.02), grown(0.021));
    for (build_time, months) in [(3, 2), (3, 3), (3, 4)] {
        let wheel = Wheel { build_time, months, paths: 256, closure: 0.0, ..WHEEL };
        assert!(wheel.counts().iter().all(|count| (count - wheel.mean()).abs() < 0.02));
    }
}

#[test]
fn a_few_products_are_whole_ones_and_what_is_put_aside_leaves_the_income() {
    let few = Wheel { months: 1, paths: 256, products: 3, ..WHEEL };
    // a yield of 480 % a year
    Ran::of(&few.text()).is_on_every_path(INCOME_TERMINAL, 0.7 * VALUE * 4.8 / 12.0, 1e-12);
    // 3·0.3/6 = 0.15 of a product a month: the first one is there after seven months, and speeds up the next
    for (months, whole) in [(6, 3.0), (7, 4.0), (11, 4.0), (12, 5.0)] {
        let wheel = Wheel { months, closure: 0.0, ..few };
        let found = wheel.counts();
        assert!(found.iter().all(|count| (count - whole).abs() < 1e-6), "{months}: {found:?}");
    }
}

#[test]
fn a_wheel_whose_income_is_cut_goes_on_paying_for_what_it_builds() {
    let shop = |owner: &str| {
        let keys = "model = \"mechanism\"\nincome = \"1000/month\"\nmultiple = 2\nplatform = \"store\"\nproducts = 10\n\
                    closure = \"0 %/month\"\nreinvested = \"50 %\"\nbuild_cost = \"1000 months\"\nvolatility = 0";
        head("3 months", 256)
            + &asset("shop", "digital-product-flywheel", 0.0, keys).replace("value = 0.0\n", "")
            + "[[event]]\nname = \"update\"\nkind = \"algorithm-update\"\nplatform = \"store\"\nat = \"2027-02\"\n\
               severity = \"100 %\"\nrecovery = \"1000 months\"\n"
            + owner
            + "[economy]\ncash_rate = 0\ninflation.fixed = 0\n"
    };
    // 500 are left of the first month, and 500 are missing in each of the others, but for what has come back
    let back = 1_000.0 * (1.0 - (-std::f64::consts::LN_2 / 1_000.0).exp());
    for (owner, there) in [("", 24_000.0), ("[owner]\ncash = 50_000\nsurplus = \"keep\"\n", 74_000.0)] {
        let run = Ran::of(&shop(owner));
        let made = run.column(WEALTH)[0] - there;
        assert!((-500.0..2.0 * back - 500.0).contains(&made), "{made}");
        close("net income", run.column(INCOME_TERMINAL)[0], made / 3.0, 1e-9);
    }
}
