//! Kind `subscription`: a product whose subscribers come and leave, with a provider who may raise the
//! price.
//!
//! In: its keys. Out: [`Subscription`], its subscribers. Not here: arrivals and their cost (`arrivals`),
//! churn (`churn`), the provider's price (`provider`), the steps of a month (`turnover`), value and income
//! of the product (`Business`).
//!
//! ```text
//! c     = min(1, k·churn·exp(s·z))           z standard normal per path, s = churn_spread, k: see `churn`
//!         min(1, k·churn)                    if `churn` is a range
//! a_t   = a·2^(−(t − 1)/h)                   h = arrivals_half_life
//! S_t   = S_{t−1} − Bin(S_{t−1}, c) + Poisson(a_t)
//! power = (S/S_0·margin − κ·a_t/a)/(1 − κ)   κ: fraction of the first month's margin spent on acquisition;
//!                                            in the denominator with every range at its median
//! ```
//!
//! The margin is 1 until the first price increase; S and the power are 0 once the product is closed. With
//! churn and arrivals known and h infinite, `S_t ~ Bin(S_0, (1 − c)^t) + Poisson(a(1 − (1 − c)^t)/c)`.
//! Source: J. F. C. Kingman, *Poisson Processes* (1993), for the thinning of arrivals.

mod arrivals;
mod churn;
mod outlook;
mod present_value;
mod provider;
mod table;
mod turnover;

use super::{Asset, Business, Claimed, Description, Doubt, Earning, Expected, Facts, Slot, State, Whole};
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::parameters;
use crate::stage::Build;
use crate::units::{
    Count, Delay, HalfLife, Inflow, Intensity, LogSpread, Money, MonthlyProbability, Multiple, PositiveShare,
    Span,
};
use arrivals::Arrivals;
use provider::Provider;
use std::sync::Arc;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "subscription",
    doc: "A product with subscribers who come, at a cost, and leave, and a provider who may raise his price.",
    example: "roi = \"22-35 %\"\nroi_law = \"p05-p95\"\nsubscribers = 2_000\nchurn = \"5 %/month\"\nchurn_spread = 0\n\
              arrivals_share = \"5.5 %/month\"\narrivals_half_life = \"36 months\"\nacquisition_payback = \"6 months\"\n\
              gross_margin = 0.52\nrepricing = 0\nrepricing_size = 5\n\
              repricing_spread = 1\nrepricing_half_life = \"13 months\"\ncloses_after = \"3 months\"\n",
    fields: Subscription::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

parameters! {
    /// An asset of kind `subscription`: a product whose subscribers come and leave, and its provider's price.
    pub struct Subscription {
        /// Number of subscribers at the start.
        subscribers: Drawn<Count> = Preset::Required => "400",
        /// Chance that a subscriber leaves in a month, independently of the others.
        churn: Drawn<MonthlyProbability> = Preset::Class => "\"5 %/month\"",
        /// Standard deviation of the logarithm of churn between products: one draw per path, for the whole
        /// horizon. The mean number of subscribers over the horizon stays what it is with `churn` on all
        /// paths. A range of `churn` says that itself, keeps the same mean, and has no other spread.
        churn_spread: LogSpread = Preset::Class => "0.5",
        /// Mean number of subscribers who come in the first month; later fewer do (`arrivals_half_life`).
        /// Without it, `arrivals_share` of those at the start.
        arrivals: Option<Drawn<Inflow>> = Preset::Absent => "\"4.5/month\"",
        /// Subscribers who come in the first month as a part of those at the start, where `arrivals` is not
        /// written. It does not follow `churn`: a higher churn brings no more arrivals.
        arrivals_share: Drawn<MonthlyProbability> = Preset::Class => "\"5 %/month\"",
        /// Time after which half as many come as at first: others offer the same, and lists run dry.
        /// "never" if as many come for ever.
        arrivals_half_life: Drawn<HalfLife> = Preset::Class => "\"36 months\"",
        /// Cost of winning a subscriber, as the time in which the margin from one pays it back: after
        /// provider costs, before the cost of winning others. Income and `roi` are those of the first month
        /// after this cost, at the medians of ranges.
        acquisition_payback: Drawn<Delay> = Preset::Class => "\"6 months\"",
        /// Cost of winning a subscriber in money, at the median of `roi`; stands in place of
        /// `acquisition_payback`.
        acquisition_cost: Option<Drawn<Money>> = Preset::Absent => "60",
        /// Part of the revenue that is left after the costs of models and interfaces, from the first month
        /// on. An event that raises a provider's price takes a part of the revenue: the smaller the margin,
        /// the more of the income.
        gross_margin: Drawn<PositiveShare> = Preset::Class => "0.52",
        /// How often the provider raises the price, by chance; 0 is never. The event `provider-repricing`
        /// models the same for products that share a provider: write one of them.
        repricing: Drawn<Intensity> = Preset::Class => "\"0.05/year\"",
        /// Median factor by which an increase multiplies the price.
        repricing_size: Drawn<Multiple> = Preset::Class => "5",
        /// Standard deviation of the logarithm of that factor.
        repricing_spread: LogSpread = Preset::Class => "1",
        /// Time after which half of the price above that of the start is gone, as competitors ask less.
        repricing_half_life: Span = Preset::Class => "\"13 months\"",
        /// A product that has cost more than it brought for so long, month after month, is closed for good.
        closes_after: Span = Preset::Class => "\"1 month\"",
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
        /// Acquisition cost of a subscriber in months of a subscriber's margin, with every range at its median.
        payback: f64,
    }
}

/// Part of the margin that winning subscribers may take without a warning.
const NEARLY_ALL: f64 = 0.75;

/// Pairs of alternative keys: the optional one, and the one that applies if it is not written.
const TWINS: [[&str; 2]; 2] = [["arrivals", "arrivals_share"], ["acquisition_cost", "acquisition_payback"]];

impl Asset for Subscription {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        Facts {
            may_lose: self.provider().may_take_all() || self.arrivals().cost > 0.0,
            spends: self.gross_margin.get() < 1.0,
            states: &[State { id: "subscribers", title: "subscribers", whole: Whole::Start, is_alive: true }],
            ..Facts::BUSINESS
        }
    }

    fn replaced(&self) -> Vec<&'static str> {
        let is_written = [self.arrivals.is_some(), self.acquisition_cost.is_some()];
        let twins = TWINS.into_iter().zip(is_written);
        twins.filter_map(|([_, instead], is_written)| is_written.then_some(instead)).collect()
    }

    fn doubts(&self) -> Vec<Doubt> {
        self.doubted()
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        turnover::build(self, slot, build).build(&self.claimed, slot, build)
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let arrivals = self.arrivals();
        let churn = self.churn.get();
        let subscribers = arrivals.subscribers(churn, n_months);
        let ahead = self.ahead_at_medians();
        let month = |(month, subscribers): (u32, f64)| {
            let power = arrivals.net(subscribers / arrivals.opening, arrivals.fade(month));
            [power, ahead(subscribers, month)]
        };
        let power: Vec<[f64; 2]> = (1..).zip(subscribers).map(month).collect();
        Business::expected(&self.claimed, &power)
    }
}

impl Subscription {
    /// Mean number of arrivals in the first month, with every range at its median.
    fn first_arrivals(&self) -> f64 {
        match self.arrivals {
            Some(per_year) => per_year.get() / STEPS_PER_YEAR,
            None => self.arrivals_share.get() * self.subscribers.get(),
        }
    }

    /// Arrivals with every range at its median.
    fn arrivals(&self) -> Arrivals {
        let opening = self.subscribers.get();
        let first = self.first_arrivals();
        Arrivals {
            opening,
            first,
            half_life_months: self.arrivals_half_life.get(),
            cost: self.payback * first / opening,
        }
    }

    /// The provider's price increases, at the median of the gross margin.
    fn provider(&self) -> Provider {
        Provider {
            gross_margin: self.gross_margin.get(),
            per_year: provider::points(&self.repricing),
            sizes: provider::points(&self.repricing_size),
            spread: self.repricing_spread.get(),
            half_life_months: f64::from(self.repricing_half_life.months()),
        }
    }

    /// Warnings about arrivals that never decline, and about subscribers who leave before their margin has
    /// paid for winning them.
    fn doubted(&self) -> Vec<Doubt> {
        let mut doubts = Vec::new();
        if self.first_arrivals() == 0.0 {
            return doubts;
        }
        if self.arrivals_half_life.get() == HalfLife::NEVER.months() {
            doubts.push(Doubt {
                key: "arrivals_half_life",
                is: "\"never\"".to_owned(),
                effect: "as many subscribers come for ever, and the result is too optimistic",
                advice: "Write a time such as \"36 months\"",
            });
        }
        let churn = self.churn.get();
        let (key, is) = match self.acquisition_cost {
            Some(cost) => ("acquisition_cost", crate::units::grouped(cost.get(), 0)),
            None => ("acquisition_payback", format!("\"{} months\"", crate::units::plain(self.payback))),
        };
        // A churn of 1 has its own warning.
        if self.payback * churn > 1.0 && churn < 1.0 {
            doubts.push(Doubt {
                key,
                is,
                effect: "a subscriber leaves before he has brought what winning him costs (margin ÷ churn), so each one who \
                         comes is a loss",
                advice: "Write less than the mean stay of a subscriber brings, or `arrivals = 0`",
            });
        } else if self.arrivals().cost > NEARLY_ALL {
            doubts.push(Doubt {
                key,
                is,
                effect: "winning subscribers takes nearly all of the margin, which the stated income implies to be far \
                         larger; as fewer come this cost becomes profit, so the result is too optimistic",
                advice: "Write a lower cost, fewer `arrivals`, or the `subscribers` that pay the income",
            });
        }
        doubts
    }
}

fn read(reader: &mut Reader<'_>) -> Subscription {
    let mut read = Subscription { claimed: Claimed::starting(reader), ..Subscription::take(reader) };
    spread_once(&mut read, reader);
    for [written, instead] in TWINS {
        if !reader.says(written) {
            continue;
        }
        reader.excuse(instead);
        reader.forget(instead);
        if reader.says(instead) {
            fault!(reader, "subscription", "`{written}` says what `{instead}` says";
                reader.place_of(written) => "one of them must go"; reader.place_of(instead) => "also set here";
                help: "`{written}`, or `{instead}`");
        }
    }
    read.payback = payback(&read, reader);
    check_cost(&read, reader);
    read
}

/// Refuses `churn_spread` beside a range of `churn`, which already is a spread.
fn spread_once(product: &mut Subscription, reader: &mut Reader<'_>) {
    if product.churn.is_of_class() && reader.says("churn_spread") {
        // A written spread replaces the class's range of churn.
        product.churn = product.churn.without_spread();
        reader.fix_default("churn");
    }
    if product.churn.is_point() {
        return;
    }
    if reader.says("churn_spread") {
        fault!(reader, "law", "the range of `churn` says how far it spreads";
            "churn_spread" => "one of them must go"; "churn" => "is a range";
            help: "no `churn_spread`, or one number as `churn`");
    }
    product.churn_spread = LogSpread::default();
    reader.forget("churn_spread");
}

/// Acquisition cost in months of a subscriber's margin, with every range at its median. With `S_0`
/// subscribers, income I of the first month after acquisition, and cost A for each of `a` arrivals, the
/// margin is `(I + a·A)/S_0`.
fn payback(product: &Subscription, reader: &Reader<'_>) -> f64 {
    let Some(cost) = product.acquisition_cost else {
        return product.acquisition_payback.get();
    };
    let (cost, come) = (cost.get(), product.first_arrivals());
    let value = reader.glance::<Money>("value").map_or(0.0, Money::get);
    let income = value * product.claimed.law().median().max(0.0) / STEPS_PER_YEAR;
    let margin = income + come * cost;
    // A return of 0 is reported elsewhere.
    if income > 0.0 { cost * product.subscribers.get() / margin } else { 0.0 }
}

/// Refuses acquisition costs that consume the whole margin of the first month.
fn check_cost(read: &Subscription, reader: &mut Reader<'_>) {
    let is_sound = reader.sound(&["subscribers", "arrivals", "arrivals_share", "acquisition_payback"]);
    if !is_sound || read.arrivals().cost < 1.0 {
        return;
    }
    let key = if reader.says("acquisition_payback") { "acquisition_payback" } else { "arrivals" };
    fault!(reader, "subscription", "winning subscribers costs all that they bring";
        reader.place_of(key) => "nothing is left of the first month";
        help: "fewer `arrivals`, a shorter `acquisition_payback`, or `acquisition_cost` in money";
        rule: "arrivals a month, times acquisition_payback in months, are fewer than subscribers");
}
