//! The picture of the modules in docs/architecture.md, drawn from the arrows of the source.
//!
//! In: which module uses which. Out: an SVG. Not here: how arrows are read (`source.rs`), what is allowed (`main.rs`).

use crate::source::{Macro, exported_macros};
use crate::{ORDER, every_file, uses};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Modules of the crate `tailwheel-core`; the rest of `ORDER` is the crate `tailwheel`.
const OF_CORE: usize = 18; // up to `study`
const BOX: (i32, i32) = (104, 26);
const PITCH: (i32, i32) = (124, 44);
const WIDTH: i32 = 560;
const STYLE: &str = "text{font:13px sans-serif;text-anchor:middle;fill:#1f2328}.crate{font-style:italic;text-anchor:start}\
rect{fill:#fff;stroke:#57606a}.frame{fill:#f6f8fa;stroke:none}path{fill:none;stroke:#57606a;marker-end:url(#tip)}#tip path{fill:#57606a;stroke:none}\
@media(prefers-color-scheme:dark){text{fill:#e6edf3}rect{fill:#0d1117;stroke:#8b949e}.frame{fill:#161b22}path{stroke:#8b949e}#tip path{fill:#8b949e}}";

type Arrows = BTreeMap<&'static str, BTreeSet<&'static str>>;

fn arrows() -> Arrows {
    let sources = every_file();
    let macros: Vec<Macro> = sources.iter().flat_map(exported_macros).collect();
    ORDER.iter().map(|module| (*module, uses(&sources, &macros, module))).collect()
}

/// Everything that `module` uses by any way.
fn reached(arrows: &Arrows, module: &str) -> BTreeSet<&'static str> {
    let mut found = BTreeSet::new();
    let mut open: Vec<&'static str> = arrows[module].iter().copied().collect();
    while let Some(next) = open.pop() {
        if found.insert(next) {
            open.extend(&arrows[next]);
        }
    }
    found
}

/// The arrows that no longer way of other arrows replaces.
fn shortest(arrows: &Arrows) -> Arrows {
    let longer = |module: &str, used: &&str| {
        arrows[module].iter().any(|other| other != used && reached(arrows, other).contains(used))
    };
    arrows
        .iter()
        .map(|(module, used)| (*module, used.iter().copied().filter(|one| !longer(module, one)).collect()))
        .collect()
}

/// Rows of modules from the bottom: each above everything that it uses, and those of the core below the others.
fn rows(arrows: &Arrows) -> Vec<Vec<&'static str>> {
    let mut row: BTreeMap<&str, usize> = BTreeMap::new();
    let mut rows: Vec<Vec<&str>> = Vec::new();
    for (place, module) in ORDER.iter().enumerate() {
        let lowest = if place < OF_CORE { 0 } else { row[ORDER[OF_CORE - 1]] + 1 };
        let own = arrows[module].iter().map(|used| row[used] + 1).max().unwrap_or(0).max(lowest);
        row.insert(module, own);
        rows.resize(rows.len().max(own + 1), Vec::new());
        rows[own].push(module);
    }
    rows
}

fn picture() -> String {
    let arrows = arrows();
    let (rows, drawn) = (rows(&arrows), shortest(&arrows));
    let height = PITCH.1 * rows.len() as i32 + 16;
    let mut place: BTreeMap<&str, (i32, i32)> = BTreeMap::new();
    for (level, row) in rows.iter().enumerate() {
        for (index, module) in row.iter().enumerate() {
            let x = WIDTH / 2 + (2 * index as i32 - (row.len() as i32 - 1)) * PITCH.0 / 2;
            place.insert(module, (x, height - 24 - PITCH.1 * level as i32));
        }
    }
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\">\n\
         <title>Modules of tailwheel: each one uses only modules below it</title>\n<style>{STYLE}</style>\n\
         <marker id=\"tip\" orient=\"auto\" markerWidth=\"7\" markerHeight=\"7\" refX=\"6\" refY=\"3.5\"><path d=\"M0 0L7 3.5L0 7z\"/></marker>\n"
    );
    let top_of_core = ORDER[..OF_CORE].iter().map(|module| place[module].1).min().unwrap() - PITCH.1 / 2;
    let frames =
        [("tailwheel-core", top_of_core, height - top_of_core - 2), ("tailwheel", 2, top_of_core - 6)];
    for (name, y, frame) in frames {
        let (width, line) = (WIDTH - 4, y + 18);
        svg += &format!("<rect class=\"frame\" x=\"2\" y=\"{y}\" width=\"{width}\" height=\"{frame}\"/>\n");
        svg += &format!("<text class=\"crate\" x=\"12\" y=\"{line}\">{name}</text>\n");
    }
    for (module, used) in &drawn {
        let (x, y) = place[module];
        for (to_x, to_y) in used.iter().map(|name| place[name]) {
            let (from, to) = (y + BOX.1 / 2, to_y - BOX.1 / 2);
            let middle = (from + to) / 2;
            // An arrow past other rows goes around their boxes: a cubic reaches three quarters of the way.
            let path = if to_y - y > PITCH.1 {
                let passed = place.values().filter(|(_, row)| (y..to_y).contains(row));
                let edge = passed.map(|(x, _)| x + BOX.0 / 2).max().unwrap_or(x);
                let (side, to_side) = (x + BOX.0 / 2, to_x + BOX.0 / 2);
                if to_x > edge {
                    svg += &format!("<path d=\"M{side} {y}C{to_x} {y} {to_x} {y} {to_x} {to}\"/>\n");
                    continue;
                }
                let far = side.min(to_side) + (edge + 24 - side.min(to_side)) * 4 / 3;
                format!("M{side} {y}C{far} {y} {far} {to_y} {to_side} {to_y}")
            } else {
                format!("M{x} {from}C{x} {middle} {to_x} {middle} {to_x} {to}")
            };
            svg += &format!("<path d=\"{path}\"/>\n");
        }
    }
    for (module, (x, y)) in &place {
        let (left, top, line) = (x - BOX.0 / 2, y - BOX.1 / 2, y + 4);
        let (width, height) = BOX;
        svg += &format!("<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" rx=\"4\"/>\n");
        svg += &format!("<text x=\"{x}\" y=\"{line}\">{module}</text>\n");
    }
    svg + "</svg>\n"
}

fn file() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/modules.svg")
}

#[test]
fn the_picture_of_the_modules_is_that_of_the_source() {
    let is_current = fs::read_to_string(file()).unwrap() == picture();
    assert!(is_current, "docs/modules.svg is old; run: cargo test --test architecture -- --ignored");
}

#[test]
#[ignore = "writes docs/modules.svg"]
fn write_the_picture_of_the_modules() {
    fs::write(file(), picture()).unwrap();
}
