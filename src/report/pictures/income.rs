//! Net income over time: bands between quantiles, the median, what the owner lives on.
//!
//! In: [`Income`]. Out: a chart. Not here: what counts as income (`policy`), whether it lasts (`survival`).

use super::happenings::{self, Happening};
use super::wealth_fan::{ABOVE, BELOW, ends, over_time};
use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, End, Ink, Line, Quantiles, ROUNDING, Scale, TICK_SIZE, Weight, dated, dates,
    drawn, horizon, label_ends, seen,
};
use crate::figure::{Quantity, measured_apart, money, money_measured, money_tick, spoken_month};
use crate::record::INCOME;
use crate::units::YearMonth;

pub const KIND: Kind = Kind {
    id: "income",
    title: "Net income over time",
    doc: "Net income of single months after costs and tax: bands hold 50 and 90 of 100 paths at each date, the \
          dashed line is what the owner lives on. Interest on cash, sales and amounts at known dates are no income. \
          The axis is logarithmic when the 95th percentile is more than six times the 5th.",
    of: |source| boxed(Income::of(source)),
};

/// Data of the chart. Money is in `currency` per month.
#[derive(Clone, Debug, PartialEq)]
pub struct Income {
    pub currency: String,
    /// What the money is measured in, as in "in 2027 money".
    pub basis: String,
    pub n_paths: u64,
    pub start: YearMonth,
    /// Simulated months of the dates, the first is 1.
    pub months: Vec<u32>,
    pub quantiles: Quantiles,
    /// Ends of the 95 % interval of the median at each date.
    pub median_within: Vec<[f64; 2]>,
    /// The five quantiles at the last date.
    pub at_end: [Quantity; 5],
    /// What the owner lives on at each date; none if that is nothing.
    pub spending: Option<Vec<f64>>,
    pub happenings: Vec<Happening>,
}

/// Whether the median covers spending at a date.
#[derive(Clone, Copy, PartialEq)]
enum Covers {
    Yes,
    No,
    Perhaps,
}

impl Income {
    /// Nothing if there is no income to draw.
    fn of(source: &Source<'_>) -> Option<Self> {
        let series = source.outcome.series(INCOME)?;
        let quantiles = source.quantiles(series, 1.0, &|_| None)?;
        let last = series.months.len() - 1;
        let is_there = quantiles.p95.iter().any(|amount| *amount > 0.0);
        let within = |date, p| source.quantile_within(series, date, p);
        let Quantiles {
            p05,
            p25,
            p50,
            p75,
            p95,
            ..
        } = &quantiles;
        let levels = [
            (p05, 0.05),
            (p25, 0.25),
            (p50, 0.5),
            (p75, 0.75),
            (p95, 0.95),
        ];
        let at_end = levels.map(|(of, p)| Quantity::between(of[last], within(last, p)));
        let spending = source.scenario.spending();
        let spent = series.months.iter().map(|month| *month as usize);
        let spent = spent.map(|month| Some(spending.get(month - 1)? / source.price_levels[month]));
        (is_there && last > 0).then(|| Self {
            currency: source.scenario.currency.clone(),
            basis: source.basis(),
            n_paths: source.outcome.n_paths as u64,
            start: source.scenario.start,
            median_within: (0..=last).map(|date| within(date, 0.5)).collect(),
            at_end,
            spending: spent.collect(),
            months: series.months.clone(),
            happenings: happenings::of(source.scenario),
            quantiles,
        })
    }

    fn years(&self) -> Vec<f64> {
        let months = self.months.iter();
        months.map(|month| f64::from(*month) / 12.0).collect()
    }

    fn scale(&self) -> Scale {
        let spent = self.spending.as_deref().unwrap_or_default();
        let usual = match spent.last() {
            Some(amount) => *amount,
            None => self.quantiles.p50[0],
        };
        let mut extent = self.quantiles.extent(usual.max(0.0));
        extent.highest = spent.iter().copied().fold(extent.highest, f64::max);
        extent.lowest = spent.iter().copied().fold(extent.lowest, f64::min);
        Scale::fit(extent)
    }

    fn whose(&self) -> &'static str {
        match self.n_paths {
            1 => "Net income of the one path",
            _ => "The median net income",
        }
    }

    /// At each date, as far as its error lets one say.
    fn covers(&self, spending: &[f64]) -> Vec<Covers> {
        let at_dates = self.median_within.iter().zip(spending);
        let covers = at_dates.map(|([low, high], spent)| match spent * (1.0 - ROUNDING) {
            need if *low >= need => Covers::Yes,
            need if *high < need => Covers::No,
            _ => Covers::Perhaps,
        });
        covers.collect()
    }

    fn date(&self, month: u32) -> String {
        self.start.plus(month - 1).to_string()
    }

    /// When the median covers spending.
    fn of_covering(&self, spending: &[f64]) -> String {
        let (whose, covers) = (self.whose(), self.covers(spending));
        let Some(first) = covers.iter().position(|covers| *covers == Covers::Yes) else {
            let until = spoken_month(&self.date(self.months[covers.len() - 1]));
            return match covers.contains(&Covers::Perhaps) {
                true => format!(
                    "{whose} comes near spending; whether it ever covers it is within the error"
                ),
                false => format!("{whose} covers spending at no date until {until}"),
            };
        };
        let n = covers.len();
        let is_again = covers[first..].contains(&Covers::No);
        // from then on it surely does not
        let ended = covers.iter().rposition(|covers| *covers != Covers::No);
        let ended = ended.map_or(0, |date| date + 1);
        let afterwards = match covers[n - 1] {
            Covers::No => {
                let last = self.date(self.months[ended] - 1);
                format!(" and no longer after {}", spoken_month(&last))
            }
            Covers::Yes if is_again => ", not always after that, and does at the end".to_owned(),
            Covers::Yes => " and does at the end".to_owned(),
            Covers::Perhaps => String::new(),
        };
        // the last date before it at which it surely does not; in between it may begin
        let before = covers[..first]
            .iter()
            .rposition(|covers| *covers == Covers::No);
        let ends = [
            before.map_or(1, |date| self.months[date] + 1),
            self.months[first],
        ];
        let when = match ends.map(|month| spoken_month(&self.date(month))) {
            _ if covers.iter().all(|covers| *covers == Covers::Yes) => {
                return format!("{whose} covers spending at every date");
            }
            _ if first == 0 => "from the start".to_owned(),
            [from, to] if from == to => format!("first in {to}"),
            [from, to] => format!("first between {from} and {to}"),
        };
        format!("{whose} covers spending {when}{afterwards}")
    }

    /// How much it is at the end.
    fn of_amounts(&self) -> String {
        let [p05, _, p50, _, p95] = self.at_end;
        let at = spoken_month(&self.date(self.months[self.months.len() - 1]));
        let whose = self.whose();
        let [low, middle] = measured_apart(&self.currency, [p05, p50]);
        let high = money_measured(&self.currency, p95);
        match low == middle && middle == high {
            true => format!("{whose} is {middle} a month in {at}"),
            false => {
                format!("{whose} is {middle} a month in {at}; one path in twenty has {low} or less")
            }
        }
    }

    fn spending_end(&self) -> Option<End> {
        let amount = *self.spending.as_ref()?.last()?;
        let text = format!("spending {}", money(&self.currency, amount));
        Some(End::new(amount, text, Ink::Text, Weight::Regular))
    }
}

impl Chart for Income {
    fn finding(&self) -> String {
        match &self.spending {
            Some(spending) => self.of_covering(spending),
            None => self.of_amounts(),
        }
    }

    fn reading(&self) -> String {
        let (scale, basis) = (self.scale(), &self.basis);
        let height = self.body_height() - ABOVE - BELOW;
        let drawn = drawn(self.n_paths, seen([&self.quantiles], &scale, height));
        let mut text = format!("Net income per month after costs and tax, {basis}, {drawn}");
        if self.spending.is_some() {
            text += "; dashed: spending";
        }
        text += &scale.said(|value| money(&self.currency, value));
        text + &self.quantiles.of_which() + &happenings::said(&self.happenings)
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let (scale, all) = (self.scale(), self.years());
        let mut ends = ends(&self.currency, &self.at_end, self.n_paths);
        ends.extend(self.spending_end());
        let years = horizon(&all);
        let panel = over_time(
            canvas,
            body,
            (years, scale),
            &ends,
            &self.happenings,
            |value| money_tick(&self.currency, value),
        );
        self.quantiles.bands(canvas, &panel, &all, Ink::Blue);
        if let Some(spending) = &self.spending {
            let dashed = Line::new(Ink::Text, 1.0).dashed(3, 3);
            panel.line(canvas, dated(&all, spending), dashed);
        }
        let median = Line::new(Ink::Blue, 2.4);
        self.quantiles.median(canvas, &panel, &all, median);
        panel.base(canvas, &dates(years, 12), TICK_SIZE);
        label_ends(canvas, &panel, &ends);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A median of which each `step` lasts two years, known to within ± 10; 100 a month are spent, if anything.
    fn income(steps: &[f64], spends: bool) -> Income {
        let p50: Vec<f64> = steps.iter().flat_map(|step| [*step; 8]).collect();
        let times = |factor: f64| p50.iter().map(|value| factor * value).collect();
        let last = p50[p50.len() - 1];
        Income {
            currency: "USD".to_owned(),
            basis: "in 2027 money".to_owned(),
            n_paths: 1000,
            start: YearMonth::new(2027, 1).expect("a month"),
            months: (1..=p50.len() as u32).map(|quarter| 3 * quarter).collect(),
            median_within: p50
                .iter()
                .map(|value| [value - 10.0, value + 10.0])
                .collect(),
            at_end: [0.5, 0.8, 1.0, 1.2, 2.0].map(|factor| Quantity::within(factor * last, 4.0)),
            spending: spends.then(|| vec![100.0; p50.len()]),
            happenings: Vec::new(),
            quantiles: Quantiles {
                p05: times(0.5),
                p25: times(0.8),
                p50: times(1.0),
                p75: times(1.2),
                p95: times(2.0),
                of_first: None,
            },
        }
    }

    #[test]
    fn the_title_says_when_the_median_covers_spending_as_far_as_that_is_known() {
        for (steps, expected) in [
            (&[120.0, 130.0][..], "covers spending at every date"),
            (&[50.0, 60.0], "covers spending at no date until Dec 2030"),
            (
                &[50.0, 120.0],
                "covers spending first between Jan 2029 and Mar 2029 and does at the end",
            ),
            (
                &[50.0, 95.0, 120.0],
                "covers spending first between Jan 2029 and Mar 2031 and does at the end",
            ),
            (
                &[120.0, 95.0, 50.0],
                "covers spending from the start and no longer after Feb 2031",
            ),
            (
                &[50.0, 120.0, 105.0],
                "covers spending first between Jan 2029 and Mar 2029",
            ),
            (
                &[50.0, 120.0, 50.0, 120.0],
                "covers spending first between Jan 2029 and Mar 2029, not always after that, and does at the end",
            ),
            (
                &[50.0, 95.0],
                "comes near spending; whether it ever covers it is within the error",
            ),
        ] {
            let expected = format!("The median net income {expected}");
            assert_eq!(income(steps, true).finding(), expected, "{steps:?}");
        }
    }

    #[test]
    fn without_spending_the_title_says_how_much_it_is() {
        assert_eq!(
            income(&[50.0, 120.0], false).finding(),
            "The median net income is $120 a month in Dec 2030; one path in twenty has $60 or less"
        );
        let mut certain = income(&[50.0, 120.0], false);
        certain.at_end = [Quantity::exact(120.0); 5];
        assert_eq!(
            certain.finding(),
            "The median net income is $120 a month in Dec 2030"
        );
    }
}
