//! Draws that only few paths need, addressed one by one.
//!
//! In: an [`Address`], then path, month and index. Out: words, uniforms, normals. Not here: draws
//! that every path needs every month (`stream`).
//!
//! The generator is Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2,
//! 3", 2011): a bijection of the 128-bit counter, keyed by the address. It has no state, so a draw costs the
//! same in any order and does not affect other draws.

use super::address::Address;
use super::box_muller::{normal_pair, open_uniform, short_uniform};

const ROUNDS: usize = 10;
/// Number of counters that Philox encrypts at once: the 64-bit lanes of the widest vectors.
const COUNTERS: usize = 8;
/// Number of 16-bit halves that one group of counters yields.
const GROUP: usize = 8 * COUNTERS;
/// First counter index that is used for lower halves of words; upper halves use smaller indices.
const LOWER_HALVES: u32 = 1 << 31;
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
/// Numbers added to the two words of the key in each Philox round: golden ratio and √3 − 1 in 32 bits.
const WEYL: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];

/// Generator of the random numbers of one address, for any path, month and index.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rare {
    key: [u32; 2],
}

impl Rare {
    /// Returns the generator of `address`.
    pub fn new(address: &Address) -> Self {
        let [seed, purpose, name] = address.words();
        let key = mix(mix(mix(seed) ^ purpose) ^ name);
        Self { key: [key as u32, (key >> 32) as u32] }
    }

    /// Returns four uniform 32-bit words at (path, month, index).
    #[inline(always)]
    pub fn words(&self, path: u64, month: u32, index: u32) -> [u32; 4] {
        philox([path as u32, (path >> 32) as u32, month, index], self.key)
    }

    /// Returns two uniforms (2k + 1)/2⁵³ at (path, month, index).
    #[inline(always)]
    pub fn uniform2(&self, path: u64, month: u32, index: u32) -> [f64; 2] {
        let [first, second] = self.long_words(path, month, index);
        [open_uniform(first), open_uniform(second)]
    }

    /// Fills `out` with the upper 16 bits of as many 32-bit words at (path, month), eight to a counter. It
    /// serves draws that need many words but seldom all their bits.
    ///
    /// Element 64i + 16w + 8h + l is half h (0 the lower) of word w at index 8i + l, so that whole vectors
    /// are stored.
    #[inline(always)]
    pub fn upper_halves(&self, path: u64, month: u32, out: &mut [u16]) {
        // the copy of the key and the separate row per group let the compiler vectorize: a store cannot
        // change the key
        let of = *self;
        let (groups, rest) = out.as_chunks_mut::<GROUP>();
        for (index, group) in groups.iter_mut().enumerate() {
            *group = of.group(path, month, (index * COUNTERS) as u32);
        }
        if !rest.is_empty() {
            let first = (groups.len() * COUNTERS) as u32;
            rest.copy_from_slice(&of.group(path, month, first)[..rest.len()]);
        }
    }

    #[inline(always)]
    fn group(self, path: u64, month: u32, first: u32) -> [u16; GROUP] {
        let mut halves = [0; GROUP];
        let (vectors, _) = halves.as_chunks_mut::<COUNTERS>();
        for lane in 0..COUNTERS {
            let words = self.words(path, month, first + lane as u32);
            for (index, pair) in vectors.as_chunks_mut::<2>().0.iter_mut().enumerate() {
                pair[0][lane] = words[index] as u16;
                pair[1][lane] = (words[index] >> 16) as u16;
            }
        }
        halves
    }

    /// Returns the lower 16 bits of word `element`, whose upper bits [`Self::upper_halves`] wrote.
    #[inline]
    pub fn lower_half(&self, path: u64, month: u32, element: u32) -> u16 {
        let words = self.words(path, month, LOWER_HALVES | (element / 8));
        let word = words[(element / 2 % 4) as usize];
        (word >> (16 * (element % 2))) as u16
    }

    /// Fills `out` with uniforms (2k + 1)/2³³ at (path, month); k combines [`Self::upper_halves`] and
    /// [`Self::lower_half`].
    pub fn uniforms(&self, path: u64, month: u32, out: &mut [f64]) {
        let mut upper = vec![0; out.len()];
        self.upper_halves(path, month, &mut upper);
        for ((element, upper), uniform) in (0..).zip(upper).zip(out) {
            let lower = self.lower_half(path, month, element);
            *uniform = short_uniform(u32::from(upper) << 16 | u32::from(lower));
        }
    }

    /// Returns two independent standard normals at (path, month, index).
    #[inline(always)]
    pub fn normal2(&self, path: u64, month: u32, index: u32) -> [f64; 2] {
        let [radius_word, angle_word] = self.long_words(path, month, index);
        normal_pair(radius_word, angle_word).into()
    }

    #[inline(always)]
    fn long_words(&self, path: u64, month: u32, index: u32) -> [u64; 2] {
        let [a, b, c, d] = self.words(path, month, index);
        let [a, b, c, d] = [u64::from(a), u64::from(b), u64::from(c), u64::from(d)];
        [a | b << 32, c | d << 32]
    }
}

/// Philox4x32 with ten rounds: a keyed bijection of the counter.
#[inline(always)]
pub fn philox(counter: [u32; 4], mut key: [u32; 2]) -> [u32; 4] {
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

/// Mixes 64 bits by a bijection in which each input bit changes half of the output bits: the finalizer of
/// SplitMix64 (Steele, Lea and Flood 2014) after its Weyl step.
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
        assert_eq!(philox([0; 4], [0; 2]), [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]);
        assert_eq!(
            philox([u32::MAX; 4], [u32::MAX; 2]),
            [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd]
        );
        assert_eq!(
            philox([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], [0xa409_3822, 0x299f_31d0]),
            [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1]
        );
    }
}
