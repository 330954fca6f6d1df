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
mod decay;
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
mod together;
mod tokenized;
mod triggers;
mod visa;
mod workload;
mod years;

/// A figure of a report held against another program's, whose standard error is `error`.
fn beside(run: &crate::common::Ran, id: &str, error: f64) -> crate::estimate::Found {
    let (value, own) = run.with_error(id);
    let std_error = own.hypot(error);
    crate::estimate::Found { value, std_error }
}

/// Path 3 of `text`, replayed, ends with the wealth that the run has for it, and all its accounts sum to nothing in every month.
fn is_replayed_and_conserved(text: &str) {
    use tailwheel::{engine::replay, plan::Plan, record::WEALTH, stage::Level};
    let plan = Plan::compile(&crate::common::scenario(text));
    let path = replay(&plan, Level::detect(), 3).expect("it is finite");
    let of = |month: usize, is_meant: fn(bool) -> bool| -> f64 {
        let labels = path.accounts.iter();
        let labels = labels.map(|label| is_meant(label.cause.is_none() && label.is_owned()));
        let balances = path.months[month].worlds[0].balances.iter().zip(labels);
        balances.filter(|(_, is)| *is).map(|(balance, _)| balance).sum()
    };
    let last = path.months.len() - 1;
    let wealth = crate::common::Ran::of(text).column(WEALTH)[3];
    crate::common::close("wealth", of(last, |is_owned| is_owned), wealth, 1e-9);
    for month in 0..=last {
        crate::common::close("all accounts", of(month, |_| true), 0.0, 1e-6);
    }
}
