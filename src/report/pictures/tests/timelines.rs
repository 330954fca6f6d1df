//! What the picture of the median path marks and claims.
//!
//! In: a run, its median path. Out: nothing. Not here: that no text touches another (all pictures keep that).

use super::super::sketches;
use super::{Picture, RUNS, report_of, scenario_of};
use crate::figure::Quantity;
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
    let mut report = report_of(&scenario_of(RUNS[5]));
    let path = report.median_path.as_mut().expect("it has events");
    let first = path.events[0].clone();
    let event = |month, cost| {
        let mut event = first.clone();
        (event.month, event.cost, event.label) = (month, cost, "Smart-contract hack (defi)".into());
        event
    };
    path.events = [(32, 38e3), (33, 21e3), (34, 9e3), (36, 8e3), (50, 7e3)]
        .map(|(month, cost)| event(month, cost))
        .to_vec();
    path.ruin_month = Some(51);
    let picture = drawn(&report, "timeline").expect("events");
    let texts = texts(&picture);
    let start = report.scenario.start.parse::<crate::units::YearMonth>();
    let date = |month: u32| crate::figure::spoken_month(&start.expect("a month").plus(month - 1).to_string());
    assert_eq!(picture.title, format!("On the median path money runs out in {}", date(51)));
    let path = report.median_path.as_ref().expect("there");
    let marks = [(32, "$38k"), (33, "$21k"), (34, "$9,000")].map(|(month, cost)| {
        let fall = path.wealth[month as usize - 1] - path.wealth[month as usize];
        // the amount is the fall that is drawn; a cost that comes later is called one
        match fall >= 0.05 * path.wealth[0] {
            true => {
                let digits = 1 - crate::math::digits::exponent(fall);
                let fall = crate::figure::money("USD", crate::math::digits::rounded(-fall, digits));
                format!("{}: Smart-contract hack (defi), {fall}", date(month))
            }
            false => format!("{}: Smart-contract hack (defi) costs {cost}", date(month)),
        }
    });
    for mark in &marks {
        assert!(texts.contains(&mark.as_str()), "{mark}: {texts:?}");
    }
    assert!(marks.iter().any(|mark| mark.contains("−$")) && marks.iter().any(|mark| mark.contains("costs")));
    let ruin = format!("{}: money runs out", date(51));
    assert!(texts.iter().any(|text| *text == ruin), "{texts:?}");
    assert!(texts.iter().any(|text| text.contains(": mainly market movements")), "{texts:?}");
    report.median_path.as_mut().expect("there").events.clear();
    assert!(drawn(&report, "timeline").is_none());
}

#[test]
fn the_fan_has_the_medians_of_both_benchmarks_by_name() {
    let report = report_of(&scenario_of(RUNS[3]));
    let picture = drawn(&report, "wealth_fan").expect("wealth");
    for (id, name) in [(INDEX_FUND, "index fund $"), (SAVINGS, "savings $")] {
        let texts = texts(&picture);
        let labels = texts.iter().filter(|text| text.starts_with(name));
        let median = &report.measures[&format!("{}.terminal.real.p50", id.quantity())];
        let amount = crate::figure::money("USD", Quantity::exact(median.value).value);
        let expected = format!("{}{}", name.trim_end_matches('$'), amount);
        assert_eq!(labels.copied().collect::<Vec<&str>>(), [expected], "{texts:?}");
    }
    let mut without = report;
    without.series.retain(|name, _| !name.starts_with("benchmark."));
    let picture = drawn(&without, "wealth_fan").expect("wealth");
    assert!(!texts(&picture).iter().any(|text| text.starts_with("index")));
}

#[test]
fn the_picture_of_falls_says_how_long_half_stay_below_a_high() {
    let mut report = report_of(&scenario_of(RUNS[3]));
    report.measures.get_mut("drawdown.longest.p50").expect("kept").value = 48.0;
    // beside paths that lose everything it would be unclear which half is meant
    let depths = report.distributions.drawdown.as_mut().expect("kept");
    depths.atom.paths = 0;
    let picture = drawn(&report, "deepest_fall").expect("falls");
    let said = "; half need four years or more to regain a high";
    assert!(picture.description.contains(said), "{}", picture.description);
    report.measures.remove("drawdown.longest.p50");
    assert!(drawn(&report, "deepest_fall").expect("falls").description.contains("below an earlier high"));
}
