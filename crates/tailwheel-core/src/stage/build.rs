//! Collects the requests of a plan's objects: rows, accounts, draws and stages. Objects get indices, never
//! names.
//!
//! In: requests of one object after the other, in canonical order. Out: [`Built`]. Not here: the list of
//! objects (`plan`).

use super::delayed::{later, since};
use super::{AnyStage, ClosureStage, Cx, Draw, DrawRequest, Law, Phase, PlacedStage, Row, Scope, Stage};
use crate::book::{Account, Cause};
use crate::math::normal::Z95;
use crate::random::{Address, ChiSquared, ObjectKind, Purpose, Rare, Seeds};
use std::collections::{BTreeMap, BTreeSet};

/// Description of an account, as reports use it.
#[derive(Clone, Debug, PartialEq)]
pub struct AccountLabel {
    /// Kind of the object that owns the account.
    pub kind: ObjectKind,
    /// Name of the object that owns the account.
    pub object: String,
    /// Reason for the money flows, if the account is the outside world's side; `None` for an inner account.
    pub cause: Option<Cause>,
    /// Balance on day one.
    pub opening: f64,
}

impl AccountLabel {
    /// True if the account belongs to the owner's portfolio and not to a benchmark.
    pub fn is_owned(&self) -> bool {
        self.kind != ObjectKind::Benchmark
    }
}

/// Accounts, rows, draws and stages that the objects of a plan requested.
pub struct Built {
    pub accounts: Vec<AccountLabel>,
    pub n_rows: usize,
    pub draws: Vec<DrawRequest>,
    /// Stages that run once, when a block of paths opens.
    pub open_stages: Vec<PlacedStage>,
    /// Stages of every month, in the order in which they run.
    pub month_stages: Vec<PlacedStage>,
}

/// Collects the accounts, rows, draws and stages that assets, markets, events and policies request while their
/// plan is built.
pub struct Build {
    seeds: Seeds,
    kind: ObjectKind,
    object: String,
    /// Addresses requested so far: two draws from one address would be the same numbers.
    addresses: BTreeSet<Address>,
    accounts: Vec<AccountLabel>,
    n_rows: usize,
    draws: Vec<DrawRequest>,
    stages: Vec<PlacedStage>,
    pin: Option<Pin>,
    /// Source of the defaults of the object being built: the class of an asset or the kind of an event.
    origin: String,
    /// Draws shared by all objects of one class or kind, by class or kind and by key of the scenario.
    of_origins: BTreeMap<(String, String), Draw>,
}

/// Fixes one uncertain parameter: every path gets the same percentile of its range.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// Full key, for example `asset.textures.downloads` or `event.hack.total`.
    pub path: String,
    /// True for the 95th percentile of the range, false for the 5th.
    pub is_high: bool,
}

impl Build {
    /// Creates an empty plan that draws its random numbers from `seeds`.
    pub fn new(seeds: Seeds) -> Self {
        Self {
            seeds,
            kind: ObjectKind::World,
            object: String::new(),
            addresses: BTreeSet::new(),
            accounts: Vec::new(),
            n_rows: 0,
            draws: Vec::new(),
            stages: Vec::new(),
            pin: None,
            origin: String::new(),
            of_origins: BTreeMap::new(),
        }
    }

    /// Returns this build with the range of one parameter pinned to a percentile, if `pin` is given.
    pub fn pinned(self, pin: Option<Pin>) -> Self {
        Self { pin, ..self }
    }

    /// Standard normal score to which the range `key` of the object being built is pinned; `None` if it is
    /// not pinned. Only assets and events can have pinned ranges.
    pub(super) fn pin(&self, key: &str) -> Option<f64> {
        let pin = self.pin.as_ref()?;
        let section = match self.kind {
            ObjectKind::Asset => "asset.",
            ObjectKind::Event => "event.",
            _ => return None,
        };
        let is_meant = pin.path.strip_prefix(section)?.strip_suffix(key)?.strip_suffix('.')
            == Some(self.object.as_str());
        is_meant.then_some(if pin.is_high { Z95 } else { -Z95 })
    }

    /// Starts the object `name` of `kind`: all later requests belong to it.
    pub fn object(&mut self, kind: ObjectKind, name: &str) {
        self.kind = kind;
        name.clone_into(&mut self.object);
    }

    /// Starts the asset `name` of `class`: all later requests belong to it.
    pub fn asset(&mut self, name: &str, class: &str) {
        self.object(ObjectKind::Asset, name);
        self.origin = format!("class {class}");
    }

    /// Starts the event `name` of `kind`: all later requests belong to it.
    pub fn event(&mut self, name: &str, kind: &str) {
        self.object(ObjectKind::Event, name);
        self.origin = format!("kind {kind}");
    }

    /// Requests one standard normal per path for the uncertain parameter `key`, shared by all assets of the
    /// current class or all events of the current kind.
    pub(super) fn parameter_of_class(&mut self, key: &str) -> Draw {
        let found = (self.origin.clone(), key.to_owned());
        if let Some(draw) = self.of_origins.get(&found) {
            return *draw;
        }
        let seed = self.seeds.parameters;
        let address = Address::of_parameter(seed, ObjectKind::World, &self.origin, key);
        let draw = self.draw(address, Law::Normal, Scope::Path);
        self.of_origins.insert(found, draw);
        draw
    }

    /// Creates a row of private state (one number per path), zero when a block of paths opens.
    pub fn row(&mut self) -> Row {
        let row = Row::at(index(self.n_rows, "rows"));
        self.n_rows += 1;
        row
    }

    /// Creates a row (one number per path) that holds `value` when a block of paths opens.
    pub fn row_of(&mut self, value: f64) -> Row {
        let row = self.row();
        self.fill(&[row], value);
        row
    }

    /// Fills existing rows with `value` on every path when a block of paths opens.
    pub fn fill(&mut self, rows: &[Row], value: f64) {
        let rows = rows.to_vec();
        self.open(
            #[inline(always)]
            move |cx| rows.iter().for_each(|row| cx.rows.get_mut(*row).fill(value)),
        );
    }

    /// Creates an inner account that holds `opening` on day one.
    pub fn account(&mut self, opening: f64) -> Account {
        self.push_account(None, opening)
    }

    /// Sum of the opening balances requested so far for the owner's portfolio, without benchmarks.
    pub fn owned(&self) -> f64 {
        self.accounts.iter().filter(|label| label.is_owned()).map(|account| account.opening).sum()
    }

    /// Account of the outside world for postings with `cause` to or from the object being built.
    pub fn world(&mut self, cause: Cause) -> Account {
        let known = self.accounts.iter().position(|account| {
            account.cause == Some(cause) && account.kind == self.kind && account.object == self.object
        });
        match known {
            Some(position) => Account::at(index(position, "accounts")),
            None => self.push_account(Some(cause), 0.0),
        }
    }

    /// Requests a standard normal per path, once or each month by `scope`, under the name of the object being built.
    pub fn normals(&mut self, purpose: Purpose, scope: Scope) -> Draw {
        let address = self.address(purpose);
        self.draw(address, Law::Normal, scope)
    }

    /// Requests a uniform number per path, once or each month by `scope`, under the name of the object being built.
    pub fn uniforms(&mut self, purpose: Purpose, scope: Scope) -> Draw {
        let address = self.address(purpose);
        self.draw(address, Law::Uniform, scope)
    }

    /// Requests one standard normal per path for the uncertain parameter `key` of the object being built.
    pub fn parameter(&mut self, key: &str) -> Draw {
        let seed = self.seeds.parameters;
        let address = Address::of_parameter(seed, self.kind, &self.object, key);
        self.draw(address, Law::Normal, Scope::Path)
    }

    /// Requests a row, one number per path, that is computed every month from drawn rows before any stage runs.
    pub fn derived(&mut self) -> Draw {
        let address = self.address(Purpose::Derived);
        self.push_draw(address, Law::Derived, Scope::Month)
    }

    /// Requests a row of the mixing variable of Student's t under the name of the object being built.
    pub fn mixing(&mut self, purpose: Purpose, law: ChiSquared, scope: Scope) -> Draw {
        let address = self.address(purpose);
        self.draw(address, Law::Mixing(law), scope)
    }

    /// Requests draws for rare events, addressed by path and month instead of stored in a row.
    pub fn rare(&mut self, purpose: Purpose) -> Rare {
        let address = self.address(purpose);
        self.claim(address);
        Rare::new(&address)
    }

    /// Adds a stage to a phase of the month, in the runs with and without agents.
    pub fn stage(&mut self, phase: Phase, stage: impl Stage) {
        self.place(phase, false, Box::new(stage));
    }

    /// Adds the stage `name`, written as a closure. Mark the closure `#[inline(always)]`, as [`Stage::run`].
    pub fn step(
        &mut self,
        phase: Phase,
        name: &'static str,
        run: impl Fn(&mut Cx<'_>) + Send + Sync + 'static,
    ) {
        self.stage(phase, ClosureStage { name, run });
    }

    /// Adds a stage like [`Build::step`], which is skipped in the paired run without agents.
    pub fn feedback_step(
        &mut self,
        phase: Phase,
        name: &'static str,
        run: impl Fn(&mut Cx<'_>) + Send + Sync + 'static,
    ) {
        self.feedback_stage(phase, ClosureStage { name, run });
    }

    /// Adds a stage that runs once, when a block of paths opens. Mark the closure `#[inline(always)]`, as
    /// [`Stage::run`] is, so that it is compiled for each SIMD level.
    pub fn open(&mut self, run: impl Fn(&mut Cx<'_>) + Send + Sync + 'static) {
        self.step(Phase::Open, "Opening", run);
    }

    /// Adds a stage that runs once, when a block of paths opens, and depends on draws only. The runs with and
    /// without agents share its results in `rows`. Mark the closure as for [`Build::open`].
    pub fn common_open(&mut self, rows: &[Row], run: impl Fn(&mut Cx<'_>) + Send + Sync + 'static) {
        self.common_step(Phase::Open, "Opening", rows, run);
    }

    /// Adds a stage that is skipped in the paired run without agents.
    pub fn feedback_stage(&mut self, phase: Phase, stage: impl Stage) {
        self.place(phase, true, Box::new(stage));
    }

    /// Adds a stage that depends on draws only. It runs once, and the runs with and without agents share its
    /// results in `rows`.
    pub fn common_step(
        &mut self,
        phase: Phase,
        name: &'static str,
        rows: &[Row],
        run: impl Fn(&mut Cx<'_>) + Send + Sync + 'static,
    ) {
        self.step(phase, name, run);
        if let Some(placed) = self.stages.last_mut() {
            placed.common = rows.to_vec();
        }
    }

    /// Delays the stages that `make` adds by `by` ≥ 1 months. Their month 1 is month `by` + 1 of the run;
    /// stages of [`Phase::Open`] run in [`Phase::Operate`] of month `by`.
    pub fn later<T>(&mut self, by: u32, make: impl FnOnce(&mut Self) -> T) -> T {
        let first = self.stages.len();
        let made = make(self);
        let late = self.stages.split_off(first).into_iter();
        self.stages.extend(late.map(|placed| later(placed, by)));
        made
    }

    /// Starts the stages that `make` adds path by path, after the month that `row` holds. Until then, all
    /// rows that `make` creates and the rows in `shown`, which existed before, stay zero. The stages see
    /// the months of the run.
    pub fn since<T>(&mut self, row: Row, shown: &[Row], make: impl FnOnce(&mut Self) -> T) -> T {
        let (first, first_row) = (self.stages.len(), self.n_rows);
        let made = make(self);
        let own = (first_row..self.n_rows).map(|position| Row::at(index(position, "rows")));
        let own: Vec<Row> = own.chain(shown.iter().copied()).collect();
        let kept = own.into_iter().map(|row| [row, self.row()]).collect();
        let late = self.stages.split_off(first);
        self.stages.extend(since(late, row, kept));
        made
    }

    fn place(&mut self, phase: Phase, feedback_only: bool, stage: Box<dyn AnyStage>) {
        self.stages.push(PlacedStage {
            phase,
            object: self.object.clone(),
            feedback_only,
            common: Vec::new(),
            stage,
        });
    }

    /// Sorts the stages by phase and returns everything collected.
    pub fn finish(mut self) -> Built {
        // stable sort: objects were built in canonical order
        self.stages.sort_by_key(|placed| placed.phase);
        let (open_stages, month_stages) =
            self.stages.into_iter().partition(|placed| placed.phase == Phase::Open);
        Built { accounts: self.accounts, n_rows: self.n_rows, draws: self.draws, open_stages, month_stages }
    }

    fn push_account(&mut self, cause: Option<Cause>, opening: f64) -> Account {
        let account = Account::at(index(self.accounts.len(), "accounts"));
        self.accounts.push(AccountLabel { kind: self.kind, object: self.object.clone(), cause, opening });
        account
    }

    /// Marks `address` as used. Panics if it was requested before.
    fn claim(&mut self, address: Address) {
        let is_first = self.addresses.insert(address);
        assert!(is_first, "{:?} `{}` is drawn already: {address:?}", self.kind, self.object);
    }

    fn draw(&mut self, address: Address, law: Law, scope: Scope) -> Draw {
        self.claim(address);
        self.push_draw(address, law, scope)
    }

    fn push_draw(&mut self, address: Address, law: Law, scope: Scope) -> Draw {
        let draw = Draw::at(index(self.draws.len(), "draws"));
        self.draws.push(DrawRequest { address, law, scope });
        draw
    }

    fn address(&self, purpose: Purpose) -> Address {
        Address::new(self.seeds.world, purpose, self.kind, &self.object)
    }
}

fn index(position: usize, what: &str) -> u16 {
    u16::try_from(position).unwrap_or_else(|_| panic!("a plan has at most 65,536 {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asset(name: &str) -> Build {
        let mut build = Build::new(Seeds::one(1));
        build.object(ObjectKind::Asset, name);
        build
    }

    #[test]
    #[should_panic(expected = "Asset `a` is drawn already")]
    fn a_second_draw_of_one_address_is_refused() {
        let mut build = asset("a");
        build.normals(Purpose::Yield, Scope::Month);
        build.uniforms(Purpose::Yield, Scope::Path);
    }

    #[test]
    #[should_panic(expected = "is drawn already")]
    fn so_is_that_of_a_parameter_and_others_are_not() {
        let mut build = asset("a");
        build.rare(Purpose::EventSize);
        build.rare(Purpose::EventCount);
        for key in ["roi", "decay", "roi"] {
            build.parameter(key);
        }
    }

    #[test]
    fn another_kind_of_the_same_name_draws_numbers_of_its_own() {
        let mut build = asset("a");
        build.normals(Purpose::Yield, Scope::Month);
        build.object(ObjectKind::Market, "a");
        build.normals(Purpose::Yield, Scope::Month);
        build.derived();
        build.derived();
        let built = build.finish();
        assert_ne!(built.draws[0].address, built.draws[1].address);
    }
}
