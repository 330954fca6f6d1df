//! One limit or many: the figures have their law, hang together with the run and answer to what is
//! changed.

#![allow(
    clippy::disallowed_methods,
    reason = "expected values come from the C library, not from what is tested"
)]

mod common;

use common::{control, scenario};
use tailwheel::engine::run;
use tailwheel::plan::Plan;
use tailwheel::report::{FigurePart, LimitsPart, Report};
use tailwheel::stage::Level;

/// Two markets, agents with limits from `first` over `width`.
fn text(first: f64, width: f64, agent_share: f64) -> String {
    format!(
        "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\n\
         [run]\nseed = 7\npaths = 8192\n\
         [correlation]\npairs = [[\"a\", \"b\", 0.2]]\n\
         [[asset]]\nname = \"a\"\nclass = \"defi-yield-aggregator\"\nvalue = 1000\nroi = \"10 %\"\n\
         [[asset]]\nname = \"b\"\nclass = \"synthetic-media-royalties\"\nvalue = 3000\nroi = \"10 %\"\n\
         [[market]]\nname = \"a\"\nagent_share = {agent_share}\n\
         [[market]]\nname = \"b\"\nagent_share = {agent_share}\n\
         [[crash.cluster]]\nname = \"m\"\ncapital_share = 1\nfirst_trigger = {first}\n\
         dispersion = {width}\nhallucination = {{ rate = 0 }}\n"
    )
}

/// First limit, width of the band of limits, and volatility of the only market, per year.
const FIRST: f64 = 0.18;
const WIDTH: f64 = 0.06;
const VOLATILITY: f64 = 0.65;

/// One market without jumps or crises whose agents sell without moving it, and are back at once.
fn lone(volatility: f64) -> String {
    format!(
        "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"3 years\"\ncurrency = \"USD\"\n\
         [run]\nseed = 7\npaths = 256\n\
         [correlation]\ncopula = \"gaussian\"\n\
         [[asset]]\nname = \"a\"\nclass = \"defi-yield-aggregator\"\nvalue = 1000\nroi = \"10 %\"\n\
         volatility = {volatility}\n\
         [[market]]\nname = \"a\"\nagent_share = 0.2\nimpact_10pct = 1e-9\n\
         recovery_half_life = \"1 day\"\n\
         [[crash.cluster]]\nname = \"m\"\ncapital_share = 1\nfirst_trigger = {FIRST}\n\
         dispersion = {WIDTH}\nblocks = 4096\n"
    )
}

/// Loss of a lone market that a normal month of `volatility` per year stays below as often as a
/// standard normal stays below `quantile`.
fn loss_of_month(quantile: f64, volatility: f64) -> f64 {
    -(-quantile * volatility / 12.0_f64.sqrt()).exp_m1()
}

/// How often a normal month of `volatility` per year goes `part` of the way through the band.
fn beyond(part: f64, volatility: f64) -> f64 {
    let limit = FIRST + part * WIDTH;
    0.5 * libm::erfc(limit / volatility * 6.0_f64.sqrt())
}

fn report(text: &str) -> Report {
    let scenario = scenario(text);
    let outcome = run(&Plan::compile(&scenario), &control(Level::detect())).expect("finite");
    Report::new(&scenario, &outcome)
}

fn limits(report: &Report) -> LimitsPart {
    let crash = report.scenario.crash.as_ref().expect("a loop");
    crash.limits.expect("agents that sell")
}

/// Figure `a` less figure `b` in standard errors of independent figures.
fn apart(a: FigurePart, b: FigurePart) -> f64 {
    (a.value - b.value) / together(a, b)
}

/// Error of a difference of two independent figures.
fn together(a: FigurePart, b: FigurePart) -> f64 {
    (a.std_error * a.std_error + b.std_error * b.std_error).sqrt()
}

fn errors(figure: FigurePart) -> f64 {
    figure.value / figure.std_error
}

fn measured(report: &Report, id: &str) -> FigurePart {
    let measure = &report.measures[id];
    FigurePart {
        value: measure.value,
        std_error: measure.std_error.expect("many paths"),
    }
}

#[test]
fn the_worst_month_is_the_one_in_a_hundred_of_the_market() {
    const ONE_IN_100: f64 = 2.326_347_874_040_841;
    const TWO_IN_100: f64 = 2.053_748_910_631_823;
    let limits = limits(&report(&lone(VOLATILITY)));
    let exact = loss_of_month(ONE_IN_100, VOLATILITY);
    for row in [limits.as_written, limits.one_limit, limits.own_limits] {
        let worst = row.months.worst_month;
        let off = |exact: f64| ((worst.value - exact) / worst.std_error).abs();
        assert!(off(exact) < 4.0, "{worst:?}, exact {exact}");
        // power: another quantile, or a volatility that is off by 5 %
        for other in [
            loss_of_month(TWO_IN_100, VOLATILITY),
            loss_of_month(ONE_IN_100, 1.05 * VOLATILITY),
            loss_of_month(ONE_IN_100, 0.95 * VOLATILITY),
        ] {
            assert!(off(other) > 4.0, "no power: {worst:?}, {other}");
        }
        assert_eq!(row.months.correlation.value, 1.0);
    }
}

#[test]
fn nine_in_ten_sell_in_months_that_go_nine_tenths_through_their_limits() {
    // of 4,096 limits the 3,687th decides, which lies nine tenths through the band to ± .005 of it:
    // that changes the share of the months by less than a hundredth of its error
    let limits = limits(&report(&lone(VOLATILITY)));
    for row in [limits.as_written, limits.one_limit] {
        let often = row.months.nearly_all_sell;
        let off = |exact: f64| ((often.value - exact) / often.std_error).abs();
        let exact = beyond(0.9, VOLATILITY);
        assert!(off(exact) < 4.0, "{often:?}, exact {exact}");
        // power: eight in ten, all, or a volatility that is off by 5 %
        for other in [
            beyond(0.8, VOLATILITY),
            beyond(1.0, VOLATILITY),
            beyond(0.9, 1.05 * VOLATILITY),
            beyond(0.9, 0.95 * VOLATILITY),
        ] {
            assert!(off(other) > 4.0, "no power: {often:?}, {other}");
        }
    }
}

#[test]
fn agents_as_written_do_what_they_do_in_the_run() {
    let run = report(&text(0.18, 0.06, 0.2));
    let written = limits(&run).as_written.months;
    // the run has the same markets and agents, so only the sample differs
    let correlation = measured(&run, "correlation.realised.all.mean");
    assert!(apart(written.correlation, correlation).abs() < 4.0);
    // power: more agents are told apart
    let more = report(&text(0.18, 0.06, 0.25));
    let correlation = measured(&more, "correlation.realised.all.mean");
    assert!(apart(written.correlation, correlation).abs() > 4.0);
}

#[test]
fn agents_with_one_limit_are_those_with_one_limit() {
    let limits = limits(&report(&text(0.18, 0.06, 0.2)));
    assert_eq!(limits.as_written.first_trigger, 0.18);
    assert!((limits.one_limit.first_trigger - 0.18).abs() < 1e-12);
    assert!((limits.own_limits.first_trigger - 0.06).abs() < 1e-12);
    assert!((limits.own_limits.last_trigger - 0.36).abs() < 1e-12);
    let (written, one) = (limits.as_written.months, limits.one_limit.months);
    assert!(apart(written.nearly_all_sell, one.nearly_all_sell).abs() < 4.0);
    assert!(apart(written.worst_month, one.worst_month).abs() < 4.0);
    assert!(apart(written.correlation, one.correlation).abs() < 4.0);
    let own = limits.own_limits.months;
    // power: spread limits are told from one
    assert!(errors(limits.own_less_one.nearly_all_sell) < -4.0);
    assert!(apart(own.nearly_all_sell, written.nearly_all_sell) < -4.0);
}

#[test]
fn the_difference_is_that_of_the_figures_and_known_better_than_they_are() {
    let limits = limits(&report(&text(0.10, 0.20, 0.2)));
    let (one, own) = (limits.one_limit.months, limits.own_limits.months);
    let difference = limits.own_less_one;
    for (difference, own, one) in [
        (
            difference.nearly_all_sell,
            own.nearly_all_sell,
            one.nearly_all_sell,
        ),
        (difference.worst_month, own.worst_month, one.worst_month),
        (difference.correlation, own.correlation, one.correlation),
    ] {
        assert!((difference.value - (own.value - one.value)).abs() < 1e-12);
        assert!(difference.std_error < together(own, one));
    }
}

#[test]
fn agents_that_never_sell_have_no_limits_to_compare() {
    let run = report(&text(1.5, 0.06, 0.2));
    assert_eq!(run.scenario.crash.as_ref().expect("a loop").limits, None);
}

#[test]
fn an_agent_of_the_second_of_two_clusters_does_not_stand_in_the_way() {
    // the comparison puts one cluster in the place of both
    let two = text(0.18, 0.06, 0.2).replace(
        "[[crash.cluster]]\nname = \"m\"\ncapital_share = 1\n",
        "[[crash.cluster]]\nname = \"a\"\ncapital_share = 0.5\nfirst_trigger = 0.1\n\
         dispersion = 0.05\n[[crash.cluster]]\nname = \"m\"\ncapital_share = 0.5\n",
    );
    let minded = two.replace(
        "class = \"defi-yield-aggregator\"\n",
        "class = \"defi-yield-aggregator\"\nmanaged_by = \"m\"\n",
    );
    assert_ne!(minded, two);
    assert_eq!(limits(&report(&minded)), limits(&report(&two)));
}

#[test]
fn where_every_month_has_a_prescribed_fall_nothing_is_compared() {
    let with = |months: std::ops::RangeInclusive<u32>| {
        let shock = |month: u32| {
            let (year, month) = (2027 + (month - 1) / 12, (month - 1) % 12 + 1);
            format!("[[shock]]\nmarket = \"a\"\nat = \"{year}-{month:02}\"\nloss = 0.01\n")
        };
        let shocks: String = months.map(shock).collect();
        let scenario = scenario(&(text(0.05, 0.06, 0.4).replace("8192", "256") + &shocks));
        let outcome = run(&Plan::compile(&scenario), &control(Level::detect())).expect("finite");
        let report = Report::new(&scenario, &outcome);
        assert!(!report.to_text(80).is_empty());
        report.scenario.crash.expect("agents").limits.is_some()
    };
    assert!(!with(1..=36));
    assert!(!with(13..=36));
    assert!(with(13..=35));
}
