//! The same bits at every SIMD level.

use super::stream;
use std::hash::{DefaultHasher, Hash, Hasher};
use tailwheel::math::elementary::{exp, exp_moderate, expm1, ln, ln_1p};
use tailwheel::math::normal::cdf;
use tailwheel::math::student::NormalScore;
use tailwheel::random::discrete::CountLaw;
use tailwheel::random::{Address, ChiSquared, LANES, Lanes, ObjectKind, Purpose, Rare};
use tailwheel::stage::{Level, Work};

fn hash_of(row: &Lanes) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.iter().for_each(|x| x.to_bits().hash(&mut hasher));
    hasher.finish()
}

#[inline(always)]
fn hash_after(row: &Lanes, function: impl Fn(f64) -> f64) -> u64 {
    let mut out = Lanes::ZERO;
    for (y, x) in out.iter_mut().zip(row.iter()) {
        *y = function(*x);
    }
    hash_of(&out)
}

/// Everything that a stage may do with a row, hashed month by month.
struct Everything;

impl Work for Everything {
    type Output = Vec<[u64; 12]>;

    #[inline(always)]
    fn run(self) -> Self::Output {
        let score = NormalScore::new(4);
        let counts = CountLaw::poisson(0.7).unwrap();
        let chi = ChiSquared::new(5).unwrap();
        let rare = Rare::new(&Address::new(5, Purpose::Experiment, ObjectKind::World, "levels"));
        let mut stream = stream("levels", 3);
        let (mut words, mut row, mut other) = ([0; LANES], Lanes::ZERO, Lanes::ZERO);
        let mut hashes = Vec::new();
        for month in 0..200 {
            stream.words(&mut words);
            stream.uniforms(&mut row);
            counts.counts(&row, &mut other);
            let xor = words.iter().fold(0, |h, w| h ^ w);
            let of_uniforms = [xor, hash_of(&row), hash_of(&other), hash_after(&row, ln)];
            stream.normals(&mut row);
            let of_normals = [
                hash_of(&row),
                hash_after(
                    &row,
                    #[inline(always)]
                    |z| exp(100.0 * z),
                ),
                hash_after(&row, exp_moderate),
                hash_after(&row, expm1),
                hash_after(
                    &row,
                    #[inline(always)]
                    |z| ln_1p(z * z),
                ),
                hash_after(&row, cdf),
            ];
            chi.mixing(&mut stream, &mut other);
            for (t, mixing) in row.iter_mut().zip(other.iter()) {
                *t *= mixing;
            }
            score.apply_between(std::slice::from_mut(&mut row), &Lanes::splat(1.0), &[1.0]);
            let of_scores = hash_of(&row);
            for (path, z) in row.iter_mut().enumerate() {
                [*z, _] = rare.normal2(path as u64, month, 0);
            }
            let mut all = of_uniforms.into_iter().chain(of_normals).chain([of_scores, hash_of(&row)]);
            hashes.push(std::array::from_fn(|_| all.next().unwrap()));
        }
        hashes
    }
}

#[test]
fn rows_have_the_same_bits_at_every_simd_level() {
    let baseline = Level::BASELINE.run(Everything);
    for level in Level::supported() {
        assert_eq!(level.run(Everything), baseline, "{}", level.name());
    }
}

#[test]
fn the_hash_of_a_row_sees_its_last_bit() {
    let mut row = Lanes::splat(0.1);
    let before = hash_of(&row);
    row[255] = row[255].next_up();
    assert_ne!(before, hash_of(&row));
}
