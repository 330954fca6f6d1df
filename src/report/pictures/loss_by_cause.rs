//! What each cause gave or took: on all paths, and on those that lose most.
//!
//! In: [`LossByCause`]. Out: a chart. Not here: the sums (`record`), which paths lose most (`stats`).

use super::super::labels;
use super::super::view::FLOWS;
use super::{Chart, Kind, Source, boxed, measured};
use crate::chart::{
    Area, Canvas, EDGE, HPos, Ink, Paint, Panel, Scale, TICK_SIZE, Type, VPos, WIDTH,
};
use crate::figure::{Quantity, clearly_above, money_measured, money_tick, span};

pub const KIND: Kind = Kind {
    id: "loss_by_cause",
    title: "Profit and loss by cause",
    doc: "Mean profit or loss by each cause until the horizon, real; costs are left of zero. Blue: all paths. \
          Vermilion: the worst 5 % of paths, which are those of expected shortfall 95 %. Markets are expected \
          growth, shocks and jumps together. Inflation is the loss of purchasing power. Spending and contributions \
          are no losses and are not shown.",
    of: |source| boxed(LossByCause::of(source)),
};

const ROW: f64 = 38.0;
const BASE: f64 = 44.0;
const HEAD: f64 = 20.0;
const THICKNESS: f64 = 11.0;
/// Distance of the middle of a bar from that of its row.
const APART: f64 = 6.5;
/// Room for names, and for each column of figures.
const NAMES: f64 = 150.0;
const FIGURES: f64 = 96.0;

const ALL: Ink = Ink::Blue;
const WORST: Ink = Ink::Vermilion;

const WORST_PATHS: &str = "On the worst 5% of paths";

/// What a cause gave, below zero took.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    pub name: String,
    /// Means over all paths and over the worst.
    pub means: [Quantity; 2],
}

/// Data of the chart, what takes most of the worst paths first; at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct LossByCause {
    pub currency: String,
    pub basis: String,
    pub years: f64,
    /// Whether the owner lives on it or brings something, which is no loss and not drawn.
    pub is_crossed: bool,
    pub causes: Vec<Given>,
}

impl LossByCause {
    fn of(source: &Source<'_>) -> Option<Self> {
        let losses = source.report.losses_by_cause().into_iter();
        let causes: Vec<Given> = losses
            .map(|(word, means)| Given {
                name: labels::cause(word).to_owned(),
                means: means.map(measured),
            })
            .collect();
        (!causes.is_empty()).then(|| Self {
            currency: source.currency(),
            basis: source.basis(),
            years: source.years(),
            is_crossed: source
                .report
                .by_cause()
                .iter()
                .any(|(id, _)| FLOWS.contains(id)),
            causes,
        })
    }

    fn amount(&self, given: Quantity) -> String {
        let plus = if given.value > 0.0 { "+" } else { "" };
        format!("{plus}{}", money_measured(&self.currency, given))
    }
}

impl Chart for LossByCause {
    fn finding(&self) -> String {
        let taken = |given: &Given| given.means[1].value < 0.0;
        let takers: Vec<&Given> = self.causes.iter().filter(|given| taken(given)).collect();
        let size = |given: &Given| given.means[1].size();
        let next = takers
            .get(1)
            .map_or(Quantity::exact(0.0), |next| size(next));
        match takers.first() {
            None => format!("{WORST_PATHS} nothing takes anything"),
            Some(most) if clearly_above(size(most), next, self.causes.len().max(2)) => {
                let [mean, worst] = most.means;
                let [mean, worst] = [mean, worst].map(|mean| self.amount(mean));
                let name = &most.name;
                format!("{WORST_PATHS} most is taken by {name}: {worst}, on all paths {mean}")
            }
            Some(_) => format!("{WORST_PATHS} no single cause clearly takes most"),
        }
    }

    fn reading(&self) -> String {
        let left_out = match self.is_crossed {
            true => "; without what the owner lives on or brings",
            false => "",
        };
        format!(
            "Mean of what each cause gave, left of zero took, within {}, {}{left_out}",
            span(self.years),
            self.basis
        )
    }

    fn body_height(&self) -> f64 {
        HEAD + self.causes.len() as f64 * ROW + BASE
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let right = WIDTH - EDGE;
        let area = Area {
            left: EDGE + NAMES,
            top: body.top + HEAD,
            right: right - 2.0 * FIGURES - 8.0,
            bottom: body.top + HEAD + self.causes.len() as f64 * ROW,
        };
        let values = self.causes.iter().flat_map(|given| given.means);
        let scale = Scale::holding(values.map(|mean| mean.value));
        let panel = Panel::of_rows(canvas, area, scale);
        let (zero, _) = panel.at(0.0, 0.0);
        let columns = [
            (ALL, "all paths", right - FIGURES),
            (WORST, "worst 5%", right),
        ];
        let head = |ink| Type::new(TICK_SIZE, ink).semibold().across(HPos::Right);
        for (ink, text, x) in columns {
            canvas.text(text, (x, area.top - 8.0), &head(ink));
        }
        let set = Type::new(12.5, Ink::Text).down(VPos::Center);
        let figure = Type::figure(Ink::Text);
        for (index, given) in self.causes.iter().enumerate() {
            let y = area.row(index, ROW);
            canvas.name(&given.name, (EDGE, y), &set, NAMES - 8.0);
            let sides = given.means.iter().zip(columns).zip([-APART, APART]);
            for ((mean, (ink, text, column)), apart) in sides {
                let (x, _) = panel.at(mean.value, 0.0);
                let amount = self.amount(*mean);
                let tooltip = Some(format!("{}, {text}: {amount}", given.name));
                let ends = (x.min(zero), x.max(zero));
                canvas.bar(ends, y + apart, THICKNESS, Paint::of(ink, 85), tooltip);
                canvas.text(&amount, (column, y), &figure);
            }
        }
        panel.zero(canvas);
        let tick = |value: f64| money_tick(&self.currency, value);
        panel.base_of_rows(canvas, tick);
    }
}
