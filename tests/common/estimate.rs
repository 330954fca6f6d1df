//! Sample statistics with their standard errors, and the rule by which a case passes.

/// A sample statistic and its standard error.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    pub value: f64,
    pub std_error: f64,
}

impl Found {
    /// Whether it lies within four standard errors of `exact`.
    pub fn agrees_with(&self, exact: f64) -> bool {
        (self.value - exact).abs() <= 4.0 * self.std_error
    }
}

/// One case: what the engine gives for the true parameter must agree with `exact`, and what it
/// gives for a parameter that is off must not: otherwise the case could not have failed.
pub fn holds(id: &str, exact: f64, found: Found, with_power: Found) {
    assert!(found.agrees_with(exact), "{id}: {found:?}, exact {exact}");
    assert!(!with_power.agrees_with(exact), "{id} has no power: {with_power:?} still agrees with {exact}");
}

/// Mean.
pub fn mean(sample: &[f64]) -> Found {
    let n = sample.len() as f64;
    let mean = sample.iter().sum::<f64>() / n;
    let variance = sample.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / (n - 1.0);
    Found { value: mean, std_error: (variance / n).sqrt() }
}

/// Central moment of `order`, with its error from the sample's own higher moments.
pub fn central_moment(sample: &[f64], order: i32) -> Found {
    let center = mean(sample).value;
    let powers: Vec<f64> = sample.iter().map(|x| (x - center).powi(order)).collect();
    mean(&powers)
}

/// Central moment of `order` over that of the standard deviation.
pub fn standardised(sample: &[f64], order: i32) -> f64 {
    central_moment(sample, order).value / central_moment(sample, 2).value.powf(0.5 * f64::from(order))
}

/// A statistic of the whole sample; its error from 40 contiguous parts.
pub fn by_batches(sample: &[f64], statistic: impl Fn(&[f64]) -> f64) -> Found {
    const BATCHES: usize = 40;
    let parts: Vec<f64> = sample.chunks_exact(sample.len() / BATCHES).map(&statistic).collect();
    Found { value: statistic(sample), std_error: mean(&parts).std_error }
}

/// Variance, its error from parts.
pub fn variance(sample: &[f64]) -> Found {
    by_batches(sample, |part| central_moment(part, 2).value)
}

/// Standard deviation, its error from parts.
pub fn deviation(sample: &[f64]) -> Found {
    by_batches(sample, |part| central_moment(part, 2).value.sqrt())
}

/// Share of the sample for which `is` holds.
pub fn share(sample: &[f64], is: impl Fn(f64) -> bool) -> Found {
    let n = sample.len() as f64;
    let p = sample.iter().filter(|x| is(**x)).count() as f64 / n;
    Found { value: p, std_error: (p * (1.0 - p) / n).sqrt() }
}

/// Quantile, its error from the distance of the order statistics one deviation of the rank apart.
pub fn quantile(sample: &[f64], p: f64) -> Found {
    let mut sorted = sample.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let n = sorted.len() as f64;
    let at = |rank: f64| sorted[(rank.ceil() as usize).clamp(1, sorted.len()) - 1];
    let deviation = (n * p * (1.0 - p)).sqrt();
    Found { value: at(n * p), std_error: 0.5 * (at(n * p + deviation) - at(n * p - deviation)) }
}
