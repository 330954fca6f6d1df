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
use crate::form::{Group, Kind};
use std::sync::Arc;

pub const KIND: Kind<dyn Effect> = Kind {
    id: "units-decay",
    doc: "Makes a share of the healthy units of a fleet decay; of what has no units it cuts the income, which then comes \
          back by and by.",
    example: "severity = \"30 %\"\nrecovery = \"3 months\"\n",
    fields: IncomeCut::FIELDS,
    read: |reader| Arc::new(Cutting { keys: IncomeCut::take(reader), strikes_units: true }),
};
