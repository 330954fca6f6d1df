//! Audience of an asset: the visits of the sites that send it visitors.
//!
//! In: the visits of each site. Out: a row of relative visits that the asset's own stages read. Not here:
//! changes of visits (`content`), the choice of sites (`plan`).

use crate::math::Lanes;
use crate::stage::{Build, Coefficient, Cx, Phase, Row, Stage};

/// One site that sends visitors to an asset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// Visits of the site relative to its first month.
    pub visits: Row,
    /// Visits in its first month. Any positive number if it is the only site.
    pub weight: Coefficient,
    /// True if the site is built only once there is money for it. Its visits add to those of the existing
    /// sites.
    pub is_later: bool,
}

/// Adds the stage that sums the visits of all `sites`, and returns its row. It runs before the asset's own
/// stages:
///
/// ```text
/// Σ weight·visits/Σ weight        of the next month from `Phase::Operate` on; 1 on day one
/// ```
///
/// The denominator sums over the sites that are not built later, at least one.
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

/// Variant for sites whose visits in the first month are drawn per path.
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
        cx.rows.get_mut(self.row).each(|lane, _| sum[lane] / all[lane]);
    }
}

struct Attract {
    /// Row of visits and weight of each site.
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
        cx.rows.get_mut(self.row).each(|lane, _| sum[lane] / self.all);
    }
}
