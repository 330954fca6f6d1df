//! Quantities as people type them: "~20 %", "18 - 28 % p.a.", "50k", "$50,000", "3,7 %/year", "monthly".
//!
//! In: a [`Value`] that a key refused. Out: [`Typed`], from which each unit builds what to write instead.
//! Not here: what a key takes (`quantity` and the units read that, far less than is understood here).

use super::notation::number;
use super::{Data, Value};

/// Numbers with what stands around them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Typed {
    /// One number, or the ends of a range with the lower one first.
    pub(super) ends: Vec<f64>,
    /// What one number means if its only comma or dot separates the other thing than it seems to.
    pub(super) other: Option<f64>,
    pub(super) is_text: bool,
    /// Written with a point or a comma: 1.0, which is all of it, unlike 1.
    pub(super) is_decimal: bool,
    /// A bare float as thousands are written in German.
    pub(super) is_grouped: bool,
    pub(super) per_cent: bool,
    /// A currency stands beside it.
    pub(super) is_money: bool,
    /// So many times or events: "2x", "twice", "3 events".
    pub(super) is_times: bool,
    pub(super) clock: Clock,
}

/// What is said of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Clock {
    Nothing,
    /// So much per time: "/month", "p.a.", "APY".
    Per(Time),
    /// So much time: "3 months".
    Of(Time),
    /// Once in so much time: "every 3 months", "monthly".
    Every(Time),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
}

impl Time {
    /// How often it fits into a year of 365.25 days.
    pub(super) fn per_year(self) -> f64 {
        match self {
            Self::Year => 1.0,
            Self::Quarter => 4.0,
            Self::Month => 12.0,
            Self::Week => 365.25 / 7.0,
            Self::Day => 365.25,
            Self::Hour => 365.25 * 24.0,
        }
    }
}

impl Typed {
    /// What was typed, if it is about one quantity; nothing for what is no number to count with.
    pub(super) fn of(value: &Value) -> Option<Self> {
        match &value.data {
            Data::Text(text) => Self::parse(text),
            Data::List(items) => match items.as_slice() {
                [only] => Self::of(only),
                _ => None,
            },
            _ => value
                .as_number()
                .filter(|number| number.is_finite())
                .map(|number| Self {
                    is_decimal: matches!(value.data, Data::Float(_)),
                    is_grouped: value.is_grouped,
                    ..Self::bare(number + 0.0)
                }),
        }
    }

    fn bare(number: f64) -> Self {
        Self {
            ends: vec![number],
            other: None,
            is_text: false,
            is_decimal: false,
            is_grouped: false,
            per_cent: false,
            is_money: false,
            is_times: false,
            clock: Clock::Nothing,
        }
    }

    /// The number, if it is one and there is one way to read it.
    pub(super) fn one(&self) -> Option<f64> {
        match self.readings()[..] {
            [one] => Some(one),
            _ => None,
        }
    }

    /// Every reading of the one number, the likelier first; none of a range.
    pub(super) fn readings(&self) -> Vec<f64> {
        match self.ends[..] {
            [one] => [one].into_iter().chain(self.other).collect(),
            _ => Vec::new(),
        }
    }

    /// Whether nothing but numbers was typed.
    pub(super) fn is_plain(&self) -> bool {
        !self.per_cent && !self.is_money && !self.is_times && self.clock == Clock::Nothing
    }

    fn parse(text: &str) -> Option<Self> {
        // Nothing that long is a quantity, and it would be looked at word by word.
        if text.len() > 80 {
            return None;
        }
        let text = text.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");
        let text = text.to_lowercase().replace("per cent", "%");
        let mut typed = Self {
            is_text: true,
            is_decimal: text.contains(['.', ',']),
            ..Self::bare(1.0)
        };
        let (rest, is_every) = typed.opening(text.trim());
        let Some((first, rest)) = number(rest) else {
            // "monthly"
            let is_told = typed.tail(rest, is_every) && typed.is_every();
            return is_told.then_some(typed);
        };
        typed.ends = vec![first.value];
        typed.other = first.other;
        typed.is_times = first.is_times;
        let rest = typed.second(rest)?;
        (typed.tail(rest, is_every) && typed.ends.iter().all(|end| end.is_finite()))
            .then_some(typed)
    }

    fn is_every(&self) -> bool {
        matches!(self.clock, Clock::Every(_)) && !self.per_cent && !self.is_money
    }

    /// Takes what stands before the number; whether it says "every".
    fn opening<'t>(&mut self, mut rest: &'t str) -> (&'t str, bool) {
        const ABOUT: [&str; 16] = [
            "~",
            "≈",
            "=",
            "about ",
            "approx. ",
            "approximately ",
            "circa ",
            "ca. ",
            "ca ",
            "around ",
            "roughly ",
            "between ",
            "from ",
            "von ",
            "zwischen ",
            "a ",
        ];
        let mut is_every = false;
        loop {
            let before = rest;
            for word in ABOUT {
                rest = rest.strip_prefix(word).unwrap_or(rest).trim_start();
            }
            for currency in CURRENCIES {
                if let Some(after) = rest.strip_prefix(currency)
                    && !after.starts_with(char::is_alphabetic)
                {
                    self.is_money = true;
                    rest = after.trim_start();
                }
            }
            for word in ["every ", "each ", "alle ", "once every "] {
                if let Some(after) = rest.strip_prefix(word) {
                    is_every = true;
                    rest = after.trim_start();
                }
            }
            if rest == before {
                return (rest, is_every);
            }
        }
    }

    /// Takes the upper end of a range, if there is one; none where an end may be read in two ways.
    fn second<'t>(&mut self, rest: &'t str) -> Option<&'t str> {
        let after = rest.trim_start();
        let (after, has_sign) = match after.strip_prefix('%') {
            Some(after) => (after.trim_start(), true),
            None => (after, false),
        };
        const BETWEEN: [&str; 9] = ["-", "–", "—", "−", "..", "to ", "bis ", "and ", "und "];
        let upper = BETWEEN.iter().find_map(|word| after.strip_prefix(word));
        let Some((upper, after)) =
            upper.and_then(|upper| number(upper.trim_start_matches([' ', '$', '€', '£'])))
        else {
            return Some(rest);
        };
        if self.other.is_some() || upper.other.is_some() {
            return None;
        }
        self.per_cent |= has_sign;
        self.ends.push(upper.value);
        self.ends.sort_by(f64::total_cmp);
        Some(after)
    }

    /// Takes the words behind the number; false if one of them is not understood.
    fn tail(&mut self, rest: &str, is_every: bool) -> bool {
        let rest = rest.replace("p.a.", " pa ").replace("p. a.", " pa ");
        let rest = rest.replace("p.m.", " per month ").replace('/', " per ");
        let rest = rest.replace('%', " % ");
        let mut per = false;
        for word in rest.split_whitespace() {
            let word = word.trim_end_matches(['.', ',']);
            match word {
                "" => {}
                "times" | "time" | "x" | "×" | "events" | "event" | "mal" => self.is_times = true,
                "%" | "percent" | "pct" | "prozent" => self.per_cent = true,
                "per" | "a" | "an" | "pro" | "je" | "im" | "every" | "each" => per = true,
                "pa" | "apy" | "apr" | "annum" => self.clock = Clock::Per(Time::Year),
                _ if CURRENCIES.contains(&word) => self.is_money = true,
                _ => match (time(word), rhythm(word)) {
                    (Some(time), _) if self.clock == Clock::Nothing => {
                        self.clock = match (per || self.per_cent, is_every) {
                            (true, _) => Clock::Per(time),
                            (_, true) => Clock::Every(time),
                            _ => Clock::Of(time),
                        };
                    }
                    (_, Some(time)) if self.clock == Clock::Nothing => {
                        let alone = rest.trim() == word;
                        self.clock = match alone && self.ends == [1.0] {
                            true => Clock::Every(time),
                            false => Clock::Per(time),
                        };
                    }
                    _ => return false,
                },
            }
        }
        true
    }
}

const CURRENCIES: [&str; 14] = [
    "$", "€", "£", "¥", "usd", "eur", "gbp", "chf", "jpy", "usdc", "usdt", "dollars", "euros",
    "euro",
];

fn time(word: &str) -> Option<Time> {
    Some(match word {
        "year" | "years" | "yr" | "yrs" | "y" | "jahr" | "jahre" | "jahren" => Time::Year,
        "quarter" | "quarters" | "quartal" | "quartale" => Time::Quarter,
        "month" | "months" | "mo" | "mos" | "m" | "monat" | "monate" | "monaten" => Time::Month,
        "week" | "weeks" | "wk" | "wks" | "w" | "woche" | "wochen" => Time::Week,
        "day" | "days" | "d" | "tag" | "tage" | "tagen" => Time::Day,
        "hour" | "hours" | "h" | "hrs" | "stunde" | "stunden" => Time::Hour,
        _ => return None,
    })
}

fn rhythm(word: &str) -> Option<Time> {
    Some(match word {
        "yearly" | "annually" | "annual" | "jährlich" => Time::Year,
        "quarterly" | "vierteljährlich" => Time::Quarter,
        "monthly" | "monatlich" => Time::Month,
        "weekly" | "wöchentlich" => Time::Week,
        "daily" | "täglich" => Time::Day,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(text: &str) -> Typed {
        Typed::of(&Value::text(text)).unwrap_or_else(|| panic!("{text}"))
    }

    #[test]
    fn signs_and_times_are_told_apart() {
        use {Clock::*, Time::*};
        for (text, ends, per_cent, clock) in [
            ("18 - 28 % p.a.", vec![18.0, 28.0], true, Per(Year)),
            ("22 % – 35 %", vec![22.0, 35.0], true, Nothing),
            ("between 22 and 35 %", vec![22.0, 35.0], true, Nothing),
            ("35-22 %", vec![22.0, 35.0], true, Nothing),
            ("~20 %", vec![20.0], true, Nothing),
            ("20 % APY", vec![20.0], true, Per(Year)),
            ("10 %/month", vec![10.0], true, Per(Month)),
            ("3,7 %/year", vec![3.7], true, Per(Year)),
            ("2 per cent a week", vec![2.0], true, Per(Week)),
            ("monthly", vec![1.0], false, Every(Month)),
            ("every 3 months", vec![3.0], false, Every(Month)),
            ("every month", vec![1.0], false, Every(Month)),
            ("3 Monate", vec![3.0], false, Of(Month)),
            ("twice a year", vec![2.0], false, Per(Year)),
            ("1,750 monthly", vec![1750.0], false, Per(Month)),
        ] {
            let found = typed(text);
            assert_eq!(found.ends, ends, "{text}");
            assert_eq!((found.per_cent, found.clock), (per_cent, clock), "{text}");
        }
        assert!(typed("USD 5").is_money && typed("5 usd").is_money && typed("$5k").is_money);
    }

    #[test]
    fn what_is_no_quantity_is_left_alone() {
        for text in [
            "",
            "%",
            "nan",
            "inf",
            "lots",
            "5 apples",
            "20 %+",
            "3 to",
            "1,23,4",
            "1.2.3",
            "2 ± 1",
            "every",
            "monthly monthly",
            "12:30",
            "±5",
            "½",
        ] {
            assert_eq!(Typed::of(&Value::text(text)), None, "{text}");
        }
        assert_eq!(Typed::of(&Value::float(f64::NAN)), None);
        assert_eq!(Typed::of(&Value::text("9".repeat(400))), None);
    }
}
