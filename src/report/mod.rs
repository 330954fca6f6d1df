//! One serialisable report, as text and as JSON.
//!
//! In: a scenario, an outcome, its estimates. Out: [`Report`]. Not here: files and colours (`cli`),
//! what pictures are drawn with (`chart`).
//!
//! Each file uses those before it alone:
//!
//! ```text
//! figures   json measure thousands ends sustained living moves goals hours befallen correlations
//! a report  edit gate bridge legend legible document causes contributions basis crash warnings build csv
//! a path    replay
//! pages     pictures loop_text struck mechanisms one screen whole
//! others    sensitivity solved batch compare schema
//! ```

mod basis;
pub mod batch;
mod befallen;
mod bridge;
mod build;
mod causes;
pub mod compare;
mod contributions;
mod correlations;
mod crash;
mod csv;
mod document;
pub mod edit;
mod ends;
pub mod gate;
mod goals;
mod hours;
mod json;
mod legend;
mod legible;
mod living;
mod loop_text;
mod measure;
pub mod mechanisms;
mod moves;
mod one;
mod pictures;

mod replay;
mod schema;
mod screen;
pub mod screens;
mod sensitivity;
mod solved;
mod struck;
mod sustained;
mod thousands;
mod warnings;
mod whole;

pub use crate::engine::VALUE_VERSION;
pub use crate::figure::grouped;
pub use bridge::BridgePart;
pub use build::{are_decided, judge_all, judged, model_digest};
pub use correlations::{CorrelationsPart, PairsPart, WorldsPart};
pub use document::{
    About, AssetPart, CorrelationPart, CrashPart, EventPart, ExceedancePart, MechanismPart,
    PrescribedPart, ReachPart, Report, RunPart, SCHEMA, ScenarioPart, SeriesPart, Timing, Warning,
};
pub use measure::Measure;
pub use pictures::{
    CHARTS, Kind as PictureKind, PICTURE_BYTES_PER_PATH, Picture, SinglePaths, drawings,
    is_same_stake, painted, pictures,
};
pub use replay::{REPLAY_SCHEMA, ReplayReport};
pub use schema::{OUTPUTS, Output};
pub use sensitivity::{SENSITIVITY_SCHEMA, SensitivityReport};
pub use solved::{one_side, solved};
pub use sustained::SustainablePart;
pub use warnings::{WARNINGS, WarningKind, doubts_of_study};
