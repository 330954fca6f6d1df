//! Sections that a scenario file has once: its top, `[run]` and `[report]`.
//!
//! In: declarations. Out: groups for `form::Reader`. Not here: assets (`holding`), the matrix
//! (`correlation`), the owner (`owner`).

use crate::form::{Currency, Day, Preset};
use crate::parameters;
use crate::units::{Paths, Seed, Span, YearMonth};

use super::inherit::PathList;
use super::setting::Setting;

parameters! {
    /// Title, dates and currency of the scenario.
    pub struct TopKeys {
        /// One line for the report; the name of the file if absent.
        title: Option<String> = Preset::Absent,
        /// The first simulated month; dates count from here.
        start: YearMonth = Preset::Required,
        /// Length of the simulation, in whole months.
        horizon: Span = Preset::Required,
        /// Symbol of the currency of every amount in the file.
        currency: Currency = Preset::Required,
        /// If true, assets have the loss events of their class in addition to the `[[event]]`s of the file;
        /// `tailwheel explain CLASS` lists them. An `[[event]]` of the same kind for the asset replaces its
        /// default.
        class_events: bool = Preset::Is("true"),
        /// If true, each path draws the defaults of a class from their ranges. If false, all paths have the
        /// catalog's value.
        class_ranges: bool = Preset::Is("true"),
        /// Base file in the same folder or below, which this file extends. Tables merge key by key, arrays of
        /// tables by name or id, anything else is replaced.
        extends: Option<String> = Preset::Absent => "\"base.toml\"",
        /// Keys to remove from the file that is extended, such as "asset.defi".
        drop: Option<PathList> = Preset::Absent,
    }
}

parameters! {
    /// How to simulate.
    pub struct RunKeys {
        /// Seed of all random numbers: the same seed gives the same result. Required, so that every run can
        /// be repeated. A seed lies between 0 and 9_223_372_036_854_775_807, the largest whole number of TOML.
        seed: Seed = Preset::Required,
        /// Seed of the parameters that are drawn once per path; equal to `seed` if absent. A change of this
        /// key alone leaves all other random numbers as they are.
        parameter_seed: Option<Seed> = Preset::Absent => "7",
        /// Number of simulated paths. Four times as many halve every sampling error.
        paths: Paths = Preset::Class,
    }
}

parameters! {
    /// Author, client and date on the page of the report. They change no figure and no digest.
    pub struct Letterhead {
        /// Who wrote the report.
        author: Option<String> = Preset::Absent => "\"A. Analyst\"",
        /// Who the report is for.
        client: Option<String> = Preset::Absent => "\"C. Client\"",
        /// The date of the report. The program never takes it from the clock, so that equal files give equal
        /// bytes.
        date: Option<Day> = Preset::Absent,
    }
}

impl Setting for Letterhead {
    const KEY: &'static str = "report";
    const IS_OF_MODEL: bool = false;
}
