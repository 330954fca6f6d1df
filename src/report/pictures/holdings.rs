//! Mean value of each asset and of cash over time, stacked to the mean wealth.
//!
//! In: means of a run. Out: a picture. Not here: the means (`record`), the paths' spread (`wealth_fan`).

use super::stack::{Stack, StackPart};
use super::{PictureKind, RunSource, Setting, happenings, peak, when};
use crate::chart::{Axis, End, HUES, Ink, Layer, Line, NamedLine, Paint, Scale, Shape, Spec, dated};
use crate::figure::{Quantity, briefest, in_words, per_cent, quoted};
use crate::math::ROUNDING;
use crate::record::{ASSET_VALUE, WEALTH, id};
use crate::report::facts::SeriesPart;
use crate::scenario::label_of_name;

pub const KIND: PictureKind = PictureKind {
    id: "holdings",
    title: "Value of each asset",
    doc: "Mean value of each asset and of cash over all paths, real, stacked: together they are mean wealth. The asset \
          that is worth most over the whole horizon is at the bottom. Debts that exceed the cash are below zero.",
    of: Some(of),
};

/// Maximum number of layers for assets; the last one sums up all further assets.
const MOST: usize = 12;
/// Opacity in percent of the first asset in each color, and of later assets in a color that is used again.
const PERCENT: [u8; 2] = [75, 40];
/// Factor by which the largest part must exceed each other one for the title to name it.
const LIKE: f64 = 1.05;

const OTHERS: &str = "other assets";
const OWED: &str = "cash less debts";

fn of(source: &RunSource<'_>) -> Option<Spec> {
    let all = source.series(WEALTH.quantity())?;
    let assets = &source.report.scenario.assets;
    let of_asset = |asset: &str| source.series(&format!("{}.{asset}", ASSET_VALUE.quantity()));
    let series: Vec<&SeriesPart> = assets.iter().map(|asset| of_asset(&asset.name)).collect::<Option<_>>()?;
    // wealth has other dates than the assets: keep the common ones
    let of_assets = series.first()?.years.iter().copied();
    let years: Vec<f64> = of_assets.filter(|year| all.years.contains(year)).collect();
    let means = |series: &SeriesPart| -> Vec<f64> {
        let means = dated(&series.years, &series.real.mean).into_iter();
        means.filter(|(year, _)| years.contains(year)).map(|(_, mean)| mean).collect()
    };
    let parts = assets.iter().zip(series).zip(0..).map(|((asset, series), place)| {
        let percent = PERCENT[usize::from(place >= HUES.len())];
        StackPart {
            name: label_of_name(&asset.name),
            paint: Paint::of(source.ink_of(&asset.name), percent),
            values: means(series),
        }
    });
    let [at_end, median] = [id::REAL_WEALTH_MEAN, id::REAL_WEALTH_P50].map(|id| source.measured(id));
    let marks = happenings::marked(&happenings::of_wealth(source));
    spec(&source.setting, &years, parts.collect(), &means(all), [at_end?, median?], marks)
}

/// Stacks the values of the assets (`parts`) at the dates `years` up to the mean `wealth`; `at_end` is final mean
/// wealth with its error, `median` its median, `marks` are dates to name. `None` below two assets.
pub fn spec(
    setting: &Setting,
    years: &[f64],
    mut parts: Vec<StackPart>,
    wealth: &[f64],
    [at_end, median]: [Quantity; 2],
    marks: Vec<NamedLine>,
) -> Option<Spec> {
    let sum = |part: &StackPart| part.values.iter().sum::<f64>();
    parts.retain(|part| sum(part) > 0.0);
    let [least, most] = [f64::min, f64::max].map(|one| parts.iter().map(sum).reduce(one).unwrap_or(0.0));
    // assets of like value keep the order of the file
    if most > LIKE * least {
        parts.sort_by(|a, b| sum(b).total_cmp(&sum(a)));
    }
    if parts.len() < 2 {
        return None;
    }
    let (rest, mut others) = (rest(wealth, &parts), String::new());
    if parts.len() > MOST {
        let small = parts.split_off(MOST - 1);
        others = format!("; the {} smallest are one layer", in_words(small.len() as u64));
        let sums = (0..years.len()).map(|date| small.iter().map(|part| part.values[date]).sum());
        let paint = Paint::of(Ink::Slate, PERCENT[1]);
        parts.push(StackPart { name: OTHERS.to_owned(), paint, values: sums.collect() });
    }
    let owes = rest.iter().any(|value| *value < 0.0);
    if rest.iter().any(|value| *value != 0.0) {
        let name = if owes { OWED } else { "cash" };
        let paint = Paint::of(Ink::Mute, PERCENT[1]);
        parts.push(StackPart { name: name.to_owned(), paint, values: rest });
    }
    let most = parts.iter().max_by(|a, b| a.last().total_cmp(&b.last()));
    let is_like = |part: &&StackPart| most.is_some_and(|most| LIKE * part.last() > most.last());
    let most = most.filter(|_| parts.iter().filter(is_like).count() == 1);
    let largest = most.map(|most| (most.last(), most.last() / wealth[wealth.len() - 1]));
    let figure = |value: f64| match largest {
        Some((last, share)) if value >= last && (0.0..0.995).contains(&share) => {
            format!("{} ({})", setting.money(value), per_cent(share, 0))
        }
        // no cents beside thousands
        _ => setting.money(if wealth[0] > 1e4 { value.round() } else { value }),
    };
    let mut stack = Stack::of(years, &parts, figure);
    let highest = peak(&dated(years, wealth), at_end);
    stack.layers.push(Layer::Line(dated(years, wealth), Line::new(Ink::Text, 1.6)));
    if let Some((year, amount)) = highest {
        let dot = Paint::solid(Ink::Text);
        let text = format!("{} in {}", setting.money(amount), setting.spoken(year));
        stack.layers.push(Layer::Dot((year, amount), 3.5, dot));
        stack.layers.push(Layer::Label((year, amount), text, Ink::Text, [1.0, 0.0]));
    }
    let [mean, middle] = [at_end, median].map(|amount| setting.measured(amount));
    stack.ends.push(End::new(at_end.value, format!("mean wealth {mean}"), Ink::Text));
    let is_unsure = setting.n_paths > 1 && !at_end.std_error.is_finite();
    if is_unsure {
        stack.ends.push(End::new(median.value, format!("median wealth {middle}"), Ink::Text));
    }
    let scale = Scale::holding(stack.edges.iter().flatten().copied());
    let levels = Axis::new(scale, 7, |value| setting.tick(value));
    Some(Spec {
        finding: match is_unsure {
            true => format!("Mean wealth {mean}, error unknown; median {middle}"),
            false => finding(setting, highest, wealth, at_end, most),
        },
        reading: format!(
            "Value of each asset, stacked{}, {}{}{others}",
            when(setting.n_paths > 1, ", mean of all paths"),
            setting.basis,
            when(owes, "; below zero: debts that exceed the cash")
        ),
        shape: Shape::plot(setting.dates(11), levels, stack.layers, stack.ends, marks),
    })
}

/// Returns the wealth at each date that is in no asset, such as cash; 0 within rounding error.
fn rest(wealth: &[f64], assets: &[StackPart]) -> Vec<f64> {
    let rest = wealth.iter().enumerate().map(|(date, wealth)| {
        let assets: f64 = assets.iter().map(|part| part.values[date]).sum();
        let rest = wealth - assets;
        if rest.abs() < ROUNDING * assets { 0.0 } else { rest }
    });
    rest.collect()
}

/// Returns the title: the change of mean wealth, and the asset or cash that is worth most at the end (`most`).
fn finding(
    setting: &Setting,
    highest: Option<(f64, f64)>,
    wealth: &[f64],
    at_end: Quantity,
    most: Option<&StackPart>,
) -> String {
    let value = at_end.value - wealth[0];
    let is_near = at_end.std_error.is_finite() && !Quantity { value, ..at_end }.differs_from_zero();
    let [from, to] = [setting.money(wealth[0]), setting.measured(at_end)];
    let of = if setting.n_paths > 1 { "Mean wealth" } else { "Wealth" };
    if let Some((_, peak)) = highest {
        return format!("{of} peaks at {}, ends at {to}", setting.money(peak));
    }
    let moved = if is_near || from == to {
        format!("{of} {to}, not clearly unlike {from}")
    } else {
        format!("{of} {} to {to} by {}", if value < 0.0 { "falls" } else { "rises" }, setting.end())
    };
    let share = most
        .filter(|most| ![OTHERS, OWED].contains(&most.name.as_str()))
        .map(|most| (most.last() / wealth[wealth.len() - 1], &most.name));
    match share {
        Some((share, name)) if (0.0..=1.0).contains(&share) => briefest(
            [name.clone(), quoted(name)].map(|name| format!("{moved}; {} is {name}", per_cent(share, 0))),
        ),
        _ => moved,
    }
}
