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
    doc: "Share of paths on which loss events cost more than the amount on the axis, real, on a logarithmic scale. \
          The lines are the five costliest events and all events until the horizon; they end at ten paths. The dot is the \
          amount that 5 % of paths exceed. report.json has all events in the costliest year (AEP) and the largest loss by \
          one event in one month (OEP) as well.",
    of: Some(of),
};

/// The share of paths whose amount the title has, and how far beyond a value an axis reaches.
const NAMED: f64 = 0.05;
const BEYOND: f64 = 1.2;

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
    for curve in &losses.curves {
        let share = share_of(curve.losing, losses.paths);
        let (name, ink) = match &curve.of {
            Curve::AllEvents => ("all events", Ink::Vermilion),
            Curve::WorstYear | Curve::WorstMonth => continue,
            Curve::Event(name) => (name.as_str(), hues.next().unwrap_or(Ink::Slate)),
        };
        let line = Line::new(ink, 2.2);
        layers.push(Layer::Line(points(losses, curve, chances.low), line));
        ends.push(End {
            below: format!("on {} of paths", percent(share)),
            ..End::bold(share.value, name.to_owned(), ink)
        });
    }
    layers.reverse();
    let (low, high) = losses.axis.ends();
    let amounts = losses.axis.between(low, high.max(BEYOND * p95.value));
    if p95.value > low {
        let at = (p95.value, NAMED);
        layers.push(Layer::Dot(at, 5.0, Paint::solid(Ink::Vermilion)));
    }
    let amounts = Axis::new(amounts, 8, |amount| setting.tick(amount));
    let chances = Axis::new(chances, 9, percent_tick);
    Spec {
        finding: finding(setting, p95, losses),
        reading: reading(setting, losses),
        shape: Shape::plot(amounts, chances, layers, ends),
    }
}

/// Shares from what ten paths are to what most lose anything.
fn chances(losses: &EventLossesPart) -> Scale {
    let n = losses.paths as f64;
    let losing = losses.curves.iter().map(|curve| curve.losing);
    let highest = losing.max().unwrap_or_default() as f64 / n;
    let low = (FEWEST / n).min(highest / 10.0).min(NAMED / BEYOND);
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

fn finding(setting: &Setting, p95: Quantity, losses: &EventLossesPart) -> String {
    if p95.value > 0.0 {
        return format!(
            "Loss events cost 5 % of paths more than {}",
            setting.measured(p95)
        );
    }
    let losing = losses.all().map_or(0, |all| all.losing);
    format!(
        "Loss events cost {} of paths something",
        percent(share_of(losing, losses.paths))
    )
}

fn reading(setting: &Setting, losses: &EventLossesPart) -> String {
    let amounts = match losses.axis.spacing {
        Spacing::Log => "; amounts on a log scale".to_owned(),
        Spacing::Symlog(from) => {
            let from = setting.tick(from);
            format!("; amounts on a log scale above {from}, linear below")
        }
        Spacing::Linear => losses.axis.said(|amount| setting.tick(amount)),
    };
    let (basis, others) = (&setting.basis, left_out(losses.others));
    format!("Share of paths that lose more than the amount, log scale, {basis}{amounts}{others}")
}
