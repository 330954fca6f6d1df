//! Income of an asset's first month on each path, if part of it is a range.
//!
//! In: formulas of incomes, visits of sites. Out: [`FirstIncome`] rows, filled when a block opens. Not here: the
//! formulas (`scenario`), their use by an asset (`asset`).

use crate::asset::{Factor, FirstIncome};
use crate::math::{LANES, Lanes, greater};
use crate::scenario::{AssetEntry, Formula, Scenario};
use crate::stage::{Build, Coefficient, Rows};

/// Name and first month's visits of every site that states them. They are drawn once per path for all assets.
pub(super) fn visits_of_all<'a>(scenario: &'a Scenario, build: &mut Build) -> Vec<(&'a str, Coefficient)> {
    let sites = scenario.assets.iter().filter_map(|site| {
        let visits = site.visits?;
        build.asset(&site.name, &site.class);
        Some((site.name.as_str(), build.drawn("visits", &visits)))
    });
    sites.collect()
}

/// Adds the rows of the asset's income in the first month, computed per path when a block of paths opens; `None` if
/// no part of the formula of that income is a range.
pub(super) fn stated(
    entry: &AssetEntry,
    visits: &[(&str, Coefficient)],
    build: &mut Build,
) -> Option<FirstIncome> {
    let formula = entry.formula.as_deref()?;
    let sites = formula.visits.iter().map(|(site, of_site)| {
        let found = visits.iter().find(|(name, _)| name == site);
        found.map_or(Coefficient::Same(of_site.get()), |(_, visits)| *visits)
    });
    let sites: Vec<Coefficient> = sites.collect();
    let draw = |build: &mut Build, factor: &Factor| PathFactor {
        of: match factor.law {
            Some(law) if factor.is_of_class => build.drawn_of_class(factor.key, law),
            Some(law) => build.drawn_by(factor.key, law),
            None => Coefficient::Same(factor.median),
        },
        is_rest: factor.is_rest,
    };
    let sum: Vec<(f64, Vec<PathFactor>)> = formula
        .sum
        .iter()
        .map(|(weight, factors)| (*weight, factors.iter().map(|factor| draw(build, factor)).collect()))
        .collect();
    let costs = formula.costs.as_ref().map(|costs| draw(build, costs).of);
    let rows = FirstIncome {
        factor: build.row(),
        fixed_costs: costs.map(|_| build.row()),
        deal: formula.deal.map(|_| build.row()),
    };
    let (deal, median) = (formula.deal.unwrap_or(0.0), median(formula));
    build.open(
        #[inline(always)]
        move |cx| {
            let visits = total_visits(&sites, cx.rows);
            let mut revenue = per_visit(&sum, cx.rows);
            revenue *= &visits;
            let mut net = revenue;
            if let (Some(costs), Some(row)) = (costs, rows.fixed_costs) {
                let costs = costs.of_paths(cx.rows);
                let share = cx.rows.get_mut(row);
                for lane in 0..LANES {
                    let part = costs[lane] / revenue[lane];
                    let is_worth_it = part <= MOST_COSTS;
                    share[lane] = if is_worth_it { part } else { 0.0 };
                    net[lane] = if is_worth_it { revenue[lane] - costs[lane] } else { 0.0 };
                }
            }
            cx.rows.get_mut(rows.factor).each(|lane, _| greater(net[lane], 0.0) / median);
            if let Some(row) = rows.deal {
                cx.rows.get_mut(row).each(|lane, _| {
                    if revenue[lane] > 0.0 { deal * visits[lane] / revenue[lane] } else { 0.0 }
                });
            }
        },
    );
    Some(rows)
}

/// Largest fraction of revenue for running costs. Above it the site is given up.
const MOST_COSTS: f64 = 0.95;

/// Net income of the first month if every range in `formula` has its median.
fn median(formula: &Formula) -> f64 {
    let visits = formula.visits.iter().map(|(_, visits)| visits.get());
    let visits = if formula.visits.is_empty() { 1.0 } else { visits.sum() };
    let costs = formula.costs.as_ref().map_or(0.0, Factor::get);
    visits * formula.per_visit() - costs
}

struct PathFactor {
    of: Coefficient,
    is_rest: bool,
}

/// Total visits of the sites per path; 1 if the income does not depend on visits.
#[inline(always)]
fn total_visits(sites: &[Coefficient], rows: &Rows) -> Lanes {
    let mut visits = Lanes::ZERO;
    if sites.is_empty() {
        visits.fill(1.0);
    }
    for site in sites {
        visits += &site.of_paths(rows);
    }
    visits
}

/// Revenue per visit on each path: the sum over `terms` of a weight times a product of factors.
#[inline(always)]
fn per_visit(terms: &[(f64, Vec<PathFactor>)], rows: &Rows) -> Lanes {
    let mut sum = Lanes::ZERO;
    for (weight, parts) in terms {
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
