//! The median path is that of the figure, and its events cost what the run has of them; sales are thinned evenly.

use super::*;
use crate::engine::{Control, replay};
use crate::record::{EVENT_LOSS, REAL_WEALTH};
use crate::report::Report;
use crate::scenario::Scenario;
use crate::stage::Level;
use crate::study::simulate;

#[test]
fn the_path_ends_with_the_median_and_its_events_cost_what_the_columns_say() {
    let text = include_str!("../../../../scenarios/one-platform.toml");
    let mut scenario: Scenario = text.parse().expect("a shipped scenario");
    scenario.paths = 701;
    let run = simulate(&scenario, &Control::default()).expect("a run");
    let report = Report::from(&run);
    let wealth = run.outcome.values_or_like(REAL_WEALTH).expect("kept").all();
    let mut sorted = wealth.to_vec();
    sorted.sort_by(f64::total_cmp);
    let median = report.measures["wealth.terminal.real.p50"].value;
    assert_eq!(median, sorted[350]);
    let path = run.outcome.first_at(REAL_WEALTH, median).expect("there");
    assert_eq!(path as usize, wealth.iter().position(|own| *own == median).expect("there"));
    let replay = replay(&run.plan, Level::detect(), path).expect("finite");
    let path = ReplayReport { scenario: &scenario, replay: &replay };
    let report = report.with_paths(None, Some(path));
    let events = &report.scenario.events;
    let part = report.median_path.as_ref().expect("events can happen");
    assert_eq!(part.wealth.last(), Some(&median));
    assert_eq!(part.wealth.len(), scenario.months as usize + 1);
    assert!(part.events.is_sorted_by(|a, b| a.cost >= b.cost));
    assert!(!part.events.is_empty() && part.events.len() <= MOST_EVENTS);
    let n_assets = scenario.assets.len();
    for (number, event) in scenario.events.iter().enumerate() {
        let all = {
            let (name, tally) = &replay.legend.events[number];
            happened(&path, name, &events[number].label, tally)
        };
        assert!(part.events.iter().filter(|one| one.event == event.name).count() <= all.len());
        let cost: f64 = all.iter().map(|one| one.cost).sum();
        let id = EVENT_LOSS.of_object((n_assets + number) as u16);
        let lost = replay.column(id).expect("kept");
        assert!((cost - lost).abs() <= 1e-9 * lost, "{}: {cost} {lost}", event.name);
    }
}

#[test]
fn sales_are_thinned_to_the_first_the_last_and_some_between() {
    for n in [0, 1, 2, 199, 200, 201, 400, 4711] {
        let shown: Vec<usize> = thinned(n).collect();
        assert!(shown.len() <= MOST_SALES && shown.is_sorted_by(|a, b| a < b), "{n}");
        assert_eq!(shown.first().copied(), (n > 0).then_some(0));
        assert_eq!(shown.last().copied(), n.checked_sub(1));
    }
}
