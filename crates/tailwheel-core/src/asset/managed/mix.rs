//! Volatility and return of a mix, computed from its parts.
//!
//! In: `mix`. Out: `mix_return` and the volatility. Not here: sources of the numbers
//! (`docs/model/assets.md`).
//!
//! ```text
//! return  = Σ w_i·μ_i                                        w_i: weight by value, restored at the start
//! of every month
//! V       = Σ_ij w_i·w_j·(exp(ρ_ij·σ_i·σ_j/12) − 1)           variance of a month's price factor, relative
//! to its mean 1
//! σ       = √(12·ln(1 + V))                                  volatility of the lognormal factor with this
//! variance
//! ```
//!
//! The monthly factor of every part is lognormal, and so is, nearly, their weighted sum. Its mean and
//! variance are exact; its law is approximated as lognormal (Fenton 1960).

use super::Managed;
use crate::form::{Preset, Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::ROUNDING;
use crate::math::elementary::{expm1, ln_1p};
use crate::parameters;
use crate::units::{AnnualRate, Fraction, Volatility};

const N_PARTS: usize = 6;

parameters! {
    /// Weights of the parts of a mix.
    pub struct Mix: "table of parts" = "{ equity = 0.6, property = 0.4 }" {
        /// Shares of firms, all over the world. They return 9 % a year, with a volatility of 16.5 %.
        equity: Fraction = Preset::Is("0") => "0.4",
        /// Fractions of property. They return 5.8 % a year, with a volatility of 10 %.
        property: Fraction = Preset::Is("0") => "0.25",
        /// Pools that pay interest, in tokens. They return 5 % a year, with a volatility of 65 %.
        defi: Fraction = Preset::Is("0") => "0.15",
        /// Tokens that pay nothing. They return 0 % a year, with a volatility of 66 %.
        crypto: Fraction = Preset::Is("0") => "0.1",
        /// Collectibles that are traded as tokens. They return 0 % a year, with a volatility of 120 %.
        collectibles: Fraction = Preset::Is("0") => "0.05",
        /// Tokens that stand for membership of a community. They lose 37.5 % a year, with a volatility of
        /// 150 %.
        community_tokens: Fraction = Preset::Is("0") => "0.05",
    }
}

/// Yearly return of each part of a mix as a fraction, in the order of [`Mix`].
const RETURNS: [f64; N_PARTS] = [0.09, 0.058, 0.05, 0.0, 0.0, -0.375];
/// Yearly volatility of each part of a mix, in the order of [`Mix`].
const VOLATILITIES: [f64; N_PARTS] = [0.165, 0.1, 0.65, 0.66, 1.2, 1.5];
/// Correlations between the parts of a managed mix, in the order of [`Mix`].
const CORRELATIONS: [[f64; N_PARTS]; N_PARTS] = [
    [1.0, 0.35, 0.25, 0.3, 0.15, 0.2],
    [0.35, 1.0, 0.1, 0.1, 0.05, 0.05],
    [0.25, 0.1, 1.0, 0.75, 0.4, 0.55],
    [0.3, 0.1, 0.75, 1.0, 0.5, 0.55],
    [0.15, 0.05, 0.4, 0.5, 1.0, 0.4],
    [0.2, 0.05, 0.55, 0.55, 0.4, 1.0],
];

/// Keys that a stated `mix` replaces.
const OF_WHOLE: [&str; 2] = ["volatility", "mix_return"];

impl Mix {
    fn parts(&self) -> [f64; N_PARTS] {
        let Self { equity, property, defi, crypto, collectibles, community_tokens } = self;
        [equity, property, defi, crypto, collectibles, community_tokens].map(|part| part.get())
    }
}

/// Sets the portfolio's return to that of its `mix` and returns the mix's volatility; `None` without a valid `mix`.
pub(super) fn check(managed: &mut Managed, reader: &mut Reader<'_>) -> Option<Volatility> {
    if !reader.sound(&["mix"]) {
        return None;
    }
    let parts = managed.mix.take()?.parts();
    for key in OF_WHOLE {
        if reader.says(key) {
            fault!(reader, "duplicate", "`mix` says what `{key}` says"; "mix" => "one of them must go";
                reader.place_of(key) => "also set here"; help: "`mix`, or `{key}`");
        }
        reader.forget(key);
    }
    let total: f64 = parts.iter().sum();
    if (total - 1.0).abs() > ROUNDING {
        let total = crate::units::plain(total);
        fault!(reader, "shares", "these parts add up to {total}"; "mix" => "not all of the mix, or more";
            rule: "shares of one whole add up to 1");
        return None;
    }
    let whole = parts.iter().zip(RETURNS).map(|(part, of_part)| part * of_part).sum();
    managed.mix_return = AnnualRate::new(whole).ok();
    Volatility::new(whole_volatility(parts)).ok()
}

/// Yearly volatility of a mix of parts with the weights `parts`, rebalanced every month.
fn whole_volatility(parts: [f64; N_PARTS]) -> f64 {
    let mut variance = 0.0;
    for row in 0..N_PARTS {
        for column in 0..N_PARTS {
            let together = CORRELATIONS[row][column] * VOLATILITIES[row] * VOLATILITIES[column];
            variance += parts[row] * parts[column] * expm1(together / STEPS_PER_YEAR);
        }
    }
    (STEPS_PER_YEAR * ln_1p(variance)).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::correlation::{Matrix, cholesky};

    #[test]
    fn the_correlations_of_the_parts_are_symmetric_and_possible() {
        for (row, correlations) in CORRELATIONS.iter().enumerate() {
            for (column, correlation) in correlations.iter().enumerate() {
                assert_eq!(correlation.to_bits(), CORRELATIONS[column][row].to_bits());
            }
        }
        let matrix = Matrix::from_fn(N_PARTS, |row, column| CORRELATIONS[row][column]);
        assert!(cholesky(&matrix).is_ok());
    }
}
