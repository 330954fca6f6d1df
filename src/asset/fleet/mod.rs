//! Kind `unit-fleet`: many small units, each of which earns, loses its edge, is found out, seeded anew or given up.
//!
//! In: `roi` of the healthy fleet, how units decay, close, are looked after. Out: [`Fleet`]. Not here: what a
//! business is worth (`business`), models that collapse (`event`).
//!
//! ```text
//! N = H + D + R + S      healthy, decayed and not found, being seeded anew, closed for good
//! power = (A_H·u + e·A_D)/N  A: sums of sizes (`sizes`), e: `decayed_income`, u: what tests add (`uplift`), 1 without
//! ```
//!
//! Counts, not units: 5,000 cost what 50 do. A month moves them all at once, by their numbers at its start (`month`); in
//! the mean they move as `expected` says.

mod ahead;
mod expected;
mod luck;
mod month;
mod sizes;
mod uplift;

use super::{
    Asset, Audits, Business, Care, Claimed, Coefficient, Earning, Expected, MOST_STATES, Slot,
    State, Tended, Told, wear,
};
use crate::choices;
use crate::form::{Diagnostic, Drawn, Group, Kind, Preset, Reader, Table};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::{exp, expm1};
use crate::parameters;
use crate::stage::Build;
use crate::units::{
    Count, DecayRate, Delay, Fraction, GrowthRate, HalfLife, Headroom, Hours, LogSpread, Span,
    WeeklyHours,
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
    fields: Terms::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

choices! {
    /// What becomes of a unit that an audit found decayed.
    pub enum Found: "fate of what an audit finds" {
        /// It is down for a while, then as good as new.
        Reseed = "re-seed",
        /// It is closed for good.
        Sunset = "sunset",
    }
}

/// Units that share a model, a builder and an auditor.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    pub claimed: Claimed,
    pub terms: Terms,
}

parameters! {
    /// What happens to the units of a fleet.
    pub struct Terms {
        /// Units on day one, all healthy.
        units: Count = Preset::Class,
        /// Time in which half of the healthy units lose their edge; "never" if none does.
        algorithm_half_life: Drawn<HalfLife> = Preset::Class,
        /// What a decayed unit earns, of what a healthy one does.
        decayed_income: Drawn<Fraction> = Preset::Class => "0.4",
        /// Rate at which units that run, healthy or not, are closed for good: of 23 % a year 79 % are left after one.
        shutdown: Drawn<DecayRate> = Preset::Class,
        /// Hours a week in which somebody looks at units, healthy or not, to find those that have decayed; 0 if nobody
        /// does.
        audit: WeeklyHours = Preset::Class,
        /// Hours that it takes to look at one unit.
        hours_per_audit: Hours = Preset::Class,
        /// Chance that who looks at a decayed unit sees it.
        detection: Drawn<Fraction> = Preset::Class => "0.8",
        /// What becomes of a unit that was found: "re-seed" (down for `reseed_time`, then as good as new, for
        /// `reseed_cost`) or "sunset" (closed for good).
        found: Found = Preset::Class,
        /// What seeding a unit anew costs, as the time in which a healthy unit earns it; paid when it is found.
        reseed_cost: Drawn<Delay> = Preset::Class => "\"1 month\"",
        /// Whole months after the one in which a unit is found in which it earns nothing.
        reseed_time: Span = Preset::Class => "\"2 months\"",
        /// Rate at which tests of prices and pages raise what a healthy unit earns while it is looked at every month; less as
        /// audits look at fewer units. It is gone with the unit's edge, and of all units when a model collapses.
        uplift: Drawn<GrowthRate> = Preset::Class,
        /// Most that such tests can make of what a unit earns.
        uplift_limit: Drawn<Headroom> = Preset::Class,
        /// Standard deviation of the logarithm of the sizes of units. A unit of twice the size earns twice as much.
        /// It keeps its size when it is restarted. Sizes change no mean: all together the units earn what they are
        /// said to, and whether one closes, decays or is looked at does not depend on its size. 0 if all are of one
        /// size.
        unit_size_log_sd: LogSpread = Preset::Class => "1.55",
        /// Standard deviation of the logarithm of what one unit earns in a month around its mean, each unit and month
        /// by itself; absent, units earn their mean.
        unit_income_log_sd: Option<LogSpread> = Preset::Class => "0.5",
    }
}

impl Asset for Fleet {
    fn told(&self) -> Told<'_> {
        (KIND.id, &self.claimed, &self.terms)
    }

    fn terms(&self) -> Table {
        let mut table = Group::written(&self.terms);
        if self.terms.found == Found::Sunset {
            for key in RESEEDING {
                table.remove(key);
            }
        }
        table
    }

    fn is_business(&self) -> bool {
        true
    }

    fn may_lose(&self) -> bool {
        self.rates().cost > 0.0
    }

    fn care(&self) -> Care {
        let terms = &self.terms;
        let audits = Audits {
            hours: terms.audit.get() * Delay::WEEKS_PER_MONTH,
            per_unit: terms.hours_per_audit.get(),
        };
        Care { units: f64::from(terms.units.get()), audits: Some(audits) }
    }

    fn states(&self) -> &'static [State] {
        &STATES
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let deviation = self.terms.unit_income_log_sd;
        let terms = &self.terms;
        let half_life = build.drawn("algorithm_half_life", &terms.algorithm_half_life);
        let shutdown = build.drawn("shutdown", &terms.shutdown);
        let detection = build.drawn("detection", &terms.detection);
        let rates = self.rates();
        let own = Own {
            decays: Coefficient::from([half_life], build, chance_to_decay),
            closes: Coefficient::from([shutdown], build, |[rate]| wear::per_step(rate)),
            overlooked: Coefficient::from([detection], build, |[detection]| 1.0 - detection),
            decayed_income: build.drawn("decayed_income", &terms.decayed_income),
            cost: match rates.down {
                Some(_) => build.drawn("reseed_cost", &terms.reseed_cost),
                None => Coefficient::Same(0.0),
            },
            uplift: rates.uplift.map(|_| self.own_uplift(build)),
        };
        let rates = (rates, self.sizes());
        let (units, rows) = month::build(rates, own, slot.states, deviation, build);
        let business =
            Business { luck: rows.luck, spent: rows.spent, ..Business::of(rows.power, rows.ahead) };
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

/// Where its units are, in parts of all.
const STATES: [State; MOST_STATES] = [
    State { id: "healthy", title: "healthy units", whole: ALL, is_alive: false },
    State { id: "decayed", title: "decayed units", whole: ALL, is_alive: false },
    State { id: "down", title: "units being re-seeded", whole: ALL, is_alive: false },
    State { id: "closed", title: "closed units", whole: ALL, is_alive: false },
];
const ALL: &str = "all units";

/// Keys of what is not seeded anew.
const RESEEDING: [&str; 2] = ["reseed_cost", "reseed_time"];

/// What moves the units of a fleet in a month.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Rates {
    /// Units on day one.
    all: f64,
    /// Chance that a healthy unit decays: `1 − 2^(−1/half-life)`.
    decays: f64,
    /// Chance that a unit that runs is closed: `1 − e^(−δ/12)`.
    closes: f64,
    /// Units that are looked at, `⌊hours a month/hours per audit⌋`.
    audits: f64,
    /// Chance that a decayed one among them is seen.
    detection: f64,
    /// What a decayed unit earns of what a healthy one does.
    decayed_income: f64,
    /// What a find costs, in months of a healthy unit's income.
    cost: f64,
    /// Months for which a find is down; nothing if it is closed.
    down: Option<u32>,
    /// Nothing if nobody tests.
    uplift: Option<Uplift>,
}

/// What is drawn, on each path; `Rates` has it at the medians.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Own {
    decays: Coefficient,
    closes: Coefficient,
    /// Chance that who looks at a decayed unit does not see it.
    overlooked: Coefficient,
    decayed_income: Coefficient,
    cost: Coefficient,
    /// Rise of a month and its limit, as `Uplift` has them.
    uplift: Option<[Coefficient; 2]>,
}

/// `1 − 2^(−1/half-life)`
#[inline(always)]
fn chance_to_decay([half_life]: [f64; 1]) -> f64 {
    1.0 - exp(-core::f64::consts::LN_2 / half_life)
}

/// `e^(x/12) − 1`
#[inline(always)]
fn monthly_rise([rate]: [f64; 1]) -> f64 {
    expm1(rate / STEPS_PER_YEAR)
}

impl Fleet {
    fn rates(&self) -> Rates {
        let terms = &self.terms;
        let hours = terms.audit.get() * Delay::WEEKS_PER_MONTH;
        let reseeds = terms.found == Found::Reseed;
        let detection = terms.detection.get();
        let audits = (hours / terms.hours_per_audit.get()).floor();
        Rates {
            all: f64::from(terms.units.get()),
            decays: chance_to_decay([terms.algorithm_half_life.get()]),
            closes: wear::per_step(terms.shutdown.get()),
            audits: if detection > 0.0 { audits } else { 0.0 },
            detection,
            decayed_income: terms.decayed_income.get(),
            cost: if reseeds { terms.reseed_cost.get() } else { 0.0 },
            down: reseeds.then(|| terms.reseed_time.months()),
            uplift: (terms.uplift.get() > 0.0 && audits > 0.0 && detection > 0.0).then(|| Uplift {
                monthly: monthly_rise([terms.uplift.get()]),
                limit: terms.uplift_limit.get(),
            }),
        }
    }

    fn own_uplift(&self, build: &mut Build) -> [Coefficient; 2] {
        let rise = build.drawn("uplift", &self.terms.uplift);
        let limit = build.drawn("uplift_limit", &self.terms.uplift_limit);
        [Coefficient::from([rise], build, monthly_rise), limit]
    }

    /// Sizes of the units, an integral; `None` if all are of one size.
    fn sizes(&self) -> Option<Sizes> {
        let terms = &self.terms;
        Sizes::of(f64::from(terms.units.get()), terms.unit_size_log_sd.get())
    }
}

fn read(reader: &mut Reader<'_>) -> Fleet {
    let claimed = Claimed::starting(reader);
    let terms = Terms::take(reader);
    if terms.uplift.get() == 0.0 {
        reader.forget("uplift_limit");
    }
    if reader.sound(&["found"]) && terms.found == Found::Sunset {
        for key in RESEEDING {
            if reader.says(key) {
                let fault = Diagnostic::new("choice", format!("a sunset has no `{key}`"))
                    .at(reader.place_of(key), "has no effect here")
                    .write("found = \"re-seed\"")
                    .note("help", format!("or no `{key}`"));
                reader.fault(fault);
            }
            reader.forget(key);
        }
    }
    Fleet { claimed, terms }
}
