//! Data of every chart from simulated portfolios.
//!
//! In: a [`Run`]. Out: charts. Not here: the simulation (`portfolio`), which runs are drawn
//! (`cases`).

use super::super::assets::{AssetPanel, Assets};
use super::super::crash_correlation::{CrashCorrelation, Map};
use super::super::drawdown::Drawdown;
use super::super::loop_fan::{LoopFan, World};
use super::super::states::States;
use super::super::terminal::Terminal;
use super::super::wealth_fan::Fan;
use super::super::{assets, drawdown, gain_profile, loop_fan, states, terminal, wealth_fan};
use super::Case;
use super::agents::agents;
use super::estimates::{measured_quantile, quantiles, sorted};
use super::portfolio::{NAMES, Run};
use crate::chart::{ROUNDING, share_of};
use crate::figure::Quantity;
use crate::report::facts::{Distribution, of_drawdown, of_wealth};

impl Run {
    fn years(&self) -> Vec<f64> {
        let months = 0..=self.portfolio.months;
        months.map(|month| month as f64 / 12.0).collect()
    }

    fn currency(&self) -> String {
        self.portfolio.currency.to_owned()
    }

    fn put_in(&self) -> Vec<f64> {
        let start: f64 = self.portfolio.assets.iter().map(|asset| asset.value).sum();
        let months = 0..=self.portfolio.months;
        months
            .map(|month| start + month as f64 * self.portfolio.contribution)
            .collect()
    }

    pub fn final_wealth(&self) -> Vec<f64> {
        self.wealth
            .iter()
            .map(|path| path[path.len() - 1])
            .collect()
    }

    pub fn wealth_fan(&self) -> Fan {
        let wealth = sorted(self.final_wealth());
        let put_in = self.put_in();
        Fan {
            currency: self.currency(),
            basis: "in 2027 money".to_string(),
            years: self.years(),
            quantiles: quantiles(&self.wealth),
            at_end: [0.05, 0.25, 0.5, 0.75, 0.95].map(|p| measured_quantile(&wealth, p)),
            with_nothing: share_of(
                wealth.iter().filter(|end| **end == 0.0).count() as u64,
                wealth.len() as u64,
            ),
            n_paths: wealth.len() as u64,
            usual: put_in.iter().copied().fold(0.0, f64::max),
            dashed: Some(("put in", put_in)),
            income_in: None,
            sample_paths: self.wealth.iter().take(8).cloned().collect(),
            happenings: self.portfolio.happenings.clone(),
        }
    }

    pub fn terminal(&self) -> Terminal {
        let wealth = sorted(self.final_wealth());
        let put_in = self.put_in()[self.portfolio.months];
        let n_worst = wealth.len() / 20;
        let worst = &wealth[..n_worst];
        let mean = worst.iter().sum::<f64>() / n_worst as f64;
        let squares: f64 = worst
            .iter()
            .map(|value| (value - mean) * (value - mean))
            .sum();
        Terminal {
            currency: self.currency(),
            basis: "in 2027 money".to_string(),
            years: self.portfolio.months as f64 / 12.0,
            put_in,
            p05: measured_quantile(&wealth, 0.05),
            worst_mean: Quantity {
                value: mean,
                std_error: squares.sqrt() / n_worst as f64,
            },
            median: measured_quantile(&wealth, 0.5),
            n_losing: wealth
                .iter()
                .filter(|end| **end < put_in * (1.0 - ROUNDING))
                .count() as u64,
            wealth: of_wealth(&Distribution::of_values(wealth), put_in),
        }
    }

    pub fn drawdown(&self) -> Drawdown {
        let falls = sorted(self.falls.clone());
        Drawdown {
            years: self.portfolio.months as f64 / 12.0,
            median: measured_quantile(&falls, 0.5),
            p95: measured_quantile(&falls, 0.95),
            depths: of_drawdown(&Distribution::of_values(falls)),
        }
    }

    fn panel(&self, name: &str, paths: &[Vec<f64>]) -> AssetPanel {
        let last = |path: &Vec<f64>| path[path.len() - 1];
        let at_end = sorted(paths.iter().map(last).collect());
        AssetPanel {
            name: name.to_string(),
            quantiles: quantiles(paths),
            put_in: 1.0,
            median: measured_quantile(&at_end, 0.5),
        }
    }

    pub fn assets(&self) -> Assets {
        let start = self.wealth[0][0];
        let relative = |path: &Vec<f64>| path.iter().map(|value| value / start).collect();
        let total: Vec<Vec<f64>> = self.wealth.iter().map(relative).collect();
        let panels = self.portfolio.assets.iter().zip(&self.relative);
        Assets {
            basis: "in 2027 money".to_string(),
            traded: false,
            income_stays: true,
            n_paths: self.wealth.len() as u64,
            years: self.years(),
            panels: panels
                .map(|(asset, paths)| self.panel(&asset.name, paths))
                .collect(),
            total: Some(self.panel("Whole portfolio", &total)),
            in_parts: false,
        }
    }

    /// As if every asset showed one thing of itself.
    pub fn states(&self) -> States {
        let grid = Assets {
            total: None,
            ..self.assets()
        };
        let wholes = vec!["those at the start".to_owned(); grid.panels.len()];
        States { grid, wholes }
    }

    fn world(&self, factor: f64) -> World {
        // the later the date, the more the loop has taken
        let taken = |path: &Vec<f64>| -> Vec<f64> {
            let n = path.len() as f64;
            let dated = path.iter().enumerate();
            dated
                .map(|(date, wealth)| wealth * (1.0 - factor * (date as f64 / n)))
                .collect()
        };
        let paths: Vec<Vec<f64>> = self.wealth.iter().map(taken).collect();
        let at_end = sorted(paths.iter().map(|path| path[path.len() - 1]).collect());
        World {
            quantiles: quantiles(&paths),
            at_end: [0.05, 0.5, 0.95].map(|p| measured_quantile(&at_end, p)),
        }
    }

    /// Against a twin in which nothing of `taken` is.
    pub fn loop_fan(&self, taken: f64) -> LoopFan {
        let has_all = self.final_wealth().iter().all(|wealth| *wealth > 0.0);
        LoopFan {
            currency: self.currency(),
            basis: "in 2027 money".to_string(),
            years: self.years(),
            put_in: self.put_in()[0],
            with: self.world(taken),
            without: self.world(0.0),
            median_change: has_all.then_some(Quantity {
                value: -taken,
                std_error: 0.002,
            }),
        }
    }

    pub fn every_chart(&self) -> Vec<Case> {
        vec![
            (&wealth_fan::KIND, Box::new(self.wealth_fan())),
            (&terminal::KIND, Box::new(self.terminal())),
            (&drawdown::KIND, Box::new(self.drawdown())),
            (&assets::KIND, Box::new(self.assets())),
            (&states::KIND, Box::new(self.states())),
            (&gain_profile::KIND, Box::new(agents(3, Some(0.3), 0.35))),
            (&loop_fan::KIND, Box::new(self.loop_fan(0.04))),
        ]
    }
}

/// What crashes do to the markets of a one-factor matrix of any size, with negative entries: nearly one
/// with the loop.
pub fn crash_correlation(n: usize) -> CrashCorrelation {
    let loading = |k: usize| ((k * 37 % 19) as f64 - 5.0) / 14.0;
    let stated = |i: usize, j: usize| if i == j { 1.0 } else { loading(i) * loading(j) };
    let stated: Vec<f64> = (0..n * n).map(|cell| stated(cell / n, cell % n)).collect();
    let names = (0..n).map(|k| format!("{} {}", NAMES[k % 12], k / 12 + 1));
    let map = |towards_one: f64, std_error: f64| {
        let values = stated.iter();
        let values: Vec<f64> = values.map(|r| r + towards_one * (1.0 - r)).collect();
        let below = (0..n).flat_map(|row| (0..row).map(move |column| row * n + column));
        let sum: f64 = below.map(|cell| values[cell]).sum();
        let value = sum / (n * (n - 1) / 2) as f64;
        Map {
            values,
            mean: Quantity { value, std_error },
        }
    };
    let (without_loop, crash) = (map(0.05, 0.004), map(0.6, 0.003));
    CrashCorrelation {
        names: names.collect(),
        first_paths: Some(8_704),
        other: map(0.0, 0.001),
        other_without_loop: map(0.01, 0.001).mean,
        added: Some(Quantity {
            value: crash.mean.value - without_loop.mean.value,
            std_error: 0.002,
        }),
        without_loop,
        crash,
    }
}
