//! One number per path of a block: the unit in which everything on a path is stored and computed.
//!
//! In: nothing. Out: [`Lanes`], a cache-line-aligned row. Not here: what a row means.

use std::ops::{AddAssign, Deref, DerefMut, DivAssign, MulAssign, SubAssign};

/// Paths of a block. Part of the value contract: a block owns its random streams.
pub const LANES: usize = 256;

/// A row: one `f64` for each of the [`LANES`] paths of a block, aligned so that no vector load
/// straddles a cache line.
#[derive(Clone, Copy, Debug, PartialEq)]
#[repr(C, align(64))]
pub struct Lanes(pub [f64; LANES]);

impl Lanes {
    /// A row of zeros.
    pub const ZERO: Self = Self([0.0; LANES]);

    /// A row that holds `value` on every path.
    pub const fn splat(value: f64) -> Self {
        Self([value; LANES])
    }

    /// Of every lane what `of` says. For a few operations, which are done on whole vectors.
    #[inline(always)]
    pub fn of(of: impl Fn(usize) -> f64) -> Self {
        let mut lanes = Self::ZERO;
        lanes.each(|lane, _| of(lane));
        lanes
    }

    /// Makes of the number of every lane what `of` says, as [`Lanes::of`].
    #[inline(always)]
    pub fn each(&mut self, of: impl Fn(usize, f64) -> f64) {
        for lane in 0..LANES {
            self[lane] = of(lane, self[lane]);
        }
    }
}

/// Operations lane by lane, with a row or with one number.
macro_rules! lanewise {
    ($($op:ident, $method:ident: $sign:tt;)*) => {$(
        impl $op<&Self> for Lanes {
            #[inline(always)]
            fn $method(&mut self, other: &Self) {
                for lane in 0..LANES {
                    self[lane] $sign other[lane];
                }
            }
        }

        impl $op<f64> for Lanes {
            #[inline(always)]
            fn $method(&mut self, other: f64) {
                for lane in 0..LANES {
                    self[lane] $sign other;
                }
            }
        }
    )*};
}

lanewise! {
    AddAssign, add_assign: +=;
    SubAssign, sub_assign: -=;
    MulAssign, mul_assign: *=;
    DivAssign, div_assign: /=;
}

/// Paths that are solved for together where each takes its own number of rounds: two of the widest vectors.
pub const WIDE: usize = 16;

/// One number for each of them.
pub type Wide = [f64; WIDE];

impl Default for Lanes {
    fn default() -> Self {
        Self::ZERO
    }
}

impl Deref for Lanes {
    type Target = [f64; LANES];

    #[inline(always)]
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl DerefMut for Lanes {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

/// The lesser of two numbers; of a pair that cannot be compared the second. One instruction, where
/// `f64::min` also looks for what is not a number.
#[inline(always)]
pub fn lesser(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// The greater of two numbers; of a pair that cannot be compared the second.
#[inline(always)]
pub fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// [`greater`] of `other`, which may be no number, and what is kept, which is one and not -0, for a row that is
/// raised where it stands: of `greater` compilers make stores under a mask, which take AMD's processors many
/// times as long.
#[inline(always)]
pub fn raised(kept: f64, other: f64) -> f64 {
    kept.max(other)
}
