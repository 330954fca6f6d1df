//! Agents that sell: how often markets reach their limits, how often they sell, what it adds.

use crate::read::{Printed, amount, between, count, exact_bound, share};
use crate::told::{Told, all, named};

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn checked(is_true: bool, why: &str, said: &str) -> Result<(), String> {
    is_true.then_some(()).ok_or(format!("{why}: {said}"))
}

/// A curve over log-losses at `loss`.
fn at(losses: &[f64], curve: &[f64], loss: f64) -> f64 {
    let next = losses
        .partition_point(|known| *known < loss)
        .clamp(1, losses.len() - 1);
    let part = (loss - losses[next - 1]) / (losses[next] - losses[next - 1]);
    curve[next - 1] + part * (curve[next] - curve[next - 1])
}

/// How often markets alone reach the first limit, and the place from which sales feed themselves; how
/// many such sentences there are.
fn reaches_are_true(text: &str, told: &Told) -> Result<usize, String> {
    let Some(crash) = &told.report.scenario.crash else {
        return Ok(0);
    };
    let Some(seen) = &crash.exceedance else {
        return Ok(0);
    };
    let month = |loss: f64| at(&seen.losses, &seen.month, loss);
    let near = |shown: Printed, chance: f64| (shown.value / chance - 1.0).abs() < 0.12;
    let log_loss = |part: &str| share(part).map(|fall| -(1.0 - fall.value).ln());
    let mut n = 0;
    // the place and how often it is reached are one sentence
    let text = text.replace("); a crisis", "), and a crisis");
    let text = text.replace("); the markets", "), and the markets");
    for said in text.split(". ").flat_map(|sentence| sentence.split("; ")) {
        if let Some((before, after)) = said.split_once(" in none of ") {
            if !before.contains("markets alone reached") {
                continue;
            }
            let months = count(after).ok_or("no count")?;
            let bound = between(after, "under ", " of months")
                .and_then(share)
                .ok_or("no bound")?;
            checked(months == seen.months, "other months", said)?;
            checked(bound.value >= exact_bound(months), "bound too low", said)?;
            checked(
                bound.value <= 1.1 * exact_bound(months),
                "bound too high",
                said,
            )?;
            if let Some(loss) = between(before, "a fall of ", ",").and_then(log_loss) {
                checked(month(loss * 1.01) == 0.0, "months go there", said)?;
            }
            n += 1;
        } else if let Some((_, after)) = said.split_once("the markets alone reach ") {
            let (_, often) = after.rsplit_once(" in ").ok_or("no chance")?;
            let chance = share(often).ok_or("no chance")?;
            let place = between(after, "a fall of ", ",").and_then(log_loss);
            checked(
                place.is_some() == after.contains("a fall of"),
                "no place",
                said,
            )?;
            if let Some(loss) = place {
                checked(near(chance, month(loss)), "another chance", said)?;
                n += 1;
            }
        } else if let Some((before, after)) = said.split_once("the fall prescribed for ") {
            checked(before.is_empty(), "not alone", said)?;
            let limit = between(after, "a fall of ", ",").or(after.split("a fall of ").nth(1));
            let limit = limit.and_then(share).ok_or("no limit")?;
            let deepest = told.scenario.shocks.iter().map(|shock| shock.loss);
            checked(
                deepest.fold(0.0, f64::max) >= limit.low(),
                "it does not pass",
                said,
            )?;
            n += 1;
        } else if said.contains("! Sales feed themselves") {
            let (_, often) = said.rsplit_once(" in ").ok_or("no chance")?;
            let chance = share(often).ok_or("no chance")?;
            let (_, place) = said.split_once("past a fall of ").ok_or("no place")?;
            let loss = log_loss(place).ok_or("no place")?;
            let is_joint =
                said.contains("a crisis and that fall of the markets alone come together");
            let expected = match (is_joint, &seen.crisis_month) {
                (true, Some(crisis)) => {
                    // share of months of a crisis, from where the curves are furthest apart
                    let apart = |k: &usize| crisis[*k] - seen.calm_month[*k];
                    let k = (0..seen.losses.len()).max_by(|a, b| apart(a).total_cmp(&apart(b)));
                    let k = k.ok_or("no curve")?;
                    let of_crisis = (seen.month[k] - seen.calm_month[k]) / apart(&k);
                    of_crisis * at(&seen.losses, crisis, loss)
                }
                (true, None) => return Err(format!("no crises: {said}")),
                (false, _) if said.contains("in their regime") => continue,
                (false, _) => month(loss),
            };
            checked(near(chance, expected), &format!("it is {expected}"), said)?;
            n += 1;
        }
    }
    Ok(n)
}

/// How often agents sell and what that adds; how many such claims there are.
fn selling_is_true(text: &str, told: &Told) -> Result<usize, String> {
    let columns = &told.columns;
    if columns.selling_months.is_empty() {
        return Ok(0);
    }
    let n = columns.n_paths;
    let mut n_claims = 0;
    let mut check = |is_true: bool, what: &str| {
        n_claims += 1;
        checked(is_true, what, text)
    };
    let years = f64::from(columns.n_months) / 12.0;
    let sold = mean(&columns.selling_months);
    if let Some(said) = between(
        text,
        "AGENTS ADD nothing here: no agent sold in any of ",
        " of all",
    ) {
        check(sold == 0.0, "agents sold")?;
        let bound = said
            .rsplit_once("under ")
            .and_then(|(_, bound)| share(&format!("{bound} ")));
        check(
            bound.is_some_and(|bound| bound.value >= exact_bound(n)),
            "bound too low",
        )?;
        check(n > 1 && count(said) == Some(n), "not counted")?;
    }
    let figure = |label: &str| -> Option<f64> {
        let (_, said) = text.split_once(label)?;
        said.split(' ').next()?.parse().ok()
    };
    for (label, months) in [
        (
            "months a year in which agents sell ",
            &columns.selling_months,
        ),
        ("crash months a year ", &columns.crash_months),
    ] {
        if let Some(shown) = figure(label) {
            let rate = mean(months) / years;
            check((shown - rate).abs() <= 0.051 * rate.max(0.1), label)?;
        }
    }
    let labels = [
        "nine of ten agents sell in one month, at some time ",
        "AGENTS SELL nine in ten of them in one month on ",
    ];
    for label in labels {
        let Some((_, said)) = text.split_once(label) else {
            continue;
        };
        let full = columns
            .largest_sale
            .iter()
            .filter(|sale| **sale > 0.9 + 1e-9);
        let full = full.count();
        let is_so = match said {
            said if said.starts_with("under ") => full == 0,
            said if said.starts_with("over ") => full == n,
            said => share(said).is_some_and(|shown| shown.is(full as f64 / n as f64)),
        };
        check(is_so, label)?;
    }
    let lost = |wealth: &[f64]| {
        let put_in = columns.money_in;
        mean(
            &wealth
                .iter()
                .map(|end| f64::from(u8::from(*end < put_in)))
                .collect::<Vec<_>>(),
        )
    };
    let median = |wealth: &[f64]| {
        let mut wealth = wealth.to_vec();
        wealth.sort_by(f64::total_cmp);
        wealth[n.div_ceil(2) - 1]
    };
    let added = [
        (
            "They add: chance of a loss ",
            lost(&columns.wealth) - lost(&columns.wealth_alone),
        ),
        (
            "mean maximum drawdown ",
            mean(&columns.deepest_fall) - mean(&columns.deepest_fall_alone),
        ),
    ];
    for (head, difference) in added {
        if let Some(said) = between(text, head, " points") {
            let shown = share(&format!("{} %", said.split(" ± ").next().unwrap_or(said)));
            let shown = shown.ok_or("no figure")?;
            check(
                (shown.value - difference).abs() <= 2.1 * shown.half_digit,
                head,
            )?;
        }
    }
    if let Some((_, said)) = text.split_once(", median wealth ") {
        let shown = amount(said, &columns.currency).ok_or("no amount")?;
        let difference = median(&columns.wealth) - median(&columns.wealth_alone);
        check(shown.is(difference), "another median")?;
    }
    Ok(n_claims)
}

/// Correlations in crashes are spoken of only if crash months are common.
fn correlation_is_told_of_many(text: &str, told: &Told) -> Result<(), String> {
    let Some((_, said)) = text.split_once("In crash months ") else {
        return Ok(());
    };
    let crashes = mean(&told.columns.crash_months) / f64::from(told.columns.n_months);
    checked(crashes >= 0.015 && !said.contains("calm"), "too rare", said)
}

#[test]
fn how_often_markets_reach_the_limits_is_so() {
    let mut n = 0;
    for told in all() {
        match reaches_are_true(&told.text, told) {
            Ok(found) => n += found,
            Err(why) => panic!("{}: {why}\n{}", told.name, told.screen),
        }
    }
    assert!(n >= 15, "{n}");
}

#[test]
fn how_often_agents_sell_and_what_it_adds_is_so() {
    let mut n = 0;
    for told in all() {
        match selling_is_true(&told.text, told) {
            Ok(found) => n += found,
            Err(why) => panic!("{}: {why}\n{}", told.name, told.screen),
        }
    }
    assert!(n >= 50, "{n}");
}

#[test]
fn crashes_are_said_to_change_correlations_only_if_they_are_not_rare() {
    for told in all() {
        if let Err(why) = correlation_is_told_of_many(&told.text, told) {
            panic!("{}: {why}\n{}", told.name, told.screen);
        }
    }
    assert!(!named("starter").text.contains("In crash months"));
    assert!(named("flagship").text.contains("In crash months"));
}

#[test]
fn a_prescribed_fall_that_passes_the_limit_is_said() {
    for name in [
        "luna-2022",
        "may-2010-emini",
        "oct-2025-altcoins",
        "oct-2025-bitcoin",
    ] {
        let told = named(name);
        let says = told.text.contains("the fall prescribed for ");
        assert!(says, "{name}\n{}", told.screen);
    }
}

#[test]
fn another_number_or_word_makes_it_false() {
    for (name, said, planted) in [
        (
            "flagship",
            "a crisis and that fall of the markets alone come together in",
            "the markets alone fall that far in",
        ),
        (
            "flagship",
            "first limit, a fall of 5.8 %, in 24 %",
            "first limit, a fall of 5.8 %, in 14 %",
        ),
        (
            "farthest limits",
            "so they do in under 0.00",
            "so they do in under 0.000",
        ),
    ] {
        let told = named(name);
        let planted = told.text.replacen(said, planted, 1);
        assert_ne!(planted, told.text, "{name}: {said}\n{}", told.screen);
        assert!(reaches_are_true(&planted, told).is_err(), "{name}: {said}");
    }
    for (name, said, planted) in [
        (
            "flagship",
            "in which agents sell 3",
            "in which agents sell 2",
        ),
        (
            "flagship",
            "mean maximum drawdown +",
            "mean maximum drawdown −",
        ),
        ("farthest limits", "in under 0.", "in under 0.0"),
    ] {
        let told = named(name);
        let planted = told.text.replacen(said, planted, 1);
        assert_ne!(planted, told.text, "{name}: {said}\n{}", told.screen);
        assert!(selling_is_true(&planted, told).is_err(), "{name}: {said}");
    }
    let rare = named("starter");
    let planted = format!("{} In crash months the two markets", rare.text);
    assert!(correlation_is_told_of_many(&planted, rare).is_err());
}
