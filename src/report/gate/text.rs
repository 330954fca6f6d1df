//! Figures and gates in words, the same on the screen of a run and in every output of a batch.
//!
//! In: parts of a gate. Out: short plain texts, such as
//! `gate loss.probability < 15 %   pass (13.0 %, ≤ 13.2 % at 99 %)`. Not here: the verdict (`gate`), digits
//! (`figure`), tables.

use super::{Advice, GatePart, GateVerdict};
use crate::figure::{Ruler, grouped, written};
use crate::report::measure::unit_of;
use crate::stats::HALF_WIDTH;
use crate::units::per_cent;

/// Places that are added at most to tell an end of an interval from a limit that it misses.
const FURTHER: usize = 3;

impl GatePart {
    /// The line that `run` prints.
    pub fn line(&self, currency: &str) -> String {
        format!("gate {}   {}", self.asked(currency), self.outcome(currency))
    }

    /// `loss.probability < 15 %: pass (13.0 %, ≤ 13.2 % at 99 %)`
    pub(in crate::report) fn said(&self, currency: &str) -> String {
        format!("{}: {}", self.asked(currency), self.outcome(currency))
    }

    /// `loss.probability < 15 %`
    pub(in crate::report) fn asked(&self, currency: &str) -> String {
        format!(
            "{} {}",
            self.measure,
            limits(&self.measure, [self.above, self.below], currency)
        )
    }

    /// What came of it: `pass (13.0 %, ≤ 13.2 % at 99 %)`.
    fn outcome(&self, currency: &str) -> String {
        let word = match self.verdict {
            GateVerdict::Pass => "pass",
            GateVerdict::Fail | GateVerdict::Absent => "FAIL",
            GateVerdict::Inconclusive => "inconclusive",
        };
        let look = later_look(self);
        let level = match look {
            Some(_) => String::new(),
            None => format!(" at {}", per_cent(self.confidence)),
        };
        let mut parts: Vec<String> = Vec::new();
        match figure(self, currency) {
            None => parts.push("there is no such figure".to_owned()),
            Some((value, ends)) => {
                parts.push(value);
                let ends = ends.filter(|_| self.is_uncertain());
                parts.extend(ends.map(|ends| self.end(ends) + &level));
            }
        }
        parts.extend(self.note.clone());
        parts.extend(self.advice.map(|advice| match advice {
            Advice::Paths {
                run: [low, high], ..
            } => {
                format!("{} paths probably decide", range([low, high]))
            }
            Advice::Limit => "within one standard error of the limit".to_owned(),
        }));
        parts.extend(look);
        format!("{word} ({})", parts.join(", "))
    }

    /// Whether its figure has an interval that is more than a point.
    pub(in crate::report) fn is_uncertain(&self) -> bool {
        let answer = self.answer.as_ref();
        let interval = answer.and_then(|answer| answer.interval());
        interval.is_some_and(|[low, high]| low < high)
    }

    /// The end of the interval that decides, or both.
    fn end(&self, [low, high]: [String; 2]) -> String {
        match (self.verdict, self.above, self.below) {
            (GateVerdict::Pass, None, Some(_)) | (GateVerdict::Fail, Some(_), None) => {
                format!("≤ {high}")
            }
            (GateVerdict::Pass, Some(_), None) | (GateVerdict::Fail, None, Some(_)) => {
                format!("≥ {low}")
            }
            _ => format!("{low} to {high}"),
        }
    }
}

/// `< 15 %`, `> $300k`, `> 10 % and < 20 %`: limits of the measure `id`, as somebody would have typed them.
pub(in crate::report) fn limits(id: &str, limits: [Option<f64>; 2], currency: &str) -> String {
    let unit = unit_of(id);
    let sides = [">", "<"].into_iter().zip(limits);
    let sides = sides
        .filter_map(|(sign, limit)| Some(format!("{sign} {}", written(unit, currency, limit?))));
    sides.collect::<Vec<_>>().join(" and ")
}

/// The figure of a gate as the screen of its run shows it, and the ends of its interval; with more digits
/// where an end cannot be told from a limit that it misses.
pub(in crate::report) fn figure(
    gate: &GatePart,
    currency: &str,
) -> Option<(String, Option<[String; 2]>)> {
    let answer = gate.answer.as_ref()?;
    let half = answer.std_error().map(|error| HALF_WIDTH * error);
    let mut ruler = Ruler::new(answer.unit, currency, answer.value, half);
    let limits: Vec<f64> = gate.above.into_iter().chain(gate.below).collect();
    let is_hidden = |ruler: &Ruler<'_>, end: f64| {
        let mut limits = limits.iter().filter(|limit| **limit != end);
        limits.any(|limit| ruler.shown(*limit) == ruler.shown(end))
    };
    let ends = answer.interval().unwrap_or([answer.value; 2]);
    for _ in 0..FURTHER {
        if ends.iter().any(|end| is_hidden(&ruler, *end)) {
            ruler = ruler.finer();
        }
    }
    let ends = answer.interval().map(|ends| ends.map(|end| ruler.shown(end)));
    Some((ruler.shown(answer.value), ends))
}

/// Level of the interval that a gate is judged by: at a later look it is above its confidence.
pub(in crate::report) fn level_of(gate: &GatePart) -> f64 {
    let answer = gate.answer.as_ref();
    answer.map_or(gate.confidence, |answer| answer.level)
}

/// `99.5 % interval of 8,192 paths`, if the gate was judged at a later look.
pub(in crate::report) fn later_look(gate: &GatePart) -> Option<String> {
    let answer = gate.answer.as_ref()?;
    let is_later = answer.interval().is_some() && answer.level > gate.confidence;
    let (level, paths) = (per_cent(answer.level), grouped(answer.n as u64));
    is_later.then(|| format!("{level} interval of {paths} paths"))
}

/// What decides a gate, if that can be told.
pub(in crate::report) fn remedy(gate: &GatePart) -> Option<String> {
    let is_open = gate.verdict == GateVerdict::Inconclusive;
    let advice = gate.advice.filter(|_| is_open)?;
    Some(match advice {
        Advice::Paths { run, decide } => format!(
            "{} paths probably decide it: run.paths or --paths {}; `--decide {}` judges several times, which costs \
             confidence, and needs {}",
            range(run),
            run[1],
            decide[1],
            range(decide)
        ),
        Advice::Limit => "the estimate is within one standard error of the limit: the limit decides, not the paths; move the \
                          limit, or accept that the gate stays inconclusive"
            .to_owned(),
    })
}

/// `40,000 to 840,000`
fn range([low, high]: [u64; 2]) -> String {
    match low == high {
        true => grouped(high),
        false => format!("{} to {}", grouped(low), grouped(high)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{answer, gate};
    use super::*;
    use crate::stats::Unit;

    #[test]
    fn a_gate_says_the_end_that_decides_and_its_level() {
        let line = |verdict| gate("g", verdict).line("USD");
        let asked = "gate loss.probability < 15 %   ";
        let expected = [
            (GateVerdict::Pass, "pass (13.0 %, ≤ 14.0 % at 99 %)"),
            (GateVerdict::Fail, "FAIL (17.1 %, ≥ 16.2 % at 99 %)"),
            (
                GateVerdict::Inconclusive,
                "inconclusive (14.9 %, 13.9 % to 15.8 % at 99 %, 40,000 to 840,000 paths probably decide)",
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
    fn a_band_has_both_limits_and_one_confidence() {
        let mut band = gate("g", GateVerdict::Pass);
        band.above = Some(0.1);
        band.confidence = 0.95;
        band.answer.as_mut().expect("a figure").level = 0.95;
        assert_eq!(
            band.line("USD"),
            "gate loss.probability > 10 % and < 15 %   pass (13.0 %, 12.1 % to 14.0 % at 95 %)"
        );
    }

    #[test]
    fn a_limit_of_money_has_its_currency() {
        let mut money = gate("g", GateVerdict::Pass);
        money.measure = "wealth.terminal.real.p05".to_owned();
        (money.above, money.below) = (Some(100_500.0), None);
        let mut wealth = answer(142_345.0, 2_000.0);
        wealth.unit = Unit::Money;
        money.answer = Some(wealth);
        assert_eq!(
            money.line("USD"),
            "gate wealth.terminal.real.p05 > $100.5k   pass ($142.3k, ≥ $140.3k at 99 %)"
        );
    }

    #[test]
    fn a_certain_figure_says_why_it_is() {
        let mut certain = gate("g", GateVerdict::Pass);
        certain.answer = Some(answer(0.0, 0.0));
        certain.note = Some("certain: no obligations".to_owned());
        let line = certain.line("USD");
        assert!(
            line.ends_with("pass (0 %, certain: no obligations)"),
            "{line}"
        );
    }
}
