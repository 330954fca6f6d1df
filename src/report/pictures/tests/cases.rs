//! The pictures that every promise is tested on.
//!
//! In: nothing. Out: charts with a name for their case. Not here: how data are simulated.

use super::super::cases as side_by_side;
use super::super::crash_correlation::KIND as CRASHES;
use super::super::{Kind, comparison, crash_anatomy, crossover, gain_profile, loop_fan};
use super::Case;
use super::agents::{agents, between, drawn};
use super::portfolio::Portfolio;
use super::samples::crash_correlation;
use super::{comparisons, crashes, crossovers, moved, studies, taken};
use crate::chart::Spec;
use crate::report::CrashPart;

/// Asset names with letters beyond ASCII; the last two have letters that the chart font lacks.
const NAMES: [&str; 5] =
    ["Mühlstraße 7, Zürich", "Dividendes à l'étranger", "Łódź · Žižkov · Győr", "東京 office", "Αθήνα 🙂"];

/// Returns the charts of ordinary, extreme and degenerate portfolios, by name of the sample.
pub fn cases() -> Vec<(&'static str, Vec<Case>)> {
    let seven = || Portfolio::of(7).paths(4000).run(1);
    let calm = || Portfolio::of(7).with_volatility(0.7).run(1);
    let mut many = crash_correlation(30);
    many.pairs[29].0 = "A name that is far too long for the little room that is left".to_string();
    let mut one_still = crash_correlation(4);
    for (_, samples) in &mut one_still.pairs[..3] {
        samples[0] = None;
    }
    vec![
        ("seven", seven().every_chart()),
        ("calm", calm().every_chart()),
        ("one", Portfolio::of(1).run(2).every_chart()),
        ("two", Portfolio::of(2).spending(900.0).run(3).every_chart()),
        ("twelve", Portfolio::of(12).long_names().run(4).every_chart()),
        ("saving", Portfolio::of(4).contributing(2000.0).run(5).every_chart()),
        ("spending", Portfolio::of(5).spending(2000.0).run(6).every_chart()),
        ("wild", Portfolio::of(3).with_volatility(2.0).spending(1500.0).run(7).every_chart()),
        ("ruined", Portfolio::of(3).spending(30_000.0).run(8).every_chart()),
        ("certain", Portfolio::of(3).with_volatility(0.0).run(9).every_chart()),
        ("still", Portfolio::of(2).without_drift().with_volatility(0.0).run(9).every_chart()),
        ("letters", Portfolio::of(5).named(&NAMES).run(14).every_chart()),
        ("huge", Portfolio::of(6).scaled(4e12).run(10).every_chart()),
        ("tiny", Portfolio::of(8).scaled(1e-9).in_currency("CHF").run(11).every_chart()),
        ("month", Portfolio::of(3).lasting(1).run(12).every_chart()),
        ("quarter", Portfolio::of(3).lasting(3).run(12).every_chart()),
        ("year", Portfolio::of(4).lasting(12).run(12).every_chart()),
        ("18 months", Portfolio::of(3).lasting(18).run(12).every_chart()),
        ("crash", of_kind(&crash_anatomy::KIND, crashes::all())),
        ("compared", of_kind(&comparison::KIND, comparisons::all())),
        ("side by side", of_kind(&side_by_side::KIND, comparisons::side_by_side())),
        (
            "crossing",
            of_kind(
                &crossover::KIND,
                [1, 9].into_iter().filter_map(|n| crossovers::crossover(n).spec_of_incomes()).collect(),
            ),
        ),
        ("moved", moved::all()),
        ("studies", studies::all()),
        ("certain dates", Portfolio::of(3).with_happenings(&[1, 2, 3, 119, 120]).run(15).every_chart()),
        ("last dates", Portfolio::of(3).lasting(18).with_happenings(&[15, 16, 17, 18]).run(15).every_chart()),
        ("taken", taken::all()),
        ("forty", Portfolio::of(9).lasting(480).run(13).every_chart()),
        (
            "more",
            vec![
                (&CRASHES, crash_correlation(2).spec()),
                (&CRASHES, crash_correlation(3).spec()),
                (&CRASHES, crash_correlation(5).spec()),
                (&CRASHES, crash_correlation(8).spec()),
                (&CRASHES, crash_correlation(9).spec()),
                (&CRASHES, many.spec()),
                (&CRASHES, one_still.spec()),
                (&loop_fan::KIND, calm().loop_fan(0.0)),
                (&loop_fan::KIND, calm().loop_fan(0.9)),
                (&loop_fan::KIND, calm().loop_fan(-0.3)),
            ],
        ),
        ("agents", every_kind_of_agents()),
    ]
}

fn of_kind(kind: &'static Kind, charts: Vec<Spec>) -> Vec<Case> {
    charts.into_iter().map(|chart| (kind, chart)).collect()
}

/// Returns charts of few and many clusters of agents, with small and large gains, equal and distant stop-losses.
fn every_kind_of_agents() -> Vec<Case> {
    let mut rare = between(vec![0.4, 0.41], Some(0.05), 0.4);
    rare.prescribed.clear();
    let mut still = agents(1, None, 3.0);
    still.is_still = true;
    if let Some(exceedance) = &mut still.exceedance {
        exceedance.calm_month.fill(0.0);
    }
    let mut staggered = agents(16, Some(0.3), 0.9);
    for (k, cluster) in staggered.clusters.iter_mut().enumerate() {
        cluster.name = format!("{} number {k} of a very long list of models", cluster.name);
        cluster.last_trigger = (cluster.first_trigger + 0.1).min(0.36);
    }
    let all = [
        agents(1, None, 1.7),
        agents(1, Some(0.3), 1.7),
        agents(2, None, 0.4),
        agents(5, Some(0.5), 0.4),
        agents(3, Some(0.3), 0.0),
        agents(7, Some(0.05), 250.0),
        between(vec![0.01, 0.03], None, 166.0),
        between(vec![1e-6, 0.05, 2.0], Some(0.9), 1.0),
        between(vec![0.99, 1.0], None, 1.0),
        rare,
        still,
        staggered,
    ];
    let case = |crash: CrashPart| (&gain_profile::KIND, drawn(&crash));
    all.map(case).into_iter().collect()
}
