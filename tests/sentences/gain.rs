//! Title, subtitle and labels of the gain: where a crash feeds itself, and how often months go there.

use crate::law::Printed;
use crate::planted::fault;
use crate::told::{Told, all};
use tailwheel::report::{CrashPart, ExceedancePart};

fn check(is_true: bool, why: &str) -> Result<(), String> {
    is_true.then_some(()).ok_or(why.to_owned())
}

fn holds(text: &str, value: f64) -> Result<(), String> {
    let is_so = Printed::read(text).is_some_and(|shown| shown.holds(value));
    check(is_so, &format!("{text} is {value}"))
}

/// A curve over log-losses at `loss`.
fn at(losses: &[f64], curve: &[f64], loss: f64) -> f64 {
    let next = losses.partition_point(|known| *known < loss);
    let next = next.clamp(1, losses.len() - 1);
    let part = (loss - losses[next - 1]) / (losses[next] - losses[next - 1]);
    curve[next - 1] + part * (curve[next] - curve[next - 1])
}

/// The loop of a scenario, from what is stated and from the curves of the report.
struct Gains<'t> {
    crash: &'t CrashPart,
    seen: &'t ExceedancePart,
    /// How many times larger gains are in a crisis.
    thinning: Option<f64>,
    first: f64,
    prescribed: f64,
}

impl<'t> Gains<'t> {
    fn of(told: &'t Told) -> Option<Self> {
        let crash = told.report.scenario.crash.as_ref()?;
        let clusters = told.scenario.crash.as_ref()?.clusters.iter();
        let falls = crash.prescribed.iter().map(|fall| fall.loss);
        Some(Self {
            crash,
            seen: crash.exceedance.as_ref()?,
            thinning: told
                .scenario
                .crisis
                .as_ref()
                .map(|crisis| 1.0 / crisis.depth),
            first: clusters
                .map(|cluster| cluster.first_trigger)
                .fold(f64::INFINITY, f64::min),
            prescribed: falls.fold(0.0, f64::max),
        })
    }

    fn largest(&self, times: f64) -> f64 {
        times * self.crash.profile_gains.iter().copied().fold(0.0, f64::max)
    }

    /// The least loss at which the gain is 1 if it is `times` as large.
    fn feeds_from(&self, times: f64) -> Option<f64> {
        let mut gains = self.crash.profile_gains.iter();
        let found = gains.position(|gain| times * gain >= 1.0)?;
        Some(self.crash.profile_edges[found])
    }

    /// The gain right of the edge at `loss`.
    fn gain_from(&self, loss: f64) -> f64 {
        let edges = self
            .crash
            .profile_edges
            .windows(2)
            .zip(&self.crash.profile_gains);
        let mut found = edges.filter(|(ends, _)| ends[0] <= loss && loss < ends[1]);
        found.next().map_or(0.0, |(_, gain)| *gain)
    }

    fn month(&self, loss: f64) -> f64 {
        at(&self.seen.losses, &self.seen.month, loss)
    }

    fn calm(&self, loss: f64) -> f64 {
        at(&self.seen.losses, &self.seen.calm_month, loss)
    }

    fn crisis(&self, loss: f64) -> f64 {
        let curve = self.seen.crisis_month.as_ref();
        curve.map_or(0.0, |curve| at(&self.seen.losses, curve, loss))
    }

    /// Share of months of a crisis, from where the curves are furthest apart.
    fn of_crisis(&self) -> f64 {
        let Some(crisis) = &self.seen.crisis_month else {
            return 0.0;
        };
        let apart = |k: &usize| crisis[*k] - self.seen.calm_month[*k];
        let k = (0..crisis.len()).max_by(|a, b| apart(a).total_cmp(&apart(b)));
        k.map_or(0.0, |k| {
            (self.seen.month[k] - self.seen.calm_month[k]) / apart(&k)
        })
    }

    /// Whether no month has a loss of its own.
    fn is_still(&self) -> bool {
        self.seen.month.iter().skip(1).all(|chance| *chance == 0.0)
    }
}

/// `in one month in 26`, `37% of months`, `no month that was sampled`.
fn chance_is(said: &str, chance: f64) -> Result<(), String> {
    const WORDS: [&str; 13] = [
        "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve",
    ];
    let why = format!("{said} is {chance}");
    if said.starts_with("no ") {
        return check(said.ends_with(" that was sampled") && chance == 0.0, &why);
    }
    let (shown, half) = match said
        .strip_prefix("one ")
        .and_then(|rest| rest.rsplit_once(" in "))
    {
        Some((_, wait)) => {
            let counted = WORDS
                .iter()
                .position(|word| *word == wait)
                .map(|wait| wait as f64);
            let wait = counted
                .or(wait.replace(',', "").parse().ok())
                .ok_or("no number")?;
            (1.0 / wait, 0.5 / wait / wait)
        }
        None => {
            let (share, _) = said.split_once("% of ").ok_or("not read")?;
            (share.parse::<f64>().map_err(|_| "no share")? / 100.0, 0.005)
        }
    };
    // between two points of a curve; one digit of a wait where the sample supports no second
    check((shown - chance).abs() <= 1.1 * half + 0.12 * chance, &why)
}

fn fall(loss: f64) -> f64 {
    1.0 - (-loss).exp()
}

/// `1.90`, `0.24`, `119`, `under 1`.
fn gain_is(text: &str, gain: f64) -> Result<(), String> {
    match text {
        "under 1" => check((0.995..1.0).contains(&gain), "not near 1"),
        text => {
            holds(text, gain).and_then(|()| check((text == "1.00") <= (gain >= 1.0), "below 1"))
        }
    }
}

fn never_feeds_is_true(rest: &str, of: &Gains<'_>) -> Result<(), String> {
    let (gains, first) = rest
        .split_once("; first sales from a fall of ")
        .ok_or("no first sales")?;
    let (calm, crisis) = match gains.split_once(", in a crisis ") {
        Some((calm, crisis)) => (calm, Some(crisis)),
        None => (gains, None),
    };
    check(crisis.is_some() == of.thinning.is_some(), "no such crises")?;
    check(
        of.largest(of.thinning.unwrap_or(1.0).max(1.0)) < 1.0,
        "it feeds itself",
    )?;
    gain_is(calm, of.largest(1.0))?;
    if let Some((said, times)) = crisis.zip(of.thinning) {
        gain_is(said, of.largest(times))?;
    }
    let (at, often) = first.split_once(", ").ok_or("no chance")?;
    holds(at, fall(of.first))?;
    if often == "where only a prescribed fall went" {
        return check(of.is_still() && of.prescribed >= of.first, "not only that");
    }
    check(
        !of.is_still() || of.prescribed < of.first,
        "a fall went there",
    )?;
    chance_is(
        often.strip_prefix("in ").ok_or("no chance")?,
        of.month(of.first),
    )
}

fn is_true(title: &str, of: &Gains<'_>) -> Result<(), String> {
    if let Some(rest) = title.strip_prefix("No crash feeds itself: the gain is at most ") {
        return never_feeds_is_true(rest, of);
    }
    let (feeds, often) = title.split_once("; ").ok_or("no chance")?;
    let calm = of.feeds_from(1.0);
    let times = of.thinning.unwrap_or(1.0);
    let crisis = of.thinning.and_then(|times| of.feeds_from(times));
    let inside = |text: &str| -> Result<(String, String), String> {
        let (at, gains) = text.split_once(" (").ok_or("no gain")?;
        Ok((at.to_owned(), gains.trim_end_matches(')').to_owned()))
    };
    let feeds = feeds
        .strip_prefix("A crash feeds itself ")
        .ok_or("not read")?;
    if let Some(rest) = feeds.strip_prefix("in a crisis past a fall of ") {
        let loss = crisis
            .filter(|_| calm.is_none())
            .ok_or("not only in a crisis")?;
        let (at, gain) = inside(rest)?;
        holds(&at, fall(loss))?;
        let gain = gain.strip_prefix("gain ").ok_or("no gain")?;
        gain_is(gain, times * of.gain_from(loss))?;
    } else {
        let rest = feeds.strip_prefix("past a fall of ").ok_or("not read")?;
        let loss = calm.ok_or("only in a crisis")?;
        let (rest, sooner) = match rest.split_once(", in a crisis past ") {
            Some((rest, sooner)) => (rest, Some(sooner)),
            None => (rest, None),
        };
        let (at, gains) = inside(rest)?;
        holds(&at, fall(loss))?;
        let gains = gains.strip_prefix("gain ").ok_or("no gain")?;
        let (quiet, in_crisis) = match gains.split_once(", in a crisis ") {
            Some((quiet, in_crisis)) => (quiet, Some(in_crisis)),
            None => (gains, None),
        };
        gain_is(quiet, of.gain_from(loss))?;
        match (in_crisis, sooner, crisis) {
            (None, None, None) => {}
            (Some(gain), None, Some(same)) => {
                check((fall(same) - fall(loss)).abs() < 1e-3, "elsewhere")?;
                gain_is(gain, times * of.gain_from(same))?;
            }
            (None, Some(sooner), Some(other)) => {
                let (at, gain) = inside(sooner)?;
                holds(&at, fall(other))?;
                gain_is(&gain, times * of.gain_from(other))?;
            }
            _ => return Err("not so in a crisis".to_owned()),
        }
    }
    let least = [calm, crisis]
        .into_iter()
        .flatten()
        .fold(f64::INFINITY, f64::min);
    match often {
        "only a prescribed fall went there" => {
            check(of.is_still() && of.prescribed >= least, "not only")
        }
        "no month that was sampled fell so far" => {
            check(of.is_still() && of.prescribed < least, "one did")
        }
        often => {
            let (how, often) = often.split_once(" in ").ok_or("no chance")?;
            let joint = of.of_crisis() * crisis.map_or(0.0, |loss| of.crisis(loss));
            let both = (1.0 - of.of_crisis()) * calm.map_or(0.0, |loss| of.calm(loss)) + joint;
            let (is_it, chance, often) = match how {
                "the markets alone fall that far" => (
                    calm.is_some() && crisis.is_none_or(|loss| Some(loss) == calm),
                    calm.map_or(0.0, |loss| of.month(loss)),
                    often,
                ),
                "the markets alone fall as far as that" => (
                    true,
                    both,
                    often.strip_prefix("their regime in ").ok_or("no regime")?,
                ),
                "a crisis and that fall of the markets alone come together" => {
                    (calm.is_none(), joint, often)
                }
                _ => return Err("not read".to_owned()),
            };
            check(is_it, "another chance")?;
            chance_is(often, chance)
        }
    }
}

/// What the subtitle says beside how to read the picture.
fn reading_is_true(reading: &str, of: &Gains<'_>) -> Result<(), String> {
    let says = |words: &str| reading.contains(words);
    let feeds = of
        .feeds_from(of.thinning.unwrap_or(1.0).max(1.0))
        .or(of.feeds_from(1.0));
    check(
        says("dots mark where the gain first reaches 1") == (feeds.is_some() && !of.is_still()),
        "dots",
    )?;
    check(
        says("dots mark the first sale") == (feeds.is_none() && !of.is_still()),
        "dots",
    )?;
    check(
        says("months with a prescribed fall are not counted") == (of.prescribed > 0.0),
        "falls",
    )
}

/// `9.3%: one month of a crisis in seven`, beside a dot.
fn label_is_true(label: &str, of: &Gains<'_>) -> Result<(), String> {
    let (at, often) = label.split_once(": ").ok_or("no chance")?;
    let feeds = [
        of.feeds_from(1.0),
        of.thinning.and_then(|times| of.feeds_from(times)),
    ];
    let [calm, crisis] = match feeds {
        [None, None] => [Some(of.first); 2],
        feeds => feeds,
    };
    let (loss, chance) = match (
        often.contains("of a crisis") || often.contains("of crisis"),
        often.contains("calm"),
    ) {
        (true, _) => (crisis, crisis.map(|loss| of.crisis(loss))),
        (_, true) => (calm, calm.map(|loss| of.calm(loss))),
        _ => (calm, calm.map(|loss| of.month(loss))),
    };
    holds(at, fall(loss.ok_or("no such place")?))?;
    chance_is(often, chance.unwrap_or(0.0))
}

#[test]
fn where_a_crash_feeds_itself_is_so_and_how_often_months_go_there() {
    let (mut n_checked, mut n_labels, mut faults) = (0, 0, Vec::new());
    for told in all() {
        let drawn = told
            .drawings
            .iter()
            .find(|drawing| drawing.id == "gain_profile");
        let Some((drawing, of)) = drawn.zip(Gains::of(told)) else {
            continue;
        };
        let words = [
            (
                "No crash feeds itself",
                "A crash feeds itself past a fall of 9%",
            ),
            ("itself in a crisis past", "itself past"),
            (
                "only a prescribed fall went there",
                "no month that was sampled fell so far",
            ),
            (
                "no month that was sampled fell so far",
                "only a prescribed fall went there",
            ),
            (
                "where only a prescribed fall went",
                "in no month that was sampled",
            ),
            (
                "a crisis and that fall of the markets alone come together",
                "the markets alone fall that far",
            ),
            ("fall as far as that in their regime in", "fall that far in"),
            (", in a crisis", ", not in a crisis"),
        ];
        let mut add = |found: Option<String>| {
            faults.extend(found.map(|why| format!("{}: {why}", told.name)));
        };
        add(fault(&drawing.title, &words, |title| is_true(title, &of)));
        let words = [
            ("where the gain first reaches 1", "the first sale"),
            ("the first sale", "where the gain first reaches 1"),
            ("prescribed fall are not", "prescribed fall are"),
        ];
        // the numbers of a subtitle are those of its axes
        let reading = drawing
            .description
            .replace("above 1", "")
            .replace("reaches 1", "reaches one");
        let spelled = |text: &str| text.replace("reaches one", "reaches 1");
        add(fault(&reading, &words.map(|(a, b)| (a, b)), |text| {
            reading_is_true(&spelled(text), &of)
        }));
        for text in drawing.texts().filter(|text| text.text.contains("%: ")) {
            add(fault(&text.text, &[], |label| label_is_true(label, &of)));
            n_labels += 1;
        }
        n_checked += 1;
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_checked > 30 && n_labels > 25, "{n_checked} {n_labels}");
}
