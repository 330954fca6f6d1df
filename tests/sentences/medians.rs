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
    let is_true = if title.contains("cannot tell whether") {
        let error = |law: &Law| {
            let reach = 1.5 / law.n().sqrt();
            law.quantile(0.5 + reach) - law.quantile(0.5 - reach)
        };
        (on - off).abs() <= error(with) + error(without) + 1e-9 * off.abs()
    } else if let Some(rest) = title
        .strip_prefix("The loop takes ")
        .or(title.strip_prefix("The loop adds "))
    {
        let sign = if title.contains(" adds ") { 1.0 } else { -1.0 };
        let size = Printed::read(rest).ok_or_else(wrong)?;
        let tail = match title.split_once("5th percentile is ") {
            None => true,
            Some((_, rest)) => pair(rest, " instead of ").is_some_and(|(a, b)| {
                a.holds(with.quantile(0.05)) && b.holds(without.quantile(0.05))
            }),
        };
        size.holds(sign * (on / off - 1.0)) && tail
    } else if let Some((a, b)) = title.split_once(" with the loop, with ") {
        let both = Printed::read(a).zip(Printed::read(b)).ok_or_else(wrong)?;
        both.0.holds(on) && both.1.holds(off)
    } else if let Some(rest) = title.strip_prefix("With and without the loop the median is ") {
        let both = Printed::read(rest).ok_or_else(wrong)?;
        both.holds(on) && both.holds(off)
    } else if let Some((a, b)) = title.split_once(", without it ") {
        let both = Printed::read(a).zip(Printed::read(b)).ok_or_else(wrong)?;
        both.0.holds(on) && both.1.holds(off)
    } else {
        return Err("not read".to_owned());
    };
    is_true.then_some(()).ok_or_else(wrong)
}
