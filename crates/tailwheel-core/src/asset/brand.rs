//! Brand deals: income that comes in irregular large payments.

use super::FirstIncome;
use super::spread::{MonthlyCounts, Spread};
use crate::form::{Group, Preset, Reader, Value, fault};
use crate::market::STEPS_PER_YEAR;
use crate::math::{LANES, greater};
use crate::parameters;
use crate::random::Purpose;
use crate::stage::{Build, Coefficient, Phase, Row, Scope};
use crate::units::{IncomeMonths, Intensity, LogSpread, Money, plain};

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

parameters! {
    /// Brand deals in proportion to the visits of a site.
    pub struct Deals: "table of deals with brands" = "{ rate = \"3/year\", size = 15 }" {
        /// Deals a year: 0 to 12 of small creators, 3 as a guess.
        rate: Intensity = Preset::Required => "\"3/year\"",
        /// Average income of one deal for every thousand visits of its month, in money. Creators with fewer
        /// than 10,000 followers are reported to get 20 to 250 dollars a deal, 150 as the median. With 10,000
        /// to 100,000 followers they get 300 to 1,200 (market reports).
        size: Money = Preset::Required => "15",
        /// Standard deviation of the logarithm of the income of one deal.
        log_sd: LogSpread = Preset::Is("0.8"),
    }
}

impl Deals {
    /// Mean income from brand deals per visit, in the scenario's currency.
    pub fn per_visit(&self) -> f64 {
        self.rate.get() / 12.0 * self.size.get() / 1000.0
    }

    /// Returns the table of brand deals with the `size` of a deal in months of `revenue`, which is that of a first
    /// month with this number of `visits`; `None` if deals bring nothing.
    pub fn in_months(self, visits: f64, revenue: f64) -> Option<Value> {
        let mut table = self.written();
        table.remove("size");
        table.push("size", Value::float(self.size.get() * visits / 1000.0 / revenue));
        (self.per_visit() > 0.0).then(|| Value::table(table))
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
