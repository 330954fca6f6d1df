//! Catalog of works whose income follows from monthly counts: downloads, streams, licenses.
//!
//! In: a table of the file, the class's prices. Out: the income of its first month. Not here: value and yield
//! from an income (`income`), visits (`traffic`), aging of works (`asset`).
//!
//! ```text
//! income = downloads·per_download + streams·per_stream + licences·per_licence
//! ```

use super::formula::{Factor, Formula, Numbers};
use crate::asset::CountedBy;
use crate::form::{Drawn, Group, Place, Preset, Reader, Table, fault};
use crate::parameters;
use crate::units::{Count, Money};

parameters! {
    /// Income keys of a catalog of works, by counted sales.
    pub struct Counted {
        /// Downloads in the first month of all works of a catalog (`model = "royalty-catalogue"`). Without
        /// `income`, `value` and `roi`, income follows from `downloads`, `streams` and `licences`. Each has
        /// its price, and later months follow the works.
        downloads: Option<Drawn<Count>> = Preset::Absent => "900",
        /// Amount that one download pays the author.
        per_download: Option<Drawn<Money>> = Preset::Absent => "1.22",
        /// Streams in the first month, of all works together.
        streams: Option<Drawn<Count>> = Preset::Absent => "250_000",
        /// Amount that one stream pays the author.
        per_stream: Option<Drawn<Money>> = Preset::Absent => "0.004",
        /// Licenses sold in the first month, of all works together.
        licences: Option<Drawn<Count>> = Preset::Absent => "12",
        /// Amount that one license pays the author.
        per_licence: Option<Drawn<Money>> = Preset::Absent => "10",
    }
}

/// Pairs of keys: a count per month and the price of one.
pub(super) const PRICED: [[&str; 2]; 3] =
    [["downloads", "per_download"], ["streams", "per_stream"], ["licences", "per_licence"]];

/// Keys that set the income directly and so exclude the counts.
const TOLD_BY: [&str; 2] = ["income", "value"];

/// Returns the first count key in the table, its place, the first month's income and its formula.
pub(super) fn of_works(
    table: &Table,
    numbers: &mut Numbers<'_>,
) -> Option<(&'static str, Option<Place>, f64, Formula)> {
    let said = PRICED.iter().filter(|[count, _]| table.get(count).is_some());
    let said: Vec<&[&str; 2]> = said.collect();
    let [first, _] = *said.first()?;
    let sum = said.iter().map(|[count, price]| {
        let counted = numbers.get::<Count>(count);
        (1.0, vec![counted, numbers.get::<Money>(price)])
    });
    let sum: Vec<(f64, Vec<Factor>)> = sum.collect();
    let formula = Formula { sum, ..Formula::default() };
    let place = table.get(first)?.value.place;
    Some((first, place, formula.per_visit(), formula))
}

/// Takes the count and price keys and refuses those without effect. `twice` is set if visits or counts
/// determine the income; its inner value is the place of a `roi` that sets it again.
pub(super) fn check(
    reader: &mut Reader<'_>,
    counted_by: Option<CountedBy>,
    twice: Option<Option<Option<Place>>>,
) {
    Counted::take(reader);
    let keys = PRICED.as_flattened().iter();
    let is_catalogue = counted_by == Some(CountedBy::Works);
    if let Some(key) = keys.copied().find(|key| reader.says(key) && !is_catalogue) {
        fault!(reader, "traffic", "`{key}` does not apply to this asset";
            reader.place_of(key) => "has no effect here";
            help: "model = \"{}\", or no `{key}`", CountedBy::Works.kind().id);
        return;
    }
    for [count, price] in PRICED {
        if reader.says(price) && !reader.says(count) {
            fault!(reader, "traffic", "`{price}` needs `{count}`";
                reader.place_of(price) => "has no effect here"; help: "`{count}`, or no `{price}`");
        }
    }
    let counted = PRICED.map(|[count, _]| count);
    let Some(key) = counted.into_iter().find(|key| reader.says(key)) else {
        return;
    };
    let (other, place) = match twice {
        Some(None) => return,
        Some(Some(place)) => ("roi", place),
        None => match TOLD_BY.into_iter().find(|other| reader.says(other)) {
            Some(other) => (other, reader.place_of(other)),
            None => return,
        },
    };
    fault!(reader, "traffic", "`{key}` and `{other}` both set the income";
        reader.place_of(key) => "one of them must go"; place => "also set here";
        help: "write `{key}` and its price, or leave `{key}` out";
        rule: "income = downloads·per_download + streams·per_stream + licences·per_licence");
}
