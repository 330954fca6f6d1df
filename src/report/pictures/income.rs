//! Net income over time: quantile bands, the median and the owner's spending.
//!
//! In: a run. Out: a picture (`wealth_fan`). Not here: income's definition (`policy`), ruin (`survival`).

use super::source::of_levels;
use super::wealth_fan::{Fan, Guide};
use super::{PictureKind, RunSource, when};
use crate::chart::{Ink, Spec, dated};
use crate::figure::{Quantity, briefest, of_chart as percent, share_of, spoken_month, year_of};
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
    let last_spent = spent.as_ref().and_then(|spent| spent.last().copied());
    let n_with_nothing = series.last.as_ref()?.paths_at_zero;
    // dated amounts do not count as income
    let happenings = source.report.happenings.iter().filter(|one| !one.is_flow);
    let fan = Fan {
        setting: source.setting.clone(),
        years: series.years.clone(),
        at_end: of_levels(|level| RunSource::last_quantile(series, level))?,
        with_nothing: share_of(n_with_nothing, series.quantile_paths),
        usual: last_spent.unwrap_or(quantiles.median()[0].max(0.0)),
        guides: spent.iter().map(|spent| Guide::of_spending(dated(&series.years, spent))).collect(),
        happenings: happenings.cloned().collect(),
        quantiles,
    };
    let last_month = source.setting.spoken(source.setting.years);
    let has_flows = source.report.happenings.iter().any(|one| one.is_flow);
    let without = when(has_flows, ", without salary and single payments");
    let what = format!("Net income per month after costs and tax{without},");
    (is_there && series.years.len() > 1).then(|| fan.spec(&what, fan.title_of_income(&last_month)))
}

const SPENDING: &str = "spending";

impl Fan {
    fn is_below(&self, spent: &Guide) -> Vec<bool> {
        self.quantiles.median().iter().zip(&spent.points).map(|(median, (_, spent))| median < spent).collect()
    }

    /// Returns date (in years) and amount at which the median last crosses spending, and its side from then on.
    pub(super) fn crossing(&self) -> Option<((f64, f64), &'static str)> {
        let spent = self.guides.first().filter(|guide| guide.name == SPENDING)?;
        let (first, is_below) = last_side(&self.is_below(spent));
        let at = || (self.years[first], self.quantiles.median()[first]);
        (first > 0).then(|| (at(), if is_below { "below" } else { "above" }))
    }

    pub(super) fn title_of_income(&self, month: &str) -> String {
        let end = self.at_end[2];
        let median = self.setting.measured(end);
        let at_end = format!("Median net income {median} in {month}");
        let Some(spent) = self.guides.first() else {
            return if self.at_end[0].value > 0.0 {
                at_end
            } else {
                format!("{at_end}; {} have none", percent(self.with_nothing))
            };
        };
        let last = spent.points.last().map_or(0.0, |point| point.1);
        let gap = Quantity { value: end.value - last, ..end };
        let is_below = self.is_below(spent);
        let (first, is_now) = last_side(&is_below);
        let (side, always) = if is_now { ("below", "never covers") } else { ("above", "always covers") };
        if !gap.differs_from_zero() {
            return format!("{at_end}; spending {}", self.setting.money(last));
        }
        if first == 0 {
            return format!("Median income {always} spending; ends at {median}");
        }
        let again = when(is_below[..first].contains(&is_now), " again");
        let month = self.setting.last_month(self.years[first]);
        let date = if self.years[0] < 0.1 { spoken_month(&month) } else { year_of(&month).to_owned() };
        let title = format!("Median income ends at {median}; {side} spending{again}");
        briefest([format!("{title} from {date}"), title])
    }
}

/// Returns the index of the date since which the median has stayed on its last side of spending, and if that is below it.
fn last_side(is_below: &[bool]) -> (usize, bool) {
    let is_now = is_below.last() == Some(&true);
    (is_below.len() - is_below.iter().rev().take_while(|side| **side == is_now).count(), is_now)
}

impl Guide {
    pub(super) fn of_spending(points: Vec<(f64, f64)>) -> Self {
        Self::new(SPENDING, points, Ink::Text, 3)
    }
}
