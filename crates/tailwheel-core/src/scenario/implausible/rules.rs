//! Rules for implausible values: key, test, effect and advice.
//!
//! In: the table `rules.toml`. Out: [`RULES`]. Not here: applying them to a document (`implausible`), covers whose
//! keys do not fit each other (`covers`).

use serde::Deserialize;
use std::sync::LazyLock;

/// Condition under which a value is implausible.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// The value, or the lower end of its range, is at least this number; rates are per year.
    AtLeast(f64),
    /// The value, or the upper end of its range, is at most this number.
    AtMost(f64),
    /// The value, or the lower end of its range, is at most this number.
    ReachesDown(f64),
    /// The upper end of the range is at least this many times the lower end.
    Spans(f64),
    /// The median of three numbers equals one of the ends, which differ.
    MedianAtEnd,
    Exactly(f64),
    /// The time in months exceeds the length of the run.
    BeyondTheRun,
    /// The time in months exceeds the run's length minus one: a payment so late comes after the run.
    ToTheEnd,
    /// The rate exceeds inflation, or zero if prices fall, by more than this number.
    AboveInflation(f64),
    /// The amount, per month if it is a flow, exceeds wealth (assets, cash, a year's inflows) by this factor.
    TimesWealth(f64),
    /// No asset is priced in either currency of the pair.
    UnusedPair,
}

/// Test of one value of the file, with the text of its warning.
#[derive(Deserialize)]
pub struct Rule {
    /// Key paths that the rule tests; `*` stands for the name of each table of a list.
    #[serde(default)]
    pub keys: Vec<String>,
    pub test: Test,
    /// Effect of the value on the result.
    pub effect: String,
    /// Value that the user should write instead.
    pub advice: String,
}

#[derive(Deserialize)]
pub struct Rules {
    /// Rules about the value of one key each.
    pub rules: Vec<Rule>,
    /// Rules about any key of an asset or event whose value is a range.
    pub of_ranges: Vec<Rule>,
}

pub static RULES: LazyLock<Rules> =
    LazyLock::new(|| toml::from_str(include_str!("rules.toml")).expect("the table is compiled in"));
