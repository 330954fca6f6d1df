//! Whether the program moves outcomes the way that a row expects: both values on the same random numbers.

use super::levels::Level;
use super::row::{OUTCOMES, Row, Sign};
use super::world::World;
use std::fmt::Write;
use tailwheel::scenario::{self, Scenario};
use tailwheel::stats::{Data, Difference, difference};
use tailwheel::{Control, simulate};

/// A sign counts beyond so many standard errors.
pub const CERTAIN: f64 = 6.0;

/// A difference below this part of the figure contradicts no outcome that stays.
const SMALL: f64 = 0.01;

/// What stands in `stays.tsv` for a key that decides whether a file is refused.
const REFUSED: &str = "refused";
/// What stands there for a key that a gate is judged by.
const GATE: &str = "gate";

/// The scenario of a world, further edits behind its own; the refusal as text.
pub fn read(world: &World, more: &[String]) -> Result<Scenario, String> {
    let loader = |_: &str| Ok(world.text.as_bytes().to_vec());
    let edits: Vec<String> = world.edits.iter().chain(more).cloned().collect();
    scenario::read("world.toml", &edits, &loader).map_err(|refusal| refusal.to_string())
}

/// The figures of every path of a world.
pub fn run(world: &World, more: &[String]) -> Result<Data, String> {
    let scenario = read(world, more)?;
    Ok(simulate(&scenario, &Control::default()).map_err(|why| format!("{why:?}"))?.data_by_path())
}

/// One figure at both values of a row.
pub struct Seen {
    id: &'static str,
    expected: Sign,
    difference: Option<Difference>,
}

impl Seen {
    fn of(id: &'static str, expected: Sign, runs: &[Data; 2]) -> Self {
        Self { id, expected, difference: difference(&runs[0], &runs[1], id) }
    }

    /// How many standard errors the difference is; infinite if it has no error. None without a difference.
    fn z(&self) -> Option<f64> {
        let found = self.difference.as_ref().filter(|found| !found.is_same)?;
        let value = found.difference.value;
        let error = found.difference.std_error.unwrap_or(0.0);
        (value != 0.0).then_some(if error > 0.0 { value / error } else { f64::INFINITY.copysign(value) })
    }

    /// The sign that the difference certainly has.
    fn sign(&self) -> Option<Sign> {
        let z = self.z().filter(|z| z.abs() > CERTAIN)?;
        Some(if z > 0.0 { Sign::Rises } else { Sign::Falls })
    }

    fn contradicts(&self) -> bool {
        // a difference of second order is left out by theory where it says that an outcome stays
        let is_small = |found: &Difference| found.difference.value.abs() < SMALL * found.base.value.abs();
        let is_asked = match self.expected {
            Sign::Either | Sign::Unasked => false,
            Sign::Stays => !self.difference.as_ref().is_none_or(is_small),
            Sign::Rises | Sign::Falls => true,
        };
        is_asked && self.sign().is_some_and(|sign| sign != self.expected)
    }

    fn moves(&self) -> bool {
        let may_move = !matches!(self.expected, Sign::Stays | Sign::Unasked);
        may_move && self.sign().is_some()
    }

    fn told(&self, text: &mut String) {
        let Self { id, expected, .. } = self;
        let Some(found) = &self.difference else {
            let _ = write!(text, "\n    {id}: no figure");
            return;
        };
        let (base, new, z) = (found.base.value, found.new.value, self.z().unwrap_or(0.0));
        let _ = write!(text, "\n    {id}: expected {expected:?}, {base:.6} to {new:.6}, z {z:+.1}");
    }
}

/// What the runs say about the signs of a row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Verdict {
    Right,
    /// One of the outcomes certainly moves the other way, or moves where it should stay.
    Wrong,
    /// Nothing that should move certainly does.
    Still,
}

/// A row as it was judged: figures, and where.
pub struct Judged {
    pub verdict: Verdict,
    seen: Vec<Seen>,
    level: Level,
}

impl Judged {
    /// All figures, with the world they were seen in.
    pub fn told(&self, worlds: &[World; 2]) -> String {
        let mut text = format!("{:?}", self.verdict);
        self.seen.iter().for_each(|seen| seen.told(&mut text));
        let Level { edit, paths } = &self.level;
        let _ = write!(text, "\n    base `{}`, {paths} paths, `{edit}`", worlds[0].title);
        for (name, world) in ["low", "high"].iter().zip(worlds) {
            let _ = write!(text, "\n    {name}: {}", world.edits.join("; "));
        }
        text
    }
}

/// The row in its two worlds at a level.
pub fn judge(row: &Row, worlds: &[World; 2], level: &Level) -> Result<Judged, String> {
    let more = level.edits();
    let judged = |verdict, seen| Judged { verdict, seen, level: level.clone() };
    let special = |is_moved| judged(if is_moved { Verdict::Right } else { Verdict::Still }, Vec::new());
    match row.instead {
        Some((REFUSED, _)) => {
            let [low, high] = worlds.each_ref().map(|world| read(world, &more));
            return Ok(special(low.is_err() != high.is_err()));
        }
        Some((GATE, _)) => {
            let [low, high] = worlds.each_ref().map(|world| world.gates(&more));
            return Ok(special(low? != high?));
        }
        _ => {}
    }
    let runs = [run(&worlds[0], &more)?, run(&worlds[1], &more)?];
    let pairs = OUTCOMES.into_iter().zip(row.signs).chain(row.instead);
    let seen: Vec<Seen> = pairs.map(|(id, expected)| Seen::of(id, expected, &runs)).collect();
    let verdict = match (seen.iter().any(Seen::contradicts), seen.iter().any(Seen::moves)) {
        (true, _) => Verdict::Wrong,
        (false, true) => Verdict::Right,
        (false, false) => Verdict::Still,
    };
    Ok(judged(verdict, seen))
}
