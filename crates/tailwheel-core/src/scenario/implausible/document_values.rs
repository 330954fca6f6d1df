//! Values of a document whose keys match a pattern.
//!
//! In: a document, patterns such as `owner.cover.*.limit`. Out: [`DocumentValue`] values, with numbers in one unit.
//! Not here: their meaning.

use crate::form::{Table, Value, key, written};
use crate::units::Delay;

/// A value of a document with its full key.
pub struct DocumentValue<'a> {
    /// The whole key, such as `owner.cover.vault.limit`.
    pub key: String,
    pub value: &'a Value,
}

impl<'a> DocumentValue<'a> {
    /// Text of the value as TOML.
    pub fn typed(&self) -> String {
        written(self.value)
    }

    /// Median, the second of three numbers, in the unit of [`DocumentValue::ends`]; `None` for any other value.
    pub fn median(&self) -> Option<f64> {
        let [_, median, _] = self.value.as_list()? else { return None };
        let alone = DocumentValue { key: self.key.clone(), value: median };
        alone.ends().map(|[median, _]| median)
    }

    /// Smallest and largest number of the value: times in months, amounts per month, rates of events per
    /// year. `None` without numbers.
    pub fn ends(&self) -> Option<[f64; 2]> {
        let (ends, unit) = self.value.ends()?;
        let is_count = self.key.ends_with(".rate");
        let times = match unit.as_str() {
            "week" => 1.0 / Delay::WEEKS_PER_MONTH,
            "day" => 1.0 / (7.0 * Delay::WEEKS_PER_MONTH),
            "/year" if !is_count => 1.0 / 12.0,
            "/month" if is_count => 12.0,
            _ => 1.0,
        };
        Some(ends.map(|end| end * times))
    }
}

/// Calls `visit` with every value of `table` whose key matches a pattern, and with the data of that pattern; `*`
/// matches the name of each table of a list. Visits every key once. `above` is the key of the table, empty for a
/// document.
pub fn each<'a, 'p, T: Copy>(
    table: &'a Table,
    patterns: &[(&'p str, T)],
    above: &str,
    visit: &mut dyn FnMut(DocumentValue<'a>, T),
) {
    for entry in &table.entries {
        let rest = |(pattern, of): &(&'p str, T)| {
            let rest = pattern.strip_prefix(entry.key.as_str())?;
            let is_whole = rest.is_empty() || rest.starts_with('.');
            is_whole.then_some((rest.trim_start_matches('.'), *of))
        };
        let fit: Vec<(&'p str, T)> = patterns.iter().filter_map(rest).collect();
        if fit.is_empty() {
            continue;
        }
        let path = match above {
            "" => key(&entry.key),
            above => format!("{above}.{}", key(&entry.key)),
        };
        for (_, of) in fit.iter().filter(|(rest, _)| rest.is_empty()) {
            let found = DocumentValue { key: path.clone(), value: &entry.value };
            visit(found, *of);
        }
        if let Some(inner) = entry.value.as_table() {
            each(inner, &fit, &path, visit);
        }
        let of_item: Vec<(&'p str, T)> =
            fit.iter().filter_map(|(rest, of)| Some((rest.strip_prefix("*.")?, *of))).collect();
        let items = entry.value.as_list().unwrap_or_default();
        for (number, item) in (1..).zip(items).filter(|_| !of_item.is_empty()) {
            let Some(inner) = item.as_table() else { continue };
            let asset = inner.text("asset");
            let name = inner.label().or(asset).map(key).unwrap_or_else(|| number.to_string());
            each(inner, &of_item, &format!("{path}.{name}"), visit);
        }
    }
}
