//! Labels of keys and names for screens: "DeFi volatility" for `asset.defi.volatility`.
//!
//! In: a path of a key. Out: words. Not here: labels of measures (`stats`), sentences.

use super::correlation::pair_at;
use super::{is_list, sections};
use crate::form::capital;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static WORDS: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| toml::from_str(include_str!("labels.toml")).expect("the table is compiled in"));

/// Words with a fixed spelling in labels.
const SPELLED: [&str; 10] = ["AI", "API", "BTC", "DeFi", "ETF", "ETH", "IP", "NFT", "REIT", "SaaS"];

const RESIDENCE: &str = "residence";

struct Path<'a> {
    /// Name of the entry, such as `defi` in `asset.defi.volatility`; `None` if the table is no list.
    name: Option<&'a str>,
    /// Key as the file format declares it, without the name of an entry, such as `asset.volatility`.
    declared: String,
    /// Names of both markets if the key is a correlation; else `None`.
    pair: Option<[&'a str; 2]>,
}

impl<'a> Path<'a> {
    fn of(path: &'a str) -> Self {
        let mut steps: Vec<&str> = path.split('.').collect();
        // place of the name among the steps
        let named = match steps[..] {
            [table, _, _, ..] if is_list(table) => Some(1),
            ["crash", "cluster", _, _, ..] => Some(2),
            _ => None,
        };
        let name = named.map(|place| steps.remove(place));
        Self { name, declared: steps.join("."), pair: pair_at(path) }
    }

    /// Label of the key without the name of its entry, such as `volatility`.
    fn word(&self) -> String {
        if let Some(pair) = self.pair {
            let [one, other] = pair.map(label_of_name);
            return format!("correlation of {one} and {other}");
        }
        WORDS.get(&self.declared).cloned().unwrap_or_else(|| {
            let own = self.declared.split_once('.').map_or(self.declared.as_str(), |(_, key)| key);
            own.replace(['.', '_'], " ")
        })
    }
}

/// Returns the key without the name of its entry: `asset.volatility` for `asset.defi.volatility`.
pub fn declared(path: &str) -> String {
    Path::of(path).declared
}

/// Returns the label of a name: `DeFi` for `defi`, `Stable pool` for `stable-pool`, `Blog A` for `blog-a`.
pub fn label_of_name(name: &str) -> String {
    let mut words: Vec<String> = name
        .split(['-', '_'])
        .map(|word| {
            let spelled = SPELLED.iter().find(|spelled| spelled.eq_ignore_ascii_case(word));
            spelled.map_or_else(|| word.to_owned(), |spelled| (*spelled).to_owned())
        })
        .collect();
    if let Some(letter) = words.last_mut().filter(|last| last.len() == 1) {
        *letter = letter.to_uppercase();
    }
    capital(&words.join(" "))
}

/// Label of a key: `DeFi volatility` for `asset.defi.volatility`, `spending` for `owner.spending`.
pub fn label_of_key(path: &str) -> String {
    let taken = Path::of(path);
    match taken.name.map(label_of_name) {
        Some(name) if path.starts_with("event.") || path.starts_with("crash.") => {
            format!("{name}: {}", taken.word())
        }
        Some(name) => format!("{name} {}", taken.word()),
        None => taken.word(),
    }
}

/// Returns the table of the key at `path`, and the name of the entry if it is a list: `asset`, `defi`.
pub fn table_of_key(path: &str) -> (&str, Option<&str>) {
    let (table, _) = path.split_once('.').unwrap_or((path, ""));
    (table, Path::of(path).name)
}

/// Returns the label of a key without the name of its entry, such as `volatility`.
pub fn word_of_key(path: &str) -> String {
    Path::of(path).word()
}

/// The label of a value in three parts, such as `SaaS `, `decay` and `year` of `SaaS decay a year`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LabelParts<'a> {
    /// Object that has the value, with its separator: `SaaS `, `Lost key: `; empty for the whole scenario.
    pub object: &'a str,
    /// Label of the key without the object and the time unit, such as `decay`.
    pub word: &'a str,
    /// Time unit that the label names, such as `year` for `decay a year`; `None` if it names none.
    pub per: Option<&'static str>,
}

impl<'a> LabelParts<'a> {
    /// Returns the object without its separator.
    pub fn owner(&self) -> &'a str {
        self.object.trim_end_matches([' ', ':'])
    }

    /// Splits `label`, the label of the value at `path`, into its parts.
    pub fn of(path: &str, label: &'a str) -> Self {
        let object = label.strip_suffix(word_of_key(path).as_str()).unwrap_or("");
        let word = &label[object.len()..];
        let mut units = [(" a month", "month"), (" a year", "year")].into_iter();
        let unit = units.find_map(|(end, per)| Some((word.strip_suffix(end)?, Some(per))));
        let (word, per) = unit.unwrap_or((word, None));
        Self { object, word, per }
    }
}

/// Returns what the numbers of the key at `path` are: `fraction`, `money`, or empty for anything else.
pub(super) fn kind_of(path: &str) -> &'static str {
    let declared = declared(path);
    let field = sections().iter().find_map(|section| {
        let inside = if section.key.is_empty() {
            Some(declared.as_str())
        } else {
            declared.strip_prefix(section.key)?.strip_prefix('.')
        };
        let mut steps = inside?.split('.');
        let first = steps.next()?;
        let mut field = section.fields().find(|field| field.key == first)?;
        for step in steps.skip(usize::from(first == RESIDENCE)) {
            let mut inner = field.unit.shape.inner_fields().iter();
            field = inner.find(|field| field.key == step)?;
        }
        Some(field)
    });
    match field {
        Some(field) if field.unit.name.starts_with("amount") => "money",
        Some(field) if field.unit.examples.iter().any(|example| example.contains('%')) => "fraction",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_and_names_have_labels() {
        for (path, label, kind) in [
            ("asset.defi.volatility", "DeFi volatility", "fraction"),
            ("market.my-saas.permanent", "My SaaS permanent price impact", "fraction"),
            ("crash.sell_fraction", "agents: share sold", "fraction"),
            ("crash.cluster.copy-bots.sell_fraction", "Copy bots: share sold", "fraction"),
            ("owner.spending", "spending", "money"),
            ("asset.saas.income", "SaaS income", "money"),
            ("owner.residence.portugal.compliance_cost", "residence portugal compliance cost", "money"),
            ("owner.residence.portugal.tax_rate", "residence portugal tax rate", "fraction"),
            ("correlation.defi.saas", "correlation of DeFi and SaaS", ""),
            ("correlation.copula.dof", "copula dof", ""),
            ("asset.shop.link_clicks", "Shop link clicks", "fraction"),
            ("asset.own.products", "Own number of products", ""),
            ("horizon", "horizon", ""),
        ] {
            assert_eq!((label_of_key(path).as_str(), kind_of(path)), (label, kind), "{path}");
        }
    }

    #[test]
    fn a_label_is_divided_into_object_word_and_time_unit() {
        for (path, object, word, per) in [
            ("asset.defi.decay", "DeFi ", "decay", Some("year")),
            ("asset.notes.churn", "Notes ", "churn", Some("month")),
            ("event.lost-key.rate", "Lost key: ", "rate", None),
            ("owner.spending", "", "spending", None),
        ] {
            assert_eq!(LabelParts::of(path, &label_of_key(path)), LabelParts { object, word, per }, "{path}");
        }
        let shared = "hours at autonomy three";
        let parts = LabelParts { object: "", word: shared, per: None };
        assert_eq!(LabelParts::of("owner.hours", shared), parts);
    }

    #[test]
    fn every_label_is_of_a_key_that_is_declared_or_filled_in() {
        let sections = sections();
        for key in WORDS.keys() {
            let (table, _) = key.split_once('.').unwrap_or(("", key));
            assert!(sections.iter().any(|section| section.key == table), "{key}");
        }
    }
}
