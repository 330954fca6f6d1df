//! Places to live in: what `explain` says.

use crate::sandbox::Sandbox;

#[test]
fn a_place_is_explained_by_each_of_its_names_and_all_are_listed() {
    let sandbox = Sandbox::new();
    let page = |id: &str| -> String {
        let page = sandbox.run(&["explain", id]).done();
        page.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    for words in [
        "20 %",
        "650/year to 2000/year",
        "[documents",
        "compliance_hours",
        "residence = \"estonia\"",
    ] {
        assert!(page("estonia").contains(words), "{words}");
    }
    assert!(page("uae").contains("United Arab Emirates"));
    assert!(page("owner.tax_rate").contains("15-37 %"));
    for place in [
        "estonia",
        "portugal",
        "singapore",
        "united-arab-emirates",
        "united-states",
    ] {
        assert!(page("jurisdictions").contains(place), "{place}");
    }
    let slip = sandbox.run(&["explain", "singapur"]);
    assert!(
        slip.err.contains("did you mean `singapore`?"),
        "{}",
        slip.err
    );
}
