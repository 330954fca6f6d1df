//! Fraction of paths whose money lasts, and fraction whose income covers spending, over time.
//!
//! In: the months of ruin, the fraction of paths whose income covers spending. Out: a picture.
//! Not here: the definition of ruin and of financial independence (`record`).

use super::super::first_months::Happened;
use super::happenings::marked;
use super::{PictureKind, RunSource, when};
use crate::chart::{Axis, End, Ink, Layer, Line, Scale, Shape, Spec, dated};
use crate::figure::{of_chart as percent, percent_tick, share_of};
use crate::record::INCOME;

pub const KIND: PictureKind = PictureKind {
    id: "survival",
    title: "Share of paths with money left",
    doc: "Share of paths by date. Blue: paths whose money has not run out. Green: paths whose net income of the month \
          is at least the spending. Money has run out when everything is sold and something is still owed.",
    of: Some(of),
};

/// Returns the chart; `None` if nothing has to be paid, or if no path is ruined and income never covers the spending.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let ruined = source.report.first_months.get("ruin")?;
    let income = source.series(INCOME.quantity());
    let with_shares = income.and_then(|income| Some((income, income.covered.as_ref()?)));
    let covered = with_shares.filter(|(_, shares)| shares.iter().any(|share| *share > 0.0));
    if ruined.n_happened() == 0 && covered.is_none() {
        return None;
    }
    let (mut layers, mut ends) = (Vec::new(), Vec::new());
    let printed = |share: f64, n: u64| percent(share_of((share * n as f64).round() as u64, n));
    let mut line = |points: Vec<(f64, f64)>, n_paths: u64, text: &str, ink, width| {
        let value = points.last().map_or(0.0, |last| last.1);
        ends.push(End::named(value, text, &printed(value, n_paths), ink));
        layers.push(Layer::Line(points, Line::new(ink, width)));
    };
    if let Some((income, shares)) = covered {
        let (points, n_paths) = (dated(&income.years, shares), income.quantile_paths);
        line(points, n_paths, "income covers spending", Ink::Green, 1.4);
    }
    let (all, end) = (ruined.n() as u64, source.setting.end());
    let lasts = ruined.lasting(source.report.run.months);
    line(lasts, all, "money lasts", Ink::Blue, 2.8);
    let levels = Axis::new(Scale::linear(0.0, 1.01), 5, percent_tick);
    Some(Spec {
        finding: match ruined.n_happened() as u64 {
            0 => format!("Money lasts to {end} on every path"),
            n => format!("Money lasts to {end} on {} of paths", percent(share_of(all - n, all))),
        },
        reading: format!(
            "Share of paths whose money has not run out, by date{}",
            when(covered.is_some(), "; green: whose net income covers that month's spending")
        ),
        shape: Shape::plot(source.setting.dates(10), levels, layers, ends, marked(&source.report.happenings)),
    })
}

impl Happened {
    /// Returns each month end, in years, with the fraction of paths that the counted event, such as ruin, has not hit.
    fn lasting(&self, n_months: u32) -> Vec<(f64, f64)> {
        let (n, mut until) = (self.n() as f64, 0);
        let share = |month: u32| {
            let here = self.by_month.get(month as usize).filter(|_| month > 0);
            until += here.copied().unwrap_or_default();
            (f64::from(month) / 12.0, (n - until as f64) / n)
        };
        (0..=n_months).map(share).collect()
    }
}
