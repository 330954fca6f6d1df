//! Exact sum of doubles: order, splitting and cancellation change no bit.
//!
//! In: finite doubles of any magnitude. Out: their sum, rounded once. Not here: means and their
//! errors (`stats`).

use serde::{Deserialize, Serialize};

/// Number of limbs of the accumulator, each of 32 bits. Bit 0 of limb 0 weighs 2^−1075, so mantissas of the largest
/// doubles begin in limb 63. Two more take their upper bits, and the last takes the carries of 2^63 summands.
const LIMBS: usize = 68;

/// Number of additions before carries must move: each changes an i64 limb by less than 2^32.
const ADDITIONS_BEFORE_CARRY: u32 = 1 << 30;

const MANTISSA_BITS: u32 = 52;
const FRACTION: u64 = (1 << MANTISSA_BITS) - 1;

/// Value of the exponent field in infinities and NaN.
const NON_FINITE: usize = 0x7ff;

/// Number of mantissas that an i64 can add up without overflow.
const LONGEST_RUN: u32 = 512;

/// Number of bits in the lower half of added mantissas, as [`Sum::of_many`] splits them.
const HALF_BITS: u32 = 40;

/// Exact accumulator: a fixed-point number that spans every finite double.
///
/// Adding is exact, so the value depends on the summands alone and not on their order. [`Sum::value`] rounds
/// once, to nearest, ties to even. It takes about 3 ns per summand, 1 ns in sorted rows, and up to 2^63
/// summands. A summand that is not finite makes the value NaN. Source: R. M. Neal, *Fast exact summation
/// using small and large superaccumulators*, arXiv:1505.05571 (2015).
///
/// Equal sums are serialized alike, however they were computed.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(into = "Vec<i64>", try_from = "Vec<i64>")]
pub struct Sum {
    limbs: [i64; LIMBS],
    additions: u32,
    saw_non_finite: bool,
}

impl Default for Sum {
    fn default() -> Self {
        Self { limbs: [0; LIMBS], additions: 0, saw_non_finite: false }
    }
}

impl Sum {
    /// Creates an empty sum, zero.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds `value` to the exact sum.
    #[inline]
    pub fn add(&mut self, value: f64) {
        let (exponent, mantissa) = parts(value);
        self.add_mantissas(exponent, mantissa);
    }

    /// Adds `mantissas`, a sum of mantissas with the same biased exponent; its absolute value is below 2^63.
    #[inline]
    fn add_mantissas(&mut self, exponent: usize, mantissas: i64) {
        if exponent == NON_FINITE {
            self.saw_non_finite = true;
            return;
        }
        // a subnormal has the weight of exponent 1
        self.add_at(exponent.max(1), mantissas);
    }

    /// Adds a sum of mantissas whose lowest bit is at bit `position` of the accumulator.
    #[inline]
    fn add_at(&mut self, position: usize, mantissas: i64) {
        let spread = u128::from(mantissas.unsigned_abs()) << (position % 32);
        let sign = mantissas.signum();
        let limb = position / 32;
        self.limbs[limb] += sign * i64::from(spread as u32);
        self.limbs[limb + 1] += sign * i64::from((spread >> 32) as u32);
        self.limbs[limb + 2] += sign * i64::from((spread >> 64) as u32);
        self.additions += 1;
        if self.additions == ADDITIONS_BEFORE_CARRY {
            self.carry();
        }
    }

    /// Sums many values in any order. Values with equal exponent are first added together, at half the cost
    /// of [`Sum::add`].
    pub fn of_many(values: impl IntoIterator<Item = f64>) -> Self {
        let mut mantissas = vec![0_i128; NON_FINITE + 1];
        let mut greatest = 0;
        for value in values {
            let (exponent, mantissa) = parts(value);
            greatest = greatest.max(exponent);
            mantissas[exponent & NON_FINITE] += i128::from(mantissa);
        }
        let mut sum = Self::new();
        sum.saw_non_finite = greatest == NON_FINITE;
        for (exponent, mantissas) in mantissas[..NON_FINITE].iter().enumerate() {
            if *mantissas != 0 {
                let position = exponent.max(1);
                let low = mantissas & ((1 << HALF_BITS) - 1);
                sum.add_at(position, low as i64);
                let high = (mantissas >> HALF_BITS) as i64;
                sum.add_at(position + HALF_BITS as usize, high);
            }
        }
        sum
    }

    /// Adds all summands of another sum.
    pub fn merge(&mut self, other: &Self) {
        self.carry();
        let mut other = other.clone();
        other.carry();
        for (limb, added) in self.limbs.iter_mut().zip(other.limbs) {
            *limb += added;
        }
        self.carry();
        self.saw_non_finite |= other.saw_non_finite;
    }

    /// Returns the correctly rounded sum; infinite beyond the range of doubles, NaN if a summand was not
    /// finite. An exact zero is +0.
    pub fn value(&self) -> f64 {
        if self.saw_non_finite {
            return f64::NAN;
        }
        let mut exact = self.clone();
        exact.carry();
        let is_negative = exact.limbs[LIMBS - 1] < 0;
        if is_negative {
            exact.negate();
        }
        let magnitude = rounded(&exact.limbs);
        if is_negative { -magnitude } else { magnitude }
    }

    fn negate(&mut self) {
        self.limbs.iter_mut().for_each(|limb| *limb = -*limb);
        self.carry();
    }

    /// Moves carries up until every limb but the last lies in [0, 2^32): the unique representation.
    fn carry(&mut self) {
        let mut carried = 0;
        for limb in &mut self.limbs[..LIMBS - 1] {
            let full = *limb + carried;
            *limb = full & 0xffff_ffff;
            carried = full >> 32;
        }
        self.limbs[LIMBS - 1] += carried;
        self.additions = 0;
    }
}

impl PartialEq for Sum {
    /// True if the exact sums are equal, however they were computed.
    fn eq(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self.clone(), other.clone());
        a.carry();
        b.carry();
        a.limbs == b.limbs && a.saw_non_finite == b.saw_non_finite
    }
}

impl From<Sum> for Vec<i64> {
    /// Returns the 32-bit limbs of the sum after carrying, lowest first; an empty list if a summand was not finite.
    fn from(mut sum: Sum) -> Self {
        sum.carry();
        let limbs = if sum.saw_non_finite { 0 } else { LIMBS };
        sum.limbs[..limbs].to_vec()
    }
}

impl TryFrom<Vec<i64>> for Sum {
    type Error = &'static str;

    fn try_from(carried: Vec<i64>) -> Result<Self, Self::Error> {
        let mut sum = Self::new();
        if carried.is_empty() {
            sum.saw_non_finite = true;
            return Ok(sum);
        }
        sum.limbs = carried.try_into().map_err(|_| "a sum has other limbs")?;
        let (last, others) = sum.limbs.split_last().expect("there are limbs");
        // no possible number of summands fills the last limb
        let is_carried = others.iter().all(|limb| limb >> 32 == 0) && last.unsigned_abs() >> 62 == 0;
        is_carried.then_some(sum).ok_or("a limb would carry")
    }
}

impl Extend<f64> for Sum {
    /// Adds values, with runs of equal exponent summed in a register: for sorted values a third of the cost
    /// of [`Sum::add`].
    fn extend<I: IntoIterator<Item = f64>>(&mut self, values: I) {
        let (mut run, mut mantissas, mut length) = (0, 0, 0);
        for value in values {
            let (exponent, mantissa) = parts(value);
            if exponent != run || length == LONGEST_RUN {
                self.add_mantissas(run, mantissas);
                (run, mantissas, length) = (exponent, 0, 0);
            }
            mantissas += mantissa;
            length += 1;
        }
        self.add_mantissas(run, mantissas);
    }
}

/// Returns the biased exponent and the signed mantissa of a double, including the leading bit.
#[inline]
fn parts(value: f64) -> (usize, i64) {
    let bits = value.to_bits();
    let exponent = ((bits >> MANTISSA_BITS) & 0x7ff) as usize;
    let implicit = u64::from(exponent != 0) << MANTISSA_BITS;
    let mantissa = (bits & FRACTION | implicit) as i64;
    let sign = bits as i64 >> 63;
    (exponent, (mantissa ^ sign) - sign)
}

impl FromIterator<f64> for Sum {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut sum = Self::new();
        sum.extend(values);
        sum
    }
}

/// Returns the double nearest to a non-negative number in carried limbs.
fn rounded(limbs: &[i64; LIMBS]) -> f64 {
    let Some(top) = limbs.iter().rposition(|limb| *limb != 0) else {
        return 0.0;
    };
    let limb = |index: usize| u128::from(limbs[index] as u64);
    let start = top.saturating_sub(2);
    // the three highest limbs hold at least 65 significant bits, or all there are
    let window = (start..=top).rev().fold(0, |window, index| window << 32 | limb(index));
    let is_inexact_below = limbs[..start].iter().any(|limb| *limb != 0);
    let highest = start as u32 * 32 + 127 - window.leading_zeros();
    // the last bit that the double keeps; subnormals keep none below position 1
    let last = highest.saturating_sub(MANTISSA_BITS).max(1);
    let dropped = last - (start as u32 * 32).min(last);
    let kept = (window >> dropped) as u64;
    let rest = window & ((1 << dropped) - 1);
    let half = if dropped == 0 { 0 } else { 1 << (dropped - 1) };
    let is_above_half = rest > half || rest == half && is_inexact_below;
    let is_tie = rest == half && !is_inexact_below && dropped > 0;
    let up = dropped > 0 && (is_above_half || is_tie && kept & 1 == 1);
    // the leading bit of `kept` raises the exponent field by one, and so does a carry out of it
    let bits = (u64::from(last - 1) << MANTISSA_BITS).saturating_add(kept + u64::from(up));
    f64::from_bits(bits.min(f64::INFINITY.to_bits()))
}

#[cfg(test)]
mod tests;
