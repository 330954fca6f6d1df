//! Kind `royalty-catalogue`: licensed works. A few of them earn nearly everything. All age, new ones join,
//! and the works of others crowd the market.
//!
//! In: number of works and their inequality, aging (`age`), crowding, a gap in the market, releases, brand
//! deals. Out: [`Catalogue`]. Not here: delayed payment (`payment_lag` of every asset), claims for damages
//! (`event`).
//!
//! ```text
//! month 1   the best of `works` works earns the share h, all others 1 − h       [`Spread`]
//! month     best' = best·d·exp(τz − τ²/2)      others' = others·d      d = 2^(−1/half-life)
//!           n ~ Poisson(releases/12) new works join at X/works each, E X = 1; `best` is the best of old
//! and new
//! power     = (best + others)·s^(t−1)·(1 − γ + γ·2^(−(t−1)/gap half-life))      s = e^(−crowding/12)
//! luck      = 1 − b + size·Σ of the deals of the month, b = rate/12·size, E luck = 1
//! spent     = n·release cost/works
//! ```

mod age;
mod counted;
mod present_value;
mod stock;

use super::brand::BrandDeals;
use super::spread::Spread;
use super::{
    Asset, Business, Claimed, Coefficient, Description, Earning, Expected, Facts, Slot, State, Whole, wear,
};
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::exp;
use crate::parameters;
use crate::stage::Build;
use crate::units::{Count, DecayRate, Delay, Fraction, Intensity, LogSpread, Multiple, TailIndex, plain};
use age::Fading;
pub use counted::COUNTED;
use present_value::WorksValue;
use std::sync::Arc;
use stock::{Factors, Releases, Stock};

pub const KIND: Kind<dyn Asset> = Kind {
    id: "royalty-catalogue",
    doc: "Works that are licensed over and over: a few earn nearly everything, all age, and others fill the market.",
    example: "roi = \"30 %\"\nroi_law = \"point\"\nworks = 300\nworks_log_sd = 3.0\nhalf_life = \"18 months\"\npopularity_log_sd = 0\ncrowding = \"15 %/year\"\ngap_share = 0.2\ngap_half_life = \"6 months\"\nreleases = \"0/year\"\nrelease_cost = 12\nlasting = 0.2\nlasting_half_life = \"162 months\"\nage = \"24 months\"\n",
    fields: Catalogue::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

parameters! {
    /// An asset of kind `royalty-catalogue`: licensed works of one owner, and how their income changes.
    pub struct Catalogue {
        /// Works that are there at the start.
        works: Count = Preset::Class,
        /// How unequal works are: standard deviation of the logarithm of what they earn, a lognormal law.
        /// With 3 the best hundredth of many works earns three quarters of all.
        works_log_sd: Option<LogSpread> = Preset::Class,
        /// Tail of a Pareto law, in place of `works_log_sd`: works that earn more than x are as rare as
        /// x^-tail. It lies above 1, as there is no mean below; up to 2 there is no variance, and means of
        /// runs with releases settle slowly.
        works_tail: Option<TailIndex> = Preset::Absent => "2.5",
        /// Time after which a work earns half.
        half_life: Drawn<Delay> = Preset::Class,
        /// Part of a new work's income that lasts: it halves in every `lasting_half_life`, the rest in every
        /// `half_life`, so that works fade more slowly as they grow old. Without it all fade at one rate, old
        /// ones like new ones.
        lasting: Option<Drawn<Fraction>> = Preset::Absent => "0.2",
        /// Time after which half of the part that lasts is gone.
        lasting_half_life: Option<Delay> = Preset::Class,
        /// Age of the works that are there at the start, 0 if it is not written. The older they are, the
        /// more of what they earn is the part that lasts.
        age: Option<Delay> = Preset::Absent => "\"96 months\"",
        /// Standard deviation by which the popularity of the best work moves in a month, as a logarithm:
        /// hits fade faster or slower than others. That of the many others averages out.
        popularity_log_sd: LogSpread = Preset::Class,
        /// Rate at which all works earn less as the supply of others' works grows. A rate of 15 % a year
        /// leaves e^-0.15 = 86 %.
        crowding: Drawn<DecayRate> = Preset::Class,
        /// Part of the income of the first month that is there because a gap in the market is not filled yet.
        gap_share: Drawn<Fraction> = Preset::Class,
        /// Time after which competitors have filled half of that gap.
        gap_half_life: Drawn<Delay> = Preset::Class,
        /// New works a year. In the month after its release a work earns on average what one of the start
        /// does in month one, less what crowding and the gap have taken.
        releases: Drawn<Intensity> = Preset::Class,
        /// Cost of a new work, in months of the average income of an initial work in month one.
        release_cost: Drawn<Multiple> = Preset::Class,
        /// Deals with brands: their number a year and the mean size of one, in months of income. They are a
        /// part of the income of the first month, for a site before its costs, and vary with works or
        /// visits. A site stated by `visits` has `deals` in money instead.
        brand_deals: Option<BrandDeals> = Preset::Absent => "{ rate = \"3/year\", size = 0.5 }",
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
    }
}

/// Reported states of a catalog: its income and that of its best work.
const STATES: [State; 2] = [
    State { id: "royalties", title: "royalties", whole: Whole::Start, is_alive: true },
    State { id: "best_work", title: "income of the best work", whole: Whole::Other, is_alive: false },
];

impl Asset for Catalogue {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        Facts {
            may_lose: self.spent() > 0.0,
            has_variance: self.releases.get() == 0.0 || self.spread().has_variance(),
            states: &STATES,
            ..Facts::BUSINESS
        }
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let half_life = build.drawn("half_life", &self.half_life);
        let kept = Coefficient::from([half_life], build, |[half_life]| wear::left(1.0, half_life));
        let lasting = Fading::of(self).zip(self.lasting).map(|(fading, lasting)| {
            let of_new = build.drawn("lasting", &lasting);
            fading.build(self, half_life, of_new, build)
        });
        let [crowding, gap, closes] = [
            build.drawn("crowding", &self.crowding),
            build.drawn("gap_share", &self.gap_share),
            build.drawn("gap_half_life", &self.gap_half_life),
        ];
        let slow = lasting.map_or(kept, |lasting| Coefficient::Same(lasting.slow()));
        let stock = Stock {
            works: self.works(),
            spread: self.spread(),
            kept,
            lasting,
            popularity: self.popularity_log_sd.get(),
            factors: Factors::build(crowding, gap, closes, slot),
            ahead: WorksValue::build(kept, slow, crowding, closes, build),
            releases: (self.releases.get() > 0.0).then(|| Releases::build(self, build)),
        };
        let spent = stock.spent().filter(|_| self.spent() > 0.0);
        let [power, ahead] = stock.build(slot.states[0], slot.states[1], gap, build);
        let business = Business {
            luck: self.brand_deals.as_ref().map(|deals| deals.build(slot.stated, build)),
            spent,
            ..Business::of(power, ahead)
        };
        business.build(&self.claimed, slot, build)
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let joining = self.releases.get() / STEPS_PER_YEAR / self.works();
        let fading = self.fading();
        let (mut quick, mut slow) = (1.0 - fading.at_start, fading.at_start);
        let [factors, gaps] = self.factors(n_months + 1);
        let power = factors.into_iter().zip(gaps).map(|(factor, gap)| {
            let all = quick + slow;
            let power = all * factor;
            let ahead = power * self.ahead(if all > 0.0 { slow / all } else { 0.0 }, gap);
            quick = fading.quick.mul_add(quick, joining * (1.0 - fading.of_new));
            slow = fading.slow.mul_add(slow, joining * fading.of_new);
            [power, ahead]
        });
        let power: Vec<[f64; 2]> = power.collect();
        let mut months = Business::expected(&self.claimed, &power);
        let earning = months.iter_mut().zip(&power).filter(|(_, [power, _])| *power > 0.0);
        for (month, [power, _]) in earning {
            month.income *= 1.0 - self.spent() / power;
        }
        months
    }
}

impl Catalogue {
    fn works(&self) -> f64 {
        f64::from(self.works.get())
    }

    fn spread(&self) -> Spread {
        match (self.works_tail, self.works_log_sd) {
            (Some(tail), _) => Spread::Pareto(tail.get()),
            (None, log_sd) => Spread::Lognormal(log_sd.map_or(0.0, LogSpread::get)),
        }
    }

    /// Fraction of a work's income that remains after one month.
    fn kept(&self) -> f64 {
        wear::left(1.0, self.half_life.get())
    }

    /// Average monthly cost of new works, as a fraction of the first month's income.
    fn spent(&self) -> f64 {
        self.releases.get() / STEPS_PER_YEAR * self.release_cost.get() / self.works()
    }

    /// Returns two tables for months 1, 2, …: the factor on income by crowding and by the gap in the market,
    /// and the fraction of income owed to the gap.
    fn factors(&self, n_months: u32) -> [Vec<f64>; 2] {
        stock::tables(self.crowding.get(), self.gap_share.get(), self.gap_half_life.get(), n_months)
    }
}

/// Factor on income after `month` months, at `crowding` by competitors per year. `gap` is the share of the first
/// month's income owed to a gap in the market, `half_life` that of the gap in months.
#[inline(always)]
fn left_to_earn(crowding: f64, gap: f64, half_life: f64, month: f64) -> f64 {
    let open = wear::left(month, half_life);
    exp(-(crowding / STEPS_PER_YEAR) * month) * gap.mul_add(open, 1.0 - gap)
}

/// Fraction of income after `month` months that is owed to the still open gap in the market, from the gap's share of
/// the first month's income and its half-life in months.
#[inline(always)]
fn gap_left(gap: f64, half_life: f64, month: f64) -> f64 {
    let open = gap * wear::left(month, half_life);
    if open > 0.0 { open / (1.0 - gap + open) } else { 0.0 }
}

/// Shortest half-life in months that a key may state. At zero the rate would be infinite.
const SHORTEST: f64 = 0.1;

fn read(reader: &mut Reader<'_>) -> Catalogue {
    let mut catalogue = Catalogue { claimed: Claimed::starting(reader), ..Catalogue::take(reader) };
    if let Some(tail) = catalogue.works_tail {
        check_tail(tail, reader);
        catalogue.works_log_sd = None;
        reader.forget("works_log_sd");
    }
    age::check(&mut catalogue, reader);
    for (key, half_life) in [("half_life", catalogue.half_life), ("gap_half_life", catalogue.gap_half_life)] {
        if reader.sound(&[key]) && half_life.said_ends()[0] < SHORTEST {
            fault!(reader, "range", "`{key}` is too short";
                reader.place_of(key) => "gone before the month is over"; write: "{key} = \"{SHORTEST} months\"";
                rule: "a half-life is at least {SHORTEST} months");
        }
    }
    if let Some(deals) = &catalogue.brand_deals {
        deals.check(reader);
    }
    catalogue
}

/// Refuses a Pareto law without a mean, and a Pareto law beside a lognormal one.
fn check_tail(tail: TailIndex, reader: &mut Reader<'_>) {
    if reader.says("works_log_sd") {
        fault!(reader, "law", "works follow one law"; "works_log_sd" => "of a lognormal law";
            "works_tail" => "of a Pareto law"; help: "leave one of them out");
    }
    if tail.get() <= 1.0 {
        let index = plain(tail.get());
        fault!(reader, "law", "a tail of {index} has no mean"; "works_tail" => "no income to expect";
            such_as: "works_tail = 1.6";
            rule: "the tail of a Pareto law lies above 1; above 2 it has a variance too");
    }
}
