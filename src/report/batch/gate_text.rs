//! An expectation and how it was met, in one line.
//!
//! In: a [`GatePart`]. Out: `loss.probability < 0.15   pass (0.130, at most 0.132)`. Not here: the
//! verdict (`gate`), digits (`number`).

use super::number::{Digits, exact};
use super::{GatePart, GateVerdict};
use crate::report::grouped;
use crate::stats::look_up;

/// The confidence that is not mentioned.
const USUAL: f64 = 0.99;

/// A figure and the ends of its interval, as they are shown.
pub(super) struct Shown {
    pub value: String,
    /// None if the figure is certain, or its error not known.
    pub ends: Option<(String, String)>,
}

impl GatePart {
    /// What is asked: `loss.probability < 0.15`, `0.1 < cagr.p50 < 0.2`.
    pub fn asked(&self, currency: &str) -> String {
        let limit = |limit: f64| exact(limit, self.unit(), currency);
        match (self.above, self.below) {
            (Some(above), Some(below)) => {
                format!("{} < {} < {}", limit(above), self.measure, limit(below))
            }
            (Some(above), None) => format!("{} > {}", self.measure, limit(above)),
            (None, Some(below)) => format!("{} < {}", self.measure, limit(below)),
            (None, None) => self.measure.clone(),
        }
    }

    /// What came of it: `pass (0.130, at most 0.132)`.
    pub fn outcome(&self, currency: &str) -> String {
        let word = match self.verdict {
            GateVerdict::Pass => "pass",
            GateVerdict::Fail | GateVerdict::Absent => "FAIL",
            GateVerdict::Inconclusive => "inconclusive",
        };
        let mut parts: Vec<String> = Vec::new();
        match self.shown(currency) {
            None => parts.push("there is no such figure".to_owned()),
            Some(shown) => {
                parts.push(shown.value);
                parts.extend(shown.ends.map(|ends| self.end(ends)));
            }
        }
        parts.extend(self.note.clone());
        if let Some(paths) = self.paths_to_decide {
            parts.push(format!("about {} paths decide", grouped(paths)));
        }
        if self.confidence != USUAL {
            parts.push(format!("at {}", level(self.confidence)));
        }
        format!("{word} ({})", parts.join(", "))
    }

    /// The line that `run` prints.
    pub fn line(&self, currency: &str) -> String {
        format!("gate {}   {}", self.asked(currency), self.outcome(currency))
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

    /// The figure with as many digits as its error supports and its limits need.
    pub(super) fn shown(&self, currency: &str) -> Option<Shown> {
        let answer = self.answer.as_ref()?;
        let limits: Vec<f64> = self.above.into_iter().chain(self.below).collect();
        let digits = Digits::of(answer, currency, &limits);
        let ends = answer.interval.filter(|[low, high]| low < high);
        Some(Shown {
            value: digits.text(answer.value),
            ends: ends.map(|[low, high]| (digits.low(low), digits.high(high))),
        })
    }

    fn unit(&self) -> &str {
        match &self.answer {
            Some(answer) => &answer.unit,
            None => look_up(&self.measure).map_or("", |(_, measure, _)| measure.unit.word()),
        }
    }
}

/// `99 %`, `99.5 %`
pub(super) fn level(confidence: f64) -> String {
    let text = format!("{:.4}", 100.0 * confidence);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::super::samples::{answer, gate};
    use super::*;

    #[test]
    fn a_gate_says_the_end_that_decides() {
        let line = |verdict| gate("g", verdict).line("USD");
        let asked = "gate loss.probability < 0.15   ";
        assert_eq!(
            line(GateVerdict::Pass),
            format!("{asked}pass (0.130, at most 0.140)")
        );
        assert_eq!(
            line(GateVerdict::Fail),
            format!("{asked}FAIL (0.171, at least 0.161)")
        );
        assert_eq!(
            line(GateVerdict::Inconclusive),
            format!("{asked}inconclusive (0.149, 0.139 to 0.159, about 840,000 paths decide)")
        );
        assert_eq!(
            line(GateVerdict::Absent),
            format!("{asked}FAIL (there is no such figure, nothing was put in)")
        );
    }

    #[test]
    fn a_band_has_both_limits_and_a_limit_of_money_its_currency() {
        let mut band = gate("g", GateVerdict::Pass);
        band.above = Some(0.1);
        band.confidence = 0.95;
        assert_eq!(
            band.line("USD"),
            "gate 0.1 < loss.probability < 0.15   pass (0.130, 0.120 to 0.140, at 95 %)"
        );
        let mut money = gate("g", GateVerdict::Pass);
        money.measure = "wealth.terminal.real.p05".to_owned();
        (money.above, money.below) = (Some(100_500.0), None);
        let mut wealth = answer(142_345.0, 2_000.0);
        wealth.unit = "money".to_owned();
        money.answer = Some(wealth);
        assert_eq!(
            money.line("USD"),
            "gate wealth.terminal.real.p05 > $100,500   pass ($142k, at least $140k)"
        );
    }

    #[test]
    fn a_certain_figure_says_why_it_is() {
        let mut certain = gate("g", GateVerdict::Pass);
        let mut zero = answer(0.0, 0.0);
        zero.std_error = None;
        certain.answer = Some(zero);
        certain.note = Some("certain: no obligations".to_owned());
        assert_eq!(certain.outcome("USD"), "pass (0, certain: no obligations)");
    }
}
