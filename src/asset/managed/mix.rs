//! What a mix is made of: its volatility and its return follow from those of its parts.
//!
//! ```text
//! return  = Σ w_i·μ_i                                        w_i: part of the value, the same at the start of every month
//! V       = Σ_ij w_i·w_j·(exp(ρ_ij·σ_i·σ_j/12) − 1)           variance of a month's surprise, relative to its mean 1
//! σ       = √(12·ln(1 + V))                                  that of the lognormal factor with this variance
//! ```
//!
//! Every part's factor of a month is lognormal, and so their weighted sum nearly is: its mean and its variance are exact, its law
//! is taken for lognormal (Fenton 1960).

use super::Keys;
use crate::form::{Diagnostic, Parameter, Preset, Reader};
use crate::market::STEPS_PER_YEAR;
use crate::math::correlation::{Matrix, cholesky};
use crate::math::elementary::{expm1, ln_1p};
use crate::units::{AnnualRate, CorrelationCoefficient, Fraction, Volatility};
use crate::{inline_table, parameters};

/// A table with a number for each part.
macro_rules! of_parts {
    ($(#[$meta:meta])* $name:ident: $type:ty, $unit:literal, $preset:expr, $example:literal) => {
        parameters! {
            $(#[$meta])*
            pub struct $name {
                /// Of shares of firms, all over the world.
                equity: $type = $preset => "0.1",
                /// Of fractions of property.
                property: $type = $preset => "0.1",
                /// Of pools that pay interest, in tokens.
                defi: $type = $preset => "0.1",
                /// Of tokens that pay nothing.
                crypto: $type = $preset => "0.1",
                /// Of collectibles that are traded as tokens.
                collectibles: $type = $preset => "0.1",
            }
        }

        inline_table!(
            $name,
            $unit,
            $example,
            Self {
                equity: Parameter::placeholder(),
                property: Parameter::placeholder(),
                defi: Parameter::placeholder(),
                crypto: Parameter::placeholder(),
                collectibles: Parameter::placeholder(),
            }
        );

        impl $name {
            fn numbers(&self) -> [f64; 5] {
                let Self { equity, property, defi, crypto, collectibles } = self;
                [equity, property, defi, crypto, collectibles].map(|part| part.get())
            }
        }
    };
}

of_parts! {
    /// How much of a mix each part is.
    Mix: Fraction, "table of parts", Preset::Is("0"), "{ equity = 0.6, property = 0.4 }"
}
of_parts! {
    /// How much each part swings.
    PartVolatility: Volatility, "table of volatilities", Preset::Required,
    "{ equity = 0.165, property = 0.1, defi = 0.65, crypto = 0.66, collectibles = 1.2 }"
}
of_parts! {
    /// What each part returns.
    PartReturn: AnnualRate, "table of returns", Preset::Required,
    "{ equity = 0.09, property = 0.058, defi = 0.05, crypto = 0, collectibles = 0 }"
}

parameters! {
    /// How two parts move together.
    pub struct PartCorrelation {
        /// Of shares and property.
        equity_property: CorrelationCoefficient = Preset::Required => "0.35",
        /// Of shares and pools.
        equity_defi: CorrelationCoefficient = Preset::Required => "0.25",
        /// Of shares and tokens.
        equity_crypto: CorrelationCoefficient = Preset::Required => "0.3",
        /// Of shares and collectibles.
        equity_collectibles: CorrelationCoefficient = Preset::Required => "0.15",
        /// Of property and pools.
        property_defi: CorrelationCoefficient = Preset::Required => "0.1",
        /// Of property and tokens.
        property_crypto: CorrelationCoefficient = Preset::Required => "0.1",
        /// Of property and collectibles.
        property_collectibles: CorrelationCoefficient = Preset::Required => "0.05",
        /// Of pools and tokens.
        defi_crypto: CorrelationCoefficient = Preset::Required => "0.75",
        /// Of pools and collectibles.
        defi_collectibles: CorrelationCoefficient = Preset::Required => "0.4",
        /// Of tokens and collectibles.
        crypto_collectibles: CorrelationCoefficient = Preset::Required => "0.5",
    }
}

inline_table!(
    PartCorrelation,
    "table of correlations",
    "{ equity_property = 0.35, equity_defi = 0.25, equity_crypto = 0.3, equity_collectibles = 0.15, property_defi = 0.1, property_crypto = 0.1, property_collectibles = 0.05, defi_crypto = 0.75, defi_collectibles = 0.4, crypto_collectibles = 0.5 }",
    Self {
        equity_property: Parameter::placeholder(),
        equity_defi: Parameter::placeholder(),
        equity_crypto: Parameter::placeholder(),
        equity_collectibles: Parameter::placeholder(),
        property_defi: Parameter::placeholder(),
        property_crypto: Parameter::placeholder(),
        property_collectibles: Parameter::placeholder(),
        defi_crypto: Parameter::placeholder(),
        defi_collectibles: Parameter::placeholder(),
        crypto_collectibles: Parameter::placeholder(),
    }
);

impl PartCorrelation {
    fn matrix(&self) -> Matrix {
        let above = [
            [
                1.0,
                self.equity_property.get(),
                self.equity_defi.get(),
                self.equity_crypto.get(),
                self.equity_collectibles.get(),
            ],
            [
                0.0,
                1.0,
                self.property_defi.get(),
                self.property_crypto.get(),
                self.property_collectibles.get(),
            ],
            [
                0.0,
                0.0,
                1.0,
                self.defi_crypto.get(),
                self.defi_collectibles.get(),
            ],
            [0.0, 0.0, 0.0, 1.0, self.crypto_collectibles.get()],
            [0.0, 0.0, 0.0, 0.0, 1.0],
        ];
        Matrix::from_fn(5, |row, column| above[row.min(column)][row.max(column)])
    }
}

/// What stands for parts, and what they stand for.
const OF_PARTS: [&str; 3] = ["part_volatility", "part_return", "part_correlation"];
const OF_WHOLE: [&str; 2] = ["volatility", "mix_return"];
/// By how much parts of one whole may miss it.
const ROUNDING: f64 = 1e-9;

/// Reads the parts of a mix into its return, and returns its volatility; nothing if it is told as a whole.
pub(super) fn check(keys: &mut Keys, reader: &mut Reader<'_>) -> Option<Volatility> {
    if !reader.sound(&["mix"]) || !reader.sound(&OF_PARTS) {
        return None;
    }
    let (mix, volatility) = (keys.mix.take(), keys.part_volatility.take());
    let (returned, correlation) = (keys.part_return.take(), keys.part_correlation.take());
    let Some(mix) = mix else {
        for key in OF_PARTS {
            if reader.says(key) {
                let fault = Diagnostic::new("income", format!("a `{key}` without a `mix`"))
                    .at(reader.place_of(key), "would have no effect")
                    .write("mix = { equity = 0.6, property = 0.4 }");
                reader.fault(fault);
            }
            reader.forget(key);
        }
        return None;
    };
    for key in OF_WHOLE {
        if reader.says(key) {
            let fault = Diagnostic::new("duplicate", format!("`mix` says what `{key}` says"))
                .at(reader.place_of("mix"), "one of them is too much")
                .and(reader.place_of(key), "said here")
                .note("help", format!("`mix`, or `{key}`"));
            reader.fault(fault);
        }
        reader.forget(key);
    }
    let (Some(volatility), Some(returned), Some(correlation)) = (volatility, returned, correlation)
    else {
        let missing = OF_PARTS.map(|key| (key, reader.says(key)));
        for (key, _) in missing.into_iter().filter(|(_, is_said)| !is_said) {
            let fault = Diagnostic::new("missing", format!("a mix needs a `{key}`")).at(
                reader.place_of("mix"),
                "of parts that the class does not know",
            );
            reader.fault(fault);
        }
        return None;
    };
    let parts = mix.numbers();
    let total: f64 = parts.iter().sum();
    if (total - 1.0).abs() > ROUNDING {
        let told = crate::units::plain(total);
        let fault = Diagnostic::new("shares", format!("these parts add up to {told}"))
            .at(reader.place_of("mix"), "not all of the mix, or more")
            .rule("shares of one whole add up to 1");
        reader.fault(fault);
        return None;
    }
    let matrix = correlation.matrix();
    if cholesky(&matrix).is_err() {
        let fault = Diagnostic::new("correlation", "these parts cannot move together so")
            .at(
                reader.place_of("part_correlation"),
                "no correlations of five things",
            )
            .note("help", "correlations nearer to 0");
        reader.fault(fault);
        return None;
    }
    let weighted = parts.iter().zip(returned.numbers());
    let whole = weighted.map(|(part, of_part)| part * of_part).sum();
    keys.mix_return = AnnualRate::new(whole).ok();
    Volatility::new(whole_volatility(parts, volatility.numbers(), &matrix)).ok()
}

/// Volatility of what is put together anew every month.
fn whole_volatility(parts: [f64; 5], volatility: [f64; 5], correlation: &Matrix) -> f64 {
    let mut variance = 0.0;
    for row in 0..5 {
        for column in 0..5 {
            let together = correlation.get(row, column) * volatility[row] * volatility[column];
            variance += parts[row] * parts[column] * expm1(together / STEPS_PER_YEAR);
        }
    }
    (STEPS_PER_YEAR * ln_1p(variance)).sqrt()
}
