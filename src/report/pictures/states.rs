//! What assets show of themselves over time: visits, customers, units that are healthy.
//!
//! In: [`States`]. Out: a chart. Not here: the panels (`assets`).

use super::assets::{AssetPanel, Assets};
use super::{Chart, Kind, Source, boxed};
use crate::chart::{Area, Canvas};
use crate::record::STATE;

pub const KIND: Kind = Kind {
    id: "states",
    title: "Earnings models over time",
    doc: "Quantities of the earnings models: visits, customers, works, healthy units. They are multiples of the \
          start, or shares of all units. Bands contain 50 and 90 % of the paths at each date and for each panel \
          alone, so medians of parts need not add up. All panels have the same axes.",
    of: |source| boxed(States::of(source)),
};

/// What a state is a part of, not a multiple.
const ALL_UNITS: &str = "all units";
/// What is not as large at the start as any other asset is.
const THE_MIX: &str = "the mix";

/// States that are no multiple of what was there: that something stands, how a price varies.
const NO_MULTIPLES: [&str; 3] = ["launched", "price_volatility", "appraised_volatility"];

/// States that a title names.
const MOST_NAMED: usize = 3;

/// Data of the chart: a panel for each, and what it is a fraction of.
#[derive(Clone, Debug, PartialEq)]
pub struct States {
    pub grid: Assets,
    pub wholes: Vec<String>,
}

impl States {
    /// Nothing where no asset has any.
    fn of(source: &Source<'_>) -> Option<Self> {
        let states = source.report.states.iter();
        let (mut panels, mut wholes, mut years) = (Vec::new(), Vec::new(), Vec::new());
        for state in states.filter(|state| !NO_MULTIPLES.contains(&state.state.as_str())) {
            let id = format!("{}.{}.{}", STATE.quantity(), state.asset, state.state);
            let series = source.series(&id)?;
            let name = format!("{}: {}", state.asset, state.label);
            let at_end = |level: &str| source.measured(&format!("{id}.{level}"));
            panels.push(AssetPanel::new(source, series, &name, 1.0, &at_end)?);
            let mut assets = source.report.scenario.assets.iter();
            let is_launched = assets.any(|asset| asset.name == state.asset && asset.is_launched);
            let is_of_start = ![ALL_UNITS, THE_MIX].contains(&state.whole.as_str());
            wholes.push(match is_launched && is_of_start {
                true => "those it begins with".to_owned(),
                false => state.whole.clone(),
            });
            years.clone_from(&series.years);
        }
        let in_parts = wholes.iter().all(|whole| *whole == ALL_UNITS);
        (!panels.is_empty()).then(|| Self {
            grid: Assets {
                basis: String::new(),
                traded: false,
                income_stays: false,
                n_paths: source.n_paths(),
                years,
                panels,
                total: None,
                in_parts,
            },
            wholes,
        })
    }
}

impl Chart for States {
    fn finding(&self) -> String {
        let mut panels: Vec<&AssetPanel> = self.grid.panels.iter().collect();
        // what is left out of a whole is the least of it
        if self.grid.in_parts {
            panels.sort_by(|one, other| other.median.value.total_cmp(&one.median.value));
        }
        let told = panels.iter().take(MOST_NAMED).map(|panel| {
            let level = self.grid.level(panel.median);
            format!("{} {level}", panel.name)
        });
        let mut told: Vec<String> = told.collect();
        match panels.len().saturating_sub(MOST_NAMED) {
            0 => {}
            more => told.push(format!("{more} more below")),
        }
        format!("{} at the end: {}", self.grid.place(), told.join(", "))
    }

    fn reading(&self) -> String {
        let mut wholes = self.wholes.clone();
        wholes.sort_unstable();
        wholes.dedup();
        let (wholes, drawn) = (wholes.join(" or "), self.grid.drawn_words());
        let axes = match self.grid.panels.len() {
            1 => "",
            _ => ", same axes",
        };
        let what = if self.grid.in_parts {
            "parts"
        } else {
            "multiples"
        };
        let alone = match self.grid.in_parts && self.grid.panels.len() > 1 && self.grid.n_paths > 1
        {
            true => "; each panel by itself: medians need not add up to 100%",
            false => "",
        };
        format!("As {what} of {wholes}; {drawn}{axes}{alone}")
    }

    fn body_height(&self) -> f64 {
        self.grid.body_height()
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        self.grid.draw(canvas, body);
    }
}
