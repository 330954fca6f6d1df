//! The same bits at every SIMD level.

use super::stream;
use std::hash::{DefaultHasher, Hash, Hasher};
use tailwheel::math::elementary::{exp, exp_moderate, expm1, ln, ln_1p};
use tailwheel::math::normal::cdf;
use tailwheel::math::student::NormalScore;
use tailwheel::random::discrete::Counts;
use tailwheel::random::{Address, ChiSquared, LANES, Lanes, ObjectKind, Purpose, Rare};

/// Work written once, compiled for every level.
pub trait Work {
    fn run(&mut self);
}

#[derive(Clone, Copy, Debug)]
pub enum Level {
    Baseline,
    Avx2,
    Avx512,
}

#[target_feature(enable = "avx2,fma,bmi2")]
fn at_avx2(work: &mut impl Work) {
    work.run();
}

#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi2")]
fn at_avx512(work: &mut impl Work) {
    work.run();
}

impl Level {
    pub const ALL: [Self; 3] = [Self::Baseline, Self::Avx2, Self::Avx512];

    pub fn is_available(self) -> bool {
        match self {
            Self::Baseline => true,
            Self::Avx2 => {
                is_x86_feature_detected!("avx2")
                    && is_x86_feature_detected!("fma")
                    && is_x86_feature_detected!("bmi2")
            }
            Self::Avx512 => {
                Self::Avx2.is_available()
                    && is_x86_feature_detected!("avx512f")
                    && is_x86_feature_detected!("avx512dq")
                    && is_x86_feature_detected!("avx512vl")
                    && is_x86_feature_detected!("avx512bw")
            }
        }
    }

    pub fn best() -> Self {
        Self::ALL.into_iter().rev().find(|level| level.is_available()).unwrap()
    }

    pub fn run(self, work: &mut impl Work) {
        assert!(self.is_available(), "{self:?}");
        match self {
            Self::Baseline => work.run(),
            // SAFETY: the CPU has the features, as asserted above.
            Self::Avx2 => unsafe { at_avx2(work) },
            Self::Avx512 => unsafe { at_avx512(work) },
        }
    }
}

/// Everything that a stage may do with a row, hashed.
struct Everything {
    hashes: Vec<(&'static str, u64)>,
}

fn hash_of(row: &Lanes) -> u64 {
    let mut hasher = DefaultHasher::new();
    row.iter().for_each(|x| x.to_bits().hash(&mut hasher));
    hasher.finish()
}

impl Everything {
    #[inline(always)]
    fn map(&mut self, name: &'static str, row: &Lanes, function: impl Fn(f64) -> f64) {
        let mut out = Lanes::ZERO;
        for (y, x) in out.iter_mut().zip(row.iter()) {
            *y = function(*x);
        }
        self.hashes.push((name, hash_of(&out)));
    }
}

impl Work for Everything {
    #[inline(always)]
    fn run(&mut self) {
        let score = NormalScore::new(4);
        let counts = Counts::poisson(0.7).unwrap();
        let chi = ChiSquared::new(5).unwrap();
        let rare = Rare::new(&Address::new(5, Purpose::Experiment, ObjectKind::World, "levels"));
        let mut stream = stream("levels", 3);
        let (mut words, mut row, mut other) = ([0; LANES], Lanes::ZERO, Lanes::ZERO);
        for month in 0..200 {
            stream.words(&mut words);
            self.hashes.push(("words", words.iter().fold(0, |h, w| h ^ w)));
            stream.uniforms(&mut row);
            self.hashes.push(("uniforms", hash_of(&row)));
            counts.counts(&row, &mut other);
            self.hashes.push(("counts", hash_of(&other)));
            self.map("ln", &row, ln);
            stream.normals(&mut row);
            self.hashes.push(("normals", hash_of(&row)));
            self.map(
                "exp",
                &row,
                #[inline(always)]
                |z| exp(100.0 * z),
            );
            self.map("exp_moderate", &row, exp_moderate);
            self.map("expm1", &row, expm1);
            self.map(
                "ln_1p",
                &row,
                #[inline(always)]
                |z| ln_1p(z * z),
            );
            self.map("cdf", &row, cdf);
            chi.mixing(&mut stream, &mut other);
            for (t, mixing) in row.iter_mut().zip(other.iter()) {
                *t *= mixing;
            }
            score.apply_between(std::slice::from_mut(&mut row), &Lanes::splat(1.0), &[1.0]);
            self.hashes.push(("score", hash_of(&row)));
            for (path, z) in row.iter_mut().enumerate() {
                [*z, _] = rare.normal2(path as u64, month, 0);
            }
            self.hashes.push(("rare", hash_of(&row)));
        }
    }
}

fn hashes_at(level: Level) -> Vec<(&'static str, u64)> {
    let mut everything = Everything { hashes: vec![] };
    level.run(&mut everything);
    everything.hashes
}

#[test]
fn rows_have_the_same_bits_at_every_simd_level() {
    let baseline = hashes_at(Level::Baseline);
    assert_eq!(baseline.len(), 200 * 12);
    for level in Level::ALL.into_iter().filter(|level| level.is_available()) {
        for (ours, theirs) in hashes_at(level).iter().zip(&baseline) {
            assert_eq!(ours, theirs, "{level:?}");
        }
    }
}

#[test]
fn the_hash_of_a_row_sees_its_last_bit() {
    let mut row = Lanes::splat(0.1);
    let before = hash_of(&row);
    row[255] = row[255].next_up();
    assert_ne!(before, hash_of(&row));
}
