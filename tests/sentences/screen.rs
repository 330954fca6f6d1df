//! What the screen says beside ends, losses and agents: head, rows, gain, crashes, how it was sampled.

use crate::anatomy::check;
use crate::law::Law;
use crate::pairs::Realised;
use crate::read::{amount, between, count, share};
use crate::told::{Told, all, named};
use tailwheel::scenario::AssetEntry;

/// The three shares of the row that begins with `label`.
fn row(screen: &str, label: &str) -> Option<Vec<f64>> {
    let line = screen
        .lines()
        .find(|line| line.trim_start().starts_with(label))?;
    let cells = line.trim_start().strip_prefix(label)?.split(" %");
    let cells: Vec<&str> = cells.filter(|cell| !cell.trim().is_empty()).collect();
    let is_plain = cells.len() == 3 && !line.contains('±');
    let read = |cell: &&str| share(&format!("{cell} %")).map(|shown| shown.value);
    is_plain.then(|| cells.iter().map(read).collect::<Option<Vec<f64>>>())?
}

fn rows_are_true(screen: &str, told: &Told) -> Result<usize, String> {
    let columns = &told.columns;
    let years = f64::from(columns.n_months) / 12.0;
    let mut n = 0;
    let mut check_row = |label: &str, law: &Law, levels: [f64; 3]| {
        let Some(shown) = row(screen, label) else {
            return Ok(());
        };
        n += 1;
        for (shown, p) in shown.into_iter().zip(levels) {
            let value = law.quantile(p);
            // two digits, or one decimal
            // whole hundredths of a fall
            let half = match label {
                "maximum drawdown" => 0.005_1,
                _ => f64::max(0.000_51, 0.051 * value.abs()),
            };
            check(
                (shown - value).abs() <= half,
                &format!("{label}: {shown} is {value}"),
            )?;
        }
        Ok::<(), String>(())
    };
    let falls = Law::new(columns.deepest_fall.clone(), 0.0);
    check_row("maximum drawdown", &falls, [0.95, 0.5, 0.05])?;
    let real = columns.units.iter();
    let (label, power) = match columns.n_months {
        0..12 => ("return in all, time-weighted", 1.0),
        _ => ("return a year, time-weighted", 1.0 / years),
    };
    let returns = Law::new(real.map(|unit| unit.powf(power) - 1.0).collect(), 0.0);
    check_row(label, &returns, [0.05, 0.5, 0.95])?;
    Ok(n)
}

fn correlation(text: &str) -> Option<(f64, f64)> {
    let plain = text.trim().replace('−', "-");
    let decimals = plain.split_once('.').map_or(0, |(_, digits)| digits.len());
    Some((plain.parse().ok()?, 0.5 * 10_f64.powi(-(decimals as i32))))
}

fn sentences_are_true(text: &str, told: &Told) -> Result<usize, String> {
    let columns = &told.columns;
    let mut n = 0;
    let mut check = |is_true: bool, why: &str| {
        n += 1;
        check(is_true, why)
    };
    if columns.money_in > 0.0 {
        let (head, _) = text.split_once(" in · ").ok_or("no head")?;
        let from = head.rfind([' ', '$', '€', '£', '¥']).unwrap_or(0);
        let sign = head[from..].chars().next().filter(|sign| *sign != ' ');
        let currency = sign.map_or(columns.currency.as_str(), |_| columns.currency.as_str());
        let start = head.len()
            - head
                .chars()
                .rev()
                .take(16)
                .map(char::len_utf8)
                .sum::<usize>()
                .min(head.len());
        let put_in = amount(&head[start..], currency).ok_or("no amount")?;
        check(put_in.is(columns.money_in), "another amount put in")?;
    }
    if let Some(said) = between(text, "Claimed ", " after it, time-weighted.") {
        let (claimed, made) = said
            .split_once(" a year before inflation")
            .ok_or("no claim")?;
        let (more, made) = made.split_once("; the ").ok_or("no outcome")?;
        let more = more.strip_prefix(", ");
        let more = more.and_then(|more| more.strip_suffix(" interest on cash"));
        let weighed = |asset: &AssetEntry| (asset.value.get(), asset.kind.claimed());
        let assets = told.scenario.assets.iter().map(weighed);
        let cash = told.scenario.owner.as_ref();
        let cash = cash.map(|owner| {
            (
                owner.cash.get(),
                told.scenario.economy.cash_rate.mean().get(),
            )
        });
        let all: Vec<(f64, f64)> = assets.chain(cash).collect();
        let weighed = |of: &[(f64, f64)]| {
            let total: f64 = of.iter().map(|(value, _)| value).sum();
            of.iter().map(|(value, rate)| value * rate).sum::<f64>() / total
        };
        let held = &all[..told.scenario.assets.len()];
        let (claim, whole) = (weighed(held), weighed(&all));
        let near = |text: &str, value: f64| {
            share(text).is_some_and(|shown| (shown.value - value).abs() <= 0.000_51)
        };
        check(near(claimed, claim), &format!("the claim is {claim}"))?;
        // what cash earns is no claim
        let has_cash = cash.is_some_and(|(amount, _)| amount > 0.0);
        check(more.is_some() == has_cash, "interest on cash")?;
        if let Some((with_cash, interest)) = more.zip(cash.map(|(_, rate)| rate)) {
            let (with_cash, rate) = with_cash.split_once(" with ").ok_or("no interest")?;
            check(
                near(with_cash, whole),
                &format!("with interest it is {whole}"),
            )?;
            check(near(rate, interest), &format!("interest is {interest}"))?;
        }
        let (who, rate) = made.split_once(" has ").ok_or("no outcome")?;
        check(who == "middle future", "another future")?;
        let is_short = columns.n_months < 12;
        check(rate.ends_with(" in all") == is_short, "another span")?;
        let years = f64::from(columns.n_months) / 12.0;
        let power = if is_short { 1.0 } else { 1.0 / years };
        let rates = columns.units.iter().map(|unit| unit.powf(power) - 1.0);
        let middle = Law::new(rates.collect(), 0.0).quantile(0.5);
        let half = f64::max(0.000_51, 0.051 * middle.abs());
        let is_so = share(rate).is_some_and(|shown| (shown.value - middle).abs() <= half);
        check(is_so, &format!("the middle is {middle}: {rate}"))?;
    }
    let sampled = between(text, "± is 95 % from sampling ", " path").and_then(count);
    let is_one = text.contains("One path was simulated: how others differ from it is not known");
    check(is_one == (columns.n_paths == 1), "one path, or more")?;
    check(is_one || sampled == Some(columns.n_paths), "other paths")?;
    if let (Some(said), Some(crash)) = (
        between(text, "Its gain is ", ")"),
        &told.report.scenario.crash,
    ) {
        let largest = crash.profile_gains.iter().copied().fold(0.0, f64::max);
        let (_, from_gain) = text.split_once("Its gain is ").ok_or("no gain")?;
        let sentence = from_gain.split(". ").next().unwrap_or(from_gain);
        let in_crisis = between(sentence, "), in a crisis ", ")");
        let thinning = told
            .scenario
            .crisis
            .as_ref()
            .map(|crisis| 1.0 / crisis.depth);
        check(in_crisis.is_some() == thinning.is_some(), "no such crisis")?;
        for (said, gain) in [
            (Some(said), Some(largest)),
            (in_crisis, thinning.map(|times| times * largest)),
        ] {
            let Some((said, gain)) = said.zip(gain) else {
                continue;
            };
            let (shown, word) = said.split_once(" (").ok_or("no word")?;
            check(
                word == if gain < 1.0 { "stable" } else { "unstable" },
                "the other word",
            )?;
            let value = correlation(shown);
            let is_so = value.is_some_and(|(value, half)| (value - gain).abs() <= 1.001 * half);
            check(
                is_so && (shown != "1.00" || gain >= 1.0) || shown == "under 1",
                &format!("{shown} is {gain}"),
            )?;
        }
    }
    if let Some(said) = between(text, "In crash months ", ". ")
        .or(text.split_once("In crash months ").map(|(_, rest)| rest))
    {
        let of = Realised::of(told).ok_or("no months")?;
        let near = |said: Option<&str>, value: f64| {
            let shown = said.and_then(|said| correlation(said.trim_end_matches('.')));
            shown.is_some_and(|(shown, half)| (shown - value).abs() <= 1.001 * half)
        };
        check(
            near(between(said, "correlate at ", ", in all"), of.crash[0]),
            "another in crashes",
        )?;
        check(
            near(between(said, "in all others at ", "; "), of.other[0]),
            "another in others",
        )?;
        check(
            said.starts_with("the two") == (of.n_markets == 2),
            "other markets",
        )?;
        let how = said.split_once("; ").ok_or("nothing of the loop")?.1;
        let without = between(how, "it would be ", " in the same");
        check(near(without, of.crash[1]), "another without")?;
        let seen = !how.contains(": no difference beyond sampling error");
        let is_seen = of.added.is_some_and(|[low, high]| low > 0.0 || high < 0.0);
        check(seen == is_seen, "told apart otherwise")?;
    }
    Ok(n)
}

#[test]
fn head_rows_and_sentences_of_the_screen_are_so() {
    let (mut n_rows, mut n_sentences, mut faults) = (0, 0, Vec::new());
    for told in all() {
        match (
            rows_are_true(&told.screen, told),
            sentences_are_true(&told.text, told),
        ) {
            (Ok(rows), Ok(sentences)) => {
                (n_rows, n_sentences) = (n_rows + rows, n_sentences + sentences)
            }
            (rows, sentences) => faults.push(format!("{}: {rows:?} {sentences:?}", told.name)),
        }
    }
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(n_rows > 60 && n_sentences > 250, "{n_rows} {n_sentences}");
}

#[test]
fn another_number_or_word_makes_it_false() {
    for (name, said, planted) in [
        ("flagship", "$344k in ·", "$344M in ·"),
        ("flagship", "Claimed 20.8 %", "Claimed 18.9 %"),
        ("flagship", "19.5 % with 2.5 %", "19.4 % with 2.5 %"),
        ("flagship", "19.5 % with 2.5 %", "19.5 % with 2.6 %"),
        ("flagship", ", 19.5 % with 2.5 % interest on cash", ""),
        ("flagship", "future has ", "future has −1"),
        ("flagship", "sampling 2,048 paths", "sampling 2,049 paths"),
        ("flagship", "correlate at 0.41", "correlate at 0.51"),
        ("flagship", "in all others at 0.17", "in all others at 0.27"),
        ("flagship", "it would be 0.12", "it would be 0.21"),
        (
            "flagship",
            "Its gain is 0.65 (stable)",
            "Its gain is 0.65 (unstable)",
        ),
        ("flagship", "Its gain is 0.65", "Its gain is 0.56"),
        ("flagship", "in a crisis 2.17 (un", "in a crisis 2.71 (un"),
    ] {
        let told = named(name);
        let other = told.text.replacen(said, planted, 1);
        assert_ne!(other, told.text, "{name}: {said}\n{}", told.screen);
        assert!(
            sentences_are_true(&other, told).is_err(),
            "{name}: {planted}"
        );
    }
}

/// Neither a bound from counting nor a ± before the line that says what ± means.
fn has_no_error(text: &str) -> bool {
    let figures = text.replace("± is 95 %", "");
    !["±", "under 0.", "over 9"]
        .iter()
        .any(|word| figures.contains(word))
}

#[test]
fn what_is_certain_has_neither_bound_nor_error() {
    for name in [
        "certain",
        "still markets, 400 paths",
        "still markets, no signal",
    ] {
        let told = named(name);
        assert!(has_no_error(&told.text), "{name}: {}", told.screen);
    }
    // limits of agents are drawn
    for name in ["luna-2022", "oct-2025-altcoins"] {
        let told = named(name);
        assert!(!has_no_error(&told.text), "{name}: {}", told.screen);
    }
}

#[test]
fn markets_that_nothing_moves_have_no_chance_to_reach_a_limit() {
    let mut n = 0;
    for told in all() {
        let mut markets = told.scenario.markets.iter();
        let mut assets = told.scenario.assets.iter();
        let is_still = markets.all(|market| market.volatility.get() == 0.0)
            && assets.all(|asset| asset.jumps.is_none());
        let said = told
            .text
            .contains("but for prescribed falls nothing moves the markets");
        let has_limit = told.text.contains("the first limit, a fall of");
        assert_eq!(
            said,
            is_still && has_limit,
            "{}: {}",
            told.name,
            told.screen
        );
        n += usize::from(said);
    }
    assert!(n > 4, "{n}");
}
