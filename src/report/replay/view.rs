//! What a screen shows of a path: which months and columns, which sales.
//!
//! In: the facts of a path, what is asked for, a form. Out: [`View`], numbers and enums. Not here: words (the templates).

use super::anatomy::{FiringPart, Regime};
use super::build::with_market;
use super::document::{lost, price};
use super::facts::{
    AmountPart, ByWorld, EventPart, LenderSalePart, MonthPart, ReplayFacts, WITH_AGENTS,
    WorstMonthPart,
};
use super::sell_off::{FallPart, SellOffPart};
use crate::crash::Why;
use crate::page::Form;
use crate::random::Seeds;
use crate::record::DEEPEST_SALE;
use crate::study::Chosen;
use serde::Serialize;
use std::collections::BTreeMap;

/// Beyond this the book of a path does not balance.
const BALANCED: f64 = 1e-9;

/// Markets of the story, those with the deepest lows.
const MARKETS: usize = 8;

/// Columns of a screen that months and sales take before the first of a cause or a market, those of one of them, and the
/// part of the width for events.
const OF_MONTH: usize = 40;
const OF_SALE: usize = 66;
const COLUMN: usize = 9;
const EVENTS: usize = 4;

/// What is printed of a path beside its story.
#[derive(Clone, Copy, Debug, Default)]
pub struct Detail {
    /// Every month.
    pub months: bool,
    /// Every sale of the month that is explained.
    pub sales: bool,
}

#[derive(Serialize)]
pub(super) struct View<'a> {
    #[serde(flatten)]
    head: Head<'a>,
    is_of_one_month: bool,
    worst_months: &'a [WorstMonthPart],
    sell_off: Option<SellOff<'a>>,
    months: Option<Months<'a>>,
    sales: Option<Sales<'a>>,
}

/// What every screen of a path begins with.
#[derive(Serialize)]
pub(super) struct Head<'a> {
    title: &'a str,
    currency: &'a str,
    start: &'a str,
    end: &'a str,
    paths: u64,
    path: u64,
    n_months: u32,
    #[serde(flatten)]
    seeds: Seeds,
    chosen: Chosen,
    ends: &'a ByWorld<AmountPart>,
    ruined: Option<&'a str>,
    /// The largest forced sale of the path, where another month is explained.
    worst_sale: Option<WorstSale<'a>>,
    managed: &'a BTreeMap<String, String>,
    lender_sales: &'a [LenderSalePart],
    /// How far the books are off, where they do not balance.
    imbalance: Option<f64>,
}

#[derive(Serialize)]
struct WorstSale<'a> {
    date: &'a str,
    taken: f64,
}

#[derive(Serialize)]
struct SellOff<'a> {
    #[serde(flatten)]
    facts: &'a SellOffPart,
    shown: Vec<&'a FallPart>,
    n_more: usize,
}

/// Months with a column for each cause that there is room for, the largest change in a month first.
#[derive(Serialize)]
struct Months<'a> {
    columns: Vec<&'a str>,
    /// Causes without a column.
    others: Vec<&'a str>,
    has_events: bool,
    has_sold: bool,
    rows: Vec<MonthRow<'a>>,
    /// The month from which on nothing is left.
    gone_from: Option<&'a str>,
}

#[derive(Serialize)]
struct MonthRow<'a> {
    date: &'a str,
    is_crisis: bool,
    /// At its end, in money of the start.
    wealth: f64,
    change: Option<f64>,
    /// Of wealth at the start of the month; null where there was none or nothing was added.
    causes: Vec<Option<f64>>,
    /// Share of the agents that sold, if any did.
    sold: Option<f64>,
    events: Vec<&'a EventPart>,
}

#[derive(Serialize)]
struct Sales<'a> {
    agents: Vec<Agents<'a>>,
    markets: Vec<&'a str>,
    rows: Vec<SaleRow<'a>>,
}

/// A cluster of agents, shares of itself; falls instead of log-losses.
#[derive(Serialize)]
struct Agents<'a> {
    name: &'a str,
    capital: f64,
    stop_losses: [f64; 2],
    /// Changes of what they hold.
    before: f64,
    low: f64,
    false_signal: f64,
    stop_loss: f64,
    pushed: f64,
    sold: f64,
    still_out: f64,
}

#[derive(Serialize)]
struct SaleRow<'a> {
    agents: &'a str,
    why: Why,
    stop_loss: Option<f64>,
    seen: f64,
    of_cluster: f64,
    of_all: f64,
    /// Prices after it, 100 at the start of the month.
    prices: Vec<f64>,
}

impl<'a> Head<'a> {
    pub(super) fn of(facts: &'a ReplayFacts) -> Self {
        let month = |number: u32| facts.months.get(number as usize - 1);
        let date = |number: u32| month(number).map(|month| month.date.as_str());
        let told = facts.sell_off.as_ref().map(|told| told.month);
        let worst = facts.worst_month.filter(|worst| Some(*worst) != told);
        let taken = facts.columns.get(&DEEPEST_SALE.name(&[])).copied();
        Self {
            title: &facts.scenario.title,
            currency: &facts.scenario.currency,
            start: &facts.scenario.start,
            end: &facts.scenario.end,
            paths: facts.run.paths,
            path: facts.path,
            n_months: facts.run.months,
            seeds: facts.run.seeds,
            chosen: facts.chosen,
            ends: &facts.ends,
            ruined: facts.ruin_month.and_then(date),
            worst_sale: worst
                .and_then(date)
                .zip(taken.filter(|taken| *taken > 0.0))
                .map(|(date, taken)| WorstSale { date, taken }),
            managed: &facts.managed,
            lender_sales: &facts.lender_sales,
            imbalance: Some(facts.largest_imbalance).filter(|off| *off > BALANCED),
        }
    }
}

impl<'a> View<'a> {
    pub(super) fn of(facts: &'a ReplayFacts, detail: Detail, form: Form) -> Self {
        let asked = facts.month_asked;
        let shown = facts
            .months
            .iter()
            .filter(|month| asked.is_none_or(|asked| month.month == asked));
        Self {
            head: Head::of(facts),
            is_of_one_month: asked.is_some(),
            worst_months: if asked.is_some() {
                &[]
            } else {
                &facts.worst_months
            },
            sell_off: facts.sell_off.as_ref().map(SellOff::of),
            months: (detail.months || asked.is_some())
                .then(|| Months::of(facts, shown.collect(), form)),
            sales: Sales::of(facts, form).filter(|_| detail.sales),
        }
    }
}

impl<'a> SellOff<'a> {
    fn of(facts: &'a SellOffPart) -> Self {
        let mut shown: Vec<&FallPart> = facts.markets.iter().collect();
        shown.sort_by(|a, b| a.low.total_cmp(&b.low));
        let n_more = shown.len().saturating_sub(MARKETS);
        shown.truncate(MARKETS);
        Self {
            facts,
            shown,
            n_more,
        }
    }
}

impl<'a> Months<'a> {
    fn of(facts: &'a ReplayFacts, months: Vec<&'a MonthPart>, form: Form) -> Self {
        let is_there =
            |month: &&&MonthPart| facts.ruin_month.is_none_or(|ruin| month.month <= ruin);
        let there: Vec<&MonthPart> = months.iter().filter(is_there).copied().collect();
        let mut sizes: BTreeMap<&str, f64> = BTreeMap::new();
        for month in &there {
            for (cause, share) in shares(facts, month) {
                let size = sizes.entry(cause).or_insert(0.0);
                *size = size.max(share.abs());
            }
        }
        let mut causes: Vec<(&str, f64)> =
            sizes.into_iter().filter(|(_, size)| *size > 0.0).collect();
        causes.sort_by(|a, b| b.1.total_cmp(&a.1));
        let mut columns: Vec<&str> = causes.into_iter().map(|(cause, _)| cause).collect();
        let has_events = there.iter().any(|month| !month.struck.is_empty());
        let sold = |month: &&MonthPart| month.r#loop.as_ref().is_some_and(|met| met.sold > 0.0);
        let of_events = if has_events { form.width / EVENTS } else { 0 };
        let n_columns = form.width.saturating_sub(OF_MONTH + of_events) / COLUMN;
        let others = columns.split_off(n_columns.min(columns.len()));
        Self {
            rows: there
                .iter()
                .map(|month| row(facts, month, &columns))
                .collect(),
            gone_from: months.get(there.len()).map(|month| month.date.as_str()),
            columns,
            others,
            has_events,
            has_sold: there.iter().any(sold),
        }
    }
}

/// By cause, what was added as a share of wealth at the start of the month.
fn shares<'a>(facts: &ReplayFacts, month: &'a MonthPart) -> BTreeMap<&'a str, f64> {
    let before = facts.wealth_before(month.month);
    let world = month.worlds.get(WITH_AGENTS).filter(|_| before > 0.0);
    let causes = world
        .map(|world| with_market(&world.causes))
        .unwrap_or_default();
    causes
        .into_iter()
        .map(|(cause, amount)| (cause, amount / before))
        .collect()
}

fn row<'a>(facts: &'a ReplayFacts, month: &'a MonthPart, columns: &[&str]) -> MonthRow<'a> {
    let found = shares(facts, month);
    let share = |cause: &&str| found.get(cause).copied().filter(|share| *share != 0.0);
    let sold = month.r#loop.as_ref().map(|met| met.sold);
    let events = month.struck.iter();
    MonthRow {
        date: &month.date,
        is_crisis: month.regime == Some(Regime::Crisis),
        wealth: month
            .worlds
            .get(WITH_AGENTS)
            .map_or(0.0, |world| world.wealth / month.price_level),
        change: month.change,
        causes: columns.iter().map(share).collect(),
        sold: sold.filter(|sold| *sold > 0.0),
        events: events
            .filter_map(|name| facts.scenario.events.get(name))
            .collect(),
    }
}

impl<'a> Sales<'a> {
    fn of(facts: &'a ReplayFacts, form: Form) -> Option<Self> {
        let crash = facts.crash.as_ref()?;
        let n_markets = form.width.saturating_sub(OF_SALE) / COLUMN;
        let mut deepest: Vec<usize> = (0..crash.markets.len()).collect();
        deepest.sort_by(|a, b| crash.markets[*b].fall.total_cmp(&crash.markets[*a].fall));
        deepest.truncate(n_markets);
        let agents = crash.clusters.iter().map(|cluster| {
            let share = |blocks: u32| f64::from(blocks) / f64::from(cluster.blocks.max(1));
            Agents {
                name: &cluster.name,
                capital: cluster.capital_share,
                stop_losses: [cluster.first_trigger, cluster.last_trigger].map(lost),
                before: -lost(cluster.loss_before),
                low: -lost(cluster.loss_after),
                false_signal: share(cluster.obeyed),
                stop_loss: share(cluster.alone),
                pushed: share(cluster.pushed),
                sold: share(cluster.fired),
                still_out: share(cluster.blocks - cluster.active),
            }
        });
        let row = |sale: &'a FiringPart| SaleRow {
            agents: &sale.cluster,
            why: sale.why,
            stop_loss: sale.threshold.map(lost),
            seen: -lost(sale.load),
            of_cluster: sale.cluster_share,
            of_all: sale.share,
            prices: deepest
                .iter()
                .map(|market| price(crash.markets[*market].loss + sale.falls[*market]))
                .collect(),
        };
        Some(Self {
            agents: agents.collect(),
            markets: deepest
                .iter()
                .map(|market| crash.markets[*market].name.as_str())
                .collect(),
            rows: crash.firings.iter().map(row).collect(),
        })
    }
}
