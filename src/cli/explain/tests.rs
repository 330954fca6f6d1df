//! Every name has its page.
//!
//! In: ids. Out: claims on pages. Not here: the program as a whole (`tests/program/cli/explain.rs`), wording (`tests/program/docs/language.rs`).

use super::*;
use crate::asset::KINDS;
use crate::catalog::{Grade, classes, event_kinds, jurisdictions};
use crate::form::Section;
use crate::page::glossary::TERMS;
use crate::record::causes;
use crate::report::CHARTS;
use crate::report::labels::{self, headline};
use crate::scenario::sections;
use crate::stats::MEASURES;
use crate::study::MECHANISMS;
use unicode_width::UnicodeWidthStr;

/// The page as words with one space between, so that it does not matter where lines end.
fn words(page: &Explanation) -> String {
    page.document().to_text(80).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn words_of(id: &str) -> String {
    words(&find(id).unwrap_or_else(|| panic!("{id}")))
}

#[test]
fn every_listed_id_has_a_page_that_fits_and_refers_to_pages_that_exist() {
    assert!(lists::all_ids().count() > 900);
    for id in lists::all_ids() {
        let found = find(&id).unwrap_or_else(|| panic!("{id}"));
        assert!(!found.paragraphs.is_empty() || !found.tables.is_empty() || !found.list.is_empty(), "{id}");
        for width in [60, 80] {
            for line in found.document().to_text(width).lines() {
                assert!(line.width() <= width, "{id}: {line}");
            }
        }
        for other in &found.see {
            assert!(find(other).is_some(), "{id} refers to {other}");
        }
    }
}

#[test]
fn the_index_fits_one_screen_and_has_every_term_and_every_list() {
    let text = lists::index().to_text(80);
    assert!(text.lines().count() <= 60, "{}", text.lines().count());
    assert!(text.lines().all(|line| line.chars().count() <= 80));
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    for term in TERMS.iter() {
        assert!(text.contains(&term.label), "{}", term.label);
    }
    for list in
        ["measures", "keys", "classes", "defaults", "events", "places", "charts", "warnings", "exit-codes"]
    {
        assert!(text.contains(&format!("explain {list} ")), "{list}");
        assert!(find(list).is_some(), "{list}");
    }
}

#[test]
fn every_term_refers_to_a_key_or_id_that_exists() {
    // parts of report.json that are no measures
    let of_report = ["scenario.", "run.", "bridge"];
    for key in TERMS.iter().map(|term| term.key.as_str()).filter(|key| !key.is_empty()) {
        let is_of_report = of_report.iter().any(|start| key.starts_with(start));
        assert!(is_of_report || find(key).is_some(), "{key}");
    }
}

#[test]
fn a_class_page_shows_each_default_with_range_grade_and_source() {
    for class in classes() {
        let page = find(&class.id).expect("a page");
        let text = words(&page);
        for entry in &class.defaults {
            let value = entry.value.to_string();
            let grade = entry.grade.to_string();
            let row = [&entry.key, &value, &entry.range_text(), &grade];
            let mut rows = page.tables.iter().flat_map(|part| &part.table.rows).map(|row| &row.cells);
            let expected = row.map(|cell| cell.as_str().into());
            assert!(rows.any(|cells| *cells == expected), "{}", entry.key);
            let ids = entry.from.iter().map(|id| format!("[{id}] "));
            assert!(ids.clone().all(|id| text.contains(&id)), "{}", entry.key);
        }
    }
}

#[test]
fn every_class_with_a_mechanism_shows_what_it_earns_and_only_a_claimed_one_a_claim() {
    for class in classes().iter().filter(|class| class.mechanism.is_some()) {
        let text = words_of(&class.id);
        let is_claimed = class.default("roi").is_some();
        let [claimed, unclaimed] = ["CLAIMED RETURN TO EARNINGS", "WITHOUT A CLAIMED RETURN"];
        assert_eq!(text.contains(claimed), is_claimed, "{}", class.id);
        assert_eq!(text.contains(unclaimed), !is_claimed, "{}", class.id);
    }
}

#[test]
fn a_page_has_what_is_computed_for_it() {
    for (id, parts) in [
        ("defi-yield-aggregator", &["MEDIAN GROWTH", "volatility 0.65 -0.5 -23.4", "0.65 0.48 to 1.06"][..]),
        ("defi-yield-aggregator", &["by formula, not simulated", "SOURCES"]),
        // 1/2.5, of which three tenths are put aside
        ("digital-product-flywheel", &["left 40.0 % ", "must state `roi` or `income`."]),
        ("digital-product-flywheel", &["2.5 times a year's income (`multiple`, grade G)."]),
        // 6 % less a fee of 0.75 %, in every year: no edge fades
        ("ai-managed-portfolio", &[" 5.3 % 5.3 % 5.3 % 5.3 % 5.3 % "]),
        ("micro-saas-fleet.decay", &["decay = \"23 %/year\""]),
        ("asset.decay", &["micro-saas-fleet", "23 %/year"]),
        ("asset.decay", &["If it is absent, the catalog supplies a default"]),
        (
            "asset.value",
            &["a count such as `visits`, or `whole` and `share` set it.", "The catalog has no default."],
        ),
        ("asset.roi_law", &["If it is absent, the catalog supplies a default"]),
        // a word that several figures share lists them
        ("worst_year", &["worst_year.return.p50:", "worst_year.income.p05:"]),
        ("contribution", &["asset.<name>.contribution.es95:"]),
    ] {
        let text = words_of(id);
        for part in parts {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
    assert!(!words_of("ai-managed-portfolio").contains("MEDIAN GROWTH"));
    assert!(find("contributio").is_none());
}

#[test]
fn a_key_of_a_class_has_a_page_whether_or_not_it_is_filled_in() {
    for class in classes() {
        let kinds =
            KINDS.iter().filter(|kind| kind.id == KINDS[0].id || class.mechanism.as_deref() == Some(kind.id));
        for field in kinds.flat_map(|kind| kind.fields) {
            let id = format!("{}.{}", class.id, field.key);
            let page = find(&id).expect("a page");
            let said = words(&page);
            assert!(said.contains(&field.said()), "{id}: {said}");
            let entry = class.default(field.key);
            assert_eq!(said.contains("Default for"), entry.is_some(), "{said}");
            if let Some(entry) = entry {
                assert!(said.contains(&format!("Grade {}", entry.grade)), "{said}");
            }
            assert!(page.see.iter().map(|other| find(other)).into_iter().all(|page| page.is_some()), "{id}");
        }
    }
    assert!(find("ai-managed-portfolio.nothing").is_none());
}

#[test]
fn every_hint_that_a_fault_can_give_is_a_page() {
    // a fault in a value says `tailwheel explain SECTION.KEY`
    for section in sections() {
        for field in section.fields() {
            let id = match section.key {
                "" => field.key.to_owned(),
                key => format!("{key}.{}", field.key),
            };
            let text = words_of(&id);
            assert!(text.contains(&field.said()) && text.contains(field.examples()[0]), "{id}\n{text}");
        }
    }
}

#[test]
fn a_slip_in_an_id_of_any_kind_is_recognised() {
    for (typed, meant) in [
        ("asset.rio", "asset.roi"),
        ("wealth.terminal.p5", "wealth.terminal.p05"),
        ("weath_fan", "wealth_fan"),
        ("micro-sass-fleet", "micro-saas-fleet"),
        ("inflatio", "economy.inflation"),
        ("volatilty", "volatility"),
        ("defi", "defi-yield-aggregator"),
    ] {
        assert!(find(typed).is_none(), "{typed}");
        assert!(not_found(typed).contains(&format!("`{meant}`")), "{}", not_found(typed));
    }
    assert!(find("").is_none() && not_found("quite something else").ends_with("prints the index"));
}

#[test]
fn every_word_and_label_of_the_screens_is_explained() {
    // words and labels of the screens, with the title of the page that explains each
    for row in include_str!("tests/labels.tsv").lines() {
        let (label, title) = row.split_once('\t').expect("two cells");
        assert_eq!(find(label).unwrap_or_else(|| panic!("{label}")).title, title, "{label}");
    }
}

#[test]
fn every_label_of_a_registry_has_a_page() {
    let steps = MECHANISMS.iter().map(|step| step.title.to_owned());
    let leading = headline().iter().map(|one| one.label.clone());
    let causes = causes().map(|id| labels::cause(id).to_owned());
    let keys = keys::labels().map(|(_, label)| label);
    let events = event_kinds().iter().map(|kind| format!("{} (My asset)", kind.title));
    let classes = classes().iter().map(|class| class.title.clone());
    let places = jurisdictions().iter().map(|place| place.title.clone());
    let charts = CHARTS.iter().map(|kind| kind.title.to_owned());
    let measures = MEASURES.iter().map(|measure| measure.title.clone());
    let grades = Grade::ALL.into_iter().flat_map(|grade| [grade.to_string(), format!("grade {grade}")]);
    let others = places.chain(charts).chain(measures).chain(grades);
    let labels = steps.chain(leading).chain(causes).chain(keys).chain(classes).chain(others);
    let mut without: Vec<String> = labels.filter(|label| named(label).is_none()).collect();
    let is_other = |label: &String| find(label).is_none_or(|page| !label.starts_with(&page.title));
    without.extend(events.filter(is_other));
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn a_section_page_names_every_key() {
    for section in sections().iter().filter(|section: &&Section| !section.key.is_empty()) {
        let text = words_of(section.key);
        for field in section.fields() {
            assert!(text.contains(field.key), "{}: {}", section.key, field.key);
        }
    }
}
