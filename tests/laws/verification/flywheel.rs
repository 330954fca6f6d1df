//! Flywheels: products that pay for products.

use crate::common::{Ran, asset, close, head, scenario};
use crate::estimate::{holds, mean};
use crate::verification::KEEPER;
use tailwheel::record::{ASSET_VALUE, INCOME_TERMINAL, STATE, WEALTH};

const VALUE: f64 = 100.0;

/// That of C19: θ = 0.3/6 = 0.05, with room for all; it yields so much that no buyer pays less than the multiple of the start.
#[derive(Clone, Copy)]
struct Wheel {
    months: u32,
    paths: u32,
    products: u32,
    /// Part that closes in a month.
    closure: f64,
    /// Months until an order is done.
    build_time: u32,
}

impl Wheel {
    fn text(&self) -> String {
        let keys = format!(
            "model = \"mechanism\"\nroi = \"480 %\"\nroi_law = \"point\"\nvolatility = 0\n\
             products = {}\nclosure = \"{} %/month\"\nreinvested = 0.3\nbuild_cost = \"6 months\"\n\
             build_time = \"{} months\"\neffort = \"0/month\"\nsaturation = 1_000_000_000",
            self.products,
            100.0 * self.closure,
            self.build_time
        );
        let wheel = asset("one", "digital-product-flywheel", VALUE, &keys);
        head(&format!("{} months", self.months), self.paths) + &wheel + KEEPER
    }

    /// Products at the end, as long as they leave room for each other.
    fn counts(&self) -> Vec<f64> {
        let text = self.text();
        let run = Ran::of(&text);
        let parts = run.column(STATE.of_object(scenario(&text).state_number())).iter();
        parts.map(|part| part * f64::from(self.products)).collect()
    }

    /// Their mean number.
    fn mean(&self) -> f64 {
        let mut counts = vec![f64::from(self.products)];
        for month in 0..self.months {
            let ordered = month.checked_sub(self.build_time);
            let done = ordered.map_or(0.0, |ordered| 0.3 / 6.0 * counts[ordered as usize]);
            counts.push(counts[month as usize] * (1.0 - self.closure) + done);
        }
        counts[self.months as usize]
    }
}

#[test]
fn c19_what_takes_time_to_build_makes_it_turn_more_slowly() {
    let late = |months, closure| Wheel { months, paths: 40_000, products: 10_000, closure, build_time: 1 };
    let root = (0.98 + (0.98_f64 * 0.98 + 0.2).sqrt()) / 2.0 - 1.0;
    close("C19b", root, 0.028_609_32, 1e-6);
    close("C19b", late(61, 0.02).mean() / late(60, 0.02).mean() - 1.0, root, 1e-9);
    let grown = |closure| mean(&late(60, closure).counts());
    holds("after five years", late(60, 0.02).mean(), grown(0.02), grown(0.021));
    for (build_time, months) in [(3, 2), (3, 3), (3, 4)] {
        let wheel = Wheel { months, paths: 256, products: 10_000, closure: 0.0, build_time };
        assert!(wheel.counts().iter().all(|count| (count - wheel.mean()).abs() < 0.02));
    }
}

#[test]
fn a_few_products_are_whole_ones_and_what_is_put_aside_leaves_the_income() {
    let few = Wheel { months: 1, paths: 256, products: 3, closure: 0.02, build_time: 0 };
    // a yield of 480 % a year
    Ran::of(&few.text()).is_on_every_path(INCOME_TERMINAL, 0.7 * VALUE * 4.8 / 12.0, 1e-12);
    // 3·0.3/6 = 0.15 of a product a month: the first one is there after seven months, and speeds up the next
    for (months, whole) in [(6, 3.0), (7, 4.0), (11, 4.0), (12, 5.0)] {
        let found = Wheel { months, closure: 0.0, ..few }.counts();
        assert!(found.iter().all(|count| (count - whole).abs() < 1e-6), "{months}: {found:?}");
    }
}

#[test]
fn a_cut_of_the_income_cuts_what_is_put_aside() {
    let shop = |owner: &str| {
        let keys = "model = \"mechanism\"\nincome = \"1000/month\"\nmultiple = 2\nplatform = \"store\"\nproducts = 10\n\
                    closure = \"0 %/month\"\nreinvested = \"50 %\"\nbuild_cost = \"100 months\"\nvolatility = 0";
        head("3 months", 256)
            + &asset("shop", "digital-product-flywheel", 0.0, keys).replace("value = 0.0\n", "")
            + "[[event]]\nname = \"update\"\nkind = \"algorithm-update\"\nplatform = \"store\"\nat = \"2027-02\"\n\
               severity = \"100 %\"\nrecovery = \"1000 months\"\n"
            + owner
            + "[economy]\ncash_rate = 0\ninflation.fixed = 0\n"
    };
    // 1,000 in the first month, nothing in the second, and then what has come back; half of each is put aside
    let back = 1_000.0 * (1.0 - (-std::f64::consts::LN_2 / 1_000.0).exp());
    for (owner, there) in [("", 24_000.0), ("[owner]\ncash = 50_000\nsurplus = \"keep\"\n", 74_000.0)] {
        let run = Ran::of(&shop(owner));
        let made = run.column(WEALTH)[0] - there;
        close("income", made, 1_000.0 + back, 1e-9);
        close("net income", run.column(INCOME_TERMINAL)[0], made / 6.0, 1e-9);
    }
}

/// The one product closes before another is paid for: all of its income is there, in the value as long as it earns.
#[test]
fn what_is_put_aside_is_part_of_the_value_and_paid_out_when_no_product_is_left() {
    let keys = "model = \"mechanism\"\nincome = \"300/month\"\nmultiple = 2.5\nvolatility = 0\nproducts = 1\n\
                reinvested = 0.3\nbuild_cost = \"28 months\"\nclosure = \"1 %/month\"\neffort = \"0/month\"\n\
                saturation = 1_000_000";
    let shop = asset("shop", "digital-product-flywheel", 0.0, keys).replace("value = 0.0\n", "");
    let run = Ran::of(&(head("60 months", 2_048) + &shop + KEEPER));
    let (values, wealth) = (run.column(ASSET_VALUE.of_object(0)), run.column(WEALTH));
    let (closed, open): (Vec<_>, Vec<_>) =
        values.iter().zip(wealth.iter()).partition(|(value, _)| **value == 0.0);
    assert!(open.iter().all(|(_, wealth)| (*wealth - 300.0 * (60.0 + 12.0 * 2.5)).abs() < 1e-6));
    let months: Vec<f64> = closed.iter().map(|(_, wealth)| *wealth / 300.0).collect();
    assert!(months.len() > 800 && months.iter().all(|n| (n - n.round()).abs() < 1e-9), "{months:?}");
    let mean = |months: &[f64]| months.iter().sum::<f64>() / months.len() as f64;
    // the chance to close falls by one in a hundred a month; lives within 60 months have a deviation of at most 17.4
    let weights = (1..=60).map(|month| (f64::from(month), 0.99_f64.powi(month)));
    let (sum, weight) = weights.fold((0.0, 0.0), |(sum, all), (month, w)| (sum + month * w, all + w));
    let life = sum / weight;
    assert!((mean(&months) - life).abs() < 4.0 * 17.4 / (months.len() as f64).sqrt(), "{}", mean(&months));
}

/// Mean wealth after ten years with products of these keys.
fn wealth_with(keys: &str) -> f64 {
    let keys = format!(
        "model = \"mechanism\"\nincome = \"300/month\"\nmultiple = 2.5\nvolatility = 0\nbuild_time = \"2 months\"\n{keys}"
    );
    let shop = asset("shop", "digital-product-flywheel", 0.0, &keys).replace("value = 0.0\n", "");
    mean(Ran::of(&(head("10 years", 2_048) + &shop + KEEPER)).column(WEALTH)).value
}

/// An owner who built where nobody has room for more would lose by cheaper products and by fewer closures.
#[test]
fn cheaper_products_and_fewer_closures_never_make_poorer() {
    let starts = [(3, 0.3, 60), (20, 0.9, 60), (30, 1.0, 100), (10, 0.3, 60)];
    for (products, reinvested, saturation) in starts {
        let wealth = |closure: f64, cost: u32| {
            wealth_with(&format!(
                "products = {products}\nreinvested = {reinvested}\nsaturation = {saturation}\neffort = \"0/month\"\n\
                 closure = \"{closure} %/month\"\nbuild_cost = \"{cost} months\""
            ))
        };
        let rows = [4.0, 2.9, 2.0, 1.2, 0.6, 0.2, 0.05, 0.0]
            .map(|closure| [8, 6, 4, 3, 2, 1].map(|cost| wealth(closure, cost)));
        for pair in rows.windows(2) {
            assert!(pair[0].iter().zip(pair[1]).all(|(more, fewer)| fewer > *more), "{products}: {pair:?}");
        }
        for row in rows {
            assert!(row.windows(2).all(|pair| pair[1] > pair[0]), "{products}: {row:?}");
        }
    }
}

#[test]
fn more_own_work_never_makes_poorer() {
    let keys =
        "products = 3\nreinvested = 0\nsaturation = 60\nclosure = \"2 %/month\"\nbuild_cost = \"6 months\"\n";
    let wealth = [0, 3, 12, 60, 120, 480].map(|work| wealth_with(&format!("{keys}effort = \"{work}/year\"")));
    assert!(wealth.windows(2).all(|pair| pair[1] > pair[0]), "{wealth:?}");
    // beside money, a trace of it changes next to nothing
    let keys = "products = 2\nreinvested = 0.5\nsaturation = 60\nclosure = \"2.9 %/month\"\nbuild_cost = \"18 months\"\n";
    let [none, trace] = [0.0, 0.001].map(|work| wealth_with(&format!("{keys}effort = \"{work}/year\"")));
    assert!((trace / none - 1.0).abs() < 5e-3, "{none} {trace}");
}

#[test]
fn nothing_is_built_beyond_what_one_more_is_worth() {
    let income = |work: &str| {
        let keys = format!(
            "model = \"mechanism\"\nroi = \"480 %\"\nroi_law = \"point\"\nvolatility = 0\nproducts = 20\n\
             closure = \"0 %/month\"\nreinvested = 0.1\nbuild_cost = \"6 months\"\nbuild_time = \"2 months\"\n\
             effort = \"{work}/month\"\nsaturation = 60"
        );
        let run = Ran::of(
            &(head("60 months", 256) + &asset("one", "digital-product-flywheel", VALUE, &keys) + KEEPER),
        );
        run.column(INCOME_TERMINAL)[0] / (VALUE * 4.8 / 12.0)
    };
    // One more than n adds (60 − 2n − 1)/40 to a month's income. It is worth 6·0.004635 a month up to n = 28, which own
    // work does not cost. Nothing is reserved then, and the income of n products is n(60 − n)/800.
    close("bought", income("0"), 29.0 * 31.0 / 800.0, 1e-9);
    close("own work", income("1"), 30.0 * 30.0 / 800.0, 1e-9);
}
