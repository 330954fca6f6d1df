//! The pictures that the documentation shows are those that the program draws today.
//!
//! To draw them anew:
//! `cargo run --release -- run scenarios/passive-income-2027.toml --out output/gallery`

use crate::common::scenario_of_file;
use std::fs;
use std::path::{Path, PathBuf};
use tailwheel::chart::Theme;
use tailwheel::report::{ReplayReport, painted, sketches, to_json};
use tailwheel::{Control, Report, engine, simulate, study};

const SCENARIO: &str = "scenarios/passive-income-2027.toml";
const GALLERY: &str = "output/gallery/passive-income-2027";

fn at_root(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn the_gallery_shows_what_the_flagship_scenario_gives_today() {
    let scenario = scenario_of_file(SCENARIO, &[]);
    let control = Control::default();
    let run = simulate(&scenario, &control).expect("a finite run");
    let bridge = study::bridge(&run, &control).expect("finite runs");
    let report = Report::from(&run).with_bridge(bridge);
    let worst = study::worst_crash(&run.outcome)
        .map(|path| engine::replay(&run.plan, control.level, path).expect("a finite path"));
    let worst = worst.as_ref().map(|replay| ReplayReport { scenario: &scenario, replay });
    let report = report.with_paths(worst, None);
    let report = Report::of_json(&to_json(&report)).expect("what was written can be read");
    let remedy = format!("run: cargo run --release -- run {SCENARIO} --out output/gallery");
    let mut expected = Vec::new();
    let theme = Theme::Light;
    let drawn = painted(sketches(&report, &[]), theme, control.stop, &|_| {});
    for picture in drawn.expect("nobody stops it") {
        for (ending, drawn) in [("svg", picture.svg.as_bytes()), ("png", &picture.png)] {
            let name = format!("{}.{ending}", picture.name);
            let shown = fs::read(at_root(GALLERY).join(&name)).unwrap_or_default();
            assert!(shown == drawn, "{GALLERY}/{name} is old; {remedy}");
            expected.push(name);
        }
    }
    let mut shown: Vec<String> = fs::read_dir(at_root(GALLERY))
        .expect("the gallery is there")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .filter(|name| !name.ends_with(".json") && name != "report.html")
        .collect();
    expected.sort();
    shown.sort();
    assert_eq!(shown, expected, "{remedy}");
}
