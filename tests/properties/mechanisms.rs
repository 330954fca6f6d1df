//! Assets that earn the way of their class, with what they may be built, financed and paid by.

use crate::common::{asset, head, scenario};
use proptest::prelude::*;
use std::sync::LazyLock;
use tailwheel::asset::{Asset, KINDS, is_default};
use tailwheel::catalog::classes;
use tailwheel::form::Kind;

/// A kind with a class that earns its way, and whether it is a business.
struct Known {
    kind: &'static Kind<dyn Asset>,
    class: &'static str,
    is_business: bool,
}

/// Every kind but that of a claim.
static KNOWN: LazyLock<Vec<Known>> = LazyLock::new(|| {
    let known = KINDS.iter().filter(|kind| !is_default(kind.id)).map(|kind| {
        let own = classes().iter().find(|class| class.mechanism.as_deref() == Some(kind.id));
        let class = own.map_or("micro-saas-fleet", |class| class.id.as_str());
        let keys = format!("model = \"{}\"\nvolatility = 0.3\n{}", kind.id, kind.example);
        let scenario = scenario(&(head("1 year", 2) + &asset("one", class, 1.0, &keys)));
        Known { kind, class, is_business: scenario.assets[0].kind.facts().is_business }
    });
    known.collect()
});

/// One of the kinds, and where each of its numbers stands between its ends.
#[derive(Clone, Debug)]
pub struct Mechanism {
    kind: usize,
    at: [f64; 8],
    /// Cost as a part of the value, months of building and of waiting, chance to fail; of a business alone.
    launch: Option<(f64, u32, u32, f64)>,
    /// Whether it earns euros.
    pub is_foreign: bool,
}

pub fn mechanism() -> impl Strategy<Value = Mechanism> {
    let ends = prop_oneof![4 => 0.0..1.0_f64, 1 => Just(0.0), 1 => Just(1.0)];
    let launch = (0.0..1.0_f64, 1_u32..5, 0_u32..5, prop_oneof![Just(0.0), 0.0..0.9_f64]);
    (0..KNOWN.len(), prop::array::uniform8(ends), prop::option::weighted(0.3, launch), any::<bool>())
        .prop_map(|(kind, at, launch, is_foreign)| Mechanism { kind, at, launch, is_foreign })
}

impl Mechanism {
    fn known(&self) -> &'static Known {
        &KNOWN[self.kind]
    }

    /// Whether it is held as it is: nobody buys more of a business in a month.
    pub fn is_business(&self) -> bool {
        self.known().is_business
    }

    /// Whether it is not for sale or a rule of its own trades in it, so that no agent of `[crash]` does.
    pub fn has_rule(&self) -> bool {
        self.is_business() || self.at[6] < 0.3 || self.known().kind.id != "tokenized-asset"
    }

    pub fn class(&self) -> &'static str {
        self.known().class
    }

    /// Keys of the asset in the place of what a claim says, all money multiplied by `scale`.
    pub fn text(&self, value: f64, (months, cash): (u32, Option<f64>), scale: f64) -> String {
        let (own, kind) = (value.max(1.0) * scale, self.known().kind.id);
        let (low, volatility) = (self.between(0, 0.05, 0.3), self.between(1, 0.0, 1.5));
        let high = low + 0.1;
        let mut text = format!(
            "value = {own:?}\nmodel = \"{kind}\"\nroi = [{low:?}, {high:?}]\nvolatility = {volatility:?}\n"
        );
        text += &self.own();
        if let Some((cost, time, after, fails)) =
            self.launch.filter(|_| self.is_business() && !self.is_foreign)
            && let Some(cash) = cash
            && time + after < months
        {
            // no more than there is
            let cost = cost * value.min(cash) * scale;
            text += &format!(
                "launch = {{ cost = {cost:?}, time = \"{time} months\", after = \"{after} months\", fails = {fails:?} }}\n"
            );
        }
        if self.is_foreign {
            text += "currency = \"EUR\"\n";
        }
        text
    }

    /// The number of this index between its ends.
    fn between(&self, index: usize, low: f64, high: f64) -> f64 {
        (high - low).mul_add(self.at[index], low)
    }

    /// `template` with a number in the place of each `<index low high>`, rounded down where `whole` stands behind it.
    fn filled(&self, template: &str) -> String {
        let number = |words: &str| {
            let words: Vec<&str> = words.split(' ').collect();
            let [low, high] = [1, 2].map(|place| words[place].parse().expect("an end"));
            let number = self.between(words[0].parse().expect("an index"), low, high);
            if words.len() > 3 { number.floor() } else { number }.to_string()
        };
        let parts = template.split(['<', '>']).enumerate();
        parts.map(|(place, part)| if place % 2 == 0 { part.to_owned() } else { number(part) }).collect()
    }

    /// Those of its kind.
    fn own(&self) -> String {
        let or = |index: usize, share: f64, one: &'static str, other: &'static str| {
            if self.at[index] < share { one } else { other }
        };
        match self.known().kind.id {
            "unit-fleet" => {
                let template = "units = <2 1 90 whole>\nshutdown = <3 0 0.9>\nalgorithm_half_life = \"<4 1 30 whole> months\"\n\
                                audit = \"<5 0 30> h/week\"\ndetection = <6 0 1>\nuplift = <0 0 0.5>\n";
                self.filled(template) + or(7, 0.5, "found = \"sunset\"\n", "found = \"re-seed\"\n")
            }
            "subscription" => {
                let template = "subscribers = <2 1 400 whole>\nchurn = \"<3 0 50> %/month\"\narrivals = \"<4 0 30>/month\"\n\
                                gross_margin = <5 0.1 1>\nrepricing = \"<6 0 2>/year\"\n";
                // what winning them costs leaves something
                let (subscribers, arrivals) = (self.between(2, 1.0, 400.0).floor(), self.between(4, 0.0, 30.0));
                let payback = (0.5 * subscribers / arrivals.max(1.0)).min(20.0);
                self.filled(template) + &format!("acquisition_payback = \"{payback} months\"\n")
            }
            "royalty-catalogue" => self.filled(
                "works = <2 1 900 whole>\nhalf_life = \"<3 1 60 whole> months\"\nworks_log_sd = <4 0 3>\n\
                 popularity_log_sd = <5 0 0.5>\nreleases = \"<6 0 60>/year\"\nrelease_cost = <7 0.5 20>\nlasting = <6 0 0.9>\n\
                 brand_deals = { rate = \"<2 0 0.9>/year\", size = <3 0.2 0.9> }\n",
            ),
            "content" => self.filled(
                "niche = <2 1 9>\nrenewed = <3 0 1>\nupdates = \"<4 0 6>/year\"\nupdate_sd = <5 0 1>\nowned_audience = <6 0 1>\n\
                 fixed_costs = <7 0 0.8>\n",
            ),
            "flywheel" => {
                let template = "products = <2 1 30 whole>\nclosure = \"<3 0.1 9> %/month\"\nreinvested = <4 0.1 1>\n\
                                build_time = \"<6 1 6 whole> months\"\nsaturation = <7 60 400 whole>\n";
                let (products, reinvested) = (self.between(2, 1.0, 30.0).floor(), self.between(4, 0.1, 1.0));
                let most = (99.0 * reinvested * products / self.between(3, 0.1, 9.0)).clamp(1.0, 20.0);
                let cost = self.between(5, 1.0, most).floor();
                self.filled(template) + &format!("build_cost = \"{cost} months\"\n")
            }
            "defi-yield" => self.filled(
                "rebalance = \"<2 1 20 whole> weeks\"\nincentive_half_life = \"<3 1 24 whole> months\"\nleverage = <4 1 3>\n\
                 liquidation_threshold = <5 0.7 0.95>\n",
            ),
            "tokenized-asset" => {
                let template = "vacancy = <2 0 0.5>\ndisputes = \"<3 0 2>/year\"\nmaintenance = <4 0 0.05>\ndepreciation = <5 0 0.3>\n";
                self.filled(template) + or(6, 0.3, "marking = \"appraisal\"\n", "")
            }
            "managed-portfolio" => {
                let target = or(5, 0.5, "volatility_target = <6 0.02 0.5>\n", "");
                self.filled(&format!("edge_kept = <2 0 1>\nmanager_fee = <3 0 0.05>\nincome_share = <4 0 1>\n{target}"))
            }
            // of a kind without ends of its own, the example
            _ => {
                let own = self.known().kind.example.lines();
                own.filter(|line| !line.starts_with("roi")).map(|line| format!("{line}\n")).collect()
            }
        }
    }
}
