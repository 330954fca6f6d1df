//! Template filters for facts: figures by the digit rule, columns, bars, wrapped sentences.
//!
//! In: template values. Out: text. Not here: the digit rule itself (`figure::rule`).

use super::escape;
use super::text::one_line as without_acting;
use crate::figure::rule;
use crate::figure::{grouped, is_zero, money, money_name, of_key, signed_fixed, spoken_month, written};
use crate::math::elementary::expm1;
use crate::stats::{Unit, Value as Figure, as_shown};
use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Environment, Error, ErrorKind, State};
use serde::Deserialize;
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

const ELLIPSIS: &str = "…";

pub(super) fn add(all: &mut Environment<'static>) {
    add_figure(all, "shown", |figure, of| rule::shown(figure, of).whole());
    add_figure(all, "value", |figure, of| rule::shown(figure, of).value());
    add_figure(all, "change", |figure, of| rule::change(figure, of).whole());
    add_figure(all, "change_value", |figure, of| rule::change(figure, of).value());
    all.add_filter("points", points);
    all.add_filter("money", |state: &State, amount: f64| money(&currency(state), amount));
    all.add_filter("money_name", |currency: &str| money_name(currency).to_owned());
    all.add_filter("percent", rule::percent);
    // relative price change of a log loss
    all.add_filter("price_change", |log_loss: f64| expm1(-log_loss));
    all.add_filter("in_months", as_shown);
    all.add_filter("amount", |state: &State, number: f64, unit: &str| of_key(number, unit, &currency(state)));
    all.add_filter("argument", |text: &str| escape::argument(text));
    all.add_filter("signed", signed);
    all.add_filter("month", |date: &str| spoken_month(date));
    all.add_filter("count", |number: i64| grouped(number.unsigned_abs()));
    all.add_filter("counted", |number: usize, thing: &str| crate::figure::counted(number, thing));
    all.add_filter("left", |text: &Value, width: usize| set(text, width, false));
    all.add_filter("right", |text: &Value, width: usize| set(text, width, true));
    all.add_filter("cut", |text: &str, width: usize| cut(text, width));
    all.add_filter("widest", widest);
    all.add_filter("wrap", wrap);
    all.add_filter("bar", bar);
    all.add_filter("step", step);
    all.add_filter("tone", tone);
    all.add_filter("code", |text: &str| Value::from_safe_string(escape::markdown_code(text)));
    all.add_filter("data", escape::data);
    all.add_filter("property", escape::property);
    all.add_filter("listed", |names: Vec<String>| crate::figure::listed(&names));
    all.add_filter("year", |date: &str| crate::figure::year_of(date).to_owned());
    all.add_filter("inside", |text: &str| crate::figure::uncapital(text));
    all.add_filter("capital", |text: &str| crate::figure::capital(text));
    all.add_filter("label_of_name", crate::scenario::label_of_name);
    all.add_filter("plain", crate::units::plain);
    all.add_filter("toml", toml);
    all.add_filter("negative", |figure: &Value| Ok::<_, Error>(Value::from(Serde(read(figure)?.negative()))));
    all.add_filter("typed_percent", |share: f64| written(Unit::Fraction, "", share));
    all.add_filter("span", span);
    all.add_filter("tick", |name: &str| format!("`{name}`"));
    all.add_filter("quoted", |name: &str| format!("\"{name}\""));
    all.add_filter("fixed", |number: f64, places: i32| signed_fixed(number, places));
    all.add_function("spaces", |n: usize| " ".repeat(n));
}

/// Adds the template filter `name`, which formats a figure with the function `text` in the currency of the template.
fn add_figure(all: &mut Environment<'static>, name: &'static str, text: fn(&Figure, &str) -> String) {
    all.add_filter(name, move |state: &State, figure: &Value| {
        Ok::<_, Error>(text(&read(figure)?, &currency(state)))
    });
}

/// Deserializes a figure from a template value; fails if the value is something else.
pub(super) fn read(figure: &Value) -> Result<Figure, Error> {
    Figure::deserialize(figure.clone())
}

pub(super) fn currency(state: &State) -> String {
    let found = state.lookup("currency");
    found.and_then(|currency| currency.as_str().map(str::to_owned)).unwrap_or_default()
}

/// Formats a difference of fractions in percentage points: `+1.1`, `−4.2`. It reads `≈ 0` if it is below 0.05 points or
/// its 95 % interval contains zero; with such an interval and a half width above one point, `−1 ± 3`.
fn points(figure: &Value) -> Result<String, Error> {
    let figure = read(figure)?;
    let [low, high] = figure.interval.unwrap_or([figure.value; 2]);
    let holds_zero = low * high <= 0.0;
    let half = figure.reach().unwrap_or(0.0);
    if holds_zero && half > 0.01 {
        // the error is too large to call the difference zero
        return Ok(format!("{} ± {:.0}", signed(figure.value, 0), (100.0 * half).ceil()));
    }
    if holds_zero || figure.value.abs() < 0.0005 {
        return Ok("≈ 0".to_owned());
    }
    Ok(signed(figure.value, 1))
}

/// Formats a fraction in percent with sign and this number of decimals: `+2.1`, `−14.2`, `0.0`.
fn signed(share: f64, decimals: i32) -> String {
    let digits = signed_fixed(100.0 * share, decimals);
    if share < 0.0 || is_zero(&digits) { digits } else { format!("+{digits}") }
}

/// Parses the TOML notation of a scenario value for a template: a string loses its quotes, an array or table becomes
/// its entries, any other value keeps its notation. `None` becomes the null value of templates.
fn toml(written: Option<&str>) -> Value {
    let Some(written) = written else {
        return Value::from(());
    };
    let table: Option<toml::Table> = toml::from_str(&format!("value = {written}")).ok();
    match table.as_ref().and_then(|table| table.get("value")) {
        Some(toml::Value::String(text)) => text.as_str().into(),
        Some(entries @ (toml::Value::Array(_) | toml::Value::Table(_))) => Value::from(Serde(entries)),
        _ => written.into(),
    }
}

/// Shortens a text to `width` columns; a shortened text ends with an ellipsis.
fn cut(text: &str, width: usize) -> String {
    let text = without_acting(text);
    if text.width() <= width {
        return text;
    }
    let mut kept = String::new();
    for letter in text.chars() {
        kept.push(letter);
        if kept.width() + 1 > width {
            kept.pop();
            break;
        }
    }
    kept + ELLIPSIS
}

/// Pads a text with spaces to `width` columns, on its left if `at_right`, else on its right; a longer text is not cut.
fn set(text: &Value, width: usize, at_right: bool) -> String {
    let shown = without_acting(&text.to_string());
    let room = " ".repeat(width.saturating_sub(visible(&shown)));
    if at_right { room + &shown } else { shown + &room }
}

/// Number of screen columns that a text fills; the marker characters of colors fill none.
fn visible(text: &str) -> usize {
    let is_mark = |letter: &char| TONES.iter().any(|tone| tone.mark == *letter);
    text.width() - text.chars().filter(is_mark).filter_map(UnicodeWidthChar::width).sum::<usize>()
}

fn widest(texts: &Value) -> Result<usize, Error> {
    let widths = texts.try_iter()?;
    Ok(widths.map(|text| without_acting(&text.to_string()).width()).max().unwrap_or(0))
}

/// Wraps a sentence to the screen's width with prefixes for the first and further lines:
/// `wrap(first="  ! ", rest="    ")`.
fn wrap(state: &State, text: &str, options: Kwargs) -> Result<Value, Error> {
    let first: Option<&str> = options.get("first")?;
    let rest: Option<&str> = options.get("rest")?;
    options.assert_all_used()?;
    let (first, rest) = (first.unwrap_or("  "), rest.unwrap_or("  "));
    let width = state
        .lookup("width")
        .and_then(|width| width.as_usize())
        .ok_or_else(|| Error::new(ErrorKind::UndefinedError, "width"))?;
    Ok(Value::from_safe_string(wrapped(text, width, first, rest)))
}

/// Wraps a text to `width` columns, with prefixes for the `first` line and the `rest`; keeps `5 %` together.
pub(super) fn wrapped(text: &str, width: usize, first: &str, rest: &str) -> String {
    let mut lines = vec![first.to_owned()];
    let mut is_empty = true;
    let text = without_acting(text).replace(" %", "\u{a0}%").replace(" pp", "\u{a0}pp");
    for word in text.split([' ', '\t']).filter(|word| !word.is_empty()) {
        let word = word.replace('\u{a0}', " ");
        let line = lines.last_mut().expect("there is a first line");
        if !is_empty && visible(line) + 1 + visible(&word) > width {
            lines.push(format!("{rest}{word}"));
        } else {
            if !is_empty {
                line.push(' ');
            }
            line.push_str(&word);
        }
        is_empty = false;
    }
    lines.join("\n")
}

fn has_unicode(state: &State) -> bool {
    state.lookup("unicode").is_none_or(|unicode| unicode.is_true())
}

/// Draws a bar of at most `cells` cells, proportional to `value` over `full`, in eighths of a cell.
fn bar(state: &State, value: f64, full: f64, cells: usize) -> String {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    if full <= 0.0 || value <= 0.0 || !value.is_finite() {
        return String::new();
    }
    let eighths = ((value / full).min(1.0) * cells as f64 * 8.0).round() as usize;
    if has_unicode(state) {
        "█".repeat(eighths / 8) + EIGHTHS[eighths % 8]
    } else {
        "#".repeat((eighths + 4) / 8)
    }
}

/// Draws one step of a waterfall as text, from level `from` to level `to`, on a scale of `cells` characters between the
/// two ends in `axis`. A fall is drawn darker than a rise.
fn step(state: &State, from: f64, to: f64, axis: Vec<f64>, cells: usize) -> String {
    let low = axis.first().copied().unwrap_or(0.0);
    let high = axis.last().copied().unwrap_or(1.0);
    let cell = |level: f64| {
        let part = (level - low) / (high - low).max(f64::MIN_POSITIVE);
        (part.clamp(0.0, 1.0) * cells as f64).round() as usize
    };
    let (begin, end) = (cell(from.min(to)), cell(from.max(to)));
    // even the shortest step has one cell, inside the axis
    let begin = begin.min(cells.saturating_sub(1));
    let sign = match (has_unicode(state), to < from) {
        (true, true) => "▓",
        (true, false) => "░",
        (false, true) => "#",
        (false, false) => ".",
    };
    format!("{}{}", " ".repeat(begin), sign.repeat((end - begin).max(1)))
}

/// Draws one solid bar of a waterfall as text, with the arguments of [`step`].
fn span(state: &State, from: f64, to: f64, axis: Vec<f64>, cells: usize) -> String {
    let bar = step(state, from, to, axis, cells);
    let solid = if has_unicode(state) { "█" } else { "#" };
    bar.chars().map(|sign| if sign == ' ' { " " } else { solid }).collect()
}

/// A color: its name, its marker character in a rendered text, and the terminal escape code that replaces the marker.
struct Tone {
    name: &'static str,
    mark: char,
    code: &'static str,
}

/// Marker character that ends a colored part of a text.
const END: char = '\u{e000}';

/// All colors. Their markers are private-use characters, so no other text contains them.
const TONES: [Tone; 7] = [
    Tone { name: "bold", mark: '\u{e001}', code: "\u{1b}[1m" },
    Tone { name: "good", mark: '\u{e002}', code: "\u{1b}[32m" },
    Tone { name: "bad", mark: '\u{e003}', code: "\u{1b}[31m" },
    Tone { name: "open", mark: '\u{e004}', code: "\u{1b}[33m" },
    Tone { name: "changed", mark: '\u{e005}', code: "\u{1b}[36m" },
    Tone { name: "quiet", mark: '\u{e006}', code: "\u{1b}[2m" },
    Tone { name: "", mark: END, code: "\u{1b}[0m" },
];

/// Puts a text between the markers of a color: `bold`, `good`, `bad`, `open`, `changed` or `quiet`.
fn tone(text: &Value, tone: &str) -> String {
    let shown = without_acting(&text.to_string());
    match TONES.iter().find(|known| known.name == tone) {
        Some(Tone { mark, .. }) if !shown.is_empty() => format!("{mark}{shown}{END}"),
        _ => shown,
    }
}

/// Replaces the markers of colors by escape codes, or removes them if `has_color` is false. Trims the ends of lines.
pub(super) fn colored(text: &str, has_color: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let lines: Vec<&str> = text.split('\n').map(str::trim_end).collect();
    for letter in lines.join("\n").chars() {
        match TONES.iter().find(|tone| tone.mark == letter) {
            Some(tone) if has_color => out.push_str(tone.code),
            Some(_) => {}
            None => out.push(letter),
        }
    }
    out
}
