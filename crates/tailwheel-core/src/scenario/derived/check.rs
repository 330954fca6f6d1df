//! Faults of keys from which others follow.
//!
//! In: the keys of an asset. Out: faults. Not here: what follows from the keys (`counts`, `sale`), rules between the
//! counts of a kind (`asset`).

use super::super::holding::read_asset;
use super::sale::{Earned, HeldShare};
use super::{CountedIncome, Derived, KeyInputs};
use crate::asset::{COUNTED, Counted, counted};
use crate::form::{Faults, Group, Reader, Value, fault};
use crate::math::ROUNDING;
use crate::math::digits::rounded;
use crate::units::plain;

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
            fault!(reader, "income", "this class takes `value`, not `income`";
                "income" => "only a business takes it"; such_as: "value = 80_000";
                help: "its income follows from the `roi` of the class, or your own");
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

    /// Reads the keys of all incomes from counts. Refuses those without effect on an asset of this `kind`.
    pub fn take_counts(&self, kind: &str, reader: &mut Reader<'_>) {
        COUNTED.iter().for_each(|counted| (counted.take)(reader));
        let own = counted(kind);
        self.refuse_idle(own, reader);
        let Some(own) = own else { return };
        (own.check)(self.said, self.counts.as_ref().map(|counts| counts.by), reader);
        if let Some(counts) = &self.counts {
            counts.check(own, reader);
            self.refuse_replaced(own, counts.by, reader);
        }
    }

    /// True if the asset would be valid with this `model` and otherwise the same keys.
    fn is_valid_as(&self, model: &str) -> bool {
        if self.inputs.is_trial {
            return false;
        }
        let mut table = self.said.clone();
        table.remove("model");
        table.push("model", Value::text(model));
        let inputs = KeyInputs { is_trial: true, ..self.inputs };
        let mut faults = Faults::default();
        read_asset(&table, inputs, None, &mut faults, &mut Vec::new());
        faults.is_empty()
    }

    /// Refuses keys of counts that do not set this asset's income. `own` is how its kind derives it, if it does.
    fn refuse_idle(&self, own: Option<&Counted>, reader: &mut Reader<'_>) {
        // if class or model could not be read, it is unknown which keys have an effect
        if !reader.sound(&["class", "model"]) {
            return;
        }
        let of_own = own.map_or(&[][..], |own| own.terms).iter().filter(|term| term.applies_to(self.said));
        let used: Vec<&str> = of_own.flat_map(|term| term.numbers).map(|number| number.key).collect();
        for counted in COUNTED {
            let is_own = own.is_some_and(|own| own.kind == counted.kind);
            // the kind itself checks counts that have no other use
            if is_own && (self.counts.is_some() || !counted.has_other_use) {
                continue;
            }
            let has_use = |key: &str| if is_own { key == counted.counts[0] } else { used.contains(&key) };
            let keys = counted.fields.iter().map(|field| field.key);
            let idle: Vec<&str> = keys.filter(|key| reader.says(key) && !has_use(key)).collect();
            // Keys without any other use make one mistake together.
            let most = if counted.has_other_use { idle.len() } else { 1 };
            for key in idle.into_iter().take(most) {
                let help = if is_own {
                    format!("write `{}` alone, and leave `income`, `value` and `roi` out", counted.counts[0])
                } else if self.is_valid_as(counted.kind) {
                    format!("model = \"{}\", or no `{key}`", counted.kind)
                } else {
                    format!("leave `{key}` out")
                };
                fault!(reader, "traffic", "`{key}` does not apply to this asset";
                    reader.place_of(key) => "has no effect here"; help: "{help}");
            }
        }
    }

    /// Refuses keys that an income from the count `by` replaces: `brand_deals`, and `fixed_costs` with other costs.
    fn refuse_replaced(&self, own: &Counted, by: &str, reader: &mut Reader<'_>) {
        match (self.says("deals"), self.says("brand_deals")) {
            (false, true) => fault!(reader, "traffic", "`brand_deals` need an `income`, not a count";
                "brand_deals" => "they have no effect here"; reader.place_of(by) => "this key sets the income";
                help: "write `income` or `value`, write `deals` for a site, or leave `brand_deals` out"),
            (true, true) => fault!(reader, "traffic", "`deals` and `brand_deals` exclude each other";
                "deals" => "one of them must go"; "brand_deals" => "also set here"),
            (_, false) => {}
        }
        let Some(costs) = &own.costs else { return };
        if reader.says(costs.key) && reader.sound(&[costs.key]) && self.says("fixed_costs") {
            fault!(reader, "traffic", "`{}` and `fixed_costs` exclude each other", costs.key;
                reader.place_of(costs.key) => "one of them must go"; "fixed_costs" => "also set here");
        }
    }
}

impl CountedIncome {
    /// Refuses counts that give no income, because prices are missing or costs are too high.
    fn check(&self, own: &Counted, reader: &mut Reader<'_>) {
        for key in &self.missing {
            fault!(reader, "traffic", "this class has no default `{key}`";
                reader.place_of(self.by) => "the income depends on it"; help: "write `{key}` or `income`");
        }
        let counts = ["products", "conversion"];
        if self.sales_per_visit > 1.0 + ROUNDING && reader.sound(&counts) {
            let key = counts.into_iter().rfind(|key| reader.says(key)).unwrap_or(self.by);
            fault!(reader, "traffic", "the products sell more often than there are visits";
                reader.place_of(key) => "{} sales per visit", plain(rounded(self.sales_per_visit, 2));
                help: "write a smaller `conversion`, or fewer `products`";
                rule: "products·conversion is at most 1, a range at its median: `conversion` is that of one product");
        }
        // a fee that is missing or misread would count as all of the price
        let mut numbers = own.terms.iter().flat_map(|term| term.numbers);
        let is_misread = numbers.any(|number| number.is_rest && !reader.sound(&[number.key]));
        if !self.costs_too_much || !self.missing.is_empty() || is_misread {
            return;
        }
        let (by, place) = (self.by, reader.place_of(self.by));
        match own.costs.as_ref().map(|costs| costs.key) {
            None if reader.sound(&[by]) => {
                fault!(reader, "traffic", "this asset has no income"; place => "the income is zero";
                    help: "write a price above 0, or `value` and `roi`");
            }
            Some(costs) if own.fields.iter().all(|field| reader.sound(&[field.key])) => {
                fault!(reader, "traffic", "the cost of `{costs}` exceeds the income from these {by}";
                    place => "too few {by}"; help: "write more `{by}`, or a smaller `{costs}`";
                    rule: "`{costs}` is at most 95 % of the income from {by}");
            }
            _ => {}
        }
    }
}
