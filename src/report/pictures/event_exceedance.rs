//! How likely events are to take more than an amount.
//!
//! In: [`EventExceedance`]. Out: a chart. Not here: what an event takes (`record`).

use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, EDGE, Ink, LABEL_GAP, Line, Panel, Scale, Spacing, TICK_SIZE, Type, VPos, WIDTH,
    hits, labelled, left_of_labels, share_of, spread,
};
use crate::figure::{
    Quantity, counted, money_measured, money_tick, of_chart as percent, percent_tick, span,
};
use crate::report::facts::{Curve, EventLossesPart, FEWEST, LossCurve};

pub const KIND: Kind = Kind {
    id: "event_exceedance",
    title: "Cost of loss events by probability",
    doc: "Share of paths on which loss events cost more than the amount on the axis, real, on a logarithmic scale. \
          Solid lines: the five costliest events and all events until the horizon. Dashed lines: all events in the \
          costliest year (AEP) and the largest loss by one event in one month (OEP). Curves end at ten paths.",
    of: |source| boxed(EventExceedance::of(source)),
};

/// Inks of single events.
const INKS: [Ink; 5] = [
    Ink::Blue,
    Ink::Green,
    Ink::Purple,
    Ink::GoldText,
    Ink::SkyText,
];
/// Room for names, and the distance of two.
const NAMES: f64 = 190.0;
const PITCH: f64 = 34.0;

/// Data of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct EventExceedance {
    pub currency: String,
    pub basis: String,
    pub years: f64,
    /// The amount that all events take on one path in twenty, with its error.
    pub p95: Quantity,
    pub losses: EventLossesPart,
}

impl EventExceedance {
    /// Nothing unless an event takes something.
    fn of(source: &Source<'_>) -> Option<Self> {
        Some(Self {
            currency: source.currency(),
            basis: source.basis(),
            years: source.years(),
            p95: source.measured("events.loss.p95")?,
            // without a curve of what is lost until the horizon there is nothing to say
            losses: source
                .report
                .event_losses
                .clone()
                .filter(|losses| losses.all().is_some())?,
        })
    }

    /// Paths that lose anything, of all.
    fn losing(&self) -> u64 {
        self.losses.all().map_or(0, |all| all.losing)
    }

    /// Every curve with its ink, and with what stands below its name in place of how often it takes anything.
    fn drawn(&self) -> impl DoubleEndedIterator<Item = (&LossCurve, Ink, Option<&'static str>)> {
        let n_whole = self
            .losses
            .curves
            .iter()
            .take_while(|curve| !matches!(curve.of, Curve::Event(_)))
            .count();
        self.losses
            .curves
            .iter()
            .enumerate()
            .map(move |(index, curve)| match curve.of {
                Curve::AllEvents => (curve, Ink::Vermilion, None),
                Curve::WorstYear => (curve, Ink::Mute, Some("of all events")),
                Curve::WorstMonth => (curve, Ink::Slate, Some("of one event")),
                Curve::Event(_) => (
                    curve,
                    INKS[index.saturating_sub(n_whole) % INKS.len()],
                    None,
                ),
            })
    }

    /// Shares from what ten paths are to what most lose anything.
    fn chances(&self) -> Scale {
        let n = self.losses.paths as f64;
        let losing = self.losses.curves.iter().map(|curve| curve.losing);
        let highest = losing.max().unwrap_or_default() as f64 / n;
        let low = (FEWEST / n).min(highest / 10.0);
        Scale::log(low, (highest * 1.25).min(1.0).max(low * 10.0))
    }

    fn points(&self, curve: &LossCurve, panel: &Panel) -> Vec<(f64, f64)> {
        let n = self.losses.paths as f64;
        let shares = curve.above.iter().map(|above| *above as f64 / n);
        let points = self.losses.amounts.iter().copied().zip(shares);
        let least = panel.y.ends().0;
        let above = points.take_while(|(_, share)| *share >= least * (1.0 - 1e-9));
        above.collect()
    }
}

impl Chart for EventExceedance {
    fn finding(&self) -> String {
        let who = hits(self.losing(), self.losses.paths, ("loses", "lose"));
        let more = match self.p95.value > 0.0 {
            true => {
                let amount = money_measured(&self.currency, self.p95);
                format!(", at most one in twenty more than about {amount}")
            }
            false => String::new(),
        };
        let span = span(self.years);
        format!("{who} something to events within {span}{more}")
    }

    fn reading(&self) -> String {
        let others = match self.losses.others {
            0 => String::new(),
            n => format!("; {} more not drawn", counted(n, "event")),
        };
        let tick = |amount| money_tick(&self.currency, amount);
        let axis = self.losses.axis;
        let amounts = match axis.spacing {
            Spacing::Log => "; amounts on a log scale".to_owned(),
            Spacing::Symlog(from) => format!(
                "; amounts on a log scale above {}, linear below",
                tick(from)
            ),
            _ => axis.said(tick),
        };
        format!(
            "Share of paths that lose more than the amount, log scale, {}{amounts}{others}",
            self.basis
        )
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let chances = self.chances();
        let ticks = chances.ticks(9);
        let area = Area {
            left: left_of_labels(EDGE, &ticks, &percent_tick),
            top: body.top + 8.0,
            right: WIDTH - EDGE - NAMES,
            bottom: body.bottom - 40.0,
        };
        let panel = Panel::new(area, self.losses.axis, chances);
        panel.levels(canvas, &ticks, Some(&percent_tick));
        let mut wished = Vec::new();
        let n = self.losses.paths;
        for (curve, ink, of) in self.drawn().rev() {
            let points = self.points(curve, &panel);
            let line = match of {
                None => Line::new(ink, 2.2),
                Some(_) => Line::new(ink, 1.6).dashed(5, 3),
            };
            panel.line(canvas, points, line);
        }
        for (curve, ..) in self.drawn() {
            let share = share_of(curve.losing, n).value;
            wished.push(panel.at(panel.x.ends().0, share).1);
        }
        let tick = |amount: f64| money_tick(&self.currency, amount);
        panel.base(canvas, &labelled(panel.x.ticks(8), tick), TICK_SIZE);
        let placed = spread(&wished, PITCH, area.top + 6.0, area.bottom - 20.0);
        for ((curve, ink, of), y) in self.drawn().zip(placed) {
            let x = area.right + LABEL_GAP;
            let name = match &curve.of {
                Curve::AllEvents => "all events",
                Curve::WorstYear => "worst year",
                Curve::WorstMonth => "worst month",
                Curve::Event(name) => name,
            };
            let set = Type::new(12.0, ink).semibold().down(VPos::Center);
            canvas.name(name, (x, y), &set, NAMES - LABEL_GAP);
            let mute = Type::new(10.5, Ink::Mute).down(VPos::Center);
            let struck = percent(share_of(curve.losing, n));
            let text = of.map_or_else(|| format!("takes on {struck} of paths"), str::to_owned);
            canvas.text(&text, (x, y + 14.0), &mute);
        }
    }
}
