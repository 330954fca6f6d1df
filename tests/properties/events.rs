//! Events, and what is done against them, with every number anywhere up to its limits.

use super::portfolio::{between, date, share};
use proptest::prelude::*;
use std::sync::LazyLock;
use tailwheel::catalog::{EventKind, event_kinds};

/// Kinds of events, but those that strike the units of a fleet alone.
static KNOWN: LazyLock<Vec<&EventKind>> =
    LazyLock::new(|| event_kinds().iter().filter(|kind| kind.effect != "units-decay").collect());

#[derive(Clone, Copy, Debug, PartialEq)]
enum Does {
    Value,
    Income,
    Cash,
    Law,
}

#[derive(Clone, Debug)]
pub struct Event {
    kind: usize,
    /// Ends of a rate.
    rate: (f64, f64),
    /// The month, instead of the rate.
    at: Option<u32>,
    /// The assets that it strikes.
    struck: u64,
    severity: (f64, f64),
    exposure: f64,
    amount: f64,
    /// Limit, rate of the premium, part of the loss, months of waiting.
    cover: Option<(f64, f64, f64, u32)>,
}

/// What may strike, and how everything is guarded: from which value, the part that is kept offline, whether the
/// values of all count, cost per year; cost of a compliance service per year.
#[derive(Clone, Debug, Default)]
pub struct Events {
    events: Vec<Event>,
    custody: Option<(f64, f64, bool, f64)>,
    service: Option<f64>,
}

fn rate() -> impl Strategy<Value = f64> {
    prop_oneof![3 => 0.01..2.0_f64, 1 => 0.0..1e3_f64, 1 => Just(0.0)]
}

prop_compose! {
    fn event()(
        kind in 0..KNOWN.len(),
        rate in (rate(), rate()),
        at in prop::option::weighted(0.3, 0_u32..999),
        struck in any::<u64>(),
        severity in (share(), share()),
        exposure in share(),
        amount in between(0.0, 100.0..50_000.0, 1e13),
        cover in prop::option::of((
            between(0.0, 100.0..90_000.0, 1e13),
            between(0.0, 0.0..0.1, 0.9),
            share(),
            1_u32..30,
        )),
    ) -> Event {
        Event { kind, rate, at, struck, severity, exposure, amount, cover }
    }
}

pub fn events() -> impl Strategy<Value = Events> {
    let custody = (between(0.0, 1_000.0..90_000.0, 1e13), share(), any::<bool>(), 0.0..5_000.0_f64);
    let some =
        (prop::collection::vec(event(), 1..5), prop::option::of(custody), prop::option::of(0.0..5_000.0_f64));
    let some = some.prop_map(|(events, custody, service)| Events { events, custody, service });
    prop_oneof![1 => Just(Events::default()), 2 => some]
}

/// Names of assets as items of a list.
fn named(assets: &[usize]) -> String {
    assets.iter().map(|asset| format!("\"a{asset:02}\"")).collect::<Vec<_>>().join(", ")
}

impl Event {
    fn does(&self) -> Does {
        match KNOWN[self.kind].effect.as_str() {
            "value-loss" => Does::Value,
            "income-cut" => Does::Income,
            "liability" => Does::Cash,
            "tax-rise" => Does::Law,
            other => panic!("nothing says what an effect of {other} needs"),
        }
    }

    /// Its assets out of `n`, at least one.
    fn assets(&self, n: usize) -> Vec<usize> {
        let struck: Vec<usize> = (0..n).filter(|index| self.struck >> (index % 64) & 1 == 1).collect();
        if struck.is_empty() { vec![0] } else { struck }
    }

    fn text(&self, index: usize, n_assets: usize, months: u32, scale: f64) -> String {
        let struck = match self.does() {
            Does::Law => String::new(),
            _ => format!("asset = [{}]\n", named(&self.assets(n_assets))),
        };
        let (low, high) = (self.rate.0.min(self.rate.1), self.rate.0.max(self.rate.1));
        let when = match self.at {
            Some(month) => format!("at = \"{}\"", date(month % months)),
            None if low > 0.0 && low < high => format!("rate = \"{low}-{high}/year\""),
            None => format!("rate = \"{high}/year\""),
        };
        let mut text = format!(
            "[[event]]\nname = \"e{index}\"\nkind = \"{}\"\n{struck}{when}\nif_compliant = {:?}\n",
            KNOWN[self.kind].id, self.exposure,
        );
        if !matches!(self.does(), Does::Law) {
            text += &format!("if_verified = {:?}\n", self.exposure);
        }
        if KNOWN[self.kind].is_kept_by_owner() {
            text += &format!("if_guarded = {:?}\n", self.exposure);
        }
        let (one, other) = self.severity;
        text += &match self.does() {
            Does::Cash => format!("amount = {:?}\nat_most = {:?}\n", self.amount * scale, 1e13 * scale),
            Does::Law => format!("points = {:?}\n", one.max(other)),
            _ => format!("severity = \"{}-{} %\"\n", one.min(other) * 100.0, one.max(other) * 100.0),
        };
        let beyond = (0..n_assets).filter(|asset| !self.assets(n_assets).contains(asset));
        let beyond: Vec<usize> = beyond.collect();
        if matches!(self.does(), Does::Value | Does::Income) && !beyond.is_empty() {
            text += &format!("spreads = {:?}\nspreads_to = [{}]\n", self.exposure, named(&beyond));
        }
        text
    }

    fn cover(&self, index: usize, n_assets: usize, scale: f64) -> Option<String> {
        let (limit, premium, part, waiting) = self.cover.filter(|_| self.does() == Does::Value)?;
        let asset = self.assets(n_assets)[0];
        Some(format!(
            "[[owner.cover]]\nasset = \"a{asset:02}\"\ncause = \"e{index}\"\nlimit = {:?}\n\
             premium = \"{} %\"\ncover = {part:?}\nattachment = 0.1\nwaiting = \"{waiting} months\"\n",
            limit * scale,
            premium * 100.0,
        ))
    }
}

impl Events {
    fn of(&self, has_owner: bool) -> impl Iterator<Item = (usize, &Event)> {
        let events = self.events.iter().enumerate();
        // damages need an account, a law somebody who is taxed
        events.filter(move |(_, event)| has_owner || !matches!(event.does(), Does::Cash | Does::Law))
    }

    /// The tables of the events.
    pub fn text(&self, n_assets: usize, months: u32, has_owner: bool, scale: f64) -> String {
        self.of(has_owner).map(|(index, event)| event.text(index, n_assets, months, scale)).collect()
    }

    /// Keys of an owner; those of covers are tables, which come last.
    pub fn protection(&self, is_deposit: &[bool], scale: f64) -> String {
        let n_assets = is_deposit.len();
        if self.events.is_empty() {
            return String::new();
        }
        let mut text = String::new();
        let of_keys = self.of(true).map(|(_, event)| event);
        let of_keys: Vec<&Event> = of_keys.filter(|event| KNOWN[event.kind].is_kept_by_owner()).collect();
        let kept: Vec<usize> = of_keys.iter().flat_map(|event| event.assets(n_assets)).collect();
        // nothing of a deposit is kept offline, and several keys help against what comes by chance
        let is_cold = kept.iter().any(|asset| !is_deposit[*asset]);
        let is_chance = of_keys.iter().any(|event| event.at.is_none());
        let custody = self.custody.filter(|_| is_cold || is_chance);
        if let Some((above, share, is_all, cost)) = custody {
            let (above, cost) = (above * scale, cost * scale);
            let per = if is_all { "all" } else { "asset" };
            text += &format!(
                "custody = {{ above = {above:?}, per = \"{per}\", cold_storage = {is_cold}, cold_share = {share:?}, \
                 cost = \"{cost}/year\" }}\n"
            );
        }
        if let Some(cost) = self.service {
            text += &format!("compliance_service = \"{}/year\"\n", cost * scale);
        }
        text.extend(self.of(true).filter_map(|(index, event)| event.cover(index, n_assets, scale)));
        text
    }
}
