//! The path with the median final wealth, and its costliest loss events.
//!
//! In: the path. Out: a picture. Not here: the choice of the path (`study`), the other paths (`wealth_fan`).

use super::{PictureKind, RunSource, when};
use crate::chart::{Axis, End, Ink, Layer, Line, NamedLine, Paint, Scale, Shape, Spec};
use crate::math::digits::{exponent, rounded};

pub const KIND: PictureKind = PictureKind {
    id: "timeline",
    title: "The median path and its loss events",
    doc: "Wealth, real, of the path whose final wealth is the median, or whose money runs out when half of all have run \
          out. Orange: its costliest loss events with their cost, and the end of its money.",
    of: Some(of),
};

/// Maximum number of marked dates; a marked event costs at least the fraction `LEAST` of the path's highest wealth.
const MOST: usize = 3;
const LEAST: f64 = 0.05;

/// Returns the picture of the median path; `None` if it keeps its money and no event takes 5 % of its highest wealth at once.
fn of(source: &RunSource<'_>) -> Option<Spec> {
    let (setting, path) = (&source.setting, source.report.median_path.as_ref()?);
    let last = *path.wealth.last()?;
    let years = |month: u32| f64::from(month) / 12.0;
    // what takes less is not seen as a fall
    let least = LEAST * path.wealth.iter().copied().fold(0.0, f64::max);
    let is_seen = |month: u32| least > 0.0 && path.fall_in(month) >= least;
    let least_cost = path.events.first().map_or(0.0, |most| most.cost / 10.0).max(least);
    let costly = path.events.iter().filter(|event| event.cost >= least_cost && is_seen(event.month));
    let marked: Vec<_> = costly.take(MOST - usize::from(path.ruin_month.is_some())).collect();
    if marked.is_empty() && path.ruin_month.is_none() {
        return None;
    }
    let money = |amount: f64| setting.money(rounded(amount, 1 - exponent(amount)));
    let line = (0..).map(years).zip(path.wealth.iter().copied()).collect();
    let mut layers = vec![Layer::Line(line, Line::new(Ink::Blue, 2.4))];
    let named = |month: u32, what: String| NamedLine {
        x: years(month),
        name: format!("{}: {what}", setting.spoken(years(month))),
        ink: Ink::Vermilion,
    };
    let events =
        marked.iter().map(|event| named(event.month, format!("{}, {} lost", event.label, money(event.cost))));
    let ruin = path.ruin_month.map(|month| {
        let fall = format!(", last {} gone", money(path.fall_in(month)));
        named(month, format!("money runs out{}", when(is_seen(month), &fall)))
    });
    let marks: Vec<NamedLine> = events.chain(ruin).collect();
    for mark in &marks {
        let month = (12.0 * mark.x).round() as u32;
        let at = (mark.x, *path.wealth.get(month as usize)?);
        layers.push(Layer::Dot(at, 4.5, Paint::solid(mark.ink)));
    }
    let [start, end] = [path.wealth[0], last].map(|amount| setting.money(amount));
    let ends = vec![End::new(last, format!("median path {end}"), Ink::Blue)];
    let scale = Scale::holding(path.wealth.iter().copied());
    let amounts = Axis::new(scale, 7, |amount| setting.tick(amount));
    Some(Spec {
        finding: match path.ruin_month {
            Some(month) => format!("On the median path money runs out in {}", setting.spoken(years(month))),
            None => format!("The median path goes from {start} to {end}"),
        },
        reading: format!(
            "Wealth of the path that ends at the median,{} {}{}",
            when(source.spends(), " after spending,"),
            setting.basis,
            when(!marked.is_empty(), "; orange: the costliest loss events"),
        ),
        shape: Shape::plot(setting.dates(11), amounts, layers, ends, marks),
    })
}
