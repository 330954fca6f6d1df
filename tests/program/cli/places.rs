//! Places to live in, as the shipped scenarios have them: what a run, a comparison and `explain` say.

use crate::cli::sandbox::{Sandbox, Text, in_one_line};
use crate::outputs::number;
use std::fs;
use std::path::Path;

/// A folder with the shipped files of places, and the one about a move.
fn shipped() -> Sandbox {
    let sandbox = Sandbox::new();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let folder = fs::read_dir(scenarios.join("jurisdictions")).expect("it is shipped");
    for file in folder.map(|file| file.expect("a file").path()).chain([scenarios.join("relocation.toml")]) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        sandbox.write(&name, fs::read(&file).expect("a file"));
    }
    sandbox
}

#[test]
fn a_screen_of_every_place_says_its_rate_and_fits() {
    let sandbox = shipped();
    for (file, words) in [
        ("uae", "United Arab Emirates, 0 % to 5 % tax"),
        ("singapore", "Singapore, 7 % to 10 % tax"),
        ("estonia", "Estonia, 20 % tax"),
        ("portugal", "Portugal, 28 % tax"),
        ("united-states", "United States, brackets of 0 % to 37 % tax"),
        ("uae-or-us", "United States, brackets of 0 % to 37 % tax"),
        ("relocation", "United Arab Emirates, 0 % to 5 % tax from Jan 2029"),
    ] {
        let screen = sandbox.run(&format!("run {file}.toml --paths 2000")).done();
        in_one_line(&screen).has(words);
        assert!(screen.lines().count() <= 48, "{file}: {}\n{screen}", screen.lines().count());
    }
}

#[test]
fn a_comparison_parts_what_is_rate_and_what_is_compliance() {
    let found = shipped().json("compare uae-or-us.toml --paths 4000 --format json --no-charts");
    let cases = found["cases"].as_array().expect("cases");
    let [whole, rate, compliance] = ["/emirates", "/emirates-rate", "/emirates-compliance"].map(|name| {
        let is_meant = |id: &str| id.ends_with(name);
        let case = cases.iter().find(|case| case["id"].as_str().is_some_and(is_meant)).expect("a case");
        number(&case["measures"]["wealth.terminal.real.p50"]["difference"])
    });
    assert!(rate > 0.0 && compliance < 0.0, "{rate} {compliance}");
    // what two of them do together is little against what one does
    let rest = whole - rate - compliance;
    assert!(rest.abs() < 0.2 * rate.max(-compliance), "{rate} and {compliance}, together {whole}");
}

#[test]
fn a_place_is_explained_by_each_of_its_names_and_all_are_listed() {
    let sandbox = Sandbox::new();
    let page = |id: &str| in_one_line(&sandbox.run(&["explain", id]).done());
    let residence = "residence = \"estonia\"";
    page("estonia").has_all(["20 %", "650/year to 2000/year", "[documents", "compliance_hours", residence]);
    page("uae").has("United Arab Emirates");
    page("owner.tax_rate").has("15-37 %");
    let places = ["estonia", "portugal", "singapore", "united-arab-emirates", "united-states"];
    page("jurisdictions").has_all(places);
    sandbox.run("explain singapur").says("did you mean `singapore`?");
}
