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
    /// Shares of the paths with a number or less.
    AtMost {
        share: Printed,
        at_least: bool,
        at: Printed,
    },
    /// Shares with a number or more.
    AtLeast {
        share: Printed,
        at_least: bool,
        at: Printed,
    },
    /// Less than was put in, and how much that was said to be.
    Lose { share: Printed, put_in: Printed },
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
    const WORDS: [(&str, f64); 6] = [
        ("none of", 0.0),
        ("the one path", 1.0),
        ("one in twenty", 0.05),
        ("nineteen in twenty", 0.95),
        ("nine in ten", 0.9),
        ("half", 0.5),
    ];
    for (word, share) in WORDS {
        if lower.starts_with(word) {
            let is_exact = share == 0.0 || share == 1.0;
            let half = if is_exact || at_least { 0.0 } else { NEAR };
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
        let said = |share: &Printed, least: f64, most: f64| {
            let slack = if share.half == NEAR { one } else { 1e-9 };
            match least > share.high() + slack || most < share.low() - slack {
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
                let least = match at_least {
                    // no nearer ends hold as many
                    true => law.below(high.low()) - law.up_to(low.high()),
                    false => law.up_to(high.low()) - law.below(low.high()),
                };
                said(share, least, most)
            }
            Self::AtMost {
                share,
                at_least,
                at,
            } => {
                let least = match at_least {
                    true => law.below(at.low()),
                    false => law.up_to(at.low()),
                };
                said(share, least, law.up_to(at.high()))
            }
            Self::AtLeast {
                share,
                at_least,
                at,
            } => {
                let less = match at_least {
                    true => law.up_to(at.high()),
                    false => law.below(at.high()),
                };
                said(share, 1.0 - less, 1.0 - law.below(at.low()))
            }
            Self::Lose { share, put_in } => {
                let least = law.below(law.put_in * (1.0 - 1e-9));
                let is_put_in = put_in.holds(law.put_in);
                is_put_in
                    .then_some(())
                    .ok_or(format!("{self:?}: {}", law.put_in))?;
                said(share, least, least)
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
    claims.extend(of_shares(part));
    claims
}

fn of_shares(part: &str) -> Vec<Claim> {
    let Some((share, at_least)) = share_of(part) else {
        return Vec::new();
    };
    let of = |words: &str| part.split_once(words).map(|(_, rest)| rest);
    let zero = Printed::exact(0.0);
    if part.contains(" below its peak") || part.contains(" below their peak") {
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
            Some(rest) => Printed::read(rest).map(|least| Printed {
                value: 0.5 * (least.value + 1.0),
                half: 0.5 * (1.0 - least.value),
            }),
            None => Printed::read(amount),
        };
        return at
            .map(|at| Claim::AtLeast {
                share,
                at_least,
                at,
            })
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
    let at = Printed::read(amount.trim_end_matches(" from their peak"));
    let claim = at.map(|at| Claim::Between {
        share,
        at_least,
        low: at,
        high: at,
    });
    claim.into_iter().collect()
}
