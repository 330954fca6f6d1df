//! The distribution of wealth at the horizon.
//!
//! In: [`Terminal`]. Out: a chart. Not here: risk measures of losses, which are other figures than
//! quantiles of wealth.

use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Atom, Canvas, Distribution, EDGE, Figure, HPos, Histogram, Ink, ROUNDING, Scale, Type,
    VPos, WIDE, bins, hits, share_at,
};
use crate::figure::{
    Quantity, counted, grouped, money, money_measured, money_tick, of_chart as percent, span,
};
use std::sync::Arc;

pub const KIND: Kind = Kind {
    id: "terminal_wealth",
    title: "Final wealth",
    doc: "Share of paths by final wealth. Bins below the money invested are vermilion, and one edge is exactly \
          there. Paths that end with nothing have a bar of their own. Lines mark the 5th percentile, the mean of the \
          worst 5 % of paths, the median and the money invested. The axis is logarithmic if most paths spread over \
          more than a factor of six.",
    of: |source| boxed(Terminal::of(source)),
};

const N_BINS: usize = 64;

/// Least length of the axis, of its highest value.
const LEAST_SPAN: f64 = 0.1;

/// Shares of the paths that may lie below and above the drawn range.
const TAILS: (f64, f64) = (0.004, 0.004);

/// Data of the chart; money in `currency`.
#[derive(Clone, Debug, PartialEq)]
pub struct Terminal {
    pub currency: String,
    /// What the money is measured in, as in "in 2027 dollars".
    pub basis: String,
    /// The horizon.
    pub years: f64,
    pub wealth: Arc<Distribution>,
    /// All money put in until the horizon.
    pub put_in: f64,
    pub p05: Quantity,
    /// Mean wealth of the worst 5 % of the paths.
    pub worst_mean: Quantity,
    pub median: Quantity,
}

impl Terminal {
    fn of(source: &Source<'_>) -> Option<Self> {
        let wealth = source.wealth.as_ref()?;
        Some(Self {
            currency: source.scenario.currency.clone(),
            basis: source.basis(),
            years: source.years(),
            wealth: Arc::clone(wealth),
            put_in: source.put_in(),
            p05: source.measured("wealth.terminal.real.p05")?,
            worst_mean: worst_mean(source)?,
            median: source.measured("wealth.terminal.real.p50")?,
        })
    }

    fn with_nothing(&self) -> Quantity {
        share_at(&self.wealth, 0.0)
    }

    /// Paths that end with less than was put in by more than rounding.
    fn n_losing(&self) -> u64 {
        self.wealth.count_below(self.put_in * (1.0 - ROUNDING))
    }

    /// The range that is drawn: the bulk of the paths that kept something, and the money put in
    /// if it lies near.
    fn range(&self) -> Scale {
        let bulk = self.wealth.without(0.0);
        let at = |p: f64| bulk.quantile(p).unwrap_or(0.0);
        let (low, high) = (at(TAILS.0), at(1.0 - TAILS.1));
        if bulk.n() == 0 {
            return Scale::linear_from_zero(0.0, self.put_in);
        }
        if low > 0.0 && at(0.95) / at(0.05) > WIDE {
            return match self.put_in > low / 4.0 && self.put_in < high * 4.0 {
                true => Scale::log(low.min(self.put_in / 1.1), high.max(self.put_in * 1.1)),
                false => Scale::log(low, high),
            };
        }
        let spread = (high - low).max(LEAST_SPAN * high.abs());
        let near = self.put_in > low - 2.0 * spread && self.put_in < high + 2.0 * spread;
        let (low, high) = match near && self.put_in > 0.0 {
            true => (low.min(self.put_in), high.max(self.put_in)),
            false => (low, high),
        };
        // a spread that is rounding is none
        let margin = (0.05 * (high - low)).max(LEAST_SPAN * high.abs() - (high - low));
        if low >= 0.0 && low - margin < 0.35 * high {
            return Scale::linear(0.0, high + margin);
        }
        Scale::linear(low - margin, high + margin)
    }

    fn bins(&self) -> (Vec<f64>, Scale) {
        bins(&self.range(), self.put_in, N_BINS)
    }

    /// What lies outside the drawn range, counted.
    fn outside(&self) -> Option<String> {
        let (low, high) = self.bins().1.ends();
        let bulk = self.wealth.without(0.0);
        let (least, greatest) = bulk.ends()?;
        let money = |value| money(&self.currency, value);
        let paths = |number: u64| counted(number as usize, "path");
        let mut parts = Vec::new();
        let below = bulk.count_below(low);
        if below > 0 {
            let (low, least) = (money(low), money(least));
            parts.push(format!("{} below {low} (down to {least})", paths(below)));
        }
        let above = bulk.n() - bulk.count_below(high);
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
            value: source.outcome.money_in - shortfall.value,
            ..shortfall
        });
    }
    let wealth = source.wealth.as_ref()?;
    let n_worst = (wealth.n() as usize / 20).max(1);
    let value = wealth.mean_of_least(n_worst);
    // of a mean over so few that are chosen by what they are
    let std_error = f64::INFINITY;
    Some(Quantity { value, std_error })
}

impl Chart for Terminal {
    fn finding(&self) -> String {
        let n = self.wealth.n();
        let put_in = money(&self.currency, self.put_in);
        let lost = match self.n_losing() {
            _ if self.put_in <= 0.0 && self.median.value <= 0.0 => {
                return format!(
                    "{} of all paths end with nothing",
                    percent(self.with_nothing())
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
        match self.with_nothing() {
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
        if self.bins().1.is_logarithmic() {
            text.push_str("; log scale");
        }
        if self.put_in > 0.0 {
            text.push_str("; orange lies below the money put in");
        }
        text
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let nothing = self.with_nothing();
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
        let (edges, x) = self.bins();
        let histogram = Histogram {
            law: &self.wealth.without(0.0),
            n: self.wealth.n(),
            edges,
            x,
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
