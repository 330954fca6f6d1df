//! The committed reference page and schema are those of the declarations.

use std::path::{Path, PathBuf};
use tailwheel::scenario::schema;

mod page;

/// What is generated, and where it is kept.
fn generated() -> [(PathBuf, String); 2] {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    [(root.join("docs/scenario.md"), page::page()), (root.join("tailwheel.schema.json"), schema())]
}

#[test]
fn the_committed_reference_and_schema_are_those_of_the_declarations() {
    for (path, text) in generated() {
        let committed = std::fs::read_to_string(&path).expect("it is committed");
        let remedy = "run: cargo test --test program reference -- --ignored";
        assert!(committed == text, "{} is old; {remedy}", path.display());
    }
}

#[test]
#[ignore = "writes the files of the repository that the other test compares"]
fn write_the_reference_and_the_schema() {
    for (path, text) in generated() {
        std::fs::write(path, text).expect("the repository can be written");
    }
}
