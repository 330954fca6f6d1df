//! Every name has its page.
//!
//! In: ids. Out: claims on pages. Not here: the program as a whole (`tests/cli/explain.rs`).

use super::*;
use crate::asset::KINDS;
use crate::form::Section;
use crate::scenario::sections;

/// The page as words with one space between, so that it does not matter where lines end.
fn words(page: &Page) -> String {
    let text = page.to_text(80);
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_listed_id_has_a_page_that_fits_and_refers_to_pages_that_exist() {
    for (_, ids) in groups() {
        assert!(!ids.is_empty());
        for id in ids {
            let found = find(&id).unwrap_or_else(|| panic!("{id}"));
            assert!(
                !found.paragraphs.is_empty() || !found.tables.is_empty(),
                "{id}"
            );
            for width in [60, 80] {
                for line in found.to_text(width).lines() {
                    assert!(line.chars().count() <= width, "{id}: {line}");
                }
            }
            for other in &found.see {
                assert!(find(other).is_some(), "{id} refers to {other}");
            }
        }
    }
}

#[test]
fn every_id_of_the_catalog_has_a_page_that_knows_its_name_and_refers_to_pages() {
    for id in defaults::ids() {
        let page = defaults::page(&id).unwrap_or_else(|| panic!("{id}"));
        assert_eq!(page.id, id);
        assert!(!page.tables.is_empty() || id == "grades");
        for other in page.see {
            assert!(defaults::page(&other).is_some(), "{id} refers to {other}");
        }
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
            let row = [&entry.key, &value, &entry.bounds.to_string(), &grade];
            let rows = page.tables.iter().flat_map(|(_, table, _)| &table.rows);
            let mut rows = rows.map(|row| &row.cells);
            let expected = row.map(|cell| cell.as_str().into());
            assert!(rows.any(|cells| *cells == expected), "{}", entry.key);
            let ids = entry.from.iter().map(|id| format!("[{id}] "));
            assert!(ids.clone().all(|id| text.contains(&id)), "{}", entry.key);
        }
    }
}

#[test]
fn only_a_class_with_a_return_has_a_middle_path() {
    let has = |id: &str| words(&find(id).expect("a page")).contains("MIDDLE PATH");
    assert!(has("defi-yield-aggregator") && !has("ai-managed-portfolio"));
}

#[test]
fn every_class_with_a_mechanism_shows_what_it_earns_and_only_a_claimed_one_a_claim() {
    for class in classes().iter().filter(|class| class.mechanism.is_some()) {
        let text = words(&find(&class.id).expect("a page"));
        let is_claimed = class.default("roi").is_some();
        let [claimed, unclaimed] = ["CLAIM TO WHAT EARNS IT", "WITHOUT A CLAIM"];
        assert_eq!(text.contains(claimed), is_claimed, "{}", class.id);
        assert_eq!(text.contains(unclaimed), !is_claimed, "{}", class.id);
    }
}

#[test]
fn what_nobody_claims_begins_with_what_it_is_sold_for_or_what_its_mix_returns() {
    let text = |id: &str| words(&find(id).expect("a page"));
    // 1/2.5, of which three tenths are put aside
    let wheel = text("digital-product-flywheel");
    assert!(wheel.contains("left 40.0 % "), "{wheel}");
    assert!(
        wheel.contains("write `roi`, or what it earns as `income`."),
        "{wheel}"
    );
    assert!(wheel.contains("who pays 2.5 times a year's income (`multiple`, grade G)."));
    // 6 % less a fee of 0.75 %, in every year: no edge fades
    let mix = text("ai-managed-portfolio");
    assert!(mix.contains(" 5.3 % 5.3 % 5.3 % 5.3 % 5.3 % "), "{mix}");
}

#[test]
fn a_key_of_one_class_says_how_to_write_it() {
    let page = find("micro-saas-fleet.decay").expect("a page");
    assert!(page.paragraphs[0].ends_with("To write it: decay = \"23 %/year\""));
}

#[test]
fn a_key_of_a_class_has_a_page_whether_or_not_it_is_filled_in() {
    for class in classes() {
        let kinds = KINDS
            .iter()
            .filter(|kind| kind.id == KINDS[0].id || class.mechanism.as_deref() == Some(kind.id));
        for field in kinds.flat_map(|kind| kind.fields) {
            let id = format!("{}.{}", class.id, field.key);
            let page = find(&id).expect("a page");
            let said = words(&page);
            assert!(said.contains(&field.said()), "{id}: {said}");
            let entry = class.default(field.key);
            assert_eq!(said.contains("Filled in for"), entry.is_some(), "{said}");
            if let Some(entry) = entry {
                assert!(said.contains(&format!("Grade {}", entry.grade)), "{said}");
            }
            let pages = page.see.iter().map(|other| find(other));
            assert!(pages.into_iter().all(|page| page.is_some()), "{id}");
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
            let text = words(&find(&id).unwrap_or_else(|| panic!("{id}")));
            let said = field.said();
            assert!(text.contains(&said), "{id}: {said}\n{text}");
            assert!(text.contains(field.examples()[0]), "{id}");
        }
    }
}

#[test]
fn a_key_of_an_asset_also_shows_what_each_class_fills_in() {
    let text = find("asset.decay").expect("a page").to_text(80);
    assert!(
        text.contains("micro-saas-fleet") && text.contains("23 %/year"),
        "{text}"
    );
}

#[test]
fn a_class_page_says_what_is_left_of_its_claim_and_where_defaults_are_from() {
    let text = words(&find("defi-yield-aggregator").expect("a page"));
    for part in [
        "volatility 0.65 -0.5 -23.4",
        "by formula and not simulated",
        "0.65 0.48 to 1.06",
        "SOURCES",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn a_slip_in_an_id_of_any_kind_is_recognised() {
    for (typed, meant) in [
        ("asset.rio", "asset.roi"),
        ("wealth.terminal.p5", "wealth.terminal.p05"),
        ("weath_fan", "wealth_fan"),
        ("micro-sass-fleet", "micro-saas-fleet"),
        ("exit-code", "exit-codes"),
        ("inflatio", "economy.inflation"),
        ("volatilty", "volatility"),
        ("defi", "defi-yield-aggregator"),
    ] {
        assert!(find(typed).is_none(), "{typed}");
        assert!(
            not_found(typed).contains(&format!("`{meant}`")),
            "{}",
            not_found(typed)
        );
    }
    assert!(not_found("quite something else").ends_with("lists what there is"));
}

/// Headings and labels of the first screen of a run and of report.html, with the page that tells of each.
const ON_THE_SCREEN: [(&str, &str); 56] = [
    ("5th pct", "5th and 95th percentile"),
    ("median", "Typical, or the middle"),
    ("95th pct", "5th and 95th percentile"),
    ("wealth at the end", "Wealth at the end"),
    ("income a month, last year", "Income per month"),
    (
        "return a year on money invested (IRR)",
        "Return a year on money invested (IRR)",
    ),
    (
        "return a year, time-weighted",
        "Return a year, time-weighted, or in all",
    ),
    (
        "return in all, time-weighted",
        "Return a year, time-weighted, or in all",
    ),
    ("maximum drawdown", "Maximum drawdown"),
    (
        "Probability of loss, withdrawals counted as received",
        "Probability of loss",
    ),
    (
        "Expected shortfall 95 %, of money of day one",
        "Expected shortfall",
    ),
    ("Ruin", "Ruin"),
    ("the money runs out", "Ruin"),
    ("money of the start", "Inflation, and money of the start"),
    (
        "FROM THE CLAIM TO YOUR RETURN",
        "From the claim to your return",
    ),
    ("where income goes", "Where income goes"),
    ("crises", "Crises"),
    ("events", "What strikes"),
    ("agents", "The loop of agents that sell together"),
    ("protection", "Protection"),
    ("compliance", "Compliance"),
    ("tax", "Tax"),
    ("spending", "Spending"),
    ("WHAT STRIKES", "What strikes"),
    ("Premiums", "Premiums and payouts of covers"),
    ("payouts", "Premiums and payouts of covers"),
    ("AGENTS ADD", "The loop of agents that sell together"),
    ("AGENTS SELL", "The loop of agents that sell together"),
    ("false-signals", "False signals and what their sales cost"),
    ("filled in", "Grades of what is filled in"),
    ("guesses", "Grades of what is filled in"),
    ("feed themselves", "Gain of the loop"),
    ("heavy tails", "A warning: heavy tails"),
    ("what is not simulated", "A warning: what is not simulated"),
    ("gate", "Gates"),
    ("pass", "Gates"),
    ("fail", "Gates"),
    ("inconclusive", "Gates"),
    ("none seen", "What is said of a difference"),
    ("seed", "Seed"),
    ("charts", "Files of a run"),
    ("What was expected", "Gates"),
    ("WHAT TAKES THE MOST", "What gives and takes"),
    ("What gives and takes", "What gives and takes"),
    ("took most of the ruined", "What gives and takes"),
    ("worst 1 in 20", "Expected shortfall"),
    ("markets", "What gives and takes"),
    ("sales of agents", "The loop of agents that sell together"),
    ("premiums", "Premiums and payouts of covers"),
    ("insurers' payouts", "Premiums and payouts of covers"),
    ("costs of trading", "What gives and takes"),
    (
        "What each asset adds to the risk",
        "What each asset adds to the risk",
    ),
    ("mean loss over all paths", "What strikes"),
    ("loss per path", "What strikes"),
    ("crash months a year", "Crash month"),
    ("What was assumed", "Grades of what is filled in"),
];

#[test]
fn every_heading_and_label_of_the_screen_is_known() {
    for (label, title) in ON_THE_SCREEN {
        let page = find(label).unwrap_or_else(|| panic!("{label}"));
        assert_eq!(page.title, title, "{label}");
        for other in &page.see {
            assert!(find(other).is_some(), "{label} refers to {other}");
        }
    }
    for step in crate::study::MECHANISMS {
        assert!(find(step.title).is_some(), "{}", step.title);
    }
}

#[test]
fn a_word_that_several_figures_share_lists_them() {
    for (typed, member) in [
        ("irr", "irr.p50: internal rate of return, p50."),
        ("worst_year", "worst_year.income.p05:"),
        ("contribution", "asset.<name>.contribution.es95:"),
    ] {
        let text = words(&find(typed).unwrap_or_else(|| panic!("{typed}")));
        assert!(text.contains(member), "{text}");
    }
    assert!(find("contributio").is_none());
}

#[test]
fn what_a_key_is_has_its_article() {
    let said = |id: &str| words(&find(id).expect("a page"));
    assert!(said("asset.value").contains("An amount, as in"));
    assert!(said("asset.units").contains("A count, as in"));
}

#[test]
fn the_list_is_not_wider_than_the_terminal() {
    for width in [60, 80] {
        for line in list(width).lines() {
            let is_one_word = line.trim().split("  ").count() == 1;
            assert!(line.len() <= width || is_one_word, "{line}");
        }
    }
}

#[test]
fn a_section_page_names_every_key() {
    for section in sections()
        .iter()
        .filter(|section: &&Section| !section.key.is_empty())
    {
        let text = words(&find(section.key).expect("a page"));
        for field in section.fields() {
            assert!(text.contains(field.key), "{}: {}", section.key, field.key);
        }
    }
}
