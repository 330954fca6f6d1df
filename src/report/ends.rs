//! How the futures end: in how many ways, and how many of them each way.
//!
//! In: an outcome. Out: [`Ends`], in money of the start. Not here: quantiles (`stats`).

use crate::engine::Outcome;
use crate::figure::{Quantity, chance, grouped, money};
use crate::math::counts::exact_interval;
use crate::record::WEALTH;
use crate::scenario::Scenario;
use crate::stats::LEVEL;

/// More ways to end than this are a distribution.
const FEW: usize = 4;

/// An end that fewer of the futures share is no end of its own.
const LEAST_SHARE: f64 = 0.01;

/// Fewer futures than this, though they end alike, are no end that a sentence begins with.
const LEAST_OF_MIDDLE: usize = 10;

/// Amounts that differ by less, of themselves, are the same.
const SAME: f64 = 1e-9;

/// Fewer futures than this are counted one by one.
pub(super) const COUNTED: usize = 100;

/// An amount with which several futures end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct End {
    pub wealth: f64,
    pub n: usize,
}

/// Where an amount stands among the ends.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Place {
    n_less: usize,
    n_equal: usize,
}

/// What sentences say of all ends of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ends {
    n: usize,
    /// All of them, if they are few and none is that of one future alone.
    pub few: Vec<End>,
    low: Place,
    middle: Place,
    /// Whether the 5 % quantile is zero.
    low_is_nothing: bool,
}

impl Ends {
    /// Of a run whose 5 % quantile and median are those given.
    pub(super) fn of(scenario: &Scenario, outcome: &Outcome, quantiles: [Option<f64>; 2]) -> Self {
        let level = scenario.price_levels()[outcome.n_months as usize];
        let wealth = outcome.column(WEALTH).unwrap_or_default();
        let wealth = wealth.iter().map(|wealth| wealth / level);
        Self::of_wealth(wealth, quantiles.map(Option::unwrap_or_default))
    }

    fn of_wealth(wealth: impl Iterator<Item = f64> + Clone, [low, middle]: [f64; 2]) -> Self {
        let place = |at: f64| {
            let count = |place: Place, end: f64| match is_same(end, at) {
                true => Place {
                    n_equal: place.n_equal + 1,
                    ..place
                },
                false => Place {
                    n_less: place.n_less + usize::from(end < at),
                    ..place
                },
            };
            wealth.clone().fold(Place::default(), count)
        };
        Self {
            n: wealth.clone().count(),
            few: few(wealth.clone()).unwrap_or_default(),
            low: place(low),
            middle: place(middle),
            low_is_nothing: low == 0.0,
        }
    }

    /// Whether at least one future in a hundred ends there, and no fewer than `least`.
    fn is_shared(&self, place: Place, least: usize) -> bool {
        place.n_equal >= least && place.n_equal as f64 >= LEAST_SHARE * self.n as f64
    }

    /// `45 % ± 7`, as every chance is shown: exact interval of a count.
    fn share(&self, n: usize) -> String {
        let (low, high) = exact_interval(n as u64, self.n as u64, LEVEL);
        let share = Quantity::between(n as f64 / self.n as f64, [low, high]);
        chance(share, self.n as u64, false).whole()
    }

    /// The sentence about how futures end, with the 5, 50 and 95 % quantiles as they are printed: in
    /// ways if they are few, by counts if the futures are, else by quantiles.
    pub(super) fn sentence(&self, currency: &str, [low, middle, high]: [&str; 3]) -> String {
        let n = self.n;
        if n == 1 {
            return format!("Only one future was simulated; it ends with {middle}.");
        }
        if !self.few.is_empty() {
            return self.ways(currency);
        }
        let up_to_low = self.low.n_less + self.low.n_equal;
        if n < COUNTED {
            let from_middle = n - self.middle.n_less;
            return format!(
                "{from_middle} of {n} futures end with {middle} or more, {up_to_low} with {low} or less."
            );
        }
        let lower = match self.is_shared(self.low, 2) {
            true if self.low_is_nothing => format!("{} with nothing", self.share(up_to_low)),
            true => format!("{} with {low} or less", self.share(up_to_low)),
            false => format!("one in twenty with {low} or less"),
        };
        if !self.is_shared(self.middle, LEAST_OF_MIDDLE) {
            return match low == high {
                true => format!("Nine in ten futures end with about {middle}."),
                false => format!("Half of all futures end with {middle} or more, {lower}."),
            };
        }
        let Place { n_less, n_equal } = self.middle;
        let mut parts = vec![format!(
            "{} of futures end with {middle}",
            self.share(n_equal)
        )];
        for (n, how) in [(n_less, "less"), (n - n_less - n_equal, "more")] {
            if n > 0 {
                parts.push(format!("{} with {how}", self.share(n)));
            }
        }
        if self.low != self.middle {
            parts.push(lower);
        }
        sentence_of(&parts)
    }

    fn ways(&self, currency: &str) -> String {
        let mut ways: Vec<(String, usize)> = Vec::new();
        for end in &self.few {
            let text = money(currency, end.wealth);
            match ways.last_mut().filter(|(known, _)| *known == text) {
                Some((_, n)) => *n += end.n,
                None => ways.push((text, end.n)),
            }
        }
        let n = self.n;
        if let [(text, _)] = ways.as_slice() {
            return format!("All {} futures end with {text}.", grouped(n as u64));
        }
        let is_counted = n < COUNTED;
        let part = |(index, (text, n)): (usize, &(String, usize))| match (is_counted, index) {
            (true, 0) => format!("{n} of {} futures end at {text}", self.n),
            (true, _) => format!("{n} at {text}"),
            (false, 0) => format!("{} of futures end at {text}", self.share(*n)),
            (false, _) => format!("{} at {text}", self.share(*n)),
        };
        sentence_of(&ways.iter().enumerate().map(part).collect::<Vec<_>>())
    }
}

fn is_same(a: f64, b: f64) -> bool {
    (b - a).abs() <= SAME * a.abs().max(b.abs())
}

/// The different ends, rising; nothing if they are many, or one future ends alone.
fn few(wealth: impl Iterator<Item = f64>) -> Option<Vec<End>> {
    let mut ends: Vec<End> = Vec::new();
    for wealth in wealth {
        match ends.iter().position(|end| is_same(end.wealth, wealth)) {
            Some(known) => ends[known].n += 1,
            None if ends.len() == FEW => return None,
            None => ends.push(End { wealth, n: 1 }),
        }
    }
    ends.sort_by(|a, b| a.wealth.total_cmp(&b.wealth));
    ends.iter().all(|end| end.n > 1).then_some(ends)
}

fn sentence_of(parts: &[String]) -> String {
    format!("{}.", parts.join(", "))
}

/// `In 23 of 100`, `In none of 5,000 futures`: a share of more than one future, for the begin of a sentence.
pub(super) fn share_of_futures(share: f64, paths: u64) -> String {
    match share {
        0.0 => format!("In none of {} futures", grouped(paths)),
        1.0 => format!("In all {} futures", grouped(paths)),
        _ if paths < COUNTED as u64 => {
            format!("In {:.0} of {paths} futures", share * paths as f64)
        }
        _ => format!("In {} of 100", of_hundred(share)),
    }
}

/// A share that is neither none nor all, by whole hundredths.
fn of_hundred(share: f64) -> String {
    match 100.0 * share {
        p if p <= 0.5 => "fewer than 1".to_owned(),
        p if p >= 99.5 => "more than 99".to_owned(),
        p => format!("{p:.0}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(wealth: Vec<f64>, quantiles: [f64; 3]) -> String {
        let [low, middle, high] = quantiles.map(|value| money("USD", value));
        let ends = Ends::of_wealth(wealth.into_iter(), [quantiles[0], quantiles[1]]);
        ends.sentence("USD", [&low, &middle, &high])
    }

    fn spread(n: usize) -> Vec<f64> {
        (0..n).map(|k| 50_000.0 + 10.0 * k as f64).collect()
    }

    #[test]
    fn two_ends_are_said_with_their_chances() {
        let mut ends = vec![62_707.0; 115];
        ends.extend(vec![84_774.0; 141]);
        assert_eq!(
            said(ends, [62_707.0, 84_774.0, 84_774.0]),
            "45 % ± 7 of futures end at $62.7k, 55 % ± 7 at $84.8k."
        );
        let few = vec![62_707.0, 62_707.0, 84_774.0, 84_774.0, 84_774.0];
        assert_eq!(
            said(few, [62_707.0, 84_774.0, 84_774.0]),
            "2 of 5 futures end at $62.7k, 3 at $84.8k."
        );
    }

    #[test]
    fn an_end_in_the_middle_of_a_spread_has_its_share() {
        let mut ends = spread(40);
        ends.extend(vec![60_000.0; 160]);
        assert_eq!(
            said(ends, [50_100.0, 60_000.0, 60_000.0]),
            "80 % ± 7 of futures end with $60k, 20 % ± 7 with less, one in twenty with $50.1k or less."
        );
    }

    #[test]
    fn those_who_are_ruined_end_with_nothing_and_not_with_less() {
        let mut ends = vec![0.0; 100];
        ends.extend(spread(150));
        assert_eq!(
            said(ends, [0.0, 50_250.0, 51_380.0]),
            "Half of all futures end with $50.2k or more, 40 % ± 7 with nothing."
        );
    }

    #[test]
    fn a_spread_is_said_by_quantiles_and_few_futures_by_counts() {
        assert_eq!(
            said(spread(200), [50_100.0, 51_000.0, 51_900.0]),
            "Half of all futures end with $51k or more, one in twenty with $50.1k or less."
        );
        assert_eq!(
            said(spread(10), [50_000.0, 50_040.0, 50_090.0]),
            "6 of 10 futures end with $50k or more, 1 with $50k or less."
        );
        assert_eq!(
            said(vec![57_600.0; 300], [57_600.0; 3]),
            "All 300 futures end with $57.6k."
        );
    }

    #[test]
    fn what_some_futures_have_is_told_of_none_and_of_all_in_no_hundred() {
        let said = [0.0001, 0.005, 0.0051, 0.234, 0.9949, 0.995, 0.9999].map(of_hundred);
        let (few, most) = ("fewer than 1", "more than 99");
        assert_eq!(said, [few, few, "1", "23", "99", most, most]);
    }
}
