//! Counts, spans, months, digits with commas.
//!
//! In: numbers, dates. Out: texts. Not here: figures with an error.

/// Numbers from here on are powers of ten.
const WRITTEN_OUT: f64 = 1e9;

/// The digits of a number without its sign.
pub fn fixed(value: f64, decimals: i32) -> String {
    if value.abs() >= WRITTEN_OUT {
        return format!("{:.0e}", value.abs());
    }
    let decimals = usize::try_from(decimals).unwrap_or(0);
    grouped_digits(&format!("{:.decimals$}", value.abs()))
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

/// `text` with a large first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
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
    WORDS
        .get(number as usize)
        .map_or_else(|| grouped(number), |word| (*word).to_string())
}

/// `2027-01` as `Jan 2027`.
pub fn spoken_month(date: &str) -> String {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let (year, month) = date.split_once('-').unwrap_or((date, ""));
    let index: usize = month.parse().unwrap_or(0);
    match NAMES.get(index.wrapping_sub(1)) {
        Some(name) => format!("{name} {year}"),
        None => date.to_owned(),
    }
}

/// `2027`
pub fn year_of(date: &str) -> &str {
    date.split('-').next().unwrap_or(date)
}
