//! Kind `content`: sites that earn from visits. Visits grow into a niche, fade as pages age, and change
//! with ranking updates.
//!
//! In: size of the niche, aging, ranking updates, owned audience, fixed costs. Out: [`Content`]. Not here:
//! a ban or a lasting loss of one platform, which are events.
//!
//! ```text
//! N = min(x·K·(owned + (1 − owned)·F), K) visits: the part x of the niche's limit K for existing pages
//! x' = x·e^r/(1 + x(e^r − 1))             logistic, exact for any month (Beverton and Holt 1957)
//! K' = K·2^(−(1 − renewed)/half-life)     aging of pages
//! F' = F·e^(Y − a/12)                     Y = n(μ − s²/2) + √n·s·z: n ~ Poisson(rate/12) ranking updates,
//!                                         a: rate at which AI answers replace visits
//! power = (N/N_0 − fixed)/(1 − fixed)     relative income; below 0 the site is given up
//! luck  = exp(v·z − v²/2)                 random factor on the visits of a month
//! ```
//!
//! `x` and `K` are the same on all paths unless their keys are ranges, so a path usually keeps only F.

mod counted;
mod luck;
mod present_value;
mod trend;
mod updates;

use super::brand::BrandDeals;
use super::{
    Asset, Business, Claimed, Coefficient, Description, Earning, Expected, Facts, Slot, State, VISITS, Whole,
};
use crate::form::{Drawn, Group, Kind, Preset};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::exp;
use crate::math::{LANES, lesser};
use crate::parameters;
use crate::stage::{Build, Cx, Phase, Row, Stage};
use crate::units::{
    CostShare, DecayRate, Fraction, GrowthRate, HalfLife, Headroom, Intensity, LogMean, LogSpread,
};
pub use counted::COUNTED;
use present_value::{SiteNow, SiteValue};
use std::sync::Arc;
use trend::{Trend, TrendTerms};
use updates::Updates;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "content",
    doc: "Sites that live on visits: they grow into their niche, age, and are moved by how platforms rank them.",
    example: "roi = \"30 %\"\nroi_law = \"point\"\nniche = 1.5\ngrowth = \"120 %/year\"\npage_half_life = \"24 months\"\nrenewed = 0.5\nai_answers = \"10 %/year\"\nupdates = \"0/year\"\nupdate_mean = -0.02\nupdate_sd = 0.15\nowned_audience = 0.1\nfixed_costs = 0.1\nvisits_log_sd = 0\n",
    fields: Content::FIELDS,
    read: |reader| {
        let sites = Content { claimed: Claimed::starting(reader), ..Content::take(reader) };
        if let Some(deals) = &sites.brand_deals {
            deals.check(reader);
        }
        Arc::new(sites)
    },
};

parameters! {
    /// An asset of kind `content`: sites of one niche, their visits and how these grow and fade.
    pub struct Content {
        /// Most visits that the niche gives the existing pages, as a multiple of those at the start: 1 is a
        /// site that cannot grow.
        niche: Drawn<Headroom> = Preset::Class,
        /// Rate at which visits grow while there is room in the niche; near its limit they grow more
        /// slowly. A rate of 120 % a year makes e^1.2 = 3.3 of a small site in a year.
        growth: Drawn<GrowthRate> = Preset::Class,
        /// Time after which a page has half of its visits left, if nothing new is published.
        page_half_life: Drawn<HalfLife> = Preset::Class,
        /// Part of that aging which new pages offset; their cost is part of the fixed costs.
        renewed: Drawn<Fraction> = Preset::Class,
        /// Ranking updates of the platforms that send the visits. Their effect lasts; later ones come on top.
        updates: Drawn<Intensity> = Preset::Class,
        /// Logarithm of the mean factor by which an update multiplies visits: it is the same whatever
        /// `update_sd` is.
        update_mean: LogMean = Preset::Class,
        /// Standard deviation of an update's effect on the logarithm of visits.
        update_sd: Drawn<LogSpread> = Preset::Class,
        /// Rate at which platforms send fewer visits because AI answers replace them: a rate of 10 % a year
        /// leaves e^-0.1 = 90 %.
        ai_answers: Drawn<DecayRate> = Preset::Class,
        /// Part of the visits that ranking updates do not affect: newsletter subscribers, direct visitors.
        /// An event that cuts the site's income cuts theirs too.
        owned_audience: Drawn<Fraction> = Preset::Class,
        /// Costs of tools and writing that do not depend on visits, as a part of the first month's revenue.
        /// The site is given up when visits no longer pay them; a bad month or an event can still cause a
        /// loss.
        fixed_costs: Drawn<CostShare> = Preset::Class,
        /// Standard deviation of the logarithm of a month's visits around what is expected of them.
        visits_log_sd: Drawn<LogSpread> = Preset::Class,
        /// Deals with brands: their number a year and the mean size of one, in months of income. They are a
        /// part of the income of the first month, for a site before its costs, and vary with works or
        /// visits. A site stated by `visits` has `deals` in money instead.
        brand_deals: Option<BrandDeals> = Preset::Absent => "{ rate = \"3/year\", size = 0.5 }",
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
    }
}

impl Asset for Content {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        Facts {
            may_lose: self.fixed_costs.get() > 0.0,
            states: &[State { id: VISITS, title: "visits", whole: Whole::Start, is_alive: true }],
            ..Facts::BUSINESS
        }
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let rows = SiteRows { power: build.row(), moved: build.row(), now: slot.states[0] };
        let updates = (self.updates.get() > 0.0).then(|| Updates::build(self, build));
        let fixed = match slot.stated.and_then(|stated| stated.fixed_costs) {
            Some(row) => Coefficient::PerPath(row),
            None => build.drawn("fixed_costs", &self.fixed_costs),
        };
        build.fill(&[rows.power, rows.moved, rows.now], 1.0);
        let TrendTerms { trend, pace, niche } = Trend::build(self, slot, build);
        let owned = build.drawn("owned_audience", &self.owned_audience);
        let ai_answers = build.drawn("ai_answers", &self.ai_answers);
        let answered = Coefficient::from([ai_answers], build, |[rate]| answered(rate));
        let [factor, variance] = self.moved(updates.as_ref(), ai_answers, build);
        let ahead = SiteValue::build(pace[0], pace[1], factor, variance, build);
        let row = ahead.row;
        let at_first = ahead.clone();
        build.open(
            #[inline(always)]
            move |cx| {
                let [most, owned, fixed] = [niche, owned, fixed].map(|of| of.of_paths(cx.rows));
                let now = |lane: usize| SiteNow::of(1.0, most[lane], 1.0, owned[lane], fixed[lane]);
                at_first.follow(now, cx);
            },
        );
        build.stage(
            Phase::Operate,
            Advance {
                has_buyers: slot.has_buyers,
                rows,
                updates,
                trend,
                answered,
                owned,
                fixed,
                ahead,
                pays: slot.stated.map(|stated| stated.factor),
            },
        );
        let spread = build.drawn("visits_log_sd", &self.visits_log_sd);
        let deals = self.brand_deals.as_ref().map(|deals| deals.build(slot.stated, build));
        let luck = (self.visits_log_sd.get() > 0.0).then(|| luck::build(spread, deals, build));
        let business = Business {
            luck: luck.or(deals),
            fixed: Coefficient::from([fixed], build, |[fixed]| fixed / (1.0 - fixed)),
            ..Business::of(rows.power, row)
        };
        business.build(&self.claimed, slot, build)
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let mean = self.mean_factor();
        let (fixed, owned) = (self.fixed_costs.get(), self.owned_audience.get());
        let (mut moved, mut is_open) = (1.0, true);
        let months = self.without_updates(n_months + 1).into_iter().zip(self.most(n_months + 1));
        let power = months.map(|(expected, most)| {
            let power = power_of(lesser(expected * reached(moved, owned), most), fixed);
            let now = SiteNow::of(expected, most, moved, owned, fixed);
            let ahead = self.ahead(now);
            moved *= mean;
            is_open &= power >= 0.0;
            if is_open { [power, ahead] } else { [0.0; 2] }
        });
        Business::expected(&self.claimed, &power.collect::<Vec<_>>())
    }
}

/// Visits as a multiple of those without ranking changes. `moved` is the factor on the visits sent by
/// platforms, `owned` the fraction of visits that platforms do not send.
#[inline(always)]
fn reached(moved: f64, owned: f64) -> f64 {
    (1.0 - owned).mul_add(moved, owned)
}

/// Income relative to the first month, if the site has `visits` times its visits of the first month. `fixed`
/// are the fixed costs as a fraction of the first month's revenue.
#[inline(always)]
fn power_of(visits: f64, fixed: f64) -> f64 {
    (visits - fixed) / (1.0 - fixed)
}

/// Monthly factor by which AI answers reduce visits from platforms, at this yearly rate.
#[inline(always)]
fn answered(rate: f64) -> f64 {
    exp(-rate / STEPS_PER_YEAR)
}

#[derive(Clone, Copy)]
struct SiteRows {
    power: Row,
    /// Factor of ranking updates and AI answers on visits from platforms.
    moved: Row,
    /// Visits of the month relative to the first month.
    now: Row,
}

/// Stage that advances a site to the next month.
struct Advance {
    /// True if other assets depend on the site's visits, so that it is never given up.
    has_buyers: bool,
    rows: SiteRows,
    updates: Option<Updates>,
    trend: Trend,
    /// Monthly factor on visits from platforms, because of AI answers.
    answered: Coefficient,
    owned: Coefficient,
    fixed: Coefficient,
    ahead: SiteValue,
    /// 0 on paths where the first month's income does not cover the fixed costs: the site is given up at
    /// once. `None` if the income is not drawn.
    pays: Option<Row>,
}

impl Stage for Advance {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let [expected, most] = self.trend.advance(cx);
        let owned = self.owned.of_paths(cx.rows);
        let answered = self.answered.of_paths(cx.rows);
        if let Some(updates) = &self.updates {
            updates.strike(self.rows.moved, cx);
        }
        let [now, moved] = cx.rows.pair(self.rows.now, self.rows.moved);
        for lane in 0..LANES {
            moved[lane] *= answered[lane];
            now[lane] = lesser(reached(moved[lane], owned[lane]) * expected[lane], most[lane]);
        }
        let fixed = self.fixed.of_paths(cx.rows);
        let [now, power] = cx.rows.pair(self.rows.now, self.rows.power);
        for lane in 0..LANES {
            let next = power_of(now[lane], fixed[lane]);
            // A site that was given up stays closed.
            let is_open = self.has_buyers || (power[lane] > 0.0 && next > 0.0);
            power[lane] = if is_open { next } else { 0.0 };
            now[lane] = if is_open { now[lane] } else { 0.0 };
        }
        if let Some(row) = self.pays {
            self.give_up(row, cx);
        }
        let moved = *cx.rows.get(self.rows.moved);
        let now =
            |lane: usize| SiteNow::of(expected[lane], most[lane], moved[lane], owned[lane], fixed[lane]);
        self.ahead.follow(now, cx);
    }
}

impl Advance {
    /// Closes the site on paths where `pays` is 0, as its income does not cover the costs. Its visits remain if other
    /// assets depend on them.
    #[inline(always)]
    fn give_up(&self, pays: Row, cx: &mut Cx<'_>) {
        let kept = if self.has_buyers { 1.0 } else { 0.0 };
        for (row, kept) in [(self.rows.power, 0.0), (self.rows.now, kept)] {
            let [row, pays] = cx.rows.pair(row, pays);
            row.each(|lane, own| if pays[lane] > 0.0 { own } else { kept * own });
        }
    }
}
