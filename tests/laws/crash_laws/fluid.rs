//! The limit of infinitely many agents in one market: closed forms of the response.

use crate::crash_laws::agree::exactly;
use crate::crash_laws::closed::fluid_response;
use crate::crash_laws::months::one_cluster;
use tailwheel::crash::{Cluster, Depth, GainProfile, System, gain};

/// A market of which agents hold .4 and, once triggered, sell half.
fn market(fall_of_tenth: f64, first_trigger: f64, dispersion: f64) -> System {
    let market = Depth { size: 3.0, agent_share: 0.4, impact_of_tenth: fall_of_tenth };
    let cluster =
        Cluster { capital_share: 1.0, first_trigger, dispersion, sell_fraction: 0.5, n_blocks: 200 };
    System::new(vec![market], vec![cluster], 1.0)
}

fn total(system: &System, loss: f64) -> f64 {
    fluid_response(system, &[loss]).0[0]
}

#[test]
fn a08_inside_its_band_a_cluster_amplifies_by_one_over_one_minus_gain() {
    let (system, other) = (market(0.10, 0.06, 0.5), market(0.105, 0.06, 0.5));
    let impact = |system: &System| system.full_impact(0);
    exactly("A08 κ", 1.053_605_156_578_262_7, impact(&system), impact(&other));
    let cascade = |system: &System| system.impact(0, &[200.0], 1.0);
    exactly("A08 c", 0.210_721_031_315_652_56, cascade(&system), cascade(&other));
    let loop_gain = |system: &System| gain(system, 1.0, |_| true);
    exactly("A08 n", 0.421_442_062_631_305_1, loop_gain(&system), loop_gain(&other));
    let exact = 0.129_137_414_624_232_17;
    exactly("A08 z", exact, total(&system, 0.10), total(&system, 0.105));
    let narrower = market(0.10, 0.06, 0.475);
    exactly("A08 z", exact, total(&system, 0.10), total(&narrower, 0.10));
    let fraction = |system: &System| fluid_response(system, &[0.10]).1[0];
    exactly("A08 f", (exact - 0.06) / 0.5, fraction(&system), fraction(&other));
}

#[test]
fn the_response_of_one_cluster_is_a_call_spread_or_a_digital_at_every_loss() {
    let (c, tau) = (0.12, 0.16);
    for band in [0.2, 0.13, 0.119, 0.06] {
        let system = one_cluster(c, tau, band, 200);
        let loop_gain: f64 = c / band;
        for step in 0..400 {
            let loss = f64::from(step).mul_add(0.001, 0.0005);
            let call = |strike: f64| (loss - strike).max(0.0);
            let exact = if loop_gain < 1.0 {
                loop_gain / (1.0 - loop_gain) * (call(tau) - call(tau + band - c))
            } else if loss > tau {
                c
            } else {
                0.0
            };
            let found = total(&system, loss) - loss;
            assert!((found - exact).abs() < 1e-12, "{band} {loss}: {found} {exact}");
        }
    }
}

#[test]
fn the_gain_profile_of_one_cluster_is_impact_times_density_inside_its_band() {
    let profile = GainProfile::new(&one_cluster(0.12, 0.16, 0.06, 200), 1.0);
    let off = GainProfile::new(&one_cluster(0.126, 0.16, 0.06, 200), 1.0);
    exactly("gain", 2.0, profile.headline(), off.headline());
    for (loss, exact) in [(0.1599, 0.0), (0.1601, 2.0), (0.2199, 2.0), (0.2201, 0.0)] {
        assert!((profile.at(loss) - exact).abs() < 1e-12, "{loss}");
    }
    let thin = GainProfile::new(&one_cluster(0.12, 0.16, 0.06, 200), 1.0 / 0.3);
    exactly("thin market", 2.0 / 0.3, thin.headline(), profile.headline());
}

#[test]
fn bands_that_touch_leave_no_gap_and_do_not_add_where_they_meet() {
    let cluster = |first_trigger: f64, dispersion: f64| Cluster {
        capital_share: 0.5,
        first_trigger,
        dispersion,
        sell_fraction: 0.5,
        n_blocks: 200,
    };
    let depth = Depth { size: 1.0, agent_share: 0.4, impact_of_tenth: 0.1 };
    let profile =
        |clusters: [Cluster; 2]| GainProfile::new(&System::new(vec![depth], clusters.to_vec(), 1.0), 1.0);
    // 0.1 + 0.2 and 0.3 differ by a bit in floats, in the one direction and the other
    for (low, width, high) in [(0.1, 0.2, 0.3), (0.3 - 0.2, 0.2, 0.3)] {
        let touching = profile([cluster(low, width), cluster(high, width)]);
        assert_eq!(touching.edges.len(), 3, "{touching:?}");
        assert_eq!(touching.headline(), touching.gains[0]);
    }
    // power: bands that overlap by a hundredth of their width do add
    let overlapping = profile([cluster(0.1, 0.2), cluster(0.298, 0.2)]);
    assert_eq!(overlapping.gains.len(), 3);
    assert!(overlapping.headline() > 1.9 * overlapping.gains[0]);
    assert_eq!(overlapping.first_at_least(overlapping.headline()), Some(0.298));
    assert_eq!(overlapping.first_at_least(overlapping.gains[0]), Some(0.1));
    assert_eq!(overlapping.first_at_least(1e3), None);
}
