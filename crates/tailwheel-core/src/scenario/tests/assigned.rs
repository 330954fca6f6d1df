//! Assignments of the command line that are refused: each shows what is taken.

use super::support::{
    Text, refused, refused_files, study_files, valid, valid_files, with_asset, with_assets,
};

/// Returns the assignments `key=value` that the refusal of the assignment `typed` proposes.
fn shown_after(typed: &str) -> Vec<String> {
    let refusal = study_files(&[("mine.toml", &with_asset(""))], &[typed]).expect_err(typed);
    let [fault] = &refusal.faults[..] else { panic!("{typed}: {:?}", refusal.faults) };
    let patch = fault.patch.iter().map(|patch| patch.replacement.as_str());
    let notes = fault.notes.iter().filter(|note| note.name == "such as");
    let values = patch.chain(notes.flat_map(|note| note.text.split("   or   ")));
    let key = typed.split('=').next().unwrap_or_default();
    let whole = |value: &str| value.strip_prefix("--set ").map(str::to_owned);
    values.map(|value| whole(value).unwrap_or_else(|| format!("{key}={value}"))).collect()
}

#[test]
fn an_assignment_that_contradicts_the_file_names_the_file_and_proposes_nothing_that_only_a_file_can_do() {
    let clusters = with_asset(
        "[[crash.cluster]]\nname = \"m\"\ncapital_share = 1\nfirst_trigger = 0.1\ndispersion = 0.1\n",
    );
    let told = refused_files(&[("mine.toml", &clusters)], &["crash.lockstep=0"]);
    told.has("::: mine.toml:9:1").has("leave one of the two out").lacks("drop");
}

#[test]
fn a_refused_assignment_shows_one_that_is_taken_of_its_own_key_where_that_is_known() {
    let text = with_asset("");
    let set = |typed: &str| valid_files(&[("mine.toml", &text)], &[typed]);
    let class = "asset.a.class=micro-sass-fleet";
    for typed in [
        "run.paths=abc", "run.seed=x", "asset.a.value=50,000", "asset.a.movable=True", "asset.a.decay=steep",
        class, "horizon=10", "run=[1", "owner.spending={a=1", "title=\"x", "title=", "nonsense", "",
    ] {
        let shown = shown_after(typed);
        assert!(!shown.is_empty(), "{typed}");
        for assignment in shown {
            set(&assignment);
        }
    }
    assert_eq!(set("title=My own").title, "My own");
    assert_eq!(set("horizon=3 years").months, 36);
    let pair = with_assets("[correlation]\npairs = [[\"a\", \"b\", 0.1]]\n");
    refused_files(&[("mine.toml", &pair)], &["asset=[]"]).lacks("known: \n");
}

#[test]
fn the_letterhead_changes_no_digest_and_is_part_of_what_a_report_says() {
    let text = |report: &str| with_asset("").replace("run.seed = 1", &format!("run.seed = 1\n{report}"));
    let signed = text("report.author = \"A\"\nreport.date = 2028-02-29");
    let (without, signed) = (valid(&text("")), valid(&signed));
    assert_eq!(without.canonical_document(), signed.canonical_document());
    assert_eq!(without.model_digest(), signed.model_digest());
    assert_ne!(without.identity(), signed.identity());
    let date = signed.settings.letterhead.date.as_ref().map(|day| day.as_str());
    assert_eq!(date, Some("2028-02-29"));
    for wrong in ["\"2027-02-29\"", "\"15.1.2027\"", "\"2027-1-15\"", "2027"] {
        refused(&text(&format!("report.date = {wrong}"))).has("2027-01-15");
    }
}
