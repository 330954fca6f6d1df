//! What assets show of themselves over time: visits, customers, units that are healthy.
//!
//! In: [`States`]. Out: a picture. Not here: the panels (`assets`).

use super::assets::{AssetPanel, Assets};
use super::{Kind, Source, when};
use crate::chart::{Spec, drawn};
use crate::math::ln;
use crate::record::STATE;

pub const KIND: Kind = Kind {
    id: "states",
    title: "Earnings models over time",
    doc: "Quantities of the earnings models: visits, customers, works, healthy units. They are multiples of the \
          start, or shares of all units. Bands contain 50 and 90 % of the paths at each date and for each panel \
          alone, so medians of parts need not add up. All panels have the same axes.",
    of: Some(of),
};

/// What a state is a part of, not a multiple.
const ALL_UNITS: &str = "all units";
/// What is not as large at the start as any other asset is.
const THE_MIX: &str = "the mix";

/// States that are no multiple of what was there: that something stands, how a price varies.
const NO_MULTIPLES: [&str; 3] = ["launched", "price_volatility", "appraised_volatility"];

/// Data of the picture: a panel for each, and what it is a fraction of.
#[derive(Clone, Debug, PartialEq)]
pub struct States {
    pub grid: Assets,
    pub wholes: Vec<String>,
}

/// Nothing where no asset has any.
fn of(source: &Source<'_>) -> Option<Spec> {
    let states = source.report.states.iter();
    let (mut panels, mut wholes) = (Vec::new(), Vec::new());
    for state in states.filter(|state| !NO_MULTIPLES.contains(&state.state.as_str())) {
        let id = format!("{}.{}.{}", STATE.quantity(), state.asset, state.state);
        let series = source.series(&id)?;
        let name = format!("{}: {}", state.asset, state.label);
        let named = (name.as_str(), source.ink_of(&state.asset));
        let at_end = |level: &str| source.measured(&format!("{id}.{level}"));
        panels.push(AssetPanel::new(source, series, named, 1.0, &at_end)?);
        let mut assets = source.report.scenario.assets.iter();
        let is_launched = assets.any(|asset| asset.name == state.asset && asset.is_launched);
        let is_of_start = ![ALL_UNITS, THE_MIX].contains(&state.whole.as_str());
        wholes.push(match is_launched && is_of_start {
            true => "those it begins with".to_owned(),
            false => state.whole.clone(),
        });
    }
    let grid = Assets {
        setting: source.setting.clone(),
        included: "",
        panels,
        total: None,
        in_parts: wholes.iter().all(|whole| *whole == ALL_UNITS),
    };
    (!grid.panels.is_empty()).then(|| States { grid, wholes }.spec())
}

impl States {
    pub fn spec(&self) -> Spec {
        self.grid.with_words(self.finding(), self.reading())
    }

    fn finding(&self) -> String {
        let moved = |panel: &&AssetPanel| match self.grid.in_parts {
            true => panel.median.value,
            false => ln(panel.median.value.max(f64::MIN_POSITIVE)).abs(),
        };
        let panels = self.grid.panels.iter();
        let most = panels.max_by(|one, other| moved(one).total_cmp(&moved(other)));
        let told = most.map(|panel| format!("{} {}", panel.name, self.grid.level(panel.median)));
        format!("{} in the median", told.unwrap_or_default())
    }

    fn reading(&self) -> String {
        let mut wholes = self.wholes.clone();
        wholes.sort_unstable();
        wholes.dedup();
        let (wholes, drawn) = (wholes.join(" or "), drawn(self.grid.setting.n_paths));
        let is_one = self.grid.panels.len() == 1;
        let axes = when(!is_one, ", same axes");
        let are_apart = self.grid.in_parts && !is_one;
        let alone = "; each panel by itself: medians need not add up to 100 %";
        let alone = when(are_apart, alone);
        let what = match self.grid.in_parts {
            true => "parts",
            false => "multiples",
        };
        format!("As {what} of {wholes}; {drawn}{axes}{alone}")
    }
}
