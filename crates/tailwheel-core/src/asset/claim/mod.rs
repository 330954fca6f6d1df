//! Kind `claim`: takes the claimed ROI as given, then applies volatility and decay.
//!
//! In: `roi` and how to read it. Out: [`Claim`], its growth, its income, its decay. Not here: jumps and
//! volatility, which every asset has; mechanisms (units, subscribers, visits).
//!
//! ```text
//! m = law's quantile of [low, high]      one draw per path, constant over the horizon
//! G = (1 + m)^(1/12)                     expected gross growth of a month, income reinvested
//! income = χ·max(0, G − 1)·V·ξ, E ξ = 1  χ = income_share; ln ξ is a stationary AR(1)
//! E[price'] = G·price − E[income]        decay then takes 1 − e^(−δ/12) of it
//! ```
//!
//! With everything reinvested and δ = 0, `E[V after one year | m] = 1 + m` exactly.

use super::{
    Asset, Claimed, Coefficient, Description, Earning, Expected, Facts, Income, Removable, Slot, noise, roi,
    wear,
};
use crate::book::Cause;
use crate::choices;
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::parameters;
use crate::stage::Build;
use crate::units::{DecayRate, Delay, Fraction, LogSpread};
use std::sync::Arc;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "claim",
    doc: "The claimed ROI at its word: a yearly gross return, before decay, losses, costs and tax.",
    example: "roi = \"22-35 %\"\nroi_law = \"p05-p95\"\nroi_basis = \"gross\"\nincome_share = 0.9\ndecay = \"23 %/year\"\n",
    fields: Claim::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

choices! {
    /// Deductions that a claimed return already contains.
    pub enum RoiBasis: "basis of a return" {
        /// No deduction: decay, losses, costs and tax still come off.
        Gross = "gross",
        /// Decay and losses of the class are already deducted.
        Net = "net",
    }
}

parameters! {
    /// An asset of kind `claim`: its payout and its decay. All rates are fractions per year.
    pub struct Claim {
        /// "gross": decay, losses, costs and tax still come off. "net": the decay, the loss events
        /// and the jumps of the class are already in it, so they are off.
        roi_basis: RoiBasis = Preset::Class,
        /// Part of the return that is paid out each month; the rest is growth of the price.
        income_share: Fraction = Preset::Class,
        /// Rate at which value is lost, before events: shutdowns, aging, saturation. A rate of 23 % a year
        /// leaves e^-0.23 = 79 % of the value after a year. It acts every month after the market has moved;
        /// the income of that month is not cut.
        decay: Drawn<DecayRate> = Preset::Class,
        /// Standard deviation of the logarithm of a month's income around its expectation; for a mechanism,
        /// that of its varying part: the base yield of pools, a rent.
        income_log_sd: Option<LogSpread> = Preset::Class => "0.43",
        /// Time after which half of such a deviation of income is gone.
        income_half_life: Option<Delay> = Preset::Class,
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
    }
}

impl Asset for Claim {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        Facts { is_claim: true, keeps_return: true, ..Facts::HOLDING }
    }

    fn replaced(&self) -> Vec<&'static str> {
        // A net claim already includes decay; writing the key beside it would be refused.
        if self.roi_basis == RoiBasis::Net { vec!["decay"] } else { Vec::new() }
    }

    fn without(&self, part: Removable) -> Option<Arc<dyn Asset>> {
        let decays = self.decay.get() > 0.0;
        (decays && part == Removable::Decay)
            .then(|| Arc::new(Self { decay: wear::none(), ..self.clone() }) as Arc<dyn Asset>)
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let share = self.income_share.get();
        let growth = roi::build(self.claimed.law(), share, slot, build);
        let decay = build.drawn("decay", &self.decay);
        let lost = Coefficient::from([decay], build, |[decay]| wear::per_step(decay));
        wear::build(slot.value, lost, Cause::Decay, build);
        let income = (share > 0.0).then(|| Income::OfValue {
            rate: growth.income,
            factor: noise::build(self.income_log_sd, self.income_half_life, build),
        });
        Earning::held(growth.price, income, slot.start)
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let surplus = roi::monthly(self.claimed.law().median()) - 1.0;
        let (price, income) = roi::split(surplus, self.income_share.get());
        let growth = price * (1.0 - wear::per_step(self.decay.get()));
        vec![Expected { growth, income }; n_months as usize]
    }
}

impl Claim {
    /// An asset that returns `claimed` without deductions and pays it out in full.
    pub fn at_its_word(claimed: Claimed) -> Self {
        Self {
            claimed,
            roi_basis: RoiBasis::Gross,
            income_share: Fraction::new(1.0).expect("all is a part"),
            decay: wear::none(),
            income_log_sd: None,
            income_half_life: None,
        }
    }
}

fn read(reader: &mut Reader<'_>) -> Claim {
    let mut claim = Claim { claimed: Claimed::read(reader), ..Claim::take(reader) };
    if claim.roi_basis == RoiBasis::Net {
        without_decay(&mut claim, reader);
    }
    noise::check(claim.income_log_sd, claim.income_half_life, reader);
    claim
}

fn without_decay(claim: &mut Claim, reader: &mut Reader<'_>) {
    if reader.says("decay") && claim.decay.get() != 0.0 {
        fault!(reader, "basis", "a net ROI has its decay already in it"; "decay" => "would be taken off twice";
            "roi_basis" => "net of decay"; write: "roi_basis = \"gross\""; help: "or no `decay`");
    }
    claim.decay = wear::none();
    reader.forget("decay");
}
