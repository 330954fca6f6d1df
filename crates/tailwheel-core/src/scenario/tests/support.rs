//! Files in memory, and the shortest way from a text to a scenario or its faults.

use crate::form::Colour;
use crate::scenario::{AssetEntry, Refusal, Scenario, Study, read_study};

/// The same without the words of the file that a warning repeats.
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

/// A head and an asset, to which `rest` from line 9 belongs.
pub fn with_asset(rest: &str) -> String {
    with_head(&format!("[[asset]]\nname = \"a\"\nclass = \"micro-saas-fleet\"\nvalue = 1000\n{rest}"))
}

/// A head and three assets `a`, `b`, `c`, then `rest` from line 17.
pub fn with_assets(rest: &str) -> String {
    with_asset(&format!(
        "[[asset]]\nname = \"b\"\nclass = \"tokenized-real-estate\"\nvalue = 1000\n\
         [[asset]]\nname = \"c\"\nclass = \"niche-content\"\nvalue = 1000\n{rest}"
    ))
}

/// Reads the first of `files`, each a path and a text, with all its cases.
pub fn study_files(files: &[(&str, &str)], set: &[&str]) -> Result<Study, Box<Refusal>> {
    let loader = |path: &str| {
        files
            .iter()
            .find(|(name, _)| *name == path)
            .map(|(_, text)| text.as_bytes().to_vec())
            .ok_or_else(|| "no such file".to_owned())
    };
    let set: Vec<String> = set.iter().map(|text| (*text).to_owned()).collect();
    read_study(files[0].0, &set, &loader)
}

/// Reads the first of `files`, without its variants.
pub fn read_files(files: &[(&str, &str)], set: &[&str]) -> Result<Scenario, Box<Refusal>> {
    study_files(files, set).map(|study| study.as_written.scenario)
}

/// The study of valid files.
pub fn studied_files(files: &[(&str, &str)], set: &[&str]) -> Study {
    study_files(files, set).unwrap_or_else(|refusal| panic!("{}", refusal.render(Colour::Plain)))
}

/// The study of a valid text.
pub fn studied(text: &str) -> Study {
    studied_files(&[("mine.toml", text)], &[])
}

/// The scenario of valid files.
pub fn valid_files(files: &[(&str, &str)], set: &[&str]) -> Scenario {
    read_files(files, set).unwrap_or_else(|refusal| panic!("{}", refusal.render(Colour::Plain)))
}

/// The scenario of a valid text.
pub fn valid(text: &str) -> Scenario {
    valid_files(&[("mine.toml", text)], &[])
}

/// The scenario of a valid text, and the one that its canonical document is, which is the same.
#[track_caller]
pub fn read_back(text: &str) -> [Scenario; 2] {
    let scenario = valid(text);
    let again = valid(&scenario.canonical_document());
    assert_eq!(again.canonical_document(), scenario.canonical_document());
    [scenario, again]
}

/// What the user sees of invalid files.
pub fn refused_files(files: &[(&str, &str)], set: &[&str]) -> String {
    match read_files(files, set) {
        Ok(scenario) => panic!("was read: {scenario:?}"),
        Err(refusal) => refusal.render(Colour::Plain),
    }
}

/// What the user sees of an invalid text.
pub fn refused(text: &str) -> String {
    refused_files(&[("mine.toml", text)], &[])
}

/// Code and place of every fault of files: `percent mine.toml:14:10`.
pub fn places(files: &[(&str, &str)], set: &[&str]) -> Vec<String> {
    match read_files(files, set) {
        Ok(scenario) => panic!("was read: {scenario:?}"),
        Err(refusal) => places_of(&refusal),
    }
}

/// Code and place of every fault of a refusal.
pub fn places_of(refusal: &Refusal) -> Vec<String> {
    refusal
        .faults
        .iter()
        .map(|fault| match fault.place() {
            Some(place) => {
                let (line, column) = refusal.sources.line_and_column(place);
                let name = refusal.sources.name(place.text);
                format!("{} {name}:{line}:{column}", fault.code)
            }
            None => fault.code.to_owned(),
        })
        .collect()
}

/// Code, line and column of every fault of a text: `percent 14:10`.
pub fn faults(text: &str) -> Vec<String> {
    places(&[("mine.toml", text)], &[]).iter().map(|place| place.replace("mine.toml:", "")).collect()
}

/// What the user sees, asked for its parts.
pub trait Text: Sized {
    /// Contains `part`.
    fn has(self, part: impl AsRef<str>) -> Self;
    /// Does not contain `part`.
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
