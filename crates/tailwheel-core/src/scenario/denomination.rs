//! `denomination`: a holding is a token with a market price of its own, or a stablecoin.
//!
//! In: a word, a class. Out: [`Denomination`], or a fault for a class without defaults for stablecoins. Not
//! here: loss events of stablecoins (`event`).

use crate::catalog::{Class, classes};
use crate::choices;
use crate::form::{Reader, fault, one_of};

choices! {
    /// Kind of price that an asset has.
    pub enum Denomination: "denomination" {
        /// Token with a market price of its own.
        Token = "token",
        /// Stablecoin: meant to be worth a dollar until it loses its peg.
        Stable = "stable",
    }
}

/// Prefix of default keys that apply to stablecoins only, such as `stable.volatility`.
pub const STABLE: &str = "stable.";

/// Refuses `denomination = "stable"` for a class without defaults for stablecoins.
pub fn refuse_stable(said: Denomination, class: Option<&Class>, reader: &mut Reader<'_>) {
    let knows = |class: &Class| class.defaults.iter().any(|entry| entry.key.starts_with(STABLE));
    let Some(class) = class.filter(|class| said == Denomination::Stable && !knows(class)) else { return };
    let known = classes().iter().filter(|class| knows(class));
    fault!(reader, "denomination", "class \"{}\" has no `denomination`", class.id;
        "denomination" => "not for this class"; rule: "only some classes have defaults for stablecoins";
        known: "{}", one_of(known.map(|class| class.id.as_str())));
}
