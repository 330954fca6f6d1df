//! One default value with its range, grade and sources.
//!
//! In: a TOML table. Out: [`Entry`]. Not here: the lists of entries (`class`, `correlation`).

use crate::units::grouped_digits;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;

/// A value in the notation of a scenario file. The forms are tried in this order: texts, which most values are, first.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(untagged)]
pub enum CatalogValue {
    /// A text with a unit (`"23 %/year"`) or a name (`"pert"`), without its quotation marks.
    Text(String),
    Count(u64),
    Number(f64),
    Flag(bool),
    /// Shape parameters of a beta distribution: `{ alpha = 2, beta = 3 }`.
    Shapes(Shapes),
    /// Three amounts: lowest, most likely and highest.
    Estimate([String; 3]),
    /// Several half-lives with their probabilities: `[{ weight = 0.6, half_life = "10 days" }, …]`.
    Weighted(Vec<Weighted>),
    /// Tax brackets of a yearly income: `[{ above = 20_000, rate = "2 %" }, …]`.
    Brackets(Vec<Bracket>),
}

/// A tax bracket: the yearly income where it starts, and the tax rate on income from there on.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bracket {
    pub above: u64,
    pub rate: String,
}

/// Shape parameters α and β of a beta distribution on [0, 1].
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shapes {
    pub alpha: f64,
    pub beta: f64,
}

/// A half-life and the share of cases that have it.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Weighted {
    pub weight: f64,
    pub half_life: String,
}

impl CatalogValue {
    /// Formats the value as in a TOML file, with text in quotation marks.
    pub fn as_toml(&self) -> String {
        match self {
            Self::Text(text) => format!("\"{text}\""),
            Self::Estimate(flows) => format!("[\"{}\"]", flows.join("\", \"")),
            Self::Weighted(spans) => {
                let table = |Weighted { weight, half_life }: &Weighted| {
                    format!("{{ weight = {weight:?}, half_life = \"{half_life}\" }}")
                };
                array(spans, table)
            }
            Self::Brackets(brackets) => {
                let table = |Bracket { above, rate }: &Bracket| {
                    let above = with_separators(*above);
                    format!("{{ above = {above}, rate = \"{rate}\" }}")
                };
                array(brackets, table)
            }
            other => other.to_string(),
        }
    }
}

impl fmt::Display for CatalogValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag(flag) => write!(f, "{flag}"),
            Self::Count(count) => f.write_str(&with_separators(*count)),
            Self::Number(number) => write!(f, "{number:?}"),
            Self::Text(text) => f.write_str(text),
            Self::Shapes(Shapes { alpha, beta }) => {
                write!(f, "{{ alpha = {alpha}, beta = {beta} }}")
            }
            Self::Estimate([_, likeliest, _]) => f.write_str(likeliest),
            Self::Weighted(spans) => {
                let spans: Vec<&str> = spans.iter().map(|span| span.half_life.as_str()).collect();
                f.write_str(&spans.join(" or "))
            }
            Self::Brackets(brackets) => match brackets.as_slice() {
                [only] => write!(f, "{} above {}", only.rate, with_separators(only.above)),
                all => write!(f, "{} brackets", all.len()),
            },
        }
    }
}

/// Formats an array of inline tables.
fn array<T>(items: &[T], table: impl Fn(&T) -> String) -> String {
    format!("[{}]", items.iter().map(table).collect::<Vec<_>>().join(", "))
}

/// Formats a number as scenarios write it: 100000 as `100_000`; four digits stay together.
fn with_separators(count: u64) -> String {
    let digits = count.to_string();
    if digits.len() < 5 { digits } else { grouped_digits(&digits).replace(',', "_") }
}

/// Quality of the evidence for a default; see [`Grade::meaning`] for each letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Grade {
    A,
    B,
    C,
    D,
    G,
    M,
}

impl Grade {
    pub const ALL: [Self; 6] = [Self::A, Self::B, Self::C, Self::D, Self::G, Self::M];

    /// Meaning of the grade, as shown to users.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::A => "measured on a data set of the very thing, not of one that stands in for it",
            Self::B => "a statute, official statistics or a large study",
            Self::C => "a vendor's or market report's figure: a claim, not a fact",
            Self::D => "derived from figures of grade A to C by a formula that is given",
            Self::G => "a guess, or measured on something else that stands in: the range says how wide it is",
            Self::M => "from memory, not checked again",
        }
    }
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self:?}")
    }
}

/// Kind of source of a default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SourceKind {
    #[serde(rename = "data set")]
    DataSet,
    Statute,
    Statistics,
    Study,
    #[serde(rename = "market report")]
    MarketReport,
    Derived,
    Assumption,
}

impl SourceKind {
    pub const ALL: [Self; 7] = [
        Self::DataSet,
        Self::Statute,
        Self::Statistics,
        Self::Study,
        Self::MarketReport,
        Self::Derived,
        Self::Assumption,
    ];

    /// True if a default from this kind of source may have `grade`. Each kind has one grade of evidence; M replaces
    /// B for a number from memory.
    pub const fn allows(self, grade: Grade) -> bool {
        match grade {
            Grade::A => matches!(self, Self::DataSet),
            Grade::B => matches!(self, Self::Statute | Self::Statistics | Self::Study),
            Grade::C => matches!(self, Self::MarketReport),
            Grade::D => matches!(self, Self::Derived),
            Grade::G => matches!(self, Self::Assumption),
            Grade::M => matches!(self, Self::Statute | Self::Statistics | Self::Study),
        }
    }
}

impl fmt::Display for SourceKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.serialize(f)
    }
}

/// One default with its range, grade and sources.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
pub struct Entry {
    /// Key that the default fills in. In a class it is a key of an `[[asset]]`, or with the prefix
    /// `market.` of its `[[market]]`; elsewhere it is a path in the scenario.
    #[serde(default)]
    pub key: String,
    pub value: CatalogValue,
    /// Lowest and highest plausible value, in the notation of the value; `None` for a choice, which is exact.
    pub range: Option<[CatalogValue; 2]>,
    #[serde(default)]
    exact: bool,
    pub grade: Grade,
    pub kind: SourceKind,
    /// Origin of the number or reason for its choice, in one sentence.
    pub source: String,
    /// Ids of the sources that `source` cites.
    #[serde(default)]
    pub from: Vec<String>,
    /// Key of the same class on which this default depends: it is not used if the scenario sets that key,
    /// like the mode of a range that was replaced. `None` if it depends on none.
    pub with: Option<String>,
    /// Key whose value in the scenario replaces this default, as inflation replaces interest on cash; `None`
    /// if there is no such key.
    pub follows: Option<String>,
    /// Direction that is better for the owner; `None` if that differs between owners.
    pub better: Option<Better>,
}

impl<'de> Deserialize<'de> for Entry {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let entry = Self::deserialize(deserializer)?;
        if entry.range.is_some() == entry.exact {
            return Err(D::Error::custom(format!("`{}` needs either a range or exact = true", entry.key)));
        }
        Ok(entry)
    }
}

impl Entry {
    /// Formats the range for readers: `0.1 to 0.3`.
    pub fn range_text(&self) -> String {
        self.range.as_ref().map_or_else(|| "a choice".to_owned(), |[low, high]| format!("{low} to {high}"))
    }
}

/// Direction in which a key's value is better for the owner, all else equal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Better {
    Higher,
    Lower,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(text: &str) -> Result<Entry, toml::de::Error> {
        toml::from_str(text)
    }

    #[test]
    fn an_entry_without_range_grade_or_source_or_with_a_range_and_exact_is_refused() {
        let whole = "key = 'k'\nvalue = 1\nrange = [0, 2]\ngrade = 'A'\nkind = 'study'\nsource = 's'";
        assert!(entry(whole).is_ok());
        assert!(entry(&format!("{whole}\nexact = true")).is_err());
        for line in whole.lines().skip(1) {
            let cut = whole.replace(line, "");
            assert!(entry(&cut).is_err(), "read without `{line}`");
        }
    }

    #[test]
    fn a_value_prints_as_a_scenario_writes_it() {
        let value = |toml: &str| {
            let text = format!("value = {toml}\nexact = true\ngrade = 'G'\nkind = 'study'\nsource = 's'");
            entry(&text).unwrap().value
        };
        let list = "[{ weight = 0.6, half_life = \"10 days\" }, { weight = 0.4, half_life = \"9 months\" }]";
        for written in ["true", "100_000", "2027", "0.22", "1.0", "\"23 %/year\"", list] {
            assert_eq!(value(written).as_toml(), written);
        }
        assert_eq!(value(list).to_string(), "10 days or 9 months");
    }
}
