//! Intervals on one axis, a drawing for each row of a table.
//!
//! In: answers of one gate in many cases. Out: inline SVG whose lengths are parts of its width, so
//! that it fits any column. Not here: the table (`gates`).

use super::super::wording::limit;
use super::super::{CasePart, GatePart, GateVerdict};
use crate::chart::Scale;
use maud::{Markup, html};

/// Share of the axis that stays free beyond what it holds.
const MARGIN: f64 = 0.08;
/// Ticks nearer to a limit than this share of the axis would touch its label.
const NEAR: f64 = 0.13;

/// What all rows of a gate are drawn on.
pub(super) struct Axis {
    low: f64,
    high: f64,
    above: Option<f64>,
    below: Option<f64>,
}

impl Axis {
    /// Holds every interval and the limits; none if no case has an answer.
    pub fn new(rows: &[(&CasePart, &GatePart)]) -> Option<Self> {
        let (_, first) = rows.first()?;
        let answers: Vec<_> = rows
            .iter()
            .filter_map(|(_, gate)| gate.answer.as_ref())
            .collect();
        let intervals = answers
            .iter()
            .map(|answer| answer.interval.unwrap_or([answer.value; 2]));
        let ends = answers
            .iter()
            .map(|answer| [answer.value; 2])
            .chain(intervals)
            .flatten();
        let limits = first.above.into_iter().chain(first.below);
        let all: Vec<f64> = ends
            .chain(limits)
            .filter(|value| value.is_finite())
            .collect();
        let low = all
            .iter()
            .copied()
            .reduce(f64::min)
            .filter(|_| !answers.is_empty())?;
        let high = all.iter().copied().reduce(f64::max)?;
        let margin = match high - low {
            span if span > 0.0 => MARGIN * span,
            _ => low.abs().max(1.0) * MARGIN,
        };
        // a share or an amount without negative values keeps zero as its end
        let floor = if low >= 0.0 { 0.0 } else { f64::NEG_INFINITY };
        Some(Self {
            low: floor.max(low - margin),
            high: high + margin,
            above: first.above,
            below: first.below,
        })
    }

    /// Per cent of the width.
    fn at(&self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        100.0 * share.clamp(0.0, 1.0)
    }

    fn x(&self, value: f64) -> String {
        format!("{:.2}%", self.at(value))
    }

    /// The row of labels: the limits, and round values away from them.
    pub fn labels(&self, unit: &str, currency: &str) -> Markup {
        let limits: Vec<f64> = self.above.into_iter().chain(self.below).collect();
        let scale = Scale::Linear {
            low: self.low,
            high: self.high,
        };
        let is_far = |tick: &f64| {
            limits
                .iter()
                .all(|limit| (self.at(*tick) - self.at(*limit)).abs() > 100.0 * NEAR)
        };
        let ticks: Vec<f64> = scale.ticks(4).into_iter().filter(is_far).collect();
        html! {
            svg aria-hidden="true" {
                @for tick in &ticks {
                    text.tick x=(self.x(*tick)) y="17" text-anchor=(self.anchor(*tick)) { (limit(*tick, unit, currency)) }
                }
                @for value in &limits {
                    text x=(self.x(*value)) y="17" text-anchor=(self.anchor(*value)) { (limit(*value, unit, currency)) }
                    line.limit x1=(self.x(*value)) x2=(self.x(*value)) y1="21" y2="100%" {}
                }
            }
        }
    }

    /// Text at an end of the axis grows inward.
    fn anchor(&self, value: f64) -> &'static str {
        match self.at(value) {
            at if at < 6.0 => "start",
            at if at > 94.0 => "end",
            _ => "middle",
        }
    }

    /// The interval and the estimate of one case.
    pub fn bar(&self, gate: &GatePart) -> Markup {
        let class = class(gate.verdict);
        html! {
            svg role="img" aria-label=(gate.measure) {
                @if let Some(above) = self.above {
                    rect.wrong x="0" y="0" width=(self.x(above)) height="100%" {}
                }
                @if let Some(below) = self.below {
                    rect.wrong x=(self.x(below)) y="0" width=(format!("{:.2}%", 100.0 - self.at(below))) height="100%" {}
                }
                @for value in self.above.iter().chain(&self.below) {
                    line.limit x1=(self.x(*value)) x2=(self.x(*value)) y1="0" y2="100%" {}
                }
                @if let Some(answer) = &gate.answer {
                    @if let Some([low, high]) = answer.interval {
                        line class={ "span " (class) } x1=(self.x(low)) x2=(self.x(high)) y1="50%" y2="50%" {}
                    }
                    @match gate.verdict {
                        GateVerdict::Fail => {
                            svg.mark x=(self.x(answer.value)) y="50%" {
                                path class=(class) d="M0-6.5 6.5 0 0 6.5-6.5 0z" {}
                            }
                        }
                        GateVerdict::Inconclusive => {
                            circle class={ (class) " hollow" } cx=(self.x(answer.value)) cy="50%" r="4.5" {}
                        }
                        GateVerdict::Pass | GateVerdict::Absent => {
                            circle class=(class) cx=(self.x(answer.value)) cy="50%" r="4.5" {}
                        }
                    }
                }
            }
        }
    }
}

/// The class of a verdict in the style.
pub(super) fn class(verdict: GateVerdict) -> &'static str {
    match verdict {
        GateVerdict::Pass => "pass",
        GateVerdict::Fail | GateVerdict::Absent => "fail",
        GateVerdict::Inconclusive => "inconclusive",
    }
}
