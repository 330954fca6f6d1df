//! Portfolios as texts of scenarios.

use super::*;

/// `fraction` as a text with unit, which may be as large as the limits say.
fn per_cent(fraction: f64) -> String {
    format!("\"{} %\"", fraction * 100.0)
}

impl Asset {
    fn claim(&self) -> String {
        let ends = format!("roi = [{}, {}]", per_cent(self.low), per_cent(self.high));
        // in per cent like the ends, so that no rounding puts it outside
        let (low, high) = (self.low * 100.0, self.high * 100.0);
        let mode = (high - low).mul_add(self.mode, low).clamp(low, high);
        match self.law {
            0 => ends,
            1 => format!("{ends}\nroi_law = \"uniform\""),
            2 => format!("{ends}\nroi_law = \"pert\"\nroi_mode = \"{mode} %\""),
            _ => format!("roi = {}\nroi_law = \"point\"", per_cent(self.low)),
        }
    }

    /// Jumps that leave something to the diffusion and whose growth can be sampled.
    fn jumps(&self) -> Option<String> {
        let (mean, sd, part) = self.jumps.filter(|_| self.volatility > 0.0)?;
        let variance = self.volatility.powi(2) / (mean * mean + sd * sd);
        let growth = 12.0 / (0.5 * sd * sd + mean).exp_m1().abs();
        let rate = 0.999 * part * variance.min(growth).min(1e4);
        Some(format!("jumps = {{ rate = \"{rate}/year\", mean = {mean:?}, sd = {sd:?} }}"))
    }

    fn is_foreign(&self) -> bool {
        self.has(|mechanism| mechanism.is_foreign)
    }

    pub fn class_name(&self) -> &'static str {
        self.mechanism.as_ref().map(Mechanism::class).unwrap_or(CLASSES[self.class])
    }

    fn has(&self, what: impl Fn(&Mechanism) -> bool) -> bool {
        self.mechanism.as_ref().is_some_and(what)
    }

    fn text(&self, index: usize, run: (u32, Option<f64>), scale: f64, has_agents: bool) -> String {
        let has_agent = has_agents && self.part.agent.is_some() && !self.has(Mechanism::has_rule);
        let mut text = format!(
            "[[asset]]\nname = \"a{index:02}\"\nclass = \"{}\"\n\
             movable = {}\npayment_lag = \"{} months\"\n",
            self.class_name(),
            (self.movable && !self.has(Mechanism::is_business)) || has_agent,
            self.lag,
        );
        if !self.has(Mechanism::is_business) {
            text += &format!("trade_cost = {:?}\n", self.trade_cost);
        }
        text += &self.part.text(has_agent);
        text + &match &self.mechanism {
            Some(mechanism) => mechanism.text(self.value, run, scale),
            None => self.claimed(scale),
        }
    }

    fn claimed(&self, scale: f64) -> String {
        let mut text = format!(
            "value = {:?}\n{}\nincome_share = {:?}\ndecay = \"{} %/year\"\nvolatility = {}\n",
            self.value * scale,
            self.claim(),
            self.income_share,
            self.decay * 100.0,
            per_cent(self.volatility),
        );
        if let Some(jumps) = self.jumps() {
            text += &format!("{jumps}\n");
        }
        if let Some((deviation, months)) = self.noise {
            text += &format!("income_log_sd = {deviation:?}\nincome_half_life = \"{months} months\"\n");
        }
        text
    }
}

impl Owner {
    fn obligations(&self, months: u32, scale: f64) -> String {
        let mut text = format!("spending = \"{}/month\"\n", self.spending * scale);
        if let Some((one, other, is_at_once)) = self.tax {
            let (low, high) = (one.min(other), one.max(other));
            let when = if is_at_once { "real-time" } else { "annual" };
            if self.stays.is_empty() {
                text += &format!("tax_rate = [{}, {}]\n", per_cent(low), per_cent(high));
            }
            text += &format!("tax = \"{when}\"\n");
        }
        match self.stays.as_slice() {
            [] => {
                text += &format!("compliance_cost = \"{}/year\"\n", self.compliance * scale);
                // hours are counted, and paid where compliance is
                text += &format!("hour_value = {:?}\n", self.compliance * scale / 40.0);
            }
            [first, moves @ ..] => {
                let mut stays = vec![first.text(None, scale)];
                let mut moves: Vec<&Stay> = moves.iter().filter(|stay| stay.month <= months).collect();
                moves.sort_by_key(|stay| stay.month);
                moves.dedup_by_key(|stay| stay.month);
                stays.extend(moves.iter().map(|stay| stay.text(Some(stay.month), scale)));
                text += &format!("residence = [{}]\n", stays.join(", "));
            }
        }
        let flow = |(index, &(amount, one, other)): (usize, &(f64, u32, u32))| {
            let (one, other) = (one % months, other % months);
            let (amount, first, last) = (amount * scale, one.min(other), one.max(other));
            match first == last {
                true => format!("{{ name = \"f{index}\", amount = {amount:?}, at = \"{}\" }}", date(first)),
                false => format!(
                    "{{ name = \"f{index}\", amount = \"{amount}/month\", from = \"{}\", until = \"{}\", grows = \"1 %\" }}",
                    date(first),
                    date(last)
                ),
            }
        };
        let flows: Vec<String> = self.flows.iter().enumerate().map(flow).collect();
        text += &format!("flows = [{}]\n", flows.join(", "));
        text
    }
}

/// The portfolio as a scenario, all money multiplied by `scale`.
pub fn text(portfolio: &Portfolio, scale: f64) -> String {
    let order: Vec<usize> = (0..portfolio.assets.len()).collect();
    text_in(portfolio, scale, &order)
}

/// The same with the assets in another `order`.
pub fn text_in(portfolio: &Portfolio, scale: f64, order: &[usize]) -> String {
    let has_agents = portfolio.has_agents;
    let mut text = format!(
        "start = \"2027-01\"\nhorizon = \"{} months\"\ncurrency = \"USD\"\n\
         [run]\nseed = {}\npaths = {}\n",
        portfolio.months, portfolio.seed, portfolio.paths
    );
    let run = (portfolio.months, portfolio.owner.as_ref().map(|owner| owner.cash));
    for &index in order {
        text += &portfolio.assets[index].text(index, run, scale, has_agents);
    }
    if portfolio.assets.iter().any(Asset::is_foreign) {
        text += "[[fx]]\npair = \"EUR/USD\"\nvolatility = \"8 %/year\"\n";
    }
    let parts: Vec<&Part> = portfolio.assets.iter().map(|asset| &asset.part).collect();
    text += &Agents::markets(&portfolio.agents, &parts, has_agents);
    if has_agents {
        text += &portfolio.agents.text();
    }
    let (n_assets, has_owner) = (portfolio.assets.len(), portfolio.owner.is_some());
    text += &portfolio.events.text(n_assets, portfolio.months, has_owner, scale);
    text += &claims_on_works(portfolio, scale);
    // prices may fall to a millionth over the horizon, and no further
    let least = 1e-6_f64.powf(12.0 / f64::from(portfolio.months)) - 1.0;
    let inflation = portfolio.inflation.max(0.999 * least);
    let copula = match portfolio.dof {
        Some(dof) => format!("{{ kind = \"t\", dof = {dof} }}"),
        None => "\"gaussian\"".to_owned(),
    };
    text += &format!(
        "[correlation]\ndefault = {:?}\nroi = {:?}\ncopula = {copula}\n\
         [economy]\ninflation.fixed = {}\ncash_rate = {}\n",
        portfolio.correlation,
        portfolio.claims,
        per_cent(inflation),
        per_cent(portfolio.cash_rate),
    );
    if let Some(owner) = &portfolio.owner {
        let surplus = match owner.surplus {
            0 => "\"keep\"".to_owned(),
            1 => "\"reinvest\"".to_owned(),
            _ => format!("{:?}", owner.share),
        };
        let cash = owner.cash * scale;
        text += &format!("[owner]\ncash = {cash:?}\nsurplus = {surplus}\n");
        if let Some(months) = owner.rebalance {
            text += &format!("rebalance = \"{months} months\"\n");
        }
        text += &owner.obligations(portfolio.months, scale);
        let is_deposit = |asset: &Asset| asset.class_name() == "defi-yield-aggregator";
        let are_deposits: Vec<bool> = portfolio.assets.iter().map(is_deposit).collect();
        text += &portfolio.events.protection(&are_deposits, scale);
    }
    text
}

/// What strikes works by default, with amounts that scale: the catalog's are in dollars.
fn claims_on_works(portfolio: &Portfolio, scale: f64) -> String {
    let works = (0..).zip(&portfolio.assets);
    let works = works.filter(|(_, asset)| asset.class_name() == "synthetic-media-royalties");
    let names: Vec<String> = works.map(|(index, _): (usize, _)| format!("\"a{index:02}\"")).collect();
    if portfolio.owner.is_none() || names.is_empty() {
        return String::new();
    }
    format!(
        "[[event]]\nname = \"claims\"\nkind = \"infringement-claim\"\nasset = [{}]\namount = {:?}\nat_most = {:?}\n",
        names.join(", "),
        5_000.0 * scale,
        150_000.0 * scale
    )
}
