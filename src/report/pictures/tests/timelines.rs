//! What the picture of the median path marks and claims.
//!
//! In: a run, its median path. Out: nothing. Not here: that no text touches another (all pictures keep that).

use super::super::sketches;
use super::{Picture, RUNS, report_of};
use crate::record::{INDEX_FUND, SAVINGS};
use crate::report::Report;

fn drawn(report: &Report, kind: &str) -> Option<Picture> {
    Some(sketches(report, &[kind.to_owned()]).pop()?.wide)
}

fn texts(picture: &Picture) -> Vec<&str> {
    picture.texts().map(|text| text.text.as_str()).collect()
}

#[test]
fn the_costliest_events_of_the_median_path_are_marked_with_month_and_cost() {
    let mut report = report_of(RUNS[5]);
    let path = report.median_path.as_mut().expect("it has events");
    let first = path.events[0].clone();
    path.events = [(32, 38e3), (33, 21e3), (34, 9e3), (36, 8e3), (50, 7e3)]
        .map(|(month, cost)| {
            let mut event = first.clone();
            (event.month, event.cost, event.label) = (month, cost, "Smart-contract hack (defi)".into());
            event
        })
        .to_vec();
    path.ruin_month = Some(51);
    // the third event is paid later: the line shows no fall
    for (from, wealth) in [(0, 100e3), (32, 62e3), (33, 41e3)] {
        path.wealth[from..].fill(wealth);
    }
    let picture = drawn(&report, "timeline").expect("events");
    assert_eq!(picture.title, "On the median path money runs out in Mar 2031");
    let texts = texts(&picture);
    for mark in [
        "Aug 2029: Smart-contract hack (defi), −$38k",
        "Sep 2029: Smart-contract hack (defi), −$21k",
        "Mar 2031: money runs out",
    ] {
        assert!(texts.contains(&mark), "{mark}: {texts:?}");
    }
    assert!(!texts.iter().any(|text| text.starts_with("Oct 2029")), "{texts:?}");
    let path = report.median_path.as_mut().expect("there");
    path.wealth[51..].fill(0.0);
    let fallen = drawn(&report, "timeline").expect("events");
    assert!(fallen.texts().any(|text| text.text == "Mar 2031: money runs out, last $41k gone"));
    let path = report.median_path.as_mut().expect("there");
    path.events.clear();
    path.ruin_month = None;
    assert!(drawn(&report, "timeline").is_none());
    // a path that begins with nothing has no fall that is large beside it
    let path = report.median_path.as_mut().expect("there");
    path.events = vec![first];
    (path.events[0].month, path.events[0].cost) = (33, 1.0);
    path.wealth[..32].fill(0.0);
    path.wealth[32..].fill(100e3);
    assert!(drawn(&report, "timeline").is_none());
}

#[test]
fn the_fan_has_the_medians_of_both_benchmarks_by_name() {
    let report = report_of(RUNS[3]);
    let picture = drawn(&report, "wealth_fan").expect("wealth");
    for (id, name) in [(INDEX_FUND, "index fund $"), (SAVINGS, "savings $")] {
        let texts = texts(&picture);
        let labels = texts.iter().filter(|text| text.starts_with(name));
        let median = &report.measures[&format!("{}.terminal.real.p50", id.quantity())];
        let expected = format!("{name}{:.0}k", median.value / 1e3);
        assert_eq!(labels.copied().collect::<Vec<&str>>(), [expected], "{texts:?}");
    }
    let mut without = report;
    without.series.retain(|name, _| !name.starts_with("benchmark."));
    let picture = drawn(&without, "wealth_fan").expect("wealth");
    assert!(!texts(&picture).iter().any(|text| text.starts_with("index")));
}

/// Draws three states, the first of which has these medians; returns the texts that name start, peak and end of one.
fn of_state(medians: [f64; 5]) -> Vec<String> {
    let mut report = report_of(RUNS[9]);
    let first = report.states.first().expect("it has states").clone();
    let series = report.series.get_mut(&format!("state.{}.{}", first.asset, first.state)).expect("kept");
    let levels = series.real.quantiles.get_mut("p50").expect("kept");
    let last = levels.len() - 1;
    let at = |date: usize| medians[(date * 4).div_ceil(last)];
    (0..=last).for_each(|date| levels[date] = Some(at(date)));
    report.measures.get_mut(&format!("state.{}.{}.p50", first.asset, first.state)).expect("kept").value =
        medians[4];
    let picture = drawn(&report, "states").expect("several states");
    texts(&picture)
        .into_iter()
        .filter(|text| text.contains('%') || text.starts_with("at "))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_peak_of_a_state_is_its_highest_date() {
    let shown = |medians, text: &str| {
        let texts = of_state(medians);
        assert!(texts.iter().any(|shown| shown.starts_with(text)), "{text}: {texts:?}");
    };
    // a little above the start is a peak, if it is seen
    shown([1.0, 1.05, 0.9, 0.8, 0.7], "105");
    // one that begins later on most paths does not begin with its own first month
    shown([0.23, 0.23, 0.25, 0.15, 0.1], "23");
}

#[test]
fn a_single_state_is_drawn_in_numbers_if_that_of_the_start_is_known() {
    let mut report = report_of(include_str!("../../../../scenarios/flywheel.toml"));
    let title = |report: &Report| texts(&drawn(report, "states").expect("one state"))[0].to_owned();
    assert_eq!(report.states[0].at_start, Some(3.0));
    assert!(title(&report).starts_with("Shop: number of products rises from 3 to "), "{}", title(&report));
    report.states[0].at_start = None;
    assert!(title(&report).ends_with("-fold by 2037"), "{}", title(&report));
    // a range of starts, and what is relative to something else
    let drawn = include_str!("../../../../scenarios/ai-income-2026.toml");
    let drawn = drawn.replace("subscribers = 90", "subscribers = \"50-90\"");
    assert!(report_of(&drawn).states.iter().all(|state| state.at_start.is_none()));
}
