//! Effect `units-decay`: a share of a fleet's healthy units decays, as if in one month. The income of all
//! other assets is cut as by `income-cut`.
//!
//! ```text
//! K ~ Bin(H, S)     K: units that decay; H: healthy units at the start of the month; S drawn from `severity`
//! ```
//!
//! `recovery` does not apply to units: a decayed unit has to be found and replaced.

use super::Effect;
use super::income_cut::{Cutting, IncomeCut};
use crate::asset::UnitRows;
use crate::form::{Group, Kind};
use crate::random::count::binomial;
use crate::stage::Rows;
use std::sync::Arc;

pub const KIND: Kind<dyn Effect> = Kind {
    id: "units-decay",
    doc: "Makes a share of the healthy units of a fleet decay; of what has no units it cuts the income, which then comes \
          back by and by.",
    example: "severity = \"30 %\"\nrecovery = \"3 months\"\n",
    fields: IncomeCut::FIELDS,
    read: |reader| Arc::new(Cutting { keys: IncomeCut::take(reader), strikes_units: true }),
};

/// Makes healthy units of a path decay, each with probability `share`, by one `uniform` for the count.
/// Returns the fraction of the fleet's earning capacity that is lost.
pub(super) fn fell(units: UnitRows, rows: &mut Rows, lane: usize, (uniform, share): (f64, f64)) -> f64 {
    let [healthy, fallen] = rows.pair(units.healthy, units.fallen);
    let count = binomial(uniform, healthy[lane], share);
    let (before, already) = (healthy[lane], fallen[lane]);
    healthy[lane] -= count;
    fallen[lane] += count;
    if count == 0.0 {
        return 0.0;
    }
    // units differ in size: the decayed ones have the average size
    let (size, decayed) = match units.sizes {
        Some([healthy, decayed]) => (rows.get(healthy)[lane] / (before + already), rows.get(decayed)[lane]),
        None => (1.0, rows.get(units.decayed)[lane]),
    };
    let (before, fell) = (size * before, size * count);
    let lost_by_decay = units.lost_by_decay.on(rows, lane);
    let decayed = decayed * (1.0 - lost_by_decay);
    if let Some(row) = units.lift {
        let lift = if already == 0.0 { rows.get(row)[lane] } else { 1.0 };
        let earned = before * lift;
        let lost = earned - before + lost_by_decay * fell;
        return lost / (earned + decayed);
    }
    lost_by_decay * fell / (before + decayed)
}
