//! The path with the median final wealth, its deepest fall and its costliest loss events.
//!
//! In: the path. Out: a picture. Not here: the choice of the path (`study`), the other paths (`wealth_fan`).

use super::{PictureKind, RunSource, when};
use crate::chart::{Axis, End, Ink, Layer, Line, NamedLine, Paint, Scale, Shape, Spec};
use crate::figure::per_cent;
use crate::math::digits::{exponent, rounded};

pub const KIND: PictureKind = PictureKind {
    id: "timeline",
    title: "The median path and its loss events",
    doc: "Wealth, real, of the path whose final wealth is the median, or whose money runs out when half of all have run \
          out. Black: its maximum drawdown. Orange: its costliest loss events with their cost, and the end of its money.",
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
    let line: Vec<(f64, f64)> = (0..).map(years).zip(path.wealth.iter().copied()).collect();
    let named = |month: u32, what: String, ink: Ink| {
        let name = format!("{}: {what}", setting.spoken(years(month)));
        NamedLine { x: years(month), name, ink }
    };
    let mut marks: Vec<NamedLine> = Vec::new();
    for event in &marked {
        marks.push(named(
            event.month,
            format!("{}, {} lost", event.label, money(event.cost)),
            Ink::Vermilion,
        ));
    }
    let mut layers = vec![Layer::Line(line.clone(), Line::new(Ink::Blue, 2.4))];
    let finding = if let Some(month) = path.ruin_month {
        let gone = format!(", last {} gone", money(path.fall_in(month)));
        marks.push(named(month, format!("money runs out{}", when(is_seen(month), &gone)), Ink::Vermilion));
        format!("On the median path money runs out in {}", setting.spoken(years(month)))
    } else {
        let [high, low] = path.deepest_fall()?;
        let lost = per_cent(1.0 - path.wealth[low] / path.wealth[high], 0);
        layers.push(Layer::Line(line[high..=low].to_vec(), Line::new(Ink::Text, 3.2)));
        marks.push(named(low as u32, format!("{lost} below the peak"), Ink::Text));
        format!("On the median path wealth falls {lost} from a peak")
    };
    for mark in &marks {
        let month = (12.0 * mark.x).round() as u32;
        let at = (mark.x, *path.wealth.get(month as usize)?);
        layers.push(Layer::Dot(at, 4.5, Paint::solid(mark.ink)));
    }
    let ends = vec![End::new(last, format!("median path {}", setting.money(last)), Ink::Blue)];
    let amounts = Axis::new(Scale::holding(path.wealth.iter().copied()), 7, |amount| setting.tick(amount));
    let reading = format!(
        "Wealth of the path that ends at the median,{} {}{}{}",
        when(source.spends(), " after spending,"),
        setting.basis,
        when(path.ruin_month.is_none(), "; black: its deepest fall"),
        when(!marked.is_empty(), "; orange: its costliest loss events"),
    );
    Some(Spec { finding, reading, shape: Shape::plot(setting.dates(11), amounts, layers, ends, marks) })
}
