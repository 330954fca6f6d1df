//! Counts, spans, months, digits with commas; numbers that are neither money nor shares: multiples, correlations,
//! ticks.
//!
//! In: numbers, dates. Out: texts. Not here: which numbers are shown.

use super::{MINUS, Quantity};

/// Numbers from here on are powers of ten.
const WRITTEN_OUT: f64 = 1e15;

/// The digits of a number without its sign.
pub fn fixed(value: f64, decimals: i32) -> String {
    if value.abs() >= WRITTEN_OUT {
        return format!("{:.0e}", value.abs());
    }
    let decimals = usize::try_from(decimals).unwrap_or(0);
    grouped_digits(&format!("{:.decimals$}", value.abs()))
}

/// A number with its sign to a number of decimals.
pub fn signed_fixed(value: f64, decimals: i32) -> String {
    with_minus(value, &fixed(value, decimals))
}

/// The digits of a number with its sign; no minus before zero.
pub(super) fn with_minus(value: f64, digits: &str) -> String {
    match value < 0.0 && !is_zero(digits) {
        true => format!("{MINUS}{digits}"),
        false => digits.to_owned(),
    }
}

/// Whether digits are all zeros.
pub fn is_zero(digits: &str) -> bool {
    !digits.contains(|c: char| ('1'..='9').contains(&c))
}

/// `100,000`
pub fn grouped(number: u64) -> String {
    grouped_digits(&number.to_string())
}

/// `1 gate`, `448 gates`
pub fn counted(n: usize, thing: &str) -> String {
    let plural = match (n, thing.ends_with('s')) {
        (1, _) => "",
        (_, true) => "es",
        _ => "s",
    };
    format!("{} {thing}{plural}", grouped(n as u64))
}

/// Commas between the thousands of a number without a sign.
pub fn grouped_digits(number: &str) -> String {
    let (digits, decimals) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text + decimals
}

/// `a, b and c`
pub fn listed<T: AsRef<str>>(names: &[T]) -> String {
    let names: Vec<&str> = names.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
        names => names.concat(),
    }
}

/// `ten years`, `18 months`.
pub fn span(years: f64) -> String {
    let months = (years * 12.0).round() as u64;
    match (months / 12, months % 12) {
        (1, 0) => "one year".to_string(),
        (whole, 0) if whole > 0 => format!("{} years", in_words(whole)),
        _ if months == 1 => "one month".to_string(),
        _ => format!("{} months", in_words(months)),
    }
}

/// Small numbers in words.
pub fn in_words(number: u64) -> String {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    WORDS.get(number as usize).map_or_else(|| grouped(number), |word| (*word).to_string())
}

/// Words that a title may have; signs such as % are none.
const WORDS_OF_TITLE: usize = 10;

/// The first of these titles that is short enough, else the last.
pub fn briefest<const N: usize>(titles: [String; N]) -> String {
    let is_word = |word: &&str| word.chars().any(char::is_alphanumeric);
    let is_brief =
        |title: &String| title.split_whitespace().filter(is_word).count() <= WORDS_OF_TITLE;
    let brief = titles.iter().find(|title| is_brief(title));
    brief.or(titles.last()).cloned().unwrap_or_default()
}

/// `2027-01` as `Jan 2027`.
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

/// The first sentences of a text, so many that the next one would reach over `most` bytes; at least one.
pub fn first_sentences(text: &str, most: usize) -> &str {
    let ends = text.match_indices(". ").map(|(at, _)| at + 1);
    let ends: Vec<usize> = ends.chain([text.len()]).collect();
    let last = ends.iter().take_while(|end| **end <= most).last();
    &text[..*last.or(ends.first()).unwrap_or(&0)]
}

/// `2027`
pub fn year_of(date: &str) -> &str {
    date.split('-').next().unwrap_or(date)
}

/// Ticks are round; so many digits print them whole and hide the last bits of their floats.
pub(super) const TICK_DIGITS: usize = 9;

/// The smallest multiple that is printed; what lies between it and zero is "under" it.
const LEAST_TIMES: f64 = 0.001;

/// `×1.6`: two significant digits, down to a thousandth.
pub fn times(value: f64) -> String {
    if value > 0.0 && value < LEAST_TIMES {
        return format!("under ×{LEAST_TIMES}");
    }
    format!("×{}", short(value.max(0.0), 2))
}

/// `×1.25`: a tick, with every digit that it has.
pub fn times_tick(value: f64) -> String {
    format!("×{}", short(value.max(0.0), TICK_DIGITS))
}

/// `0.41`, `−0.4`: a correlation in two decimals, in one where its error supports no second.
pub fn correlation(figure: Quantity) -> String {
    signed_fixed(figure.value, if figure.half_width() >= 0.1 { 1 } else { 2 })
}

/// `2.5`: a tick of a plain number, with every digit that it has.
pub fn plain(value: f64) -> String {
    short(value.max(0.0), TICK_DIGITS)
}

/// The float nearest to 10ᵏ.
pub fn power_of_ten(k: i32) -> f64 {
    let text = format!("1e{k}");
    text.parse().expect("a number in scientific notation")
}

/// The first `digits` significant digits, rounded, and the exponent of the first.
fn scientific(value: f64, digits: usize) -> (String, i32) {
    let text = format!("{:.*e}", digits - 1, value.abs());
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = mantissa.replace('.', "");
    (digits, exponent.parse().unwrap_or(0))
}

/// A non-negative number with a suffix for thousands, millions …; powers of ten beyond 10¹⁵ and
/// below 10⁻⁴.
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

/// Sets the decimal point after `whole` digits, filling up with zeros.
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
