//! Reading whole files: what is understood, what is refused, in which words.

mod assigned;
mod better;
mod class_defaults;
mod contradictions;
mod crash_files;
mod crash_meaning;
mod documents;
mod events;
mod events_by_default;
mod expansions;
mod files;
mod flagship;
mod hours;
mod markets;
mod meaning;
mod mechanisms;
mod mixes;
mod owner;
mod properties;
mod ranges;
mod refused;
mod schedules;
mod study;
pub(super) mod support;
mod wording;
mod writable;
