//! The picture of `compare`: its title, and the differences beside its rows.
//!
//! In: scenarios side by side, wealth of every path of each. Out: tests. Not here: verdicts of single
//! measures (`stats`).

use crate::anatomy::check;
use crate::common::control;
use crate::generate::Case;
use crate::law::{Law, Printed};
use crate::planted::fault;
use crate::told::read;
use rayon::prelude::*;
use std::sync::atomic::AtomicBool;
use tailwheel::chart::Theme;
use tailwheel::engine::run;
use tailwheel::plan::Plan;
use tailwheel::record::REAL_WEALTH;
use tailwheel::report::compare::{Comparing, Side};
use tailwheel::stage::Level;
use tailwheel::study::data_by_path;

/// What is drawn of a base and of scenarios beside it.
struct Compared {
    title: String,
    /// Names of all, the base first.
    names: Vec<String>,
    /// Wealth at the end of every path, in path order and in money of the start.
    wealth: Vec<Vec<f64>>,
    /// Texts such as `+$1.5k ± 0.2k`, one for each scenario beside the base.
    changes: Vec<String>,
}

impl Compared {
    /// The file `text` as it is, and with each of `sets`.
    fn new(text: &str, sets: &[&[&str]]) -> Self {
        let case = |set: &[&str]| {
            read(&Case {
                name: "base".to_owned(),
                text: text.to_owned(),
                set: set.iter().map(|set| (*set).to_owned()).collect(),
            })
        };
        let base = case(&[]);
        let scenarios: Vec<_> = std::iter::once(base.clone())
            .chain(sets.iter().map(|set| case(set)))
            .collect();
        let ran = scenarios.iter().map(|scenario| {
            let outcome = run(
                &Plan::compile_beside(scenario, &base),
                &control(Level::detect()),
            );
            outcome.expect("a finite run")
        });
        let outcomes: Vec<_> = ran.collect();
        let data: Vec<_> = scenarios
            .iter()
            .zip(&outcomes)
            .map(|(scenario, outcome)| data_by_path(scenario, outcome))
            .collect();
        let names: Vec<String> = (0..scenarios.len())
            .map(|k| ["base", "one", "two", "three"][k].to_owned())
            .collect();
        let side = |k: usize| Side {
            id: &names[k],
            name: &names[k],
            scenario: &scenarios[k],
            data: &data[k],
        };
        let mut comparing = Comparing::new("t", &side(0));
        for k in 1..scenarios.len() {
            comparing
                .add(&side(0), &side(k), Vec::new(), Vec::new())
                .expect("they compare");
        }
        let never = AtomicBool::new(false);
        let picture = comparing
            .judged()
            .picture(Theme::Light, &never)
            .expect("all have wealth");
        let (_, rest) = picture.svg.split_once("-title\">").expect("a title");
        let texts = picture
            .svg
            .split("</text>")
            .filter_map(|text| text.rsplit_once('>'));
        let texts = texts.map(|(_, text)| text.to_owned());
        let wealth = |outcome: &tailwheel::engine::Outcome| {
            let real = outcome.column_or_like(REAL_WEALTH);
            real.unwrap_or_default().to_vec()
        };
        Self {
            title: rest.split_once("</title>").expect("an end").0.to_owned(),
            changes: texts
                .filter(|text| text.contains(" ± ") && !text.contains("95%"))
                .collect(),
            wealth: outcomes.iter().map(wealth).collect(),
            names,
        }
    }

    fn law(&self, k: usize) -> Law {
        Law::new(self.wealth[k].clone(), 0.0)
    }

    /// Difference of the median from that of the base.
    fn difference(&self, k: usize) -> f64 {
        self.law(k).median() - self.law(0).median()
    }

    fn is_equal(&self, k: usize) -> bool {
        let pairs = self.wealth[k].iter().zip(&self.wealth[0]);
        pairs.into_iter().all(|(a, b)| a == b)
    }

    /// Whether the medians are further apart than five errors of each, if they were independent.
    fn is_clear(&self, k: usize) -> bool {
        let (a, b) = (self.law(0), self.law(k));
        let reach = 2.5 / a.n().sqrt();
        let ends = |law: &Law| [0.5 - reach, 0.5 + reach].map(|p| law.quantile(p.clamp(1e-9, 1.0)));
        let ([low, high], [other_low, other_high]) = (ends(&a), ends(&b));
        a.n() >= 100.0 && (high < other_low || other_high < low)
    }

    fn is_true(&self, title: &str) -> Result<(), String> {
        match self.wealth.len() {
            2 => self.one_is_true(title),
            _ => self.many_are_true(title),
        }
    }

    fn one_is_true(&self, title: &str) -> Result<(), String> {
        let [base, new] = [0, 1].map(|k| self.law(k).median());
        let names = [&self.names[0], &self.names[1]];
        let holds = |text: &str, value: f64| {
            let is_so = Printed::read(text).is_some_and(|shown| shown.holds(value));
            check(is_so, &format!("{text} is {value}"))
        };
        let rest = title.strip_prefix(&format!("In the middle {} ends with ", names[1]));
        let (to, rest) = rest
            .and_then(|rest| rest.split_once(&format!(", {} with ", names[0])))
            .ok_or("not read")?;
        holds(to, new)?;
        let (from, is_said) = match rest.strip_suffix(", path by path the same") {
            Some(from) => (from, true),
            None => (rest, false),
        };
        check(is_said == self.is_equal(1), "path by path")?;
        let (from, change) = match from.split_once(": ") {
            Some((from, change)) => (from, Some(change)),
            None => (from, None),
        };
        holds(from, base)?;
        match change {
            None => Ok(()),
            Some("no difference beyond sampling error") => check(!self.is_clear(1), "it is clear"),
            Some(size) => {
                let sign = match (size.starts_with('+'), size.starts_with('−')) {
                    (true, _) => 1.0,
                    (_, true) => -1.0,
                    _ => return Err("no sign".to_owned()),
                };
                holds(size.trim_start_matches(['+', '−']), sign * (new - base))
            }
        }
    }

    fn many_are_true(&self, title: &str) -> Result<(), String> {
        let n = self.wealth.len() - 1;
        let clear = |sign: f64| {
            (1..=n)
                .filter(|k| self.is_clear(*k) && sign * self.difference(*k) > 0.0)
                .count()
        };
        let beyond = |sign: f64| (1..=n).filter(|k| sign * self.difference(*k) > 0.0).count();
        let counted = |said: &str, sign: f64| {
            let said = said.parse::<usize>().map_err(|_| "no number")?;
            check((clear(sign)..=beyond(sign)).contains(&said), "not so many")
        };
        let rest = title.strip_prefix(&format!(
            "Middle wealth clearly above that of {}: ",
            self.names[0]
        ));
        let (more, less) = rest
            .and_then(|rest| rest.split_once(" cases; clearly below: "))
            .ok_or("not read")?;
        let (more, of) = more.split_once(" of ").ok_or("no number")?;
        check(of == n.to_string(), "other cases")?;
        counted(more, 1.0).and_then(|()| counted(less, -1.0))
    }

    fn change_is_true(&self, text: &str) -> Result<(), String> {
        let (change, error) = text.split_once(" ± ").ok_or("no error")?;
        let mut shown = Printed::read(change).ok_or("no change")?;
        // zero is told to the place of its error
        let place = Printed::read(error).ok_or("no error")?.half;
        if shown.value == 0.0 {
            shown.half = place;
        }
        let is_so = (1..self.wealth.len()).any(|k| {
            let difference = self.difference(k);
            let sign = match difference > 0.0 {
                true => !change.starts_with('−'),
                false => !change.starts_with('+'),
            };
            sign && shown.holds(difference)
        });
        let differences = (1..self.wealth.len()).map(|k| self.difference(k));
        let differences: Vec<f64> = differences.collect();
        check(is_so, &format!("{shown:?} is none of {differences:?}"))
    }
}

fn all() -> Vec<(String, Compared)> {
    let plain = |paths: u32, horizon: &str| {
        format!(
            "title = \"t\"\nstart = \"2027-01\"\nhorizon = \"{horizon}\"\ncurrency = \"USD\"\nclass_events = false\nclass_ranges = false\n\
             [run]\nseed = 3\npaths = {paths}\n\
             [[asset]]\nname = \"a\"\nclass = \"defi-yield-aggregator\"\nvalue = 1000\nroi = \"9 %\"\n\
             volatility = 0.3\n"
        )
    };
    let more: &[&str] = &["asset.a.roi=\"30 %\""];
    let less: &[&str] = &["asset.a.roi=\"-20 %\""];
    let hardly: &[&str] = &["asset.a.volatility=0.3001"];
    let same: &[&str] = &[];
    let small: &[&str] = &["asset.a.value=1000.000001"];
    let inflation: &[&str] = &["economy.inflation=\"9 %\""];
    let sets: [(&str, &[&[&str]]); 12] = [
        ("more", &[more]),
        ("less", &[less]),
        ("hardly", &[hardly]),
        ("same", &[same]),
        ("a millionth", &[small]),
        ("inflation", &[inflation]),
        ("both the same", &[same, same]),
        ("both more", &[more, &["asset.a.roi=\"40 %\""]]),
        ("more and less", &[more, less, hardly]),
        ("one less", &[less, same]),
        ("one more", &[same, more, same]),
        ("neither", &[hardly, same]),
    ];
    let mut texts: Vec<(String, String, &[&[&str]])> = Vec::new();
    for (paths, horizon) in [
        (10, "3 years"),
        (600, "3 years"),
        (300, "1 month"),
        (250, "50 years"),
    ] {
        for (name, sets) in sets {
            texts.push((
                format!("{name}, {paths} paths, {horizon}"),
                plain(paths, horizon),
                sets,
            ));
        }
    }
    for (name, set) in [
        ("luna", "recipe-luna-2022"),
        ("altcoins", "recipe-oct-2025-altcoins"),
    ] {
        let text = format!("extends = \"{set}.toml\"\ntitle = \"t\"\n");
        texts.push((name.to_owned(), text, sets[5].1));
    }
    let compared = texts.into_par_iter();
    compared
        .map(|(name, text, sets)| (name, Compared::new(&text, sets)))
        .collect()
}

#[test]
fn what_scenarios_beside_each_other_end_with_is_so() {
    let (mut n_changes, mut faults) = (0, Vec::new());
    for (name, compared) in all() {
        let mut add = |found: Option<String>| {
            faults.extend(found.map(|why| format!("{name}: {why}")));
        };
        let words = [
            (": +", ": −"),
            (": −", ": +"),
            (", path by path the same", ""),
            ("clearly above", "clearly below"),
        ];
        add(fault(&compared.title, &words, |title| {
            compared.is_true(title)
        }));
        for change in &compared.changes {
            add(compared
                .change_is_true(change)
                .err()
                .map(|why| format!("{change}: {why}")));
            n_changes += 1;
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_changes > 30, "{n_changes}");
}
