//! Markets that assets share, agents that sell in them, and what the owner has to do with either.

use super::portfolio::{CLASSES, between};
use proptest::prelude::*;

/// Named markets that assets may be in.
const NAMED: usize = 3;

/// The part of an asset in its market.
#[derive(Clone, Debug)]
pub struct Part {
    /// One of the named markets; its own if none.
    pub market: Option<usize>,
    pub correlation: Option<f64>,
    pub beta: f64,
    pub income_beta: f64,
    /// Which cluster's agent minds it, if there are agents.
    pub agent: Option<usize>,
}

/// A cluster of agents, one of two.
#[derive(Clone, Debug)]
pub struct Cluster {
    first_trigger: f64,
    dispersion: f64,
    sell_fraction: f64,
    blocks: u32,
    hallucination: Option<f64>,
}

/// A regime and a loop, and the named markets as they look there.
#[derive(Clone, Debug)]
pub struct Agents {
    crisis: bool,
    linear: bool,
    clusters: [Cluster; 2],
    /// Class, volatility, agents' share and depth of each named market.
    markets: [(usize, f64, f64, f64); NAMED],
}

prop_compose! {
    pub fn part()(
        market in prop::option::of(0..NAMED),
        correlation in prop::option::of(between(-1.0, 0.3..1.0, 1.0)),
        beta in between(0.0, 0.2..1.0, 10.0),
        income_beta in between(0.0, 0.0..1.0, 10.0),
        agent in prop::option::of(0_usize..2),
    ) -> Part {
        Part { market, correlation, beta, income_beta, agent }
    }
}

prop_compose! {
    fn cluster()(
        first_trigger in between(0.001, 0.02..0.3, 1.0),
        dispersion in between(0.001, 0.02..0.3, 1.0),
        sell_fraction in between(0.0, 0.2..0.8, 1.0),
        blocks in 1_u32..300,
        hallucination in prop::option::of(0.1..12.0_f64),
    ) -> Cluster {
        Cluster { first_trigger, dispersion, sell_fraction, blocks, hallucination }
    }
}

/// Class, volatility, agents' share and depth.
fn market() -> impl Strategy<Value = (usize, f64, f64, f64)> {
    let numbers = (between(0.0, 0.1..1.0, 1.9), between(0.0, 0.05..0.5, 1.0), between(0.0, 0.02..0.3, 0.99));
    (0..CLASSES.len(), numbers)
        .prop_map(|(class, (volatility, share, depth))| (class, volatility, share, depth))
}

prop_compose! {
    pub fn agents()(
        crisis in any::<bool>(),
        linear in any::<bool>(),
        clusters in [cluster(), cluster()],
        markets in [market(), market(), market()],
    ) -> Agents {
        Agents { crisis, linear, clusters, markets }
    }
}

impl Part {
    /// The keys of the asset.
    pub fn text(&self, has_agents: bool) -> String {
        let mut text = format!("market_beta = {:?}\nincome_beta = {:?}\n", self.beta, self.income_beta);
        if let Some(market) = self.market {
            text += &format!("market = \"m{market}\"\n");
        }
        if let Some(correlation) = self.correlation {
            text += &format!("market_correlation = {correlation:?}\n");
        }
        if let Some(agent) = self.agent.filter(|_| has_agents) {
            text += &format!("managed_by = \"c{agent}\"\n");
        }
        text
    }
}

impl Agents {
    /// The tables of the regime and the agents.
    pub fn text(&self) -> String {
        let mut text = String::new();
        if self.crisis {
            text += "[crisis]\n";
        }
        let exponent = if self.linear { 1.0 } else { 0.5 };
        text += &format!("[crash]\nimpact_exponent = {exponent:?}\n");
        for (index, cluster) in self.clusters.iter().enumerate() {
            text += &format!(
                "[[crash.cluster]]\nname = \"c{index}\"\ncapital_share = {}\n\
                 first_trigger = {:?}\ndispersion = {:?}\nsell_fraction = {:?}\nblocks = {}\n",
                [0.6, 0.4][index],
                cluster.first_trigger,
                cluster.dispersion,
                cluster.sell_fraction,
                cluster.blocks,
            );
            if let Some(rate) = cluster.hallucination {
                text += &format!("hallucination = {{ rate = \"{rate}/year\", reach = 0.4 }}\n");
            }
        }
        text
    }

    /// The tables of those named markets that some asset is in; what agents look at only for them.
    pub fn markets(all: &Self, parts: &[&Part], has_agents: bool) -> String {
        let mut text = String::new();
        for (index, (class, volatility, share, depth)) in all.markets.iter().enumerate() {
            if !parts.iter().any(|part| part.market == Some(index)) {
                continue;
            }
            text += &format!("[[market]]\nname = \"m{index}\"\nclass = \"{}\"\n", CLASSES[*class]);
            if has_agents {
                text += &format!("agent_share = {share:?}\nimpact_of_10_percent = {depth:?}\n");
                // of one asset with jumps they would have to leave something
                if parts.iter().filter(|part| part.market == Some(index)).count() > 1 {
                    text += &format!("volatility = {volatility:?}\n");
                }
            }
        }
        text
    }
}
