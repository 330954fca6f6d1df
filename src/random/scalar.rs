//! A stream seen one word at a time, as the `rand` crates expect a generator.
//!
//! In: a [`Stream`]. Out: a generator for `rand` and `rand_distr`. Not here: anything that path
//! code uses; rejection samplers consume a number of words that nobody can foresee.

use super::{LANES, Stream};
use rand::TryRng;
use std::convert::Infallible;

/// The words of a stream in the order in which [`Stream::words`] writes them.
#[derive(Clone, Debug)]
pub struct Scalar {
    stream: Stream,
    words: [u64; LANES],
    next: usize,
}

impl Scalar {
    /// Reads `stream` from where it stands.
    pub fn new(stream: Stream) -> Self {
        Self {
            stream,
            words: [0; LANES],
            next: LANES,
        }
    }

    fn next_word(&mut self) -> u64 {
        if self.next == LANES {
            self.stream.words(&mut self.words);
            self.next = 0;
        }
        let word = self.words[self.next];
        self.next += 1;
        word
    }
}

impl TryRng for Scalar {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok((self.next_word() >> 32) as u32)
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(self.next_word())
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            chunk.copy_from_slice(&self.next_word().to_le_bytes()[..chunk.len()]);
        }
        Ok(())
    }
}
