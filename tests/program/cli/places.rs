//! Places to live in, as the shipped scenarios have them: what a run, a comparison and `explain` say.

use crate::cli::sandbox::Sandbox;
use crate::outputs::json;
use std::fs;
use std::path::Path;

/// A folder with the shipped files of places, and the one about a move.
fn shipped() -> Sandbox {
    let sandbox = Sandbox::new();
    let scenarios = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let folder = fs::read_dir(scenarios.join("jurisdictions")).expect("it is shipped");
    for file in folder.map(|file| file.expect("a file").path()).chain([scenarios.join("relocation.toml")]) {
        let name = file.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("a text");
        sandbox.write(&name, text);
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
        let screen = sandbox.run(&["run", &format!("{file}.toml"), "--paths", "2000"]).done();
        assert!(screen.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{words}\n{screen}");
        assert!(screen.lines().count() <= 48, "{file}: {}\n{screen}", screen.lines().count());
    }
}

#[test]
fn a_comparison_parts_what_is_rate_and_what_is_compliance() {
    let sandbox = shipped();
    let arguments = ["compare", "uae-or-us.toml", "--paths", "4000"];
    let shown = ["--format", "json", "--no-charts"];
    let arguments = [&arguments[..], &shown].concat();
    let found = json(&sandbox.run(&arguments).done());
    let cases = found["cases"].as_array().expect("cases");
    let difference = |name: &str| {
        let case = cases.iter().find(|case| case["id"].as_str().is_some_and(|id| id.ends_with(name)));
        let case = case.unwrap_or_else(|| panic!("{name}: {found}"));
        let measure = &case["measures"]["wealth.terminal.real.p50"]["difference"];
        measure.as_f64().unwrap_or_else(|| panic!("{case}"))
    };
    let parts = ["/emirates-rate", "/emirates-compliance"].map(difference);
    let whole = difference("/emirates");
    assert!(parts[0] > 0.0 && parts[1] < 0.0, "{parts:?}");
    // what two of them do together is little against what one does
    let rest = whole - parts.iter().sum::<f64>();
    let most = parts.into_iter().map(f64::abs).fold(0.0, f64::max);
    assert!(rest.abs() < 0.2 * most, "{parts:?}, together {whole}");
}

#[test]
fn a_place_is_explained_by_each_of_its_names_and_all_are_listed() {
    let sandbox = Sandbox::new();
    let page = |id: &str| -> String {
        sandbox.run(&["explain", id]).done().split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for words in
        ["20 %", "650/year to 2000/year", "[documents", "compliance_hours", "residence = \"estonia\""]
    {
        assert!(page("estonia").contains(words), "{words}");
    }
    assert!(page("uae").contains("United Arab Emirates"));
    assert!(page("owner.tax_rate").contains("15-37 %"));
    for place in ["estonia", "portugal", "singapore", "united-arab-emirates", "united-states"] {
        assert!(page("jurisdictions").contains(place), "{place}");
    }
    sandbox.run(&["explain", "singapur"]).says("did you mean `singapore`?");
}
