//! The numbers from which the crash of a path is drawn.
//!
//! In: a [`ReplayReport`]. Out: a chart. Not here: drawing (`pictures`).

use super::document::ReplayReport;
use crate::chart::{Stamp, Theme};
use crate::report::pictures::{CrashAnatomy, Picture, drawn_with, first_letters};
use std::sync::atomic::AtomicBool;

impl ReplayReport {
    /// The crash as a chart, if anybody sold.
    pub fn chart(&self) -> Option<CrashAnatomy> {
        let crash = self.crash.as_ref();
        let crash = crash.filter(|crash| !crash.firings.is_empty())?;
        Some(CrashAnatomy {
            path: self.path,
            crash: crash.clone(),
        })
    }

    /// The crash as a picture, if anybody sold; nothing once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let stamp = Stamp {
            scenario: self.scenario.title.clone(),
            seeds: self.run.seeds,
            n_paths: self.run.paths,
            digest: first_letters(&self.scenario.model_digest),
        };
        drawn_with(&self.chart()?, &stamp, theme, stop)
    }
}
