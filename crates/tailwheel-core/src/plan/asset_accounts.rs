//! Accounts and rows from which the loss of each single asset is computed.
//!
//! In: the accounts of a plan. Out: [`AssetAccounts`] of every asset. Not here: the sums (`record`).

use crate::book::Account;
use crate::event::Takes;
use crate::random::ObjectKind;
use crate::record::AssetAccounts;
use crate::scenario::{AssetEntry, Scenario};
use crate::stage::{AccountLabel, Build, Row};

/// Creates one row per asset for the value it loses to events. Empty if no event takes value, or if other accounts
/// show the loss: for a single asset, or if no money leaves an asset.
pub(super) fn rows_of_events(scenario: &Scenario, build: &mut Build) -> Vec<Row> {
    let takes =
        scenario.events.iter().any(|event| event.can_strike() && event.effect.takes() == Takes::Value);
    if takes && scenario.is_shared() && scenario.assets.len() > 1 {
        scenario.assets.iter().map(|_| build.row()).collect()
    } else {
        Vec::new()
    }
}

/// Accounts and rows from which the loss of every asset is computed; empty for a single asset.
pub(super) fn of(
    scenario: &Scenario,
    accounts: &[AccountLabel],
    net_worth: &[Account],
    taken: &[Row],
) -> Vec<AssetAccounts> {
    if scenario.assets.len() < 2 {
        return Vec::new();
    }
    let of = |(index, entry): (usize, &AssetEntry)| {
        let mut own = AssetAccounts {
            world: Vec::new(),
            inner: Vec::new(),
            all: Vec::new(),
            opening: 0.0,
            taken: taken.get(index).copied(),
            is_shared: scenario.is_shared(),
        };
        let is_own = |label: &AccountLabel| label.kind == ObjectKind::Asset && label.object == entry.name;
        for (place, label) in (0_u16..).zip(accounts).filter(|(_, label)| is_own(label)) {
            let account = Account::at(place);
            if label.cause.is_some() {
                own.world.push(account);
            } else if net_worth.contains(&account) {
                own.inner.push(account);
                own.opening += label.opening;
            }
        }
        own.all = [own.world.as_slice(), &own.inner].concat();
        own
    };
    scenario.assets.iter().enumerate().map(of).collect()
}
