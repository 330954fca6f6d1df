//! Numbers as people write them: "80,000", "1.234,5", "80 000", "50k", "ten".
//!
//! In: texts in lower case. Out: [`Number`] and what follows it. Not here: signs and times around it (`typed`).

/// A number as written, with the other reading if there is one.
pub(super) struct Number {
    pub(super) value: f64,
    pub(super) other: Option<f64>,
    /// Says how many times: "twice".
    pub(super) is_times: bool,
}

/// The number at the start of `text`, with its suffix, and what follows.
pub(super) fn number(text: &str) -> Option<(Number, &str)> {
    let text = text.trim_start();
    if let Some(found) = in_words(text) {
        return Some(found);
    }
    let (sign, rest) = match text.strip_prefix(['-', '−']) {
        Some(rest) => ("-", rest.trim_start()),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = rest.trim_start_matches(['$', '€', '£', '¥']).trim_start();
    let end = length(rest);
    let digits = &rest[..end];
    if !digits.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (power, rest) = suffix(&rest[end..]);
    let value = |digits: &str| format!("{sign}{digits}{power}").parse::<f64>().ok();
    let mut readings = readings(digits)?.into_iter();
    let first = value(&readings.next()?)?;
    let other = readings.next().and_then(|digits| value(&digits));
    Some((
        Number {
            value: first,
            other,
            is_times: false,
        },
        rest,
    ))
}

fn in_words(text: &str) -> Option<(Number, &str)> {
    const WORDS: [(&str, f64); 15] = [
        ("once", 1.0),
        ("one", 1.0),
        ("twice", 2.0),
        ("two", 2.0),
        ("three", 3.0),
        ("four", 4.0),
        ("five", 5.0),
        ("six", 6.0),
        ("seven", 7.0),
        ("eight", 8.0),
        ("nine", 9.0),
        ("ten", 10.0),
        ("eleven", 11.0),
        ("twelve", 12.0),
        ("twenty", 20.0),
    ];
    let length = text.find(' ').unwrap_or(text.len());
    let found = WORDS.iter().find(|(word, _)| *word == &text[..length]);
    found.map(|(word, value)| {
        let number = Number {
            value: *value,
            other: None,
            is_times: ["once", "twice"].contains(word),
        };
        (number, &text[length..])
    })
}

/// How many bytes of digits, and of marks between them, `text` begins with.
fn length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut end = digits(text);
    while let Some(mark) = text[end..].chars().next() {
        let after = &text[end + mark.len_utf8()..];
        let follow = digits(after);
        let joins = match mark {
            '.' | ',' | '_' => follow > 0,
            // 80 000, not 5 2031
            ' ' | '\'' | '’' => end > 0 && follow == 3,
            _ => false,
        };
        if !joins {
            break;
        }
        end += mark.len_utf8() + follow;
    }
    end
}

/// The exponent of "k", "M", "million"; of "e5" too.
fn suffix(text: &str) -> (String, &str) {
    if let Some(after) = text.strip_prefix('e') {
        let signs = usize::from(after.starts_with(['-', '+']));
        let digits = after[signs..]
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        if (1..=3).contains(&digits) {
            let (exponent, rest) = after.split_at(signs + digits);
            return (format!("e{exponent}"), rest);
        }
    }
    let rest = text.trim_start();
    let word: usize = rest
        .chars()
        .take_while(|c| c.is_alphabetic())
        .map(char::len_utf8)
        .sum();
    let power = match &rest[..word] {
        "k" | "thousand" | "tsd" => "e3",
        "mn" | "mio" | "million" | "millions" | "mm" => "e6",
        "bn" | "billion" | "billions" | "mrd" => "e9",
        _ => return (String::new(), text),
    };
    (power.to_owned(), &rest[word..])
}

/// What digits with dots and commas mean, in the form that Rust reads.
fn readings(digits: &str) -> Option<Vec<String>> {
    let mut behind_mark = digits.split([',', '.']).skip(1);
    if behind_mark.any(|part| part.contains([' ', '\'', '’'])) {
        return None; // 1.500 000 is neither decimals nor one way to write thousands
    }
    let digits: String = digits
        .chars()
        .filter(|c| !matches!(c, '_' | '\'' | '’' | ' '))
        .collect();
    let joined = digits.replace([',', '.'], "");
    let count = |mark: char| digits.matches(mark).count();
    let last = digits.rfind([',', '.']);
    let Some(last) = last else {
        return Some(vec![joined]);
    };
    let (whole, fraction) = (&digits[..last], &digits[last + 1..]);
    let decimal = format!("{}.{fraction}", whole.replace([',', '.'], ""));
    let mark = if digits[last..].starts_with(',') {
        ','
    } else {
        '.'
    };
    let head = digits.find([',', '.']).unwrap_or(last);
    let in_thousands = (1..=3).contains(&head)
        && !digits.starts_with('0')
        && digits[head + 1..]
            .split([',', '.'])
            .all(|group| group.len() == 3);
    match (count(','), count('.')) {
        // 1.234,5 and 1,234.5: the last mark is the decimal one
        (commas, dots) if commas > 0 && dots > 0 => {
            let is_once = count(mark) == 1;
            let groups = whole
                .split([',', '.'])
                .skip(1)
                .all(|group| group.len() == 3);
            (is_once && groups).then(|| vec![decimal])
        }
        // 80,000 is a thousandfold first, 80.000 is a decimal first
        (1, 0) if in_thousands => Some(vec![joined, decimal]),
        (0, 1) if in_thousands => Some(vec![decimal, joined]),
        // 1,5000 may be decimals or thousands with a digit too many
        (1, 0) if fraction.len() > 3 && !digits.starts_with('0') => None,
        (1, 0) | (0, 1) => Some(vec![decimal]),
        _ => in_thousands.then(|| vec![joined]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_in_every_notation() {
        for (text, readings) in [
            ("80,000", vec![80_000.0, 80.0]),
            ("80.000", vec![80.0, 80_000.0]),
            ("$50,000", vec![50_000.0, 50.0]),
            ("1.234.567", vec![1_234_567.0]),
            ("1.234,5", vec![1234.5]),
            ("1,234.5", vec![1234.5]),
            ("80 000 €", vec![80_000.0]),
            ("80'000", vec![80_000.0]),
            ("50k", vec![50_000.0]),
            ("1.5 million", vec![1_500_000.0]),
            ("1e5", vec![100_000.0]),
            ("-3,7", vec![-3.7]),
            ("0,300", vec![0.3]),
            (".5", vec![0.5]),
            ("ten", vec![10.0]),
        ] {
            let (first, _) = number(text).unwrap_or_else(|| panic!("{text}"));
            let found: Vec<f64> = [first.value].into_iter().chain(first.other).collect();
            assert_eq!(found, readings, "{text}");
        }
    }
}
