//! One path, that of the median final wealth, with its costliest loss events.
//!
//! In: the path. Out: a picture. Not here: which path it is (`study`), the other paths (`wealth_fan`).

use super::{Kind, Source, when};
use crate::chart::{Axis, End, Ink, Layer, Line, Paint, Plot, Scale, Shape, Spec};

pub const KIND: Kind = Kind {
    id: "timeline",
    title: "The median path and its loss events",
    doc: "Wealth, real, of one path: that whose final wealth is the median. Dots mark its costliest loss events with \
          their costs, before insurance, and the month in which its money runs out. Other paths meet other events.",
    of: Some(of),
};

/// Dates that are marked, the least part of opening wealth that one of them costs.
const MOST: usize = 4;
const LEAST: f64 = 0.05;

/// A path that stays within this part of its ends only falls or rises.
const CALM: f64 = 0.9;

/// Nothing where no event cost the path much.
fn of(source: &Source<'_>) -> Option<Spec> {
    let (setting, path) = (&source.setting, source.report.median_path.as_ref()?);
    let (begin, last) = (*path.wealth.first()?, *path.wealth.last()?);
    let costly = path.events.iter().take_while(|event| event.cost >= LEAST * begin);
    let marked: Vec<_> = costly.take(MOST - usize::from(path.ruin_month.is_some())).collect();
    if marked.is_empty() {
        return None;
    }
    let years = |month: u32| f64::from(month) / 12.0;
    let line = (0..).map(years).zip(path.wealth.iter().copied()).collect();
    let mut layers = vec![Layer::Line(line, Line::new(Ink::Blue, 2.4))];
    let months = marked.iter().map(|event| event.month);
    layers.extend(months.chain(path.ruin_month).filter_map(|month| {
        let at = (years(month), *path.wealth.get(month as usize)?);
        Some(Layer::Dot(at, 4.5, Paint::solid(Ink::Vermilion)))
    }));
    let ruin = path
        .ruin_month
        .map(|month| (years(month), format!("{} money runs out", setting.spoken(years(month)))));
    let marks = marked.iter().map(|event| {
        let (month, cost) = (setting.spoken(years(event.month)), setting.money(-event.cost));
        (years(event.month), format!("{month} {cost} {}", event.label))
    });
    let ends = vec![End::new(last, format!("median path {}", setting.money(last)), Ink::Blue)];
    let scale = Scale::holding(path.wealth.iter().copied());
    let amounts = Axis::new(scale, 7, |amount| setting.tick(amount));
    let (low, high) = path
        .wealth
        .iter()
        .fold((last, last), |(low, high), amount| (amount.min(low), amount.max(high)));
    let [from, to] = [begin, last].map(|amount| setting.money(amount));
    let finding = match path.ruin_month {
        Some(month) => {
            format!("On the median path money runs out in {}", setting.spoken(years(month)))
        }
        None if low < CALM * begin.min(last) || high * CALM > begin.max(last) => {
            let [low, high] = [low, high].map(|amount| setting.money(amount));
            format!("Median path between {low} and {high}, ends at {to}")
        }
        None if from == to => format!("The median path ends where it begins: {to}"),
        None if last < begin => format!("The median path falls from {from} to {to}"),
        None => format!("The median path rises from {from} to {to}"),
    };
    Some(Spec {
        finding,
        reading: format!(
            "Wealth on the path that ends in the middle, {}, with what loss events cost; other moves have other causes{}",
            setting.basis,
            when(path.ruin_month.is_some(), "; what cannot be sold in time is lost")
        ),
        shape: Shape::Plots(vec![Plot {
            marks: marks.chain(ruin).collect(),
            ..Plot::new(setting.dates(12), amounts, layers, ends)
        }]),
    })
}
