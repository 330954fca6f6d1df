//! Size of a market fall before and after agent selling.
//!
//! In: properties of the agents. Out: a picture of falls before and after the selling. Not here: the
//! feedback gain, the sample of months.

use super::{PictureKind, strength, when};
use crate::chart::{ChartRow, Ink, Paint, RowChart, RowMark, Scale, Spec};
use crate::figure::{Quantity, of_chart as percent, percent_tick};
use crate::math::ln;
use crate::report::CrashPart;
use crate::report::replay::lost as fall;

pub const KIND: PictureKind = PictureKind {
    id: "gain_profile",
    title: "What agent selling makes of a fall",
    doc: "Each row is a fall of the agents' holdings within a month: gray the market's own, orange what their sales \
          add. Above a feedback gain of 1, a slightly larger fall becomes a much larger one.",
    of: Some(|source| spec(source.report.scenario.crash.as_ref()?)),
};

/// Maximum number of market falls drawn, one per row.
const MOST: usize = 8;

/// Returns the chart of market falls before and after agent selling; `None` if no agent holds anything or the price
/// impact has no feedback gain.
pub fn spec(crash: &CrashPart) -> Option<Spec> {
    crash.first_trigger?;
    crash.gain?;
    let last = fall(*crash.profile.edges.last()?);
    let falls: Vec<f64> =
        Scale::linear(0.0, last).ticks(MOST).into_iter().filter(|fall| *fall > 0.0).collect();
    let after = |from: f64, times: f64| fall(crash.after_selling(-ln(1.0 - from), times));
    // in a crisis, markets are less deep
    let times = crash.depth_in_crisis.map(|depth| 1.0 / depth);
    let end = |from: f64| after(from, times.unwrap_or(1.0));
    let most = *falls.iter().max_by(|a, b| (end(**a) - *a).total_cmp(&(end(**b) - *b)))?;
    let row = |from: &f64| {
        let (loss, opacity) = (-ln(1.0 - from), strength(*from == most));
        let own = RowMark::Bar([0.0, *from], Paint::of(Ink::Mute, opacity));
        let end = if crash.after_selling(loss, 1.0) > loss { end(*from) } else { *from };
        let added = RowMark::Bar([*from, end], Paint::of(Ink::Vermilion, opacity));
        let (figure, ink) = match end > *from {
            true => (percent(Quantity::exact(end)), Ink::Vermilion),
            false => ("no sales".to_owned(), Ink::Mute),
        };
        let name = format!("Fall of {}", percent_tick(*from));
        ChartRow { name, marks: vec![own, added], figures: vec![(figure, ink)] }
    };
    let rows = falls.iter().map(row);
    let scale = Scale::holding([0.0].into_iter().chain(falls.iter().map(|fall| end(*fall))));
    let in_crisis = when(times.is_some(), "In crises, ");
    let [from, to] = [percent_tick(most), percent(Quantity::exact(end(most)))];
    Some(Spec {
        finding: format!("{in_crisis}AI agents turn a {from} fall into {to}"),
        reading: format!(
            "Fall of assets that AI agents hold{}; gray: before they sell, orange: added by their sales",
            when(times.is_some(), " in a crisis")
        ),
        shape: RowChart::new(scale, percent_tick, [("with sales", Ink::Vermilion)], rows.collect()).into(),
    })
}
