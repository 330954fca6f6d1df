use super::*;
use crate::report::pictures::tests::samples::setting;

/// Draws one asset per amount in `paid`: its median income goes from 100 to this amount, with the error `std_error`.
fn chart_of(paid: &[f64], std_error: f64) -> Spec {
    let payer = |(name, value): (char, &f64)| IncomeSource {
        name: name.to_string(),
        ink: Ink::Blue,
        medians: vec![(0.5, 100.0), (10.0, *value)],
        at_end: Quantity { value: *value, std_error },
    };
    let payers = ('a'..).zip(paid).map(payer).collect();
    spec(&setting(1000), payers)
}

fn ends(spec: Spec) -> Vec<String> {
    let Shape::Plot(plot) = spec.shape else { panic!("a plot") };
    plot.ends.into_iter().map(|end| end.text).collect()
}

#[test]
fn the_title_says_what_has_changed_most() {
    let cases = [
        ([100.0, 300.0], "B rises most, from $100 to $300 a month"),
        ([300.0, 298.0], "A rises most, from $100 to $300 a month"),
        ([100.0, 100.0], "Median income from B: $100 a month throughout"),
    ];
    for (paid, change) in cases {
        assert_eq!(chart_of(&paid, 1.0).finding, change);
    }
    assert_eq!(ends(chart_of(&[0.0, 90.0], 1.0)), ["B $90 (from $100)", "A $0 (from $100)"]);
    assert_eq!(chart_of(&[0.0, 90.0], 1.0).finding, "All incomes fall, A most: $100 to $0 a month");
}

#[test]
fn a_peak_above_both_ends_is_what_the_title_and_the_label_begin_with() {
    let payer = |name: &str, medians: [f64; 3]| IncomeSource {
        name: name.to_owned(),
        ink: Ink::Blue,
        medians: [0.5, 1.0, 10.0].into_iter().zip(medians).collect(),
        at_end: Quantity { value: medians[2], std_error: 1.0 },
    };
    let spec = spec(&setting(1000), vec![payer("a", [0.0, 142.0, 6.0]), payer("b", [0.0, 139.0, 10.0])]);
    assert_eq!(spec.finding, "A pays $142 a month at peak, $6 at end");
    assert_eq!(ends(spec), ["B $10 (peak $139)", "A $6"]);
    let spec =
        super::spec(&setting(1000), vec![payer("a", [0.0, 142.0, 6.0]), payer("b", [400.0, 139.0, 3.0])]);
    assert_eq!(spec.finding, "All asset incomes fall to $6 a month or less");
    // one ends above its first date
    let chart =
        super::spec(&setting(1000), vec![payer("a", [1e3, 900.0, 500.0]), payer("b", [0.0, 142.0, 10.0])]);
    assert_eq!(chart.finding, "A falls most, from $1,000 to $500 a month");
}

#[test]
fn payers_beyond_the_hues_are_counted() {
    let all: Vec<f64> = (0..9).map(|n| 90.0 - f64::from(n)).collect();
    assert!(chart_of(&all, 1.0).reading.ends_with("; three more not drawn"));
    assert!(!chart_of(&all[..6], 1.0).reading.contains("not drawn"));
}
