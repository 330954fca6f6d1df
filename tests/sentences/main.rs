//! Every sentence is a claim: over generated scenarios it is recomputed from the columns and must be
//! true, and with a planted error it must be found false.
//!
//! A reader of a sentence sees printed text and columns ([`told::Told`]), never a module that wrote
//! it, so that it survives a rebuild.

#![allow(clippy::disallowed_methods)] // readers compare printed digits, they decide no path

#[path = "../common/mod.rs"]
mod common;
#[path = "../common/outputs.rs"]
mod outputs;

mod agents;
mod anatomy;
mod benchmark;
mod beside;
mod claim;
mod compared;
mod crashes;
mod ends;
mod figures;
mod gain;
mod generate;
mod holdings;
mod hours;
mod labels;
mod law;
mod living;
mod losses;
mod medians;
mod months;
mod one;
mod pairs;
mod planted;
mod read;
mod replays;
mod rows;
mod screen;
mod skill;
mod sources;
mod stakes;
mod titles;
mod told;
mod whys;
mod worlds;

#[test]
fn every_generated_scenario_has_a_screen() {
    let all = told::all();
    assert!(all.len() >= 40, "{}", all.len());
    for told in all {
        let n_lines = told.screen.lines().count();
        // two more say which files were written
        assert!((1..=38).contains(&n_lines), "{}: {n_lines}", told.name);
        assert_eq!(told.columns.wealth.len(), told.columns.n_paths);
    }
}
