//! The distribution of the deepest fall on the way.
//!
//! In: [`Drawdown`]. Out: a picture. Not here: how long a fall lasts.

use super::{Kind, Source, binned};
use crate::chart::{Atom, Bins, Figure, Ink, Shape, Spec};
use crate::figure::{
    Quantity, capital, of_chart as percent, of_chart as percent_of_depth, percent_tick, span,
};
use crate::report::facts::HistogramPart;

pub const KIND: Kind = Kind {
    id: "deepest_fall",
    title: "Maximum drawdown",
    doc: "Share of paths by maximum drawdown: the largest fall of the time-weighted value below an earlier high. \
          Contributions and withdrawals do not count as gains or falls. Ruined paths lose 100 % and have a bar of \
          their own. Two lines mark the median and the 95th percentile.",
    of,
};

/// Data of the picture: the deepest falls, as fractions in [0, 1].
#[derive(Clone, Debug, PartialEq)]
pub struct Drawdown {
    /// The horizon.
    pub years: f64,
    pub depths: HistogramPart,
    pub median: Quantity,
    pub p95: Quantity,
}

fn of(source: &Source<'_>) -> Option<Spec> {
    let drawdown = Drawdown {
        years: source.setting.years,
        depths: source.report.distributions.drawdown.clone()?,
        median: source.measured("drawdown.max.p50")?,
        p95: source.measured("drawdown.max.p95")?,
    };
    Some(drawdown.spec())
}

/// Not called so many that fall so far, but at least so many: true of every law.
fn or_more(depth: Quantity) -> String {
    let text = percent_of_depth(depth);
    match text.starts_with("over") || text.starts_with("under") || depth.value >= 1.0 {
        true => text,
        false => format!("{text} or more"),
    }
}

impl Drawdown {
    pub fn spec(&self) -> Spec {
        let lost = self.depths.at_atom();
        let atom = Atom {
            value: 1.0,
            share: lost.value,
            label: format!("{} lose all", percent(lost)),
            tick: percent_tick(1.0),
            at_right: true,
        };
        let figure = |figure: Quantity, name, ink| Figure {
            value: figure.value,
            name,
            printed: percent_of_depth(figure),
            ink,
            at_left: false,
        };
        let depth = |depth| percent_of_depth(Quantity::exact(depth));
        Spec {
            finding: self.finding(),
            reading: format!(
                "Deepest fall of the unit value below its peak within {}, share of paths per bin",
                span(self.years)
            ),
            shape: Shape::Bins(Bins {
                atom: (lost.value > 0.0).then_some(atom),
                figures: vec![
                    figure(self.median, "median", Ink::Blue),
                    figure(self.p95, "95th percentile", Ink::Vermilion),
                ],
                ..binned(&self.depths, percent_tick, depth)
            }),
        }
    }

    fn finding(&self) -> String {
        let [half, rare] = [self.median, self.p95].map(or_more);
        if self.p95.value <= 0.0 {
            return "At least nineteen in twenty paths never fall below their peak".to_owned();
        }
        let half = format!("At least half of all paths fall {half} from their peak");
        if self.p95.value >= 1.0 {
            let lost = percent(self.depths.at_atom());
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
}
