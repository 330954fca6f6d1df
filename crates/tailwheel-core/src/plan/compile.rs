//! Compilation of a scenario into a plan: every object builds its stages, in canonical order.
//!
//! In: a valid scenario. Out: [`Plan`]. Not here: what a kind builds.

use super::before_assets::BeforeAssets;
use super::crash::CrashRows;
use super::events::EventPlan;
use super::holdings::Holdings;
use super::owner::{self, OwnerPlan};
use super::record::series_of;
use super::{
    BorderRows, Legend, MarketRows, Plan, RecordPlan, SalesRows, asset_accounts, benchmark, n_worlds,
    sustainable,
};
use crate::book::{Account, Cause};
use crate::crash::{CRASH_FALL, Sales, Surprise};
use crate::event::Tally;
use crate::policy::{self, Purse};
use crate::random::ObjectKind;
use crate::record::{self, BenchmarkAccounts, Border, GoalTarget, Sustained, Targets, TrackInputs};
use crate::scenario::{EventEntry, Scenario};
use crate::stage::{Build, Built, Row};
use crate::units::YearMonth;

impl Plan {
    /// Compiles `scenario` into a plan.
    ///
    /// # Panics
    ///
    /// If the correlation matrix is not positive semidefinite. Reading the scenario has checked this.
    pub fn compile(scenario: &Scenario) -> Self {
        Self::compile_with(scenario, None, true)
    }

    /// Compiles `scenario` for a path-by-path comparison with `base`. The results have the same distribution
    /// as with [`Plan::compile`]. Markets that both scenarios have get the same shocks as in
    /// `Plan::compile(base)`, bit for bit if both correlate them alike. With the same markets the result is
    /// `Plan::compile(scenario)`. The seed is that of `scenario`; give both the same one.
    ///
    /// # Panics
    ///
    /// As [`Plan::compile`].
    pub fn compile_paired(scenario: &Scenario, base: &Scenario) -> Self {
        Self::compile_with(scenario, Some(base), true)
    }

    /// Compiles like [`Plan::compile_paired`], but records only `quantities` (names) of the run with agents: no
    /// series over time, no sample of market returns, no paired run, and only the benchmarks they need. Recorded
    /// values are bit-identical.
    ///
    /// # Panics
    ///
    /// As [`Plan::compile`].
    pub fn compile_keeping(scenario: &Scenario, base: &Scenario, quantities: &[&str]) -> Self {
        let is_compared = quantities.iter().any(|id| record::is_of_benchmark(id));
        Self::compile_with(scenario, Some(base), is_compared).keeping(quantities)
    }

    fn compile_with(scenario: &Scenario, base: Option<&Scenario>, is_compared: bool) -> Self {
        let mut build = Build::new(scenario.seeds).pinned(scenario.pin.clone());
        let opening = build.world(Cause::Opening);
        let wanted = benchmark::wanted(scenario, is_compared);
        let mut before = BeforeAssets::build(scenario, base, &wanted, &mut build);
        let holdings = Holdings::build(&before, &mut build);
        let done = Done::build(&mut before, holdings, is_compared, &mut build);
        let built = build.finish();
        let record = record_of(&before, &done, &built);
        let names = scenario.events.iter().map(|event| event.name.clone());
        let (joint, crash) = (before.joint, before.crash);
        Self {
            digest: digest_of(scenario, base),
            n_paths: scenario.paths,
            n_months: scenario.months,
            accounts: built.accounts,
            opening,
            n_rows: built.n_rows,
            draws: built.draws,
            open_stages: built.open_stages,
            month_stages: built.month_stages,
            record,
            objects: scenario.object_names(),
            legend: Legend {
                lenders: done.holdings.lenders,
                lost_at_low: done.holdings.lost_at_low,
                crisis: joint.regime().map(|rows| rows.state),
                cover: before.protection.tally(),
                crash: crash.map(|crash| crash.probe),
                surprises: before.slots,
                events: names.zip(done.tallies).collect(),
            },
            joint,
        }
    }
}

/// Parts of a plan that are built after the assets.
struct Done<'a> {
    holdings: Holdings<'a>,
    /// Monthly compliance hours of the owner, per path; `None` if there are none or hours are not counted.
    own_hours: Option<Row>,
    /// Total monthly hours of owner and assets, per path; `None` if hours are not counted.
    all_hours: Option<Row>,
    compared: BenchmarkAccounts,
    sales: Option<Sales>,
    tallies: Vec<Tally>,
    /// Total loss of each asset from events so far, in money of day one; empty where other accounts show it.
    taken: Vec<Row>,
    /// Account that holds the value of each asset.
    values: Vec<Account>,
    /// Cost of a hypothetical sale at the horizon, and rate of sustainable spending; `None` without an owner.
    sustained: Option<Sustained>,
}

impl<'a> Done<'a> {
    /// Builds agents, the owner's policies and then the events, which are removed from `before`.
    fn build(
        before: &mut BeforeAssets<'a>,
        mut holdings: Holdings<'a>,
        is_compared: bool,
        build: &mut Build,
    ) -> Self {
        let scenario = before.scenario;
        let own_hours = owner::compliance_hours(scenario, before.owner.as_ref(), build);
        let all_hours = scenario.counts_hours().then(|| {
            build.object(ObjectKind::Policy, "hours");
            let all: Vec<Row> = holdings.hours.iter().copied().chain(own_hours).collect();
            policy::sum_of(&all, build)
        });
        let values: Vec<Account> = holdings.held.iter().map(|held| held.value).collect();
        let crash = before.crash.as_ref();
        let sold_or_held: Vec<Account> = values.iter().chain(&holdings.waiting).copied().collect();
        let sales = crash.map(|crash| crash.sum_up(&sold_or_held, build));
        let (held, protection) = (&holdings.held, &before.protection);
        if let Some(owner) = &before.owner {
            let crisis = before.joint.regime().map(|rows| rows.state);
            let receivables = protection.build(held, owner, crisis, build);
            holdings.receivables.extend(receivables);
            owner.tax_late(&holdings.late, scenario.months, build);
            let pots = holdings.expansions.saleable();
            let receivables = &holdings.receivables;
            owner.build_policies(scenario, held, all_hours, sales.as_ref(), receivables, pots, build);
        }
        let owner = before.owner.as_ref();
        let sustained = owner.and_then(|owner| sustainable::build(scenario, owner, held, build));
        let taken = asset_accounts::rows_of_events(scenario, build);
        let tallies = before.events.iter().map(EventPlan::tally).collect();
        let owner = before.owner.as_ref();
        for event in std::mem::take(&mut before.events) {
            event.build(held, owner, protection, sales.as_ref(), &taken, build);
        }
        Self {
            holdings,
            own_hours,
            all_hours,
            compared: benchmark::build(before, is_compared, build),
            sales,
            tallies,
            taken,
            values,
            sustained,
        }
    }
}

/// Builds the list of recorded quantities: those with one number per path, and those recorded over time.
fn record_of(before: &BeforeAssets<'_>, done: &Done<'_>, built: &Built) -> RecordPlan {
    let (scenario, holdings, values) = (before.scenario, &done.holdings, &done.values);
    let (owner, prices) = (before.owner.as_ref(), before.prices);
    let purse = owner.and_then(|plan| plan.purse);
    let net_worth: Vec<Account> = owner
        .into_iter()
        .flat_map(OwnerPlan::accounts)
        .chain(holdings.receivables.iter().copied())
        .chain(holdings.expansions.accounts())
        .chain(values.iter().copied())
        .collect();
    let money_in =
        built.accounts.iter().filter(|label| label.is_owned()).map(|account| account.opening).sum();
    // Without obligations, events and businesses, the effect of markets follows from the remaining values.
    let is_taken_from = scenario.has_obligations()
        || scenario.events.iter().any(EventEntry::can_strike)
        || scenario.has_business();
    let causes = if is_taken_from { record::entries(&built.accounts, &prices) } else { Vec::new() };
    let own = asset_accounts::of(scenario, &built.accounts, &net_worth, &done.taken);
    let states = before.shown.concat();
    let has_income = holdings.held.iter().any(|held| held.has_income);
    let tracks = record::tracks_of(&TrackInputs {
        n_months: scenario.months,
        money_in,
        income: before.net_income,
        assets: values,
        own: &own,
        compared: done.compared,
        events: &done.tallies,
        states: &states,
        hours: &holdings.hours,
        own_hours: done.own_hours,
        causes: &causes,
        prices,
        sustained: done.sustained,
        cover: before.protection.tally().as_ref(),
        sales: done.sales,
        targets: targets(scenario),
        moved: owner.map_or(&[], |plan| &plan.lived.moved),
        border: owner.and_then(|plan| border_kept(plan, scenario)),
    });
    RecordPlan {
        net_worth,
        prices,
        income: before.net_income,
        border: purse.as_ref().map(border_of),
        sales: done.sales.map(rows_of),
        markets: market_rows(scenario, &before.surprises, before.crash.as_ref()),
        money_in,
        tracks,
        series: series_of(
            values,
            done.compared,
            &holdings.paid,
            scenario.state_number(),
            &states,
            has_income && before.lives_on_it(),
            done.all_hours,
            n_worlds(&built.month_stages),
            scenario.months,
        ),
    }
}

/// Money that leaves or enters the portfolio, the owner's spending and goal of autonomy; `None` if no money does.
fn border_kept(plan: &OwnerPlan, scenario: &Scenario) -> Option<Border> {
    let purse = plan.purse?;
    Some(Border {
        paid_out: purse.paid_out,
        ruined: purse.ruined,
        has_obligations: scenario.has_obligations(),
        spending: plan.lived.spending(scenario),
        later: plan.lived.later(scenario),
        hold: scenario.settings.goal.hold(),
        autonomy_by: scenario.settings.goal.autonomy_by().and_then(|date| scenario.month(date)),
    })
}

/// Digest of everything that decides the paths of `scenario`, compiled for a comparison with `base` if given.
fn digest_of(scenario: &Scenario, base: Option<&Scenario>) -> [u8; 32] {
    let own = scenario.model_digest();
    match base.map(Scenario::model_digest) {
        None => own.into(),
        Some(base) => blake3::hash(&[*own.as_bytes(), *base.as_bytes()].concat()).into(),
    }
}

/// Picks the rows of monthly forced sales that are recorded.
fn rows_of(sales: Sales) -> SalesRows {
    SalesRows {
        below_close: sales.below_close,
        taken: sales.taken,
        to_low: sales.to_low,
        sold: sales.sold,
        fall: (sales.fall, CRASH_FALL),
    }
}

/// Picks the rows of money paid out or in that are recorded.
fn border_of(purse: &Purse) -> BorderRows {
    BorderRows { paid_out: purse.paid_out, ruined: purse.ruined }
}

/// Monthly shock, jumps and agent selling of every market, as they are recorded, in the order of the markets.
fn market_rows(scenario: &Scenario, surprises: &[Surprise], crash: Option<&CrashRows>) -> Vec<MarketRows> {
    scenario
        .markets
        .iter()
        .zip(surprises)
        .enumerate()
        .map(|(index, (market, surprise))| MarketRows {
            name: market.name.as_str().to_owned(),
            shock: surprise.shock,
            jump: surprise.jump,
            feedback: crash.map(|crash| crash.probe.slot(index)),
        })
        .collect()
}

/// Returns the goals for wealth and income, with their dates as months of the run.
fn targets(scenario: &Scenario) -> Targets {
    let goal = &scenario.settings.goal;
    let target = |amount: f64, by: Option<YearMonth>| Some(GoalTarget { amount, by: scenario.month(by?)? });
    Targets {
        wealth: goal.wealth.as_ref().and_then(|goal| target(goal.amount.get(), goal.by)),
        income: goal.income.as_ref().and_then(|goal| target(goal.amount.get(), goal.by)),
    }
}
