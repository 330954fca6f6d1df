//! Which vector instructions the path code runs on; the results are the same bits on all of them.
//!
//! In: a CPU, or the name of a level. Out: [`Level`], and the only place where code compiled for
//! more than the baseline is entered. Not here: what is run.

use std::fmt;

/// A SIMD level that this CPU has. It cannot be made for one that it has not: that is what makes
/// entering the compiled code sound.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Level(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Baseline,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

/// A level that this CPU lacks, or a name that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsupportedLevel {
    /// The name asked for.
    pub name: String,
    /// Names that would have worked here.
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

/// Something to be compiled once per level. Implement `run` with `#[inline(always)]`.
pub trait Work {
    /// What comes back.
    type Output;

    /// Does it.
    fn run(self) -> Self::Output;
}

/// A closure is one too, if it is marked `#[inline(always)]`. `FnMut`, because a call by value would go
/// through a function of the compiler's own, which is not inlined.
impl<T, F: FnMut() -> T> Work for F {
    type Output = T;

    #[inline(always)]
    fn run(mut self) -> T {
        self()
    }
}

impl Level {
    /// What every x86-64 CPU has. Fused multiply-adds are emulated there: right, and slow.
    pub const BASELINE: Self = Self(Kind::Baseline);

    /// The best level of this CPU.
    pub fn detect() -> Self {
        *Self::supported().last().expect("the baseline is always supported")
    }

    /// The levels of this CPU, slowest first.
    pub fn supported() -> Vec<Self> {
        #[allow(unused_mut)]
        let mut levels = vec![Self::BASELINE];
        #[cfg(target_arch = "x86_64")]
        if has_avx2() {
            levels.push(Self(Kind::Avx2));
            if has_avx512() {
                levels.push(Self(Kind::Avx512));
            }
        }
        levels
    }

    /// The level called `name` (`baseline`, `avx2`, `avx512`).
    ///
    /// Errors if there is no such level or this CPU lacks it.
    pub fn named(name: &str) -> Result<Self, UnsupportedLevel> {
        let supported = Self::supported();
        supported.iter().copied().find(|level| level.name() == name).ok_or_else(|| {
            UnsupportedLevel {
                name: name.to_owned(),
                supported: supported.iter().map(|level| level.name()).collect(),
            }
        })
    }

    /// The level's name.
    pub const fn name(self) -> &'static str {
        match self.0 {
            Kind::Baseline => "baseline",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => "avx2",
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => "avx512",
        }
    }

    /// Runs `work` compiled for this level.
    #[allow(unsafe_code)] // the only place
    #[inline(always)]
    pub fn run<W: Work>(self, work: W) -> W::Output {
        match self.0 {
            Kind::Baseline => work.run(),
            // SAFETY: a value of these variants is made by `supported` only, after the CPU was
            // found to have every feature that the function enables.
            #[cfg(target_arch = "x86_64")]
            Kind::Avx2 => unsafe { run_avx2(work) },
            #[cfg(target_arch = "x86_64")]
            Kind::Avx512 => unsafe { run_avx512(work) },
        }
    }
}

#[cfg(target_arch = "x86_64")]
fn has_avx2() -> bool {
    is_x86_feature_detected!("avx2")
        && is_x86_feature_detected!("fma")
        && is_x86_feature_detected!("bmi2")
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

    #[test]
    fn an_unknown_level_says_what_would_work() {
        let error = Level::named("avx1024").unwrap_err();
        assert!(error.to_string().contains("baseline"), "{error}");
    }
}
