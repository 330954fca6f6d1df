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
        let between = |index: usize, low: f64, high: f64| (high - low).mul_add(self.at[index], low);
        let mut text = format!(
            "value = {:?}\nmodel = \"{}\"\nroi = [{:?}, {:?}]\nvolatility = {:?}\n",
            value.max(1.0) * scale,
            self.known().kind.id,
            between(0, 0.05, 0.3),
            between(0, 0.05, 0.3) + 0.1,
            between(1, 0.0, 1.5),
        );
        text += &self.own(&between);
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

    /// Those of its kind.
    fn own(&self, between: &impl Fn(usize, f64, f64) -> f64) -> String {
        let of = |index, low, high| between(index, low, high);
        let (products, reinvested) = (of(2, 1.0, 30.0).floor(), of(4, 0.1, 1.0));
        let months = |index, most: f64| format!("\"{} months\"", of(index, 1.0, most).floor());
        match self.known().kind.id {
            "unit-fleet" => format!(
                "units = {}\nshutdown = {:?}\nalgorithm_half_life = {}\naudit = \"{} h/week\"\ndetection = {:?}\n\
                 found = \"{}\"\nuplift = {:?}\n",
                of(2, 1.0, 90.0).floor(),
                of(3, 0.0, 0.9),
                months(4, 30.0),
                of(5, 0.0, 30.0),
                of(6, 0.0, 1.0),
                if self.at[7] < 0.5 { "sunset" } else { "re-seed" },
                of(0, 0.0, 0.5),
            ),
            "subscription" => format!(
                "subscribers = {}\nchurn = \"{} %/month\"\narrivals = \"{}/month\"\nacquisition_payback = \"{} months\"\n\
                 gross_margin = {:?}\nrepricing = \"{}/year\"\n",
                of(2, 1.0, 400.0).floor(),
                of(3, 0.0, 50.0),
                of(4, 0.0, 30.0),
                // what winning them costs leaves something
                (0.5 * of(2, 1.0, 400.0).floor() / of(4, 0.0, 30.0).max(1.0)).min(20.0),
                of(5, 0.1, 1.0),
                of(6, 0.0, 2.0),
            ),
            "royalty-catalogue" => format!(
                "works = {}\nhalf_life = {}\nworks_log_sd = {:?}\npopularity_log_sd = {:?}\nreleases = \"{}/year\"\n\
                 release_cost = {:?}\nlasting = {:?}\nbrand_deals = {{ rate = \"{}/year\", size = {:?} }}\n",
                of(2, 1.0, 900.0).floor(),
                months(3, 60.0),
                of(4, 0.0, 3.0),
                of(5, 0.0, 0.5),
                of(6, 0.0, 60.0),
                of(7, 0.5, 20.0),
                of(6, 0.0, 0.9),
                of(2, 0.0, 0.9),
                of(3, 0.2, 0.9),
            ),
            "content" => format!(
                "niche = {:?}\nrenewed = {:?}\nupdates = \"{}/year\"\nupdate_sd = {:?}\nowned_audience = {:?}\n\
                 fixed_costs = {:?}\n",
                of(2, 1.0, 9.0),
                of(3, 0.0, 1.0),
                of(4, 0.0, 6.0),
                of(5, 0.0, 1.0),
                of(6, 0.0, 1.0),
                of(7, 0.0, 0.8),
            ),
            "flywheel" => format!(
                "products = {}\nclosure = \"{} %/month\"\nreinvested = {:?}\nbuild_cost = \"{} months\"\nbuild_time = {}\nsaturation = {}\n",
                products,
                of(3, 0.1, 9.0),
                reinvested,
                of(5, 1.0, (99.0 * reinvested * products / of(3, 0.1, 9.0)).clamp(1.0, 20.0)).floor(),
                months(6, 6.0),
                of(7, 60.0, 400.0).floor(),
            ),
            "defi-yield" => format!(
                "rebalance = \"{} weeks\"\nincentive_half_life = {}\nleverage = {:?}\nliquidation_threshold = {:?}\n",
                of(2, 1.0, 20.0).floor(),
                months(3, 24.0),
                of(4, 1.0, 3.0),
                of(5, 0.7, 0.95),
            ),
            "tokenized-asset" => format!(
                "vacancy = {:?}\ndisputes = \"{}/year\"\nmaintenance = {:?}\ndepreciation = {:?}\n{}",
                of(2, 0.0, 0.5),
                of(3, 0.0, 2.0),
                of(4, 0.0, 0.05),
                of(5, 0.0, 0.3),
                if self.at[6] < 0.3 { "marking = \"appraisal\"\n" } else { "" },
            ),
            "managed-portfolio" => format!(
                "edge_kept = {:?}\nmanager_fee = {:?}\nincome_share = {:?}\n{}",
                of(2, 0.0, 1.0),
                of(3, 0.0, 0.05),
                of(4, 0.0, 1.0),
                if self.at[5] < 0.5 {
                    format!("volatility_target = {:?}\n", of(6, 0.02, 0.5))
                } else {
                    String::new()
                },
            ),
            // of a kind without ends of its own, the example
            _ => {
                let own = self.known().kind.example.lines();
                own.filter(|line| !line.starts_with("roi")).map(|line| format!("{line}\n")).collect()
            }
        }
    }
}
