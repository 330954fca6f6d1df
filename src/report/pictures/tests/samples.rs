//! Data of every chart from simulated portfolios.
//!
//! In: a [`Run`]. Out: charts. Not here: the simulation (`portfolio`), which runs are drawn
//! (`cases`).

use super::super::Setting;
use super::super::crash_correlation::CrashCorrelation;
use super::super::loop_fan::Medians;
use super::super::stack::Part;
use super::super::terminal::Terminal;
use super::super::wealth_fan::{Fan, Guide};
use super::super::{drawdown, gain_profile, holdings, loop_fan, terminal, wealth_fan};
use super::Case;
use super::agents::{agents, drawn};
use super::estimates::{measured_quantile, quantiles, sorted};
use super::portfolio::{NAMES, Run};
use crate::chart::{HUES, Ink, Paint, Quantiles, Spec, dated};
use crate::figure::{Quantity, ROUNDING, share_of};
use crate::report::facts::{Distribution, of_drawdown, of_wealth};
use crate::units::YearMonth;

impl Run {
    pub fn years(&self) -> Vec<f64> {
        let months = 0..=self.portfolio.months;
        months.map(|month| month as f64 / 12.0).collect()
    }

    pub fn setting(&self) -> Setting {
        Setting {
            currency: self.portfolio.currency.to_owned(),
            years: self.portfolio.months as f64 / 12.0,
            ..setting(self.wealth.len() as u64)
        }
    }

    fn put_in(&self) -> Vec<f64> {
        let start: f64 = self.portfolio.assets.iter().map(|asset| asset.value).sum();
        let months = 0..=self.portfolio.months;
        months.map(|month| start + month as f64 * self.portfolio.contribution).collect()
    }

    /// Returns the wealth in each month if it grew by a claimed 1.5 % a month, with the same spending.
    fn claimed(&self) -> Vec<f64> {
        let mut wealth = vec![self.put_in()[0]];
        for month in 0..self.portfolio.months {
            wealth.push((wealth[month] * 1.015 - self.portfolio.spending).max(0.0));
        }
        wealth
    }

    pub fn final_wealth(&self) -> Vec<f64> {
        self.wealth.iter().map(|path| path[path.len() - 1]).collect()
    }

    pub fn wealth_fan(&self) -> Fan {
        let wealth = sorted(self.final_wealth());
        let put_in = self.put_in();
        Fan {
            setting: self.setting(),
            years: self.years(),
            quantiles: quantiles(&self.wealth),
            at_end: [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| measured_quantile(&wealth, p)),
            with_nothing: share_of(
                wealth.iter().filter(|end| **end == 0.0).count() as u64,
                wealth.len() as u64,
            ),
            usual: put_in.iter().copied().fold(0.0, f64::max),
            guides: vec![
                Guide::new("invested", dated(&self.years(), &vec![put_in[0]; put_in.len()]), Ink::Text, 3),
                Guide::new("as claimed", dated(&self.years(), &self.claimed()), Ink::Green, 3),
            ],
            happenings: self.portfolio.happenings.clone(),
        }
    }

    pub fn terminal(&self) -> Terminal {
        let wealth = sorted(self.final_wealth());
        let put_in = self.put_in()[self.portfolio.months];
        let n_worst = wealth.len() / 20;
        let worst = &wealth[..n_worst];
        let mean = worst.iter().sum::<f64>() / n_worst as f64;
        let squares: f64 = worst.iter().map(|value| (value - mean) * (value - mean)).sum();
        Terminal {
            setting: self.setting(),
            put_in,
            invested: put_in,
            p05: measured_quantile(&wealth, 0.05),
            worst_mean: Quantity { value: mean, std_error: squares.sqrt() / n_worst as f64 },
            median: measured_quantile(&wealth, 0.5),
            n_losing: wealth.iter().filter(|end| **end < put_in * (1.0 - ROUNDING)).count() as u64,
            wealth: of_wealth(&Distribution::of_values(wealth), put_in),
        }
    }

    pub fn drawdown(&self) -> Spec {
        let falls = sorted(self.falls.clone());
        let marked = [0.5, 0.95].map(|p| measured_quantile(&falls, p));
        let depths = of_drawdown(&Distribution::of_values(falls));
        drawdown::spec(
            ("run out of money", "; half need 52 months or more to regain a high"),
            &depths,
            marked,
        )
    }

    /// Returns the chart of asset values; `None` with fewer than two assets.
    pub fn holdings(&self) -> Option<Spec> {
        let (parts, wealth, at_end) = self.parts();
        holdings::spec(&self.setting(), &self.years(), parts, (&wealth, at_end))
    }

    /// Returns each asset with its share of mean wealth in money at each date, as if no asset were traded; then mean
    /// wealth at each date, and final mean wealth with an error.
    pub fn parts(&self) -> (Vec<Part>, Vec<f64>, Quantity) {
        let mean = |values: &dyn Fn(usize) -> f64| {
            (0..self.wealth.len()).map(values).sum::<f64>() / self.wealth.len() as f64
        };
        let assets = &self.portfolio.assets;
        let value = |k: usize, path: usize, date: usize| assets[k].value * self.relative[k][path][date];
        let part = |k: usize, path: usize, date: usize| {
            let all: f64 = (0..assets.len()).map(|k| value(k, path, date)).sum();
            self.wealth[path][date] * value(k, path, date) / all
        };
        let dates = 0..=self.portfolio.months;
        let parts = (0..assets.len()).map(|k| Part {
            name: assets[k].name.clone(),
            paint: Paint::of(HUES[k % HUES.len()], 75),
            values: dates.clone().map(|date| mean(&|path| part(k, path, date))).collect(),
        });
        let wealth: Vec<f64> = dates.clone().map(|date| mean(&|path| self.wealth[path][date])).collect();
        let at_end = Quantity { value: wealth[wealth.len() - 1], std_error: 0.002 * wealth[0] };
        (parts.collect(), wealth, at_end)
    }

    /// Returns quantiles of wealth over time and median final wealth, after a loss of a fraction of wealth that grows
    /// linearly over time to `factor` at the end.
    fn left_of(&self, factor: f64) -> (Quantiles, Quantity) {
        let taken = |path: &Vec<f64>| -> Vec<f64> {
            let n = path.len() as f64;
            let dated = path.iter().enumerate();
            dated.map(|(date, wealth)| wealth * (1.0 - factor * (date as f64 / n))).collect()
        };
        let paths: Vec<Vec<f64>> = self.wealth.iter().map(taken).collect();
        let at_end = sorted(paths.iter().map(|path| path[path.len() - 1]).collect());
        (quantiles(&paths), measured_quantile(&at_end, 0.5))
    }

    /// Draws wealth without agents, and with agents that cost a growing fraction of it, at the end `taken`.
    pub fn loop_fan(&self, taken: f64) -> Spec {
        let has_all = self.final_wealth().iter().all(|wealth| *wealth > 0.0);
        let ((with, median), (without, all)) = (self.left_of(taken), self.left_of(0.0));
        let medians = Medians {
            with: median,
            without: all,
            change: has_all.then_some(Quantity { value: -taken, std_error: 0.002 }),
        };
        loop_fan::spec(&self.setting(), &self.years(), [&with, &without], medians)
    }

    pub fn every_chart(&self) -> Vec<Case> {
        let mut charts = vec![
            (&wealth_fan::KIND, self.wealth_fan().of_wealth()),
            (&terminal::KIND, self.terminal().spec()),
            (&drawdown::KIND, self.drawdown()),
            (&gain_profile::KIND, drawn(&agents(3, Some(0.3), 0.35))),
            (&loop_fan::KIND, self.loop_fan(0.04)),
        ];
        charts.extend(self.holdings().map(|chart| (&holdings::KIND, chart)));
        charts
    }
}

impl Fan {
    pub fn of_wealth(&self) -> Spec {
        self.spec("Wealth", self.wealth_told())
    }
}

/// Returns the setting of a run of ten years in dollars.
pub fn setting(n_paths: u64) -> Setting {
    Setting {
        currency: "USD".to_owned(),
        basis: "in 2027 dollars".to_owned(),
        start: YearMonth::new(2027, 1).expect("a month"),
        years: 10.0,
        n_paths,
    }
}

/// Returns sample correlations of `n` markets in crash months, some of them negative. Agent selling moves each more
/// than halfway to one.
pub fn crash_correlation(n: usize) -> CrashCorrelation {
    let loading = |k: usize| ((k * 37 % 19) as f64 - 5.0) / 14.0;
    let name = |k: usize| format!("{} {}", NAMES[k % 12], k / 12 + 1);
    let towards_one = [0.05, 0.6];
    let below = (0..n).flat_map(|row| (0..row).map(move |column| (row, column)));
    let pair = |(row, column): (usize, usize)| {
        let stated = loading(row) * loading(column);
        let samples = towards_one.map(|part| Some(stated + part * (1.0 - stated)));
        (format!("{} and {}", name(column), name(row)), samples)
    };
    let pairs: Vec<(String, [Option<f64>; 2])> = below.map(pair).collect();
    let mean = |sample: usize| {
        let values = pairs.iter().map(|(_, samples)| samples[sample].unwrap_or_default());
        let value = values.sum::<f64>() / pairs.len() as f64;
        let std_error = 0.003;
        Quantity { value, std_error }
    };
    let means = [mean(0), mean(1)];
    CrashCorrelation {
        added: Some(Quantity { value: means[1].value - means[0].value, std_error: 0.002 }),
        pairs,
        means,
    }
}
