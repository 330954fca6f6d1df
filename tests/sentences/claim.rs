//! Claims of titles about a law: read from text, checked by counting.
//!
//! In: a title, one number per path. Out: whether what it says is so, to the digits that it prints.
//! Not here: which column a title is about (`titles`).

use crate::law::{Law, Printed};

/// Beside rounding, a share in words may be off by so much, and by one path.
const NEAR: f64 = 0.0101;

/// What is said.
#[derive(Debug)]
pub enum Claim {
    /// So many of the paths (to `share.half`) lie between two numbers.
    Between {
        share: Printed,
        at_least: bool,
        low: Printed,
        high: Printed,
    },
    /// All paths, from the least to the greatest.
    Range {
        low: Printed,
        high: Printed,
    },
    /// Shares of the paths below a number, or with it or less.
    Below {
        share: Printed,
        at: Printed,
    },
    AtMost {
        share: Printed,
        at_least: bool,
        at: Printed,
    },
    /// Shares above a number, or with it or more.
    Above {
        share: Printed,
        at: Printed,
    },
    AtLeast {
        share: Printed,
        at: Printed,
    },
    /// Less than was put in, and how much that was said to be.
    Lose {
        share: Printed,
        put_in: Printed,
    },
    /// Number of paths.
    Count(u64),
}

/// `one in twenty`, `45%`, `3 of 10`, `every path` … at the beginning of `text`, and whether it is a bound.
fn share_of(text: &str) -> Option<(Printed, bool)> {
    let text = text.trim();
    let lower = text.to_lowercase();
    let (lower, at_least) = match lower.strip_prefix("at least ") {
        Some(rest) => (rest.to_owned(), true),
        None => (lower, false),
    };
    const WORDS: [(&str, f64); 10] = [
        ("every path", 1.0),
        ("no path", 0.0),
        ("none of", 0.0),
        ("the one path", 1.0),
        ("one in twenty", 0.05),
        ("nineteen in twenty", 0.95),
        ("nine in ten", 0.9),
        ("nine of ten", 0.9),
        ("a quarter", 0.25),
        ("half", 0.5),
    ];
    for (word, share) in WORDS {
        if lower.starts_with(word) {
            let is_exact = share == 0.0 || share == 1.0;
            let half = if is_exact { 0.0 } else { NEAR };
            return Some((Printed { value: share, half }, at_least));
        }
    }
    if let Some((k, rest)) = lower.split_once(" of ")
        && let (Ok(k), Some(n)) = (k.parse::<f64>(), rest.split(' ').next())
        && let Ok(n) = n.replace(',', "").parse::<f64>()
    {
        return Some((
            Printed {
                value: k / n,
                half: 1e-9,
            },
            at_least,
        ));
    }
    let first = lower.split_once('%')?.0;
    let number = format!("{first}%");
    Some((Printed::read(&number)?, at_least))
}

impl Claim {
    /// Everything that `title` says.
    pub fn read(title: &str) -> Vec<Self> {
        let mut claims = Vec::new();
        let parts = title.split("; ");
        for part in parts {
            claims.extend(of_part(part));
        }
        claims
    }

    pub fn check(&self, law: &Law) -> Result<(), String> {
        let one = 1.0 / law.n();
        let said = |share: &Printed, least: f64, most: f64, at_least: bool| {
            let slack = if share.half == NEAR { one } else { 1e-9 };
            let too_many = least > share.high() + slack && !at_least;
            match too_many || most < share.low() - slack {
                true => Err(format!("{self:?}: {least} to {most}")),
                false => Ok(()),
            }
        };
        match self {
            Self::Between {
                share,
                at_least,
                low,
                high,
            } => {
                let most = law.up_to(high.high()) - law.below(low.low());
                let least = law.up_to(high.low()) - law.below(low.high());
                said(share, least, most, *at_least)
            }
            Self::Range { low, high } => {
                let ends = (law.values[0], law.quantile(1.0));
                let is_so = low.holds(ends.0) && high.holds(ends.1);
                is_so.then_some(()).ok_or(format!("{self:?}: {ends:?}"))
            }
            Self::Below { share, at } => {
                said(share, law.below(at.low()), law.below(at.high()), false)
            }
            Self::AtMost {
                share,
                at_least,
                at,
            } => said(share, law.up_to(at.low()), law.up_to(at.high()), *at_least),
            Self::Above { share, at } => said(
                share,
                1.0 - law.up_to(at.high()),
                1.0 - law.up_to(at.low()),
                false,
            ),
            Self::AtLeast { share, at } => said(
                share,
                1.0 - law.below(at.high()),
                1.0 - law.below(at.low()),
                false,
            ),
            Self::Lose { share, put_in } => {
                let least = law.below(law.put_in * (1.0 - 1e-9));
                let is_put_in = put_in.holds(law.put_in);
                is_put_in
                    .then_some(())
                    .ok_or(format!("{self:?}: {}", law.put_in))?;
                said(share, least, least, false)
            }
            Self::Count(n) => {
                let is_so = *n == law.values.len() as u64;
                is_so.then_some(()).ok_or(format!("{self:?}"))
            }
        }
    }
}

/// A part of a title between semicolons.
fn of_part(part: &str) -> Vec<Claim> {
    let mut claims = Vec::new();
    if let Some((who, rest)) = part.split_once(" with less than the ")
        && let (Some((share, _)), Some(put_in)) = (share_of(who), Printed::read(rest))
    {
        if let Some(n) = who
            .split_once("None of ")
            .and_then(|(_, rest)| rest.split(' ').next())
        {
            claims.extend(n.replace(',', "").parse().ok().map(Claim::Count));
        }
        claims.push(Claim::Lose { share, put_in });
        if let Some((before, _)) = rest.split_once(" with nothing")
            && let Some((_, share)) = before.rsplit_once(", ")
            && let Some(share) = Printed::read(share)
        {
            claims.push(Claim::AtMost {
                share,
                at_least: false,
                at: Printed::exact(0.0),
            });
        }
        return claims;
    }
    if let Some(rest) = part.strip_prefix("The ")
        && let Some((n, rest)) = rest.split_once(" paths ")
        && let Some((low, high)) = rest.split_once(" to ")
    {
        claims.extend(n.replace(',', "").parse().ok().map(Claim::Count));
        let high = high.trim_end_matches(" below the peak");
        let ends = Printed::read(low).zip(Printed::read(high));
        claims.extend(ends.map(|(low, high)| Claim::Range { low, high }));
        return claims;
    }
    claims.extend(of_shares(part));
    claims
}

fn of_shares(part: &str) -> Vec<Claim> {
    let Some((share, at_least)) = share_of(part) else {
        return Vec::new();
    };
    let of = |words: &str| part.split_once(words).map(|(_, rest)| rest);
    let zero = Printed::exact(0.0);
    let all = Printed {
        value: 1.0,
        half: 1e-12,
    };
    if part.contains(" below its peak") || part.contains(" below their peak") {
        // nobody falls, or a share never does
        let share = if part.starts_with("No path") || part.contains("one path never") {
            Printed::exact(1.0)
        } else {
            share
        };
        let none = Printed {
            value: 0.0,
            half: 1e-9,
        };
        return vec![Claim::AtMost {
            share,
            at_least,
            at: none,
        }];
    }
    if part.contains(" loses all") || part.contains(" lose all") {
        return vec![Claim::Between {
            share,
            at_least,
            low: all,
            high: all,
        }];
    }
    if let Some(span) = of(" between ")
        && let Some((low, high)) = span.split_once(" and ")
        && let Some((low, high)) = Printed::read(low).zip(Printed::read(high))
    {
        return vec![Claim::Between {
            share,
            at_least,
            low,
            high,
        }];
    }
    if let Some(at) = of(" ends below ").and_then(Printed::read) {
        return vec![Claim::Below { share, at }];
    }
    if let Some(at) = of(" above ").and_then(Printed::read) {
        return vec![Claim::Above { share, at }];
    }
    let amount = of(" ends with ")
        .or(of(" end with "))
        .or(of(" falls "))
        .or(of(" fall "));
    let Some(amount) = amount else {
        return Vec::new();
    };
    if amount.contains(" or less") {
        let at = Printed::read(amount);
        return at
            .map(|at| Claim::AtMost {
                share,
                at_least,
                at,
            })
            .into_iter()
            .collect();
    }
    if amount.contains(" or more") || amount.starts_with("over ") {
        let at = match amount.strip_prefix("over ") {
            Some(rest) => Printed::read(rest),
            None => Printed::read(amount),
        };
        return at
            .map(|at| Claim::AtLeast { share, at })
            .into_iter()
            .collect();
    }
    if amount.starts_with("nothing") && at_least {
        return vec![Claim::AtMost {
            share,
            at_least,
            at: zero,
        }];
    }
    outcomes(part, (share, at_least), amount)
}

/// `45% of paths end with $62.7k, 55% with $84.8k, all less than the $100k put in`
fn outcomes(part: &str, first: (Printed, bool), amount: &str) -> Vec<Claim> {
    let n: Option<f64> = part
        .split_once(" of ")
        .and_then(|(_, rest)| rest.split(' ').next()?.parse().ok());
    let mut claims = Vec::new();
    for (index, item) in amount.split(", ").enumerate() {
        let relation = [
            ("less than the ", 1.0),
            ("more than the ", 0.0),
            ("as much as the ", 0.0),
        ];
        let related = relation
            .iter()
            .find_map(|(words, share)| Some((item.split_once(words)?.1, share)));
        if let Some((put_in, share)) = related {
            let share = match item.starts_with("none ") {
                true => Printed::exact(0.0),
                false => Printed::exact(*share),
            };
            claims.extend(Printed::read(put_in).map(|put_in| Claim::Lose { share, put_in }));
            continue;
        }
        let (share, rest) = match (index, item.split_once(' ')) {
            (0, _) => (first.0, item),
            (_, Some((share, rest))) => match (n, share.parse::<f64>()) {
                (Some(n), Ok(k)) => (
                    Printed {
                        value: k / n,
                        half: 1e-9,
                    },
                    rest,
                ),
                _ => match Printed::read(share) {
                    Some(share) => (share, rest),
                    None => continue,
                },
            },
            _ => continue,
        };
        let at = Printed::read(
            rest.trim_end_matches(" below the peak")
                .trim_end_matches(" from its peak"),
        );
        claims.extend(at.map(|at| Claim::Between {
            share,
            at_least: first.1,
            low: at,
            high: at,
        }));
    }
    claims
}
