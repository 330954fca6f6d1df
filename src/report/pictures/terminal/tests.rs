use super::*;

fn terminal(values: Vec<f64>, put_in: f64) -> Terminal {
    Terminal {
        currency: "USD".to_owned(),
        basis: "in 2027 dollars".to_string(),
        years: 10.0,
        put_in,
        p05: Quantity::exact(0.0),
        worst_mean: Quantity::exact(0.0),
        median: Quantity::exact(values[values.len() / 2]),
        wealth: Arc::new(Distribution::of_values(values)),
    }
}

/// A hundred with nothing and nine hundred spread evenly in the logarithm over `decades`.
fn spread(decades: f64) -> Vec<f64> {
    let kept = (0..900).map(|k| crate::math::exp(10.0 + decades * f64::from(k) / 390.0));
    std::iter::repeat_n(0.0, 100).chain(kept).collect()
}

#[test]
fn bars_atom_and_note_hold_every_path() {
    for decades in [0.0, 0.1, 0.5, 1.0, 3.0] {
        let chart = terminal(spread(decades), 40_000.0);
        let (edges, axis) = chart.bins();
        let bulk = chart.wealth.without(0.0);
        let inside = bulk.count_below(edges[edges.len() - 1]) - bulk.count_below(edges[0]);
        let outside = bulk.n() - inside;
        assert_eq!(chart.wealth.count_at(0.0) + inside + outside, 1000);
        let said = chart.outside().unwrap_or_default();
        assert_eq!(outside > 0, said.contains("path"), "{decades}: {said}");
        assert!(
            outside <= 10,
            "{decades}: {outside} of 900 outside {axis:?}"
        );
    }
}

#[test]
fn the_colour_changes_exactly_at_the_money_put_in() {
    let chart = terminal(spread(1.0), 40_000.0);
    assert!(chart.bins().0.contains(&40_000.0));
}

#[test]
fn the_axis_turns_logarithmic_with_the_spread() {
    let is_log = |decades| {
        terminal(spread(decades), 40_000.0)
            .bins()
            .1
            .is_logarithmic()
    };
    assert!(!is_log(0.5) && is_log(1.0));
}

#[test]
fn titles_count_losers_and_name_those_with_nothing() {
    let share = |put_in| terminal(spread(1.0), put_in).finding();
    assert_eq!(
        share(1.0),
        "10.0% of paths end with less than the $1 put in, 10.0% with nothing"
    );
    let none = terminal(vec![5.0, 6.0, 7.0], 4.0).finding();
    assert_eq!(none, "None of 3 paths ends with less than the $4 put in");
    let some = terminal(vec![5.0, 6.0, 7.0], 6.5).finding();
    assert_eq!(some, "2 of 3 paths end with less than the $6.5 put in");
    let all = terminal(vec![5.0, 6.0, 7.0], 9.0).finding();
    assert_eq!(all, "3 of 3 paths end with less than the $9 put in");
    // rounding loses nothing
    let same = terminal(vec![10_000.0 - 1e-9; 50], 10_000.0).finding();
    assert_eq!(same, "None of 50 paths ends with less than the $10k put in");
    let nothing = terminal(vec![0.0; 9], 9.0).finding();
    assert!(nothing.ends_with("put in, 100% with nothing"), "{nothing}");
    // where money crosses the border
    let living = terminal(vec![5.0, 6.0, 7.0], 0.0).finding();
    assert_eq!(living, "At least half of all paths end with $6 or more");
}
