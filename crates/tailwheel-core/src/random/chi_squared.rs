//! χ² with whole degrees of freedom from a fixed number of draws, for the mixing variable of a t copula.
//!
//! In: a [`Stream`]. Out: rows of χ²_ν, or of √(ν/χ²_ν). Not here: the copula.
//!
//! −2 ln u is χ² with two degrees of freedom. ν degrees cost ⌊ν/2⌋ uniforms and one logarithm of their
//! product; an odd degree adds the square of a normal (Devroye 1986, IX.3). There is no rejection, so every
//! row takes the same number of words.

use super::Stream;
use crate::math::Lanes;
use crate::math::elementary::neg_ln_open;

/// Maximum degrees of freedom: up to here the product of uniforms that makes a draw does not underflow.
pub const DOF_MAX: u32 = 38;

/// Sampler of the χ² law with ν degrees of freedom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChiSquared {
    dof: u32,
}

impl ChiSquared {
    /// Sampler with `dof` degrees of freedom in 1 … 38; `None` outside.
    pub fn new(dof: u32) -> Option<Self> {
        (1..=DOF_MAX).contains(&dof).then_some(Self { dof })
    }

    /// Draws χ²_ν on each of 256 paths from ⌈ν/2⌉ words a path: first the uniforms, then, for odd ν, a normal.
    #[inline(always)]
    pub fn draw(self, stream: &mut Stream, out: &mut Lanes) {
        let mut row = Lanes::ZERO;
        let mut product = Lanes::splat(1.0);
        for _ in 0..self.dof / 2 {
            stream.uniforms(&mut row);
            product *= &row;
        }
        let odd = !self.dof.is_multiple_of(2);
        if odd {
            stream.normals(&mut row);
        }
        let weight = if odd { 1.0 } else { 0.0 };
        let some = if self.dof > 1 { 2.0 } else { 0.0 };
        // open uniforms are at most 1 − 2⁻⁵³, so no product of two or more rounds to 1
        out.each(|lane, _| (weight * row[lane]).mul_add(row[lane], some * neg_ln_open(product[lane])));
    }

    /// Draws the mixing variable √(ν/χ²_ν) on each path; multiplied by a standard normal it is t_ν.
    #[inline(always)]
    pub fn mixing(self, stream: &mut Stream, out: &mut Lanes) {
        self.draw(stream, out);
        let dof = f64::from(self.dof);
        for chi in out.iter_mut() {
            *chi = (dof / *chi).sqrt();
        }
    }
}
