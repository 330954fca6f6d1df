//! The engine's own numbers against closed forms, exact laws and quadratures.
//!
//! Every statistical case passes within four of its own standard errors, and must fail by the same
//! rule when the parameter it depends on is off by 5 %: by one where it is a whole number (degrees
//! of freedom), by 0.05 where it is zero (a correlation). Cases without noise hold to 1e-9 or better.

mod advantages;
mod audience;
mod benchmark;
mod brackets;
mod buyer;
mod causes;
mod claims;
mod content;
mod contracts;
mod contributions;
mod copulas;
mod defi;
mod dependence;
mod effects;
mod event_ranges;
mod events;
mod expansion;
mod false_sales;
mod findings;
mod fleet;
mod flywheel;
mod goals;
mod hours;
mod income;
mod inflation;
mod invested_elsewhere;
mod jumps;
mod keys;
mod lag;
mod launch;
mod laws;
mod ledger;
mod levered;
mod limits;
mod liquidity;
mod managed;
mod moments;
mod needs;
mod noiseless;
mod overinsured;
mod owner;
mod parametric;
mod path_measures;
mod points;
mod premium;
mod protection;
mod range_laws;
mod ranges;
mod rates;
mod recipes;
mod regimes;
mod residence;
mod royalties;
mod sizes;
mod spread_means;
mod spreads;
mod subscription;
mod subscription_ranges;
mod sustainable;
mod targeted;
mod tax;
mod tax_change;
mod texts;
mod together;
mod tokenized;
mod triggers;
mod verified;
mod visa;
mod workload;
mod years;

/// Keeps all income in an account without interest, while prices stand still.
const KEEPER: &str = "[owner]\ncash = 0\nsurplus = \"keep\"\n[economy]\ncash_rate = 0\ninflation.fixed = 0\n";

/// The keeper who has 1,000 at the start.
const SAVER: &str =
    "[owner]\ncash = 1_000\nsurplus = \"keep\"\n[economy]\ncash_rate = 0\ninflation.fixed = 0\n";

/// The keeper while prices move as they do by default.
const INFLATED: &str = "[owner]\ncash = 0\nsurplus = \"keep\"\n[economy]\ncash_rate = 0\n";

/// A figure of a report held against another program's, whose standard error is `error`.
fn beside(run: &crate::common::Ran, id: &str, error: f64) -> crate::estimate::Found {
    let (value, own) = run.with_error(id);
    let std_error = own.hypot(error);
    crate::estimate::Found { value, std_error }
}

/// A figure of a report with its standard error.
fn measured(run: &crate::common::Ran, id: &str) -> crate::estimate::Found {
    beside(run, id, 0.0)
}

/// Holds figures of a report against another program's, each with its standard error.
#[track_caller]
fn agrees(run: &crate::common::Ran, found: &[(&str, f64, f64)]) {
    for (id, exact, error) in found {
        let own = beside(run, id, *error);
        assert!(own.agrees_with(*exact), "{id}: {own:?}, expected {exact}");
    }
}

/// What stands at the end of `month` on what the owner has under the name `object`.
fn balance(path: &tailwheel::engine::Replay, month: u32, object: &str) -> f64 {
    let index = path.accounts.iter().position(|label| label.object == object && label.cause.is_none());
    path.months[month as usize].worlds[0].balances[index.expect("there is such an account")]
}

/// What the first asset of `text` is worth after `months` by its own account of the mean, and what it has paid, of an opening
/// value of 1.
fn in_the_mean(text: &str, months: u32) -> (f64, f64) {
    let months = crate::common::scenario(text).assets[0].kind.expected(months);
    months.iter().fold((1.0, 0.0), |(value, paid), month| (value * month.growth, paid + value * month.income))
}

/// Path `number` of `text` alone.
fn replayed(text: &str, number: u64) -> tailwheel::engine::Replay {
    use tailwheel::{engine::replay, plan::Plan, stage::Level};
    let plan = Plan::compile(&crate::common::scenario(text));
    replay(&plan, Level::detect(), number).expect("it is finite")
}

/// Path 3 of `text`, replayed, ends with the wealth that the run has for it, and all its accounts sum to nothing in every month.
fn is_replayed_and_conserved(text: &str) {
    let path = replayed(text, 3);
    let of = |month: usize, is_meant: fn(bool) -> bool| -> f64 {
        let labels = path.accounts.iter().map(|label| is_meant(label.cause.is_none() && label.is_owned()));
        let balances = path.months[month].worlds[0].balances.iter().zip(labels);
        balances.filter(|(_, is)| *is).map(|(balance, _)| balance).sum()
    };
    let last = path.months.len() - 1;
    let wealth = crate::common::Ran::of(text).column(tailwheel::record::WEALTH)[3];
    crate::common::close("wealth", of(last, |is_owned| is_owned), wealth, 1e-9);
    for month in 0..=last {
        crate::common::close("all accounts", of(month, |_| true), 0.0, 1e-6);
    }
}
