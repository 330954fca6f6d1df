//! Who sees what an asset sells: visits of the sites that send them.
//!
//! In: what the sites show of their visits. Out: a row that the asset's own stages read. Not here: how visits move
//! (`content`), which sites these are (`plan`).

use crate::math::Lanes;
use crate::stage::{Build, Coefficient, Cx, Phase, Row, Stage};

/// One site of an audience.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// Its visits, in those of its first month.
    pub visits: Row,
    /// Visits of its first month, or any number if it is the only one.
    pub weight: Coefficient,
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
    let same = |sites: &mut dyn Iterator<Item = &Site>| {
        let weights = sites.map(|site| site.weight.same());
        weights.collect::<Option<Vec<f64>>>()
    };
    let first = &mut sites.iter().filter(|site| !site.is_later);
    let all = same(first).map(|weights| weights.into_iter().sum());
    let weights = same(&mut sites.iter());
    for phase in [Phase::Open, Phase::Operate] {
        match (&weights, all) {
            (Some(weights), Some(all)) => {
                let visits = sites.iter().map(|site| site.visits);
                let sites = visits.zip(weights.iter().copied()).collect();
                build.stage(phase, Attract { sites, all, row });
            }
            _ => {
                let sites = sites.clone();
                build.stage(phase, AttractDrawn { sites, row });
            }
        }
    }
    row
}

/// Of sites whose visits in the first month are drawn.
struct AttractDrawn {
    sites: Vec<Site>,
    row: Row,
}

impl Stage for AttractDrawn {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let (mut sum, mut all) = (Lanes::ZERO, Lanes::ZERO);
        for site in &self.sites {
            let (visits, weight) = (cx.rows.get(site.visits), site.weight.of_paths(cx.rows));
            sum.each(|lane, own| own + weight[lane] * visits[lane]);
            if !site.is_later {
                all += &weight;
            }
        }
        let row = cx.rows.get_mut(self.row);
        row.each(|lane, _| sum[lane] / all[lane]);
    }
}

struct Attract {
    /// Visits and weight of each.
    sites: Vec<(Row, f64)>,
    all: f64,
    row: Row,
}

impl Stage for Attract {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let mut sum = Lanes::ZERO;
        for (visits, weight) in &self.sites {
            let visits = cx.rows.get(*visits);
            sum.each(|lane, own| own + weight * visits[lane]);
        }
        let row = cx.rows.get_mut(self.row);
        row.each(|lane, _| sum[lane] / self.all);
    }
}
