//! A law as counted paths, and numbers as they are printed.
//!
//! In: one number per path; text. Out: counts; a number with half a unit of its last digit. Not here:
//! what is claimed (`claim`).

/// One number per path, rising.
pub struct Law {
    pub values: Vec<f64>,
    pub put_in: f64,
}

/// A printed number with half a unit of its last digit.
#[derive(Clone, Copy, Debug)]
pub struct Printed {
    pub value: f64,
    pub half: f64,
}

impl Law {
    pub fn new(mut values: Vec<f64>, put_in: f64) -> Self {
        values.sort_by(f64::total_cmp);
        Self { values, put_in }
    }

    /// Another law: a planted error.
    pub fn moved(&self) -> Self {
        let greatest = self.values.last().copied().unwrap_or(0.0).abs();
        let step = 1.7 * greatest + 0.2 * self.put_in.abs() + 0.07;
        let values = self.values.iter().map(|value| 0.6 * value + step);
        Self::new(values.collect(), self.put_in * 1.7 + 1.0)
    }

    pub fn n(&self) -> f64 {
        self.values.len() as f64
    }

    pub fn below(&self, value: f64) -> f64 {
        self.values.partition_point(|other| *other < value) as f64 / self.n()
    }

    pub fn up_to(&self, value: f64) -> f64 {
        self.values.partition_point(|other| *other <= value) as f64 / self.n()
    }

    pub fn median(&self) -> f64 {
        self.values[self.values.len().div_ceil(2) - 1]
    }

    pub fn quantile(&self, p: f64) -> f64 {
        let rank = (p * self.n()).ceil().clamp(1.0, self.n());
        self.values[rank as usize - 1]
    }
}

impl Printed {
    pub fn exact(value: f64) -> Self {
        Self {
            value,
            half: 1e-9 * value.abs(),
        }
    }

    pub fn low(&self) -> f64 {
        self.value - self.half * 1.001
    }

    pub fn high(&self) -> f64 {
        self.value + self.half * 1.001
    }

    pub fn holds(&self, value: f64) -> bool {
        (self.low()..=self.high()).contains(&value)
    }

    /// A number somewhere in `text`: `$1.5k`, `BTC 0.1`, `×2e−3`, `45%`, `nothing`, `all`.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.ends_with("nothing") {
            return Some(Self {
                value: 0.0,
                half: 0.0,
            });
        }
        if let Some(rest) = text
            .strip_prefix("under ")
            .or_else(|| text.split_once("at under ").map(|(_, rest)| rest))
        {
            let most = Self::read(rest)?.value;
            // the least that is printed of multiples and of percentages
            let is_least = [0.001, 0.01]
                .iter()
                .any(|least| (most - least).abs() < 1e-12);
            if !is_least {
                return None;
            }
            return Some(Self {
                value: most / 2.0,
                half: most / 2.0,
            });
        }
        if let Some(rest) = text.strip_prefix("over ") {
            // all but less than one in the last digit of a percentage
            let least = Self::read(rest)?.value;
            return Some(Self {
                value: (least + 1.0) / 2.0,
                half: (1.0 - least) / 2.0,
            });
        }
        let from = text.find(|letter: char| letter.is_ascii_digit())?;
        let minus = text[..from].contains('−');
        let end = text[from..]
            .find(|letter: char| !letter.is_ascii_digit() && letter != '.' && letter != ',');
        let (digits, rest) = text[from..].split_at(end.unwrap_or(text.len() - from));
        let digits = digits.trim_end_matches(['.', ',']).replace(',', "");
        let mut unit = match digits.split_once('.') {
            Some((_, after)) => 10_f64.powi(-(after.len() as i32)),
            None => {
                let zeros = digits.len() - digits.trim_end_matches('0').len();
                10_f64.powi(zeros.min(digits.len() - 1) as i32)
            }
        };
        let mut value: f64 = digits.parse().ok()?;
        let times = match rest.chars().next() {
            Some('k') => 1e3,
            Some('M') => 1e6,
            Some('B') => 1e9,
            Some('T') => 1e12,
            Some('%') => 0.01,
            Some('e') => {
                let power: String = rest[1..].replace('−', "-");
                let end = power.find(|letter: char| !letter.is_ascii_digit() && letter != '-');
                10_f64.powi(power[..end.unwrap_or(power.len())].parse().ok()?)
            }
            _ => 1.0,
        };
        value *= times;
        unit *= times;
        Some(Self {
            value: if minus { -value } else { value },
            half: unit / 2.0,
        })
    }
}
