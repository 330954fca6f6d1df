//! What every kind of asset does in three months, written from docs/model.md alone: unit by unit, with draws of its own.
//!
//! A path is what is paid and what it is worth then, of an opening value of 1.

use std::f64::consts::{SQRT_2, TAU};

const MONTHS: i32 = 3;

/// Draws of a generator that the program has not (Steele, Lea, Flood 2014).
pub struct Noise(u64);

impl Noise {
    pub fn new(name: &str) -> Self {
        Self(name.bytes().fold(7, |state, byte| (state ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3)))
    }

    /// Between 0 and 1, neither of them.
    pub fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) >> 11) as f64 / 9_007_199_254_740_992.0 + 5e-17
    }

    pub fn happens(&mut self, chance: f64) -> bool {
        self.uniform() < chance
    }

    pub fn normal(&mut self) -> f64 {
        (-2.0 * self.uniform().ln()).sqrt() * (TAU * self.uniform()).cos()
    }

    /// Lognormal with mean 1.
    fn factor(&mut self, log_sd: f64) -> f64 {
        (log_sd * self.normal() - 0.5 * log_sd * log_sd).exp()
    }

    /// Of a month of a market, `volatility` being that of a year.
    fn market(&mut self, volatility: f64) -> f64 {
        self.factor(volatility / 12.0_f64.sqrt())
    }

    fn poisson(&mut self, mean: f64) -> u32 {
        let (mut count, mut left) = (0, (-mean).exp() / self.uniform());
        while left < 1.0 {
            left /= self.uniform();
            count += 1;
        }
        count
    }

    /// How many of `n`, each with `chance`, one by one.
    pub fn binomial(&mut self, n: u32, chance: f64) -> u32 {
        (0..n).filter(|_| self.happens(chance)).count() as u32
    }
}

pub fn claim(noise: &mut Noise) -> [f64; 2] {
    let whole = (1.1 + 0.3 * noise.uniform()).powf(1.0 / 12.0);
    let (mut paid, mut value) = (0.0, 1.0);
    for _ in 0..MONTHS {
        paid += 0.6 * (whole - 1.0) * value;
        value *= (whole - 0.6 * (whole - 1.0)) * noise.market(0.2) * (-0.23_f64 / 12.0).exp();
    }
    [paid, value]
}

pub fn content(noise: &mut Noise) -> [f64; 2] {
    let (mut part, mut niche, mut ranked, mut price, mut paid) = (0.5, 2.0, 1.0, 1.0, 0.0);
    let power = |part: f64, niche: f64, ranked: f64| {
        let visits = part * niche * (0.25 + 0.75 * ranked);
        (visits.min(niche) - 0.2) / 0.8
    };
    let growth = 0.1_f64.exp();
    for _ in 0..MONTHS {
        let revenue = power(part, niche, ranked) + 0.25;
        paid += 4.8 / 12.0 * (revenue * noise.factor(0.12) - 0.25);
        price *= noise.market(0.05);
        part = part * growth / (1.0 + part * (growth - 1.0));
        niche *= 0.5_f64.powf(0.8 / 10.0);
        for _ in 0..noise.poisson(1.0) {
            ranked *= (-0.05 - 0.15 * 0.15 / 2.0 + 0.15 * noise.normal()).exp();
        }
        ranked *= (-0.1_f64 / 12.0).exp();
    }
    [paid, price * power(part, niche, ranked)]
}

pub fn pools(noise: &mut Noise) -> [f64; 2] {
    let closing = 0.3 / (0.5 * 2.0_f64.ln()) * (1.0 - 0.5_f64.powf(0.5 / 0.3));
    let (base, found) = (0.08, 0.08 * closing);
    let moves = 1.0 - 0.999_f64.powi(2);
    let asked = 0.23 + 12.0 * moves;
    let incentive = asked - base - found;
    let kept = 0.5_f64.powf(1.0 / 2.0);
    let mut state = 0.43 * noise.normal();
    let (mut paid, mut value) = (0.0, 1.0);
    for month in 0..MONTHS {
        let of_base = base * (state - 0.5 * 0.43 * 0.43).exp();
        let left = 0.5_f64.powf(f64::from(month) / 3.0);
        paid += value / 12.0 * (of_base + found + incentive * left);
        value *= noise.market(0.05) * (1.0 - moves);
        state = kept * state + 0.43 * (1.0 - kept * kept).sqrt() * noise.normal();
    }
    [paid, value]
}

#[derive(Clone, Copy, PartialEq)]
enum Unit {
    Healthy,
    Decayed,
    /// Found in this month, back at the end of the next one.
    Found,
    Seeded,
    Closed,
}

/// One unit after the other.
pub fn fleet(noise: &mut Noise) -> [f64; 2] {
    const UNITS: usize = 20;
    let audits = (365.25 / 84.0 * 3.0 / 2.0_f64).floor() as usize;
    let (close, decay) = (1.0 - (-0.4_f64 / 12.0).exp(), 1.0 - 0.5_f64.powf(1.0 / 6.0));
    let earns = |unit: Unit| match unit {
        Unit::Healthy => 1.0,
        Unit::Decayed => 0.4,
        _ => 0.0,
    };
    let (mut units, mut price, mut paid) = ([Unit::Healthy; UNITS], 1.0, 0.0);
    for _ in 0..MONTHS {
        let power: f64 = units.iter().map(|unit| earns(*unit)).sum();
        let squares: f64 = units.iter().map(|unit| earns(*unit).powi(2)).sum();
        // the sum of lognormal incomes is taken for lognormal with their mean and variance
        let variance = (0.64_f64.exp() - 1.0) * squares / (power * power);
        let luck = if power > 0.0 { noise.factor(variance.ln_1p().sqrt()) } else { 1.0 };
        let back = units.map(|unit| unit == Unit::Seeded);
        let mut running: Vec<usize> =
            (0..UNITS).filter(|n| matches!(units[*n], Unit::Healthy | Unit::Decayed)).collect();
        for _ in 0..audits.min(running.len()) {
            let looked_at = running.swap_remove((noise.uniform() * running.len() as f64) as usize);
            if units[looked_at] == Unit::Decayed && noise.happens(0.8) {
                units[looked_at] = Unit::Found;
            }
        }
        let found = units.iter().filter(|unit| **unit == Unit::Found).count();
        for (unit, is_back) in units.iter_mut().zip(back) {
            *unit = match *unit {
                Unit::Healthy | Unit::Decayed if noise.happens(close) => Unit::Closed,
                Unit::Healthy if noise.happens(decay) => Unit::Decayed,
                Unit::Found => Unit::Seeded,
                Unit::Seeded if is_back => Unit::Healthy,
                other => other,
            };
        }
        paid += 4.8 / 12.0 * (power * luck - found as f64) / UNITS as f64;
        price *= noise.market(0.05);
    }
    let power: f64 = units.iter().map(|unit| earns(*unit)).sum();
    [paid, price * power / UNITS as f64]
}

pub fn flywheel(noise: &mut Noise) -> [f64; 2] {
    let (mut products, mut pot, mut ordered, mut price, mut paid) = (20_u32, 0.0, 0, 1.0, 0.0);
    // of the next product, what is put aside of the income
    let mut money = 0.0;
    let power = |products: u32| {
        let n = f64::from(products);
        n * (1.0 - n / 100.0) / (20.0 * 0.8)
    };
    for _ in 0..MONTHS {
        let earned = power(products);
        paid += 4.8 / 12.0 * (earned - 0.3 * earned);
        let aside = 0.3 * earned * 20.0 / 3.0;
        let full = pot + aside + 6.0 / 12.0;
        let built = (full + 1e-9_f64).floor();
        pot = full - built;
        money = (money + aside) * pot / full;
        products = products - noise.binomial(products, 0.05) + ordered;
        ordered = built as u32;
        price *= noise.market(0.05);
    }
    [paid, price * (power(products) + 4.8 * money * 3.0 / 20.0 / 12.0)]
}

pub fn managed(noise: &mut Noise) -> [f64; 2] {
    let (promised, mix, fee) = (0.6 * noise.uniform() / 12.0, 0.06 / 12.0, 0.015 / 12.0);
    let (mut variance, kept) = (0.09_f64, 0.5_f64.powf(1.0 / 3.0));
    let (mut paid, mut value) = (0.0, 1.0);
    for month in 0..MONTHS {
        let invested = (0.15 / variance.sqrt()).min(1.0);
        let edge = 0.74 * (promised - (mix - fee)) * 0.5_f64.powf(f64::from(month) / 6.0);
        let returned = invested * (mix + edge) - fee;
        let income = 0.8 * returned.max(0.0);
        let surprise = noise.market(0.3) - 1.0;
        paid += income * value;
        value *= (1.0 + returned - income) * (1.0 + invested * surprise);
        variance = kept * variance + (1.0 - kept) * 12.0 * surprise * surprise;
    }
    [paid, value]
}

/// The best of `n` works, and what is expected of the others.
fn best_of(noise: &mut Noise, n: u32) -> [f64; 2] {
    const LOG_SD: f64 = 0.8;
    let best = (0..n).map(|_| noise.factor(LOG_SD)).fold(0.0, f64::max);
    let below = |z: f64| 0.5 * libm::erfc(-z / SQRT_2);
    let z = best.ln() / LOG_SD + 0.5 * LOG_SD;
    [best, f64::from(n - 1) * below(z - LOG_SD) / below(z)]
}

pub fn works(noise: &mut Noise) -> [f64; 2] {
    let [best, others] = best_of(noise, 12);
    let mut best = best / (best + others);
    let (mut others, mut price, mut paid) = (1.0 - best, 1.0, 0.0);
    let left = |month: i32| {
        let month = f64::from(month);
        (-0.3 * month / 12.0).exp() * (0.7 + 0.3 * 0.5_f64.powf(month / 3.0))
    };
    let kept = 0.5_f64.powf(0.1);
    for month in 0..MONTHS {
        let released = noise.poisson(2.0);
        paid += 4.8 / 12.0 * ((best + others) * left(month) - f64::from(released) / 12.0);
        best *= kept * noise.factor(0.3);
        others *= kept;
        if released > 0 {
            let [new, beside] = best_of(noise, released).map(|one| one / 12.0);
            others += beside + f64::min(best, new);
            best = f64::max(best, new);
        }
        price *= noise.market(0.05);
    }
    [paid, price * (best + others) * left(MONTHS)]
}

/// Subscribers over all months if a part `churn` leaves in each, of 40 at first and 3 who come, half as many after 10 months.
fn subscribers_in_all(churn: f64) -> f64 {
    let (mut subscribers, mut all) = (40.0, 0.0);
    for month in 0..MONTHS {
        subscribers = subscribers * (1.0 - churn) + 3.0 * 0.5_f64.powf(f64::from(month) / 10.0);
        all += subscribers;
    }
    all
}

/// The churn of the middle product at which a spread of 0.5 has as many subscribers as 10 % a month without one.
fn middle_churn() -> f64 {
    static FOUND: std::sync::OnceLock<f64> = std::sync::OnceLock::new();
    *FOUND.get_or_init(|| {
        let mean = |middle: f64| {
            let nodes = (-600..=600).map(|node| 0.01 * f64::from(node));
            let (all, weights) = nodes.fold((0.0, 0.0), |(all, weights), z: f64| {
                let weight = (-0.5 * z * z).exp();
                let churn = (middle * (0.5 * z).exp()).min(1.0);
                (all + weight * subscribers_in_all(churn), weights + weight)
            });
            all / weights
        };
        let (mut low, mut high) = (0.05, 0.5);
        for _ in 0..50 {
            let middle = 0.5 * (low + high);
            if mean(middle) < subscribers_in_all(0.1) { high = middle } else { low = middle }
        }
        low
    })
}

pub fn subscription(noise: &mut Noise) -> [f64; 2] {
    let churn = (middle_churn() * (0.5 * noise.normal()).exp()).min(1.0);
    // two months of what one brings, for 3 of 40 who come
    let cost_share = 2.0 * 3.0 / 40.0;
    let fade = |month: i32| 0.5_f64.powf(f64::from(month) / 10.0);
    let net = |margin: f64, won: f64| (margin - cost_share * won) / (1.0 - cost_share);
    let (mut subscribers, mut cost, mut price, mut paid) = (40_u32, 1.0, 1.0, 0.0);
    let margin = |cost: f64| (1.0 - 0.2 * cost) / 0.8;
    for month in 0..MONTHS {
        let earned = f64::from(subscribers) / 40.0 * margin(cost);
        cost = 1.0 + (cost - 1.0) * 0.5_f64.powf(1.0 / 6.0);
        if noise.happens(1.0 - (-1.0_f64 / 12.0).exp()) {
            cost *= 1.5 * (0.3 * noise.normal()).exp();
        }
        let come = noise.poisson(3.0 * fade(month));
        paid += 4.8 / 12.0 * net(earned, f64::from(come) / 3.0);
        subscribers = subscribers - noise.binomial(subscribers, churn) + come;
        price *= noise.market(0.05);
    }
    [paid, price * net(f64::from(subscribers) / 40.0 * margin(cost), fade(MONTHS)).max(0.0)]
}

pub fn rent(noise: &mut Noise) -> [f64; 2] {
    #[derive(PartialEq)]
    enum Is {
        Let,
        Empty,
        Disputed,
    }
    let (costs, rent) = (0.06, 0.15 / 0.8);
    let (empties, disputes) = (0.2 / (0.8 * 4.0), 1.0 - (-4.0_f64 / 12.0).exp());
    let (mut paid, mut value) = (0.0, 1.0);
    let mut now = if noise.happens(0.2) { Is::Empty } else { Is::Let };
    for month in 0..MONTHS {
        let faded = rent * (-0.3 * f64::from(month) / 12.0).exp();
        let gross = if now == Is::Let { faded } else { 0.0 };
        let net = (gross - costs) / 12.0;
        paid += value * net.max(0.0);
        value *= 1.06_f64.powf(1.0 / 12.0) * noise.market(0.05) * (-0.06_f64 / 12.0).exp();
        value *= 1.0 - (-net).max(0.0);
        let draw = noise.uniform();
        now = match now {
            Is::Let if draw < empties => Is::Empty,
            Is::Let if draw < empties + disputes => Is::Disputed,
            Is::Empty if draw < 1.0 / 4.0 => Is::Let,
            Is::Disputed if draw < 1.0 / 3.0 => Is::Let,
            other => other,
        };
    }
    [paid, value]
}
