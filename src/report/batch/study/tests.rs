//! Gates that no report can have, or that leave nothing to decide.

use super::*;
use crate::form::SourceMap;
use crate::scenario::read;

const SCENARIO: &str = "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\n\
                        currency = \"USD\"\n[run]\nseed = 1\npaths = 100\n\
                        [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\n\
                        value = 1\n[[axis]]\nname = \"seed\"\nkey = \"run.seed\"\nvalues = [1, 2]\n";

fn messages(gate: &str) -> Vec<String> {
    let text = format!("{SCENARIO}[[expect]]\nid = \"g\"\n{gate}\n");
    let loader = |_: &str| Ok(text.as_bytes().to_vec());
    let faults = read_study("t.toml", &[], &loader).err().map_or_else(Vec::new, |refusal| refusal.faults);
    faults.into_iter().map(|fault| fault.message).collect()
}

#[test]
fn a_limit_that_one_case_cannot_reach_is_for_the_others() {
    let gate = "[[expect]]\nid = \"g\"\nmeasure = \"value_at_risk.95\"\nbelow = 40_000\n";
    let axis = |values: &str| {
        let axis = "[[axis]]\nname = \"value\"\nkey = \"asset.defi.value\"\n";
        format!("{SCENARIO}{gate}{axis}values = [{values}]\n")
    };
    let read = |text: String| {
        let loader = |_: &str| Ok(text.as_bytes().to_vec());
        read_study("t.toml", &[], &loader)
    };
    assert!(read(axis("20_000, 30_000")).is_err());
    assert!(read(axis("20_000, 80_000")).is_ok());
}

/// Tests that each fault of a gate is reported once, although two cases have the gate.
#[test]
fn a_gate_that_cannot_be_judged_is_refused_and_its_remedy_is_taken() {
    for row in include_str!("tests/gates.tsv").lines() {
        let (gate, message) = row.split_once('\t').expect("two cells");
        assert_eq!(messages(&gate.replace("\\n", "\n")).join("\n"), message, "{gate}");
    }
}

#[test]
fn a_year_of_a_run_of_months_is_no_gate() {
    let read = |horizon: &str| {
        let gate = "[[expect]]\nid = \"g\"\nmeasure = \"worst_year.return.p50\"\nabove = 0.1\n";
        let text = SCENARIO.replace("2 years", horizon) + gate;
        read_study("t.toml", &[], &move |_: &str| Ok(text.as_bytes().to_vec())).is_ok()
    };
    assert!(!read("6 months") && read("1 year"));
}

#[test]
fn a_gate_on_what_one_case_does_not_keep_names_the_case() {
    let gate = "[[expect]]\nid = \"g\"\nmeasure = \"autonomy.end.probability\"\nabove = 0.1\n";
    let spending =
        "[[axis]]\nname = \"spends\"\nkey = \"owner.spending\"\nvalues = [\"0/month\", \"9/month\"]\n";
    let read = |rest: &str| {
        let text = format!("{SCENARIO}{spending}{gate}{rest}[owner]\nspending = \"9/month\"\n");
        let loader = move |_: &str| Ok(text.as_bytes().to_vec());
        read_study("t.toml", &[], &loader).map(drop)
    };
    let text = read("").expect_err("one case spends nothing").render(crate::form::Colour::Plain);
    assert!(text.contains("a `where` that leaves out"), "{text}");
    // the remedy
    assert!(read("where = { spends = \"9/month\" }\n").is_ok());
}

#[test]
fn a_gate_on_a_goal_needs_it() {
    for (of, goal) in
        [("wealth", "wealth = { amount = 500_000 }"), ("income", "income = { amount = \"3000/month\" }")]
    {
        for id in ["probability", "ever.probability"] {
            let gate = format!("measure = \"goal.{of}.{id}\"\nabove = 0.5");
            let [message] = messages(&gate).try_into().expect("one fault");
            assert!(message.contains("to reach"), "{message}");
            assert!(messages(&format!("{gate}\n[goal]\n{goal}")).is_empty());
        }
    }
}

/// Returns a scenario with 50,000 in an asset, 10,000 in cash, and the keys in `rest`.
fn scenario(rest: &str) -> Scenario {
    let text = format!(
        "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\n\
         [run]\nseed = 1\npaths = 100\n[owner]\ncash = 10_000\n{rest}\
         [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\nvalue = 50_000\n"
    );
    let loader = |_: &str| Ok(text.as_bytes().to_vec());
    read("t.toml", &[], &loader).expect("a valid scenario")
}

/// Each line of the file has a measure, its limits `above` and `below`, and the expected fault (empty: none).
#[test]
fn a_limit_that_always_or_never_holds_is_a_fault_and_no_other_is() {
    for row in include_str!("tests/limits.tsv").lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [above, below] = [1, 2].map(|at| cells[at].parse().ok());
        assert_eq!(fault(cells[0], above, below).unwrap_or_default(), cells[3], "{row}");
    }
}

#[test]
fn income_below_nothing_is_left_to_the_run_where_the_account_is_charged() {
    let gate = |rest: &str| check_range(&expected("income.terminal.mean", Some(-1.0), None), &scenario(rest));
    assert!(gate("").is_some());
    assert!(gate("[economy]\ncash_rate = \"-1 %\"\n").is_none());
    let custody = "custody = { above = 1_000, cost = \"1200/year\" }\n\
                   [[event]]\nname = \"keys\"\nkind = \"custody-loss\"\nasset = \"defi\"\n";
    assert!(gate(custody).is_none());
}

fn fault(measure: &str, above: Option<f64>, below: Option<f64>) -> Option<String> {
    let expected = expected(measure, above, below);
    check_limits(&expected, &scenario("")).map(|fault| fault.message)
}

fn expected(measure: &str, above: Option<f64>, below: Option<f64>) -> Expectation {
    Expectation {
        id: "g".to_owned(),
        measure: measure.to_owned(),
        above,
        below,
        in_per_cent: [false; 2],
        is_decimal: [false; 2],
        confidence: 0.99,
        tolerance: 0.01,
        place: None,
        measure_place: None,
        selection: None,
    }
}

#[test]
fn a_limit_in_another_unit_than_its_measure_is_a_fault() {
    let written = |measure: &str, below: f64, in_per_cent: bool| {
        let expected =
            Expectation { in_per_cent: [false, in_per_cent], ..expected(measure, None, Some(below)) };
        check_limits(&expected, &scenario("")).map(|fault| fault.message)
    };
    let of_money = "`wealth.terminal.p50` is not in percent";
    assert_eq!(written("wealth.terminal.p50", 0.05, true).as_deref(), Some(of_money));
    let slip = "a limit of 7 would be 700 %";
    assert_eq!(written("cagr.p50", 7.0, false).as_deref(), Some(slip));
    assert_eq!(written("cagr.p50", 7.0, true), None);
    assert_eq!(written("cagr.p50", 0.07, false), None);
    assert_eq!(written("wealth.terminal.p50", 0.05, false), None);
}

#[test]
fn a_limit_with_a_needless_percent_sign_is_written_again_without_it() {
    for (measure, above, rewritten) in
        [("income.terminal.p50", 0.05, "above = 5"), ("hours.week.mean", 0.07, "above = 7")]
    {
        let expected = Expectation { in_per_cent: [true, false], ..expected(measure, Some(above), None) };
        let fault = check_unit(&expected).expect("a fault");
        assert_eq!((fault.notes[0].name, &*fault.notes[0].text), ("write", rewritten), "{measure}");
    }
}

#[test]
fn per_cent_that_were_meant_are_proposed() {
    let expected = expected("drawdown.max.p50", None, Some(40.0));
    let fault = check_limits(&expected, &scenario("")).expect("a fault");
    assert!(fault.notes.iter().any(|note| note.text == "below = \"40 %\""));
}

fn holding_two() -> Scenario {
    let text = "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\n\
                [run]\nseed = 1\npaths = 100\n\
                [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\nvalue = 1\n";
    let loader = |_: &str| Ok(text.as_bytes().to_vec());
    read("t.toml", &[], &loader).unwrap_or_else(|_| panic!("a valid scenario"))
}

fn faults(id: &str) -> Vec<Diagnostic> {
    let mut sources = SourceMap::default();
    let place = Place { text: sources.add("t.toml", "measure"), start: 0, end: 7 };
    check_measures([(id, Some(place))], &holding_two())
}

#[test]
fn every_measure_of_the_scenario_may_be_expected_something_of() {
    let ids = measure_ids(&holding_two());
    assert!(ids.iter().any(|id| id.starts_with("asset.defi.")));
    for id in ids {
        assert!(faults(&id).is_empty(), "{id}");
    }
}

#[test]
fn a_slip_is_answered_with_the_measure_that_was_meant() {
    let found = &faults("loss.probabilty")[0];
    assert_eq!(found.message, "unknown measure `loss.probabilty`");
    assert_eq!(found.labels[0].text, "did you mean `loss.probability`?");
    assert_eq!(found.patch.as_ref().map(|patch| patch.replacement.as_str()), Some("\"loss.probability\""));
}

#[test]
fn a_measure_of_an_asset_that_is_not_there_names_those_that_are() {
    let found = &faults("asset.saas.terminal.mean")[0];
    assert_eq!(found.labels[0].text, "there is no asset `saas`");
    assert_eq!(found.notes[0].text, "defi");
    let literal = &faults("asset.<name>.terminal.mean")[0];
    assert_eq!(literal.labels[0].text, "there is no asset `<name>`");
}

#[test]
fn a_stranger_is_answered_with_how_measures_begin() {
    let found = &faults("profit")[0];
    assert_eq!(found.labels[0].text, "no report has this measure");
    assert!(found.notes[0].text.starts_with("wealth, loss, value_at_risk"));
    let family = &faults("drawdown.max.p33333333")[0];
    assert!(family.notes[0].text.contains("drawdown.max.p50"));
}
