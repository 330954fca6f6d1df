//! Differences of runs of which only the reports are left.

use super::super::*;

#[test]
fn errors_add_up_in_squares() {
    let found = unpaired((10.0, Some(3.0)), (20.0, Some(4.0)));
    assert_eq!((found.std_error, found.z()), (Some(5.0), Some(2.0)));
    // 2·norm.sf(2) of scipy 1.17
    let expected = 0.04550026389635842;
    assert!((found.p_value.expect("errors") / expected - 1.0).abs() < 1e-12);
}

#[test]
fn a_figure_without_an_error_is_not_judged() {
    let found = unpaired((10.0, None), (20.0, Some(4.0)));
    assert_eq!(
        (found.difference, found.p_value, found.z()),
        (10.0, None, None)
    );
    let certain = unpaired((10.0, Some(0.0)), (20.0, Some(0.0)));
    assert_eq!(certain.p_value, Some(0.0));
    let equal = unpaired((10.0, Some(0.0)), (10.0, Some(0.0)));
    assert_eq!((equal.p_value, equal.z()), (Some(1.0), Some(0.0)));
}
