//! Audience of an asset: the visits of the sites that send it visitors.
//!
//! In: the visits of each site. Out: a row of relative visits that the asset's own stages read. Not here:
//! changes of visits (`content`), the choice of sites (`plan`).

use crate::math::Lanes;
use crate::stage::{Build, Coefficient, Phase, Row};

/// One site that sends visitors to an asset.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Site {
    /// Visits of the site relative to its first month.
    pub visits: Row,
    /// Visits of the site in its first month, in any unit common to all sites.
    pub weight: Coefficient,
    /// True if the site is built once there is money for it. Its visits add to those of existing sites.
    pub is_later: bool,
}

/// Adds the stage that sums the visits of all `sites` relative to the first month, and returns their row:
///
/// ```text
/// Σ weight·visits/Σ weight        of the next month from `Phase::Operate` on; 1 on day one
/// ```
///
/// It precedes the asset's stages. The denominator sums over the sites not built later, at least one.
pub fn attract(sites: Vec<Site>, build: &mut Build) -> Row {
    let row = build.row();
    let first = || sites.iter().filter(|site| !site.is_later).map(|site| site.weight);
    let all = match first().map(Coefficient::same).collect::<Option<Vec<f64>>>() {
        Some(weights) => Coefficient::Same(weights.into_iter().sum()),
        None => {
            let (all, weights) = (build.row(), first().collect::<Vec<_>>());
            build.open(
                #[inline(always)]
                move |cx| {
                    let mut sum = Lanes::ZERO;
                    weights.iter().for_each(|weight| sum += &weight.of_paths(cx.rows));
                    *cx.rows.get_mut(all) = sum;
                },
            );
            Coefficient::PerPath(all)
        }
    };
    for phase in [Phase::Open, Phase::Operate] {
        let sites: Vec<_> = sites.iter().map(|site| (site.visits, site.weight)).collect();
        build.step(
            phase,
            "Attract",
            #[inline(always)]
            move |cx| {
                let mut sum = Lanes::ZERO;
                for (visits, weight) in &sites {
                    let visits = cx.rows.get(*visits);
                    match weight {
                        Coefficient::Same(weight) => sum.each(|lane, own| own + weight * visits[lane]),
                        Coefficient::PerPath(row) => {
                            let weight = cx.rows.get(*row);
                            sum.each(|lane, own| own + weight[lane] * visits[lane]);
                        }
                    }
                }
                all.apply(cx.rows, &mut sum, |own, all| own / all);
                *cx.rows.get_mut(row) = sum;
            },
        );
    }
    row
}
