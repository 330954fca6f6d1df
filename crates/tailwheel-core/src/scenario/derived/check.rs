//! Faults of keys from which others follow.
//!
//! In: the keys of an asset. Out: faults. Not here: what follows from the keys (`counts`, `sale`).

use super::keys::{Earned, HeldShare, Traffic, WorkSales, keys_of, priced, quantities};
use super::{CountedIncome, Derived};
use crate::asset::{Asset, CountedBy};
use crate::form::{Group, Kind, Reader, fault};

/// Largest accepted share of a site's visits by readers who pay for it each month.
const MOST_PATRONS: f64 = 0.1;

impl Derived<'_> {
    fn says(&self, key: &str) -> bool {
        self.said.get(key).is_some()
    }

    /// Reads `whole` and `share`. Refuses one without the other, and both together with a `value`.
    pub fn take_part(&self, reader: &mut Reader<'_>) {
        HeldShare::take(reader);
        let (said, other) = match (self.says("whole"), self.says("share")) {
            (true, false) => ("whole", "share = \"0.5 %\""),
            (false, true) => ("share", "whole = 2_400_000"),
            (true, true) if self.says("value") => {
                fault!(reader, "duplicate", "`whole` and `share` already set the `value`";
                    "value" => "one of them must go"; "share" => "also set here"; rule: "value = whole·share");
                return;
            }
            _ => return,
        };
        fault!(reader, "missing", "`{said}` needs a second key";
            reader.place_of(said) => "the other key is missing"; such_as: "{other}"; rule: "value = whole·share");
    }

    /// Reads `income` and `multiple`. Returns true if there is an income without faults.
    pub fn take_income(&self, reader: &mut Reader<'_>) -> bool {
        Earned::take(reader);
        let Some(sale) = &self.sale else {
            if reader.says("multiple") {
                fault!(reader, "income", "`multiple` needs `income`"; "multiple" => "has no effect here";
                    help: "write `income` instead of `value` and `roi`, or leave `multiple` out");
            }
            return false;
        };
        if sale.is_of_holding && reader.sound(&["class", "model"]) {
            fault!(reader, "income", "this class takes `value` and `roi`, not `income`";
                "income" => "only a business takes it";
                such_as: "value = 80_000   and   roi = \"22-35 %\"");
            return false;
        }
        if let Some(key) = sale.twice {
            fault!(reader, "income", "`income` and `{key}` both set the value";
                "income" => "one of them must go"; reader.place_of(key) => "also set here";
                help: "write `income`, or `value` and `roi`";
                rule: "value = 12·income·multiple, roi = 1/multiple");
            return false;
        }
        if !sale.has_multiple && reader.sound(&["class"]) {
            fault!(reader, "income", "this class has no default `multiple`";
                "income" => "the `multiple` in years of income is needed"; such_as: "multiple = 3.4";
                rule: "value = 12·income·multiple, roi = 1/multiple");
            return false;
        }
        reader.sound(&["income", "multiple"])
    }

    /// Reads the keys about visits and counted sales. Refuses those without effect on an asset of `kind`.
    pub fn take_counts(&self, kind: &Kind<dyn Asset>, reader: &mut Reader<'_>) -> Traffic {
        let own = CountedBy::of(kind);
        let traffic = Traffic::take(reader);
        WorkSales::take(reader);
        if own == Some(CountedBy::Works) {
            self.check_works(reader);
        }
        self.refuse_idle(own, reader);
        if let Some(counts) = &self.counts {
            counts.check(&traffic, reader);
            self.check_beside_counts(counts, &traffic, reader);
        }
        traffic
    }

    /// Refuses keys of visits or sales that do not set this asset's income. `own` is what its model counts, if any.
    fn refuse_idle(&self, own: Option<CountedBy>, reader: &mut Reader<'_>) {
        let has_patrons = own == Some(CountedBy::Visits) && reader.says("patrons");
        for of in [CountedBy::Works, CountedBy::Visits, CountedBy::Audience] {
            let is_own = own == Some(of);
            if is_own && (self.counts.is_some() || of == CountedBy::Works) {
                continue;
            }
            // The first key of the own ones has a meaning without the others. Patrons pay through a platform
            // too, so its fee applies.
            let keys = keys_of(of).iter().map(|field| field.key).skip(usize::from(is_own));
            let is_idle = |key: &&str| reader.says(key) && !(has_patrons && *key == "platform_fee");
            let idle: Vec<&str> = keys.filter(is_idle).collect();
            let most = if of == CountedBy::Works { 1 } else { idle.len() };
            for key in idle.into_iter().take(most) {
                let help = if is_own {
                    format!("write `{}` alone, and leave `income`, `value` and `roi` out", keys_of(of)[0].key)
                } else {
                    format!("model = \"{}\", or no `{key}`", of.kind().id)
                };
                fault!(reader, "traffic", "`{key}` does not apply to this asset";
                    reader.place_of(key) => "has no effect here"; help: "{help}");
            }
        }
    }

    /// Refuses a price of creative works without their count, and a count beside another key that sets the income.
    fn check_works(&self, reader: &mut Reader<'_>) {
        for [count, price] in priced() {
            if reader.says(price) && !reader.says(count) {
                fault!(reader, "traffic", "`{price}` needs `{count}`";
                    reader.place_of(price) => "has no effect here"; help: "`{count}`, or no `{price}`");
            }
        }
        let other = match &self.counts {
            Some(_) => self.said.get("roi").map(|roi| ("roi", roi.value.place)),
            None => ["income", "value"]
                .into_iter()
                .find(|key| reader.says(key))
                .map(|key| (key, reader.place_of(key))),
        };
        let key = quantities(CountedBy::Works).find(|key| reader.says(key));
        if let Some((key, (other, place))) = key.zip(other) {
            fault!(reader, "traffic", "`{key}` and `{other}` both set the income";
                reader.place_of(key) => "one of them must go"; place => "also set here";
                help: "write `{key}` and its price, or leave `{key}` out";
                rule: "income = downloads·per_download + streams·per_stream + licences·per_licence");
        }
    }

    /// Refuses keys that an income from counts replaces: `brand_deals`, and `fixed_costs` with `tools`.
    fn check_beside_counts(&self, counts: &CountedIncome, traffic: &Traffic, reader: &mut Reader<'_>) {
        match (self.says("deals"), self.says("brand_deals")) {
            (false, true) => fault!(reader, "traffic", "`brand_deals` need an `income`, not a count";
                "brand_deals" => "they have no effect here"; reader.place_of(counts.by) => "this key sets the income";
                help: "write `income` or `value`, write `deals` for a site, or leave `brand_deals` out"),
            (true, true) => fault!(reader, "traffic", "`deals` and `brand_deals` exclude each other";
                "deals" => "one of them must go"; "brand_deals" => "also set here"),
            (_, false) => {}
        }
        if traffic.tools.is_some() && self.says("fixed_costs") {
            fault!(reader, "traffic", "`tools` and `fixed_costs` exclude each other";
                "tools" => "one of them must go"; "fixed_costs" => "also set here");
        }
    }
}

impl CountedIncome {
    /// Refuses counts of visits or sales that give no income, because prices are missing or costs are too high.
    fn check(&self, traffic: &Traffic, reader: &mut Reader<'_>) {
        if reader.says("patron_price") && !reader.says("patrons") {
            fault!(reader, "traffic", "`patron_price` does not apply to this asset";
                "patron_price" => "there are no patrons"; help: "write `patrons`, or leave `patron_price` out");
        }
        if traffic.patrons.is_some_and(|patrons| patrons.said_ends()[1] > MOST_PATRONS) {
            fault!(reader, "traffic", "more than 10 % of the visitors are patrons";
                "patrons" => "too few visits for these patrons";
                rule: "1 to 10 % of the subscribers to a free newsletter pay, and few visitors subscribe");
        }
        for key in &self.missing {
            fault!(reader, "traffic", "this class has no default `{key}`";
                reader.place_of(self.by) => "the income depends on it"; help: "write `{key}` or `income`");
        }
        let site = keys_of(CountedBy::Visits);
        // a fee that is missing or misread would count as all of the price
        if !self.costs_too_much || !self.missing.is_empty() || !reader.sound(&["platform_fee"]) {
            return;
        }
        if self.by != site[0].key && reader.sound(&[self.by]) {
            fault!(reader, "traffic", "this asset has no income";
                reader.place_of(self.by) => "the income is zero";
                help: "write a price above 0, or `value` and `roi`");
        } else if site.iter().all(|field| reader.sound(&[field.key])) {
            fault!(reader, "traffic", "the cost of `tools` exceeds the income from these visits";
                "visits" => "too few visits"; help: "write more `visits`, or a smaller `tools`";
                rule: "`tools` is at most 95 % of the income from visits");
        }
    }
}
