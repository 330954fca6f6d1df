//! Sections that a file has once and that refer to no asset: one type and one row of `settings!` each.
//!
//! In: the rows. Out: the trait [`Setting`], from which declaration, reading, canonical form, identity and the
//! step of the waterfall follow. Not here: the rows (`declaration`), what a section means.

use super::calendar::Calendar;
use super::sections::{RunKeys, TopKeys};
use super::{Owner, Settings};
use crate::form::{Faults, Group, Place, Preset, Reader, Table};

/// Tables of a scenario file that are read first; other sections are checked against them.
pub struct Frame {
    /// Place to report for a section that is missing.
    pub top: Option<Place>,
    pub head: TopKeys,
    /// Simulated months; `None` if the start or the horizon could not be read.
    pub calendar: Option<Calendar>,
    pub run: RunKeys,
    pub owner: Option<Owner>,
    /// True if the owner or its spending is misspelled or unreadable.
    pub is_owner_unread: bool,
}

/// A section that a file has once. No key is required, because a file may leave the section out.
pub trait Setting: Group + PartialEq {
    /// Name of the table.
    const KEY: &'static str;
    /// False if no path depends on the section. Then it changes the identity of a scenario, not its digest.
    const IS_OF_MODEL: bool = true;
    /// Id and title of the step of the waterfall that switches the section on; `None` if no step does.
    const STEP: Option<[&'static str; 2]> = None;

    /// Checks the keys against each other and the rest of the file, and brings them into normal form.
    fn settle(&mut self, _frame: &Frame, _faults: &mut Faults) {}

    /// The section as it is in a file that leaves it out; `None` if the catalog has defaults for it.
    fn absent() -> Option<Self> {
        let is_known = Self::FIELDS.iter().all(|field| field.preset != Preset::Class);
        let (empty, mut faults) = (Table::default(), Faults::default());
        is_known.then(|| Self::take(&mut Reader::new(&empty, None, Self::KEY, &mut faults)))
    }

    /// Keys of the section in canonical form; `None` if a file without the section means the same.
    fn table(&self) -> Option<Table> {
        let is_absent = Self::absent().is_some_and(|absent| absent == *self);
        (!is_absent).then(|| self.written())
    }

    /// Removes the section, unless the catalog has defaults for it.
    fn switch_off(&mut self) {
        if let Some(absent) = Self::absent() {
            *self = absent;
        }
    }
}

/// A section that a file has once (a setting), as its registry lists it.
#[derive(Debug)]
pub struct Registered {
    pub key: &'static str,
    pub is_of_model: bool,
    /// Id and title of the step of the waterfall that switches the section on; `None` if no step does.
    pub step: Option<[&'static str; 2]>,
    pub switch_off: fn(&mut Settings),
    pub table: fn(&Settings) -> Option<Table>,
    pub text: fn(&Settings) -> String,
}

/// Declares all tables of a file in the order of the reference: settings in braces as members of [`Settings`],
/// other tables in brackets.
macro_rules! settings {
    ($([$($table:expr),* $(,)?] {$($setting:ident: $type:ty),* $(,)?})*) => {
        /// All sections that a scenario file has once and that refer to no asset.
        #[derive(Clone, Debug)]
        pub struct Settings {
            $($(pub $setting: $type,)*)*
        }

        impl Settings {
            pub(super) fn read(sections: &mut Sections<'_>, frame: &Frame) -> Self {
                Self { $($($setting: sections.setting(frame),)*)* }
            }
        }

        /// All sections that a file has once (settings), in the order of the canonical document.
        pub const SETTINGS: &[Registered] = &[$($(Registered {
            key: <$type as Setting>::KEY,
            is_of_model: <$type as Setting>::IS_OF_MODEL,
            step: <$type as Setting>::STEP,
            switch_off: |all| all.$setting.switch_off(),
            table: |all| all.$setting.table(),
            text: |all| format!("{:?}", all.$setting),
        },)*)*];

        /// Every table of a scenario file.
        fn tables() -> Vec<Section> {
            let mut all = Vec::new();
            $(
                all.extend([$($table),*]);
                $(all.push(Section::optional::<$type>(<$type as Setting>::KEY));)*
            )*
            all
        }
    };
}
pub(super) use settings;
