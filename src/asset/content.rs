//! Kind `content`: sites that live on visits, which grow towards what their niche holds, fade as pages age, and move
//! when platforms change how they rank.
//!
//! In: size of the niche, ageing, ranking updates, audience of its own, fixed costs. Out: [`Content`]. Not here: a ban
//! or a lasting hit by one platform, which are events.
//!
//! ```text
//! N = x·K·(owned + (1 − owned)·F)         visits are a part x of what the niche gives its pages
//! x' = x·e^r/(1 + x(e^r − 1))             logistic, exact for any month (Beverton and Holt 1957)
//! K' = K·2^(−(1 − renewed)/half-life)     pages age
//! F' = F·e^Y                              Y = nμ + √n·s·z: n ~ Poisson(rate/12) ranking updates of the month
//! power = (N/N_0 − fixed)/(1 − fixed)     income follows visits, fixed costs do not; below 0 the site is given up
//! luck  = exp(v·z − v²/2)                 of the visits of a month
//! ```
//!
//! `x` and `K` are the same on all paths, so a path keeps one number, F.

use super::brand::BrandDeals;
use super::launch::of_own_month;
use super::{Asset, Business, Claimed, Earning, Expected, Slot, State, Told, VISITS};
use crate::form::{Group, Kind, Preset};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1};
use crate::math::{LANES, Lanes};
use crate::parameters;
use crate::random::Purpose;
use crate::random::discrete::Counts;
use crate::stage::{Build, Cx, Draw, Phase, Row, Scope, Stage};
use crate::units::{
    CostShare, Fraction, GrowthRate, HalfLife, Headroom, Intensity, LogMean, LogSpread,
};
use std::sync::Arc;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "content",
    doc: "Sites that live on visits: they grow into their niche, age, and are moved by how platforms rank them.",
    example: "roi = \"30 %\"\nroi_law = \"point\"\nniche = 1.5\ngrowth = \"120 %/year\"\npage_half_life = \"24 months\"\nrenewed = 0.5\nupdates = \"0/year\"\nupdate_mean = -0.02\nupdate_sd = 0.15\nowned_audience = 0.1\nfixed_costs = 0.1\nvisits_log_sd = 0\n",
    fields: Visits::FIELDS,
    read: |reader| {
        let claimed = Claimed::starting(reader);
        let visits = Visits::take(reader);
        if let Some(deals) = &visits.brand_deals {
            deals.check(reader);
        }
        Arc::new(Content { claimed, visits })
    },
};

/// Sites of one niche.
#[derive(Clone, Debug, PartialEq)]
pub struct Content {
    pub claimed: Claimed,
    pub visits: Visits,
}

parameters! {
    /// What brings visits and what takes them away.
    pub struct Visits {
        /// Most visits that the niche gives the pages there are, as a multiple of those at the start: 1 is a site that has
        /// all it can have.
        niche: Headroom = Preset::Class,
        /// Rate at which visits grow while there is room in the niche; near its limit they grow more slowly. A rate of 120 %
        /// a year makes e^1.2 = 3.3 of a small site in a year.
        growth: GrowthRate = Preset::Class,
        /// Time after which a page has half of its visits left, if nothing new is published.
        page_half_life: HalfLife = Preset::Class,
        /// Part of that ageing which new pages make good; their price is in the fixed costs.
        renewed: Fraction = Preset::Class,
        /// Ranking updates of the platforms that send the visits. Their effect lasts; later ones come on top.
        updates: Intensity = Preset::Class,
        /// Mean of an update's effect on the logarithm of visits.
        update_mean: LogMean = Preset::Class,
        /// Standard deviation of it.
        update_sd: LogSpread = Preset::Class,
        /// Part of the visits that ranking updates cannot touch: subscribers of a letter, readers who come by themselves.
        /// An event that cuts the site's income cuts what they bring too.
        owned_audience: Fraction = Preset::Class,
        /// Tools and writing that cost the same however many visit, a part of the revenue of the first month. Where
        /// visits fall below it the site is given up; a month without luck or an event can still cost more than it brings.
        fixed_costs: CostShare = Preset::Class,
        /// Standard deviation of the logarithm of a month's visits around what is expected of them.
        visits_log_sd: LogSpread = Preset::Class,
        /// Deals with brands, a part of what comes in in the first month, of a site before its costs, which come and go with the works
        /// or the visits: how many a year, and how much one brings on average, in months of that. Of a site told by `visits`
        /// `deals` says it in money.
        brand_deals: Option<BrandDeals> = Preset::Absent => "{ rate = \"3/year\", size = 0.5 }",
    }
}

impl Asset for Content {
    fn told(&self) -> Told<'_> {
        (KIND.id, &self.claimed, &self.visits)
    }

    fn is_business(&self) -> bool {
        true
    }

    fn may_lose(&self) -> bool {
        self.visits.fixed_costs.get() > 0.0
    }

    fn states(&self) -> &'static [State] {
        &[State {
            id: VISITS,
            title: "visits",
            whole: "those at the start",
        }]
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let visits = &self.visits;
        let rows = Rows {
            power: build.row(),
            moved: build.row(),
            now: slot.states[0],
        };
        let updates = (visits.updates.get() > 0.0).then(|| Updates {
            counts: Counts::poisson(visits.updates.get() / STEPS_PER_YEAR)
                .expect("a number of events per year has a mean that fits"),
            count: build.uniforms(Purpose::UpdateCount, Scope::Month),
            size: build.normals(Purpose::UpdateSize, Scope::Month),
            mean: visits.update_mean.get(),
            sd: visits.update_sd.get(),
        });
        let fixed = visits.fixed_costs.get();
        build.stage(Phase::Open, Open(rows));
        let expected = visits.without_updates(slot.n_months + 1);
        build.stage(
            Phase::Operate,
            Advance {
                has_buyers: slot.has_buyers,
                since: slot.since,
                rows,
                updates,
                expected,
                owned: visits.owned_audience.get(),
                fixed,
            },
        );
        let spread = visits.visits_log_sd.get();
        let deals = visits.brand_deals.as_ref().map(|deals| deals.build(build));
        let luck = (spread > 0.0).then(|| {
            let row = build.row();
            let visitors = build.normals(Purpose::Visits, Scope::Month);
            build.stage(
                Phase::Operate,
                Luck {
                    row,
                    visitors,
                    spread,
                    deals,
                },
            );
            row
        });
        let business = Business {
            luck: luck.or(deals),
            fixed: fixed / (1.0 - fixed),
            ..Business::of(rows.power)
        };
        business.build(&self.claimed, slot, build)
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let (visits, mean) = (&self.visits, self.visits.mean_factor());
        let (fixed, owned) = (visits.fixed_costs.get(), visits.owned_audience.get());
        let (mut moved, mut is_open) = (1.0, true);
        let power = visits.without_updates(n_months + 1).into_iter();
        let power = power.map(|expected| {
            let power = power_of(expected * reached(moved, owned), fixed);
            moved *= mean;
            is_open &= power >= 0.0;
            if is_open { power } else { 0.0 }
        });
        Business::expected(&self.claimed, &power.collect::<Vec<_>>())
    }
}

/// Visits that are left of one where updates have moved those of platforms by a factor.
#[inline(always)]
fn reached(moved: f64, owned: f64) -> f64 {
    (1.0 - owned).mul_add(moved, owned)
}

/// What is earned with `visits` times those at the start.
#[inline(always)]
fn power_of(visits: f64, fixed: f64) -> f64 {
    (visits - fixed) / (1.0 - fixed)
}

impl Visits {
    /// Visits at the start of months 1, 2, … in those of the first, as far as they do not vary.
    fn without_updates(&self, n_months: u32) -> Vec<f64> {
        let faster = exp(self.growth.get() / STEPS_PER_YEAR);
        let halvings = (1.0 - self.renewed.get()) / self.page_half_life.months();
        let kept = exp(-std::f64::consts::LN_2 * halvings);
        let first = 1.0 / self.niche.get();
        let (mut part, mut aged) = (first, 1.0);
        let months = (0..n_months).map(|_| {
            let visits = part / first * aged;
            part *= faster / (faster - 1.0).mul_add(part, 1.0);
            aged *= kept;
            visits
        });
        months.collect()
    }

    /// `E e^Y = exp(rate/12·(exp(μ + s²/2) − 1))`.
    fn mean_factor(&self) -> f64 {
        let (mean, sd) = (self.update_mean.get(), self.update_sd.get());
        let of_one = expm1(0.5f64.mul_add(sd * sd, mean));
        exp(self.updates.get() / STEPS_PER_YEAR * of_one)
    }
}

#[derive(Clone, Copy)]
struct Rows {
    power: Row,
    /// What updates have made of the visits.
    moved: Row,
    /// Visits.
    now: Row,
}

struct Open(Rows);

impl Stage for Open {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        for row in [self.0.power, self.0.moved, self.0.now] {
            cx.rows.get_mut(row).fill(1.0);
        }
    }
}

struct Updates {
    counts: Counts,
    count: Draw,
    size: Draw,
    mean: f64,
    sd: f64,
}

/// Visits of the next month.
struct Advance {
    /// Whether others live on its visits, so that nobody gives it up.
    has_buyers: bool,
    /// When it stands, if that is told by a row.
    since: Option<Row>,
    rows: Rows,
    updates: Option<Updates>,
    /// Visits at the start of month 1, 2, … but for that.
    expected: Vec<f64>,
    owned: f64,
    fixed: f64,
}

impl Stage for Advance {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let expected = of_own_month(&self.expected, self.since, cx);
        let [now, moved] = cx.rows.pair(self.rows.now, self.rows.moved);
        if let Some(updates) = &self.updates {
            let mut count = Lanes::ZERO;
            let uniforms = cx.draws.row(updates.count);
            updates.counts.counts(uniforms, &mut count);
            let size = cx.draws.row(updates.size);
            for lane in 0..LANES {
                let effect = (updates.sd * count[lane].sqrt())
                    .mul_add(size[lane], updates.mean * count[lane]);
                moved[lane] *= exp(effect);
            }
        }
        for lane in 0..LANES {
            now[lane] = reached(moved[lane], self.owned) * expected[lane];
        }
        let [now, power] = cx.rows.pair(self.rows.now, self.rows.power);
        for lane in 0..LANES {
            let next = power_of(now[lane], self.fixed);
            // what was given up stays so
            let is_open = self.has_buyers || (power[lane] > 0.0 && next > 0.0);
            power[lane] = if is_open { next } else { 0.0 };
            now[lane] = if is_open { now[lane] } else { 0.0 };
        }
    }
}

struct Luck {
    row: Row,
    visitors: Draw,
    spread: f64,
    /// That of deals with brands, if there are any.
    deals: Option<Row>,
}

impl Stage for Luck {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let visitors = cx.draws.row(self.visitors);
        let luck = cx.rows.get_mut(self.row);
        for lane in 0..LANES {
            luck[lane] = exp(self
                .spread
                .mul_add(visitors[lane], -0.5 * self.spread * self.spread));
        }
        if let Some(row) = self.deals {
            let [luck, deals] = cx.rows.pair(self.row, row);
            *luck *= &*deals;
        }
    }
}
