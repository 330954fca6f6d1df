//! Working hours that the assets and compliance require of the owner.

use super::declared::{Better, Declared, MEAN, MIDDLE_AND_ENDS, Needs, P50, Unit};
use super::fold_tracks::monthly_then;
use super::{QuantityKind, Tracking, id};
use crate::math::{Lanes, inlined};
use crate::stage::{AnyTrack, Close, Row};
use crate::units::Delay;

/// Mean hours a week that all assets and compliance require, over all months; 0 after ruin.
pub(super) const ALL: QuantityKind = QuantityKind {
    name: "hours",
    measures: &[Declared { run: MIDDLE_AND_ENDS, ..hours(id::HOURS, "owner's hours a week") }],
    track: Tracking::Whole(|kept| {
        let hours = kept.hours.iter().copied().chain(kept.own_hours);
        (!kept.hours.is_empty()).then(|| mean_of(hours.collect()))
    }),
};

pub(super) const OF_ASSET: QuantityKind = QuantityKind {
    name: "asset_hours",
    measures: &[Declared {
        run: &[MEAN, P50],
        ..hours("asset.<name>.hours.week", "owner's hours a week for the asset")
    }],
    track: Tracking::EachAsset(|kept, asset| Some(mean_of(vec![*kept.hours.get(asset)?]))),
};

const fn hours(id: &'static str, title: &'static str) -> Declared {
    Declared {
        // fewer hours are no gain if they only mean that fewer assets are left
        better: Better::Neither,
        needs: Needs::Hours,
        doc: "Mean over all months to the horizon. It exists if `[owner]` states `hours` or `hour_value` \
              (docs/model.md, Hours).",
        ..Declared::of(id, title, Unit::HoursPerWeek)
    }
}

/// Returns a track of the mean hours a week, over all months, from `rows` of hours per month, summed.
fn mean_of(rows: Vec<Row>) -> Box<dyn AnyTrack> {
    monthly_then(
        inlined!(move |[sum]: &mut [Lanes; 1], now: &Close<'_>| {
            for row in &rows {
                *sum += now.rows.get(*row);
            }
        }),
        inlined!(|[sum], now| {
            let weeks = f64::from(now.n_months) * Delay::WEEKS_PER_MONTH;
            Lanes::of(|lane| sum[lane] / weeks)
        }),
    )
}
