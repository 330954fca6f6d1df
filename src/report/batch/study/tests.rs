//! Gates that no report can have, or that leave nothing to decide.

use super::*;
use crate::form::SourceMap;
use crate::report::gate::samples::{asked, expectation};

const SCENARIO: &str = "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\n\
                        currency = \"USD\"\n[run]\nseed = 1\npaths = 100\n\
                        [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\n\
                        value = 1\n[[axis]]\nname = \"seed\"\nkey = \"run.seed\"\nvalues = [1, 2]\n";

/// Reads a scenario of two cases with the gate `gate` and the tables `rest`.
fn read_gate(gate: &str, rest: &str) -> Result<Study, Box<Refusal>> {
    let text = format!("{SCENARIO}[[expect]]\nid = \"g\"\n{gate}\n{rest}");
    read_study("t.toml", &[], &|_: &str| Ok(text.as_bytes().to_vec()))
}

fn messages(gate: &str) -> Vec<String> {
    let faults = read_gate(gate, "").err().map_or_else(Vec::new, |refusal| refusal.faults);
    faults.into_iter().map(|fault| fault.message).collect()
}

#[test]
fn a_limit_that_one_case_cannot_reach_is_for_the_others() {
    let is_read = |values: &str| {
        let axis = format!("[[axis]]\nname = \"value\"\nkey = \"asset.defi.value\"\nvalues = [{values}]\n");
        read_gate("measure = \"value_at_risk.95\"\nbelow = 40_000", &axis).is_ok()
    };
    assert!(!is_read("20_000, 30_000") && is_read("20_000, 80_000"));
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
        read_study("t.toml", &[], &|_: &str| Ok(text.as_bytes().to_vec())).is_ok()
    };
    assert!(!read("6 months") && read("1 year"));
}

#[test]
fn a_gate_on_what_one_case_does_not_keep_names_the_case() {
    let spending = "[[axis]]\nname = \"spends\"\nkey = \"owner.spending\"\n\
                    values = [\"0/month\", \"9/month\"]\n[owner]\nspending = \"9/month\"\n";
    let read = |rest: &str| {
        let gate = format!("measure = \"autonomy.end.probability\"\nabove = 0.1\n{rest}");
        read_gate(&gate, spending).map(drop)
    };
    let text = read("").expect_err("one case spends nothing").render(crate::form::Colour::Plain);
    assert!(text.contains("a `where` that leaves out"), "{text}");
    // the remedy
    assert!(read("where = { spends = \"9/month\" }").is_ok());
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
        "start = \"2027-01\"\nhorizon = \"2 years\"\ncurrency = \"USD\"\nrun = {{ seed = 1, paths = 100 }}\n\
         [owner]\ncash = 10_000\n{rest}\
         [[asset]]\nname = \"defi\"\nclass = \"defi-yield-aggregator\"\nvalue = 50_000\n"
    );
    text.parse().expect("a valid scenario")
}

/// Each line of the file has a measure, its limits `above` and `below`, and the expected fault (empty: none).
#[test]
fn a_limit_that_always_or_never_holds_is_a_fault_and_no_other_is() {
    for row in include_str!("tests/limits.tsv").lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [above, below] = [1, 2].map(|at| cells[at].parse().ok());
        let fault = check_limits(&expected(cells[0], above, below), &scenario(""));
        assert_eq!(fault.map_or(String::new(), |fault| fault.message), cells[3], "{row}");
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

fn expected(measure: &str, above: Option<f64>, below: Option<f64>) -> Expectation {
    expectation("g", asked(measure, above, below))
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
fn a_limit_with_a_needless_percent_sign_gets_an_example_in_the_unit_of_its_measure() {
    for (measure, above, example) in
        [("income.terminal.p50", 0.05, "above = 1000"), ("hours.week.mean", 0.07, "above = 10")]
    {
        let expected = Expectation { in_per_cent: [true, false], ..expected(measure, Some(above), None) };
        let fault = check_unit(&expected).expect("a fault");
        assert_eq!((fault.notes[0].name, &*fault.notes[0].text), ("such as", example), "{measure}");
    }
}

#[test]
fn per_cent_that_were_meant_are_proposed() {
    let expected = expected("drawdown.max.p50", None, Some(40.0));
    let fault = check_limits(&expected, &scenario("")).expect("a fault");
    assert!(fault.notes.iter().any(|note| note.text == "below = \"40 %\""));
}

fn faults(id: &str) -> Vec<Diagnostic> {
    let mut sources = SourceMap::default();
    let place = Place { text: sources.add("t.toml", "measure"), start: 0, end: 7 };
    check_measures([(id, Some(place))], &scenario(""))
}

#[test]
fn every_measure_of_the_scenario_may_be_expected_something_of() {
    let ids = measure_ids(&scenario(""));
    assert!(ids.iter().any(|id| id.starts_with("asset.defi.")));
    for id in ids {
        assert!(faults(&id).is_empty(), "{id}");
    }
}

#[test]
fn a_measure_that_no_report_has_is_answered_with_what_there_is() {
    for (id, label, note) in [
        ("loss.probabilty", "did you mean `loss.probability`?", ""),
        ("asset.saas.terminal.mean", "there is no asset `saas`", "defi"),
        ("asset.<name>.terminal.mean", "there is no asset `<name>`", "defi"),
        ("profit", "no report has this measure", "wealth, loss, value_at_risk"),
        ("drawdown.max.p33333333", "", "drawdown.max.p50"),
    ] {
        let found = &faults(id)[0];
        assert_eq!(found.message, format!("unknown measure `{id}`"));
        assert!(found.labels[0].text.contains(label), "{id}: {}", found.labels[0].text);
        assert!(note.is_empty() || found.notes[0].text.contains(note), "{id}: {}", found.notes[0].text);
    }
    let patch = faults("loss.probabilty").remove(0).patch;
    assert_eq!(patch.map(|patch| patch.replacement).as_deref(), Some("\"loss.probability\""));
}
