//! What a run rests on, as its screen and the subtitles of its pictures say it.
//!
//! In: a scenario. Out: what is claimed, what becomes of income, prescribed falls, whether the owner
//! trades; how many values are filled in, and what ± means. Not here: trades (`policy`), the rest of it (`screen`).

use super::document::Report;
use crate::catalog::Grade;
use crate::figure::{counted, listed, money, per_cent, spoken_month};
use crate::scenario::{Owner, PrescribedShock, Scenario, Surplus};
use crate::study::{claim, claim_of_holdings, interest};

/// More prescribed falls than this are counted, not named.
const MANY_FALLS: usize = 3;

/// What is claimed per year for all that is put in; nothing if that is nothing.
pub(super) fn claimed(scenario: &Scenario, money_in: f64) -> Option<f64> {
    (money_in > 0.0).then(|| claim(scenario))
}

/// The same of the holdings alone.
pub(super) fn claimed_of_holdings(scenario: &Scenario, money_in: f64) -> Option<f64> {
    claim_of_holdings(scenario).filter(|_| money_in > 0.0)
}

/// Interest per year on the cash of day one; nothing without any.
pub(super) fn interest_on_cash(scenario: &Scenario) -> Option<f64> {
    interest(scenario).map(|(_, rate)| rate)
}

/// `spending $1,750 a month · income reinvested`
pub(super) fn money_use(scenario: &Scenario) -> String {
    let owner = scenario.owner.as_ref();
    let n_flows = owner.map_or(0, |owner| owner.flows.len());
    let mut parts = Vec::new();
    let date = |month: u32| spoken_month(&scenario.start.plus(month - 1).to_string());
    if let Some(owner) = owner.filter(|owner| owner.spending.is_there()) {
        let phases = owner.spending.phases().iter().map(|phase| {
            let amount = money(&scenario.currency, phase.amount.get());
            match phase.from {
                1 => format!("spending {amount} a month"),
                from => format!("{amount} from {}", date(from)),
            }
        });
        parts.push(phases.collect::<Vec<_>>().join(", "));
    }
    if n_flows > 0 {
        parts.push(counted(n_flows, "dated flow"));
    }
    let is_taxed = owner.is_some_and(Owner::is_taxed);
    let stays = owner.map_or(&[][..], |owner| &owner.stays);
    for stay in stays.iter().filter(|stay| is_taxed || stay.place.is_some()) {
        let rate = stay.tax_rate.spoken();
        let place = stay.place.map(|place| format!(" ({})", place.title));
        let from = (stay.from > 1).then(|| format!(" from {}", date(stay.from)));
        let asked = money(&scenario.currency, stay.income_at_least.get());
        let asked = (stay.asks()).then(|| format!(", if income is {asked} a month"));
        let gains = stay.gains_tax_rate;
        let gains = gains.map(|rate| format!(", {} on gains", per_cent(rate.get(), 0)));
        let local = stay.spending;
        let local = local.map(|local| {
            let amount = money(&scenario.currency, local.get());
            format!(", spending {amount} a month there")
        });
        let more = [place, from, asked, gains, local].map(Option::unwrap_or_default);
        parts.push(format!("{rate} tax{}", more.concat()));
    }
    parts.push(income_use(scenario));
    parts.join(" · ")
}

/// Whether money comes from elsewhere or is paid out.
pub(super) fn crosses_border(scenario: &Scenario) -> bool {
    let owner = scenario.owner.as_ref();
    owner.is_some_and(|owner| owner.spends() || !owner.flows.is_empty())
}

fn income_use(scenario: &Scenario) -> String {
    let Some(owner) = &scenario.owner else {
        return "income stays where it is earned".to_owned();
    };
    let mut assets = scenario.assets.iter();
    let is_for_sale = assets.any(|asset| asset.movable && asset.opening() > 0.0);
    match owner.surplus {
        Surplus::Reinvest if is_for_sale => "income reinvested".to_owned(),
        Surplus::Share(share) if is_for_sale && share.get() > 0.0 => {
            format!("{} of income reinvested", per_cent(share.get(), 0))
        }
        _ => "income kept as cash".to_owned(),
    }
}

/// `On every path Jul 2028 takes 35.0 % of ether and bitcoin.`
pub(super) fn prescribed_falls(scenario: &Scenario) -> Option<String> {
    let date = |month: u32| spoken_month(&scenario.start.plus(month - 1).to_string());
    let of_market = |market: &usize| scenario.markets[*market].name.as_str();
    let told = |shock: &PrescribedShock| {
        let markets: Vec<&str> = shock.markets.iter().map(of_market).collect();
        let markets = match markets.len() {
            0..=MANY_FALLS => listed(&markets),
            many => counted(many, "market"),
        };
        format!(
            "{} takes {} of {markets}",
            date(shock.month),
            per_cent(shock.loss, 1)
        )
    };
    match scenario.shocks.as_slice() {
        [] => None,
        few if few.len() <= MANY_FALLS => {
            let told: Vec<String> = few.iter().map(told).collect();
            Some(format!("Prescribed on every path: {}.", told.join("; ")))
        }
        many => Some(format!(
            "Prescribed on every path: {}, the first in {}.",
            counted(many.len(), "fall"),
            date(many[0].month)
        )),
    }
}

/// Whether parts of a holding are bought or sold on the way, by reinvestment or rebalancing.
pub(super) fn traded(scenario: &Scenario) -> bool {
    let Some(owner) = &scenario.owner else {
        return false;
    };
    let movable = scenario
        .assets
        .iter()
        .filter(|asset| asset.movable && asset.opening() > 0.0);
    let n_movable = movable.count();
    let reinvests = match owner.surplus {
        Surplus::Keep => false,
        Surplus::Reinvest => true,
        Surplus::Share(share) => share.get() > 0.0,
    };
    (reinvests && n_movable > 0) || (owner.rules.has("rebalance") && n_movable > 1)
}

impl Report {
    /// How many values the file does not say.
    pub(super) fn filled_in(&self) -> Option<String> {
        let filled_in = &self.scenario.filled_in;
        let n = filled_in.len();
        let guesses = filled_in
            .iter()
            .filter(|value| value.grade == Grade::G)
            .count();
        let filled_in = match n {
            0 => return None,
            1 => "1 value is filled in".to_owned(),
            n => format!("{n} values are filled in"),
        };
        let guessed = match guesses {
            0 => "none of them a guess".to_owned(),
            1 if n == 1 => "a guess".to_owned(),
            1 => "1 of them a guess".to_owned(),
            guesses if guesses == n => "all guesses".to_owned(),
            guesses => format!("{guesses} of them guesses"),
        };
        Some(format!("{filled_in} from the catalog, {guessed} (grade G)"))
    }

    pub(super) fn sampling(&self, has_unknown: bool) -> String {
        let paths = counted(self.run.paths as usize, "path");
        let unknown = match has_unknown {
            true => " ± ? says that the paths are too few to tell.",
            false => "",
        };
        format!("± is 95 % from sampling {paths}; it does not cover wrong assumptions.{unknown}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::read;

    /// One holding that is not for sale and `n_movable` that are.
    fn scenario(rest: &str, n_movable: usize) -> Scenario {
        let head = "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"2 years\"\n\
                    currency = \"USD\"\n[run]\nseed = 1\npaths = 100\n";
        let asset = |name: &str, class: &str| {
            format!(
                "[[asset]]\nname = \"{name}\"\nclass = \"{class}\"\nvalue = 1_000\nroi = \"5-9 %\"\n"
            )
        };
        let movable = ["a", "b"].map(|name| asset(name, "defi-yield-aggregator"));
        let fixed = asset("fixed", "micro-saas-fleet");
        let text = format!("{head}{fixed}{}{rest}", movable[..n_movable].concat());
        let loader = |_: &str| Ok(text.as_bytes().to_vec());
        read("t.toml", &[], &loader).unwrap_or_else(|_| panic!("a valid scenario: {text}"))
    }

    fn trades(owner: &str, n_movable: usize) -> bool {
        traded(&scenario(owner, n_movable))
    }

    #[test]
    fn an_owner_trades_what_is_movable() {
        assert!(!trades("", 2));
        assert!(!trades("[owner]\nsurplus = \"keep\"\n", 2));
        assert!(!trades("[owner]\nsurplus = \"reinvest\"\n", 0));
        assert!(trades("[owner]\nsurplus = \"reinvest\"\n", 1));
        assert!(trades("[owner]\nsurplus = 0.5\n", 1));
    }

    #[test]
    fn rebalancing_takes_two_holdings() {
        let owner = "[owner]\nsurplus = \"keep\"\nrebalance = \"3 months\"\n";
        assert!(!trades(owner, 1));
        assert!(trades(owner, 2));
    }
}
