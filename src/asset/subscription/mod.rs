//! Kind `subscription`: a product whose subscribers come and leave, at a provider who may raise his price.
//!
//! In: its keys. Out: [`Subscription`], its subscribers. Not here: what the provider asks (`provider`), what the product
//! is worth and pays (`Business`).
//!
//! ```text
//! c     = min(1, churn·exp(s·z))             z standard normal, one draw per path, s = churn_spread
//! a_t   = arrivals·(1 + growth)^((t − 1)/12)
//! S_t   = S_{t−1} − Bin(S_{t−1}, c) + Poisson(a_t)
//! power = S/S_0·margin                       margin: 1 until the provider reprices; S = 0 once it is closed
//! ```
//!
//! With churn and arrivals known, `S_t ~ Bin(S_0, (1 − c)^t) + Poisson(a(1 − (1 − c)^t)/c)`. Source: J. F. C. Kingman,
//! *Poisson Processes* (1993), for the thinning of arrivals.

mod provider;

use super::launch::of_own_month;
use super::{Asset, Business, Claimed, Coefficient, Earning, Expected, Slot, State, Told};
use crate::form::{Diagnostic, Drawn, Group, Kind, Preset, Reader};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, ln, ln_1p};
use crate::math::{LANES, lesser};
use crate::parameters;
use crate::random::Purpose;
use crate::random::count::{binomial, poisson};
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};
use crate::units::{
    AnnualRate, Count, Inflow, Intensity, LogSpread, MonthlyProbability, Multiple, PositiveShare,
    Span,
};
use provider::{Provider, Supply};
use std::sync::Arc;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "subscription",
    doc: "A product with subscribers who come and leave, and a provider who may raise his price.",
    example: "roi = \"22-35 %\"\nroi_law = \"p05-p95\"\nsubscribers = 2_000\nchurn = \"5 %/month\"\nchurn_spread = 0\n\
              arrivals = \"110/month\"\ngross_margin = 0.52\nrepricing = 0\nrepricing_size = 5\n\
              repricing_spread = 1\nrepricing_half_life = \"13 months\"\ncloses_after = \"3 months\"\n",
    fields: Terms::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

/// A product that is subscribed to.
#[derive(Clone, Debug, PartialEq)]
pub struct Subscription {
    pub claimed: Claimed,
    pub terms: Terms,
}

parameters! {
    /// Who comes, who leaves, and what the provider asks.
    pub struct Terms {
        /// Number of subscribers at the start.
        subscribers: Drawn<Count> = Preset::Required => "400",
        /// Chance that a subscriber leaves in a month, each for himself: half of all products have less.
        churn: Drawn<MonthlyProbability> = Preset::Class => "\"5 %/month\"",
        /// Standard deviation of the logarithm of `churn` between products: one draw per path, for the whole horizon. A range of
        /// `churn` says that itself, and has no other spread.
        churn_spread: LogSpread = Preset::Class => "0.5",
        /// Mean number of subscribers who come. Without it as many as leave in the first month, so that the number
        /// stands still where churn is at its middle.
        arrivals: Option<Drawn<Inflow>> = Preset::Absent,
        /// By how much arrivals grow in a year.
        arrivals_growth: AnnualRate = Preset::Is("0"),
        /// Part of the revenue of the first month that is left after what providers of models and interfaces take.
        gross_margin: PositiveShare = Preset::Class => "0.52",
        /// How often the provider raises his price, by chance; 0 is never. The event `provider-repricing` is another
        /// telling of the same, for products that share a provider: write one of them.
        repricing: Intensity = Preset::Class => "\"0.05/year\"",
        /// By how much he then multiplies it: half of all times by more.
        repricing_size: Multiple = Preset::Class => "5",
        /// Standard deviation of the logarithm of that multiple.
        repricing_spread: LogSpread = Preset::Class => "1",
        /// Time after which half of what he asks beyond the price of the start is gone, for others ask less.
        repricing_half_life: Span = Preset::Class => "\"13 months\"",
        /// A product that has cost more than it brought for so long, month after month, is closed for good.
        closes_after: Span = Preset::Class => "\"1 month\"",
    }
}

impl Asset for Subscription {
    fn told(&self) -> Told<'_> {
        (KIND.id, &self.claimed, &self.terms)
    }

    fn is_business(&self) -> bool {
        true
    }

    fn may_lose(&self) -> bool {
        self.provider().may_take_all()
    }

    fn states(&self) -> &'static [State] {
        &[State {
            id: "subscribers",
            title: "subscribers",
            whole: "those at the start",
        }]
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let rows = Rows {
            subscribers: build.row(),
            part: slot.states[0],
            churn: build.row(),
            power: build.row(),
        };
        let opening = build.drawn("subscribers", &self.terms.subscribers);
        let spread = self.terms.churn_spread.get();
        let open = Open {
            rows,
            opening,
            churn: build.drawn("churn", &self.terms.churn),
            spread,
            score: (spread > 0.0).then(|| build.parameter("churn")),
        };
        build.stage(Phase::Open, open);
        let supply = self.provider().build(build);
        let arrivals = self.arrivals();
        let drawn = self.terms.arrivals.filter(|arrivals| !arrivals.is_point());
        let of_median = drawn.map(|drawn| {
            let drawn = build.drawn("arrivals", &drawn);
            let median = arrivals * STEPS_PER_YEAR;
            Coefficient::from([drawn], build, move |[drawn]| drawn / median)
        });
        let turnover = Turnover {
            rows,
            opening,
            supply,
            leave: build.uniforms(Purpose::Churn, Scope::Month),
            come: (arrivals > 0.0).then(|| build.uniforms(Purpose::Demand, Scope::Month)),
            means: self.means(slot.n_months),
            of_median,
            since: slot.since,
        };
        build.stage(Phase::Operate, turnover);
        let business = Business {
            power: rows.power,
            luck: None,
            spent: None,
            fixed: Coefficient::Same(0.0),
        };
        business.build(&self.claimed, slot, build)
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let opening = self.terms.subscribers.get();
        let stay = 1.0 - self.terms.churn.get();
        let mut subscribers = opening;
        let means = self.means(n_months);
        let later = means[1..].iter().map(|come| {
            subscribers = subscribers.mul_add(stay, *come);
            subscribers / opening
        });
        let power: Vec<f64> = std::iter::once(1.0).chain(later).collect();
        Business::expected(&self.claimed, &power)
    }
}

/// A churn that is a range has no other spread.
fn read(reader: &mut Reader<'_>) -> Subscription {
    let claimed = Claimed::starting(reader);
    let mut terms = Terms::take(reader);
    if terms.churn.is_of_class() && reader.says("churn_spread") {
        // a spread that is written is in place of the range of the class
        terms.churn = terms.churn.without_spread();
    }
    if !terms.churn.is_point() {
        if reader.says("churn_spread") {
            let fault = Diagnostic::new("law", "the range of `churn` says how far it spreads")
                .at(reader.place_of("churn_spread"), "one of them is too much")
                .and(reader.place_of("churn"), "is a range")
                .note("help", "no `churn_spread`, or one number as `churn`");
            reader.fault(fault);
        }
        terms.churn_spread = LogSpread::default();
        reader.forget("churn_spread");
    }
    Subscription { claimed, terms }
}

impl Subscription {
    /// Mean number of the first month.
    fn arrivals(&self) -> f64 {
        match self.terms.arrivals {
            Some(per_year) => per_year.get() / STEPS_PER_YEAR,
            None => self.terms.churn.get() * self.terms.subscribers.get(),
        }
    }

    /// Mean numbers of months 0, 1, …; nobody comes in month 0.
    fn means(&self, n_months: u32) -> Vec<f64> {
        let log_growth = ln_1p(self.terms.arrivals_growth.get()) / STEPS_PER_YEAR;
        let later = (0..n_months).map(|month| self.arrivals() * exp(log_growth * f64::from(month)));
        std::iter::once(0.0).chain(later).collect()
    }

    fn provider(&self) -> Provider {
        Provider {
            gross_margin: self.terms.gross_margin.get(),
            per_year: self.terms.repricing.get(),
            log_size: ln(self.terms.repricing_size.get()),
            spread: self.terms.repricing_spread.get(),
            half_life_months: f64::from(self.terms.repricing_half_life.months()),
            patience_months: f64::from(self.terms.closes_after.months()),
        }
    }
}

#[derive(Clone, Copy)]
struct Rows {
    subscribers: Row,
    /// Of those at the start.
    part: Row,
    /// Chance to leave in a month.
    churn: Row,
    power: Row,
}

struct Open {
    rows: Rows,
    opening: Coefficient,
    churn: Coefficient,
    spread: f64,
    /// Where among all products this one stands.
    score: Option<Draw>,
}

impl Stage for Open {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        *cx.rows.get_mut(self.rows.subscribers) = self.opening.of_paths(cx.rows);
        cx.rows.get_mut(self.rows.part).fill(1.0);
        cx.rows.get_mut(self.rows.power).fill(1.0);
        let median = self.churn.of_paths(cx.rows);
        let churn = cx.rows.get_mut(self.rows.churn);
        *churn = median;
        if let Some(draw) = self.score {
            let score = cx.draws.row(draw);
            for lane in 0..LANES {
                churn[lane] = lesser(median[lane] * exp(self.spread * score[lane]), 1.0);
            }
        }
    }
}

/// Who leaves and who comes in a month.
struct Turnover {
    rows: Rows,
    opening: Coefficient,
    supply: Option<Supply>,
    leave: Draw,
    come: Option<Draw>,
    /// Those who are expected to come in months 0, 1, …
    means: Vec<f64>,
    /// Arrivals of a path in those at the median, if they are drawn.
    of_median: Option<Coefficient>,
    /// When the product stands, if that is told by a row.
    since: Option<Row>,
}

impl Stage for Turnover {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let churn = *cx.rows.get(self.rows.churn);
        let leave = cx.draws.row(self.leave);
        let mut subscribers = *cx.rows.get(self.rows.subscribers);
        for lane in 0..LANES {
            subscribers[lane] -= binomial(leave[lane], subscribers[lane], churn[lane]);
        }
        if let Some(draw) = self.come {
            let come = cx.draws.row(draw);
            let mut means = of_own_month(&self.means, self.since, cx);
            if let Some(drawn) = self.of_median {
                means *= &drawn.of_paths(cx.rows);
            }
            for lane in 0..LANES {
                subscribers[lane] += poisson(come[lane], means[lane]);
            }
        }
        if let Some(supply) = self.supply {
            let losing = cx.rows.get(supply.losing);
            for lane in 0..LANES {
                if losing[lane] >= supply.patience {
                    subscribers[lane] = 0.0;
                }
            }
        }
        let mut part = subscribers;
        let opening = self.opening.of_paths(cx.rows);
        part.each(|lane, own| own / opening[lane]);
        *cx.rows.get_mut(self.rows.subscribers) = subscribers;
        *cx.rows.get_mut(self.rows.part) = part;
        if let Some(supply) = self.supply {
            part *= cx.rows.get(supply.margin);
        }
        *cx.rows.get_mut(self.rows.power) = part;
    }
}
