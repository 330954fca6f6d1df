//! Rounding of a figure and its error to a common decimal place.
//!
//! In: a figure and half the width of its interval. Out: a decimal place, both rounded to it.
//!
//! A *place* counts decimals: 2 means hundredths, 0 whole numbers, −2 hundreds. Rounding uses the exact
//! decimal text of a float, so it is the same on every machine.

/// Tolerance for rounding an error up: it is raised by a unit of its last digit if it is below this part of the
/// true error. A smaller gap is float rounding.
const LEAST_PART: f64 = 1.0 - 1e-9;

/// Largest number of extra decimals printed so that zero stays inside the printed interval, or outside it.
const MOST_FURTHER: i32 = 3;

/// A figure and half the width of its interval, both rounded to `place` decimals.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rounded {
    pub place: i32,
    pub value: f64,
    pub half: f64,
}

/// Rounds `value` ± `half` to the digits to print. The error keeps one significant digit, or two if the first
/// is a 1 or a 2, and is never rounded down. More places are kept if rounding would move zero into the
/// interval or out of it. `half` must be positive and finite.
pub fn round_both(value: f64, half: f64) -> Rounded {
    let is_apart = |value: f64, half: f64| value.abs() > half;
    let first = place_of_error(half);
    let at = |place: i32| Rounded { place, value: rounded(value, place), half: rounded_error(half, place) };
    let mut places = (first..=first + MOST_FURTHER).map(at);
    let is_true = |round_both: &Rounded| is_apart(round_both.value, round_both.half) == is_apart(value, half);
    places.find(is_true).unwrap_or_else(|| at(first))
}

/// Returns the decimal place of the first significant digit of `half`; of the second if the first is 1 or 2.
pub fn place_of_error(half: f64) -> i32 {
    let text = format!("{half:e}");
    i32::from(text.starts_with(['1', '2'])) - exponent(half)
}

/// Rounds the error `half` to `place` decimals, never down.
pub fn rounded_error(half: f64, place: i32) -> f64 {
    let nearest = rounded(half, place);
    if nearest < LEAST_PART * half { rounded(nearest + unit(place), place) } else { nearest }
}

/// Largest distance from a tie of what floats make of one.
const TIED: f64 = 1e-9;

/// Rounds `value` to `place` decimals; a negative place rounds to tens, hundreds and so on. Halfway between two texts it
/// is the even one: 19.15 % and 80.85 % add to 100 % with one decimal as well.
pub fn rounded(value: f64, place: i32) -> f64 {
    let unit = unit(place);
    if place >= 0 {
        let decimals = usize::try_from(place).unwrap_or(0);
        let scaled = value.abs() / unit;
        let below = scaled.floor();
        let is_tied = (scaled - below - 0.5).abs() < TIED;
        let near = if is_tied { (2.0 * (below / 2.0).ceil() * unit).copysign(value) } else { value };
        return format!("{near:.decimals$}").parse().unwrap_or(value);
    }
    (value / unit).round() * unit
}

/// Returns the exponent of ten of the first significant digit, such as 2 for 345; 0 for 0.
pub fn exponent(value: f64) -> i32 {
    format!("{:e}", value.abs()).split_once('e').and_then(|(_, exponent)| exponent.parse().ok()).unwrap_or(0)
}

/// Returns 10^−`place`, one unit of the last digit that is kept.
pub fn unit(place: i32) -> f64 {
    format!("1e{}", -place).parse().unwrap_or(1.0)
}

/// Rounds a number down to its two leading digits, such as 345 to 340.
pub fn leading(number: u64) -> u64 {
    let mut unit = 1;
    while number / unit >= 100 {
        unit *= 10;
    }
    number / unit * unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(value: f64, half: f64) -> (f64, f64) {
        let round_both = round_both(value, half);
        (round_both.value, round_both.half)
    }

    #[test]
    fn an_error_has_two_digits_if_the_first_is_a_one_or_a_two() {
        assert_eq!(shown(-3_278.0, 142.0), (-3_280.0, 150.0));
        assert_eq!(shown(1_275.0, 1_020.0), (1_300.0, 1_100.0));
        assert_eq!(shown(38.0, 160.0), (40.0, 160.0));
        assert_eq!(shown(0.012_34, 0.003_6), (0.012, 0.004));
        assert_eq!(shown(-59.63, 0.392), (-59.6, 0.4));
        // the verdict of an interval can be seen
        assert_eq!(shown(-2_560.0, 2_464.0), (-2_600.0, 2_500.0));
        assert_eq!(shown(-3_478.0, 2_402.0), (-3_500.0, 2_500.0));
        // rounded to thousands both would read −4 ± 4
        assert_eq!(shown(-3.6, 3.2), (-3.6, 3.2));
        assert_eq!(shown(-3.6, 3.9), (-4.0, 4.0));
    }

    #[test]
    fn an_error_is_never_told_smaller_than_it_is() {
        for k in 1..20_000 {
            let half = 0.37 * f64::from(k);
            for value in [0.0, 0.99 * half, 1.01 * half, -17.0 * half] {
                let round_both = round_both(value, half);
                assert!(round_both.half >= LEAST_PART * half, "{half} {round_both:?}");
                assert!(round_both.half <= 1.35 * half, "{half} {round_both:?}");
                assert!((round_both.value - value).abs() <= 0.51 * unit(round_both.place));
                assert_eq!(
                    round_both.value.abs() > round_both.half,
                    value.abs() > half,
                    "{value} {half} {round_both:?}"
                );
            }
        }
    }
}
