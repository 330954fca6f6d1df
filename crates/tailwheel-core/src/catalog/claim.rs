//! Effect of volatility and decay on the claimed return of a class, by formula.
//!
//! In: the defaults of a [`Class`]. Out: [`ClaimArithmetic`], yearly growth as fractions. Not here:
//! simulation; paid-out income, loss events, costs and tax, which have no such formula.

use super::class::Class;
use super::entry::CatalogValue;
use super::magnitude::magnitudes;
use crate::math::normal::Z95;
use crate::math::{exp, ln};

/// Yearly growth that follows from the claimed return of an asset class, read as price growth without payouts
/// or withdrawals.
///
/// ```text
/// ln(1+m) ~ N(μ, s²)              m: claimed return; its range is the 5th to 95th percentile
/// mean    e^{μ + s²/2} − 1       middle  e^{μ} − 1
/// median value after T years = V_0·e^{(μ − σ²/2 − δ)T}       V_0: initial value, σ: volatility, δ: decay
/// ```
///
/// A PERT claim has mean `(low + 4·mode + high)/6`. The same number is used as its median, which is exact
/// for a symmetric one; the catalog has no other. All values are fractions per year.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClaimArithmetic {
    /// Expected growth per year if the claim is true.
    pub mean: f64,
    /// Median of the claimed growth per year.
    pub middle: f64,
    /// Median growth per year after the loss to the class's volatility, `σ²/2`.
    pub after_volatility: f64,
    /// Median growth per year after volatility and the class's steady decay.
    pub after_decay: f64,
}

impl ClaimArithmetic {
    /// Computes the growth of `class`; `None` if the class lacks a default for return, volatility or decay.
    pub fn of(class: &Class) -> Option<Self> {
        let number = |key: &str| class.default(key).and_then(|entry| magnitudes(&entry.value));
        let (low, high) = number("roi")?;
        let (volatility, _) = number("volatility")?;
        let (decay, _) = number("decay")?;
        let is_pert =
            class.default("roi_law").is_some_and(|law| law.value == CatalogValue::Text("pert".into()));
        let (mean, log_middle) = if is_pert {
            let (mode, _) = number("roi_mode")?;
            let mean = (low + 4.0 * mode + high) / 6.0;
            (mean, ln(1.0 + mean))
        } else {
            let (log_low, log_high) = (ln(1.0 + low), ln(1.0 + high));
            let (location, scale) = (0.5 * (log_low + log_high), (log_high - log_low) / (2.0 * Z95));
            (exp(location + 0.5 * scale * scale) - 1.0, location)
        };
        let drag = 0.5 * volatility * volatility;
        Some(Self {
            mean,
            middle: exp(log_middle) - 1.0,
            after_volatility: exp(log_middle - drag) - 1.0,
            after_decay: exp(log_middle - drag - decay) - 1.0,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{class, classes};

    fn of(id: &str) -> ClaimArithmetic {
        ClaimArithmetic::of(class(id).unwrap()).unwrap()
    }

    fn is_near(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 5e-5
    }

    /// Compares the medians of claimed returns with an independent computation of the same distributions.
    #[test]
    fn the_middle_of_each_documented_claim_is_the_median_of_its_law() {
        let medians = [
            ("micro-saas-fleet", 0.2834),
            ("synthetic-media-royalties", 0.3134),
            ("tokenized-real-estate", 0.0947),
            ("defi-yield-aggregator", 0.2290),
        ];
        for (id, median) in medians {
            assert!(is_near(of(id).middle, median), "{id}: {}", of(id).middle);
        }
        // a class without a return has no arithmetic
        assert_eq!(ClaimArithmetic::of(class("ai-managed-portfolio").unwrap()), None);
        assert_eq!(classes().iter().filter(|class| ClaimArithmetic::of(class).is_some()).count(), 11);
    }

    #[test]
    fn a_defi_claim_of_23_per_cent_has_a_middle_path_that_loses_and_decay_takes_what_closures_of_services_take()
     {
        let defi = of("defi-yield-aggregator");
        assert!(is_near(defi.mean, 0.2294), "{}", defi.mean);
        assert!(is_near(defi.after_volatility, -0.0050), "{}", defi.after_volatility);
        assert_eq!(defi.after_decay, defi.after_volatility, "DeFi does not decay");
        let saas = of("micro-saas-fleet");
        let kept = (1.0 + saas.after_decay) / (1.0 + saas.after_volatility);
        assert!((kept - libm::exp(-0.23)).abs() < 1e-12, "{kept}");
    }

    #[test]
    fn every_pert_of_the_catalog_is_symmetric_so_that_its_median_is_its_mean() {
        for class in classes().iter().filter(|class| class.default("roi_law").is_some()) {
            let number = |key: &str| magnitudes(&class.default(key).unwrap().value).unwrap();
            let ((low, high), (mode, _)) = (number("roi"), number("roi_mode"));
            assert!((mode - f64::midpoint(low, high)).abs() < 1e-12, "{}", class.id);
        }
    }
}
