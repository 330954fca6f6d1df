//! Canonical document of a scenario: equal for all files that mean the same.
//!
//! In: [`Scenario`]. Out: TOML in canonical order, to be digested and to be read again.
//! Not here: the digest of a report (`report`).

use super::event::events_by_default;
use super::fx;
use super::tables::push;
use super::{AssetEntry, Crisis, MarketEntry, Owner, PrescribedShock, Residence, SETTINGS, Scenario};
use crate::asset::AssetNames;
use crate::form::{Data, Group, KeyValue, Table, Value, document};
use crate::math::correlation::Matrix;

impl Scenario {
    /// BLAKE3 hash of everything that determines a path: the canonical document and the pinned range. Title,
    /// number of paths and gates are not part of it.
    pub fn model_digest(&self) -> blake3::Hash {
        let mut text = self.canonical_document();
        if let Some(pin) = &self.pin {
            text.push_str(&format!("# {} {}", pin.path, pin.is_high));
        }
        blake3::hash(text.as_bytes())
    }

    /// Returns the effective document as TOML: after `extends`, assignments and defaults, in canonical order and
    /// units.
    ///
    /// Title and number of paths are left out, and market keys that nothing depends on. Two files that mean the same
    /// have the same text. It reads back as the same scenario, except that nothing is filled in any more and a
    /// repaired matrix appears as the matrix.
    pub fn canonical_document(&self) -> String {
        let mut top = Table::default();
        top.push("start", Value::text(self.start.to_string()));
        top.push("horizon", Value::text(format!("{} months", self.months)));
        top.push("currency", Value::text(self.currency.as_str()));
        top.push("run", Value::table(self.run_table()));
        for setting in SETTINGS.iter().filter(|setting| setting.is_of_model) {
            if let Some(table) = (setting.table)(&self.settings) {
                top.push(setting.key, Value::table(table));
            }
        }
        if let Some(owner) = self.owner_table() {
            // In digests the owner has always come after the economy.
            let at = top.entries.iter().take_while(|entry| entry.key != "economy").count() + 1;
            let owner = KeyValue { key: "owner".to_owned(), place: None, value: Value::table(owner) };
            top.entries.insert(at, owner);
        }
        let assets = self.assets.iter().map(|asset| self.asset_table(asset));
        top.push("asset", Value::list(assets.map(Value::table).collect()));
        push_list(
            &mut top,
            "fx",
            fx::written(self.assets.iter().filter_map(|asset| asset.exchange.as_ref())),
        );
        top.push("correlation", Value::table(self.correlation_table()));
        if let Some(crisis) = &self.crisis {
            top.push("crisis", Value::table(self.crisis_table(crisis)));
        }
        if let Some(crash) = &self.crash {
            top.push("crash", Value::table(crash.written()));
        }
        push_list(&mut top, "market", self.markets.iter().filter_map(|market| self.market_table(market)));
        push_list(&mut top, "shock", self.shock_tables());
        push_list(&mut top, "event", self.events.iter().map(|event| event.written(&self.assets)));
        if !events_by_default(&top).is_empty() {
            let off = Value::bare(Data::Boolean(false));
            top.entries.insert(0, KeyValue { key: "class_events".to_owned(), place: None, value: off });
        }
        document(&top)
    }

    fn run_table(&self) -> Table {
        let mut table = Table::default();
        let whole = |seed: u64| Value::integer(i64::try_from(seed).unwrap_or(i64::MAX));
        table.push("seed", whole(self.seeds.world));
        if self.seeds.parameters != self.seeds.world {
            table.push("parameter_seed", whole(self.seeds.parameters));
        }
        table
    }

    fn owner_table(&self) -> Option<Table> {
        let owner = self.owner.as_ref()?;
        let mut table = owner.written();
        let flows = table.remove("flows");
        let tax = table.remove("tax").filter(|_| self.is_taxed());
        let mut residences = owner.residence.iter().map(|place| self.residence_table(owner, place));
        let mut of_places = Table::default();
        match owner.residence.len() {
            1 => of_places = residences.next()?,
            _ => of_places.push("residence", Value::list(residences.map(Value::table).collect())),
        }
        let at = table.entries.iter().position(|entry| entry.key == "remaining_life")? + 1;
        table.entries.splice(at..at, of_places.entries.into_iter().chain(tax).chain(flows));
        owner.rules.write(&mut table);
        Some(table)
    }

    /// Keys of the residence `place` that affect a result. If the owner has no other one, they are keys of the owner,
    /// without the name of the residence.
    fn residence_table(&self, owner: &Owner, place: &Residence) -> Table {
        let mut table = place.written();
        let is_only = owner.residence.len() == 1;
        table.entries.retain(|entry| match entry.key.as_str() {
            "tax_rate" | "gains_tax_rate" => !is_only || self.is_taxed(),
            "compliance_cost" => !is_only || owner.is_charged(),
            "claim_rate_multiple" => {
                !is_only || place.claim_rate_multiple.is_some_and(|multiple| multiple.get() < 1.0)
            }
            "compliance_hours" => !is_only || owner.first_weekly_hours() > 0.0,
            _ => !is_only,
        });
        table.entries.retain(|entry| self.depends_on("owner", &entry.key));
        let from = table.remove("from");
        table.entries.extend(from);
        table
    }

    fn correlation_table(&self) -> Table {
        let correlation = &self.correlation;
        let mut table = Table::default();
        self.push_matrix(&mut table, &correlation.matrix);
        push(&mut table, "copula", &correlation.copula);
        table.push("roi", Value::float(correlation.roi));
        table
    }

    fn push_matrix(&self, table: &mut Table, matrix: &Matrix) {
        let names = self.markets.iter().map(|market| Value::text(market.name.as_str()));
        let rows = (0..matrix.order()).map(|row| {
            let cells = (0..matrix.order()).map(|column| Value::float(matrix.get(row, column)));
            Value::list(cells.collect())
        });
        table.push("order", Value::list(names.collect()));
        table.push("matrix", Value::list(rows.collect()));
    }

    fn crisis_table(&self, crisis: &Crisis) -> Table {
        let mut table = crisis.keys.written();
        let depth = table.remove("depth");
        self.push_matrix(&mut table, &crisis.matrix);
        table.entries.extend(depth);
        table
    }

    /// Returns the `[[shock]]` tables of the canonical document, one for each shock and market.
    fn shock_tables(&self) -> impl Iterator<Item = Table> {
        let each = |shock: &'_ PrescribedShock, market: usize| {
            let mut table = Table::default();
            table.push("at", Value::text(self.calendar().date(shock.month).to_string()));
            table.push("market", Value::text(self.markets[market].name.as_str()));
            table.push("loss", Value::float(shock.loss));
            table
        };
        self.shocks.iter().flat_map(move |shock| shock.markets.iter().map(move |market| each(shock, *market)))
    }

    fn asset_table(&self, asset: &AssetEntry) -> Table {
        let mut table = asset.table();
        push(&mut table, "exit_haircut", &asset.keys.exit_haircut);
        push(&mut table, "hours", &asset.hours);
        if asset.shared.verified && !self.events.is_empty() {
            push(&mut table, "verified", &true);
        }
        let (keys, market) = (&asset.keys, &self.markets[asset.market.index]);
        let is_own = market.name.as_str() == asset.name;
        if !is_own {
            table.push("market", Value::text(market.name.as_str()));
        }
        if market.assets.len() > 1 || !is_own || keys.market_correlation.get() != 1.0 {
            push(&mut table, "market_correlation", &keys.market_correlation);
        }
        push(&mut table, "market_beta", &keys.market_beta);
        if keys.income_beta.get() != 0.0 {
            push(&mut table, "income_beta", &keys.income_beta);
        }
        if let (Some(crash), Some(cluster)) = (&self.crash, asset.market.managed_by) {
            table.push("managed_by", Value::text(crash.clusters[cluster].name.as_str()));
        }
        table.entries.retain(|entry| self.depends_on("asset", &entry.key));
        table
    }

    /// Name of `market` and its keys that affect a result (only its class without `[crash]`); `None` if none does.
    fn market_table(&self, market: &MarketEntry) -> Option<Table> {
        let mut table = market.written();
        let mut assets = market.assets.iter().map(|&index| &self.assets[index]);
        let has_class = assets.clone().any(|asset| asset.class != market.class_id());
        let is_of_asset =
            market.assets.len() == 1 && assets.all(|asset| asset.keys.volatility == market.volatility());
        table.entries.retain(|entry| match entry.key.as_str() {
            "name" => true,
            "class" => has_class,
            key => self.depends_on("market", key) && !(key == "volatility" && is_of_asset),
        });
        (self.crash.is_some() || has_class).then_some(table)
    }
}

/// Adds `tables` to `top` as the array `key`; adds nothing if there are none.
fn push_list(top: &mut Table, key: &str, tables: impl Iterator<Item = Table>) {
    let tables: Vec<Value> = tables.map(Value::table).collect();
    if !tables.is_empty() {
        top.push(key, Value::list(tables));
    }
}

impl AssetEntry {
    fn table(&self) -> Table {
        let mut table = Table::default();
        table.push("name", Value::text(self.name.as_str()));
        table.push("class", Value::text(self.class.as_str()));
        table.push("model", Value::text(self.kind.kind()));
        push(&mut table, "value", &self.keys.value);
        push(&mut table, "launch", &self.keys.launch);
        push(&mut table, "visits", &self.visits);
        if !self.audience.is_empty() {
            push(&mut table, "audience", &AssetNames(self.audience.clone()));
        }
        push(&mut table, "volatility", &self.keys.volatility);
        table.entries.extend(self.process.written().entries);
        push(&mut table, "movable", &self.keys.movable);
        if !self.kind.facts().is_business {
            push(&mut table, "trade_cost", &self.keys.trade_cost);
        }
        if let Some(exchange) = &self.exchange {
            table.push("currency", Value::text(exchange.currency()));
        }
        let lag = self.payment_lag_months();
        if lag > 0 {
            table.push("payment_lag", Value::text(format!("{lag} months")));
        }
        table.entries.extend(self.kind.written().entries);
        if let Some(formula) = &self.formula {
            // `value` and `roi` are derived from the formula on each path, so they are not written.
            let costs = formula.costs.as_ref().map(|_| "fixed_costs");
            let deals = formula.deal.map(|_| "brand_deals");
            let follow: Vec<&str> = ["value", "roi"].into_iter().chain(costs).chain(deals).collect();
            table.entries.retain(|entry| !follow.contains(&entry.key.as_str()));
            table.entries.extend(formula.written.entries.clone());
        }
        table
    }
}
