//! Premium of an insurance without a stated one: the expected payouts and the insurer's margin.
//!
//! In: a scenario, one of its insurances. Out: a yearly rate of the limit. Not here: the payouts
//! (`policy`).
//!
//! ```text
//! rate = E[payouts] ÷ E[limit × years in which a premium is due] ÷ PAID_OF_PREMIUMS
//! ```
//!
//! Both are means over a fixed stream of paths, in money of day one. On these paths nobody, agents
//! included, buys, sells, spends, pays tax or is ruined. The insurer takes protection into account:
//! verified code, compliance and custody. Events fixed by `at` are left out, since an insurer does not know
//! them. If the cause has no other event, they count as random events, on average once in the simulated
//! time.

use super::{Block, Plan};
use crate::event::{EventRate, Takes};
use crate::market::STEPS_PER_YEAR;
use crate::math::LANES;
use crate::random::Seeds;
use crate::scenario::{AssetEntry, Cover, EventEntry, Owner, Per, SETTINGS, Scenario, Spending, Surplus};
use crate::stage::Level;
use crate::units::{Money, MonthlyMoney, PremiumRate};

/// Average fraction of premiums that insurers pay out. This is an assumption; single insurances range from
/// 0.2 to 2 in a year.
const PAID_OF_PREMIUMS: f64 = 0.6;

/// Number of blocks of 256 paths that give a premium: on 16,384 paths its relative error is 1.5 to 3 %.
const BLOCKS: u64 = 64;

/// Seed of the paths that give a premium, the same for every scenario.
const SEED: u64 = 0x7072_656d_6975_6d00;

/// Cash of the owner while a premium is computed: enough never to sell the insured asset for other costs.
const ENOUGH: f64 = 1e12;

/// Yearly premium of `cover` in `scenario`, as a fraction of its largest payout (limit), at most 1.
pub(super) fn fair(scenario: &Scenario, cover: &Cover) -> f64 {
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

/// Returns a copy of the scenario whose owner has only this insurance, for free, and takes no decisions.
fn alone(scenario: &Scenario, cover: &Cover) -> Scenario {
    let mut alone = scenario.clone();
    alone.seeds = Seeds::one(SEED);
    SETTINGS.iter().for_each(|setting| (setting.switch_off)(&mut alone.settings));
    let owner = alone.owner.as_mut().expect("somebody has the cover");
    strip(owner);
    let mut cover = cover.clone();
    cover.premium = Some(PremiumRate::default());
    owner.cover = vec![cover.clone()];
    alone.crash = None;
    for asset in &mut alone.assets {
        asset.market.managed_by = None;
    }
    let counted = counted(scenario, &cover.asset);
    alone.events.retain(|event: &EventEntry| {
        let acts = matches!(event.effect.takes(), Takes::Value | Takes::Income);
        acts && event.assets.iter().any(|index| counted.contains(index))
    });
    // A launch may be paid by any other asset, and an asset with an audience may keep its site open.
    if !alone.assets.iter().any(AssetEntry::lives_on_others) {
        for (_, asset) in alone.assets.iter_mut().enumerate().filter(|(index, _)| !counted.contains(index)) {
            let plain = asset.kind.at_its_word();
            asset.kind = plain.unwrap_or_else(|| asset.kind.clone());
        }
        keep_linked(&counted, &mut alone);
    }
    leave_out_fixed(&mut alone, &cover);
    alone
}

/// Indices of the asset called `insured` and of all assets whose values decide if its custody rule applies.
fn counted(scenario: &Scenario, insured: &str) -> Vec<usize> {
    let insured =
        scenario.assets.iter().position(|asset| asset.name == insured).expect("a cover names an asset");
    let owner = scenario.owner.as_ref();
    let custody = owner.and_then(|owner| owner.custody.as_ref());
    let is_together = custody.is_some_and(|custody| custody.per == Per::All);
    let of_keys = scenario.events.iter().filter(|event| event.guarded().is_some());
    let guarded: Vec<usize> = of_keys.flat_map(|event| event.assets.clone()).collect();
    if is_together && guarded.contains(&insured) { guarded } else { vec![insured] }
}

/// Keeps only the assets that share an event or a market with those at the indices `counted`. The payouts do not
/// depend on any other.
fn keep_linked(counted: &[usize], alone: &mut Scenario) {
    let (assets, events, markets) = (&alone.assets, &alone.events, &alone.markets);
    let mut keeps = vec![false; assets.len()];
    let together =
        events.iter().map(|event| &event.assets).chain(markets.iter().map(|market| &market.assets));
    let is_counted = |all: &&Vec<usize>| all.iter().any(|index| counted.contains(index));
    for all in together.filter(is_counted) {
        for index in all {
            keeps[*index] = true;
        }
    }
    alone.keep_assets(&keeps);
}

/// Gives events fixed by `at` the rate 0. If no random event triggers the insurance, fixed ones that would do so
/// become random instead, on average once in the simulated time.
fn leave_out_fixed(alone: &mut Scenario, cover: &Cover) {
    let pays = |event: &EventEntry| cover.is_of(&event.name, event.kind);
    let comes = |event: &EventEntry| pays(event) && event.can_strike() && !event.is_certain();
    let has_price = alone.events.iter().any(comes);
    let once = STEPS_PER_YEAR / f64::from(alone.months);
    for event in alone.events.iter_mut().filter(|event| event.is_certain()) {
        // An event with rate 0 still determines which assets custody covers.
        let rate = if has_price || !pays(event) { 0.0 } else { once };
        (event.keys.at, event.keys.rate) = (None, Some(EventRate { low: rate, high: rate }));
    }
}

fn strip(owner: &mut Owner) {
    owner.cash = Money::new(ENOUGH).expect("it is an amount");
    owner.spending = Spending::default();
    owner.flows.clear();
    for stay in &mut owner.residence {
        stay.tax_rate = Default::default();
        stay.gains_tax_rate = None;
        stay.exit_tax = Default::default();
        stay.compliance_cost = Default::default();
        stay.cost = Default::default();
        stay.income_at_least = Default::default();
        stay.spending = None;
    }
    // Compliance stays at a token price, since it affects events; beside the cash its cost is negligible.
    if let Some(cost) = &mut owner.compliance_service {
        *cost = MonthlyMoney::new(1.0).expect("it is an amount");
    }
    if let Some(custody) = &mut owner.custody {
        custody.cost = None;
    }
    (owner.hours, owner.hour_value) = (None, None);
    owner.surplus = Surplus::Keep;
    owner.rules = Default::default();
}
