//! An expectation and how it was met, in one line of the screen of a run.
//!
//! In: a [`GatePart`]. Out: `gate loss.probability < 0.15   pass (0.130, at most 0.132)`. Not here:
//! the verdict (`gate`), digits (`wording`).

use super::words::{figure, later_look, level, limits};
use super::{GatePart, GateVerdict};
use crate::figure::grouped;

/// The confidence that is not mentioned.
pub(super) const USUAL: f64 = 0.99;

impl GatePart {
    /// The line that `run` prints.
    pub fn line(&self, currency: &str) -> String {
        format!("gate {}   {}", self.asked(currency), self.outcome(currency))
    }

    /// `loss.probability < 0.15: pass (0.130, at most 0.132)`
    pub(in crate::report) fn said(&self, currency: &str) -> String {
        format!("{}: {}", self.asked(currency), self.outcome(currency))
    }

    /// `loss.probability < 0.15`
    pub(in crate::report) fn asked(&self, currency: &str) -> String {
        format!("{} {}", self.measure, limits(self, currency))
    }

    /// What came of it: `pass (0.130, at most 0.132)`.
    fn outcome(&self, currency: &str) -> String {
        let word = match self.verdict {
            GateVerdict::Pass => "pass",
            GateVerdict::Fail | GateVerdict::Absent => "FAIL",
            GateVerdict::Inconclusive => "inconclusive",
        };
        let mut parts: Vec<String> = Vec::new();
        match figure(self, currency) {
            None => parts.push("there is no such figure".to_owned()),
            Some((value, ends)) => {
                parts.push(value);
                parts.extend(
                    ends.filter(|_| self.is_uncertain())
                        .map(|ends| self.end(ends)),
                );
            }
        }
        parts.extend(self.note.clone());
        if let Some(paths) = self.paths_to_decide {
            parts.push(format!("{} paths probably decide", grouped(paths)));
        }
        match later_look(self) {
            Some(look) => parts.push(look),
            None if self.confidence != USUAL => {
                parts.push(format!("at {}", level(self.confidence)))
            }
            None => {}
        }
        format!("{word} ({})", parts.join(", "))
    }

    /// Whether its figure has an interval that is more than a point.
    pub(in crate::report) fn is_uncertain(&self) -> bool {
        let answer = self.answer.as_ref();
        let interval = answer.and_then(|answer| answer.interval);
        interval.is_some_and(|[low, high]| low < high)
    }

    /// The end of the interval that decides, or both.
    fn end(&self, (low, high): (String, String)) -> String {
        match (self.verdict, self.above, self.below) {
            (GateVerdict::Pass, None, Some(_)) | (GateVerdict::Fail, Some(_), None) => {
                format!("at most {high}")
            }
            (GateVerdict::Pass, Some(_), None) | (GateVerdict::Fail, None, Some(_)) => {
                format!("at least {low}")
            }
            _ => format!("{low} to {high}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{answer, gate};
    use super::*;

    #[test]
    fn a_gate_says_the_end_that_decides() {
        let line = |verdict| gate("g", verdict).line("USD");
        let asked = "gate loss.probability < 0.15   ";
        let expected = [
            (GateVerdict::Pass, "pass (0.130, at most 0.140)"),
            (GateVerdict::Fail, "FAIL (0.171, at least 0.162)"),
            (
                GateVerdict::Inconclusive,
                "inconclusive (0.149, 0.139 to 0.159, 840,000 paths probably decide)",
            ),
            (
                GateVerdict::Absent,
                "FAIL (there is no such figure, nothing was put in)",
            ),
        ];
        for (verdict, outcome) in expected {
            assert_eq!(line(verdict), format!("{asked}{outcome}"));
        }
    }

    #[test]
    fn a_band_has_both_limits_and_another_confidence_is_said() {
        let mut band = gate("g", GateVerdict::Pass);
        band.above = Some(0.1);
        band.confidence = 0.95;
        band.answer.as_mut().expect("a figure").level = 0.95;
        assert_eq!(
            band.line("USD"),
            "gate loss.probability > 0.1 and < 0.15   pass (0.130, 0.121 to 0.140, at 95 %)"
        );
    }

    #[test]
    fn a_limit_of_money_has_its_currency() {
        let mut money = gate("g", GateVerdict::Pass);
        money.measure = "wealth.terminal.real.p05".to_owned();
        (money.above, money.below) = (Some(100_500.0), None);
        let mut wealth = answer(142_345.0, 2_000.0);
        wealth.unit = "money".to_owned();
        money.answer = Some(wealth);
        assert_eq!(
            money.line("USD"),
            "gate wealth.terminal.real.p05 > $100.5k   pass ($142.3k, at least $140.3k)"
        );
    }

    #[test]
    fn a_certain_figure_says_why_it_is() {
        let mut certain = gate("g", GateVerdict::Pass);
        certain.answer = Some(answer(0.0, 0.0));
        certain.note = Some("certain: no obligations".to_owned());
        let line = certain.line("USD");
        assert!(
            line.ends_with("pass (0.00, certain: no obligations)"),
            "{line}"
        );
    }
}
