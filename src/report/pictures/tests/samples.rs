//! Data of charts whose titles and rows are tested.
//!
//! In: nothing. Out: settings, quantiles, correlations. Not here: which runs are drawn (`cases`).

use super::super::Setting;
use super::super::crash_correlation::CrashCorrelation;
use super::super::loop_fan::{self, Medians};
use super::super::wealth_fan::{Fan, Guide};
use crate::chart::{Ink, Quantiles, Spec};
use crate::figure::Quantity;
use crate::units::YearMonth;

pub const NAMES: [&str; 12] = [
    "Micro-SaaS fleet", "Synthetic media", "Tokenised property", "DeFi yield", "Niche content",
    "Product flywheel", "AI-managed book", "Stock photographs", "Voice models", "Solar farm shares",
    "Newsletter network", "Warehouse fractions",
];

const YEARS: [f64; 4] = [0.0, 1.0, 5.0, 10.0];

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

/// Returns quantiles that begin at 250,000 and spread to these multiples of it in [`YEARS`].
pub fn quantiles(at_end: [f64; 5]) -> Quantiles {
    let line = |factor: f64| YEARS.map(|year| 250e3 * (1.0 + (factor - 1.0) * year / 10.0)).to_vec();
    Quantiles { levels: at_end.map(line) }
}

/// Returns wealth that ends between 125,000 and 750,000, and a claim of 1,000,000.
pub fn fan() -> Fan {
    let ends = [0.5, 0.8, 1.2, 1.6, 3.0];
    let line = |to: f64| vec![(0.0, 250e3), (10.0, to)];
    Fan {
        setting: setting(1000),
        years: YEARS.to_vec(),
        quantiles: quantiles(ends),
        at_end: ends.map(|end| Quantity { value: 250e3 * end, std_error: 2e3 }),
        with_nothing: Quantity::exact(0.0),
        guides: vec![
            Guide::new("invested", line(250e3), Ink::Text, 3),
            Guide::new("as claimed", line(1e6), Ink::Green, 3),
        ],
        happenings: Vec::new(),
    }
}

impl Fan {
    pub fn of_wealth(&self) -> Spec {
        self.spec("Wealth", self.title_of_wealth(None))
    }
}

/// Draws wealth without agents, and with agents that cost a growing fraction of it, at the end `taken`.
pub fn loop_fan(taken: f64) -> Spec {
    let ends = [0.5, 0.8, 1.2, 1.6, 3.0];
    let worlds = [quantiles(ends.map(|end| end * (1.0 - taken))), quantiles(ends)];
    let [with, without] = [0, 1].map(|world| Quantity::exact(worlds[world].levels[2][3]));
    let change = Some(Quantity { value: -taken, std_error: 0.002 });
    loop_fan::spec(&setting(1000), &YEARS, [&worlds[0], &worlds[1]], Medians { with, without, change })
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
    let means = [0, 1].map(|sample| {
        let values = pairs.iter().map(|(_, samples)| samples[sample].unwrap_or_default());
        Quantity { value: values.sum::<f64>() / pairs.len() as f64, std_error: 0.003 }
    });
    CrashCorrelation {
        added: Some(Quantity { value: means[1].value - means[0].value, std_error: 0.002 }),
        pairs,
        means,
    }
}
