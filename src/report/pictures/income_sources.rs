//! What each holding pays, one on top of the other, on the path in the middle of all.
//!
//! In: [`IncomeSources`]. Out: a chart. Not here: what the owner is left with (`income`).

use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, End, Ink, Paint, Scale, TICK_SIZE, Type, Weight, dates, horizon, label_ends,
    shorten,
};
use crate::figure::{counted, grouped, in_words, money, money_tick, spoken_month};
use crate::math::digits::rounded;

use super::wealth_fan::over_time;

pub const KIND: Kind = Kind {
    id: "income_sources",
    title: "Income by asset",
    doc: "Monthly payment of each asset after its own costs and before the owner's costs and tax, real, on one path. \
          It is the path whose income of the last 12 months is the median. The areas are stacked, so the upper edge \
          is the total; the largest payment of the last month is at the bottom. Other paths have other shares.",
    of: |source| boxed(IncomeSources::of(source)),
};

/// Hues of the layers, the lowest first; the last one is of all that have none of their own.
const INKS: [Ink; 6] = [
    Ink::Blue,
    Ink::Gold,
    Ink::Green,
    Ink::Purple,
    Ink::Sky,
    Ink::Slate,
];

/// Widest name, in pixels.
const WIDEST: f64 = 130.0;

/// One holding.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    pub name: String,
    /// What it pays in a month, at each date.
    pub paid: Vec<f64>,
}

/// Data of the chart, what pays most at the end first; at least two.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomeSources {
    pub currency: String,
    pub basis: String,
    pub n_paths: u64,
    /// The path that it is of.
    pub path: u64,
    pub years: Vec<f64>,
    /// The last date.
    pub end: String,
    pub layers: Vec<Layer>,
}

impl IncomeSources {
    /// Nothing where fewer than two holdings pay on the path.
    fn of(source: &Source<'_>) -> Option<Self> {
        let middle = source.report.paths.income.as_ref()?;
        let months = &middle.months;
        let assets = source.report.scenario.assets.iter();
        let layers = assets.filter_map(|asset| {
            let paid = middle.paid.get(&asset.name)?;
            let pays = paid.len() == months.len() && paid.iter().any(|paid| *paid > 0.0);
            pays.then(|| Layer {
                name: asset.name.clone(),
                paid: paid.clone(),
            })
        });
        let mut layers: Vec<Layer> = layers.collect();
        layers.sort_by(|a, b| b.at_end().total_cmp(&a.at_end()));
        let last = *months.last()?;
        (layers.len() > 1 && months.len() > 1).then(|| Self {
            currency: source.currency(),
            basis: source.basis(),
            n_paths: source.n_paths(),
            path: middle.path,
            end: spoken_month(&source.date(last)),
            years: months
                .iter()
                .map(|month| f64::from(*month) / 12.0)
                .collect(),
            layers,
        })
    }

    /// What is drawn: the largest at the end, and the others as one.
    fn drawn(&self) -> Vec<Layer> {
        if self.layers.len() <= INKS.len() {
            return self.layers.clone();
        }
        let (own, others) = self.layers.split_at(INKS.len() - 1);
        let mut drawn = own.to_vec();
        drawn.push(Layer {
            name: counted(others.len(), "other"),
            paid: sum(others),
        });
        drawn
    }
}

impl Layer {
    fn at_end(&self) -> f64 {
        self.paid[self.paid.len() - 1]
    }
}

/// What all pay at each date.
fn sum(layers: &[Layer]) -> Vec<f64> {
    let n_dates = layers.first().map_or(0, |layer| layer.paid.len());
    let at = |date: usize| layers.iter().map(|layer| layer.paid[date]).sum();
    (0..n_dates).map(at).collect()
}

impl Chart for IncomeSources {
    fn finding(&self) -> String {
        let on_path = match self.n_paths {
            1 => "On the one path".to_owned(),
            n => format!(
                "On one path of {}, number {},",
                grouped(n),
                grouped(self.path)
            ),
        };
        let (most, next) = (&self.layers[0], &self.layers[1]);
        let all: f64 = self.layers.iter().map(Layer::at_end).sum();
        // less than half of the smallest coin is printed as nothing
        if all < 0.005 {
            return format!("{on_path} nothing pays anything in {}", self.end);
        }
        let all = money(&self.currency, all);
        if most.at_end() <= next.at_end() {
            return format!(
                "{on_path} no asset clearly pays most of {all} in the month of {}",
                self.end
            );
        }
        let amount = money(&self.currency, most.at_end());
        format!(
            "{on_path} {} pays most in one month, {}: {amount} of {all}",
            most.name, self.end
        )
    }

    fn reading(&self) -> String {
        let others = match self.layers.len().checked_sub(INKS.len()) {
            None | Some(0) => String::new(),
            Some(more) => format!(", {} of them together", in_words(more as u64 + 1)),
        };
        let whose = match self.n_paths {
            1 => "on the one path".to_owned(),
            _ => {
                let months = self.years.last().map_or(0.0, |years| 12.0 * years);
                let months = rounded(months, 0).min(12.0) as usize;
                format!(
                    "on the path of median income over its last {}",
                    counted(months, "month")
                )
            }
        };
        format!(
            "What each asset pays in a month before tax, {whose}, {}, stacked{others}",
            self.basis
        )
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let (drawn, years) = (self.drawn(), horizon(&self.years));
        let set = Type::new(12.0, Ink::Text).semibold();
        let mut below = vec![0.0; self.years.len()];
        let (mut edges, mut ends) = (Vec::new(), Vec::new());
        for (layer, ink) in drawn.iter().zip(INKS) {
            let paid = &layer.paid;
            let above: Vec<f64> = below
                .iter()
                .zip(paid)
                .map(|(low, mean)| low + mean)
                .collect();
            let last = above.len() - 1;
            let name = shorten(&layer.name, &set, WIDEST);
            let amount = money(&self.currency, layer.at_end());
            ends.push(End::new(
                f64::midpoint(below[last], above[last]),
                format!("{name} {amount}"),
                ink.for_text(),
                Weight::SemiBold,
            ));
            edges.push((std::mem::replace(&mut below, above.clone()), above, ink));
        }
        let scale = Scale::holding(below.iter().copied());
        let tick = |value: f64| money_tick(&self.currency, value);
        let panel = over_time(canvas, body, (years, scale), &ends, &[], tick);
        for (low, high, ink) in &edges {
            panel.band(canvas, &self.years, low, high, Paint::of(*ink, 78));
        }
        panel.base(canvas, &dates(years, 12), TICK_SIZE);
        label_ends(canvas, &panel, &ends);
    }
}

#[cfg(test)]
mod tests;
