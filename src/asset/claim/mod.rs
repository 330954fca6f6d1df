//! Kind `claim`: takes the brochure's ROI at its word and lets volatility and decay act on it.
//!
//! In: `roi` and how to read it. Out: [`Claim`], its growth, its income, its decay. Not here:
//! jumps and volatility, which every asset has; mechanisms (units, subscribers, visits).
//!
//! ```text
//! m = law's quantile of [low, high]      one draw per path, constant over the horizon
//! G = (1 + m)^(1/12)                     expected gross growth of a month, income reinvested
//! income = χ·max(0, G − 1)·V·ξ, E ξ = 1  χ = income_share; ln ξ is a stationary AR(1)
//! E[price'] = G·price − E[income]        decay then takes 1 − e^(−δ/12) of it
//! ```
//!
//! With everything reinvested and δ = 0, `E[V after one year | m] = 1 + m` exactly.

mod decay;
mod noise;
mod roi;

use super::{Asset, Earning, Income, Slot};
use crate::choices;
use crate::form::{Diagnostic, Group, Kind, Preset, Reader, Table};
use crate::market::STEPS_PER_YEAR;
use crate::math::elementary::expm1;
use crate::parameters;
use crate::stage::Build;
use crate::units::{DecayRate, Delay, Fraction, LogSpread, Roi, RoiRange, per_cent, plain};
use std::sync::Arc;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "claim",
    doc: "The claimed ROI at its word: a yearly gross return, before decay, losses, costs and tax.",
    example: "roi = \"22-35 %\"\nroi_law = \"p05-p95\"\nroi_basis = \"gross\"\nincome_share = 0.9\ndecay = \"23 %/year\"\n",
    fields: Claim::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

choices! {
    /// Which distribution the ends of a claimed range describe.
    pub enum RoiLaw: "law of a range" {
        /// 5th and 95th percentile of a lognormal growth factor.
        Percentiles = "p05-p95",
        /// Every return between the ends is as likely as any other.
        Uniform = "uniform",
        /// Least, most likely and greatest.
        Pert = "pert",
        /// One number, known for certain.
        Point = "point",
    }
}

choices! {
    /// What was already taken off a claimed return.
    pub enum RoiBasis: "basis of a return" {
        /// Nothing: decay, losses, costs and tax still come.
        Gross = "gross",
        /// Decay and losses of the class.
        Net = "net",
    }
}

parameters! {
    /// What is claimed for an asset. All rates are fractions per year.
    pub struct Claim {
        /// The claimed return per year, income reinvested, before decay, losses, costs and tax.
        /// A range is read by `roi_law`; one draw per path, the same for the whole horizon.
        roi: RoiRange = Preset::Class,
        /// How the range is read: "p05-p95" (its ends are the 5th and 95th percentiles of a
        /// lognormal growth factor), "uniform", "pert" (needs `roi_mode`) or "point" (one number).
        roi_law: RoiLaw = Preset::Class,
        /// The most likely return, for `roi_law = "pert"`.
        roi_mode: Option<Roi> = Preset::Class,
        /// "gross": decay, losses, costs and tax still come off. "net": the decay, the loss events
        /// and the jumps of the class are already in it, so they are off.
        roi_basis: RoiBasis = Preset::Class,
        /// Part of the return that is paid out each month; the rest is growth of the price.
        income_share: Fraction = Preset::Class,
        /// Rate at which value is lost, before events: shutdowns, ageing, saturation. A rate of
        /// 23 % a year leaves e^-0.23 = 79 % of the value after a year.
        /// It acts every month after the market has moved; the income of that month is not cut.
        decay: DecayRate = Preset::Class,
        /// Standard deviation of the logarithm of a month's income around its expectation.
        income_log_sd: Option<LogSpread> = Preset::Class => "0.43",
        /// Time after which half of such a deviation of income is gone.
        income_half_life: Option<Delay> = Preset::Class,
    }
}

impl Asset for Claim {
    fn kind(&self) -> &'static str {
        KIND.id
    }

    fn written(&self) -> Table {
        let mut table = Group::written(self);
        if self.roi_basis == RoiBasis::Net {
            // A net claim has no decay, and to say so beside it would be refused.
            table.remove("decay");
        }
        table
    }

    fn claimed(&self) -> f64 {
        self.law().median()
    }

    fn without_decay(&self) -> Option<Arc<dyn Asset>> {
        (self.decay.get() > 0.0).then(|| {
            let mut left = self.clone();
            left.decay = no_decay();
            Arc::new(left) as Arc<dyn Asset>
        })
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let share = self.income_share.get();
        let growth = roi::build(&self.law(), share, slot, build);
        if self.decay.get() > 0.0 {
            decay::build(slot.value, self.lost_per_step(), build);
        }
        let income = (share > 0.0).then(|| Income {
            rate: growth.income,
            factor: self.noise().map(|noise| noise::build(&noise, build)),
        });
        Earning {
            growth: growth.price,
            income,
        }
    }

    fn noiseless(&self, n_months: u32) -> f64 {
        let surplus = roi::monthly(self.law().median()) - 1.0;
        let (price, income) = roi::split(surplus, self.income_share.get());
        let month = price * (1.0 - self.lost_per_step()) + income;
        (0..n_months).fold(1.0, |value, _| value * month)
    }
}

impl Claim {
    /// The law of the yearly return; a range without a width is known, whatever reads it.
    fn law(&self) -> roi::Law {
        let (low, high) = (self.roi.low().get(), self.roi.high().get());
        if self.roi.is_point() {
            return roi::Law::Point(low);
        }
        match (self.roi_law, self.roi_mode) {
            (RoiLaw::Uniform, _) => roi::Law::Uniform { low, high },
            (RoiLaw::Pert, Some(mode)) => roi::Law::Pert {
                low,
                mode: mode.get(),
                high,
            },
            _ => roi::Law::Percentiles { low, high },
        }
    }

    /// Share of the value that decay takes in a month, `1 − e^(−δ/12)`.
    fn lost_per_step(&self) -> f64 {
        -expm1(-self.decay.get() / STEPS_PER_YEAR)
    }

    fn noise(&self) -> Option<noise::Noise> {
        let (deviation, half_life) = (self.income_log_sd?, self.income_half_life?);
        Some(noise::Noise {
            half_life_months: half_life.months(),
            log_deviation: deviation.get(),
        })
    }
}

fn read(reader: &mut Reader<'_>) -> Claim {
    let mut claim = Claim::take(reader);
    if claim.roi_basis == RoiBasis::Net {
        without_decay(&mut claim, reader);
    }
    if reader.sound(&["roi", "roi_law", "roi_mode"]) {
        match claim.roi_law {
            RoiLaw::Pert => check_mode(&claim, reader),
            RoiLaw::Point => check_point(&claim, reader),
            RoiLaw::Percentiles | RoiLaw::Uniform => {}
        }
        if claim.roi_law != RoiLaw::Pert {
            without_mode(&mut claim, reader);
        }
    }
    if reader.sound(&["income_log_sd", "income_half_life"]) {
        check_income_noise(&claim, reader);
    }
    claim
}

fn without_decay(claim: &mut Claim, reader: &mut Reader<'_>) {
    if reader.says("decay") && claim.decay.get() != 0.0 {
        let fault = Diagnostic::new("basis", "a net ROI has its decay already in it")
            .at(reader.place_of("decay"), "would be taken off twice")
            .and(reader.place_of("roi_basis"), "net of decay")
            .write("roi_basis = \"gross\"")
            .note("help", "or no `decay`");
        reader.fault(fault);
    }
    claim.decay = no_decay();
    reader.forget("decay");
}

fn no_decay() -> DecayRate {
    DecayRate::new(0.0).expect("no decay is a decay")
}

fn check_mode(claim: &Claim, reader: &mut Reader<'_>) {
    let (low, high) = (claim.roi.low().get(), claim.roi.high().get());
    let Some(mode) = claim.roi_mode.map(Roi::get) else {
        let middle = per_cent(0.5 * (low + high)).replace(',', "_");
        let fault = Diagnostic::new("law", "a \"pert\" law needs its most likely ROI")
            .at(reader.place_of("roi_law"), "needs `roi_mode`")
            .write(format!("roi_mode = \"{middle}\""));
        reader.fault(fault);
        return;
    };
    if mode < low || mode > high {
        let fault = Diagnostic::new("law", "the most likely ROI lies outside its range")
            .at(
                reader.place_of("roi_mode"),
                format!("must lie between {} and {}", plain(low), plain(high)),
            )
            .and(reader.place_of("roi"), "the range");
        reader.fault(fault);
    }
}

fn check_point(claim: &Claim, reader: &mut Reader<'_>) {
    if claim.roi.is_point() {
        return;
    }
    let fault = Diagnostic::new("law", "a \"point\" is one number")
        .at(reader.place_of("roi"), "this is a range")
        .and(reader.place_of("roi_law"), "asks for one number")
        .write("roi_law = \"p05-p95\"");
    reader.fault(fault);
}

fn without_mode(claim: &mut Claim, reader: &mut Reader<'_>) {
    if reader.says("roi_mode") {
        let law = claim.roi_law.word();
        let fault = Diagnostic::new("law", format!("a \"{law}\" law has no most likely ROI"))
            .at(reader.place_of("roi_mode"), "would have no effect")
            .write("roi_law = \"pert\"")
            .note("help", "or no `roi_mode`");
        reader.fault(fault);
    }
    claim.roi_mode = None;
    reader.forget("roi_mode");
}

/// A deviation without a duration, or the other way round, is no process.
fn check_income_noise(claim: &Claim, reader: &mut Reader<'_>) {
    let (given, missing) = match (claim.income_log_sd, claim.income_half_life) {
        (Some(_), None) => ("income_log_sd", "income_half_life = \"6 weeks\""),
        (None, Some(_)) => ("income_half_life", "income_log_sd = 0.43"),
        _ => return,
    };
    let fault = Diagnostic::new("income", "the noise of an income needs both its keys")
        .at(reader.place_of(given), "does not stand alone")
        .write(missing);
    reader.fault(fault);
}
