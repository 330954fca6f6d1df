//! Brand deals: income that comes in irregular large payments.

use super::FirstIncome;
use super::spread::{MonthlyCounts, Spread};
use crate::form::{Preset, Reader, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, greater};
use crate::parameters;
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Phase, Row, Scope};
use crate::units::{IncomeMonths, Intensity, LogSpread, plain};

parameters! {
    /// Compound Poisson income: a number of deals a month, each of a lognormal size.
    pub struct BrandDeals: "table of brand deals" = "{ rate = \"3/year\", size = 0.5 }" {
        /// Deals a year.
        rate: Intensity = Preset::Required => "\"3/year\"",
        /// Mean size of a deal, in months of the income of the first month; for a site before its costs.
        /// Deals bring less than all of that income on average.
        size: IncomeMonths = Preset::Required => "0.5",
        /// Standard deviation of the logarithm of the income from one deal.
        log_sd: LogSpread = Preset::Is("0.8"),
    }
}

impl BrandDeals {
    /// Average income from brand deals, as a fraction of the asset's total income.
    pub fn part(&self) -> f64 {
        self.rate.get() / STEPS_PER_YEAR * self.size.get()
    }

    /// Refuses brand deals that bring on average as much as the asset's total income or more.
    pub fn check(&self, reader: &mut Reader<'_>) {
        if reader.sound(&["brand_deals"]) && self.part() >= 1.0 {
            let part = plain(self.part());
            fault!(reader, "range", "these deals alone bring more than all income";
                "brand_deals" => "rate/12 times size is {part}";
                rule: "`roi` is all that is earned in the first month, deals included");
        }
    }

    /// Adds the stage of the brand deals and returns the row of the month's total income relative to its expectation,
    /// with mean 1. `stated` supplies the size of a deal if that is drawn.
    pub fn build(&self, stated: Option<FirstIncome>, build: &mut Build) -> Row {
        let luck = build.row();
        let size = match stated.and_then(|stated| stated.deal) {
            Some(row) => Coefficient::PerPath(row),
            None => Coefficient::Same(self.size.get()),
        };
        let count = MonthlyCounts::build(Coefficient::Same(self.rate.get()), Purpose::Demand, build);
        // rank of the month's largest deal
        let best = build.uniforms(Purpose::BrandDeal, Scope::Month);
        let (spread, per_month) = (Spread::Lognormal(self.log_sd.get()), self.rate.get() / STEPS_PER_YEAR);
        build.step(
            Phase::Operate,
            "Deals",
            #[inline(always)]
            move |cx| {
                let count = count.of_month(cx);
                let rank = cx.draws.row(best);
                let of_one = size.of_paths(cx.rows);
                let luck = cx.rows.get_mut(luck);
                for lane in 0..LANES {
                    let size = if count[lane] > 0.0 { of_one[lane] } else { 0.0 };
                    let without = 1.0 - per_month * of_one[lane];
                    let at_least_one = greater(count[lane], 1.0);
                    let [largest, others] = spread.best_and_others(rank[lane], at_least_one);
                    luck[lane] = size.mul_add(largest + others, without);
                }
            },
        );
        luck
    }
}
