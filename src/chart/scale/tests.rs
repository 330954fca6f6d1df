use super::*;

const SCALES: [Scale; 2] = [Scale::linear(0.0, 1.3e6), Scale::log(8e4, 2e6)];

#[test]
fn every_axis_increases_and_inverts() {
    for scale in SCALES {
        let (low, high) = scale.ends();
        let mut last = f64::NEG_INFINITY;
        for step in 1..=200 {
            let value = low + (high - low) * f64::from(step) / 200.0;
            let place = scale.place(value);
            assert!(place > last, "{scale:?} falls at {value}");
            assert!((scale.value_at(place) / value - 1.0).abs() < 1e-12);
            last = place;
        }
    }
}

#[test]
fn ticks_are_round_inside_and_few() {
    for scale in SCALES {
        for at_most in 3..12 {
            let (low, high) = scale.ends();
            let ticks = scale.ticks(at_most);
            assert!(ticks.len() >= 2 && ticks.len() <= at_most, "{scale:?}");
            assert!(ticks.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(ticks.iter().all(|tick| *tick >= low && *tick <= high));
        }
    }
}

#[test]
fn linear_steps_are_one_two_two_and_a_half_or_five() {
    assert_eq!(linear_ticks(0.0, 1.0, 6), [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]);
    assert_eq!(linear_ticks(0.0, 1.1, 5), [0.0, 0.25, 0.5, 0.75, 1.0]);
    assert_eq!(linear_ticks(-1.0, 9.0, 4), [0.0, 2.5, 5.0, 7.5]);
}

#[test]
fn log_ticks_thin_out_with_the_decades() {
    assert_eq!(log_ticks(9e4, 1.1e6, 6), [1e5, 2e5, 5e5, 1e6]);
    assert_eq!(log_ticks(1.0, 1e4, 6), [1.0, 10.0, 100.0, 1e3, 1e4]);
    assert!(log_ticks(1e-12, 1e12, 6).len() <= 6);
}

#[test]
fn narrow_data_fill_a_linear_axis() {
    let fit = |lowest: f64, highest: f64| {
        let ratio = if lowest > 0.0 { highest / lowest } else { 1.0 };
        Scale::fit(Extent { lowest, highest, ratio })
    };
    for (lowest, highest) in [(95.0, 103.0), (40.0, 100.0), (34.0, 100.0)] {
        let scale = fit(lowest, highest);
        let (low, high) = scale.ends();
        assert!(scale.leaves_out_zero() && low > 0.0);
        assert!(low < lowest && highest < high);
        assert!((highest - lowest) / (high - low) > 0.9);
    }
    for (lowest, highest) in [(33.0, 100.0), (0.0, 100.0), (0.0, 0.0)] {
        assert!(!fit(lowest, highest).leaves_out_zero());
        assert_eq!(fit(lowest, highest).ends().0, 0.0);
    }
    let (low, high) = fit(100.0, 100.0).ends();
    assert!(low < 98.0 && high > 102.0, "a line without any spread");
}

#[test]
fn ruin_never_meets_a_logarithm() {
    let wide = |lowest: f64, highest: f64| {
        let ratio = if lowest > 0.0 { highest / lowest } else { f64::INFINITY };
        Scale::fit(Extent { lowest, highest, ratio })
    };
    assert_eq!(wide(1e5, 1.5e6).spacing, Spacing::Log);
    for (lowest, highest) in [(2e5, 5e5), (0.0, 5e5), (0.0, 9e6), (-1e5, 9e6), (0.0, 0.0)] {
        assert_eq!(wide(lowest, highest).spacing, Spacing::Linear);
    }
    // far below the highest amount nothing is seen
    let (low, high) = wide(1e-3, 1e6).ends();
    assert!((1e4..1e5).contains(&(high / low)));
    assert!(wide(1e5, 1.5e6).place(0.0).is_finite());
}
