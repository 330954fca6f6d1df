//! Text form of a number in messages: short, with grouped digits.
//!
//! In: numbers. Out: texts. Not here: figures with an error (`figure` rounds those by their error).

/// Writes `value` with the fewest digits that read back to an equal number; huge and tiny numbers have an
/// exponent.
pub fn plain(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        "0".to_owned()
    } else if value.is_finite() && !(1e-6..1e15).contains(&size) {
        format!("{value:e}")
    } else {
        format!("{value}")
    }
}

/// Writes `value` rounded to `decimals` without trailing zeros, with commas between thousands: `2,200`.
pub fn grouped(value: f64, decimals: usize) -> String {
    separated(value, decimals, ',')
}

/// Writes `value` like [`grouped`], but with the separator of TOML between thousands: `2_200`.
pub fn grouped_for_toml(value: f64, decimals: usize) -> String {
    separated(value, decimals, '_')
}

fn separated(value: f64, decimals: usize, separator: char) -> String {
    if !value.is_finite() || value.abs() >= 1e15 {
        return plain(value);
    }
    let text = format!("{value:.decimals$}");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let digits =
        if digits.contains('.') { digits.trim_end_matches('0').trim_end_matches('.') } else { digits };
    format!("{sign}{}", separated_digits(digits, separator))
}

/// Inserts commas between the thousands of a decimal number without a sign.
pub fn grouped_digits(number: &str) -> String {
    separated_digits(number, ',')
}

fn separated_digits(number: &str, separator: char) -> String {
    let (digits, decimals) = number.split_at(number.find('.').unwrap_or(number.len()));
    let mut text = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text + decimals
}

/// True if a character affects the display of a text instead of being shown. These are control characters,
/// line breaks, characters that change the writing direction, and invisible ones that make two names look
/// alike. Joiners are allowed, because scripts and emoji need them.
pub fn is_acting(sign: char) -> bool {
    if sign.is_ascii() {
        return sign.is_ascii_control();
    }
    let hides = matches!(sign, '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    let turns = matches!(sign, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    sign.is_control() || turns || hides || matches!(sign, '\u{2028}' | '\u{2029}')
}

/// Replaces each character for which [`is_acting`] is true by its JSON escape: `\u202e`.
pub fn spelled_out(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for sign in text.chars() {
        if is_acting(sign) {
            shown.push_str(&format!("\\u{:04x}", u32::from(sign)))
        } else {
            shown.push(sign)
        }
    }
    shown
}

/// Writes a fraction as percent: `0.025` is `2.5 %`.
pub fn per_cent(fraction: f64) -> String {
    format!("{} %", grouped(fraction * 100.0, 4))
}

/// Writes `number` times 100 exactly, by moving the decimal point of its text.
pub fn hundredfold(number: f64) -> String {
    let text = format!("{number}");
    let (sign, digits) = text.strip_prefix('-').map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let fraction = format!("{fraction:0<2}");
    let (moved, rest) = fraction.split_at(2);
    let whole = format!("{whole}{moved}");
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        whole => whole,
    };
    let dot = if rest.is_empty() { "" } else { "." };
    format!("{sign}{whole}{dot}{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spoken_short() {
        assert_eq!([0.22, 22.0, 1e300].map(plain), ["0.22", "22", "1e300"]);
        assert_eq!([grouped(2200.0, 4), grouped_for_toml(2200.0, 4)], ["2,200", "2_200"]);
        assert_eq!(grouped(-1_234_567.891, 2), "-1,234,567.89");
        assert_eq!([22.0, 0.025, -0.18].map(per_cent), ["2,200 %", "2.5 %", "-18 %"]);
    }

    #[test]
    fn per_cent_lose_no_digit() {
        for (number, text) in
            [(0.0, "0"), (2.5, "250"), (0.07, "7"), (-0.105, "-10.5"), (1.0 / 3.0, "33.33333333333333")]
        {
            assert_eq!(hundredfold(number), text);
            assert_eq!(format!("{text}e-2").parse::<f64>(), Ok(number));
        }
    }
}
