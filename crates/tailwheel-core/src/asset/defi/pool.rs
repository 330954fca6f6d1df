//! Liquidity in two coins: the keys that describe the second coin.
//!
//! In: the keys of a position. Out: [`SecondCoin`]. Not here: the value of the position
//! (`asset::liquidity`).

use super::Pools;
use crate::asset::idle;
use crate::form::{Reader, fault};
use crate::market::SecondCoin;
use crate::units::{CorrelationCoefficient, Volatility};

/// Keys that only a position in a pool of two coins may have, each with an example value.
const OF_PAIR: [(&str, &str); 2] = [("pair_volatility", "0.05"), ("pair_correlation", "0")];

/// The second coin of the pool; `None` if the position provides no liquidity.
pub(super) fn pair(pools: &Pools) -> Option<SecondCoin> {
    pools.liquidity.then_some(SecondCoin {
        volatility: pools.pair_volatility.map_or(0.0, Volatility::get),
        correlation: pools.pair_correlation.map_or(0.0, CorrelationCoefficient::get),
    })
}

/// Removes the keys of the second coin, so that the position provides no liquidity.
pub(super) fn leave(pools: &mut Pools) {
    pools.liquidity = false;
    (pools.pair_volatility, pools.pair_correlation) = (None, None);
}

/// Refuses liquidity without the keys of the second coin, and liquidity with borrowed money.
pub(super) fn check(pools: &mut Pools, reader: &mut Reader<'_>) {
    if !reader.sound(&["liquidity"]) {
        return;
    }
    if !pools.liquidity {
        let why = |key: &str| format!("what provides no liquidity has no `{key}`");
        idle::refuse(OF_PAIR.map(|(key, _)| key), why, "liquidity = true", reader);
        leave(pools);
        return;
    }
    if pools.leverage.is_some() {
        fault!(reader, "income", "a position in two coins borrows nothing"; "leverage" => "borrows";
            "liquidity" => "two coins"; write: "leverage = 1";
            rule: "a lender's limit is known for the price of one coin");
    }
    let given = [pools.pair_volatility.is_some(), pools.pair_correlation.is_some()];
    for ((key, value), _) in OF_PAIR.into_iter().zip(given).filter(|(_, given)| !given) {
        if reader.sound(&[key]) {
            fault!(reader, "missing", "liquidity needs a `{key}`"; "liquidity" => "of which other coin?";
                such_as: "{key} = {value}");
        }
    }
}
