//! A crash sale by sale: prices against the share of the agents, by money, that have sold, and the way back.
//!
//! In: [`CrashAnatomy`]. Out: a chart. Not here: who sold in which order and at which limit (`replay`).

use super::{Chart, Kind, Picture, boxed, drawn_with};
use crate::chart::{
    Area, Canvas, EDGE, End, HPos, Ink, Line, Paint, Panel, ROUNDING, Scale, Stamp, TICK_SIZE,
    Theme, Type, VPos, Weight, label_ends, labelled, left_of_labels, room, shorten,
};
use crate::figure::{Quantity, grouped, of_chart as percent, percent_tick, spoken_month};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{CrashMonth, ReplayFacts, lost, price};
use std::sync::atomic::AtomicBool;

pub const KIND: Kind = Kind {
    id: "crash_anatomy",
    title: "Worst agent selling",
    doc: "One month of one path. Left: the price of each market, 100 at the start of the month, first under the \
          market's own loss, then after each sale. Agents sell in that order and are counted by their money; the \
          dashed line is the price without agents. Right: the share of the forced fall that recovers in later \
          months. `replay` lists which stop-loss caused which sale. The worst month is the one in which agents' \
          sales cost the largest share of the owner's wealth.",
    of: |source| boxed(CrashAnatomy::of(source.report.worst_crash.as_ref()?)),
};

/// Markets drawn at most: as many as there are hues.
const HUES: [Ink; 7] = [
    Ink::Vermilion,
    Ink::Blue,
    Ink::Green,
    Ink::Gold,
    Ink::Purple,
    Ink::Sky,
    Ink::Slate,
];

/// Part of the horizontal axis that shows the loss before anybody sold.
const BEFORE: f64 = 0.09;

/// Width of the panel of the months after, in pixels, and the space before it.
const AFTER: (f64, f64) = (140.0, 26.0);

/// Pixels below the panels for their axes.
const BELOW: f64 = 46.0;

/// Letters of a market's name at the end of its line, in pixels.
const NAME_ROOM: f64 = 120.0;

/// Data of the chart: one month of one path in which somebody sold.
#[derive(Clone, Debug, PartialEq)]
pub struct CrashAnatomy {
    pub path: u64,
    pub crash: CrashMonth,
}

impl ReplayFacts {
    /// The crash as a picture, if anybody sold; nothing once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let stamp = Stamp {
            scenario: self.scenario.title.clone(),
            seeds: self.run.seeds,
            n_paths: self.run.paths,
            digest: self.scenario.model_digest.clone(),
        };
        let worst = WorstCrashPart::thinned(self.path, self.crash.clone()?)?;
        drawn_with(&KIND, &CrashAnatomy::of(&worst)?, &stamp, theme, stop)
    }
}

impl CrashAnatomy {
    /// Nothing unless somebody sold and every sale says what it did to every market.
    fn of(worst: &WorstCrashPart) -> Option<Self> {
        let firings = &worst.crash.firings;
        let n_markets = worst.crash.markets.len();
        let is_whole = firings.iter().all(|sale| sale.falls.len() == n_markets);
        (is_whole && !firings.is_empty()).then(|| Self {
            path: worst.path,
            crash: worst.crash.clone(),
        })
    }

    /// Share of all agents that sold.
    fn sold(&self) -> f64 {
        self.unprompted() + self.crash.agents.pushed
    }

    /// Share of all agents whose sales needed no others.
    fn unprompted(&self) -> f64 {
        self.crash.agents.obeyed + self.crash.agents.alone
    }

    /// Log-fall of a market by all sales.
    fn fall(&self, market: usize) -> f64 {
        let last = self.crash.firings.last();
        last.map_or(0.0, |sale| sale.falls[market])
    }

    /// Lowest price of a market.
    fn trough(&self, market: usize) -> f64 {
        price(self.crash.markets[market].loss + self.fall(market))
    }

    /// Those with the lowest trough, in the order given, with their inks.
    fn drawn(&self) -> Vec<(usize, Ink)> {
        let mut lowest: Vec<usize> = (0..self.crash.markets.len()).collect();
        let trough = |index: &usize| self.trough(*index);
        lowest.sort_by(|a, b| trough(a).total_cmp(&trough(b)).then(a.cmp(b)));
        lowest.truncate(HUES.len());
        lowest.sort_unstable();
        lowest.into_iter().zip(HUES).collect()
    }

    /// From the start of the month to a round share that holds all who sold.
    fn across(&self) -> Scale {
        let high = (self.sold() * 1.02).max(1e-6);
        Scale::linear(-BEFORE * high, high)
    }

    fn prices(&self) -> Scale {
        let drawn = self.drawn();
        let lowest = drawn.iter().map(|(index, _)| self.trough(*index));
        let lowest = lowest.fold(100.0, f64::min);
        let before = |index: usize| price(self.crash.markets[index].loss);
        let highest = drawn.iter().map(|drawn| before(drawn.0));
        let highest = highest.fold(100.0, f64::max);
        let margin = 0.04 * (highest - lowest).max(1.0);
        Scale::linear((lowest - margin).max(0.0), highest + margin)
    }

    fn ends(&self) -> Vec<End> {
        let set = Type::new(12.0, Ink::Text).semibold();
        let end = |(index, ink): (usize, Ink)| {
            let market = &self.crash.markets[index];
            let missing = market.missing_finely.last().map_or(1.0, |point| point.1);
            let end = price(market.loss + self.fall(index) * missing);
            let name = shorten(&market.name, &set, NAME_ROOM);
            let text = format!("{name} {:.0}, then {end:.0}", self.trough(index));
            End::new(end, text, ink, Weight::SemiBold)
        };
        self.drawn().into_iter().map(end).collect()
    }

    /// A line for each market, dashed where its price had been without the sales.
    fn draw_prices(
        &self,
        canvas: &mut Canvas,
        panel: &Panel,
        points: impl Fn(usize) -> Vec<(f64, f64)>,
    ) {
        let end = panel.x.ends().1;
        for (index, ink) in self.drawn() {
            let without = price(self.crash.markets[index].loss);
            let twin = Line::new(ink, 1.0).dashed(2, 3).percent(70);
            panel.line(canvas, vec![(0.0, without), (end, without)], twin);
            panel.line(canvas, points(index), Line::new(ink, 2.2));
        }
    }

    /// From the start of the month to the last sale.
    fn falls(&self, index: usize, start: f64) -> Vec<(f64, f64)> {
        let (loss, firings) = (self.crash.markets[index].loss, &self.crash.firings);
        let sold = firings
            .iter()
            .map(|sale| (sale.share, price(loss + sale.falls[index])));
        let before = [(start, 100.0), (0.0, price(loss))];
        before.into_iter().chain(sold).collect()
    }

    /// Months since the sales, and the price if nothing else happens.
    fn way_back(&self, index: usize) -> Vec<(f64, f64)> {
        let (market, fall) = (&self.crash.markets[index], self.fall(index));
        let then = |(months, part): &(f64, f64)| (*months, price(market.loss + fall * part));
        market.missing_finely.iter().map(then).collect()
    }

    /// What is left and right of the first sale that others caused.
    fn draw_causes(&self, canvas: &mut Canvas, panel: &Panel) {
        let (_, top) = panel.y.ends();
        let x_of = |share: f64| panel.at(share, top).0;
        let set = Type::new(11.0, Ink::Mute).down(VPos::Bottom);
        let y = panel.area.top - 6.0;
        let (zero, parted, end) = (x_of(0.0), x_of(self.unprompted()), x_of(self.sold()));
        let line = Line::new(Ink::Axis, 1.0).dashed(4, 3);
        panel.upright(canvas, zero, line);
        let agents = &self.crash.agents;
        let on_their_own = match (agents.obeyed > 0.0, agents.alone > 0.0) {
            (true, true) => "sold on a signal or on the loss",
            (true, false) => "sold on a false signal",
            _ => "sold on the loss",
        };
        let mut taken = zero;
        if set.width(on_their_own) + 10.0 <= parted - zero {
            canvas.text(on_their_own, (zero + 2.0, y), &set);
            taken = zero + 2.0 + set.width(on_their_own) + 8.0;
        }
        if agents.pushed <= 0.0 {
            return;
        }
        panel.upright(canvas, parted, line);
        let pushed = "pushed by the sales before them";
        let width = set.width(pushed);
        let from = (parted + 2.0).max(taken);
        let beside = parted - 2.0 - width;
        if from + width <= panel.area.right.max(end) {
            canvas.text(pushed, (from, y), &set);
        } else if beside >= taken {
            canvas.text(pushed, (beside, y), &set);
        }
    }

    /// Months since the sales up to which the way back is drawn.
    fn months_after(&self) -> f64 {
        let last = self.crash.markets.first();
        let last = last.and_then(|market| market.missing_finely.last());
        last.map_or(0.5, |point| point.0.max(0.5))
    }
}

impl Chart for CrashAnatomy {
    /// What set it off, who sold, what that did to the loss that agents measure.
    fn finding(&self) -> String {
        let agents = &self.crash.agents;
        let share = |value: f64| percent(Quantity::exact(value));
        // sums of floats of nothing are nothing
        let moved = |loss: f64| {
            share(if loss.abs() < ROUNDING {
                0.0
            } else {
                -lost(loss)
            })
        };
        let cause = match (agents.obeyed > 0.0, agents.alone > 0.0) {
            (true, true) => "what agents saw and a false signal",
            (true, false) => "a false signal",
            _ => "what agents saw",
        };
        format!(
            "Path {}, {}: {cause} set off sales by {} of the agents; what they hold, as they measure it, \
             was at {} before and at {} after",
            grouped(self.path),
            spoken_month(&self.crash.date),
            share(self.sold()),
            moved(agents.loss_before),
            moved(agents.loss_after),
        )
    }

    fn reading(&self) -> String {
        let mut text = String::from(
            "Prices, 100 at the start of the month, without expected growth, as agents sell; dashed \
             without them; right, what comes back in the months after, nothing else happening. Agents \
             count by money.",
        );
        let n_drawn = self.drawn().len();
        if n_drawn < self.crash.markets.len() {
            text.push_str(&format!(
                " The {n_drawn} of {} markets with the lowest price.",
                self.crash.markets.len()
            ));
        }
        text
    }

    fn draw(&self, canvas: &mut Canvas, body: Area) {
        let (scale, ends) = (self.prices(), self.ends());
        let ticks = scale.ticks(7);
        let label = |value: f64| format!("{value:.0}");
        let left = left_of_labels(EDGE, &ticks, &label);
        let right = body.right - EDGE - room(&ends);
        let upper = Area {
            left,
            top: body.top + 14.0,
            right: right - AFTER.0 - AFTER.1,
            bottom: body.bottom - BELOW,
        };
        let panel = Panel::new(upper, self.across(), scale);
        panel.levels(canvas, &ticks, Some(&label));
        self.draw_causes(canvas, &panel);
        let (start, end) = panel.x.ends();
        self.draw_prices(canvas, &panel, |index| self.falls(index, start));
        for (index, ink) in self.drawn() {
            let at = (self.sold(), self.trough(index));
            panel.dot(canvas, at, 3.5, Paint::solid(ink));
        }
        let mut shares = vec![(start, "start".to_string())];
        let within = Scale::linear(0.0, end);
        shares.extend(labelled(within.ticks(6), percent_tick));
        panel.base(canvas, &shares, TICK_SIZE);
        let after = Area {
            left: right - AFTER.0,
            right,
            ..upper
        };
        let months = Scale::linear(0.0, self.months_after());
        let beside = Panel::new(after, months, scale);
        beside.levels(canvas, &ticks, None);
        self.draw_prices(canvas, &beside, |index| self.way_back(index));
        let dates =
            [(0.0, ""), (6.5, "6 mo"), (12.5, "12 mo")].map(|(at, label)| (at, label.to_string()));
        let dates: Vec<(f64, String)> = dates
            .into_iter()
            .filter(|date| date.0 <= self.months_after())
            .collect();
        beside.base(canvas, &dates, TICK_SIZE);
        label_ends(canvas, &beside, &ends);
        let set = Type::new(11.0, Ink::Mute).down(VPos::Bottom);
        canvas.text("the way back", (after.left, upper.top - 6.0), &set);
        let set = set.across(HPos::Right).down(VPos::Top);
        let caption = "share of all agents, by money, that have sold";
        canvas.text(caption, (upper.right, body.bottom - 18.0), &set);
    }
}
