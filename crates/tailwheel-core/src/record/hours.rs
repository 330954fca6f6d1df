//! Working hours that the assets and compliance require of the owner.

use super::declared::{Better, Declared, MEAN, MIDDLE_AND_ENDS, Needs, P50, Unit};
use super::{Followed, Kind, id};
use crate::math::Lanes;
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};
use crate::units::Delay;

pub(super) const ALL: Kind = Kind {
    quantity: Quantity {
        id: "hours",
        unit: "hours per week",
        range: (0.0, f64::INFINITY),
        doc: "Mean hours a week that all assets and compliance ask for, over all months to the horizon; 0 after \
              ruin.",
    },
    measures: &[Declared { run: MIDDLE_AND_ENDS, ..hours(id::HOURS, "owner's hours a week") }],
    track: Followed::Whole(|kept| {
        let hours = kept.hours.iter().copied().chain(kept.own_hours);
        (!kept.hours.is_empty()).then(|| Hours::of(hours.collect()).boxed())
    }),
};

pub(super) const OF_ASSET: Kind = Kind {
    quantity: Quantity {
        id: "asset_hours",
        unit: "hours per week",
        range: (0.0, f64::INFINITY),
        doc: "Mean hours a week that the asset asks for, over all months to the horizon; 0 once nothing of it is \
              left.",
    },
    measures: &[Declared {
        run: &[MEAN, P50],
        ..hours("asset.<name>.hours.week", "owner's hours a week for the asset")
    }],
    track: Followed::EachAsset(|kept, asset| {
        let row = kept.hours.get(asset)?;
        Some(Hours::of(vec![*row]).boxed())
    }),
};

const fn hours(id: &'static str, title: &'static str) -> Declared {
    Declared {
        // fewer hours are no gain if they only mean that fewer assets are left
        better: Better::Neither,
        needs: Needs::Hours,
        range: (0.0, f64::INFINITY),
        doc: "Mean over all months to the horizon. It exists if `[owner]` states `hours` or `hour_value` \
              (docs/model.md, Hours).",
        ..Declared::of(id, title, Unit::HoursPerWeek)
    }
}

#[derive(Clone)]
struct Hours {
    rows: Vec<Row>,
    sum: Lanes,
}

impl Hours {
    fn of(rows: Vec<Row>) -> Self {
        let sum = Lanes::ZERO;
        Self { rows, sum }
    }
}

impl Track for Hours {
    fn open(&mut self) {
        self.sum = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        for row in &self.rows {
            self.sum += now.rows.get(*row);
        }
    }

    #[inline(always)]
    fn value(&self, now: &Close<'_>) -> Lanes {
        let weeks = f64::from(now.n_months) * Delay::WEEKS_PER_MONTH;
        Lanes::of(|lane| self.sum[lane] / weeks)
    }
}
