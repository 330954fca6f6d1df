//! The warning of keys that a file has better than the catalog.
//!
//! In: a scenario. Out: a [`Warning`]. Not here: which keys these are (`scenario`).

use super::kinds::BETTER_THAN_CATALOG;
use crate::figure::listed;
use crate::report::document::Warning;
use crate::scenario::Scenario;

/// All keys that are better than those of their class, in one warning.
pub(super) fn than_catalog(scenario: &Scenario) -> Option<Warning> {
    let each = scenario.better.iter().map(|better| {
        let (written, catalog) = (better.written.as_str(), better.catalog.as_str());
        format!("`{}` = {written} (catalog: {catalog})", better.key)
    });
    let each: Vec<String> = each.collect();
    let them = match each.len() {
        0 => return None,
        1 => "it",
        _ => "them",
    };
    Some(BETTER_THAN_CATALOG.says(format!(
        "Better than the catalog: {}. The result is more optimistic than the class; say in the file why, or leave {them} out.",
        listed(&each)
    )))
}

#[cfg(test)]
mod tests {
    use crate::report::doubts_of_study;
    use crate::scenario::read_study;

    /// Warnings of this kind about a site told by `lines`.
    fn warnings(lines: &str) -> Vec<String> {
        let text = format!(
            "title = \"A site\"\nstart = \"2027-01\"\nhorizon = \"1 year\"\ncurrency = \"USD\"\nrun = {{ seed = 1 }}\n\
             [[asset]]\nname = \"a\"\nclass = \"niche-content\"\nmodel = \"mechanism\"\nvisits = 20_000\n{lines}\n"
        );
        let loader = |_: &str| Ok(text.as_bytes().to_vec());
        let study = read_study("mine.toml", &[], &loader).expect("valid");
        let texts = doubts_of_study(&study).into_iter();
        let is_meant = |text: &String| text.starts_with("Better than the catalog");
        texts.filter(is_meant).collect()
    }

    #[test]
    fn one_warning_lists_every_key_with_both_values() {
        assert_eq!(warnings("rpm = 14.0"), [] as [&str; 0]);
        let found = warnings("rpm = 28\nrenewed = 0.8");
        assert_eq!(found.len(), 1, "{found:?}");
        for part in [
            "`asset.a.rpm` = 28 (catalog: 14.0)",
            "`asset.a.renewed` = 0.8 (catalog: 0.5)",
            "leave them out",
        ] {
            assert!(found[0].contains(part), "{found:?}");
        }
        assert!(warnings("rpm = 28")[0].contains("leave it out"));
    }
}
