//! Figures out of printed text.
//!
//! In: sentences. Out: amounts and shares, each with how far its last digit reaches. Not here: what is
//! true of them.

/// A number as it is printed, and half a unit of its last digit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Printed {
    pub value: f64,
    pub half_digit: f64,
}

impl Printed {
    pub fn is(self, value: f64) -> bool {
        // three roundings of a hundredth of the digit
        (self.value - value).abs() <= 1.03 * self.half_digit + 1e-9 * value.abs()
    }

    pub fn low(self) -> f64 {
        self.value - 1.03 * self.half_digit
    }

    pub fn high(self) -> f64 {
        self.value + 1.03 * self.half_digit
    }

    /// Significant digits.
    pub fn n_digits(self) -> i32 {
        let first = self.value.abs().log10().floor();
        let last = (2.0 * self.half_digit).log10().round();
        (first - last) as i32 + 1
    }
}

/// `1,234.5` with a suffix such as `k` or `e−7`.
fn number(text: &str, suffix: f64) -> Option<Printed> {
    let plain = text.replace(',', "");
    let value: f64 = plain.parse().ok()?;
    let decimals = plain.split_once('.').map_or(0, |(_, rest)| rest.len());
    // zeros before a missing point may be known or not
    let idle = match plain.contains('.') {
        true => 0,
        false => plain.len() - plain.trim_end_matches('0').len().max(1),
    };
    let digit = 10f64.powi(idle as i32 - decimals as i32);
    Some(Printed {
        value: value * suffix,
        half_digit: 0.5 * digit * suffix,
    })
}

/// The first amount in `text`, written in `currency`.
pub fn amount(text: &str, currency: &str) -> Option<Printed> {
    let sign = match currency {
        "USD" => "$",
        "EUR" => "€",
        "GBP" => "£",
        "JPY" => "¥",
        other => other,
    };
    let (before, after) = text.split_once(sign)?;
    let after = after.trim_start();
    let end = after
        .find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
        .unwrap_or(after.len());
    let (digits, rest) = after.split_at(end);
    let suffix = match rest.chars().next() {
        Some('k') => 1e3,
        Some('M') => 1e6,
        Some('B') => 1e9,
        Some('T') => 1e12,
        Some('e') => power(&rest[1..])?,
        _ => 1.0,
    };
    let read = number(digits.trim_end_matches(['.', ',']), suffix)?;
    let minus = if before.ends_with('−') { -1.0 } else { 1.0 };
    Some(Printed {
        value: minus * read.value,
        ..read
    })
}

fn power(text: &str) -> Option<f64> {
    let plain = text.replace('−', "-");
    let end = plain
        .find(|c: char| !c.is_ascii_digit() && c != '-')
        .unwrap_or(plain.len());
    Some(10f64.powi(plain[..end].parse().ok()?))
}

/// The last number before the first ` %` in `text`, as a fraction.
pub fn share(text: &str) -> Option<Printed> {
    let (before, _) = text.split_once(" %")?;
    let word = before.split_whitespace().next_back()?;
    let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
    let mut read = number(digits, 0.01)?;
    if !digits.contains('.') {
        read.half_digit = 0.005;
    }
    let minus = if word.contains('−') { -1.0 } else { 1.0 };
    Some(Printed {
        value: minus * read.value,
        ..read
    })
}

/// The first whole number in `text`.
pub fn count(text: &str) -> Option<usize> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let rest = &text[start..];
    let end = rest
        .find(|c: char| !c.is_ascii_digit() && c != ',')
        .unwrap_or(rest.len());
    rest[..end].replace(',', "").parse().ok()
}

/// What stands between `after` and the next `before`.
pub fn between<'t>(text: &'t str, after: &str, before: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(after)?;
    rest.split_once(before).map(|(found, _)| found)
}

/// The largest chance of what none of `n` draws had, 1 − 0.025^(1/n).
pub fn exact_bound(n: usize) -> f64 {
    1.0 - 0.025_f64.powf(1.0 / n as f64)
}

/// A text without ` ($0 to $43k)` behind its figures.
pub fn without_intervals(text: &str) -> String {
    let parts = text.split(" (");
    let parts = parts.map(|part| part.split_once(')').map_or(part, |(_, after)| after));
    parts.collect()
}
