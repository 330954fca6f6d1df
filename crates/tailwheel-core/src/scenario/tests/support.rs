//! Files in memory, and the shortest way from a text to a scenario or its faults.

use crate::form::Colour;
use crate::scenario::{AssetEntry, Refusal, Scenario, Study, read_study};

/// Copies of the assets without their warnings about favorable keys, which repeat the wording of the file.
pub fn without_words(assets: &[AssetEntry]) -> Vec<AssetEntry> {
    let mut assets = assets.to_vec();
    for asset in &mut assets {
        asset.better.clear();
    }
    assets
}

/// The keys that every scenario needs in lines 1 to 4, then `rest`.
pub fn with_head(rest: &str) -> String {
    format!("start = \"2027-01\"\nhorizon = \"10 years\"\ncurrency = \"USD\"\nrun.seed = 1\n{rest}")
}

/// Scenario file with one asset; `rest`, from line 9 on, continues its table.
pub fn with_asset(rest: &str) -> String {
    with_head(&format!("[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n{rest}"))
}

/// Scenario file with an asset `a` of `class` that works as its mechanism does, and its `keys` from line 9 on.
pub fn mechanism(class: &str, keys: &str) -> String {
    with_head(&format!("[[asset]]\nname = \"a\"\nclass = \"{class}\"\nmodel = \"mechanism\"\n{keys}\n"))
}

/// Scenario file with three assets `a`, `b`, `c`, then `rest` from line 17.
pub fn with_assets(rest: &str) -> String {
    with_asset(&format!(
        "[[asset]]\nname = \"b\"\nclass = \"tokenized-real-estate\"\nvalue = 1000\n\
         [[asset]]\nname = \"c\"\nclass = \"niche-content\"\nvalue = 1000\n{rest}"
    ))
}

/// Reads the first of `files` (path, text) with the assignments `set`, and all its variants and axes.
pub fn study_files(files: &[(&str, &str)], set: &[&str]) -> Result<Study, Box<Refusal>> {
    let loader = |path: &str| {
        files
            .iter()
            .find(|(name, _)| *name == path)
            .map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| "no such file".into())
    };
    let set: Vec<String> = set.iter().map(|text| (*text).to_owned()).collect();
    read_study(files[0].0, &set, &loader)
}

/// Reads the first of `files` (path, text) with the assignments `set`, without its variants.
pub fn read_files(files: &[(&str, &str)], set: &[&str]) -> Result<Scenario, Box<Refusal>> {
    study_files(files, set).map(|study| study.as_written.scenario)
}

/// Study in the first of `files` (path, text); panics if they are refused.
pub fn studied_files(files: &[(&str, &str)], set: &[&str]) -> Study {
    study_files(files, set).unwrap_or_else(|refusal| panic!("{}", refusal.render(Colour::Plain)))
}

pub fn studied(text: &str) -> Study {
    studied_files(&[("mine.toml", text)], &[])
}

/// Study in a file that lays `mine` over one with the text `base`; panics if they are refused.
pub fn extended(base: &str, mine: &str) -> Study {
    let mine = format!("extends = \"base.toml\"\n{mine}");
    studied_files(&[("mine.toml", &mine), ("base.toml", base)], &[])
}

/// Scenario in the first of `files` (path, text); panics if they are refused.
pub fn valid_files(files: &[(&str, &str)], set: &[&str]) -> Scenario {
    studied_files(files, set).as_written.scenario
}

pub fn valid(text: &str) -> Scenario {
    valid_files(&[("mine.toml", text)], &[])
}

/// Scenario in a file with this text, then the scenario read from its canonical document, which must be equal.
#[track_caller]
pub fn read_back(text: &str) -> [Scenario; 2] {
    let scenario = valid(text);
    let again = valid(&scenario.canonical_document());
    assert_eq!(again.canonical_document(), scenario.canonical_document());
    [scenario, again]
}

/// Error message for `files` (path, text), of which the first is read; panics if they are valid.
pub fn refused_files(files: &[(&str, &str)], set: &[&str]) -> String {
    read_files(files, set).expect_err("a refusal").render(Colour::Plain)
}

pub fn refused(text: &str) -> String {
    refused_files(&[("mine.toml", text)], &[])
}

/// Code and position of every fault of `files` (path, text): `percent mine.toml:14:10`.
pub fn places(files: &[(&str, &str)], set: &[&str]) -> Vec<String> {
    places_of(&read_files(files, set).expect_err("a refusal"))
}

/// Code and position of every fault of a refusal: `percent mine.toml:14:10`.
pub fn places_of(refusal: &Refusal) -> Vec<String> {
    refusal
        .faults
        .iter()
        .map(|fault| {
            let Some(place) = fault.place() else {
                return fault.code.to_owned();
            };
            let (line, column) = refusal.sources.line_and_column(place);
            format!("{} {}:{line}:{column}", fault.code, refusal.sources.name(place.text))
        })
        .collect()
}

/// Code, line and column of every fault of a text: `percent 14:10`.
pub fn faults(text: &str) -> Vec<String> {
    places(&[("mine.toml", text)], &[]).iter().map(|place| place.replace("mine.toml:", "")).collect()
}

/// A message on which a test can check several parts one after the other.
pub trait Text: Sized {
    fn has(self, part: impl AsRef<str>) -> Self;
    fn lacks(self, part: impl AsRef<str>) -> Self;
}

impl Text for String {
    #[track_caller]
    fn has(self, part: impl AsRef<str>) -> Self {
        assert!(self.contains(part.as_ref()), "no `{}` in\n{self}", part.as_ref());
        self
    }

    #[track_caller]
    fn lacks(self, part: impl AsRef<str>) -> Self {
        assert!(!self.contains(part.as_ref()), "`{}` in\n{self}", part.as_ref());
        self
    }
}
