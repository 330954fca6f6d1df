//! What holds for any system: the order of firing does not matter, more loss never saves anybody,
//! prices stay above what a full cascade leaves of them.

use crate::crash_laws::closed::fluid_response;
use crate::crash_laws::naive::{fire_one_by_one, full_impact, totals};
use crate::crash_laws::random_system::{Case, case, thousands};
use proptest::prelude::*;
use rand::Rng;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::SeedableRng;
use tailwheel::crash::Cascade;

/// The case with its clusters in another order, and where each of them went.
fn permuted(case: &Case, order: &mut impl Rng) -> (Case, Vec<usize>) {
    let mut places: Vec<usize> = (0..case.clusters.len()).collect();
    for i in (1..places.len()).rev() {
        places.swap(i, (order.next_u64() % (i as u64 + 1)) as usize);
    }
    let mut other = case.clone();
    for (to, from) in places.iter().enumerate() {
        other.clusters[to] = case.clusters[*from];
        other.uniforms[to].clone_from(&case.uniforms[*from]);
        other.active[to] = case.active[*from];
        other.obeying[to] = case.obeying[*from];
    }
    (other, places)
}

proptest! {
    #![proptest_config(thousands(5_000))]

    #[test]
    fn whoever_fires_first_the_same_blocks_have_fired_in_the_end(case in case(), salt: u64) {
        let fired = case.fired();
        let mut order = ChaCha8Rng::seed_from_u64(salt);
        prop_assert_eq!(&fired, &fire_one_by_one(&case, &mut order));
        let (other, places) = permuted(&case, &mut order);
        let elsewhere = other.fired();
        for (to, from) in places.iter().enumerate() {
            prop_assert_eq!(elsewhere[to], fired[*from]);
        }
    }

    #[test]
    fn a_larger_loss_never_saves_a_block(
        case in case(),
        more in prop::collection::vec(0.0..0.05_f64, 5),
        thinner in 1.0..1.3_f64,
    ) {
        let fired = case.fired();
        let mut worse = case.clone();
        for (loss, more) in worse.losses.iter_mut().zip(&more) {
            *loss += more;
        }
        let in_worse = worse.fired();
        prop_assert!(fired.iter().zip(&in_worse).all(|(less, more)| less <= more));
        worse.thinning *= thinner;
        prop_assert!(in_worse.iter().zip(worse.fired()).all(|(less, more)| *less <= more));
        // under the same thresholds the fired ones are those at or below the load: the set grows
        let (system, other) = (case.system(), worse.system());
        let before = case.totals(&system, &fired);
        let after = worse.totals(&other, &worse.fired());
        prop_assert!(before.iter().zip(&after).all(|(less, more)| less <= more));
    }

    #[test]
    fn nobody_fires_twice_and_a_full_cascade_is_the_worst_that_sales_can_do(case in case()) {
        let system = case.system();
        let fired = case.fired();
        for (g, count) in fired.iter().enumerate() {
            prop_assert!(*count >= f64::from(case.obeying[g]));
            prop_assert!(*count <= f64::from(case.active[g]));
            prop_assert_eq!(count.fract(), 0.0);
        }
        let all: Vec<f64> = case.clusters.iter().map(|c| f64::from(c.n_blocks)).collect();
        let found = case.totals(&system, &fired);
        for (i, total) in found.iter().enumerate() {
            let sold: f64 = case
                .clusters
                .iter()
                .map(|c| c.capital_share * case.markets[i].agent_share * c.sell_fraction)
                .sum();
            let worst = full_impact(&case, i) * case.thinning * sold.powf(case.exponent);
            prop_assert!(*total >= case.losses[i]);
            prop_assert!(*total <= case.losses[i] + worst * (1.0 + 1e-12));
            prop_assert!((system.impact(i, &all, case.thinning) / worst - 1.0).abs() < 1e-12);
            let price = (-total).exp();
            prop_assert!(price > 0.0 && price.is_finite());
        }
        for (ours, theirs) in found.iter().zip(totals(&case, &fired)) {
            prop_assert!((ours - theirs).abs() <= 1e-12 * (1.0 + theirs.abs()));
        }
    }

    #[test]
    fn who_is_not_triggered_does_not_fire(case in case()) {
        if !Cascade::is_triggered(&case.system(), &case.month()) {
            prop_assert!(case.fired().iter().all(|count| *count == 0.0));
        }
    }
}

proptest! {
    #![proptest_config(thousands(2_000))]

    #[test]
    fn splitting_a_cluster_into_halves_leaves_the_fluid_response(case in case(), which: usize) {
        let case = case.plain();
        let which = which % case.clusters.len();
        let mut halves = case.clone();
        halves.clusters[which].capital_share *= 0.5;
        halves.clusters.push(halves.clusters[which]);
        let (whole, fractions) = fluid_response(&case.system(), &case.losses);
        let (split, parts) = fluid_response(&halves.system(), &case.losses);
        for (a, b) in whole.iter().zip(&split) {
            prop_assert!((a - b).abs() < 1e-9, "{} {}", a, b);
        }
        let last = parts[parts.len() - 1];
        prop_assert!((last - parts[which]).abs() < 1e-9);
        prop_assert!((last - fractions[which]).abs() < 1e-9);
    }
}
