//! Correlations between market shocks: given as pairs or as a matrix, the rest from the catalog.
//!
//! In: `[correlation]` and the markets. Out: [`Correlation`] in canonical order. Not here: the origin of each
//! entry (`entries`), the message about an impossible matrix (`not_semidefinite`).

use super::defaults::Defaults;
use super::entries::Entries;
use super::matrix_keys::{MatrixRows, Names, Pairs};
use super::membership::Members;
use super::not_semidefinite::impossible;
use super::{Correlation, FilledIn, Repair};
use crate::catalog;
use crate::form::{At, Diagnostic, Faults, Group, Place, Preset, Reader, Table, fault};
use crate::market::Copula;
use crate::math::correlation::{Matrix, cholesky, eigen, nearest};
use crate::units::{CorrelationCoefficient, Fraction};
use crate::{choices, parameters};
use std::sync::Arc;

choices! {
    /// Treatment of a matrix that is not positive semidefinite.
    pub enum RepairWay: "way of repair" {
        Nearest = "nearest",
    }
}

parameters! {
    /// Correlations between markets. An asset without `market` has a market of its own name.
    pub struct CorrelationKeys {
        /// Correlations of two markets each: [["saas", "defi", 0.2], …]; an asset without `market` has
        /// one of its own name. Pairs that are not listed come from the catalog and stand in the
        /// report.
        pairs: Option<Pairs> = Preset::Absent,
        /// The names of the rows of `matrix`, every market once.
        order: Option<At<Names>> = Preset::Absent,
        /// The whole matrix, row by row, instead of `pairs`.
        matrix: Option<At<MatrixRows>> = Preset::Absent,
        /// The correlation of pairs that are not listed, instead of the catalog's.
        default: Option<CorrelationCoefficient> = Preset::Absent,
        /// The shape of dependence: "gaussian", or { kind = "t", dof = 4 } where extremes come together.
        copula: Copula = Preset::Class,
        /// What to do if the correlations are impossible together (not positive semidefinite): "nearest"
        /// takes the nearest possible ones, and the report says so. An error if absent.
        repair: Option<RepairWay> = Preset::Absent,
        /// Correlation of the true returns behind the claims of different assets: one hype inflates many
        /// claims.
        roi: Fraction = Preset::Class => "0.5",
    }
}

/// Returns the names of both markets if the key at `path` is the correlation of a pair, such as `correlation.saas.defi`.
pub fn pair_at(path: &str) -> Option<[&str; 2]> {
    let (one, other) = path.strip_prefix("correlation.")?.split_once('.')?;
    let is_key = CorrelationKeys::FIELDS.iter().any(|field| field.key == one);
    (!is_key && !other.contains('.')).then_some([one, other])
}

/// Reads `[correlation]` for the markets `members`. Returns it with the catalog values used for it, sorted by
/// key path; `None` after a fault.
pub fn read_correlation(
    table: &Table,
    place: Option<Place>,
    members: &Members<'_>,
    faults: &mut Faults,
) -> Option<(Correlation, Arc<[FilledIn]>)> {
    let before = faults.len();
    let mut defaults = Defaults::new(&[], "correlation");
    defaults.add("roi", catalog::correlation_of_claims());
    let mut reader = Reader::new(table, place, "correlation", faults).over(defaults.list());
    let keys = CorrelationKeys::take(&mut reader);
    check_ways(&["pairs", "default"], &mut reader);
    let blamed = if reader.says("default") { reader.place_of("default") } else { place };
    let mut filled_in: Vec<FilledIn> = defaults.filled_in(reader.finish()).collect();
    for fault in faults.since_mut(before).iter_mut().filter(|fault| fault.code == "unknown-key") {
        *fault = fault.clone().note("such as", pair_of(table, fault.place(), members));
    }

    let (order, matrix) = (keys.order.as_ref(), keys.matrix.as_ref());
    let mut entries = Entries::of(members, keys.pairs.as_ref(), order, matrix, faults);
    let is_known = members.is_complete && members.list.iter().all(|market| market.class().is_some());
    if faults.len() > before || !(is_known || keys.default.is_some() || entries.is_full()) {
        return None;
    }
    entries.fill(keys.default, &mut filled_in);
    let (matrix, repair) = judge(&entries, keys.repair, blamed, faults)?;
    filled_in.sort_by(|a, b| a.path.cmp(&b.path));
    let roi = keys.roi.get();
    Some((Correlation { matrix: Arc::new(matrix), copula: keys.copula, roi, repair }, filled_in.into()))
}

/// Returns a line with the pair that the key at `place` names, such as `saas-defi`; empty if it names none.
fn pair_of(table: &Table, place: Option<Place>, members: &Members<'_>) -> String {
    let entry = table.entries.iter().find(|entry| entry.place == place);
    let found = entry.and_then(|entry| {
        let second = |first: &str| entry.key.strip_prefix(first)?.strip_prefix(['-', '_', '/', '.', ' ']);
        let pairs = || members.names().filter_map(|first| Some((first, second(first)?)));
        let (first, second) = pairs().find(|(_, second)| members.names().any(|name| name == *second))?;
        let number = entry.value.as_number().filter(|number| number.abs() <= 1.0).unwrap_or(0.2);
        Some(format!("pairs = [[\"{first}\", \"{second}\", {number}]]"))
    });
    found.unwrap_or_default()
}

/// Refuses `matrix` together with one of the keys `others`, and `matrix` or `order` without the other.
pub fn check_ways(others: &[&'static str], reader: &mut Reader<'_>) {
    if !reader.sound(&["pairs", "order", "matrix"]) {
        return;
    }
    let has_matrix = reader.says("matrix");
    let alone = match (reader.says("order"), has_matrix) {
        (true, false) => Some(("order", "`order` has no effect without `matrix`")),
        (false, true) => Some(("matrix", "a matrix needs the names of its rows")),
        _ => None,
    };
    if let Some((key, message)) = alone {
        fault!(reader, "correlation", "{message}"; reader.place_of(key) => "the other key is missing";
            such_as: "order = [\"a\", \"b\"]   and   matrix = [[1, 0.2], [0.2, 1]]");
    }
    for key in others {
        if reader.says(key) && has_matrix {
            let section = reader.section();
            fault!(reader, "correlation", "a matrix and `{key}` exclude each other";
                reader.place_of(key) => "the matrix already has these values"; "matrix" => "it has every pair";
                drop: "{section}.{key}");
        }
    }
}

/// Returns the matrix of `entries` if it is positive semidefinite. Else returns the nearest such matrix and the size
/// of the change if `repair` asks for it, or pushes a fault and returns `None`.
pub fn judge(
    entries: &Entries<'_>,
    repair: Option<RepairWay>,
    place: Option<Place>,
    faults: &mut Faults,
) -> Option<(Matrix, Option<Repair>)> {
    let matrix = entries.matrix();
    let order = matrix.order() as u64;
    let eigen_steps = order.pow(3) / ROTATIONS_PER_STEP;
    faults.count_steps(order.pow(2) / PAIRS_PER_STEP + order.pow(3) / FACTORS_PER_STEP);
    if let Some(is_clear) = is_possible(&matrix) {
        faults.count_steps(u64::from(!is_clear) * eigen_steps);
        return Some((matrix, None));
    }
    let is_bearable = matrix.order() <= MOST_REPAIRED || entries.is_written();
    let found = is_bearable.then(|| nearest(&matrix)).flatten();
    let n_eigen = found.as_ref().map_or(0, |found| u64::from(found.iterations) + 2);
    faults.count_steps(n_eigen * eigen_steps);
    match (found, repair) {
        (Some(found), Some(RepairWay::Nearest)) => Some((
            found.matrix,
            Some(Repair { distance: found.distance, largest_change: found.largest_change }),
        )),
        (None, Some(RepairWay::Nearest)) if !is_bearable => {
            faults.refuse(too_many_to_repair(matrix.order(), place))
        }
        (found, _) => {
            let names: Vec<&str> = entries.members.names().collect();
            let cell = |row, column| entries.cell(row, column);
            let repaired = found.map(|found| found.matrix);
            faults.refuse(impossible(&names, &matrix, &cell, repaired.as_ref(), place))
        }
    }
}

/// Largest number of markets whose matrix is repaired, which takes a second; no limit if the file has all pairs.
const MOST_REPAIRED: usize = 250;

fn too_many_to_repair(order: usize, place: Option<Place>) -> Diagnostic {
    fault!("range", "correlations of {order} markets cannot be repaired";
        place => "not a valid correlation matrix";
        rule: "`repair` works for at most {MOST_REPAIRED} markets, or with the whole `matrix`";
        help: "write one `market` for assets that move together")
}

/// Smallest eigenvalue that counts as not negative; allows for rounded decimals in the file.
const LEAST_EIGENVALUE: f64 = -1e-10;

/// Above this Cholesky pivot the matrix is certainly valid, so its eigenvalues need not be computed.
const CLEAR_PIVOT: f64 = 1e-3;

/// Number of matrix entries that take one step of [`Faults::count_steps`]; measured, as the next two numbers.
const PAIRS_PER_STEP: u64 = 4;
const FACTORS_PER_STEP: u64 = 5_000;
const ROTATIONS_PER_STEP: u64 = 45;

/// `None` if `matrix` has a negative eigenvalue. True if the Cholesky factor alone shows that it has none, false if
/// its eigenvalues had to be computed.
fn is_possible(matrix: &Matrix) -> Option<bool> {
    let lower = cholesky(matrix).ok()?;
    let is_clear = (0..matrix.order()).all(|row| lower.get(row, row) > CLEAR_PIVOT);
    (is_clear || eigen(matrix).smallest() >= LEAST_EIGENVALUE).then_some(is_clear)
}
