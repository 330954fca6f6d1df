//! How long the money lasts, and from when on income covers spending.
//!
//! In: the months of a run in which that began. Out: a picture. Not here: when a path is ruined or autonomous
//! (`record`).

use super::super::first_months::{self, Happened};
use super::{Kind, Source, when};
use crate::chart::{Axis, End, Ink, Layer, Line, Plot, Scale, Shape, Spec, hits, share_of};
use crate::figure::{of_chart as percent, percent_tick, span};

pub const KIND: Kind = Kind {
    id: "survival",
    title: "Share of paths with money left",
    doc: "Share of paths by date. Blue: paths whose money has not run out. Green: paths on which income has begun to \
          cover the spending for as many months as `[goal]` requires, whether or not it still does. Money has run \
          out when everything is sold and something is still owed.",
    of,
};

const LASTS: Ink = Ink::Blue;
const COVERS: Ink = Ink::Green;

const HEIGHT: f64 = 324.0;

/// Nothing if nothing has to be paid.
fn of(source: &Source<'_>) -> Option<Spec> {
    let months = &source.report.first_months;
    let (ruined, covered) = (months.get("ruin")?, months.get("autonomy"));
    let (years, n_months) = (source.setting.years, source.report.run.months);
    let (mut layers, mut ends) = (Vec::new(), Vec::new());
    let mut line = |points, n_paths: usize, text: &str, ink| {
        layers.push(Layer::Line(points, Line::new(ink, 2.4)));
        let share = share_of(n_paths as u64, ruined.n() as u64);
        let text = format!("{text} {}", percent(share));
        ends.push(End::bold(share.value, text, ink));
    };
    if let Some(covered) = &covered {
        let (shares, n) = (covered.shares(n_months), covered.n_happened());
        line(shares, n, "income has covered", COVERS);
    }
    let lasts = ruined.shares(n_months).into_iter();
    let lasts = lasts.map(|(year, share)| (year, 1.0 - share)).collect();
    let n_lasting = ruined.n() - ruined.n_happened();
    line(lasts, n_lasting, "money lasts", LASTS);
    ends.reverse();
    ends.sort_by(|a, b| b.value.total_cmp(&a.value));
    let is_covered = covered.is_some();
    let said = when(is_covered, "; green: income has begun to cover spending");
    let levels = Axis::new(Scale::linear(0.0, 1.0), 5, percent_tick);
    Some(Spec {
        finding: finding(source, ruined),
        reading: format!(
            "Share of paths by date within {}, blue: the money has not run out{said}",
            span(years)
        ),
        shape: Shape::Plots(vec![Plot {
            height: HEIGHT,
            ..Plot::new(source.setting.dates(10), levels, layers, ends)
        }]),
    })
}

fn finding(source: &Source<'_>, ruined: &Happened) -> String {
    let verb = ("runs out of money", "run out of money");
    match ruined.n_happened() as u64 {
        0 => "On no path the money runs out".to_string(),
        n => {
            hits(n, ruined.n() as u64, verb)
                + &first_months::dated(ruined, |month| source.month(month))
        }
    }
}

impl Happened {
    /// Share of the paths on which it has happened by the end of each month, in years.
    fn shares(&self, n_months: u32) -> Vec<(f64, f64)> {
        let n = self.n() as f64;
        let mut until = 0;
        let share = |month: u32| {
            let here = self.by_month.get(month as usize).filter(|_| month > 0);
            until += here.copied().unwrap_or_default();
            (f64::from(month) / 12.0, until as f64 / n)
        };
        (0..=n_months).map(share).collect()
    }
}
