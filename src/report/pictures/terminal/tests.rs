use super::*;
use crate::math::ROUNDING;
use crate::report::facts::{Distribution, of_wealth};
use crate::report::pictures::tests::samples::setting;

fn terminal(values: Vec<f64>, put_in: f64) -> Terminal {
    Terminal {
        setting: setting(1000),
        break_even: put_in,
        invested: put_in,
        median: Quantity::exact(values[values.len() / 2]),
        n_losing: values.iter().filter(|end| **end < put_in * (1.0 - ROUNDING)).count() as u64,
        wealth: of_wealth(&Distribution::of(&values.into()), put_in),
    }
}

/// Creates 100 values of zero and 900 that are spread evenly in the logarithm over `decades`.
fn spread(decades: f64) -> Vec<f64> {
    let kept = (0..900).map(|k| crate::math::exp(10.0 + decades * f64::from(k) / 390.0));
    std::iter::repeat_n(0.0, 100).chain(kept).collect()
}

#[test]
fn paths_outside_the_bins_are_mentioned() {
    for decades in [0.0, 0.1, 0.5, 1.0, 3.0] {
        let chart = terminal(spread(decades), 40_000.0);
        let outside = chart.wealth.below + chart.wealth.above;
        let said = chart.spec().reading;
        assert_eq!(outside > 0, said.contains(" of paths lie beyond the axis"), "{decades}: {said}");
    }
}

#[test]
fn titles_count_losers_and_name_those_with_nothing() {
    let says = |values, put_in, what: &str| {
        let title = terminal(values, put_in).finding();
        assert!(title.contains(what), "{title}");
    };
    says(spread(1.0), 1.0, "10.0 % of paths");
    says(vec![5.0, 6.0, 7.0], 4.0, "None of 3 paths");
    says(vec![5.0, 6.0, 7.0], 6.5, "2 of 3 paths");
    // rounding loses nothing
    says(vec![10_000.0 - 1e-9; 50], 10_000.0, "None of 50 paths");
    says(vec![0.0; 9], 9.0, "100 % have nothing");
    // where money crosses the border
    says(vec![5.0, 6.0, 7.0], 0.0, "Median wealth $6 after ten years");
}
