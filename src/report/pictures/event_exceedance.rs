//! How likely events are to take more than an amount.
//!
//! In: [`EventExceedance`]. Out: a chart. Not here: what an event takes (`record`).

use super::{Chart, Kind, Source, boxed};
use crate::chart::{
    Area, Canvas, Distribution, EDGE, Extent, Ink, LABEL_GAP, Line, Panel, Scale, TICK_SIZE, Type,
    VPos, WIDTH, hits, labelled, left_of_labels, share_of, spread,
};
use crate::figure::{
    Quantity, counted, money_measured, money_tick, of_chart as percent, percent_tick, span,
};
use crate::record::{EVENT_LOSS, EVENTS_LOSS, EVENTS_STRIKE, EVENTS_YEAR, TrackId};

pub const KIND: Kind = Kind {
    id: "event_exceedance",
    title: "Cost of loss events by probability",
    doc: "Share of paths on which loss events cost more than the amount on the axis, real, on a logarithmic scale. \
          Solid lines: the five costliest events and all events until the horizon. Dashed lines: all events in the \
          costliest year (AEP) and the largest loss by one event in one month (OEP). Curves end at ten paths.",
    of: |source| boxed(EventExceedance::of(source)),
};

/// Events with a curve of their own.
const MOST: usize = 5;
const INKS: [Ink; MOST] = [
    Ink::Blue,
    Ink::Green,
    Ink::Purple,
    Ink::GoldText,
    Ink::SkyText,
];
/// Paths at which a curve ends.
const LAST: f64 = 10.0;
/// Points of a curve, evenly along its axis.
const POINTS: usize = 240;
/// Room for names, and the distance of two.
const NAMES: f64 = 190.0;
const PITCH: f64 = 34.0;

/// Amounts that are taken, path by path.
#[derive(Clone, Debug, PartialEq)]
pub struct Taken {
    pub name: String,
    pub law: Distribution,
    pub ink: Ink,
    pub is_dashed: bool,
    /// What stands below the name in place of how often it takes anything.
    pub of: &'static str,
}

/// Data of the chart; all events together first, then the costliest.
#[derive(Clone, Debug, PartialEq)]
pub struct EventExceedance {
    pub currency: String,
    pub basis: String,
    pub years: f64,
    /// The amount that all events take on one path in twenty, with its error.
    pub p95: Quantity,
    pub curves: Vec<Taken>,
    /// Events without a curve.
    pub n_others: usize,
}

impl EventExceedance {
    /// Nothing unless an event takes something.
    fn of(source: &Source<'_>) -> Option<Self> {
        let law = |id: TrackId| {
            let column = source.outcome.values(id)?;
            let takes = column.ends().1 > 0.0;
            takes.then(|| Distribution::of(column))
        };
        let curve = |name: &str, id, ink, of: &'static str| {
            let is_dashed = !of.is_empty();
            let (name, law) = (name.to_owned(), law(id)?);
            Some(Taken {
                name,
                law,
                ink,
                is_dashed,
                of,
            })
        };
        let mean = |name: &str| source.measured(&format!("event.{name}.loss.mean"));
        let first = source.scenario.assets.len() as u16;
        let events = (first..).zip(&source.scenario.events);
        let mut events: Vec<(f64, Taken)> = events
            .filter_map(|(number, event)| {
                let curve = curve(&event.name, EVENT_LOSS.of_object(number), Ink::Blue, "")?;
                Some((mean(&event.name)?.value, curve))
            })
            .collect();
        events.sort_by(|(a, _), (b, _)| b.total_cmp(a));
        let n_others = events.len().saturating_sub(MOST);
        let n_events = events.len();
        let whole = [
            (n_events > 1).then(|| curve("all events", EVENTS_LOSS, Ink::Vermilion, "")),
            Some(curve("worst year", EVENTS_YEAR, Ink::Mute, "of all events")),
            Some(curve(
                "worst month",
                EVENTS_STRIKE,
                Ink::Slate,
                "of one event",
            )),
        ];
        let own = events.into_iter().zip(INKS);
        let own = own.map(|((_, curve), ink)| Taken { ink, ..curve });
        let curves = whole.into_iter().flatten().flatten().chain(own);
        Some(Self {
            currency: source.scenario.currency.clone(),
            basis: source.basis(),
            years: source.years(),
            p95: source
                .measured("events.loss.p95")
                .filter(|_| n_events > 0)?,
            curves: curves.collect(),
            n_others,
        })
    }

    /// Everything that events take.
    fn all(&self) -> &Distribution {
        let whole = self.curves.iter().find(|curve| !curve.is_dashed);
        &whole.expect("an event takes something").law
    }

    /// Amounts from the least that many paths lose to the most.
    fn across(&self) -> Scale {
        let taken = self.curves.iter().map(|curve| curve.law.without(0.0));
        let last = |law: &Distribution| law.quantile(1.0 - (LAST - 1.0) / law.n() as f64);
        let ends = taken.filter_map(|law| Some((law.quantile(0.01)?, last(&law)?)));
        let (low, high) = ends.fold((f64::INFINITY, 0.0_f64), |(low, high), ends| {
            (low.min(ends.0), high.max(ends.1))
        });
        let all = self.all().without(0.0);
        let [p05, usual, p95] = [0.05, 0.5, 0.95].map(|p| all.quantile(p).unwrap_or(high));
        let scale = Scale::fit(Extent {
            lowest: low,
            highest: high,
            ratio: p95 / p05,
            usual,
        });
        match scale.is_logarithmic() {
            true => scale,
            false => Scale::linear_from_zero(0.0, high),
        }
    }

    /// Shares from what ten paths are to what most lose anything.
    fn chances(&self) -> Scale {
        let n = self.all().n() as f64;
        let highest = self
            .curves
            .iter()
            .map(|curve| 1.0 - curve.law.share_up_to(0.0));
        let highest = highest.fold(0.0, f64::max);
        let low = (LAST / n).min(highest / 10.0);
        Scale::log(low, (highest * 1.25).min(1.0).max(low * 10.0))
    }

    fn points(&self, law: &Distribution, panel: &Panel) -> Vec<(f64, f64)> {
        let (low, high) = panel.x.ends();
        let (from, to) = (panel.x.place(low), panel.x.place(high));
        let at = |point: usize| {
            let part = point as f64 / POINTS as f64;
            let amount = panel.x.value_at(from + part * (to - from));
            (amount, 1.0 - law.share_up_to(amount))
        };
        let least = panel.y.ends().0;
        let points = (0..=POINTS).map(at);
        let above = points.take_while(|(_, share)| *share >= least * (1.0 - 1e-9));
        above.collect()
    }
}

impl Chart for EventExceedance {
    fn finding(&self) -> String {
        let (law, n) = (self.all(), self.all().n());
        let losing = n - law.count_below(f64::MIN_POSITIVE);
        let who = hits(losing, n, ("loses", "lose"));
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
        let others = match self.n_others {
            0 => String::new(),
            n => format!("; {} more not drawn", counted(n, "event")),
        };
        let tick = |amount| money_tick(&self.currency, amount);
        format!(
            "Share of paths that lose more than the amount, log scale, {}{}{others}",
            self.basis,
            self.across()
                .said(tick)
                .replace("; log scale", "; amounts on a log scale")
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
        let panel = Panel::new(area, self.across(), chances);
        panel.levels(canvas, &ticks, Some(&percent_tick));
        let mut wished = Vec::new();
        for curve in self.curves.iter().rev() {
            let points = self.points(&curve.law, &panel);
            let line = Line::new(curve.ink, if curve.is_dashed { 1.6 } else { 2.2 });
            let line = if curve.is_dashed {
                line.dashed(5, 3)
            } else {
                line
            };
            panel.line(canvas, points, line);
        }
        for curve in &self.curves {
            let share = 1.0 - curve.law.share_up_to(0.0);
            wished.push(panel.at(panel.x.ends().0, share).1);
        }
        let tick = |amount: f64| money_tick(&self.currency, amount);
        panel.base(canvas, &labelled(panel.x.ticks(8), tick), TICK_SIZE);
        let placed = spread(&wished, PITCH, area.top + 6.0, area.bottom - 20.0);
        for (curve, y) in self.curves.iter().zip(placed) {
            let x = area.right + LABEL_GAP;
            let name = Type::new(12.0, curve.ink).semibold().down(VPos::Center);
            canvas.name(&curve.name, (x, y), &name, NAMES - LABEL_GAP);
            let (n, nothing) = (curve.law.n(), curve.law.share_up_to(0.0));
            let struck = share_of(((1.0 - nothing) * n as f64).round() as u64, n);
            let mute = Type::new(10.5, Ink::Mute).down(VPos::Center);
            let text = match curve.of {
                "" => format!("takes on {} of paths", percent(struck)),
                of => of.to_owned(),
            };
            canvas.text(&text, (x, y + 14.0), &mute);
        }
    }
}
