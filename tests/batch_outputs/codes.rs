//! Every code of a fault that the source can make is in the table that SARIF shows.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use tailwheel::report::batch::FAULT_CODES;

/// Where a code stands: the first argument of these.
const MAKERS: [&str; 2] = ["Diagnostic::new(", " found("];

fn codes_below(folder: &Path, into: &mut BTreeSet<String>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            codes_below(&path, into);
            continue;
        }
        let text = fs::read_to_string(&path).unwrap_or_default();
        for maker in MAKERS {
            for after in text.split(maker).skip(1) {
                let code = after
                    .trim_start()
                    .strip_prefix('"')
                    .and_then(|rest| rest.split_once('"'));
                let code = code.map(|(code, _)| code.to_owned());
                // ids of measures have dots, codes have none
                into.extend(code.filter(|code| !code.contains('.')));
            }
        }
    }
}

#[test]
fn every_code_of_a_fault_is_explained() {
    let mut made = BTreeSet::new();
    for module in ["form", "scenario", "asset", "catalog", "report"] {
        codes_below(
            &Path::new(env!("CARGO_MANIFEST_DIR"))
                .join("src")
                .join(module),
            &mut made,
        );
    }
    // chosen where it is made
    made.insert("unknown-asset".to_owned());
    assert!(made.len() > 25, "{made:?}");
    let listed: Vec<&str> = FAULT_CODES.iter().map(|(code, _)| *code).collect();
    assert!(listed.is_sorted(), "the table is sorted");
    let unlisted: Vec<&String> = made
        .iter()
        .filter(|code| !listed.contains(&code.as_str()))
        .collect();
    assert!(
        unlisted.is_empty(),
        "src/report/batch/rules.rs does not explain {unlisted:?}"
    );
}
