//! Checks of the random generators against other implementations and published results, and of normal pairs.
//!
//! In: the number of pairs. Out: checks. Not here: the laws of the draws (`samplers`).

use super::check::{Check, Scope, mean};
use crate::random::{Address, LANES, Lanes, ObjectKind, Purpose, Stream, philox};
use rand::rngs::Xoshiro256PlusPlus;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Number of checks of the random generators.
pub(super) const COUNT: usize = 4;
const SUBJECT: &str = "generators";
/// Number of generators xoshiro256++ that one stream of random numbers interleaves.
const WIDTH: usize = 16;

/// Checks the random words of both generators (xoshiro256++ and Philox), then pairs of normal numbers. Each check
/// is passed to `take`.
pub(super) fn check(scope: Scope, take: &mut dyn FnMut(Check)) {
    let address = Address::new(20_270_101, Purpose::Experiment, ObjectKind::World, "generators");
    take(exact("words of rows that differ from xoshiro256++ of rand", differing_words(&address) as f64));
    let is_other = |answer: &&Vector| philox(answer.counter, answer.key) != answer.output;
    let differing = ANSWERS.iter().filter(is_other).count();
    take(exact("published answers of Philox4x32-10 that differ", differing as f64));
    pairs(&address, scope.pick(1 << 8, 1 << 12), take);
}

fn exact(figure: &str, differing: f64) -> Check {
    Check::exact(SUBJECT, figure, 0.0, differing, 0.5)
}

/// Counts the first 256 random words of a stream that differ from 16 generators of the crate `rand`, seeded
/// from one ChaCha8 keystream.
fn differing_words(address: &Address) -> usize {
    let mut key = [0; 32];
    let [seed, purpose, name] = address.words();
    for (bytes, part) in key.chunks_exact_mut(8).zip([seed, purpose, name, 0]) {
        bytes.copy_from_slice(&part.to_le_bytes());
    }
    let mut keystream = ChaCha8Rng::from_seed(key);
    let mut seeds = [[0; 32]; WIDTH];
    for word in 0..4 {
        for seed in &mut seeds {
            seed[8 * word..8 * (word + 1)].copy_from_slice(&keystream.next_u64().to_le_bytes());
        }
    }
    let mut generators = seeds.map(Xoshiro256PlusPlus::from_seed);
    let mut words = [0; LANES];
    Stream::open(address, 0).words(&mut words);
    let theirs = (0..LANES).map(|lane| generators[lane % WIDTH].next_u64());
    words.iter().zip(theirs).filter(|(ours, theirs)| **ours != *theirs).count()
}

/// Published output of the generator Philox4x32-10 for one counter and key.
struct Vector {
    counter: [u32; 4],
    key: [u32; 2],
    output: [u32; 4],
}

/// Test vectors published with Random123 by the authors of the generator.
const ANSWERS: [Vector; 3] = [
    Vector { counter: [0; 4], key: [0; 2], output: [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8] },
    Vector {
        counter: [u32::MAX; 4],
        key: [u32::MAX; 2],
        output: [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd],
    },
    Vector {
        counter: [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344],
        key: [0xa409_3822, 0x299f_31d0],
        output: [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1],
    },
];

/// Checks that the two normal numbers that are drawn as a pair have equal variance and no correlation.
fn pairs(address: &Address, n_rows: usize, take: &mut dyn FnMut(Check)) {
    let mut stream = Stream::open(address, 1);
    let mut row = Lanes::ZERO;
    let mut pairs = Vec::with_capacity(n_rows * LANES / 2);
    for _ in 0..n_rows {
        stream.normals(&mut row);
        let (first, second) = row.split_at(LANES / 2);
        pairs.extend(first.iter().copied().zip(second.iter().copied()));
    }
    let apart = mean(pairs.iter().map(|(a, b)| a * a - b * b));
    take(Check::sampled(SUBJECT, "difference of the squares of a pair of normals", 0.0, apart));
    let product = mean(pairs.iter().map(|(a, b)| a * b));
    take(Check::sampled(SUBJECT, "product of a pair of normals", 0.0, product));
}
