//! Claims about the pages and their text.

use super::*;

fn shown(id: &str, width: usize) -> String {
    render(&explain(id).unwrap(), width)
}

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
fn no_line_is_wider_than_asked_for() {
    for width in [60, 80, 100] {
        for id in ids() {
            for line in shown(&id, width).lines() {
                assert!(line.len() <= width, "{id} at {width}: {line}");
                assert!(line.is_ascii(), "{id}: {line}");
            }
        }
    }
}

#[test]
fn a_narrow_terminal_loses_no_word() {
    let words = |text: String| {
        let mut words: Vec<String> = text
            .split_whitespace()
            .map(|word| word.trim_matches(|c| "(),".contains(c)).to_owned())
            .filter(|word| !["grade", "range"].contains(&word.as_str()))
            .collect();
        words.sort();
        words
    };
    for id in ids() {
        assert_eq!(words(shown(&id, 40)), words(shown(&id, 120)), "{id}");
    }
}

#[test]
fn a_class_page_shows_each_default_with_range_grade_and_source() {
    for class in classes() {
        let text = shown(&class.id, 10_000);
        for entry in &class.defaults {
            for part in [
                &entry.key,
                &entry.value.to_string(),
                &entry.bounds.to_string(),
                &entry.source,
            ] {
                assert!(text.contains(part.as_str()), "{}: no `{part}`", class.id);
            }
            for source in entry.from.iter().filter_map(|id| source(id)) {
                let link = source.link.as_deref().unwrap_or("not published");
                assert!(
                    text.contains(&source.title) && text.contains(link),
                    "{}",
                    source.id
                );
            }
        }
    }
}

#[test]
fn the_middle_path_of_a_claim_is_computed_and_said_to_be() {
    let text = shown("defi-yield-aggregator", 80);
    assert!(
        text.contains("volatility 0.65        -0.5   -23.4"),
        "{text}"
    );
    assert!(text.contains("by formula and not simulated"), "{text}");
    assert!(!shown("ai-managed-portfolio", 80).contains("MIDDLE PATH"));
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
    let text = shown("micro-saas-fleet.decay", 10_000);
    assert!(
        text.contains("To write it: decay = \"23 %/year\""),
        "{text}"
    );
}
