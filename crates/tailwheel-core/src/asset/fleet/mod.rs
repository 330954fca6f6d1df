//! Kind `unit-fleet`: many small units that earn, decay, and are audited, re-seeded or closed.
//!
//! In: `roi` of the healthy fleet, rates of decay and closure, audits. Out: [`Fleet`]. Not here: the value
//! of a business (`business`), model collapse (`event`).
//!
//! ```text
//! N = H + D + R + S      healthy, decayed and undetected, being rebuilt, closed for good
//! power = (A_H·u + e·A_D)/N  A: sums of sizes (`sizes`), e: `decayed_income`, u: gain from tests (`uplift`)
//! ```
//!
//! Only counts are simulated, so that 5,000 units cost as much as 50. A month moves all counts at once,
//! based on those at its start (`month`); their means follow `expected`.

mod expected;
mod luck;
mod month;
mod present_value;
mod sizes;
mod uplift;

use super::{
    Asset, Audits, Care, Claimed, Coefficient, Description, Earning, Expected, Facts, MOST_STATES, Slot,
    State, Tended, Whole, wear,
};
use crate::choices;
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1};
use crate::parameters;
use crate::stage::Build;
use crate::units::{
    Count, DecayRate, Delay, Fraction, GrowthRate, HalfLife, Headroom, Hours, LogSpread, Span, WeeklyHours,
};
use sizes::Sizes;
use std::sync::Arc;
use uplift::Uplift;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "unit-fleet",
    doc: "Many small units that decay, close, are audited and seeded anew; value and income follow what is left.",
    example: "roi = \"22-35 %\"\nroi_law = \"p05-p95\"\nunits = 50\nalgorithm_half_life = \"12 months\"\n\
              decayed_income = 0.4\nshutdown = \"23 %/year\"\naudit = \"7.5 h/week\"\nhours_per_audit = 2\n\
              detection = 0.8\nfound = \"re-seed\"\nreseed_cost = \"1 month\"\nreseed_time = \"2 months\"\n\
              uplift = \"2 %/year\"\nuplift_limit = 1.25\nunit_size_log_sd = 1.55\n",
    fields: Fleet::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

choices! {
    /// Treatment of a unit that an audit found decayed.
    pub enum AuditAction: "fate of what an audit finds" {
        /// The unit is down for `reseed_time`, then as good as new.
        Reseed = "re-seed",
        /// The unit is closed for good.
        Sunset = "sunset",
    }
}

parameters! {
    /// An asset of kind `unit-fleet`: units that share a model, a builder and an auditor, with their decay,
    /// closure, audits and re-seeding.
    pub struct Fleet {
        /// Units on day one, all healthy.
        units: Count = Preset::Class,
        /// Time in which half of the healthy units lose their edge; "never" if none does.
        algorithm_half_life: Drawn<HalfLife> = Preset::Class,
        /// Income of a decayed unit, as a part of that of a healthy one.
        decayed_income: Drawn<Fraction> = Preset::Class => "0.4",
        /// Rate at which running units, healthy or not, are closed for good: at 23 % a year 79 % are left
        /// after one year.
        shutdown: Drawn<DecayRate> = Preset::Class,
        /// Hours a week of audits that look at units, healthy or not, to find decayed ones; 0 without audits.
        audit: WeeklyHours = Preset::Class,
        /// Hours that an audit of one unit takes.
        hours_per_audit: Hours = Preset::Class,
        /// Chance that an audit of a decayed unit finds the decay.
        detection: Drawn<Fraction> = Preset::Class => "0.8",
        /// Treatment of a unit that was found decayed: "re-seed" (down for `reseed_time`, then as good as
        /// new, for `reseed_cost`) or "sunset" (closed for good).
        found: AuditAction = Preset::Class,
        /// Cost of re-seeding a unit, as the time in which a healthy unit earns it; paid when the decay is
        /// found.
        reseed_cost: Drawn<Delay> = Preset::Class => "\"1 month\"",
        /// Whole months without income, after the month in which the decay is found.
        reseed_time: Span = Preset::Class => "\"2 months\"",
        /// Rate at which tests of prices and pages raise the income of a healthy unit that is audited every
        /// month; less as audits cover fewer units. The gain is lost when a unit decays, and for all units
        /// when a model collapses.
        uplift: Drawn<GrowthRate> = Preset::Class,
        /// Largest factor on a unit's income that such tests can reach.
        uplift_limit: Drawn<Headroom> = Preset::Class,
        /// Standard deviation of the logarithm of the sizes of units. A unit of twice the size earns twice
        /// as much. It keeps its size when it is restarted. Sizes change no mean: all together the units
        /// earn what they are said to, and whether one closes, decays or is looked at does not depend on
        /// its size. 0 if all are of one size.
        unit_size_log_sd: LogSpread = Preset::Class => "1.55",
        /// Standard deviation of the logarithm of a unit's monthly income around its mean, independent for
        /// each unit and month; absent, units earn their mean.
        unit_income_log_sd: Option<LogSpread> = Preset::Class => "0.5",
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
    }
}

impl Asset for Fleet {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        let audits =
            Audits { hours: self.audit.get() * Delay::WEEKS_PER_MONTH, per_unit: self.hours_per_audit.get() };
        Facts {
            may_lose: self.rates().cost > 0.0,
            care: Care { units: f64::from(self.units.get()), audits: Some(audits) },
            states: &STATES,
            ..Facts::BUSINESS
        }
    }

    fn replaced(&self) -> Vec<&'static str> {
        if self.found == AuditAction::Sunset { RESEEDING.to_vec() } else { Vec::new() }
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let deviation = self.unit_income_log_sd;
        let half_life = build.drawn("algorithm_half_life", &self.algorithm_half_life);
        let shutdown = build.drawn("shutdown", &self.shutdown);
        let detection = build.drawn("detection", &self.detection);
        let rates = self.rates();
        let own = PathRates {
            decays: Coefficient::from([half_life], build, |[half_life]| chance_to_decay(half_life)),
            closes: Coefficient::from([shutdown], build, |[rate]| wear::per_step(rate)),
            overlooked: Coefficient::from([detection], build, |[detection]| 1.0 - detection),
            decayed_income: build.drawn("decayed_income", &self.decayed_income),
            cost: match rates.down {
                Some(_) => build.drawn("reseed_cost", &self.reseed_cost),
                None => Coefficient::Same(0.0),
            },
            uplift: rates.uplift.map(|_| self.own_uplift(build)),
        };
        let (units, business) = month::build(rates, self.sizes(), own, slot.states, deviation, build);
        let earning = business.build(&self.claimed, slot, build);
        Earning {
            units: Some(units),
            tended: Tended { counts: [Some(units.healthy), Some(units.decayed)], ..earning.tended },
            ..earning
        }
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        expected::months(&self.rates(), self.claimed(), n_months)
    }
}

/// Reported states of a fleet: fractions of all units.
const STATES: [State; MOST_STATES] = [
    State { id: "healthy", title: "healthy units", whole: Whole::Units, is_alive: false },
    State { id: "decayed", title: "decayed units", whole: Whole::Units, is_alive: false },
    State { id: "down", title: "units being rebuilt", whole: Whole::Units, is_alive: false },
    State { id: "closed", title: "closed units", whole: Whole::Units, is_alive: false },
];

/// Keys that only apply if detected units are re-seeded.
const RESEEDING: [&str; 2] = ["reseed_cost", "reseed_time"];

/// Monthly rates of a fleet, with every range at its median.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rates {
    /// Number of units on day one.
    all: f64,
    /// Monthly probability that a healthy unit decays: `1 − 2^(−1/half-life)`, with the half-life in months.
    decays: f64,
    /// Monthly probability that a running unit is closed: `1 − e^(−δ/12)` at the yearly rate δ.
    closes: f64,
    /// Units audited per month: `⌊hours a month/hours per audit⌋`.
    audits: f64,
    /// Probability that an audit detects a decayed unit.
    detection: f64,
    /// Income of a decayed unit relative to a healthy one.
    decayed_income: f64,
    /// Cost of re-seeding a unit found decayed, in months of a healthy unit's income.
    cost: f64,
    /// Months without income while a unit is re-seeded; `None` if detected units are closed.
    down: Option<u32>,
    /// Gain in income from tests of prices and pages; `None` if there are no tests.
    uplift: Option<Uplift>,
}

/// Rates of a fleet, drawn per path if their keys are ranges; `Rates` holds them at the medians.
#[derive(Clone, Copy, Debug, PartialEq)]
struct PathRates {
    decays: Coefficient,
    closes: Coefficient,
    /// Probability that an audit misses a decayed unit.
    overlooked: Coefficient,
    decayed_income: Coefficient,
    cost: Coefficient,
    /// Monthly gain in income from tests of prices and pages, and its largest factor; `None` without tests.
    uplift: Option<[Coefficient; 2]>,
}

/// Monthly probability of decay: `1 − 2^(−1/half-life)`, with the half-life in months.
#[inline(always)]
fn chance_to_decay(half_life: f64) -> f64 {
    1.0 - exp(-core::f64::consts::LN_2 / half_life)
}

/// Monthly gain from tests of prices and pages: `e^(x/12) − 1` at the yearly rate x.
#[inline(always)]
fn monthly_rise(rate: f64) -> f64 {
    expm1(rate / STEPS_PER_YEAR)
}

impl Fleet {
    fn rates(&self) -> Rates {
        let hours = self.audit.get() * Delay::WEEKS_PER_MONTH;
        let reseeds = self.found == AuditAction::Reseed;
        let detection = self.detection.get();
        let audits = (hours / self.hours_per_audit.get()).floor();
        Rates {
            all: f64::from(self.units.get()),
            decays: chance_to_decay(self.algorithm_half_life.get()),
            closes: wear::per_step(self.shutdown.get()),
            audits: if detection > 0.0 { audits } else { 0.0 },
            detection,
            decayed_income: self.decayed_income.get(),
            cost: if reseeds { self.reseed_cost.get() } else { 0.0 },
            down: reseeds.then(|| self.reseed_time.months()),
            uplift: (self.uplift.get() > 0.0 && audits > 0.0 && detection > 0.0)
                .then(|| Uplift { monthly: monthly_rise(self.uplift.get()), limit: self.uplift_limit.get() }),
        }
    }

    fn own_uplift(&self, build: &mut Build) -> [Coefficient; 2] {
        let rise = build.drawn("uplift", &self.uplift);
        let limit = build.drawn("uplift_limit", &self.uplift_limit);
        [Coefficient::from([rise], build, |[rise]| monthly_rise(rise)), limit]
    }

    /// Law of the units' sizes; takes a numerical integral. `None` if all units have equal size.
    fn sizes(&self) -> Option<Sizes> {
        Sizes::of(f64::from(self.units.get()), self.unit_size_log_sd.get())
    }
}

fn read(reader: &mut Reader<'_>) -> Fleet {
    let fleet = Fleet { claimed: Claimed::starting(reader), ..Fleet::take(reader) };
    if fleet.uplift.get() == 0.0 {
        reader.forget("uplift_limit");
    }
    if reader.sound(&["found"]) && fleet.found == AuditAction::Sunset {
        for key in RESEEDING {
            if reader.says(key) {
                fault!(reader, "choice", "a sunset has no `{key}`";
                    reader.place_of(key) => "has no effect here"; write: "found = \"re-seed\"";
                    help: "or no `{key}`");
            }
            reader.forget(key);
        }
    }
    fleet
}
