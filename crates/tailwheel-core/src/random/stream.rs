//! Dense draws: one stream of rows per purpose, name and block of paths.
//!
//! In: an [`Address`] and a block. Out: rows of words, uniforms, normals. Not here: draws that few
//! paths need (`rare`).
//!
//! The generator is xoshiro256++ (Blackman and Vigna 2021) in sixteen interleaved lanes. The initial states
//! are the first 64 words of the ChaCha8 keystream (Bernstein 2008) whose key is seed, purpose, name key and
//! block. Streams of neighboring addresses are therefore unrelated.

use super::address::Address;
use super::box_muller::{normal_pair, open_uniform};
use super::{LANES, Lanes};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Number of interleaved generators: a multiple of the widest vector, so loops vectorize at every SIMD level.
const WIDTH: usize = 16;

/// Random numbers of one address for a block of 256 paths. Every draw for all of them takes [`LANES`] words.
#[derive(Clone, Debug)]
#[repr(C, align(64))]
pub struct Stream {
    state: [[u64; WIDTH]; 4],
}

impl Stream {
    /// Opens the stream of `address` for the 256 paths from number 256·`block` on, at its beginning.
    pub fn open(address: &Address, block: u64) -> Self {
        let mut key = [0; 32];
        let [seed, purpose, name] = address.words();
        let parts = [seed, purpose, name, block];
        for (bytes, part) in key.chunks_exact_mut(8).zip(parts) {
            bytes.copy_from_slice(&part.to_le_bytes());
        }
        let mut keystream = ChaCha8Rng::from_seed(key);
        let mut state = [[0; WIDTH]; 4];
        for word in state.as_flattened_mut() {
            *word = keystream.next_u64();
        }
        Self { state }
    }

    /// Draws 256 uniform 64-bit words.
    #[inline(always)]
    pub fn words(&mut self, out: &mut [u64; LANES]) {
        self.generate(out, |word| word);
    }

    /// Draws 256 uniforms (2k + 1)/2⁵³, k of 52 bits, from 256 words.
    #[inline(always)]
    pub fn uniforms(&mut self, out: &mut Lanes) {
        self.generate(out, open_uniform);
    }

    /// Draws 256 standard normals from 256 words. Word i gives the radius, and word 128 + i the angle, of
    /// normals i and 128 + i.
    #[inline(always)]
    pub fn normals(&mut self, out: &mut Lanes) {
        // the words are stored in the row itself, because a separate buffer would have to be cleared first
        self.generate(out, f64::from_bits);
        let (first, second) = out.split_at_mut(LANES / 2);
        for lane in 0..LANES / 2 {
            (first[lane], second[lane]) = normal_pair(first[lane].to_bits(), second[lane].to_bits());
        }
    }

    /// Steps all generators sixteen times and writes 256 words, converted by `convert`.
    #[inline(always)]
    fn generate<T>(&mut self, out: &mut [T; LANES], convert: impl Fn(u64) -> T) {
        let [mut s0, mut s1, mut s2, mut s3] = self.state;
        for chunk in out.as_chunks_mut::<WIDTH>().0 {
            for l in 0..WIDTH {
                let sum = s0[l].wrapping_add(s3[l]);
                chunk[l] = convert(sum.rotate_left(23).wrapping_add(s0[l]));
                let shifted = s1[l] << 17;
                s2[l] ^= s0[l];
                s3[l] ^= s1[l];
                s1[l] ^= s2[l];
                s0[l] ^= s3[l];
                s2[l] ^= shifted;
                s3[l] = s3[l].rotate_left(45);
            }
        }
        self.state = [s0, s1, s2, s3];
    }
}
