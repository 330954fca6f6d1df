//! SIMD level of the code that advances paths. The results have the same bits at every level.
//!
//! In: a CPU, or the name of a level. Out: [`Level`], the only entry into code compiled for more than the
//! baseline CPU. Not here: the code that is run.

use std::fmt;

/// A SIMD level that this CPU supports. No value exists for an unsupported level, which makes entering the
/// compiled code sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(SimdSet);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum SimdSet {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// Error for a level that this CPU lacks, or for an unknown name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsupportedLevel {
    /// Name of the SIMD level as requested by the user.
    pub name: String,
    /// Names of the levels that this CPU supports.
    pub supported: Vec<&'static str>,
}

impl fmt::Display for UnsupportedLevel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "this CPU cannot run at SIMD level `{}`; it can run at {}",
            self.name,
            self.supported.join(", ")
        )
    }
}

impl std::error::Error for UnsupportedLevel {}

/// Code to be compiled once per SIMD level. Implement `run` with `#[inline(always)]`.
pub trait Work {
    /// Type of the result of the work.
    type Output;

    /// Does the work and returns its result.
    fn run(self) -> Self::Output;
}

/// A closure marked `#[inline(always)]` is work too. It is `FnMut`: a call by value would go through a
/// compiler-made function that is not inlined.
impl<T, F: FnMut() -> T> Work for F {
    type Output = T;

    #[inline(always)]
    fn run(mut self) -> T {
        self()
    }
}

impl Level {
    /// Level of every x86-64 CPU. Fused multiply-adds are emulated: correct, but slow.
    pub const BASELINE: Self = Self(SimdSet::Baseline);

    /// Fastest level of this CPU.
    pub fn detect() -> Self {
        *Self::supported().last().expect("the baseline is always supported")
    }

    /// Levels that this CPU supports, slowest first.
    pub fn supported() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut levels = vec![Self::BASELINE];
        #[cfg(target_arch = "x86_64")]
        if has_avx2() {
            levels.push(Self(SimdSet::Avx2));
            if has_avx512() {
                levels.push(Self(SimdSet::Avx512));
            }
        }
        levels
    }

    /// Finds a level by its name: `baseline`, `avx2` or `avx512`.
    ///
    /// # Errors
    ///
    /// If the name is unknown or this CPU lacks the level.
    pub fn named(name: &str) -> Result<Self, UnsupportedLevel> {
        let supported = Self::supported();
        supported.iter().copied().find(|level| level.name() == name).ok_or_else(|| UnsupportedLevel {
            name: name.to_owned(),
            supported: supported.iter().map(|level| level.name()).collect(),
        })
    }

    /// Name of the level, as [`Level::named`] takes it.
    pub const fn name(self) -> &'static str {
        match self.0 {
            SimdSet::Baseline => "baseline",
            #[cfg(target_arch = "x86_64")]
            SimdSet::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            SimdSet::Avx512 => "avx512",
        }
    }

    /// Runs `work` in a version compiled for this level.
    #[allow(unsafe_code)] // the only place
    #[inline(always)]
    pub fn run<W: Work>(self, work: W) -> W::Output {
        match self.0 {
            SimdSet::Baseline => work.run(),
            // SAFETY: a value of these variants is made by `supported` only, after the CPU was
            // found to have every feature that the function enables.
            #[cfg(target_arch = "x86_64")]
            SimdSet::Avx2 => unsafe { run_avx2(work) },
            #[cfg(target_arch = "x86_64")]
            SimdSet::Avx512 => unsafe { run_avx512(work) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2") && is_x86_feature_detected!("fma") && is_x86_feature_detected!("bmi2")
}

#[cfg(target_arch = "x86_64")]
fn has_avx512() -> bool {
    is_x86_feature_detected!("avx512f")
        && is_x86_feature_detected!("avx512dq")
        && is_x86_feature_detected!("avx512vl")
        && is_x86_feature_detected!("avx512bw")
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,fma,bmi2")]
fn run_avx2<W: Work>(work: W) -> W::Output {
    work.run()
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512dq,avx512vl,avx512bw,avx2,fma,bmi2")]
fn run_avx512<W: Work>(work: W) -> W::Output {
    work.run()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_baseline_is_supported_everywhere_and_detection_finds_the_last() {
        assert_eq!(Level::supported()[0], Level::BASELINE);
        assert_eq!(Level::named(Level::detect().name()), Ok(Level::detect()));
    }
}
