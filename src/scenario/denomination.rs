//! `denomination`: whether what is held is a token with a price of its own, or a coin that keeps one.
//!
//! In: a word, a class. Out: [`Denomination`], a fault where nothing is known of such coins. Not here: what strikes
//! them (`event`).

use crate::catalog::{Class, classes};
use crate::choices;
use crate::form::{Diagnostic, Reader, one_of};

choices! {
    /// What the price of an asset is that of.
    pub enum Denomination: "denomination" {
        /// A token.
        Token = "token",
        /// A coin that is meant to be worth a dollar.
        Stable = "stable",
    }
}

/// What stands before the keys of a class that hold for stable coins.
pub const STABLE: &str = "stable.";

/// Refuses stable coins of a class that knows nothing about them.
pub fn refuse_stable(said: Denomination, class: Option<&Class>, reader: &mut Reader<'_>) {
    let knows = |class: &Class| class.defaults.iter().any(|entry| entry.key.starts_with(STABLE));
    let Some(class) = class.filter(|class| said == Denomination::Stable && !knows(class)) else {
        return;
    };
    let known = classes().iter().filter(|class| knows(class));
    let message = format!("class \"{}\" has no `denomination`", class.id);
    let fault = Diagnostic::new("denomination", message)
        .at(reader.place_of("denomination"), "not for this class")
        .rule("only some classes have defaults for stablecoins")
        .note("known", one_of(known.map(|class| class.id.as_str())));
    reader.fault(fault);
}
