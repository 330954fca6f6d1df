//! Terms of assets that are ranges: equal ends are a point, a wide range moves the outcome, and its mean is that over the law.
//!
//! The mean over the law is a quadrature over points, path by path: all runs have the same random numbers, so that what is left
//! between both is the draw of the range.

use crate::common::bits;
use crate::estimate::{Found, holds, mean, quantile};
use crate::verification::ranges::{example, paid as paid_out};
use tailwheel::engine::Outcome;
use tailwheel::record::WEALTH;

/// Step and number of nodes on either side of 0, in standard deviations of the law.
const STEP: f64 = 0.5;
const NODES: i32 = 8;
const Z95: f64 = 1.644_853_627;
const PATHS: u32 = 10_000;

/// What is compared.
#[derive(Clone, Copy)]
enum Of {
    Wealth,
    /// What was paid out: a buyer expects the medians of a provider, and of a point that point.
    Paid,
}

/// A key of a kind with a range and what else makes it act.
struct Case {
    kind: &'static str,
    key: &'static str,
    /// 5th and 95th percentile, in per cent for shares.
    ends: [f64; 2],
    unit: &'static str,
    /// True if the scale is that of log-odds.
    is_share: bool,
    with: &'static str,
    of: Of,
}

const fn share(kind: &'static str, key: &'static str, ends: [f64; 2], with: &'static str) -> Case {
    Case { kind, key, ends, unit: " %", is_share: true, with, of: Of::Wealth }
}

type Ends = ([f64; 2], &'static str);

const fn number(kind: &'static str, key: &'static str, (ends, unit): Ends, with: &'static str) -> Case {
    Case { kind, key, ends, unit, is_share: false, with, of: Of::Wealth }
}

const fn paid(case: Case) -> Case {
    Case { of: Of::Paid, ..case }
}

const HOUSE: &str = "rent = \"12 %/year\"\nroi\nroi_law\nvacancy = 0.1";
/// Rises that leave something of the margin: no product is closed, and no owner is ruined by what it loses.
const RISES: &str =
    "gross_margin = 0.8\nrepricing = \"1/year\"\nrepricing_size = 1.1\nrepricing_spread = 0.1";
const YEARLY: &str = " %/year";

const CASES: &[Case] = &[
    share("tokenized-asset", "vacancy", [6.0, 15.0], HOUSE),
    number("tokenized-asset", "disputes", ([0.5, 2.0], "/year"), HOUSE),
    number("tokenized-asset", "rent", ([9.0, 16.0], YEARLY), HOUSE),
    share("subscription", "gross_margin", [40.0, 80.0], "repricing = \"1/year\"\nrepricing_size = 1.1"),
    paid(number("subscription", "repricing", ([0.5, 4.0], "/year"), RISES)),
    paid(number("subscription", "repricing_size", ([1.05, 1.4], ""), RISES)),
    share("unit-fleet", "decayed_income", [20.0, 70.0], ""),
    number("unit-fleet", "reseed_cost", ([1.0, 3.0], " months"), ""),
    number("unit-fleet", "uplift", ([4.0, 12.0], YEARLY), ""),
    number("unit-fleet", "uplift_limit", ([1.25, 1.6], ""), "uplift = \"60 %/year\""),
    number("defi-yield", "spread", ([2.0, 15.0], YEARLY), ""),
    share("defi-yield", "bridge_cost", [0.02, 1.0], ""),
    number("defi-yield", "borrow_rate", ([3.0, 15.0], YEARLY), ""),
    number("managed-portfolio", "manager_fee", ([0.25, 2.0], YEARLY), ""),
    share("managed-portfolio", "edge_kept", [40.0, 95.0], ""),
    share("royalty-catalogue", "lasting", [5.0, 50.0], ""),
];

impl Case {
    fn run(&self, value: &str) -> Outcome {
        let lines = [self.with.to_owned(), format!("{} = {value}", self.key)];
        let text = example(self.kind, &lines);
        let paths = format!("paths = {PATHS}");
        crate::common::outcome(&text.replace("paths = 256", &paths))
    }

    fn point(&self, x: f64) -> Outcome {
        self.run(&self.written(x))
    }

    fn range(&self, ends: [f64; 2]) -> Outcome {
        let [low, high] = ends.map(|end| self.written(end));
        self.run(&format!("[{low}, {high}]"))
    }

    fn written(&self, x: f64) -> String {
        match self.unit {
            "" => format!("{x:?}"),
            unit => format!("\"{x}{unit}\""),
        }
    }

    /// The number at a standard normal.
    fn at(&self, z: f64) -> f64 {
        let scale = |x: f64| if self.is_share { (x / (100.0 - x)).ln() } else { x.ln() };
        let [low, high] = self.ends.map(scale);
        let y = 0.5 * (low + high) + z / Z95 * 0.5 * (high - low);
        if self.is_share { 100.0 / (1.0 + (-y).exp()) } else { y.exp() }
    }

    fn found(&self, outcome: &Outcome) -> Vec<f64> {
        match self.of {
            Of::Wealth => outcome.column(WEALTH).expect("kept").to_vec(),
            Of::Paid => paid_out(outcome),
        }
    }

    /// The mean of every path over the law, by the trapezoid.
    fn over_the_law(&self) -> Vec<f64> {
        let mut sums = vec![0.0; PATHS as usize];
        let weight = |z: f64| (-0.5 * z * z).exp();
        let all: f64 = (-NODES..=NODES).map(|node| weight(STEP * f64::from(node))).sum();
        for node in -NODES..=NODES {
            let z = STEP * f64::from(node);
            let found = self.found(&self.point(self.at(z)));
            for (sum, found) in sums.iter_mut().zip(found) {
                *sum += weight(z) / all * found;
            }
        }
        sums
    }
}

/// The mean of what is left between two runs of the same paths.
fn left(one: &[f64], other: &[f64]) -> Found {
    let left: Vec<f64> = one.iter().zip(other).map(|(one, other)| one - other).collect();
    mean(&left)
}

#[test]
#[ignore = "slow: part of .ci/run"]
fn a_term_in_a_range_is_a_point_or_has_the_mean_of_its_law() {
    for case in CASES {
        let id = format!("{}.{}", case.kind, case.key);
        let median = case.at(0.0);
        let point = case.point(median);
        assert!(bits(&case.range([median; 2])) == bits(&point), "{id}: equal ends are no point");
        let range = case.found(&case.range(case.ends));
        let point = case.found(&point);
        let is_moved = mean(&range).value != mean(&point).value
            || quantile(&range, 0.05).value != quantile(&point, 0.05).value;
        assert!(is_moved, "{id} moves nothing");
        let exact = case.over_the_law();
        let off = case.found(&case.range(case.ends.map(|end| 1.05 * end)));
        holds(&id, 0.0, left(&range, &exact), left(&off, &exact));
    }
}
