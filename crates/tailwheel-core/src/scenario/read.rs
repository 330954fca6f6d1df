//! Reads a file into a [`Scenario`]: load, merge, assign, read, check.
//!
//! In: a path, assignments, a [`Loader`]. Out: [`Scenario`], or [`Refusal`]. Not here: the reading of each
//! section.

mod section;

use super::audience::check_audiences;
use super::calendar::Calendar;
use super::completed::completed;
use super::correlation::read_correlation;
use super::crash::read_crash;
use super::crisis::read_crisis;
use super::declaration::{Settings, sections};
use super::defaults::is_fixed;
use super::event::{EventInputs, check_protection, read_events};
use super::holding::ReadAsset;
use super::holdings::{AssetInputs, assign_exchanges, read_assets};
use super::hours::{check_hours, idle_of, telling};
use super::implausible::implausible;
use super::implied::with_implied;
use super::inherit::{Inheritance, Loader, take_dropped};
use super::launches::{check_ends, check_expansions, check_payers};
use super::market::read_markets;
use super::membership::{Members, in_order, settle_agents};
use super::owner::{Owner, defaults_of, refuse_currency};
use super::sections::TopKeys;
use super::setting::Frame;
use super::shared_parts::{Cache, Correlated, FilledList, SharedParts};
use super::shock::read_shocks;
use super::thousands::decimals;
use super::{Crash, Crisis, Economy, EventEntry, FilledIn, MarketEntry, PrescribedShock, Scenario};
use crate::form::{
    Assignment, Colour, Diagnostic, Faults, Group, Place, Reader, SET, SourceMap, Table, overlay,
    refuse_draws_of_class, render,
};
use crate::random::Seeds;
use std::fmt;
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
        Self { name: name.to_owned(), faults: completed(faults.into_sorted(), &sources), sources }
    }

    /// Returns the text of all faults with source excerpts and a final summary line.
    pub fn render(&self, colour: Colour) -> String {
        render(&self.faults, &self.sources, &self.name, colour)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(Colour::Plain))
    }
}

impl std::error::Error for Refusal {}

/// Returns the document at `path`, merged over those it extends, with the assignments `set` made. It is not
/// usable after a fault.
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
            let assignment = Assignment { origin: SET, text };
            with_implied(&mut document, |document| {
                overlay(document, &assignment, sources, faults);
            });
            take_dropped(&mut document, faults);
        }
    }
    document
}

/// Reads the scenario of a document from which variants and axes have been taken out; `None` after a fault, which
/// goes to `faults`. `top` is the position to report for a missing section, `path` the name of the file.
pub fn judge(document: &Table, top: Option<Place>, path: &str, faults: &mut Faults) -> Option<Scenario> {
    judge_case(document, &mut SharedParts::new(false), top, path, faults)
}

/// Reads one of several scenarios (cases) of a file, which share the cache `known`; `None` if there is a fault.
pub fn judge_case(
    document: &Table,
    known: &mut SharedParts,
    top: Option<Place>,
    path: &str,
    faults: &mut Faults,
) -> Option<Scenario> {
    Sections::new(document, top, faults).scenario(known, path)
}

/// Tables that refer to assets and markets.
struct Relations {
    /// Correlations of markets; `None` after a fault.
    correlated: Option<Correlated>,
    crisis: Option<Crisis>,
    crash: Option<Crash>,
    shocks: Vec<PrescribedShock>,
    events: Vec<EventEntry>,
}

/// Reader of all sections of a document.
pub(super) struct Sections<'a> {
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

    /// Reads the whole scenario; `None` after a fault that prevents one.
    fn scenario(mut self, known: &mut SharedParts, path: &str) -> Option<Scenario> {
        let frame = self.frame();
        let settings = Settings::read(&mut self, &frame);
        let mut assets = self.assets(&frame, &settings.economy, &mut known.assets);
        let markets =
            read_markets(self.document, &mut known.markets, &mut assets, self.faults, &mut self.filled_in);
        let relations = self.relations(&frame, &assets, &markets, known);
        let has_crash = self.document.get("crash").is_some();
        settle_agents(&mut assets, has_crash, relations.crash.as_ref(), self.faults);
        let Relations { correlated, crisis, crash, shocks, mut events } = relations;
        let (correlation, of_correlation) = correlated?;
        let (assets, markets) = in_order(assets, markets);
        events.iter_mut().for_each(|event| event.find_assets(&assets));
        let Frame { head, run, owner, .. } = frame;
        let of_assets = assets.iter().flat_map(|asset| &asset.fixed);
        let mut scenario = Scenario {
            title: head.title.unwrap_or_else(|| stem(path)),
            start: head.start,
            months: head.horizon.months(),
            currency: head.currency.as_str().to_owned(),
            seeds: Seeds { world: run.seed.get(), parameters: run.parameter_seed.unwrap_or(run.seed).get() },
            paths: run.paths.get(),
            correlation,
            owner,
            settings,
            crisis,
            crash,
            shocks,
            fixed: of_assets.chain(events.iter().flat_map(|event| &event.fixed)).cloned().collect(),
            better: assets.iter().flat_map(|asset| asset.better.clone()).collect(),
            assets,
            markets,
            events,
            pin: None,
            filled_in: FilledList::default(),
            decimals: decimals(self.document),
            implausible: Vec::new(),
            uncounted: Vec::new(),
            idle: Vec::new(),
        };
        self.remark(&mut scenario, of_correlation);
        Some(scenario)
    }

    /// Reads the tables that others are checked against: the top of the file, `[run]` and `[owner]`.
    fn frame(&mut self) -> Frame {
        let (head, calendar) = self.head();
        let run = self.section("run", &[]);
        let owner = self.owner(calendar, head.currency.as_str());
        let is_owner_unread = !self.is_read(&["owner", "spending"]);
        Frame { top: self.top, head, calendar, run, owner, is_owner_unread }
    }

    /// Reads the assets with their exchange rates, and checks their launches.
    fn assets(
        &mut self,
        frame: &Frame,
        economy: &Economy,
        known: &mut Cache<AssetInputs, ReadAsset>,
    ) -> Vec<ReadAsset> {
        let is_misspelled = !self.is_read(&["asset"]);
        let mut assets =
            read_assets(self.document, known, is_misspelled, self.top, self.faults, &mut self.filled_in);
        let (home, is_whole) = (frame.head.currency.as_str(), self.is_read(&["fx"]));
        assign_exchanges(self.document, home, is_whole, &mut assets, self.faults);
        if let Some(calendar) = frame.calendar {
            check_ends(&assets, calendar.months, self.faults);
        }
        if self.is_read(&PAY) {
            check_payers(&assets, frame.owner.as_ref(), economy, frame.calendar, self.faults);
        }
        assets
    }

    /// Reads the tables that refer to assets and markets.
    fn relations(
        &mut self,
        frame: &Frame,
        assets: &[ReadAsset],
        markets: &[MarketEntry],
        known: &mut SharedParts,
    ) -> Relations {
        let mut members = Members::new(markets, assets);
        members.is_complete &= self.is_read(&["asset"]);
        check_audiences(assets, members.is_complete, self.faults);
        check_expansions(assets, members.is_complete, self.faults);
        let empty = Table::default();
        let (table, place) = self.optional("correlation").unwrap_or((&empty, self.top));
        let correlated =
            known.correlated(&members, table, || read_correlation(table, place, &members, self.faults));
        let calm = correlated.as_ref().map(|(calm, _)| &*calm.matrix);
        let crisis = self.optional("crisis").and_then(|(table, place)| {
            read_crisis(table, place, &members, calm, self.faults, &mut self.filled_in)
        });
        let crash = self.optional("crash").and_then(|(table, place)| {
            read_crash(table, place, markets.len(), self.faults, &mut self.filled_in)
        });
        let shocks = read_shocks(self.document, &members, frame.calendar, self.faults);
        let events = self.events(frame, assets, members.is_complete);
        Relations { correlated, crisis, crash, shocks, events }
    }

    /// Reads the loss events. Checks that insurance, custody and hours of the owner suit the events and the
    /// `assets`. `is_complete` is true if the names of all assets could be read.
    fn events(&mut self, frame: &Frame, assets: &[ReadAsset], is_complete: bool) -> Vec<EventEntry> {
        let n_faults = self.faults.len();
        let inputs = EventInputs {
            assets,
            is_complete,
            has_owner: self.document.get("owner").is_some(),
            is_fixed: is_fixed(self.document),
            currency: frame.head.currency.as_str(),
            calendar: frame.calendar,
        };
        let events = read_events(self.document, &inputs, self.faults, &mut self.filled_in);
        let Some(owner) = &frame.owner else { return events };
        // An event that could not be read may be the missing one.
        if is_complete && self.faults.len() == n_faults {
            check_protection(owner, assets, &events, self.document, self.faults);
        }
        if self.is_read(&["asset"]) {
            check_hours(owner, assets, self.document, self.faults);
        }
        events
    }

    /// Adds remarks for the report to `scenario`: defaults used, implausible values, keys without effect.
    /// `of_correlation` are the defaults of correlations.
    fn remark(self, scenario: &mut Scenario, of_correlation: Arc<[FilledIn]>) {
        if !scenario.counts_hours() {
            scenario.uncounted = telling(self.document);
        }
        scenario.idle = idle_of(scenario, self.document);
        scenario.implausible = implausible(scenario, self.document);
        let mut filled_in = self.filled_in;
        filled_in.retain(|filled| scenario.has_use_for(&filled.path));
        // Everything is written in a canonical document, so nothing about its assets and events is filled in.
        let is_object =
            |one: &FilledIn| ["asset.", "event."].iter().any(|section| one.path.starts_with(section));
        if filled_in.iter().any(is_object) {
            refuse_draws_of_class(self.document, self.faults);
        }
        scenario.filled_in = FilledList::new(filled_in, of_correlation);
    }

    /// Reads the keys above all sections; the calendar is `None` if start or horizon could not be read.
    fn head(&mut self) -> (TopKeys, Option<Calendar>) {
        let mut reader = Reader::new(self.document, self.top, "", self.faults);
        let head = TopKeys::take(&mut reader);
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
        let table = self.document.get("owner")?.value.as_table();
        let mut owner = self.section_by(Owner::read, "owner", defaults_of(table));
        let filled_in = &mut self.filled_in;
        owner.settle(table, calendar, currency, self.faults, filled_in);
        refuse_currency(currency, table, filled_in, self.faults);
        Some(owner)
    }

    /// True if none of these sections and keys is misspelled or unreadable, so that a check may use them.
    fn is_read(&self, names: &[&str]) -> bool {
        !names.iter().any(|name| self.unread.contains(name))
    }
}

/// Sections and keys that must be readable for a check of who can pay for a launch.
const PAY: [&str; 7] = ["asset", "owner", "cash", "flows", "economy", "cash_rate", "inflation"];

/// Returns the name of the file without folder and `.toml`.
pub fn stem(path: &str) -> String {
    let (_, file) = path.rsplit_once('/').unwrap_or(("", path));
    file.strip_suffix(".toml").unwrap_or(file).to_owned()
}
