//! Where a run is cut into parts, and whether they were written down in between, changes no bit.

use crate::common::{bits, control, scenario};
use proptest::prelude::*;
use std::ops::Range;
use tailwheel::engine::{Foreign, Outcome, Part, n_blocks, run, run_blocks};
use tailwheel::plan::Plan;
use tailwheel::stage::Level;

/// Two worlds, crises, several markets: everything that a part can hold. The sample of months ends
/// before its 4,000th path.
pub const WITH_LOOP: &str = include_str!("../../../scenarios/_table-2027.toml");
pub const SMALL: &str = include_str!("small.toml");

pub fn plan_of(text: &str, n_paths: u64) -> Plan {
    let mut plan = Plan::compile(&scenario(text));
    plan.n_paths = n_paths;
    plan
}

pub fn part(plan: &Plan, blocks: Range<u64>) -> Part {
    run_blocks(plan, &control(Level::detect()), blocks).expect("a finite run")
}

pub fn outcome(plan: &Plan) -> Outcome {
    run(plan, &control(Level::detect())).expect("a finite run")
}

pub fn closed(part: Part, plan: &Plan) -> Outcome {
    part.into_outcome(plan, &control(Level::detect())).expect("a finite run")
}

fn again(part: &Part) -> Part {
    Part::from_bytes(&part.to_bytes()).expect("it was written")
}

/// Everything in an outcome, for comparisons that allow no difference.
pub fn assert_same(a: &Outcome, b: &Outcome) {
    assert_eq!((a.n_paths, a.n_months), (b.n_paths, b.n_months));
    assert_eq!(bits(a), bits(b));
    assert_eq!(a.sample_paths, b.sample_paths);
    assert_eq!(a.series.len(), b.series.len());
    let of = |values: &[f64]| -> Vec<u64> { values.iter().map(|value| value.to_bits()).collect() };
    for (a, b) in a.series.iter().zip(&b.series) {
        assert_eq!((a.id, &a.months), (b.id, &b.months));
        assert_eq!(of(&a.means), of(&b.means));
        let ends = |(low, high): &(f64, f64)| [low.to_bits(), high.to_bits()];
        assert!(a.ranges.iter().map(ends).eq(b.ranges.iter().map(ends)));
        assert_eq!(a.histograms, b.histograms);
    }
    assert_eq!(a.co_movement, b.co_movement);
}

proptest! {
    #![proptest_config(crate::determinism::few())]

    #[test]
    fn any_split_into_parts_gives_the_same_bits(
        n_paths in 1_u64..3_000,
        cuts in prop::collection::vec((0_u64..12, any::<bool>()), 0..5),
    ) {
        let plan = plan_of(WITH_LOOP, n_paths);
        let end = n_blocks(&plan);
        let cuts = cuts.into_iter().map(|(cut, is_written)| (cut.min(end), is_written));
        let mut cuts: Vec<(u64, bool)> = cuts.chain([(0, false), (end, false)]).collect();
        cuts.sort_unstable();
        // simulated in another order than put together
        let parts: Vec<Part> = cuts.windows(2).rev().map(|cut| part(&plan, cut[0].0..cut[1].0)).collect();
        let mut whole = part(&plan, 0..0);
        for (part, (_, is_written)) in parts.into_iter().rev().zip(&cuts[1..]) {
            whole.append(if *is_written { again(&part) } else { part }).expect("they follow");
        }
        assert_same(&closed(whole, &plan), &outcome(&plan));
    }

    #[test]
    fn more_paths_continue_an_earlier_run(fewer in 1_u64..4_500, more in 0_u64..3_000) {
        let (first, later) = (plan_of(WITH_LOOP, fewer), plan_of(WITH_LOOP, fewer + more));
        // the last block of the first run may be partly recorded: it is simulated again
        let mut part = again(&part(&first, 0..fewer / 256));
        prop_assert!(part.is_whole() && part.fits(&later));
        part.append(self::part(&later, part.n_blocks()..n_blocks(&later))).expect("they follow");
        assert_same(&closed(part, &later), &outcome(&later));
    }
}

#[test]
fn a_part_of_another_scenario_does_not_fit() {
    let (small, large) = (plan_of(SMALL, 600), plan_of(WITH_LOOP, 600));
    let part = part(&small, 0..2);
    assert!(part.fits(&small) && part.fits(&plan_of(SMALL, 10)));
    assert!(!part.fits(&large));
    let longer = SMALL.replace("2 months", "3 months");
    assert!(!part.fits(&plan_of(&longer, 600)));
}

#[test]
fn any_damage_to_the_bytes_of_a_part_is_found() {
    let plan = plan_of(SMALL, 9);
    refuses_any_damage(&part(&plan, 0..1).to_bytes(), |bytes| Part::from_bytes(bytes).is_ok());
}

/// Asserts that `is_whole` is true of `bytes`, and of nothing shorter, longer or with another bit.
pub fn refuses_any_damage(bytes: &[u8], is_whole: impl Fn(&[u8]) -> bool) {
    assert!(is_whole(bytes));
    for length in 0..bytes.len() {
        assert!(!is_whole(&bytes[..length]), "cut to {length}");
    }
    assert!(!is_whole(&[bytes, &[0]].concat()));
    let mut damaged = bytes.to_vec();
    for (position, bit) in (0..bytes.len()).flat_map(|position| (0..8).map(move |bit| (position, bit))) {
        damaged[position] ^= 1 << bit;
        assert!(!is_whole(&damaged), "bit {bit} of byte {position}");
        damaged[position] ^= 1 << bit;
    }
}

/// Bytes that claim to be whole.
fn sealed(mut body: Vec<u8>) -> Vec<u8> {
    body.extend(blake3::hash(&body).as_bytes());
    body
}

#[test]
fn bytes_made_up_under_a_valid_digest_are_refused_or_mean_what_they_say() {
    let plan = plan_of(SMALL, 9);
    let bytes = part(&plan, 0..1).to_bytes();
    let body = &bytes[..bytes.len() - 32];
    assert_eq!(sealed(body.to_vec()), bytes);
    let mut n_refused = 0;
    let mut check = |body: Vec<u8>| match Part::from_bytes(&sealed(body.clone())) {
        Ok(part) => assert!(part.to_bytes() == sealed(body)),
        Err(_) => n_refused += 1,
    };
    for length in 0..body.len() {
        check(body[..length].to_vec());
    }
    for position in 0..body.len() {
        for changed in [0, 1, 0x7f, 0x80, 0xfe, 0xff] {
            let mut damaged = body.to_vec();
            damaged[position] = changed;
            check(damaged);
        }
        // nothing but the largest of all lengths from here on
        let mut huge = body[..position].to_vec();
        huge.extend([0xff; 9]);
        huge.push(1);
        huge.extend(&body[position..]);
        check(huge);
    }
    assert!(n_refused > body.len());
}

#[test]
fn a_part_that_does_not_follow_is_refused_and_nothing_is_added() {
    let (plan, short) = (plan_of(SMALL, 2_000), plan_of(SMALL, 300));
    let other_seed = plan_of(&SMALL.replace("seed = 9", "seed = 10"), 2_000);
    let beside = |base: &str| {
        let mut plan = Plan::compile_paired(&scenario(SMALL), &scenario(base));
        plan.n_paths = 2_000;
        plan
    };
    let blocks = |ends, begins| Foreign::Blocks { ends, begins };
    for (first, next, why) in [
        (part(&plan, 0..2), part(&plan, 3..4), blocks(2, 3)),
        (part(&plan, 0..2), part(&plan, 1..4), blocks(2, 1)),
        (part(&plan, 0..2), part(&plan, 0..2), blocks(2, 0)),
        (part(&short, 0..2), part(&plan, 2..4), Foreign::Unfinished),
        (part(&plan, 0..2), part(&other_seed, 2..4), Foreign::Scenario),
        (part(&plan, 0..2), part(&beside(WITH_LOOP), 2..4), Foreign::Scenario),
    ] {
        let mut whole = first.clone();
        assert_eq!(whole.append(next), Err(why), "{why}");
        assert!(whole == first, "{why}");
    }
}
