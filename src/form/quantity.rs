//! Texts that begin with a number and go on with a unit: "2.5 %/year", "22-35 %", "1_750/month".
//!
//! In: texts. Out: digits and unit, in one spelling. Not here: which unit a key expects.

/// A number as written and the unit behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quantity {
    digits: String,
    /// Lower case, without spaces, with `/` for "per": `%/year`.
    pub unit: String,
}

/// Two numbers with a unit behind the second.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QuantityRange {
    pub low: Quantity,
    pub high: Quantity,
}

impl Quantity {
    /// Reads `text` whole; none if it does not begin with a number.
    pub fn parse(text: &str) -> Option<Self> {
        let (digits, rest) = number(text.trim())?;
        Some(Self {
            digits,
            unit: unit(rest),
        })
    }

    pub fn number(&self) -> f64 {
        self.digits.parse().unwrap_or(f64::NAN)
    }

    /// The number in hundredths, correctly rounded: "22" is the double nearest to 0.22.
    pub fn hundredths(&self) -> f64 {
        format!("{}e-2", self.digits).parse().unwrap_or(f64::NAN)
    }

    /// The number as a message repeats it.
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

impl QuantityRange {
    /// Reads `22-35 %`, `22 % – 35 %`, `-5 to 10 %`; none if it is not two numbers.
    pub fn parse(text: &str) -> Option<Self> {
        let (low, rest) = number(text.trim())?;
        let rest = rest.trim_start();
        let (low_unit, rest) = match rest.strip_prefix('%') {
            Some(rest) => ("%", rest.trim_start()),
            None => ("", rest),
        };
        let rest = ["-", "–", "—", "−", "to ", ".."]
            .iter()
            .find_map(|between| rest.strip_prefix(between))?;
        let (high, rest) = number(rest.trim_start())?;
        let unit = unit(rest);
        Some(Self {
            low: Quantity {
                digits: low,
                unit: if low_unit.is_empty() {
                    unit.clone()
                } else {
                    low_unit.to_owned()
                },
            },
            high: Quantity { digits: high, unit },
        })
    }
}

/// The number at the start of `text`, without underscores, and what follows it.
fn number(text: &str) -> Option<(String, &str)> {
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
    Some((digits, rest))
}

/// How many bytes of digits, with single underscores between them, `text` begins with.
fn whole_digits(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut end = 0;
    while digit(end) || (end > 0 && bytes.get(end) == Some(&b'_') && digit(end + 1)) {
        end += 1;
    }
    (end > 0).then_some(end)
}

/// One spelling for units: `% per year`, `%/yr` and `% a year` are `%/year`.
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
        let quantity = Quantity::parse(text).unwrap();
        (quantity.number(), quantity.unit)
    }

    #[test]
    fn one_unit_has_many_spellings() {
        for text in [
            "2.5 %/year",
            "2.5% per year",
            "2.5 % a year",
            "+2.5%/yr",
            "2.5 % / years",
        ] {
            assert_eq!(parse(text), (2.5, "%/year".to_owned()), "{text}");
        }
        assert_eq!(parse("1_750/month"), (1750.0, "/month".to_owned()));
        assert_eq!(parse("10 years"), (10.0, "year".to_owned()));
        assert_eq!(parse("-3"), (-3.0, String::new()));
    }

    #[test]
    fn per_cent_are_rounded_once() {
        for (text, value) in [
            ("22 %", 0.22),
            ("2.6 %", 0.026),
            ("-18 %", -0.18),
            ("0.1 %", 0.001),
        ] {
            assert_eq!(Quantity::parse(text).unwrap().hundredths(), value, "{text}");
        }
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
            assert_eq!(
                (range.low.number(), range.high.number()),
                (low, high),
                "{text}"
            );
            assert_eq!(
                (range.low.unit.as_str(), range.high.unit.as_str()),
                ("%", "%")
            );
        }
        assert_eq!(QuantityRange::parse("22 %"), None);
    }

    #[test]
    fn what_is_no_number_is_none() {
        for text in ["", "%", "ten years", "nan", "inf %", "_1", "-", "."] {
            assert_eq!(Quantity::parse(text), None, "{text}");
        }
    }
}
