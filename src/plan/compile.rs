//! Scenario to plan: every object builds its stages, in canonical order.
//!
//! In: a valid scenario. Out: [`Plan`]. Not here: what a kind builds.

use super::around::{audience_of, beside, exchange_of, exchanges, owed};
use super::crash::{CrashRows, Minded};
use super::events::EventPlan;
use super::expansion::Expansions;
use super::markets::Markets;
use super::n_worlds;
use super::own;
use super::owner::{self, Held, Insured, OwnerPlan};
use super::protection::Protection;
use super::record::series_of;
use super::{BorderRows, Legend, MarketRows, Plan, RecordPlan, SalesRows};
use crate::asset::{Burden, Income, MOST_STATES, Proceeds, Slot, exchange, pay, revalue};
use crate::book::{Account, Cause};
use crate::crash::{CRASH_FALL, Sales, Surprise};
use crate::event::Tally;
use crate::policy::{self, Purse};
use crate::random::ObjectKind;
use crate::record::{self, Border, Kept, Targets};
use crate::scenario::{EventEntry, Scenario};
use crate::stage::{Build, Row};
use std::sync::Arc;

impl Plan {
    /// Compiles `scenario`.
    ///
    /// # Panics
    ///
    /// If the correlation matrix is not positive semidefinite, which reading the scenario has
    /// made sure of.
    pub fn compile(scenario: &Scenario) -> Self {
        Self::compile_with(scenario, None)
    }

    /// Compiles `scenario` to be compared with `base`, path by path: its law is that of
    /// [`Plan::compile`], and markets that both have get the same shocks as in `Plan::compile(base)`,
    /// to the last bit where both correlate them alike. With the same markets it is
    /// `Plan::compile(scenario)`. The seed is that of `scenario`: give both the same.
    ///
    /// # Panics
    ///
    /// As [`Plan::compile`].
    pub fn compile_beside(scenario: &Scenario, base: &Scenario) -> Self {
        Self::compile_with(scenario, Some(base))
    }

    fn compile_with(scenario: &Scenario, base: Option<&Scenario>) -> Self {
        let mut build = Build::new(scenario.seeds);
        let opening = build.world(Cause::Opening);
        let net_income = build.row();
        let rate = scenario.economy.cash_rate.process();
        let rate = rate.map(|process| process.build(&mut build));
        let owner = OwnerPlan::open(scenario, net_income, rate, &mut build);
        let Markets {
            joint,
            slots,
            surprises,
            benchmark,
        } = Markets::build_beside(scenario, base, &mut build);
        let crash = CrashRows::build(scenario, &joint, &surprises, &mut build);
        let events = EventPlan::open(scenario, &mut build);
        let protection = Protection::open(scenario, &mut build);
        let exchanges = exchanges(scenario, &mut build);
        build.object(ObjectKind::World, "claims");
        let common = build.parameter("roi");
        let purse = owner.as_ref().and_then(|plan| plan.purse);
        let shown: Vec<Vec<Row>> = scenario
            .assets
            .iter()
            .map(|entry| entry.states().map(|_| build.row()).collect())
            .collect();
        let mut expansions = Expansions::open(scenario, owner.as_ref(), &mut build);
        let (mut receivables, mut hours, mut lenders) = (Vec::new(), Vec::new(), Vec::new());
        let spending = scenario.spending();
        let lives_on_it = !spending.is_empty() || scenario.goal.income.is_some();
        // of one holding alone it is that of all, and told only where growing an income is what it is about
        let is_told_apart = (lives_on_it && scenario.assets.len() > 1)
            || scenario.assets.iter().any(|entry| entry.kind.is_business());
        let mut paid: Vec<(u16, Row)> = Vec::new();
        let mut held: Vec<(usize, Held<'_>)> = Vec::with_capacity(scenario.assets.len());
        // who lives on the visitors of others comes after them
        let mut order: Vec<usize> = (0..scenario.assets.len()).collect();
        order.sort_by_key(|&index| !scenario.assets[index].audience.is_empty());
        for index in order {
            let (entry, &market) = (&scenario.assets[index], &slots[index]);
            build.object(ObjectKind::Asset, &entry.name);
            let value = build.account(entry.opening());
            let average_cost = owner
                .as_ref()
                .and_then(|owner| owner.average_cost(entry.opening(), &mut build));
            let insured = protection.insures(&entry.name).then(|| Insured {
                start: build.row(),
                income: build.row(),
            });
            let start = match insured {
                Some(rows) => rows.start,
                None => build.row(),
            };
            let mut own = [start; MOST_STATES];
            let (of_kind, standing) = shown[index].split_at(entry.kind.states().len());
            own[..of_kind.len()].copy_from_slice(of_kind);
            let pot = expansions.pot_of(index);
            let slot = Slot {
                value,
                opening: entry.value.get(),
                start,
                states: own,
                audience: audience_of(scenario, entry, &shown, &mut build),
                since: pot.map(|pot| pot.since),
                has_buyers: scenario.has_buyers(&entry.name),
                n_months: scenario.months,
                volatility: entry.volatility.get(),
                cash_rate: scenario.economy.cash_rate.mean().get(),
                ruined: purse.map(|purse| purse.ruined),
                common,
                claim_correlation: scenario.correlation.roi,
                rate,
                exchange: exchange_of(entry, &exchanges),
            };
            let make = |build: &mut Build| entry.kind.build(&slot, build);
            let launch = entry.launch.as_ref();
            let (earning, due) = match launch.map(|launch| launch.of(entry.value)) {
                None => (make(&mut build), None),
                Some(launching) => {
                    let shown = (of_kind, standing.first().copied());
                    launching.build(&slot, shown, pot, &mut build, make)
                }
            };
            if scenario.counts_hours() {
                let (care, per_unit) = (entry.kind.care(), entry.hours.get());
                let row = care.build(per_unit, earning.tended, &slot, &mut build);
                hours.push((index, row));
            }
            let to = match &owner {
                Some(plan) => plan.owner.cash,
                None if entry.kind.is_business() => beside(entry, &mut build),
                None => value,
            };
            if to != value && owner.is_none() {
                receivables.push(to);
            }
            if let Some(due) = due {
                let whose = (owner.as_ref(), net_income);
                owner::bear(due, [to, value], whose, &mut build);
            }
            let is_needed =
                insured.is_some() || earning.income.is_some() || scenario.counts_hours();
            let kept = is_needed.then_some(start);
            let growth = earning.growth;
            let lever = earning.lever;
            let lender = lever.and_then(|lever| lever.liquidation);
            lenders.extend(lender.map(|lender| (entry.name.clone(), lender.standing)));
            let debt = lever.map(|lever| lever.revalue(value, &market, growth, start, &mut build));
            if debt.is_none() {
                revalue(value, &market, growth, kept, &mut build);
            }
            if let Some(rows) = slot.exchange {
                exchange(value, debt, rows, &mut build);
            }
            if let Some(crash) = &crash {
                let minded = Minded {
                    proceeds: to,
                    average_cost,
                    debt,
                };
                crash.hold(&entry.market, value, minded, &mut build);
            }
            let one = Held {
                entry,
                value,
                average_cost,
                has_income: earning.income.is_some(),
                units: earning.units,
                debt,
                insured,
            };
            held.push((index, one));
            if let Some(income) = earning.income {
                let strain = crash
                    .as_ref()
                    .and_then(|crash| crash.strain(&entry.market, &mut build));
                let cuts = events
                    .iter()
                    .filter_map(|event| event.cut_of(index, &earning));
                let burden = Burden {
                    strain,
                    cuts: cuts.chain(protection.cut_of(index)).collect(),
                    seen: insured.map(|rows| rows.income),
                };
                let proceeds = Proceeds {
                    to,
                    net_income,
                    own: is_told_apart.then(|| build.row()),
                    owed: owed(entry, scenario.months, &mut build),
                };
                let number = u16::try_from(index).expect("a scenario has few assets");
                paid.extend(proceeds.own.map(|row| (number, row)));
                receivables.extend(proceeds.owed.iter().map(|owed| owed.receivable));
                expansions.earns(index, &proceeds);
                pay(&income, start, burden, proceeds, &mut build);
                if let Income::Money { row, .. } = income
                    && scenario.may_lose(index)
                {
                    let whose = (owner.as_ref(), net_income);
                    owner::bear(row, [to, value], whose, &mut build);
                }
            }
        }
        expansions.put_aside(scenario, &mut build);
        hours.sort_by_key(|(index, _)| *index);
        let hours: Vec<Row> = hours.into_iter().map(|(_, row)| row).collect();
        let ruined = purse.map(|purse| purse.ruined);
        let own_hours = owner::compliance_hours(scenario, ruined, &mut build);
        let all_hours = scenario.counts_hours().then(|| {
            build.object(ObjectKind::Policy, "hours");
            let all: Vec<Row> = hours.iter().copied().chain(own_hours).collect();
            policy::sum_of(&all, &mut build)
        });
        held.sort_by_key(|(index, _)| *index);
        paid.sort_by_key(|(number, _)| *number);
        let held: Vec<Held<'_>> = held.into_iter().map(|(_, one)| one).collect();
        let states = shown.concat();
        let benchmark = benchmark.map(|one| one.hold(common, scenario.correlation.roi, &mut build));
        let values: Vec<Account> = held.iter().map(|held| held.value).collect();
        let has_income = held.iter().any(|held| held.has_income);
        let sales = crash
            .as_ref()
            .map(|crash| crash.sum_up(&values, &mut build));
        if let Some(owner) = &owner {
            let crisis = joint.regime().map(|rows| rows.state);
            receivables.extend(protection.build(&held, owner, crisis, &mut build));
            let sales = sales.as_ref();
            owner.build_policies(
                scenario,
                (&held, all_hours),
                sales,
                (&receivables, expansions.saleable()),
                &mut build,
            );
        }
        let taken = own::rows_of_events(scenario, &mut build);
        let tallies: Vec<Tally> = events.iter().map(EventPlan::tally).collect();
        for event in events {
            event.build(
                &held,
                owner.as_ref(),
                &protection,
                sales.as_ref(),
                &taken,
                &mut build,
            );
        }
        let others = owner.iter().flat_map(OwnerPlan::accounts);
        let others = others.chain(receivables);
        let others: Vec<Account> = others.chain(expansions.accounts()).collect();
        let markets = market_rows(scenario, &surprises, crash.as_ref());
        let built = build.finish();
        let n_worlds = n_worlds(&built.month_stages);
        let net_worth: Vec<Account> = others.iter().chain(&values).copied().collect();
        let own = built.accounts.iter().filter(|label| label.is_owned());
        let money_in = own.map(|account| account.opening).sum();
        let n_months = scenario.months;
        let price_levels: Arc<[f64]> = scenario.price_levels().into();
        // where nothing is owed and nothing strikes, what markets did is told by what is left
        let is_taken_from =
            scenario.has_obligations() || scenario.events.iter().any(EventEntry::can_strike);
        let causes = match is_taken_from {
            true => record::entries(&built.accounts, &price_levels),
            false => Vec::new(),
        };
        let own = own::of(scenario, &built.accounts, &net_worth, &taken);
        let legend = Legend {
            lenders,
            crisis: joint.regime().map(|rows| rows.state),
            crash: crash.as_ref().map(|crash| crash.legend(scenario)),
            surprises: slots,
        };
        Self {
            digest: digest_of(scenario, base),
            n_paths: scenario.paths,
            n_months,
            accounts: built.accounts,
            opening,
            n_rows: built.n_rows,
            draws: built.draws,
            joint,
            open_stages: built.open_stages,
            month_stages: built.month_stages,
            record: RecordPlan {
                net_worth,
                income: net_income,
                border: purse.as_ref().map(border_of),
                sales: sales.map(rows_of),
                markets,
                money_in,
                tracks: record::tracks_of(&Kept {
                    n_months,
                    money_in,
                    income: net_income,
                    assets: &values,
                    own: &own,
                    benchmark,
                    events: &tallies,
                    states: &states,
                    hours: &hours,
                    own_hours,
                    causes: &causes,
                    price_levels: price_levels.clone(),
                    cover: protection.tally().as_ref(),
                    sales,
                    targets: Targets {
                        wealth: scenario.goal.wealth,
                        income: scenario.goal.income,
                    },
                    border: purse.map(|purse| Border {
                        paid_out: purse.paid_out,
                        ruined: purse.ruined,
                        price_levels,
                        has_obligations: scenario.has_obligations(),
                        spending: spending.into(),
                        hold: scenario.goal.hold,
                        autonomy_by: scenario.goal.by,
                    }),
                }),
                series: series_of(
                    &values,
                    &paid,
                    (scenario.state_number(), &states),
                    (has_income && lives_on_it, all_hours),
                    n_worlds,
                    n_months,
                ),
            },
            objects: scenario.object_names(),
            legend,
        }
    }
}

/// Digest of what decides the paths of `scenario` beside `base`.
fn digest_of(scenario: &Scenario, base: Option<&Scenario>) -> [u8; 32] {
    let own = scenario.model_digest();
    match base.map(Scenario::model_digest) {
        None => own.into(),
        Some(base) => blake3::hash(&[*own.as_bytes(), *base.as_bytes()].concat()).into(),
    }
}

/// What is read of sales month by month.
fn rows_of(sales: Sales) -> SalesRows {
    SalesRows {
        below_close: sales.below_close,
        taken: sales.taken,
        sold: sales.sold,
        fall: (sales.fall, CRASH_FALL),
    }
}

/// What is read of money that crosses the border.
fn border_of(purse: &Purse) -> BorderRows {
    BorderRows {
        paid_out: purse.paid_out,
        ruined: purse.ruined,
    }
}

/// Rows of every market.
fn market_rows(
    scenario: &Scenario,
    surprises: &[Surprise],
    crash: Option<&CrashRows>,
) -> Vec<MarketRows> {
    let markets = scenario.markets.iter().zip(surprises).enumerate();
    markets
        .map(|(index, (market, surprise))| MarketRows {
            name: market.name.clone(),
            shock: surprise.shock,
            jump: surprise.jump,
            in_loop: crash.map(|crash| crash.slot(index)),
        })
        .collect()
}
