//! A crash sale by sale: prices against the share of the agents, by money, that have sold, and the way back.
//!
//! In: the worst crash. Out: a picture. Not here: who sold in which order and at which limit (`replay`).

use super::{Kind, Picture, Setting, drawn_with};
use crate::chart::{
    Axis, End, HUES, Ink, Layer, Line, Paint, Plot, Scale, Shape, Spec, Stamp, Theme, labelled,
};
use crate::figure::{grouped, percent_tick, rule::percent, spoken_month};
use crate::report::facts::WorstCrashPart;
use crate::report::replay::{CrashMonth, ReplayFacts, price};
use std::sync::atomic::AtomicBool;

pub const KIND: Kind = Kind {
    id: "crash_anatomy",
    title: "Worst agent selling",
    doc: "One month of one path. The title has what the sales cost at the low, as a share of the wealth without them; the \
          subtitle has wealth at the start of the month and at its low, real. Top: the price of each market, 100 at the \
          start of the month, first under the market's own loss, then after each sale. Agents sell in that order and are \
          counted by their money; the dashed line is the price without agents. Bottom: the share of the forced fall that \
          recovers in later months. `replay` lists which stop-loss caused which sale. The worst month is the one in which \
          agents' sales cost the largest share of the owner's wealth.",
    of: Some(|source| spec(&source.setting, source.report.worst_crash.as_ref()?)),
};

/// Part of the horizontal axis that shows the loss before anybody sold.
const BEFORE: f64 = 0.09;

/// Heights of the panels of the sales and of the months after, in pixels.
const SALES_HEIGHT: f64 = 250.0;
const AFTER_HEIGHT: f64 = 210.0;

impl ReplayFacts {
    /// The crash as a picture, if anybody sold; nothing once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let (of, run) = (&self.scenario, &self.run);
        let stamp = Stamp::new(&of.title, run.seeds, run.paths, &of.model_digest);
        let worst = WorstCrashPart::thinned(self.path, self.crash.clone()?)?;
        let start = of.start.parse().ok()?;
        let setting = Setting::of(&of.currency, start, run.months, run.paths);
        drawn_with(&KIND, &spec(&setting, &worst)?, &stamp, theme, stop)
    }
}

/// Nothing unless somebody sold and every sale says what it did to every market.
pub fn spec(setting: &Setting, worst: &WorstCrashPart) -> Option<Spec> {
    let (crash, n) = (&worst.crash, worst.crash.markets.len());
    let is_whole = crash.firings.iter().all(|sale| sale.falls.len() == n);
    if !is_whole || crash.firings.is_empty() {
        return None;
    }
    let left_out = match crash.drawn().len() {
        n_drawn if n_drawn < n => format!(", of the {n_drawn} that fall most"),
        _ => String::new(),
    };
    let [opening, low] = crash.wealth.map(|amount| setting.money(amount));
    Some(Spec {
        finding: format!("Agent selling costs {} of wealth in one month", percent(crash.cost)),
        reading: format!(
            "{}, path {}: wealth {opening} to {low} at its low. Market prices{left_out}; dashed: without agents",
            spoken_month(&crash.date),
            grouped(worst.path),
        ),
        shape: Shape::Plots(vec![crash.sales_plot(), crash.after_plot()]),
    })
}

impl CrashMonth {
    /// Log-fall of a market by all sales.
    fn fall(&self, market: usize) -> f64 {
        let last = self.firings.last();
        last.map_or(0.0, |sale| sale.falls[market])
    }

    /// Lowest price of a market.
    fn trough(&self, market: usize) -> f64 {
        price(self.markets[market].loss + self.fall(market))
    }

    /// As many as there are hues with the lowest trough, in the order given, with their inks.
    fn drawn(&self) -> Vec<(usize, Ink)> {
        let mut lowest: Vec<usize> = (0..self.markets.len()).collect();
        lowest.sort_by(|a, b| self.trough(*a).total_cmp(&self.trough(*b)));
        lowest.truncate(HUES.len());
        lowest.sort_unstable();
        lowest.into_iter().zip(HUES).collect()
    }

    fn prices(&self) -> Axis {
        let drawn = self.drawn().into_iter();
        let prices =
            drawn.flat_map(|(index, _)| [self.trough(index), price(self.markets[index].loss)]);
        let wider = |(low, high): (f64, f64), price: f64| (low.min(price), high.max(price));
        let (lowest, highest) = prices.fold((100.0, 100.0), wider);
        let margin = 0.04 * (highest - lowest).max(1.0);
        let scale = Scale::linear((lowest - margin).max(0.0), highest + margin);
        Axis::new(scale, 7, |value| format!("{value:.0}"))
    }

    /// A line for each market up to `high`, dashed where its price had been without the sales; and its last price.
    fn plot(&self, x: Axis, points: impl Fn(usize) -> Vec<(f64, f64)>) -> Plot {
        let (mut layers, mut ends) = (Vec::new(), Vec::new());
        for (index, ink) in self.drawn() {
            let (market, points) = (&self.markets[index], points(index));
            let without = price(market.loss);
            let twin = Line::new(ink, 1.2).dashed(6, 4).percent(70);
            let level = vec![(0.0, without), (x.scale.high, without)];
            let end = points.last().map_or(without, |point| point.1);
            ends.push(End::named(end, &market.name, &format!("{end:.0}"), ink));
            layers.push(Layer::Line(level, twin));
            layers.push(Layer::Line(points, Line::new(ink, 2.2)));
        }
        Plot::new(x, self.prices(), layers, ends)
    }

    /// From the start of the month to the last sale.
    fn sales_plot(&self) -> Plot {
        let high = (self.agents.sold * 1.02).max(1e-6);
        let start = -BEFORE * high;
        let mut ticks = vec![(start, "start".to_string())];
        ticks.extend(labelled(Scale::linear(0.0, high).ticks(6), percent_tick));
        let x = Axis { scale: Scale::linear(start, high), ticks };
        let mut plot = self.plot(x, |index| {
            let loss = self.markets[index].loss;
            let sales = self.firings.iter();
            let sold = sales.map(|sale| (sale.share, price(loss + sale.falls[index])));
            let before = [(start, 100.0), (0.0, price(loss))];
            before.into_iter().chain(sold).collect()
        });
        for (index, ink) in self.drawn() {
            let at = (self.agents.sold, self.trough(index));
            plot.layers.push(Layer::Dot(at, 3.5, Paint::solid(ink)));
        }
        let on_their_own = match (self.agents.obeyed > 0.0, self.agents.alone > 0.0) {
            (true, true) => "false signal or own stop-loss reached",
            (true, false) => "sold on a false signal",
            _ => "own stop-loss reached",
        };
        plot.marks.push((0.0, on_their_own.to_owned()));
        if self.agents.pushed > 0.0 {
            let pushed = "stop-loss reached through earlier sales".to_owned();
            let unprompted = self.agents.obeyed + self.agents.alone;
            plot.marks.push((unprompted, pushed));
        }
        let heading =
            "Prices while agents sell, by the share of their money sold; start of month = 100";
        plot.headed(heading, SALES_HEIGHT)
    }

    /// Months since the sales, and the prices if nothing else happens.
    fn after_plot(&self) -> Plot {
        let market = self.markets.first();
        let last = market.and_then(|market| market.missing_finely.last());
        let months = last.map_or(0.5, |point| point.0.max(0.5));
        let x = Axis::new(Scale::linear(0.0, months), 7, |month| format!("{month} mo"));
        let plot = self.plot(x, |index| {
            let (market, fall) = (&self.markets[index], self.fall(index));
            let then = |(months, part): &(f64, f64)| (*months, price(market.loss + fall * part));
            market.missing_finely.iter().map(then).collect()
        });
        plot.headed("Prices in the months after the sales, if nothing else happens", AFTER_HEIGHT)
    }
}
