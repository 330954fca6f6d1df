//! Draws that few paths need, addressed one by one.
//!
//! In: an [`Address`], then path, month and index. Out: words, uniforms, normals. Not here: draws
//! that every path needs every month (`stream`).
//!
//! The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy
//! as 1, 2, 3", 2011): a bijection of the 128-bit counter, keyed by the address. No state, so a draw
//! costs the same in any order and leaves all others alone.

use super::address::Address;
use super::box_muller::{normal_pair, open_uniform};

const ROUNDS: usize = 10;
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
/// Golden ratio and √3 − 1 in 32 bits: the steps of the key.
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Random numbers of one address for any path, month and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rare {
    key: [u32; 2],
}

impl Rare {
    /// The draws of `address`.
    pub fn new(address: &Address) -> Self {
        let key = mix(mix(mix(address.seed) ^ address.purpose as u64) ^ address.name);
        Self {
            key: [key as u32, (key >> 32) as u32],
        }
    }

    /// Four uniform words at (path, month, index).
    #[inline(always)]
    pub fn words(&self, path: u64, month: u32, index: u32) -> [u32; 4] {
        philox([path as u32, (path >> 32) as u32, month, index], self.key)
    }

    /// Two uniforms (2k + 1)/2⁵³ at (path, month, index).
    #[inline(always)]
    pub fn uniform2(&self, path: u64, month: u32, index: u32) -> [f64; 2] {
        let [first, second] = self.long_words(path, month, index);
        [open_uniform(first), open_uniform(second)]
    }

    /// As many uniforms as `out` holds at (path, month): elements 2i and 2i + 1 are
    /// [`Self::uniform2`] at index i.
    #[inline(always)]
    pub fn uniforms(&self, path: u64, month: u32, out: &mut [f64]) {
        let (pairs, rest) = out.as_chunks_mut::<2>();
        for (index, pair) in (0..).zip(pairs.iter_mut()) {
            *pair = self.uniform2(path, month, index);
        }
        if let [last] = rest {
            [*last, _] = self.uniform2(path, month, pairs.len() as u32);
        }
    }

    /// Two independent standard normals at (path, month, index).
    #[inline(always)]
    pub fn normal2(&self, path: u64, month: u32, index: u32) -> [f64; 2] {
        let [radius_word, angle_word] = self.long_words(path, month, index);
        normal_pair(radius_word, angle_word).into()
    }

    #[inline(always)]
    fn long_words(&self, path: u64, month: u32, index: u32) -> [u64; 2] {
        let [a, b, c, d] = self.words(path, month, index).map(u64::from);
        [a | b << 32, c | d << 32]
    }
}

/// Philox4x32 with ten rounds.
#[inline(always)]
fn philox(counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
    let [mut a, mut b, mut c, mut d] = counter;
    for _ in 0..ROUNDS {
        let first = u64::from(a) * u64::from(MULTIPLIERS[0]);
        let second = u64::from(c) * u64::from(MULTIPLIERS[1]);
        a = (second >> 32) as u32 ^ b ^ key[0];
        b = second as u32;
        c = (first >> 32) as u32 ^ d ^ key[1];
        d = first as u32;
        key = [key[0].wrapping_add(WEYL[0]), key[1].wrapping_add(WEYL[1])];
    }
    [a, b, c, d]
}

/// A bijection of 64 bits in which each input bit changes half of the output bits: the finaliser
/// of SplitMix64 (Steele, Lea and Flood 2014) after its Weyl step.
const fn mix(x: u64) -> u64 {
    let z = x.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::philox;

    /// Known-answer vectors distributed with Random123 by the authors of the generator.
    #[test]
    fn philox_gives_the_published_answers() {
        assert_eq!(
            philox([0; 4], [0; 2]),
            [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        );
        assert_eq!(
            philox([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox(
                [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
                [0xa409_3822, 0x299f_31d0]
            ),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }
}
