//! What a scenario says of itself, beside the columns that it speaks of.
//!
//! In: generated scenarios. Out: [`Told`]: printed text and columns. Not here: readers of sentences.
#![allow(dead_code)] // each reader uses its part

use crate::common::{control, report};
use crate::generate::{Case, cases};
use rayon::prelude::*;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::AtomicBool;
use tailwheel::chart::Picture;
use tailwheel::engine::{Outcome, replay, run};
use tailwheel::form::Colour;
use tailwheel::plan::Plan;
use tailwheel::record::{
    CRASH_MONTHS, DEEPEST_SALE, LARGEST_SALE, MAX_DRAWDOWN, REAL_INCOME_TERMINAL, REAL_UNIT_VALUE,
    REAL_WEALTH, SELLING_MONTHS, WEALTH,
};
use tailwheel::report::{ReplayReport, Report, SinglePaths, drawings};
use tailwheel::scenario::{self, Scenario};
use tailwheel::stage::Level;
use tailwheel::study::{Chosen, MiddlePath, worst_crash};

/// A scenario that was run once, for all tests.
pub struct Told {
    pub name: String,
    pub case: Case,
    /// As `run` prints it on eighty columns.
    pub screen: String,
    /// The screen and the whole page in one line, one blank between words.
    pub text: String,
    pub columns: Columns,
    pub scenario: Scenario,
    pub outcome: Outcome,
    pub report: Report,
    /// Every picture of the run, that of the worst crash included.
    pub drawings: Vec<Picture>,
    /// The path of the worst crash, or the poorest one.
    pub worst: ReplayReport,
}

/// One number per path; empty where the run has none.
pub struct Columns {
    pub n_paths: usize,
    pub n_months: u32,
    pub currency: String,
    pub money_in: f64,
    /// Price level at the horizon, 1 on day one; 1 where nothing is left to read it from.
    pub levels: Vec<f64>,
    /// What a unit has become, in money of the start.
    pub units: Vec<f64>,
    /// In money of the start.
    pub wealth: Vec<f64>,
    pub deepest_fall: Vec<f64>,
    /// Per month over the last year, in money of the start.
    pub income: Vec<f64>,
    /// In money of the start, without the agents.
    pub wealth_alone: Vec<f64>,
    pub deepest_fall_alone: Vec<f64>,
    pub selling_months: Vec<f64>,
    pub crash_months: Vec<f64>,
    /// Largest share of the agents that sold in one month.
    pub largest_sale: Vec<f64>,
}

/// All of them, run once.
pub fn all() -> &'static [Told] {
    static ALL: OnceLock<Vec<Told>> = OnceLock::new();
    ALL.get_or_init(|| cases().into_par_iter().map(Told::new).collect())
}

/// Those of more than one path, of which there are chances and quantiles to tell.
pub fn many() -> impl Iterator<Item = &'static Told> {
    all().iter().filter(|told| told.columns.n_paths > 1)
}

/// The one of that name.
pub fn named(name: &str) -> &'static Told {
    let mut all = all().iter();
    all.find(|told| told.name == name)
        .unwrap_or_else(|| panic!("no case \"{name}\""))
}

impl Told {
    fn new(case: Case) -> Self {
        let scenario = read(&case);
        let outcome = run(&Plan::compile(&scenario), &control(Level::detect()))
            .unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
        let report = report(&scenario, &outcome);
        let screen = report.to_text(80);
        let chosen = match (worst_crash(&outcome), outcome.column(DEEPEST_SALE)) {
            (Some(_), _) => Chosen::DeepestSale,
            (None, Some(_)) => Chosen::LowestWealthWithoutSales,
            (None, None) => Chosen::LowestWealth,
        };
        let path = worst_crash(&outcome).or(outcome.least(WEALTH).map(|(path, _)| path));
        let worst = replayed(&scenario, path.expect("a path"), chosen, None);
        let never = AtomicBool::new(false);
        let plan = Plan::compile(&scenario);
        let middle = MiddlePath::of(&plan, &outcome, Level::detect()).expect("a finite path");
        let single = SinglePaths {
            worst: Some(&worst),
            middle: middle.as_ref(),
        };
        let drawings = drawings(&scenario, &outcome, &report, single, &never);
        Self {
            name: case.name.clone(),
            case,
            text: in_one_line(&(screen.clone() + &report.whole(&[], "").to_text(80))),
            screen,
            columns: Columns::of(&scenario, &outcome),
            scenario,
            outcome,
            report,
            drawings: drawings.expect("nobody stops it"),
            worst,
        }
    }
}

/// One path, with the anatomy of `month` or of the worst one.
pub fn replayed(
    scenario: &Scenario,
    path: u64,
    chosen: Chosen,
    month: Option<u32>,
) -> ReplayReport {
    let plan = Plan::compile(scenario);
    let found = replay(&plan, Level::detect(), path).expect("a finite path");
    ReplayReport::new(scenario, &found, chosen, month)
}

/// With one blank between words.
pub fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

pub fn read(case: &Case) -> Scenario {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let loader = |file: &str| match file == case.name {
        true => Ok(case.text.clone().into_bytes()),
        false => std::fs::read(folder.join(file)).map_err(|error| error.to_string()),
    };
    match scenario::read(&case.name, &case.set, &loader) {
        Ok(scenario) => scenario,
        Err(refusal) => panic!("{}: {}", case.name, refusal.render(Colour::Plain)),
    }
}

impl Columns {
    pub fn of(scenario: &Scenario, outcome: &Outcome) -> Self {
        let column = |id| outcome.column_or_like(id).unwrap_or_default().to_vec();
        let [nominal, real] = [WEALTH, REAL_WEALTH].map(column);
        let levels = nominal
            .iter()
            .zip(&real)
            .map(|(nominal, real)| match *real {
                0.0 => 1.0,
                real => nominal / real,
            });
        Self {
            n_paths: outcome.n_paths,
            n_months: outcome.n_months,
            currency: scenario.currency.clone(),
            money_in: outcome.money_in,
            levels: levels.collect(),
            wealth: real,
            units: column(REAL_UNIT_VALUE),
            deepest_fall: column(MAX_DRAWDOWN),
            income: column(REAL_INCOME_TERMINAL),
            wealth_alone: column(REAL_WEALTH.without_feedback()),
            deepest_fall_alone: column(MAX_DRAWDOWN.without_feedback()),
            selling_months: column(SELLING_MONTHS),
            crash_months: column(CRASH_MONTHS),
            largest_sale: column(LARGEST_SALE),
        }
    }
}
