//! How long the money lasts, and from when on income covers spending.
//!
//! In: [`Survival`]. Out: a chart. Not here: when a path is ruined or autonomous (`record`).

use super::super::first_months::{self, Happened};
use super::wealth_fan::{ABOVE, BELOW};
use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, EDGE, End, Ink, Line, Panel, Scale, TICK_SIZE, Weight, dates, hits, label_ends,
    left_of_labels, room, share_of,
};
use crate::figure::{of_chart as percent, percent_tick, span, spoken_month};
use crate::units::YearMonth;

pub const KIND: Kind = Kind {
    id: "survival",
    title: "Share of paths with money left",
    doc: "Share of paths by date. Blue: paths whose money has not run out. Green: paths on which income has begun to \
          cover the spending for as many months as `[goal]` requires, whether or not it still does. Money has run \
          out when everything is sold and something is still owed.",
    of: |source| boxed(Survival::of(source)),
};

const LASTS: Ink = Ink::Blue;
const COVERS: Ink = Ink::Green;

/// Data of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Survival {
    /// The first month, `2027-01`, and how many there are.
    pub start: YearMonth,
    pub n_months: u32,
    /// In which the money ran out.
    pub ruined: Happened,
    /// From which on income covered spending; none if nothing is lived on.
    pub covered: Option<Happened>,
}

impl Survival {
    /// Nothing if nothing has to be paid.
    fn of(source: &Source<'_>) -> Option<Self> {
        let months = &source.report.first_months;
        let happened = |name| months.get(name).cloned();
        Some(Self {
            start: source.start,
            n_months: source.report.run.months,
            ruined: happened("ruin")?,
            covered: happened("autonomy"),
        })
    }

    fn years(&self) -> f64 {
        f64::from(self.n_months) / 12.0
    }

    /// Share of the paths on which it has happened by the end of every month.
    fn happened(&self, months: &Happened) -> Vec<(f64, f64)> {
        let n = months.n() as f64;
        let mut until = 0;
        let shares = (0..=self.n_months).map(|month| {
            let here = months.by_month.get(month as usize).filter(|_| month > 0);
            until += here.copied().unwrap_or_default();
            (f64::from(month) / 12.0, until as f64 / n)
        });
        shares.collect()
    }

    fn lasts(&self) -> Vec<(f64, f64)> {
        let ruined = self.happened(&self.ruined).into_iter();
        ruined.map(|(year, share)| (year, 1.0 - share)).collect()
    }

    fn ends(&self) -> Vec<End> {
        let end = |months: &Happened, of: fn(usize, usize) -> usize, text: &str, ink| {
            let (n, n_happened) = (months.n(), months.n_happened());
            let figure = share_of(of(n, n_happened) as u64, n as u64);
            End {
                value: figure.value,
                text: format!("{text} {}", percent(figure)),
                ink,
                weight: Weight::SemiBold,
            }
        };
        let mut ends = vec![end(
            &self.ruined,
            |n, ruined| n - ruined,
            "money lasts",
            LASTS,
        )];
        if let Some(covered) = &self.covered {
            ends.push(end(
                covered,
                |_, covered| covered,
                "income has covered",
                COVERS,
            ));
        }
        ends.sort_by(|a, b| b.value.total_cmp(&a.value));
        ends
    }
}

impl Chart for Survival {
    fn finding(&self) -> String {
        let date = |month: u32| spoken_month(&self.start.plus(month - 1).to_string());
        let verb = ("runs out of money", "run out of money");
        match self.ruined.n_happened() as u64 {
            0 => "On no path the money runs out".to_string(),
            n => hits(n, self.ruined.n() as u64, verb) + &first_months::dated(&self.ruined, date),
        }
    }

    fn reading(&self) -> String {
        let covered = match self.covered {
            Some(_) => "; green: income has begun to cover spending",
            None => "",
        };
        let span = span(self.years());
        format!("Share of paths by date within {span}, blue: the money has not run out{covered}")
    }

    fn body_height(&self) -> f64 {
        ABOVE + 324.0 + BELOW
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let scale = Scale::linear(0.0, 1.0);
        let ticks = scale.ticks(5);
        let ends = self.ends();
        let area = Area {
            left: left_of_labels(EDGE, &ticks, &percent_tick),
            right: body.right - EDGE - room(&ends),
            top: body.top + ABOVE,
            bottom: body.bottom - BELOW,
        };
        let panel = Panel::new(area, Scale::linear(0.0, self.years()), scale);
        panel.levels(canvas, &ticks, Some(&percent_tick));
        if let Some(covered) = &self.covered {
            panel.line(canvas, self.happened(covered), Line::new(COVERS, 2.4));
        }
        panel.line(canvas, self.lasts(), Line::new(LASTS, 2.4));
        panel.base(canvas, &dates(self.years(), 10), TICK_SIZE);
        label_ends(canvas, &panel, &ends);
    }
}
