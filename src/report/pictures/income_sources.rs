//! Median income from each asset over time.
//!
//! In: a run. Out: a picture. Not here: the owner's net income (`income`).

use super::source::mid_month;
use super::{PictureKind, RunSource, Setting, left_out, peak, tell_apart, when};
use crate::chart::{Axis, End, HUES, Ink, Layer, Line, Scale, Shape, Spec, dated};
use crate::figure::{Quantity, briefest, quoted};
use crate::record::ASSET_INCOME;
use crate::scenario::label_of_name;

pub const KIND: PictureKind = PictureKind {
    id: "income_sources",
    title: "Income by asset",
    doc: "Median monthly payment of each asset after its own costs and before the owner's costs and tax, real. The \
          asset that pays most at the end comes first. Medians of assets need not add up to the median of all.",
    of: Some(of),
};

/// An asset that pays income on some path.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomeSource {
    pub name: String,
    pub ink: Ink,
    /// Dates in years, each with the median income per month.
    pub medians: Vec<(f64, f64)>,
    /// Median income at the last date, with its error.
    pub at_end: Quantity,
}

/// Returns the chart of income by asset in a run; `None` if fewer than two assets pay income.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let assets = source.report.scenario.assets.iter();
    let payers = assets.filter_map(|asset| {
        let series = source.series(&format!("{}.{}", ASSET_INCOME.quantity(), asset.name))?;
        let quantiles = source.quantiles(series, &|_| None)?;
        let years: Vec<f64> = series.years.iter().copied().map(mid_month).collect();
        let pays = quantiles.levels[4].iter().any(|paid| *paid > 0.0) && series.years.len() > 1;
        let at_end = RunSource::last_quantile(series, "p50")?;
        pays.then(|| IncomeSource {
            name: asset.name.clone(),
            ink: source.ink_of(&asset.name),
            medians: dated(&years, quantiles.median()),
            at_end,
        })
    });
    let payers: Vec<IncomeSource> = payers.collect();
    (payers.len() > 1).then(|| spec(&source.setting, payers))
}

/// Draws the median income of each asset in `payers`, at least one, over time.
pub fn spec(setting: &Setting, mut payers: Vec<IncomeSource>) -> Spec {
    payers.sort_by(|a, b| b.at_end.value.total_cmp(&a.at_end.value));
    let values = payers.iter().flat_map(|payer| &payer.medians);
    let scale = Scale::holding(values.map(|(_, median)| 1.05 * median));
    // no cents beside an axis of hundreds
    let last = payers.iter().map(|payer| payer.at_end.value);
    let written = setting.alike(last.chain([scale.high.min(999.0)]));
    let finding = finding(setting, &payers, &written);
    let named = most_moved(&payers).map(|payer| payer.name.clone());
    let left_out = left_out(payers.len().saturating_sub(HUES.len()));
    payers.truncate(HUES.len());
    tell_apart(payers.iter_mut().map(|payer| &mut payer.ink));
    let is_dotted = |payer: &IncomeSource| named.as_ref() == Some(&payer.name) && payer.peaks();
    let ends = payers.iter().map(|payer| {
        let [begin, end] = [payer.begin().1, payer.at_end.value].map(&written);
        let from = format!(" ({} {begin})", if payer.peaks() { "peak" } else { "from" });
        let figure = format!("{end}{}", when(begin != end && !is_dotted(payer), &from));
        End::named(payer.at_end.value, &label_of_name(&payer.name), &figure, payer.ink)
    });
    let lines = payers.iter().map(|payer| {
        let width = if named.as_ref() == Some(&payer.name) { 2.8 } else { 1.4 };
        Layer::Line(payer.medians.clone(), Line::new(payer.ink, width))
    });
    let dots = payers.iter().filter(|payer| is_dotted(payer)).flat_map(|payer| {
        let (at, ink) = (payer.begin(), payer.ink);
        let text = format!("{} in {}", written(at.1), setting.spoken(at.0));
        Layer::labelled_dot(at, text, ink, [1.0, -1.0])
    });
    let layers = lines.chain(dots).collect();
    let levels = Axis::new(scale, 7, |value| setting.tick(value));
    let basis = &setting.basis;
    let since = setting.spoken(payers[0].first().0);
    Spec {
        finding,
        reading: format!(
            "Monthly income of each asset before the owner's costs and tax, median, {basis}, since {since}{left_out}"
        ),
        shape: Shape::plot(setting.dates(11), levels, layers, ends.collect(), Vec::new()),
    }
}

impl IncomeSource {
    fn first(&self) -> (f64, f64) {
        self.medians.first().copied().unwrap_or_default()
    }

    fn peaks(&self) -> bool {
        self.begin().0 != self.first().0
    }

    /// Returns what the title compares with the last median: a peak above both ends, else the first date of the
    /// report, which is not the start; a date in years with its median.
    fn begin(&self) -> (f64, f64) {
        peak(&self.medians, self.at_end).unwrap_or(self.first())
    }
}

/// Returns the asset whose income changes most to the last date.
fn most_moved(payers: &[IncomeSource]) -> Option<&IncomeSource> {
    let moved = |payer: &&IncomeSource| (payer.at_end.value - payer.begin().1).abs();
    payers.iter().max_by(|a, b| moved(a).total_cmp(&moved(b)))
}

/// Returns the title: the asset whose income changes most, from its first date or its peak to the last date.
fn finding(setting: &Setting, payers: &[IncomeSource], written: &dyn Fn(f64) -> String) -> String {
    most_moved(payers).map_or(String::new(), |payer| {
        let (_, first) = payer.begin();
        // assume the error of the last median for the first one
        let begin = Quantity { value: first, ..payer.at_end };
        let [from, to] = [begin, payer.at_end].map(|amount| written(amount.value));
        let is_same = setting.measured(begin) == setting.measured(payer.at_end);
        let all_fall = payers.iter().all(|payer| payer.at_end.value < payer.first().1 && !payer.peaks());
        let verb = if payer.at_end.value < first { "falls" } else { "rises" };
        let name = label_of_name(&payer.name);
        let most = payers[0].at_end.value;
        let dry_up = most > 0.0 && payers.iter().all(|payer| payer.at_end.value < payer.begin().1 / 20.0);
        briefest([name.clone(), quoted(&name)].map(|name| match (payer.peaks(), is_same) {
            _ if dry_up => format!("All asset incomes fall to {} a month or less", written(most)),
            (true, _) => format!("{name} pays {from} a month at peak, {to} at end"),
            (_, true) => format!("Median income from {name}: {to} a month throughout"),
            _ if all_fall => format!("All incomes fall, {name} most: {from} to {to} a month"),
            _ => format!("{name} {verb} most, from {from} to {to} a month"),
        }))
    })
}

#[cfg(test)]
mod tests;
