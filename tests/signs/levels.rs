//! How much the owner spends in the world of a row, and how many paths show its sign: found by search, kept in `levels.tsv`.

use super::judge::{Judged, Verdict, judge, run};
use super::row::{OUTCOMES, Row};
use super::world::World;
use std::collections::BTreeMap;
use std::path::PathBuf;
use tailwheel::stats::{LEVEL, estimate_at};

/// The probability of ruin that the worse of both values is brought to: less than one in twenty, so that the 5th percentile is above 0.
const RUINED: f64 = 0.03;
/// Paths of a run in which the level is searched for.
const SEARCHED: u32 = 512;
/// Steps of the search.
const STEPS: u32 = 9;
/// Paths of a row, until they show its sign.
pub const PATHS: [u32; 3] = [4_096, 16_384, 65_536];

/// The edit that sets how near ruin the owner is, and the paths of the run.
#[derive(Clone)]
pub struct Level {
    pub edit: String,
    pub paths: u32,
}

impl Level {
    pub fn edits(&self) -> [String; 2] {
        [self.edit.clone(), format!("run.paths={}", self.paths)]
    }
}

/// What is searched for: the spending a month, or the value of the other asset where the row sets the spending.
fn level(row: &Row, at: f64, paths: u32) -> Level {
    let edit = match row.key.contains("spending") {
        true => format!("asset.y.value={:.0}", 400_000.0 - 60.0 * at),
        false => format!("owner.spending=\"{at:.0}/month\""),
    };
    Level { edit, paths }
}

/// The probability of ruin of a world at a level.
fn ruin(world: &World, level: &Level) -> Result<f64, String> {
    let ruin = estimate_at(&run(world, &level.edits())?, OUTCOMES[2], LEVEL);
    Ok(ruin.and_then(Result::ok).map_or(0.0, |found| found.value))
}

/// The level at which the worse of both worlds is ruined on about [`RUINED`] of the paths, by bisection; the owner spends what
/// the row's own edits say where they say it.
pub fn searched(worlds: &[World; 2], row: &Row) -> Result<Level, String> {
    let is_said = |edit: &String| edit.starts_with("owner.spending=");
    let is_said = worlds[0].edits.iter().any(is_said) && !row.key.contains("spending");
    if is_said || row.instead.is_some_and(|(id, _)| id == "refused") {
        let edit = "title=\"as written\"".to_owned();
        return Ok(Level { edit, paths: PATHS[0] });
    }
    let (mut low, mut high) = (0.0, 8_000.0);
    // which value is the worse is seen where many are ruined
    let [first, second] = worlds.each_ref().map(|world| ruin(world, &level(row, 1_000.0, SEARCHED)));
    let worse = &worlds[usize::from(second? > first?)];
    for _ in 0..STEPS {
        let middle = f64::midpoint(low, high);
        if ruin(worse, &level(row, middle, SEARCHED))? > RUINED { high = middle } else { low = middle }
    }
    Ok(level(row, low, PATHS[0]))
}

/// The level of a row with the fewest paths that show its sign, the most if none do, and what is seen there.
pub fn found(worlds: &[World; 2], row: &Row) -> Result<(Level, Judged), String> {
    let mut level = searched(worlds, row)?;
    for paths in PATHS {
        level.paths = paths;
        let judged = judge(row, worlds, &level)?;
        if judged.verdict != Verdict::Still || paths == PATHS[PATHS.len() - 1] {
            return Ok((level, judged));
        }
    }
    Err("there are no paths".to_owned())
}

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/signs/levels.tsv")
}

/// The levels that are kept, by the title of the row.
pub fn kept() -> BTreeMap<String, Level> {
    let text = std::fs::read_to_string(path()).unwrap_or_default();
    let read = |line: &str| {
        let [title, edit, paths] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("levels.tsv: not 3 columns: {line}");
        };
        let level = Level { edit: edit.to_owned(), paths: paths.parse().expect("a number of paths") };
        (title.to_owned(), level)
    };
    text.lines().skip(1).map(read).collect()
}

/// Keeps `levels`.
pub fn keep(levels: &BTreeMap<String, Level>) {
    let mut text = "title\tlevel\tpaths\n".to_owned();
    for (title, Level { edit, paths }) in levels {
        text.push_str(&format!("{title}\t{edit}\t{paths}\n"));
    }
    // whoever is stopped leaves the old file or the new one
    let beside = path().with_extension("new");
    std::fs::write(&beside, text).expect("the repository can be written");
    std::fs::rename(beside, path()).expect("the repository can be written");
}
