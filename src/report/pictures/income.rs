//! Net income over time: bands between quantiles, the median, what the owner lives on.
//!
//! In: [`Income`]. Out: a chart. Not here: what counts as income (`policy`), whether it lasts (`survival`).

use super::happenings::{self, Happening};
use super::wealth_fan::{ABOVE, BELOW, ends, over_time};
use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, End, Ink, Line, Quantiles, Scale, TICK_SIZE, Weight, dated, dates, drawn,
    horizon, label_ends, seen,
};
use crate::figure::{Quantity, measured_apart, money, money_tick, spoken_month};
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
    /// The five quantiles at the last date.
    pub at_end: [Quantity; 5],
    /// What the owner lives on at each date; none if that is nothing.
    pub spending: Option<Vec<f64>>,
    pub happenings: Vec<Happening>,
}

impl Income {
    /// Nothing if there is no income to draw.
    fn of(source: &Source<'_>) -> Option<Self> {
        let series = source.outcome.series(INCOME)?;
        let quantiles = source.quantiles(series, 1.0, &|_| None)?;
        let last = series.months.len() - 1;
        let is_there = quantiles.p95.iter().any(|amount| *amount > 0.0);
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
        let at_end = levels
            .map(|(of, p)| Quantity::between(of[last], source.quantile_within(series, last, p)));
        let spending = source.scenario.spending();
        let spent = series.months.iter().map(|month| *month as usize);
        let spent = spent.map(|month| Some(spending.get(month - 1)? / source.price_levels[month]));
        (is_there && last > 0).then(|| Self {
            currency: source.scenario.currency.clone(),
            basis: source.basis(),
            n_paths: source.outcome.n_paths as u64,
            start: source.scenario.start,
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

    fn spending_end(&self) -> Option<End> {
        let amount = *self.spending.as_ref()?.last()?;
        let text = format!("spending {}", money(&self.currency, amount));
        Some(End::new(amount, text, Ink::Text, Weight::Regular))
    }
}

impl Chart for Income {
    fn finding(&self) -> String {
        let [low, _, middle, ..] = self.at_end;
        let [low, middle] = measured_apart(&self.currency, [low, middle]);
        let last = self.months[self.months.len() - 1];
        let at = spoken_month(&self.start.plus(last - 1).to_string());
        let spent = self.spending.as_ref().and_then(|spent| spent.last());
        let spent = spent.map_or(String::new(), |spent| {
            format!(", spending {}", money(&self.currency, *spent))
        });
        format!(
            "In {at} the median net income is {middle} a month{spent}; at least one path in twenty has {low} or less"
        )
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

    #[test]
    fn the_title_says_how_much_it_is_at_the_end_and_what_is_spent() {
        let mut income = Income {
            currency: "USD".to_owned(),
            basis: "in 2027 money".to_owned(),
            n_paths: 1000,
            start: YearMonth::new(2027, 1).expect("a month"),
            months: vec![24, 48],
            at_end: [60.0, 90.0, 120.0, 150.0, 200.0].map(|end| Quantity::within(end, 4.0)),
            spending: Some(vec![80.0, 100.0]),
            happenings: Vec::new(),
            quantiles: Quantiles {
                p05: vec![0.0; 2],
                p25: vec![0.0; 2],
                p50: vec![0.0; 2],
                p75: vec![0.0; 2],
                p95: vec![0.0; 2],
                of_first: None,
            },
        };
        assert_eq!(
            income.finding(),
            "In Dec 2030 the median net income is $120 a month, spending $100; at least one path in twenty has $60 or less"
        );
        income.spending = None;
        assert!(income.finding().contains("$120 a month; at least one"));
    }
}
