//! Limits on the number and size of the cases of a file, checked before reading them and while they are kept.
//!
//! In: sections as written, scenarios. Out: faults; scenarios that share equal parts.
//! Not here: reading the cases (`cases`).

use super::super::{FilledIn, Scenario};
use super::MAX_CASES;
use crate::form::{Diagnostic, KeyValue, Place, Table, Value, fault};
use crate::math::correlation::Matrix;
use crate::math::digits::leading;
use crate::units::grouped;
use std::sync::Arc;

/// Largest number of assets of all combinations of variants and axis values: 400,000 take 15 seconds to read.
const MAX_ASSETS_OF_ALL: usize = 400_000;

/// Largest number of gates of all combinations of variants and axis values; each combination keeps its own.
const MAX_GATES_OF_ALL: usize = 400_000;

/// Largest number of [`Faults::count_steps`](crate::form::Faults) for reading all cases, about a second.
const MAX_STEPS: u64 = 1_200_000;

/// Memory limit in bytes for all combinations of variants and axis values, however much memory there is.
const MAX_BYTES: u64 = 1 << 30;

/// Returns the fault that a file has too many cases, gates or assets by the lengths of its lists; else `None`.
pub fn refuse(sections: &Table, document: &Table) -> Option<Diagnostic> {
    let n_cases = n_cases(sections);
    if n_cases > MAX_CASES {
        let count = if n_cases == usize::MAX { "far more".to_owned() } else { grouped(n_cases as f64, 0) };
        return Some(
            fault!("range", "{count} cases are too many"; place(sections) => "all combinations count";
            rule: "variants times values of all axes are at most {}, before [[exclude]]", grouped(MAX_CASES as f64, 0)),
        );
    }
    let too_many = |sort: &str, n: usize, most: usize| {
        let all = n_cases.saturating_mul(n);
        (all > most).then(|| {
            fault!("range", "{} cases of {n} {sort} are too many", grouped(n_cases as f64, 0);
                place(sections) => "all combinations count";
                rule: "all cases together have at most {} {sort}", grouped(most as f64, 0))
        })
    };
    let gates = sections.get("expect").map_or(0, length);
    let assets = document.get("asset").map_or(0, length);
    too_many("gates", gates, MAX_GATES_OF_ALL).or_else(|| too_many("assets", assets, MAX_ASSETS_OF_ALL))
}

fn length(entry: &KeyValue) -> usize {
    entry.value.as_list().map_or(0, <[Value]>::len)
}

/// Number of variants times the numbers of values of all axes; `usize::MAX` if it is larger.
fn n_cases(sections: &Table) -> usize {
    let variants = sections.get("variant").map_or(1, length);
    let axes = sections.list("axis");
    let values = |axis: &Value| axis.as_table()?.get("values").map(length);
    let sizes = axes.unwrap_or_default().iter().filter_map(values);
    // An empty list has its own fault.
    sizes.fold(variants.max(1), |n, size| n.saturating_mul(size.max(1)))
}

fn place(sections: &Table) -> Option<Place> {
    let mut keys = ["axis", "variant"].iter();
    keys.find_map(|key| sections.get(key)?.place)
}

/// Pool of parts that scenarios of a study share, with the memory and the reading steps of all scenarios.
pub struct Shared {
    filled_in: [Vec<Arc<[FilledIn]>>; 3],
    matrices: Vec<Arc<Matrix>>,
    n_bytes: usize,
    n_steps: u64,
    /// Number of scenarios so far within the limits of memory and of reading steps.
    n_kept: usize,
    most: u64,
}

impl Shared {
    /// Returns an empty pool with the memory limit `room` in bytes, at most the general limit.
    pub fn within(room: Option<u64>) -> Self {
        Self {
            filled_in: Default::default(),
            matrices: Vec::new(),
            n_bytes: 0,
            n_steps: 0,
            n_kept: 0,
            most: room.unwrap_or(MAX_BYTES).min(MAX_BYTES),
        }
    }

    pub fn is_full(&self) -> bool {
        self.n_bytes as u64 > self.most || self.n_steps > MAX_STEPS
    }

    /// Adds the number of keys and entries that were read for a scenario to the total, which is limited.
    pub fn count(&mut self, n_steps: u64) {
        self.n_steps += n_steps;
    }

    /// Returns the fault that the scenarios of the file take too long to read or too much memory.
    pub fn too_large(&self, place: Option<Place>) -> Diagnostic {
        // The first scenario is the file as written, which is no case.
        let fits = match self.n_kept.saturating_sub(1) {
            0 => "none of them fits".to_owned(),
            1 => "1 of them fits".to_owned(),
            // Memory use differs by some percent between runs: a tenth less fits in each.
            n => format!("{} of them fit", grouped(leading((n - n / 10) as u64) as f64, 0)),
        };
        if self.n_steps > MAX_STEPS {
            return fault!("range", "the cases of this file take too long to read";
                place => "this file is too large";
                rule: "reading all cases takes at most {} steps, and {fits}. Write fewer cases, assets or events", grouped(MAX_STEPS as f64, 0));
        }
        fault!("range", "the cases of this file are too large together"; place => "this file is too large";
            rule: "what the cases of a file do not share takes at most {} MB here: {fits}; fewer cases, or \
                 fewer gates, or fewer assets whose correlations differ from case to case", grouped((self.most >> 20) as f64, 0))
    }

    /// Replaces large parts of `scenario` by equal ones of earlier cases. Adds up the memory of the scenario
    /// and of its gates.
    pub fn share(&mut self, scenario: &mut Scenario, n_gates: usize) {
        let crisis = scenario.crisis.as_mut().map(|crisis| &mut crisis.matrix);
        for matrix in [&mut scenario.correlation.matrix].into_iter().chain(crisis) {
            let size = matrix.order().pow(2) * size_of::<f64>();
            self.n_bytes += shared(&mut self.matrices, matrix, size);
        }
        let parts = scenario.filled_in.parts_mut().iter_mut();
        for (earlier, part) in self.filled_in.iter_mut().zip(parts) {
            let size = part.len() * BYTES_OF_FILLED_IN;
            self.n_bytes += shared(earlier, part, size);
        }
        self.n_bytes += scenario.assets.len() * BYTES_OF_ASSET;
        self.n_bytes += BYTES_OF_CASE + n_gates * BYTES_OF_GATE;
        self.n_kept += usize::from(!self.is_full());
    }
}

/// Bytes of a default that a scenario uses, with its path and value on the heap.
const BYTES_OF_FILLED_IN: usize = size_of::<FilledIn>() + 64;

/// Bytes of an asset, with its market and model; measured.
const BYTES_OF_ASSET: usize = 1200;

/// Bytes of a scenario with its id, chosen options and settings; measured.
const BYTES_OF_CASE: usize = 2600;

/// Bytes of a gate, with its id, measure and places; measured.
const BYTES_OF_GATE: usize = 256;

/// Largest number of earlier data of one type to compare with. Values of an axis recur after few scenarios.
const MOST_REMEMBERED: usize = 16;

/// Replaces `own` by equal data in `earlier`, or adds it there. Returns the additional bytes: `size`, or 0 if
/// it is shared.
fn shared<T: ?Sized + PartialEq>(earlier: &mut Vec<Arc<T>>, own: &mut Arc<T>, size: usize) -> usize {
    if earlier.iter().any(|other| Arc::ptr_eq(other, own)) {
        return 0;
    }
    if let Some(same) = earlier.iter().find(|other| **other == *own) {
        *own = Arc::clone(same);
        return 0;
    }
    if earlier.len() == MOST_REMEMBERED {
        earlier.remove(1); // index 0 is the file as written
    }
    earlier.push(Arc::clone(own));
    size
}
