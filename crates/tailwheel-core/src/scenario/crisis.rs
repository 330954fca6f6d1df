//! `[crisis]`: a second regime with its own volatility, correlations and market depth.
//!
//! In: the table, the markets, their correlations in the normal regime. Out: [`Crisis`]. Not here: how
//! regimes switch (`market`).

use super::correlation::{RepairWay, check_ways, judge};
use super::defaults::Defaults;
use super::entries::Entries;
use super::matrix_keys::{MatrixRows, Names, Pairs};
use super::membership::Members;
use super::{FilledIn, Repair};
use crate::form::{At, Faults, Group, Place, Preset, Reader, Table, fault};
use crate::math::correlation::Matrix;
use crate::parameters;
use crate::units::{Delay, Fraction, MarketDepth, MonthlyProbability, VolatilityMultiple};
use std::sync::Arc;

/// The crisis regime of a scenario, which all markets share.
#[derive(Clone, Debug, PartialEq)]
pub struct Crisis {
    /// Keys of `[crisis]`. Those about correlations are empty, because `matrix` replaces them.
    pub keys: CrisisKeys,
    /// Parameter matrix of the copula in a crisis, in the order of the markets; positive semidefinite.
    pub matrix: Arc<Matrix>,
    /// Size of the change that made `matrix` valid; `None` if no repair was requested or needed.
    pub repair: Option<Repair>,
}

parameters! {
    /// A crisis regime that all markets share. Without it there is only the normal regime.
    pub struct CrisisKeys {
        /// Probability per month that a crisis regime begins after a normal month.
        begins: MonthlyProbability = Preset::Class,
        /// Mean length of a crisis, at least a month.
        lasts: Delay = Preset::Class => "\"5 months\"",
        /// Volatility in a crisis regime as a multiple of that in normal months. The volatility of an asset
        /// over all months stays the same, because it was measured over years with crises. A larger multiple
        /// lowers it in normal months. To describe a market that is worse on the whole, raise `volatility` of
        /// the asset too.
        volatility: VolatilityMultiple = Preset::Class,
        /// How far every correlation moves towards 1: 0 not at all, 1 all the way. Or `pairs`, or
        /// `order` and `matrix`.
        toward_one: Option<Fraction> = Preset::Class => "0.30",
        /// Correlations of pairs of markets in a crisis regime. Pairs that are not listed keep their normal
        /// correlation.
        pairs: Option<Pairs> = Preset::Absent,
        /// The names of the rows of `matrix`, every market once.
        order: Option<At<Names>> = Preset::Absent,
        /// All correlations of a crisis, row by row.
        matrix: Option<At<MatrixRows>> = Preset::Absent,
        /// What to do if the correlations of `pairs` or `matrix` are impossible together (not positive
        /// semidefinite): "nearest" takes the nearest possible ones. An error if absent.
        repair: Option<RepairWay> = Preset::Absent,
        /// Depth of the markets in a crisis, as a fraction of the normal depth: with 0.3 a sale moves prices
        /// 1/0.3 times as far. Matters only with `[crash]`.
        depth: MarketDepth = Preset::Class,
    }
}

/// Number of correlations that one step of [`Faults::count_steps`] blends, compares and keeps; measured.
const PAIRS_PER_STEP: u64 = 64;

/// Reads `[crisis]` for the markets `members`. `calm` is their correlation matrix in the normal regime;
/// `None` if it cannot be read. Returns `None` after a fault in `[crisis]` or `[correlation]`.
pub fn read_crisis(
    table: &Table,
    place: Option<Place>,
    members: &Members<'_>,
    calm: Option<&Matrix>,
    faults: &mut Faults,
    filled_in: &mut Vec<FilledIn>,
) -> Option<Crisis> {
    let before = faults.len();
    let defaults = Defaults::new(&[], "crisis");
    let mut reader = Reader::new(table, place, "crisis", faults).over(defaults.list());
    let keys = CrisisKeys::take(&mut reader);
    check_length(&keys, &mut reader);
    check_ways(&["pairs", "toward_one"], &mut reader);
    check_blend(&mut reader);
    if ["pairs", "order", "matrix"].iter().any(|key| reader.says(key)) {
        reader.forget("toward_one");
    }
    filled_in.extend(defaults.filled_in(reader.finish()));

    let (order, matrix) = (keys.order.as_ref(), keys.matrix.as_ref());
    let mut entries = Entries::of(members, keys.pairs.as_ref(), order, matrix, faults);
    if faults.len() > before {
        return None;
    }
    let order = calm.map_or(0, Matrix::order) as u64;
    faults.count_steps(order.pow(2) / PAIRS_PER_STEP);
    let (matrix, repair) = if keys.pairs.is_some() || keys.matrix.is_some() {
        entries.fill_calm(calm?);
        judge(&entries, keys.repair, place, faults)?
    } else {
        (blend(calm?, keys.toward_one?.get()), None)
    };
    let keys = CrisisKeys { toward_one: None, pairs: None, order: None, matrix: None, repair: None, ..keys };
    Some(Crisis { keys, matrix: Arc::new(matrix), repair })
}

/// Moves all correlations of the matrix `calm` towards 1: returns `(1 − w)·R + w·11ᵀ` with `R = calm` and `w
/// = toward_one`, which is positive semidefinite whenever `R` is.
fn blend(calm: &Matrix, toward_one: f64) -> Matrix {
    Matrix::from_fn(calm.order(), |row, column| {
        if row == column { 1.0 } else { (1.0 - toward_one).mul_add(calm.get(row, column), toward_one) }
    })
}

/// Refuses a crisis shorter than a month, the step of the simulation.
fn check_length(keys: &CrisisKeys, reader: &mut Reader<'_>) {
    if reader.sound(&["lasts"]) && keys.lasts.months() < 1.0 {
        fault!(reader, "range", "a crisis cannot be shorter than a month"; "lasts" => "less than one month";
            rule: "the step of the simulation is one month; `lasts` is the mean length";
            more: "tailwheel explain crisis.lasts");
    }
}

/// Refuses `toward_one` together with `pairs`, because both set the correlations of a crisis.
fn check_blend(reader: &mut Reader<'_>) {
    if reader.says("toward_one") && reader.says("pairs") {
        fault!(reader, "correlation", "`toward_one` and `pairs` both set the correlations of a crisis";
            "pairs" => "this key sets them too"; "toward_one" => "another";
            help: "write only `toward_one`, only `pairs`, or only `order` and `matrix`";
            drop: "crisis.toward_one");
    }
}
