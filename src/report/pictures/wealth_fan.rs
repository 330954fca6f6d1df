//! Wealth over time: quantile bands, the median, money invested, the claimed growth and alternatives.
//!
//! In: [`Fan`], of wealth or of net income (`income`). Out: a picture. Not here: estimation of the quantiles.

use super::source::{ABOVE, BELOW, of_levels};
use super::{PictureKind, RunSource, Setting, happenings, when};
use crate::chart::{Axis, End, Extent, Ink, Layer, Line, Quantiles, Scale, Shape, Spec, dated, drawn};
use crate::figure::{Quantity, clearly_above, money_alike, of_chart as percent, per_cent, span};
use crate::record::{INDEX_FUND, SAVINGS, TrackId, WEALTH, id};
use crate::report::facts::HappeningPart;

pub const KIND: PictureKind = PictureKind {
    id: "wealth_fan",
    title: "Wealth over time",
    doc: "Bands contain 50 and 90 % of at most 65,536 paths. Dashed: medians of the same payments invested elsewhere, before tax, \
          savings where they differ. Dotted, `as claimed`: the claimed return with the same spending and mean inflation.",
    of: Some(of),
};

/// Largest factors by which the axis is extended below the lowest and above the highest quantile for a reference line.
const REACH: [f64; 2] = [1.6, 6.0];
/// Ratio of the highest 95th percentile to the highest median below which the axis is linear.
const NEAR: f64 = 5.0;
/// Part of the money invested within which savings would end beside another line.
const BESIDE: f64 = 0.05;
/// Levels that are labeled, by their place among the five, with their names.
const NAMES: [(usize, &str); 3] = [(4, ABOVE), (2, "median"), (0, BELOW)];
/// Ratio of the 95th to the 5th percentile up to which bands are too thin to be seen.
const FLAT: f64 = 1.001;
/// Names of the reference lines: the money invested, if the owner pays nothing in or out and if he does, the claimed
/// return, and other uses of the same money.
const INVESTED: &str = "invested";
const INVESTED_AT_START: &str = "invested at start";
const CLAIMED: &str = "as claimed";
/// Each without and with spending of the owner.
const FUND: [&str; 2] = ["index fund", "index fund, same spending"];
const SAVED: [&str; 2] = ["savings", "savings, same spending"];

/// A dashed reference line: its name, dates in years with amounts, and its style.
#[derive(Clone, Debug, PartialEq)]
pub struct Guide {
    pub name: &'static str,
    pub points: Vec<(f64, f64)>,
    pub line: Line,
}

/// Data of the chart of wealth, or of net income per month. All series share `years`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    pub setting: Setting,
    pub years: Vec<f64>,
    pub quantiles: Quantiles,
    /// 5th, 25th, 50th, 75th and 95th percentile at the last date, with their errors.
    pub at_end: [Quantity; 5],
    /// Fraction of paths that have nothing at the last date.
    pub with_nothing: Quantity,
    /// Reference lines: money invested, claimed growth, spending or other uses of the money.
    pub guides: Vec<Guide>,
    pub happenings: Vec<HappeningPart>,
}

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let series = source.series(WEALTH.quantity())?;
    let last = |family: &str, level: &str| source.measured(&format!("{family}.{level}"));
    let at_end = |level: &str| last(id::REAL_WEALTH, level);
    let scenario = &source.report.scenario;
    let at_level = |years| (years, scenario.money_in);
    let invested = [0.0, source.setting.years].map(at_level).to_vec();
    let name = if source.report.has_flows() { INVESTED_AT_START } else { INVESTED };
    let invested = Guide::new(name, invested, Ink::Text, 3);
    let claim = scenario.claim.as_ref().filter(|claim| !claim.is_assumed);
    let claimed = claim.and(series.claimed.as_ref()).map(|amounts| dated(&series.years, amounts));
    let benchmark = |track: TrackId, family, name, ink| {
        let series = source.series(track.quantity())?;
        let found = source.quantiles(series, &|level: &str| last(family, level))?;
        Some(Guide::new(name, dated(&series.years, found.median()), ink, 9))
    };
    let spends = usize::from(source.spends());
    let fund = benchmark(INDEX_FUND, id::INDEX_FUND, FUND[spends], Ink::Purple);
    // savings would hide what they end beside: the money invested, the median or the fund
    let end_of = |guide: &Guide| guide.points.last().map_or(0.0, |(_, end)| *end);
    let others = [scenario.money_in, last(id::REAL_WEALTH, "p50")?.value, fund.as_ref().map_or(0.0, end_of)];
    let is_seen =
        |guide: &Guide| others.iter().all(|other| (end_of(guide) - other).abs() > BESIDE * scenario.money_in);
    let guides = [
        (scenario.money_in > 0.0).then_some(invested),
        claimed.map(|points| Guide::new(CLAIMED, points, Ink::Green, 3)),
        fund,
        benchmark(SAVINGS, id::SAVINGS, SAVED[spends], Ink::GoldText).filter(is_seen),
    ];
    let fan = Fan {
        setting: source.setting.clone(),
        years: series.years.clone(),
        quantiles: source.quantiles(series, &at_end)?,
        at_end: of_levels(at_end)?,
        with_nothing: source.report.distributions.wealth.as_ref()?.at_atom(),
        guides: guides.into_iter().flatten().collect(),
        happenings: happenings::of_wealth(source),
    };
    let what = if source.spends() { "Wealth after spending," } else { "Wealth" };
    Some(fan.spec(what, fan.title_of_wealth(last(id::INDEX_FUND, "p50"))))
}

impl Guide {
    /// Creates a reference line through `points` (years and amounts) with dashes of `dash` pixels.
    pub(super) fn new(name: &'static str, points: Vec<(f64, f64)>, ink: Ink, dash: u8) -> Self {
        let line = Line::new(ink, 1.2).dashed(dash, 3);
        Self { name, points, line }
    }
}

impl Fan {
    /// Returns the title; `fund` is the median of the same payments in an index fund.
    pub(super) fn title_of_wealth(&self, fund: Option<Quantity>) -> String {
        let printed = money_alike(&self.setting.currency, &self.lasts());
        let (nothing, span) = (percent(self.with_nothing), span(self.setting.years));
        let median = &printed[1];
        let guides = self.guides.iter().zip(&printed[NAMES.len()..]);
        let is_fund = |guide: &Guide| FUND.contains(&guide.name);
        let of_fund = guides.clone().find(|(guide, _)| is_fund(guide));
        let guide = |name: &str| guides.clone().find(|(guide, _)| guide.name == name);
        if let Some((guide, claimed)) = guide(CLAIMED).filter(|_| self.setting.n_paths > 1) {
            let end = self.at_end[2].value;
            return match end / guide.points[guide.points.len() - 1].1 {
                _ if end <= 0.0 => format!("{claimed} claimed; {nothing} of paths end with nothing"),
                part @ 0.01..1.0 => {
                    format!("Median {median} after {span}, {} of the {claimed} claimed", per_cent(part, 0))
                }
                _ => format!("{claimed} claimed, median {median} after {span}"),
            };
        }
        match (self.setting.n_paths, self.at_end[0].value <= 0.0) {
            (1, _) => format!("The one path ends with {median}"),
            _ if self.at_end[2].value <= 0.0 => format!("{nothing} of paths have nothing after {span}"),
            (_, true) => format!("{}; {nothing} end with nothing", self.moved(median)),
            _ => match fund.filter(|fund| clearly_above(*fund, self.at_end[2], 2)).and(of_fund) {
                Some((_, fund)) => format!("{}; index fund {fund}", self.moved(median)),
                _ => format!("{} after {span}", self.moved(median)),
            },
        }
    }

    /// Returns the start of a title: the money invested, if there is any, and the `median` at the end.
    fn moved(&self, median: &str) -> String {
        let is_invested = |guide: &&Guide| [INVESTED, INVESTED_AT_START].contains(&guide.name);
        let Some(guide) = self.guides.first().filter(is_invested) else { return format!("Median {median}") };
        let from = guide.points[0].1;
        let (end, start) = (self.at_end[2], self.setting.money(from));
        match (end.value < from, Quantity { value: end.value - from, ..end }.differs_from_zero()) {
            // payments of the owner are neither rise nor fall
            _ if guide.name != INVESTED => format!("{start} becomes a median {median}"),
            (_, false) => format!("{start} invested, median {median}"),
            (true, _) => format!("Median falls from {start} to {median}"),
            (false, _) => format!("Median rises from {start} to {median}"),
        }
    }

    /// Last amounts of the labeled quantiles, the highest first, then of the reference lines. Title and labels print them
    /// alike.
    pub(super) fn lasts(&self) -> Vec<Quantity> {
        let guides = self.guides.iter().map(|guide| Quantity::exact(guide.points[guide.points.len() - 1].1));
        NAMES.map(|(level, _)| self.at_end[level]).into_iter().chain(guides).collect()
    }

    /// Returns the chart of `what` ("Wealth" or an income) with the title `finding`.
    pub(super) fn spec(&self, what: &str, finding: String) -> Spec {
        let scale = self.scale();
        let mut layers = self.quantiles.bands(&self.years, Ink::Blue);
        let lasts = self.lasts();
        let printed = money_alike(&self.setting.currency, &lasts);
        let mut ends = self.ends(&printed);
        let (low, high) = scale.ends();
        layers.extend(self.guides.iter().map(|guide| Layer::Line(guide.points.clone(), guide.line)));
        let guides = self.guides.iter().zip(lasts.iter().zip(&printed).skip(NAMES.len()));
        for (guide, (last, amount)) in guides {
            // the money invested is known exactly
            let amount = if [FUND, SAVED, [CLAIMED; 2]].as_flattened().contains(&guide.name) {
                amount
            } else {
                &self.setting.money(last.value)
            };
            let beyond = if last.value > high { " (above)" } else { when(last.value < low, " (below)") };
            let text = format!("{} {amount}{beyond}", guide.name);
            ends.push(End::new(last.value, text, guide.line.paint.ink));
        }
        let median = dated(&self.years, self.quantiles.median());
        layers.push(Layer::Line(median, Line::new(Ink::Blue, 2.4)));
        if let Some((at, _, text)) = self.crossing() {
            layers.extend(Layer::labelled_dot(at, text, Ink::Blue, [1.0, -1.0]));
        }
        let levels = Axis::new(scale, 7, |value| self.setting.tick(value));
        let marks = happenings::marked(&self.happenings);
        let shape = Shape::plot(self.setting.dates(11), levels, layers, ends, marks);
        Spec { finding, reading: self.reading(what, scale), shape }
    }

    fn scale(&self) -> Scale {
        let guided = self.guides.iter().flat_map(|guide| &guide.points).map(|(_, amount)| *amount);
        let fan = self.quantiles.extent();
        let all = guided.fold(fan, |extent, amount| Extent {
            lowest: extent.lowest.min(amount.max(fan.lowest / REACH[0])),
            highest: extent.highest.max(amount.min(fan.highest * REACH[1])),
            ..extent
        });
        // a linear axis shows how far the median is from the claim
        let is_near = fan.highest < NEAR * self.quantiles.median().iter().copied().fold(0.0, f64::max);
        Scale::fit(Extent { ratio: if is_near { 1.0 } else { all.ratio }, ..all })
    }

    /// Returns the labels of the last quantiles, the highest first; of those with the same amount the median is named.
    fn ends(&self, printed: &[String]) -> Vec<End> {
        if self.setting.n_paths == 1 {
            let text = format!("the one path {}", printed[1]);
            return vec![End::new(self.at_end[2].value, text, Ink::Blue)];
        }
        let named: Vec<((usize, &str), &String)> = NAMES.into_iter().zip(printed).collect();
        let end = |group: &[((usize, &str), &String)]| {
            let ((level, name), amount) =
                *group.iter().find(|((level, _), _)| *level == 2).unwrap_or(&group[0]);
            let ink = if level == 2 { Ink::Blue } else { Ink::Mute };
            let text = match self.at_end[level].value == 0.0 && level != 2 {
                true => format!("{} of paths at {amount}", percent(self.with_nothing)),
                false => format!("{name} {amount}"),
            };
            End::new(self.at_end[level].value, text, ink)
        };
        named.chunk_by(|(_, a), (_, b)| a == b).map(end).collect()
    }

    fn reading(&self, what: &str, scale: Scale) -> String {
        let has_bands = self.setting.n_paths == 1 || self.quantiles.extent().ratio > FLAT;
        format!(
            "{what} {}; {}{}{}",
            self.setting.basis,
            if has_bands {
                drawn(self.setting.n_paths)
            } else {
                "no bands: at least 90 % of paths are alike"
            },
            scale.said(),
            happenings::said(&self.happenings)
        )
    }
}
