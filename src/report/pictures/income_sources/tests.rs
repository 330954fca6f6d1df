use super::*;
use crate::report::pictures::tests::samples::setting;

/// What is said of payers of so much at the end, with this error.
fn told(paid: &[f64], std_error: f64) -> Spec {
    let payer = |(name, value): (char, &f64)| Payer {
        name: name.to_string(),
        ink: Ink::Blue,
        medians: vec![(0.5, 100.0), (10.0, *value)],
        at_end: Quantity { value: *value, std_error },
    };
    let payers = ('a'..).zip(paid).map(payer).collect();
    spec(&setting(1000), "Dec 2036", payers)
}

#[test]
fn the_title_names_what_pays_most_only_where_it_is_clear() {
    assert_eq!(told(&[100.0, 300.0], 1.0).finding, "B pays most in Dec 2036: median $300");
    let unclear =
        [([300.0, 298.0], "rises from $100 to $300"), ([0.0, 0.0], "falls from $100 to $0")];
    for (paid, change) in unclear {
        let finding = told(&paid, 1.0).finding;
        assert!(finding.ends_with(change), "{finding}");
    }
}

#[test]
fn payers_beyond_the_hues_are_counted() {
    let all: Vec<f64> = (0..9).map(|n| 90.0 - f64::from(n)).collect();
    assert!(told(&all, 1.0).reading.ends_with("; three more are not drawn"));
    assert!(!told(&all[..6], 1.0).reading.contains("not drawn"));
}
