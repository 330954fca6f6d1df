//! What a release consists of fits together: the version, the changelog, the licenses, the citation and the package.

use super::{page, root};
use std::fs;

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Words that the notes of one version may have; reasons belong into docs/decisions.
const WORDS: usize = 1_500;

/// Sections of the changelog: the heading without its marks, and what follows it.
fn sections(changelog: &str) -> Vec<(&str, &str)> {
    let sections = changelog.split("\n## ").skip(1);
    sections.map(|section| section.split_once('\n').unwrap_or((section, ""))).collect()
}

fn manifest() -> toml::Table {
    page("Cargo.toml").parse().expect("a manifest")
}

/// Files and folders of the package, each from the root of the repository.
fn packed() -> Vec<String> {
    let include = manifest()["package"]["include"].clone().try_into::<Vec<String>>().expect("a list");
    include.iter().map(|path| path.replacen('/', "", 1)).collect()
}

fn is_packed(path: &str) -> bool {
    packed().iter().any(|packed| {
        packed == path
            || (packed.ends_with('/') && path.starts_with(packed.as_str()))
            || packed.strip_suffix('*').is_some_and(|start| path.starts_with(start))
    })
}

#[test]
fn the_version_has_a_dated_section_of_at_most_1500_words() {
    let changelog = page("CHANGELOG.md");
    let sections = sections(&changelog);
    assert_eq!(sections[0].0, "Unreleased");
    let start = format!("{VERSION} - ");
    let dates: Vec<&str> = sections.iter().filter_map(|(heading, _)| heading.strip_prefix(&start)).collect();
    let is_date = |date: &str| date.len() == 10 && date.chars().all(|c| c.is_ascii_digit() || c == '-');
    assert!(dates.len() == 1 && is_date(dates[0]), "one heading of {VERSION}: {dates:?}");
    for (heading, text) in &sections {
        let n = text.split_whitespace().count();
        assert!(n <= WORDS, "{heading}: {n} words, more than {WORDS}");
    }
}

#[test]
fn the_citation_is_of_this_version_and_its_day() {
    let citation = page("CITATION.cff");
    let value = |key: &str| {
        let mut values = citation.lines().filter_map(|line| line.strip_prefix(key)?.strip_prefix(": "));
        values.next().unwrap_or_else(|| panic!("{key}")).to_owned()
    };
    assert_eq!(value("version"), VERSION);
    let heading = format!("\n## {VERSION} - {}\n", value("date-released"));
    assert!(page("CHANGELOG.md").contains(&heading), "{heading}");
}

#[test]
fn every_license_of_the_manifest_has_its_text_and_is_packed() {
    let license = &manifest()["package"]["license"];
    assert_eq!(license.as_str(), Some("(MIT OR Apache-2.0) AND OFL-1.1"));
    for (file, words) in [
        ("LICENSE-MIT", "MIT License"),
        ("LICENSE-APACHE", "Apache License"),
        ("LICENSE-OFL", "SIL OPEN FONT LICENSE Version 1.1"),
    ] {
        assert!(page(file).contains(words) && is_packed(file), "{file}");
    }
    assert_eq!(page("LICENSE-OFL"), page("src/chart/fonts/OFL.txt"));
}

#[test]
fn the_package_has_everything_that_the_readme_shows_or_links_to() {
    let readme = page("README.md");
    let mut n_links = 0;
    for target in readme.split("](").skip(1) {
        let target = target.split([')', ' ', '#']).next().unwrap_or_default();
        if target.is_empty() || target.contains("://") {
            continue;
        }
        let is_folder = root().join(target).is_dir();
        let path = if is_folder && !target.ends_with('/') { format!("{target}/") } else { target.to_owned() };
        n_links += 1;
        assert!(is_packed(&path), "{target} is not in the package");
    }
    assert!(n_links > 5, "{n_links}");
    for path in packed() {
        let start = path.trim_end_matches('*');
        let mut names =
            fs::read_dir(root()).expect("the root").map(|entry| entry.expect("an entry").file_name());
        let is_there = names.any(|name| name.to_str().is_some_and(|name| name.starts_with(start)));
        assert!(is_there || root().join(start).exists(), "Cargo.toml packs {path}, which is not there");
    }
}
