//! Rows of a comparison: both figures, their difference, its error and the verdict.

use crate::beside::{Pair, pairs};
use crate::read::{Printed, amount, exact_bound, share, without_intervals};
use crate::told::Columns;

/// A row as it is printed.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub label: String,
    pub base: String,
    pub new: String,
    pub difference: String,
    pub verdict: String,
}

/// Rows of the table of one case in Markdown.
fn rows_of_table(table: &str) -> Vec<Row> {
    let lines = table.lines().filter(|line| line.starts_with("| "));
    let cells = lines.map(|line| {
        let plain = line.replace('\\', "").replace("**", "");
        let cells = plain.trim_matches('|').split(" | ").map(str::trim);
        cells.map(str::to_owned).collect::<Vec<_>>()
    });
    let row = |cells: Vec<String>| match <[String; 5]>::try_from(cells) {
        Ok([label, base, new, difference, verdict]) if verdict != ":--" && !label.is_empty() => {
            Some(Row {
                label,
                base,
                new,
                difference,
                verdict,
            })
        }
        _ => None,
    };
    cells.filter_map(row).collect()
}

/// Rows of every case, from the tables in Markdown.
pub fn rows(markdown: &str) -> Vec<Vec<Row>> {
    let tables = markdown.split("| :-- | --: | --: | --: | :-- |").skip(1);
    tables
        .map(|rest| rows_of_table(rest.split("\n\n").next().unwrap_or_default()))
        .collect()
}

/// What stands in one row of a screen for one case, two blanks between cells.
fn is_on_screen(screen: &str, row: &Row) -> bool {
    let cells = |line: &str| -> Vec<String> {
        let cells = line
            .split("  ")
            .map(str::trim)
            .filter(|cell| !cell.is_empty());
        cells.map(str::to_owned).collect()
    };
    let lines: Vec<Vec<String>> = screen.lines().map(cells).collect();
    let Row {
        label,
        base,
        new,
        difference,
        verdict,
    } = row;
    let wide = [label, base, new, difference, verdict];
    lines.iter().enumerate().any(|(at, found)| {
        let below = lines.get(at + 1).into_iter().flatten();
        found.iter().eq(wide) || found.iter().chain(below).eq(wide)
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub fn sorted(values: &[f64]) -> Vec<f64> {
    let mut values = values.to_vec();
    values.sort_by(f64::total_cmp);
    values
}

fn quantile(values: &[f64], per_cent: usize) -> f64 {
    sorted(values)[(per_cent * values.len()).div_ceil(100) - 1]
}

fn is_lost(columns: &Columns) -> Vec<f64> {
    let put_in = columns.money_in;
    let wealth = columns.wealth.iter();
    let is_lost = wealth.map(|wealth| *wealth < put_in * (1.0 - 1e-12));
    is_lost
        .map(|is_lost| f64::from(u8::from(is_lost)))
        .collect()
}

/// Mean of the worst twentieth of the losses.
fn shortfall(columns: &Columns) -> f64 {
    let worst = sorted(&columns.wealth);
    let tail = 0.05 * worst.len() as f64;
    let whole = (tail + 1e-9).floor() as usize;
    let loss = |wealth: &f64| columns.money_in - wealth;
    let sum: f64 = worst[..whole].iter().map(loss).sum();
    (sum + (tail - whole as f64).max(0.0) * worst.get(whole).map_or(0.0, loss)) / tail
}

fn return_per_year(columns: &Columns) -> f64 {
    let years = f64::from(columns.n_months) / 12.0;
    (quantile(&columns.wealth, 50) / columns.money_in).powf(1.0 / years) - 1.0
}

/// A figure of a run, whether less of it is better, and whether it is money.
type Figure = (fn(&Columns) -> f64, bool, bool);

/// 1 on the paths on which nine in ten of the agents sell in one month.
fn cascades(columns: &Columns) -> Vec<f64> {
    let sold = columns.largest_sale.iter();
    sold.map(|sold| f64::from(u8::from(*sold > 0.9 + 1e-9)))
        .collect()
}

/// What a row is about.
fn figure(label: &str) -> Option<Figure> {
    Some(match label {
        "loss probability" => (|c| mean(&is_lost(c)), true, false),
        "nine in ten agents sell in one month" => (|c| mean(&cascades(c)), true, false),
        "wealth, 1 in 20 worse" => (|c| quantile(&c.wealth, 5), false, true),
        "wealth, middle" => (|c| quantile(&c.wealth, 50), false, true),
        "wealth, 1 in 20 better" => (|c| quantile(&c.wealth, 95), false, true),
        "wealth, mean" => (|c| mean(&c.wealth), false, true),
        "expected shortfall 95 %" => (shortfall, true, true),
        "maximum drawdown, middle" => (|c| quantile(&c.deepest_fall, 50), true, false),
        "income a month, middle" => (|c| quantile(&c.income, 50), false, true),
        "return a year, time-weighted, middle" => (return_per_year, false, false),
        _ => return None,
    })
}

/// Values on the paths whose mean a row is, if it is one.
fn on_paths(label: &str, columns: &Columns) -> Option<Vec<f64>> {
    match label {
        "loss probability" => Some(is_lost(columns)),
        "nine in ten agents sell in one month" => Some(cascades(columns)),
        "wealth, mean" => Some(columns.wealth.clone()),
        _ => None,
    }
}

/// Standard error of the mean of differences, path by path.
pub fn paired_error(base: &[f64], new: &[f64]) -> f64 {
    let moved: Vec<f64> = base.iter().zip(new).map(|(base, new)| new - base).collect();
    error(&moved)
}

/// Standard error of a mean.
pub fn error(values: &[f64]) -> f64 {
    let center = mean(values);
    let squares: f64 = values.iter().map(|value| (value - center).powi(2)).sum();
    let n = values.len() as f64;
    (squares / (n - 1.0) / n).sqrt()
}

/// A figure of one run.
fn side_is_true(text: &str, value: f64, columns: &Columns, is_money: bool) -> bool {
    let bound = exact_bound(columns.n_paths);
    // rounded away from what was seen
    let is_bound = |read: f64| read >= bound * (1.0 - 1e-9) && read < 1.11 * bound;
    match text.split_once(' ') {
        Some(("under", rest)) => {
            value == 0.0 && share(rest).is_some_and(|read| is_bound(read.value))
        }
        Some(("over", rest)) => {
            value == 1.0 && share(rest).is_some_and(|read| is_bound(1.0 - read.value))
        }
        // a single path had it or not
        Some((had, "of 1")) => columns.n_paths == 1 && had == format!("{value:.0}"),
        _ if is_money => amount(text, &columns.currency).is_some_and(|read| read.is(value)),
        _ => share(text).is_some_and(|read| read.is(value)),
    }
}

/// A difference and half of its interval, if that is known.
pub fn difference(
    text: &str,
    currency: &str,
    is_money: bool,
) -> Option<(Printed, Option<Printed>)> {
    let (value, half) = text.split_once(" ± ").unwrap_or((text, ""));
    let read = |text: &str| match is_money {
        true => amount(text, currency),
        false => share(&format!("{} %", text.trim_end_matches(" pt"))),
    };
    let sign = value
        .find(|c: char| c.is_ascii_digit())
        .map(|at| &value[..at])?;
    let sign = sign.trim_start_matches(['+', '−']);
    let mut shown = read(value)?;
    let is_in_tens =
        |text: &str| !text.contains('.') && text.trim_end_matches(" pt").ends_with('0');
    if !is_money && is_in_tens(value) && is_in_tens(half) {
        shown.half_digit = 0.05;
    }
    let half = match is_money {
        true => read(&format!("{sign}{half}")),
        false => read(half),
    };
    Some((shown, half))
}

/// Everything that a row says.
pub fn row_is_true(row: &Row, base: &Columns, new: &Columns) -> Result<(), String> {
    let (value, is_less_better, is_money) = figure(&row.label).ok_or("a row of nothing known")?;
    let (before, after) = (value(base), value(new));
    // what floats leave of zero is none
    let moved = match after - before {
        moved if moved.abs() > 1e-12 * before.abs() => moved,
        _ => 0.0,
    };
    let told = |what: &str| Err(format!("{what}: {before} → {after}, {row:?}"));
    // a loss below zero is a gain
    let side = |text: &str, value: f64, columns: &Columns| {
        let is_gain = row.label.starts_with("expected shortfall") && value < 0.0;
        match text.strip_prefix("gain ") {
            Some(gain) => is_gain && side_is_true(gain, -value, columns, is_money),
            None => !is_gain && side_is_true(text, value, columns, is_money),
        }
    };
    if !side(&row.base, before, base) || !side(&row.new, after, new) {
        return told("a side");
    }
    let (shown, half) =
        difference(&row.difference, &base.currency, is_money).ok_or("no difference")?;
    // to the place of its error, which may be beyond its own first digit
    let is_within = half.is_some_and(|half| (shown.value - moved).abs() <= 0.5 * half.value);
    if !shown.is(moved) && !is_within {
        return told("the difference");
    }
    // half of the interval is rounded up, by less than its last digit
    let is_apart = half.is_none_or(|half| moved.abs() > half.value - 2.0 * half.half_digit);
    let is_better = (moved < 0.0) == is_less_better;
    let is_other = (base.money_in - new.money_in).abs() > 1e-9 * base.money_in.abs();
    let is_judged = row.verdict != "not judged";
    if is_other && is_money && is_judged {
        return told("amounts of another stake");
    }
    let is_so = match row.verdict.as_str() {
        "better" => moved != 0.0 && is_apart && is_better,
        "worse" => moved != 0.0 && is_apart && !is_better,
        // the error is what the paths could have missed
        "none differ" => moved == 0.0,
        // beyond two and a half times as much it is one in a million
        "none seen" => half.is_none_or(|half| shown.low().abs() < 2.5 * half.high()),
        "not judged" => half.is_none() || (is_other && is_money),
        _ => false,
    };
    let paths = on_paths(&row.label, base).zip(on_paths(&row.label, new));
    let is_unknown = row.difference.contains("± ?") && is_judged;
    if !is_so || is_unknown {
        return told("the verdict");
    }
    if let (Some((before, after)), Some(half)) = (paths, half) {
        // bent by skewness, exact for few, rounded up
        let exact = 1.96 * paired_error(&before, &after);
        if half.value < 0.7 * exact
            || half.value > 2.0 * exact + 8.0 / before.len() as f64 * after[0].abs().max(1.0)
        {
            return told(&format!("± for {exact}"));
        }
    }
    Ok(())
}

/// Every row of a comparison, on screen and in Markdown.
fn rows_are_true(pair: &Pair, screen: &str, markdown: &str) -> Result<usize, String> {
    let all = rows(markdown);
    if all.len() != pair.new.len() {
        return Err(format!("{} tables", all.len()));
    }
    for (rows, new) in all.iter().zip(&pair.new) {
        for row in rows {
            row_is_true(row, &pair.base.columns, new)?;
            if !is_on_screen(screen, row) {
                return Err(format!("{row:?} is not on screen"));
            }
        }
    }
    Ok(all.iter().map(Vec::len).sum())
}

#[test]
fn every_row_is_true_of_both_sides_and_alike_on_screen_and_in_markdown() {
    let mut n_rows = 0;
    for pair in pairs() {
        match rows_are_true(pair, &pair.screen, &pair.markdown) {
            Ok(n) => n_rows += n,
            Err(why) => panic!("{}: {why}\n{}", pair.name, pair.screen),
        }
    }
    assert!(n_rows > 180, "{n_rows}");
}

#[test]
fn another_figure_error_or_verdict_makes_a_row_false() {
    let mut n_planted = 0;
    for pair in pairs() {
        let (base, new) = (&pair.base.columns, &pair.new[0]);
        for row in &rows(&pair.markdown)[0] {
            let other = |verdict: &str| Row {
                verdict: verdict.to_owned(),
                ..row.clone()
            };
            let mut planted = match row.verdict.as_str() {
                "better" => vec![other("worse"), other("none differ")],
                "worse" => vec![other("better"), other("none differ")],
                "none differ" => vec![other("better"), other("worse")],
                _ => Vec::new(),
            };
            if matches!(row.verdict.as_str(), "better" | "worse") && row.base != row.new {
                let (base, new) = (row.new.clone(), row.base.clone());
                planted.push(Row {
                    base,
                    new,
                    ..row.clone()
                });
                let flipped = row
                    .difference
                    .replace('+', "~")
                    .replace('−', "+")
                    .replace('~', "−");
                planted.push(Row {
                    difference: flipped,
                    ..row.clone()
                });
            }
            for row in planted {
                n_planted += 1;
                assert!(
                    row_is_true(&row, base, new).is_err(),
                    "{}: {row:?}",
                    pair.name
                );
            }
        }
        let screen = pair
            .screen
            .replacen("better", "worse", 1)
            .replacen('9', "8", 3);
        if screen != pair.screen && pair.screen.contains("better") {
            assert!(
                rows_are_true(pair, &screen, &pair.markdown).is_err(),
                "{screen}"
            );
        }
    }
    assert!(n_planted > 200, "{n_planted}");
}

/// The figure in `column` of the row `label` of a run's screen, which has `n_cells` of them.
fn on_run(screen: &str, label: &str, (column, n_cells): (usize, usize)) -> Option<String> {
    let mut lines = screen.lines();
    let line = lines.find(|line| line.trim_start().starts_with(label))?;
    let rest = &line[line.find(label)? + label.len()..];
    let cells = rest
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty());
    let cells: Vec<&str> = cells.filter(|cell| *cell != ", last year").collect();
    // one blank between cells leaves them as one
    let cell = cells.get(column).filter(|_| cells.len() == n_cells)?;
    Some(without_intervals(cell.split(" ± ").next()?))
}

#[test]
fn a_figure_has_one_text_on_the_screen_of_its_run_and_beside_another() {
    let places = [
        ("wealth, 1 in 20 worse", "wealth at the end", (0, 3)),
        ("wealth, middle", "wealth at the end", (1, 3)),
        ("wealth, 1 in 20 better", "wealth at the end", (2, 3)),
        ("income a month, middle", "income a month", (1, 3)),
        (
            "return a year, time-weighted, middle",
            "return a year, time-weighted",
            (1, 3),
        ),
        ("maximum drawdown, middle", "maximum drawdown", (1, 3)),
        ("loss probability", "Probability of loss", (0, 1)),
    ];
    let mut n_compared = 0;
    for pair in pairs() {
        for row in rows(&pair.markdown).iter().flatten() {
            let mut places = places.iter().filter(|(label, ..)| *label == row.label);
            let Some((_, label, place)) = places.next() else {
                continue;
            };
            if let Some(text) = on_run(&pair.base.screen, label, *place) {
                assert_eq!(text, row.base, "{}\n{}", pair.name, pair.base.screen);
                n_compared += 1;
            }
        }
    }
    assert!(n_compared > 120, "{n_compared}");
}
