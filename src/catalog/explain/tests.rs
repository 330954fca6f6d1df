//! Claims about the pages.

use super::*;

#[test]
fn every_id_has_a_page_that_knows_its_name() {
    for id in ids() {
        let page = explain(&id).unwrap_or_else(|unknown| panic!("{unknown:?}"));
        assert_eq!(page.id, id);
        assert!(!page.sections.is_empty() || id == "grades");
    }
}

#[test]
fn every_page_refers_only_to_pages_that_exist() {
    for id in ids() {
        for other in explain(&id).unwrap().see {
            assert!(explain(&other).is_ok(), "{id} refers to {other}");
        }
    }
}

#[test]
fn a_class_page_shows_each_default_with_range_grade_and_source() {
    for class in classes() {
        let page = explain(&class.id).unwrap();
        for entry in &class.defaults {
            let mut rows = page.sections.iter().flat_map(|section| &section.rows);
            assert!(
                rows.any(|row| *row == Row::new(&entry.key, entry)),
                "{}",
                entry.key
            );
            for source in entry.from.iter().filter_map(|id| source(id)) {
                assert!(page.sources().contains(&source), "{}", source.id);
            }
        }
    }
}

#[test]
fn only_a_class_with_a_return_has_a_middle_path() {
    assert!(explain("defi-yield-aggregator").unwrap().figures.is_some());
    assert!(explain("ai-managed-portfolio").unwrap().figures.is_none());
}

#[test]
fn a_misspelled_or_shortened_id_gets_the_one_that_was_meant() {
    let near = |id: &str| explain(id).unwrap_err().near;
    assert_eq!(
        near("micro-sass-fleet").first().map(String::as_str),
        Some("micro-saas-fleet")
    );
    assert_eq!(
        near("volatilty").first().map(String::as_str),
        Some("volatility")
    );
    assert_eq!(
        near("defi").first().map(String::as_str),
        Some("defi-yield-aggregator")
    );
    assert_eq!(near("inflation"), ["economy.inflation"]);
    assert!(near("quite something else").is_empty());
}

#[test]
fn a_key_of_one_class_says_how_to_write_it() {
    let page = explain("micro-saas-fleet.decay").unwrap();
    assert!(page.paragraphs[0].ends_with("To write it: decay = \"23 %/year\""));
}
