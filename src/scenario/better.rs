//! Keys of an asset that its file has better for the owner than the catalog has them.
//!
//! In: the defaults of its class, what is written of it. Out: [`Advantage`]s. Not here: which direction is better (`catalog`),
//! the warning (`report`).

use super::defaults::Defaults;
use crate::catalog::{Better, Bounds, Entry, general};
use crate::form::{Table, Value, key, parse_value, written};
use crate::units::Delay;

/// A value is better from this part of the catalog's value on.
const MARGIN: f64 = 0.05;

/// A key that is written better than the catalog has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Advantage {
    /// `asset.blog-a.renewed`
    pub key: String,
    /// As the file has it.
    pub written: String,
    /// As the catalog would have filled it in.
    pub catalog: String,
}

/// Those of the asset called `label`, of what its table `says` of keys that `defaults` would fill in.
pub fn advantages(defaults: &Defaults, label: &str, says: &Table) -> Vec<Advantage> {
    let mut found: Vec<Advantage> = Vec::new();
    let of_launch = general().iter().filter_map(|entry| {
        let own = entry.key.strip_prefix("asset.")?;
        let (table, inner) = own.split_once('.')?;
        let said = says.get(table)?.value.as_table()?.get(inner)?;
        let filled_in = parse_value(&entry.value.as_toml())?;
        let better = entry.better?;
        let is_better =
            !is_range_of(entry, &said.value) && is_better(better, &said.value, &filled_in);
        is_better.then(|| Advantage {
            key: format!("asset.{}.{own}", key(label)),
            written: written(&said.value),
            catalog: written(&filled_in),
        })
    });
    for (default, entry) in defaults.with_entries() {
        let (Some(better), Some(said)) = (entry.better, says.get(&default.key)) else {
            continue;
        };
        let name = format!("asset.{}.{}", key(label), default.key);
        // the first of several defaults of one key is the one that would be filled in
        let is_first = found.iter().all(|one| one.key != name);
        let is_own = is_range_of(entry, &said.value);
        if is_first && !is_own && is_better(better, &said.value, &default.value) {
            found.push(Advantage {
                key: name,
                written: written(&said.value),
                catalog: written(&default.value),
            });
        }
    }
    found.extend(of_launch);
    found
}

/// True if `said` is the catalog's own range.
fn is_range_of(entry: &Entry, said: &Value) -> bool {
    let Bounds::Range(low, high) = &entry.bounds else {
        return false;
    };
    let (low, high) = (low.to_string(), high.to_string());
    let is_digit = |letter: char| letter.is_ascii_digit() || "._".contains(letter);
    let number = low.split(|letter| !is_digit(letter)).next().unwrap_or("");
    let ranges = [
        format!("\"{number}-{high}\""),
        format!("[{low}, {high}]"),
        format!("[\"{low}\", \"{high}\"]"),
    ];
    ranges.contains(&written(said))
}

/// True if `said` is better than `filled_in` by more than the margin; what has no number is not.
fn is_better(better: Better, said: &Value, filled_in: &Value) -> bool {
    let Some((said, filled_in)) = middle(said).zip(middle(filled_in)) else {
        return false;
    };
    let margin = MARGIN * filled_in.abs();
    match better {
        Better::Higher => said > filled_in + margin,
        Better::Lower => said < filled_in - margin,
    }
}

/// The number in the middle of a value: the median that is written, else the geometric mean of the ends, which is the median
/// of a range of quantities. Rates and amounts are per year, spans in months.
fn middle(value: &Value) -> Option<f64> {
    if let Some([_, median, _]) = value.as_list() {
        return middle(median);
    }
    let ([low, high], unit) = value.ends()?;
    let middle = match low > 0.0 && high > low {
        true => (low * high).sqrt(),
        false => f64::midpoint(low, high),
    };
    let times = match unit.as_str() {
        "week" => 1.0 / Delay::WEEKS_PER_MONTH,
        "day" => 1.0 / (7.0 * Delay::WEEKS_PER_MONTH),
        "/month" | "%/month" => 12.0,
        _ => 1.0,
    };
    Some(middle * times)
}
