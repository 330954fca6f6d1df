//! Pages that show commands and their output: the commands run in a folder of their own, and each printed block is what came of it.
//!
//! A block `toml` below a line such as `` `mine.toml`: `` is that file. A block between `<!-- generated: printed -->` and
//! `<!-- end -->` is what the commands above it printed, or those of its lines that contain one of the texts in the mark.

use super::{page, pages, root};
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

const TUTORIAL: &str = "docs/tutorial.md";
const MARK: &str = "<!-- generated: printed";
const END: &str = "<!-- end -->";

fn how_to_pages() -> Vec<String> {
    pages().into_iter().filter(|name| name.starts_with("docs/how-to/")).collect()
}

/// Runs the commands of a block; their output, or their errors if they print nothing else.
#[track_caller]
pub(super) fn shell(commands: &str, folder: &Path) -> String {
    let program = Path::new(env!("CARGO_BIN_EXE_tailwheel"));
    let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
    let output = Command::new("bash")
        .args(["-uc", commands])
        .current_dir(folder)
        .env("PATH", path)
        .output()
        .expect("there is a shell");
    let [out, err] = [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
    let code = commands.split_once("# exit code ");
    let code = code.map_or(0, |(_, code)| code.trim().parse().expect("a number"));
    assert_eq!(output.status.code(), Some(code), "{commands}\n{out}{err}");
    if out.is_empty() { err } else { out }
}

/// Lines that contain one of the texts between quotes in `mark`; all if it has none. Dots stand for those left out.
fn selected(printed: &str, mark: &str) -> String {
    let wanted: Vec<&str> = mark.split('"').skip(1).step_by(2).collect();
    let is_wanted = |line: &str| wanted.is_empty() || wanted.iter().any(|text| line.contains(text));
    for text in &wanted {
        assert!(printed.contains(text), "nothing printed contains {text}:\n{printed}");
    }
    let (mut found, mut is_gap) = (String::new(), false);
    for line in printed.trim_end().lines() {
        if !is_wanted(line) {
            is_gap = true;
            continue;
        }
        if std::mem::take(&mut is_gap) {
            found += "…\n";
        }
        found += &format!("{}\n", line.trim_end());
    }
    found + if is_gap { "…\n" } else { "" }
}

/// The page as it is when its commands have run, and how many blocks of commands it has.
fn executed(name: &str) -> (String, usize) {
    let folder = TempDir::new().unwrap();
    let at = folder.path();
    if name != TUTORIAL {
        // how-to pages continue with the file of the tutorial
        executed_in(&page(TUTORIAL), at, false);
    }
    let page = page(name);
    if page.contains("scenarios/") {
        let copy = format!("cp -r '{}' .", root().join("scenarios").display());
        assert!(Command::new("sh").args(["-c", &copy]).current_dir(at).status().unwrap().success());
    }
    executed_in(&page, at, true)
}

fn executed_in(page: &str, folder: &Path, runs: bool) -> (String, usize) {
    let (mut text, mut printed, mut n_blocks) = (String::new(), String::new(), 0);
    let mut file = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        text += &format!("{line}\n");
        let mut block = |text: &mut String| -> String {
            let inner: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
            let inner = inner.join("\n") + "\n";
            *text += &format!("{inner}```\n");
            inner
        };
        if let Some(name) = line.strip_prefix('`').and_then(|line| line.strip_suffix("`:")) {
            file = Some(name.to_owned());
        } else if line == "```toml" {
            let inner = block(&mut text);
            if let Some(name) = file.take() {
                fs::write(folder.join(name), inner).unwrap();
            }
        } else if line == "```sh" {
            let inner = block(&mut text);
            n_blocks += 1;
            if runs {
                printed = shell(&inner, folder);
            }
        } else if let Some(mark) = line.strip_prefix(MARK) {
            lines.by_ref().take_while(|line| *line != END).for_each(drop);
            if runs {
                text += &format!("```text\n{}```\n", selected(&printed, mark));
            }
            text += &format!("{END}\n");
        }
    }
    (text, n_blocks)
}

#[track_caller]
fn check(name: &str) {
    let remedy = "run: cargo test --test program -- --ignored writes_what_the_program_prints";
    let (text, n_blocks) = executed(name);
    assert!(n_blocks > 0, "{name} has a command");
    assert!(text == page(name), "{name} is old; {remedy}");
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn the_tutorial_prints_what_it_shows() {
    check(TUTORIAL);
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn every_how_to_page_prints_what_it_shows() {
    let names = how_to_pages();
    assert!(names.len() >= 10, "{names:?}");
    names.iter().for_each(|name| check(name));
}

#[test]
#[ignore = "changes files of the repository"]
fn writes_what_the_program_prints() {
    for name in how_to_pages().iter().map(String::as_str).chain([TUTORIAL]) {
        fs::write(root().join(name), executed(name).0).unwrap();
    }
}
