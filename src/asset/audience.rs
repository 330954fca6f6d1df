//! Who sees what an asset sells: visits of the sites that send them.
//!
//! In: what the sites show of their visits. Out: a row that the asset's own stages read. Not here: how visits move
//! (`content`), which sites these are (`plan`).

use crate::math::Lanes;
use crate::stage::{Build, Cx, Phase, Row, Stage};

/// One site of an audience.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// Its visits, in those of its first month.
    pub visits: Row,
    /// Visits of its first month, or any number if it is the only one.
    pub weight: f64,
    /// Whether it is built when there is money for it: its visits come on top of those of the others.
    pub is_later: bool,
}

/// Leaves the visits of all `sites` in those of their first months, before the asset's own stages run:
///
/// ```text
/// Σ weight·visits/Σ weight        of the next month from `Phase::Operate` on; 1 on day one
/// ```
///
/// The lower sum is over those that are not built later, of which there is one at least.
pub fn attract(sites: Vec<Site>, build: &mut Build) -> Row {
    let row = build.row();
    let first = sites.iter().filter(|site| !site.is_later);
    let all = first.map(|site| site.weight).sum();
    for phase in [Phase::Open, Phase::Operate] {
        let sites = sites.clone();
        build.stage(phase, Attract { sites, all, row });
    }
    row
}

struct Attract {
    sites: Vec<Site>,
    all: f64,
    row: Row,
}

impl Stage for Attract {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut sum = Lanes::ZERO;
        for site in &self.sites {
            let visits = cx.rows.get(site.visits);
            sum.each(|lane, own| own + site.weight * visits[lane]);
        }
        let row = cx.rows.get_mut(self.row);
        row.each(|lane, _| sum[lane] / self.all);
    }
}
