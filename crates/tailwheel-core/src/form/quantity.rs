//! Texts of a number and a unit: "2.5 %/year", "22-35 %", "1_750/month".
//!
//! In: texts. Out: digits and unit, in one spelling. Not here: the unit that a key expects.

/// A number with its unit, as read from a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitNumber {
    digits: String,
    /// Power of ten behind `e`; 0 without one.
    exponent: i32,
    /// Unit in lower case, without spaces, with `/` for "per": `%/year`.
    pub unit: String,
}

/// A range: two numbers with a unit behind the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityRange {
    pub low: UnitNumber,
    pub high: UnitNumber,
}

impl UnitNumber {
    /// Parses the whole text; `None` if it does not begin with a number.
    pub fn parse(text: &str) -> Option<Self> {
        let (number, rest) = number(text.trim())?;
        Some(Self { unit: unit(rest), ..number })
    }

    pub fn number(&self) -> f64 {
        self.shifted(0)
    }

    /// Returns a hundredth of the number, correctly rounded: for "22" the double nearest to 0.22.
    pub fn hundredths(&self) -> f64 {
        self.shifted(-2)
    }

    /// Returns the number times 10^`power`, rounded once.
    fn shifted(&self, power: i32) -> f64 {
        format!("{}e{}", self.digits, self.exponent.saturating_add(power)).parse().unwrap_or(f64::NAN)
    }

    /// Returns the number without its unit, with the digits of the file, for messages.
    pub fn digits(&self) -> String {
        match self.exponent {
            0 => self.digits.clone(),
            exponent => format!("{}e{exponent}", self.digits),
        }
    }
}

/// Returns the number at the start of `text` and the text behind it; `None` without a finite number.
pub fn leading_number(text: &str) -> Option<(f64, &str)> {
    let (number, rest) = number(text.trim())?;
    let number = number.number();
    number.is_finite().then_some((number, rest))
}

/// Parses a whole number in any notation: `20000`, `20_000`, `2e4`; `None` if `text` is none.
pub fn whole_number(text: &str) -> Option<u64> {
    let (number, rest) = number(text.trim())?;
    if !rest.is_empty() {
        return None;
    }
    let is_plain = number.exponent == 0;
    let digits = number.digits.parse().ok().filter(|_| is_plain);
    let found = number.number();
    let is_whole = found.fract() == 0.0 && found.is_sign_positive() && found < EXACT;
    digits.or_else(|| (is_whole && !is_plain).then_some(found as u64))
}

/// 2⁵³: every whole number below this limit is an exact `f64`.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

impl QuantityRange {
    /// Parses `22-35 %`, `22 % – 35 %`, `-5 to 10 %`; `None` if the text is not two numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let (low, rest) = number(text.trim())?;
        let rest = rest.trim_start();
        let (low_unit, rest) = match rest.strip_prefix('%') {
            Some(rest) => ("%", rest.trim_start()),
            None => ("", rest),
        };
        let rest = ["-", "–", "—", "−", "to ", ".."].iter().find_map(|between| rest.strip_prefix(between))?;
        let (high, rest) = number(rest.trim_start())?;
        let unit = unit(rest);
        let low_unit = if low_unit.is_empty() { unit.clone() } else { low_unit.to_owned() };
        Some(Self { low: UnitNumber { unit: low_unit, ..low }, high: UnitNumber { unit, ..high } })
    }
}

/// Returns the number at the start of `text`, without unit, and the text behind it; `None` without a number.
fn number(text: &str) -> Option<(UnitNumber, &str)> {
    let mut digits = String::new();
    let mut rest = text;
    if let Some(after) = rest.strip_prefix(['-', '−']) {
        digits.push('-');
        rest = after.trim_start();
    } else if let Some(after) = rest.strip_prefix('+') {
        rest = after;
    }
    let whole = whole_digits(rest)?;
    digits.extend(rest[..whole].chars().filter(|c| *c != '_'));
    rest = &rest[whole..];
    if let Some(after) = rest.strip_prefix('.')
        && let Some(fraction) = whole_digits(after)
    {
        digits.push('.');
        digits.extend(after[..fraction].chars().filter(|c| *c != '_'));
        rest = &after[fraction..];
    }
    let (exponent, rest) = exponent(rest).unwrap_or((0, rest));
    Some((UnitNumber { digits, exponent, unit: String::new() }, rest))
}

/// Returns the power of ten at the start of `text`, as in `e4`, and the text behind it; `None` without one.
fn exponent(text: &str) -> Option<(i32, &str)> {
    let after = text.strip_prefix(['e', 'E'])?;
    let digits = after.strip_prefix(['-', '+']).unwrap_or(after);
    let end = after.len() - digits.len() + whole_digits(digits)?;
    let exponent = after[..end].replace('_', "").parse().ok()?;
    Some((exponent, &after[end..]))
}

/// Length in bytes of the digits at the start of `text`, single underscores included; `None` without any.
fn whole_digits(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (end > 0 && bytes.get(end) == Some(&b'_') && digit(end + 1)) {
        end += 1;
    }
    (end > 0).then_some(end)
}

/// Normalizes a unit: `% per year`, `%/yr` and `% a year` become `%/year`.
pub(super) fn unit(rest: &str) -> String {
    let words = rest.to_lowercase().replace('/', " / ").replace('%', " % ");
    let mut unit = String::new();
    for word in words.split_whitespace() {
        match word {
            "per" | "a" | "an" => unit.push('/'),
            "years" | "yr" | "yrs" | "y" | "annum" => unit.push_str("year"),
            "months" | "mo" => unit.push_str("month"),
            "weeks" | "wk" => unit.push_str("week"),
            "days" => unit.push_str("day"),
            other => unit.push_str(other),
        }
    }
    unit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (f64, String) {
        let quantity = UnitNumber::parse(text).unwrap();
        (quantity.number(), quantity.unit)
    }

    #[test]
    fn one_unit_has_many_spellings() {
        for text in ["2.5 %/year", "2.5% per year", "2.5 % a year", "+2.5%/yr", "2.5 % / years"] {
            assert_eq!(parse(text), (2.5, "%/year".to_owned()), "{text}");
        }
        // and a number may have an exponent before its unit
        for (text, number, unit) in [
            ("1_750/month", 1750.0, "/month"),
            ("10 years", 10.0, "year"),
            ("-3", -3.0, ""),
            ("1e4", 1e4, ""),
            ("1e4/month", 1e4, "/month"),
            ("2.5E-3 %/year", 2.5e-3, "%/year"),
            ("-1_0e+0_2", -1e3, ""),
            ("3 eur", 3.0, "eur"),
            ("3e", 3.0, "e"),
            ("1e99999999999", 1.0, "e99999999999"),
        ] {
            assert_eq!(parse(text), (number, unit.to_owned()), "{text}");
        }
        let range = QuantityRange::parse("1e-1-2e1 %").unwrap();
        assert_eq!([range.low, range.high].map(|end| end.hundredths()), [1e-3, 0.2]);
    }

    #[test]
    fn a_whole_number_is_read_to_the_last_digit() {
        for (text, number) in
            [("2e4", 20_000), ("20_000", 20_000), ("1.5e3", 1500), ("18446744073709551615", u64::MAX)]
        {
            assert_eq!(whole_number(text), Some(number), "{text}");
        }
        for text in ["", "-1", "-0", "-0e1", "1.0", "1.5", "1e-1", "1e30", "2e4/month", "x"] {
            assert_eq!(whole_number(text), None, "{text}");
        }
    }

    #[test]
    fn per_cent_are_rounded_once() {
        let typed = ["22e0 %", "2.6e-1 %", "22 %", "2.6 %", "-18 %", "0.1 %"];
        let read = typed.map(|text| UnitNumber::parse(text).unwrap().hundredths());
        assert_eq!(read, [0.22, 0.0026, 0.22, 0.026, -0.18, 0.001]);
    }

    #[test]
    fn ranges_may_have_negative_ends_and_any_dash() {
        for (text, low, high) in [
            ("22-35 %", 22.0, 35.0),
            ("22 – 35%", 22.0, 35.0),
            ("-5-10 %", -5.0, 10.0),
            ("-10--5 %", -10.0, -5.0),
            ("7 % to 12 %", 7.0, 12.0),
        ] {
            let range = QuantityRange::parse(text).unwrap();
            assert_eq!((range.low.number(), range.high.number()), (low, high), "{text}");
            assert_eq!((range.low.unit.as_str(), range.high.unit.as_str()), ("%", "%"));
        }
        assert_eq!(QuantityRange::parse("22 %"), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "%", "ten years", "nan", "inf %", "_1", "-", "."] {
            assert_eq!(UnitNumber::parse(text), None, "{text}");
        }
        assert_eq!(["1e400", "years"].map(leading_number), [None, None]);
        // what follows a leading number is left as it is typed
        assert_eq!(leading_number(" 1e1 years "), Some((10.0, " years")));
    }
}
