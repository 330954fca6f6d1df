//! A cascade taken apart is the cascade of the run: the same blocks, in an order that explains.

use crate::crash_laws::months::one_cluster;
use crate::crash_laws::random_system::{Case, case, thousands};
use proptest::prelude::*;
use tailwheel::crash::{Anatomy, Month, System, Why};

fn anatomy(case: &Case, system: &System) -> Anatomy {
    Anatomy::new(system, &case.month(), &case.uniforms)
}

fn fired(anatomy: &Anatomy) -> Vec<f64> {
    anatomy.counts.iter().map(|counts| counts.fired).map(f64::from).collect()
}

/// Blocks at their limit if the market's own loss were all there is, nobody having sold.
fn alone(case: &Case, system: &System, g: usize) -> u32 {
    let load = system.load(g, &case.losses);
    let live = case.obeying[g] as usize..case.active[g] as usize;
    let at_limit = |u: &&f64| **u <= system.reach(g, load);
    case.uniforms[g][live].iter().filter(at_limit).count() as u32
}

proptest! {
    #![proptest_config(thousands(4_000))]

    #[test]
    fn an_anatomy_ends_at_the_least_fixed_point_of_the_run(case in case()) {
        let system = case.system();
        prop_assert_eq!(fired(&anatomy(&case, &system)), case.fired());
    }

    #[test]
    fn everybody_who_sells_is_at_the_limit_and_everybody_who_does_not_is_not(case in case()) {
        let system = case.system();
        let anatomy = anatomy(&case, &system);
        let mut has_fired: Vec<Vec<bool>> =
            case.active.iter().map(|n| vec![false; *n as usize]).collect();
        for firing in &anatomy.firings {
            let seen = &mut has_fired[firing.cluster][firing.block as usize];
            prop_assert!(!*seen, "{firing:?} fires twice");
            *seen = true;
            match firing.why {
                Why::Obeyed => prop_assert!(firing.block < case.obeying[firing.cluster]),
                Why::Loss => prop_assert!(
                    firing.threshold <= anatomy.loads_before[firing.cluster] + 1e-12
                ),
                Why::Pushed => prop_assert!(
                    firing.threshold > anatomy.loads_before[firing.cluster] - 1e-12
                ),
            }
            if firing.why != Why::Obeyed {
                prop_assert!(firing.threshold <= firing.load + 1e-12, "{firing:?}");
            }
        }
        for (g, blocks) in has_fired.iter().enumerate() {
            let cluster = &case.clusters[g];
            for (block, has_fired) in blocks.iter().enumerate() {
                let limit = cluster.first_trigger + cluster.dispersion * case.uniforms[g][block];
                prop_assert!(*has_fired || limit > anatomy.loads_after[g] - 1e-12);
            }
        }
    }

    #[test]
    fn causes_come_one_after_the_other_and_add_up(case in case()) {
        let system = case.system();
        let anatomy = anatomy(&case, &system);
        prop_assert!(anatomy.firings.is_sorted_by_key(|firing| firing.why));
        for (g, counts) in anatomy.counts.iter().enumerate() {
            prop_assert_eq!(counts.obeyed, case.obeying[g]);
            prop_assert_eq!(counts.alone, alone(&case, &system, g));
            let pushed = anatomy.firings.iter()
                .filter(|firing| firing.cluster == g && firing.why == Why::Pushed);
            prop_assert_eq!(counts.pushed as usize, pushed.count());
        }
        prop_assert_eq!(
            anatomy.n_unprompted(),
            anatomy.firings.iter().filter(|firing| firing.why != Why::Pushed).count()
        );
    }

    #[test]
    fn prices_only_fall_while_blocks_sell_and_end_where_the_run_puts_them(case in case()) {
        let system = case.system();
        let anatomy = anatomy(&case, &system);
        let n = anatomy.firings.len();
        for step in 1..=n {
            for (now, before) in anatomy.falls_after(step).iter().zip(anatomy.falls_after(step - 1)) {
                prop_assert!(now >= before);
            }
        }
        for (market, fall) in anatomy.falls_after(n).iter().enumerate() {
            prop_assert_eq!(*fall, system.impact(market, &case.fired(), case.thinning));
        }
    }

    #[test]
    fn which_number_a_block_has_changes_no_price(case in case()) {
        let system = case.system();
        let mut mirrored = case.clone();
        for (g, row) in mirrored.uniforms.iter_mut().enumerate() {
            row[case.obeying[g] as usize..case.active[g] as usize].reverse();
        }
        let (one, other) = (anatomy(&case, &system), anatomy(&mirrored, &system));
        prop_assert_eq!(one.firings.len(), other.firings.len());
        for step in 0..=one.firings.len() {
            prop_assert_eq!(one.falls_after(step), other.falls_after(step));
        }
    }
}

#[test]
fn a_chain_is_told_in_the_order_of_its_links() {
    // five blocks, who together make a fall of 0.1
    let system = one_cluster(0.1, 0.10, 0.10, 5);
    // limits 0.11, 0.12, 0.13, 0.165, 0.19 in another order; each firing adds 0.02
    let uniforms = vec![vec![0.65, 0.1, 0.9, 0.2, 0.3]];
    let month = Month { losses: &[0.125], active: &[5], obeying: &[0], thinning: 1.0 };
    let anatomy = Anatomy::new(&system, &month, &uniforms);
    let told: Vec<(u32, Why)> = anatomy.firings.iter().map(|f| (f.block, f.why)).collect();
    // 0.11 and 0.12 on the loss; 0.13, 0.165 and 0.19 pushed by 0.04, 0.06 and 0.08 of sales
    let expected = [(1, Why::Loss), (3, Why::Loss), (4, Why::Pushed), (0, Why::Pushed), (2, Why::Pushed)];
    assert_eq!(told, expected);
    assert_eq!(anatomy.counts[0].alone, 2);
    assert_eq!(anatomy.n_unprompted(), 2);
    assert!((anatomy.falls_after(5)[0] - 0.1).abs() < 1e-15);
    assert!((anatomy.firings[4].load - 0.205).abs() < 1e-15);
}
