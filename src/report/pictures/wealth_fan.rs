//! Wealth over time: bands between quantiles, the median, a few single paths, what was put in.
//!
//! In: [`Fan`], of wealth or of net income (`income`). Out: a chart. Not here: the quantiles' estimation.

use super::happenings::{self, Happening};
use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, EDGE, End, Extent, Ink, Line, Panel, Quantiles, Scale, TICK_SIZE, Weight, dated,
    dates, drawn, horizon, label_ends, left_of_labels, room, seen,
};
use crate::figure::{Quantity, in_words, money, money_measured, money_tick, of_chart as percent};
use crate::record::WEALTH;
use crate::report::facts::QUANTILES;

pub const KIND: Kind = Kind {
    id: "wealth_fan",
    title: "Wealth over time",
    doc: "Bands contain 50 and 90 % of the paths at each date. Thin lines are single paths; the dashed line is the \
          money invested so far. The axis is logarithmic if the 95th percentile is more than six times the 5th. A \
          linear axis starts at zero unless that would flatten the fan.",
    of: |source| boxed(Fan::of(source)),
};

/// Pixels above and below the axes of wealth over time.
pub const ABOVE: f64 = 6.0;
pub const BELOW: f64 = 40.0;

/// Data of the chart, of wealth or of net income a month. Money is in `currency`; all series share `years`.
#[derive(Clone, Debug, PartialEq)]
pub struct Fan {
    pub currency: String,
    /// What the money is measured in, as in "in 2027 dollars".
    pub basis: String,
    pub n_paths: u64,
    pub years: Vec<f64>,
    pub quantiles: Quantiles,
    /// At the last date, with their errors.
    pub at_end: [Quantity; 5],
    /// The share of the paths that have nothing then.
    pub with_nothing: Quantity,
    /// What is drawn dashed: what was put in or is spent, by its name, at each date.
    pub dashed: Option<(&'static str, Vec<f64>)>,
    /// An amount of the usual size.
    pub usual: f64,
    /// Wealth of single paths in months 0, 1, 2 …
    pub sample_paths: Vec<Vec<f64>>,
    pub happenings: Vec<Happening>,
    /// The last month, of income.
    pub income_in: Option<String>,
}

impl Fan {
    fn of(source: &Source<'_>) -> Option<Self> {
        let series = source.series(WEALTH.quantity())?;
        let (quantiles, at_end) = source.fan(series, "", QUANTILES.map(|(level, _)| level))?;
        let put_in = source.put_in();
        Some(Self {
            currency: source.currency(),
            basis: source.basis(),
            n_paths: source.n_paths(),
            years: series.years.clone(),
            quantiles,
            at_end,
            with_nothing: source.report.distributions.wealth.as_ref()?.at_atom(),
            dashed: (put_in > 0.0).then(|| ("put in", vec![put_in; series.years.len()])),
            usual: put_in,
            sample_paths: source.report.paths.wealth.clone(),
            happenings: happenings::of(&source.report.happenings),
            income_in: None,
        })
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

    fn paths(&self) -> &[Vec<f64>] {
        // the one path is the median
        match self.n_paths {
            1 => &[],
            _ => &self.sample_paths,
        }
    }

    /// Single paths that leave the panel somewhere.
    fn paths_cut(&self) -> usize {
        let (low, high) = self.scale().ends();
        let leaves = |path: &&Vec<f64>| path.iter().any(|value| *value < low || *value > high);
        self.paths().iter().filter(leaves).count()
    }

    /// `spending $1,750`, at the last date, and the amount.
    fn dashed_at_end(&self) -> Option<(f64, String)> {
        let (name, amounts) = self.dashed.as_ref()?;
        let amount = *amounts.last()?;
        Some((amount, format!("{name} {}", money(&self.currency, amount))))
    }

    fn draw_series(&self, canvas: &mut Canvas, panel: &Panel) {
        self.quantiles.bands(canvas, panel, &self.years, Ink::Blue);
        for path in self.paths() {
            let points = path
                .iter()
                .enumerate()
                .map(|(month, value)| (month as f64 / 12.0, *value));
            let line = Line::new(Ink::Mute, 0.8).percent(45);
            panel.line(canvas, points.collect(), line);
        }
        if let Some((_, amounts)) = &self.dashed {
            let dashed = Line::new(Ink::Text, 1.0).dashed(3, 3);
            panel.line(canvas, dated(&self.years, amounts), dashed);
        }
        let median = Line::new(Ink::Blue, 2.4);
        self.quantiles.median(canvas, panel, &self.years, median);
    }

    fn income_told(&self, at: &str) -> String {
        let [low, _, middle, ..] = self.at_end;
        let [low, middle] = [low, middle].map(|figure| money_measured(&self.currency, figure));
        let spent = self.dashed_at_end();
        let spent = spent.map_or(String::new(), |(_, spent)| format!(", {spent}"));
        let few = match self.at_end[0].value == 0.0 {
            true => format!("{} of paths have none", percent(self.with_nothing)),
            false => format!("at least one path in twenty has {low} or less"),
        };
        format!("In {at} the median net income is {middle} a month{spent}; {few}")
    }
}

/// Quantiles of `n_paths` from the top down, as printed; neighbours that read the same share a label.
fn ends(currency: &str, at_end: &[Quantity; 5], n_paths: u64) -> Vec<End> {
    if n_paths == 1 {
        let text = format!("the one path {}", money_measured(currency, at_end[2]));
        return vec![End::new(at_end[2].value, text, Ink::Blue, Weight::SemiBold)];
    }
    let names = ["5th", "25th", "median", "75th", "95th"];
    let named = at_end.iter().zip(names).rev();
    let printed = named.map(|(figure, name)| (figure, name, money_measured(currency, *figure)));
    let printed: Vec<(&Quantity, &str, String)> = printed.collect();
    let groups = printed.chunk_by(|a, b| a.2 == b.2);
    let end = |group: &[(&Quantity, &str, String)]| {
        let (first, last) = (&group[0], &group[group.len() - 1]);
        let name = match (first.1, last.1) {
            (from, to) if from != to => format!("{to} to {from}"),
            (name @ ("95th" | "5th"), _) => format!("{name} percentile"),
            (name, _) => name.to_string(),
        };
        let (ink, weight) = match (group.iter().any(|end| end.1 == "median"), last.1) {
            (true, _) => (Ink::Blue, Weight::SemiBold),
            (false, "5th") => (Ink::Vermilion, Weight::SemiBold),
            _ => (Ink::Mute, Weight::Regular),
        };
        End::new(first.0.value, format!("{name} {}", first.2), ink, weight)
    };
    groups.map(end).collect()
}

/// The panel of amounts over `years` that leaves room for the names of `ends` and of what happens, with its levels.
pub fn over_time(
    canvas: &mut Canvas,
    body: Area,
    (years, scale): (f64, Scale),
    ends: &[End],
    happenings: &[Happening],
    label: impl Fn(f64) -> String,
) -> Panel {
    let ticks = scale.ticks(7);
    let area = Area {
        left: left_of_labels(EDGE, &ticks, &label),
        top: body.top + ABOVE,
        right: body.right - EDGE - room(ends),
        bottom: body.bottom - BELOW,
    };
    let area = happenings::marked(canvas, area, years, happenings);
    let panel = Panel::new(area, Scale::linear(0.0, years), scale);
    panel.levels(canvas, &ticks, Some(&label));
    panel
}

impl Chart for Fan {
    fn finding(&self) -> String {
        if let Some(at) = &self.income_in {
            return self.income_told(at);
        }
        let [p05, p25, p50, p75, p95] = self.at_end;
        let money = |figure| money_measured(&self.currency, figure);
        if self.n_paths == 1 {
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
        let [low, high] = [p25, p75].map(|figure| money_measured(&self.currency, figure));
        let middle = match low == high {
            true => format!("with {}", about(p50)),
            false => format!("between {low} and {high}"),
        };
        let tail = match p05.value <= 0.0 {
            true => format!("{nothing} with nothing"),
            false => format!("at least one in twenty ends with {} or less", money(p05)),
        };
        format!("At least half of all paths end {middle}; {tail}")
    }

    fn reading(&self) -> String {
        let what = match self.income_in {
            Some(_) => "Net income per month after costs and tax,",
            None => "Wealth",
        };
        let height = self.body_height() - ABOVE - BELOW;
        let seen = seen([&self.quantiles], &self.scale(), height);
        let mut text = format!("{what} {}, {}", self.basis, drawn(self.n_paths, seen));
        text += &self.scale().said(|value| money(&self.currency, value));
        text.push_str(&self.quantiles.of_which());
        let n_paths = self.paths().len() as u64;
        match n_paths {
            0 => {}
            1 => text.push_str("; the thin line is a single path"),
            _ => text.push_str(&format!(
                "; thin lines are {} single paths",
                in_words(n_paths)
            )),
        }
        match self.paths_cut() {
            0 => {}
            1 => text.push_str(" (one leaves the picture)"),
            n => text.push_str(&format!(" ({} leave the picture)", in_words(n as u64))),
        }
        text + &happenings::said(&self.happenings)
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let scale = self.scale();
        let mut ends = ends(&self.currency, &self.at_end, self.n_paths);
        let dashed = self.dashed_at_end();
        ends.extend(dashed.map(|(at, text)| End::new(at, text, Ink::Text, Weight::Regular)));
        let years = horizon(&self.years);
        let panel = over_time(
            canvas,
            body,
            (years, scale),
            &ends,
            &self.happenings,
            |value| money_tick(&self.currency, value),
        );
        self.draw_series(canvas, &panel);
        panel.base(canvas, &dates(years, 12), TICK_SIZE);
        label_ends(canvas, &panel, &ends);
    }
}
