//! Text of counts, time spans, months, dates of a time axis, lists, and of numbers that are neither money nor
//! shares: multiples, correlations, ticks.
//!
//! In: numbers, dates. Out: texts. Not here: which numbers are shown, pixels (`chart`).

use super::{MINUS, Quantity};
use crate::math::digits::rounded;
use crate::units::{YearMonth, grouped_digits};

/// Smallest number that is printed as a power of ten.
const WRITTEN_OUT: f64 = 1e15;

/// Formats the absolute value with this number of decimals and commas between thousands.
pub fn fixed(value: f64, decimals: i32) -> String {
    if value.abs() >= WRITTEN_OUT {
        return format!("{:.0e}", value.abs());
    }
    let number = rounded(value.abs(), decimals.max(0));
    let decimals = usize::try_from(decimals).unwrap_or(0);
    grouped_digits(&format!("{number:.decimals$}"))
}

/// Formats a number with its minus sign and this number of decimals.
pub fn signed_fixed(value: f64, decimals: i32) -> String {
    with_minus(value, &fixed(value, decimals))
}

/// Puts a minus before `digits` if `value` is negative and the digits are not all zeros.
pub(super) fn with_minus(value: f64, digits: &str) -> String {
    if value < 0.0 && !is_zero(digits) { format!("{MINUS}{digits}") } else { digits.to_owned() }
}

/// True if the text contains no digit from 1 to 9.
pub fn is_zero(digits: &str) -> bool {
    !digits.contains(|c: char| ('1'..='9').contains(&c))
}

/// Formats a whole number with commas between thousands: `100,000`.
pub fn grouped(number: u64) -> String {
    grouped_digits(&number.to_string())
}

/// Formats a count with its noun in singular or plural: `1 gate`, `448 gates`.
pub fn counted(n: usize, thing: &str) -> String {
    let plural = match (n, thing.ends_with('s')) {
        (1, _) => "",
        (_, true) => "es",
        _ => "s",
    };
    format!("{} {thing}{plural}", grouped(n as u64))
}

/// Joins names to a list: `a, b and c`.
pub fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        names => names.concat(),
    }
}

/// Formats a time in years as `ten years` or, if it is not whole, as `18 months`.
pub fn span(years: f64) -> String {
    let months = (years * 12.0).round() as u64;
    match (months / 12, months % 12) {
        (1, 0) => "one year".to_string(),
        (whole, 0) if whole > 0 => format!("{} years", in_words(whole)),
        _ if months == 1 => "one month".to_string(),
        _ => format!("{} months", in_words(months)),
    }
}

/// Formats a number up to twelve as a word (0 as `no`), a larger one in digits.
pub fn in_words(number: u64) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
        "twelve",
    ];
    WORDS.get(number as usize).map_or_else(|| grouped(number), |word| (*word).to_string())
}

/// Largest number of words in a title.
const WORDS_OF_TITLE: usize = 10;

/// Returns the number of words in a title; a name in quotes is one word, and signs such as % do not count.
pub fn n_words(title: &str) -> usize {
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    let parts = title.split(['“', '”']).enumerate();
    // every second part is a name
    let count = |(place, part): (usize, &str)| match place % 2 {
        0 => part.split_whitespace().filter(is_word).count(),
        _ => 1,
    };
    parts.map(count).sum()
}

/// Returns the first title of at most ten words, or the last title if all are longer.
pub fn briefest<const N: usize>(titles: [String; N]) -> String {
    titles
        .iter()
        .find(|title| n_words(title) <= WORDS_OF_TITLE)
        .or(titles.last())
        .cloned()
        .unwrap_or_default()
}

/// Maximum number of characters of a name in a title.
const NAME_IN_TITLE: usize = 60;

/// Returns a name in quotes, cut at the end of a word with an ellipsis if it has more than 60 characters.
pub fn quoted(name: &str) -> String {
    if name.chars().count() <= NAME_IN_TITLE {
        return format!("“{name}”");
    }
    let part: String = name.chars().take(NAME_IN_TITLE).collect();
    let whole_words = part.rsplit_once(char::is_whitespace).map_or(part.as_str(), |(before, _)| before);
    format!("“{}…”", whole_words.trim_end_matches([' ', ',', ':', ';']))
}

/// Formats the date `2027-01` as `Jan 2027`; other texts are returned unchanged.
pub fn spoken_month(date: &str) -> String {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let (year, month) = date.split_once('-').unwrap_or((date, ""));
    let index: usize = month.parse().unwrap_or(0);
    match NAMES.get(index.wrapping_sub(1)) {
        Some(name) => format!("{name} {year}"),
        None => date.to_owned(),
    }
}

/// Returns the first sentences of a text, as many as fit into `most` bytes, but at least one.
pub fn first_sentences(text: &str, most: usize) -> &str {
    let ends: Vec<usize> = text.match_indices(". ").map(|(at, _)| at + 1).chain([text.len()]).collect();
    let last = ends.iter().take_while(|end| **end <= most).last();
    &text[..*last.or(ends.first()).unwrap_or(&0)]
}

/// Returns the year of a date such as `2027-01`.
pub fn year_of(date: &str) -> &str {
    date.split('-').next().unwrap_or(date)
}

/// Returns round dates of a time axis, in years from `start`, with labels: at most `at_most` after the start. Years begin
/// in January; months are counted from the start, and the last one is the horizon (`years`) if a step that is not too
/// coarse ends there. If `at_most` is 2 or less, months have no year.
pub fn dates(start: YearMonth, years: f64, at_most: usize) -> Vec<(f64, String)> {
    const STEPS_IN_MONTHS: [u32; 10] = [1, 2, 3, 6, 12, 24, 36, 60, 120, 240];
    let months = (years * 12.0).round() as u32;
    let fits = |step: &u32| (months / step) as usize <= at_most;
    let date = |month: u32| start.plus(month).to_string();
    let january = (0..12).find(|month| date(*month).ends_with("-01")).unwrap_or(0);
    let ends_at_horizon = |step: &u32| {
        let n_ticks = (months / step) as usize;
        let is_even = months.is_multiple_of(*step) && (*step < 12 || january == 0);
        fits(step) && is_even && 3 * n_ticks >= at_most
    };
    let steps = || STEPS_IN_MONTHS.into_iter();
    let step = steps().find(ends_at_horizon).or(steps().find(fits)).unwrap_or(600);
    let first = if step < 12 { 0 } else { january };
    let label = |month: u32| match step {
        12.. => year_of(&date(month)).to_owned(),
        _ if at_most <= 2 => spoken_month(&date(month))[..3].to_owned(),
        _ => spoken_month(&date(month)),
    };
    let tick = |month: u32, label: String| (f64::from(month) / 12.0, label);
    // without touching the next one
    let start = (2 * first > step).then(|| tick(0, spoken_month(&date(0))));
    let ticks = (first..=months).step_by(step as usize).map(|month| tick(month, label(month)));
    start.into_iter().chain(ticks).collect()
}

/// Significant digits of an axis tick: enough to print round values whole and to hide rounding of floats.
pub(super) const TICK_DIGITS: usize = 9;

/// Smallest multiple that is printed as a number; smaller ones read `under ×0.001`.
const LEAST_TIMES: f64 = 0.001;

/// Formats a multiple with two significant digits, `×1.6`, or `under ×0.001`.
pub fn times(value: f64) -> String {
    if value > 0.0 && value < LEAST_TIMES {
        return format!("under ×{LEAST_TIMES}");
    }
    format!("×{}", short(value.max(0.0), 2))
}

/// Formats a count, from 10,000 on with three significant digits: `14`, `8,423`, `1.02M`.
pub fn count(value: f64) -> String {
    if value < 9_999.5 { grouped(value.max(0.0).round() as u64) } else { short(value, 3) }
}

/// Formats a multiple with two significant digits as `4.7-fold`.
pub fn fold(value: f64) -> String {
    format!("{}-fold", short(value, 2))
}

/// Formats a multiple at an axis tick with all its digits: `×1.25`.
pub fn times_tick(value: f64) -> String {
    format!("×{}", short(value.max(0.0), TICK_DIGITS))
}

/// Formats a correlation with two decimals, `0.41`, or with one if its 95 % interval is ±0.1 or wider.
pub fn correlation(figure: Quantity) -> String {
    signed_fixed(figure.value, if figure.half_width() >= 0.1 { 1 } else { 2 })
}

/// Formats a plain number at an axis tick with all its digits: `2.5`. Negative numbers print as 0.
pub fn plain(value: f64) -> String {
    short(value.max(0.0), TICK_DIGITS)
}

/// Returns the float nearest to 10ᵏ.
pub fn power_of_ten(k: i32) -> f64 {
    let text = format!("1e{k}");
    text.parse().expect("a number in scientific notation")
}

/// Returns the first `digits` significant digits of `value`, without sign and point, and the power of ten of the first.
fn scientific(value: f64, digits: usize) -> (String, i32) {
    let text = format!("{:.*e}", digits - 1, value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = mantissa.replace('.', "");
    (digits, exponent.parse().unwrap_or(0))
}

/// Formats a non-negative number with `n_digits` significant digits and a suffix such as `k` or `M`; as a
/// power of ten from 10¹⁵ on and below 10⁻⁴.
pub(super) fn short(value: f64, n_digits: usize) -> String {
    const SUFFIXES: [&str; 5] = ["", "k", "M", "B", "T"];
    if value == 0.0 {
        return "0".to_string();
    }
    if !value.is_finite() {
        return "–".to_string();
    }
    let (digits, exponent) = scientific(value, n_digits);
    if (0..15).contains(&exponent) {
        let group = (exponent / 3) as usize;
        let text = point_after(&digits, (exponent % 3) as usize + 1);
        format!("{text}{}", SUFFIXES[group])
    } else if (-4..0).contains(&exponent) {
        let zeros = "0".repeat(-exponent as usize - 1);
        without_trailing_zeros(&format!("0.{zeros}{digits}")).to_string()
    } else {
        let sign = if exponent < 0 { "−" } else { "" };
        format!("{}e{sign}{}", point_after(&digits, 1), exponent.abs())
    }
}

/// Puts the decimal point after the first `whole` digits, padded with zeros; drops zeros at the end.
fn point_after(digits: &str, whole: usize) -> String {
    if digits.len() <= whole {
        return format!("{digits:0<whole$}");
    }
    let (before, after) = digits.split_at(whole);
    without_trailing_zeros(&format!("{before}.{after}")).to_string()
}

pub(super) fn without_trailing_zeros(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_their_rest_add_up_in_print() {
        for n in [40, 200, 400, 2_000, 4_000] {
            for hits in 0..=n {
                let tenths = |hits: i32| {
                    let text = fixed(100.0 * f64::from(hits) / f64::from(n), 1);
                    text.replace('.', "").parse::<i32>().unwrap()
                };
                assert_eq!(tenths(hits) + tenths(n - hits), 1_000, "{hits} of {n}");
            }
        }
    }

    #[test]
    fn the_last_date_is_the_horizon_where_a_step_meets_it() {
        let labels = |months: f64, at_most: usize| -> Vec<String> {
            let start = YearMonth::new(2027, 1).expect("a month");
            let dates = dates(start, months / 12.0, at_most);
            dates.into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(labels(3.0, 2), ["Jan", "Apr"]);
        assert_eq!(labels(1.0, 2), ["Jan", "Feb"]);
        assert_eq!(labels(120.0, 2), ["2027", "2032", "2037"]);
        assert_eq!(labels(15.0, 12).last().expect("dates"), "Apr 2028");
        assert_eq!(labels(180.0, 12).len(), 6, "every third year, as far as the horizon");
        assert_eq!(labels(120.0, 12).len(), 11);
    }
}
