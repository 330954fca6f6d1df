//! Severity of a loss event: a share, a range of shares, or a beta distribution.

use crate::form::{Faults, Field, Group, Parameter, Preset, Shape, Unit, Value, read_inline, share_ends};
use crate::math::beta::{Beta, Quantiles};
use crate::parameters;
use crate::stage::Uncertain;
use crate::units::{BetaShape, Fraction, hundredfold};

parameters! {
    /// Shape parameters of a beta distribution.
    pub struct BetaShapes {
        /// First shape of the beta law; the mean is alpha/(alpha + beta).
        alpha: BetaShape = Preset::Required,
        /// Second shape of the beta law.
        beta: BetaShape = Preset::Required => "3",
    }
}

/// Fraction that a loss event takes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Severity {
    /// Every event takes the same fraction.
    Share(f64),
    /// Uniformly distributed between two fractions.
    Between(f64, f64),
    /// Beta distribution with these shape parameters.
    Beta { alpha: BetaShape, beta: BetaShape },
}

impl Severity {
    /// The distribution of the fraction, prepared for drawing.
    pub(super) fn law(self) -> Uncertain {
        match self {
            Self::Share(share) => Uncertain::Known(share),
            Self::Between(low, high) => Uncertain::Uniform { low, high },
            Self::Beta { alpha, beta } => {
                let law = Beta::new(alpha.get(), beta.get()).expect("a shape of a beta law");
                Uncertain::Beta(Box::new(Quantiles::of(law)))
            }
        }
    }

    /// True if the severity is one number.
    pub fn is_fixed(self) -> bool {
        matches!(self, Self::Share(_))
    }
}

impl Default for Severity {
    fn default() -> Self {
        Self::Share(0.0)
    }
}

impl Parameter for Severity {
    const UNIT: Unit = Unit {
        name: "share, range of shares, or shapes of a beta law",
        examples: &["\"100 %\"", "\"30-100 %\"", "{ alpha = 2, beta = 3 }"],
        shape: Shape::AnyOf(&[
            <Fraction as Parameter>::UNIT.shape,
            Shape::Text(r"^.*[0-9].*%\s*$"),
            Shape::List(&<Fraction as Parameter>::UNIT.shape, 2, 2),
            Shape::Table(BetaShapes::FIELDS),
        ]),
    };

    fn read(value: &Value, field: &Field, faults: &mut Faults) -> Option<Self> {
        if value.as_table().is_some() {
            let BetaShapes { alpha, beta } = read_inline(value, field, faults)?;
            return Some(Self::Beta { alpha, beta });
        }
        let (low, high) = share_ends(value, field, faults)?;
        Some(if low < high { Self::Between(low, high) } else { Self::Share(low) })
    }

    fn write(&self) -> Option<Value> {
        Some(match *self {
            Self::Share(share) => Value::text(format!("{} %", hundredfold(share))),
            Self::Between(low, high) => Value::text(format!("{}-{} %", hundredfold(low), hundredfold(high))),
            Self::Beta { alpha, beta } => Value::table(BetaShapes { alpha, beta }.written()),
        })
    }
}
