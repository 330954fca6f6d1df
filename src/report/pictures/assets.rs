//! Small multiples: the value of each holding relative to its start, all on the same axes.
//!
//! In: [`Assets`]. Out: a picture. Not here: the quantiles' estimation.

use super::{Kind, Setting, Source};
use crate::chart::{
    Axis, End, Extent, Ink, Layer, Line, MOST_PANELS, Plot, Quantiles, Scale, Shape, Spacing, Spec,
    dated, drawn, horizon,
};
use crate::figure::{Quantity, clearly_above, in_words, of_chart, percent_tick, times, times_tick};
use crate::record::{ASSET_VALUE, WEALTH};
use crate::report::document::AssetPart;
use crate::report::facts::SeriesPart;

pub const KIND: Kind = Kind {
    id: "holdings",
    title: "Value of each asset",
    doc: "Value of each asset relative to its start, with bands that contain 50 and 90 % of the paths at each date. \
          All panels have the same axes. The last panel is the whole portfolio.",
    of: Some(of),
};

/// One holding; all values relative to its value at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct AssetPanel {
    pub name: String,
    pub ink: Ink,
    /// Its value at the start; the largest holdings are drawn.
    pub put_in: f64,
    /// Dates, from 0.
    pub years: Vec<f64>,
    pub quantiles: Quantiles,
    /// At the horizon, with its error.
    pub median: Quantity,
}

/// Data of the picture: one holding or more and, if wanted, the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Assets {
    pub setting: Setting,
    /// What of purchases, sales and income their values include, in words.
    pub included: &'static str,
    pub panels: Vec<AssetPanel>,
    pub total: Option<AssetPanel>,
    /// Whether they are parts of a whole and no multiples.
    pub in_parts: bool,
}

impl AssetPanel {
    fn of(source: &Source<'_>, asset: &AssetPart) -> Option<Self> {
        let series = source.series(&format!("{}.{}", ASSET_VALUE.quantity(), asset.name))?;
        // figures of its value are in money of their day
        let at_end = |level: &str| Source::last_quantile(series, level);
        let named = (asset.name.as_str(), source.ink_of(&asset.name));
        Self::new(source, series, named, asset.value, &at_end)
    }

    fn of_all(source: &Source<'_>) -> Option<Self> {
        let (name, money_in) = ("Whole portfolio", source.report.scenario.money_in);
        let series = source
            .series(WEALTH.quantity())
            .filter(|_| money_in > 0.0)?;
        let at_end = |level: &str| source.measured(&format!("wealth.terminal.real.{level}"));
        Self::new(source, series, (name, Ink::Slate), money_in, &at_end)
    }

    /// Relative to what was invested; with the quantiles `at_end`, which are not.
    pub(super) fn new(
        source: &Source<'_>,
        series: &SeriesPart,
        (name, ink): (&str, Ink),
        put_in: f64,
        at_end: &dyn Fn(&str) -> Option<Quantity>,
    ) -> Option<Self> {
        let at_end = |level: &str| Some(at_end(level)?.times(1.0 / put_in));
        let quantiles = source.quantiles(series, put_in, &at_end)?;
        let median = at_end("p50")?;
        // where nine in ten paths end at one value, so does the middle one of any sample
        let is_certain = quantiles.levels[0].last() == quantiles.levels[4].last();
        Some(Self {
            name: name.to_owned(),
            ink,
            put_in,
            years: series.years.clone(),
            quantiles,
            median: match is_certain {
                true => Quantity::exact(median.value),
                false => median,
            },
        })
    }
}

/// The holdings that were worth something at the start.
fn of(source: &Source<'_>) -> Option<Spec> {
    let assets = &source.report.scenario.assets;
    let worth = assets.iter().filter(|asset| asset.value > 0.0);
    let panels = worth.filter_map(|asset| AssetPanel::of(source, asset));
    let assets = Assets {
        setting: source.setting.clone(),
        included: match source.report.scenario.owner {
            _ if source.report.trades() => ", purchases and sales included",
            None => ", income included",
            Some(_) => "",
        },
        total: AssetPanel::of_all(source),
        panels: panels.collect(),
        in_parts: false,
    };
    (!assets.panels.is_empty()).then(|| assets.spec())
}

impl Assets {
    pub fn spec(&self) -> Spec {
        self.with_words(self.finding(), self.reading())
    }

    /// With what is said around the panels.
    pub(super) fn with_words(&self, finding: String, reading: String) -> Spec {
        let scale = self.scale();
        let plot = |panel: &AssetPanel| {
            let ink = panel.ink;
            let years = horizon(&panel.years);
            let mut layers = panel.quantiles.bands(&panel.years, ink);
            let start = vec![(0.0, 1.0), (years, 1.0)];
            layers.push(Layer::Line(start, Line::new(Ink::Axis, 1.0)));
            let median = dated(&panel.years, panel.quantiles.median());
            layers.push(Layer::Line(median, Line::new(ink, 2.0)));
            let text = self.level(panel.median);
            let levels = Axis::new(scale, 6, |level| match self.in_parts {
                true => percent_tick(level),
                false => times_tick(level),
            });
            let ends = vec![End::bold(panel.median.value, text, ink)];
            Plot {
                heading: panel.name.clone(),
                ..Plot::new(self.setting.dates(2), levels, layers, ends)
            }
        };
        Spec {
            finding,
            reading,
            shape: Shape::Multiples(self.drawn().into_iter().map(plot).collect()),
        }
    }

    fn scale(&self) -> Scale {
        let one = Extent {
            lowest: 1.0,
            highest: 1.0,
            ratio: 1.0,
            usual: 1.0,
        };
        let panels = self.panels.iter().chain(&self.total);
        let extents = panels.map(|panel| panel.quantiles.extent(1.0));
        Scale::fit(extents.fold(one, Extent::and))
    }

    /// What is drawn: the largest holdings, in the order given, the total last.
    fn drawn(&self) -> Vec<&AssetPanel> {
        let most = MOST_PANELS - usize::from(self.total.is_some());
        let mut sizes: Vec<f64> = self.panels.iter().map(|panel| panel.put_in).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let least = sizes.get(most - 1).copied().unwrap_or(0.0);
        let largest = self.panels.iter().filter(|panel| panel.put_in >= least);
        largest.take(most).chain(&self.total).collect()
    }

    /// `×0.62`, or `62 %` of a whole.
    pub(super) fn level(&self, median: Quantity) -> String {
        match self.in_parts {
            true => of_chart(median),
            false => times(median.value),
        }
    }

    /// Between which medians the holdings end.
    fn finding(&self) -> String {
        let ends = self.panels.iter();
        let ends = ends.map(|panel| (panel.median, panel.name.as_str()));
        let mut ends: Vec<(Quantity, &str)> = ends.collect();
        ends.sort_by(|(a, _), (b, _)| a.value.total_cmp(&b.value));
        let [(least, first), .., (most, last)] = ends[..] else {
            let only = ends.iter().map(|(end, name)| {
                let end = times(end.value);
                format!("Median end: {name} {end}")
            });
            return only.collect();
        };
        let (low, high) = (times(least.value), times(most.value));
        // few paths are told as they are
        let is_known = [least, most].iter().all(|end| end.std_error.is_finite());
        if is_known && !clearly_above(most, least, ends.len()) {
            "In the median no asset ends clearly above another".to_owned()
        } else if low == high {
            format!("Median end: every asset {low}")
        } else {
            format!("Median end: {last} {high}, {first} {low}")
        }
    }

    fn reading(&self) -> String {
        let scale = self.scale();
        let axes = match scale.spacing {
            _ if scale.leaves_out_zero() => "same axes, which do not start at zero".to_string(),
            Spacing::Linear => "same axes".to_string(),
            Spacing::Log => "log scale, same axes".to_string(),
            Spacing::Symlog(from) => format!("log scale above {}, same axes", times(from)),
        };
        let n_drawn = self.drawn().len() - usize::from(self.total.is_some());
        let (largest, all) = (in_words(n_drawn as u64), self.panels.len());
        let left_out = match all - n_drawn {
            0 => String::new(),
            _ => format!("; the {largest} largest of {all} assets"),
        };
        let of_which = self.panels.first().map(|panel| panel.quantiles.of_which());
        format!(
            "Value {} relative to the start{}; {}, {axes}{left_out}{}",
            self.setting.basis,
            self.included,
            drawn(self.setting.n_paths),
            of_which.unwrap_or_default()
        )
    }
}
