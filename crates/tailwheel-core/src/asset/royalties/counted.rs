//! Income of the first month of works from the numbers sold.
//!
//! In: keys of an `[[asset]]`. Out: [`COUNTED`]. Not here: the income of later months (`stock`).
//!
//! ```text
//! income = downloads·per_download + streams·per_stream + licences·per_licence
//! ```

use super::KIND;
use crate::asset::counted::{Counted, Number, Term};
use crate::form::{Drawn, Preset, Reader, Table, fault};
use crate::parameters;
use crate::units::{Count, Money};

parameters! {
    /// Income keys of a catalog of works, by counted sales.
    pub struct WorkSales {
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

pub const COUNTED: Counted = Counted {
    terms: &[
        Term::sold(&[Number::of::<Count>("downloads"), Number::of::<Money>("per_download")]),
        Term::sold(&[Number::of::<Count>("streams"), Number::of::<Money>("per_stream")]),
        Term::sold(&[Number::of::<Count>("licences"), Number::of::<Money>("per_licence")]),
    ],
    check,
    ..Counted::of::<WorkSales>(KIND.id, "Counted sales", &["downloads", "streams", "licences"])
};

/// Refuses a price without its count, and a count beside another key that sets the income.
fn check(said: &Table, by: Option<&'static str>, reader: &mut Reader<'_>) {
    for [count, price] in COUNTED.terms.iter().map(|term| [0, 1].map(|at| term.numbers[at].key)) {
        if reader.says(price) && !reader.says(count) {
            fault!(reader, "traffic", "`{price}` needs `{count}`";
                reader.place_of(price) => "has no effect here"; help: "`{count}`, or no `{price}`");
        }
    }
    let other = if by.is_some() {
        said.get("roi").map(|roi| ("roi", roi.value.place))
    } else {
        let other = ["income", "value"].into_iter().find(|key| reader.says(key));
        other.map(|key| (key, reader.place_of(key)))
    };
    let key = COUNTED.counts.iter().find(|key| reader.says(key));
    if let Some((key, (other, place))) = key.zip(other) {
        fault!(reader, "traffic", "`{key}` and `{other}` both set the income";
            reader.place_of(key) => "one of them must go"; place => "also set here";
            help: "write `{key}` and its price, or leave `{key}` out";
            rule: "income = downloads·per_download + streams·per_stream + licences·per_licence");
    }
}
