//! Reading whole files: what is understood, what is refused, in which words.

mod class_defaults;
mod contradictions;
mod crash;
mod crash_files;
mod crash_meaning;
mod crash_wording;
mod documents;
mod events;
mod events_by_default;
mod faults;
mod files;
mod flagship;
mod hours;
mod impossible;
mod markets;
mod meaning;
mod mechanisms;
mod mixes;
mod owner;
mod properties;
mod study;
mod study_faults;
mod study_wording;
mod support;
mod wording;
mod writable;
