//! Values that are solved for, against an annuity, and how often their errors hold.

use super::*;
use crate::estimate::mean;

/// What is saved every month and what is left of it, by the formula of an annuity.
#[test]
fn what_is_solved_for_is_what_an_annuity_says() {
    let text = "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\nrun = { seed = 1, paths = 256 }\n\
                asset = [{ name = \"x\", class = \"micro-saas-fleet\", value = 0, roi = 0.1 }]\n\
                owner = { cash = 100_000, surplus = \"keep\", spending = \"1/month\" }\n\
                economy = { inflation.fixed = 0, cash_rate = 0.06167781186449828 }\n";
    let find = |measure, target, between| solve(&case(text, &[]), &spending(measure, target, between));
    let median = "wealth.terminal.p50";
    // 0.5 % a month, 60 months
    let grown = (0..60).fold(1.0, |grown, _| grown * 1.005);
    for target in [20_000.0, 60_000.0, 110_000.0] {
        let exact = (100_000.0 * grown - target) / ((grown - 1.0) / 0.005);
        for between in [[0.0, 1_900.0], [1_900.0, 0.0]] {
            let found = find(median, target, between);
            let (value, _) = value_of(&found);
            assert!((value / exact - 1.0).abs() < 1e-4, "{found:?}, exact {exact}");
            assert!(found.tried.len() < 10, "{found:?}");
        }
    }
    // nobody ends with so much, and who spends nothing cannot spend less
    let found = find(median, 200_000.0, [0.0, 1_900.0]);
    let Outcome::CannotBeMet { at, bound, propose, .. } = found.outcome else {
        panic!("{found:?}");
    };
    assert_eq!((at, bound, propose), (0.0, Bound::From, None));
    // nobody is ruined by so little: no value is the one at which it begins
    let found = find("ruin.probability", 0.0, [10.0, 100.0]);
    assert!(matches!(found.outcome, Outcome::AlreadyMet { .. }), "{found:?}");
}

/// A dearer exit spares the asset that grows, until the exit itself takes more than that.
#[test]
fn what_is_met_inside_the_range_and_missed_at_both_ends_is_found() {
    let asset = |name: &str, keys: &str| {
        format!(
            "[[asset]]\nname = \"{name}\"\nclass = \"index-fund\"\nvalue = 1_000\nroi_law = \"point\"\nvolatility = 0\n\
             income_share = 0\n{keys}\n"
        )
    };
    let text =
        "start = \"2027-01\"\nhorizon = \"4 years\"\ncurrency = \"USD\"\nrun = { seed = 1, paths = 8 }\n\
                economy = { inflation.fixed = 0, cash_rate = 0 }\n\
                owner = { spending = \"30/month\", surplus = \"keep\" }\n"
            .to_owned()
            + &asset("good", "roi = 0.3")
            + &asset("idle", "roi = 0\nexit_haircut = \"1 %\"");
    let between = |to: f64| GoalSeek {
        key: "asset.good.exit_haircut".to_owned(),
        measure: "wealth.terminal.p50".to_owned(),
        target: 2_000.0,
        between: [0.0, to],
        unit: String::new(),
    };
    let (found, _) = value_of(&solve(&case(&text, &[]), &between(0.5)));
    assert!((0.01..0.0101).contains(&found), "{found}");
    // from the other bound the search ends at the other limit
    let (found, _) = value_of(&solve(&case(&text, &[]), &GoalSeek { between: [0.5, 0.0], ..between(0.5) }));
    assert!((0.3..0.5).contains(&found), "{found}");
    // power: below the cost of the other exit the target is met nowhere
    let nowhere = solve(&case(&text, &[]), &between(0.009));
    assert!(matches!(nowhere.outcome, Outcome::CannotBeMet { .. }), "{nowhere:?}");
}

/// A default that each path draws is no value of the file: no single one gives its result.
#[test]
fn only_a_value_that_all_paths_share_is_that_of_the_file() {
    let of = |more: &str| {
        let text = format!(
            "start = \"2027-01\"\nhorizon = \"1 year\"\ncurrency = \"USD\"\nrun = {{ seed = 1, paths = 64 }}\n{more}\
             [[asset]]\nname = \"x\"\nclass = \"micro-saas-fleet\"\nmodel = \"subscription\"\nincome = \"900/month\"\n\
             subscribers = 300\n[owner]\ncash = 100\nspending = \"100/month\"\n"
        );
        let asked = GoalSeek {
            key: "asset.x.churn".to_owned(),
            measure: "wealth.terminal.p50".to_owned(),
            target: 20_000.0,
            between: [1.0, 40.0],
            unit: " %/month".to_owned(),
        };
        solve(&case(&text, &[]), &asked).in_file
    };
    assert_eq!(of(""), None);
    assert!(of("class_ranges = false\n").is_some());
}

/// The value that was found, and its error.
fn value_of(solved: &Solved) -> (f64, Option<f64>) {
    match solved.outcome {
        Outcome::Found { value, std_error, .. } => (value, std_error),
        _ => panic!("{solved:?}"),
    }
}

/// The error is that of the measure over the slope, and the value is met within it.
#[test]
#[ignore = "slow: part of .ci/run"]
fn what_is_solved_for_by_chance_is_within_its_error() {
    // where a measure is steep and, of a rare one, where it is flat
    for (target, most) in [(0.10, 3_000.0), (0.03, 2_000.0)] {
        let asked = spending("ruin.probability", target, [500.0, most]);
        let of_seed = |seed: u64| {
            let case = case(QUIT, &["run.paths=1500", &format!("run.seed={seed}")]);
            let (value, error) = value_of(&solve(&case, &asked));
            (value, error.expect("it has an error"))
        };
        let (values, errors): (Vec<f64>, Vec<f64>) = (1..=20).map(of_seed).unzip();
        let (sd, told) = (mean(&values).std_error * 20.0_f64.sqrt(), mean(&errors).value);
        // a deviation of 20 is known to a sixth of itself
        assert!((0.6..1.6).contains(&(told / sd)), "{told} told, {sd} seen");
    }
}
