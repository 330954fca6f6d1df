//! Income of an asset's first month on each path, if part of it is a range.
//!
//! In: formulas of incomes, visits of sites. Out: [`Stated`] rows, filled when a block opens. Not here: the
//! formulas (`scenario`), their use by an asset (`asset`).

use crate::asset::Stated;
use crate::math::{LANES, Lanes, greater};
use crate::scenario::{AssetEntry, Factor, Formula, Scenario};
use crate::stage::{Build, Coefficient, Cx, Phase, Rows, Stage};

/// Name and first month's visits of every site that states them. They are drawn once per path and shared by
/// all assets.
pub(super) fn visits_of_all<'a>(scenario: &'a Scenario, build: &mut Build) -> Vec<(&'a str, Coefficient)> {
    let sites = scenario.assets.iter().filter_map(|site| {
        let visits = site.visits?;
        build.asset(&site.name, &site.class);
        Some((site.name.as_str(), build.drawn("visits", &visits)))
    });
    sites.collect()
}

/// Adds the income of the first month of the asset being built; `None` if no formula states it.
pub(super) fn stated(
    entry: &AssetEntry,
    visits: &[(&str, Coefficient)],
    build: &mut Build,
) -> Option<Stated> {
    let formula = entry.formula.as_deref()?;
    let sites = formula.visits.iter().map(|(site, of_site)| {
        let found = visits.iter().find(|(name, _)| name == site);
        found.map_or(Coefficient::Same(of_site.get()), |(_, visits)| *visits)
    });
    let sites: Vec<Coefficient> = sites.collect();
    let draw = |build: &mut Build, factor: &Factor| Part {
        of: match factor.law {
            Some(law) if factor.is_of_class => build.drawn_of_class(factor.key, law),
            Some(law) => build.drawn_by(factor.key, law),
            None => Coefficient::Same(factor.median),
        },
        is_rest: factor.is_rest,
    };
    let sum = formula.sum.iter().map(|(weight, factors)| {
        let parts = factors.iter().map(|factor| draw(build, factor));
        (*weight, parts.collect())
    });
    let sum = sum.collect();
    let costs = formula.costs.as_ref().map(|costs| draw(build, costs).of);
    let rows = Stated {
        factor: build.row(),
        fixed_costs: costs.map(|_| build.row()),
        deal: formula.deal.map(|_| build.row()),
        is_built: entry.keys.launch.is_some(),
    };
    let stage = State { sites, sum, costs, deal: formula.deal.unwrap_or(0.0), median: median(formula), rows };
    build.stage(Phase::Open, stage);
    Some(rows)
}

/// Net income of the first month with every range at its median.
fn median(formula: &Formula) -> f64 {
    let visits = formula.visits.iter().map(|(_, visits)| visits.get());
    let visits = if formula.visits.is_empty() { 1.0 } else { visits.sum() };
    let costs = formula.costs.as_ref().map_or(0.0, Factor::get);
    visits * formula.per_visit() - costs
}

struct Part {
    of: Coefficient,
    is_rest: bool,
}

struct State {
    sites: Vec<Coefficient>,
    sum: Vec<(f64, Vec<Part>)>,
    costs: Option<Coefficient>,
    /// Income from one deal per visit.
    deal: f64,
    median: f64,
    rows: Stated,
}

impl State {
    /// Total visits of the sites; 1 if the income does not depend on visits.
    #[inline(always)]
    fn visits(&self, rows: &Rows) -> Lanes {
        let mut visits = Lanes::ZERO;
        if self.sites.is_empty() {
            visits.fill(1.0);
        }
        for site in &self.sites {
            visits += &site.of_paths(rows);
        }
        visits
    }

    #[inline(always)]
    fn per_visit(&self, rows: &Rows) -> Lanes {
        let mut sum = Lanes::ZERO;
        for (weight, parts) in &self.sum {
            let mut product = Lanes::ZERO;
            product.fill(*weight);
            for part in parts {
                let of = part.of.of_paths(rows);
                product.each(|lane, own| if part.is_rest { own * (1.0 - of[lane]) } else { own * of[lane] });
            }
            sum += &product;
        }
        sum
    }
}

/// Largest fraction of revenue for running costs. Above it the site is given up.
const MOST_COSTS: f64 = 0.95;

impl Stage for State {
    #[inline(always)]
    fn run(&self, cx: &mut Cx<'_>) {
        let visits = self.visits(cx.rows);
        let mut revenue = self.per_visit(cx.rows);
        revenue *= &visits;
        let mut net = revenue;
        if let (Some(costs), Some(row)) = (self.costs, self.rows.fixed_costs) {
            let costs = costs.of_paths(cx.rows);
            let share = cx.rows.get_mut(row);
            for lane in 0..LANES {
                let part = costs[lane] / revenue[lane];
                let is_worth_it = part <= MOST_COSTS;
                share[lane] = if is_worth_it { part } else { 0.0 };
                net[lane] = if is_worth_it { revenue[lane] - costs[lane] } else { 0.0 };
            }
        }
        cx.rows.get_mut(self.rows.factor).each(|lane, _| greater(net[lane], 0.0) / self.median);
        if let Some(row) = self.rows.deal {
            cx.rows.get_mut(row).each(|lane, _| {
                if revenue[lane] > 0.0 { self.deal * visits[lane] / revenue[lane] } else { 0.0 }
            });
        }
    }
}
