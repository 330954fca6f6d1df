//! What a page of a report promises, over runs of every kind.

use super::*;
use crate::engine::Control;
use crate::report::pictures::{charts_of_runs, sketches};
use crate::report::{sensitivity, solve, to_json};
use crate::scenario::Scenario;
use crate::study::{Bound, Outcome, simulate};
use std::collections::BTreeSet;

/// Text of a scenario with an owner, loss events and a gate.
const OWNED: &str = include_str!("../../../scenarios/can-i-quit.toml");
/// Text of a scenario with agents that sell together.
const AGENTS: &str = include_str!("../../../scenarios/_table-2027.toml");
const CLAIMS: &str = include_str!("../../../scenarios/four-claims.toml");

/// Simulates the scenario `text` on `n_paths` paths. Returns its report and its charts as SVG.
fn report(text: &str, n_paths: u64) -> (Report, Vec<Picture>) {
    let mut scenario: Scenario = text.parse().expect("a scenario");
    scenario.paths = n_paths;
    let run = simulate(&scenario, &Control::default()).expect("a run");
    let report = Report::of_json(&to_json(&Report::from(&run))).expect("it reads back");
    let pictures = sketches(&report, &[]).into_iter().map(|sketch| {
        let [svg, narrow] = [&sketch.wide, &sketch.narrow].map(|drawing| drawing.to_svg());
        Picture { svg, narrow, png: Vec::new(), name: sketch.wide.id }
    });
    let pictures = pictures.collect();
    (report, pictures)
}

fn page(text: &str, n_paths: u64) -> String {
    let (report, pictures) = report(text, n_paths);
    report.to_html(&pictures, &Studies::default())
}

/// Returns every text in `page` between `before` and the next `after`.
fn between<'p>(page: &'p str, before: &str, after: &str) -> Vec<&'p str> {
    page.split(before).skip(1).map(|part| part.split(after).next().unwrap()).collect()
}

/// Returns the paragraphs of the page's summary box, without markup.
fn sentences(page: &str) -> Vec<String> {
    let boxes = between(page, "<div class=\"summary\">", "</div>");
    let [summary] = boxes[..] else { panic!("{boxes:?}") };
    let plain = |text: &str| between(&format!(">{text}"), ">", "<").concat();
    between(summary, "<p>", "</p>").into_iter().map(plain).collect()
}

#[test]
fn every_chart_of_a_run_has_one_place_on_the_page() {
    let charts = OUTLINE.topic.iter().flat_map(|topic| &topic.charts);
    let mut placed: Vec<&str> = charts.map(String::as_str).collect();
    placed.push(&OUTLINE.first);
    placed.sort_unstable();
    let mut all: Vec<&str> = charts_of_runs().map(|kind| kind.id).collect();
    all.sort_unstable();
    assert_eq!(placed, all);
    let mut written: Vec<&str> = OUTLINE.topic.iter().map(|topic| topic.written.as_str()).collect();
    written.retain(|name| !name.is_empty());
    assert_eq!(written, WRITERS.map(|(name, _)| name), "each once, in their order");
}

#[test]
fn addresses_inside_the_page_resolve_and_pictures_have_words() {
    let (report, pictures) = report(OWNED, 1000);
    let page = report.to_html(&pictures, &Studies::default());
    assert!(page.len() < 1 << 20, "{} bytes", page.len());
    let ids = between(&page, " id=\"", "\"");
    let unique: BTreeSet<&str> = ids.iter().copied().collect();
    assert_eq!(unique.len(), ids.len(), "an id stands twice");
    let inside = between(&page, "href=\"#", "\"");
    assert!(inside.len() > 60, "{inside:?}");
    assert!(inside.iter().all(|to| unique.contains(to)), "{inside:?}");
    let figures = between(&page, "<figure>", "</figure>");
    assert_eq!(figures.len(), pictures.len());
    for figure in figures {
        for part in ["<title id=", "<desc id=", "<figcaption>"] {
            assert!(figure.contains(part), "{part}: {figure}");
        }
    }
    // links alone lead elsewhere
    let elsewhere = page.matches("https://").count();
    assert_eq!(elsewhere, page.matches("<a href=\"https://").count());
    assert!(elsewhere > 10, "sources have links");
    // no value as TOML writes it
    let [assumptions, ..] = between(&page, "id=\"assumptions\"", "<h2")[..] else {
        panic!("there are assumptions");
    };
    assert!(assumptions.contains(" a year</td>") && !assumptions.contains("&quot;"));
}

#[test]
fn contents_list_every_topic_once_and_in_order() {
    let page = page(OWNED, 300);
    let [side, ..] = between(&page, "<nav class=\"side\"", "</nav>")[..] else {
        panic!("there are contents");
    };
    let listed = between(side, "href=\"#", "\"");
    assert_eq!(listed, between(&page, "<h2 id=\"", "\""));
    assert!(page.find("<figure>") < page.find("<h2"), "a picture comes first");
    for title in ["Results", "Notes", "Assumptions", "What is not modeled", "How to repeat it", "Glossary"] {
        assert!(listed.contains(&title.to_lowercase().replace(' ', "-").as_str()), "{title}");
    }
}

#[test]
fn the_box_says_outcome_risk_and_reason_with_the_digits_of_the_screen() {
    let (report, pictures) = report(OWNED, 1000);
    let page = report.to_html(&pictures, &Studies::default());
    let said = sentences(&page);
    assert_eq!(said.len(), 3, "{said:?}");
    let value = |id: &str| shown(&report.measures[id], "USD").value();
    let claim = report.scenario.claim.as_ref().expect("it is claimed").rate;
    let claim = format!("a claimed return of {}", crate::figure::rule::percent(claim));
    assert!(said[0].contains(&claim), "{said:?}");
    for (at, id) in [(0, "wealth.terminal.real.p50"), (1, "ruin.probability"), (1, "expected_shortfall.95")] {
        assert!(said[at].contains(&value(id)), "{id}: {said:?}");
    }
    assert!(said[2].contains("The costliest loss event"), "{said:?}");
}

#[test]
fn the_box_ranks_losses_and_loss_events_only_where_their_order_is_clear() {
    let said = sentences(&page(OWNED, 300));
    let [losses, event] = said[2].split(". ").collect::<Vec<_>>()[..] else { panic!("{said:?}") };
    assert!(losses.starts_with("Apart from spending, the largest loss"), "{losses}");
    assert!(losses.ends_with(" or another cause; their order is unclear"), "{losses}");
    assert!(event.starts_with("Issuer failure (Warehouse) costs $"), "{event}");
}

#[test]
fn runs_without_an_owner_a_claim_or_a_second_path_have_a_page() {
    assert!(!page(CLAIMS, 300).contains("Income and spending</h2>"));
    let assumed = "start = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\nrun.seed = 1\n\
                   [[asset]]\nname = \"saas\"\nclass = \"micro-saas-fleet\"\nvalue = 50_000\n";
    let said = sentences(&page(assumed, 300));
    assert!(said[0].contains("an assumed return of"), "{said:?}");
    let unclaimed = format!("{assumed}roi = 0\n");
    let said = sentences(&page(&unclaimed, 300));
    assert!(said[0].contains("The median return is"), "{said:?}");
    for text in [OWNED, AGENTS, assumed] {
        assert!(page(text, 1).contains("Every figure"));
    }
}

#[test]
fn the_letterhead_stands_below_the_title_and_a_text_is_no_markup() {
    let text = CLAIMS.replace("[run]", "[report]\nauthor = \"A <b> & B\"\ndate = \"2027-01-15\"\n[run]");
    assert_ne!(text, CLAIMS);
    assert!(page(&text, 300).contains("<p class=\"fine\">Prepared by A &lt;b&gt; &amp; B · 2027-01-15</p>"));
}

#[test]
fn every_figure_has_its_object_and_its_unit() {
    let (report, pictures) = report(OWNED, 300);
    let mut titles: Vec<String> = report.measures.keys().map(|id| report.title_of(id)).collect();
    let n = titles.len();
    titles.sort_unstable();
    titles.dedup();
    assert_eq!(titles.len(), n, "two figures have one title");
    assert!(titles.iter().any(|title| title == "Mean profit or loss by the cause, real: Tax"), "{titles:?}");
    let page = report.to_html(&pictures, &Studies::default());
    let [drawdown, ..] = between(&page, "id=\"drawdown\"", "<h2")[..] else { panic!("a drawdown") };
    let longest = between(drawdown, "longest time below an earlier high</td>", "</tr>");
    assert!(longest.len() == 3 && longest.iter().all(|row| row.contains(" months")), "{longest:?}");
}

#[test]
fn income_that_loss_events_cut_is_explained_below_the_causes() {
    let is_explained = |class: &str| {
        let text = format!(
            "start = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\nrun.seed = 1\n\
             [[asset]]\nname = \"a\"\nclass = \"{class}\"\nvalue = 50_000\n"
        );
        between(&page(&text, 300), ">", "<").concat().contains("Income that loss events cut lowers")
    };
    assert!(is_explained("niche-content") && !is_explained("defi-yield-aggregator"));
}

#[test]
fn effects_stand_below_the_ends_of_their_range() {
    let mut moved = sensitivity::tests::moved("saas", -0.05, 0.04);
    for (end, number) in [(&mut moved.low, 0.48), (&mut moved.high, 1.06)] {
        end.number = Some(crate::scenario::Amount {
            number,
            unit: crate::scenario::AmountUnit::typed("asset.saas.volatility", ""),
        });
    }
    let (mut report, _) = report(OWNED, 300);
    report.scenario.model_digest = "0".repeat(64);
    let effects = to_json(&sensitivity::tests::facts(vec![moved]));
    let page = report.to_html(&[], &Studies::of(&report, Some(&effects), None));
    let [row, ..] = between(&page, "48 % to 106 %", "</tr>")[..] else { panic!("a range") };
    // the probability of ruin moves the other way
    assert!(row.find("+5.0") < row.find("−4.0") && row.contains("+5.0"), "{row}");
}

#[test]
fn studies_of_the_same_model_stand_on_the_page_and_others_do_not() {
    let (mut report, _) = report(OWNED, 300);
    let moved = vec![sensitivity::tests::moved("saas", -0.05, 0.04)];
    let effects = to_json(&sensitivity::tests::facts(moved));
    let outcome = Outcome::CannotBeMet {
        at: 500.0,
        found: solve::tests::tried(500.0, 0.3).found,
        bound: Bound::From,
        propose: None,
    };
    let curve = to_json(&solve::tests::facts(outcome));
    let page = |report: &Report| report.to_html(&[], &Studies::of(report, Some(&effects), Some(&curve)));
    let other = page(&report);
    assert!(!other.contains("of this report has"));
    assert!(!other.contains("Assumptions by effect") && !other.contains("Solved value"));
    assert!(other.contains("tailwheel sensitivity") && other.contains("tailwheel solve"));
    report.scenario.model_digest = "0".repeat(64);
    let same = page(&report);
    for part in
        ["Assumptions by effect</h2>", "Solved value</h2>", "id=\"tornado-title\"", "id=\"solve-title\""]
    {
        assert!(same.contains(part), "{part}");
    }
    let plain = between(&same, ">", "<").concat();
    for (name, paths) in [("sensitivity", "20,000"), ("solve", "10,000")] {
        let said = format!("tailwheel {name} simulated {paths} paths; the run of this report has 300 paths.");
        assert!(plain.contains(&said), "{said}");
    }
    assert!(!same.contains("Further questions"));
    report.run.value_version += 1;
    assert!(page(&report).contains("Further questions"), "another results version");
}
