//! What the documentation says is what the program does: commands run, scenarios are valid, links
//! lead somewhere. In the files beside this one: tables are those of the registries (`tables`) and of the schemas
//! (`json`), no file has a key without a schema (`keys`), commands print what the page shows (`printed`), every option,
//! variable and path is a real one (`words`), texts keep the rules of language (`language`), and all of it is not long (`length`).

mod documents;
mod json;
mod keys;
mod language;
mod length;
mod plausible;
mod printed;
mod release;
mod tables;
mod words;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// Runs the program at the root of the repository; it must succeed.
#[track_caller]
fn succeed(arguments: &[&str]) -> String {
    let (code, out, err) = answer(arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {err}");
    out
}

/// Runs the program at the root of the repository: its exit code and what it wrote on both streams.
fn answer(arguments: &[&str]) -> (Option<i32>, String, String) {
    let output =
        Command::new(env!("CARGO_BIN_EXE_tailwheel")).current_dir(root()).args(arguments).output().unwrap();
    let err = String::from_utf8_lossy(&output.stderr).into_owned();
    (output.status.code(), String::from_utf8(output.stdout).unwrap(), err)
}

/// Runs a scenario with few paths into a folder that is thrown away.
#[track_caller]
fn simulate(scenario: &str, paths: &str) {
    let out = TempDir::new().unwrap();
    let folder = out.path().to_str().unwrap();
    succeed(&["run", scenario, "--paths", paths, "--out", folder]);
}

/// Blocks of a page that are marked as `language`.
fn blocks(page: &str, language: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once(&format!("\n```{language}\n")) {
        let (block, end) = after.split_once("\n```").expect("a block ends");
        blocks.push(block.to_owned());
        rest = end;
    }
    blocks
}

fn pages() -> Vec<String> {
    let mut found = Vec::new();
    for folder in [
        "", "docs", "docs/decisions", "docs/how-to", "docs/model", "output", "scenarios", "benches",
        "benches/peers",
    ] {
        for entry in fs::read_dir(root().join(folder)).into_iter().flatten() {
            let path = Path::new(folder).join(entry.unwrap().file_name());
            found.push(path.to_str().unwrap().to_owned());
        }
    }
    found.retain(|name| name.ends_with(".md"));
    found.sort();
    found
}

#[test]
fn every_command_of_the_readme_works() {
    let mut n_run = 0;
    for block in blocks(&page("README.md"), "sh") {
        for line in block.lines().filter(|line| !line.trim().is_empty()) {
            let line = line.split(" #").next().unwrap().trim();
            if ["cargo test", "cargo install --path ."].contains(&line) {
                continue; // the one is what runs here, the other builds the same again
            }
            let arguments =
                line.strip_prefix("cargo run --release -- ").or_else(|| line.strip_prefix("tailwheel "));
            let arguments = arguments.unwrap_or_else(|| panic!("nobody tests `{line}`"));
            let words: Vec<&str> = arguments.split_whitespace().collect();
            match words.as_slice() {
                ["run", scenario] => simulate(scenario, "2000"),
                words => drop(succeed(words)),
            }
            n_run += 1;
        }
    }
    assert!(n_run > 0, "the README runs something");
}

#[test]
fn every_scenario_that_a_page_shows_runs() {
    let mut n_shown = 0;
    for name in pages() {
        // the reference shows parts of files, and how-to pages extend the file of the tutorial
        for block in blocks(&page(&name), "toml") {
            let is_whole = !block.contains("extends") && block.contains("horizon");
            if is_whole && block.contains("[[asset]]") {
                let folder = TempDir::new().unwrap();
                let file = folder.path().join("shown.toml");
                fs::write(&file, &block).unwrap();
                simulate(file.to_str().unwrap(), "512");
                n_shown += 1;
            }
        }
    }
    assert!(n_shown > 0, "the README shows a scenario");
}

#[test]
fn every_question_that_a_page_tells_to_ask_has_an_answer() {
    for name in pages() {
        let text = page(&name).replace('\n', " ");
        for span in text.split('`').skip(1).step_by(2) {
            let Some(id) = span.strip_prefix("tailwheel explain ") else {
                continue;
            };
            if id.chars().any(|c| c.is_lowercase()) {
                assert!(!succeed(&["explain", id]).is_empty());
            }
        }
    }
}

#[test]
fn every_shipped_scenario_is_listed() {
    let list = page("scenarios/README.md");
    for name in plausible::shipped().iter().filter(|name| !name.contains('/')) {
        assert!(list.contains(&format!("({name})")), "scenarios/README.md does not list {name}");
    }
}

#[test]
fn every_link_between_pages_leads_somewhere() {
    let mut n_links = 0;
    for name in pages() {
        let text = page(&name);
        let folder = root().join(&name).parent().map(PathBuf::from).unwrap();
        for target in text.split("](").skip(1) {
            let target = target.split([')', ' ']).next().unwrap().split('#').next().unwrap();
            if target.is_empty() || target.contains("://") || target.starts_with("mailto:") {
                continue;
            }
            n_links += 1;
            assert!(folder.join(target).exists(), "{name} links to {target}");
        }
    }
    assert!(n_links > 5, "the pages link to each other");
}
