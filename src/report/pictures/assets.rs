//! Small multiples: the value of each holding relative to its start, all on the same axes.
//!
//! In: [`Assets`]. Out: a chart. Not here: the quantiles' estimation.

use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, EDGE, Extent, Ink, Line, Panel, Quantiles, Scale, Spacing, Type, VPos, WIDTH,
    dates, drawn, horizon, left_of_labels, seen,
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
    of: |source| boxed(Assets::of(source)),
};

/// Panels drawn at most, the total included.
const MOST_PANELS: usize = 12;

/// Free pixels before and after the multiple at the end of a median.
const END_GAPS: (f64, f64) = (6.0, 12.0);

/// Pixels above and below the axis of a panel.
const ABOVE: f64 = 24.0;
const BELOW: f64 = 34.0;

/// Letters of the axes in a panel.
const SMALL: f64 = 10.5;

/// One holding; all values relative to its value at the start.
#[derive(Clone, Debug, PartialEq)]
pub struct AssetPanel {
    pub name: String,
    /// Its value at the start; the largest holdings are drawn.
    pub put_in: f64,
    pub quantiles: Quantiles,
    /// At the horizon, with its error.
    pub median: Quantity,
}

/// Data of the chart: one holding or more and, if wanted, the whole.
#[derive(Clone, Debug, PartialEq)]
pub struct Assets {
    /// What the value is measured in, as in "in 2027 money".
    pub basis: String,
    /// Whether a holding is bought into or sold from on the way, which its value then shows.
    pub traded: bool,
    /// Whether the income of a holding stays in its value.
    pub income_stays: bool,
    pub n_paths: u64,
    /// Dates of all series, from 0.
    pub years: Vec<f64>,
    pub panels: Vec<AssetPanel>,
    pub total: Option<AssetPanel>,
    /// Whether they are parts of a whole and no multiples.
    pub in_parts: bool,
}

impl AssetPanel {
    fn of(source: &Source<'_>, asset: &AssetPart) -> Option<Self> {
        let series = source.series(&value_of(asset))?;
        // figures of its value are in money of their day
        let at_end = |level: &str| {
            let found = Source::last_quantile(series, level)?;
            Some(found.times(1.0 / asset.value))
        };
        Self::new(source, series, &asset.name, asset.value, &at_end)
    }

    /// The whole, on those of its dates that the assets have too.
    fn of_all(source: &Source<'_>, dates: &SeriesPart) -> Option<Self> {
        let series = source.series(WEALTH.quantity())?;
        let kept: Vec<bool> = series
            .years
            .iter()
            .map(|year| dates.years.contains(year))
            .collect();
        let n_kept = kept.iter().filter(|is_kept| **is_kept).count();
        let money_in = source.report.scenario.money_in;
        if n_kept != dates.years.len() || money_in <= 0.0 {
            return None;
        }
        let at_end = |level: &str| {
            let figure = source.measured(&format!("wealth.terminal.real.{level}"))?;
            Some(figure.times(1.0 / money_in))
        };
        let mut whole = Self::new(source, series, "Whole portfolio", money_in, &at_end)?;
        let of = &mut whole.quantiles;
        for values in [
            &mut of.p05,
            &mut of.p25,
            &mut of.p50,
            &mut of.p75,
            &mut of.p95,
        ] {
            let mut kept = kept.iter();
            values.retain(|_| kept.next() == Some(&true));
        }
        Some(whole)
    }

    /// Relative to what was put in; with the quantiles `at_end`, which are so too.
    pub(super) fn new(
        source: &Source<'_>,
        series: &SeriesPart,
        name: &str,
        put_in: f64,
        at_end: &dyn Fn(&str) -> Option<Quantity>,
    ) -> Option<Self> {
        let quantiles = source.quantiles(series, put_in, at_end)?;
        let median = at_end("p50")?;
        // where nine in ten paths end at one value, so does the middle one of any sample
        let is_certain = quantiles.p05.last() == quantiles.p95.last();
        Some(Self {
            name: name.to_owned(),
            put_in,
            quantiles,
            median: match is_certain {
                true => Quantity::exact(median.value),
                false => median,
            },
        })
    }
}

/// Name of the series of its value.
fn value_of(asset: &AssetPart) -> String {
    format!("{}.{}", ASSET_VALUE.quantity(), asset.name)
}

fn end_type(ink: Ink) -> Type {
    Type::new(11.5, ink).semibold()
}

impl Assets {
    /// The holdings that were worth something at the start.
    fn of(source: &Source<'_>) -> Option<Self> {
        let assets = &source.report.scenario.assets;
        let panels: Vec<AssetPanel> = assets
            .iter()
            .filter(|asset| asset.value > 0.0)
            .filter_map(|asset| AssetPanel::of(source, asset))
            .collect();
        let first = source.series(&value_of(assets.first()?))?;
        (!panels.is_empty()).then(|| Self {
            basis: source.basis(),
            traded: source.report.trades(),
            income_stays: source.report.scenario.owner.is_none(),
            n_paths: source.n_paths(),
            years: first.years.clone(),
            total: AssetPanel::of_all(source, first),
            panels,
            in_parts: false,
        })
    }

    fn all(&self) -> impl Iterator<Item = &AssetPanel> {
        self.panels.iter().chain(&self.total)
    }

    fn scale(&self) -> Scale {
        let extents = self.all().map(|panel| panel.quantiles.extent(1.0));
        let one = Extent {
            lowest: 1.0,
            highest: 1.0,
            ratio: 1.0,
            usual: 1.0,
        };
        Scale::fit(extents.fold(one, Extent::and))
    }

    /// What is drawn: the largest holdings, in the order given, the total last.
    fn drawn(&self) -> Vec<(&AssetPanel, Ink)> {
        let most = MOST_PANELS - usize::from(self.total.is_some());
        let mut sizes: Vec<f64> = self.panels.iter().map(|panel| panel.put_in).collect();
        sizes.sort_by(|a, b| b.total_cmp(a));
        let least = sizes.get(most - 1).copied().unwrap_or(0.0);
        let largest = self.panels.iter().filter(|panel| panel.put_in >= least);
        let holdings = largest.take(most).map(|panel| (panel, Ink::Blue));
        let total = self.total.iter().map(|panel| (panel, Ink::Slate));
        holdings.chain(total).collect()
    }

    /// Which bands and lines there are to see.
    pub(super) fn drawn_words(&self) -> &'static str {
        let panels = self.drawn().into_iter().map(|(panel, _)| &panel.quantiles);
        let height = self.row_height() - ABOVE - BELOW;
        drawn(self.n_paths, seen(panels, &self.scale(), height))
    }

    /// What the values at the end are of.
    pub(super) fn place(&self) -> &'static str {
        match self.n_paths {
            1 => "On the one path",
            _ => "In the middle",
        }
    }

    /// Between which medians the holdings end.
    fn title(&self) -> String {
        let by_median =
            |a: &&AssetPanel, b: &&AssetPanel| a.median.value.total_cmp(&b.median.value);
        let ends = self.panels.iter().min_by(by_median);
        let Some((least, most)) = ends.zip(self.panels.iter().max_by(by_median)) else {
            return "No holding to show".to_string();
        };
        let where_ = self.place();
        let (low, high) = (times(least.median.value), times(most.median.value));
        let n = self.panels.len();
        // few paths are told as they are
        let mut medians = [least.median, most.median].into_iter();
        let is_known = medians.all(|median| median.std_error.is_finite());
        if n == 1 {
            format!("{where_} {} ends at {low} of its start", least.name)
        } else if is_known && self.n_paths > 1 && !clearly_above(most.median, least.median, n) {
            format!("{where_} no holding ends clearly above another")
        } else if low == high {
            format!("{where_} every holding ends at {low} of its start, to the digits shown")
        } else {
            let (least, most) = (&least.name, &most.name);
            format!("{where_} holdings end from {low} of their start ({least}) to {high} ({most})")
        }
    }

    fn columns(&self) -> usize {
        match self.drawn().len() {
            0 | 1 => 1,
            2 | 4 => 2,
            3 | 5 | 6 | 9 => 3,
            _ => 4,
        }
    }

    fn rows(&self) -> usize {
        self.drawn().len().div_ceil(self.columns())
    }

    fn row_height(&self) -> f64 {
        match self.rows() {
            1 => 340.0,
            2 => 240.0,
            _ => 200.0,
        }
    }

    /// Pixels between panels.
    fn gutter(&self) -> f64 {
        let set = end_type(Ink::Blue);
        let widths = self.all().map(|panel| set.width(&self.level(panel.median)));
        END_GAPS.0 + widths.fold(20.0, f64::max) + END_GAPS.1
    }

    fn draw_panel(&self, canvas: &mut Canvas, drawn: (&AssetPanel, Ink), area: Area, first: bool) {
        let (holding, ink) = drawn;
        let scale = self.scale();
        let years = horizon(&self.years);
        let panel = Panel::new(area, Scale::linear(0.0, years), scale);
        let name = Type::new(12.5, Ink::Text).semibold();
        let room = area.width() + self.gutter() - 12.0;
        canvas.name(&holding.name, (area.left, area.top - 8.0), &name, room);
        let label: &dyn Fn(f64) -> String = &self.tick();
        panel.levels(canvas, &scale.ticks(6), first.then_some(label));
        holding.quantiles.bands(canvas, &panel, &self.years, ink);
        let start = vec![(0.0, 1.0), (years, 1.0)];
        panel.line(canvas, start, Line::new(Ink::Axis, 1.0));
        let line = Line::new(ink, 2.0);
        holding.quantiles.median(canvas, &panel, &self.years, line);
        panel.base(canvas, &dates(years, 2), SMALL);
        let (x, y) = panel.at(years, holding.median.value);
        let y = y.clamp(area.top + 5.0, area.bottom - 5.0);
        let set = end_type(ink).down(VPos::Center);
        canvas.text(&self.level(holding.median), (x + END_GAPS.0, y), &set);
    }

    /// `×0.62`, or `62%` of a whole.
    pub(super) fn level(&self, median: Quantity) -> String {
        match self.in_parts {
            true => of_chart(median),
            false => times(median.value),
        }
    }

    fn tick(&self) -> fn(f64) -> String {
        match self.in_parts {
            true => percent_tick,
            false => times_tick,
        }
    }
}

impl Chart for Assets {
    fn finding(&self) -> String {
        self.title()
    }

    fn reading(&self) -> String {
        let scale = self.scale();
        let axes = match scale.spacing {
            _ if scale.leaves_out_zero() => "same axes, which do not start at zero".to_string(),
            Spacing::Linear => "same axes".to_string(),
            Spacing::Log => "log scale, same axes".to_string(),
            Spacing::Symlog(from) => format!("log scale above {}, same axes", times(from)),
        };
        let included = match (self.traded, self.income_stays) {
            (true, _) => ", purchases and sales included",
            (false, true) => ", income included",
            (false, false) => "",
        };
        let mut text = format!(
            "Value {} relative to the start{included}; {}, {axes}",
            self.basis,
            self.drawn_words()
        );
        let n_drawn = self.drawn().len() - usize::from(self.total.is_some());
        if n_drawn < self.panels.len() {
            text.push_str(&format!(
                "; the {} largest of {} holdings",
                in_words(n_drawn as u64),
                self.panels.len()
            ));
        }
        let of_which = self.panels.first().map(|panel| panel.quantiles.of_which());
        text + &of_which.unwrap_or_default()
    }

    fn body_height(&self) -> f64 {
        self.rows() as f64 * self.row_height()
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let columns = self.columns();
        let ticks = self.scale().ticks(6);
        let left = left_of_labels(EDGE, &ticks, &self.tick());
        let width = (WIDTH - EDGE + END_GAPS.1 - left) / columns as f64;
        for (index, drawn) in self.drawn().into_iter().enumerate() {
            let (column, row) = (index % columns, index / columns);
            let x = left + column as f64 * width;
            let y = body.top + row as f64 * self.row_height();
            let area = Area {
                left: x,
                top: y + ABOVE,
                right: x + width - self.gutter(),
                bottom: y + self.row_height() - BELOW,
            };
            self.draw_panel(canvas, drawn, area, column == 0);
        }
    }
}
