//! The numbers from which the crash of a path is drawn.
//!
//! In: a [`ReplayReport`]. Out: a chart. Not here: drawing (`pictures`).

use super::document::{CrashMonth, FallenMarket, ReplayReport};
use crate::chart::{Stamp, Theme};
use crate::report::pictures::{
    CrashAnatomy, FallingMarket, Picture, Sale, Sellers, drawn_with, first_letters,
};
use crate::report::screen::spoken_month;
use std::sync::atomic::AtomicBool;

impl ReplayReport {
    /// The crash as a chart, if anybody sold.
    pub fn chart(&self) -> Option<CrashAnatomy> {
        let crash = self
            .crash
            .as_ref()
            .filter(|crash| !crash.firings.is_empty())?;
        let agents = &crash.agents;
        let markets = crash.markets.iter().enumerate();
        Some(CrashAnatomy {
            path: self.path,
            date: spoken_month(&crash.date),
            loss_before: agents.loss_before,
            loss_after: agents.loss_after,
            obeyed: agents.obeyed,
            alone: agents.alone,
            pushed: agents.pushed,
            markets: markets
                .map(|(index, market)| falling(crash, index, market))
                .collect(),
            sellers: crash
                .clusters
                .iter()
                .map(|seller| {
                    let sold = f64::from(seller.fired) / f64::from(seller.blocks);
                    Sellers {
                        name: seller.name.clone(),
                        sold,
                        of_all: seller.capital_share * sold,
                    }
                })
                .collect(),
            sales: crash
                .firings
                .iter()
                .map(|firing| Sale {
                    cluster: firing.cluster_index,
                    share: firing.share,
                    limit: firing.threshold,
                    seen: firing.load,
                })
                .collect(),
        })
    }

    /// The crash as a picture, if anybody sold; nothing once `stop` is set.
    pub fn picture(&self, theme: Theme, stop: &AtomicBool) -> Option<Picture> {
        let stamp = Stamp {
            scenario: self.scenario.title.clone(),
            seeds: self.run.seeds,
            n_paths: self.run.paths,
            digest: first_letters(&self.scenario.model_digest),
        };
        drawn_with(&self.chart()?, &stamp, theme, stop)
    }
}

fn falling(crash: &CrashMonth, index: usize, market: &FallenMarket) -> FallingMarket {
    let falls = crash.firings.iter().map(|firing| firing.falls[index]);
    FallingMarket {
        name: market.name.clone(),
        loss: market.loss,
        falls: falls.collect(),
        missing: market.missing_finely.clone(),
    }
}
