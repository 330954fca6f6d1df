//! Wealth over time: bands between quantiles, the median, a few single paths, what was invested.
//!
//! In: [`Fan`], of wealth or of net income (`income`). Out: a picture. Not here: the quantiles' estimation.

use super::source::of_levels;
use super::{Kind, Setting, Source, happenings};
use crate::chart::{
    Axis, End, Extent, Ink, Layer, Line, Plot, Quantiles, Scale, Shape, Spec, Weight, dated, drawn,
};
use crate::figure::{Quantity, in_words, of_chart as percent};
use crate::record::WEALTH;
use crate::report::facts::HappeningPart;

pub const KIND: Kind = Kind {
    id: "wealth_fan",
    title: "Wealth over time",
    doc: "Bands contain 50 and 90 % of the paths at each date. Thin lines are single paths; the dashed line is the \
          money invested so far. The axis is logarithmic if the 95th percentile is more than six times the 5th. A \
          linear axis starts at zero unless that would flatten the fan.",
    of,
};

/// Data of wealth or of net income a month; all series share `years`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    pub setting: Setting,
    pub years: Vec<f64>,
    pub quantiles: Quantiles,
    /// At the last date, with their errors.
    pub at_end: [Quantity; 5],
    /// The share of the paths that have nothing then.
    pub with_nothing: Quantity,
    /// What is drawn dashed: what was invested or is spent, by its name, at each date.
    pub dashed: Option<(&'static str, Vec<f64>)>,
    /// An amount of the usual size.
    pub usual: f64,
    /// Wealth of single paths in months 0, 1, 2 …
    pub sample_paths: Vec<Vec<f64>>,
    pub happenings: Vec<HappeningPart>,
}

fn of(source: &Source<'_>) -> Option<Spec> {
    let series = source.series(WEALTH.quantity())?;
    let at_end = |level: &str| source.measured(&format!("wealth.terminal.real.{level}"));
    let put_in = source.put_in();
    let fan = Fan {
        setting: source.setting.clone(),
        years: series.years.clone(),
        quantiles: source.quantiles(series, 1.0, &at_end)?,
        at_end: of_levels(at_end)?,
        with_nothing: source.report.distributions.wealth.as_ref()?.at_atom(),
        dashed: (put_in > 0.0).then(|| ("invested", vec![put_in; series.years.len()])),
        usual: put_in,
        sample_paths: source.report.paths.wealth.clone(),
        happenings: source.report.happenings.clone(),
    };
    Some(fan.spec("Wealth", fan.wealth_told()))
}

impl Fan {
    pub(super) fn wealth_told(&self) -> String {
        let [p05, p25, p50, p75, p95] = self.at_end;
        let money = |figure| self.setting.measured(figure);
        if self.setting.n_paths == 1 {
            return format!("The one path ends with {}", money(p50));
        }
        let about = |figure: Quantity| match figure.value <= 0.0 {
            true => "nothing".to_owned(),
            false => format!("about {}", money(figure)),
        };
        let nothing = percent(self.with_nothing);
        if money(p05) == money(p95) {
            return match p50.value <= 0.0 {
                true => format!("{nothing} of all paths end with nothing"),
                false => format!("At least nine in ten paths end with {}", about(p50)),
            };
        }
        let [low, high] = [p25, p75].map(money);
        let middle = match low == high {
            true => format!("with {}", about(p50)),
            false => format!("between {low} and {high}"),
        };
        let tail = match p05.value <= 0.0 {
            true => format!("{nothing} with nothing"),
            false => format!("at least 5 % end with {} or less", money(p05)),
        };
        format!("At least half of all paths end {middle}; {tail}")
    }

    /// Of `what`, with what was found.
    pub(super) fn spec(&self, what: &str, finding: String) -> Spec {
        let scale = self.scale();
        let paths = match self.setting.n_paths {
            // the one path is the median
            1 => &[],
            _ => self.sample_paths.as_slice(),
        };
        let mut layers = self.quantiles.bands(&self.years, Ink::Blue);
        layers.extend(paths.iter().map(|path| {
            let months = (0..path.len()).map(|month| month as f64 / 12.0);
            let line = Line::new(Ink::Mute, 0.8).percent(45);
            Layer::Line(months.zip(path.iter().copied()).collect(), line)
        }));
        let mut ends = self.ends();
        if let Some((name, amounts)) = &self.dashed {
            let dashed = Line::new(Ink::Text, 1.0).dashed(3, 3);
            layers.push(Layer::Line(dated(&self.years, amounts), dashed));
            let last = amounts[amounts.len() - 1];
            let text = format!("{name} {}", self.setting.money(last));
            ends.push(End::new(last, text, Ink::Text, Weight::Regular));
        }
        let median = dated(&self.years, self.quantiles.median());
        layers.push(Layer::Line(median, Line::new(Ink::Blue, 2.4)));
        let levels = Axis::new(scale, 7, |value| self.setting.tick(value));
        Spec {
            finding,
            reading: self.reading(what, scale, paths),
            shape: Shape::Plots(vec![Plot {
                marks: happenings::marked(&self.happenings),
                ..Plot::new(self.setting.dates(12), levels, layers, ends)
            }]),
        }
    }

    fn scale(&self) -> Scale {
        let dashed = self.dashed.iter().flat_map(|(_, amounts)| amounts);
        let extent = self.quantiles.extent(self.usual);
        Scale::fit(dashed.fold(extent, |extent, amount| Extent {
            lowest: extent.lowest.min(*amount),
            highest: extent.highest.max(*amount),
            ..extent
        }))
    }

    /// Quantiles from the top down, as printed; neighbours that read the same share a label.
    fn ends(&self) -> Vec<End> {
        let median = self.at_end[2];
        if self.setting.n_paths == 1 {
            let text = format!("the one path {}", self.setting.measured(median));
            return vec![End::bold(median.value, text, Ink::Blue)];
        }
        let names = ["5th", "25th", "median", "75th", "95th"];
        let printed = self.at_end.map(|figure| self.setting.measured(figure));
        let end = |group: &[usize]| {
            let (first, last) = (group[0], group[group.len() - 1]);
            let name = match (names[first], names[last]) {
                (from, to) if from != to => format!("{to} to {from}"),
                (name @ ("95th" | "5th"), _) => format!("{name} percentile"),
                (name, _) => name.to_string(),
            };
            let (ink, weight) = match (group.contains(&2), last) {
                (true, _) => (Ink::Blue, Weight::SemiBold),
                (false, 0) => (Ink::Vermilion, Weight::SemiBold),
                _ => (Ink::Mute, Weight::Regular),
            };
            let text = format!("{name} {}", printed[first]);
            End::new(self.at_end[first].value, text, ink, weight)
        };
        let groups = [4, 3, 2, 1, 0];
        let groups = groups.chunk_by(|a, b| printed[*a] == printed[*b]);
        groups.map(end).collect()
    }

    fn reading(&self, what: &str, scale: Scale, paths: &[Vec<f64>]) -> String {
        let lines = match paths.len() {
            0 => String::new(),
            n => format!("; thin lines are {} single paths", in_words(n as u64)),
        };
        let (low, high) = scale.ends();
        let leaves = |path: &&Vec<f64>| path.iter().any(|value| *value < low || *value > high);
        let cut = match paths.iter().filter(leaves).count() {
            0 => String::new(),
            1 => " (one leaves the picture)".to_owned(),
            n => format!(" ({} leave the picture)", in_words(n as u64)),
        };
        format!(
            "{what} {}, {}{}{}{lines}{cut}{}",
            self.setting.basis,
            drawn(self.setting.n_paths),
            self.setting.said(scale),
            self.quantiles.of_which(),
            happenings::said(&self.happenings)
        )
    }
}
