//! Rules for implausible values: key, test, effect and advice.
//!
//! In: nothing. Out: [`RULES`]. Not here: applying them to a document (`implausible`), covers whose keys do
//! not fit each other (`covers`).

/// Condition under which a value is implausible.
#[derive(Clone, Copy)]
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
    /// The time in months exceeds the length of the run minus one month.
    ToTheEnd,
    /// The rate exceeds inflation, or zero if prices fall, by more than this number.
    AboveInflation(f64),
    /// The amount, per month if it is a flow, exceeds the wealth by this factor.
    TimesWealth(f64),
    /// No asset is priced in either currency of the pair.
    UnusedPair,
}
use Test::{
    AboveInflation, AtLeast, AtMost, BeyondTheRun, Exactly, MedianAtEnd, ReachesDown, Spans, TimesWealth,
    ToTheEnd, UnusedPair,
};

/// Test of one value of the file, with the text of its warning.
pub struct Rule {
    /// Paths of keys; `*` stands for each table of a list.
    pub keys: &'static [&'static str],
    pub test: Test,
    /// Effect of the value on the result.
    pub effect: &'static str,
    /// Value that the user should write instead.
    pub advice: &'static str,
}

const fn rule(keys: &'static [&'static str], test: Test, effect: &'static str, advice: &'static str) -> Rule {
    Rule { keys, test, effect, advice }
}

/// Rules for single values that are valid but implausible. The bounds are chosen; each is far from every
/// value of the catalog.
pub const RULES: &[Rule] = &[
    rule(
        &["owner.rebalance"],
        BeyondTheRun,
        "the run ends before the first rebalancing",
        "Write a shorter time, or leave the key out",
    ),
    rule(
        &["asset.*.payment_lag"],
        ToTheEnd,
        "none of its income is paid within the run, so it covers no spending",
        "Write a time shorter than `horizon`",
    ),
    rule(
        INFLATION,
        ReachesDown(-0.1),
        "prices that fall so fast multiply real wealth, so the result is far too optimistic",
        "Write a rate such as \"2.5 %/year\"",
    ),
    rule(INFLATION, MedianAtEnd, HALF_AT_END, "Write a median between the ends, or the two ends alone"),
    rule(
        CASH_RATES,
        AboveInflation(0.2),
        "cash grows faster than most holdings, so the result is far too optimistic",
        "Write a rate near `economy.inflation`",
    ),
    rule(
        CASH_RATES,
        AtMost(-0.1),
        "cash loses value faster than most holdings, so the result is too pessimistic",
        "Write a rate near `economy.inflation`",
    ),
    rule(
        &[
            "owner.tax_rate",
            "owner.tax_rate.*.rate",
            "owner.gains_tax_rate",
            "owner.residence.*.tax_rate",
            "owner.residence.*.tax_rate.*.rate",
            "owner.residence.*.gains_tax_rate",
            "owner.residence.*.exit_tax",
        ],
        AtLeast(0.95),
        "the tax takes the whole taxed amount",
        "Write a rate such as \"20 %\"",
    ),
    rule(
        &["event.*.points"],
        AtLeast(0.5),
        "one tax change takes half of every income",
        "Write points such as \"5 %\"",
    ),
    rule(
        &[
            "owner.spending",
            "owner.compliance_cost",
            "owner.compliance_service",
            "owner.custody.cost",
            "owner.residence.*.compliance_cost",
            "owner.residence.*.spending",
        ],
        TimesWealth(1.0),
        "one month costs more than the initial wealth or a year's income, so the money runs out",
        "Write an amount in the file's `currency`, with its unit \"/month\" or \"/year\"",
    ),
    rule(
        &["owner.hour_value"],
        TimesWealth(1.0),
        "one hour costs more than the initial wealth or a year's income",
        "Write the cost of one hour, such as 45",
    ),
    rule(
        &[
            "owner.spending.*.amount",
            "owner.flows.*.amount",
            "owner.residence.*.cost",
            "asset.*.launch.cost",
            "event.*.amount",
        ],
        TimesWealth(100.0),
        "the amount exceeds a hundred times the initial wealth or a year's income",
        "Write an amount in the file's `currency`",
    ),
    rule(
        &["owner.flows.*.amount"],
        Exactly(0.0),
        "the flow changes nothing",
        "Write an amount, or leave the flow out",
    ),
    rule(
        &["owner.residence.*.spending"],
        Exactly(0.0),
        "living there costs nothing, so the result is too optimistic",
        "Write the monthly cost there, or leave the key out to use `owner.spending`",
    ),
    rule(&["asset.*.launch.cost"], Exactly(0.0), FREE_LAUNCH, LAUNCH_COST),
    rule(
        &["owner.cover.*.limit"],
        Exactly(0.0),
        "the insurer never pays anything",
        "Write the maximum payout of a year, or leave the cover out",
    ),
    rule(
        &["owner.cover.*.premium"],
        Exactly(0.0),
        "the insurance is free, so the result is too optimistic",
        "Write a rate such as \"4 %/year\"",
    ),
    rule(
        &["owner.cover.*.cover"],
        Exactly(0.0),
        "the insurer pays no part of a loss, and all premiums are lost",
        "Write a share such as 0.9, or leave the cover out",
    ),
    rule(
        &["owner.cover.*.insurer_default"],
        AtLeast(1.0),
        "the insurer never pays, and all premiums are lost",
        "Write a chance such as 0.05, or leave the cover out",
    ),
    rule(
        &["fx.*.pair"],
        UnusedPair,
        "no asset has this currency, so the exchange rate has no effect",
        "Write `currency` for an asset, or leave the [[fx]] out",
    ),
    rule(
        &["asset.*.units"],
        AtLeast(1e6),
        "so many units average out, so the spread of the result is too small",
        "Write the number, such as 400",
    ),
    rule(
        &["asset.*.products", "asset.*.saturation"],
        AtLeast(1e5),
        "so many products average out, so the spread of the result is too small",
        "Write the number, such as 3",
    ),
    rule(
        &["asset.*.works"],
        AtLeast(1e7),
        "so many works average out, so the spread of the result is too small",
        "Write the number, such as 400",
    ),
    rule(
        &["asset.*.subscribers"],
        AtLeast(1e8),
        "so many subscribers average out, so the spread of the result is too small",
        "Write the number, such as 400",
    ),
    rule(
        &["asset.*.visits", "asset.*.downloads", "asset.*.streams", "asset.*.licences"],
        AtLeast(1e9),
        "no site or catalog has so many in a month, so the result is far too optimistic",
        "Write the number of the first month",
    ),
    rule(
        &["asset.*.churn"],
        AtLeast(1.0),
        "every subscriber leaves in the first month",
        "Write a chance such as \"5 %/month\"",
    ),
    rule(
        &["asset.*.platform_fee", "asset.*.exit_haircut"],
        AtLeast(0.95),
        "almost nothing is left of a sale",
        "Write a share such as \"13 %\"",
    ),
    rule(
        &["asset.*.manager_fee", "asset.*.maintenance", "asset.*.insurance"],
        AtLeast(0.5),
        "the yearly costs take half of the value",
        "Write a rate such as \"1 %/year\"",
    ),
    rule(
        &["asset.*.borrow_rate"],
        AtLeast(1.0),
        "the yearly interest exceeds the debt",
        "Write a rate such as \"5 %/year\"",
    ),
    rule(
        &["asset.*.volatility", "market.*.volatility", "fx.*.volatility"],
        AtLeast(3.0),
        "the median loses nearly everything within a year",
        "Write a volatility per year, such as \"65 %\"",
    ),
    rule(
        &["event.*.severity"],
        AtMost(0.0),
        "the event causes no loss",
        "Write a share such as \"40 %\", or `rate = 0` for an event that never occurs",
    ),
    rule(&["event.*.rate", "event.*.severity"], Spans(WIDE), TOO_WIDE, NARROWER),
    rule(
        &["event.*.rate"],
        AtLeast(60.0),
        "the event occurs in nearly every month, and at most once a month",
        "Write the yearly frequency, such as \"0.05/year\"",
    ),
    rule(
        &["shock.*.loss"],
        Exactly(0.0),
        "no price falls",
        "Write a part of the price, such as \"30 %\", or leave the [[shock]] out",
    ),
    rule(
        &["crisis.begins"],
        AtLeast(1.0),
        "a crisis follows every normal month",
        "Write a chance such as \"3 %/month\"",
    ),
];

/// Rules for every key of an asset that is a range.
pub const OF_RANGES: &[Rule] = &[
    rule(&[], Spans(WIDE), TOO_WIDE, NARROWER),
    rule(&[], MedianAtEnd, HALF_AT_END, "Write a median between the ends, or the two ends alone"),
];

pub const FREE_LAUNCH: &str = "the launch costs nothing, so the result is too optimistic";
pub const LAUNCH_COST: &str = "Write the cost of the launch, such as 400";
/// Ratio of ends from which a range has no information. The widest range of the catalog has a ratio of 523.
const WIDE: f64 = 1e4;
const TOO_WIDE: &str = "its ends are so far apart that a few paths dominate every mean";
const NARROWER: &str = "Write a narrower range, such as \"30-300\"";
const HALF_AT_END: &str = "half of all paths have exactly that end, so the range has one side only";

/// Keys of every form of inflation that contains a rate.
const INFLATION: &[&str] =
    &["economy.inflation", "economy.inflation.fixed", "economy.inflation.mean", "economy.inflation.starts"];

const CASH_RATES: &[&str] = &["economy.cash_rate", "economy.cash_rate.mean", "economy.cash_rate.starts"];
