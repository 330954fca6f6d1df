//! Where there is nothing to lose there is no loop: no effect, to the last bit.

use crate::crash_laws::closed::fluid_response;
use crate::crash_laws::months::one_cluster;
use crate::crash_laws::random_system::{Case, Known, case, thousands};
use proptest::prelude::*;
use tailwheel::crash::{Cascade, Month, System};

/// Total losses of the cascade and of the fluid limit are the exogenous losses, bit by bit.
fn is_without_effect(case: &Case, system: &System) -> Result<(), TestCaseError> {
    let fired = case.fired_in(system);
    let (fluid, _) = fluid_response(system, &case.losses);
    let bits = |values: &[f64]| -> Vec<u64> { values.iter().map(|z| z.to_bits()).collect() };
    prop_assert_eq!(bits(&case.totals(system, &fired)), bits(&case.losses));
    prop_assert_eq!(bits(&fluid), bits(&case.losses));
    Ok(())
}

/// Blocks that see a loss at their threshold when no sale moves a price.
fn without_feedback(case: &Case) -> Vec<f64> {
    let system = case.system();
    let count = |g: usize| {
        let seen: f64 = system.weights(g).iter().zip(&case.losses).map(|(a, x)| a * x).sum();
        let cluster = &case.clusters[g];
        let live = &case.uniforms[g][case.obeying[g] as usize..case.active[g] as usize];
        let at = |u: &&f64| cluster.first_trigger + cluster.dispersion * **u <= seen;
        f64::from(case.obeying[g]) + live.iter().filter(at).count() as f64
    };
    (0..case.clusters.len()).map(count).collect()
}

proptest! {
    #![proptest_config(thousands(3_000))]

    #[test]
    fn without_impact_sales_change_nothing(case in case()) {
        let system = case.system().with_full_impact(&vec![0.0; case.markets.len()]);
        is_without_effect(&case, &system)?;
        prop_assert_eq!(case.fired_in(&system), without_feedback(&case));
        let mut deep = case;
        deep.markets.iter_mut().for_each(|market| market.impact_of_tenth = 0.0);
        is_without_effect(&deep, &deep.system())?;
    }

    #[test]
    fn agents_that_sell_nothing_change_nothing(case in case()) {
        for sell_fraction in [0.0, 1e-300] {
            let mut case = case.clone();
            for cluster in &mut case.clusters {
                cluster.sell_fraction = sell_fraction;
            }
            // half a power of a tiny sale is not tiny
            if sell_fraction == 0.0 || case.exponent == 1.0 {
                is_without_effect(&case, &case.system())?;
                prop_assert_eq!(case.fired(), without_feedback(&case));
            }
        }
    }

    #[test]
    fn agents_that_hold_nothing_change_nothing(case in case()) {
        let mut case = case;
        case.markets.iter_mut().for_each(|market| market.agent_share = 0.0);
        is_without_effect(&case, &case.system())?;
        case.obeying.fill(0);
        prop_assert!(!Cascade::is_triggered(&case.system(), &case.month()));
        prop_assert!(case.fired().iter().all(|count| *count == 0.0));
    }

    #[test]
    fn triggers_beyond_reach_change_nothing(case in case()) {
        for first_trigger in [1e3, f64::INFINITY] {
            let mut case = case.clone();
            case.obeying.fill(0);
            for cluster in &mut case.clusters {
                cluster.first_trigger = first_trigger;
            }
            is_without_effect(&case, &case.system())?;
            prop_assert!(!Cascade::is_triggered(&case.system(), &case.month()));
        }
    }

    #[test]
    fn agents_inside_their_limits_never_start_a_crash_by_themselves(case in case()) {
        let mut case = case;
        case.obeying.fill(0);
        case.losses.fill(0.0);
        is_without_effect(&case, &case.system())?;
        prop_assert!(!Cascade::is_triggered(&case.system(), &case.month()));
        prop_assert!(case.fired().iter().all(|count| *count == 0.0));
    }

    #[test]
    fn nobody_left_to_sell_sells_nothing(case in case()) {
        let mut case = case;
        case.active.fill(0);
        case.obeying.fill(0);
        prop_assert!(case.fired().iter().all(|count| *count == 0.0));
    }
}

/// One block with a known threshold, nobody to push it.
fn fires(position: u32, loss: f64) -> bool {
    let system = one_cluster(0.1, 0.25, 0.5, 1);
    let uniform = (2.0 * f64::from(position) + 1.0) / 8_589_934_592.0;
    let month = Month { losses: &[loss], active: &[1], obeying: &[0], thinning: 1.0 };
    let fired = Cascade::new(&system).solve(&system, &month, Known(&[vec![uniform]])).to_vec();
    fired == [1.0]
}

#[test]
fn a_block_fires_at_its_threshold_and_not_below_it() {
    for position in [0, 1, 65_535, 65_536, 0x8000_0000, 0xfffe_ffff, u32::MAX] {
        // exact in binary, as are the band's ends and width
        let at = 0.25 + 0.5 * (2.0 * f64::from(position) + 1.0) / 8_589_934_592.0;
        let step = 0.5 / 4_294_967_296.0;
        assert!(fires(position, at), "{position}");
        assert!(fires(position, at + step), "{position}");
        assert!(!fires(position, at - step), "{position}");
    }
}
