//! The distribution of the deepest fall on the way.
//!
//! In: [`Drawdown`]. Out: a chart. Not here: how long a fall lasts.

use super::{Chart, Kind, Source, boxed};
use crate::chart::{Area, Atom, Canvas, Figure, Histogram, Ink};
use crate::figure::{
    Quantity, capital, of_chart as percent, of_depth as percent_of_depth, percent_tick, span,
};
use crate::report::facts::HistogramPart;

pub const KIND: Kind = Kind {
    id: "deepest_fall",
    title: "Maximum drawdown",
    doc: "Share of paths by maximum drawdown: the largest fall of the time-weighted value below an earlier high. \
          Contributions and withdrawals do not count as gains or falls. Ruined paths lose 100 % and have a bar of \
          their own. Two lines mark the median and the 95th percentile.",
    of: |source| boxed(Drawdown::of(source)),
};

/// Data of the chart: the deepest falls, as fractions in [0, 1].
#[derive(Clone, Debug, PartialEq)]
pub struct Drawdown {
    /// The horizon.
    pub years: f64,
    pub depths: HistogramPart,
    pub median: Quantity,
    pub p95: Quantity,
}

impl Drawdown {
    fn of(source: &Source<'_>) -> Option<Self> {
        Some(Self {
            years: source.years(),
            depths: source.report.distributions.drawdown.clone()?,
            median: source.measured("drawdown.max.p50")?,
            p95: source.measured("drawdown.max.p95")?,
        })
    }

    /// Not called so many that fall so far, but at least so many: true of every law.
    fn or_more(&self, depth: Quantity) -> String {
        let text = percent_of_depth(depth);
        match text.starts_with("over") || text.starts_with("under") || depth.value >= 1.0 {
            true => text,
            false => format!("{text} or more"),
        }
    }

    fn all_lost(&self) -> Quantity {
        self.depths.at_atom()
    }
}

impl Chart for Drawdown {
    fn finding(&self) -> String {
        let [half, rare] = [self.median, self.p95].map(|depth| self.or_more(depth));
        if self.p95.value <= 0.0 {
            return "At least nineteen in twenty paths never fall below their peak".to_owned();
        }
        let half = format!("At least half of all paths fall {half} from their peak");
        if self.p95.value >= 1.0 {
            let lost = percent(self.all_lost());
            return match 0.0 < self.median.value && self.median.value < 1.0 {
                true => format!("{half}; {lost} lose all"),
                false => format!("{lost} of all paths lose all"),
            };
        }
        let rare = format!("at least one in twenty falls {rare}");
        match percent_of_depth(self.median) == percent_of_depth(self.p95) {
            _ if self.median.value <= 0.0 => format!("{} from its peak", capital(&rare)),
            true => half,
            false => format!("{half}; {rare}"),
        }
    }

    fn reading(&self) -> String {
        format!(
            "Deepest fall of the unit value below its peak within {}, share of paths per bin",
            span(self.years)
        )
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let lost = self.all_lost();
        let atom = Atom {
            value: 1.0,
            share: lost.value,
            ink: Ink::Vermilion,
            label: format!("{} lose all", percent(lost)),
        };
        let figure = |figure: Quantity, name, ink| Figure {
            value: figure.value,
            name,
            printed: percent_of_depth(figure),
            ink,
            at_left: false,
        };
        let histogram = Histogram {
            counts: &self.depths.counts,
            n: self.depths.paths,
            edges: &self.depths.edges,
            x: self.depths.axis,
            atom: (lost.value > 0.0).then_some(atom),
            atom_at_right: true,
            ink: &|_| Ink::Blue,
            tick: &percent_tick,
            value: &|depth| percent_of_depth(Quantity::exact(depth)),
            figures: vec![
                figure(self.median, "median", Ink::Blue),
                figure(self.p95, "95th percentile", Ink::Vermilion),
            ],
        };
        let area = Area {
            top: body.top + 8.0,
            bottom: body.bottom - 40.0,
            ..body
        };
        histogram.draw(canvas, area);
    }
}
