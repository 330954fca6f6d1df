use super::*;

#[test]
fn money_has_three_digits_and_a_suffix() {
    for (currency, value, text) in [
        ("USD", 0.0, "$0"),
        ("USD", -0.0, "$0"),
        ("USD", -1e-13, "$0"),
        ("USD", 0.5, "$0.5"),
        ("USD", 96_412.0, "$96.4k"),
        ("USD", 999.6, "$1,000"),
        ("USD", 9_999.0, "$9,999"),
        ("USD", 1_518_000.0, "$1.52M"),
        ("USD", 250_000.0, "$250k"),
        ("USD", -180.0, "−$180"),
        ("USD", 1.5e12, "$1.5T"),
        ("USD", 2.346e18, "$2.35e18"),
        ("USD", 2.512e80, "$2.51e80"),
        // no part of a cent
        ("USD", 0.012_34, "$0.01"),
        ("USD", 7.8e-9, "$0.00"),
        ("EUR", 0.000_108, "€0.00"),
        ("EUR", 1_234_567.0, "€1.23M"),
        ("CHF", 12.0, "CHF 12"),
        ("CHF", 1_200.0, "CHF 1,200"),
        ("JPY", 10_200_000.0, "¥10.2M"),
        ("BTC", 0.012_34, "BTC 0.0123"),
        ("BTC", 5.2e-7, "BTC 5.2e−7"),
    ] {
        assert_eq!(money(currency, value), text);
    }
}

#[test]
fn digits_that_the_error_does_not_support_are_not_printed() {
    let figure = |value, std_error| money_measured("USD", Quantity { value, std_error });
    for (std_error, text) in [(0.0, "$271k"), (400.0, "$271k"), (10_000.0, "$271k"), (90_000.0, "$270k")] {
        assert_eq!(figure(271_300.0, std_error), text);
    }
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
    assert_eq!([1e-37, -1e-5].map(|tiny| figure(tiny, 0.0)), ["under 0.01 %"; 2]);
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

#[test]
fn a_correlation_has_the_digits_that_its_error_supports() {
    assert_eq!(correlation(Quantity::within(0.4142, 0.005)), "0.41");
    assert_eq!(correlation(Quantity::within(-0.4142, 0.12)), "−0.4");
    assert_eq!(correlation(Quantity::within(-0.004, 0.01)), "0.00");
}

#[test]
fn years_of_an_axis_begin_in_january_and_the_start_is_named_where_it_has_room() {
    let ends = |start: &str, years: f64| {
        let ticks = dates(start.parse().expect("a month"), years, 11);
        let label = |tick: Option<&(f64, String)>| tick.map(|tick| tick.1.clone()).unwrap_or_default();
        [label(ticks.first()), label(ticks.get(1)), label(ticks.last())]
    };
    assert_eq!(ends("2027-01", 10.0), ["2027", "2028", "2037"]);
    assert_eq!(ends("2027-02", 10.0), ["Feb 2027", "2028", "2037"]);
    assert_eq!(ends("2026-07", 8.0), ["2027", "2028", "2034"]);
    // steps of three years: half a year would stand beside the next label
    assert_eq!(ends("2026-07", 30.0), ["2027", "2030", "2054"]);
    assert_eq!(ends("2026-07", 5.0), ["Jul 2026", "Jan 2027", "Jul 2031"]);
}
