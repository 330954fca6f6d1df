use super::*;
use crate::report::pictures::tests::samples::setting;

/// Draws one asset per amount in `paid`: its median income goes from 100 to this amount, with the error `std_error`.
fn told(paid: &[f64], std_error: f64) -> Spec {
    let payer = |(name, value): (char, &f64)| IncomeSource {
        name: name.to_string(),
        ink: Ink::Blue,
        medians: vec![(0.5, 100.0), (10.0, *value)],
        at_end: Quantity { value: *value, std_error },
    };
    let payers = ('a'..).zip(paid).map(payer).collect();
    spec(&setting(1000), payers)
}

#[test]
fn the_title_says_what_has_changed_most() {
    let cases = [
        ([100.0, 300.0], "B rises from $100 to $300"),
        ([300.0, 298.0], "A rises from $100 to $300"),
        ([100.0, 100.0], "B: $100 a month throughout"),
    ];
    for (paid, change) in cases {
        assert_eq!(told(&paid, 1.0).finding, format!("Median payment of {change}"));
    }
    // the label of the first value says that it is not that of the start
    let Shape::Plots(plots) = told(&[0.0, 90.0], 1.0).shape else { panic!("a plot") };
    let labels = plots.iter().flat_map(|plot| &plot.layers).filter_map(|layer| match layer {
        Layer::Label(_, text, ..) => Some(text.as_str()),
        _ => None,
    });
    assert_eq!(labels.collect::<Vec<_>>(), ["$100 in Jun 2027"]);
    assert_eq!(told(&[0.0, 90.0], 1.0).finding, "All payments end lower; A from $100 to $0");
}

#[test]
fn payers_beyond_the_hues_are_counted() {
    let all: Vec<f64> = (0..9).map(|n| 90.0 - f64::from(n)).collect();
    assert!(told(&all, 1.0).reading.ends_with("; three more not drawn"));
    assert!(!told(&all[..6], 1.0).reading.contains("not drawn"));
}
