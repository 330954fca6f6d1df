//! What the assets of several scenarios pay over time, and where one passes the base.
//!
//! In: [`Crossover`]. Out: a chart. Not here: when they cross (`report::compare`).

use super::wealth_fan::over_time;
use super::{Chart, Kind};
use crate::chart::{
    Area, Canvas, End, Ink, Line, Paint, Scale, TICK_SIZE, Type, Weight, dated, dates, horizon,
    label_ends, shorten,
};
use crate::figure::{capital, in_words, money, money_tick};

pub const KIND: Kind = Kind {
    id: "crossover",
    title: "When one scenario overtakes another",
    doc: "Mean monthly receipts of each scenario over all paths, real: net income if the runs have it, otherwise the \
          payments of the assets less the price of hours. Contributions are shown as well. A dot marks the month in \
          which one mean overtakes the mean of the base. The chart is drawn only if that is clear beyond the errors. \
          See scenarios/linear-income.toml for an example.",
    of: |_| None, // of several runs
};

/// Lines beside the base, at most, and their hues.
const INKS: [Ink; 5] = [Ink::Gold, Ink::Green, Ink::Purple, Ink::Sky, Ink::Slate];

/// Widest name, in pixels.
const WIDEST: f64 = 130.0;

/// One scenario.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomeLine {
    pub name: String,
    /// Mean of a month at each date.
    pub means: Vec<f64>,
    /// Where it meets the base: years, mean.
    pub meets: Option<(f64, f64)>,
}

/// Data of the chart: the base and at least one other that crosses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossover {
    pub currency: String,
    pub basis: String,
    pub years: Vec<f64>,
    pub base: IncomeLine,
    /// Those that cross first.
    pub others: Vec<IncomeLine>,
    /// What is said of the first of them.
    pub told: String,
    /// What the lines are.
    pub what: String,
}

impl Crossover {
    fn drawn(&self) -> impl Iterator<Item = (&IncomeLine, Ink)> {
        let others = self.others.iter().zip(INKS);
        std::iter::once((&self.base, Ink::Blue)).chain(others)
    }
}

impl Chart for Crossover {
    fn finding(&self) -> String {
        let crossing = self.others.iter().filter(|one| one.meets.is_some());
        match crossing.count() {
            0 | 1 => self.told.clone(),
            n => format!("{}; {} more cross", self.told, in_words(n as u64 - 1)),
        }
    }

    fn reading(&self) -> String {
        let n_left = self.others.len().saturating_sub(INKS.len());
        let left = match n_left {
            0 => String::new(),
            n => format!("; {} more scenarios are not drawn", in_words(n as u64)),
        };
        format!(
            "{}, mean of all paths, {}; dots: where a line and that of {} cross{left}",
            capital(&self.what),
            self.basis,
            self.base.name
        )
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let set = Type::new(12.0, Ink::Text).semibold();
        let values = self
            .drawn()
            .flat_map(|(line, _)| line.means.iter().copied());
        let scale = Scale::holding(values);
        let ends: Vec<End> = self
            .drawn()
            .map(|(line, ink)| {
                let last = line.means[line.means.len() - 1];
                let name = shorten(&line.name, &set, WIDEST);
                let text = format!("{name} {}", money(&self.currency, last));
                End::new(last, text, ink.for_text(), Weight::SemiBold)
            })
            .collect();
        let years = horizon(&self.years);
        let tick = |value: f64| money_tick(&self.currency, value);
        let panel = over_time(canvas, body, (years, scale), &ends, &[], tick);
        for (line, ink) in self.drawn() {
            panel.line(canvas, dated(&self.years, &line.means), Line::new(ink, 2.2));
        }
        for (line, ink) in self.drawn() {
            if let Some(at) = line.meets {
                panel.dot(canvas, at, 5.0, Paint::solid(ink));
            }
        }
        panel.base(canvas, &dates(years, 12), TICK_SIZE);
        label_ends(canvas, &panel, &ends);
    }
}

#[cfg(test)]
pub fn sample(n: usize) -> Crossover {
    let years: Vec<f64> = (1..=20).map(|date| f64::from(date) / 2.0).collect();
    let line = |k: usize| IncomeLine {
        name: match k {
            0 => "by-hand".to_owned(),
            _ => format!("wheel={k},with=a-name,that=is,far=too,long=for=it"),
        },
        means: years
            .iter()
            .map(|year| 300.0 + (k as f64) * 40.0 * (year - 4.0))
            .collect(),
        meets: (k > 0).then_some((4.0, 300.0)),
    };
    Crossover {
        currency: "USD".to_owned(),
        basis: "in 2027 money".to_owned(),
        base: line(0),
        others: (1..=n).map(line).collect(),
        told: "On average wheel passes by-hand between Jun 2030 and Jun 2031".to_owned(),
        what: "what assets pay a month".to_owned(),
        years,
    }
}
