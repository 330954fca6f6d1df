//! Keys that a file sets better for the owner than the catalog does.
//!
//! In: the class's defaults and the table of an asset. Out: [`Advantage`]s. Not here: which direction is
//! better (`catalog`), the warning (`report`).

use super::defaults::Defaults;
use crate::asset::RoiLaw;
use crate::catalog::{Better, Entry, general};
use crate::form::{Table, Value, key, parse_value, written};
use crate::units::Delay;
use std::borrow::Cow;

/// Fraction of the catalog's value by which a value must be better for the owner to count as better.
const MARGIN: f64 = 0.05;

/// A key whose written value is better for the owner than the catalog value.
#[derive(Clone, Debug, PartialEq)]
pub struct Advantage {
    /// Full path of the key, such as `asset.blog-a.renewed`.
    pub key: String,
    /// Value in the file, as TOML.
    pub written: String,
    /// Value that the catalog would have supplied, as TOML.
    pub catalog: String,
}

/// Keys of the asset `label` that its table `says` sets better for the owner than the `defaults` of the catalog.
pub fn advantages(defaults: &Defaults, label: &str, says: &Table) -> Vec<Advantage> {
    let of_class = defaults.with_entries().map(|(default, entry)| {
        (default.key.as_str(), says.get(&default.key), entry, Cow::Borrowed(&default.value))
    });
    let of_launch = general().iter().filter_map(|entry| {
        let key = entry.key.strip_prefix("asset.")?;
        let (table, inner) = key.split_once('.')?;
        let value = parse_value(&entry.value.as_toml())?;
        Some((key, says.table(table)?.get(inner), entry, Cow::Owned(value)))
    });
    let mut found: Vec<Advantage> = Vec::new();
    for (own, said, entry, filled_in) in of_class.chain(of_launch) {
        let (Some(better), Some(said)) = (entry.better, said) else { continue };
        let name = format!("asset.{}.{own}", key(label));
        // If a key has several defaults, the reader would use the first one.
        let is_first = found.iter().all(|one| one.key != name);
        let middles = match own {
            "roi" => median_return(&said.value, |key| says.get(key).map(|entry| &entry.value))
                .zip(median_return(&filled_in, |key| defaults.value(key))),
            _ => middle(&said.value).zip(middle(&filled_in)),
        };
        let is_more = middles.is_some_and(|(said, filled_in)| is_better(better, said, filled_in));
        let [written, catalog] = [&said.value, &*filled_in].map(written);
        // a law of the same range has keys of its own
        if is_first && is_more && written != catalog && !is_range_of(entry, &said.value) {
            found.push(Advantage { key: name, written, catalog });
        }
    }
    found
}

/// True if `said` is the range that the catalog gives for `entry`, however it is written.
fn is_range_of(entry: &Entry, said: &Value) -> bool {
    let Some([low, high]) = &entry.range else { return false };
    let (low, high) = (low.to_string(), high.to_string());
    let is_digit = |letter: char| letter.is_ascii_digit() || "._".contains(letter);
    let number = low.split(|letter| !is_digit(letter)).next().unwrap_or("");
    let ranges =
        [format!("\"{number}-{high}\""), format!("[{low}, {high}]"), format!("[\"{low}\", \"{high}\"]")];
    ranges.contains(&written(said))
}

/// True if `said` is better for the owner than `filled_in` by more than [`MARGIN`].
fn is_better(better: Better, said: f64, filled_in: f64) -> bool {
    let margin = MARGIN * filled_in.abs();
    match better {
        Better::Higher => said > filled_in + margin,
        Better::Lower => said < filled_in - margin,
    }
}

/// Median of the claimed return `roi` by the law that `beside`, its keys `roi_law` and `roi_mode`, states. A PERT law
/// counts by its mean, which is its median if it is symmetric. `None` without numbers.
fn median_return<'a>(roi: &Value, beside: impl Fn(&str) -> Option<&'a Value>) -> Option<f64> {
    let ([low, high], _) = roi.ends()?;
    let law = beside("roi_law").and_then(Value::as_text);
    if law == Some(RoiLaw::Pert.word()) {
        let ([mode, _], _) = beside("roi_mode")?.ends()?;
        Some((low + 4.0 * mode + high) / 6.0)
    } else if law == Some(RoiLaw::Uniform.word()) {
        Some(f64::midpoint(low, high))
    } else {
        Some(((1.0 + low) * (1.0 + high)).sqrt() - 1.0)
    }
}

/// Median of a value other than `roi`: the middle of three numbers, else the geometric mean of both ends of a range of positive
/// numbers, else their arithmetic mean. Rates and amounts are per year, time spans in months. `None` without numbers.
fn middle(value: &Value) -> Option<f64> {
    if let Some([_, median, _]) = value.as_list() {
        return middle(median);
    }
    let ([low, high], unit) = value.ends()?;
    let middle = if low > 0.0 && high > low { (low * high).sqrt() } else { f64::midpoint(low, high) };
    let times = match unit.as_str() {
        "week" => 1.0 / Delay::WEEKS_PER_MONTH,
        "day" => 1.0 / (7.0 * Delay::WEEKS_PER_MONTH),
        "/month" | "%/month" => 12.0,
        _ => 1.0,
    };
    Some(middle * times)
}
