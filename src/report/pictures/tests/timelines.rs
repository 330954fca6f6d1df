//! What the picture of the median path marks and claims.
//!
//! In: a run, its median path. Out: nothing. Not here: that no text touches another (all pictures keep that).

use super::super::sketches;
use super::{Picture, RUNS, report_of};
use crate::record::{INDEX_FUND, SAVINGS};
use crate::report::Report;
use crate::report::facts::MedianPathPart;
use crate::scenario::label_of_name;

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
        "Aug 2029: Smart-contract hack (defi), $38k lost",
        "Sep 2029: Smart-contract hack (defi), $21k lost",
        "Mar 2031: money runs out",
    ] {
        assert!(texts.contains(&mark), "{mark}: {texts:?}");
    }
    assert!(!texts.iter().any(|text| text.starts_with("Oct 2029")), "{texts:?}");
    let path = report.median_path.as_mut().expect("there");
    path.wealth[51..].fill(0.0);
    let fallen = drawn(&report, "timeline").expect("events");
    assert!(fallen.texts().any(|text| text.text == "Mar 2031: money runs out, last $41k gone"));
    // without ruin the title has the deepest fall, from the high just before it
    let path = report.median_path.as_mut().expect("there");
    path.ruin_month = None;
    path.wealth[33..].fill(80e3);
    path.wealth[40..].fill(200e3);
    path.wealth[45..].fill(150e3);
    let fallen = drawn(&report, "timeline").expect("events");
    assert_eq!(fallen.title, "On the median path wealth falls 38 % from a peak");
    assert!(fallen.texts().any(|text| text.text == "Aug 2029: 38 % below the peak"));
    assert!(
        self::texts(&fallen)[1].ends_with("; black: its deepest fall; orange: its costliest loss events")
    );
    let path = report.median_path.clone().expect("there");
    let of = |wealth: &[f64]| MedianPathPart { wealth: wealth.to_vec(), ..path.clone() }.deepest_fall();
    assert_eq!(of(&[4.0, 2.0, 3.0, 9.0, 5.0, 9.0, 1.0, 1.0, 2.0]), Some([5, 6]));
    assert_eq!(of(&[0.0, 1.0, 1.0, 2.0]), None);
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
    for (id, name) in [(INDEX_FUND, "index fund, same spending $"), (SAVINGS, "savings, same spending $")] {
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

/// Returns the title of the chart of states whose first one alone is kept and has these medians.
fn title_of_state(medians: [f64; 5]) -> String {
    let mut report = report_of(RUNS[9]);
    report.states.truncate(1);
    let first = report.states[0].clone();
    let series = report.series.get_mut(&format!("state.{}.{}", first.asset, first.state)).expect("kept");
    let levels = series.real.quantiles.get_mut("p50").expect("kept");
    let last = levels.len() - 1;
    let of_month = |place: usize| medians[place * 4 / last];
    levels.iter_mut().enumerate().for_each(|(place, level)| *level = Some(of_month(place)));
    let at_end = format!("state.{}.{}.p50", first.asset, first.state);
    let end = report.measures.get_mut(&at_end).expect("kept");
    (end.value, end.interval) = (medians[4], Some([0.94, 1.06].map(|part| part * medians[4])));
    end.std_error = Some(0.03 * medians[4]);
    drawn(&report, "states").expect("a state").title
}

#[test]
fn a_state_that_begins_late_is_compared_with_its_first_date_and_not_with_its_own_first_month() {
    for (medians, told) in [
        ([1.0, 1.2, 0.9, 0.8, 0.7], "peak at 120 %, end at 70 % by 2031"),
        // a little above the start is no peak
        ([1.0, 1.05, 0.9, 0.8, 0.7], "fall to 70 % of the start by 2031"),
        ([0.9, 0.9, 0.85, 0.8, 0.7], "fall to 70 % of the start by 2031"),
        ([0.23, 0.23, 0.28, 0.15, 0.1], "peak at 28.0 %, end at 10.0 % by 2031"),
        ([0.23, 0.2, 0.2, 0.15, 0.1], "from 23.0 % to 10.0 % by 2031"),
        ([0.23, 0.4, 0.9, 1.6, 2.6], "from 23 % to 260 % by 2031"),
    ] {
        let title = title_of_state(medians);
        assert!(title.ends_with(told), "{title}: {told}");
    }
}

#[test]
fn states_have_a_line_each_and_a_few_products_are_drawn_alone() {
    let report = report_of(RUNS[9]);
    let kinds = report.states.iter().map(|state| (state.asset.as_str(), state.label.as_str()));
    let royalties: Vec<&str> =
        kinds.filter(|(_, label)| *label == "royalties").map(|(asset, _)| asset).collect();
    assert!(royalties.len() > 1, "{royalties:?}");
    let picture = drawn(&report, "states").expect("several states");
    let texts = texts(&picture);
    for asset in royalties {
        let name = format!("{}: royalties ", label_of_name(asset));
        let at_end = report.measures[&format!("state.{asset}.royalties.p50")].value;
        let shown = texts.iter().rev().find_map(|text| text.strip_prefix(&*name)).expect(&name);
        let shown: f64 = shown.trim_end_matches(" %").parse().expect("a share");
        assert!((shown / 100.0 - at_end).abs() < 0.006, "{name}: {shown} {at_end}");
    }
    let report = report_of(include_str!("../../../../scenarios/two-blogs-and-a-course.toml"));
    let picture = drawn(&report, "states").expect("several states");
    let reading = self::texts(&picture)[1].to_owned();
    assert!(reading.starts_with("Number of products, "), "{reading}");
    assert!(reading.ends_with("; two more not drawn"), "{reading}");
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
