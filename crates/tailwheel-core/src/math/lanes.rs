//! Rows of one number per path of a block: the unit of storage and computation on paths.
//!
//! In: nothing. Out: [`Lanes`], a cache-line-aligned row. Not here: the meaning of a row.

use std::ops::{AddAssign, Deref, DerefMut, DivAssign, MulAssign, SubAssign};

/// Number of paths in a block. Changing it changes results, because a block owns its random streams.
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

    /// Builds a row by calling `of` with the index of each path in the block. Keep `of` to a few operations, so that
    /// it compiles to vector code.
    #[inline(always)]
    pub fn of(of: impl Fn(usize) -> f64) -> Self {
        let mut lanes = Self::ZERO;
        lanes.each(|lane, _| of(lane));
        lanes
    }

    /// Replaces the number of each path by `of(index, number)`. Keep `of` to a few operations, as in [`Lanes::of`].
    #[inline(always)]
    pub fn each(&mut self, of: impl Fn(usize, f64) -> f64) {
        for lane in 0..LANES {
            self[lane] = of(lane, self[lane]);
        }
    }
}

/// Implements an operator path by path on a row, with a row or with one number as the second operand.
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

/// Turns a closure into one that is always inlined, so that it is compiled for the SIMD level of its caller.
macro_rules! inlined {
    ($($closure:tt)*) => {{
        #[inline(always)]
        $($closure)*
    }};
}
pub(crate) use inlined;

/// Number of paths solved together when each needs its own number of iterations: two of the widest vectors.
pub const WIDE: usize = 16;

/// One number for each of [`WIDE`] paths.
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

/// Returns the lesser of two numbers, or `b` if either is NaN: one instruction, unlike `f64::min`.
#[inline(always)]
pub fn lesser(a: f64, b: f64) -> f64 {
    if a < b { a } else { b }
}

/// Returns the greater of two numbers, or `b` if either is NaN.
#[inline(always)]
pub fn greater(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// Returns the greater of `kept` and `other`; `kept` if `other` is NaN. `kept` must be neither NaN nor −0. Use it
/// to raise numbers in place: there compilers turn [`greater`] into masked stores, which are many times slower
/// on AMD processors.
#[inline(always)]
pub fn raised(kept: f64, other: f64) -> f64 {
    kept.max(other)
}
