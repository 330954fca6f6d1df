//! Numbers inside a value in scenario notation, for comparisons and calculations.
//!
//! In: [`CatalogValue`]. Out: its lower and upper number, as fractions and years. Not here: validation of a
//! scenario's text (`form`). A test reads every text of the catalog.

use super::entry::{CatalogValue, Shapes};

/// Lowest and highest number of a value; equal for a single number, `None` for names, flags and tax
/// brackets.
///
/// Percentages become fractions and time spans become years. A rate stays per year or per month. Several
/// half-lives become their weighted mean, a beta distribution its mean.
///
/// ```
/// use tailwheel_core::catalog::{CatalogValue, magnitudes};
/// assert_eq!(magnitudes(&CatalogValue::Text("18-28 %".into())), Some((0.18, 0.28)));
/// assert_eq!(magnitudes(&CatalogValue::Text("gaussian".into())), None);
/// ```
pub fn magnitudes(value: &CatalogValue) -> Option<(f64, f64)> {
    match value {
        CatalogValue::Flag(_) | CatalogValue::Brackets(_) => None,
        #[expect(clippy::cast_precision_loss, reason = "counts of the catalog are far below 2^53")]
        CatalogValue::Count(count) => Some((*count as f64, *count as f64)),
        CatalogValue::Number(number) => Some((*number, *number)),
        CatalogValue::Text(text) => of_text(text),
        CatalogValue::Shapes(Shapes { alpha, beta }) => {
            let mean = alpha / (alpha + beta);
            Some((mean, mean))
        }
        CatalogValue::Estimate([low, _, high]) => Some((of_text(low)?.0, of_text(high)?.1)),
        CatalogValue::Weighted(spans) => {
            let mean =
                spans.iter().try_fold(0.0, |sum, span| Some(sum + span.weight * of_text(&span.half_life)?.0));
            mean.map(|mean| (mean, mean))
        }
    }
}

fn of_text(text: &str) -> Option<(f64, f64)> {
    let rate = text.strip_suffix("/year").or_else(|| text.strip_suffix("/month"));
    if let Some(numbers) = rate
        && let (low, high) = numbers.split_once('-').unwrap_or((numbers, numbers))
        && let (Ok(low), Ok(high)) = (low.parse(), high.parse())
    {
        return Some((low, high));
    }
    let (numbers, unit) = text.split_once(' ')?;
    let divisor = match unit {
        "%" | "%/year" | "%/month" => 100.0,
        "h/week" | "h/month" => 1.0,
        "days" => 365.25,
        "weeks" => 52.0,
        "month" | "months" => 12.0,
        "year" | "years" => 1.0,
        _ => return None,
    };
    let (low, high) = numbers.split_once('-').unwrap_or((numbers, numbers));
    let number = |text: &str| text.parse::<f64>().ok().map(|number| number / divisor);
    Some((number(low)?, number(high)?))
}
