use super::*;

#[test]
fn money_has_three_digits_and_a_suffix() {
    let cases = [
        (0.0, "$0"),
        (-0.0, "$0"),
        (0.5, "$0.5"),
        (96_412.0, "$96.4k"),
        (999.6, "$1,000"),
        (1_518_000.0, "$1.52M"),
        (250_000.0, "$250k"),
        (-180.0, "−$180"),
        (1.5e12, "$1.5T"),
        (2.346e18, "$2.35e18"),
        (0.012_34, "$0.01"),
        (1.2e-7, "$0.00"),
    ];
    for (value, text) in cases {
        assert_eq!(money("USD", value), text);
    }
    assert_eq!(money("CHF", 1200.0), "CHF 1,200");
}

#[test]
fn digits_that_the_error_does_not_support_are_not_printed() {
    let figure = |value, std_error| money_measured("USD", Quantity { value, std_error });
    assert_eq!(figure(271_300.0, 400.0), "$271k");
    assert_eq!(figure(271_300.0, 10_000.0), "$271k");
    assert_eq!(figure(271_300.0, 90_000.0), "$270k");
    assert_eq!(figure(271_300.0, 0.0), "$271k");
}

#[test]
fn percents_never_claim_certainty() {
    let figure = |value, std_error| of_chart(Quantity { value, std_error });
    assert_eq!(figure(0.258, 0.001), "25.8 %");
    assert_eq!(figure(0.258, 0.02), "26 %");
    assert_eq!(figure(0.130, 0.001), "13.0 %");
    assert_eq!(figure(1.0, 0.0), "100 %");
    assert_eq!(figure(0.9999, 1e-5), "over 99.9 %");
    assert_eq!(figure(-1.0, 0.0), "−100.0 %");
    assert_eq!(figure(0.0001, 0.0), "0.010 %");
    assert_eq!(figure(0.0, 0.0), "0 %");
    // 0.0 ± 0.4: it may be 0.4 either way, and 0.3 is more than a tenth
    assert_eq!(figure(0.0001, 0.002), "under 0.5 %");
    assert_eq!(figure(-0.0001, 0.002), "under 0.5 %");
    assert_eq!(figure(0.0, 0.002), "under 0.4 %");
}

#[test]
fn counts_spans_and_correlations_read_well() {
    assert_eq!(grouped(1_234_567), "1,234,567");
    assert_eq!(grouped(20), "20");
    assert_eq!(span(10.0), "ten years");
    assert_eq!(span(1.0), "one year");
    assert_eq!(span(1.5), "18 months");
    assert_eq!(span(25.0), "25 years");
    assert_eq!(times(0.034), "×0.034");
    assert_eq!(times(16.3), "×16");
    assert_eq!(times(0.0004), "under ×0.001");
    assert_eq!(times(0.0), "×0");
}

fn within(value: f64, half: f64) -> Quantity {
    Quantity::within(value, half)
}

#[test]
fn a_correlation_has_the_digits_that_its_error_supports() {
    assert_eq!(correlation(within(0.4142, 0.005)), "0.41");
    assert_eq!(correlation(within(-0.4142, 0.12)), "−0.4");
    assert_eq!(correlation(within(-0.004, 0.01)), "0.00");
}
