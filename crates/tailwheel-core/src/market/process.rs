//! Return process of one asset's price.
//!
//! In: keys of an `[[asset]]` through `form::Reader`. Out: a [`ReturnProcess`], one file per process. Not
//! here: the shocks that markets share (`joint`), expected growth (`asset`).

use super::{JumpRows, PROCESSES};
use crate::form::{Diagnostic, Kind, Place, Reader, Table, fault};
use crate::stage::Build;
use crate::units::{Volatility, plain};
use std::fmt;
use std::sync::Arc;

/// Price moves of one asset in addition to the diffusion shared with its market, valid by construction.
/// Their factor on the price has mean 1: the asset adds expected growth.
pub trait ReturnProcess: fmt::Debug + Send + Sync {
    /// Returns the keys of the process in canonical form.
    fn written(&self) -> Table {
        Table::default()
    }

    /// True if rare moves occur on some paths only, such as jumps.
    fn is_rare(&self) -> bool {
        false
    }

    /// Yearly variance of the log-return from the additional moves of this process, such as jumps.
    fn own_variance(&self) -> f64 {
        0.0
    }

    /// Standard deviation of the diffusive log-return, per square root of a year: the `total` volatility
    /// without the variance of the additional moves.
    fn diffusive_volatility(&self, total: Volatility) -> f64 {
        let total = total.get();
        (total * total - self.own_variance()).sqrt()
    }

    /// Reports keys of the process that contradict each other.
    fn check(&self, _reader: &mut Reader<'_>) {}

    /// Adds the stages of the moves for the object being built. Returns their rows, or `None` without
    /// moves. An asset has one process, so each process may use the draws meant for jumps.
    fn build(&self, _build: &mut Build) -> Option<JumpRows> {
        None
    }
}

/// The price process that an asset follows, with its registry entry.
pub struct ChosenProcess {
    pub kind: &'static Kind<dyn ReturnProcess>,
    pub process: Arc<dyn ReturnProcess>,
}

impl ChosenProcess {
    /// Reads the keys of every process and chooses the one that has a key in the file, else the default one. Keys of
    /// two processes are a fault.
    pub fn take(reader: &mut Reader<'_>) -> Self {
        let all: Vec<Self> =
            PROCESSES.iter().map(|kind| Self { kind, process: (kind.read)(reader) }).collect();
        let mut said = all.into_iter().filter(|one| one.key(reader).is_some());
        let chosen = said.next().unwrap_or_default();
        if let Some(other) = said.next() {
            fault!(reader, "process", "an asset follows one return process";
                other.place(reader) => "this is `{}`", other.kind.id;
                chosen.place(reader) => "this is `{}`", chosen.kind.id; help: "leave one of the two out");
        }
        chosen
    }

    /// First key of this process that the file contains; `None` if it has none.
    fn key(&self, reader: &Reader<'_>) -> Option<&'static str> {
        self.kind.fields.iter().map(|field| field.key).find(|key| reader.says(key))
    }

    /// Place of the process's first key in the file; `None` if the file has none of its keys.
    pub fn place(&self, reader: &Reader<'_>) -> Option<Place> {
        reader.place_of(self.key(reader)?)
    }

    /// Reports keys that contradict each other, or whose variance is not below that of the total
    /// `volatility`. Does nothing if one of the process's keys could not be read.
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
        let message = format!("`{id}` has as much volatility as the whole asset, or more");
        let fault = Diagnostic::new("process", message)
            .at(self.place(reader), format!("volatility of {} a year", short(own.sqrt())))
            .and(place.flatten(), "total volatility")
            .note("", format!("{shown}² - {part} = {all} - {part} = {rest}"))
            .write(format!("volatility = {}", plain(least_above(own.sqrt()))))
            .note("help", format!("or give `{id}` less volatility"))
            .rule(format!(
                "volatility² less the variance of `{id}` must be above 0. It is the variance of the diffusion"
            ));
        reader.push(fault);
    }
}

/// Formats a number with at most five decimals for an error message.
fn short(number: f64) -> String {
    plain((number * 1e5).round() / 1e5)
}

/// Smallest multiple of 0.01 above `volatility`, a value to suggest to the user.
pub fn least_above(volatility: f64) -> f64 {
    ((volatility * 100.0).floor() + 1.0) / 100.0
}
