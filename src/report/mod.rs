//! Reports: what a run or a study found, as JSON, CSV, screens, web pages and charts.
//!
//! In: a scenario, an outcome, its estimates. Out: [`Report`] and the documents of batch, comparison, replay,
//! sensitivity and solve. Not here: files and terminal colors (`cli`), chart primitives (`chart`).
//!
//! Each file uses only those listed before it:
//!
//! ```text
//! figures   json cells measure labels first_months correlations owner_facts screens
//! parts     edit gate crash replay facts document warnings build formats
//! studies   sensitivity solve compare
//! pages     mechanisms view run_screen pictures html
//! others    batch schema
//! ```

pub mod batch;
mod build;
mod cells;
pub mod compare;
mod correlations;
mod crash;
mod document;
pub mod edit;
mod facts;
mod first_months;
mod formats;
pub mod gate;
mod html;
mod json;
pub mod labels;
mod measure;
pub mod mechanisms;
mod owner_facts;
mod pictures;
pub mod replay;
mod run_screen;
mod schema;
pub mod screens;
mod sensitivity;
mod solve;
mod view;
mod warnings;

pub use crate::engine::VALUE_VERSION;
pub use crate::figure::grouped;
pub use build::{are_decided, judge_all, judged};
pub use correlations::{CorrelationsPart, PairsPart, WorldsPart};
pub use crash::{CrashPart, ExceedancePart, PrescribedPart, ReachPart};
pub use document::{
    About, AssetPart, BridgePart, CommandPart, CorrelationPart, MechanismPart, Report, RunPart, SCHEMA,
    ScenarioPart, Timing, Warning,
};
pub use facts::{EventPart, SeriesPart};
pub use formats::{FORMATS, Format};
pub use html::{Studies, limits};
pub use json::to_json;
pub use measure::Measure;
pub use owner_facts::SustainablePart;
pub use pictures::{CHARTS, Picture, PictureKind, Sketch, charts_of_runs, painted, sketches};
pub use replay::{REPLAY_SCHEMA, ReplayReport};
pub use schema::{OUTPUTS, Output};
pub use sensitivity::{SENSITIVITY_SCHEMA, SensitivityReport};
pub use solve::{SOLVE_SCHEMA, SolveReport};
pub use warnings::{WARNINGS, WarningKind, doubts_of_study};
