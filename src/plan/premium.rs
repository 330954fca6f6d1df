//! What a cover costs that says no premium: what it is expected to pay, and what the insurer keeps.
//!
//! In: a scenario, one of its covers. Out: a rate of the limit per year. Not here: what the cover pays (`policy`).
//!
//! ```text
//! rate = E[payouts] ÷ E[limit × years in which a premium is due] ÷ PAID_OF_PREMIUMS
//! ```
//!
//! Both are means over one fixed stream of paths, in money of the start, of a world in which nobody buys, sells, spends, pays tax
//! or is ruined, agents among them. What is done against events an insurer sees: verified code, compliance, and who keeps the keys.
//! Events fixed by `at` are left out: an insurer does not know them. Where no other event of the cause is left, they count as
//! events that come by chance, once in the time that is simulated.

use super::{Block, Plan};
use crate::event::{EventRate, Takes, Timing};
use crate::market::STEPS_PER_YEAR;
use crate::math::LANES;
use crate::random::Seeds;
use crate::scenario::{
    AssetEntry, CoverEntry, EventEntry, Goal, Owner, Per, Scenario, Spending, Surplus,
};
use crate::stage::Level;
use crate::units::{Money, MonthlyMoney, PremiumRate};

/// Part of premiums that is paid out in the mean: an assumption; years of single covers range from 0.2 to 2.
const PAID_OF_PREMIUMS: f64 = 0.6;

/// Blocks of the fixed stream, 16,384 paths: the error of a rate is 1.5 to 3 % of it.
const BLOCKS: u64 = 64;

/// Seed of the fixed stream.
const SEED: u64 = 0x7072_656d_6975_6d00;

/// Cash beside the insured asset, so that nothing is ever sold for what other assets cost.
const ENOUGH: f64 = 1e12;

/// The premium of `cover` in `scenario`, per year and of its limit, at most all of it.
pub(super) fn fair(scenario: &Scenario, cover: &CoverEntry) -> f64 {
    let plan = Plan::compile(&alone(scenario, cover));
    let tally = plan.legend.cover.as_ref().expect("there is a cover");
    let level = Level::detect();
    let mut block = Block::new(&plan);
    let (mut payouts, mut insured) = (0.0, 0.0);
    for number in 0..BLOCKS {
        block.open(&plan, level, number);
        for _ in 0..plan.n_months {
            block.advance(&plan, level);
        }
        let rows = &block.worlds[0].rows;
        let (paid, due) = (rows.get(tally.payouts), rows.get(tally.insured));
        for lane in 0..LANES {
            payouts += paid[lane];
            insured += due[lane];
        }
    }
    if insured == 0.0 {
        return 0.0;
    }
    (payouts / insured / PAID_OF_PREMIUMS).min(1.0)
}

/// The same world for an owner who has the cover for nothing and does nothing.
fn alone(scenario: &Scenario, cover: &CoverEntry) -> Scenario {
    let mut alone = scenario.clone();
    alone.seeds = Seeds::one(SEED);
    alone.goal = Goal::default();
    let owner = alone.owner.as_mut().expect("somebody has the cover");
    strip(owner);
    let mut cover = cover.clone();
    cover.keys.premium = Some(PremiumRate::default());
    owner.covers = vec![cover.clone()];
    alone.crash = None;
    for asset in &mut alone.assets {
        asset.market.managed_by = None;
    }
    let counted = counted(scenario, &cover.keys.asset);
    alone.events.retain(|event: &EventEntry| {
        let acts = matches!(event.effect.takes(), Takes::Value | Takes::Income);
        acts && event.assets.iter().any(|index| counted.contains(index))
    });
    // who is launched may be paid by any other asset, and who sells to visitors may keep their site open
    if !alone.assets.iter().any(AssetEntry::lives_on_others) {
        let others = alone.assets.iter_mut().enumerate();
        for (_, asset) in others.filter(|(index, _)| !counted.contains(index)) {
            let plain = asset.kind.at_its_word();
            asset.kind = plain.unwrap_or_else(|| asset.kind.clone());
        }
        keep_beside(&counted, &mut alone);
    }
    leave_out_fixed(&mut alone, &cover);
    alone
}

/// The asset called `insured`, and all whose values decide whether its keys are guarded.
fn counted(scenario: &Scenario, insured: &str) -> Vec<usize> {
    let mut assets = scenario.assets.iter();
    let insured = assets.position(|asset| asset.name == insured);
    let insured = insured.expect("a cover names an asset");
    let owner = scenario.owner.as_ref();
    let custody = owner.and_then(|owner| owner.custody.as_ref());
    let is_together = custody.is_some_and(|custody| custody.per == Per::All);
    let of_keys = scenario.events.iter();
    let of_keys = of_keys.filter(|event| event.guarded().is_some());
    let guarded: Vec<usize> = of_keys.flat_map(|event| event.assets.clone()).collect();
    match is_together && guarded.contains(&insured) {
        true => guarded,
        false => vec![insured],
    }
}

/// Keeps the assets that an event or a market has together with `counted` ones: what the cover pays depends on no other.
fn keep_beside(counted: &[usize], alone: &mut Scenario) {
    let (assets, events, markets) = (&alone.assets, &alone.events, &alone.markets);
    let mut keeps = vec![false; assets.len()];
    let together = events.iter().map(|event| &event.assets);
    let together = together.chain(markets.iter().map(|market| &market.assets));
    let is_counted = |all: &&Vec<usize>| all.iter().any(|index| counted.contains(index));
    for all in together.filter(is_counted) {
        for index in all {
            keeps[*index] = true;
        }
    }
    alone.keep_assets(&keeps);
}

/// Leaves out events fixed by `at`; where that leaves nothing to insure, those of the cause count as coming by chance, once in
/// the time that is simulated.
fn leave_out_fixed(alone: &mut Scenario, cover: &CoverEntry) {
    let pays = |event: &EventEntry| cover.is_of(&event.name, event.kind);
    let comes = |event: &EventEntry| pays(event) && event.can_strike() && !event.is_certain();
    let has_price = alone.events.iter().any(comes);
    let once = STEPS_PER_YEAR / f64::from(alone.months);
    let mut fixed = alone.events.iter_mut();
    for event in fixed.by_ref().filter(|event| event.is_certain()) {
        // one that never comes still says whose keys are guarded
        let rate = match has_price || !pays(event) {
            true => 0.0,
            false => once,
        };
        event.timing = Timing::ByChance(EventRate { low: rate, high: rate });
    }
}

fn strip(owner: &mut Owner) {
    owner.cash = Money::new(ENOUGH).expect("it is an amount");
    owner.spending = Spending::default();
    owner.flows.clear();
    for stay in &mut owner.stays {
        stay.tax_rate = Default::default();
        stay.gains_tax_rate = None;
        stay.exit_tax = Default::default();
        stay.compliance_cost = Default::default();
        stay.cost = Default::default();
        stay.income_at_least = Default::default();
        stay.spending = None;
    }
    // what is done against events stays, for nothing: the service costs next to nothing beside the cash
    if owner.compliance_service.get() > 0.0 {
        owner.compliance_service = MonthlyMoney::new(1.0).expect("it is an amount");
    }
    if let Some(custody) = &mut owner.custody {
        custody.cost = None;
    }
    (owner.hours, owner.hour_value) = (None, None);
    owner.surplus = Surplus::Keep;
    owner.rules = Default::default();
}
