//! Whether somebody can live on it: when the money runs out, when income covers spending.

use crate::common::{column, control, report, scenario};
use crate::read::{count, share};
use tailwheel::engine::{Outcome, run};
use tailwheel::plan::Plan;
use tailwheel::record::{REAL_UNIT_VALUE, RUIN_MONTH, TrackId, UNIT_VALUE};
use tailwheel::scenario::Scenario;
use tailwheel::stage::Level;

const FILE: &str = include_str!("../../scenarios/can-i-quit.toml");

/// The shipped scenario with other lines, its outcome, the sentences of its screen in one line.
fn told(edits: &[(&str, &str)]) -> (Outcome, String) {
    let edit = |text: String, (from, to): &(&str, &str)| {
        assert!(text.contains(from), "{from}");
        text.replace(from, to)
    };
    let text = edits.iter().fold(FILE.to_owned(), edit);
    ran(&scenario(&text))
}

fn ran(scenario: &Scenario) -> (Outcome, String) {
    let plan = Plan::compile(scenario);
    let outcome = run(&plan, &control(Level::detect())).expect("a finite run");
    let screen = report(scenario, &outcome).to_text(80);
    let words: Vec<&str> = screen.split_whitespace().collect();
    (outcome, words.join(" "))
}

fn happened(outcome: &Outcome, id: TrackId) -> Vec<u32> {
    let column = outcome.column(id).expect("somebody lives on it");
    column.iter().map(|value| *value as u32).collect()
}

/// `In 23 of 100`, `in fewer than 1 of 100`, `In none of 500 futures`, `In all 500 futures`.
fn share_is(said: &str, hits: usize, n: usize) -> bool {
    let said = said.trim().to_lowercase();
    let per_hundred = 100.0 * hits as f64 / n as f64;
    match said.as_str() {
        said if said.starts_with("in none of") => hits == 0 && count(said) == Some(n),
        said if said.starts_with("in all ") => hits == n && count(said) == Some(n),
        said if said.starts_with("in fewer than 1 of 100") => hits > 0 && per_hundred <= 0.5,
        said if said.starts_with("in more than 99 of 100") => hits < n && per_hundred >= 99.5,
        said => count(said).is_some_and(|k| (k as f64 - per_hundred).abs() <= 0.501),
    }
}

/// The text from the last `. ` before `what` up to it.
fn before<'t>(text: &'t str, what: &str) -> Option<&'t str> {
    let (before, _) = text.split_once(what)?;
    Some(before.rsplit_once(". ").map_or(before, |(_, said)| said))
}

fn month_name(month: u32) -> String {
    const NAMES: [&str; 12] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ];
    let month = month - 1;
    format!("{} {}", NAMES[(month % 12) as usize], 2027 + month / 12)
}

const FEW_PATHS: (&str, &str) = ("paths = 50_000", "paths = 2_000");

#[test]
fn the_money_runs_out_in_as_many_futures_and_as_early_as_is_said() {
    let spending = |amount: &'static str| ("spending = \"1500/month\"", amount);
    for edits in [
        &[FEW_PATHS] as &[_],
        &[FEW_PATHS, spending("spending = \"1200/month\"")],
        &[FEW_PATHS, spending("spending = \"9000/month\"")],
        &[FEW_PATHS, spending("spending = \"90_000/month\"")],
        &[FEW_PATHS, spending("spending = \"200/month\"")],
    ] {
        let (outcome, text) = told(edits);
        let mut months = happened(&outcome, RUIN_MONTH);
        let n = months.len();
        months.retain(|month| *month > 0);
        months.sort_unstable();
        let said = before(&text, " the money runs out").unwrap_or_else(|| panic!("{text}"));
        assert!(
            share_is(said, months.len(), n),
            "{} of {n}: {text}",
            months.len()
        );
        if months.len() >= 20 {
            let middle = month_name(months[(months.len() - 1) / 2]);
            let half = format!("the money runs out, in half of those by {middle}");
            assert!(text.contains(&half), "{half}: {text}");
        }
        // the middle future has it
        let counts = text.contains("; their time-weighted return is −100 %.")
            || text.contains("; the time-weighted return is then −100 %.");
        assert_eq!(counts, months.len() * 2 >= n, "{text}");
    }
}

/// The three shares behind `label`, before anything else.
fn row(text: &str, label: &str) -> Option<[f64; 3]> {
    let (_, rest) = text.split_once(label)?;
    let mut cells = rest.trim_start().splitn(4, " % ");
    let mut next = || share(&format!("{} %", cells.next()?.trim()));
    Some([next()?.value, next()?.value, next()?.value])
}

fn quantiles(values: impl Iterator<Item = f64>) -> [f64; 3] {
    let mut sorted: Vec<f64> = values.collect();
    sorted.sort_by(f64::total_cmp);
    [5, 50, 95].map(|hundredths| sorted[(hundredths * sorted.len()).div_ceil(100) - 1])
}

/// What is wrong with the returns and losses of a screen on which money is withdrawn and some are ruined.
fn ideas_are_told_apart(outcome: &Outcome, is_real: bool, text: &str) -> Result<(), String> {
    let of = |nominal: TrackId, real: TrackId| {
        let id = if is_real { real } else { nominal };
        column(outcome, id).iter()
    };
    let irr = of(TrackId::of("irr"), TrackId::of("irr_real")).map(|rate| rate.max(-1.0));
    let years = f64::from(outcome.n_months) / 12.0;
    let unit = of(UNIT_VALUE, REAL_UNIT_VALUE);
    let unit = unit.map(|unit| unit.max(0.0).powf(1.0 / years) - 1.0);
    for (label, values) in [
        ("return a year on money invested (IRR) ", quantiles(irr)),
        ("return a year, time-weighted ", quantiles(unit)),
    ] {
        let said = row(text, label).ok_or(format!("no {label}"))?;
        if said
            .iter()
            .zip(values)
            .any(|(said, value)| (said - value).abs() > 0.000_51)
        {
            return Err(format!("{label}{said:?} is {values:?}"));
        }
    }
    for label in [
        "Probability of loss, withdrawals counted as received ",
        "Expected shortfall 95 % of that loss, of money of day one ",
        "income a month, last year (0 if ruined) ",
        " after it, time-weighted. ",
    ] {
        text.contains(label).then_some(()).ok_or(label)?;
    }
    Ok(())
}

#[test]
fn returns_and_losses_say_whether_withdrawals_count() {
    let edits = [
        FEW_PATHS,
        ("spending = \"1500/month\"", "spending = \"1900/month\""),
    ];
    let (outcome, text) = told(&edits);
    assert_eq!(ideas_are_told_apart(&outcome, true, &text), Ok(()));
    // nominal rates are others
    assert!(ideas_are_told_apart(&outcome, false, &text).is_err());
    for (said, planted) in [
        ("on money invested (IRR)", ", time-weighted"),
        ("return a year, time-weighted", "return a year"),
        (", withdrawals counted as received", ""),
        ("95 % of that loss", "95 %"),
        (" (0 if ruined)", ""),
        ("after it, time-weighted", "after it"),
    ] {
        let other = text.replacen(said, planted, 1);
        assert_ne!(other, text, "{said}");
        assert!(
            ideas_are_told_apart(&outcome, true, &other).is_err(),
            "{said}"
        );
    }
    // nobody is ruined, and nothing is withdrawn
    let (_, text) = spent_nothing();
    for word in ["(IRR)", "withdrawals", "ruined)", "of that loss"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
}

/// The same money of which nothing is spent.
fn spent_nothing() -> (Outcome, String) {
    let text = "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
                [run]\nseed = 1\npaths = 300\n[owner]\ncash = 5\n\
                [[asset]]\nname = \"a\"\nclass = \"savings\"\nvalue = 10_000\n";
    ran(&scenario(text))
}

/// $10,000 at 5 % a year of which $1,500 a month are spent.
fn spent(volatility: &str, inflation: &str) -> (Outcome, String) {
    let text = format!(
        "start = \"2027-01\"\nhorizon = \"5 years\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
         [run]\nseed = 1\npaths = 300\n[owner]\nspending = \"1500/month\"\n\
         [[asset]]\nname = \"a\"\nclass = \"savings\"\nvalue = 10_000\nroi = \"5 %\"\nvolatility = {volatility}\n\
         [economy]\n{inflation}\n"
    );
    ran(&scenario(&text))
}

#[test]
fn a_ruin_of_all_stands_beside_what_was_got_back_and_is_not_called_certain() {
    // that all lack the same is no proof: what was random may have been sold for nothing
    for volatility in ["0", "0.001"] {
        let (outcome, text) = spent(volatility, "inflation.fixed = \"2.5 %/year\"");
        assert_eq!(happened(&outcome, RUIN_MONTH), [7; 300]);
        for said in [
            "In all 300 futures the money runs out, in Jul 2027; the time-weighted return is then −100 %.",
            "Expected shortfall 95 %: none, a gain of 0.",
            "Ruin over 98.7 %",
        ] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
    // a gain is called one beside the wider figures of prices that move, too
    let (_, text) = spent("0", "");
    let is_wide = text.contains("withdrawals counted as rec… ");
    assert!(is_wide && text.contains(": none, a gain of 0."), "{text}");
}

#[test]
fn what_a_launch_may_still_change_is_not_certain_though_all_paths_agree() {
    let text = |fails: &str| {
        format!(
            "start = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
             [run]\nseed = 1\npaths = 300\n[owner]\ncash = 20_000\nspending = \"100/month\"\n\
             [economy]\ninflation.fixed = 0\ncash_rate = 0\n\
             [[asset]]\nname = \"shop\"\nclass = \"micro-saas-fleet\"\nvalue = 0\nmodel = \"mechanism\"\n\
             income = \"2000/month\"\nvolatility = 0\nlaunch = {{ cost = 400, time = \"1 month\", fails = {fails} }}\n"
        )
    };
    let (outcome, said) = ran(&scenario(&text("0.9999")));
    let wealth = happened(&outcome, tailwheel::record::WEALTH);
    assert!(wealth.iter().all(|one| *one == wealth[0]), "one stands");
    assert!(said.contains("In none of 300 futures"), "{said}");
    assert!(said.contains("Ruin under 1.3 %"), "{said}");
}

#[test]
fn one_future_is_told_without_chances() {
    let one = ("paths = 50_000", "paths = 1");
    let (outcome, text) = told(&[one, ("1500/month", "9000/month")]);
    assert!(happened(&outcome, RUIN_MONTH)[0] > 0);
    for said in ["ruin yes", "income covers spending at some time no"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let (outcome, text) = told(&[one, ("1500/month", "20/month")]);
    assert_eq!(happened(&outcome, RUIN_MONTH), [0]);
    for said in ["ruin no", "income covers spending at the end yes"] {
        assert!(text.contains(said), "{said}: {text}");
    }
}

#[test]
fn income_covers_spending_in_as_many_futures_as_is_said() {
    let hits = |outcome: &Outcome, id: &'static str| {
        let column = happened(outcome, TrackId::of(id));
        (
            column.iter().filter(|value| **value > 0).count(),
            column.len(),
        )
    };
    for spending in ["900/month", "600/month", "200/month"] {
        let (outcome, text) = told(&[FEW_PATHS, ("1500/month", spending)]);
        for (what, id) in [
            (" income covers spending at the end", "autonomy_at_end"),
            (" for 12 months in a row", "autonomy_begins"),
            (" begun by Jan 2030", "autonomy_by_goal"),
            (" then not for 12 months", "autonomy_lost"),
            (" wealth is $250k or more in Jan 2030", "goal_wealth"),
            (" at some time.", "goal_wealth_first"),
        ] {
            let (k, n) = hits(&outcome, id);
            let Some(said) = before(&text, what) else {
                assert_eq!((k, id), (0, "autonomy_lost"), "{what}: {text}");
                continue;
            };
            // of several in one sentence the last before the words
            let said = said.rsplit("; ").next().unwrap_or(said);
            let said = said.rsplit(", ").next().unwrap_or(said);
            let said = said.trim().trim_start_matches("and ");
            assert!(share_is(said, k, n), "{k} of {n}, {what}: {text}");
        }
    }
    // power: the columns of another spending do not make the sentence true
    let (_, text) = told(&[FEW_PATHS, ("1500/month", "900/month")]);
    let (other, _) = told(&[FEW_PATHS, ("1500/month", "600/month")]);
    let (k, n) = hits(&other, "autonomy_begins");
    let said = before(&text, " for 12 months in a row").expect("it is said");
    assert!(!share_is(said.rsplit(';').next().unwrap_or(said), k, n));
}
