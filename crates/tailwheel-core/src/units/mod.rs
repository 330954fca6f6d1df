//! Number types that are checked once, where they enter the program, and trusted afterwards.
//!
//! In: plain numbers. Out: a number that is finite and in range, or [`Refused`] with the reason and the rule
//! in words. Not here: parsing of text (`form`), computation on paths (`engine`).
//!
//! TOML accepts `nan` and `inf`, so no constructor here may let one through.

mod counts;
mod measure;
mod numbers;
mod text;
mod time;

pub use counts::*;
pub use measure::{Measure, Refused, Scale};
pub use numbers::*;
pub use text::{
    grouped, grouped_digits, grouped_for_toml, hundredfold, is_acting, per_cent, plain, spelled_out,
};
pub use time::{Delay, HalfLife, Span, YearMonth};
