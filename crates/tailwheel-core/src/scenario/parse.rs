//! Scenario from a text without a file, for programs.
//!
//! In: the text of a file. Out: [`Scenario`], or a [`Refusal`] that can be printed. Not here: reading
//! (`read`).

use super::{Refusal, Scenario, read};
use crate::form::Colour;
use std::fmt;
use std::str::FromStr;

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Colour::Plain))
    }
}

impl std::error::Error for Refusal {}

impl FromStr for Scenario {
    type Err = Box<Refusal>;

    /// Reads the text of a file that extends no other.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const NAME: &str = "scenario.toml";
        let load = |path: &str| match path {
            NAME => Ok(text.as_bytes().to_vec()),
            _ => Err("a text cannot extend a file".to_owned()),
        };
        read(NAME, &[], &load)
    }
}
