use crate::engine::Control;
use crate::report::Report;
use crate::scenario::Scenario;
use crate::study::simulate;
use crate::units::Span;

#[test]
fn the_share_covered_in_the_last_month_is_that_of_a_goal_of_one_month() {
    let text = include_str!("../../../../scenarios/royalty-lag.toml");
    let mut scenario: Scenario = text.parse().expect("a shipped scenario");
    scenario.paths = 2000;
    scenario.settings.goal.autonomy.get_or_insert_default().hold = Span::from_months(1).expect("a month");
    let run = simulate(&scenario, &Control::default()).expect("a run");
    let report = Report::from(&run);
    let covered = report.series["income"].covered.as_ref().expect("spending is known");
    let exact = report.measures["autonomy.end.probability"].value;
    assert!(exact > 0.05 && exact < 0.95, "{exact} says nothing");
    let last = covered[covered.len() - 1];
    assert!((last - exact).abs() < 0.005, "{last} {exact}");
    // power: the share of another month is another one
    let most = covered.iter().copied().fold(0.0, f64::max);
    assert!((most - exact).abs() > 0.05, "{most} {exact}");
}
