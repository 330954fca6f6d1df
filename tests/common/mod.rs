//! What several test binaries need: a scenario from text, a run of it, its figures.
#![allow(dead_code)] // each binary uses its part

use std::borrow::Cow;
use std::sync::atomic::AtomicBool;
use tailwheel::engine::{Block, Column, Control, Outcome, TriggerExposure, run, trigger_exposure};
use tailwheel::plan::{ExposurePlan, Plan};
use tailwheel::record::TrackId;
use tailwheel::report::Report;
use tailwheel::report::batch::read_study;
use tailwheel::scenario::{self, Case, LoadError, Loader, Scenario, Study};
use tailwheel::stage::Level;
use tailwheel::study::data_of;

/// The scenario that `text` says; panics with all its faults if it says none.
pub fn scenario(text: &str) -> Scenario {
    read("test.toml", &[], &|_: &str| Ok(text.as_bytes().to_vec()))
}

/// The scenario of a file of the repository, with `edits`; panics with all its faults if it says none.
pub fn scenario_of_file(file: &str, edits: &[&str]) -> Scenario {
    read(file, edits, &of_repository)
}

fn read(file: &str, edits: &[&str], loader: &dyn Loader) -> Scenario {
    match scenario::read(file, &owned(edits), loader) {
        Ok(scenario) => scenario,
        Err(refusal) => panic!("{}", refusal.render(tailwheel::form::Colour::Plain)),
    }
}

fn of_repository(path: &str) -> Result<Vec<u8>, LoadError> {
    std::fs::read(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path))
        .map_err(|error| LoadError(error.to_string()))
}

fn owned(edits: &[&str]) -> Vec<String> {
    edits.iter().map(|edit| (*edit).to_owned()).collect()
}

/// A file of the repository with all its cases, with `edits`.
pub fn study_of_file(file: &str, edits: &[&str]) -> Study {
    read_study(file, &owned(edits), &of_repository).unwrap_or_else(|refusal| panic!("{refusal}"))
}

/// The scenario of a variant of a file of the repository, with `edits`.
pub fn variant_of_file(file: &str, variant: &str, edits: &[&str]) -> Scenario {
    let study = study_of_file(file, edits);
    let is_meant = |case: &Case| case.choices.iter().any(|(_, chosen)| chosen == variant);
    let case = study.cases.into_iter().find(is_meant);
    case.unwrap_or_else(|| panic!("{file} has no variant {variant}")).scenario
}

/// Runs `text` at the best level of this CPU, in the current thread pool.
pub fn outcome(text: &str) -> Outcome {
    outcome_at(text, Level::detect())
}

/// Runs `text` at `level`.
pub fn outcome_at(text: &str, level: Level) -> Outcome {
    let plan = Plan::compile(&scenario(text));
    run(&plan, &control(level)).expect("a finite run")
}

/// Runs without progress, not to be stopped.
pub fn control(level: Level) -> Control<'static> {
    static NEVER: AtomicBool = AtomicBool::new(false);
    Control { level, stop: &NEVER, progress: &|_| {} }
}

/// The report of `outcome`, what its agents see sampled.
pub fn report(scenario: &Scenario, outcome: &Outcome) -> Report {
    Report::of(scenario, outcome, &data_of(scenario, outcome), exposure(scenario).as_ref())
}

/// What the agents of `scenario` see, if they hold anything.
pub fn exposure(scenario: &Scenario) -> Option<TriggerExposure> {
    let plan = ExposurePlan::compile(scenario)?;
    Some(trigger_exposure(&plan, &control(Level::detect())).expect("it is not stopped"))
}

/// The values of a column that must be there. Whole numbers, which are kept in fewer bytes, stay in memory until the tests end.
pub fn column(outcome: &Outcome, id: TrackId) -> &[f64] {
    match outcome.column(id).expect("the run keeps this column") {
        Cow::Borrowed(values) => values,
        Cow::Owned(values) => values.leak(),
    }
}

/// Bits of every column, for comparisons that allow no difference.
pub fn bits(outcome: &Outcome) -> Vec<(TrackId, Vec<u64>)> {
    let of = |column: &Column| {
        let bits = column.values.all().iter().map(|value| value.to_bits()).collect();
        (column.id, bits)
    };
    outcome.columns.iter().map(of).collect()
}

/// A run and the figures of its report.
pub struct Ran {
    pub outcome: Outcome,
    report: Report,
}

impl Ran {
    /// Runs `text` and measures it.
    pub fn of(text: &str) -> Self {
        Self::of_scenario(&scenario(text))
    }

    /// Runs `scenario` and measures it.
    pub fn of_scenario(scenario: &Scenario) -> Self {
        let plan = Plan::compile(scenario);
        let outcome = run(&plan, &control(Level::detect())).expect("a finite run");
        let report = report(scenario, &outcome);
        Self { outcome, report }
    }

    /// The values of a column that must be there.
    pub fn column(&self, id: TrackId) -> &[f64] {
        column(&self.outcome, id)
    }

    /// The figure `id` of the report.
    pub fn measure(&self, id: &str) -> f64 {
        match self.report.measures.get(id) {
            Some(measure) => measure.value,
            None => panic!("the report has no `{id}`"),
        }
    }

    /// Whether the report has a figure `id`.
    pub fn has(&self, id: &str) -> bool {
        self.report.measures.contains_key(id)
    }

    /// The same with its standard error.
    pub fn with_error(&self, id: &str) -> (f64, f64) {
        let error = self.report.measures.get(id).and_then(|measure| measure.std_error);
        (self.measure(id), error.unwrap_or_else(|| panic!("`{id}` has no error")))
    }

    /// Its 95 % interval, if it has one.
    pub fn interval(&self, id: &str) -> Option<(f64, f64)> {
        let ends = self.report.measures.get(id)?.interval?;
        Some((ends[0], ends[1]))
    }

    /// On every path, `id` is `exact` up to the relative `tolerance` (absolute at zero).
    pub fn is_on_every_path(&self, id: TrackId, exact: f64, tolerance: f64) {
        for (path, found) in self.column(id).iter().enumerate() {
            close(&format!("{id:?} of path {path}"), *found, exact, tolerance);
        }
    }
}

/// Over so many months of a block, all accounts of every world sum to nothing.
pub fn is_conserved(text: &str, number: u64, months: u32) {
    let plan = Plan::compile(&scenario(text));
    let mut block = Block::new(&plan);
    block.open(&plan, Level::detect(), number);
    for month in 1..=months {
        block.advance(&plan, Level::detect());
        for world in &block.worlds {
            let imbalance = world.book.imbalance();
            assert!(imbalance < 1e-9, "month {month}: {imbalance:e}");
        }
    }
}

/// Asserts that `found` is `exact` up to the relative `tolerance` (absolute at zero).
pub fn close(what: &str, found: f64, exact: f64, tolerance: f64) {
    let scale = if exact == 0.0 { 1.0 } else { exact.abs() };
    assert!((found - exact).abs() <= tolerance * scale, "{what}: {found:?}, exact {exact:?}");
}

/// Head of a scenario: `horizon`, number of paths, a fixed seed.
pub fn head(horizon: &str, paths: u32) -> String {
    format!(
        "start = \"2027-01\"\nhorizon = \"{horizon}\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
         [run]\nseed = 17\npaths = {paths}\n"
    )
}

/// One `[[asset]]` with `keys` after its name, class and value.
pub fn asset(name: &str, class: &str, value: f64, keys: &str) -> String {
    format!("[[asset]]\nname = \"{name}\"\nclass = \"{class}\"\nvalue = {value:?}\n{keys}\n")
}

/// Rows of a table of `N` cells each, in which `\n` is the end of a line and `# ` begins a remark.
pub fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    let lines = table.lines().filter(|line| !line.starts_with("# "));
    let cells = lines.map(|line| line.split('\t').map(|cell| &*cell.replace("\\n", "\n").leak()));
    cells.map(|cells| cells.collect::<Vec<_>>().try_into().expect("a row has all cells"))
}
