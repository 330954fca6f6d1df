//! Quantile function Φ⁻¹ of the standard normal law.
//!
//! In: a probability. Out: the number that a standard normal stays below with this probability. Not here: Φ.

use crate::math::elementary::ln;

/// Coefficients of numerator and denominator of a rational function, highest power first.
struct Rational {
    numerator: [f64; 8],
    denominator: [f64; 8],
}

impl Rational {
    #[inline(always)]
    fn at(&self, x: f64) -> f64 {
        horner(&self.numerator, x) / horner(&self.denominator, x)
    }
}

#[inline(always)]
fn horner(coefficients: &[f64; 8], x: f64) -> f64 {
    coefficients[1..].iter().fold(coefficients[0], |p, c| p.mul_add(x, *c))
}

/// Coefficients of the normal quantile for |p − ½| ≤ 0.425, in 0.425² − (p − ½)². Source, also for the tails:
/// Wichura, algorithm AS 241, Applied Statistics 37 (1988), routine PPND16.
#[expect(clippy::excessive_precision, reason = "as published")]
const CENTRE: Rational = Rational {
    numerator: [
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
        1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080e0,
    ],
    denominator: [
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
        5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1.0,
    ],
};

/// Coefficients of the normal quantile for a tail probability p above e⁻²⁵, in √(−ln p) − 1.6.
#[expect(clippy::excessive_precision, reason = "as published")]
const TAIL: Rational = Rational {
    numerator: [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1,
        1.27045825245236838258e0, 3.64784832476320460504e0, 5.76949722146069140550e0,
        4.63033784615654529590e0, 1.42343711074968357734e0,
    ],
    denominator: [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2,
        1.48103976427480074590e-1, 6.89767334985100004550e-1, 1.67638483018380384940e0,
        2.05319162663775882187e0, 1.0,
    ],
};

/// Coefficients of the normal quantile for a tail probability p below e⁻²⁵ (beyond 6.66 standard deviations), in
/// √(−ln p) − 5.
#[expect(clippy::excessive_precision, reason = "as published")]
const FAR_TAIL: Rational = Rational {
    numerator: [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3,
        2.65321895265761230930e-2, 2.96560571828504891230e-1, 1.78482653991729133580e0,
        5.46378491116411436990e0, 6.65790464350110377720e0,
    ],
    denominator: [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5,
        7.86869131145613259100e-4, 1.48753612908506148525e-2, 1.36929880922735805310e-1,
        5.99832206555887937690e-1, 1.0,
    ],
};

/// Quantile Φ⁻¹(p): −∞ at 0, +∞ at 1, NaN outside [0, 1].
///
/// Relative error ≤ 1e-15 down to p = 1e-300; the upper tail is as accurate as 1 − p can be represented.
#[inline(always)]
pub fn quantile(p: f64) -> f64 {
    let centred = p - 0.5;
    if centred.abs() <= 0.425 {
        return centred * CENTRE.at(centred.mul_add(-centred, 0.180625));
    }
    let tail = if centred < 0.0 { p } else { 1.0 - p };
    if tail == 0.0 {
        return f64::INFINITY.copysign(centred);
    }
    let root = (-ln(tail)).sqrt();
    let magnitude = if root <= 5.0 { TAIL.at(root - 1.6) } else { FAR_TAIL.at(root - 5.0) };
    magnitude.copysign(centred)
}

/// Returns the normal [`quantile`] of several probabilities between 0 and 1, bit for bit, in plain loops.
#[inline(always)]
pub fn quantiles<const N: usize>(p: &[f64; N]) -> [f64; N] {
    let mut scores = [0.0; N];
    for lane in 0..N {
        let centred = p[lane] - 0.5;
        scores[lane] = centred * CENTRE.at(centred.mul_add(-centred, 0.180625));
    }
    let mut is_far = false;
    for lane in 0..N {
        let centred = p[lane] - 0.5;
        let tail = if centred < 0.0 { p[lane] } else { 1.0 - p[lane] };
        let root = (-ln(tail)).sqrt();
        let score = TAIL.at(root - 1.6).copysign(centred);
        scores[lane] = if centred.abs() <= 0.425 { scores[lane] } else { score };
        is_far |= root > 5.0;
    }
    if is_far {
        for lane in 0..N {
            scores[lane] = quantile(p[lane]);
        }
    }
    scores
}
