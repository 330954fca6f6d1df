//! The pictures that every promise is tested on.
//!
//! In: nothing. Out: scenarios to run, charts of samples. Not here: promises (`tests`).

use super::super::cases as side_by_side;
use super::super::crash_correlation::KIND as CRASHES;
use super::super::{PictureKind, comparison, crash_anatomy, crossover, gain_profile, loop_fan};
use super::Case;
use super::agents::{agents, between, drawn};
use super::samples::{self, NAMES, crash_correlation};
use super::{comparisons, crashes, crossovers, moved, studies, taken};
use crate::chart::Spec;

/// Title with letters beyond ASCII; the last ones are not in the font of charts.
const LETTERS: &str = "Mühlstraße 7, Zürich · Łódź · Žižkov · Győr · 東京 office · Αθήνα 🙂";

const CLASSES: [&str; 4] =
    ["micro-saas-fleet", "synthetic-media-royalties", "tokenized-real-estate", "defi-yield-aggregator"];

/// Scenarios whose runs are drawn: shipped ones, then portfolios with agents that are ordinary, extreme and
/// degenerate.
pub fn scenarios() -> Vec<String> {
    let shipped = super::RUNS.map(str::to_owned);
    let of = |n: usize, rest: &str| portfolio(n, "", rest);
    let lasting = |n, time: &str, rest: &str| of(n, rest).replace("10 years", time);
    let wild = |volatility: &str, rest: &str| of(3, rest).replace("volatility = 0.4", volatility);
    let spending = |amount: &str| format!("[owner]\nspending = \"{amount}/month\"\n");
    let flows = |months: &[&str]| {
        let flow =
            |at| format!("{{ name = \"something-that-happens-in-{at}\", amount = -9, at = \"{at}\" }}");
        let flows: Vec<String> = months.iter().map(flow).collect();
        format!("[owner]\ncash = 100\nflows = [{}]\n", flows.join(", "))
    };
    let still = "class_ranges = false\n";
    let portfolios = [
        of(7, ""),
        of(1, ""),
        of(2, &spending("900")),
        portfolio(12, "-held-through-an-intermediary-abroad", ""),
        of(4, "[owner]\nflows = [{ name = \"salary\", amount = \"2000/month\" }]\n"),
        of(5, &spending("2000")),
        wild("volatility = 1.5", &spending("1500")),
        wild("volatility = 0.4", &spending("30_000")),
        format!("{still}{}", wild("volatility = 0", "")),
        format!("{still}{}", wild("volatility = 0\ndecay = 0", "").replace("roi = 0.15", "roi = 0")),
        format!("title = \"{LETTERS}\"\n{}", of(5, "")),
        of(6, "").replace("value = 40_000", "value = 1e13").replace("roi = 0.15", "roi = \"300 %\""),
        of(8, "").replace("value = 40_000", "value = 1e-6").replace("USD", "CHF"),
        lasting(3, "1 month", ""),
        lasting(3, "3 months", ""),
        lasting(4, "12 months", ""),
        lasting(3, "18 months", ""),
        lasting(9, "40 years", ""),
        of(3, &flows(&["2027-01", "2027-02", "2027-03", "2036-11", "2036-12"])),
        lasting(3, "18 months", &flows(&["2028-03", "2028-04", "2028-05", "2028-06"])),
    ];
    shipped.into_iter().chain(portfolios).collect()
}

/// Returns a scenario of ten years with agents and `n` assets, in four classes in turn; `long` ends their names.
fn portfolio(n: usize, long: &str, rest: &str) -> String {
    let assets = NAMES[..n].iter().zip(CLASSES.iter().cycle()).map(|(name, class)| {
        let name = name.to_lowercase().replace(' ', "-") + long;
        let keys = "value = 40_000\nroi = 0.15\nvolatility = 0.4";
        format!("[[asset]]\nname = \"{name}\"\nclass = \"{class}\"\n{keys}\n")
    });
    let assets: String = assets.collect();
    format!(
        "start = \"2027-01\"\nhorizon = \"10 years\"\ncurrency = \"USD\"\nclass_events = false\n\
         run = {{ seed = 42, paths = 1000 }}\ncrash = {{ models = {{ a = 0.6, b = 0.4 }}, trigger = 0.2 }}\n{assets}{rest}"
    )
}

/// Returns the charts of samples, by name of the sample.
pub fn cases() -> Vec<(&'static str, Vec<Case>)> {
    let mut many = crash_correlation(30);
    many.pairs[29].0 = "A name that is far too long for the little room that is left".to_string();
    let mut one_still = crash_correlation(4);
    for (_, samples) in &mut one_still.pairs[..3] {
        samples[0] = None;
    }
    let correlations = [2, 3, 5, 8, 9].map(crash_correlation).into_iter().chain([many, one_still]);
    let crossing = [1, 9].into_iter().filter_map(|n| crossovers::crossover(n).spec_of_incomes());
    vec![
        ("crash", of_kind(&crash_anatomy::KIND, crashes::all())),
        ("compared", of_kind(&comparison::KIND, comparisons::all())),
        ("side by side", of_kind(&side_by_side::KIND, comparisons::side_by_side())),
        ("crossing", of_kind(&crossover::KIND, crossing.collect())),
        ("moved", moved::all()),
        ("studies", studies::all()),
        ("taken", taken::all()),
        ("correlations", of_kind(&CRASHES, correlations.map(|chart| chart.spec()).collect())),
        ("loop", of_kind(&loop_fan::KIND, [0.0, 0.9, -0.3].map(samples::loop_fan).to_vec())),
        ("agents", of_kind(&gain_profile::KIND, every_kind_of_agents())),
    ]
}

fn of_kind(kind: &'static PictureKind, charts: Vec<Spec>) -> Vec<Case> {
    charts.into_iter().map(|chart| (kind, chart)).collect()
}

/// Returns charts of few and many clusters of agents, with small and large gains, equal and distant stop-losses.
fn every_kind_of_agents() -> Vec<Spec> {
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
    all.iter().map(drawn).collect()
}
