//! Inputs of an asset from elsewhere: its exchange rate, its audience, the income that events leave, accounts for it.
//!
//! In: what is built before the assets. Out: rows and accounts. Not here: their use by the asset (`asset`).

use super::before_assets::BeforeAssets;
use crate::asset::{Owed, Site, VISITS, attract};
use crate::book::Account;
use crate::market::ExchangeRows;
use crate::math::Lanes;
use crate::random::ObjectKind;
use crate::scenario::AssetEntry;
use crate::stage::{Build, Coefficient, Phase, Row};

/// Exchange rate of the asset's currency; `None` if it is priced in the currency of the file.
pub(super) fn exchange_of(entry: &AssetEntry, exchanges: &[(&str, ExchangeRows)]) -> Option<ExchangeRows> {
    let currency = entry.exchange.as_ref()?.currency();
    exchanges.iter().find(|(known, _)| *known == currency).map(|(_, rows)| *rows)
}

/// Visits of the sites named as the asset's audience, relative to the first month, per path; `None` if it names none.
/// Sites of model `claim` have no visits and are skipped.
pub(super) fn audience_of(entry: &AssetEntry, before: &BeforeAssets<'_>, build: &mut Build) -> Option<Row> {
    let all = before.scenario.assets.iter().zip(&before.shown);
    let said = |site: &AssetEntry| {
        before.visits.iter().find(|(name, _)| *name == site.name).map(|(_, visits)| *visits)
    };
    let shows = |site: &AssetEntry| entry.audience.iter().any(|named| named.text == site.name);
    let sites = all.filter(|(site, _)| shows(site)).filter_map(|(site, shown)| {
        Some(Site {
            visits: visits_of(site, shown)?,
            weight: said(site).unwrap_or(Coefficient::Same(1.0)),
            is_later: site.paid_from().is_some(),
        })
    });
    let sites: Vec<Site> = sites.collect();
    (!sites.is_empty()).then(|| attract(sites, build))
}

/// Visits that a site reports, per path; `None` if its earnings model reports no visits.
fn visits_of(site: &AssetEntry, shown: &[Row]) -> Option<Row> {
    let mut states = site.kind.facts().states.iter().zip(shown);
    states.find(|(state, _)| state.id == VISITS).map(|(_, row)| *row)
}

/// Part of the income of asset number `index` that loss events leave, per path, for an asset that puts some of it
/// aside; `None` if no event cuts it.
pub(super) fn kept_of(index: usize, before: &BeforeAssets<'_>, build: &mut Build) -> Option<Row> {
    let puts_aside = before.scenario.assets[index].kind.facts().pays_for_more;
    let parts = before.events.iter().filter_map(|event| event.part_of(index));
    let parts: Vec<Row> = parts.filter(|_| puts_aside).collect();
    (!parts.is_empty()).then(|| {
        let row = build.row();
        build.step(
            Phase::Operate,
            "Keep",
            #[inline(always)]
            move |cx| {
                let mut kept = Lanes::splat(1.0);
                for part in &parts {
                    let part = cx.rows.get(*part);
                    kept.each(|lane, own| own - part[lane] * own);
                }
                *cx.rows.get_mut(row) = kept;
            },
        );
        row
    })
}

/// Creates the account for the income of a business without an owner.
pub(super) fn proceeds_account(entry: &AssetEntry, build: &mut Build) -> Account {
    as_flow("proceeds of", entry, build, |build| build.account(0.0))
}

/// Creates the receivables of an asset's income; `None` if income is paid at once.
pub(super) fn owed(entry: &AssetEntry, horizon: u32, build: &mut Build) -> Option<Owed> {
    let months = entry.payment_lag_months();
    let make = |build: &mut Build| Owed::build(months, horizon, build);
    (months > 0).then(|| as_flow("owed to", entry, build, make))
}

/// Runs `make` to create accounts or rows of an asset under an object name of their own: `what` and the asset's name.
pub(super) fn as_flow<T>(
    what: &str,
    entry: &AssetEntry,
    build: &mut Build,
    make: impl FnOnce(&mut Build) -> T,
) -> T {
    build.object(ObjectKind::Flow, &format!("{what} {}", entry.name));
    let made = make(build);
    build.asset(&entry.name, &entry.class);
    made
}
