//! The path with the median final wealth, and its costliest loss events.
//!
//! In: the path. Out: a picture. Not here: the choice of the path (`study`), the other paths (`wealth_fan`).

use super::super::facts::MedianPathPart;
use super::super::labels;
use super::{Kind, Setting, Source, when};
use crate::book::Cause;
use crate::chart::{Axis, End, Ink, Layer, Line, Paint, Plot, Scale, Shape, Spec};
use crate::figure::uncapital;
use crate::record::INCOME;

pub const KIND: Kind = Kind {
    id: "timeline",
    title: "The median path and its loss events",
    doc: "Wealth, real, of one path: that whose final wealth is the median. Orange dots mark its costliest loss events \
          and the month in which its money runs out. The gray dot marks the \
          largest fall of a month beyond the costs of its events, with its main cause. \
          Amounts are the fall of wealth in that month; costs that come later are said to be costs. Other paths meet other events.",
    of: Some(of),
};

/// Maximum number of marked dates, and the least cost of a marked event, as a fraction of opening wealth.
const MOST: usize = 4;
const LEAST: f64 = 0.05;

/// Ratio of the peak to both ends of the path from which the title names the peak.
const PEAK: f64 = 1.25;

/// Returns the picture of the median path; `None` if no event costs it at least 5 % of opening wealth.
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
    let other = path.other_fall.as_ref().filter(|fall| fall.amount >= LEAST * begin);
    let months = marked.iter().map(|event| event.month).chain(path.ruin_month);
    let dots = months.map(|month| (month, Ink::Vermilion));
    let dots = dots.chain(other.map(|fall| (fall.month, Ink::Mute)));
    layers.extend(dots.filter_map(|(month, ink)| {
        let at = (years(month), *path.wealth.get(month as usize)?);
        Some(Layer::Dot(at, 4.5, Paint::solid(ink)))
    }));
    // the amount beside a dot is the fall that the line shows; without one the text has none
    let fallen = |month: u32, cause: &str, otherwise: &str| {
        let fall = path.fall_in(month);
        let date = setting.spoken(years(month));
        let text = match fall >= LEAST * begin {
            true => format!("{date} {} {cause}", setting.money(-fall)),
            false => format!("{date} {otherwise}"),
        };
        (years(month), text)
    };
    let other_mark = other.map(|fall| {
        let cause = format!("mainly {}", uncapital(labels::cause(&fall.cause)));
        fallen(fall.month, &cause, &cause)
    });
    let ruin = path
        .ruin_month
        .map(|month| fallen(month, "money runs out, unsold assets are lost", "money runs out"));
    let spent = source.series(INCOME.quantity()).and_then(|series| series.spending.as_ref());
    // a mark about a single large payment would contradict the spending of a usual month
    let is_usual = path.other_fall.as_ref().is_none_or(|fall| fall.cause != Cause::Spending.id());
    let spending = spent.filter(|_| is_usual).and_then(|spent| spent.iter().copied().reduce(f64::max));
    let marks = marked.iter().map(|event| {
        let later = format!("{} costs {} over time", event.label, setting.money(event.cost));
        fallen(event.month, &event.label, &later)
    });
    let ends = vec![End::new(last, format!("median path {}", setting.money(last)), Ink::Blue)];
    let scale = Scale::holding(path.wealth.iter().copied());
    let amounts = Axis::new(scale, 7, |amount| setting.tick(amount));
    Some(Spec {
        finding: finding(setting, path),
        reading: format!(
            "Wealth of one path, that of median final wealth, {}{}; orange: loss events{}",
            setting.basis,
            spending.map_or(String::new(), |most| format!(
                ", less up to {} of spending a month",
                setting.money(most)
            )),
            when(other.is_some(), "; gray: largest other fall"),
        ),
        shape: Shape::Plots(vec![Plot {
            marks: marks.chain(ruin).chain(other_mark).collect(),
            ..Plot::new(setting.dates(12), amounts, layers, ends)
        }]),
    })
}

/// Returns the title: the end of the path, its peak if that is far above both ends, or the date of ruin.
fn finding(setting: &Setting, path: &MedianPathPart) -> String {
    let (begin, last) = (path.wealth[0], path.wealth[path.wealth.len() - 1]);
    let peak = path.wealth.iter().copied().fold(begin, f64::max);
    let [from, most, to] = [begin, peak, last].map(|amount| setting.money(amount));
    if let Some(month) = path.ruin_month {
        format!("On the median path money runs out in {}", setting.spoken(f64::from(month) / 12.0))
    } else if peak > PEAK * begin.max(last) {
        format!("The median path peaks at {most} and ends at {to}")
    } else if from == to {
        format!("The median path ends where it begins: {to}")
    } else {
        let verb = if last < begin { "falls" } else { "rises" };
        format!("The median path {verb} from {from} to {to}")
    }
}
