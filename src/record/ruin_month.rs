//! When an obligation could not be met for the first time.

use super::declared::{Better, Declared, Figure, Statistic, Unit};
use super::{Followed, Kind};
use crate::math::{LANES, Lanes};
use crate::stage::{AnyTrack, Close, Quantity, Row, Track};

pub(super) const KIND: Kind = Kind {
    quantity: Quantity {
        id: "ruin_month",
        unit: "months",
        range: (0.0, f64::INFINITY),
        doc: "The month, 1 the first, in which something that had to be paid stayed unpaid although everything \
              was sold; 0 where that never happens; absent where nothing has to be paid.",
    },
    measures: &[Declared {
        better: Better::Lower,
        range: (0.0, 1.0),
        run: &[Figure::only(Statistic::Above(0.0))],
        doc: "Share of paths on which an obligation could not be met before the horizon although everything \
              was sold; interval of Clopper & Pearson (1934). 0 where there are no obligations (definition).",
        ..Declared::of("ruin.probability", "ruin", Unit::Probability)
    }],
    track: Followed::Whole(|kept| {
        let border = kept
            .border
            .as_ref()
            .filter(|border| border.has_obligations)?;
        let (ruined, month) = (border.ruined, Lanes::ZERO);
        Some(RuinMonth { ruined, month }.boxed())
    }),
};

#[derive(Clone)]
struct RuinMonth {
    ruined: Row,
    month: Lanes,
}

impl Track for RuinMonth {
    fn open(&mut self) {
        self.month = Lanes::ZERO;
    }

    #[inline(always)]
    fn keep(&mut self, now: &Close<'_>) {
        let ruined = now.rows.get(self.ruined);
        for lane in 0..LANES {
            let is_first = ruined[lane] > 0.0 && self.month[lane] == 0.0;
            self.month[lane] = if is_first {
                f64::from(now.month)
            } else {
                self.month[lane]
            };
        }
    }

    #[inline(always)]
    fn value(&self, _now: &Close<'_>) -> Lanes {
        self.month
    }
}
