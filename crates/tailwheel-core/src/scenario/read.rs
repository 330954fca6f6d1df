//! Reads a file into a [`Scenario`]: load, merge, assign, read, check.
//!
//! In: a path, assignments, a [`Loader`]. Out: [`Scenario`], or [`Refusal`]. Not here: the reading of each
//! section.

mod section;

use super::audience::check_audiences;
use super::calendar::Calendar;
use super::correlation::read_correlation;
use super::crash::read_crash;
use super::crisis::read_crisis;
use super::declaration::{sections, with_headers};
use super::defaults::is_fixed;
use super::economy::Economy;
use super::event::{Around, check_protection, read_events};
use super::expansion::check_expansions;
use super::goal::{Goal, read_goal};
use super::holdings::{assign_exchanges, read_assets};
use super::hours::{check_hours, idle_of, telling};
use super::implausible::implausible;
use super::implied::with_implied;
use super::inherit::{Inheritance, Loader, take_dropped};
use super::known::{FilledList, Known};
use super::launches::{check_ends, check_payers};
use super::market::read_markets;
use super::members::{Members, in_order};
use super::membership::settle_agents;
use super::owner::{Owner, defaults_of, refuse_currency};
use super::sections::{Head, Letterhead, Run};
use super::shock::read_shocks;
use super::study::read_study;
use super::thousands::decimals;
use super::{Correlation, FilledIn, Scenario};
use crate::form::{
    Assignment, Colour, Diagnostic, Faults, Group, Place, Reader, SourceMap, Table, overlay,
    refuse_draws_of_class, render,
};
use crate::random::Seeds;
use std::sync::Arc;

/// Refusal of a scenario, with everything that is wrong with it.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// Path or name of the file that was read.
    pub name: String,
    /// Faults in the order of their lines.
    pub faults: Vec<Diagnostic>,
    pub sources: SourceMap,
}

impl Refusal {
    pub(super) fn new(name: &str, faults: Faults, sources: SourceMap) -> Self {
        Self { name: name.to_owned(), faults: with_headers(faults.into_sorted(), &sources), sources }
    }

    /// Returns the text of all faults with source excerpts and a final summary line.
    pub fn render(&self, colour: Colour) -> String {
        render(&self.faults, &self.sources, &self.name, colour)
    }
}

/// Reads the scenario at `path` with the assignments of `--set`; ignores variants and axes.
pub fn read(path: &str, set: &[String], loader: &dyn Loader) -> Result<Scenario, Box<Refusal>> {
    read_study(path, set, loader).map(|study| study.as_written.scenario)
}

/// Document at `path` merged over its bases, with assignments. It is not usable after a fault.
pub fn load(
    path: &str,
    set: &[String],
    loader: &dyn Loader,
    sources: &mut SourceMap,
    faults: &mut Faults,
) -> Table {
    let mut document = Inheritance::new(loader, sources, faults).document(path, None);
    if faults.is_empty() {
        for text in set {
            let assignment = Assignment { origin: "--set", text };
            with_implied(&mut document, |document| {
                overlay(document, &assignment, sources, faults);
            });
            take_dropped(&mut document, faults);
        }
    }
    document
}

/// Reads a document without variants and axes; `None` if there is a fault. `top` is the place to report for
/// missing sections.
pub fn judge(document: &Table, top: Option<Place>, path: &str, faults: &mut Faults) -> Option<Scenario> {
    judge_case((document, &mut Known::default()), top, path, faults)
}

/// Reads one of several cases of a file, which share the cache `known`; `None` if there is a fault.
pub fn judge_case(
    (document, known): (&Table, &mut Known),
    top: Option<Place>,
    path: &str,
    faults: &mut Faults,
) -> Option<Scenario> {
    Sections::new(document, top, faults).scenario(known, path)
}

/// Reader of all sections of a document.
struct Sections<'a> {
    document: &'a Table,
    /// Place in the file to report for a section that is missing.
    top: Option<Place>,
    faults: &'a mut Faults,
    /// Sections and keys that are present but misspelled or unreadable.
    unread: Vec<&'static str>,
    filled_in: Vec<FilledIn>,
}

impl<'a> Sections<'a> {
    fn new(document: &'a Table, top: Option<Place>, faults: &'a mut Faults) -> Self {
        Self { document, top, faults, unread: Vec::new(), filled_in: Vec::new() }
    }

    /// Returns the scenario; `None` if there is a fault that prevents one.
    fn scenario(mut self, known: &mut Known, path: &str) -> Option<Scenario> {
        let (head, calendar) = self.head();
        let run: Run = self.section("run", &[]);
        let letterhead: Letterhead = self.section("report", &[]);
        let economy: Economy = self.section("economy", &[]);
        economy.check_prices(self.document, head.horizon, self.top, self.faults);
        let currency = head.currency.to_string();
        let owner = self.owner(calendar, &currency);
        let goal = self.goal(owner.as_ref(), calendar);
        let is_misspelled = !self.is_read(&["asset"]);
        let mut assets =
            read_assets((self.document, known), is_misspelled, self.top, self.faults, &mut self.filled_in);
        let all_fx = (currency.as_str(), self.is_read(&["fx"]));
        assign_exchanges(self.document, all_fx, &mut assets, self.faults);
        if let Some(calendar) = calendar {
            check_ends(&assets, calendar.months, self.faults);
        }
        if self.is_read(&PAY) {
            check_payers(&assets, owner.as_ref(), &economy, calendar, self.faults);
        }
        let markets = read_markets((self.document, known), &mut assets, self.faults, &mut self.filled_in);
        let mut members = Members::new(&markets, &assets);
        members.is_complete &= !self.unread.contains(&"asset");
        check_audiences(&assets, members.is_complete, self.faults);
        check_expansions(&assets, members.is_complete, self.faults);
        let empty = Table::default();
        let (table, place) = self.optional("correlation").unwrap_or((&empty, self.top));
        let correlation = self.correlation(table, place, &members, known);
        let calm = correlation.as_ref().map(|(calm, _)| &*calm.matrix);
        let calm = (&members, calm);
        let crisis = self
            .optional("crisis")
            .and_then(|(table, place)| read_crisis(table, place, calm, self.faults, &mut self.filled_in));
        let crash = self.optional("crash").and_then(|(table, place)| {
            read_crash(table, place, markets.len(), self.faults, &mut self.filled_in)
        });
        let shocks = read_shocks(self.document, &members, calendar, self.faults);
        let n_faults = self.faults.len();
        let around = Around {
            assets: &assets,
            is_complete: members.is_complete,
            has_owner: self.document.get("owner").is_some(),
            is_fixed: is_fixed(self.document),
            currency: &currency,
            calendar,
        };
        let mut events = read_events(self.document, &around, self.faults, &mut self.filled_in);
        // An event that could not be read may be the missing one.
        let is_whole = members.is_complete && self.faults.len() == n_faults;
        if let Some(owner) = owner.as_ref().filter(|_| is_whole) {
            check_protection(owner, &assets, &events, self.document, self.faults);
        }
        let has_crash = self.document.get("crash").is_some();
        if let Some(owner) = owner.as_ref().filter(|_| self.is_read(&["asset"])) {
            check_hours(owner, &assets, self.document, self.faults);
        }
        settle_agents(&mut assets, has_crash, crash.as_ref(), self.faults);
        let (correlation, correlated) = correlation?;
        let (assets, markets) = in_order(assets, markets);
        events.iter_mut().for_each(|event| event.find_assets(&assets));
        let mut filled_in = self.filled_in;
        let mut scenario = Scenario {
            title: head.title.unwrap_or_else(|| stem(path)),
            letterhead,
            start: head.start,
            months: head.horizon.months(),
            currency,
            seeds: Seeds { world: run.seed.get(), parameters: run.parameter_seed.unwrap_or(run.seed).get() },
            paths: run.paths.get(),
            assets,
            markets,
            correlation,
            economy,
            owner,
            goal,
            crisis,
            crash,
            shocks,
            events,
            fixed: Vec::new(),
            better: Vec::new(),
            pin: None,
            filled_in: FilledList::default(),
            decimals: decimals(self.document),
            implausible: Vec::new(),
            uncounted: Vec::new(),
            idle: Vec::new(),
        };
        let of_assets = scenario.assets.iter().flat_map(|asset| &asset.fixed);
        let of_events = scenario.events.iter().flat_map(|event| &event.fixed);
        scenario.fixed = of_assets.chain(of_events).cloned().collect();
        let assets = scenario.assets.iter();
        scenario.better = assets.flat_map(|asset| asset.better.clone()).collect();
        if !scenario.counts_hours() {
            scenario.uncounted = telling(self.document);
        }
        scenario.idle = idle_of(&scenario, self.document);
        scenario.implausible = implausible(&scenario, self.document);
        filled_in.retain(|filled| scenario.has_use_for(&filled.path));
        // Everything is written in a canonical document, so nothing about its assets and events is filled in.
        let is_object =
            |one: &FilledIn| ["asset.", "event."].iter().any(|section| one.path.starts_with(section));
        if filled_in.iter().any(is_object) {
            refuse_draws_of_class(self.document, self.faults);
        }
        scenario.filled_in = FilledList::new(filled_in, correlated);
        Some(scenario)
    }

    /// Returns the correlations of the markets and the catalog values used for them; may be cached.
    fn correlation(
        &mut self,
        table: &Table,
        place: Option<Place>,
        members: &Members<'_>,
        known: &mut Known,
    ) -> Option<(Correlation, Arc<[FilledIn]>)> {
        let named = members.list.iter().map(|member| {
            let class = member.class.map(|class| class.id.as_str());
            (member.name.to_owned(), class)
        });
        let markets: Vec<_> = named.collect();
        if let Some(found) = known.correlation(&markets, table).filter(|_| members.is_complete) {
            return Some(found);
        }
        let mut filled_in = Vec::new();
        let correlation = read_correlation(table, place, members, self.faults, &mut filled_in)?;
        filled_in.sort_by(|a, b| a.path.cmp(&b.path));
        let filled_in = filled_in.into();
        if members.is_complete {
            known.keep_correlation(markets, table, (&correlation, &filled_in));
        }
        Some((correlation, filled_in))
    }

    /// Reads the top of the file; the calendar is `None` if start or horizon could not be read.
    fn head(&mut self) -> (Head, Option<Calendar>) {
        let mut reader = Reader::new(self.document, self.top, "", self.faults);
        let head = Head::take(&mut reader);
        for section in sections().iter().filter(|section| !section.key.is_empty()) {
            reader.raw(section.key);
        }
        let calendar = reader
            .sound(&["start", "horizon"])
            .then_some(Calendar { start: head.start, months: head.horizon.months() });
        self.unread = reader.misspelled();
        reader.finish();
        (head, calendar)
    }

    fn owner(&mut self, calendar: Option<Calendar>, currency: &str) -> Option<Owner> {
        let entry = self.document.get("owner")?;
        let table = entry.value.as_table();
        let mut owner = self.section_by(Owner::read, "owner", defaults_of(table));
        let filled_in = &mut self.filled_in;
        owner.settle(table, (calendar, currency), self.faults, filled_in);
        refuse_currency(currency, table, filled_in, self.faults);
        Some(owner)
    }

    /// True if none of the sections and keys in `names` is misspelled or unreadable.
    fn is_read(&self, names: &[&str]) -> bool {
        !names.iter().any(|name| self.unread.contains(name))
    }

    fn goal(&mut self, owner: Option<&Owner>, calendar: Option<Calendar>) -> Goal {
        match self.optional("goal") {
            None => Goal::default(),
            Some((table, place)) => {
                let owner = (owner, !self.is_read(&["owner", "spending"]));
                read_goal(table, place, owner, calendar, self.faults)
            }
        }
    }
}

/// Sections and keys that must be readable to check who can pay for a launch.
const PAY: [&str; 7] = ["asset", "owner", "cash", "flows", "economy", "cash_rate", "inflation"];

/// Returns the name of the file without folder and `.toml`.
pub fn stem(path: &str) -> String {
    let (_, file) = path.rsplit_once('/').unwrap_or(("", path));
    file.strip_suffix(".toml").unwrap_or(file).to_owned()
}
