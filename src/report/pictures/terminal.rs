//! Distribution of wealth at the horizon.
//!
//! In: [`Terminal`]. Out: a picture. Not here: risk measures of losses, unlike quantiles of wealth.

use super::{PictureKind, RunSource, Setting, binned, when};
use crate::chart::{Bins, Ink, Marked, Shape, Spec};
use crate::figure::{Quantity, briefest, grouped, hits, of_chart as percent, span};
use crate::record::id;
use crate::report::facts::HistogramPart;

pub const KIND: PictureKind = PictureKind {
    id: "terminal_wealth",
    title: "Final wealth",
    doc: "Share of paths by final wealth. Paths that end with nothing have their own bar. Without payments of the \
          owner, bins below the money invested are orange, with one edge exactly there. Wide spreads have a log axis.",
    of: Some(of),
};

/// Data of the chart of final wealth.
#[derive(Clone, Debug, PartialEq)]
pub struct Terminal {
    pub setting: Setting,
    pub wealth: HistogramPart,
    /// Number of paths that end with less than the money invested.
    pub n_losing: u64,
    /// Money invested, below which a path has lost; 0 if money is withdrawn or contributed.
    pub break_even: f64,
    /// Money invested at the start, whatever is withdrawn or contributed.
    pub invested: f64,
    pub median: Quantity,
}

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let found = &source.report.distributions;
    let terminal = Terminal {
        setting: source.setting.clone(),
        wealth: found.wealth.clone()?,
        n_losing: found.losing_paths.unwrap_or_default(),
        break_even: source.break_even(),
        invested: source.report.scenario.money_in,
        median: source.measured(id::REAL_WEALTH_P50)?,
    };
    Some(terminal.spec())
}

impl Terminal {
    pub fn spec(&self) -> Spec {
        let setting = &self.setting;
        let (tick, value) = (|value| setting.tick(value), |value| setting.money(value));
        let outside = (self.wealth.below + self.wealth.above) as f64 / setting.n_paths as f64;
        let beyond = format!("; {} of paths lie beyond the axis", percent(Quantity::exact(outside)));
        Spec {
            finding: self.finding(),
            reading: format!(
                "Wealth after {} {}, share of paths in each bar{}",
                span(setting.years),
                setting.basis,
                when(outside > 0.0, &beyond)
            ),
            shape: Shape::Bins(
                Bins {
                    divide: self.break_even,
                    figures: self.figures(),
                    ..binned(&self.wealth, "end with nothing", "final wealth", tick, value)
                }
                .in_pairs(),
            ),
        }
    }

    fn figures(&self) -> Vec<Marked> {
        let measured = |figure| self.setting.measured(figure);
        let figure = |figure: Quantity, name, ink| Marked::new(figure.value, name, measured(figure), ink);
        let mut figures = vec![figure(self.median, "median", Ink::Text)];
        if self.invested > 0.0 {
            figures.push(figure(Quantity::exact(self.invested), "invested", Ink::Text));
        }
        figures
    }

    fn finding(&self) -> String {
        let (n, nothing) = (self.wealth.paths, self.wealth.at_atom());
        let break_even = self.setting.money(self.break_even);
        let lost = match self.n_losing {
            _ if self.break_even <= 0.0 && self.median.value <= 0.0 => {
                return format!("{} of paths end with nothing", percent(nothing));
            }
            _ if self.break_even <= 0.0 => {
                let median = self.setting.measured(self.median);
                match self.setting.money(self.invested) {
                    start if self.invested > 0.0 => format!("{start} invested becomes a median {median}"),
                    _ => format!("Median wealth {median} after {}", span(self.setting.years)),
                }
            }
            0 => format!("None of {} paths ends below the {break_even} invested", grouped(n)),
            losing => format!("{} below the {break_even} invested", hits(losing, n, "ends", "end")),
        };
        if nothing.value <= 0.005 {
            return lost;
        }
        let nothing = percent(nothing);
        briefest(["end with nothing", "have nothing"].map(|end| format!("{lost}; {nothing} {end}")))
    }
}

#[cfg(test)]
mod tests;
