//! What the price of one asset follows.
//!
//! In: keys of an `[[asset]]` through `form::Reader`. Out: [`ReturnProcess`], one file per kind. Not here: the shocks
//! that markets share (`joint`), expected growth (`asset`).

use super::lognormal::Lognormal;
use super::{JumpRows, PROCESSES};
use crate::form::{Diagnostic, Kind, Place, Reader, Table};
use crate::stage::Build;
use crate::units::{Volatility, plain};
use std::fmt;
use std::sync::Arc;

/// Moves of one asset's price beside the diffusion that it shares with its market, valid by construction. Their mean is
/// 0: expected growth is the asset's.
pub trait ReturnProcess: fmt::Debug + Send + Sync {
    /// The process's keys in canonical form.
    fn written(&self) -> Table {
        Table::default()
    }

    /// True if something may happen on a few paths and not on the others.
    fn is_rare(&self) -> bool {
        false
    }

    /// Variance of a year's log-return beside that of the diffusion.
    fn own_variance(&self) -> f64 {
        0.0
    }

    /// Standard deviation of the diffusive log-return, per square root of a year: what is left of the `total`.
    fn diffusive_volatility(&self, total: Volatility) -> f64 {
        let total = total.get();
        (total * total - self.own_variance()).sqrt()
    }

    /// Refuses keys that cannot hold with each other.
    fn check(&self, _reader: &mut Reader<'_>) {}

    /// Leaves the stages of its moves, of the object being built; returns their rows, if it has any. An asset has one
    /// process, so each may draw for the purposes of jumps.
    fn build(&self, _build: &mut Build) -> Option<JumpRows> {
        None
    }
}

/// The process that an asset follows, and its entry in the registry.
pub struct Chosen {
    pub kind: &'static Kind<dyn ReturnProcess>,
    pub process: Arc<dyn ReturnProcess>,
}

impl Chosen {
    /// Takes the keys of every process: an asset follows the one that it has a key of.
    pub fn take(reader: &mut Reader<'_>) -> Self {
        let all = PROCESSES.iter().map(|kind| Self { kind, process: (kind.read)(reader) });
        let all: Vec<Self> = all.collect();
        let mut said = all.into_iter().filter(|one| one.key(reader).is_some());
        let chosen = said.next().unwrap_or_default();
        if let Some(other) = said.next() {
            let fault = Diagnostic::new("process", "an asset follows one return process")
                .at(other.place(reader), format!("this is `{}`", other.kind.id))
                .and(chosen.place(reader), format!("this is `{}`", chosen.kind.id))
                .note("help", "leave one of the two out");
            reader.fault(fault);
        }
        chosen
    }

    /// The first of its keys that the file has.
    fn key(&self, reader: &Reader<'_>) -> Option<&'static str> {
        let mut keys = self.kind.fields.iter().map(|field| field.key);
        keys.find(|key| reader.says(key))
    }

    /// Where the file has its keys.
    pub fn place(&self, reader: &Reader<'_>) -> Option<Place> {
        reader.place_of(self.key(reader)?)
    }

    /// Refuses what cannot hold, or leaves nothing of the total `volatility`, if all of that could be read.
    pub fn check(&self, volatility: Volatility, reader: &mut Reader<'_>) {
        let keys = self.kind.fields.iter().map(|field| field.key);
        if !reader.sound(&keys.chain(["volatility"]).collect::<Vec<_>>()) {
            return;
        }
        self.process.check(reader);
        let (volatility, own) = (volatility.get(), self.process.own_variance());
        let total = volatility * volatility;
        if own == 0.0 || total - own > 0.0 {
            return;
        }
        let id = self.kind.id;
        let [shown, all, part, rest] = [volatility, total, own, total - own].map(short);
        let place = reader.says("volatility").then(|| reader.place_of("volatility"));
        let message = format!("`{id}` has more volatility than the whole asset");
        let fault = Diagnostic::new("process", message)
            .at(self.place(reader), format!("volatility of {} a year", short(own.sqrt())))
            .and(place.flatten(), "total volatility")
            .note("", format!("{shown}² - {part} = {all} - {part} = {rest}"))
            .write(format!("volatility = {}", plain(least_above(own.sqrt()))))
            .note("help", format!("or give `{id}` less volatility"))
            .rule(format!("volatility² less the variance of `{id}` must be above 0. It is the variance of the diffusion"));
        reader.fault(fault);
    }
}

/// At most five decimals.
fn short(number: f64) -> String {
    plain((number * 1e5).round() / 1e5)
}

/// The next larger hundredth.
pub fn least_above(volatility: f64) -> f64 {
    ((volatility * 100.0).floor() + 1.0) / 100.0
}

impl Default for Chosen {
    fn default() -> Self {
        Self { kind: &PROCESSES[0], process: Arc::new(Lognormal) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_process_keeps_what_it_promises_and_diffuses_without_its_keys() {
        crate::form::keep_what_they_promise(PROCESSES, |process| process.written());
        for kind in PROCESSES {
            let (process, faults) = kind.read_alone("");
            assert!(faults.is_empty() && process.written().entries.is_empty(), "{}", kind.id);
            assert!(!process.is_rare() && process.own_variance() == 0.0, "{}", kind.id);
        }
    }
}
