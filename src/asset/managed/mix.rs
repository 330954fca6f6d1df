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
use crate::form::{Diagnostic, Preset, Reader};
use crate::market::STEPS_PER_YEAR;
use crate::math::correlation::{Matrix, cholesky};
use crate::math::elementary::{expm1, ln_1p};
use crate::parameters;
use crate::units::{AnnualRate, CorrelationCoefficient, Fraction, Volatility};

const N_PARTS: usize = 6;

/// A table with a number for each part, of which each has an example of its own: that of another would be no such value.
macro_rules! of_parts {
    ($(#[$meta:meta])* $name:ident: $type:ty, $unit:literal, $preset:expr, $example:literal,
     [$equity:literal, $property:literal, $defi:literal, $crypto:literal, $collectibles:literal, $tokens:literal]) => {
        parameters! {
            $(#[$meta])*
            pub struct $name: $unit = $example {
                /// Of shares of firms, all over the world.
                equity: $type = $preset => $equity,
                /// Of fractions of property.
                property: $type = $preset => $property,
                /// Of pools that pay interest, in tokens.
                defi: $type = $preset => $defi,
                /// Of tokens that pay nothing.
                crypto: $type = $preset => $crypto,
                /// Of collectibles that are traded as tokens.
                collectibles: $type = $preset => $collectibles,
                /// Of tokens that stand for membership of somebody's community.
                community_tokens: Option<$type> = Preset::Absent => $tokens,
            }
        }

        impl $name {
            /// 0 of community tokens of which nothing is said.
            fn numbers(&self) -> [f64; N_PARTS] {
                let Self { equity, property, defi, crypto, collectibles, community_tokens } = self;
                let [equity, property, defi, crypto, collectibles] =
                    [equity, property, defi, crypto, collectibles].map(|part| part.get());
                let community_tokens = community_tokens.map_or(0.0, |part| part.get());
                [equity, property, defi, crypto, collectibles, community_tokens]
            }
        }
    };
}

of_parts! {
    /// How much of a mix each part is.
    Mix: Fraction, "table of parts", Preset::Is("0"), "{ equity = 0.6, property = 0.4 }",
    ["0.4", "0.25", "0.15", "0.1", "0.05", "0.05"]
}
of_parts! {
    /// How much each part swings.
    PartVolatility: Volatility, "table of volatilities", Preset::Required,
    "{ equity = 0.165, property = 0.1, defi = 0.65, crypto = 0.66, collectibles = 1.2, community_tokens = 1.5 }",
    ["0.165", "0.1", "0.65", "0.66", "1.2", "1.5"]
}
of_parts! {
    /// What each part returns.
    PartReturn: AnnualRate, "table of returns", Preset::Required,
    "{ equity = 0.09, property = 0.058, defi = 0.05, crypto = 0, collectibles = 0, community_tokens = -0.375 }",
    ["0.09", "0.058", "0.05", "0", "0", "-0.375"]
}

parameters! {
    /// How two parts move together.
    pub struct PartCorrelation: "table of correlations" =
        "{ equity_property = 0.35, equity_defi = 0.25, equity_crypto = 0.3, equity_collectibles = 0.15, property_defi = 0.1, property_crypto = 0.1, property_collectibles = 0.05, defi_crypto = 0.75, defi_collectibles = 0.4, crypto_collectibles = 0.5, equity_community_tokens = 0.2, property_community_tokens = 0.05, defi_community_tokens = 0.55, crypto_community_tokens = 0.55, collectibles_community_tokens = 0.4 }" {
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
        /// Of shares and community tokens.
        equity_community_tokens: Option<CorrelationCoefficient> = Preset::Absent => "0.2",
        /// Of property and community tokens.
        property_community_tokens: Option<CorrelationCoefficient> = Preset::Absent => "0.05",
        /// Of pools and community tokens.
        defi_community_tokens: Option<CorrelationCoefficient> = Preset::Absent => "0.55",
        /// Of tokens and community tokens.
        crypto_community_tokens: Option<CorrelationCoefficient> = Preset::Absent => "0.55",
        /// Of collectibles and community tokens.
        collectibles_community_tokens: Option<CorrelationCoefficient> = Preset::Absent => "0.4",
    }
}

impl PartCorrelation {
    /// Of community tokens with the others.
    fn community(&self) -> [Option<CorrelationCoefficient>; N_PARTS - 1] {
        [
            self.equity_community_tokens,
            self.property_community_tokens,
            self.defi_community_tokens,
            self.crypto_community_tokens,
            self.collectibles_community_tokens,
        ]
    }

    /// With community tokens of which nothing is said nothing moves.
    fn matrix(&self) -> Matrix {
        let others = [
            self.equity_property,
            self.equity_defi,
            self.property_defi,
            self.equity_crypto,
            self.property_crypto,
            self.defi_crypto,
            self.equity_collectibles,
            self.property_collectibles,
            self.defi_collectibles,
            self.crypto_collectibles,
        ];
        let said = |pair: Option<CorrelationCoefficient>| pair.map_or(0.0, |pair| pair.get());
        let community = self.community().map(said);
        Matrix::from_fn(N_PARTS, |row, column| {
            let (first, second) = (row.min(column), row.max(column));
            match (first == second, second == N_PARTS - 1) {
                (true, _) => 1.0,
                (false, true) => community[first],
                (false, false) => others[second * (second - 1) / 2 + first].get(),
            }
        })
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
                    .at(reader.place_of(key), "has no effect here");
                // beside what says the whole a mix would say it twice
                reader.fault(match OF_WHOLE.iter().any(|key| reader.says(key)) {
                    true => fault.note("help", reader.without(key)),
                    false => fault.write("mix = { equity = 0.6, property = 0.4 }"),
                });
            }
            reader.forget(key);
        }
        return None;
    };
    for key in OF_WHOLE {
        if reader.says(key) {
            let fault = Diagnostic::new("duplicate", format!("`mix` says what `{key}` says"))
                .at(reader.place_of("mix"), "one of them must go")
                .and(reader.place_of(key), "also set here")
                .note("help", format!("`mix`, or `{key}`"));
            reader.fault(fault);
        }
        reader.forget(key);
    }
    let (Some(volatility), Some(returned), Some(correlation)) = (volatility, returned, correlation)
    else {
        let missing = OF_PARTS.map(|key| (key, reader.says(key)));
        for (key, _) in missing.into_iter().filter(|(_, is_said)| !is_said) {
            let fault = Diagnostic::new("missing", format!("a mix needs a `{key}`"))
                .at(reader.place_of("mix"), "of parts that the class does not know");
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
    let told = [
        volatility.community_tokens.is_some(),
        returned.community_tokens.is_some(),
        correlation.community().iter().all(Option::is_some),
    ];
    if parts[N_PARTS - 1] > 0.0 && told.contains(&false) {
        lacks_community_tokens(told, reader);
        return None;
    }
    let matrix = correlation.matrix();
    if cholesky(&matrix).is_err() {
        let fault = Diagnostic::new("correlation", "these parts cannot move together so")
            .at(reader.place_of("part_correlation"), "no correlations that things can have")
            .note("help", "correlations nearer to 0");
        reader.fault(fault);
        return None;
    }
    let weighted = parts.iter().zip(returned.numbers());
    let whole = weighted.map(|(part, of_part)| part * of_part).sum();
    keys.mix_return = AnnualRate::new(whole).ok();
    Volatility::new(whole_volatility(parts, volatility.numbers(), &matrix)).ok()
}

/// The tables were written before the mix held community tokens: those of the class tell of them.
fn lacks_community_tokens(told: [bool; 3], reader: &mut Reader<'_>) {
    for (key, _) in OF_PARTS.iter().zip(told).filter(|(_, is_told)| !is_told) {
        let message = format!("`{key}` does not say all of community tokens");
        let fault = Diagnostic::new("missing", message)
            .at(reader.place_of(key), "not of all that is in the mix")
            .and(reader.place_of("mix"), "which holds them")
            .note(
                "help",
                format!("its keys with `community_tokens`, or no `{key}`: the class knows one"),
            );
        reader.fault(fault);
    }
}

/// Volatility of what is put together anew every month.
fn whole_volatility(
    parts: [f64; N_PARTS],
    volatility: [f64; N_PARTS],
    correlation: &Matrix,
) -> f64 {
    let mut variance = 0.0;
    for row in 0..N_PARTS {
        for column in 0..N_PARTS {
            let together = correlation.get(row, column) * volatility[row] * volatility[column];
            variance += parts[row] * parts[column] * expm1(together / STEPS_PER_YEAR);
        }
    }
    (STEPS_PER_YEAR * ln_1p(variance)).sqrt()
}
