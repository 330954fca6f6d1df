use super::*;
use crate::report::gate::samples::{asked, expectation};

fn gate(id: &str, measure: &str, above: Option<f64>, below: Option<f64>) -> Expectation {
    expectation(id, asked(measure, above, below))
}

const LOSS: &str = "loss.probability";

fn below(id: &str, limit: f64) -> Expectation {
    gate(id, LOSS, None, Some(limit))
}

fn above(id: &str, limit: f64) -> Expectation {
    gate(id, LOSS, Some(limit), None)
}

#[test]
fn gates_that_decide_something_are_not_warned_of() {
    let other = Expectation { confidence: 0.95, ..below("b", 0.4) };
    for gates in [
        [below("a", 0.4), below("b", 0.5)],
        [below("a", 0.4), other],
        [above("a", 0.2), below("b", 0.4)],
        [below("a", 0.4), gate("b", "ruin.probability", None, Some(0.4))],
        [below("a", 0.999), gate("b", "ruin.probability", Some(0.999), None)],
        // a depth of which a quantile may well be all
        [below("a", 0.4), gate("b", "drawdown.max.p95", None, Some(1.0))],
    ] {
        assert_eq!(doubtful_gates(&gates), []);
    }
}

#[test]
fn a_gate_that_repeats_contradicts_or_cannot_fail_is_named() {
    for (gates, reason, other) in [
        ([below("a", 0.4), below("b", 0.4)], "repeated", Some("a")),
        ([above("a", 0.3), below("b", 0.2)], "contradicted", Some("b")),
        ([below("a", 0.4), below("b", 1.0)], "sure", None),
    ] {
        let [found] = &doubtful_gates(&gates)[..] else {
            panic!("one warning");
        };
        assert_eq!(found.facts["reason"], reason);
        assert_eq!(found.facts.get("other").and_then(|other| other.as_str()), other);
        assert!(found.text.contains(found.facts["gate"].as_str().expect("a gate")));
    }
}

#[test]
fn many_gates_are_compared_with_the_tightest_alone() {
    let many: Vec<Expectation> = (0..20_000)
        .map(|n| below(&format!("g{n}"), 0.5 + f64::from(n) * 1e-5))
        .chain([above("low", 0.6)])
        .collect();
    // one sentence for each measure, however many contradict
    assert_eq!(doubtful_gates(&many).len(), 1);
}
