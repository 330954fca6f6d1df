//! Kind `tokenized-asset`: a fraction of a house, a solar farm or a machine that pays out its net rent.
//!
//! In: `roi` as the net yield of the first month or the gross `rent`, costs, vacancy and disputes. Out:
//! [`Fractions`], a monthly yield on the value. Not here: the token's market price (`market`).
//!
//! ```text
//! costs = maintenance + insurance + manager's fee          per year, of the value
//! rent  = (m + costs)/(1 − vacancy)                        m: first month's net yield, if `roi` is written
//! m     = rent·(1 − vacancy) − costs                       if `rent` is written
//! net_t = V/12·(rent·e^(−d(t − 1)/12)·ξ_t·let_t − costs)   let_t: 1 or 0
//! ```
//!
//! Vacancy, costs and `rent` are those of the path if they are ranges, so that `roi` is net of them on
//! every path. A monthly deficit is taken off the value: a token owes nothing.

mod marking;
mod rent;
mod tenancy;

use super::{
    Asset, Claimed, Coefficient, Description, Earning, Expected, Facts, Income, Slot, noise, roi, wear,
};
use crate::book::Cause;
use crate::form::{Drawn, Group, Kind, Preset, Reader, fault};
use crate::parameters;
use crate::stage::Build;
use crate::units::{AnnualRate, DecayRate, Delay, Fraction, Intensity, LogSpread, Volatility, YieldRate};
use marking::Marking;
use rent::Rent;
use std::sync::Arc;
use tenancy::Tenancy;

pub const KIND: Kind<dyn Asset> = Kind {
    id: "tokenized-asset",
    doc: "Rent, less what the thing and its keepers cost, while somebody pays it; for property, solar farms, machines.",
    example: "roi = \"7-12 %\"\nroi_law = \"p05-p95\"\nvacancy = 0\nvacancy_lasts = \"4 months\"\ndisputes = \"0/year\"\n\
              dispute_lasts = \"3 months\"\nmaintenance = \"1 %/year\"\ninsurance = \"0.5 %/year\"\nmanager_fee = \"1 %/year\"\n\
              appreciation = \"1 %/year\"\ndepreciation = \"3 %/year\"\noutput_decay = \"1.2 %/year\"\n\
              marking = \"appraisal\"\nsmoothing = 0.75\n",
    fields: Fractions::FIELDS,
    read: |reader| Arc::new(read(reader)),
};

parameters! {
    /// An asset of kind `tokenized-asset`: a fraction of something that is rented out, deductions from the rent,
    /// and months without rent. Shares are of the value and per year unless they say otherwise.
    pub struct Fractions {
        /// Rent of a year, a share of the value, while it is let, before vacancy and all costs: in place of
        /// `roi`, which is after them. It follows inflation as far as the value does
        /// (`economy.inflation.property`), and no further.
        rent: Option<Drawn<YieldRate>> = Preset::Absent => "\"12 %/year\"",
        /// Share of the time in which nobody rents it; of a machine, in which it stands still. `roi`
        /// already includes it.
        vacancy: Drawn<Fraction> = Preset::Class => "0.08",
        /// Mean time until it is let again.
        vacancy_lasts: Delay = Preset::Class,
        /// How often a tenant stops paying, while it is let; `roi` does not include that.
        disputes: Drawn<Intensity> = Preset::Class => "\"0.1/year\"",
        /// Mean time without rent in a dispute.
        dispute_lasts: Delay = Preset::Class,
        /// Repairs and upkeep.
        maintenance: Drawn<YieldRate> = Preset::Class,
        /// Insurance, and the tax on owning it.
        insurance: Drawn<YieldRate> = Preset::Class,
        /// Yearly fee of the manager and the custodian: a firm, a platform, a DAO.
        manager_fee: Drawn<YieldRate> = Preset::Class,
        /// Growth of the price; the rent follows it. `roi` does not include it.
        appreciation: AnnualRate = Preset::Class => "\"2 %/year\"",
        /// Rate at which it wears out, and its value and rent with it: a rate of 12 % a year leaves e^-0.12
        /// = 89 %.
        depreciation: Drawn<DecayRate> = Preset::Class,
        /// Rate at which it yields less of a value that stays: panels lose about 1.2 % of their output in a
        /// year.
        output_decay: Drawn<DecayRate> = Preset::Class,
        /// Standard deviation of the logarithm of a month's income around its expectation; for a mechanism,
        /// that of its varying part: the base yield of pools, a rent.
        income_log_sd: Option<LogSpread> = Preset::Class => "0.43",
        /// Time after which half of such a deviation of income is gone.
        income_half_life: Option<Delay> = Preset::Class,
        /// Price shown in statements: "market", or "appraisal", which is smoothed with the month before.
        /// Wealth, losses and sales are at market prices all the same; statements stand beside them.
        marking: Option<Marking> = Preset::Absent => "\"appraisal\"",
        /// Weight of the previous month in an appraisal.
        smoothing: Option<Fraction> = Preset::Class => "0.75",
        /// Volatility of appraised prices, in place of `volatility`, which is that of the market: it is
        /// larger by the factor √((1 + smoothing)/(1 - smoothing)).
        appraised_volatility: Option<Volatility> = Preset::Absent => "0.04",
    } and {
        /// Claimed return, read from keys that all kinds share.
        claimed: Claimed,
        /// Volatility of market prices, computed from `appraised_volatility` if the file gives that, else as
        /// written.
        volatility: Option<Volatility>,
    }
}

impl Asset for Fractions {
    fn description(&self) -> Description<'_> {
        Description { kind: KIND.id, claimed: &self.claimed, keys: self }
    }

    fn facts(&self) -> Facts {
        let is_levered = marking::smoothing(self).is_some();
        Facts {
            is_levered,
            market_volatility: self.volatility,
            states: if is_levered { marking::STATES } else { &[] },
            ..Facts::HOLDING
        }
    }

    fn replaced(&self) -> Vec<&'static str> {
        if self.rent.is_some() { CLAIMED.to_vec() } else { Vec::new() }
    }

    fn build(&self, slot: &Slot, build: &mut Build) -> Earning {
        let depreciation = build.drawn("depreciation", &self.depreciation);
        let lost = Coefficient::from([depreciation], build, |[rate]| wear::per_step(rate));
        wear::build(slot.value, lost, Cause::Decay, build);
        wear::follow(slot.value, slot.rate, slot.inflation, build);
        let start = roi::start(self.claimed.law(), slot, build).scaled;
        let factor = noise::build(self.income_log_sd, self.income_half_life, build);
        let vacancy = build.drawn("vacancy", &self.vacancy);
        let disputes = build.drawn("disputes", &self.disputes);
        let [empty, dispute] = self.spells();
        let tenants = tenancy::build(vacancy, disputes, empty, dispute, build);
        let costs = [
            build.drawn("maintenance", &self.maintenance),
            build.drawn("insurance", &self.insurance),
            build.drawn("manager_fee", &self.manager_fee),
        ];
        let rent = Rent {
            gross: self.rent.map(|rent| build.drawn("rent", &rent)),
            vacancy: tenants.vacancy,
            costs: Coefficient::from(costs, build, |[upkeep, insurance, fee]| upkeep + insurance + fee),
            output_decay: build.drawn("output_decay", &self.output_decay),
            is_let: tenants.is_let,
            factor,
        };
        let rate = rent.build(start, slot.value, build);
        if let Some(smoothing) = marking::smoothing(self) {
            marking::build(smoothing, slot, build);
        }
        let income = Income::OfValue { rate: Coefficient::PerPath(rate), factor: None };
        Earning::held(Coefficient::Same(self.growth()), Some(income), slot.start)
    }

    fn expected(&self, n_months: u32) -> Vec<Expected> {
        let (vacancy, costs) = (self.vacancy.get(), self.costs());
        let rent = rent::gross(self.claimed(), vacancy, costs);
        let growth = self.growth() * (1.0 - wear::per_step(self.depreciation.get()));
        let (lets, output_decay) = (self.tenancy().lets(), self.output_decay.get());
        let month = |(month, is_let): (u32, f64)| {
            let (paid, short) = rent::net(rent * rent::output_of(output_decay, month), costs);
            let (_, bare) = rent::net(0.0, costs);
            Expected {
                growth: growth * (1.0 - is_let * short - (1.0 - is_let) * bare),
                income: is_let * paid,
            }
        };
        (1..=n_months).zip(lets).map(month).collect()
    }
}

impl Fractions {
    /// Monthly factor of the price by appreciation, before depreciation.
    fn growth(&self) -> f64 {
        roi::monthly(self.appreciation.get())
    }

    /// Yearly costs as a fraction of the value.
    fn costs(&self) -> f64 {
        self.maintenance.get() + self.insurance.get() + self.manager_fee.get()
    }

    /// Markov chain of the tenancy, with every range at its median.
    fn tenancy(&self) -> Tenancy {
        let [empty, dispute] = self.spells();
        Tenancy::of(self.vacancy.get(), self.disputes.get(), empty, dispute)
    }

    /// Mean duration in months of a vacancy and of a dispute.
    fn spells(&self) -> [f64; 2] {
        [self.vacancy_lasts, self.dispute_lasts].map(Delay::months)
    }

    /// True if all probabilities of the tenancy are at most 1, even at the high ends of vacancy and disputes.
    fn is_possible(&self) -> bool {
        let [_, vacancy] = self.vacancy.said_ends();
        let [_, disputes] = self.disputes.said_ends();
        let [empty, dispute] = self.spells();
        Tenancy::of(vacancy, disputes, empty, dispute).is_possible()
    }
}

/// Keys that a stated `rent` replaces.
const CLAIMED: [&str; 3] = ["roi", "roi_law", "roi_mode"];

impl Fractions {
    /// Sets the claimed return to the net yield of the first month that `rent` implies.
    fn claim_rent(&mut self, rent: Drawn<YieldRate>, reader: &mut Reader<'_>) {
        if let Some(key) = CLAIMED.into_iter().find(|key| reader.says(key)) {
            let fault = fault!("duplicate", "`rent` stands in place of `roi`";
                reader.place_of(key) => "one of them must go";
                reader.place_of("rent") => "before vacancy and costs";
                rule: "roi = rent·(1 - vacancy) - maintenance - insurance - manager_fee");
            return reader.push(fault);
        }
        for key in CLAIMED {
            reader.forget(key);
        }
        let net = rent.get() * (1.0 - self.vacancy.get()) - self.costs();
        match Claimed::known(net).filter(|_| net >= 0.0) {
            Some(claimed) => self.claimed = claimed,
            None if reader.sound(&["vacancy", "maintenance", "insurance", "manager_fee"]) => {
                fault!(reader, "income", "the rent does not pay for vacancy and costs";
                    "rent" => "nothing is left of it";
                    rule: "rent·(1 - vacancy) is at least maintenance + insurance + manager_fee");
            }
            None => {}
        }
    }
}

fn read(reader: &mut Reader<'_>) -> Fractions {
    let mut read = Fractions { claimed: Claimed::starting(reader), ..Fractions::take(reader) };
    read.volatility = marking::check(&mut read, reader);
    noise::check(read.income_log_sd, read.income_half_life, reader);
    if read.vacancy.get() >= 1.0 {
        fault!(reader, "income", "nobody would ever rent it"; "vacancy" => "empty all the time";
            rule: "some rent must be left to be the yield that `roi` says");
        return read;
    }
    if let Some(rent) = read.rent {
        read.claim_rent(rent, reader);
    }
    let of_tenants = ["vacancy", "vacancy_lasts", "disputes", "dispute_lasts"];
    if reader.sound(&of_tenants) && !read.is_possible() {
        let [_, most] = read.vacancy.said_ends();
        let empty = crate::units::per_cent(most);
        fault!(reader, "income", "it cannot be empty {empty} of the time and so briefly at a time";
            "vacancy" => "less, or a longer `vacancy_lasts`";
            rule: "it stays let for at least a month on average: vacancy/(1 - vacancy)/vacancy_lasts and the monthly chance of a dispute are at most 1 together");
    }
    read
}
