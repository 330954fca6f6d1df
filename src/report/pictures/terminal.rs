//! The distribution of wealth at the horizon.
//!
//! In: [`Terminal`]. Out: a chart. Not here: risk measures of losses, which are other figures than
//! quantiles of wealth.

use super::{Chart, Kind, Source, boxed};
use crate::chart::{Area, Atom, Canvas, EDGE, Figure, HPos, Histogram, Ink, Type, VPos, hits};
use crate::figure::{
    Quantity, counted, grouped, money, money_measured, money_tick, of_chart as percent, span,
};
use crate::report::facts::HistogramPart;

pub const KIND: Kind = Kind {
    id: "terminal_wealth",
    title: "Final wealth",
    doc: "Share of paths by final wealth. Bins below the money invested are vermilion, and one edge is exactly \
          there. Paths that end with nothing have a bar of their own. Lines mark the 5th percentile, the mean of the \
          worst 5 % of paths, the median and the money invested. The axis is logarithmic if most paths spread over \
          more than a factor of six.",
    of: |source| boxed(Terminal::of(source)),
};

/// Data of the chart; money in `currency`.
#[derive(Clone, Debug, PartialEq)]
pub struct Terminal {
    pub currency: String,
    /// What the money is measured in, as in "in 2027 dollars".
    pub basis: String,
    /// The horizon.
    pub years: f64,
    pub wealth: HistogramPart,
    /// Paths that end with less than was put in.
    pub n_losing: u64,
    /// All money put in until the horizon.
    pub put_in: f64,
    pub p05: Quantity,
    /// Mean wealth of the worst 5 % of the paths.
    pub worst_mean: Quantity,
    pub median: Quantity,
}

impl Terminal {
    fn of(source: &Source<'_>) -> Option<Self> {
        let found = &source.report.distributions;
        Some(Self {
            currency: source.currency(),
            basis: source.basis(),
            years: source.years(),
            wealth: found.wealth.clone()?,
            n_losing: found.losing_paths.unwrap_or_default(),
            put_in: source.put_in(),
            p05: source.measured("wealth.terminal.real.p05")?,
            worst_mean: worst_mean(source)?,
            median: source.measured("wealth.terminal.real.p50")?,
        })
    }

    /// What lies outside the drawn range, counted.
    fn outside(&self) -> Option<String> {
        let (low, high) = self.wealth.axis.ends();
        let [least, greatest] = self.wealth.ends?;
        let money = |value| money(&self.currency, value);
        let paths = |number: u64| counted(number as usize, "path");
        let mut parts = Vec::new();
        let HistogramPart { below, above, .. } = self.wealth;
        if below > 0 {
            let (low, least) = (money(low), money(least));
            parts.push(format!("{} below {low} (down to {least})", paths(below)));
        }
        if above > 0 && greatest > high {
            let (high, greatest) = (money(high), money(greatest));
            parts.push(format!("{} above {high} (up to {greatest})", paths(above)));
        }
        if self.put_in > 0.0 && !(low..=high).contains(&self.put_in) {
            let side = if self.put_in < low { "left" } else { "right" };
            let put_in = money(self.put_in);
            parts.push(format!("the {put_in} put in, to the {side}"));
        }
        (!parts.is_empty()).then(|| format!("Not drawn: {}", parts.join("; ")))
    }

    fn figures(&self) -> Vec<Figure> {
        let figure = |figure: Quantity, name, ink, at_left| Figure {
            value: figure.value,
            name,
            printed: money_measured(&self.currency, figure),
            ink,
            at_left,
        };
        let put_in = Quantity::exact(self.put_in);
        let mut figures = vec![
            figure(self.median, "median", Ink::Blue, false),
            figure(self.p05, "5th percentile", Ink::Vermilion, false),
            figure(
                self.worst_mean,
                "mean of the worst 5%",
                Ink::Vermilion,
                true,
            ),
        ];
        if self.put_in > 0.0 {
            figures.push(figure(put_in, "put in", Ink::Text, false));
        }
        figures
    }
}

/// Mean wealth of the worst 5 %.
fn worst_mean(source: &Source<'_>) -> Option<Quantity> {
    if !source.report.has_flows() {
        // the loss is money in less wealth, so its shortfall is that of wealth mirrored
        let shortfall = source.measured("expected_shortfall.95")?;
        return Some(Quantity {
            value: source.report.scenario.money_in - shortfall.value,
            ..shortfall
        });
    }
    let value = source.report.distributions.wealth_of_worst?;
    // of a mean over so few that are chosen by what they are
    let std_error = f64::INFINITY;
    Some(Quantity { value, std_error })
}

impl Chart for Terminal {
    fn finding(&self) -> String {
        let n = self.wealth.paths;
        let put_in = money(&self.currency, self.put_in);
        let lost = match self.n_losing {
            _ if self.put_in <= 0.0 && self.median.value <= 0.0 => {
                return format!(
                    "{} of all paths end with nothing",
                    percent(self.wealth.at_atom())
                );
            }
            _ if self.put_in <= 0.0 => {
                let middle = money_measured(&self.currency, self.median);
                format!("At least half of all paths end with {middle} or more")
            }
            0 => format!(
                "None of {} paths ends with less than the {put_in} put in",
                grouped(n)
            ),
            losing => {
                let who = hits(losing, n, ("ends", "end"));
                format!("{who} with less than the {put_in} put in")
            }
        };
        match self.wealth.at_atom() {
            few if few.value <= 0.005 => lost,
            nothing => format!("{lost}, {} with nothing", percent(nothing)),
        }
    }

    fn reading(&self) -> String {
        let mut text = format!(
            "Wealth after {} {}, share of paths per bin",
            span(self.years),
            self.basis
        );
        if self.wealth.axis.is_logarithmic() {
            text.push_str("; log scale");
        }
        if self.put_in > 0.0 {
            text.push_str("; orange lies below the money put in");
        }
        text
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let nothing = self.wealth.at_atom();
        let atom = Atom {
            value: 0.0,
            share: nothing.value,
            ink: Ink::Vermilion,
            label: format!("{} at {}", percent(nothing), money(&self.currency, 0.0)),
        };
        let ink = |from: f64| match from < self.put_in {
            true => Ink::Vermilion,
            false => Ink::Blue,
        };
        let histogram = Histogram {
            counts: &self.wealth.counts,
            n: self.wealth.paths,
            edges: &self.wealth.edges,
            x: self.wealth.axis,
            atom: (nothing.value > 0.0).then_some(atom),
            atom_at_right: false,
            ink: &ink,
            tick: &|value| money_tick(&self.currency, value),
            value: &|value| money(&self.currency, value),
            figures: self.figures(),
        };
        let area = Area {
            top: body.top + 8.0,
            bottom: body.bottom - 46.0,
            ..body
        };
        histogram.draw(canvas, area);
        if let Some(outside) = self.outside() {
            let set = Type::new(11.0, Ink::Mute)
                .across(HPos::Right)
                .down(VPos::Top);
            canvas.text(&outside, (body.right - EDGE, area.bottom + 30.0), &set);
        }
    }
}

#[cfg(test)]
mod tests;
