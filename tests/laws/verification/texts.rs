//! Scenario texts over which several files lay their keys.

use crate::common::{asset, head};

/// An owner with `keys` who keeps what comes in, while prices and cash stand still.
pub fn keeps(keys: &str) -> String {
    format!("[owner]\nsurplus = \"keep\"\n{keys}\n[economy]\ninflation.fixed = 0\ncash_rate = 0\n")
}

/// An exploit of `asset` of which nothing comes back.
pub fn hack(asset: &str, keys: &str) -> String {
    format!(
        "[[event]]\nname = \"hack\"\nkind = \"contract-exploit\"\nasset = \"{asset}\"\nreturn_chance = 0\n{keys}\n"
    )
}

/// Keys of an asset of which nothing is left to chance: it earns `growth` a month, all of it income or none.
pub fn still(growth: f64, income_share: u32) -> String {
    let roi = ((1.0 + growth).powi(12) - 1.0) * 100.0;
    format!(
        "roi = \"{roi} %\"\nroi_law = \"point\"\nincome_share = {income_share}\nvolatility = 0\ndecay = 0\n"
    )
}

/// 100,000 that pay 1,000 a month.
pub fn payer() -> String {
    asset("pays", "micro-saas-fleet", 100_000.0, &still(0.01, 1))
}

/// 100,000 of cash that earns half a per cent a month, and nothing else.
pub fn cash(horizon: &str, keys: &str, inflation: &str) -> String {
    cash_at((1.005_f64.powi(12) - 1.0) * 100.0, horizon, keys, inflation)
}

/// The same at `rate` per cent a year.
pub fn cash_at(rate: f64, horizon: &str, keys: &str, inflation: &str) -> String {
    head(horizon, 256)
        + &asset("nothing", "micro-saas-fleet", 0.0, "roi = \"0 %\"")
        + &format!(
            "[owner]\ncash = 100_000\nsurplus = \"keep\"\n{keys}\n\
             [economy]\ninflation.fixed = \"{inflation}\"\ncash_rate = \"{rate} %\"\n"
        )
}

/// A measure, and its value and standard error by another program.
pub type Figure = (&'static str, f64, f64);

/// What independent programs have simulated, by an `owner` and with so much taken off a sale in need.
pub fn of_other_programs(exit_haircut: f64, owner: &str) -> String {
    let keys = format!(
        "roi = \"10 %\"\nroi_law = \"point\"\nvolatility = 0.3\nincome_share = 0.4\ndecay = 0\n\
         exit_haircut = {exit_haircut:?}\ntrade_cost = 0.02"
    );
    head("10 years", 40_000)
        + &asset("x", "tokenized-real-estate", 100_000.0, &keys)
        + &format!(
            "[owner]\ncash = 5_000\nsurplus = 0.5\n{owner}\n\
             [economy]\ninflation.fixed = \"2.5 %/year\"\ncash_rate = \"1 %/year\"\n"
        )
}
