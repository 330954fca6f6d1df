//! Scenarios side by side: what is said of them, beside the columns of both.
//!
//! In: generated scenarios and settings. Out: [`Pair`]s: printed text and columns. Not here: readers
//! of sentences (`rows`, `stakes`).

use crate::common::control;
use crate::generate::Case;
use crate::told::{Columns, Told, in_one_line, named, read};
use rayon::prelude::*;
use std::sync::OnceLock;
use tailwheel::engine::run;
use tailwheel::plan::Plan;
use tailwheel::report::compare::{Comparing, Side};
use tailwheel::stage::Level;
use tailwheel::study::data_by_path;

/// A base and what is beside it, run once for all tests.
pub struct Pair {
    pub name: String,
    pub base: &'static Told,
    /// Of every case, which are called `a`, `b` …
    pub new: Vec<Columns>,
    /// As `compare` prints it on eighty columns.
    pub screen: String,
    /// The same in one line.
    pub text: String,
    pub markdown: String,
}

/// A scenario of `generate` and what its cases set.
const PAIRS: [(&str, &[&[&str]]); 25] = [
    ("plain", &[&[]]),
    ("plain", &[&["asset.a.roi=\"19-29 %\""]]),
    ("plain", &[&["asset.a.roi=\"10-15 %\""]]),
    ("plain", &[&["asset.a.volatility=0.1"]]),
    ("plain", &[&["asset.a.volatility=\"250 %\""]]),
    ("plain", &[&["asset.a.value=60_000"]]),
    (
        "plain",
        &[&["asset.a.value=5_000_000", "asset.a.volatility=1.5"]],
    ),
    ("plain", &[&["economy.inflation=\"4 %\""]]),
    (
        "plain",
        &[
            &["asset.a.value=60_000"],
            &["asset.a.volatility=0.3"],
            &["asset.a.roi=\"18-27 %\"", "asset.a.value=60_000"],
        ],
    ),
    ("two paths", &[&["asset.a.volatility=0.1"]]),
    ("ten paths", &[&["asset.a.volatility=0.1"]]),
    ("99 paths", &[&["asset.a.roi=\"5 %\""]]),
    ("five months", &[&["asset.a.volatility=0.9"]]),
    ("fifty years", &[&["asset.a.decay=\"2 %/year\""]]),
    ("certain", &[&["asset.a.roi=\"5 %\""]]),
    ("half a bitcoin", &[&["asset.a.volatility=0.5"]]),
    ("a millionth", &[&["asset.a.volatility=0.5"]]),
    ("yen", &[&["asset.a.volatility=0.5"]]),
    ("trillions", &[&["asset.a.roi=\"-5 %\""]]),
    ("a rare loss, 1500 paths", &[&["asset.a.volatility=0.08"]]),
    ("a sure gain, 1500 paths", &[&["asset.a.volatility=0.4"]]),
    (
        "hardly but jumps, 1500 paths",
        &[&["asset.a.volatility=0.3"]],
    ),
    ("altcoins, spread", &[&["asset.altcoins.volatility=0.5"]]),
    (
        "flagship",
        &[&["crash.lockstep=0.2"], &["crash.lockstep=1"]],
    ),
    ("far limits", &[&["crash.trigger=0.2"]]),
];

/// All of them.
pub fn pairs() -> &'static [Pair] {
    static ALL: OnceLock<Vec<Pair>> = OnceLock::new();
    ALL.get_or_init(|| PAIRS.into_par_iter().map(Pair::new).collect())
}

impl Pair {
    fn new((name, cases): (&str, &[&[&str]])) -> Self {
        let base = named(name);
        let data = data_by_path(&base.scenario, &base.outcome);
        let of_base = Side {
            id: "base",
            name: "base",
            scenario: &base.scenario,
            data: &data,
        };
        let mut comparing = Comparing::new("Side by side", &of_base);
        let mut new = Vec::new();
        for (set, name) in cases.iter().zip(["a", "b", "c"]) {
            let set = set.iter().map(|text| (*text).to_owned());
            let case = Case {
                set: base.case.set.iter().cloned().chain(set).collect(),
                ..base.case.clone()
            };
            let scenario = read(&case);
            let plan = Plan::compile_beside(&scenario, &base.scenario);
            let outcome = run(&plan, &control(Level::detect())).expect("a finite run");
            let data = data_by_path(&scenario, &outcome);
            let side = Side {
                id: name,
                name,
                scenario: &scenario,
                data: &data,
            };
            let added = comparing.add(&of_base, &side, Vec::new(), Vec::new());
            added.expect("as many paths");
            new.push(Columns::of(&scenario, &outcome));
        }
        let comparison = comparing.judged();
        let screen = comparison.pages().to_text(80);
        Self {
            name: format!("{name} beside {cases:?}"),
            base,
            new,
            text: in_one_line(&screen),
            screen,
            markdown: comparison.to_markdown(),
        }
    }
}
