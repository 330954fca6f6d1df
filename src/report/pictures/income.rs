//! Net income over time: quantile bands, the median and the owner's spending.
//!
//! In: a run. Out: a picture (`wealth_fan`). Not here: income's definition (`policy`), ruin (`survival`).

use super::source::{mid_month, of_levels};
use super::wealth_fan::{Fan, Guide};
use super::{PictureKind, RunSource, peak, when};
use crate::chart::{Ink, Spec, dated};
use crate::figure::{Quantity, money_alike, of_chart as percent, share_of};
use crate::record::INCOME;

pub const KIND: PictureKind = PictureKind {
    id: "income",
    title: "Net income over time",
    doc: "Net income of single months after costs and tax. Bands contain 50 and 90 % of the paths at each date; the \
          dashed line is the spending. Interest, sales and dated amounts are no income.",
    of: Some(of),
};

/// Returns the chart of net income in a run; `None` if no income can be drawn.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let series = source.series(INCOME.quantity())?;
    let quantiles = source.quantiles(series, &|_| None)?;
    let is_there = quantiles.levels[4].iter().any(|amount| *amount > 0.0);
    // spending is drawn only if it does not depend on a possible move of the owner
    let spent = series.spending.clone().filter(|spent| spent.len() == series.years.len());
    let n_with_nothing = series.last.as_ref()?.paths_at_zero;
    // dated amounts do not count as income
    let happenings = source.report.happenings.iter().filter(|one| !one.is_flow);
    let years: Vec<f64> = series.years.iter().copied().map(mid_month).collect();
    let fan = Fan {
        setting: source.setting.clone(),
        years: years.clone(),
        at_end: of_levels(|level| RunSource::last_quantile(series, level))?,
        with_nothing: share_of(n_with_nothing, series.quantile_paths),
        guides: spent.iter().map(|spent| Guide::new(SPENDING, dated(&years, spent), Ink::Text, 3)).collect(),
        happenings: happenings.cloned().collect(),
        quantiles,
    };
    let last_month = source.setting.spoken(source.setting.years);
    let has_flows = source.report.happenings.iter().any(|one| one.is_flow);
    let without = when(has_flows, ", without salary and single payments");
    let what = format!("Net income per month after costs and tax{without},");
    (is_there && series.years.len() > 1).then(|| fan.spec(&what, fan.title_of_income(&last_month)))
}

pub(super) const SPENDING: &str = "spending";

impl Fan {
    /// Returns date (in years) and amount at which median income last crosses spending, how, such as `falls below`, and
    /// when: `around Jun 2031`; `None` if they do not cross, or end alike within error.
    pub(super) fn crossing(&self) -> Option<((f64, f64), &'static str, String)> {
        let spent = self.guides.first().filter(|guide| guide.name == SPENDING)?;
        let pairs = self.quantiles.median().iter().zip(&spent.points);
        let is_below: Vec<bool> = pairs.map(|(median, (_, spent))| median < spent).collect();
        let is_now = is_below.last() == Some(&true);
        let first = is_below.len() - is_below.iter().rev().take_while(|side| **side == is_now).count();
        if first == 0 || !self.gap(spent).differs_from_zero() {
            return None;
        }
        let moved = self.quantiles.median()[first] - self.quantiles.median()[first - 1];
        let is_moved = spent.points[first].1 != spent.points[first - 1].1;
        // no straight line leads over a jump
        let is_jump = is_moved || moved.abs() > spent.points[first].1 / 2.0;
        let side = match (is_now, is_below[0]) {
            (true, _) if is_moved => "is below",
            (true, false) => "falls below",
            (true, true) => "falls back below",
            (false, _) => "covers",
        };
        let gap = |date: usize| self.quantiles.median()[date] - spent.points[date].1;
        let part = if is_jump { 1.0 } else { gap(first - 1) / (gap(first - 1) - gap(first)) };
        let between = |values: &[f64]| values[first - 1] + part * (values[first] - values[first - 1]);
        let at = (between(&self.years), between(self.quantiles.median()));
        // between two dates of the report
        let when = match is_jump {
            true if side == "covers" => "",
            true => "by ",
            false => "around ",
        };
        Some((at, side, format!("{when}{}", self.setting.spoken(at.0))))
    }

    /// Returns median income less spending at the last date.
    fn gap(&self, spent: &Guide) -> Quantity {
        let last = spent.points.last().map_or(0.0, |point| point.1);
        Quantity { value: self.at_end[2].value - last, ..self.at_end[2] }
    }

    pub(super) fn title_of_income(&self, month: &str) -> String {
        let end = self.at_end[2];
        let median = &money_alike(&self.setting.currency, &self.lasts())[1];
        let at_end = format!("Median net income {median} in {month}");
        let Some(spent) = self.guides.first() else {
            return if self.at_end[0].value > 0.0 {
                at_end
            } else {
                format!("{at_end}; {} have none", percent(self.with_nothing))
            };
        };
        let gap = self.gap(spent);
        let is_constant = spent.points.iter().all(|point| point.1 == spent.points[0].1);
        let spent = self.setting.money(end.value - gap.value);
        if !gap.differs_from_zero() {
            let peak = peak(&dated(&self.years, self.quantiles.median()), end);
            let peaks: String =
                peak.iter().map(|peak| format!("peaks at {}, ", self.setting.money(peak.1))).collect();
            return format!("Median income {peaks}ends at {median}; spending is {spent}");
        }
        let spending = format!("{spent} spending");
        if let Some((_, side, by)) = self.crossing() {
            let by = if side == "covers" { format!("from {by} on") } else { by };
            return format!("Median income {side} {spending} {by}");
        }
        let covers = if gap.value < 0.0 { "is below" } else { "covers" };
        let spending = if is_constant { spending } else { SPENDING.to_owned() };
        format!("Median income {covers} {spending} from {} on", self.setting.spoken(self.years[0]))
    }
}
