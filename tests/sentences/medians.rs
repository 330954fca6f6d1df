//! What a title says that the loop does to the median and to the 5th percentile.
//!
//! In: a title, both worlds. Out: whether it is so. Not here: claims about one law (`claim`).

use crate::law::{Law, Printed};

/// Whether a title about the loop is true of both worlds.
pub fn of_medians(title: &str, with: &Law, without: &Law) -> Result<(), String> {
    let (on, off) = (with.median(), without.median());
    let wrong = || {
        format!(
            "{on} {off}; 5th {} {}",
            with.quantile(0.05),
            without.quantile(0.05)
        )
    };
    let pair = |text: &str, between: &str| {
        let (a, b) = text.split_once(between)?;
        Printed::read(a).zip(Printed::read(b))
    };
    let rest = title
        .strip_prefix("With the loop the median is ")
        .ok_or("not read")?;
    let (medians, change) = match rest.split_once(": ") {
        Some((medians, change)) => (medians, Some(change)),
        None => (rest, None),
    };
    let both = pair(medians, ", without it ").ok_or_else(wrong)?;
    let is_change = match change {
        None => true,
        Some("no difference beyond sampling error") => {
            let error = |law: &Law| {
                let reach = 1.5 / law.n().sqrt();
                law.quantile(0.5 + reach) - law.quantile(0.5 - reach)
            };
            (on - off).abs() <= error(with) + error(without) + 1e-9 * off.abs()
        }
        Some(change) => {
            let (size, how) = change.split_once(' ').ok_or_else(wrong)?;
            let size = Printed::read(size).ok_or_else(wrong)?;
            let sign = if how == "less" { -1.0 } else { 1.0 };
            size.holds(sign * (on / off - 1.0))
        }
    };
    let is_true = both.0.holds(on) && both.1.holds(off) && is_change;
    is_true.then_some(()).ok_or_else(wrong)
}
