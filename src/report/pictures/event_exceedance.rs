//! How likely events are to take more than an amount.
//!
//! In: how many paths lose how much. Out: a picture. Not here: what an event takes (`record`).

use super::{Kind, Setting, Source, left_out};
use crate::chart::{
    Axis, End, HUES, Ink, Layer, Line, Paint, Scale, Shape, Spacing, Spec, share_of,
};
use crate::figure::{Quantity, of_chart as percent, percent_tick};
use crate::report::facts::{Curve, EventLossesPart, FEWEST, LossCurve};

pub const KIND: Kind = Kind {
    id: "event_exceedance",
    title: "Cost of loss events by probability",
    doc: "Share of paths on which loss events cost more than the amount on the axis, real. Both axes are logarithmic; that \
          of amounts starts where two thirds of the paths of every line are left, and is linear where costs are alike. The \
          lines are the three costliest events and all events until the horizon; they end at ten paths. The dot is the \
          amount that 5 % of paths exceed. report.json has all events in the costliest year (AEP) and the largest loss by \
          one event in one month (OEP) as well.",
    of: Some(of),
};

/// The share of paths whose amount the title has, and how far beyond a value an axis reaches.
const NAMED: f64 = 0.05;
const BEYOND: f64 = 1.2;

/// Events drawn at most, and least ratio of the ends of a logarithmic axis.
const MOST: usize = 3;
const DECADE: f64 = 10.0;

/// Nothing unless an event takes something until the horizon.
fn of(source: &Source<'_>) -> Option<Spec> {
    let mut losses = source.report.event_losses.clone()?;
    losses.all()?;
    let events = &source.report.scenario.events;
    for curve in &mut losses.curves {
        if let Curve::Event(name) = &mut curve.of
            && let Some(event) = events.iter().find(|event| event.name == *name)
        {
            name.clone_from(&event.label);
        }
    }
    let p95 = source.measured("events.loss.p95")?;
    Some(spec(&source.setting, p95, &losses))
}

/// `p95` is the amount that all events take on one path in twenty.
pub fn spec(setting: &Setting, p95: Quantity, losses: &EventLossesPart) -> Spec {
    let chances = chances(losses);
    let (mut layers, mut ends, mut hues) = (Vec::new(), Vec::new(), HUES.into_iter().cycle());
    let is_line = |curve: &&LossCurve| !matches!(curve.of, Curve::WorstYear | Curve::WorstMonth);
    let mut drawn: Vec<&LossCurve> = losses.curves.iter().filter(is_line).collect();
    let n_lines = drawn.len();
    drawn.truncate(MOST + usize::from(n_lines > 1));
    for curve in &drawn {
        let share = share_of(curve.losing, losses.paths);
        let (name, ink) = match &curve.of {
            Curve::Event(name) => (name.as_str(), hues.next().unwrap_or(Ink::Slate)),
            _ => ("all events", Ink::Vermilion),
        };
        let line = Line::new(ink, 2.2);
        layers.push(Layer::Line(points(losses, curve, chances.low), line));
        ends.push(End {
            below: format!("on {} of paths", percent(share)),
            ..End::bold(share.value, name.to_owned(), ink)
        });
    }
    layers.reverse();
    let (low, mut high) = losses.axis.ends();
    // of few paths the curves end above the share
    let p95 = Some(p95).filter(|p95| p95.value > 0.0 && FEWEST <= NAMED * losses.paths as f64);
    if let Some(p95) = p95 {
        high = high.max(BEYOND * p95.value);
        let at = (p95.value.max(low), NAMED);
        layers.push(Layer::Dot(at, 5.0, Paint::solid(Ink::Vermilion)));
        let note = format!("{}: {}", percent_tick(NAMED), setting.measured(p95));
        layers.push(Layer::Note(at, note, Ink::Vermilion));
    }
    let start = start(losses, &drawn, p95.map_or(high, |p95| p95.value).min(high / DECADE));
    let amounts = match losses.axis.is_logarithmic() && start > 0.0 {
        true => Scale::log(start, high),
        false => losses.axis.between(low, high),
    };
    let axes = match amounts.spacing {
        Spacing::Linear => "The vertical axis is".to_owned(),
        Spacing::Log => "Both axes are".to_owned(),
        Spacing::Symlog(below) => format!("Shares, and amounts over {}, are", setting.tick(below)),
    };
    let amounts = Axis::new(amounts, 8, |amount| setting.tick(amount));
    let chances = Axis::new(chances, 9, percent_tick);
    Spec {
        finding: finding(setting, p95, losses),
        reading: format!(
            "Share of paths that lose more than the amount, {}{}. {axes} logarithmic: equal distances are equal factors",
            setting.basis,
            left_out(losses.others + n_lines - drawn.len())
        ),
        shape: Shape::plot(amounts, chances, layers, ends),
    }
}

/// The largest amount, `at_most`, that two thirds of the paths of every line exceed.
fn start(losses: &EventLossesPart, drawn: &[&LossCurve], at_most: f64) -> f64 {
    let held = |curve: &&LossCurve| curve.above.partition_point(|n| 3 * n >= 2 * curve.losing);
    let n_held = drawn.iter().map(held).min().unwrap_or(0);
    let start = losses.amounts.get(n_held.saturating_sub(1));
    start.map_or(0.0, |start| start.min(at_most))
}

/// Shares from what ten paths are to what most lose anything.
fn chances(losses: &EventLossesPart) -> Scale {
    let n = losses.paths as f64;
    let losing = losses.curves.iter().map(|curve| curve.losing);
    let highest = losing.max().unwrap_or_default() as f64 / n;
    let low = (FEWEST / n).min(highest / 10.0);
    Scale::log(low, (highest * 1.25).min(1.0).max(low * 10.0))
}

/// As far as the share is at least so large.
fn points(losses: &EventLossesPart, curve: &LossCurve, least: f64) -> Vec<(f64, f64)> {
    let n = losses.paths as f64;
    let shares = curve.above.iter().map(|above| *above as f64 / n);
    let points = losses.amounts.iter().copied().zip(shares);
    let above = points.take_while(|(_, share)| *share >= least * (1.0 - 1e-9));
    above.collect()
}

fn finding(setting: &Setting, p95: Option<Quantity>, losses: &EventLossesPart) -> String {
    if let Some(p95) = p95 {
        let amount = setting.measured(p95);
        return format!("Loss events cost 5 % of paths more than {amount}");
    }
    let losing = losses.all().map_or(0, |all| all.losing);
    let share = percent(share_of(losing, losses.paths));
    format!("Loss events cost {share} of paths something")
}
